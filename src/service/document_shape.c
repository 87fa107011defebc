#include "service/document_shape.h"

#include "insight/indicator.h"
#include "service/document_return.h"

/* --- where lists come from --------------------------------------------------------------------------------------- */

#define ROUND_LINK            \
    {                         \
        "轮次.", ENTITY_ROUND \
    }
#define TEAM_LINK              \
    {                          \
        "巡察组.", ENTITY_TEAM \
    }
#define UNIT_LINK            \
    {                        \
        "单位.", ENTITY_UNIT \
    }
#define MEMBERS                                                           \
    {                                                                     \
        "成员", ENTITY_MEMBER, "team", FROM_TEAM, "id", { NULL }, NULL, 0 \
    }
#define SIGNATURES                                                                \
    {                                                                             \
        "签署", ENTITY_SIGNATURE, "record", FROM_SUBJECT, "id", { NULL }, NULL, 0 \
    }
#define PROOFS                                                                     \
    {                                                                              \
        "证据", ENTITY_ATTACHMENT, "record", FROM_SUBJECT, "id", { NULL }, NULL, 0 \
    }
#define FINDINGS                                                                                                      \
    {                                                                                                                 \
        "问题", ENTITY_FINDING, "inspection", FROM_INSPECTION, "number", { "draft", "fed_back", "revoking" }, NULL, 0 \
    }
#define ITEMS                                                                                    \
    {                                                                                            \
        "整改", ENTITY_RECTIFICATION, "inspection", FROM_INSPECTION, "number", { NULL }, NULL, 0 \
    }
#define SHARES(by, from)                                        \
    {                                                           \
        "配合", ENTITY_SHARE, by, from, "id", { NULL }, NULL, 0 \
    }
/* The plan's lists name the same problems: all but those that were taken back. */
#define PLANNED(inner, count)                                                                                      \
    {                                                                                                              \
        "整改", ENTITY_RECTIFICATION, "inspection", FROM_INSPECTION, "number",                                     \
            { "pending", "ongoing", "applied", "done", "basic", "long_term", "rebound", "objected" }, inner, count \
    }
static const ListSource finding_lists[] = {
    { "整改", ENTITY_RECTIFICATION, "finding", FROM_ROW, "number", { NULL }, NULL, 0 },
};
static const ListSource item_lists[] = { SHARES("rectification", FROM_ROW) };
static const ListSource team_lists[] = {
    { "成员", ENTITY_MEMBER, "team", FROM_ROW, "id", { NULL }, NULL, 0 },
    { "巡察对象", ENTITY_INSPECTION, "team", FROM_ROW, "number", { NULL }, NULL, 0 },
};

