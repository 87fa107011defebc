#include "support/records.h"

#include "domain/account.h"
#include "domain/unit.h"

uint32_t chance(Chance *r, uint32_t below)
{
    r->state ^= r->state << 13;
    r->state ^= r->state >> 7;
    r->state ^= r->state << 17;
    return (uint32_t)((r->state >> 16) % below);
}

/* Capitals, full width, prefixes of each other, signs that mean something to LIKE and to quoting, and
 * characters beyond the first plane: what two engines might order or compare otherwise. */
static Str text_by_chance(Fixture *fx, const Field *f, Chance *r)
{
    static const char *const words[] = { "a", "A", "ab", "b", "z", "10", "9", "%", "_", "'", "\\", "é", "巡察", "巡视",
        "整改", "市财政局党组", "Ａ", "，", "😀", "a b" };
    const size_t count = sizeof words / sizeof *words;
    StrBuf b = strbuf_in(fx->c->arena);
    for (uint32_t i = 0, n = 1 + chance(r, 3); i < n; i++)
        strbuf_add(&b, str_of(words[chance(r, (uint32_t)count)]));
    return str_clip(strbuf_str(&b), f->limit ? f->limit : 20);
}

static Str reference_by_chance(const Crowd *crowd, const Field *f, Chance *r)
{
    size_t known = crowd->count[f->refers];
    return known ? record_id(crowd->records[f->refers][chance(r, (uint32_t)known)]) : STR_NONE;
}

static Date date_by_chance(Chance *r)
{
    return date_of(2017 + (int)chance(r, 5), 1 + (int)chance(r, 3), 1 + (int)chance(r, 3));
}

static void set_by_chance(Fixture *fx, const Crowd *crowd, const Field *f, void *record, Chance *r)
{
    void *at = field_at(f, record);
    if (!(f->flags & REQUIRED) && f->type != FT_FLAG && chance(r, 4) == 0)
        return;
    switch (f->type) {
    case FT_TEXT:
    case FT_LONG:
    case FT_SECRET:
        *(Str *)at = text_by_chance(fx, f, r);
        return;
    case FT_BYTES:
        *(Str *)at = str_copy(fx->c->arena, (Str){ "\0\1\377b", 1 + chance(r, 4) });
        return;
    case FT_CHOICE:
        *(int32_t *)at = 1 + (int32_t)chance(r, (uint32_t)f->choices->count - 1);
        return;
    case FT_REF:
        *(Str *)at = reference_by_chance(crowd, f, r);
        return;
    case FT_DATE:
        *(Date *)at = date_by_chance(r);
        return;
    case FT_INSTANT:
        *(Instant *)at = 1600000000000000 + (Instant)chance(r, 5) * 1000001;
        return;
    case FT_INT:
    case FT_MONEY:
        *(Int *)at = INT_OF(chance(r, 2) ? (int64_t)chance(r, 12) : (int64_t)chance(r, 9) * 1000000007);
        return;
    case FT_FLAG:
        *(bool *)at = chance(r, 2) == 0;
        return;
    }
}

static const void *any_of(const Crowd *crowd, EntityKind kind, Chance *r)
{
    return crowd->count[kind] ? crowd->records[kind][chance(r, (uint32_t)crowd->count[kind])] : NULL;
}

/* What rights reach by plain texts meets by chance too seldom: every second one is made to. */
static void make_meet(const Crowd *crowd, EntityKind kind, void *record, Chance *r)
{
    const Entity *e = entity_of(kind);
    const Assignment *right = any_of(crowd, ENTITY_ASSIGNMENT, r);
    if (chance(r, 2))
        return;
    if (kind == ENTITY_UNIT_FACT && right) {
        UnitFact *fact = record;
        bool group = chance(r, 2) == 0;
        fact->fact = group ? UNIT_FACT_GROUP : UNIT_FACT_OFFICE;
        fact->value = group ? right->resident_group : right->supervision_office;
    }
    if (e->scope.account >= 0 && right)
        *(Str *)field_at(&e->table->fields[e->scope.account], record) = right->account;
    const void *other = e->scope.through.other ? any_of(crowd, (EntityKind)e->scope.through.other, r) : NULL;
    if (other && e->scope.through.own != Record_id && e->table->fields[e->scope.through.own].type == FT_TEXT)
        *(Str *)field_at(&e->table->fields[e->scope.through.own], record) =
            record_ref(entity_of((EntityKind)e->scope.through.other), other, e->scope.through.theirs);
}

void *crowd_record(Fixture *fx, const Crowd *crowd, EntityKind kind, Chance *r)
{
    const FieldTable *table = entity_of(kind)->table;
    void *record = record_new(fx->c, table);
    for (int i = Record_field_count; i < table->count; i++)
        set_by_chance(fx, crowd, &table->fields[i], record, r);
    make_meet(crowd, kind, record, r);
    return record;
}

Status apply_now(Fixture *fx, const Changes *changes)
{
    Ctx *c = fx->c;
    Writer w = { .keys = fx->ledger->keys };
    TRY(db_begin(c, DB_TX_WRITE));
    Status status = chain_lock(c, &w);
    if (status == ST_OK)
        status = change_apply(c, &w, S("test"), changes);
    if (status == ST_OK)
        status = chain_store(c, &w);
    if (status == ST_OK)
        return db_commit(c);
    db_rollback(c->db);
    keyring_forget(fx->ledger->keys);
    return status;
}

/* In a savepoint of its own, as the lane runs a request. */
static Status try_one(Fixture *fx, Writer *w, const Changes *changes)
{
    ChainHead head = w->head;
    TRY(db_savepoint(fx->c));
    Status status = change_apply(fx->c, w, S("test"), changes);
    if (status == ST_OK)
        return db_release(fx->c);
    w->head = head;
    keyring_forget(fx->ledger->keys);
    if (db_rollback_to(fx->c) != ST_OK)
        _fail(__FILE__, __LINE__);
    return status;
}

static void add_one(Fixture *fx, Writer *w, Crowd *crowd, EntityKind kind, Chance *r)
{
    for (int tries = 0; tries < 2000; tries++) {
        Changes changes = changes_of(fx->c);
        void *record = crowd_record(fx, crowd, kind, r);
        changes.provenance = 1 + (int32_t)chance(r, 4);
        changes.effective_on = date_by_chance(r);
        change_insert(fx->c, &changes, kind, record);
        Status status = try_one(fx, w, &changes);
        if (status == ST_OK) {
            crowd->records[kind][crowd->count[kind]++] = record;
            return;
        }
        assert_fails(fx->c, ST_CONFLICT, status);
    }
    print_error("no room for another record of kind %d\n", (int)kind);
    _fail(__FILE__, __LINE__);
}

Crowd *crowd_new(Fixture *fx, uint64_t seed)
{
    Crowd *crowd = arena_new_of(fx->arena, Crowd);
    Chance r = { seed * 2654435761u + 88172645463325252u };
    Writer w = { .keys = fx->ledger->keys };
    assert_ok(fx->c, db_begin(fx->c, DB_TX_WRITE));
    assert_ok(fx->c, chain_lock(fx->c, &w));
    for (int kind = 1; kind < ENTITY_COUNT; kind++)
        for (int i = 0; i < CROWD; i++)
            add_one(fx, &w, crowd, (EntityKind)kind, &r);
    assert_ok(fx->c, chain_store(fx->c, &w));
    assert_ok(fx->c, db_commit(fx->c));
    return crowd;
}
