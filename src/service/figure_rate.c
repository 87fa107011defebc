#include "service/figure_rate.h"

#include "service/recheck_tally.h"

static void put(JsonWriter *w, const char *name, Str value)
{
    json_key(w, str_of(name));
    json_text(w, value);
}

/* --- each definition against the accepted one ------------------------------------------------------------ */

static Status count_all(Ctx *c, const Selection *sel, int64_t *count)
{
    bool exact;
    return selection_count(c, sel, INT64_MAX - 1, count, &exact);
}

static Status put_difference(
    Ctx *c, JsonWriter *w, const char *name, const Conditions *difference, const FigureWish *wish)
{
    int64_t count;
    json_key(w, str_of(name));
    if (difference->count == 0) {
        json_null(w);
        return ST_OK;
    }
    Selection sel = variant_selection(c, difference, wish);
    TRY(count_all(c, &sel, &count));
    json_open_object(w);
    json_key(w, S("records"));
    json_int(w, count);
    put(w, "list", selection_door(c, &sel));
    json_close_object(w);
    return ST_OK;
}

static Status put_variants(Ctx *c, JsonWriter *w, const FigureWish *wish)
{
    json_key(w, S("variants"));
    json_open_list(w);
    for (size_t i = 0; i < rate_variant_count; i++) {
        const RateVariant *v = &rate_variants[i];
        TRY(figure_open_json(c, w, indicator_named(str_of(v->indicator)), wish));
        TRY(put_difference(c, w, "gains", &v->gains, wish));
        TRY(put_difference(c, w, "loses", &v->loses, wish));
        json_close_object(w);
    }
    json_close_list(w);
    return ST_OK;
}

/* --- sentences -------------------------------------------------------------------------------------------------------
 * A sentence is a list of parts; a part with a list, or a place, opens it. */

typedef struct Sentence {
    Ctx *c;
    JsonWriter *w;
} Sentence;

static Sentence sentence_open(Ctx *c, JsonWriter *w)
{
    json_key(w, S("words"));
    json_open_list(w);
    return (Sentence){ c, w };
}

static void say(const Sentence *s, Text words)
{
    json_open_object(s->w);
    put(s->w, "text", text_in(words, s->c->lang));
    json_close_object(s->w);
}

static void say_at(const Sentence *s, Text words, Str place)
{
    json_open_object(s->w);
    put(s->w, "text", text_in(words, s->c->lang));
    put(s->w, "list", place);
    json_close_object(s->w);
}

static Text number(Ctx *c, int64_t n)
{
    return text_format(c, "%lld个", "%lld", (long long)n);
}

static Str brief(Ctx *c, const char *indicator)
{
    return text_in(rate_variant_named(indicator)->brief, c->lang);
}

/* --- from one definition to its neighbour ------------------------------------------------------------ */

static Status percent(Ctx *c, const char *indicator, const FigureWish *wish, Str *out)
{
    IndicatorValue v;
    const Indicator *i = indicator_named(str_of(indicator));
    TRY(indicator_compute(c, i, wish, &v));
    *out = str_format(c->arena, "%.*f%%", i->decimals, v.value);
    return ST_OK;
}

static void say_same(Ctx *c, const Sentence *s, const RateStep *step, Str value)
{
    Str of = brief(c, step->of), from = brief(c, step->from), records = text_in(step->records, c->lang);
    say(s, text_format(c, "“%.*s”与“%.*s”同为%.*s：%.*s，目前一个也没有。",
               "“%.*s” and “%.*s” are both %.*s: there are no %.*s.", STR_ARG(of), STR_ARG(from), STR_ARG(value),
               STR_ARG(records)));
}

static Status say_step(Ctx *c, JsonWriter *w, const RateStep *step, const FigureWish *wish, int64_t count, Str door)
{
    Str value, other, of = brief(c, step->of), from = brief(c, step->from), records = text_in(step->records, c->lang);
    TRY(percent(c, step->of, wish, &value));
    TRY(percent(c, step->from, wish, &other));
    Sentence s = sentence_open(c, w);
    if (count == 0)
        say_same(c, &s, step, value);
    else {
        Str by = text_in(step->fewer ? T("少计", "fewer by") : T("多计", "more by"), c->lang);
        say(&s, text_format(c, "“%.*s”为%.*s，比“%.*s”的%.*s%.*s", "“%.*s” is %.*s, “%.*s” %.*s: %.*s ", STR_ARG(of),
                    STR_ARG(value), STR_ARG(from), STR_ARG(other), STR_ARG(by)));
        say_at(&s, number(c, count), door);
        say(&s, text_format(c, "：%.*s。", ": %.*s.", STR_ARG(records)));
    }
    json_close_list(w);
    return ST_OK;
}