static const KindSource kind_sources[DOCUMENT_KIND_COUNT] = {
    [DOCUMENT_AUTHORISATION] = { .links = { ROUND_LINK },
        .lists = { { "巡察组", ENTITY_TEAM, "round", FROM_ROUND, "id", { NULL }, team_lists, 2 } },
        .wanted = { "发文字号" } },
    [DOCUMENT_NOTICE] = { .links = { ROUND_LINK, TEAM_LINK, UNIT_LINK },
        .lists = { MEMBERS },
        .wanted = { "发文字号", "被巡察单位名称" } },
    [DOCUMENT_ANNOUNCEMENT] = { .links = { ROUND_LINK, TEAM_LINK, UNIT_LINK }, .lists = { MEMBERS } },
    [DOCUMENT_PAPER] = { .links = { ROUND_LINK, TEAM_LINK, UNIT_LINK },
        .lists = { SIGNATURES, PROOFS },
        .wanted = { "问题表现" } },
    [DOCUMENT_FEEDBACK] = { .links = { ROUND_LINK, TEAM_LINK, UNIT_LINK },
        .lists = { FINDINGS },
        .wanted = { "发文字号", "问题" } },
    [DOCUMENT_PROBLEM_LIST] = { .links = { ROUND_LINK, TEAM_LINK, UNIT_LINK },
        .lists = { FINDINGS },
        .wanted = { "问题" } },
    [DOCUMENT_RECTIFICATION_LIST] = { .links = { ROUND_LINK, TEAM_LINK, UNIT_LINK },
        .lists = { ITEMS },
        .wanted = { "整改" } },
    [DOCUMENT_LETTER] = { .links = { UNIT_LINK },
        .lists = { { "事项", ENTITY_LETTER_ITEM, "letter", FROM_SUBJECT, "id", { NULL }, NULL, 0 } },
        .wanted = { "发文字号", "要求" } },
    [DOCUMENT_INSTRUCTION] = { .lists = { { "任务", ENTITY_INSTRUCTION_TASK, "instruction", FROM_SUBJECT, "id",
                                   { NULL }, NULL, 0 } },
        .wanted = { "批示内容" } },
    [DOCUMENT_FACT_CHECK] = { .links = { ROUND_LINK, TEAM_LINK, UNIT_LINK }, .wanted = { "核对的事实" } },
    [DOCUMENT_OBJECTION] = { .links = { ROUND_LINK, UNIT_LINK },
        .lists = { SIGNATURES, PROOFS },
        .wanted = { "处理意见" } },
    [DOCUMENT_RECTIFICATION_PLAN] = { .links = { ROUND_LINK, UNIT_LINK },
        .lists = { ITEMS, SHARES("inspection", FROM_INSPECTION) },
        .wanted = { "整改", "主要负责人承诺" } },
    [DOCUMENT_PLAN_PROBLEM_LIST] = { .links = { ROUND_LINK, UNIT_LINK },
        .lists = { { "问题", ENTITY_FINDING, "inspection", FROM_INSPECTION, "number", { "fed_back", "revoking" },
            finding_lists, 1 } },
        .wanted = { "问题" } },
    [DOCUMENT_PLAN_TASK_LIST] = { .links = { ROUND_LINK, UNIT_LINK },
        .lists = { PLANNED(NULL, 0), SHARES("inspection", FROM_INSPECTION) },
        .wanted = { "整改" } },
    [DOCUMENT_PLAN_DUTY_LIST] = { .links = { ROUND_LINK, UNIT_LINK },
        .lists = { PLANNED(item_lists, 1) },
        .wanted = { "整改" } },
    [DOCUMENT_EVALUATION] = { .links = { ROUND_LINK, UNIT_LINK },
        .lists = { { "评估内容", ENTITY_EVALUATION_PART, "evaluation", FROM_SUBJECT, "number", { NULL }, NULL, 0 } },
        .wanted = { "总分", "等次", "决定采取的措施" } },
    [DOCUMENT_TALK] = { .lists = { { "被约谈单位", ENTITY_TALK_PARTY, "talk", FROM_SUBJECT, "id",
                            { "open", "reported", "done" }, NULL, 0 } },
        .wanted = { "约谈内容" } },
    [DOCUMENT_LEGACY_ISSUE] = { .links = { UNIT_LINK }, .wanted = { "症结" } },
    [DOCUMENT_RECTIFICATION_REPORT] = { .links = { ROUND_LINK, UNIT_LINK }, .lists = { ITEMS }, .wanted = { "正文" } },
    [DOCUMENT_PUBLICATION] = { .links = { ROUND_LINK, UNIT_LINK }, .lists = { ITEMS }, .wanted = { "正文" } },
    [DOCUMENT_STRIKE_OFF] = { .links = { ROUND_LINK, UNIT_LINK },
        .lists = { SIGNATURES, PROOFS },
        .wanted = { "反馈问题" } },
};

const KindSource *document_kind_source(DocumentKind kind)
{
    return &kind_sources[kind];
}

/* --- names ------------------------------------------------------------------------------------------------------- */

typedef struct Naming {
    Ctx *c;
    Slot *slots;
    size_t count, room;
} Naming;

static void add_name(Naming *n, Str name, SlotType type, const SlotShape *rows)
{
    if (n->count == n->room) {
        size_t room = n->room ? 2 * n->room : 64;
        n->slots = arena_grow(n->c->arena, n->slots, n->room * sizeof *n->slots, room * sizeof *n->slots);
        n->room = room;
    }
    n->slots[n->count++] = (Slot){ .name = name, .type = type, .rows = rows };
}

bool document_field_is_named(const Field *f)
{
    return !(f->flags & HIDDEN) && f->type != FT_BYTES && f->type != FT_SECRET;
}

SlotType document_slot_type(const Field *f)
{
    return f->type == FT_DATE    ? SLOT_DATE
           : f->type == FT_INT   ? SLOT_INT
           : f->type == FT_MONEY ? SLOT_MONEY
           : f->type == FT_FLAG  ? SLOT_FLAG
                                 : SLOT_TEXT;
}

