/* Claims as a person reads them: the formula, its result, the computation in words. */
#include "check/reading.h"

#include <string.h>

enum { SHOWN_DECIMALS = 4, SPAN_MAX = 1500 };

/* --- numbers as text ------------------------------------------------------------------ */

static const int64_t ten_to[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

static void add_whole(StrBuf *b, UWide n)
{
    char digits[40];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + (int)(n % 10));
    while ((n /= 10) != 0);
    strbuf_add(b, (Str){ digits + at, sizeof digits - at });
}

static void add_fixed(StrBuf *b, Wide value, int decimals, bool keep_zeros)
{
    int64_t unit = MICRO / ten_to[decimals];
    if (value < 0)
        strbuf_addc(b, '-');
    UWide size = (UWide)(value < 0 ? -value : value);
    UWide scaled = (size * 2 + (UWide)unit) / (2 * (UWide)unit);
    add_whole(b, scaled / (UWide)ten_to[decimals]);
    int64_t rest = (int64_t)(scaled % (UWide)ten_to[decimals]);
    while (!keep_zeros && decimals > 0 && rest % 10 == 0) {
        rest /= 10;
        decimals--;
    }
    if (decimals > 0)
        strbuf_addf(b, ".%0*lld", decimals, (long long)rest);
}

Str words_value(Arena *arena, Wide value, int decimals)
{
    StrBuf b = strbuf_in(arena);
    add_fixed(&b, value, decimals, false);
    return strbuf_str(&b);
}

int words_decimals(const Num *n)
{
    int decimals = 0;
    for (int64_t step = n->step; step < MICRO && decimals < 6; step *= 10)
        decimals++;
    return decimals;
}

/* 万 and 亿 are kept where the text has them: 38.65万 is easier to compare than 386500. */
static Str big_unit(const Num *n, int64_t *by)
{
    *by = 1;
    if (!n->rounded || n->kind != NUM_COUNT)
        return STR_NONE;
    if (n->value >= (int64_t)100000000 * MICRO && n->step >= (int64_t)100000000 * MICRO / MICRO) {
        *by = 100000000;
        return S("亿");
    }
    if (n->value >= (int64_t)10000 * MICRO) {
        *by = 10000;
        return S("万");
    }
    return STR_NONE;
}

Str words_like(Reading *r, Wide value, const Num *like)
{
    StrBuf b = strbuf_in(r->arena);
    int64_t by;
    Str unit = big_unit(like, &by);
    if (like->kind == NUM_PERCENT || like->kind == NUM_POINTS || like->kind == NUM_TIMES)
        add_fixed(&b, value, SHOWN_DECIMALS, false);
    else
        add_fixed(&b, value / by, 6, false);
    strbuf_add(&b, unit);
    if (like->kind == NUM_PERCENT)
        strbuf_addc(&b, '%');
    return strbuf_str(&b);
}

Str words_num(Reading *r, const Num *n)
{
    return words_like(r, n->value, n);
}

Str words_ratio(Arena *arena, Wide part, Wide whole, int scale, int decimals)
{
    StrBuf b = strbuf_in(arena);
    Wide top = part * scale * MICRO;
    Wide value = (2 * top + whole) / (2 * whole);
    if (decimals < 0)
        add_fixed(&b, value, SHOWN_DECIMALS, false);
    else
        add_fixed(&b, value, decimals, true);
    if (scale == 100)
        strbuf_addc(&b, '%');
    return strbuf_str(&b);
}

/* --- names ------------------------------------------------------------------------------------------------------- */

const char *check_kind_name(CheckKind kind)
{
    static const char *const names[CHECK_KINDS] = { "ratio", "sum", "count", "difference", "comparison" };
    return names[kind];
}

const char *check_verdict_name(CheckVerdict verdict)
{
    static const char *const names[CHECK_VERDICTS] = { "consistent", "inconsistent", "undecidable" };
    return names[verdict];
}

Text check_verdict_title(CheckVerdict verdict)
{
    static const Text titles[CHECK_VERDICTS] = { { "一致", "consistent" }, { "不一致", "inconsistent" },
        { "无法判定", "undecidable" } };
    return titles[verdict];
}

static const struct {
    const char *name;
    Text title;
} rules[CHECK_RULES] = {
#define X(name, id, zh, en) [CHECK_RULE_##name] = { id, { zh, en } },
    CHECK_RULE_LIST(X)
#undef X
};

const char *check_rule_name(CheckRule rule)
{
    return rules[rule].name;
}

Text check_rule_title(CheckRule rule)
{
    return rules[rule].title;
}

/* --- claims ------------------------------------------------------------------ */

