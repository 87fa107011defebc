/* Figures as JSON: what the API, `xuncha figures --json`, forms and frozen sets tell of an indicator. */
#ifndef SERVICE_FIGURES_H
#define SERVICE_FIGURES_H

#include "domain/figure_set.h"
#include "insight/indicator.h"
#include "service/operation.h"

/* The figures array of the contract, within what the actor may see. */
Status figures_to_json(Ctx *c, StrBuf *out, const FigureWish *wish) MUST_CHECK;
/* One figure, as a member of the array or an object of its own: left open for more members. */
Status figure_open_json(Ctx *c, JsonWriter *w, const Indicator *indicator, const FigureWish *wish) MUST_CHECK;
/* as_of and filters among the parameters; the filter lies in the arena. Other parameters are refused, but for those
 * named in `also`, separated by blanks. */
Status figure_wish_read(Ctx *c, const UseCase *u, const char *also, FigureWish *out) MUST_CHECK;
/* A figure over records that a role never sees is no figure for it: its door would not open. */
bool figure_is_seen(const Ctx *c, const Indicator *indicator);
/* False also for a figure of one round that is not in this ledger. */
Status figure_is_told(Ctx *c, const Indicator *indicator, bool *told) MUST_CHECK;
/* Its value as it is shown: "98.71"; STR_NONE for a rate over nothing. */
Str frozen_value(Ctx *c, const FrozenFigure *f);
/* Its value as a text writes it, without its unit: "4119", "98.71"; "—" for a rate over nothing. */
Status figure_text(Ctx *c, const Indicator *indicator, const FigureWish *wish, Str *out) MUST_CHECK;
/* "个", "%": what it counts in. */
Str figure_unit(const Ctx *c, const Indicator *indicator);

#endif
