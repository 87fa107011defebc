/* Selections against an oracle: every entity × field × comparison × order, page by page, in and out of scope.
 *
 * The oracle asks the same of the records in memory, in plain C; both engines are held against it, and so
 * against each other. */
#include "support/records.h"

#include "domain/account.h"
#include "domain/unit.h"
#include "store/load.h"

#include <stdlib.h>
#include <string.h>

typedef struct IdList {
    Str at[CROWD * 4];
    size_t count;
} IdList;

typedef struct Oracle {
    Fixture *fx;
    const Crowd *crowd;
    const Selection *sel;
} Oracle;

/* --- what one record is to a selection ------------------------------------------------------------------- */

static Value value_of(const Oracle *o, const Entity *e, int field, const void *record)
{
    return field_value(o->fx->c->arena, &e->table->fields[field], record);
}

/* Absent is less than anything; texts by their bytes. */
static int compare(Value a, Value b)
{
    if (a.kind == VALUE_NULL || b.kind == VALUE_NULL)
        return (a.kind != VALUE_NULL) - (b.kind != VALUE_NULL);
    if (a.kind == VALUE_INT)
        return (a.whole > b.whole) - (a.whole < b.whole);
    return str_cmp(a.text, b.text);
}

/* `other`: the record's other field, for the comparisons of two. */
static bool compares(Value v, const Predicate *p, Value other)
{
    if (p->op == OP_ABSENT)
        return v.kind == VALUE_NULL;
    if (p->op == OP_NE)
        return v.kind == VALUE_NULL || compare(v, p->values[0]) != 0;
    if (v.kind == VALUE_NULL)
        return false;
    switch (p->op) {
    case OP_EQ:
        return compare(v, p->values[0]) == 0;
    case OP_LT:
        return compare(v, p->values[0]) < 0;
    case OP_LE:
        return compare(v, p->values[0]) <= 0;
    case OP_GT:
        return compare(v, p->values[0]) > 0;
    case OP_GE:
        return compare(v, p->values[0]) >= 0;
    case OP_IN:
        for (uint16_t i = 0; i < p->count; i++)
            if (compare(v, p->values[i]) == 0)
                return true;
        return false;
    case OP_HAS:
        return str_find(v.text, p->values[0].text, 0) != SIZE_MAX;
    case OP_GIVEN:
        return true;
    case OP_ABOVE:
        return other.kind != VALUE_NULL && compare(v, other) > 0;
    case OP_BELOW:
        return other.kind != VALUE_NULL && compare(v, other) < 0;
    case OP_NE:
    case OP_ABSENT:
    case OP_COUNT:
        break;
    }
    return false;
}

static bool compares_in(const Oracle *o, const Predicate *p, const Entity *e, const void *record)
{
    bool two = p->op == OP_ABOVE || p->op == OP_BELOW;
    Value other = two ? value_of(o, e, (int)p->values[0].whole, record) : value_null();
    return compares(value_of(o, e, p->field, record), p, other);
}

static const void *record_by_id(const Oracle *o, EntityKind kind, Str id)
{
    for (size_t i = 0; i < o->crowd->count[kind]; i++)
        if (str_eq(record_id(o->crowd->records[kind][i]), id))
            return o->crowd->records[kind][i];
    return NULL;
}

static bool meets(const Oracle *o, const Predicate *p, const void *record)
{
    const Entity *e = o->sel->entity;
    if (p->via < 0)
        return compares_in(o, p, e, record);
    EntityKind other = (EntityKind)e->table->fields[p->via].refers;
    const void *referred = record_by_id(o, other, record_ref(e, record, p->via));
    return referred ? compares_in(o, p, entity_of(other), referred) : p->op == OP_ABSENT;
}

static bool holds_q(const Oracle *o, const void *record)
{
    const FieldTable *table = o->sel->entity->table;
    bool any = false;
    for (int i = 0; i < table->count; i++) {
        if (!(table->fields[i].flags & SEARCHED))
            continue;
        any = true;
        Value v = value_of(o, o->sel->entity, i, record);
        if (v.kind == VALUE_TEXT && str_find(v.text, o->sel->q, 0) != SIZE_MAX)
            return true;
    }
    return !any;
}

