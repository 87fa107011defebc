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
        assert_int_equal(import_chooses(str_of(cases[i].rows), cases[i].number), cases[i].chosen);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(rows_are_chosen_by_their_numbers) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
