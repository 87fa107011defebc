/* checks: the figures of a text that somebody pastes or picks from his disk. A read: nothing of the text is stored or
 * logged, and the file travels in the body of the request instead of as an upload, which would lie on the server. */
#include "service/case.h"
#include "service/checking.h"
#include "service/services.h"

enum {
    TEXT_MAX = 1024 * 1024,     /* bytes of text */
    FILE_MAX = 8 * 1024 * 1024, /* bytes of a docx, which holds pictures too */
};
static_assert(FILE_MAX / 3 * 4 < 12 * 1024 * 1024, "a file in base64 fits in one request");

/* --- the request -------------------------------------------------------------------------------------------------- */

static Status read_file_member(Ctx *c, const Json *file, Str *text)
{
    Str bytes;
    TRY(file_of_member(
        c, file->text, FILE_MAX, T(" docx 或文本文件的内容", "the bytes of a docx or text file"), &bytes));
    Status status = checking_text(c, bytes, text);
    return status == ST_INVALID
               ? blame_field(c, S("file"),
                     T("请选择 docx 或文本文件，或粘贴文字", "choose a docx or text file, or paste the text"))
               : status;
}

static Status read_request(Ctx *c, UseCase *u, Str *text, bool *of_file)
{
    const Json *body;
    TRY(json_read(c, u->body.len ? u->body : S("{}"), &body));
    const Json *given = json_get(body, S("text")), *file = json_get(body, S("file"));
    *of_file = file && file->kind == JSON_TEXT;
    if ((given != NULL) == (file != NULL) || (given && given->kind != JSON_TEXT) || (file && !*of_file))
        return fail_field(c, S("text"), STR_NONE, T("应给出文本或文件之一", "one of text and file is wanted"),
            T("text 为要核对的文字，file 为 docx 或文本文件的 base64",
                "text: what is to be checked; file: a docx or text file in base64"));
    if (file)
        TRY(read_file_member(c, file, text));
    else
        *text = given->text;
    if (text->len > TEXT_MAX)
        return fail(c, ST_TOO_BIG, "文字超过 %d MiB，请分段核对", "the text is larger than %d MiB: check it in parts",
            TEXT_MAX >> 20);
    return ST_OK;
}

/* --- the answer --------------------------------------------------------------------------------------------------- */

static void put(JsonWriter *w, const char *name, Str value)
{
    json_key(w, str_of(name));
    json_text(w, value);
}

static void put_number(JsonWriter *w, const char *name, size_t value)
{
    json_key(w, str_of(name));
    json_int(w, (int64_t)value);
}

/* Offsets count characters, as pages mark them. */
static void put_claim(Ctx *c, JsonWriter *w, const CheckClaim *claim, size_t from)
{
    json_open_object(w);
    put_number(w, "from", from);
    put_number(w, "to", from + str_chars(claim->span));
    put(w, "sentence", claim->sentence);
    put(w, "span", claim->span);
    put(w, "kind", str_of(check_kind_name(claim->kind)));
    put(w, "stated", claim->stated);
    put(w, "computed", claim->computed);
    put(w, "verdict", str_of(check_verdict_name(claim->verdict)));
    put(w, "rule", str_of(check_rule_name(claim->rule)));
    put(w, "rule_title", text_in(check_rule_title(claim->rule), c->lang));
    put(w, "words", claim->words);
    json_close_object(w);
}

static void put_result(Ctx *c, StrBuf *out, Str text, bool of_file, const CheckResult *r)
{
    JsonWriter w = json_onto(out);
    size_t at = 0, chars = 0;
    json_open_object(&w);
    put_number(&w, "numbers", r->numbers);
    put_number(&w, "consistent", r->by_verdict[CHECK_CONSISTENT]);
    put_number(&w, "inconsistent", r->by_verdict[CHECK_INCONSISTENT]);
    put_number(&w, "undecidable", r->by_verdict[CHECK_UNDECIDABLE]);
    json_key(&w, S("more"));
    json_flag(&w, r->more);
    if (of_file)
        put(&w, "text", text);
    json_key(&w, S("claims"));
    json_open_list(&w);
    for (size_t i = 0; i < r->count; i++) {
        chars += str_chars(str_sub(text, at, r->claims[i].span_at - at));
        at = r->claims[i].span_at;
        put_claim(c, &w, &r->claims[i], chars);
    }
    json_close_list(&w);
    json_close_object(&w);
}

Status check_service_run(Ctx *c, UseCase *u)
{
    Str text = STR_NONE;
    bool of_file = false;
    CheckWish wish;
    CheckResult result;
    TRY(read_request(c, u, &text, &of_file));
    TRY(checking_known(c, text, &wish));
    TRY(checking_run(c, text, &wish, &result));
    put_result(c, &u->out, text, of_file, &result);
    return ST_OK;
}
