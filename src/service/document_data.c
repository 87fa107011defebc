#include "service/document_data.h"

#include "domain/instruction.h"
#include "insight/indicator.h"
#include "service/figures.h"
#include "service/seal_service.h"
#include "store/load.h"

#include <string.h>

enum { LINKS_MAX = 3, LISTS_MAX = 3, WANTED_MAX = 3, ROWS_MAX = 5000 };

/* --- where lists come from --------------------------------------------------------------------------------------- */

typedef enum FromWhat { FROM_SUBJECT, FROM_INSPECTION, FROM_ROUND, FROM_TEAM, FROM_ROW } FromWhat;

typedef struct ListSource ListSource;
struct ListSource {
    const char *name;
    EntityKind entity;
    const char *by; /* its field that holds the id of … */
    FromWhat from;
    const char *sort;
    const char *states[3]; /* none: all */
    const ListSource *inner;
    size_t inner_count;
};

typedef struct LinkSource {
    const char *prefix; /* "轮次." */
    EntityKind entity;
} LinkSource;

/* What stands beside the subject of a kind. */
typedef struct KindSource {
    LinkSource links[LINKS_MAX];
    ListSource lists[LISTS_MAX];
    const char *wanted[WANTED_MAX];
} KindSource;

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
        .lists = { { "整改", ENTITY_RECTIFICATION, "inspection", FROM_INSPECTION, "number", { NULL }, NULL, 0 } },
        .wanted = { "整改" } },
    [DOCUMENT_LETTER] = { .links = { UNIT_LINK },
        .lists = { { "事项", ENTITY_LETTER_ITEM, "letter", FROM_SUBJECT, "id", { NULL }, NULL, 0 } },
        .wanted = { "发文字号", "要求" } },
    [DOCUMENT_INSTRUCTION] = { .lists = { { "任务", ENTITY_INSTRUCTION_TASK, "instruction", FROM_SUBJECT, "id",
                                   { NULL }, NULL, 0 } },
        .wanted = { "批示内容" } },
    [DOCUMENT_STRIKE_OFF] = { .links = { ROUND_LINK, UNIT_LINK },
        .lists = { SIGNATURES, PROOFS },
        .wanted = { "反馈问题" } },
};

/* --- names ------------------------------------------------------------------------------------------------------- */

#define COMMON_SLOTS(X)            \
    X(TITLE, "标题", TEXT)         \
    X(MAKER, "发文机关", TEXT)     \
    X(NUMBER, "发文字号", TEXT)    \
    X(ADDRESSEE, "主送机关", TEXT) \
    X(COPIES, "抄送机关", TEXT)    \
    X(DATED, "成文日期", DATE)     \
    X(SIGNER, "签发人", TEXT)      \
    X(SECRECY, "密级标注", TEXT)   \
    X(URGENCY, "紧急程度", TEXT)   \
    X(CODE, "校验码", TEXT)        \
    X(WATERMARK, "水印", TEXT)     \
    X(PRINTER, "印发机关", TEXT)   \
    X(ISSUED, "印发日期", DATE)    \
    X(SEAL, "印章", IMAGE)         \
    X(SIGNATURE, "签名", IMAGE)    \
    X(COPY, "份号", TEXT)
enum CommonSlot {
#define X(NAME, name, type) COMMON_##NAME,
    COMMON_SLOTS(X)
#undef X
        COMMON_COUNT
};

struct DocumentShape {
    DocumentKind kind;
    SlotShape shape;
    size_t subject, links[LINKS_MAX], lists, special, figures; /* where each begins among the slots */
};

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
    n->slots[n->count++] = (Slot){ name, type, rows };
}

static bool is_named(const Field *f)
{
    return !(f->flags & HIDDEN) && f->type != FT_BYTES && f->type != FT_SECRET;
}

static SlotType slot_type(const Field *f)
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
        if (is_named(f))
            add_name(n, str_format(n->c->arena, "%s%s", prefix, f->label.zh), slot_type(f), NULL);
    }
}

