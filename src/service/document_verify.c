/* A paper found by the code that is printed on it: what was issued, whether its file is whole, and whether the records
 * behind it would say the same today. */
#include "document/text_read.h"
#include "service/document_fill.h"
#include "service/script.h"
#include "service/services.h"
#include "store/load.h"

#include <stdlib.h>

enum { LINES_MAX = 20000, TOLD_MAX = 50 };

typedef struct Lines {
    Str *line;
    size_t count;
} Lines;

static Lines lines_of(Ctx *c, Str text)
{
    Lines l = { .line = arena_array_of(c->arena, Str, LINES_MAX) };
    Str line;
    while (l.count < LINES_MAX && str_cut(&text, '\n', &line))
        if (str_trim(line).len)
            l.line[l.count++] = str_trim(line);
    return l;
}

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

/* What `all` has more often than `others`, in the order of all. */
static size_t more_of(Ctx *c, Lines all, Lines others, Str *out)
{
    Str *sorted = arena_array_of(c->arena, Str, others.count);
    bool *used = arena_array_of(c->arena, bool, others.count);
    size_t told = 0;
    for (size_t i = 0; i < others.count; i++)
        sorted[i] = others.line[i];
    qsort(sorted, others.count, sizeof *sorted, by_text);
    for (size_t i = 0; i < all.count && told < TOLD_MAX; i++) {
        Str *hit = bsearch(&all.line[i], sorted, others.count, sizeof *sorted, by_text);
        size_t at = hit ? (size_t)(hit - sorted) : others.count;
        while (at > 0 && at < others.count && str_eq(sorted[at - 1], all.line[i]))
            at--;
        while (at < others.count && used[at] && str_eq(sorted[at], all.line[i]))
            at++;
        if (at < others.count && str_eq(sorted[at], all.line[i]))
            used[at] = true;
        else
            out[told++] = all.line[i];
    }
    return told;
}

static void put_lines(JsonWriter *w, const char *name, const Str *lines, size_t count)
{
    json_key(w, str_of(name));
    json_open_list(w);
    for (size_t i = 0; i < count; i++)
        json_text(w, str_clip(lines[i], 200));
    json_close_list(w);
}

static void put_flag(JsonWriter *w, const char *name, bool flag)
{
    json_key(w, str_of(name));
    json_flag(w, flag);
}

/* The same template with today's records, as whoever issued it saw them: a reader who sees less would be told of
 * changes that are none. ST_MISSING when a record is gone. */
static Status fill_again(Ctx *c, UseCase *u, const Document *d, FilledDocument *out, Str *text)
{
    const Actor *reader = c->actor;
    const Actor everything = script_local_actor(c->arena);
    c->actor = &everything;
    Status status = document_fill(c, u->app, d, document_issue_mark(c, d), out);
    c->actor = reader;
    TRY(status);
    return docx_read(c, out->docx, text);
}

static Status put_comparison(Ctx *c, UseCase *u, JsonWriter *w, const Document *d, const DocumentFile *kept)
{
    FilledDocument now;
    Str text, *told = arena_array_of(c->arena, Str, TOLD_MAX);
    Status status = fill_again(c, u, d, &now, &text);
    bool comparable = status == ST_OK && str_eq(now.template_digest, d->template_digest);
    if (status != ST_OK && status != ST_MISSING && status != ST_DENIED)
        return status;
    if (status != ST_OK)
        ctx_forgive(c);
    put_flag(w, "comparable", comparable);
    if (!comparable)
        return ST_OK;
    put_flag(w, "unchanged", str_eq(text, kept->text));
    if (!role_may(c->actor->role, NEED_DOCUMENT_KEEP))
        return ST_OK; /* that it has changed, not what the records say now */
    put_lines(w, "then", told, more_of(c, lines_of(c, kept->text), lines_of(c, text), told));
    put_lines(w, "now", told, more_of(c, lines_of(c, text), lines_of(c, kept->text), told));
    return ST_OK;
}

static Status put_file(Ctx *c, UseCase *u, JsonWriter *w, const Document *d)
{
    DocumentFile *kept = arena_new_of(c->arena, DocumentFile);
    TRY(document_file_of(c, d, kept));
    put_flag(w, "intact", str_eq(sm3_hex(c->env->crypto, c->arena, kept->docx), d->digest));
    return put_comparison(c, u, w, d, kept);
}

static Status find_by_code(Ctx *c, Str typed, Document *out)
{
    Selection sel = selection_of(ENTITY_DOCUMENT);
    Str code = document_code_read(c->arena, typed), id = STR_NONE;
    if (code.len == 0)
        return fail_field(c, S("code"), typed, T("不是校验码", "is no check code"),
            T("校验码为12位数字和字母，印在文件页脚", "twelve letters and digits, printed at the foot of the paper"));
    selection_is(&sel, Document_code, value_text(code));
    if (sight_of(c->actor->role, ENTITY_DOCUMENT)->kind != SIGHT_NONE)
        TRY(selection_first_id(c, &sel, &id));
    if (id.len == 0)
        return fail(
            c, ST_MISSING, "没有这个校验码的公文，或您无权查看", "no paper with this code, or none that you may see");
    return record_load(c, ENTITY_DOCUMENT, id, 0, out);
}

Status document_service_verify(Ctx *c, UseCase *u)
{
    Document *d = arena_new_of(c->arena, Document);
    JsonWriter w = json_onto(&u->out);
    TRY(find_by_code(c, u->id, d));
    json_open_object(&w);
    json_key(&w, S("document"));
    json_open_object(&w);
    record_members_to_json(&w, &Document_table, ~(FieldSet)0, d);
    json_close_object(&w);
    if (d->state != DOCUMENT_STATE_DRAFT && d->digest.len)
        TRY(put_file(c, u, &w, d));
    json_close_object(&w);
    return ST_OK;
}