static void add_fields(Naming *n, const Entity *e, const char *prefix)
{
    for (int i = Record_field_count; i < e->table->count; i++) {
        const Field *f = &e->table->fields[i];
        if (document_field_is_named(f))
            add_name(n, str_format(n->c->arena, "%s%s", prefix, f->label.zh), document_slot_type(f), NULL);
    }
}

/* Of the record itself, or of a row: what may be changed is marked, to be read back. */
static void add_own_fields(Naming *n, const Entity *e)
{
    size_t at = n->count;
    add_fields(n, e, "");
    for (int i = Record_field_count; i < e->table->count; i++)
        if (document_field_is_named(&e->table->fields[i]))
            n->slots[at++].code = document_field_code(n->c->arena, e, &e->table->fields[i]);
}

static const SlotShape *rows_of(Ctx *c, const ListSource *list)
{
    Naming n = { .c = c };
    SlotShape *shape = arena_new_of(c->arena, SlotShape);
    add_own_fields(&n, entity_of(list->entity));
    for (size_t i = 0; i < list->inner_count; i++)
        add_name(&n, str_of(list->inner[i].name), SLOT_LIST, rows_of(c, &list->inner[i]));
    *shape = (SlotShape){ n.slots, n.count };
    return shape;
}

static void add_common(Naming *n)
{
#define X(NAME, name, type) add_name(n, S(name), SLOT_##type, NULL);
    COMMON_SLOTS(X)
#undef X
}

const DocumentShape *document_shape(Ctx *c, DocumentKind kind)
{
    DocumentShape *s = arena_new_of(c->arena, DocumentShape);
    Naming n = { .c = c };
    const KindSource *source = &kind_sources[kind];
    EntityKind subject = document_rule(kind)->subject;
    const SlotShape *special = document_special_slots(kind);
    add_common(&n);
    s->kind = kind;
    s->subject = n.count;
    if (subject)
        add_own_fields(&n, entity_of(subject));
    for (size_t i = 0; i < DOCUMENT_LINKS_MAX; i++) {
        s->links[i] = n.count;
        if (source->links[i].entity)
            add_fields(&n, entity_of(source->links[i].entity), source->links[i].prefix);
    }
    s->lists = n.count;
    for (size_t i = 0; i < DOCUMENT_LISTS_MAX && source->lists[i].name; i++)
        add_name(&n, str_of(source->lists[i].name), SLOT_LIST, rows_of(c, &source->lists[i]));
    s->special = n.count;
    for (size_t i = 0; i < special->count; i++)
        add_name(&n, special->slots[i].name, special->slots[i].type, special->slots[i].rows);
    s->figures = n.count;
    for (size_t i = 0; i < indicator_count; i++)
        if (!indicators[i].round)
            add_name(&n, str_format(c->arena, "指标.%s", indicators[i].name.zh), SLOT_TEXT, NULL);
    s->shape = (SlotShape){ n.slots, n.count };
    return s;
}

const SlotShape *document_slots(const DocumentShape *shape)
{
    return &shape->shape;
}

const TemplateRules *document_rules_of(Ctx *c, DocumentKind kind)
{
    TemplateRules *rules = arena_new_of(c->arena, TemplateRules);
    TemplateKin *others = arena_array_of(c->arena, TemplateKin, DOCUMENT_KIND_COUNT);
    const char *const *wanted = kind_sources[kind].wanted;
    Str *names = arena_array_of(c->arena, Str, DOCUMENT_WANTED_MAX);
    rules->shape = document_slots(document_shape(c, kind));
    for (int k = DOCUMENT_KIND_NONE + 1; k < DOCUMENT_KIND_COUNT; k++)
        if (k != (int)kind)
            others[rules->other_count++] = (TemplateKin){ text_in(document_kinds.items[k].label, c->lang),
                document_slots(document_shape(c, (DocumentKind)k)) };
    while (rules->wanted_count < DOCUMENT_WANTED_MAX && wanted[rules->wanted_count]) {
        names[rules->wanted_count] = str_of(wanted[rules->wanted_count]);
        rules->wanted_count++;
    }
    rules->others = others;
    rules->wanted = names;
    return rules;
}
