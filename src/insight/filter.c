#include "insight/filter.h"

#include "domain/adjustment.h"
#include "domain/effect.h"
#include "domain/evaluation.h"
#include "domain/filing.h"
#include "domain/instruction.h"
#include "domain/legacy.h"
#include "domain/objection.h"
#include "domain/project.h"
#include "domain/recheck.h"
#include "domain/register.h"
#include "domain/supervision_log.h"
#include "domain/talk.h"

FIELDS_DEFINE(FigureFilter, "filters", FIGURE_FILTER_FIELDS);

/* Where a kind of record carries a filter: a field of its own or of what it refers to, as a value or as a day. */
typedef struct Place {
    bool has;
    bool day;
    int8_t via;
    int8_t field;
} Place;
typedef struct Places {
    EntityKind entity;
    Place at[FigureFilter_field_count];
} Places;

#define OWN(E, field)                \
    {                                \
        true, false, -1, E##_##field \
    }
#define DAY(E, field)               \
    {                               \
        true, true, -1, E##_##field \
    }
#define ITS(E, ref, Other, field)               \
    {                                           \
        true, false, E##_##ref, Other##_##field \
    }
#define DAY_OF(E, ref, Other, field)           \
    {                                          \
        true, true, E##_##ref, Other##_##field \
    }
#define BY_UNIT(E)                                                                                        \
    [FigureFilter_level] = ITS(E, unit, Unit, level), [FigureFilter_sector] = ITS(E, unit, Unit, sector), \
    [FigureFilter_kind] = ITS(E, unit, Unit, kind)
#define BY_ROUND(E)                                                                         \
    [FigureFilter_term] = ITS(E, round, Round, term), [FigureFilter_round] = OWN(E, round), \
    [FigureFilter_framework] = ITS(E, round, Round, taxonomy)

static const Places places[] = {
    { ENTITY_ROUND, { [FigureFilter_term] = OWN(Round, term),
                        [FigureFilter_year] = OWN(Round, year),
                        [FigureFilter_round] = OWN(Round, id),
                        [FigureFilter_framework] = OWN(Round, taxonomy) } },
    { ENTITY_INSPECTION,
        { BY_ROUND(Inspection), BY_UNIT(Inspection), [FigureFilter_year] = ITS(Inspection, round, Round, year) } },
    { ENTITY_TEAM, { BY_ROUND(Team), [FigureFilter_year] = ITS(Team, round, Round, year) } },
    { ENTITY_MEMBER, { BY_ROUND(Member), [FigureFilter_year] = ITS(Member, round, Round, year) } },
    { ENTITY_FOCUS, { BY_ROUND(Focus), [FigureFilter_year] = ITS(Focus, round, Round, year) } },
    { ENTITY_PROJECT, { BY_ROUND(Project), BY_UNIT(Project), [FigureFilter_year] = ITS(Project, round, Round, year) } },
    { ENTITY_FINDING, { BY_ROUND(Finding), BY_UNIT(Finding), [FigureFilter_year] = DAY(Finding, fed_back_on) } },
    { ENTITY_RECTIFICATION,
        { BY_ROUND(Rectification),
            BY_UNIT(Rectification), [FigureFilter_year] = DAY_OF(Rectification, feedback, Feedback, delivered_on) } },
    { ENTITY_ADJUSTMENT,
        { BY_ROUND(Adjustment), BY_UNIT(Adjustment), [FigureFilter_year] = DAY(Adjustment, asked_on) } },
    { ENTITY_FILING, { BY_ROUND(Filing), BY_UNIT(Filing), [FigureFilter_year] = DAY(Filing, submitted_on) } },
    { ENTITY_OBJECTION, { BY_ROUND(Objection), BY_UNIT(Objection), [FigureFilter_year] = DAY(Objection, asked_on) } },
    { ENTITY_EFFECT, { BY_ROUND(Effect), BY_UNIT(Effect), [FigureFilter_year] = DAY(Effect, made_on) } },
    { ENTITY_EVALUATION,
        { BY_ROUND(Evaluation), BY_UNIT(Evaluation), [FigureFilter_year] = DAY(Evaluation, decided_on) } },
    { ENTITY_UNIT, { [FigureFilter_year] = DAY(Unit, covered_on),
                       [FigureFilter_level] = OWN(Unit, level),
                       [FigureFilter_sector] = OWN(Unit, sector),
                       [FigureFilter_kind] = OWN(Unit, kind) } },
    { ENTITY_LETTER, { BY_UNIT(Letter), [FigureFilter_year] = DAY(Letter, issued_on) } },
    { ENTITY_RECHECK, { BY_ROUND(Recheck), [FigureFilter_year] = DAY(Recheck, drawn_on) } },
    { ENTITY_TALK, { [FigureFilter_year] = DAY(Talk, held_on) } },
    { ENTITY_TALK_PARTY, { BY_UNIT(TalkParty), [FigureFilter_year] = DAY(TalkParty, held_on) } },
    { ENTITY_LEGACY_ISSUE, { BY_UNIT(LegacyIssue), [FigureFilter_year] = DAY(LegacyIssue, resolved_on) } },
    { ENTITY_SUPERVISION_LOG, { BY_UNIT(SupervisionLog), [FigureFilter_year] = DAY(SupervisionLog, done_on) } },
    { ENTITY_CLEAN_UP, { [FigureFilter_year] = DAY(CleanUp, from_on) } },
    { ENTITY_INSTRUCTION, { [FigureFilter_year] = DAY(Instruction, issued_on) } },
    { ENTITY_MEETING, { [FigureFilter_year] = DAY(Meeting, held_on) } },
    { ENTITY_TRAINING, { [FigureFilter_year] = DAY(Training, held_on) } },
    { ENTITY_REGULATION, { [FigureFilter_year] = DAY(Regulation, made_on) } },
    { ENTITY_PUBLICATION, { [FigureFilter_year] = DAY(Publication, published_on) } },
};

