/* Groups of a selection, and the tallies that answer them. */
#include "store/compile_build.h"

/* --- groups and tallies ---------------------------------------------------------------------------------------------
 */

/* The value that a key groups by, as text. */
static void say_key(Build *b, const Selection *sel, const GroupKey *k, const TallyTable *tally)
{
    const FieldTable *table = sel->entity->table;
    const TallyColumn *own = tally ? tally_key(tally, k->via, k->field, k->year) : NULL;
    if (own) {
        strbuf_addf(&b->sql, "t.%s", own->name);
        return;
    }
    const Field *ref = k->via < 0 ? NULL : &table->fields[k->via];
    const Field *f = ref ? &entity_of((EntityKind)ref->refers)->table->fields[k->field] : &table->fields[k->field];
    bool whole = field_column(f) == VALUE_INT;
    say(b, k->year ? "COALESCE(SUBSTR(" : whole ? "COALESCE(CAST(" : "COALESCE(");
    if (ref)
        strbuf_addf(&b->sql, "(SELECT v.%s FROM %s v WHERE v.id = t.%s)", f->name,
            entity_of((EntityKind)ref->refers)->sql_table, ref->name);
    else
        build_column(b, sel, k->field);
    say(b, k->year ? ", 1, 4), '" TALLY_ABSENT "')"
           : whole ? " AS TEXT), '" TALLY_ABSENT "')"
                   : ", '" TALLY_ABSENT "')");
}

static void say_keys_by_place(Build *b, const char *word, size_t count)
{
    say(b, word);
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&b->sql, "%s%zu", i ? ", " : "", i + 1);
}

Status compile_groups(Ctx *c, const Selection *sel, const Grouping *g, const TallyTable *tally, Compiled *out)
{
    Build b = build_on(c, out);
    b.tally = tally;
    strbuf_room(&b.sql, 1024);
    say(&b, "SELECT ");
    for (size_t i = 0; i < g->key_count; i++) {
        say_key(&b, sel, &g->keys[i], tally);
        say(&b, ", ");
    }
    say(&b, tally ? "CAST(COALESCE(SUM(t.records), 0) AS BIGINT)" : "COUNT(*)");
    for (size_t i = 0; i < g->sum_count; i++)
        strbuf_addf(&b.sql, ", CAST(COALESCE(SUM(t.%s), 0) AS BIGINT)", sel->entity->table->fields[g->sums[i]].name);
    if (g->distinct)
        strbuf_addf(&b.sql, ", COUNT(DISTINCT t.%s)", sel->entity->table->fields[g->distinct].name);
    TRY(build_from(&b, sel, tally ? tally->name : sel->entity->sql_table));
    if (g->key_count) {
        say_keys_by_place(&b, " GROUP BY ", g->key_count);
        say(&b, tally ? " HAVING SUM(t.records) <> 0" : "");
        say_keys_by_place(&b, " ORDER BY ", g->key_count);
    }
    finish(&b);
    return ST_OK;
}

static void say_tally_columns(Build *b, const TallyTable *t, const char *format)
{
    for (size_t i = 0; i < t->sum_count; i++)
        strbuf_addf(&b->sql, format, t->sums[i].name);
}

static void say_tally_keys(Build *b, const TallyTable *t)
{
    for (size_t i = 0; i < t->key_count; i++)
        strbuf_addf(&b->sql, "%s%s", i ? ", " : "", t->keys[i].name);
}

void compile_tally_add(Ctx *c, const TallyTable *t, const TallyStep *step, Compiled *out)
{
    Build b = build_on(c, out);
    strbuf_addf(&b.sql, "INSERT INTO %s (", t->name);
    say_tally_keys(&b, t);
    say(&b, ", records");
    say_tally_columns(&b, t, ", %s");
    say(&b, ") VALUES (");
    for (size_t i = 0; i < t->key_count; i++) {
        put(&b, step->keys[i].kind, step->keys[i]);
        say(&b, ", ");
    }
    put(&b, VALUE_INT, value_int(step->records));
    for (size_t i = 0; i < t->sum_count; i++) {
        say(&b, ", ");
        put(&b, VALUE_INT, value_int(step->sums[i]));
    }
    say(&b, ") ON CONFLICT (");
    say_tally_keys(&b, t);
    strbuf_addf(&b.sql, ") DO UPDATE SET records = %s.records + excluded.records", t->name);
    for (size_t i = 0; i < t->sum_count; i++)
        strbuf_addf(&b.sql, ", %s = %s.%s + excluded.%s", t->sums[i].name, t->name, t->sums[i].name, t->sums[i].name);
    finish(&b);
}

static void say_tally_kept(Build *b, const TallyTable *t)
{
    say(b, "SELECT ");
    say_tally_keys(b, t);
    say(b, ", records");
    say_tally_columns(b, t, ", %s");
    strbuf_addf(&b->sql, " FROM %s WHERE records <> 0", t->name);
    say_tally_columns(b, t, " OR %s <> 0");
}

static void say_counted_key(Build *b, const Entity *e, const TallyColumn *column, const Field *f)
{
    const char *before = field_column(f) == VALUE_INT ? "" : column->year ? "COALESCE(SUBSTR(" : "COALESCE(";
    const char *after = field_column(f) == VALUE_INT ? ", "
                        : column->year               ? ", 1, 4), '" TALLY_ABSENT "'), "
                                                     : ", '" TALLY_ABSENT "'), ";
    const Field *ref = column->via < 0 ? NULL : &e->table->fields[column->via];
    say(b, before);
    if (ref)
        strbuf_addf(&b->sql, "(SELECT v.%s FROM %s v WHERE v.id = t.%s)", f->name,
            entity_of((EntityKind)ref->refers)->sql_table, ref->name);
    else
        strbuf_addf(&b->sql, "t.%s", f->name);
    say(b, after);
}

static void say_tally_counted(Build *b, const TallyTable *t)
{
    const Entity *e = entity_of(t->entity);
    say(b, "SELECT ");
    for (size_t i = 0; i < t->key_count; i++)
        say_counted_key(b, e, &t->keys[i], tally_field(t, &t->keys[i]));
    say(b, "COUNT(*)");
    say_tally_columns(b, t, ", CAST(COALESCE(SUM(%s), 0) AS BIGINT)");
    strbuf_addf(&b->sql, " FROM %s t", e->sql_table);
    say_keys_by_place(b, " GROUP BY ", t->key_count);
}

void compile_tally_differences(Ctx *c, const TallyTable *t, Compiled *out)
{
    Build b = build_on(c, out);
    strbuf_room(&b.sql, 1024);
    say(&b, "SELECT (SELECT COUNT(*) FROM (");
    say_tally_kept(&b, t);
    say(&b, " EXCEPT ");
    say_tally_counted(&b, t);
    say(&b, ") more) + (SELECT COUNT(*) FROM (");
    say_tally_counted(&b, t);
    say(&b, " EXCEPT ");
    say_tally_kept(&b, t);
    say(&b, ") fewer)");
    finish(&b);
}
