#include "search/fold.h"

#include "base/pinyin.h"
#include "search/numeral.h"

#include <string.h>
#include <utf8proc.h>

/* Longest of what one character comes apart into: U+FDFA has 18. */
enum { APART_MAX = 32 };

/* One folded character and where it came from. */
typedef struct Folded {
    uint32_t point;
    size_t from, to;
} Folded;

typedef struct FoldedText {
    Folded *items;
    size_t count, room;
} FoldedText;

static void folded_add(Arena *arena, FoldedText *t, uint32_t point, size_t from, size_t to)
{
    if (t->count == t->room) {
        size_t more = t->room ? t->room * 2 : 64;
        t->items = arena_grow(arena, t->items, t->room * sizeof(Folded), more * sizeof(Folded));
        t->room = more;
    }
    if (point >= SIMPLIFIED_FIRST && point <= SIMPLIFIED_LAST && simplified_table[point - SIMPLIFIED_FIRST])
        point = simplified_table[point - SIMPLIFIED_FIRST];
    t->items[t->count++] = (Folded){ point, from, to };
}

/* NFKC without putting together again: marks are dropped, so nothing is left to put together. */
static void fold_character(Arena *arena, FoldedText *t, uint32_t point, size_t from, size_t to)
{
    const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE |
                                  UTF8PROC_STRIPMARK | UTF8PROC_DECOMPOSE;
    utf8proc_int32_t apart[APART_MAX];
    int bound = UTF8PROC_BOUNDCLASS_START;
    if (point < 0x80 || (point >= SIMPLIFIED_FIRST && point <= SIMPLIFIED_LAST)) {
        folded_add(arena, t, point >= 'A' && point <= 'Z' ? point - 'A' + 'a' : point, from, to);
        return;
    }
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)point, apart, APART_MAX, how, &bound);
    for (utf8proc_ssize_t i = 0; i < n && i < APART_MAX; i++)
        folded_add(arena, t, (uint32_t)apart[i], from, to);
}

static FoldedText fold_characters(Arena *arena, Str text)
{
    FoldedText t = { 0 };
    t.room = text.len / 3 + 16;
    t.items = arena_array_of(arena, Folded, t.room);
    for (size_t at = 0, from = 0;; from = at) {
        uint32_t point = str_next_char(text, &at);
        if (point == UINT32_MAX)
            return t;
        fold_character(arena, &t, point, from, at);
    }
}

/* --- pieces ------------------------------------------------------------------------------------------ */

typedef struct Fold {
    Arena *arena;
    FoldedText in;
    Piece *pieces;
    size_t count;
    char *bytes;
    size_t used;
    bool parted;
    bool blank;   /* stands before what comes next */
    bool numeral; /* the piece before is a character that numerals are written with */
} Fold;

static bool is_digit(uint32_t point)
{
    return point >= '0' && point <= '9';
}

static bool is_word(uint32_t point)
{
    if (point >= 'a' && point <= 'z')
        return true;
    if (point < 0x80 || point >= 0x2e80)
        return false;
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)point);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

/* Ideographs, kana and all that is written without blanks; digits of other scripts too. */
static bool is_character(uint32_t point)
{
    if (point >= SIMPLIFIED_FIRST && point <= SIMPLIFIED_LAST)
        return true;
    if (point < 0x80)
        return false;
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)point);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO && kind != UTF8PROC_CATEGORY_MN &&
           kind != UTF8PROC_CATEGORY_MC && kind != UTF8PROC_CATEGORY_ME;
}

/* Onto the one buffer that holds the texts of all pieces. */
static size_t point_put(Fold *f, uint32_t point)
{
    utf8proc_ssize_t len = utf8proc_encode_char((utf8proc_int32_t)point, (utf8proc_uint8_t *)f->bytes + f->used);
    f->used += (size_t)len;
    return (size_t)len;
}

/* Points into the generated table. */
static Str initial_of(uint32_t point)
{
    if (point < PINYIN_FIRST || point > PINYIN_LAST)
        return STR_NONE;
    const char *syllable = pinyin_syllables[pinyin_index[point - PINYIN_FIRST]];
    return (Str){ syllable, *syllable ? 1 : 0 };
}

/* A blank parts words and numbers; beside an ideograph it says nothing. Two numbers never stand joined: as one text
 * they would be a third. */
static void piece_add(Fold *f, Piece p)
{
    PieceKind before = f->count ? f->pieces[f->count - 1].kind : PIECE_CHARACTER;
    bool apart = p.kind != PIECE_CHARACTER && before != PIECE_CHARACTER && (f->blank || p.kind == before);
    p.joined = f->count > 0 && !f->parted && !apart;
    f->pieces[f->count++] = p;
    f->parted = f->blank = f->numeral = false;
}

