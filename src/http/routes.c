#include "http/routes.h"

#include "base/json.h"

enum { SMALL = 16 * 1024, FORM = 256 * 1024, PAPERS = 12 * 1024 * 1024 };
static_assert(FORM > 4000 * 4 * 8, "a paper with all its long fields in UTF-8 fits in one request");

#define MOVES(plural, action, use)                 \
    {                                              \
        "POST", plural "/{id}/" action, use, SMALL \
    }
#define MAKES_AND_EDITS(plural, make, edit) \
    { "POST", plural, make, FORM },         \
    {                                       \
        "PATCH", plural "/{id}", edit, FORM \
    }

const Route routes[] = {
    { "POST", "session", USE_LOGIN, SMALL },
    { "GET", "session", USE_SESSION_SHOW, 0 },
    { "DELETE", "session", USE_LOGOUT, 0 },
    { "POST", "session/role", USE_SESSION_ROLE, SMALL },
    { "POST", "session/password", USE_PASSWORD_CHANGE, SMALL },
    { "POST", "session/token", USE_SESSION_TOKEN, SMALL },
    { "GET", "search", USE_SEARCH, 0 },
    { "GET", "tasks", USE_TASK_LIST, 0 },
    { "GET", "tasks/done", USE_TASK_DONE, 0 },
    { "GET", "digest", USE_DIGEST_SHOW, 0 },
    { "GET", "figures", USE_FIGURE_LIST, 0 },
    { "GET", "dashboard", USE_DASHBOARD_SHOW, 0 },
    { "GET", "report", USE_REPORT_SHOW, 0 },
    { "GET", "statistics", USE_FORM_LIST, 0 },
    { "GET", "statistics/{id}", USE_FORM_SHOW, 0 },
    { "GET", "statistics/{id}/export", USE_FORM_EXPORT, 0 },
    { "GET", "figures/{id}", USE_FIGURE_SHOW, 0 },
    { "GET", "figure_sets/{id}/compare", USE_FIGURE_SET_COMPARE, 0 },
    { "GET", "figure_sets/{id}/reconcile", USE_FIGURE_SET_RECONCILE, 0 },
    { "GET", "figures/{id}/breakdown", USE_FIGURE_BREAKDOWN, 0 },
    { "GET", "print", USE_DOCUMENT_PRINT, 0 },
    { "GET", "document_kinds", USE_DOCUMENT_KINDS, 0 },
    { "GET", "document_codes/{id}", USE_DOCUMENT_VERIFY, 0 },
    { "GET", "documents/{id}/file", USE_DOCUMENT_FILE, 0 },
    { "GET", "inspections/{id}/outgoing", USE_DOCUMENT_OUTGOING, 0 },
    { "GET", "inspections/{id}/dossier", USE_DOSSIER_EXPORT, 0 },
    { "GET", "inspections/{id}/dossier_check", USE_DOSSIER_CHECK, 0 },
    { "GET", "templates/{id}/file", USE_TEMPLATE_FILE, 0 },
    { "GET", "audit", USE_AUDIT_LIST, 0 },
    { "GET", "assignments/offices", USE_ASSIGNMENT_OFFICES, 0 },
    { "GET", "workflow", USE_WORKFLOW_SHOW, 0 },
    { "GET", "rule_sets/{id}/rules", USE_RULES_SHOW, 0 },
    { "GET", "evaluations/{id}/scheme", USE_EVALUATION_SCHEME, 0 },
    { "GET", "inspections/{id}/schemes", USE_EVALUATION_SCHEMES, 0 },
    { "GET", "uploads/{id}", USE_UPLOAD_SHOW, 0 },
    { "GET", "attachments/{id}/file", USE_ATTACHMENT_FILE, 0 },
    { "GET", "units/{id}/impact", USE_UNIT_IMPACT, 0 },
    { "GET", "rounds/{id}/adoption", USE_ROUND_ADOPTION, 0 },

    { "GET", "seal_images/{id}/file", USE_SEAL_FILE, 0 },
    { "GET", "rechecks/{id}/estimate", USE_RECHECK_ESTIMATE, 0 },
    { "GET", "workbooks/{id}/file", USE_WORKBOOK_FILE, 0 },
    { "GET", "workbooks/{id}/passphrase", USE_WORKBOOK_PASSPHRASE, 0 },
    { "GET", "imports/{id}/rows", USE_IMPORT_ROWS, 0 },
    { "GET", "imports/{id}/failures", USE_IMPORT_FAILURES, 0 },
    { "GET", "{entity}/template", USE_IMPORT_TEMPLATE, 0 },

    { "GET", "{entity}", USE_RECORD_LIST, 0 },
    { "GET", "{entity}/count", USE_RECORD_COUNT, 0 },
    { "GET", "{entity}/export", USE_RECORD_EXPORT, 0 },
    { "GET", "{entity}/{id}", USE_RECORD_SHOW, 0 },
    { "GET", "{entity}/{id}/history", USE_RECORD_HISTORY, 0 },

    { "POST", "checks", USE_CHECK_RUN, PAPERS },
    { "POST", "documents/returned", USE_DOCUMENT_RETURNED, PAPERS },
    { "POST", "uploads", USE_UPLOAD_BEGIN, SMALL },
    { "POST", "attachments", USE_ATTACHMENT_ADD, SMALL },
    { "POST", "organisers", USE_ORGANISER_ADD, SMALL },
    MAKES_AND_EDITS("people", USE_PERSON_ADD, USE_PERSON_EDIT),
    MAKES_AND_EDITS("accounts", USE_ACCOUNT_ADD, USE_ACCOUNT_EDIT),
    MOVES("accounts", "reset", USE_ACCOUNT_RESET),
    { "POST", "assignments", USE_ASSIGNMENT_GRANT, SMALL },
    MOVES("assignments", "end", USE_ASSIGNMENT_END),
    { "POST", "rule_sets", USE_RULES_PUBLISH, FORM },
    MAKES_AND_EDITS("units", USE_UNIT_REGISTER, USE_UNIT_EDIT),
    MOVES("units", "change", USE_UNIT_CHANGE),
    MOVES("unit_facts", "withdraw", USE_UNIT_TAKE_BACK),
    MOVES("units", "merge", USE_UNIT_MERGE),
    MOVES("units", "abolish", USE_UNIT_ABOLISH),
    MAKES_AND_EDITS("rounds", USE_ROUND_OPEN, USE_ROUND_EDIT),
    MOVES("rounds", "adopt", USE_ROUND_ADOPT),
    { "POST", "teams", USE_TEAM_FORM, SMALL },
    { "POST", "members", USE_MEMBER_ADD, SMALL },
    { "POST", "inspections", USE_INSPECTION_PLAN, SMALL },
    MOVES("inspections", "notify", USE_INSPECTION_NOTIFY),
    MOVES("inspections", "enter", USE_INSPECTION_ENTER),
    MOVES("inspections", "leave", USE_INSPECTION_LEAVE),
    MOVES("inspections", "report", USE_INSPECTION_REPORT),
    MOVES("inspections", "consult", USE_INSPECTION_CONSULT),
    MOVES("inspections", "return", USE_INSPECTION_RETURN),
    MOVES("inspections", "deliberate", USE_INSPECTION_DELIBERATE),
    MOVES("inspections", "hear", USE_INSPECTION_HEAR),
    MOVES("inspections", "follow_up", USE_INSPECTION_FOLLOW_UP),
    MOVES("inspections", "evaluate", USE_INSPECTION_EVALUATE),
    MOVES("inspections", "archive", USE_INSPECTION_ARCHIVE),
    MAKES_AND_EDITS("projects", USE_PROJECT_ENTER, USE_PROJECT_EDIT),
    { "POST", "project_units", USE_PROJECT_UNIT_ADD, SMALL },
    MAKES_AND_EDITS("focuses", USE_FOCUS_ADD, USE_FOCUS_EDIT),
    MAKES_AND_EDITS("authorisations", USE_AUTHORISATION_DRAFT, USE_AUTHORISATION_EDIT),
    MOVES("authorisations", "enforce", USE_AUTHORISATION_ENFORCE),
    MOVES("authorisations", "revoke", USE_AUTHORISATION_REVOKE),
    MAKES_AND_EDITS("papers", USE_PAPER_WRITE, USE_PAPER_EDIT),
    MOVES("papers", "sign", USE_PAPER_SIGN),
    MOVES("papers", "return", USE_PAPER_RETURN),
    MOVES("papers", "revise", USE_PAPER_REVISE),
    MOVES("papers", "drop", USE_PAPER_DROP),
    MOVES("papers", "merge", USE_PAPER_MERGE),
    MOVES("papers", "archive", USE_PAPER_ARCHIVE),
    MAKES_AND_EDITS("findings", USE_FINDING_DRAW, USE_FINDING_EDIT),
    MOVES("findings", "withdraw", USE_FINDING_WITHDRAW),
    MOVES("findings", "ask_revoke", USE_FINDING_ASK_REVOKE),
    MOVES("findings", "revoke", USE_FINDING_REVOKE),
    MOVES("findings", "keep", USE_FINDING_KEEP),
    MAKES_AND_EDITS("feedbacks", USE_FEEDBACK_DRAFT, USE_FEEDBACK_EDIT),
    MOVES("feedbacks", "deliver", USE_FEEDBACK_DELIVER),
    MOVES("feedbacks", "receive", USE_FEEDBACK_RECEIVE),
    { "PATCH", "rectifications/{id}", USE_RECTIFICATION_EDIT, FORM },
    MOVES("rectifications", "start", USE_RECTIFICATION_START),
    MOVES("rectifications", "apply", USE_RECTIFICATION_APPLY),
    MOVES("rectifications", "review", USE_RECTIFICATION_REVIEW),
    MOVES("rectifications", "return", USE_RECTIFICATION_RETURN),
    MOVES("rectifications", "strike", USE_RECTIFICATION_STRIKE),
    MOVES("rectifications", "reopen", USE_RECTIFICATION_REOPEN),
    { "POST", "statements", USE_STATEMENT_ADD, FORM },
    { "POST", "rechecks", USE_RECHECK_DRAW, FORM },
    MOVES("rechecks", "close", USE_RECHECK_CLOSE),
    MOVES("rechecks", "void", USE_RECHECK_VOID),
    { "POST", "recheck_items/{id}/record", USE_RECHECK_RECORD, FORM },
    { "POST", "fact_checks", USE_FACT_CHECK_SEND, FORM },
    { "POST", "fact_checks/{id}/reply", USE_FACT_CHECK_REPLY, FORM },
    { "POST", "fact_checks/{id}/close", USE_FACT_CHECK_CLOSE, FORM },
    MOVES("fact_checks", "void", USE_FACT_CHECK_VOID),
    { "POST", "objections", USE_OBJECTION_FILE, FORM },
    { "POST", "objections/{id}/keep", USE_OBJECTION_KEEP, FORM },
    { "POST", "objections/{id}/amend", USE_OBJECTION_AMEND, FORM },
    { "POST", "objections/{id}/uphold", USE_OBJECTION_UPHOLD, FORM },
    MOVES("objections", "withdraw", USE_OBJECTION_WITHDRAW),
    MAKES_AND_EDITS("effects", USE_EFFECT_STATE, USE_EFFECT_EDIT),
    MOVES("effects", "confirm", USE_EFFECT_CONFIRM),
    MOVES("effects", "reject", USE_EFFECT_REJECT),
    MOVES("effects", "withdraw", USE_EFFECT_WITHDRAW),
    { "POST", "evaluations", USE_EVALUATION_OPEN, FORM },
    { "POST", "evaluations/{id}/count", USE_EVALUATION_COUNT, FORM },
    MOVES("evaluations", "close", USE_EVALUATION_CLOSE),
    { "POST", "evaluations/{id}/settle", USE_EVALUATION_SETTLE, FORM },
    MOVES("evaluations", "void", USE_EVALUATION_VOID),
    { "POST", "evaluation_sheets", USE_SHEET_ADD, FORM },
    { "POST", "evaluation_sheets/{id}/score", USE_SHEET_SCORE, FORM },
    MOVES("evaluation_sheets", "void", USE_SHEET_VOID),
    { "POST", "adjustments", USE_ADJUSTMENT_ASK, FORM },
    MOVES("adjustments", "grant", USE_ADJUSTMENT_GRANT),
    MOVES("adjustments", "refuse", USE_ADJUSTMENT_REFUSE),
    MOVES("adjustments", "withdraw", USE_ADJUSTMENT_WITHDRAW),
    MAKES_AND_EDITS("shares", USE_SHARE_GIVE, USE_SHARE_EDIT),
    MAKES_AND_EDITS("filings", USE_FILING_OPEN, USE_FILING_EDIT),
    MOVES("filings", "submit", USE_FILING_SUBMIT),
    { "POST", "filings/{id}/approve", USE_FILING_APPROVE, FORM },
    { "POST", "filings/{id}/return", USE_FILING_RETURN, FORM },
    { "POST", "filing_reviews/{id}/give", USE_FILING_GIVE, FORM },
    { "POST", "withholdings", USE_WITHHOLDING_ASK, FORM },
    MOVES("withholdings", "grant", USE_WITHHOLDING_GRANT),
    MOVES("withholdings", "refuse", USE_WITHHOLDING_REFUSE),
    MAKES_AND_EDITS("letters", USE_LETTER_DRAFT, USE_LETTER_EDIT),
    MOVES("letters", "issue", USE_LETTER_ISSUE),
    { "POST", "letters/{id}/receive", USE_LETTER_RECEIVE, FORM },
    { "POST", "letters/{id}/reply", USE_LETTER_REPLY, FORM },
    MOVES("letters", "return", USE_LETTER_RETURN),
    MOVES("letters", "close", USE_LETTER_CLOSE),
    MOVES("letters", "drop", USE_LETTER_DROP),
    MAKES_AND_EDITS("talks", USE_TALK_ENTER, USE_TALK_EDIT),
    MOVES("talks", "void", USE_TALK_VOID),
    MAKES_AND_EDITS("talk_parties", USE_TALK_PARTY_ADD, USE_TALK_PARTY_EDIT),
    { "POST", "talk_parties/{id}/reply", USE_TALK_PARTY_REPLY, FORM },
    MOVES("talk_parties", "return", USE_TALK_PARTY_RETURN),
    MOVES("talk_parties", "close", USE_TALK_PARTY_CLOSE),
    MOVES("talk_parties", "void", USE_TALK_PARTY_VOID),
    MAKES_AND_EDITS("legacy_issues", USE_LEGACY_ENTER, USE_LEGACY_EDIT),
    { "POST", "legacy_issues/{id}/close", USE_LEGACY_CLOSE, FORM },
    MOVES("legacy_issues", "void", USE_LEGACY_VOID),
    MAKES_AND_EDITS("supervision_logs", USE_SUPERVISION_LOG_ENTER, USE_SUPERVISION_LOG_EDIT),
    MAKES_AND_EDITS("instructions", USE_INSTRUCTION_ENTER, USE_INSTRUCTION_EDIT),
    MOVES("instructions", "close", USE_INSTRUCTION_CLOSE),
    MAKES_AND_EDITS("instruction_tasks", USE_INSTRUCTION_TASK_ADD, USE_INSTRUCTION_TASK_EDIT),
    { "POST", "findings/past", USE_FINDING_ENTER_PAST, FORM },
    { "POST", "letters/past", USE_LETTER_ENTER_PAST, FORM },
    MOVES("inspections", "catalogue", USE_DOSSIER_CATALOGUE),
    { "PATCH", "dossier_items/{id}", USE_DOSSIER_EDIT, FORM },
    { "POST", "dossier_loans", USE_LOAN_ASK, FORM },
    MOVES("dossier_loans", "grant", USE_LOAN_GRANT),
    MOVES("dossier_loans", "refuse", USE_LOAN_REFUSE),
    MOVES("dossier_loans", "give_back", USE_LOAN_GIVE_BACK),
    MAKES_AND_EDITS("settings", USE_SETTING_ADD, USE_SETTING_EDIT),
    MAKES_AND_EDITS("documents", USE_DOCUMENT_DRAFT, USE_DOCUMENT_EDIT),
    MOVES("documents", "issue", USE_DOCUMENT_ISSUE),
    MOVES("documents", "void", USE_DOCUMENT_VOID),
    { "POST", "templates", USE_TEMPLATE_ADD, PAPERS },
    MOVES("templates", "enforce", USE_TEMPLATE_ENFORCE),
    MOVES("templates", "retire", USE_TEMPLATE_RETIRE),
    { "POST", "seal_images", USE_SEAL_ADD, PAPERS },
    MOVES("seal_images", "enforce", USE_SEAL_ENFORCE),
    MOVES("seal_images", "retire", USE_SEAL_RETIRE),
    { "POST", "figure_sets", USE_FIGURE_SET_FREEZE, FORM },
    MOVES("figure_sets", "publish", USE_FIGURE_SET_PUBLISH),
    MOVES("figure_sets", "void", USE_FIGURE_SET_VOID),
    MAKES_AND_EDITS("forms", USE_FORM_KEEP, USE_FORM_EDIT),
    { "POST", "handovers", USE_TASK_PASS, SMALL },
    { "POST", "workbooks", USE_WORKBOOK_ISSUE, FORM },
    MOVES("workbooks", "void", USE_WORKBOOK_VOID),
    { "POST", "imports", USE_IMPORT_OPEN, FORM },
    MOVES("imports", "check", USE_IMPORT_CHECK),
    MOVES("imports", "run", USE_IMPORT_RUN),
    MOVES("imports", "undo", USE_IMPORT_UNDO),
    { "POST", "{register}", USE_REGISTER_ENTER, FORM },
    { "PATCH", "{register}/{id}", USE_REGISTER_EDIT, FORM },
};
const size_t route_count = sizeof routes / sizeof routes[0];