/* Does the unit's history name the right's office or group today? */
static bool supervised_by(const Oracle *o, const Assignment *a, Str unit)
{
    const Date today = o->fx->c->today;
    for (size_t i = 0; unit.len && i < o->crowd->count[ENTITY_UNIT_FACT]; i++) {
        const UnitFact *f = o->crowd->records[ENTITY_UNIT_FACT][i];
        Str named = f->fact == UNIT_FACT_OFFICE  ? a->supervision_office
                    : f->fact == UNIT_FACT_GROUP ? a->resident_group
                                                 : STR_NONE;
        if (named.len && str_eq(f->unit, unit) && str_eq(f->value, named) &&
            (!f->valid_from || f->valid_from <= today) && (!f->valid_to || f->valid_to >= today))
            return true;
    }
    return false;
}

static bool names(Str target, const Entity *e, int field, const void *record)
{
    return field >= 0 && target.len && str_eq(target, record_ref(e, record, field));
}

/* By an inspection or a unit, whatever it is called by. */
static bool reached_narrowly(const Oracle *o, const Assignment *a, const Entity *e, const void *record)
{
    const ScopeFields *f = &e->scope;
    return names(a->inspection, e, f->inspection, record) || names(a->unit, e, f->unit, record) ||
           names(a->unit, e, f->other_unit, record) || supervised_by(o, a, record_ref(e, record, f->unit)) ||
           supervised_by(o, a, record_ref(e, record, f->other_unit));
}

static bool reached_through(const Oracle *o, const Assignment *a, const Entity *e, const void *record)
{
    const Entity *other = entity_of((EntityKind)e->scope.through.other);
    Str own = record_ref(e, record, e->scope.through.own);
    for (size_t i = 0; e->scope.through.other && i < o->crowd->count[other->kind]; i++) {
        const void *there = o->crowd->records[other->kind][i];
        if (str_eq(record_ref(other, there, e->scope.through.theirs), own) && reached_narrowly(o, a, other, there))
            return true;
    }
    return false;
}

static bool reached_by(const Oracle *o, const Assignment *a, const void *record)
{
    const Entity *e = o->sel->entity;
    const Ctx *c = o->fx->c;
    if (!str_eq(a->account, c->actor->account) || a->role != (int32_t)c->actor->role || a->valid_from > c->today ||
        a->valid_to < c->today)
        return false;
    return a->everything || reached_narrowly(o, a, e, record) || names(a->organiser, e, e->scope.organiser, record) ||
           names(a->round, e, e->scope.round, record) || reached_through(o, a, e, record);
}

static bool is_in_scope(const Oracle *o, const void *record)
{
    const Entity *e = o->sel->entity;
    if (names(o->fx->c->actor->account, e, e->scope.account, record))
        return true; /* his own */
    for (size_t i = 0; i < o->crowd->count[ENTITY_ASSIGNMENT]; i++)
        if (reached_by(o, o->crowd->records[ENTITY_ASSIGNMENT][i], record))
            return true;
    return false;
}

static bool is_named(const Sight *sight, Str value)
{
    for (size_t i = 0; i < SIGHT_VALUES_MAX && sight->values[i]; i++)
        if (str_eq(value, str_of(sight->values[i])))
            return true;
    return false;
}

