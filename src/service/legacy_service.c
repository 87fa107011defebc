/* Old unresolved matters. */
#include "domain/legacy.h"

#include "service/case.h"
#include "service/services.h"

static Status load_links(Ctx *c, const LegacyIssue *in, LegacyLinks *out)
{
    Finding finding;
    Rectification item;
    *out = (LegacyLinks){ .item_unit = STR_NONE };
    if (in->finding.len) {
        TRY(record_load(c, ENTITY_FINDING, in->finding, 0, &finding));
        out->finding_unit = finding.unit;
    }
    if (in->rectification.len) {
        TRY(record_load(c, ENTITY_RECTIFICATION, in->rectification, 0, &item));
        out->item_unit = item.unit;
    }
    return ST_OK;
}

Status legacy_service_enter(Ctx *c, UseCase *u, Changes *out)
{
    const LegacyIssue *in = u->input;
    LegacyLinks links;
    Unit unit;
    Str name;
    TRY(organiser_check(c, in->organiser));
    TRY(record_load(c, ENTITY_UNIT, in->unit, 0, &unit));
    TRY(unit_name_on(c, &unit, in->entered_on ? in->entered_on : c->today, &name));
    TRY(load_links(c, in, &links));
    return legacy_enter(c, in, name, &links, out);
}

Status legacy_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    LegacyIssue before;
    LegacyLinks links;
    TRY(record_load(c, ENTITY_LEGACY_ISSUE, u->id, u->version, &before));
    TRY(load_links(c, u->input, &links));
    return legacy_edit(c, &before, &links, u->input, u->given, out);
}

Status legacy_service_resolve(Ctx *c, UseCase *u, Changes *out)
{
    LegacyIssue now;
    TRY(record_load(c, ENTITY_LEGACY_ISSUE, u->id, u->version, &now));
    return legacy_resolve(c, &now, u->input, out);
}

Status legacy_service_void(Ctx *c, UseCase *u, Changes *out)
{
    LegacyIssue now;
    TRY(record_load(c, ENTITY_LEGACY_ISSUE, u->id, u->version, &now));
    return legacy_void(c, &now, u->input, out);
}
