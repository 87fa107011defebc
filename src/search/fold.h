/* Text as search sees it: pieces that compare equal however they were written.
 *
 * Full and half width, upper and lower case, traditional and simplified, 三百二十一 and 321 come out the same; marks on
 * letters and what nobody sees are dropped. A piece is one ideograph (or a letter of a script written without blanks),
 * a number, or a word of letters. Everything else parts pieces. Each piece knows the bytes of the source it stands
 * for, so that a hit can be shown where it was written.
 *
 * What a person types is folded by the same function as what is stored: whatever it does, it does to both. */
#ifndef SEARCH_FOLD_H
#define SEARCH_FOLD_H

#include "base/str.h"

typedef enum PieceKind { PIECE_CHARACTER, PIECE_NUMBER, PIECE_WORD } PieceKind;

typedef struct Piece {
    Str text;     /* folded; of words and numbers at most PIECE_MAX bytes */
    Str initials; /* of its pinyin, "s" for 示; of a word or a number itself; "sbesy" for 三百二十一 */
    size_t from;  /* bytes of the source, to exclusive */
    size_t to;
    PieceKind kind;
    bool joined; /* nothing stands between it and the piece before, or a blank beside an ideograph */
} Piece;

typedef struct Pieces {
    const Piece *items;
    size_t count;
} Pieces;

enum { PIECE_MAX = 48 };

/* Valid UTF-8 of any length. Texts of pieces lie in the arena or in the source. */
Pieces fold_pieces(Arena *arena, Str text);
/* The pieces as one text, "/" where they are not joined: what a phrase is looked for in. Folded again it is the same.
 */
Str fold_join(Arena *arena, Pieces pieces);

/* The generated table (tools/simplify.c): the simplified character, 0 where there is no other. */
enum { SIMPLIFIED_FIRST = 0x3400, SIMPLIFIED_LAST = 0x9fff };
extern const uint16_t simplified_table[SIMPLIFIED_LAST - SIMPLIFIED_FIRST + 1];

#endif
