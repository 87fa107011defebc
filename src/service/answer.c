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
typedef struct BookRound BookRound;
struct BookRound {
    Str id;
    Round round;
    const RuleSet *rules;
    BookRound *next;
};
enum { BOOK_SLOTS = 1024 };
struct NameBook {
    RuleCache *rules;
    BookName *slots[BOOK_SLOTS]; /* by the last characters of the id, which are random */
    BookRound *rounds;
};

NameBook *name_book_new(Ctx *c, RuleCache *rules)
{
    NameBook *book = arena_new_of(c->arena, NameBook);
    book->rules = rules;
    return book;
}

static BookName **slot_of(NameBook *book, Str id)
{
    uint32_t hash = 0;
    for (size_t i = id.len > 8 ? id.len - 8 : 0; i < id.len; i++)
        hash = hash * 31 + (unsigned char)id.ptr[i];
    return &book->slots[hash % BOOK_SLOTS];
}

/* Where a role sees records of a kind only in some states, a reference may be to one that it does not see: that one
 * has no name for it. */
static Status title_seen(Ctx *c, EntityKind kind, Str id, Str *name)
{
    const Entity *e = entity_of(kind);
    *name = STR_NONE;
    if (sight_of(c->actor->role, kind)->only == ONLY_ALL)
        return record_title_of(c, kind, id, name);
    void *record = record_new(c, e->table);
    Status status = record_load(c, kind, id, 0, record);
    if (status == ST_OK)
        *name = record_title(e, record);
    if (status != ST_MISSING)
        return status;
    ctx_forgive(c);
    return ST_OK;
}

static Status name_find(Ctx *c, NameBook *book, EntityKind kind, Str id, Str *name)
{
    BookName **slot = slot_of(book, id);
    for (const BookName *n = *slot; n; n = n->next)
        if (n->kind == kind && str_eq(n->id, id)) {
            *name = n->name;
            return ST_OK;
        }
    TRY(title_seen(c, kind, id, name));
    BookName *kept = arena_new_of(c->arena, BookName);
    *kept = (BookName){ kind, str_copy(c->arena, id), *name, *slot };
    *slot = kept;
    return ST_OK;
}

static Status round_find(Ctx *c, NameBook *book, Str id, const BookRound **out)
{
    for (*out = book->rounds; *out; *out = (*out)->next)
        if (str_eq((*out)->id, id))
            return ST_OK;
    BookRound *kept = arena_new_of(c->arena, BookRound);
    TRY(rules_of_round(c, book->rules, id, &kept->round, &kept->rules));
    kept->id = str_copy(c->arena, id);
    kept->next = book->rounds;
    *out = book->rounds = kept;
    return ST_OK;
}

static int round_field(const Entity *e)
{
    const Field *f = field_named(e->table, S("round"));
    return f ? field_index(e->table, f) : -1;
}

/* Of which list a CODED field is a node. */
static const Taxonomy *taxonomy_for(const BookRound *round, const Field *f)
{
    Str name = str_of(f->name);
    Str taxonomy = str_eq(name, S("theme"))       ? S(THEME_TAXONOMY)
                   : str_eq(name, S("category2")) ? round->round.taxonomy2
                                                  : round->round.taxonomy;
    return ruleset_taxonomy(round->rules, taxonomy);
}

/* A code that its round's rules do not know stands alone. */
static Status code_in_words(Ctx *c, NameBook *book, const Entity *e, const Field *f, const void *record, Str *word)
{
    const BookRound *round;
    Str id = record_ref(e, record, round_field(e));
    if (id.len == 0)
        return ST_OK;
    TRY(round_find(c, book, id, &round));
    const Taxonomy *taxonomy = taxonomy_for(round, f);
    const TaxonomyNode *node = taxonomy ? taxonomy_node(taxonomy, *(const Str *)field_of(f, record)) : NULL;
    if (node)
        *word = text_in(node->label, c->lang);
    return ST_OK;
}

Status answer_word(Ctx *c, NameBook *book, const Entity *e, int field, const void *record, Str *word)
{
    const Field *f = &e->table->fields[field];
    *word = STR_NONE;
    if (field_is_empty(f, record))
        return ST_OK;
    if (f->flags & CODED)
        return code_in_words(c, book, e, f, record, word);
    if (f->type != FT_REF || !f->refers || sight_of(c->actor->role, (EntityKind)f->refers)->kind == SIGHT_NONE)
        return ST_OK;
    return name_find(c, book, (EntityKind)f->refers, record_ref(e, record, field), word);
}

Status answer_names(Ctx *c, NameBook *book, JsonWriter *w, const Entity *e, FieldSet set, const void *record)
{
    json_key(w, S("names"));
    json_open_object(w);
    for (int i = 1; i < e->table->count; i++) {
        const Field *f = &e->table->fields[i];
        Str word = STR_NONE;
        if (!(set & FIELD_BIT(i)) || (f->flags & HIDDEN))
            continue;
        TRY(answer_word(c, book, e, i, record, &word));
        if (word.len == 0)
            continue;
        json_key(w, str_of(f->name));
        json_text(w, word);
    }
    json_close_object(w);
    return ST_OK;
}

FieldSet answer_wants(const Entity *e, FieldSet set)
{
    FieldSet wanted = 0;
    int round = round_field(e);
    if ((set & record_fields_with(e->table, CODED)) && round >= 0)
        wanted |= FIELD_BIT(round);
    if (e->kind == ENTITY_RECTIFICATION)
        wanted |= FIELD_BIT(round) | FIELD_BIT(Rectification_due_on) | FIELD_BIT(Rectification_state);
    return wanted;
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

Status answer_light_of(Ctx *c, NameBook *book, const Rectification *item, Light *out)
{
    const BookRound *round;
    TRY(round_find(c, book, item->round, &round));
    *out = rectification_light(item, c->today, round->rules->yellow_days);
    return ST_OK;
}

static Status answer_light(Ctx *c, NameBook *book, JsonWriter *w, const Rectification *item)
{
    Light light;
    TRY(answer_light_of(c, book, item, &light));
    json_key(w, S("light"));
    json_text(w, str_of(light_name(light)));
    json_key(w, S("days_left"));
    if (item->due_on && !rectification_is_closed(item))
        json_int(w, date_days_between(c->today, item->due_on));
    else
        json_null(w);
    return ST_OK;
}

Status answer_extras(Ctx *c, NameBook *book, JsonWriter *w, const Entity *e, const void *record)
{
    answer_actions(c, w, e, record);
    return e->kind == ENTITY_RECTIFICATION ? answer_light(c, book, w, record) : ST_OK;
}

Status answer_record(Ctx *c, UseCase *u, const Entity *e, const void *record)
{
    JsonWriter w = json_onto(&u->out);
    NameBook *book = name_book_new(c, u->app->rules);
    json_open_object(&w);
    record_members_to_json(&w, e->table, ~(FieldSet)0, record);
    TRY(answer_extras(c, book, &w, e, record));
    if (str_eq(usecase_param(u, S("names")), S("true")))
        TRY(answer_names(c, book, &w, e, ~(FieldSet)0, record));
    json_close_object(&w);
    u->out_version = record_version(record);
    if (u->op->flags & MAKES)
        u->location = str_format(c->arena, "/api/v1/%s/%.*s", e->table->name, STR_ARG(record_id(record)));
    return ST_OK;
}
