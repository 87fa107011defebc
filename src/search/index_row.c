#include "search/index_row.h"

#include "domain/unit.h"
#include "search/token.h"

Str index_row_tokens(Ctx *c, const IndexRow *row)
{
    Str line, rest = row->body, names = row->spelt;
    TokenSet *set = tokens_new(c->arena, row->body.len / 2 + row->spelt.len + 16);
    while (str_cut(&rest, '\n', &line))
        tokens_add_pieces(set, fold_pieces(c->arena, line));
    while (str_cut(&names, ' ', &line))
        tokens_add_initials(set, line);
    tokens_add_words(set, row->words);
    return tokens_text(set);
}

static void body_add(Ctx *c, StrBuf *body, StrBuf *spelt, const Field *f, Str text)
{
    Pieces pieces = fold_pieces(c->arena, text);
    if (pieces.count == 0)
        return;
    if (body->len)
        strbuf_addc(body, '\n');
    strbuf_add(body, fold_join(c->arena, pieces));
    if (!(f->flags & SPELT))
        return;
    if (spelt->len)
        strbuf_addc(spelt, ' ');
    for (size_t i = 0; i < pieces.count; i++)
        strbuf_add(spelt, pieces.items[i].initials);
}

static void word_add(StrBuf *words, Str id)
{
    if (id.len)
        strbuf_addf(words, " #%.*s", STR_ARG(id));
}

/* What it is, and what a right that shows it may name. */
static Str words_of(Ctx *c, const Entity *e, const void *record)
{
    const int fields[] = { e->scope.inspection, e->scope.unit, e->scope.other_unit, e->scope.organiser,
        e->scope.round };
    StrBuf words = strbuf_in(c->arena);
    strbuf_addf(&words, "#%s", e->table->name);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        word_add(&words, record_ref(e, record, fields[i]));
    return strbuf_str(&words);
}

static Status keep_name(Ctx *c, const void *record, void *arg)
{
    const UnitFact *fact = record;
    Str **next = arg;
    *(*next)++ = str_copy(c->arena, fact->value);
    return ST_OK;
}

Status unit_names(Ctx *c, Str unit, bool scoped, Str names[], size_t room, size_t *count)
{
    Selection sel = selection_of(ENTITY_UNIT_FACT);
    const Value of = value_text(unit), name = value_text(choice_name(&unit_facts, UNIT_FACT_NAME));
    Str *next = names;
    selection_where(&sel, UnitFact_unit, OP_EQ, &of, 1);
    selection_where(&sel, UnitFact_fact, OP_EQ, &name, 1);
    selection_where(&sel, UnitFact_withdrawn_on, OP_ABSENT, NULL, 0);
    sel.unscoped = !scoped;
    sel.fields = FIELD_BIT(UnitFact_value);
    sel.limit = (uint32_t)room;
    TRY(selection_each(c, &sel, keep_name, &next, NULL));
    *count = (size_t)(next - names);
    return ST_OK;
}

static Status add_names(Ctx *c, StrBuf *body, StrBuf *spelt, const void *record)
{
    Str names[UNIT_NAMES_MAX];
    size_t count;
    const Unit *unit = record;
    TRY(unit_names(c, unit->id, false, names, UNIT_NAMES_MAX, &count));
    for (size_t i = 0; i < count; i++)
        if (!str_eq(names[i], unit->name))
            body_add(c, body, spelt, &UnitFact_table.fields[UnitFact_value], names[i]);
    return ST_OK;
}

Status index_row_of(Ctx *c, const Entity *e, const void *record, IndexRow *out)
{
    StrBuf body = strbuf_in(c->arena), spelt = strbuf_in(c->arena);
    for (int i = 0; i < e->table->count; i++) {
        const Field *f = &e->table->fields[i];
        if (f->flags & INDEXED)
            body_add(c, &body, &spelt, f, *(const Str *)field_of(f, record));
    }
    if (e->kind == ENTITY_UNIT)
        TRY(add_names(c, &body, &spelt, record));
    *out = (IndexRow){ .entity = str_of(e->table->name),
        .words = words_of(c, e, record),
        .spelt = strbuf_str(&spelt),
        .body = strbuf_str(&body) };
    return ST_OK;
}

bool index_row_equal(const IndexRow *a, const IndexRow *b)
{
    return str_eq(a->entity, b->entity) && str_eq(a->words, b->words) && str_eq(a->spelt, b->spelt) &&
           str_eq(a->body, b->body);
}
