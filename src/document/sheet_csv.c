/* Comma-separated values as RFC 4180 has them and as people save them. */
#include "document/sheet_parts.h"

#include <iconv.h>
#include <string.h>

/* --- the encoding ------------------------------------------------------------------------------------------------ */

static int64_t lines_before(Str text, size_t at)
{
    int64_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += text.ptr[i] == '\n' || (text.ptr[i] == '\r' && (i + 1 == text.len || text.ptr[i + 1] != '\n'));
    return line;
}

static Status refuse_nul(Ctx *c, Str text)
{
    const char *nul = text.len ? memchr(text.ptr, '\0', text.len) : NULL;
    if (!nul)
        return ST_OK;
    return fail(c, ST_INVALID, "第%lld行含有NUL字节：不是文本文件，或是没有字节顺序标记的UTF-16",
        "line %lld holds a NUL byte: no text, or UTF-16 without a byte order mark",
        (long long)lines_before(text, (size_t)(nul - text.ptr)));
}

static Status refuse_bytes(Ctx *c, int64_t line, Str encoding)
{
    return fail(c, ST_INVALID, "第%lld行有不合%.*s编码的字节，请另存为UTF-8",
        "line %lld holds bytes that are no %.*s: save it as UTF-8", (long long)line, STR_ARG(encoding));
}

/* No character takes more than twice the bytes in UTF-8 that it has in the encodings we know. */
static Status convert(Ctx *c, Arena *kept, const char *from, Str bytes, Csv *csv)
{
    size_t room = bytes.len * 2, left = bytes.len, free_bytes = room;
    char *to = arena_alloc(kept, room), *out = to,
         *in = (char *)(uintptr_t)bytes.ptr; /* iconv() does not write there */
    iconv_t how = iconv_open("UTF-8", from);
    if (how == (iconv_t)-1)
        return fail(c, ST_BROKEN, "系统不能转换编码%s", "the system cannot convert from %s", from);
    size_t done = iconv(how, &in, &left, &out, &free_bytes);
    iconv_close(how);
    csv->text = (Str){ to, room - free_bytes };
    csv->encoding = str_of(from);
    if (done == (size_t)-1 || left)
        return refuse_bytes(c, lines_before(csv->text, csv->text.len), csv->encoding);
    TRY(refuse_nul(c, csv->text));
    return str_is_text(csv->text) ? ST_OK : refuse_bytes(c, 1, csv->encoding);
}

static Status decode(Ctx *c, Arena *kept, Str bytes, Csv *csv)
{
    Str mark = S("\xef\xbb\xbf");
    if (str_starts(bytes, S("\xff\xfe")))
        return convert(c, kept, "UTF-16LE", str_sub(bytes, 2, SIZE_MAX), csv);
    if (str_starts(bytes, S("\xfe\xff")))
        return convert(c, kept, "UTF-16BE", str_sub(bytes, 2, SIZE_MAX), csv);
    bool marked = str_starts(bytes, mark);
    csv->text = marked ? str_sub(bytes, mark.len, SIZE_MAX) : bytes;
    csv->encoding = S("UTF-8");
    TRY(refuse_nul(c, csv->text));
    if (str_is_text(csv->text))
        return ST_OK;
    return convert(c, kept, "GB18030", csv->text, csv);
}

/* --- the separator ----------------------------------------------------------------------------------------------- */

/* Behind the quoted field that begins at `at`, or at the end of the text. */
static size_t pass_quoted(Str text, size_t at)
{
    for (at++; at < text.len; at++) {
        if (text.ptr[at] != '"')
            continue;
        if (at + 1 == text.len || text.ptr[at + 1] != '"')
            return at + 1;
        at++;
    }
    return text.len;
}

/* That of the first line with any: titles above the table have none. */
static char find_separator(Str text)
{
    static const char choice[] = { ',', ';', '\t' };
    size_t counts[sizeof choice] = { 0 }, best = 0;
    bool begins = true;
    for (size_t i = 0; i < text.len;) {
        char ch = text.ptr[i];
        if (begins && ch == '"') {
            i = pass_quoted(text, i);
            begins = false;
            continue;
        }
        begins = ch == '\n' || ch == '\r';
        if (begins && counts[0] + counts[1] + counts[2])
            break;
        for (size_t k = 0; k < sizeof choice; k++) {
            counts[k] += ch == choice[k];
            begins |= ch == choice[k];
        }
        i++;
    }
    for (size_t k = 1; k < sizeof choice; k++)
        if (counts[k] > counts[best])
            best = k;
    return choice[best];
}

Status csv_open(Ctx *c, Arena *kept, Arena *row_memory, Str bytes, Csv *csv)
{
    *csv = (Csv){ .memory = row_memory };
    if (str_starts(bytes, S("PK\x03\x04")) || package_is_ole(bytes))
        return fail(c, ST_INVALID, "这是工作簿，不是CSV", "this is a workbook, no CSV");
    TRY(decode(c, kept, bytes, csv));
    csv->separator = find_separator(csv->text);
    csv_rewind(csv);
    return ST_OK;
}