static bool part_fits(Str pattern, Str part, RouteMatch *m)
{
    if (str_eq(pattern, S("{id}"))) {
        m->id = part;
        return part.len > 0;
    }
    if (str_eq(pattern, S("{entity}")) || str_eq(pattern, S("{register}"))) {
        m->entity = entity_named(part);
        return m->entity && (pattern.len == 8 || m->entity->is_register);
    }
    return str_eq(pattern, part);
}

static bool path_fits(Str pattern, Str path, RouteMatch *m)
{
    Str want, have;
    while (pattern.len) {
        str_cut(&pattern, '/', &want);
        if (!str_cut(&path, '/', &have) || !part_fits(want, have, m))
            return false;
    }
    return path.len == 0;
}

bool route_find(Str method, Str path, RouteMatch *out)
{
    Str root = S("/api/v1/");
    Str rest = str_sub(path, root.len, SIZE_MAX);
    bool known = false;
    *out = (RouteMatch){ .known_path = false };
    if (!str_starts(path, root))
        return false;
    for (size_t i = 0; i < route_count; i++) {
        RouteMatch m = { .route = &routes[i] };
        bool same = str_eq(str_of(routes[i].method), method);
        if ((!same && known) || !path_fits(str_of(routes[i].pattern), rest, &m))
            continue;
        known = true;
        if (!same)
            continue;
        m.known_path = true;
        *out = m;
        return true;
    }
    *out = (RouteMatch){ .known_path = known };
    return false;
}

