/* A record's own statements, and tables as they lie. */
#include "store/compile_build.h"

/* --- a record's own statements --------------------------------------------------------------------------------------
 */

void compile_insert(Ctx *c, const Entity *e, const void *record, Compiled *out)
{
    Build b = build_on(c, out);
    strbuf_room(&b.sql, 1024);
    strbuf_addf(&b.sql, "INSERT INTO %s (", e->sql_table);
    for (int i = 0; i < e->table->count; i++) {
        say(&b, i ? ", " : "");
        say(&b, e->table->fields[i].name);
    }
    say(&b, ") VALUES (");
    for (int i = 0; i < e->table->count; i++) {
        const Field *f = &e->table->fields[i];
        say(&b, i ? ", " : "");
        put(&b, field_column(f), field_value(c->arena, f, record));
    }
    say(&b, ")");
    finish(&b);
}

void compile_update(Ctx *c, const Entity *e, FieldSet set, const void *record, int64_t version_before, Compiled *out)
{
    Build b = build_on(c, out);
    strbuf_room(&b.sql, 512);
    strbuf_addf(&b.sql, "UPDATE %s SET ", e->sql_table);
    const char *comma = "";
    for (int i = 0; i < e->table->count; i++) {
        const Field *f = &e->table->fields[i];
        if (!(set & FIELD_BIT(i)))
            continue;
        strbuf_addf(&b.sql, "%s%s = ", comma, f->name);
        put(&b, field_column(f), field_value(c->arena, f, record));
        comma = ", ";
    }
    say(&b, " WHERE id = ");
    put_text(&b, record_id(record));
    say(&b, " AND version = ");
    put(&b, VALUE_INT, value_int(version_before));
    finish(&b);
}

void compile_delete(Ctx *c, const Entity *e, Str id, int64_t version, Compiled *out)
{
    Build b = build_on(c, out);
    strbuf_addf(&b.sql, "DELETE FROM %s WHERE id = ", e->sql_table);
    put_text(&b, id);
    say(&b, " AND version = ");
    put(&b, VALUE_INT, value_int(version));
    finish(&b);
}

void compile_dangling(Ctx *c, const Entity *e, int field, Compiled *out)
{
    Build b = build_on(c, out);
    const Field *f = &e->table->fields[field];
    strbuf_addf(&b.sql,
        "SELECT COUNT(*) FROM %s t WHERE t.%s IS NOT NULL AND NOT EXISTS (SELECT 1 FROM %s o WHERE o.id = t.%s)",
        e->sql_table, f->name, entity_of((EntityKind)f->refers)->sql_table, f->name);
    finish(&b);
}

void compile_field(Ctx *c, const Entity *e, int field, Str id, Compiled *out)
{
    Build b = build_on(c, out);
    strbuf_addf(&b.sql, "SELECT t.%s FROM %s t WHERE t.id = ", e->table->fields[field].name, e->sql_table);
    put_text(&b, id);
    finish(&b);
}

void compile_title(Ctx *c, const Entity *e, Str id, Compiled *out)
{
    Build b = build_on(c, out);
    strbuf_addf(&b.sql, "SELECT t.%s FROM %s t WHERE t.id = ", e->table->fields[e->title].name, e->sql_table);
    put_text(&b, id);
    finish(&b);
}

/* --- tables as they lie, for the archive ----------------------------------------------------------------------------
 */

static void say_names(Build *b, const TableShape *t, size_t count)
{
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&b->sql, "%s%.*s", i ? ", " : "", STR_ARG(t->columns[i].name));
}

void compile_table_page(Ctx *c, const TableShape *t, const Value *after, int64_t limit, Compiled *out)
{
    Build b = build_on(c, out);
    say(&b, "SELECT ");
    say_names(&b, t, t->count);
    strbuf_addf(&b.sql, " FROM %.*s", STR_ARG(t->name));
    for (size_t i = 0; after && i < t->keys; i++) {
        if (i == 0) {
            say(&b, " WHERE (");
            say_names(&b, t, t->keys);
            say(&b, ") > (");
        }
        put(&b, t->columns[i].kind, after[i]);
        say(&b, i + 1 < t->keys ? ", " : ")");
    }
    say(&b, " ORDER BY ");
    say_names(&b, t, t->keys);
    say(&b, " LIMIT ");
    put(&b, VALUE_INT, value_int(limit));
    finish(&b);
}

void compile_table_insert(Ctx *c, const TableShape *t, const Value *values, size_t rows, Compiled *out)
{
    Build b = build_on(c, out);
    strbuf_addf(&b.sql, "INSERT INTO %.*s (", STR_ARG(t->name));
    say_names(&b, t, t->count);
    say(&b, ") VALUES ");
    for (size_t i = 0; i < rows * t->count; i++) {
        say(&b, i % t->count ? ", " : i ? "), (" : "(");
        put(&b, t->columns[i % t->count].kind, values[i]);
    }
    say(&b, ")");
    finish(&b);
}

void compile_table_clear(Ctx *c, Str table, Compiled *out)
{
    Build b = build_on(c, out);
    strbuf_addf(&b.sql, "DELETE FROM %.*s", STR_ARG(table));
    finish(&b);
}
