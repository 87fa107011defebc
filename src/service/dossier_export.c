/* A finished inspection as a folder that opens without us: the catalogue as a page, every paper as Word and PDF, the
 * lists as workbooks, the attachments as they are, and the digest of each. */
#include "document/docx_tree.h"
#include "document/package.h"
#include "document/pdf.h"
#include "service/document_fill.h"
#include "service/dossier.h"
#include "service/services.h"
#include "store/load.h"

#include <string.h>

enum { FILES_MAX = 12000 };
#define BYTES_MAX ((size_t)512 * 1024 * 1024)

typedef struct ExportFile {
    PackagePart part;
    size_t item; /* of which item; SIZE_MAX: of the whole */
    bool is_docx;
} ExportFile;

typedef struct DossierExport {
    UseCase *u;
    const Inspection *inspection;
    DossierItem *items;
    size_t item_count;
    ExportFile *files;
    size_t count;
    size_t bytes;
    Str why_no_pdf;
} DossierExport;

/* --- files ------------------------------------------------------------------------------------------------------- */

static Status add_file(Ctx *c, DossierExport *x, Str name, Str bytes, size_t item, bool is_docx)
{
    x->bytes += bytes.len;
    if (x->count == FILES_MAX || x->bytes > BYTES_MAX)
        return fail(c, ST_TOO_BIG, "案卷超过%d个文件或512 MiB，请分批从附件页下载",
            "the file has more than %d files or 512 MiB: take the attachments from their pages", FILES_MAX);
    x->files[x->count++] = (ExportFile){ { name, bytes }, item, is_docx };
    return ST_OK;
}

/* "03 问题底稿/012 标题": folders by kind, items by number. */
static Str path_of(Ctx *c, const DossierItem *item, Str name)
{
    return str_format(c->arena, "%02d %s/%03lld %.*s", (int)item->kind, dossier_kinds.items[item->kind].label.zh,
        (long long)item->number.value, STR_ARG(document_safe_name(c, name)));
}

/* The kind of paper that a record of the catalogue is printed as. */
static DocumentKind printed_as(Str subject)
{
    static const struct {
        const char *subject;
        DocumentKind kind;
    } kinds[] = { { "authorisations", DOCUMENT_AUTHORISATION }, { "papers", DOCUMENT_PAPER },
        { "feedbacks", DOCUMENT_FEEDBACK }, { "letters", DOCUMENT_LETTER }, { "rectifications", DOCUMENT_STRIKE_OFF },
        { "fact_checks", DOCUMENT_FACT_CHECK }, { "objections", DOCUMENT_OBJECTION } };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(subject, str_of(kinds[i].subject)))
            return kinds[i].kind;
    return DOCUMENT_KIND_NONE;
}

static Status add_kept(Ctx *c, DossierExport *x, const DossierItem *item, size_t n)
{
    Document *d = arena_new_of(c->arena, Document);
    DocumentFile *file = arena_new_of(c->arena, DocumentFile);
    TRY(record_load(c, ENTITY_DOCUMENT, item->record, 0, d));
    TRY(document_file_of(c, d, file));
    return add_file(
        c, x, str_format(c->arena, "%.*s.docx", STR_ARG(path_of(c, item, item->title))), file->docx, n, true);
}

static Status add_printed(Ctx *c, DossierExport *x, const DossierItem *item, size_t n, DocumentKind kind)
{
    Document *head = arena_new_of(c->arena, Document);
    FilledDocument filled;
    const Entity *subject;
    void *record;
    TRY(document_subject(c, kind, item->record, &subject, &record));
    TRY(document_head(c, kind, subject, record, STR_NONE, head));
    TRY(document_fill(c, x->u->app, head, document_watermark(c), &filled));
    return add_file(
        c, x, str_format(c->arena, "%.*s.docx", STR_ARG(path_of(c, item, item->title))), filled.docx, n, true);
}

