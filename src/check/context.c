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
