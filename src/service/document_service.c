/* Official papers: drafted, issued under their number, printed, found again by their check code. */
#include "document/package.h"
#include "document/text_read.h"
#include "domain/objection.h"
#include "domain/rectification.h"
#include "domain/setting.h"
#include "service/case.h"
#include "service/document_fill.h"
#include "service/services.h"

/* --- drafting and issuing ---------------------------------------------------------------------------------------- */

/* The highest secrecy that this ledger may hold: 内部 unless its administrator says otherwise. */
static Status find_ceiling(Ctx *c, int32_t *out)
{
    Str value;
    bool has;
    TRY(db_query_text(c, SQL_SETTING_FIND, ARGS(value_text(S(SETTING_SECRECY_CEILING))), &value, &has));
    *out = setting_ceiling(has ? value : STR_NONE);
    return ST_OK;
}

/* The highest mark among issued papers of the inspection whose matter a paper of this kind takes up. */
static Status find_least(Ctx *c, DocumentKind kind, Str inspection, SecrecyBounds *out)
{
    DbRows *rows;
    bool has;
    if (!document_tells_findings(kind) || inspection.len == 0)
        return ST_OK;
    TRY(db_query(c, SQL_DOCUMENT_SECRECIES, ARGS(value_text(inspection)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        DocumentKind of = (DocumentKind)choice_of(&document_kinds, row_text(rows, 0));
        int32_t secrecy = choice_of(&secrecies, row_text(rows, 1));
        Int months = row_is_null(rows, 2) ? (Int){ 0, false } : INT_OF(row_int(rows, 2));
        bool longer = secrecy == out->least && (!months.known || months.value > out->least_months.value);
        if (document_tells_findings(of) && (secrecy > out->least || (longer && out->least_months.known))) {
            out->least = secrecy;
            out->least_months = months;
        }
    }
}

Status document_service_draft(Ctx *c, UseCase *u, Changes *out)
{
    const Document *in = u->input;
    Organiser organiser;
    const Entity *subject;
    void *record;
    SecrecyBounds bounds = { .most = SECRECY_INTERNAL };
    TRY(record_load_held(c, ENTITY_ORGANISER, in->organiser, &organiser));
    if (!in->kind)
        return document_draft(c, NULL, NULL, &bounds, in, out); /* told with all that is missing */
    TRY(document_subject(c, (DocumentKind)in->kind, in->record, &subject, &record));
    TRY(find_ceiling(c, &bounds.most));
    if (subject)
        TRY(find_least(c, (DocumentKind)in->kind, record_ref(subject, record, subject->scope.inspection), &bounds));
    return document_draft(c, subject, record, &bounds, in, out);
}

Status document_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Document *before = arena_new_of(c->arena, Document);
    SecrecyBounds bounds = { .most = SECRECY_INTERNAL };
    TRY(record_load(c, ENTITY_DOCUMENT, u->id, u->version, before));
    TRY(find_ceiling(c, &bounds.most));
    TRY(find_least(c, (DocumentKind)before->kind, before->inspection, &bounds));
    return document_edit(c, before, &bounds, u->input, u->given, out);
}

static Status find_numbering(Ctx *c, const Document *now, DocumentNumbering *out)
{
    const Entity *subject;
    void *record;
    Str series, own_series;
    int64_t year, own_year, serial = 0, taken = 0;
    bool has;
    TRY(document_subject(c, (DocumentKind)now->kind, now->record, &subject, &record));
    out->own = document_own_number((DocumentKind)now->kind, record);
    document_series(now, out->own, &series, &year);
    TRY(db_query_int(c, SQL_DOCUMENT_LAST_SERIAL, ARGS(value_text(now->organiser), value_text(series), value_int(year)),
        &out->last, &has));
    if (out->own.len && !document_number_read(out->own, &own_series, &own_year, &serial))
        serial = 0;
    if (out->own.len)
        TRY(db_query_int(c, SQL_DOCUMENT_NUMBER_TAKEN,
            ARGS(value_text(now->organiser), value_text(out->own), value_text(series), value_int(year),
                value_int(serial), value_text(now->id)),
            &taken, &has));
    out->taken = taken > 0;
    return db_query_int(c, SQL_DOCUMENT_SCAN_COUNT, ARGS(value_text(now->id)), &out->scans, &has);
}

/* The number, then the file that shows it, in one transaction. */
static Status issue(Ctx *c, UseCase *u, const Document *now, Changes *out)
{
    Document *after = record_copy(c, &Document_table, now);
    DocumentNumbering numbering = { .taken = false };
    FilledDocument file;
    Str text;
    TRY(find_numbering(c, now, &numbering));
    TRY(document_issue(c, now, &numbering, u->input, after, out));
    TRY(document_fill(c, u->app, after, document_issue_mark(c, after), &file));
    TRY(docx_read(c, file.docx, &text));
    after->template_digest = file.template_digest;
    return document_keep(c, now, after, file.docx, text, u->input, out);
}

Status document_service_decide(Ctx *c, UseCase *u, Changes *out)
{
    Document *now = arena_new_of(c->arena, Document);
    TRY(record_load(c, ENTITY_DOCUMENT, u->id, u->version, now));
    return usecase_action(u) == DO_ISSUE ? issue(c, u, now, out) : document_void(c, now, u->input, out);
}

/* --- as files ---------------------------------------------------------------------------------------------------- */

static Status file_of_record(Ctx *c, UseCase *u, const Document *d, FilledDocument *out)
{
    DocumentFile *kept = arena_new_of(c->arena, DocumentFile);
    if (d->state == DOCUMENT_STATE_DRAFT)
        return document_fill(c, u->app, d, document_watermark(c), out);
    TRY(document_file_of(c, d, kept));
    *out = (FilledDocument){ .name = document_file_name(c, (DocumentKind)d->kind, d->title), .docx = kept->docx };
    return ST_OK;
}

enum { PRINTS_MAX = 200 };

/* "12", or "1-30": copies of a paper whose copies are numbered. */
static Status read_copies(Ctx *c, const Document *d, Str given, int64_t *from, int64_t *to)
{
    Str rest = given, first = STR_NONE;
    str_cut(&rest, '-', &first);
    bool good = str_to_int(str_trim(first), from) && (rest.len == 0 || str_to_int(str_trim(rest), to));
    if (rest.len == 0)
        *to = *from;
    if (!document_counts_copies(d))
        return fail_field(c, S("copy"), given, T("这份公文不编份号", "the copies of this paper are not numbered"),
            T("请去掉份号", "leave it out"));
    if (!good || *from < 1 || *to < *from || (d->copies_made.known && *to > d->copies_made.value))
        return fail_field(c, S("copy"), given,
            text_format(c, "份号应在1至%lld之间", "copies are 1 to %lld", (long long)d->copies_made.value),
            T("例如 12 或 1-30", "write 12 or 1-30"));
    if (*to - *from >= PRINTS_MAX)
        return fail_field(c, S("copy"), given, text_format(c, "一次最多%d份", "%d copies at once", PRINTS_MAX),
            T("请分几次取", "take them in parts"));
    return ST_OK;
}

/* The kept file bears the number of the first copy: the others differ from it in that. */
static Status number_copy(Ctx *c, const FilledDocument *kept, int64_t copy, FilledDocument *out)
{
    StrBuf docx = strbuf_in(c->arena);
    bool found;
    Str number = document_copy_text(c->arena, copy);
    TRY(package_docx_with(c, kept->docx, document_copy_text(c->arena, 1), number, &docx, &found));
    if (!found)
        return fail(c, ST_CONFLICT, "这份公文的模板没有“份号”，不能逐份编号；请在模板中加入{{份号}}",
            "the template of this paper has no 份号: put {{份号}} into it");
    *out = (FilledDocument){ .name = str_format(c->arena, "%.*s-%.*s", STR_ARG(kept->name), STR_ARG(number)),
        .docx = strbuf_str(&docx) };
    return ST_OK;
}

Status document_service_file(Ctx *c, UseCase *u)
{
    Document *d = arena_new_of(c->arena, Document);
    FilledDocument *file = arena_new_of(c->arena, FilledDocument);
    Str copies = usecase_param(u, S("copy"));
    int64_t from = 1, to = 1;
    TRY(record_load(c, ENTITY_DOCUMENT, u->id, 0, d));
    if (copies.len)
        TRY(read_copies(c, d, copies, &from, &to));
    TRY(file_of_record(c, u, d, file));
    if (copies.len == 0)
        return document_answer(c, u, file->name, file, 1);
    FilledDocument *files = arena_array_of(c->arena, FilledDocument, (size_t)(to - from + 1));
    for (int64_t n = from; n <= to; n++)
        TRY(number_copy(c, file, n, &files[n - from]));
    return document_answer(c, u, file->name, files, (size_t)(to - from + 1));
}

/* A form and the report count as of a day, as their pages do. */
static Status read_as_of(Ctx *c, const UseCase *u, const Entity *subject, Date *out)
{
    Str given = usecase_param(u, S("as_of"));
    if (given.len == 0 || (!subject && date_parse(given, out)))
        return ST_OK;
    return subject ? fail_field(c, S("as_of"), given, T("这种文书没有截止日期", "this paper is of no day"),
                         T("请删去", "drop it"))
                   : fail_field(c, S("as_of"), given, T("不是日期", "is no date"),
                         T("写成 2021-10-31", "write it as 2021-10-31"));
}

/* What was issued for the record, else what the record says today. */
static Status print_one(Ctx *c, UseCase *u, DocumentKind kind, Str id, Str organiser, FilledDocument *out)
{
    Document *head = arena_new_of(c->arena, Document);
    const Entity *subject;
    void *record;
    bool issued;
    TRY(document_issued(c, kind, id, head, &issued));
    if (issued && usecase_param(u, S("as_of")).len == 0)
        return file_of_record(c, u, head, out);
    TRY(document_subject(c, kind, id, &subject, &record));
    TRY(document_head(c, kind, subject, record, organiser, head));
    TRY(read_as_of(c, u, subject, &head->dated_on));
    head->record = id;
    return document_fill(c, u->app, head, document_watermark(c), out);
}

static Status read_kind(Ctx *c, Str given, DocumentKind *out)
{
    *out = (DocumentKind)choice_of(&document_kinds, given);
    return *out ? ST_OK
                : fail_field(c, S("kind"), given, T("没有这种文书", "is no kind of paper"),
                      T("可选的文种见 document_kinds", "document_kinds lists them"));
}

static Status only_organiser(Ctx *c, Str *out)
{
    Selection sel = selection_of(ENTITY_ORGANISER);
    return selection_first_id(c, &sel, out);
}

Status document_service_print(Ctx *c, UseCase *u)
{
    Str ids = usecase_param(u, S("record")), organiser = STR_NONE, id;
    FilledDocument *files = arena_array_of(c->arena, FilledDocument, PRINTS_MAX);
    size_t count = 0;
    DocumentKind kind;
    TRY(read_kind(c, usecase_param(u, S("kind")), &kind));
    if (!document_rule(kind)->subject)
        TRY(only_organiser(c, &organiser));
    if (ids.len == 0)
        TRY(print_one(c, u, kind, STR_NONE, organiser, &files[count++]));
    while (str_cut(&ids, ',', &id)) {
        if (count == PRINTS_MAX)
            return fail(c, ST_TOO_BIG, "一次最多生成%d份文书", "at most %d papers at once", PRINTS_MAX);
        TRY(print_one(c, u, kind, id, organiser, &files[count++]));
    }
    return document_answer(
        c, u, str_format(c->arena, "%s（%zu份）", document_kinds.items[kind].label.zh, count), files, count);
}

/* --- the outgoing file of one inspection ------------------------------------------------------------------------- */

typedef struct Outgoing {
    UseCase *u;
    FilledDocument *files;
    size_t count;
} Outgoing;

static Status add_one(Ctx *c, Outgoing *o, DocumentKind kind, Str id)
{
    if (o->count == PRINTS_MAX)
        return fail(
            c, ST_TOO_BIG, "外发文书超过%d份，请分文种生成", "more than %d papers: print them by kind", PRINTS_MAX);
    return print_one(c, o->u, kind, id, STR_NONE, &o->files[o->count++]);
}

static Status add_each(Ctx *c, Outgoing *o, DocumentKind kind, Selection *sel)
{
    Str ids;
    if (sight_of(c->actor->role, sel->entity->kind)->kind == SIGHT_NONE)
        return ST_OK;
    TRY(selection_ids(c, sel, PRINTS_MAX + 1, &ids));
    for (size_t at = 0; at < ids.len; at += ID_LEN)
        TRY(add_one(c, o, kind, str_sub(ids, at, ID_LEN)));
    return ST_OK;
}

static Status add_letters(Ctx *c, Outgoing *o, const Inspection *i)
{
    Str *ids = NULL;
    size_t count;
    TRY(letters_about(c, i->id, &ids, &count));
    for (size_t k = 0; k < count; k++)
        TRY(add_one(c, o, DOCUMENT_LETTER, ids[k]));
    return ST_OK;
}

/* Decisions on objections; one that the unit took back has none. */
static Status add_objections(Ctx *c, Outgoing *o, const Inspection *i)
{
    const Value decided[] = { value_text(S("kept")), value_text(S("amended")), value_text(S("upheld")) };
    Selection sel = selection_of(ENTITY_OBJECTION);
    selection_is(&sel, Objection_inspection, value_text(i->id));
    selection_where(&sel, Objection_state, OP_IN, decided, 3);
    return add_each(c, o, DOCUMENT_OBJECTION, &sel);
}

static Status add_all(Ctx *c, Outgoing *o, const Inspection *i)
{
    Selection decided = selection_of(ENTITY_AUTHORISATION), told = selection_of(ENTITY_FEEDBACK),
              done = selection_of(ENTITY_RECTIFICATION);
    selection_is(&decided, Authorisation_round, value_text(i->round));
    selection_is(&decided, Authorisation_state, value_text(S("in_force")));
    TRY(add_each(c, o, DOCUMENT_AUTHORISATION, &decided));
    TRY(add_one(c, o, DOCUMENT_NOTICE, i->id));
    TRY(add_one(c, o, DOCUMENT_ANNOUNCEMENT, i->id));
    selection_is(&told, Feedback_inspection, value_text(i->id));
    TRY(add_each(c, o, DOCUMENT_FEEDBACK, &told));
    if (i->state < INSPECTION_FED_BACK)
        return ST_OK;
    TRY(add_one(c, o, DOCUMENT_PROBLEM_LIST, i->id));
    TRY(add_one(c, o, DOCUMENT_RECTIFICATION_LIST, i->id));
    TRY(add_letters(c, o, i));
    TRY(add_objections(c, o, i));
    selection_is(&done, Rectification_inspection, value_text(i->id));
    selection_is(&done, Rectification_state, value_text(S("done")));
    return add_each(c, o, DOCUMENT_STRIKE_OFF, &done);
}

Status document_service_outgoing(Ctx *c, UseCase *u)
{
    Inspection *i = arena_new_of(c->arena, Inspection);
    Outgoing o = { .u = u, .files = arena_array_of(c->arena, FilledDocument, PRINTS_MAX) };
    TRY(record_load(c, ENTITY_INSPECTION, u->id, 0, i));
    TRY(add_all(c, &o, i));
    Str title = str_format(c->arena, "%.*s外发文书", STR_ARG(i->unit_name));
    return document_answer(c, u, title, o.files, o.count);
}