static bool sight_lets(const Oracle *o, const Sight *sight, const void *record)
{
    const Entity *e = o->sel->entity;
    if (sight->only == ONLY_ALL)
        return true;
    Value v = value_of(o, e, field_index(e->table, field_named(e->table, str_of(sight->field))), record);
    if (sight->only == ONLY_UNMARKED_OR_MINE) {
        Value whose = value_of(o, e, field_index(e->table, field_named(e->table, str_of(sight->values[0]))), record);
        return v.whole == 0 || (whose.kind == VALUE_TEXT && str_eq(whose.text, o->fx->c->actor->account));
    }
    if (sight->only == ONLY_SINCE && sight->values[0] && is_named(sight, value_of(o, e, e->state, record).text))
        return true;
    if (v.kind == VALUE_NULL)
        return false;
    if (sight->only == ONLY_SINCE)
        return compare(v, value_date(o->fx->c->arena, o->fx->c->today)) <= 0;
    if (sight->only == ONLY_REGISTERS)
        return entity_named(v.text) && entity_named(v.text)->is_register;
    return sight->only == ONLY_GIVEN || (sight->only == ONLY_ONE_OF && is_named(sight, v.text));
}

static bool is_seen(const Oracle *o, const void *record)
{
    const Sight *sight = sight_of(o->fx->c->actor->role, o->sel->entity->kind);
    return sight_lets(o, sight, record) && (sight->kind == SIGHT_OPEN || is_in_scope(o, record));
}

static bool is_chosen(const Oracle *o, const void *record)
{
    for (uint16_t i = 0; i < o->sel->count; i++)
        if (!meets(o, &o->sel->predicates[i], record))
            return false;
    return (o->sel->q.len == 0 || holds_q(o, record)) && (o->sel->unscoped || is_seen(o, record));
}

static int in_order(const void *a, const void *b, void *oracle)
{
    const Oracle *o = oracle;
    const void *left = *(const void *const *)a, *right = *(const void *const *)b;
    const Entity *e = o->sel->entity;
    int order = compare(value_of(o, e, o->sel->sort, left), value_of(o, e, o->sel->sort, right));
    order = order ? order : str_cmp(record_id(left), record_id(right));
    return o->sel->down ? -order : order;
}

static void expect_ids(Oracle *o, IdList *out)
{
    const void *chosen[CROWD];
    size_t count = 0;
    EntityKind kind = o->sel->entity->kind;
    for (size_t i = 0; i < o->crowd->count[kind]; i++)
        if (is_chosen(o, o->crowd->records[kind][i]))
            chosen[count++] = o->crowd->records[kind][i];
    qsort_r(chosen, count, sizeof *chosen, in_order, o);
    out->count = count;
    for (size_t i = 0; i < count; i++)
        out->at[i] = record_id(chosen[i]);
}

/* --- what the ledger says ---------------------------------------------------------------------------------- */

static Status take_id(Ctx *c, const void *record, void *arg)
{
    IdList *ids = arg;
    assert_true(ids->count < sizeof ids->at / sizeof *ids->at);
    ids->at[ids->count++] = str_copy(c->arena, record_id(record));
    return ST_OK;
}

static void all_pages(Fixture *fx, Selection sel, IdList *out)
{
    Page page = { .more = true };
    out->count = 0;
    for (int pages = 0; page.more; pages++) {
        assert_true(pages <= CROWD);
        assert_ok(fx->c, selection_each(fx->c, &sel, take_id, out, &page));
        if (page.more)
            assert_ok(fx->c, selection_read(fx->c, &sel, S("after"), page.next));
    }
}

static void say(const Selection *sel)
{
    const FieldTable *table = sel->entity->table;
    print_error("%s sort=%s%s limit=%u q=%.*s", table->name, sel->down ? "-" : "", table->fields[sel->sort].name,
        sel->limit, STR_ARG(sel->q));
    for (uint16_t i = 0; i < sel->count; i++)
        print_error(" %d.%s.%s", sel->predicates[i].via, table->fields[sel->predicates[i].field].name,
            op_name(sel->predicates[i].op));
    print_error("\n");
}

static void expect_same(const Selection *sel, const IdList *got, const IdList *want)
{
    bool same = got->count == want->count;
    for (size_t i = 0; same && i < want->count; i++)
        same = str_eq(got->at[i], want->at[i]);
    if (same)
        return;
    say(sel);
    print_error("gave %zu records, not %zu, or in another order\n", got->count, want->count);
    _fail(__FILE__, __LINE__);
}

