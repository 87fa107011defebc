/* A ledger of any size for the bench, and the requests that are asked of it.
 *
 *     fill LEDGER FINDINGS OUT
 *
 * Records are applied as everywhere, a thousand to a transaction: the ledger verifies. An inspection has forty
 * findings, a round a hundred inspections, a unit is inspected five times at most. Actors of four roles get sessions;
 * OUT.show, OUT.list and OUT.write hold a request a line for bench/load: method, path, cookie, CSRF token, body. Ids
 * and actors are drawn at random from what each actor sees. */
#include "domain/account.h"
#include "domain/rectification.h"
#include "domain/register.h"
#include "domain/ruleset.h"
#include "domain/unit.h"
#include "service/default_rules.h"
#include "store/ledger.h"
#include "store/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PER_INSPECTION = 40,
    PER_ROUND = 100,
    UNITS_LEAST = 200,
    PER_UNIT = 200,
    ACTORS = 64,
    PER_TRANSACTION = 1000,
    REQUESTS = 20000
};

typedef struct Fill {
    Ctx c;
    Ledger *ledger;
    Writer w;
    int open; /* changes in this transaction */
    CtxMark start;
    uint64_t chance;
    Str organiser;
    Str rules;
    Str *units;
    size_t unit_count;
    Str round;
    Str team;
    Str *inspections;
    Str *findings; /* by number: inspection n / PER_INSPECTION */
    size_t inspection_count;
    size_t finding_count;
    Arena *kept;
} Fill;

static void must(Fill *f, Status status)
{
    if (status == ST_OK)
        return;
    fprintf(stderr, "fill: %.*s (%s)\n", STR_ARG(f->c.err.message), f->c.err.place ? f->c.err.place : "-");
    exit(1);
}

static uint32_t draw(Fill *f, size_t below)
{
    f->chance ^= f->chance << 13;
    f->chance ^= f->chance >> 7;
    f->chance ^= f->chance << 17;
    return (uint32_t)((f->chance >> 16) % below);
}

static void commit(Fill *f)
{
    must(f, chain_store(&f->c, &f->w));
    must(f, db_commit(&f->c));
    keyring_settle(f->ledger->keys);
    if (db_log_bytes(f->c.db) > (int64_t)64 << 20)
        must(f, db_checkpoint(&f->c, true));
    f->open = 0;
}

static void apply(Fill *f, const Changes *changes)
{
    if (f->open == 0) {
        must(f, db_begin(&f->c, DB_TX_WRITE));
        must(f, chain_lock(&f->c, &f->w));
    }
    must(f, change_apply(&f->c, &f->w, S("bench.fill"), changes));
    f->open += (int)changes->count;
    if (f->open >= PER_TRANSACTION)
        commit(f);
}

static Str add(Fill *f, EntityKind kind, void *record)
{
    Changes changes = changes_of(&f->c);
    change_insert(&f->c, &changes, kind, record);
    apply(f, &changes);
    Str id = str_copy(f->kept, record_id(record));
    ctx_rewind(&f->c, f->start);
    return id;
}

/* --- records ---------------------------------------------------------------------------------------------------- */

static void add_organiser(Fill *f)
{
    Organiser *o = record_new(&f->c, &Organiser_table);
    o->name = S("示例市委巡察办");
    f->organiser = add(f, ENTITY_ORGANISER, o);
}

static void add_rules(Fill *f)
{
    RuleSetRecord *r;
    must(f, ruleset_record(&f->c, default_rules(), &r));
    f->rules = add(f, ENTITY_RULE_SET, r);
}

static void add_units(Fill *f, size_t findings)
{
    f->unit_count = findings / PER_UNIT > UNITS_LEAST ? findings / PER_UNIT : UNITS_LEAST;
    f->units = arena_array_of(f->kept, Str, f->unit_count);
    for (size_t i = 0; i < f->unit_count; i++) {
        Unit *u = record_new(&f->c, &Unit_table);
        u->code = str_format(f->c.arena, "SZ%05zu", i);
        u->name = str_format(f->c.arena, "示例市第%zu单位党组", i);
        u->kind = 1 + (int32_t)(i % 8);
        u->level = 1;
        u->organiser = f->organiser;
        u->in_coverage = true;
        u->covered_on = date_of(2017 + (int)(i % 5), 3, 1);
        f->units[i] = add(f, ENTITY_UNIT, u);
    }
}

