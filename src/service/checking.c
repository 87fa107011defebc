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

/* Only what the text names is counted: a page of figures is not asked for each time. */
static bool is_named(Ctx *c, const Indicator *i, Str text)
{
    Str name = str_of(i->name.zh);
    return sight_of(c->actor->role, i->entity)->kind != SIGHT_NONE && !i->round && str_chars(name) >= NAME_CHARS_MIN &&
           str_find(text, name, 0) != SIZE_MAX;
}

static Status know(Ctx *c, const Indicator *i, FigureMemo *memo, CheckWish *wish, CheckKnown *list)
{
    IndicatorValue v;
    FigureWish figure = { .as_of = DATE_NONE, .memo = memo };
    char day[DATE_TEXT_LEN];
    TRY(indicator_compute(c, i, &figure, &v));
    if (!v.known)
        return ST_OK;
    date_put(day, c->today);
    list[wish->known_count++] = (CheckKnown){ .name = str_of(i->name.zh),
        .value = (int64_t)(v.value * 1e6 + (v.value < 0 ? -0.5 : 0.5)),
        .unit = str_of(i->unit.zh),
        .decimals = i->decimals,
        .as_of = str_copy(c->arena, (Str){ day, DATE_TEXT_LEN }) };
    return ST_OK;
}

Status checking_known(Ctx *c, Str text, CheckWish *wish)
{
    CheckKnown *list = arena_array_of(c->arena, CheckKnown, indicator_count);
    FigureMemo memo = { .count = 0 };
    *wish = (CheckWish){ .known = list };
    if (!role_may(c->actor->role, NEED_FIGURES))
        return ST_OK; /* who may not read figures gets none told by this door either */
    for (size_t i = 0; i < indicator_count; i++)
        if (is_named(c, &indicators[i], text))
            TRY(know(c, &indicators[i], &memo, wish, list));
    return ST_OK;
}
