/* Which rows of a file are chosen. */
#include "support/plain.h"

#include "domain/import.h"

static void rows_are_chosen_by_their_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *rows;
        int64_t number;
        bool chosen;
    } cases[] = { { "", 7, true }, { "7", 7, true }, { "7", 70, false }, { "2-15,18", 2, true },
        { "2-15,18", 15, true }, { "2-15,18", 16, false }, { "2-15,18", 18, true }, { " 3 - 4 , 9 ", 4, true },
        { "4-3", 3, false }, { "x,5", 5, true }, { "0-9", 5, false } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(
            import_chooses(&(Import){ .chosen = str_of(cases[i].rows) }, cases[i].number), cases[i].chosen);
}

static void rows_that_are_declined_are_not_entered(void **state)
{
    (void)state;
    const Import all = { .declined = S("3-4") }, some = { .chosen = S("2-9"), .declined = S("4") };
    assert_true(import_chooses(&all, 2));
    assert_false(import_chooses(&all, 4));
    assert_true(import_chooses(&some, 3));
    assert_false(import_chooses(&some, 4));
    assert_false(import_chooses(&some, 10));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(rows_are_chosen_by_their_numbers),
        cmocka_unit_test(rows_that_are_declined_are_not_entered) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
