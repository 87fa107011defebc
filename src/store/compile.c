#include "store/compile_build.h"
#include "store/scope.h"

/* --- fields ---------------------------------------------------------------------------------------- */

static void say_column(Build *b, const Selection *sel, int field)
{
    const Entity *e = sel->entity;
    if (!sel->as_of || field != e->state) {
        say(b, "t.");
        say(b, e->table->fields[field].name);
        return;
    }
    say(b, "(SELECT h.state FROM state_history h WHERE h.record = t.id AND h.effective_on <= ");
    put(b, VALUE_TEXT, value_date(b->c->arena, sel->as_of));
    say(b, " ORDER BY h.effective_on DESC, h.seq DESC LIMIT 1)");
}

static void say_columns(Build *b, const Selection *sel)
{
    const char *comma = "";
    for (int i = 0; i < sel->entity->table->count; i++) {
        if (!(sel->fields & FIELD_BIT(i)))
            continue;
        say(b, comma);
        say_column(b, sel, i);
        comma = ", ";
    }
}

/* --- conditions ---------------------------------------------------------------------------------------- */

static void say_in(Build *b, const Predicate *p, ValueKind kind)
{
    say(b, " IN (");
    for (uint16_t i = 0; i < p->count; i++) {
        say(b, i ? ", " : "");
        put(b, kind, p->values[i]);
    }
    say(b, p->count ? ")" : "NULL)");
}

/* What follows the column. Unequal counts the records without a value in: people expect it to. */
static void say_comparison(Build *b, const Predicate *p, Str column, ValueKind kind)
{
    static const char *const signs[] = {
        [OP_EQ] = " = ", [OP_LT] = " < ", [OP_LE] = " <= ", [OP_GT] = " > ", [OP_GE] = " >= "
    };
    switch (p->op) {
    case OP_IN:
        strbuf_add(&b->sql, column);
        say_in(b, p, kind);
        return;
    case OP_HAS:
        say(b, b->dollar ? "strpos(" : "instr(");
        strbuf_add(&b->sql, column);
        say(b, ", ");
        put(b, VALUE_TEXT, p->values[0]);
        say(b, ") > 0");
        return;
    case OP_ABSENT:
    case OP_GIVEN:
        strbuf_add(&b->sql, column);
        say(b, p->op == OP_ABSENT ? " IS NULL" : " IS NOT NULL");
        return;
    case OP_NE:
        strbuf_addf(&b->sql, "(%.*s IS NULL OR %.*s <> ", STR_ARG(column), STR_ARG(column));
        put(b, kind, p->values[0]);
        say(b, ")");
        return;
    case OP_EQ:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
    case OP_ABOVE: /* say_condition() */
    case OP_BELOW:
    case OP_COUNT:
        break;
    }
    strbuf_add(&b->sql, column);
    say(b, signs[p->op]);
    put(b, kind, p->values[0]);
}

/* An as-of expression holds a parameter, so it is said only once: the state is never NULL there, and
 * <> needs no second mention of it. */
static void say_state_as_of(Build *b, const Selection *sel, const Predicate *p)
{
    say_column(b, sel, p->field);
    if (p->op == OP_NE) {
        say(b, " <> ");
        put(b, VALUE_TEXT, p->values[0]);
        return;
    }
    say_comparison(b, p, STR_NONE, VALUE_TEXT);
}

/* A condition on a field of the table that `alias` stands for ("t." and the like). */
static void say_condition(Build *b, const Predicate *p, const FieldTable *table, const char *alias)
{
    const Field *f = &table->fields[p->field];
    if (p->op == OP_ABOVE || p->op == OP_BELOW)
        strbuf_addf(&b->sql, "%s%s %s %s%s", alias, f->name, p->op == OP_ABOVE ? ">" : "<", alias,
            table->fields[p->values[0].whole].name);
    else
        say_comparison(b, p, str_format(b->c->arena, "%s%s", alias, f->name), field_column(f));
}

/* On a tally: its column, and the mark of what is absent. */
static bool say_on_tally(Build *b, const Predicate *p)
{
    const TallyColumn *key = tally_key(b->tally, p->via, p->field, false);
    if (!key && p->via < 0)
        key = tally_key(b->tally, -1, p->field, true);
    if (!key)
        return false;
    bool whole = field_column(tally_field(b->tally, key)) == VALUE_INT;
    if ((p->op == OP_GIVEN || p->op == OP_ABSENT) && !whole)
        strbuf_addf(&b->sql, "t.%s %s '" TALLY_ABSENT "'", key->name, p->op == OP_GIVEN ? "<>" : "=");
    else
        say_comparison(b, p, str_format(b->c->arena, "t.%s", key->name), field_column(tally_field(b->tally, key)));
    return true;
}