static Status put_step(Ctx *c, JsonWriter *w, const RateStep *step, const FigureWish *wish)
{
    int64_t count;
    Selection sel = variant_selection(c, &step->difference, wish);
    Str door = selection_door(c, &sel);
    TRY(count_all(c, &sel, &count));
    json_open_object(w);
    put(w, "of", str_of(step->of));
    put(w, "from", str_of(step->from));
    json_key(w, S("fewer"));
    json_flag(w, step->fewer);
    json_key(w, S("records"));
    json_int(w, count);
    put(w, "list", door);
    TRY(say_step(c, w, step, wish, count, door));
    json_close_object(w);
    return ST_OK;
}

/* Not even the widest definition counts them. */
static Status put_rest(Ctx *c, JsonWriter *w, const FigureWish *wish)
{
    int64_t count;
    Selection sel = variant_selection(c, &rate_rest, wish);
    Str door = selection_door(c, &sel), records = text_in(rate_rest_records, c->lang);
    TRY(count_all(c, &sel, &count));
    json_open_object(w);
    json_key(w, S("records"));
    json_int(w, count);
    put(w, "list", door);
    Sentence s = sentence_open(c, w);
    if (count) {
        say(&s, T("各口径都不计的有", "No definition counts "));
        say_at(&s, number(c, count), door);
        say(&s, text_format(c, "：%.*s。", ": %.*s.", STR_ARG(records)));
    } else
        say(&s, T("反馈问题都已计入至少一个口径。", "Every finding is counted by one definition at least."));
    json_close_list(w);
    json_close_object(w);
    return ST_OK;
}

/* --- what rechecks confirm ------------------------------------------------------------ */

/* Of what was struck off as it is now, in all or in one round: a sample drawn from anything else tells another thing.
 */
static bool sample_fits(const Ctx *c, const FigureWish *wish)
{
    FigureFilter other = wish->filter ? *wish->filter : (FigureFilter){ .round = STR_NONE };
    other.round = STR_NONE;
    return (!wish->as_of || wish->as_of == c->today) && filter_is_empty(&other) &&
           sight_of(c->actor->role, ENTITY_RECHECK)->kind != SIGHT_NONE;
}

/* The last sample of all rounds, or of the one that is asked for; those that are closed first. */
static Status last_sample(Ctx *c, const FigureWish *wish, Str *id)
{
    const Value sample = value_text(choice_name(&recheck_kinds, RECHECK_SAMPLE));
    const int32_t states[] = { RECHECK_CLOSED, RECHECK_OPEN };
    Str round = wish->filter ? wish->filter->round : STR_NONE;
    *id = STR_NONE;
    for (size_t i = 0; i < 2 && id->len == 0; i++) {
        Selection sel = selection_of(ENTITY_RECHECK);
        selection_is(&sel, Recheck_kind, sample);
        selection_is(&sel, Recheck_state, value_text(choice_name(&recheck_states, states[i])));
        if (round.len)
            selection_is(&sel, Recheck_round, value_text(round));
        else
            selection_where(&sel, Recheck_round, OP_ABSENT, NULL, 0);
        sel.sort = Recheck_id;
        sel.down = true;
        TRY(selection_first_id(c, &sel, id));
    }
    return ST_OK;
}

/* A number that opens its items, where the reader sees just so many of them. */
static Status say_items(const Sentence *s, Str recheck, int32_t result, bool checked, int64_t count)
{
    Selection sel = selection_of(ENTITY_RECHECK_ITEM);
    int64_t seen;
    selection_is(&sel, RecheckItem_recheck, value_text(recheck));
    if (checked)
        selection_where(&sel, RecheckItem_result, OP_GIVEN, NULL, 0);
    if (result)
        selection_is(&sel, RecheckItem_result, value_text(choice_name(&recheck_results, result)));
    TRY(count_all(s->c, &sel, &seen));
    if (seen == count)
        say_at(s, number(s->c, count), selection_door(s->c, &sel));
    else
        say(s, number(s->c, count));
    return ST_OK;
}

