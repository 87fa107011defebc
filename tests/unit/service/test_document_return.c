/* What a filled paper marks: every field that may be read back has a code of its own. */
#include "support/engines.h"

#include "service/document_return.h"

static void codes_are_distinct(void **state)
{
    (void)state;
    enum { MOST = 4000 };
    static Str codes[MOST];
    Arena *arena = arena_new();
    size_t count = 0;
    for (int kind = 1; kind < ENTITY_COUNT; kind++) {
        const Entity *e = entity_of((EntityKind)kind);
        for (int i = 0; i < e->table->count; i++) {
            Str code = document_field_code(arena, e, &e->table->fields[i]);
            if (code.len == 0)
                continue;
            assert_true(e->table->fields[i].flags & EDIT);
            for (size_t k = 0; k < count; k++)
                assert_false(str_eq(codes[k], code));
            assert_true(count < MOST);
            codes[count++] = code;
        }
    }
    assert_true(count > 100);
    arena_done(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(codes_are_distinct) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