static void say_predicate(Build *b, const Selection *sel, const Predicate *p)
{
    const Entity *e = sel->entity;
    if (b->tally && say_on_tally(b, p))
        return;
    if (p->via < 0) {
        if (sel->as_of && p->field == e->state && p->op != OP_HAS)
            say_state_as_of(b, sel, p);
        else
            say_condition(b, p, e->table, str_format(b->c->arena, "%st.", b->aside).ptr);
        return;
    }
    const Field *ref = &e->table->fields[p->via];
    const Entity *other = entity_of((EntityKind)ref->refers);
    bool absent = p->op == OP_ABSENT; /* also of what refers to nothing */
    Predicate there = *p;
    there.op = absent ? OP_GIVEN : p->op;
    strbuf_addf(&b->sql, "%sEXISTS (SELECT 1 FROM %s v WHERE v.id = t.%s AND ", absent ? "NOT " : "", other->sql_table,
        ref->name);
    say_condition(b, &there, other->table, "v.");
    say(b, ")");
}

static void say_q(Build *b, const Selection *sel)
{
    const FieldTable *table = sel->entity->table;
    bool any = false;
    for (int i = 0; i < table->count; i++) {
        if (!(table->fields[i].flags & SEARCHED))
            continue;
        strbuf_addf(
            &b->sql, "%s%s(t.%s, ", any ? " OR " : " AND (", b->dollar ? "strpos" : "instr", table->fields[i].name);
        put_text(b, sel->q);
        say(b, ") > 0");
        any = true;
    }
    say(b, any ? ")" : "");
}

/* --- sight: what of an entity a role sees ----------------------------------------------------------------------- */

static void say_one_of(Build *b, const Sight *sight)
{
    say(b, " IN (");
    for (int i = 0; i < SIGHT_VALUES_MAX && sight->values[i]; i++) {
        say(b, i ? ", " : "");
        put_text(b, str_of(sight->values[i]));
    }
    say(b, ")");
}

/* --- totals that are kept ----------------------------------------------------------------------------------- */

/* Conditions on the state alone. */
static bool by_state_only(const Selection *sel)
{
    for (uint16_t i = 0; i < sel->count; i++) {
        const Predicate *p = &sel->predicates[i];
        bool counted = p->op == OP_EQ || p->op == OP_IN || p->op == OP_NE;
        if (p->via >= 0 || p->field != sel->entity->state || !counted)
            return false;
    }
    return true;
}

static bool sight_by_state(const Sight *sight, const Entity *e)
{
    return sight->only == ONLY_ALL || (sight->only == ONLY_ONE_OF && e->state >= 0 &&
                                          str_eq(str_of(sight->field), str_of(e->table->fields[e->state].name)));
}

/* A selection of everything, or of some states of everything, for an actor who sees the whole ledger. */
static bool is_kept(const Build *b, const Selection *sel, const Sight *sight)
{
    const Holding *h = &b->c->actor->holding;
    if (sel->q.len || sel->as_of || sel->unscoped || sight->kind == SIGHT_NONE || !sight_by_state(sight, sel->entity))
        return false;
    if (sight->kind == SIGHT_SCOPED && h->known && !h->everything)
        return false;
    return by_state_only(sel);
}

static void say_states(Build *b, const Selection *sel, const Sight *sight)
{
    for (uint16_t i = 0; i < sel->count; i++) {
        say(b, " AND ");
        say_comparison(b, &sel->predicates[i], S("t.state"), VALUE_TEXT);
    }
    if (sight->only == ONLY_ONE_OF) {
        say(b, " AND t.state");
        say_one_of(b, sight);
    }
}

static bool compile_counters(Build *b, const Selection *sel)
{
    const Sight *sight = sight_of(b->c->actor->role, sel->entity->kind);
    bool of_states = sel->count || sight->only == ONLY_ONE_OF;
    if (!is_kept(b, sel, sight))
        return false;
    strbuf_addf(&b->sql,
        "SELECT %s FROM %s t WHERE t.entity = ", of_states ? "CAST(SUM(t.records) AS BIGINT)" : "t.records",
        of_states ? "state_count" : "record_count");
    put_text(b, str_of(sel->entity->table->name));
    if (of_states)
        say_states(b, sel, sight);
    if (sight->kind == SIGHT_SCOPED) {
        say(b, " AND EXISTS (");
        build_right(b, "1");
        say(b, " AND s.everything = 1)");
    }
    finish(b);
    return true;
}

