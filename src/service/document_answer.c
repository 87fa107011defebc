/* Papers as files of an answer: one, or a folder of several; as docx, or as the PDF that LibreOffice makes of it. */
#include "base/embed.h"
#include "document/package.h"
#include "document/pdf.h"
#include "service/document_fill.h"

EMBED(document_fonts, "data/documents/fonts.conf")

#define DOCX_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
enum { FILES_MAX = PDF_SET_MAX };

/* What was filled while the connection was lent. */
typedef struct AtHand {
    Str title;
    const FilledDocument *files;
    size_t count;
    bool pdf;
} AtHand;

static PdfSetup pdf_setup(const App *app)
{
    return (PdfSetup){ .fontconfig = EMBEDDED(document_fonts), .fonts = app->fonts };
}

static Status read_format(Ctx *c, Str given, bool *pdf)
{
    *pdf = str_eq(given, S("pdf"));
    if (*pdf || given.len == 0 || str_eq(given, S("docx")))
        return ST_OK;
    return fail_field(c, S("format"), given, T("可选 docx、pdf", "is docx or pdf"), T("请选择一种格式", "choose one"));
}

/* --- one or several ---------------------------------------------------------------------------------------------- */

static void answer_one(UseCase *u, Ctx *c, Str name, Str bytes, bool pdf)
{
    u->type = pdf ? "application/pdf" : DOCX_TYPE;
    u->file_name = str_format(c->arena, "%.*s.%s", STR_ARG(name), pdf ? "pdf" : "docx");
    strbuf_add(&u->out, bytes);
}

static Str listing(Ctx *c, const AtHand *h, const PackagePart *parts)
{
    StrBuf b = strbuf_in(c->arena);
    strbuf_addf(&b, "%.*s\n\n", STR_ARG(h->title));
    for (size_t i = 0; i < h->count; i++)
        strbuf_addf(&b, "%.*s\n    SM3 %.*s\n", STR_ARG(parts[i].name),
            STR_ARG(sm3_hex(c->env->crypto, c->arena, parts[i].bytes)));
    return strbuf_str(&b);
}

static Status answer_folder(Ctx *c, UseCase *u, const AtHand *h, const Str *bytes)
{
    PackagePart *parts = arena_array_of(c->arena, PackagePart, h->count + 1);
    for (size_t i = 0; i < h->count; i++)
        parts[i] = (PackagePart){
            str_format(c->arena, "%02zu %.*s.%s", i + 1, STR_ARG(h->files[i].name), h->pdf ? "pdf" : "docx"), bytes[i]
        };
    parts[h->count] = (PackagePart){ S("目录.txt"), listing(c, h, parts) };
    u->type = "application/zip";
    u->file_name = str_format(c->arena, "%.*s.zip", STR_ARG(h->title));
    return package_write(c, parts, h->count + 1, &u->out);
}

static Status answer_files(Ctx *c, UseCase *u, const AtHand *h, const Str *bytes)
{
    if (h->count > 1)
        return answer_folder(c, u, h, bytes);
    answer_one(u, c, h->files[0].name, bytes[0], h->pdf);
    return ST_OK;
}

Status document_answer(Ctx *c, UseCase *u, Str title, const FilledDocument *files, size_t count)
{
    AtHand *h = arena_new_of(c->arena, AtHand);
    Str *bytes = arena_array_of(c->arena, Str, count);
    *h = (AtHand){ .title = title, .files = files, .count = count };
    TRY(read_format(c, usecase_param(u, S("format")), &h->pdf));
    if (count == 0)
        return fail(c, ST_MISSING, "没有可生成的文书", "there is no paper to make");
    if (count > FILES_MAX)
        return fail(c, ST_TOO_BIG, "一次最多生成%d份文书", "at most %d papers at once", FILES_MAX);
    if (h->pdf) {
        u->prepared = h;
        return ST_OK;
    }
    for (size_t i = 0; i < count; i++)
        bytes[i] = files[i].docx;
    return answer_files(c, u, h, bytes);
}

/* --- PDF --------------------------------------------------------------------------------------------------------- */

Status document_pdfs(Ctx *c, const App *app, const PdfInput *in, size_t count, Str *out)
{
    PdfSetup setup = pdf_setup(app);
    return pdf_convert(c, &setup, in, count, out);
}

static Status convert(Ctx *c, UseCase *u, const AtHand *h)
{
    PdfInput *in = arena_array_of(c->arena, PdfInput, h->count);
    Str *bytes = arena_array_of(c->arena, Str, h->count);
    for (size_t i = 0; i < h->count; i++)
        in[i] = (PdfInput){ h->files[i].name, h->files[i].docx };
    TRY(document_pdfs(c, u->app, in, h->count, bytes));
    return answer_files(c, u, h, bytes);
}

Status document_printer_take(Ctx *c, App *app)
{
    if (sem_trywait(&app->printing) == 0)
        return ST_OK;
    Status status =
        fail(c, ST_BUSY, "正在生成另一批PDF，请稍候再试", "another PDF is being made: try again in a moment");
    c->err.retry_after_s = 3;
    return status;
}

void document_printer_leave(App *app)
{
    sem_post(&app->printing);
}

Status document_finish(Ctx *c, UseCase *u)
{
    const AtHand *h = u->prepared;
    if (!h)
        return ST_OK;
    TRY(document_printer_take(c, u->app));
    Status status = convert(c, u, h);
    document_printer_leave(u->app);
    return status;
}

bool document_pdf_possible(Ctx *c, const App *app, Str *why)
{
    PdfSetup setup = pdf_setup(app);
    return pdf_possible(c, &setup, why);
}