static void check(Fixture *fx, const Crowd *crowd, Selection sel)
{
    Oracle o = { fx, crowd, &sel };
    CtxMark mark = ctx_mark(fx->c);
    IdList got, want;
    int64_t count;
    bool exact;
    expect_ids(&o, &want);
    all_pages(fx, sel, &got);
    expect_same(&sel, &got, &want);
    assert_ok(fx->c, selection_count(fx->c, &sel, COUNT_EXACT_UP_TO, &count, &exact));
    if (count != (int64_t)want.count)
        say(&sel);
    assert_int_equal(count, want.count);
    ctx_rewind(fx->c, mark);
}

/* A crowd in one reading transaction: what is asked then needs no lock of its own. */
static const Crowd *crowd_to_read(Fixture *fx, uint64_t seed)
{
    fixture_found(fx);
    const Crowd *crowd = crowd_new(fx, seed);
    assert_ok(fx->c, db_begin(fx->c, DB_TX_READ));
    return crowd;
}

/* --- walks ---------------------------------------------------------------------------------------------------- */

static bool is_asked(const Field *f)
{
    return f->type != FT_BYTES && f->type != FT_SECRET;
}

/* The next field of the same type; 0 where there is none. */
static size_t another_field(const Entity *e, int field, Value *out)
{
    for (int i = 1; i < e->table->count; i++) {
        int k = (field + i) % e->table->count;
        if (e->table->fields[k].type == e->table->fields[field].type) {
            *out = value_int(k);
            return 1;
        }
    }
    return 0;
}

/* Values that occur, so that comparisons have something to find. */
static size_t values_for(Fixture *fx, const Crowd *crowd, const Entity *e, int field, Op op, Value out[3])
{
    size_t count = 0;
    if (op == OP_ABSENT || op == OP_GIVEN)
        return 0;
    if (op == OP_ABOVE || op == OP_BELOW)
        return another_field(e, field, &out[0]);
    for (size_t i = 0; i < crowd->count[e->kind] && count < (op == OP_IN ? 3 : 1); i += 5) {
        Value v = field_value(fx->c->arena, &e->table->fields[field], crowd->records[e->kind][i]);
        if (v.kind != VALUE_NULL)
            out[count++] = v;
    }
    if (op == OP_HAS && count)
        out[0] = value_text(str_clip(out[0].text, 1));
    return count;
}

static void check_field(Fixture *fx, const Crowd *crowd, Selection base, int via, const Entity *e, int field)
{
    const Field *f = &e->table->fields[field];
    for (int op = 0; op < OP_COUNT; op++) {
        Value values[3];
        if (op == OP_HAS && field_column(f) != VALUE_TEXT)
            continue;
        size_t count = values_for(fx, crowd, e, field, (Op)op, values);
        if (count == 0 && op != OP_ABSENT && op != OP_GIVEN)
            continue;
        Selection sel = base;
        selection_where_via(&sel, via, field, (Op)op, values, count);
        check(fx, crowd, sel);
        if (via < 0 && f->type != FT_LONG) {
            sel.sort = (int16_t)field;
            sel.down = !sel.down;
            sel.limit = 5;
            check(fx, crowd, sel);
        }
    }
}

/* A setting of the ledger's own stands beside the crowd's. */
static bool has_others(EntityKind kind)
{
    return kind == ENTITY_SETTING;
}

ENGINE_TEST(every_field_by_every_comparison)
{
    const Crowd *crowd = crowd_to_read(fx, 1);
    for (int kind = 1; kind < ENTITY_COUNT; kind++) {
        const Entity *e = entity_of((EntityKind)kind);
        for (int field = 0; field < e->table->count; field++)
            if (is_asked(&e->table->fields[field]) && !has_others((EntityKind)kind))
                check_field(fx, crowd, selection_of((EntityKind)kind), -1, e, field);
    }
}