/* 叁 叁 are two; as one text they would be thirty-three. */
static void character_add(Fold *f, size_t at)
{
    const Folded *c = &f->in.items[at];
    bool numeral = numeral_is_part(c->point);
    f->parted |= f->blank && f->numeral && numeral;
    const char *text = f->bytes + f->used;
    size_t len = point_put(f, c->point);
    piece_add(f, (Piece){ .text = { text, len },
                     .initials = initial_of(c->point),
                     .from = c->from,
                     .to = c->to,
                     .kind = PIECE_CHARACTER });
    f->numeral = numeral;
}

/* Digits with a point inside are one number; a comma between thousands is left out. */
static size_t number_end(const Fold *f, size_t at)
{
    const Folded *in = f->in.items;
    for (; at < f->in.count; at++) {
        if (is_digit(in[at].point))
            continue;
        bool inside = at + 1 < f->in.count && is_digit(in[at + 1].point);
        bool thousands = in[at].point == ',' && inside && at + 3 < f->in.count && is_digit(in[at + 2].point) &&
                         is_digit(in[at + 3].point) && !(at + 4 < f->in.count && is_digit(in[at + 4].point));
        if (!(in[at].point == '.' && inside) && !thousands)
            break;
    }
    return at;
}

static size_t word_end(const Fold *f, size_t at)
{
    while (at < f->in.count && is_word(f->in.items[at].point))
        at++;
    return at;
}

static size_t run_add(Fold *f, size_t at, size_t end, PieceKind kind)
{
    Str text = { f->bytes + f->used, 0 };
    for (size_t i = at; i < end && text.len + 4 <= PIECE_MAX; i++)
        if (f->in.items[i].point != ',')
            text.len += point_put(f, f->in.items[i].point);
    while (text.ptr[text.len - 1] == '.')
        text.len--; /* cut behind its point */
    piece_add(f, (Piece){ .text = text,
                     .initials = text,
                     .from = f->in.items[at].from,
                     .to = f->in.items[end - 1].to,
                     .kind = kind });
    return end;
}

/* As many characters of a numeral as stand here. */
static size_t numeral_end(const Fold *f, size_t at)
{
    while (at < f->in.count && numeral_is_part(f->in.items[at].point))
        at++;
    return at;
}

static Str initials_between(Fold *f, size_t at, size_t end)
{
    StrBuf b = strbuf_in(f->arena);
    for (size_t i = at; i < end; i++)
        strbuf_add(&b, initial_of(f->in.items[i].point));
    return strbuf_str(&b);
}

static size_t numeral_add(Fold *f, size_t at)
{
    uint32_t characters[NUMERAL_CHARS_MAX];
    char digits[NUMERAL_DIGITS_MAX + 1];
    size_t end = numeral_end(f, at), rest = 0, count = end - at;
    for (size_t i = 0; i < count && i < NUMERAL_CHARS_MAX; i++)
        characters[i] = f->in.items[at + i].point;
    bool number = count <= NUMERAL_CHARS_MAX && numeral_digits(characters, count, digits, &rest);
    size_t last = number ? end - rest : at;
    if (number)
        piece_add(f, (Piece){ .text = str_copy(f->arena, str_of(digits)),
                         .initials = initials_between(f, at, last),
                         .from = f->in.items[at].from,
                         .to = f->in.items[last - 1].to,
                         .kind = PIECE_NUMBER });
    for (; last < end; last++)
        character_add(f, last);
    return end;
}

static size_t step(Fold *f, size_t at)
{
    uint32_t point = f->in.items[at].point;
    if (is_digit(point))
        return run_add(f, at, number_end(f, at), PIECE_NUMBER);
    if (is_word(point))
        return run_add(f, at, word_end(f, at), PIECE_WORD);
    if (numeral_is_part(point))
        return numeral_add(f, at);
    if (is_character(point))
        character_add(f, at);
    else if (point == ' ' || point == '\t')
        f->blank = true;
    else
        f->parted = true;
    return at + 1;
}

Pieces fold_pieces(Arena *arena, Str text)
{
    Fold f = { .arena = arena, .in = fold_characters(arena, text) };
    f.pieces = arena_array_of(arena, Piece, f.in.count + 1);
    f.bytes = arena_array_of(arena, char, 4 * f.in.count + 4);
    for (size_t at = 0; at < f.in.count;)
        at = step(&f, at);
    return (Pieces){ f.pieces, f.count };
}

Str fold_join(Arena *arena, Pieces pieces)
{
    StrBuf b = strbuf_in(arena);
    for (size_t i = 0; i < pieces.count; i++) {
        if (i && !pieces.items[i].joined)
            strbuf_addc(&b, '/'); /* which parts whatever stands beside it, when this is folded again */
        strbuf_add(&b, pieces.items[i].text);
    }
    return strbuf_str(&b);
}