static void add_round(Fill *f)
{
    size_t no = f->inspection_count / PER_ROUND + 1;
    Round *r = record_new(&f->c, &Round_table);
    r->organiser = f->organiser;
    r->term = S("第十三届");
    r->type = 1;
    r->rule_set = f->rules;
    r->number = INT_OF((int64_t)no);
    r->name = str_format(f->c.arena, "示例市委第%zu轮巡察", no);
    r->year = INT_OF(2017 + (int64_t)no % 5);
    r->taxonomy = S("T6");
    r->starts_on = date_of(2017 + (int)(no % 5), 3, 1);
    f->round = add(f, ENTITY_ROUND, r);
    Team *t = record_new(&f->c, &Team_table);
    t->round = f->round;
    t->organiser = f->organiser;
    t->name = S("市委第一巡察组");
    f->team = add(f, ENTITY_TEAM, t);
}

static void add_inspection(Fill *f)
{
    if (f->inspection_count % PER_ROUND == 0)
        add_round(f);
    Inspection *i = record_new(&f->c, &Inspection_table);
    i->round = f->round;
    i->team = f->team;
    i->organiser = f->organiser;
    i->unit = f->units[f->inspection_count % f->unit_count];
    i->unit_name = str_format(f->c.arena, "示例市第%zu单位党组", f->inspection_count % f->unit_count);
    i->number = INT_OF((int64_t)(f->inspection_count % PER_ROUND) + 1);
    i->state = INSPECTION_FED_BACK;
    f->inspections[f->inspection_count++] = add(f, ENTITY_INSPECTION, i);
}

static Finding *finding(Fill *f, size_t no)
{
    Finding *x = record_new(&f->c, &Finding_table);
    x->inspection = f->inspections[f->inspection_count - 1];
    x->round = f->round;
    x->organiser = f->organiser;
    x->unit = f->units[(f->inspection_count - 1) % f->unit_count];
    x->unit_name = str_format(f->c.arena, "示例市第%zu单位党组", (f->inspection_count - 1) % f->unit_count);
    x->number = INT_OF((int64_t)(no % PER_INSPECTION) + 1);
    x->title = str_format(f->c.arena, "专项资金第%zu笔拨付不及时", no);
    x->text = str_format(f->c.arena,
        "2020年%zu月，该单位收到上级专项资金后未按规定时限拨付，滞留%zu天，涉及资金%zu.%02zu万元，未履行集体研究程序，"
        "相关会议记录缺失，责任科室未按要求建立台账并定期核对。",
        no % 12 + 1, no % 90 + 1, no % 300, no % 100);
    x->category = str_format(f->c.arena, "T6.%zu", no % 3 + 1);
    static const char *const themes[] = { "duty", "finance", "grassroots", "discipline", "leadership", "winds" };
    x->theme = str_of(themes[no % 6]);
    x->fed_back_on = date_of(2017 + (int)((f->inspection_count - 1) / PER_ROUND + 1) % 5, 8, 1);
    x->severity = 1 + (int32_t)(no % 3);
    x->state = FINDING_FED_BACK;
    return x;
}

static Rectification *item_of(Fill *f, const Finding *x, size_t no)
{
    Rectification *r = record_new(&f->c, &Rectification_table);
    r->finding = x->id;
    r->inspection = x->inspection;
    r->round = x->round;
    r->organiser = x->organiser;
    r->unit = x->unit;
    r->unit_name = x->unit_name;
    r->number = x->number;
    r->title = x->title;
    r->category = x->category;
    r->due_on = date_add_days(date_of(2021, 6, 1), (int)(no % 300));
    r->state = no % 50 == 0 ? RECT_ONGOING : RECT_DONE;
    r->turn = INT_OF(0);
    r->step = INT_OF(0);
    return r;
}

