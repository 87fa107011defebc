#include "domain/past.h"

FIELDS_DEFINE(PastFinding, "past_findings", PAST_FIELDS);

enum { TITLE_FROM_TEXT = 40 };
#define NOT_RECORDED "未记载"

/* --- what must be there ------------------------------------------------------------------------------------------ */

static Status check_round(Ctx *c, const PastCase *has)
{
    const Round *round = has->round;
    if (round_is_past(c, round) || (!round->ends_on && has->inspections > 0 && has->live == 0))
        return ST_OK;
    return fail_field_as(c, ST_CONFLICT, S("round"), round->name,
        T("补录只能进入已结束的轮次", "only a closed round takes findings entered afterwards"),
        T("请先填写该轮次的结束日期，或选择其他轮次", "give the round its last day, or choose another one"));
}

static Date last_day(const Round *round)
{
    return round->ends_on ? round->ends_on : round->starts_on;
}

static Status check_text(Ctx *c, const PastFinding *in)
{
    if (in->title.len || in->text.len)
        return ST_OK;
    return fail_field(c, S("text"), STR_NONE, T("没有写问题", "says nothing that was found"),
        T("请填写问题或具体表现", "give the finding or its text"));
}

static Status check_days(Ctx *c, const PastFinding *in)
{
    const Date days[] = { in->fed_back_on, in->struck_off_on };
    static const char *const names[] = { "fed_back_on", "struck_off_on" };
    for (int i = 0; i < 2; i++)
        TRY(day_check(c, names[i], days[i], DATE_NONE));
    if (in->fed_back_on && in->struck_off_on && in->struck_off_on < in->fed_back_on)
        return fail_field(c, S("struck_off_on"), date_text(c->arena, in->struck_off_on),
            T("销号早于反馈", "was struck off before it was fed back"), T("请核对日期", "check the dates"));
    if (in->struck_off_on && in->state && in->state != RECT_DONE)
        return fail_field(c, S("state"), choice_name(&rectification_states, in->state),
            T("有销号日期，状态却不是已销号", "has a day of strike-off, but is not struck off"),
            T("请改状态，或清空销号日期", "change the state or clear the day"));
    return ST_OK;
}

/* A code, or the words beside it; what is neither stays as the old papers have it. */
static Str code_of(const Taxonomy *t, Str words)
{
    for (size_t i = 0; t && i < t->count; i++)
        if (str_eq(t->nodes[i].code, words) || str_eq(str_of(t->nodes[i].label.zh), words))
            return t->nodes[i].code;
    return STR_NONE;
}

static Status find_codes(Ctx *c, const PastCase *has, const PastFinding *in, Str *category, Str *theme)
{
    enum { CATEGORY_MAX = 20 };
    Str code = code_of(ruleset_taxonomy(has->rules, has->round->taxonomy), in->category);
    *category = code.len ? code : in->category.len ? in->category : S(NOT_RECORDED);
    if (str_chars(*category) > CATEGORY_MAX)
        return fail_field(c, S("category"), in->category,
            text_format(c, "不在本轮的问题分类之内，且超过%d个字", "is no category of the round and longer than %d",
                CATEGORY_MAX),
            T("请改为本轮的分类，或写得短些", "use a category of the round, or a shorter one"));
    *theme = code_of(ruleset_taxonomy(has->rules, S(THEME_TAXONOMY)), in->theme);
    if (theme->len || in->theme.len == 0)
        return ST_OK;
    return fail_field(c, S("theme"), in->theme, T("没有这个问题主题", "is no theme of the rule set"),
        T("请用规则中的主题，或留空", "use a theme of the rules, or leave it empty"));
}

static Status check_new(Ctx *c, const PastCase *has, const PastFinding *in)
{
    TRY(check_round(c, has));
    TRY(check_text(c, in));
    TRY(check_days(c, in));
    if (has->same)
        return fail_field_as(c, ST_CONFLICT, S("text"), in->text.len ? in->text : in->title,
            T("该单位本轮已有同样的问题", "the unit has this finding in the round already"),
            T("请删除重复的行，或写明区别", "take the repeated row out, or say how it differs"));
    if (has->unit || in->create_unit)
        return ST_OK;
    return fail_field(c, S("unit_name"), in->unit_name, T("对象库中没有这个单位", "is no unit of the register"),
        T("请核对名称；确属新单位时勾选“确认新建单位”（命令行为 --create-units）",
            "check the name; a new unit is registered with --create-units"));
}

/* --- what goes along ---------------------------------------------------------------------------------------------- */

static int32_t level_of(int32_t kind)
{
    static const struct {
        const char *kind;
        const char *level;
    } levels[] = { { "county", "county" }, { "township", "township" }, { "village", "village" } };
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
        if (kind == choice_of(&unit_kinds, str_of(levels[i].kind)))
            return choice_of(&unit_levels, str_of(levels[i].level));
    return choice_of(&unit_levels, S("city"));
}

/* Its code is of its name, so that the same name gives the same unit. */
static Status new_unit(Ctx *c, const PastCase *has, const PastFinding *in, Unit **out, Changes *changes)
{
    enum { CODE_BYTES = 5 };
    Digest d = sm3(c->env->crypto, in->unit_name.ptr, in->unit_name.len);
    StrBuf code = strbuf_in(c->arena);
    strbuf_add(&code, S("BL"));
    strbuf_add_hex(&code, d.bytes, CODE_BYTES);
    Unit *u = arena_new_of(c->arena, Unit);
    u->code = strbuf_str(&code);
    u->name = in->unit_name;
    u->kind = in->unit_kind ? in->unit_kind : choice_of(&unit_kinds, S("other"));
    u->level = level_of(u->kind);
    u->organiser = has->round->organiser;
    u->in_coverage = false;
    u->coverage_reason = S("补录时新建，待核定");
    TRY(unit_register(c, u, changes));
    *out = (Unit *)changes->first->after;
    return ST_OK;
}

