#include "support/plain.h"

#include "domain/permission.h"

#include "domain/workflow.h"

/* Every sight names a field of its entity and choices that exist: a slip would open or close a door in silence. */
static void sights_name_real_fields(void **state)
{
    (void)state;
    for (int role = 1; role < ROLE_COUNT; role++)
        for (int kind = 1; kind < ENTITY_COUNT; kind++) {
            const Sight *s = sight_of((Role)role, (EntityKind)kind);
            if (s->only == ONLY_ALL)
                continue;
            const Entity *e = entity_of((EntityKind)kind);
            const Field *f = field_named(e->table, str_of(s->field));
            assert_non_null(f);
            if (s->only == ONLY_SINCE && s->values[0])
                f = &e->table->fields[e->state];
            for (int i = 0; i < SIGHT_VALUES_MAX && s->values[i] && f->type == FT_CHOICE; i++)
                assert_true(choice_of(f->choices, str_of(s->values[i])) > 0);
        }
}

static void administrators_see_no_business(void **state)
{
    (void)state;
    static const EntityKind business[] = { ENTITY_INSPECTION, ENTITY_PAPER, ENTITY_FINDING, ENTITY_RECTIFICATION,
        ENTITY_FEEDBACK, ENTITY_STATEMENT, ENTITY_ATTACHMENT, ENTITY_SIGNATURE, ENTITY_MEETING };
    static const Role administrators[] = { ROLE_SYSTEM_ADMIN, ROLE_SECURITY_ADMIN, ROLE_AUDITOR };
    for (size_t r = 0; r < 3; r++)
        for (size_t k = 0; k < sizeof business / sizeof business[0]; k++)
            assert_int_equal(sight_of(administrators[r], business[k])->kind, SIGHT_NONE);
}

static void the_unit_never_sees_papers(void **state)
{
    (void)state;
    assert_int_equal(sight_of(ROLE_UNIT, ENTITY_PAPER)->kind, SIGHT_NONE);
    assert_int_equal(sight_of(ROLE_UNIT, ENTITY_FINDING_PAPER)->kind, SIGHT_NONE);
    assert_int_equal(sight_of(ROLE_UNIT, ENTITY_EVIDENCE)->kind, SIGHT_NONE);
}

static void forbidden_pairs_hold_both_ways(void **state)
{
    (void)state;
    assert_true(forbidden_pair_count >= 2);
    for (size_t i = 0; i < forbidden_pair_count; i++) {
        const ForbiddenPair *p = &forbidden_pairs[i];
        assert_non_null(role_forbidden_beside(p->one, ROLE_BIT(p->other)));
        assert_non_null(role_forbidden_beside(p->other, ROLE_BIT(p->one)));
    }
    assert_non_null(role_forbidden_beside(ROLE_SYSTEM_ADMIN, ROLE_BIT(ROLE_AUDITOR)));
    assert_non_null(role_forbidden_beside(ROLE_SECURITY_ADMIN, ROLE_BIT(ROLE_AUDITOR)));
    assert_non_null(role_forbidden_beside(ROLE_OFFICE, ROLE_BIT(ROLE_AUDITOR)));
    assert_null(role_forbidden_beside(ROLE_HEAD, ROLE_BIT(ROLE_MEMBER)));
}

static void no_role_no_need(void **state)
{
    (void)state;
    for (int need = 0; need < NEED_COUNT; need++)
        assert_false(role_may(ROLE_NONE, (Need)need));
    assert_false(role_may(ROLE_UNIT, NEED_RECT_STRIKE));
    assert_false(role_may(ROLE_OFFICE, NEED_RECT_ANSWER));
    assert_false(role_may(ROLE_SYSTEM_ADMIN, NEED_RIGHT_GRANT));
}

/* Moves start and end in states of their entity, and nobody may do the same thing from one state twice. */
static void moves_are_sound(void **state)
{
    (void)state;
    for (size_t i = 0; i < move_count; i++) {
        const Entity *e = entity_of(moves[i].entity);
        assert_true(e->state >= 0);
        const Choices *states = e->table->fields[e->state].choices;
        assert_in_range(moves[i].from, 1, states->count - 1);
        assert_in_range(moves[i].to, 1, states->count - 1);
        for (size_t j = i + 1; j < move_count; j++)
            assert_false(moves[i].entity == moves[j].entity && moves[i].from == moves[j].from &&
                         moves[i].action == moves[j].action);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(sights_name_real_fields),
        cmocka_unit_test(administrators_see_no_business), cmocka_unit_test(the_unit_never_sees_papers),
        cmocka_unit_test(forbidden_pairs_hold_both_ways), cmocka_unit_test(no_role_no_need),
        cmocka_unit_test(moves_are_sound) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
