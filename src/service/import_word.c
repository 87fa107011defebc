/* Words of a file as values: dates as people write them, yes and no, choices by their labels, amounts in yuan, records
 * by what people call them. */
#include "domain/account.h"
#include "domain/instruction.h"
#include "service/import_row.h"
#include "store/load.h"

#include <string.h>

static Status refuse(Ctx *c, const Field *f, Str value, Text rule, Text remedy)
{
    return fail_field(c, str_of(f->name), value, rule, remedy);
}

/* --- dates: 2021-10-31, 2021/10/31, 2021.10.31, 20211031, 2021年10月31日, a time after it or not ------------------ */

static bool next_number(Str *rest, int64_t *out)
{
    size_t digits = 0;
    while (rest->len && (rest->ptr[0] < '0' || rest->ptr[0] > '9'))
        *rest = str_sub(*rest, 1, SIZE_MAX);
    while (digits < rest->len && rest->ptr[digits] >= '0' && rest->ptr[digits] <= '9')
        digits++;
    bool good = digits > 0 && str_to_int(str_sub(*rest, 0, digits), out);
    *rest = str_sub(*rest, digits, SIZE_MAX);
    return good;
}

static Date date_of_words(Str text)
{
    int64_t year, month, day;
    enum { COMPACT = 8 };
    Str rest = text;
    if (!next_number(&rest, &year))
        return DATE_NONE;
    if (text.len == COMPACT && year > 19000000)
        return date_of((int)(year / 10000), (int)(year / 100 % 100), (int)(year % 100));
    if (!next_number(&rest, &month) || !next_number(&rest, &day) || year > 9999 || month > 12 || day > 31)
        return DATE_NONE;
    return date_of((int)year, (int)month, (int)day);
}

static Status take_date(Ctx *c, const Field *f, Str text, Str *out)
{
    Date day = date_of_words(text);
    *out = date_text(c->arena, day);
    if (day)
        return ST_OK;
    return refuse(c, f, text, T("不是有效的日期", "is no date"),
        T("请写成 2021-10-31，日期早于1900年3月的请以文字填写", "write it as 2021-10-31; as a text before March 1900"));
}

/* --- numbers --------------------------------------------------------------------------------------------------------
 */

/* Digits without the commas and spaces that people put between them. */
static Str plain_digits(Ctx *c, Str text)
{
    StrBuf b = strbuf_in(c->arena);
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != ',' && text.ptr[i] != ' ')
            strbuf_addc(&b, text.ptr[i]);
    return strbuf_str(&b);
}

static Status take_whole(Ctx *c, const Field *f, Str text, Str *out)
{
    Str digits = plain_digits(c, text);
    Str whole;
    int64_t n;
    str_cut(&digits, '.', &whole);
    while (digits.len && digits.ptr[0] == '0')
        digits = str_sub(digits, 1, SIZE_MAX);
    *out = whole;
    if (digits.len == 0 && str_to_int(whole, &n))
        return ST_OK;
    return refuse(c, f, text, T("不是整数", "is no whole number"), T("请只填写数字", "write digits only"));
}

/* Yuan, or tens of thousands of them, as fen: exactly, or not at all. */
static Status take_money(Ctx *c, const Field *f, Str text, int scale, Str *out)
{
    Str rest = plain_digits(c, text), whole = STR_NONE;
    int64_t fen_a_unit = 100 * (int64_t)scale;
    int64_t yuan = 0, part = 0;
    str_cut(&rest, '.', &whole);
    bool good = str_to_int(whole, &yuan) && yuan >= 0 && yuan < INT64_MAX / fen_a_unit / 2;
    for (size_t i = 0; good && i < rest.len; i++) {
        fen_a_unit /= 10;
        int digit = rest.ptr[i] - '0';
        good = digit >= 0 && digit <= 9 && (fen_a_unit > 0 || digit == 0);
        part += digit * fen_a_unit;
    }
    *out = str_format(c->arena, "%lld", (long long)(yuan * 100 * scale + part));
    if (good)
        return ST_OK;
    return refuse(c, f, text, T("不是金额，或精确到分以下", "is no amount, or finer than a fen"),
        scale == 1 ? T("请以元为单位填写，最多两位小数", "write yuan with at most two decimals")
                   : T("请以万元为单位填写，最多六位小数", "write tens of thousands with at most six decimals"));
}

/* --- words ------------------------------------------------------------------------------------ */

static Status take_flag(Ctx *c, const Field *f, Str text, Str *out)
{
    static const char *const yes[] = { "是", "√", "true", "1", "Yes", "yes", "Y", "有" };
    static const char *const no[] = { "否", "×", "false", "0", "No", "no", "N", "无" };
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        if (str_eq(text, str_of(yes[i])))
            *out = S("true");
        else if (str_eq(text, str_of(no[i])))
            *out = S("false");
        else
            continue;
        return ST_OK;
    }
    return refuse(c, f, text, T("应为“是”或“否”", "is neither yes nor no"), T("请填写是或否", "write yes or no"));
}

