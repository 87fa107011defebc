#include "exchange/archive_rows.h"

#include <assert.h>

static const char kinds[] = { [VALUE_NULL] = 'n', [VALUE_INT] = 'i', [VALUE_TEXT] = 't', [VALUE_BLOB] = 'b' };

static void put_number(StrBuf *b, int bytes, uint64_t n)
{
    for (int i = bytes - 1; i >= 0; i--)
        strbuf_addc(b, (char)(uint8_t)(n >> 8 * i));
}

void rows_put_columns(StrBuf *b, const RowsColumn *columns, size_t count)
{
    assert(count <= ROWS_COLUMNS_MAX);
    put_number(b, 2, count);
    for (size_t i = 0; i < count; i++) {
        strbuf_addc(b, kinds[columns[i].kind]);
        put_number(b, 1, columns[i].name.len);
        strbuf_add(b, columns[i].name);
    }
}

void rows_put_value(StrBuf *b, Value value)
{
    strbuf_addc(b, kinds[value.kind]);
    if (value.kind == VALUE_INT)
        put_number(b, 8, (uint64_t)value.whole);
    if (value.kind != VALUE_TEXT && value.kind != VALUE_BLOB)
        return;
    put_number(b, 4, value.text.len);
    strbuf_add(b, value.text);
}

/* --- reading ---------------------------------------------------------------------------------------------- */

static bool take(Str *rest, size_t len, Str *out)
{
    if (rest->len < len)
        return false;
    *out = str_sub(*rest, 0, len);
    *rest = str_sub(*rest, len, SIZE_MAX);
    return true;
}

static bool take_number(Str *rest, size_t bytes, uint64_t *out)
{
    Str s;
    if (!take(rest, bytes, &s))
        return false;
    *out = 0;
    for (size_t i = 0; i < bytes; i++)
        *out = *out << 8 | (uint8_t)s.ptr[i];
    return true;
}

static bool take_kind(Str *rest, ValueKind *out)
{
    Str letter;
    if (!take(rest, 1, &letter))
        return false;
    for (size_t k = 0; k < sizeof kinds; k++)
        if (kinds[k] == *letter.ptr) {
            *out = (ValueKind)k;
            return true;
        }
    return false;
}

bool rows_name_is_plain(Str name)
{
    if (name.len == 0 || name.len > ROWS_NAME_MAX || name.ptr[0] < 'a' || name.ptr[0] > 'z')
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char ch = name.ptr[i];
        if (!((ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '_'))
            return false;
    }
    return true;
}

static Status no_rows(Ctx *c)
{
    return fail(c, ST_BROKEN, "内容不成行列", "its body is no rows of a table");
}

Status archive_rows_open(Ctx *c, Str message, RowsReader *out)
{
    uint64_t count, len;
    out->rest = message;
    if (!take_number(&out->rest, 2, &count) || count == 0 || count > ROWS_COLUMNS_MAX)
        return no_rows(c);
    out->count = (size_t)count;
    for (size_t i = 0; i < out->count; i++) {
        RowsColumn *column = &out->columns[i];
        if (!take_kind(&out->rest, &column->kind) || column->kind == VALUE_NULL || !take_number(&out->rest, 1, &len) ||
            !take(&out->rest, (size_t)len, &column->name) || !rows_name_is_plain(column->name))
            return no_rows(c);
    }
    return ST_OK;
}

static bool take_value(Str *rest, Value *out)
{
    uint64_t n = 0;
    *out = (Value){ 0 };
    if (!take_kind(rest, &out->kind))
        return false;
    if (out->kind == VALUE_NULL)
        return true;
    if (!take_number(rest, out->kind == VALUE_INT ? 8 : 4, &n))
        return false;
    if (out->kind == VALUE_INT) {
        out->whole = (int64_t)n;
        return true;
    }
    return take(rest, (size_t)n, &out->text) && (out->kind != VALUE_TEXT || str_is_text(out->text));
}

Status archive_rows_next(Ctx *c, RowsReader *r, Value *values, bool *has)
{
    *has = r->rest.len > 0;
    for (size_t i = 0; *has && i < r->count; i++)
        if (!take_value(&r->rest, &values[i]) || (values[i].kind != VALUE_NULL && values[i].kind != r->columns[i].kind))
            return no_rows(c);
    return ST_OK;
}
