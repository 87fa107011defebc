/* Rechecks: drawn from what was struck off, their results, and what these tell of the whole. */
#include "service/answer.h"
#include "service/case.h"
#include "service/recheck_tally.h"
#include "service/services.h"

#include <stdlib.h>

/* --- drawing ------------------------------------------------------------------------------------------------------ */

typedef struct Closed {
    const Rectification *item;
    Str stratum; /* by its name: what is called the same is one */
    Str key;
} Closed;

static int by_stratum_and_key(const void *a, const void *b)
{
    const Closed *x = a, *y = b;
    int order = str_cmp(x->stratum, y->stratum);
    return order ? order : str_cmp(x->key, y->key);
}

/* What was struck off and fits the conditions, by id: within what the actor sees. */
static Status load_closed(Ctx *c, const Recheck *in, Rectification **out, size_t *count)
{
    Selection sel = selection_of(ENTITY_RECTIFICATION);
    const Value round = value_text(in->round), organiser = value_text(in->organiser), done = value_text(S("done")),
                from = value_date(c->arena, in->struck_from), to = value_date(c->arena, in->struck_to);
    selection_where(&sel, Rectification_organiser, OP_EQ, &organiser, 1);
    selection_where(&sel, Rectification_state, OP_EQ, &done, 1);
    if (in->round.len)
        selection_where(&sel, Rectification_round, OP_EQ, &round, 1);
    if (in->struck_from)
        selection_where(&sel, Rectification_struck_off_on, OP_GE, &from, 1);
    if (in->struck_to)
        selection_where(&sel, Rectification_struck_off_on, OP_LE, &to, 1);
    sel.sort = Rectification_id;
    sel.down = false;
    TRY(selection_load(c, &sel, RECHECK_POPULATION_MAX + 1, out, count));
    if (*count == 0)
        return fail(
            c, ST_CONFLICT, "按这些条件没有已销号的事项可以抽查", "nothing that was struck off fits these conditions");
    if (*count > RECHECK_POPULATION_MAX)
        return fail(c, ST_TOO_BIG, "已销号事项超过%d个，请按轮次或销号日期缩小范围",
            "more than %d items: narrow it by round or dates", RECHECK_POPULATION_MAX);
    return ST_OK;
}

static Status find_stratum(Ctx *c, NameBook *names, const Recheck *in, Closed *one)
{
    const Rectification *item = one->item;
    const Entity *e = entity_of(ENTITY_RECTIFICATION);
    one->stratum = in->strata == STRATA_UNIT ? item->unit_name : S("全部");
    if (in->strata == STRATA_CATEGORY || in->strata == STRATA_ROUND) {
        int field = in->strata == STRATA_ROUND ? Rectification_round : Rectification_category;
        TRY(answer_word(c, names, e, field, item, &one->stratum));
        one->stratum = str_copy(c->arena, one->stratum.len ? one->stratum : S("未分类"));
    }
    return ST_OK;
}

static Str frame_digest(Ctx *c, const Rectification *items, size_t count)
{
    StrBuf b = strbuf_in(c->arena);
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&b, "%.*s\n", STR_ARG(items[i].id));
    return sm3_hex(c->env->crypto, c->arena, strbuf_str(&b));
}

/* Strata in the order of the sorted list. */
static size_t count_strata(const Closed *list, size_t count, SampleStratum *strata)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !str_eq(list[i].stratum, list[i - 1].stratum))
            strata[n++] = (SampleStratum){ .label = list[i].stratum };
        strata[n - 1].population++;
    }
    return n;
}

static size_t take_first(const Closed *list, const SampleStratum *strata, size_t strata_count, RecheckDrawn *out)
{
    size_t n = 0, at = 0;
    for (size_t s = 0; s < strata_count; s++) {
        for (int64_t i = 0; i < strata[s].drawn; i++)
            out[n++] = (RecheckDrawn){ list[at + (size_t)i].item, strata[s].label, strata[s].population };
        at += (size_t)strata[s].population;
    }
    return n;
}

static Status too_few_places(Ctx *c, const Recheck *in, size_t strata)
{
    return fail_field(c, S("size"), str_format(c->arena, "%lld", (long long)in->size.value),
        text_format(c, "共有%zu层，每层至少抽一个，抽查数量不足",
            "there are %zu strata, of which each wants one at least", strata),
        T("请增加抽查数量，或改用较粗的分层方式", "draw more, or group them more coarsely"));
}

