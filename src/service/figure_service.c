#include "insight/indicator.h"

#include "service/figures.h"
#include "service/services.h"

static void put(JsonWriter *w, const char *name, Str value)
{
    json_key(w, str_of(name));
    json_text_or_null(w, value);
}

static void put_doors(Ctx *c, JsonWriter *w, const Indicator *i, Date as_of)
{
    Selection numerator = indicator_numerator(c, i, as_of);
    put(w, "numerator_list", selection_door(c, &numerator));
    if (i->denominator.count == 0)
        return;
    Selection denominator = indicator_denominator(c, i, as_of);
    put(w, "denominator_list", selection_door(c, &denominator));
}

static Status put_figure(Ctx *c, JsonWriter *w, const Indicator *i, Date as_of)
{
    IndicatorValue v;
    TRY(indicator_compute(c, i, as_of, &v));
    if (i->round && v.numerator == 0 && v.denominator == 0)
        return ST_OK; /* that round is not in this ledger */
    json_open_object(w);
    put(w, "id", str_of(i->id));
    json_key(w, S("seed_ref"));
    json_open_list(w);
    if (i->seed_ref)
        json_text(w, str_of(i->seed_ref));
    json_close_list(w);
    put(w, "name", text_in(i->name, c->lang));
    put(w, "definition", text_in(i->definition, c->lang));
    json_key(w, S("value"));
    if (v.known)
        json_real(w, v.value, i->decimals);
    else
        json_null(w);
    json_key(w, S("numerator"));
    json_int(w, v.numerator);
    json_key(w, S("denominator"));
    if (v.is_rate)
        json_int(w, v.denominator);
    else
        json_null(w);
    put(w, "unit", str_of(i->unit));
    json_key(w, S("as_of"));
    json_date(w, as_of ? as_of : c->today);
    json_key(w, S("records"));
    json_int(w, v.numerator);
    json_key(w, S("entered_later"));
    json_int(w, v.later);
    put_doors(c, w, i, as_of);
    json_close_object(w);
    return ST_OK;
}

/* A figure over records that a role never sees is no figure for it: its door would not open. */
Status figures_to_json(Ctx *c, StrBuf *out, Date as_of)
{
    JsonWriter w = json_onto(out);
    json_open_list(&w);
    for (size_t i = 0; i < indicator_count; i++)
        if (sight_of(c->actor->role, indicators[i].entity)->kind != SIGHT_NONE)
            TRY(put_figure(c, &w, &indicators[i], as_of));
    json_close_list(&w);
    return ST_OK;
}

Status figure_service_list(Ctx *c, UseCase *u)
{
    Date as_of = DATE_NONE;
    Str text = usecase_param(u, S("as_of"));
    if (text.len && !date_parse(text, &as_of))
        return fail_field(
            c, S("as_of"), text, T("不是有效的日期", "is no date"), T("例如 2021-10-31", "write it as 2021-10-31"));
    return figures_to_json(c, &u->out, as_of);
}