static Status add_item(Ctx *c, DossierExport *x, size_t n)
{
    const DossierItem *item = &x->items[n];
    DocumentKind kind = printed_as(item->subject);
    Str name, bytes;
    if (str_eq(item->subject, S("documents")))
        return add_kept(c, x, item, n);
    if (kind)
        return add_printed(c, x, item, n, kind);
    TRY(dossier_evidence(c, x->u->app, item->record, &name, &bytes));
    return add_file(c, x, path_of(c, item, name), bytes, n, false);
}

static Status add_list(Ctx *c, DossierExport *x, EntityKind kind, const char *name)
{
    Param params[] = { { S("inspection"), x->inspection->id }, { S("format"), S("xlsx") } };
    UseCase list = { .op = &operations[USE_RECORD_EXPORT],
        .app = x->u->app,
        .entity = entity_of(kind),
        .params = params,
        .param_count = 2,
        .out = strbuf_in(c->arena) };
    TRY(export_service_list(c, &list));
    return add_file(c, x, str_format(c->arena, "清单/%s.xlsx", name), strbuf_str(&list.out), SIZE_MAX, false);
}

/* --- the page that opens it -------------------------------------------------------------------------------------- */

static void put_cell(StrBuf *b, Str text)
{
    strbuf_add(b, S("<td>"));
    xml_escape(b, text, false);
    strbuf_add(b, S("</td>"));
}

/* A folder and a name may hold blanks and Chinese: browsers take them as they are, but for these. */
static void put_address(StrBuf *b, Str path)
{
    for (size_t i = 0; i < path.len; i++)
        if (strchr("%#?\"", path.ptr[i]))
            strbuf_addf(b, "%%%02X", (unsigned)(unsigned char)path.ptr[i]);
        else
            strbuf_addc(b, path.ptr[i]);
}

static void put_links(StrBuf *b, const DossierExport *x, size_t item)
{
    strbuf_add(b, S("<td>"));
    for (size_t i = 0; i < x->count; i++) {
        if (x->files[i].item != item)
            continue;
        Str name = x->files[i].part.name, rest = name, ending = STR_NONE;
        while (str_cut(&rest, '.', &ending))
            ;
        strbuf_add(b, S("<a href=\""));
        put_address(b, name);
        strbuf_add(b, S("\">"));
        xml_escape(b, str_clip(ending, 8), false);
        strbuf_add(b, S("</a> "));
    }
    strbuf_add(b, S("</td>"));
}

static void put_item(Ctx *c, StrBuf *b, const DossierExport *x, size_t n)
{
    const DossierItem *item = &x->items[n];
    strbuf_add(b, S("<tr>"));
    put_cell(b, str_format(c->arena, "%lld", (long long)item->number.value));
    put_cell(b, str_of(dossier_kinds.items[item->kind].label.zh));
    put_cell(b, item->title);
    put_cell(b, item->maker);
    put_cell(b, item->reference);
    put_cell(b, date_text(c->arena, item->dated_on));
    put_cell(b, str_of(retentions.items[item->retention].label.zh));
    put_cell(b, item->paper ? str_of(paper_copies.items[item->paper].label.zh) : S("未核对"));
    put_cell(b, item->place);
    put_cell(b, item->pages.known ? str_format(c->arena, "%lld", (long long)item->pages.value) : STR_NONE);
    put_links(b, x, n);
    strbuf_add(b, S("</tr>\n"));
}

static Str index_page(Ctx *c, const DossierExport *x)
{
    StrBuf b = strbuf_in(c->arena);
    strbuf_add(&b, S("<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>"));
    xml_escape(&b, x->inspection->unit_name, false);
    strbuf_add(&b, S("巡察案卷</title><style>body{font-family:sans-serif;margin:2em}table{border-collapse:collapse}"
                     "td,th{border:1px solid #888;padding:4px 8px;text-align:left}</style></head><body>\n<h1>"));
    xml_escape(&b, x->inspection->unit_name, false);
    strbuf_add(&b, S("巡察案卷目录</h1>\n<p>"));
    xml_escape(&b, x->inspection->round_name, false);
    strbuf_addf(&b, "，共%zu件，%.*s导出。", x->item_count, STR_ARG(date_text(c->arena, c->today)));
    strbuf_add(&b, x->why_no_pdf.len ? S("未生成PDF。") : STR_NONE);
    strbuf_add(&b, S("清单见“清单”文件夹；每个文件的摘要（SM3）见“摘要.txt”。</p>\n<table><tr><th>件号<th>类别<th>题名"
                     "<th>责任者<th>文号<th>日期<th>保管期限<th>纸质件<th>存放位置<th>页数<th>文件</tr>\n"));
    for (size_t i = 0; i < x->item_count; i++)
        put_item(c, &b, x, i);
    strbuf_add(&b, S("</table></body></html>\n"));
    return strbuf_str(&b);
}