static void say_estimate(Ctx *c, const Sentence *s, const RecheckTally *t)
{
    SampleEstimate e;
    if (!sample_estimate(t->strata, t->strata_count, &e)) {
        say(s, text_format(c, "；还有%lld个没有结论，有的层一个结论也没有，尚不能推算。",
                   "; %lld have no result yet, and a stratum has none at all: nothing can be estimated.",
                   (long long)t->results[0]));
        return;
    }
    say(s, text_format(c,
               "。据此推算，%.1f%%属实（95%%置信区间%.1f%%—%.1f%%），即这%lld个中有%lld至%lld个确已整改到位；"
               "部分属实不算属实。",
               ". By that %.1f%% is true (95%% interval %.1f%% to %.1f%%): of these %lld, %lld to %lld are truly "
               "rectified; partly true does not count.",
               e.rate * 100, e.low * 100, e.high * 100, (long long)e.population, (long long)estimate_least(&e),
               (long long)estimate_most(&e)));
}

/* A sample may be of some days' strike-offs alone. */
static Str struck_off_when(Ctx *c, const Recheck *r)
{
    Str from = date_text(c->arena, r->struck_from), to = date_text(c->arena, r->struck_to);
    Text when = T("当时已销号", "struck off then");
    if (r->struck_from && r->struck_to)
        when = text_format(c, "%.*s至%.*s销号", "struck off from %.*s to %.*s", STR_ARG(from), STR_ARG(to));
    else if (r->struck_from)
        when = text_format(c, "%.*s及以后销号", "struck off since %.*s", STR_ARG(from));
    else if (r->struck_to)
        when = text_format(c, "%.*s及以前销号", "struck off until %.*s", STR_ARG(to));
    return text_in(when, c->lang);
}

static Status say_sample(Ctx *c, const Sentence *s, const Recheck *r)
{
    RecheckTally *t;
    TRY(recheck_tally_load(c, r->id, &t));
    say(s, T("抽查“", "The recheck “"));
    say_at(s, (Text){ str_c(c->arena, r->title), str_c(c->arena, r->title) },
        str_format(c->arena, "rechecks/%.*s", STR_ARG(r->id)));
    Str when = struck_off_when(c, r);
    say(s, text_format(c, "”从%.*s的%lld个%s中抽取", "”: of those %.*s (%lld%s) it drew ", STR_ARG(when),
               (long long)r->population.value,
               r->round.len         ? ""
               : c->lang == LANG_ZH ? "（含专项巡察反馈的问题）"
                                    : ", those of special rounds too"));
    TRY(say_items(s, r->id, 0, false, t->drawn));
    say(s, T("，已核查", "; checked "));
    TRY(say_items(s, r->id, 0, true, t->drawn - t->results[0]));
    say(s, T("，其中属实", ", of which confirmed "));
    TRY(say_items(s, r->id, RECHECK_CONFIRMED, false, t->results[RECHECK_CONFIRMED]));
    say_estimate(c, s, t);
    return ST_OK;
}

/* null where the reader sees no rechecks, or none can speak of what is asked for. */
static Status put_confirmed(Ctx *c, JsonWriter *w, const FigureWish *wish)
{
    Recheck *r = arena_new_of(c->arena, Recheck);
    Str id;
    json_key(w, S("confirmed"));
    if (!sample_fits(c, wish)) {
        json_null(w);
        return ST_OK;
    }
    TRY(last_sample(c, wish, &id));
    json_open_object(w);
    Sentence s = sentence_open(c, w);
    if (id.len) {
        TRY(record_load(c, ENTITY_RECHECK, id, 0, r));
        TRY(say_sample(c, &s, r));
    } else
        say(&s, T("所选范围尚未开展“抽查”（回访督查、回头看不用于此处推算），审核确认的问题中有多少属实还不能推算。",
                    "No sample was drawn of this yet (return visits and look-backs tell nothing of the whole): how "
                    "much of what "
                    "was accepted is true cannot be told."));
    json_close_list(w);
    json_close_object(w);
    return ST_OK;
}

/* --- all of it ------------------------------------------------------------ */

/* Over nothing there is no rate, and nothing to tell of it. */
static Status put_steps(Ctx *c, JsonWriter *w, const FigureWish *wish)
{
    IndicatorValue v;
    TRY(indicator_compute(c, indicator_named(str_of(rate_variants[0].indicator)), wish, &v));
    json_key(w, S("steps"));
    json_open_list(w);
    for (size_t i = 0; v.known && i < rate_step_count; i++)
        TRY(put_step(c, w, &rate_steps[i], wish));
    json_close_list(w);
    json_key(w, S("rest"));
    if (v.known)
        return put_rest(c, w, wish);
    json_null(w);
    return ST_OK;
}

Status figure_rate_put(Ctx *c, JsonWriter *w, const FigureWish *given)
{
    FigureWish wish = *given;
    wish.memo = arena_new_of(c->arena, FigureMemo);
    TRY(put_variants(c, w, &wish));
    TRY(put_steps(c, w, &wish));
    return put_confirmed(c, w, &wish);
}
