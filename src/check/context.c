/* What the sentence before left to speak of: 整改任务112项。截至10月底，已完成104项，其余8项…. */
#include "check/reading.h"

enum { LOOK = 24, PLAIN_BYTES = 30 };

size_t context_wholes(const Reading *r, size_t at, size_t *out, size_t room)
{
    const Num *p = &r->num[at];
    size_t found = 0;
    for (size_t i = at, least = at > LOOK ? at - LOOK : 0; i > least && found < room; i--) {
        const Num *w = &r->num[i - 1];
        if (w->sentence == p->sentence)
            continue;
        if (w->sentence + 1 < p->sentence)
            break;
        if (w->kind == NUM_COUNT && !w->one && !w->way && !w->average && !w->past && !w->each && w->depth == 0 &&
            w->approx == APPROX_NOT && num_addable(r, w, p) && num_same_measure(r, w, p))
            out[found++] = i - 1;
    }
    return found;
}

bool context_takes_up(const Folded *f, size_t from, size_t to)
{
    enum { BYTES = 60 };
    static const Str starts[] = { S_INIT("按"), S_INIT("从"), S_INIT("其中"), S_INIT("前"), S_INIT("上述"),
        S_INIT("以上"), S_INIT("与"), S_INIT("尚未"), S_INIT("未"), S_INIT("剩余"), S_INIT("其余"), S_INIT("两"),
        S_INIT("三"), S_INIT("四"), S_INIT("总体看"), S_INIT("总的看"), S_INIT("全部"), S_INIT("合计"), S_INIT("截至"),
        WORDS_END };
    static const Str within[] = { S_INIT("中,"), S_INIT("看,"), S_INIT("分,"), WORDS_END };
    size_t end = from;
    while (end < to && end < from + BYTES && f->ptr[end] != ',' && !text_ends_sentence(f, end))
        end += text_char_len(f, end);
    return text_at_any(f, from, starts) || (end < to && text_ends_any(f, from, end + 1, within));
}

bool context_goes_on(const Reading *r, size_t part)
{
    static const Str plain[] = { S_INIT("已"), S_INIT("现已"), S_INIT("目前"), S_INIT("均已"), S_INIT("现"),
        S_INIT("实际"), S_INIT("累计"), S_INIT("其中已"), S_INIT("全部"), WORDS_END };
    static const Str sums[] = { S_INIT("合计"), S_INIT("共计"), S_INIT("共"), WORDS_END };
    const Num *p = &r->num[part];
    if (p->kind != NUM_COUNT || p->one || p->way || p->average || p->approx || p->depth || p->from == p->lead ||
        p->from - p->lead > PLAIN_BYTES)
        return false;
    if (text_at_any(&r->f, p->lead, sums))
        return true;
    for (size_t i = part; i > 0 && r->num[i - 1].sentence == p->sentence; i--)
        if (num_addable(r, &r->num[i - 1], p) && r->num[i - 1].kind == NUM_COUNT)
            return false; /* the sentence has a whole of its own */
    return text_at_any(&r->f, p->lead, plain) > 0;
}