static const Places *places_of(EntityKind entity)
{
    static const Places none = { .entity = ENTITY_NONE };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (places[i].entity == entity)
            return &places[i];
    return &none;
}

bool filter_key(EntityKind entity, int filter_field, int16_t *via, int16_t *field, bool *year)
{
    const Place *p = &places_of(entity)->at[filter_field];
    *via = p->via;
    *field = p->field;
    *year = p->day;
    return p->has;
}

Status filter_read(Ctx *c, FigureFilter *filter, Str name, Str value, bool *known)
{
    const Field *f = field_named(&FigureFilter_table, name);
    Value v;
    *known = f != NULL;
    if (!f || value.len == 0)
        return ST_OK;
    TRY(field_parse(c, f, value, &v));
    TRY(field_take(c, f, v, filter));
    bool years = !filter->year.known || (filter->year.value >= 1949 && filter->year.value <= 2100);
    return years ? ST_OK
                 : fail_field(c, name, value, T("不是1949至2100之间的年度", "is no year from 1949 to 2100"),
                       T("例如 2021", "write it as 2021"));
}

bool filter_is_empty(const FigureFilter *filter)
{
    for (int i = 0; filter && i < FigureFilter_field_count; i++)
        if (!field_is_empty(&FigureFilter_table.fields[i], filter))
            return false;
    return true;
}

static void add(Ctx *c, Selection *sel, const Place *p, Op op, Value value)
{
    Value *kept = arena_new_of(c->arena, Value);
    *kept = value;
    selection_where_via(sel, p->via, p->field, op, kept, 1);
}

bool filter_apply(Ctx *c, const FigureFilter *filter, Selection *sel, int *lacking)
{
    const Places *at = places_of(sel->entity->kind);
    for (int i = 0; filter && i < FigureFilter_field_count; i++) {
        const Place *p = &at->at[i];
        if (field_is_empty(&FigureFilter_table.fields[i], filter))
            continue;
        if (!p->has) {
            *lacking = i;
            return false;
        }
        if (p->day) {
            add(c, sel, p, OP_GE, value_date(c->arena, date_of((int)filter->year.value, 1, 1)));
            add(c, sel, p, OP_LE, value_date(c->arena, date_of((int)filter->year.value, 12, 31)));
        } else {
            add(c, sel, p, OP_EQ, field_value(c->arena, &FigureFilter_table.fields[i], filter));
        }
    }
    return true;
}
