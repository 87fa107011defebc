#include "service/board.h"

static void put(JsonWriter *w, const char *name, Str value)
{
    json_key(w, str_of(name));
    json_text_or_null(w, value);
}

void board_open_section(Ctx *c, Board *b, const char *name, const char *kind, Text title)
{
    json_open_object(&b->w);
    put(&b->w, "name", str_of(name));
    put(&b->w, "kind", str_of(kind));
    put(&b->w, "title", text_in(title, c->lang));
}

void board_open_series(Board *b)
{
    json_key(&b->w, S("series"));
    json_open_list(&b->w);
}

void board_series(Board *b, Str name, Str label)
{
    json_open_object(&b->w);
    put(&b->w, "name", name);
    put(&b->w, "label", label);
    json_close_object(&b->w);
}

void board_open_items(Board *b)
{
    json_close_list(&b->w);
    json_key(&b->w, S("items"));
    json_open_list(&b->w);
}

void board_open_item(Board *b, Str name, Str label, Str list)
{
    json_open_object(&b->w);
    put(&b->w, "name", name);
    put(&b->w, "label", label);
    put(&b->w, "list", list);
    json_key(&b->w, S("marks"));
    json_open_list(&b->w);
}

void board_mark(Board *b, Str series, int64_t value, Str list)
{
    json_open_object(&b->w);
    put(&b->w, "series", series);
    json_key(&b->w, S("value"));
    json_int(&b->w, value);
    put(&b->w, "list", list);
    json_close_object(&b->w);
}

void board_close_item(Board *b)
{
    json_close_list(&b->w);
    json_close_object(&b->w);
}

void board_close_section(Ctx *c, Board *b, Text words)
{
    json_close_list(&b->w);
    put(&b->w, "words", text_in(words, c->lang));
    json_close_object(&b->w);
}

/* --- groups --- */

static Status keep(Ctx *c, const Group *group, void *arg)
{
    Groups *g = arg;
    if (g->count == GROUPS_KEPT)
        return fail(c, ST_TOO_BIG, "分组超过%d个，请增加筛选条件", "more than %d groups: filter first", GROUPS_KEPT);
    if (g->count == g->room) {
        size_t more = g->room ? g->room * 2 : 32;
        g->at = arena_grow(c->arena, g->at, g->room * sizeof(Group), more * sizeof(Group));
        g->room = more;
    }
    g->at[g->count] = *group;
    for (int i = 0; i < GROUP_KEYS_MAX; i++)
        g->at[g->count].keys[i] = str_copy(c->arena, group->keys[i]);
    g->count++;
    g->total += group->records;
    return ST_OK;
}

Status groups_of(Ctx *c, const Selection *sel, Grouping grouping, Groups **out)
{
    *out = arena_new_of(c->arena, Groups);
    return selection_group(c, sel, &grouping, keep, *out);
}

int64_t records_in(const Groups *g, Str first, const Str *second)
{
    int64_t n = 0;
    for (size_t i = 0; i < g->count; i++)
        if (str_eq(g->at[i].keys[0], first) && (!second || str_eq(g->at[i].keys[1], *second)))
            n += g->at[i].records;
    return n;
}

Value *value_kept(Ctx *c, Value v)
{
    Value *value = arena_new_of(c->arena, Value);
    *value = v;
    return value;
}

Str door_with(Ctx *c, Selection sel, const GroupKey *key, Str value)
{
    dimension_narrow(c, &sel, key, value);
    return selection_door(c, &sel);
}
