/* A section of a dashboard: what it is called, its counts in words, and marks that each open their list. */
#ifndef SERVICE_BOARD_H
#define SERVICE_BOARD_H

#include "insight/breakdown.h"
#include "service/operation.h"
#include "store/load.h"

typedef struct Board {
    UseCase *u;
    JsonWriter w;
} Board;

/* "figures", "heat", "stack", "bars": how the page draws it. Items follow. */
void board_open_section(Ctx *c, Board *b, const char *name, const char *kind, Text title);
/* The columns of the marks: name and label. */
void board_open_series(Board *b);
void board_series(Board *b, Str name, Str label);
void board_open_items(Board *b); /* ends the series */
/* One row; `list` may be empty. */
void board_open_item(Board *b, Str name, Str label, Str list);
void board_mark(Board *b, Str series, int64_t value, Str list);
void board_close_item(Board *b);
/* Ends the items: the counts in words. */
void board_close_section(Ctx *c, Board *b, Text words);

/* --- the groups that a section is drawn from --- */

enum { GROUPS_KEPT = 2000 };
typedef struct Groups {
    Group *at;
    size_t count;
    size_t room;
    int64_t total;
} Groups;

#define OWN_KEY(field_)              \
    {                                \
        .via = -1, .field = (field_) \
    }
#define KEY_OF(reference, field_)             \
    {                                         \
        .via = (reference), .field = (field_) \
    }

/* In the arena of the Ctx; ST_TOO_BIG above GROUPS_KEPT. */
Status groups_of(Ctx *c, const Selection *sel, Grouping grouping, Groups **out) MUST_CHECK;
/* How many records have these keys; `second` NULL: any. An empty key is an absent value. */
int64_t records_in(const Groups *g, Str first, const Str *second);
/* The door of a selection with one condition more. */
Str door_with(Ctx *c, Selection sel, const GroupKey *key, Str value);
Value *value_kept(Ctx *c, Value v);

/* --- sections on rectification items (dashboard_items.c) --- */

Status board_progress(Ctx *c, Board *b) MUST_CHECK;
Status board_states(Ctx *c, Board *b) MUST_CHECK;
Status board_age(Ctx *c, Board *b) MUST_CHECK;
Status board_effects(Ctx *c, Board *b) MUST_CHECK;

#endif