ENGINE_TEST(every_order_up_and_down_page_by_page)
{
    static const uint32_t limits[] = { 1, 3, CROWD, LIST_LIMIT_MAX };
    const Crowd *crowd = crowd_to_read(fx, 2);
    for (int kind = 1; kind < ENTITY_COUNT; kind++) {
        const Entity *e = entity_of((EntityKind)kind);
        for (int field = 0; field < e->table->count && !has_others((EntityKind)kind); field++) {
            const Field *f = &e->table->fields[field];
            Selection sel = selection_of((EntityKind)kind);
            sel.sort = (int16_t)field;
            sel.limit = limits[field % 4];
            for (int down = 0; down < 2 && is_asked(f) && f->type != FT_LONG; down++) {
                sel.down = down != 0;
                check(fx, crowd, sel);
            }
        }
    }
}

ENGINE_TEST(conditions_on_what_a_record_refers_to)
{
    const Crowd *crowd = crowd_to_read(fx, 3);
    for (int kind = 1; kind < ENTITY_COUNT; kind++) {
        const Entity *e = entity_of((EntityKind)kind);
        for (int via = Record_field_count; via < e->table->count; via++) {
            const Field *ref = &e->table->fields[via];
            if (ref->type != FT_REF)
                continue;
            const Entity *other = entity_of((EntityKind)ref->refers);
            for (int field = 0; field < other->table->count; field++)
                if (is_asked(&other->table->fields[field]))
                    check_field(fx, crowd, selection_of((EntityKind)kind), via, other, field);
        }
    }
}

ENGINE_TEST(words_of_the_search_box)
{
    static const char *const words[] = { "a", "A", "巡", "%", "_", "'", "\\", "😀", "Ａ", "没有的词" };
    const Crowd *crowd = crowd_to_read(fx, 4);
    for (int kind = 1; kind < ENTITY_COUNT; kind++)
        for (size_t i = 0; i < sizeof words / sizeof *words && !has_others((EntityKind)kind); i++) {
            Selection sel = selection_of((EntityKind)kind);
            sel.q = str_of(words[i]);
            sel.limit = 4;
            check(fx, crowd, sel);
        }
}

static void hold(uint8_t *held, bool named)
{
    *held = named ? (uint8_t)(*held ? HOLDS_SEVERAL : HOLDS_ONE) : *held;
}

/* What the session would say of the rights in force. */
static Holding holding_of(const Crowd *crowd, const Actor *actor, Date today)
{
    Holding h = { .known = true };
    for (size_t i = 0; i < crowd->count[ENTITY_ASSIGNMENT]; i++) {
        const Assignment *a = crowd->records[ENTITY_ASSIGNMENT][i];
        if (!str_eq(a->account, actor->account) || a->role != (int32_t)actor->role || a->valid_from > today ||
            a->valid_to < today)
            continue;
        h.everything = h.everything || a->everything;
        hold(&h.inspections, a->inspection.len > 0);
        hold(&h.units, a->unit.len > 0);
        hold(&h.organisers, a->organiser.len > 0);
        hold(&h.rounds, a->round.len > 0);
        hold(&h.supervision_offices, a->supervision_office.len > 0);
        hold(&h.resident_groups, a->resident_group.len > 0);
    }
    return h;
}

/* With conditions and an order beside the scope: whichever index the engine takes, the records are the same. */
static void check_in_scope(Fixture *fx, const Crowd *crowd, EntityKind kind, int salt)
{
    Selection sel = selection_of(kind);
    const Entity *e = sel.entity;
    check(fx, crowd, sel);
    int field = salt % e->table->count;
    if (!is_asked(&e->table->fields[field]) || e->table->fields[field].type == FT_LONG)
        return;
    sel.sort = (int16_t)field;
    sel.limit = 2;
    check(fx, crowd, sel);
    Value values[3], state = value_null();
    size_t count = values_for(fx, crowd, e, field, OP_EQ, values);
    if (count)
        selection_where(&sel, field, OP_NE, values, count);
    if (e->state >= 0) {
        state = value_text(choice_name(e->table->fields[e->state].choices, 1));
        selection_where(&sel, e->state, OP_EQ, &state, 1);
    }
    check(fx, crowd, sel);
}

