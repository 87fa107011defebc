/* The five-year report (data/report/five-year.json): paragraphs in which {id} is a figure and {?F05} one whose records
 * are not kept yet. Each figure is computed for this reader, today or as of a day. */
#include "base/embed.h"
#include "service/figures.h"
#include "service/report.h"
#include "service/services.h"

EMBED(five_year_report, "data/report/five-year.json")

static Str words_of(const Ctx *c, const Json *node)
{
    return json_text_or(json_get(node, c->lang == LANG_ZH ? S("zh") : S("en")), STR_NONE);
}

static void put(JsonWriter *w, const char *name, Str value)
{
    json_key(w, str_of(name));
    json_text(w, value);
}

static void put_text(JsonWriter *w, Str text)
{
    if (text.len == 0)
        return;
    json_open_object(w);
    put(w, "text", text);
    json_close_object(w);
}

/* Of the article's figures whose records come later. */
static void put_missing(JsonWriter *w, Str refs)
{
    Str ref;
    json_open_object(w);
    json_key(w, S("missing"));
    json_open_list(w);
    while (str_cut(&refs, ' ', &ref))
        json_text(w, ref);
    json_close_list(w);
    json_close_object(w);
}

static Status put_figure(Ctx *c, JsonWriter *w, Str id, const FigureWish *wish)
{
    const Indicator *i = indicator_named(id);
    bool told = false;
    if (!i)
        return fail(c, ST_BROKEN, "报告中的“%.*s”不是指标", "\"%.*s\" of the report is no figure", STR_ARG(id));
    TRY(figure_is_told(c, i, &told));
    if (!told) {
        put_missing(w, i->seed_ref ? str_of(i->seed_ref) : id);
        return ST_OK;
    }
    json_open_object(w);
    json_key(w, S("figure"));
    TRY(figure_open_json(c, w, i, wish));
    json_close_object(w);
    json_close_object(w);
    return ST_OK;
}

static Status put_paragraph(Ctx *c, JsonWriter *w, Str text, const FigureWish *wish)
{
    json_open_list(w);
    while (text.len) {
        size_t open = str_find(text, S("{"), 0);
        size_t end = open == SIZE_MAX ? SIZE_MAX : str_find(text, S("}"), open);
        if (end == SIZE_MAX) {
            put_text(w, text);
            break;
        }
        Str mark = str_sub(text, open + 1, end - open - 1);
        put_text(w, str_sub(text, 0, open));
        if (str_starts(mark, S("?")))
            put_missing(w, str_sub(mark, 1, SIZE_MAX));
        else
            TRY(put_figure(c, w, mark, wish));
        text = str_sub(text, end + 1, SIZE_MAX);
    }
    json_close_list(w);
    return ST_OK;
}

static Status put_chapter(Ctx *c, JsonWriter *w, const Json *chapter, const FigureWish *wish)
{
    json_open_object(w);
    put(w, "title", words_of(c, json_get(chapter, S("title"))));
    json_key(w, S("paragraphs"));
    json_open_list(w);
    const Json *paragraphs = json_get(chapter, S("paragraphs"));
    for (const Json *p = paragraphs ? paragraphs->first : NULL; p; p = p->next)
        TRY(put_paragraph(c, w, words_of(c, p), wish));
    json_close_list(w);
    json_close_object(w);
    return ST_OK;
}

/* --- as plain text ----------------------------------------------------------------------------------------------- */

static Status add_figure(Ctx *c, StrBuf *out, Str id, const FigureWish *wish)
{
    const Indicator *i = indicator_named(id);
    bool told = false;
    Str value;
    if (i)
        TRY(figure_is_told(c, i, &told));
    if (!told) {
        strbuf_add(out, text_in(T("〔未建账〕", "[not yet recorded]"), c->lang));
        return ST_OK;
    }
    TRY(figure_text(c, i, wish, &value));
    strbuf_add(out, value);
    return ST_OK;
}

static Status add_paragraph(Ctx *c, Str text, const FigureWish *wish, Str *out)
{
    StrBuf b = strbuf_in(c->arena);
    while (text.len) {
        size_t open = str_find(text, S("{"), 0);
        size_t end = open == SIZE_MAX ? SIZE_MAX : str_find(text, S("}"), open);
        strbuf_add(&b, str_sub(text, 0, end == SIZE_MAX ? SIZE_MAX : open));
        if (end == SIZE_MAX)
            break;
        TRY(add_figure(c, &b, str_sub(text, open + 1, end - open - 1), wish));
        text = str_sub(text, end + 1, SIZE_MAX);
    }
    *out = strbuf_str(&b);
    return ST_OK;
}

static size_t count_of(const Json *list)
{
    size_t count = 0;
    for (const Json *item = list ? list->first : NULL; item; item = item->next)
        count++;
    return count;
}

static Status read_chapter(Ctx *c, const Json *chapter, const FigureWish *wish, ReportChapter *out)
{
    const Json *paragraphs = json_get(chapter, S("paragraphs"));
    out->title = words_of(c, json_get(chapter, S("title")));
    out->paragraphs = arena_array_of(c->arena, Str, count_of(paragraphs));
    for (const Json *p = paragraphs ? paragraphs->first : NULL; p; p = p->next)
        TRY(add_paragraph(c, words_of(c, p), wish, &out->paragraphs[out->count++]));
    return ST_OK;
}

Status report_read(Ctx *c, const FigureWish *wish, Report *out)
{
    const Json *report, *chapters;
    TRY(json_read(c, EMBEDDED(five_year_report), &report));
    chapters = json_get(report, S("chapters"));
    *out = (Report){ .title = words_of(c, json_get(report, S("title"))),
        .chapters = arena_array_of(c->arena, ReportChapter, count_of(chapters)) };
    for (const Json *chapter = chapters ? chapters->first : NULL; chapter; chapter = chapter->next)
        TRY(read_chapter(c, chapter, wish, &out->chapters[out->count++]));
    return ST_OK;
}

/* --- for the page ------------------------------------------------------------------------------------------------ */

Status report_service_show(Ctx *c, UseCase *u)
{
    const Json *report;
    FigureWish wish;
    JsonWriter w = json_onto(&u->out);
    TRY(figure_wish_read(c, u, "", &wish));
    TRY(json_read(c, EMBEDDED(five_year_report), &report));
    json_open_object(&w);
    put(&w, "title", words_of(c, json_get(report, S("title"))));
    put(&w, "note", words_of(c, json_get(report, S("note"))));
    json_key(&w, S("as_of"));
    json_date(&w, wish.as_of ? wish.as_of : c->today);
    json_key(&w, S("chapters"));
    json_open_list(&w);
    const Json *chapters = json_get(report, S("chapters"));
    for (const Json *chapter = chapters ? chapters->first : NULL; chapter; chapter = chapter->next)
        TRY(put_chapter(c, &w, chapter, &wish));
    json_close_list(&w);
    json_close_object(&w);
    return ST_OK;
}
