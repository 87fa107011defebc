/* One value on its way to or from a database column, a predicate or a cursor. */
#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include "base/clock.h"
#include "base/str.h"

typedef enum ValueKind { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB } ValueKind;

typedef struct Value {
    ValueKind kind;
    int64_t whole;
    Str text; /* of TEXT and BLOB */
} Value;

static inline Value value_null(void)
{
    return (Value){ .kind = VALUE_NULL };
}
static inline Value value_int(int64_t n)
{
    return (Value){ .kind = VALUE_INT, .whole = n };
}
/* An empty text is stored as NULL: "absent" and "empty" are the same thing here. */
static inline Value value_text(Str s)
{
    return (Value){ .kind = s.len ? VALUE_TEXT : VALUE_NULL, .text = s };
}
static inline Value value_blob(Str bytes)
{
    return (Value){ .kind = VALUE_BLOB, .text = bytes };
}
static inline Value value_bytes(const void *bytes, size_t len)
{
    return value_blob((Str){ (const char *)bytes, len });
}
/* Dates and instants are stored as their ISO texts, which sort as they mean. */
static inline Value value_date(Arena *a, Date d)
{
    return value_text(date_text(a, d));
}
static inline Value value_instant(Arena *a, Instant at)
{
    return value_text(at ? instant_text(a, at) : STR_NONE);
}

#endif
