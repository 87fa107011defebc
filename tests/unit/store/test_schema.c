/* A field table and its table in the database say the same: names, order, types, what may be absent. And no statement
 * of every day walks through a whole table. */
#include "support/tables.h"

#include "domain/entity.h"

static const char *const columns_of_sqlite =
    "SELECT name, lower(type), \"notnull\" FROM pragma_table_info(?1) ORDER BY cid";
static const char *const columns_of_pgsql =
    "SELECT column_name::text, data_type::text || coalesce(' ' || collation_name, ''),"
    " CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END::bigint FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND table_name = ?1 ORDER BY ordinal_position";

static const char *type_in(DbEngine engine, const Field *f)
{
    static const char *const types[2][4] = {
        [DB_SQLITE] = { [VALUE_INT] = "integer", [VALUE_TEXT] = "text", [VALUE_BLOB] = "blob" },
        [DB_PGSQL] = { [VALUE_INT] = "bigint", [VALUE_TEXT] = "text C", [VALUE_BLOB] = "bytea" },
    };
    return types[engine][field_column(f)];
}

/* What every record carries is set by the program; a flag is always yes or no. */
static bool is_required(int index, const Field *f)
{
    static const bool common[Record_field_count] = { [Record_id] = true,
        [Record_version] = true,
        [Record_provenance] = true,
        [Record_effective_on] = true,
        [Record_recorded_at] = true };
    return index < Record_field_count ? common[index] : (f->flags & REQUIRED) || f->type == FT_FLAG;
}

static Str expected(Fixture *fx, const Entity *e)
{
    StrBuf b = strbuf_in(fx->c->arena);
    for (int i = 0; i < e->table->count; i++) {
        const Field *f = &e->table->fields[i];
        strbuf_addf(&b, "%s%s|%s|%d", i ? ";" : "", f->name, type_in(fx->engine, f), is_required(i, f));
    }
    return strbuf_str(&b);
}

ENGINE_TEST(tables_are_what_their_field_tables_say)
{
    fixture_migrate(fx);
    for (int kind = 1; kind < ENTITY_COUNT; kind++) {
        const Entity *e = entity_of((EntityKind)kind);
        const char *sql = fx->engine == DB_SQLITE ? columns_of_sqlite : columns_of_pgsql;
        Str found = rows_text(fx, fx->c, "tti", sql, ARGS(value_text(str_of(e->sql_table))));
        assert_str_equal(found, expected(fx, e));
    }
}

/* Those of verify and of a comparison read all of the chain; the other tables stay small. */
static const char *const walks = "account_of_person session_sweep audit_records audit_strange_rows "
                                 "audit_records_changed import_unfinished rule_set_in_force unit_right_count "
                                 "round_named_count schema_version_list ";

static bool walks_a_table(Fixture *fx, const SqlStatement *s)
{
    enum { ARGS_MAX = 32 };
    static const char *const no_tables[] = { "CONSTANT ROW", "sqlite_master", "known", "candidates", "counted" };
    Value args[ARGS_MAX];
    Str plan, step;
    assert_true(s->count <= ARGS_MAX);
    for (size_t i = 0; i < s->count; i++)
        args[i] = value_null();
    plan = rows_text(fx, fx->c, "iiit",
        str_format(fx->c->arena, "EXPLAIN QUERY PLAN %.*s", STR_ARG(s->text[DB_SQLITE])).ptr, args, s->count);
    while (str_cut(&plan, ';', &step)) {
        size_t at = str_find(step, S("|SCAN "), 0);
        bool other = false;
        for (size_t i = 0; at != SIZE_MAX && i < sizeof no_tables / sizeof no_tables[0]; i++)
            other |= str_starts(str_sub(step, at + S("|SCAN ").len, SIZE_MAX), str_of(no_tables[i]));
        if (at != SIZE_MAX && !other)
            return true;
    }
    return false;
}

/* By SQLite's planner; PostgreSQL's knows that the tables of a test are empty. */
ENGINE_TEST(no_statement_walks_through_a_table)
{
    StrBuf found = strbuf_in(fx->c->arena);
    fixture_migrate(fx);
    for (int i = 0; i < SQL_COUNT; i++)
        if (statements[i].text[DB_SQLITE].len && walks_a_table(fx, &statements[i]))
            strbuf_addf(&found, "%s ", statements[i].name);
    assert_str_equal(strbuf_str(&found), str_of(walks));
}

int main(void)
{
    const struct CMUnitTest tests[] = { ON_BOTH(tables_are_what_their_field_tables_say),
        ON_SQLITE(no_statement_walks_through_a_table) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
