/* The words of our schema in PostgreSQL's. */
#ifndef STORE_DB_WORDS_H
#define STORE_DB_WORDS_H

#include "base/str.h"

/* INTEGER → BIGINT, BLOB → BYTEA, TEXT → TEXT COLLATE "C" but for casts; whole words in capitals
 * only, and none in quotes or comments. */
Str db_words_pgsql(Arena *arena, Str script);

#endif