void csv_rewind(Csv *csv)
{
    csv->at = 0;
    csv->row = 0;
    csv->line = 1;
    csv->count = 0;
}

/* --- fields ------------------------------------------------------------------------------------------------------ */

static bool ends_field(const Csv *csv, char ch)
{
    return ch == csv->separator || ch == '\n' || ch == '\r';
}

static Str plain_field(Csv *csv)
{
    size_t start = csv->at;
    while (csv->at < csv->text.len && !ends_field(csv, csv->text.ptr[csv->at]))
        csv->at++;
    return str_sub(csv->text, start, csv->at - start);
}

/* Up to the next quote, which is passed; false when there is none. */
static bool quoted_piece(Csv *csv, Str *piece)
{
    const char *from = csv->text.ptr + csv->at;
    const char *quote = memchr(from, '"', csv->text.len - csv->at);
    if (!quote)
        return false;
    *piece = (Str){ from, (size_t)(quote - from) };
    csv->line += lines_before(*piece, piece->len) - 1;
    csv->at += piece->len + 1;
    return true;
}

/* A doubled quote is one; what follows the closing quote belongs to the field, as Excel has it. */
static Status quoted_field(Ctx *c, Csv *csv, Str *out)
{
    int64_t line = csv->line;
    StrBuf b = strbuf_in(csv->memory);
    Str piece;
    csv->at++;
    for (bool first = true;; first = false) {
        if (!quoted_piece(csv, &piece))
            return fail(c, ST_INVALID, "第%lld行的引号没有结束", "the quote in line %lld has no end", (long long)line);
        bool doubled = csv->at < csv->text.len && csv->text.ptr[csv->at] == '"';
        bool over = !doubled && (csv->at == csv->text.len || ends_field(csv, csv->text.ptr[csv->at]));
        if (first && over) {
            *out = piece;
            return ST_OK;
        }
        strbuf_add(&b, piece);
        if (!doubled)
            break;
        strbuf_addc(&b, '"');
        csv->at++;
    }
    strbuf_add(&b, plain_field(csv));
    *out = strbuf_str(&b);
    return ST_OK;
}

/* As csv_text() in sheet_write.c puts it there. */
static Str without_apostrophe(Str text)
{
    return text.len > 1 && text.ptr[0] == '\'' && strchr("=+-@\t\r'", text.ptr[1]) ? str_sub(text, 1, SIZE_MAX) : text;
}

static Status read_field(Ctx *c, Csv *csv, int column)
{
    Str text;
    if (column >= SHEET_READ_COLUMNS_MAX)
        return fail(c, ST_INVALID, "第%lld行超过%d列", "line %lld has more than %d columns", (long long)csv->line,
            SHEET_READ_COLUMNS_MAX);
    if (csv->at < csv->text.len && csv->text.ptr[csv->at] == '"')
        TRY(quoted_field(c, csv, &text));
    else
        text = plain_field(csv);
    text = without_apostrophe(text);
    if (text.len == 0)
        return ST_OK;
    csv->cells = parts_room(csv->memory, csv->cells, csv->count, &csv->room, sizeof *csv->cells);
    csv->cells[csv->count++] = (SheetCell){ .kind = CELL_TEXT, .column = column, .text = text };
    return ST_OK;
}

/* --- rows -------------------------------------------------------------------------------------------------------- */

static void pass_line_end(Csv *csv)
{
    if (csv->at == csv->text.len)
        return;
    bool both = csv->text.ptr[csv->at] == '\r' && csv->at + 1 < csv->text.len && csv->text.ptr[csv->at + 1] == '\n';
    csv->at += both ? 2 : 1;
    csv->line++;
}

static Status read_row(Ctx *c, Csv *csv)
{
    int column = 0;
    csv->cells = NULL;
    csv->count = csv->room = 0;
    if (++csv->row > SHEET_READ_ROWS_MAX)
        return fail(c, ST_INVALID, "第%lld行：超过%d行", "line %lld: more than %d rows", (long long)csv->line,
            SHEET_READ_ROWS_MAX);
    TRY(read_field(c, csv, column));
    while (csv->at < csv->text.len && csv->text.ptr[csv->at] == csv->separator) {
        csv->at++;
        TRY(read_field(c, csv, ++column));
    }
    pass_line_end(csv);
    return ST_OK;
}

Status csv_next(Ctx *c, Csv *csv, bool *has)
{
    *has = false;
    while (!*has && csv->at < csv->text.len) {
        TRY(read_row(c, csv));
        *has = csv->count > 0;
    }
    return ST_OK;
}
