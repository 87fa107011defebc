/* The row scope: which records the actor's rights of today reach. Here and nowhere else. */
#include "store/compile_build.h"
#include "store/scope.h"

bool holding_is_narrow(const Holding *h)
{
    return h->known && !h->everything && !h->organisers && !h->rounds &&
           (h->inspections || h->units || h->supervision_offices || h->resident_groups);
}

size_t scope_targets(const Entity *e, const Holding *h, ScopeTarget out[SCOPE_TARGETS_MAX])
{
    const ScopeFields *f = &e->scope;
    const ScopeTarget all[SCOPE_TARGETS_MAX] = {
        { "inspection", f->inspection, h->inspections, false, true },
        { "unit", f->unit, h->units, false, true },
        { "unit", f->other_unit, h->units, false, true },
        { "supervision_office", f->unit, h->supervision_offices, true, true },
        { "supervision_office", f->other_unit, h->supervision_offices, true, true },
        { "resident_group", f->unit, h->resident_groups, true, true },
        { "resident_group", f->other_unit, h->resident_groups, true, true },
        { "organiser", f->organiser, h->organisers, false, false },
        { "round", f->round, h->rounds, false, false },
    };
    size_t n = 0;
    for (size_t i = 0; i < SCOPE_TARGETS_MAX; i++) {
        if (all[i].field < 0 || (h->known && all[i].held == HOLDS_NONE))
            continue;
        out[n] = all[i];
        if (!h->known)
            out[n].held = HOLDS_SEVERAL;
        n++;
    }
    return n;
}

static void say_in_force(Build *b)
{
    const Actor *a = b->c->actor;
    say(b, " WHERE s.account = ");
    put_text(b, a->account);
    say(b, " AND s.role = ");
    put_text(b, choice_name(&roles, (int32_t)a->role));
    say(b, " AND s.valid_from <= ");
    put(b, VALUE_TEXT, value_date(b->c->arena, b->c->today));
    say(b, " AND s.valid_to >= ");
    put(b, VALUE_TEXT, value_date(b->c->arena, b->c->today));
}

void build_right(Build *b, const char *what)
{
    strbuf_addf(&b->sql, "SELECT %s FROM assignment s", what);
    say_in_force(b);
}

/* The units whose history says so today. */
static void say_by_history(Build *b, const ScopeTarget *k)
{
    const Value today = value_date(b->c->arena, b->c->today);
    strbuf_addf(&b->sql,
        "SELECT f.unit FROM assignment s JOIN unit_fact f ON f.fact = '%s' AND f.value = s.%s AND (f.valid_from IS "
        "NULL OR "
        "f.valid_from <= ",
        k->column, k->column);
    put(b, VALUE_TEXT, today);
    say(b, ") AND (f.valid_to IS NULL OR f.valid_to >= ");
    put(b, VALUE_TEXT, today);
    say(b, ")");
    say_in_force(b);
}

/* One target is compared as a value, so that an index gives its records in order; several as a set. */
static void say_target(Build *b, const Entity *e, const char *alias, const ScopeTarget *k)
{
    bool one = k->held == HOLDS_ONE && !k->by_history;
    strbuf_addf(&b->sql, "%s.%s %s (", alias, e->table->fields[k->field].name, one ? "=" : "IN");
    if (k->by_history) {
        say_by_history(b, k);
    } else {
        build_right(b, str_format(b->c->arena, "s.%s", k->column).ptr);
        strbuf_addf(&b->sql, " AND s.%s IS NOT NULL%s", k->column, one ? " LIMIT 1" : "");
    }
    say(b, ")");
}

/* "a OR b ..."; false where there is none. */
static bool say_targets(Build *b, const Entity *e, const char *alias, bool narrow_only, const char *before)
{
    ScopeTarget targets[SCOPE_TARGETS_MAX];
    size_t count = scope_targets(e, &b->c->actor->holding, targets);
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (narrow_only && !targets[i].narrow)
            continue;
        say(b, any ? " OR " : before);
        say_target(b, e, alias, &targets[i]);
        any = true;
    }
    return any;
}

/* What names no unit itself is reached through what does: a talk through the units that it called, a sheet through its
 * evaluation. */
static bool say_through(Build *b, const Entity *e, const char *before)
{
    const ScopeThrough *way = &e->scope.through;
    if (!way->other)
        return false;
    const Entity *other = entity_of((EntityKind)way->other);
    Str head = str_format(b->c->arena, "%st.%s IN (SELECT p.%s FROM %s p WHERE ", before,
        e->table->fields[way->own].name, other->table->fields[way->theirs].name, other->sql_table);
    if (!say_targets(b, other, "p", true, head.ptr))
        return false;
    say(b, ")");
    return true;
}

static bool say_own(Build *b, const Entity *e, const char *before)
{
    if (e->scope.account < 0 || b->c->actor->account.len == 0)
        return false;
    strbuf_addf(&b->sql, "%st.%s = ", before, e->table->fields[e->scope.account].name);
    put_text(b, b->c->actor->account);
    return true;
}

/* A right to the whole ledger does not depend on the row, and engines ask for it once a statement. What the actor
 * is known not to hold is not asked for. */
void build_scope(Build *b, const Entity *e)
{
    const Holding *h = &b->c->actor->holding;
    bool any = !h->known || h->everything;
    say(b, " AND (");
    if (any) {
        say(b, "EXISTS (");
        build_right(b, "1");
        say(b, " AND s.everything = 1)");
    }
    if (!h->known || !h->everything) {
        any |= say_targets(b, e, "t", false, any ? " OR " : "");
        any |= say_through(b, e, any ? " OR " : "");
        any |= say_own(b, e, any ? " OR " : "");
    }
    say(b, any ? ")" : "1 = 0)");
}
