#include "store/verify.h"

#include "store/evidence.h"
#include "store/load.h"

#include <string.h>

enum { WALK_PAGE = 500, STATES_MAX = 32 };

typedef struct Walk {
    Ctx *c;
    Ledger *ledger;
    const Anchor *anchor;
    VerifyReport *report;
    Ctx *keep;                  /* faults outlive the pages */
    int64_t states[STATES_MAX]; /* records of the entity at hand, by state */
} Walk;

static void fault(Walk *w, const char *kind, Str place, Text says)
{
    VerifyReport *r = w->report;
    if ((size_t)r->fault_count < sizeof r->faults / sizeof r->faults[0])
        r->faults[r->fault_count] = (VerifyFault){ str_of(kind), str_copy(w->keep->arena, place),
            T(str_c(w->keep->arena, str_of(says.zh)), str_c(w->keep->arena, str_of(says.en))) };
    r->fault_count++;
}

static Str place_of_entry(Walk *w, int64_t seq)
{
    return str_format(w->c->arena, "audit %lld", (long long)seq);
}

/* --- the chain ------------------------------------------------------------------------------------------ */

static void entry_from_row(const DbRows *rows, AuditEntry *e)
{
    *e = (AuditEntry){ .seq = row_int(rows, 0),
        .actor = row_text(rows, 2),
        .login = row_text(rows, 3),
        .role = row_text(rows, 4),
        .operation = row_text(rows, 5),
        .outcome = row_text(rows, 6),
        .entity = row_text(rows, 7),
        .record = row_text(rows, 8),
        .version = row_int(rows, 9),
        .fields = row_text(rows, 10),
        .values = row_blob(rows, 11),
        .values_key = row_text(rows, 12),
        .after = row_blob(rows, 13) };
    if (!instant_parse(row_text(rows, 1), &e->at))
        e->at = -1;
    Str seal = row_blob(rows, 14);
    if (seal.len == SM3_SIZE)
        memcpy(e->seal.bytes, seal.ptr, SM3_SIZE);
}

/* The history of states must say what the sealed values say. */
static Status check_state(Walk *w, const AuditEntry *e)
{
    Ctx *c = w->c;
    const Entity *entity = entity_named(e->entity);
    if (!entity || entity->state < 0 || e->values.len == 0)
        return ST_OK;
    const SealKey *key;
    Str clear, kept;
    const Json *values;
    bool has;
    Str data = audit_values_data(c, e->entity, e->record, e->version);
    if (keyring_seal_key_of(c, w->ledger->keys, e->values_key, &key) != ST_OK ||
        seal_open(c, key, data, e->values, &clear) != ST_OK || json_read(c, clear, &values) != ST_OK) {
        ctx_forgive(c);
        fault(w, "entry", place_of_entry(w, e->seq), T("封存的内容无法打开", "its sealed values cannot be opened"));
        return ST_OK;
    }
    const Json *state = json_get(values, str_of(entity->table->fields[entity->state].name));
    if (!state || !state->first || !state->first->next || state->first->next->kind == JSON_NULL)
        return ST_OK; /* the record was taken away */
    TRY(db_query_text(c, SQL_STATE_AT_SEQ, ARGS(value_int(e->seq)), &kept, &has));
    if (!has || !str_eq(kept, json_text_or(state->first->next, STR_NONE)))
        fault(w, "state", place_of_entry(w, e->seq),
            T("状态沿革与审计记录不符", "the history of states differs from the chain"));
    return ST_OK;
}

static Status check_entry(Walk *w, const MacKey *key, const AuditEntry *e)
{
    VerifyReport *r = w->report;
    if (e->seq != r->head.seq + 1)
        fault(w, "gap", place_of_entry(w, r->head.seq + 1),
            T("审计记录缺失或次序被改动", "entries are missing or out of order"));
    Digest want = audit_seal(w->c, key, &r->head.seal, e);
    if (!bytes_equal(want.bytes, e->seal.bytes, SM3_SIZE))
        fault(w, "entry", place_of_entry(w, e->seq),
            T("审计记录被改动，或其前一条被删改", "the entry, or the one before it, was changed"));
    r->head = (ChainHead){ e->seq, e->seal };
    r->entries++;
    if (w->anchor && w->anchor->seq == e->seq && !bytes_equal(w->anchor->seal.bytes, e->seal.bytes, SM3_SIZE))
        fault(w, "anchor", place_of_entry(w, e->seq),
            T("与锚点不符：审计链曾被整体改写", "differs from the anchor: the chain was rewritten"));
    return check_state(w, e);
}

