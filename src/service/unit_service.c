#include "domain/adjustment.h"
#include "domain/effect.h"
#include "domain/evaluation.h"
#include "domain/evidence.h"
#include "domain/fact_check.h"
#include "domain/filing.h"
#include "domain/legacy.h"
#include "domain/letter.h"
#include "domain/objection.h"
#include "domain/share.h"
#include "domain/talk.h"

#include "service/services.h"
#include "store/load.h"

#include <string.h>

Status unit_service_register(Ctx *c, UseCase *u, Changes *out)
{
    Unit *input = u->input;
    Organiser organiser;
    if (input->organiser.len)
        TRY(record_load_held(c, ENTITY_ORGANISER, input->organiser, &organiser));
    return unit_register(c, input, out);
}

/* Ids from the new parent up to the root. */
static Status parent_path(Ctx *c, Str parent, Str *path, size_t room, size_t *count)
{
    *count = 0;
    while (parent.len && *count < room) {
        bool has;
        path[(*count)++] = parent;
        TRY(db_query_text(c, SQL_UNIT_PARENT, ARGS(value_text(parent)), &parent, &has));
        if (!has)
            return fail_field(c, S("parent"), path[*count - 1], T("没有这个上级单位", "there is no such parent"),
                T("请从单位列表中选择", "choose a unit of the register"));
        parent = str_copy(c->arena, parent);
    }
    return ST_OK;
}

Status unit_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Unit before;
    Str path[32];
    size_t count;
    const Unit *input = u->input;
    TRY(record_load(c, ENTITY_UNIT, u->id, u->version, &before));
    TRY(parent_path(c, input->parent, path, 32, &count));
    return unit_edit(c, &before, input, u->given, path, count, out);
}

/* --- the end of a unit ------------------------------------------------------------------------------------- */

enum { BELONGINGS_MAX = 2000 };

static Status load_of_unit(Ctx *c, EntityKind kind, int field, int open_field, Str unit, void *rows, size_t *count)
{
    Selection sel = selection_of(kind);
    sel.unscoped = true;
    selection_is(&sel, field, value_text(unit));
    if (open_field >= 0)
        selection_where(&sel, open_field, OP_ABSENT, NULL, 0);
    return selection_load(c, &sel, BELONGINGS_MAX, rows, count);
}

static Status count_of_unit(Ctx *c, StatementId sql, Str unit, int64_t *out)
{
    bool has;
    return db_query_int(c, sql, ARGS(value_text(unit)), out, &has);
}

static Status belongings_load(Ctx *c, Str unit, UnitBelongings *out)
{
    Unit *children;
    UnitFact *facts;
    TRY(load_of_unit(c, ENTITY_UNIT, Unit_parent, Unit_abolished_on, unit, &children, &out->child_count));
    TRY(load_of_unit(c, ENTITY_UNIT_FACT, UnitFact_unit, -1, unit, &facts, &out->fact_count));
    out->children = children;
    out->facts = facts;
    TRY(count_of_unit(c, SQL_UNIT_OPEN_ITEM_COUNT, unit, &out->open_items));
    return count_of_unit(c, SQL_UNIT_LIVE_INSPECTION_COUNT, unit, &out->live_rounds);
}

/* All records of the kind for which `link` is `id`, except those in `state`. */
static Status hand_over(Ctx *c, EntityKind kind, int link, Str id, Str but_state, int field, Str into, Changes *out)
{
    const Entity *e = entity_of(kind);
    Selection sel = selection_of(kind);
    char *records;
    size_t count;
    sel.unscoped = true;
    selection_is(&sel, link, value_text(id));
    if (but_state.len)
        selection_where(&sel, e->state, OP_NE, (const Value[]){ value_text(but_state) }, 1);
    TRY(selection_load(c, &sel, BELONGINGS_MAX, &records, &count));
    for (size_t i = 0; i < count; i++)
        unit_hand_over(c, kind, records + i * e->table->size, field, into, out);
    return ST_OK;
}

/* What hangs on an item goes with it, so that who takes over sees what was said and asked before. */
static Status hand_over_with(Ctx *c, Str item, Str into, Changes *out)
{
    static const struct {
        EntityKind kind;
        int link;
        int unit;
    } with[] = { { ENTITY_STATEMENT, Statement_rectification, Statement_unit },
        { ENTITY_ADJUSTMENT, Adjustment_rectification, Adjustment_unit },
        { ENTITY_OBJECTION, Objection_rectification, Objection_unit },
        { ENTITY_EFFECT, Effect_rectification, Effect_unit }, { ENTITY_SHARE, Share_rectification, Share_answers },
        { ENTITY_ATTACHMENT, Attachment_record, Attachment_unit },
        { ENTITY_LETTER_ITEM, LetterItem_rectification, LetterItem_unit } };
    for (size_t i = 0; i < sizeof with / sizeof with[0]; i++)
        TRY(hand_over(c, with[i].kind, with[i].link, item, STR_NONE, with[i].unit, into, out));
    return ST_OK;
}

