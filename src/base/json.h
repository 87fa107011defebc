/* JSON in, by json-c behind limits; JSON out, by our own writer onto a StrBuf. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/ctx.h"

typedef enum JsonKind {
    JSON_NULL,
    JSON_BOOL,
    JSON_INT,  /* fits in int64_t and was written without point and exponent */
    JSON_REAL, /* any other number */
    JSON_TEXT,
    JSON_LIST,
    JSON_OBJECT
} JsonKind;

typedef struct Json Json;
struct Json {
    JsonKind kind;
    Str key; /* inside an object */
    bool flag;
    int64_t whole;
    double real;
    Str text;
    const Json *first; /* of a list or object, in the order of the text */
    const Json *next;
    size_t count;
};

enum { JSON_DEPTH_MAX = 32, JSON_NODES_MAX = 200000 };

/* Strict reading: valid UTF-8, no U+0000 in texts, no comments, no trailing text, no key twice in
 * one object, depth and count under the limits above. ST_MALFORMED says where. The tree lives in
 * the arena and copies what it needs. */
Status json_read(Ctx *c, Str text, const Json **out) MUST_CHECK;
/* A member of an object, or NULL; also NULL when `object` is NULL or no object. */
const Json *json_get(const Json *object, Str key);
/* Their value where the kind fits, else the default. */
Str json_text_or(const Json *node, Str otherwise);
int64_t json_int_or(const Json *node, int64_t otherwise);
bool json_flag_or(const Json *node, bool otherwise);

typedef struct JsonWriter {
    StrBuf *out;
    uint64_t started; /* a bit a depth: something was written there, so a comma comes first */
    uint32_t depth;
    bool after_key;
} JsonWriter;

JsonWriter json_onto(StrBuf *out);
void json_open_object(JsonWriter *w);
void json_close_object(JsonWriter *w);
void json_open_list(JsonWriter *w);
void json_close_list(JsonWriter *w);
void json_key(JsonWriter *w, Str key);           /* must need no escaping: field names */
void json_text(JsonWriter *w, Str text);         /* escaped; absent text is "" */
void json_text_or_null(JsonWriter *w, Str text); /* empty text is null */
void json_int(JsonWriter *w, int64_t n);
void json_real(JsonWriter *w, double n, int decimals); /* fixed decimals, trailing zeros cut */
void json_flag(JsonWriter *w, bool flag);
void json_null(JsonWriter *w);
void json_date(JsonWriter *w, Date d);        /* null for DATE_NONE */
void json_instant(JsonWriter *w, Instant at); /* null for 0 */
void json_raw(JsonWriter *w, Str json);       /* already JSON */
void json_tree(JsonWriter *w, const Json *node);

#endif