/* --- the description that programs read --------------------------------------------------------------------- */

static void put(JsonWriter *w, const char *name, const char *value)
{
    json_key(w, str_of(name));
    json_text(w, str_of(value));
}

static const char *json_type(const Field *f)
{
    return f->type == FT_INT || f->type == FT_MONEY ? "integer" : f->type == FT_FLAG ? "boolean" : "string";
}

static void put_field(JsonWriter *w, const Field *f, Lang lang)
{
    json_key(w, str_of(f->name));
    json_open_object(w);
    put(w, "type", json_type(f));
    put(w, "description", lang == LANG_ZH ? f->label.zh : f->label.en);
    if (f->type == FT_DATE)
        put(w, "format", "date");
    if (f->type == FT_INSTANT)
        put(w, "format", "date-time");
    if (f->limit && f->type != FT_CHOICE && f->type != FT_REF) {
        json_key(w, S("maxLength"));
        json_int(w, f->limit);
    }
    if (f->type == FT_CHOICE) {
        json_key(w, S("enum"));
        json_open_list(w);
        for (int32_t i = 1; i < f->choices->count; i++)
            json_text(w, choice_name(f->choices, i));
        json_close_list(w);
    }
    json_close_object(w);
}

static void put_schema(JsonWriter *w, const FieldTable *table, uint16_t flags, Lang lang)
{
    json_open_object(w);
    put(w, "type", "object");
    json_key(w, S("properties"));
    json_open_object(w);
    for (uint16_t i = 0; i < table->count; i++) {
        const Field *f = &table->fields[i];
        if (!(f->flags & HIDDEN) && f->type != FT_BYTES && (!flags || (f->flags & flags)))
            put_field(w, f, lang);
    }
    json_close_object(w);
    json_close_object(w);
}

