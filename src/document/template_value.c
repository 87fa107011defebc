/* Values as official paper writes them. */
#include "document/template_parts.h"

static const Str digits[] = { S_INIT("〇"), S_INIT("一"), S_INIT("二"), S_INIT("三"), S_INIT("四"), S_INIT("五"),
    S_INIT("六"), S_INIT("七"), S_INIT("八"), S_INIT("九") };
static const Str capitals[] = { S_INIT("零"), S_INIT("壹"), S_INIT("贰"), S_INIT("叁"), S_INIT("肆"), S_INIT("伍"),
    S_INIT("陆"), S_INIT("柒"), S_INIT("捌"), S_INIT("玖") };

/* --- numbers ----------------------------------------------------------------------------------------------------- */

Str number_in_chinese(Arena *arena, int64_t n)
{
    static const Str places[] = { S_INIT("千"), S_INIT("百"), S_INIT("十"), S_INIT("") };
    StrBuf b = strbuf_in(arena);
    if (n < 0 || n > 9999)
        return str_format(arena, "%lld", (long long)n);
    if (n == 0)
        return digits[0];
    bool gap = false, begun = false;
    for (int i = 0, unit = 1000; i < 4; i++, unit /= 10) {
        int digit = (int)(n / unit % 10);
        if (digit == 0) {
            gap = begun;
            continue;
        }
        if (gap)
            strbuf_add(&b, S("零"));
        if (!(digit == 1 && unit == 10 && !begun)) /* 十二, not 一十二 */
            strbuf_add(&b, digits[digit]);
        strbuf_add(&b, places[i]);
        begun = true;
        gap = false;
    }
    return strbuf_str(&b);
}

/* 壹拾万伍仟, 壹万零伍: a zero is read where digits are missing before the next one, but not at the end of a group. */
static void add_whole(StrBuf *b, int64_t yuan)
{
    static const Str places[] = { S_INIT(""), S_INIT("拾"), S_INIT("佰"), S_INIT("仟") };
    static const Str groups[] = { S_INIT(""), S_INIT("万"), S_INIT("亿") };
    int64_t unit = 100000000000;
    bool gap = false, group = false;
    for (int at = 11; at >= 0; at--, unit /= 10) {
        int digit = (int)(yuan / unit % 10);
        if (digit) {
            if (gap)
                strbuf_add(b, capitals[0]);
            strbuf_add(b, capitals[digit]);
            strbuf_add(b, places[at % 4]);
        }
        gap = digit ? false : b->len > 0;
        group = group || digit;
        if (at % 4 == 0 && group) {
            strbuf_add(b, groups[at / 4]);
            gap = group = false;
        }
    }
}

Str money_in_chinese(Arena *arena, int64_t fen)
{
    StrBuf b = strbuf_in(arena);
    int64_t yuan = (fen < 0 ? -fen : fen) / 100, rest = (fen < 0 ? -fen : fen) % 100;
    if (yuan > 999999999999)
        return str_format(arena, "%lld.%02lld元", (long long)(fen / 100), (long long)rest);
    add_whole(&b, yuan);
    if (yuan)
        strbuf_add(&b, S("元"));
    if (rest == 0) {
        strbuf_add(&b, yuan ? S("整") : S("零元整"));
    } else {
        if (rest >= 10)
            strbuf_addf(&b, "%.*s角", STR_ARG(capitals[rest / 10]));
        else if (yuan)
            strbuf_add(&b, capitals[0]);
        if (rest % 10)
            strbuf_addf(&b, "%.*s分", STR_ARG(capitals[rest % 10]));
        else
            strbuf_add(&b, S("整"));
    }
    return fen < 0 ? str_format(arena, "负%.*s", STR_ARG(strbuf_str(&b))) : strbuf_str(&b);
}

static Str with_commas(Arena *arena, int64_t n)
{
    StrBuf b = strbuf_in(arena);
    Str plain = str_format(arena, "%lld", (long long)(n < 0 ? -n : n));
    if (n < 0)
        strbuf_addc(&b, '-');
    for (size_t i = 0; i < plain.len; i++) {
        if (i && (plain.len - i) % 3 == 0)
            strbuf_addc(&b, ',');
        strbuf_addc(&b, plain.ptr[i]);
    }
    return strbuf_str(&b);
}