static const SlotShape *rows_of(Ctx *c, const ListSource *list)
{
    Naming n = { .c = c };
    SlotShape *shape = arena_new_of(c->arena, SlotShape);
    add_fields(&n, entity_of(list->entity), "");
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
        add_fields(&n, entity_of(subject), "");
    for (size_t i = 0; i < LINKS_MAX; i++) {
        s->links[i] = n.count;
        if (source->links[i].entity)
            add_fields(&n, entity_of(source->links[i].entity), source->links[i].prefix);
    }
    s->lists = n.count;
    for (size_t i = 0; i < LISTS_MAX && source->lists[i].name; i++)
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
    Str *names = arena_array_of(c->arena, Str, WANTED_MAX);
    rules->shape = document_slots(document_shape(c, kind));
    for (int k = DOCUMENT_KIND_NONE + 1; k < DOCUMENT_KIND_COUNT; k++)
        if (k != (int)kind)
            others[rules->other_count++] = (TemplateKin){ text_in(document_kinds.items[k].label, c->lang),
                document_slots(document_shape(c, (DocumentKind)k)) };
    while (rules->wanted_count < WANTED_MAX && wanted[rules->wanted_count]) {
        names[rules->wanted_count] = str_of(wanted[rules->wanted_count]);
        rules->wanted_count++;
    }
    rules->others = others;
    rules->wanted = names;
    return rules;
}

/* --- values ------------------------------------------------------------------------------------------------------ */

typedef struct Valuing {
    Ctx *c;
    App *app;
    NameBook *names;
    const DocumentShape *shape;
    const DocumentSource *source;
    SlotValue *values;
    Str ids[FROM_ROW]; /* of the subject, its inspection, round and team */
} Valuing;

static Status put_field(const Valuing *v, const Entity *e, int field, const void *record, SlotValue *out)
{
    const Field *f = &e->table->fields[field];
    const void *at = field_of(f, record);
    switch (f->type) {
    case FT_DATE:
        out->date = *(const Date *)at;
        return ST_OK;
    case FT_INT:
    case FT_MONEY:
        out->number = *(const Int *)at;
        return ST_OK;
    case FT_FLAG:
        out->flag = *(const bool *)at;
        return ST_OK;
    case FT_CHOICE:
        out->text = str_of(f->choices->items[*(const int32_t *)at].label.zh);
        return ST_OK;
    case FT_INSTANT:
        out->text = field_is_empty(f, record) ? STR_NONE : instant_text(v->c->arena, *(const Instant *)at);
        return ST_OK;
    case FT_BYTES:
    case FT_SECRET:
        return ST_OK; /* never leave the program */
    case FT_TEXT:
    case FT_LONG:
    case FT_REF:
        TRY(answer_word(v->c, v->names, e, field, record, &out->text));
        if (out->text.len == 0 && f->type != FT_REF)
            out->text = *(const Str *)at;
        out->text = str_copy(v->c->arena, out->text);
    }
    return ST_OK;
}

static Status put_fields(const Valuing *v, const Entity *e, const void *record, SlotValue **at)
{
    for (int i = Record_field_count; i < e->table->count; i++)
        if (is_named(&e->table->fields[i]))
            TRY(put_field(v, e, i, record, (*at)++));
    return ST_OK;
}

static Str ref_named(const Entity *e, const void *record, const char *name)
{
    const Field *f = field_named(e->table, str_of(name));
    return f ? *(const Str *)field_of(f, record) : STR_NONE;
}