static void put_operation(JsonWriter *w, const Route *r, Lang lang)
{
    const Operation *op = &operations[r->operation];
    const FieldTable *input = op->input ? op->input : op->entity ? entity_of(op->entity)->table : NULL;
    json_open_object(w);
    put(w, "operationId", op->name);
    put(w, "summary", lang == LANG_ZH ? op->label.zh : op->label.en);
    put(w, "x-need", lang == LANG_ZH ? need_label(op->need).zh : need_label(op->need).en);
    json_key(w, S("x-if-match"));
    json_flag(w, op->flags & VERSIONED);
    if (op->allowed && input) {
        json_key(w, S("requestBody"));
        json_open_object(w);
        json_key(w, S("content"));
        json_open_object(w);
        json_key(w, S("application/json"));
        json_open_object(w);
        json_key(w, S("schema"));
        put_schema(w, input, op->allowed, lang);
        json_close_object(w);
        json_close_object(w);
        json_close_object(w);
    }
    json_key(w, S("responses"));
    json_open_object(w);
    json_key(w, op->flags & MAKES ? S("201") : S("200"));
    json_open_object(w);
    put(w, "description", "OK");
    json_close_object(w);
    json_close_object(w);
    json_close_object(w);
}

static bool pattern_seen(size_t before, const char *pattern)
{
    for (size_t i = 0; i < before; i++)
        if (str_eq(str_of(routes[i].pattern), str_of(pattern)))
            return true;
    return false;
}