static Str source_view(const Folded *f, size_t from, size_t to)
{
    Str view = str_sub(f->source, f->map[from], f->map[to] - f->map[from]);
    while (
        view.len && (view.ptr[view.len - 1] == ' ' || view.ptr[view.len - 1] == '\t' || view.ptr[view.len - 1] == '\r'))
        view.len--; /* blanks that the folded text has not */
    return view;
}

/* 4119/4173 → 4119 ÷ 4173. A bracket and a sign in front of a number stay close to it. */
static void add_formula(StrBuf *b, Str formula)
{
    for (size_t i = 0; i < formula.len; i++) {
        char ch = formula.ptr[i];
        if (ch == '/')
            strbuf_add(b, S(" ÷ "));
        else if (ch == '*')
            strbuf_add(b, S(" × "));
        else if (ch == '-')
            strbuf_add(b, S(" − "));
        else if (ch == '+')
            strbuf_add(b, S(" + "));
        else if (ch == '<' || ch == '>')
            strbuf_add(b, ch == '<' ? S(" ≤ ") : S(" > "));
        else if (ch == '%')
            strbuf_add(b, S(" %"));
        else if (ch != '=')
            strbuf_addc(b, ch);
    }
}

static Str stated_words(Reading *r, Str stated)
{
    StrBuf b = strbuf_in(r->arena);
    for (size_t i = 0; i < stated.len; i++) {
        if (stated.ptr[i] == '%' && i)
            strbuf_addc(&b, ' ');
        strbuf_addc(&b, stated.ptr[i]);
    }
    return strbuf_str(&b);
}

static Str put_words(Reading *r, const Claim *c, Str stated)
{
    StrBuf b = strbuf_in(r->arena);
    bool zh = r->lang == LANG_ZH;
    add_formula(&b, c->formula);
    if (c->result.len) {
        if (c->formula.len)
            strbuf_add(&b, S(" = "));
        add_formula(&b, c->shown.len ? c->shown : c->result);
    }
    if (c->note.zh) {
        if (b.len)
            strbuf_add(&b, zh ? S("，") : S("; "));
        strbuf_add(&b, text_in(c->note, r->lang));
    }
    if (c->note.zh && c->rule != CHECK_RULE_LEDGER)
        return strbuf_str(&b);
    if (c->verdict == CHECK_CONSISTENT)
        strbuf_add(&b, zh ? S("，与文中一致") : S(", as in the text"));
    else {
        strbuf_add(&b, zh ? S("，文中为 ") : S(", the text says "));
        strbuf_add(&b, stated_words(r, stated));
    }
    return strbuf_str(&b);
}

static void grow_claims(Reading *r)
{
    if (r->claim_count < r->claim_room)
        return;
    size_t room = r->claim_room ? r->claim_room * 2 : 64;
    r->claims = arena_grow(r->arena, r->claims, r->claim_room * sizeof(CheckClaim), room * sizeof(CheckClaim));
    r->claim_room = room;
}

/* Two rules may meet the same figures; the first one to speak for a span, kind and stated figure is enough. */
static bool is_said(const Reading *r, const Claim *c, size_t span_at, Str stated)
{
    enum { LOOK_BACK = 24 };
    size_t from = r->claim_count > LOOK_BACK ? r->claim_count - LOOK_BACK : 0;
    for (size_t i = from; i < r->claim_count; i++) {
        const CheckClaim *old = &r->claims[i];
        bool same = old->kind == c->kind && old->stated.ptr == stated.ptr;
        if (same &&
            (c->verdict == CHECK_UNDECIDABLE || (old->span_at == span_at && str_starts(old->computed, c->formula))))
            return true;
    }
    return false;
}

void claim_add(Reading *r, const Claim *c)
{
    const Folded *f = &r->f;
    size_t to = c->to > c->from + SPAN_MAX ? c->from + SPAN_MAX : c->to;
    while (to < c->to && ((unsigned char)f->ptr[to] & 0xc0) == 0x80)
        to++;
    Str stated = source_view(f, c->stated->from, c->stated->to);
    size_t span_at = f->map[c->from], from = text_sentence_from(f, c->from),
           end = text_sentence_to(f, text_back(f, to));
    bool alone = r->join && (c->from >= r->join || c->to <= r->join); /* said when its paragraph was read */
    if (r->claim_count >= CHECK_CLAIMS_MAX || alone || is_said(r, c, span_at, stated))
        return;
    grow_claims(r);
    StrBuf computed = strbuf_in(r->arena);
    strbuf_add(&computed, c->formula);
    if (c->result.len && c->formula.len)
        strbuf_addc(&computed, '=');
    strbuf_add(&computed, c->result);
    r->claims[r->claim_count++] = (CheckClaim){ c->kind, c->rule, c->verdict, source_view(f, c->from, to),
        source_view(f, from, end > to ? end : to), span_at, f->map[from], stated, strbuf_str(&computed),
        put_words(r, c, stated) };
}
