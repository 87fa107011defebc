/* The index over records made by chance: complete, the same when it is made anew, and nothing left of what went. */
#include "search/index.h"
#include "search/query.h"
#include "support/records.h"
#include "support/tables.h"

static Crowd *found_crowd(Fixture *fx, uint64_t seed)
{
    fixture_found(fx);
    return crowd_new(fx, seed);
}

/* Until nothing is left; gives how many records were put in. */
static size_t catch_up(Fixture *fx, size_t most)
{
    size_t records = 0;
    for (;;) {
        const IndexBatch *batch;
        assert_ok(fx->c, db_begin(fx->c, DB_TX_WRITE));
        assert_ok(fx->c, index_prepare(fx->c, most, &batch));
        if (batch) {
            records += index_batch_records(batch);
            assert_ok(fx->c, index_write(fx->c, batch));
        }
        assert_ok(fx->c, db_commit(fx->c));
        if (!batch)
            return records;
    }
}

static int64_t behind(Fixture *fx)
{
    int64_t n;
    assert_ok(fx->c, index_behind(fx->c, &n));
    return n;
}

static Str rows_of_index(Fixture *fx)
{
    return rows_text(fx, fx->c, "tttt",
        "SELECT d.record, b.words, b.spelt, b.body FROM search_row d JOIN search_text b ON b.id = d.id ORDER BY "
        "d.record",
        NO_ARGS);
}

static int64_t records_found(const Crowd *crowd)
{
    int64_t n = 0;
    for (int kind = 1; kind < ENTITY_COUNT; kind++)
        n += entity_is_found(entity_of((EntityKind)kind)) ? (int64_t)crowd->count[kind] : 0;
    return n;
}

ENGINE_TEST(every_record_is_in_it_and_made_anew_it_is_the_same)
{
    Crowd *crowd = found_crowd(fx, 7);
    assert_true(behind(fx) > 0);
    assert_true(catch_up(fx, 7) > 0);
    assert_int_equal(behind(fx), 0);
    Str first = rows_of_index(fx);
    Str count = rows_text(fx, fx->c, "i", "SELECT COUNT(*) FROM search_row", NO_ARGS);
    assert_str_equal(count, str_format(fx->c->arena, "%lld", (long long)records_found(crowd)));
    assert_ok(fx->c, db_begin(fx->c, DB_TX_WRITE));
    assert_ok(fx->c, index_forget(fx->c));
    assert_ok(fx->c, db_commit(fx->c));
    assert_true(behind(fx) > 0);
    catch_up(fx, 100);
    assert_str_equal(rows_of_index(fx), first);
    assert_int_equal(catch_up(fx, 100), 0);
}

typedef struct Wanted {
    Str id;
    bool found;
} Wanted;

static void ask(Fixture *fx, const HitAsk *asked, Wanted *wanted)
{
    Compiled q;
    DbRows *rows;
    bool has = true;
    assert_ok(fx->c, compile_hits(fx->c, asked, 100000, &q));
    assert_ok(fx->c, db_query_sql(fx->c, q.sql, q.kinds, q.values, q.count, &rows));
    for (int64_t last = INT64_MAX; has;) {
        assert_ok(fx->c, db_next(fx->c, rows, &has));
        if (!has)
            break;
        assert_true(row_int(rows, 0) < last);
        last = row_int(rows, 0);
        wanted->found = wanted->found || (row_int(rows, 3) == 1 && str_eq(row_text(rows, 2), wanted->id));
    }
}

/* False when the cut goes through a word or a number, which is another one then. */
static bool begins_whole(Arena *arena, Str text, Str part)
{
    Pieces whole = fold_pieces(arena, text), cut = fold_pieces(arena, part);
    for (size_t i = 0; i < cut.count; i++)
        if (!str_eq(whole.items[i].text, cut.items[i].text))
            return false;
    return true;
}