/* Those under way: who takes over reads the result. What was settled stays the former unit's. */
static Status hand_over_evaluations(Ctx *c, Str unit, Str into, Changes *out)
{
    Selection sel = selection_of(ENTITY_EVALUATION);
    Evaluation *rows;
    size_t count;
    sel.unscoped = true;
    selection_is(&sel, Evaluation_unit, value_text(unit));
    selection_where(
        &sel, Evaluation_state, OP_IN, (const Value[]){ value_text(S("scoring")), value_text(S("scored")) }, 2);
    TRY(selection_load(c, &sel, BELONGINGS_MAX, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        unit_hand_over(c, ENTITY_EVALUATION, &rows[i], Evaluation_unit, into, out);
        TRY(hand_over(c, ENTITY_EVALUATION_PART, EvaluationPart_evaluation, rows[i].id, STR_NONE, EvaluationPart_unit,
            into, out));
    }
    return ST_OK;
}

/* Items not struck off and letters not closed; the rest stays where it was done. */
static Status hand_over_open(Ctx *c, Str unit, Str into, Changes *out)
{
    Selection sel = selection_of(ENTITY_RECTIFICATION);
    Rectification *items;
    size_t count;
    sel.unscoped = true;
    selection_is(&sel, Rectification_unit, value_text(unit));
    selection_where(&sel, Rectification_state, OP_NE, (const Value[]){ value_text(S("done")) }, 1);
    selection_where(&sel, Rectification_state, OP_NE, (const Value[]){ value_text(S("revoked")) }, 1);
    TRY(selection_load(c, &sel, BELONGINGS_MAX, &items, &count));
    for (size_t i = 0; i < count; i++) {
        unit_hand_over(c, ENTITY_RECTIFICATION, &items[i], Rectification_unit, into, out);
        TRY(hand_over_with(c, items[i].id, into, out));
    }
    TRY(hand_over_evaluations(c, unit, into, out));
    TRY(hand_over(c, ENTITY_FACT_CHECK, FactCheck_unit, unit, S("settled"), FactCheck_unit, into, out));
    TRY(hand_over(c, ENTITY_FILING, Filing_unit, unit, S("approved"), Filing_unit, into, out));
    TRY(hand_over(c, ENTITY_TALK_PARTY, TalkParty_unit, unit, S("done"), TalkParty_unit, into, out));
    TRY(hand_over(c, ENTITY_LEGACY_ISSUE, LegacyIssue_unit, unit, S("resolved"), LegacyIssue_unit, into, out));
    return hand_over(c, ENTITY_LETTER, Letter_unit, unit, S("closed"), Letter_unit, into, out);
}

Status unit_service_merge(Ctx *c, UseCase *u, Changes *out)
{
    Unit unit, into;
    UnitBelongings has;
    const UnitEnd *input = u->input;
    TRY(record_load(c, ENTITY_UNIT, u->id, u->version, &unit));
    if (input->into.len == 0)
        return fail_field(c, S("into"), STR_NONE, T("合并须指定承接单位", "a merger names the unit that takes over"),
            T("请选择承接单位；没有承接单位的用“撤销”", "choose it; without one, abolish the unit"));
    TRY(record_load(c, ENTITY_UNIT, input->into, 0, &into));
    TRY(belongings_load(c, unit.id, &has));
    TRY(unit_merge(c, &unit, &into, &has, input, out));
    return hand_over_open(c, unit.id, into.id, out);
}

Status unit_service_abolish(Ctx *c, UseCase *u, Changes *out)
{
    Unit unit;
    UnitBelongings has;
    TRY(record_load(c, ENTITY_UNIT, u->id, u->version, &unit));
    TRY(belongings_load(c, unit.id, &has));
    return unit_abolish(c, &unit, &has, u->input, out);
}

static int64_t facts_to_end(const UnitBelongings *has, Date today)
{
    int64_t count = 0;
    for (size_t i = 0; i < has->fact_count; i++)
        count += !has->facts[i].withdrawn_on && (!has->facts[i].valid_to || has->facts[i].valid_to >= today);
    return count;
}

/* What a change, a merger or an end would touch, and the offices that are known by name: told before it is done. */
Status unit_service_impact(Ctx *c, UseCase *u)
{
    Unit unit;
    UnitBelongings has;
    int64_t accounts;
    bool known;
    TRY(record_load(c, ENTITY_UNIT, u->id, 0, &unit));
    TRY(belongings_load(c, unit.id, &has));
    TRY(db_query_int(
        c, SQL_UNIT_RIGHT_COUNT, ARGS(value_text(unit.id), value_date(c->arena, c->today)), &accounts, &known));
    const struct {
        const char *name;
        int64_t count;
    } counts[] = { { "children", (int64_t)has.child_count }, { "facts", facts_to_end(&has, c->today) },
        { "open_items", has.open_items }, { "live_rounds", has.live_rounds }, { "rights", accounts } };
    JsonWriter w = json_onto(&u->out);
    json_open_object(&w);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        json_key(&w, str_of(counts[i].name));
        json_int(&w, counts[i].count);
    }
    json_key(&w, S("child_names"));
    json_open_list(&w);
    for (size_t i = 0; i < has.child_count; i++)
        json_text(&w, has.children[i].name);
    json_close_list(&w);
    json_key(&w, S("offices"));
    TRY(offices_write(c, &w));
    json_close_object(&w);
    return ST_OK;
}
