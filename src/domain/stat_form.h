/* Statistics forms that the office keeps beside the shipped ones (insight/form.h): tables of figures, and mappings that
 * fill a superior's workbook, which hangs on the form as its attachment. */
#ifndef DOMAIN_STAT_FORM_H
#define DOMAIN_STAT_FORM_H

#include "domain/change.h"

#define STAT_FORM_FIELDS(X)                                                               \
    RECORD_FIELDS(X, StatForm)                                                            \
    X(StatForm, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER) \
    X(StatForm, TEXT, code, "表号", "Code", 40, REQUIRED | LISTED | SEARCHED, -)          \
    X(StatForm, TEXT, title, "表名", "Title", 120, REQUIRED | LISTED | SEARCHED, -)       \
    X(StatForm, FLAG, fills, "填报上级工作簿", "Fills a workbook", 0, LISTED, -)          \
    X(StatForm, LONG, body, "表样（JSON）", "Form (JSON)", 30000, REQUIRED | BY_ENTRY, -) \
    X(StatForm, TEXT, note, "说明", "Note", 200, BY_ENTRY | LISTED, -)
FIELDS_DECLARE(StatForm, STAT_FORM_FIELDS);

/* What the body was read as: code, title, whether it maps cells. `body` was checked by form_read(). */
typedef struct StatFormHead {
    Str code, title;
    bool fills;
} StatFormHead;
Status stat_form_keep(Ctx *c, const StatForm *input, const StatFormHead *head, Changes *out) MUST_CHECK;
Status stat_form_edit(Ctx *c, const StatForm *before, const StatForm *input, FieldSet given, const StatFormHead *head,
    Changes *out) MUST_CHECK;

#endif