static Str digest_list(Ctx *c, const DossierExport *x)
{
    StrBuf b = strbuf_in(c->arena);
    for (size_t i = 0; i < x->count; i++)
        strbuf_addf(&b, "%.*s  %.*s\n", STR_ARG(sm3_hex(c->env->crypto, c->arena, x->files[i].part.bytes)),
            STR_ARG(x->files[i].part.name));
    return strbuf_str(&b);
}

/* --- out --------------------------------------------------------------------------------------------------------- */

Status dossier_service_export(Ctx *c, UseCase *u)
{
    DossierExport *x = arena_new_of(c->arena, DossierExport);
    Inspection *i = arena_new_of(c->arena, Inspection);
    *x = (DossierExport){ .u = u, .inspection = i, .files = arena_array_of(c->arena, ExportFile, FILES_MAX) };
    TRY(record_load(c, ENTITY_INSPECTION, u->id, 0, i));
    TRY(dossier_items(c, i->id, &x->items, &x->item_count));
    if (x->item_count == 0)
        return fail(c, ST_CONFLICT, "还没有编制案卷目录，请先编制", "there is no catalogue yet: draw it up first");
    for (size_t n = 0; n < x->item_count; n++)
        TRY(add_item(c, x, n));
    TRY(add_list(c, x, ENTITY_FINDING, "问题"));
    TRY(add_list(c, x, ENTITY_RECTIFICATION, "整改台账"));
    u->prepared = x;
    return ST_OK;
}

/* At most PDF_SET_MAX at a time. */
static Status add_pdfs(Ctx *c, DossierExport *x)
{
    size_t files = x->count, at = 0;
    while (at < files) {
        PdfInput in[PDF_SET_MAX];
        Str pdf[PDF_SET_MAX];
        size_t which[PDF_SET_MAX], count = 0;
        for (; at < files && count < PDF_SET_MAX; at++)
            if (x->files[at].is_docx) {
                which[count] = at;
                in[count++] = (PdfInput){ x->files[at].part.name, x->files[at].part.bytes };
            }
        if (count == 0)
            break;
        TRY(document_pdfs(c, x->u->app, in, count, pdf));
        for (size_t i = 0; i < count; i++) {
            Str name = x->files[which[i]].part.name;
            Str stem = str_sub(name, 0, name.len - S(".docx").len);
            TRY(add_file(
                c, x, str_format(c->arena, "%.*s.pdf", STR_ARG(stem)), pdf[i], x->files[which[i]].item, false));
        }
    }
    return ST_OK;
}

Status dossier_export_finish(Ctx *c, UseCase *u)
{
    DossierExport *x = u->prepared;
    if (document_pdf_possible(c, u->app, &x->why_no_pdf)) {
        TRY(document_printer_take(c, u->app));
        Status status = add_pdfs(c, x);
        document_printer_leave(u->app);
        TRY(status);
    }
    PackagePart *parts = arena_array_of(c->arena, PackagePart, x->count + 2);
    parts[0] = (PackagePart){ S("index.html"), index_page(c, x) };
    parts[1] = (PackagePart){ S("摘要.txt"), digest_list(c, x) };
    for (size_t i = 0; i < x->count; i++)
        parts[i + 2] = x->files[i].part;
    u->type = "application/zip";
    u->file_name = str_format(c->arena, "%.*s案卷.zip", STR_ARG(x->inspection->unit_name));
    return package_write(c, parts, x->count + 2, &u->out);
}
