/* Any bytes at all: text is recognised, walked, clipped and folded without stepping
 * outside it, and what is parsed as a number, a date or an instant is written back as it was read. */
#include "base/clock.h"
#include "base/pinyin.h"

#include <stdlib.h>

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_text(Arena *arena, Str s)
{
    StrBuf again = strbuf_in(arena);
    size_t chars = 0, at = 0;
    for (uint32_t c; (c = str_next_char(s, &at)) != UINT32_MAX; chars++)
        strbuf_add_char(&again, c);
    check(str_eq(strbuf_str(&again), s));
    check(chars == str_chars(s));
    for (size_t n = 0; n <= chars + 1; n += 1 + n / 4) {
        Str clipped = str_clip(s, n);
        check(str_is_text(clipped) && str_chars(clipped) == (n < chars ? n : chars) && str_starts(s, clipped));
    }
    check(str_is_text(str_trim(s)));
    check(str_is_text(text_fold(arena, s)));
    check(str_is_text(pinyin_initials(arena, s)));
    Str key = pinyin_key(arena, s);
    check(str_is_text(key) && key.len <= PINYIN_KEY_MAX);
}

static void check_parsers(Arena *arena, Str s)
{
    int64_t n;
    Date d;
    Instant at, again;
    if (str_to_int(s, &n)) {
        StrBuf b = strbuf_in(arena);
        int64_t same;
        strbuf_add_int(&b, n);
        check(str_to_int(strbuf_str(&b), &same) && same == n);
    }
    if (date_parse(s, &d)) {
        check(date_is_valid(d) && str_eq(date_text(arena, d), s));
        check(date_from_days(date_to_days(d)) == d && date_weekday(d) >= 1 && date_weekday(d) <= 7);
    }
    if (instant_parse(s, &at) && at != 0)
        check(instant_parse(instant_text(arena, at), &again) && again == at);
}

static void check_hex(Arena *arena, Str s)
{
    uint8_t bytes[64];
    size_t len;
    StrBuf b = strbuf_in(arena);
    if (!str_unhex(s, bytes, sizeof bytes, &len))
        return;
    strbuf_add_hex(&b, bytes, len);
    check(str_eq(text_fold(arena, s), strbuf_str(&b))); /* capitals are read as well */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Str s = { (const char *)data, size };
    if (str_is_text(s))
        check_text(arena, s);
    check_parsers(arena, s);
    check_hex(arena, s);
    Str rest = s, part;
    size_t taken = 0;
    while (str_cut(&rest, ',', &part))
        taken += part.len + 1;
    check(size == 0 || taken == size + 1 || (taken == size && data[size - 1] == ','));
    arena_done(arena);
    return 0;
}
