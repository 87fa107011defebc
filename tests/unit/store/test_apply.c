/* change_apply(): what a list of changes leaves behind, and that nothing else does. */
#include "support/records.h"
#include "support/tables.h"

#include "domain/account.h"
#include "domain/register.h"
#include "store/load.h"
#include "store/verify.h"

static Meeting *meeting(Fixture *fx, Str organiser, const char *title)
{
    Meeting *m = record_new(fx->c, &Meeting_table);
    m->organiser = organiser;
    m->kind = 1;
    m->maker = S("示例市委巡察办");
    m->held_on = date_of(2021, 3, 1);
    m->title = str_of(title);
    return m;
}

static Str found_with_organiser(Fixture *fx)
{
    fixture_found(fx);
    Organiser *o = record_new(fx->c, &Organiser_table);
    o->name = S("示例市委巡察办");
    Changes changes = changes_of(fx->c);
    change_insert(fx->c, &changes, ENTITY_ORGANISER, o);
    assert_ok(fx->c, apply_now(fx, &changes));
    return o->id;
}

static Changes inserting(Fixture *fx, void *record)
{
    Changes changes = changes_of(fx->c);
    change_insert(fx->c, &changes, ENTITY_MEETING, record);
    return changes;
}

static Changes updating(Fixture *fx, const void *before, const char *title)
{
    Changes changes = changes_of(fx->c);
    Meeting *after = record_copy(fx->c, &Meeting_table, before);
    after->title = str_of(title);
    change_update(fx->c, &changes, ENTITY_MEETING, before, after);
    return changes;
}

static void is_sound(Fixture *fx)
{
    VerifyReport report;
    assert_ok(fx->c, verify_ledger(fx->c, fx->ledger, NULL, &report));
    for (int64_t i = 0; i < report.fault_count && i < 5; i++)
        print_error("%.*s %.*s: %s\n", STR_ARG(report.faults[i].kind), STR_ARG(report.faults[i].place),
            report.faults[i].says.en);
    assert_int_equal(report.fault_count, 0);
}

ENGINE_TEST(a_change_is_a_row_an_entry_a_count)
{
    Str organiser = found_with_organiser(fx);
    int64_t entries = count_sql(fx, fx->c, "SELECT count(*) FROM audit");
    Meeting *m = meeting(fx, organiser, "甲");
    Changes changes = inserting(fx, m);
    assert_ok(fx->c, apply_now(fx, &changes));
    assert_int_equal(count_sql(fx, fx->c, "SELECT count(*) FROM audit"), entries + 1);
    assert_int_equal(count_sql(fx, fx->c, "SELECT records FROM record_count WHERE entity = 'meetings'"), 1);
    assert_str_equal(
        rows_text(fx, fx->c, "tti", "SELECT entity, operation, version FROM audit ORDER BY seq DESC LIMIT 1", NO_ARGS),
        S("meetings|test|1"));
    is_sound(fx);
}

/* Every record that a test can draw comes back as it was, and its digest fits. */
ENGINE_TEST(every_kind_of_record_comes_back_as_it_was)
{
    fixture_found(fx);
    const Crowd *crowd = crowd_new(fx, 11);
    for (int kind = 1; kind < ENTITY_COUNT; kind++)
        for (size_t i = 0; i < crowd->count[kind]; i++) {
            const void *record = crowd->records[kind][i];
            const FieldTable *table = entity_of((EntityKind)kind)->table;
            void *out = record_new(fx->c, table);
            assert_ok(fx->c, record_load(fx->c, (EntityKind)kind, record_id(record), 1, out));
            assert_int_equal(record_differences(table, record, out), 0);
        }
    VerifyReport report;
    assert_ok(fx->c, verify_ledger(fx->c, fx->ledger, NULL, &report));
    assert_int_equal(
        report.records, CROWD * (ENTITY_COUNT - 1) + count_sql(fx, fx->c, "SELECT count(*) FROM setting") - CROWD);
}

ENGINE_TEST(a_stale_change_writes_nothing)
{
    Str organiser = found_with_organiser(fx);
    Meeting *m = meeting(fx, organiser, "甲");
    Changes first = inserting(fx, m);
    assert_ok(fx->c, apply_now(fx, &first));
    Changes mine = updating(fx, m, "乙"), yours = updating(fx, m, "丙");
    assert_ok(fx->c, apply_now(fx, &mine));
    int64_t entries = count_sql(fx, fx->c, "SELECT count(*) FROM audit");
    assert_fails(fx->c, ST_STALE, apply_now(fx, &yours));
    assert_int_equal(count_sql(fx, fx->c, "SELECT count(*) FROM audit"), entries);
    assert_str_equal(rows_text(fx, fx->c, "ti", "SELECT title, version FROM meeting", NO_ARGS), S("乙|2"));
    is_sound(fx);
}

ENGINE_TEST(a_list_applies_whole_or_not_at_all)
{
    Str organiser = found_with_organiser(fx);
    Changes changes = changes_of(fx->c);
    change_insert(fx->c, &changes, ENTITY_MEETING, meeting(fx, organiser, "甲"));
    change_insert(fx->c, &changes, ENTITY_MEETING, meeting(fx, S("01arz3ndektsv4rrffq69g5fav"), "乙"));
    assert_fails(fx->c, ST_CONFLICT, apply_now(fx, &changes)); /* an organiser that is not there */
    assert_int_equal(count_sql(fx, fx->c, "SELECT count(*) FROM meeting"), 0);
    is_sound(fx);
}

ENGINE_TEST(two_changes_of_one_record_are_one_version)
{
    Str organiser = found_with_organiser(fx);
    Meeting *m = meeting(fx, organiser, "甲");
    Changes first = inserting(fx, m);
    assert_ok(fx->c, apply_now(fx, &first));
    Changes changes = updating(fx, m, "乙");
    Meeting *again = record_copy(fx->c, &Meeting_table, changes.first->after);
    again->chair = S("示一");
    change_update(fx->c, &changes, ENTITY_MEETING, changes.first->after, again);
    assert_int_equal(changes.count, 1);
    assert_ok(fx->c, apply_now(fx, &changes));
    assert_str_equal(rows_text(fx, fx->c, "tti", "SELECT title, chair, version FROM meeting", NO_ARGS), S("乙|示一|2"));
    is_sound(fx);
}

int main(void)
{
    const struct CMUnitTest tests[] = { ON_BOTH(a_change_is_a_row_an_entry_a_count),
        ON_BOTH(every_kind_of_record_comes_back_as_it_was), ON_BOTH(a_stale_change_writes_nothing),
        ON_BOTH(a_list_applies_whole_or_not_at_all), ON_BOTH(two_changes_of_one_record_are_one_version) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