/* Each account of the crowd in each role of its assignments: rights in force, lapsed, not begun, of every target. */
ENGINE_TEST(the_scope_of_every_assignment)
{
    const Crowd *crowd = crowd_to_read(fx, 5);
    Actor actor = { .person = STR_NONE };
    for (size_t i = 0; i < crowd->count[ENTITY_ASSIGNMENT]; i++) {
        const Assignment *a = crowd->records[ENTITY_ASSIGNMENT][i];
        actor.account = a->account;
        actor.role = (Role)a->role;
        fx->c->actor = &actor;
        fx->c->today = i % 3 ? date_of(2019, 2, 2) : a->valid_from;
        actor.holding = i % 2 ? holding_of(crowd, &actor, fx->c->today) : (Holding){ .known = false };
        for (int kind = 1; kind < ENTITY_COUNT; kind++) {
            Selection sel = selection_of((EntityKind)kind);
            if (has_others((EntityKind)kind))
                continue;
            if (sight_of(actor.role, (EntityKind)kind)->kind != SIGHT_NONE)
                check_in_scope(fx, crowd, (EntityKind)kind, (int)i * 7 + kind);
            else
                assert_fails(fx->c, ST_DENIED, selection_each(fx->c, &sel, take_id, &(IdList){ .count = 0 }, NULL));
        }
    }
    fx->c->actor = &fx->local;
}

/* --- states as of a day --------------------------------------------------------------------------------------- */

/* Counters of states serve totals: they are what counting gives. */
ENGINE_TEST(totals_by_state)
{
    const Crowd *crowd = crowd_to_read(fx, 8);
    for (int kind = 1; kind < ENTITY_COUNT; kind++) {
        const Entity *e = entity_of((EntityKind)kind);
        const Choices *states = e->state < 0 ? NULL : e->table->fields[e->state].choices;
        for (int32_t state = 1; states && state < states->count; state++) {
            Value two[] = { value_text(choice_name(states, state)), value_text(choice_name(states, 1)) };
            for (int op = 0; op < 3; op++) {
                Selection sel = selection_of((EntityKind)kind);
                selection_where(&sel, e->state, op == 0 ? OP_EQ : op == 1 ? OP_NE : OP_IN, two, op == 2 ? 2 : 1);
                check(fx, crowd, sel);
            }
        }
    }
}

typedef struct StateNote {
    Str record;
    Date day;
    int32_t state;
} StateNote;
enum { NOTES = 90 };

/* Moves a record to another state, on a day that may lie before others of its days. */
static StateNote note_state(Fixture *fx, const Entity *e, void **record, Chance *r)
{
    const Field *state = &e->table->fields[e->state];
    void *after = record_copy(fx->c, e->table, *record);
    int32_t *number = field_at(state, after);
    *number = 1 + *number % (state->choices->count - 1);
    Changes changes = changes_of(fx->c);
    changes.effective_on = date_of(2020, 1, 1 + (int)chance(r, 9));
    change_update(fx->c, &changes, e->kind, *record, after);
    assert_ok(fx->c, apply_now(fx, &changes));
    *record = after;
    return (StateNote){ record_id(after), changes.effective_on, *number };
}

/* The last note of the latest day up to this one; 0 without any. */
static int32_t state_on(const StateNote *notes, size_t count, Str record, Date day)
{
    const StateNote *best = NULL;
    for (size_t i = 0; i < count; i++)
        if (str_eq(notes[i].record, record) && notes[i].day <= day && (!best || notes[i].day >= best->day))
            best = &notes[i];
    return best ? best->state : 0;
}

