#include "domain/figure_set.h"

CHOICES_DEFINE(figure_set_states, FIGURE_SET_STATES);
FIELDS_DEFINE(FigureSet, "figure_sets", FIGURE_SET_FIELDS);
FIELDS_DEFINE(FrozenFigure, "frozen_figures", FROZEN_FIGURE_FIELDS);
FIELDS_DEFINE(FrozenList, "frozen_lists", FROZEN_LIST_FIELDS);

/* --- digests -------------------------------------------------------------------------------------------------------
 */

Str frozen_list_digest(Ctx *c, Str ids)
{
    return sm3_hex(c->env->crypto, c->arena, ids);
}

static void add_figure(StrBuf *b, const FrozenFigure *f)
{
    strbuf_addf(b, "\n%.*s|%.*s|%.*s|%lld/%lld|%.*s|%.*s", STR_ARG(f->indicator), STR_ARG(f->definition),
        STR_ARG(f->value), (long long)f->numerator.value, (long long)f->denominator.value, STR_ARG(f->numerator_list),
        STR_ARG(f->denominator_list));
}

Str figure_set_digest(Ctx *c, const FigureSet *set, const FigureSetParts *parts)
{
    StrBuf b = strbuf_in(c->arena);
    strbuf_addf(&b, "xuncha figures 1\n%.*s|%.*s|%.*s", STR_ARG(set->title), STR_ARG(date_text(c->arena, set->as_of)),
        STR_ARG(set->filter));
    for (size_t i = 0; i < parts->figure_count; i++)
        add_figure(&b, parts->figures[i]);
    for (size_t i = 0; i < parts->list_count; i++)
        strbuf_addf(&b, "\n%.*s|%.*s", STR_ARG(parts->lists[i]->selection), STR_ARG(parts->lists[i]->digest));
    return sm3_hex(c->env->crypto, c->arena, strbuf_str(&b));
}

/* --- the set ---------------------------------------------------------------------------------------------------------
 */

static void insert_parts(Ctx *c, const FigureSet *set, FigureSetParts *parts, Changes *out)
{
    for (size_t i = 0; i < parts->figure_count; i++) {
        FrozenFigure *f = parts->figures[i];
        f->figure_set = set->id;
        f->organiser = set->organiser;
        f->number = INT_OF((int64_t)i + 1);
        change_insert(c, out, ENTITY_FROZEN_FIGURE, f);
    }
    for (size_t i = 0; i < parts->list_count; i++) {
        FrozenList *l = parts->lists[i];
        l->figure_set = set->id;
        l->organiser = set->organiser;
        change_insert(c, out, ENTITY_FROZEN_LIST, l);
    }
}

Status figure_set_freeze(Ctx *c, const FigureSet *input, int64_t chain_seq, FigureSetParts *parts, Changes *out)
{
    FigureSet *set = record_copy(c, &FigureSet_table, input);
    if (set->as_of > c->today)
        return fail_field(c, S("as_of"), date_text(c->arena, set->as_of), T("在今天之后", "lies in the future"),
            T("请填写今天或更早的日期", "give today or an earlier day"));
    if (parts->figure_count == 0)
        return fail_field(c, S("chosen"), set->chosen, T("没有可冻结的指标", "leaves nothing to freeze"),
            T("请选择至少一个适用的指标", "choose at least one figure that applies"));
    set->state = FIGURE_SET_FROZEN;
    set->made_by = c->actor->name;
    set->count = INT_OF((int64_t)parts->figure_count);
    set->chain_seq = INT_OF(chain_seq);
    set->digest = figure_set_digest(c, set, parts);
    TRY(record_check_required(c, &FigureSet_table, set));
    change_insert(c, out, ENTITY_FIGURE_SET, set);
    insert_parts(c, set, parts, out);
    return ST_OK;
}

static Status sign(Ctx *c, const FigureSet *now, const MoveInput *input, FigureSet *after, Changes *out)
{
    static const Chain chain = { .name = S_INIT("figures"),
        .steps = { { .name = S_INIT("issue"),
            .label = { "签发", "Issue" },
            .roles = ROLE_BIT(ROLE_LEADER) | ROLE_BIT(ROLE_OFFICE),
            .signatures = 1,
            .ink = true } },
        .count = 1 };
    SignedThing thing = { .kind = ENTITY_FIGURE_SET, .record = now, .turn = 1, .text_digest = now->digest };
    bool complete;
    after->published_on = out->effective_on;
    after->published_by = input->on_behalf_of.len ? input->on_behalf_of : c->actor->name;
    return chain_sign(c, &chain, &thing, input, out, &complete);
}

static Status move_day(Ctx *c, const FigureSet *now, const MoveInput *input, Date *out)
{
    *out = input->effective_on ? input->effective_on : c->today;
    if (*out <= c->today && *out >= now->effective_on)
        return ST_OK;
    return fail_field(c, S("effective_on"), date_text(c->arena, *out),
        text_format(c, "应在%.*s至今天之间", "must lie between %.*s and today",
            STR_ARG(date_text(c->arena, now->effective_on))),
        T("请核对日期", "check the date"));
}

Status figure_set_decide(Ctx *c, const FigureSet *now, Action action, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_FIGURE_SET, now->state, action, input->reason, &move));
    TRY(move_day(c, now, input, &out->effective_on));
    out->on_behalf_of = input->on_behalf_of;
    FigureSet *after = record_copy(c, &FigureSet_table, now);
    after->state = move->to;
    if (action == DO_PUBLISH)
        TRY(sign(c, now, input, after, out));
    else
        after->void_because = input->reason;
    change_update(c, out, ENTITY_FIGURE_SET, now, after);
    change_show(c, out, ENTITY_FIGURE_SET, after);
    return ST_OK;
}