static Text all_choices(Ctx *c, const Choices *choices)
{
    StrBuf zh = strbuf_in(c->arena);
    StrBuf en = strbuf_in(c->arena);
    for (int32_t i = 1; i < choices->count; i++) {
        strbuf_addf(&zh, "%s%s", i > 1 ? "、" : "", choices->items[i].label.zh);
        strbuf_addf(&en, "%s%s", i > 1 ? ", " : "", choices->items[i].label.en);
    }
    Str words = c->lang == LANG_ZH ? strbuf_str(&zh) : strbuf_str(&en);
    return text_format(c, "请填写其中之一：%.*s", "one of: %.*s", STR_ARG(words));
}

static Status take_choice(Ctx *c, const Field *f, Str text, Str *out)
{
    for (int32_t i = 1; i < f->choices->count; i++) {
        const Choice *one = &f->choices->items[i];
        if (!str_eq(text, str_of(one->name)) && !str_eq(text, str_of(one->label.zh)) &&
            !str_eq(text, str_of(one->label.en)))
            continue;
        *out = str_of(one->name);
        return ST_OK;
    }
    return refuse(c, f, text, T("不在可选范围之内", "is none of the choices"), all_choices(c, f->choices));
}

/* --- records by what people call them -------------------------------------------------------------------------------
 */

static Status ids_where(Ctx *c, EntityKind kind, int field, Str text, Str *id, size_t *count)
{
    Selection sel = selection_of(kind);
    void *records;
    selection_is(&sel, field, value_text(text));
    sel.unordered = true;
    TRY(selection_load(c, &sel, 50, &records, count));
    *id = *count ? record_id(records) : STR_NONE;
    return ST_OK;
}

/* By its id, the code of a unit, or its name: those that the actor sees. */
static Status take_reference(Ctx *c, const ImportJob *job, const Field *f, Str text, Str *out)
{
    EntityKind kind = (EntityKind)f->refers;
    const Entity *e = entity_of(kind);
    size_t count = 0;
    if (id_is_valid(text)) {
        TRY(ids_where(c, kind, Record_id, text, out, &count));
        if (count == 0 && kind == ENTITY_ORGANISER) {
            *out = job->import->organiser; /* the one of another ledger */
            count = 1;
        }
    }
    if (count == 0 && kind == ENTITY_UNIT)
        TRY(ids_where(c, kind, Unit_code, text, out, &count));
    if (count == 0)
        TRY(ids_where(c, kind, e->title, text, out, &count));
    if (count == 1)
        return ST_OK;
    const char *label = c->lang == LANG_ZH ? e->label.zh : e->label.en;
    if (count > 1)
        return refuse(c, f, text, text_format(c, "有多个同名的%s", "there are several: %s", label),
            T("请改填代码或标识", "write the code or the id"));
    bool own = kind == job->kind->kind;
    return refuse(c, f, text, text_format(c, "系统中没有这个%s", "is no %s of the ledger", label),
        own ? T("请核对名称，或先登记；就在本文件中的，先导入那一行，再导入未通过的行，或者不核对直接导入",
                  "check the name, or enter it first; where it is a row of this file, import that and then the rows "
                  "refused, or import without a check")
            : T("请核对名称，或先登记", "check the name, or enter it first"));
}

static bool is_nothing(Str text)
{
    return text.len == 0 || str_eq(text, S("未记载")) || str_eq(text, S("—"));
}

Status import_word(
    Ctx *c, const ImportJob *job, const Field *f, const ImportCell *cell, int scale, bool exact, Str *out)
{
    Str text = f->type == FT_LONG ? cell->text : str_trim(cell->text);
    *out = STR_NONE;
    if (is_nothing(text))
        return ST_OK;
    switch (f->type) {
    case FT_DATE:
        return take_date(c, f, text, out);
    case FT_INT:
        return take_whole(c, f, text, out);
    case FT_MONEY:
        return exact ? take_whole(c, f, text, out) : take_money(c, f, text, scale, out);
    case FT_FLAG:
        return take_flag(c, f, text, out);
    case FT_CHOICE:
        return take_choice(c, f, text, out);
    case FT_REF:
        if (f->refers != ENTITY_NONE)
            return take_reference(c, job, f, text, out);
        break; /* the record's own id */
    case FT_TEXT:
    case FT_LONG:
    case FT_INSTANT:
    case FT_BYTES:
    case FT_SECRET:
        break;
    }
    *out = text;
    return ST_OK;
}
