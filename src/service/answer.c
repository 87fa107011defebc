#include "service/answer.h"

#include "domain/rectification.h"
#include "domain/workflow.h"
#include "store/load.h"

typedef struct BookName BookName;
struct BookName {
    EntityKind kind;
    Str id;
    Str name;
    BookName *next;
};
struct NameBook {
    BookName *first;
};

NameBook *name_book_new(Ctx *c)
{
    return arena_new_of(c->arena, NameBook);
}

static Status name_find(Ctx *c, NameBook *book, EntityKind kind, Str id, Str *name)
{
    for (const BookName *n = book->first; n; n = n->next)
        if (n->kind == kind && str_eq(n->id, id)) {
            *name = n->name;
            return ST_OK;
        }
    TRY(record_title_of(c, kind, id, name));
    BookName *kept = arena_new_of(c->arena, BookName);
    *kept = (BookName){ kind, str_copy(c->arena, id), *name, book->first };
    book->first = kept;
    return ST_OK;
}

Status answer_names(Ctx *c, NameBook *book, JsonWriter *w, const Entity *e, FieldSet set, const void *record)
{
    json_key(w, S("names"));
    json_open_object(w);
    for (int i = 1; i < e->table->count; i++) {
        const Field *f = &e->table->fields[i];
        if (!(set & FIELD_BIT(i)) || f->type != FT_REF || (f->flags & HIDDEN) || field_is_empty(f, record))
            continue;
        if (sight_of(c->actor->role, (EntityKind)f->refers)->kind == SIGHT_NONE)
            continue;
        Str name;
        TRY(name_find(c, book, (EntityKind)f->refers, record_ref(e, record, i), &name));
        json_key(w, str_of(f->name));
        json_text_or_null(w, name);
    }
    json_close_object(w);
    return ST_OK;
}

static void answer_actions(Ctx *c, JsonWriter *w, const Entity *e, const void *record)
{
    if (e->state < 0 || !c->actor)
        return;
    int32_t state = *(const int32_t *)field_of(&e->table->fields[e->state], record);
    uint64_t set = workflow_actions(e->kind, state, c->actor->role);
    json_key(w, S("actions"));
    json_open_list(w);
    for (int a = 1; a < DO_COUNT; a++)
        if (set >> a & 1)
            json_text(w, choice_name(&actions, a));
    json_close_list(w);
}

static Status answer_light(Ctx *c, UseCase *u, JsonWriter *w, const Rectification *item)
{
    Round round;
    const RuleSet *rules;
    TRY(rules_of_round(c, u->app->rules, item->round, &round, &rules));
    Light light = rectification_light(item, c->today, rules->yellow_days);
    json_key(w, S("light"));
    json_text(w, str_of(light_name(light)));
    json_key(w, S("days_left"));
    if (item->due_on && item->state != RECT_DONE)
        json_int(w, date_days_between(c->today, item->due_on));
    else
        json_null(w);
    return ST_OK;
}

Status answer_extras(Ctx *c, UseCase *u, JsonWriter *w, const Entity *e, const void *record)
{
    answer_actions(c, w, e, record);
    return e->kind == ENTITY_RECTIFICATION ? answer_light(c, u, w, record) : ST_OK;
}

Status answer_record(Ctx *c, UseCase *u, const Entity *e, const void *record)
{
    JsonWriter w = json_onto(&u->out);
    json_open_object(&w);
    record_members_to_json(&w, e->table, ~(FieldSet)0, record);
    TRY(answer_extras(c, u, &w, e, record));
    if (str_eq(usecase_param(u, S("names")), S("true")))
        TRY(answer_names(c, name_book_new(c), &w, e, ~(FieldSet)0, record));
    json_close_object(&w);
    u->out_version = record_version(record);
    if (u->op->flags & MAKES)
        u->location = str_format(c->arena, "/api/v1/%s/%.*s", e->table->name, STR_ARG(record_id(record)));
    return ST_OK;
}