/* The subject's own round, inspection and team, or those of its inspection. */
static Status find_ids(Valuing *v)
{
    const Entity *e = v->source->subject;
    const void *record = v->source->record;
    if (!e)
        return ST_OK;
    v->ids[FROM_SUBJECT] = record_id(record);
    v->ids[FROM_INSPECTION] = e->kind == ENTITY_INSPECTION ? record_id(record) : ref_named(e, record, "inspection");
    v->ids[FROM_ROUND] = ref_named(e, record, "round");
    v->ids[FROM_TEAM] = ref_named(e, record, "team");
    if (v->ids[FROM_INSPECTION].len && v->ids[FROM_TEAM].len == 0) {
        Inspection *i = arena_new_of(v->c->arena, Inspection);
        TRY(record_load_unscoped(v->c, ENTITY_INSPECTION, v->ids[FROM_INSPECTION], i));
        v->ids[FROM_TEAM] = i->team;
        v->ids[FROM_ROUND] = i->round;
    }
    return ST_OK;
}

static Str id_of_link(const Valuing *v, EntityKind kind)
{
    const Entity *e = v->source->subject;
    return kind == ENTITY_ROUND  ? v->ids[FROM_ROUND]
           : kind == ENTITY_TEAM ? v->ids[FROM_TEAM]
                                 : record_ref(e, v->source->record, e->scope.unit);
}

/* Without what the actor may not see: the names stay empty. */
static Status put_link(Valuing *v, size_t index)
{
    const Entity *e = entity_of(kind_sources[v->shape->kind].links[index].entity);
    SlotValue *at = &v->values[v->shape->links[index]];
    void *record = record_new(v->c, e->table);
    Str id = id_of_link(v, e->kind);
    if (id.len == 0 || sight_of(v->c->actor->role, e->kind)->kind == SIGHT_NONE)
        return ST_OK;
    Status status = record_load(v->c, e->kind, id, 0, record);
    if (status == ST_MISSING) {
        ctx_forgive(v->c);
        return ST_OK;
    }
    TRY(status);
    return put_fields(v, e, record, &at);
}

static Status put_list(const Valuing *v, const ListSource *list, Str row, SlotValue *out);

static Status put_row(const Valuing *v, const ListSource *list, const void *record, SlotRow *row, size_t width)
{
    SlotValue *values = arena_array_of(v->c->arena, SlotValue, width), *at = values;
    TRY(put_fields(v, entity_of(list->entity), record, &at));
    for (size_t i = 0; i < list->inner_count; i++)
        TRY(put_list(v, &list->inner[i], record_id(record), at++));
    row->values = values;
    return ST_OK;
}

static void choose(Ctx *c, Selection *sel, const ListSource *list, Str id)
{
    const FieldTable *table = sel->entity->table;
    Value *of = arena_array_of(c->arena, Value, 4);
    size_t states = 0;
    of[3] = value_text(id);
    selection_where(sel, field_index(table, field_named(table, str_of(list->by))), OP_EQ, &of[3], 1);
    while (states < 3 && list->states[states]) {
        of[states] = value_text(str_of(list->states[states]));
        states++;
    }
    if (states)
        selection_where(sel, sel->entity->state, OP_IN, of, states);
    sel->sort = (int16_t)field_index(table, field_named(table, str_of(list->sort)));
    sel->down = false;
}

static size_t width_of(const ListSource *list)
{
    size_t width = list->inner_count;
    const FieldTable *table = entity_of(list->entity)->table;
    for (int i = Record_field_count; i < table->count; i++)
        width += is_named(&table->fields[i]);
    return width;
}

static Status put_list(const Valuing *v, const ListSource *list, Str row, SlotValue *out)
{
    Selection sel = selection_of(list->entity);
    const Entity *e = sel.entity;
    Str id = list->from == FROM_ROW ? row : v->ids[list->from];
    char *records;
    size_t count, width = width_of(list);
    if (id.len == 0 || sight_of(v->c->actor->role, e->kind)->kind == SIGHT_NONE)
        return ST_OK;
    choose(v->c, &sel, list, id);
    TRY(selection_load(v->c, &sel, ROWS_MAX, &records, &count));
    SlotRow *rows = arena_array_of(v->c->arena, SlotRow, count);
    for (size_t i = 0; i < count; i++)
        TRY(put_row(v, list, records + i * e->table->size, &rows[i], width));
    out->rows = rows;
    out->count = count;
    return ST_OK;
}