static Str money_text(Arena *arena, int64_t fen, Str format)
{
    if (str_eq(format, S("大写")))
        return money_in_chinese(arena, fen);
    int64_t unit = str_eq(format, S("万元")) ? 1000000 : 100;
    int64_t hundredths = unit == 100 ? fen : (fen + (fen < 0 ? -5000 : 5000)) / 10000;
    const char *sign = hundredths < 0 && hundredths > -100 ? "-" : "";
    int64_t part = hundredths < 0 ? -(hundredths % 100) : hundredths % 100;
    Str whole = with_commas(arena, hundredths / 100);
    return part ? str_format(
                      arena, "%s%.*s.%02lld%s", sign, STR_ARG(whole), (long long)part, unit == 100 ? "元" : "万元")
                : str_format(arena, "%s%.*s%s", sign, STR_ARG(whole), unit == 100 ? "元" : "万元");
}

/* --- dates ------------------------------------------------------------------------------------------------------- */

static Str date_in_chinese(Arena *arena, int year, int month, int day)
{
    StrBuf b = strbuf_in(arena);
    for (int unit = 1000; unit; unit /= 10)
        strbuf_add(&b, digits[year / unit % 10]);
    strbuf_addf(&b, "年%.*s月%.*s日", STR_ARG(number_in_chinese(arena, month)), STR_ARG(number_in_chinese(arena, day)));
    return strbuf_str(&b);
}

static Str date_in_format(Arena *arena, Date date, Str format)
{
    if (!date)
        return STR_NONE;
    int year = date_year(date), month = date_month(date), day = date_day(date);
    if (str_eq(format, S("汉字")))
        return date_in_chinese(arena, year, month, day);
    if (str_eq(format, S("点")))
        return str_format(arena, "%d.%d.%d", year, month, day);
    if (str_eq(format, S("年月")))
        return str_format(arena, "%d年%d月", year, month);
    if (str_eq(format, S("年")))
        return str_format(arena, "%d", year);
    return str_format(arena, "%d年%d月%d日", year, month, day);
}

/* --- the door ---------------------------------------------------------------------------------------------------- */

const Str *slot_formats(SlotType type, size_t *count)
{
    static const Str dates[] = { S_INIT(""), S_INIT("年月日"), S_INIT("汉字"), S_INIT("点"), S_INIT("年月"),
        S_INIT("年") };
    static const Str amounts[] = { S_INIT(""), S_INIT("元"), S_INIT("万元"), S_INIT("大写") };
    static const Str numbers[] = { S_INIT(""), S_INIT("汉字"), S_INIT("千分位") };
    static const struct {
        const Str *formats;
        size_t count;
    } known[] = {
        [SLOT_TEXT] = { numbers, 1 },
        [SLOT_DATE] = { dates, sizeof dates / sizeof dates[0] },
        [SLOT_INT] = { numbers, sizeof numbers / sizeof numbers[0] },
        [SLOT_MONEY] = { amounts, sizeof amounts / sizeof amounts[0] },
        [SLOT_FLAG] = { numbers, 1 },
        [SLOT_IMAGE] = { numbers, 1 },
        [SLOT_LIST] = { numbers, 1 },
    };
    *count = known[type].count;
    return known[type].formats;
}

bool slot_format_is_known(SlotType type, Str format)
{
    size_t count;
    const Str *known = slot_formats(type, &count);
    for (size_t i = 0; i < count; i++)
        if (str_eq(known[i], format))
            return true;
    return false;
}

Str slot_text(Arena *arena, SlotType type, const SlotValue *value, Str format)
{
    switch (type) {
    case SLOT_TEXT:
        return value->text;
    case SLOT_DATE:
        return date_in_format(arena, value->date, format);
    case SLOT_FLAG:
        return value->flag ? S("是") : STR_NONE;
    case SLOT_MONEY:
        return value->number.known ? money_text(arena, value->number.value, format) : STR_NONE;
    case SLOT_INT:
        if (!value->number.known)
            return STR_NONE;
        return str_eq(format, S("汉字"))     ? number_in_chinese(arena, value->number.value)
               : str_eq(format, S("千分位")) ? with_commas(arena, value->number.value)
                                             : str_format(arena, "%lld", (long long)value->number.value);
    case SLOT_IMAGE:
    case SLOT_LIST:
        break;
    }
    return STR_NONE;
}