/* And what the row names besides. */
static void say_registers(Build *b, const Sight *sight)
{
    const char *comma = "";
    say(b, " IN (");
    for (int kind = 1; kind < ENTITY_COUNT; kind++) {
        if (!entity_of((EntityKind)kind)->is_register)
            continue;
        say(b, comma);
        put_text(b, str_of(entity_of((EntityKind)kind)->table->name));
        comma = ", ";
    }
    for (int i = 0; i < SIGHT_VALUES_MAX && sight->values[i]; i++) {
        say(b, comma);
        put_text(b, str_of(sight->values[i]));
    }
    say(b, ")");
}

static void say_unmarked_or_mine(Build *b, const Sight *sight)
{
    strbuf_addf(&b->sql, " AND (%st.%s = 0 OR t.%s = ", b->aside, sight->field, sight->values[0]);
    put_text(b, b->c->actor->account.len ? b->c->actor->account : S("-"));
    say(b, ")");
}

static void say_since(Build *b, const Entity *e, const Sight *sight)
{
    strbuf_addf(&b->sql, " AND (%st.%s <= ", b->aside, sight->field);
    put(b, VALUE_TEXT, value_date(b->c->arena, b->c->today));
    if (sight->values[0]) {
        strbuf_addf(&b->sql, " OR %st.%s", b->aside, e->table->fields[e->state].name);
        say_one_of(b, sight);
    }
    say(b, ")");
}

static void say_only(Build *b, const Entity *e, const Sight *sight)
{
    if (sight->only == ONLY_ALL)
        return;
    if (sight->only == ONLY_UNMARKED_OR_MINE) {
        say_unmarked_or_mine(b, sight);
        return;
    }
    const Field *f = field_named(e->table, str_of(sight->field));
    if (sight->only == ONLY_SINCE) {
        say_since(b, e, sight);
        return;
    }
    strbuf_addf(&b->sql, " AND %st.%s", b->aside, f->name);
    if (sight->only == ONLY_GIVEN) {
        say(b, " IS NOT NULL");
    } else if (sight->only == ONLY_REGISTERS) {
        say_registers(b, sight);
    } else {
        say_one_of(b, sight);
    }
}

/* Few inspections or units are what most people hold: their records are found by them, and whatever else is asked
 * is asked of those. SQLite, which knows nothing of how many share a state, would rather walk all of a state. */
static bool narrow_scope(const Build *b, const Entity *e)
{
    return holding_is_narrow(&b->c->actor->holding) && (e->scope.inspection >= 0 || e->scope.unit >= 0);
}

static Status say_sight(Build *b, const Entity *e)
{
    Ctx *c = b->c;
    const Sight *sight = sight_of(c->actor->role, e->kind);
    if (sight->kind == SIGHT_NONE)
        return fail(c, ST_DENIED, "您当前的角色（%s）不能查看%s", "your present role (%s) does not see %s",
            c->lang == LANG_ZH ? roles.items[c->actor->role].label.zh : roles.items[c->actor->role].label.en,
            c->lang == LANG_ZH ? e->label.zh : e->table->name);
    if (sight->kind == SIGHT_SCOPED)
        build_scope(b, e);
    if (sight->kind == SIGHT_SCOPED && !b->dollar && narrow_scope(b, e))
        b->aside = "+";
    say_only(b, e, sight);
    return ST_OK;
}

/* --- order and page --------------------------------------------------------------------------------------------- */

/* Absent values come first, as the least there is; ids break ties. */
static void say_after(Build *b, const Selection *sel)
{
    const Field *f = &sel->entity->table->fields[sel->sort];
    const char *sign = sel->down ? "<" : ">";
    ValueKind kind = field_column(f);
    if (sel->sort == Record_id) {
        strbuf_addf(&b->sql, " AND t.id %s ", sign);
        put_text(b, sel->after_id);
        return;
    }
    if (sel->after.kind == VALUE_NULL) {
        strbuf_addf(&b->sql, " AND ((t.%s IS NULL AND t.id %s ", f->name, sign);
        put_text(b, sel->after_id);
        if (sel->down)
            say(b, "))");
        else
            strbuf_addf(&b->sql, ") OR t.%s IS NOT NULL)", f->name);
        return;
    }
    say(b, " AND ((");
    say_column(b, sel, sel->sort);
    strbuf_addf(&b->sql, ", t.id) %s (", sign);
    put(b, kind, sel->after);
    say(b, ", ");
    put_text(b, sel->after_id);
    if (sel->down && !(f->flags & REQUIRED))
        strbuf_addf(&b->sql, ") OR t.%s IS NULL)", f->name);
    else
        say(b, "))");
}