static void put_path(Ctx *c, JsonWriter *w, size_t at)
{
    json_key(w, str_format(c->arena, "/api/v1/%s", routes[at].pattern));
    json_open_object(w);
    for (size_t i = at; i < route_count; i++) {
        if (!str_eq(str_of(routes[i].pattern), str_of(routes[at].pattern)))
            continue;
        char *method = str_c(c->arena, str_of(routes[i].method));
        for (char *p = method; *p; p++)
            *p = (char)(*p + 32);
        json_key(w, str_of(method));
        put_operation(w, &routes[i], c->lang);
    }
    json_close_object(w);
}

void routes_to_openapi(Ctx *c, StrBuf *out)
{
    JsonWriter w = json_onto(out);
    json_open_object(&w);
    put(&w, "openapi", "3.0.3");
    json_key(&w, S("info"));
    json_open_object(&w);
    put(&w, "title", "xuncha");
    put(&w, "version", "1");
    json_close_object(&w);
    json_key(&w, S("paths"));
    json_open_object(&w);
    for (size_t i = 0; i < route_count; i++)
        if (!pattern_seen(i, routes[i].pattern))
            put_path(c, &w, i);
    json_close_object(&w);
    json_key(&w, S("components"));
    json_open_object(&w);
    json_key(&w, S("schemas"));
    json_open_object(&w);
    for (int kind = 1; kind < ENTITY_COUNT; kind++) {
        const FieldTable *table = entity_of((EntityKind)kind)->table;
        json_key(&w, str_of(table->name));
        put_schema(&w, table, 0, c->lang);
    }
    json_close_object(&w);
    json_close_object(&w);
    json_close_object(&w);
}