static Status walk_entries(Walk *w, const MacKey *key)
{
    Ctx *c = w->c;
    for (bool more = true; more;) {
        CtxMark page = ctx_mark(c);
        DbRows *rows;
        int n = 0;
        bool has;
        TRY(db_query(c, SQL_AUDIT_WALK, ARGS(value_int(w->report->head.seq), value_int(WALK_PAGE)), &rows));
        for (;;) {
            AuditEntry e;
            TRY(db_next(c, rows, &has));
            if (!has)
                break;
            n++;
            entry_from_row(rows, &e);
            CtxMark one = ctx_mark(c);
            TRY(check_entry(w, key, &e));
            ctx_rewind(c, one);
        }
        more = n == WALK_PAGE;
        ctx_rewind(c, page);
    }
    return ST_OK;
}

static Status check_head(Walk *w)
{
    Ctx *c = w->c;
    DbRows *rows;
    bool has;
    int64_t strange;
    TRY(db_query(c, SQL_CHAIN_HEAD_FIND, NO_ARGS, &rows));
    TRY(db_next(c, rows, &has));
    Str seal = has ? row_blob(rows, 1) : STR_NONE;
    bool fits = has && row_int(rows, 0) == w->report->head.seq && seal.len == SM3_SIZE &&
                bytes_equal(seal.ptr, w->report->head.seal.bytes, SM3_SIZE);
    db_rows_done(rows);
    if (!fits)
        fault(
            w, "tail", S("chain_head"), T("链尾被截去，或链头被改动", "the tail was cut off, or the head was changed"));
    TRY(db_query_int(c, SQL_AUDIT_STRANGE_ROWS, NO_ARGS, &strange, &has));
    if (strange)
        fault(w, "entry", S("audit"), T("有编号之外的审计记录", "entries stand outside the numbering"));
    return ST_OK;
}

static void check_anchor(Walk *w)
{
    if (!w->anchor)
        return;
    if (!str_eq(w->anchor->ledger, w->ledger->id))
        fault(w, "anchor", S("anchor"), T("锚点属于另一个台账", "the anchor is of another ledger"));
    if (w->anchor->seq > w->report->head.seq)
        fault(w, "anchor", place_of_entry(w, w->anchor->seq),
            T("审计链短于锚点：链尾被截去", "the chain is shorter than the anchor: its tail was cut off"));
}

/* --- records -------------------------------------------------------------------------------------------------- */

static Status check_record(Walk *w, const Entity *e, const void *record)
{
    Ctx *c = w->c;
    Digest now = audit_record_digest(c, e, record);
    DbRows *rows;
    bool has;
    Str place = str_format(c->arena, "%s %.*s", e->table->name, STR_ARG(record_id(record)));
    TRY(db_query(c, SQL_AUDIT_LAST_DIGEST, ARGS(value_text(record_id(record))), &rows));
    TRY(db_next(c, rows, &has));
    Str after = has ? row_blob(rows, 0) : STR_NONE;
    bool known = has && str_eq(row_text(rows, 1), str_of(e->table->name));
    bool same = known && after.len == SM3_SIZE && bytes_equal(after.ptr, now.bytes, SM3_SIZE);
    db_rows_done(rows);
    if (!known)
        fault(w, "record", place, T("审计链中没有这条记录", "the chain knows nothing of this record"));
    else if (!same)
        fault(w, "record", place, T("记录在系统之外被改动", "the record was changed outside the program"));
    w->report->records++;
    return ST_OK;
}

static Status check_file(Walk *w, const Evidence *file)
{
    Ctx *c = w->c;
    w->report->files++;
    for (int64_t at = 0; at < file->size.value; at += EVIDENCE_CHUNK) {
        CtxMark one = ctx_mark(c);
        Str clear;
        w->report->chunks++;
        if (evidence_read(c, w->ledger, file, at, &clear) != ST_OK) {
            ctx_rewind(c, one);
            fault(w, "file",
                str_format(c->arena, "evidence %.*s chunk %lld", STR_ARG(file->id), (long long)(at / EVIDENCE_CHUNK)),
                T("附件被改动或缺失", "the file was changed or is missing"));
        }
        ctx_rewind(c, one);
    }
    return ST_OK;
}