static Team *new_team(Ctx *c, const PastCase *has, Changes *out)
{
    Team *t = arena_new_of(c->arena, Team);
    t->round = has->round->id;
    t->organiser = has->round->organiser;
    t->name = S(NOT_RECORDED);
    change_insert(c, out, ENTITY_TEAM, t);
    return t;
}

static Inspection *new_inspection(
    Ctx *c, const PastCase *has, const Unit *unit, const Team *team, const PastFinding *in, Changes *out)
{
    Inspection *i = arena_new_of(c->arena, Inspection);
    i->round = has->round->id;
    i->round_name = has->round->name;
    i->team = team->id;
    i->team_name = team->name;
    i->organiser = has->round->organiser;
    i->unit = unit->id;
    i->unit_name = has->unit_name.len ? has->unit_name : unit->name;
    i->number = INT_OF(has->inspections + 1);
    i->state = INSPECTION_FOLLOWING_UP;
    i->fed_back_on = in->fed_back_on;
    change_insert(c, out, ENTITY_INSPECTION, i);
    return i;
}

static Feedback *new_feedback(Ctx *c, const Inspection *inspection, const PastFinding *in, Changes *out)
{
    enum { TAIL = 8 };
    Feedback *f = arena_new_of(c->arena, Feedback);
    Str id = inspection->id;
    f->inspection = id;
    f->round = inspection->round;
    f->organiser = inspection->organiser;
    f->unit = inspection->unit;
    f->unit_name = inspection->unit_name;
    f->number = in->document.len
                    ? in->document
                    : str_format(c->arena, NOT_RECORDED "（%.*s）", STR_ARG(str_sub(id, id.len - TAIL, SIZE_MAX)));
    f->state = FEEDBACK_RECEIVED;
    f->delivered_on = in->fed_back_on;
    change_insert(c, out, ENTITY_FEEDBACK, f);
    return f;
}

static Str title_of(const PastFinding *in)
{
    Str text = in->text, first;
    if (in->title.len)
        return in->title;
    size_t full_stop = str_find(text, S("。"), 0);
    first = full_stop == SIZE_MAX ? text : str_sub(text, 0, full_stop);
    return str_clip(first, TITLE_FROM_TEXT);
}

static Finding *new_finding(
    Ctx *c, const PastCase *has, const Feedback *told, const PastFinding *in, Str category, Str theme, Changes *out)
{
    Finding *f = arena_new_of(c->arena, Finding);
    f->inspection = told->inspection;
    f->round = told->round;
    f->organiser = told->organiser;
    f->unit = told->unit;
    f->unit_name = told->unit_name;
    f->number = in->number.known ? in->number : INT_OF(has->findings + 1);
    f->title = title_of(in);
    f->text = in->text.len ? in->text : in->title;
    f->category = category;
    f->theme = theme;
    f->severity = in->severity;
    f->amount_fen = in->amount_fen;
    f->state = in->state == RECT_REVOKED ? FINDING_REVOKED : FINDING_FED_BACK;
    f->feedback = told->id;
    f->fed_back_on = in->fed_back_on;
    f->immediate = in->immediate;
    change_insert(c, out, ENTITY_FINDING, f);
    return f;
}

static Status new_item(
    Ctx *c, const PastCase *has, const Finding *finding, const Feedback *told, const PastFinding *in, Changes *out)
{
    Date due = in->due_on;
    Date from = in->fed_back_on ? in->fed_back_on : last_day(has->round);
    if (!due)
        TRY(deadline_due(c, &has->rules->calendar, from, *ruleset_deadline(has->rules, S("rectification")), &due));
    Rectification *r = rectification_open(c, finding, told, due);
    r->state = in->state ? in->state : in->struck_off_on ? RECT_DONE : RECT_ONGOING;
    r->awaiting = rectification_is_closed(r) ? 0 : ROLE_UNIT;
    r->measures = in->measures;
    r->leader = in->leader;
    r->department = in->department;
    r->result = in->result;
    r->rules_made = in->rules_made;
    r->recovered_fen = in->recovered_fen;
    r->accountable = in->accountable;
    r->struck_off_on = in->struck_off_on;
    if (r->struck_off_on)
        out->effective_on = r->struck_off_on;
    change_insert(c, out, ENTITY_RECTIFICATION, r);
    return ST_OK;
}

Status past_finding_enter(Ctx *c, const PastCase *has, const PastFinding *in, Changes *out)
{
    Str category, theme;
    TRY(check_new(c, has, in));
    TRY(find_codes(c, has, in, &category, &theme));
    out->provenance = PROVENANCE_LATER;
    out->effective_on = in->fed_back_on ? in->fed_back_on : last_day(has->round);
    const Unit *unit = has->unit;
    if (!unit) {
        Unit *made;
        TRY(new_unit(c, has, in, &made, out));
        unit = made;
    }
    const Team *team = has->team ? has->team : has->inspection ? NULL : new_team(c, has, out);
    const Inspection *inspection = has->inspection ? has->inspection : new_inspection(c, has, unit, team, in, out);
    if (!has->inspection && has->round->type == ROUND_REGULAR)
        unit_cover(c, unit, has->round->starts_on, out);
    const Feedback *told = has->feedback ? has->feedback : new_feedback(c, inspection, in, out);
    const Finding *finding = new_finding(c, has, told, in, category, theme, out);
    TRY(new_item(c, has, finding, told, in, out));
    for (Change *ch = out->first; ch; ch = ch->next)
        if (ch->entity->kind == ENTITY_FINDING)
            out->result = ch;
    return ST_OK;
}
