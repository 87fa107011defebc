/* Tallies are what counting gives: after every kind of change, for every actor, on both engines. */
#include "support/records.h"

#include "domain/account.h"
#include "domain/rectification.h"
#include "store/load.h"

#include <string.h>

enum { GROUPS_MAX = CROWD * 2 };
typedef struct GroupList {
    Group at[GROUPS_MAX];
    size_t count;
} GroupList;

static Status take_group(Ctx *c, const Group *group, void *arg)
{
    GroupList *list = arg;
    assert_true(list->count < GROUPS_MAX);
    Group *kept = &list->at[list->count++];
    *kept = *group;
    for (int i = 0; i < GROUP_KEYS_MAX; i++)
        kept->keys[i] = str_copy(c->arena, group->keys[i]);
    return ST_OK;
}

static void expect_same_groups(const GroupList *kept, const GroupList *counted)
{
    assert_int_equal(kept->count, counted->count);
    for (size_t i = 0; i < kept->count; i++) {
        for (int k = 0; k < GROUP_KEYS_MAX; k++)
            assert_str_equal(kept->at[i].keys[k], counted->at[i].keys[k]);
        assert_int_equal(kept->at[i].records, counted->at[i].records);
        assert_memory_equal(kept->at[i].sums, counted->at[i].sums, sizeof kept->at[i].sums);
    }
}

static void compare(Fixture *fx, const Selection *sel, Grouping grouping)
{
    GroupList kept = { .count = 0 }, counted = { .count = 0 };
    CtxMark mark = ctx_mark(fx->c);
    assert_ok(fx->c, selection_group(fx->c, sel, &grouping, take_group, &kept));
    grouping.afresh = true;
    assert_ok(fx->c, selection_group(fx->c, sel, &grouping, take_group, &counted));
    expect_same_groups(&kept, &counted);
    ctx_rewind(fx->c, mark);
}

/* Every one and every two of a tally's columns, with all its sums, with and without a condition. */
static void compare_all(Fixture *fx, const TallyTable *t)
{
    static const Value regular[] = { { .kind = VALUE_TEXT, .text = S_INIT("regular") } };
    Selection sel = selection_of(t->entity);
    Selection regular_only = sel;
    const Field *round = field_named(sel.entity->table, S("round"));
    if (round)
        selection_where_via(&regular_only, field_index(sel.entity->table, round), Round_type, OP_NE, regular, 1);
    else
        selection_where(&regular_only, Unit_covered_on, OP_GIVEN, NULL, 0);
    for (size_t a = 0; a < t->key_count; a++)
        for (size_t b = 0; b < t->key_count; b++) {
            Grouping g = { .keys = { { t->keys[a].via, t->keys[a].field, t->keys[a].year },
                               { t->keys[b].via, t->keys[b].field, t->keys[b].year } },
                .key_count = a == b ? 1 : 2,
                .sum_count = t->sum_count };
            for (size_t i = 0; i < t->sum_count; i++)
                g.sums[i] = t->sums[i].field;
            compare(fx, &sel, g);
            compare(fx, &regular_only, g);
        }
}

static void expect_no_differences(Fixture *fx)
{
    for (size_t i = 0; i < tally_table_count; i++) {
        Compiled q;
        DbRows *rows;
        bool has;
        compile_tally_differences(fx->c, &tally_tables[i], &q);
        assert_ok(fx->c, db_query_sql(fx->c, q.sql, q.kinds, q.values, q.count, &rows));
        assert_ok(fx->c, db_next(fx->c, rows, &has));
        assert_true(has);
        assert_int_equal(row_int(rows, 0), 0);
        db_rows_done(rows);
    }
}

ENGINE_TEST(the_same_for_every_actor)
{
    fixture_found(fx);
    const Crowd *crowd = crowd_new(fx, 11);
    Actor actor = { .person = STR_NONE };
    assert_ok(fx->c, db_begin(fx->c, DB_TX_READ));
    for (size_t i = 0; i < crowd->count[ENTITY_ASSIGNMENT]; i++) {
        const Assignment *a = crowd->records[ENTITY_ASSIGNMENT][i];
        actor.account = a->account;
        actor.role = (Role)a->role;
        actor.holding = (Holding){ .known = true,
            .everything = a->everything,
            .inspections = a->inspection.len > 0,
            .units = a->unit.len > 0,
            .organisers = a->organiser.len > 0,
            .rounds = a->round.len > 0,
            .supervision_offices = a->supervision_office.len > 0,
            .resident_groups = a->resident_group.len > 0 };
        fx->c->actor = &actor;
        fx->c->today = a->valid_from;
        for (size_t t = 0; t < tally_table_count; t++)
            if (sight_of(actor.role, tally_tables[t].entity)->kind != SIGHT_NONE)
                compare_all(fx, &tally_tables[t]);
    }
    fx->c->actor = &fx->local;
    for (size_t t = 0; t < tally_table_count; t++)
        compare_all(fx, &tally_tables[t]);
}