static void add_finding(Fill *f, Str feedback)
{
    size_t no = f->finding_count;
    Changes changes = changes_of(&f->c);
    Finding *x = finding(f, no);
    x->feedback = feedback;
    change_insert(&f->c, &changes, ENTITY_FINDING, x);
    Rectification *r = item_of(f, x, no);
    r->feedback = feedback;
    change_insert(&f->c, &changes, ENTITY_RECTIFICATION, r);
    apply(f, &changes);
    f->findings[f->finding_count++] = str_copy(f->kept, x->id);
    ctx_rewind(&f->c, f->start);
}

static Str add_feedback(Fill *f)
{
    Feedback *b = record_new(&f->c, &Feedback_table);
    b->inspection = f->inspections[f->inspection_count - 1];
    b->round = f->round;
    b->organiser = f->organiser;
    b->unit = f->units[(f->inspection_count - 1) % f->unit_count];
    b->number = str_format(f->c.arena, "示巡反〔2021〕%zu号", f->inspection_count);
    b->state = FEEDBACK_RECEIVED;
    return add(f, ENTITY_FEEDBACK, b);
}

static void add_findings(Fill *f, size_t count)
{
    f->inspections = arena_array_of(f->kept, Str, count / PER_INSPECTION + 1);
    f->findings = arena_array_of(f->kept, Str, count);
    while (f->finding_count < count) {
        add_inspection(f);
        Str feedback = add_feedback(f);
        for (int i = 0; i < PER_INSPECTION && f->finding_count < count; i++)
            add_finding(f, feedback);
    }
}

/* --- actors ------------------------------------------------------------------------------------------------------ */

typedef struct Someone {
    Role role;
    size_t inspection; /* of a head: this and the next; of a unit: of its unit */
    char cookie[2 * SM3_SIZE + 1];
    char csrf[17];
} Someone;

static void add_right(Fill *f, Str account, Role role, Str inspection, Str unit)
{
    Assignment *a = record_new(&f->c, &Assignment_table);
    a->account = account;
    a->role = (int32_t)role;
    a->inspection = inspection;
    a->unit = unit;
    a->everything = inspection.len == 0 && unit.len == 0;
    a->valid_from = date_of(2021, 1, 1);
    a->valid_to = date_of(2029, 12, 31);
    a->basis = S("岗位分工");
    (void)add(f, ENTITY_ASSIGNMENT, a);
}

static void open_session(Fill *f, Str account, Someone *who)
{
    uint8_t token[SM3_SIZE];
    StrBuf hex = strbuf_in(f->c.arena);
    random_bytes(token, sizeof token);
    strbuf_add_hex(&hex, token, sizeof token);
    memcpy(who->cookie, hex.ptr, hex.len);
    snprintf(who->csrf, sizeof who->csrf, "%016llx", (unsigned long long)f->chance);
    Digest digest = sm3(f->c.env->crypto, who->cookie, hex.len);
    if (f->open)
        commit(f);
    must(f, db_begin(&f->c, DB_TX_WRITE));
    must(f, db_run(&f->c, SQL_SESSION_INSERT,
                ARGS(value_bytes(digest.bytes, SM3_SIZE), value_text(account),
                    value_text(choice_name(&roles, (int32_t)who->role)), value_text(str_of(who->csrf)),
                    value_text(S("page")), value_instant(f->c.arena, f->c.now),
                    value_instant(f->c.arena, f->c.now + (Instant)86400 * 1000000)),
                NULL));
    must(f, db_commit(&f->c));
}

static void add_actor(Fill *f, int no, Someone *who)
{
    static const Role kinds[] = { ROLE_OFFICE, ROLE_HEAD, ROLE_UNIT, ROLE_DISCIPLINE };
    *who = (Someone){ .role = kinds[no % 4], .inspection = draw(f, f->inspection_count - 1) };
    Account *a = record_new(&f->c, &Account_table);
    a->login = str_format(f->c.arena, "bench%d", no);
    a->name = S("示示");
    Str account = add(f, ENTITY_ACCOUNT, a);
    if (who->role == ROLE_HEAD) {
        add_right(f, account, ROLE_HEAD, f->inspections[who->inspection], STR_NONE);
        add_right(f, account, ROLE_HEAD, f->inspections[who->inspection + 1], STR_NONE);
    } else {
        bool unit = who->role == ROLE_UNIT;
        add_right(f, account, who->role, STR_NONE, unit ? f->units[who->inspection % f->unit_count] : STR_NONE);
    }
    open_session(f, account, who);
}