static Status walk_page(Walk *w, const Entity *e, char after[ID_LEN + 1], int64_t *n)
{
    Ctx *c = w->c;
    Compiled q;
    DbRows *rows;
    compile_walk(c, e, str_of(after), WALK_PAGE, &q);
    TRY(db_query_sql(c, q.sql, q.kinds, q.values, q.count, &rows));
    void *record = record_new(c, e->table);
    for (bool has = true; has;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            break;
        CtxMark one = ctx_mark(c);
        Str id = row_text(rows, 0);
        Status status = record_from_row(c, e->table, ~(FieldSet)0, rows, record);
        if (status != ST_OK) {
            ctx_rewind(c, one);
            fault(w, "record", str_format(c->arena, "%s %.*s", e->table->name, STR_ARG(id)),
                T("记录内容无法识别", "the record cannot be read"));
        } else {
            TRY(check_record(w, e, record));
            if (e->state >= 0)
                w->states[*(const int32_t *)field_of(&e->table->fields[e->state], record) % STATES_MAX]++;
            if (e->kind == ENTITY_EVIDENCE)
                TRY(check_file(w, record));
        }
        memcpy(after, id.ptr, id.len < ID_LEN ? id.len : ID_LEN);
        (*n)++;
        ctx_rewind(c, one);
    }
    return ST_OK;
}

static Status check_counts(Walk *w, const Entity *e, int64_t rows)
{
    Ctx *c = w->c;
    Value name = value_text(str_of(e->table->name));
    int64_t counted = 0, known = 0;
    bool has;
    TRY(db_query_int(c, SQL_RECORD_COUNT_FIND, ARGS(name), &counted, &has));
    TRY(db_query_int(c, SQL_AUDIT_RECORDS, ARGS(name), &known, &has));
    if (known > rows)
        fault(w, "record", str_of(e->table->name),
            text_format(c, "审计链中有%lld条，表中只有%lld条：记录被删除",
                "the chain knows %lld, the table holds %lld: records were removed", (long long)known, (long long)rows));
    if (counted != rows)
        fault(w, "count", str_of(e->table->name),
            text_format(c, "计数为%lld，实有%lld", "the counter says %lld, there are %lld", (long long)counted,
                (long long)rows));
    return ST_OK;
}

static void state_count_differs(Walk *w, const Entity *e, Str state, int64_t counted, int64_t there)
{
    if (counted != there)
        fault(w, "count", str_format(w->c->arena, "%s %.*s", e->table->name, STR_ARG(state)),
            text_format(w->c, "计数为%lld，实有%lld", "the counter says %lld, there are %lld", (long long)counted,
                (long long)there));
}

