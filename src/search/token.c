#include "search/token.h"

#include <string.h>

struct TokenSet {
    Arena *arena;
    StrBuf text;
    uint32_t *slots; /* where in the text a token begins, + 1 */
    size_t room;     /* a power of two */
    size_t count;
};

TokenSet *tokens_new(Arena *arena, size_t about)
{
    TokenSet *set = arena_new_of(arena, TokenSet);
    size_t room = 64;
    while (room < about * 2)
        room *= 2;
    *set = (TokenSet){ .arena = arena, .text = strbuf_in(arena), .room = room };
    set->slots = arena_array_of(arena, uint32_t, room);
    memset(set->slots, 0, room * sizeof *set->slots);
    strbuf_room(&set->text, about * 7 + 16);
    return set;
}

static Str token_at(const TokenSet *set, size_t at)
{
    size_t end = at;
    while (end < set->text.len && set->text.ptr[end] != ' ')
        end++;
    return (Str){ set->text.ptr + at, end - at };
}

static uint32_t hash_of(Str token)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < token.len; i++)
        hash = (hash ^ (unsigned char)token.ptr[i]) * 16777619u;
    return hash ^ hash >> 15;
}

static uint32_t *slot_of(const TokenSet *set, Str token)
{
    for (size_t i = hash_of(token);; i++) {
        uint32_t *slot = &set->slots[i & (set->room - 1)];
        if (*slot == 0 || str_eq(token_at(set, *slot - 1), token))
            return slot;
    }
}

static void grow(TokenSet *set)
{
    set->room *= 2;
    set->slots = arena_array_of(set->arena, uint32_t, set->room);
    memset(set->slots, 0, set->room * sizeof *set->slots);
    for (size_t at = 0; at < set->text.len;) {
        Str token = token_at(set, at);
        *slot_of(set, token) = (uint32_t)at + 1;
        at += token.len + 1;
    }
}

static void add(TokenSet *set, Str token)
{
    if (token.len == 0)
        return;
    if (set->count * 2 >= set->room)
        grow(set);
    uint32_t *slot = slot_of(set, token);
    if (*slot)
        return;
    if (set->text.len)
        strbuf_addc(&set->text, ' ');
    *slot = (uint32_t)set->text.len + 1;
    strbuf_add(&set->text, token);
    set->count++;
}

typedef struct Pair {
    char bytes[2 * PIECE_MAX];
} Pair;

static Str pair_of(Pair *pair, Str a, Str b)
{
    memcpy(pair->bytes, a.ptr, a.len);
    memcpy(pair->bytes + a.len, b.ptr, b.len);
    return (Str){ pair->bytes, a.len + b.len };
}

static Str spelt_pair(Pair *pair, Str initials, size_t at)
{
    pair->bytes[0] = '@';
    memcpy(pair->bytes + 1, initials.ptr + at, 2);
    return (Str){ pair->bytes, 3 };
}

void tokens_add_pieces(TokenSet *set, Pieces pieces)
{
    Pair pair;
    for (size_t i = 0; i < pieces.count; i++) {
        const Piece *p = &pieces.items[i];
        add(set, p->text);
        if (i && p->joined)
            add(set, pair_of(&pair, pieces.items[i - 1].text, p->text));
    }
}

void tokens_add_initials(TokenSet *set, Str initials)
{
    Pair pair;
    for (size_t i = 0; i + 2 <= initials.len; i++)
        add(set, spelt_pair(&pair, initials, i));
}

void tokens_add_words(TokenSet *set, Str words)
{
    Str word;
    while (str_cut(&words, ' ', &word))
        add(set, word);
}

Str tokens_text(const TokenSet *set)
{
    return strbuf_str(&set->text);
}

size_t tokens_of_phrase(Arena *arena, Pieces phrase, Str **out)
{
    Pair pair;
    size_t n = 0;
    *out = arena_array_of(arena, Str, phrase.count + 1);
    for (size_t i = 0; i < phrase.count; i++) {
        const Piece *p = &phrase.items[i];
        bool next_joined = i + 1 < phrase.count && phrase.items[i + 1].joined;
        if (next_joined)
            (*out)[n++] = str_copy(arena, pair_of(&pair, p->text, phrase.items[i + 1].text));
        else if (i == 0 || !p->joined)
            (*out)[n++] = p->text;
    }
    return n;
}

size_t tokens_of_initials(Arena *arena, Str initials, Str **out)
{
    Pair pair;
    size_t n = 0;
    *out = arena_array_of(arena, Str, initials.len + 1);
    for (size_t i = 0; i + 2 <= initials.len; i++)
        (*out)[n++] = str_copy(arena, spelt_pair(&pair, initials, i));
    return n;
}
