#include "domain/stat_form.h"

FIELDS_DEFINE(StatForm, "forms", STAT_FORM_FIELDS);

static void take_head(StatForm *form, const StatFormHead *head)
{
    form->code = head->code;
    form->title = head->title;
    form->fills = head->fills;
}

Status stat_form_keep(Ctx *c, const StatForm *input, const StatFormHead *head, Changes *out)
{
    StatForm *form = record_copy(c, &StatForm_table, input);
    take_head(form, head);
    TRY(record_check_required(c, &StatForm_table, form));
    change_insert(c, out, ENTITY_STAT_FORM, form);
    return ST_OK;
}

Status stat_form_edit(
    Ctx *c, const StatForm *before, const StatForm *input, FieldSet given, const StatFormHead *head, Changes *out)
{
    StatForm *after = record_copy(c, &StatForm_table, before);
    record_overlay(&StatForm_table, given, input, after);
    take_head(after, head);
    TRY(record_check_required(c, &StatForm_table, after));
    change_update(c, out, ENTITY_STAT_FORM, before, after);
    change_show(c, out, ENTITY_STAT_FORM, after);
    return ST_OK;
}