/* What only an issued paper bears. */
static Status put_seals(const Valuing *v)
{
    const Document *d = v->source->head;
    if (d->state != DOCUMENT_STATE_ISSUED)
        return ST_OK;
    TRY(seal_image_of(v->c, d->organiser, SEAL_KIND_SEAL, d->maker, &v->values[COMMON_SEAL].image));
    return seal_image_of(v->c, d->organiser, SEAL_KIND_SIGNATURE, d->signer, &v->values[COMMON_SIGNATURE].image);
}

static void put_common(Valuing *v)
{
    const Document *d = v->source->head;
    SlotValue *o = v->values;
    o[COMMON_TITLE].text = d->title;
    o[COMMON_MAKER].text = o[COMMON_PRINTER].text = d->maker;
    o[COMMON_NUMBER].text = d->number;
    o[COMMON_ADDRESSEE].text = d->addressee;
    o[COMMON_COPIES].text = d->copies;
    o[COMMON_DATED].date = d->dated_on;
    o[COMMON_SIGNER].text = d->signer;
    o[COMMON_SECRECY].text = document_secrecy_text(v->c->arena, d->secrecy, d->secrecy_months);
    o[COMMON_URGENCY].text = str_of(urgencies.items[d->urgency].label.zh);
    o[COMMON_CODE].text = d->code;
    o[COMMON_WATERMARK].text = v->source->watermark;
    if (document_counts_copies(d))
        o[COMMON_COPY].text = document_copy_text(v->c->arena, 1);
    o[COMMON_ISSUED].date = d->issued_on ? d->issued_on : d->dated_on;
}

static bool is_used(const Valuing *v, size_t slot)
{
    return !v->source->used_by || template_names(v->source->used_by, slot);
}

static Status put_figures(Valuing *v)
{
    FigureMemo memo = { .count = 0 };
    FigureWish wish = { .as_of = v->source->head->dated_on, .memo = &memo };
    size_t at = v->shape->figures;
    for (size_t i = 0; i < indicator_count; i++) {
        if (indicators[i].round)
            continue;
        if (is_used(v, at) && figure_is_seen(v->c, &indicators[i]) && role_may(v->c->actor->role, NEED_FIGURES))
            TRY(figure_text(v->c, &indicators[i], &wish, &v->values[at].text));
        at++;
    }
    return ST_OK;
}

static bool is_link_used(const Valuing *v, size_t index)
{
    size_t end = index + 1 < LINKS_MAX ? v->shape->links[index + 1] : v->shape->lists;
    for (size_t i = v->shape->links[index]; i < end; i++)
        if (is_used(v, i))
            return true;
    return false;
}

Status document_values(Ctx *c, App *app, const DocumentShape *shape, const DocumentSource *source, const SlotRow **out)
{
    Valuing v = { .c = c, .app = app, .names = name_book_new(c, app->rules), .shape = shape, .source = source };
    const KindSource *kind = &kind_sources[shape->kind];
    SlotRow *row = arena_new_of(c->arena, SlotRow);
    v.values = arena_array_of(c->arena, SlotValue, shape->shape.count);
    SlotValue *at = &v.values[shape->subject];
    put_common(&v);
    TRY(put_seals(&v));
    TRY(find_ids(&v));
    if (source->subject)
        TRY(put_fields(&v, source->subject, source->record, &at));
    for (size_t i = 0; i < LINKS_MAX && kind->links[i].entity; i++)
        if (is_link_used(&v, i))
            TRY(put_link(&v, i));
    for (size_t i = 0; i < LISTS_MAX && kind->lists[i].name; i++)
        if (is_used(&v, shape->lists + i))
            TRY(put_list(&v, &kind->lists[i], STR_NONE, &v.values[shape->lists + i]));
    if (shape->figures > shape->special)
        TRY(document_special_values(
            c, app, shape->kind, source->head->record, source->head->dated_on, &v.values[shape->special]));
    TRY(put_figures(&v));
    row->values = v.values;
    *out = row;
    return ST_OK;
}
