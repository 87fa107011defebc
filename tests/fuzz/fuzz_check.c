/* Any text at all: the checker ends, its spans lie inside the text and are what it says they are, each claim is whole,
 * and the same text gives the same claims. What is no text is refused. */
#include "check/check.h"

#include <stdlib.h>
#include <string.h>

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_place(Str text, Str view, size_t at)
{
    check(at <= text.len && view.len <= text.len - at && view.ptr == text.ptr + at && str_is_text(view));
}

static void check_claim(Str text, const CheckClaim *claim)
{
    check_place(text, claim->span, claim->span_at);
    check_place(text, claim->sentence, claim->sentence_at);
    check(claim->sentence_at <= claim->span_at &&
          claim->span_at + claim->span.len <= claim->sentence_at + claim->sentence.len);
    check(claim->stated.ptr >= text.ptr && claim->stated.ptr + claim->stated.len <= text.ptr + text.len);
    check(claim->span.len > 0 && claim->stated.len > 0 && claim->words.len > 0);
    check(str_is_text(claim->computed) && str_is_text(claim->words));
    check(claim->kind < CHECK_KINDS && claim->verdict < CHECK_VERDICTS && claim->rule < CHECK_RULES);
}

static void check_same(const CheckResult *a, const CheckResult *b)
{
    check(a->count == b->count && a->numbers == b->numbers);
    for (size_t i = 0; i < a->count; i++)
        check(a->claims[i].span_at == b->claims[i].span_at && a->claims[i].verdict == b->claims[i].verdict &&
              a->claims[i].rule == b->claims[i].rule && str_eq(a->claims[i].words, b->claims[i].words));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const CheckKnown known[] = { { S_INIT("整改完成率"), 98710000, S_INIT("%"), 2, S_INIT("2021-10-31") } };
    const CheckWish wish = { known, 1 };
    Clock clock = { .zone_minutes = 480 };
    Env env = { .clock = &clock };
    Arena *arena = arena_new();
    Ctx c = ctx_on(arena, &env);
    Str text = { (const char *)data, size };
    CheckResult first, second;
    Status status = check_text(&c, text, &wish, &first);
    check(str_is_text(text) == (status == ST_OK));
    if (status == ST_OK) {
        for (size_t i = 0; i < first.count; i++)
            check_claim(text, &first.claims[i]);
        check(check_text(&c, text, &wish, &second) == ST_OK);
        check_same(&first, &second);
    }
    arena_done(arena);
    return 0;
}