/* A finding that this actor sees. */
static Str seen_by(Fill *f, const Someone *who)
{
    size_t inspection = draw(f, f->inspection_count);
    if (who->role == ROLE_HEAD)
        inspection = who->inspection + draw(f, 2);
    if (who->role == ROLE_UNIT)
        inspection =
            who->inspection % f->unit_count +
            f->unit_count * draw(f, (f->inspection_count - 1 - who->inspection % f->unit_count) / f->unit_count + 1);
    size_t at = inspection * PER_INSPECTION + draw(f, PER_INSPECTION);
    return f->findings[at < f->finding_count ? at : f->finding_count - 1];
}

/* --- requests ---------------------------------------------------------------------------------------------------- */

static FILE *plan(const char *out, const char *kind)
{
    char path[4096];
    snprintf(path, sizeof path, "%s.%s", out, kind);
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

static void line(FILE *to, const Someone *who, const char *method, const char *path, const char *body)
{
    fprintf(to, "%s\t%s\t%s\t%s\t%s\n", method, path, who->cookie, who->csrf, body);
}

static void write_plans(Fill *f, const Someone *people, const char *out)
{
    static const char *const lists[] = { "/api/v1/findings?limit=50", "/api/v1/rectifications?limit=50",
        "/api/v1/rectifications?limit=50&state=ongoing&sort=due_on", "/api/v1/findings?limit=50&category=T6.2" };
    FILE *show = plan(out, "show"), *list = plan(out, "list"), *plain = plan(out, "plain"),
         *writes = plan(out, "write"), *board = plan(out, "board");
    char text[1024];
    for (int i = 0; i < REQUESTS; i++) {
        const Someone *who = &people[draw(f, ACTORS)];
        snprintf(text, sizeof text, "/api/v1/findings/%.*s", STR_ARG(seen_by(f, who)));
        line(show, who, "GET", text, "");
        line(plain, who, "GET", lists[0], "");
        line(list, who, "GET", lists[draw(f, 4)], "");
        line(board, &people[4 * draw(f, ACTORS / 4)], "GET", "/api/v1/dashboard", "");
        snprintf(text, sizeof text,
            "{\"organiser\":\"%.*s\",\"kind\":\"work\",\"body\":\"office\",\"maker\":\"示例市委巡察办\",\"held_on\":"
            "\"2021-03-01\","
            "\"title\":\"第%d次巡察工作会议\",\"content\":\"听取各组进展，研究下一步工作安排。\"}",
            STR_ARG(f->organiser), i);
        line(writes, &people[4 * draw(f, ACTORS / 4)], "POST", "/api/v1/meetings", text);
    }
    if (fclose(show) | fclose(list) | fclose(plain) | fclose(writes) | fclose(board))
        exit(1);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fputs("usage: fill LEDGER FINDINGS OUT\n", stderr);
        return 2;
    }
    static const Clock clock = { .zone_minutes = 480, .pinned_today = 20211031 };
    Env env = { &clock, crypto_open(), ids_open() };
    Fill f = { .c = ctx_on(arena_new(), &env), .kept = arena_new(), .chance = 88172645463325252u };
    Actor local = { .account = S("local"), .login = S("bench"), .role = ROLE_LOCAL };
    LedgerWish wish = { .where = str_of(argv[1]), .create = true, .write = true, .pin_today = 20211031 };
    Someone people[ACTORS];
    f.c.actor = &local;
    must(&f, ledger_open(&f.c, &wish, &f.ledger));
    must(&f, db_open(&f.c, wish.where, DB_WRITE, &f.c.db));
    f.w.keys = f.ledger->keys;
    f.start = ctx_mark(&f.c);
    add_organiser(&f);
    add_rules(&f);
    size_t findings = strtoul(argv[2], NULL, 10);
    add_units(&f, findings);
    add_findings(&f, findings);
    for (int i = 0; i < ACTORS; i++)
        add_actor(&f, i, &people[i]);
    if (f.open)
        commit(&f);
    must(&f, db_checkpoint(&f.c, true));
    write_plans(&f, people, argv[3]);
    db_close(f.c.db);
    ledger_close(f.ledger);
    return 0;
}
