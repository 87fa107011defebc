/* What the index holds of a text, the same for both engines: a list of tokens, each once, parted by blanks.
 *
 * A piece is a token (so that one character, one number or one word is found at once), and so are two pieces that are
 * joined (so that two characters are). Longer phrases are all their pairs, and a look at the text itself. The initials
 * of a name are pairs of letters marked "@"; what a record hangs on (unit, inspection …) and what it is are tokens
 * marked "#". */
#ifndef SEARCH_TOKEN_H
#define SEARCH_TOKEN_H

#include "search/fold.h"

typedef struct TokenSet TokenSet;
TokenSet *tokens_new(Arena *arena, size_t about);
void tokens_add_pieces(TokenSet *set, Pieces pieces);
/* `initials`: letters and digits in a row. */
void tokens_add_initials(TokenSet *set, Str initials);
/* Words that are tokens as they stand, parted by blanks. */
void tokens_add_words(TokenSet *set, Str words);
Str tokens_text(const TokenSet *set);

/* The tokens that a phrase needs: its pairs, and each piece that is in none. */
size_t tokens_of_phrase(Arena *arena, Pieces phrase, Str **out);
/* The same of initials: at least two letters. */
size_t tokens_of_initials(Arena *arena, Str initials, Str **out);

#endif