/* What is counted by conditions that no tally holds comes from the records. */
ENGINE_TEST(a_tally_answers_only_what_it_holds)
{
    fixture_found(fx);
    const Grouping by_state = { .keys = { { -1, Rectification_state, false } }, .key_count = 1 };
    const Grouping by_unit = { .keys = { { -1, Rectification_unit, false } }, .key_count = 1 };
    Selection sel = selection_of(ENTITY_RECTIFICATION);
    assert_non_null(tally_for(fx->c, &sel, &by_state));
    assert_null(tally_for(fx->c, &sel, &by_unit));
    selection_is(&sel, Rectification_title, value_text(S("x")));
    assert_null(tally_for(fx->c, &sel, &by_state));
    sel = selection_of(ENTITY_RECTIFICATION);
    sel.as_of = fx->c->today;
    assert_null(tally_for(fx->c, &sel, &by_state));
    sel = selection_of(ENTITY_RECTIFICATION);
    Actor unit = {
        .account = S("01arz3ndektsv4rrffq69g5fav"), .role = ROLE_UNIT, .holding = { .known = true, .units = 1 }
    };
    fx->c->actor = &unit;
    assert_null(tally_for(fx->c, &sel, &by_state));
    unit.holding = (Holding){ .known = true, .organisers = 1 };
    assert_non_null(tally_for(fx->c, &sel, &by_state));
    fx->c->actor = &fx->local;
}

/* The fields that tallies of an entity look at, but for references, which other rules hold. */
static FieldSet tallied(EntityKind kind)
{
    FieldSet set = 0;
    for (size_t t = 0; t < tally_table_count; t++) {
        const TallyTable *table = &tally_tables[t];
        for (size_t i = 0; table->entity == kind && i < table->key_count; i++)
            if (table->keys[i].via < 0 && entity_of(kind)->table->fields[table->keys[i].field].type != FT_REF &&
                table->keys[i].field >= Record_field_count)
                set |= FIELD_BIT(table->keys[i].field);
        for (size_t i = 0; table->entity == kind && i < table->sum_count; i++)
            set |= FIELD_BIT(table->sums[i].field);
    }
    return set;
}

ENGINE_TEST(every_change_moves_its_tallies)
{
    Chance r = { 7 };
    fixture_found(fx);
    Crowd *crowd = crowd_new(fx, 12);
    expect_no_differences(fx);
    for (int i = 0; i < 60; i++) {
        EntityKind kind = i % 2 ? ENTITY_FINDING : ENTITY_RECTIFICATION;
        const Entity *e = entity_of(kind);
        size_t at = chance(&r, (uint32_t)crowd->count[kind]);
        void *before = crowd->records[kind][at];
        void *after = record_copy(fx->c, e->table, before);
        const void *drawn = crowd_record(fx, crowd, kind, &r);
        record_overlay(e->table, tallied(kind), drawn, after);
        Changes changes = changes_of(fx->c);
        change_update(fx->c, &changes, kind, before, after);
        crowd->records[kind][at] = after;
        assert_ok(fx->c, apply_now(fx, &changes));
        if (i % 10 == 9)
            expect_no_differences(fx);
    }
    for (size_t t = 0; t < tally_table_count; t++)
        compare_all(fx, &tally_tables[t]);
}

ENGINE_TEST(a_record_that_is_taken_away_takes_its_count_along)
{
    fixture_found(fx);
    Crowd *crowd = crowd_new(fx, 13);
    Finding *another = record_copy(fx->c, &Finding_table, crowd->records[ENTITY_FINDING][0]);
    another->id = STR_NONE;
    another->number = (Int){ 0, false };
    Changes comes = changes_of(fx->c), goes = changes_of(fx->c);
    change_insert(fx->c, &comes, ENTITY_FINDING, another);
    assert_ok(fx->c, apply_now(fx, &comes));
    expect_no_differences(fx);
    change_remove(fx->c, &goes, ENTITY_FINDING, another);
    assert_ok(fx->c, apply_now(fx, &goes));
    expect_no_differences(fx);
}

int main(void)
{
    const struct CMUnitTest tests[] = { ON_BOTH(the_same_for_every_actor), ON_BOTH(a_tally_answers_only_what_it_holds),
        ON_BOTH(every_change_moves_its_tallies), ON_BOTH(a_record_that_is_taken_away_takes_its_count_along) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