static void check_states_on(Fixture *fx, Crowd *crowd, const Entity *e, const StateNote *notes, size_t count, Date day)
{
    const Choices *states = e->table->fields[e->state].choices;
    for (int32_t state = 1; state < states->count; state++) {
        const Value wanted[] = { value_text(choice_name(states, state)) };
        int64_t want = 0, want_others = 0, got;
        bool exact;
        for (size_t i = 0; i < crowd->count[e->kind]; i++) {
            int32_t then = state_on(notes, count, record_id(crowd->records[e->kind][i]), day);
            want += then == state;
            want_others += then && then != state;
        }
        Selection sel = selection_of(e->kind), others = sel;
        sel.as_of = others.as_of = day;
        selection_where(&sel, e->state, OP_EQ, wanted, 1);
        selection_where(&others, e->state, OP_NE, wanted, 1);
        assert_ok(fx->c, selection_count(fx->c, &sel, COUNT_EXACT_UP_TO, &got, &exact));
        assert_int_equal(got, want);
        assert_ok(fx->c, selection_count(fx->c, &others, COUNT_EXACT_UP_TO, &got, &exact));
        assert_int_equal(got, want_others);
    }
}

ENGINE_TEST(states_as_of_a_day)
{
    fixture_found(fx);
    Crowd *crowd = crowd_new(fx, 7);
    Chance r = { 4711 };
    for (int kind = 1; kind < ENTITY_COUNT; kind++) {
        const Entity *e = entity_of((EntityKind)kind);
        StateNote notes[CROWD + NOTES];
        size_t count = 0;
        if (e->state < 0)
            continue;
        for (size_t i = 0; i < crowd->count[kind]; i++)
            notes[count++] =
                (StateNote){ record_id(crowd->records[kind][i]), RECORD_OF(Date, crowd->records[kind][i], effective_on),
                    *(const int32_t *)field_of(&e->table->fields[e->state], crowd->records[kind][i]) };
        for (int i = 0; i < NOTES; i++)
            notes[count++] = note_state(fx, e, &crowd->records[kind][chance(&r, CROWD)], &r);
        check_states_on(fx, crowd, e, notes, count, date_of(2019, 2, 2));
        for (int day = 1; day <= 9; day++)
            check_states_on(fx, crowd, e, notes, count, date_of(2020, 1, day));
    }
}

/* One record by id obeys the same scope as the list. */
ENGINE_TEST(a_record_is_there_when_its_list_shows_it)
{
    const Crowd *crowd = crowd_to_read(fx, 6);
    const Assignment *a = crowd->records[ENTITY_ASSIGNMENT][0];
    Actor actor = { .account = a->account };
    fx->c->actor = &actor;
    fx->c->today = a->valid_from;
    for (int role = 1; role < ROLE_COUNT; role++) {
        actor.role = (Role)role;
        for (int kind = 1; kind < ENTITY_COUNT; kind++) {
            Selection sel = selection_of((EntityKind)kind);
            Oracle o = { fx, crowd, &sel };
            bool ever = sight_of(actor.role, (EntityKind)kind)->kind != SIGHT_NONE;
            for (size_t i = 0; i < crowd->count[kind]; i += 3) {
                const void *record = crowd->records[kind][i];
                void *out = record_new(fx->c, sel.entity->table);
                Status want = !ever ? ST_DENIED : role == ROLE_LOCAL || is_seen(&o, record) ? ST_OK : ST_MISSING;
                assert_fails(fx->c, want, record_load(fx->c, (EntityKind)kind, record_id(record), 0, out));
                assert_ok(fx->c, record_load_unscoped(fx->c, (EntityKind)kind, record_id(record), out));
                assert_int_equal(record_differences(sel.entity->table, record, out), 0);
            }
        }
    }
    fx->c->actor = &fx->local;
}

int main(void)
{
    const struct CMUnitTest tests[] = { ON_BOTH(every_field_by_every_comparison),
        ON_BOTH(every_order_up_and_down_page_by_page), ON_BOTH(conditions_on_what_a_record_refers_to),
        ON_BOTH(words_of_the_search_box), ON_BOTH(the_scope_of_every_assignment), ON_BOTH(states_as_of_a_day),
        ON_BOTH(totals_by_state), ON_BOTH(a_record_is_there_when_its_list_shows_it) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