Status recheck_service_draw(Ctx *c, UseCase *u, Changes *out)
{
    const Recheck *in = u->input;
    Organiser organiser;
    Round round;
    Rectification *items;
    size_t count;
    TRY(recheck_check(c, in));
    TRY(record_load_held(c, ENTITY_ORGANISER, in->organiser, &organiser));
    if (in->round.len)
        TRY(record_load(c, ENTITY_ROUND, in->round, 0, &round));
    TRY(load_closed(c, in, &items, &count));
    Str seed = in->seed.len ? in->seed : passphrase_draw(c->arena);
    NameBook *names = name_book_new(c, u->app->rules);
    Closed *list = arena_array_of(c->arena, Closed, count);
    SampleStratum *strata = arena_array_of(c->arena, SampleStratum, count);
    for (size_t i = 0; i < count; i++) {
        list[i] = (Closed){ .item = &items[i], .key = sample_key(c->env->crypto, c->arena, seed, items[i].id) };
        TRY(find_stratum(c, names, in, &list[i]));
    }
    qsort(list, count, sizeof *list, by_stratum_and_key);
    size_t strata_count = count_strata(list, count, strata);
    if (!sample_allocate(strata, strata_count, in->size.value))
        return too_few_places(c, in, strata_count);
    RecheckDrawn *drawn = arena_array_of(c->arena, RecheckDrawn, RECHECK_SIZE_MAX);
    size_t n = take_first(list, strata, strata_count, drawn);
    return recheck_draw(c, in, seed, (int64_t)count, frame_digest(c, items, count), drawn, n, out);
}

/* --- results ------------------------------------------------------------------------------------------------------ */

Status recheck_service_record(Ctx *c, UseCase *u, Changes *out)
{
    RecheckItem *now = arena_new_of(c->arena, RecheckItem);
    Recheck *recheck = arena_new_of(c->arena, Recheck);
    Rectification *item = arena_new_of(c->arena, Rectification);
    Round round;
    const RuleSet *rules;
    TRY(record_load(c, ENTITY_RECHECK_ITEM, u->id, u->version, now));
    TRY(record_load(c, ENTITY_RECHECK, now->recheck, 0, recheck));
    TRY(record_load(c, ENTITY_RECTIFICATION, now->rectification, 0, item));
    TRY(rules_of_round(c, u->app->rules, item->round, &round, &rules));
    return recheck_record(c, recheck, now, item, rules, u->input, out);
}

Status recheck_service_decide(Ctx *c, UseCase *u, Changes *out)
{
    Recheck *now = arena_new_of(c->arena, Recheck);
    RecheckItem *items;
    size_t count;
    int64_t missing = 0;
    TRY(record_load(c, ENTITY_RECHECK, u->id, u->version, now));
    TRY(recheck_items_load(c, now->id, &items, &count));
    for (size_t i = 0; i < count; i++)
        missing += !items[i].result;
    return recheck_decide(c, now, missing, usecase_action(u), u->input, out);
}

/* --- the estimate ------------------------------------------------------------------------------------------------- */

static void put_int(JsonWriter *w, const char *name, int64_t n)
{
    json_key(w, str_of(name));
    json_int(w, n);
}

/* As a percentage with one decimal. */
static void put_share(Ctx *c, JsonWriter *w, const char *name, double share)
{
    json_key(w, str_of(name));
    json_text(w, str_format(c->arena, "%.1f", share * 100));
}

static void put_strata(JsonWriter *w, const RecheckTally *t)
{
    json_key(w, S("strata"));
    json_open_list(w);
    for (size_t i = 0; i < t->strata_count; i++) {
        json_open_object(w);
        json_key(w, S("label"));
        json_text(w, t->strata[i].label);
        put_int(w, "population", t->strata[i].population);
        put_int(w, "drawn", t->strata[i].drawn);
        put_int(w, "checked", t->strata[i].checked);
        put_int(w, "confirmed", t->strata[i].confirmed);
        json_close_object(w);
    }
    json_close_list(w);
}

/* Strata name units: they are told to whoever sees each of their items. */
static Status sees_all_items(Ctx *c, const Recheck *recheck, const RecheckTally *t, bool *out)
{
    Selection sel = selection_of(ENTITY_RECHECK_ITEM);
    int64_t seen;
    bool exact;
    selection_is(&sel, RecheckItem_recheck, value_text(recheck->id));
    TRY(selection_count(c, &sel, INT64_MAX - 1, &seen, &exact));
    *out = seen == t->drawn;
    return ST_OK;
}

Status recheck_service_estimate(Ctx *c, UseCase *u)
{
    Recheck recheck;
    RecheckTally *t;
    SampleEstimate e;
    bool whole;
    TRY(record_load(c, ENTITY_RECHECK, u->id, 0, &recheck));
    TRY(recheck_tally_load(c, recheck.id, &t));
    TRY(sees_all_items(c, &recheck, t, &whole));
    bool known = sample_estimate(t->strata, t->strata_count, &e);
    JsonWriter w = json_onto(&u->out);
    json_open_object(&w);
    put_int(&w, "population", recheck.population.value);
    put_int(&w, "drawn", t->drawn);
    put_int(&w, "waiting", t->results[0]);
    for (int32_t r = 1; r < recheck_results.count; r++)
        put_int(&w, recheck_results.items[r].name, t->results[r]);
    json_key(&w, S("known"));
    json_flag(&w, known);
    if (known) {
        put_share(c, &w, "rate", e.rate);
        put_share(c, &w, "low", e.low);
        put_share(c, &w, "high", e.high);
        put_int(&w, "true_at_least", estimate_least(&e));
        put_int(&w, "true_at_most", estimate_most(&e));
    }
    if (!whole)
        t->strata_count = 0;
    put_strata(&w, t);
    json_close_object(&w);
    return ST_OK;
}
