#include "service/checking.h"

#include "document/text_read.h"
#include "domain/permission.h"
#include "insight/indicator.h"

Status checking_text(Ctx *c, Str bytes, Str *out)
{
    return text_read(c, bytes, out);
}

Status checking_run(Ctx *c, Str text, const CheckWish *wish, CheckResult *out)
{
    return check_text(c, text, wish, out);
}

/* Short names would meet any sentence: 问题 is no indicator's name in a text. */
enum { NAME_CHARS_MIN = 4 };

static Status know(Ctx *c, const Indicator *i, CheckWish *wish, CheckKnown *list)
{
    IndicatorValue v;
    Str name = str_of(i->name.zh);
    if (sight_of(c->actor->role, i->entity)->kind == SIGHT_NONE || i->round || str_chars(name) < NAME_CHARS_MIN)
        return ST_OK;
    TRY(indicator_compute(c, i, DATE_NONE, &v));
    if (!v.known)
        return ST_OK;
    CheckKnown k = { .name = name, .unit = str_of(i->unit), .decimals = i->decimals };
    k.value = (int64_t)(v.value * 1e6 + (v.value < 0 ? -0.5 : 0.5));
    char day[DATE_TEXT_LEN];
    date_put(day, c->today);
    k.as_of = str_copy(c->arena, (Str){ day, DATE_TEXT_LEN });
    list[wish->known_count++] = k;
    return ST_OK;
}

Status checking_known(Ctx *c, CheckWish *wish)
{
    CheckKnown *list = arena_array_of(c->arena, CheckKnown, indicator_count);
    *wish = (CheckWish){ .known = list };
    if (!role_may(c->actor->role, NEED_FIGURES))
        return ST_OK; /* who may not read figures gets none told by this door either */
    for (size_t i = 0; i < indicator_count; i++)
        TRY(know(c, &indicators[i], wish, list));
    return ST_OK;
}