static void say_order(Build *b, const Selection *sel)
{
    const Field *f = &sel->entity->table->fields[sel->sort];
    const char *down = sel->down ? " DESC" : "";
    say(b, " ORDER BY ");
    say_column(b, sel, sel->sort);
    say(b, down);
    if (sel->sort == Record_id)
        return;
    if (!(f->flags & REQUIRED))
        say(b, sel->down ? " NULLS LAST" : " NULLS FIRST");
    strbuf_addf(&b->sql, ", t.id%s", down);
}

/* `table` is the entity's own, or a tally with columns of the same names. */
static Status say_from(Build *b, const Selection *sel, const char *table)
{
    strbuf_addf(&b->sql, " FROM %s t WHERE 1 = 1", table);
    if (!sel->unscoped)
        TRY(say_sight(b, sel->entity));
    if (sel->as_of) {
        say(b, " AND EXISTS (SELECT 1 FROM state_history h WHERE h.record = t.id AND h.effective_on <= ");
        put(b, VALUE_TEXT, value_date(b->c->arena, sel->as_of));
        say(b, ")");
    }
    for (uint16_t i = 0; i < sel->count; i++) {
        say(b, " AND ");
        say_predicate(b, sel, &sel->predicates[i]);
    }
    if (sel->q.len)
        say_q(b, sel);
    return ST_OK;
}

bool compile_count_all(Ctx *c, const Selection *sel, Compiled *out)
{
    Build b = build_on(c, out);
    return compile_counters(&b, sel);
}

Status compile_selection(Ctx *c, const Selection *sel, CompileWhat what, int64_t cap, Compiled *out)
{
    Build b = build_on(c, out);
    strbuf_room(&b.sql, 1024);
    if (what == COMPILE_COUNT) {
        say(&b, "SELECT COUNT(*) FROM (SELECT 1");
        TRY(say_from(&b, sel, sel->entity->sql_table));
        say(&b, " LIMIT ");
        put(&b, VALUE_INT, value_int(cap + 1));
        say(&b, ") counted");
        finish(&b);
        return ST_OK;
    }
    say(&b, "SELECT ");
    if (what == COMPILE_IDS)
        say(&b, "t.id");
    else
        say_columns(&b, sel);
    TRY(say_from(&b, sel, sel->entity->sql_table));
    if (sel->has_after)
        say_after(&b, sel);
    if (!sel->unordered)
        say_order(&b, sel);
    if (what == COMPILE_ROWS) {
        say(&b, " LIMIT ");
        put(&b, VALUE_INT, value_int((int64_t)sel->limit + 1));
    }
    finish(&b);
    return ST_OK;
}

/* --- records by id, and all of them --- */

Status compile_load(Ctx *c, EntityKind kind, Str id, Reach reach, Compiled *out)
{
    Build b = build_on(c, out);
    Selection sel = selection_of(kind);
    strbuf_room(&b.sql, 1024);
    sel.fields = ~(FieldSet)0;
    say(&b, "SELECT ");
    say_columns(&b, &sel);
    strbuf_addf(&b.sql, " FROM %s t WHERE t.id = ", sel.entity->sql_table);
    put_text(&b, id);
    if (reach == REACH_SEEN)
        TRY(say_sight(&b, sel.entity));
    if (reach == REACH_HELD && c->actor->role != ROLE_LOCAL)
        build_scope(&b, sel.entity);
    finish(&b);
    return ST_OK;
}

void compile_walk(Ctx *c, const Entity *e, Str after, int64_t limit, Compiled *out)
{
    Build b = build_on(c, out);
    Selection sel = selection_of(e->kind);
    sel.fields = ~(FieldSet)0;
    say(&b, "SELECT ");
    say_columns(&b, &sel);
    strbuf_addf(&b.sql, " FROM %s t WHERE t.id > ", e->sql_table);
    put(&b, VALUE_TEXT, (Value){ .kind = VALUE_TEXT, .text = after.len ? after : S("0") });
    say(&b, " ORDER BY t.id LIMIT ");
    put(&b, VALUE_INT, value_int(limit));
    finish(&b);
}

/* --- for what else compiles ----------------------------------------------------------------------------------------
 */

Status build_sight(Build *b, const Entity *e)
{
    b->aside = "";
    return say_sight(b, e);
}

Status build_from(Build *b, const Selection *sel, const char *table)
{
    return say_from(b, sel, table);
}

void build_column(Build *b, const Selection *sel, int field)
{
    say_column(b, sel, field);
}