/* The counters of states, those that are there and those that ought to be. */
static Status check_state_counts(Walk *w, const Entity *e)
{
    Ctx *c = w->c;
    DbRows *rows;
    bool has;
    const Choices *states = e->table->fields[e->state].choices;
    TRY(db_query(c, SQL_STATE_COUNT_LIST, ARGS(value_text(str_of(e->table->name))), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            break;
        int32_t state = choice_of(states, row_text(rows, 0));
        state_count_differs(w, e, row_text(rows, 0), row_int(rows, 1), state ? w->states[state] : 0);
        w->states[state] = 0;
    }
    for (int32_t state = 1; state < states->count; state++)
        state_count_differs(w, e, choice_name(states, state), 0, w->states[state]);
    return ST_OK;
}

static Status check_tallies(Walk *w)
{
    Ctx *c = w->c;
    for (size_t i = 0; i < tally_table_count; i++) {
        Compiled q;
        DbRows *rows;
        bool has;
        compile_tally_differences(c, &tally_tables[i], &q);
        TRY(db_query_sql(c, q.sql, q.kinds, q.values, q.count, &rows));
        TRY(db_next(c, rows, &has));
        int64_t n = has ? row_int(rows, 0) : 0;
        db_rows_done(rows);
        if (n)
            fault(w, "count", str_of(tally_tables[i].name),
                text_format(c, "%lld行与记录不符", "%lld rows differ from the records", (long long)n));
    }
    return ST_OK;
}

static Status check_references(Walk *w, const Entity *e)
{
    Ctx *c = w->c;
    for (int i = 0; i < e->table->count; i++) {
        const Field *f = &e->table->fields[i];
        if (f->type != FT_REF || f->refers == ENTITY_NONE)
            continue;
        Compiled q;
        DbRows *rows;
        bool has;
        compile_dangling(c, e, i, &q);
        TRY(db_query_sql(c, q.sql, q.kinds, q.values, q.count, &rows));
        TRY(db_next(c, rows, &has));
        int64_t n = has ? row_int(rows, 0) : 0;
        db_rows_done(rows);
        if (n)
            fault(w, "reference", str_format(c->arena, "%s.%s", e->table->name, f->name),
                text_format(c, "%lld条记录指向不存在的记录", "%lld records name one that is not there", (long long)n));
    }
    return ST_OK;
}

static Status walk_entity(Walk *w, const Entity *e)
{
    Ctx *c = w->c;
    char after[ID_LEN + 1] = { 0 };
    int64_t rows = 0;
    memset(w->states, 0, sizeof w->states);
    for (int64_t before = -1; before != rows;) {
        CtxMark page = ctx_mark(c);
        before = rows;
        TRY(walk_page(w, e, after, &rows));
        ctx_rewind(c, page);
    }
    TRY(check_counts(w, e, rows));
    if (e->state >= 0)
        TRY(check_state_counts(w, e));
    return check_references(w, e);
}

static Status walk_all(Walk *w)
{
    const MacKey *key;
    TRY(keyring_chain(w->c, w->ledger->keys, &key));
    TRY(walk_entries(w, key));
    TRY(check_head(w));
    check_anchor(w);
    for (int kind = 1; kind < ENTITY_COUNT; kind++)
        TRY(walk_entity(w, entity_of((EntityKind)kind)));
    return check_tallies(w);
}

Status verify_ledger(Ctx *c, Ledger *ledger, const Anchor *anchor, VerifyReport *out)
{
    Ctx inner = *c;
    inner.arena = arena_new();
    *out = (VerifyReport){ .ledger = ledger->id };
    Walk w = { .c = &inner, .ledger = ledger, .anchor = anchor, .report = out, .keep = c };
    TRY(db_begin(c, DB_TX_READ));
    Status status = walk_all(&w);
    db_rollback(c->db);
    if (status != ST_OK)
        (void)fail(c, status, "%.*s", "%.*s", STR_ARG(inner.err.message));
    arena_done(inner.arena);
    return status;
}

/* --- anchors ----------------------------------------------------------------------------------------------------- */

static Str anchor_text(Ctx *c, Str ledger, int64_t seq, Str seal_hex, Instant at)
{
    return str_format(c->arena, "xuncha anchor 1\nledger %.*s\nseq %lld\nseal %.*s\nat %.*s\n", STR_ARG(ledger),
        (long long)seq, STR_ARG(seal_hex), STR_ARG(instant_text(c->arena, at)));
}

Status anchor_write(Ctx *c, const Ledger *ledger, const Sm2Pair *pair, Str *out)
{
    DbRows *rows;
    bool has;
    Str signature;
    TRY(db_query(c, SQL_CHAIN_HEAD_FIND, NO_ARGS, &rows));
    TRY(db_next(c, rows, &has));
    StrBuf hex = strbuf_in(c->arena);
    strbuf_add_hex(&hex, row_blob(rows, 1).ptr, row_blob(rows, 1).len);
    Str text = anchor_text(c, ledger->id, row_int(rows, 0), strbuf_str(&hex), c->now);
    db_rows_done(rows);
    TRY(sm2_sign(c, pair, text, &signature));
    StrBuf all = strbuf_in(c->arena);
    strbuf_add(&all, text);
    strbuf_add(&all, S("key "));
    strbuf_add_hex(&all, pair->public_key, SM2_PUBLIC_SIZE);
    strbuf_add(&all, S("\nsignature "));
    strbuf_add_hex(&all, signature.ptr, signature.len);
    strbuf_addc(&all, '\n');
    *out = strbuf_str(&all);
    return ST_OK;
}

static Str line_of(Str text, Str name)
{
    Str line;
    while (str_cut(&text, '\n', &line))
        if (str_starts(line, name) && line.len > name.len && line.ptr[name.len] == ' ')
            return str_trim(str_sub(line, name.len + 1, SIZE_MAX));
    return STR_NONE;
}

Status anchor_read(Ctx *c, Str text, Str public_key_hex, Anchor *out)
{
    uint8_t key[SM2_PUBLIC_SIZE];
    uint8_t signature[160];
    size_t key_len = 0, signature_len = 0, seal_len = 0;
    Str key_hex = line_of(text, S("key"));
    Str seal_hex = line_of(text, S("seal"));
    out->ledger = line_of(text, S("ledger"));
    bool good = str_to_int(line_of(text, S("seq")), &out->seq) && instant_parse(line_of(text, S("at")), &out->at) &&
                str_unhex(seal_hex, out->seal.bytes, SM3_SIZE, &seal_len) && seal_len == SM3_SIZE &&
                str_unhex(key_hex, key, sizeof key, &key_len) && key_len == sizeof key &&
                str_unhex(line_of(text, S("signature")), signature, sizeof signature, &signature_len) &&
                (public_key_hex.len == 0 || str_eq(public_key_hex, key_hex));
    Str signed_text = good ? anchor_text(c, out->ledger, out->seq, seal_hex, out->at) : STR_NONE;
    if (good && sm2_fits(key, signed_text, (Str){ (const char *)signature, signature_len }))
        return ST_OK;
    return fail(c, ST_INVALID, "锚点文件不完整、签名不符，或不是指定的公钥签署",
        "the anchor is damaged, its signature does not fit, or another key signed it");
}
