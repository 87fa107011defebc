/* What json_read() takes is written by json_tree(), read again and written the same. */
#include "base/json.h"

#include <stdlib.h>

static Str written(Arena *arena, const Json *root)
{
    StrBuf b = strbuf_in(arena);
    JsonWriter w = json_onto(&b);
    json_tree(&w, root);
    return strbuf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Clock clock = { .fixed = 1 };
    const Env env = { .clock = &clock };
    Arena *arena = arena_new();
    Ctx c = ctx_on(arena, &env);
    const Json *root = NULL, *again = NULL;
    Str text = { (const char *)data, size };

    c.lang = size % 2 ? LANG_EN : LANG_ZH;
    if (json_read(&c, text, &root) == ST_OK) {
        Str once = written(arena, root);
        if (!str_is_text(once) || json_read(&c, once, &again) != ST_OK || !str_eq(written(arena, again), once))
            abort();
    } else if (c.err.status != ST_MALFORMED || !str_is_text(c.err.message)) {
        abort();
    }
    arena_done(arena);
    return 0;
}