/* By the beginning of each of its texts: one character, two, and as many as a query takes. */
static void is_found_by(Fixture *fx, const Entity *e, const void *record, const Field *f)
{
    Str text = *(const Str *)field_of(f, record);
    static const size_t lengths[] = { 1, 2, 30 };
    for (size_t i = 0; i < 3; i++) {
        CtxMark mark = ctx_mark(fx->c);
        Query q;
        Str part = str_clip(text, lengths[i]);
        Str typed = str_format(fx->c->arena, "\"%.*s\"", STR_ARG(part));
        Status status = query_read(fx->c, typed, &q);
        if (status == ST_OK && begins_whole(fx->c->arena, text, part)) {
            Wanted wanted = { record_id(record), false };
            const HitAsk asked = {
                .terms = q.asks, .term_count = q.count, .only = i % 2 ? e : NULL, .to = INT64_MAX, .current = i > 0
            };
            ask(fx, &asked, &wanted);
            if (!wanted.found)
                print_error("%s is not found by %.*s\n", e->table->name, STR_ARG(typed));
            assert_true(wanted.found);
        }
        ctx_rewind(fx->c, mark);
    }
}

ENGINE_TEST(a_record_is_found_by_any_of_its_texts)
{
    Crowd *crowd = found_crowd(fx, 11);
    catch_up(fx, 500);
    for (int kind = 1; kind < ENTITY_COUNT; kind++) {
        const Entity *e = entity_of((EntityKind)kind);
        for (size_t i = 0; i < crowd->count[kind] && entity_is_found(e); i += 5)
            for (int k = 0; k < e->table->count; k++) {
                const Field *f = &e->table->fields[k];
                if ((f->flags & INDEXED) && !field_is_empty(f, crowd->records[kind][i]))
                    is_found_by(fx, e, crowd->records[kind][i], f);
            }
    }
}

ENGINE_TEST(what_is_taken_away_leaves_nothing)
{
    Crowd *crowd = found_crowd(fx, 13);
    catch_up(fx, 500);
    Changes changes = changes_of(fx->c);
    for (size_t i = 0; i < crowd->count[ENTITY_TRAINING]; i++)
        change_remove(fx->c, &changes, ENTITY_TRAINING, crowd->records[ENTITY_TRAINING][i]);
    assert_ok(fx->c, apply_now(fx, &changes));
    assert_true(behind(fx) > 0);
    catch_up(fx, 500);
    assert_str_equal(
        rows_text(fx, fx->c, "i", "SELECT COUNT(*) FROM search_row WHERE entity = 'trainings'", NO_ARGS), S("0"));
    assert_str_equal(
        rows_text(fx, fx->c, "i",
            "SELECT COUNT(*) FROM search_text b WHERE NOT EXISTS (SELECT 1 FROM search_row d WHERE d.id = b.id)",
            NO_ARGS),
        S("0"));
    /* and its tokens are gone: asked without the rows */
    Str left = fx->engine == DB_SQLITE
                   ? rows_text(fx, fx->c, "i",
                         "SELECT COUNT(*) FROM search_tokens WHERE search_tokens MATCH '\"#trainings\"'", NO_ARGS)
                   : rows_text(fx, fx->c, "i", "SELECT COUNT(*) FROM search_tokens WHERE tokens @> ARRAY['#trainings']",
                         NO_ARGS);
    assert_str_equal(left, S("0"));
}

/* Fields that find a record are shown to whoever sees the record, and the parts of one to whoever sees it. */
static void what_finds_a_record_may_be_shown(void **state)
{
    (void)state;
    for (int kind = 1; kind < ENTITY_COUNT; kind++) {
        const Entity *e = entity_of((EntityKind)kind);
        int part_of = entity_part_of(e);
        for (int i = 0; i < e->table->count; i++) {
            const Field *f = &e->table->fields[i];
            if (!(f->flags & (INDEXED | SPELT)))
                continue;
            assert_true(f->type == FT_TEXT || f->type == FT_LONG);
            assert_false(f->flags & HIDDEN);
        }
        for (int role = 1; role < ROLE_COUNT && part_of >= 0; role++) {
            EntityKind owner = (EntityKind)e->table->fields[part_of].refers;
            if (role_may((Role)role, NEED_SEARCH) && sight_of((Role)role, owner)->kind != SIGHT_NONE)
                assert_int_not_equal(sight_of((Role)role, e->kind)->kind, SIGHT_NONE);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { ON_BOTH(every_record_is_in_it_and_made_anew_it_is_the_same),
        ON_BOTH(a_record_is_found_by_any_of_its_texts), ON_BOTH(what_is_taken_away_leaves_nothing),
        cmocka_unit_test(what_finds_a_record_may_be_shown) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
