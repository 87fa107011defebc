#include "service/document_data.h"

#include "insight/indicator.h"
#include "service/document_shape.h"
#include "service/figures.h"
#include "service/seal_service.h"
#include "store/load.h"

#include <string.h>

enum { ROWS_MAX = 5000 };

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

Status document_field_value(Ctx *c, NameBook *names, const Entity *e, int field, const void *record, SlotValue *out)
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
        out->text = field_is_empty(f, record) ? STR_NONE : instant_text(c->arena, *(const Instant *)at);
        return ST_OK;
    case FT_BYTES:
    case FT_SECRET:
        return ST_OK; /* never leave the program */
    case FT_TEXT:
    case FT_LONG:
    case FT_REF:
        TRY(answer_word(c, names, e, field, record, &out->text));
        if (out->text.len == 0 && f->type != FT_REF)
            out->text = *(const Str *)at;
        out->text = str_copy(c->arena, out->text);
    }
    return ST_OK;
}

static Status put_fields(const Valuing *v, const Entity *e, const void *record, SlotValue **at)
{
    for (int i = Record_field_count; i < e->table->count; i++)
        if (document_field_is_named(&e->table->fields[i]))
            TRY(document_field_value(v->c, v->names, e, i, record, (*at)++));
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
    const Entity *e = entity_of(document_kind_source(v->shape->kind)->links[index].entity);
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
    row->record = record_id(record);
    return ST_OK;
}

static void choose(Ctx *c, Selection *sel, const ListSource *list, Str id)
{
    const FieldTable *table = sel->entity->table;
    Value *of = arena_array_of(c->arena, Value, LIST_STATES_MAX + 1);
    size_t states = 0;
    of[LIST_STATES_MAX] = value_text(id);
    selection_where(sel, field_index(table, field_named(table, str_of(list->by))), OP_EQ, &of[LIST_STATES_MAX], 1);
    while (states < LIST_STATES_MAX && list->states[states]) {
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
        width += document_field_is_named(&table->fields[i]);
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
    o[COMMON_FILLED].date = v->c->today;
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
    size_t end = index + 1 < DOCUMENT_LINKS_MAX ? v->shape->links[index + 1] : v->shape->lists;
    for (size_t i = v->shape->links[index]; i < end; i++)
        if (is_used(v, i))
            return true;
    return false;
}

Status document_values(Ctx *c, App *app, const DocumentShape *shape, const DocumentSource *source, const SlotRow **out)
{
    Valuing v = { .c = c, .app = app, .names = name_book_new(c, app->rules), .shape = shape, .source = source };
    const KindSource *kind = document_kind_source(shape->kind);
    SlotRow *row = arena_new_of(c->arena, SlotRow);
    v.values = arena_array_of(c->arena, SlotValue, shape->shape.count);
    SlotValue *at = &v.values[shape->subject];
    put_common(&v);
    TRY(put_seals(&v));
    TRY(find_ids(&v));
    if (source->subject)
        TRY(put_fields(&v, source->subject, source->record, &at));
    for (size_t i = 0; i < DOCUMENT_LINKS_MAX && kind->links[i].entity; i++)
        if (is_link_used(&v, i))
            TRY(put_link(&v, i));
    for (size_t i = 0; i < DOCUMENT_LISTS_MAX && kind->lists[i].name; i++)
        if (is_used(&v, shape->lists + i))
            TRY(put_list(&v, &kind->lists[i], STR_NONE, &v.values[shape->lists + i]));
    if (shape->figures > shape->special)
        TRY(document_special_values(
            c, app, shape->kind, source->head->record, source->head->dated_on, &v.values[shape->special]));
    TRY(put_figures(&v));
    row->values = v.values;
    row->record = v.ids[FROM_SUBJECT];
    row->paper = source->head->state == DOCUMENT_STATE_ISSUED ? source->head->id : STR_NONE;
    *out = row;
    return ST_OK;
}
