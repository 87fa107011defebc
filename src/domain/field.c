#include "domain/field.h"

#include <string.h>

int32_t choice_of(const Choices *choices, Str name)
{
    for (int32_t i = 1; i < choices->count; i++)
        if (str_eq(str_of(choices->items[i].name), name))
            return i;
    return 0;
}

Str choice_name(const Choices *choices, int32_t number)
{
    return number > 0 && number < choices->count ? str_of(choices->items[number].name) : STR_NONE;
}

const Field *field_named(const FieldTable *table, Str name)
{
    for (uint16_t i = 0; i < table->count; i++) {
        const char *own = table->fields[i].name;
        if (name.len && strncmp(own, name.ptr, name.len) == 0 && own[name.len] == '\0')
            return &table->fields[i];
    }
    return NULL;
}

int field_index(const FieldTable *table, const Field *field)
{
    return (int)(field - table->fields);
}

/* Letters that differ, place by place, plus the difference in length: enough to catch a slip. */
static size_t name_distance(Str a, Str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    size_t ahead = 0;
    size_t behind = 0;
    while (ahead < shorter && a.ptr[ahead] == b.ptr[ahead])
        ahead++;
    while (behind < shorter - ahead && a.ptr[a.len - 1 - behind] == b.ptr[b.len - 1 - behind])
        behind++;
    size_t longer = a.len > b.len ? a.len : b.len;
    return longer - ahead - behind;
}

Str field_nearest(const FieldTable *table, Str name)
{
    Str best = STR_NONE;
    size_t distance = name.len / 2 + 1;
    for (uint16_t i = 0; i < table->count; i++) {
        Str candidate = str_of(table->fields[i].name);
        size_t d = name_distance(candidate, name);
        if (d < distance) {
            distance = d;
            best = candidate;
        }
    }
    return best;
}

static Str text_of(const Field *f, const void *record)
{
    return *(const Str *)field_of(f, record);
}

bool field_is_empty(const Field *f, const void *record)
{
    const void *at = field_of(f, record);
    switch (f->type) {
    case FT_CHOICE:
        return *(const int32_t *)at == 0;
    case FT_DATE:
        return *(const Date *)at == DATE_NONE;
    case FT_INSTANT:
        return *(const Instant *)at == 0;
    case FT_INT:
    case FT_MONEY:
        return !((const Int *)at)->known;
    case FT_FLAG:
        return !*(const bool *)at;
    case FT_TEXT:
    case FT_LONG:
    case FT_REF:
    case FT_BYTES:
    case FT_SECRET:
        break;
    }
    return text_of(f, record).len == 0;
}

bool field_equal(const Field *f, const void *a, const void *b)
{
    const void *x = field_of(f, a);
    const void *y = field_of(f, b);
    switch (f->type) {
    case FT_CHOICE:
        return *(const int32_t *)x == *(const int32_t *)y;
    case FT_DATE:
        return *(const Date *)x == *(const Date *)y;
    case FT_INSTANT:
        return *(const Instant *)x == *(const Instant *)y;
    case FT_INT:
    case FT_MONEY: {
        const Int *m = x;
        const Int *n = y;
        return m->known == n->known && (!m->known || m->value == n->value);
    }
    case FT_FLAG:
        return *(const bool *)x == *(const bool *)y;
    case FT_TEXT:
    case FT_LONG:
    case FT_REF:
    case FT_BYTES:
    case FT_SECRET:
        break;
    }
    return str_eq(text_of(f, a), text_of(f, b));
}

Value field_value(Arena *arena, const Field *f, const void *record)
{
    const void *at = field_of(f, record);
    switch (f->type) {
    case FT_CHOICE:
        return value_text(choice_name(f->choices, *(const int32_t *)at));
    case FT_DATE:
        return value_date(arena, *(const Date *)at);
    case FT_INSTANT:
        return value_instant(arena, *(const Instant *)at);
    case FT_INT:
    case FT_MONEY:
        return ((const Int *)at)->known ? value_int(((const Int *)at)->value) : value_null();
    case FT_FLAG:
        return value_int(*(const bool *)at);
    case FT_BYTES:
        return text_of(f, record).len ? value_blob(text_of(f, record)) : value_null();
    case FT_TEXT:
    case FT_LONG:
    case FT_REF:
    case FT_SECRET:
        break;
    }
    return value_text(text_of(f, record));
}

ValueKind field_column(const Field *f)
{
    switch (f->type) {
    case FT_INT:
    case FT_MONEY:
    case FT_FLAG:
        return VALUE_INT;
    case FT_BYTES:
        return VALUE_BLOB;
    case FT_TEXT:
    case FT_LONG:
    case FT_CHOICE:
    case FT_REF:
    case FT_DATE:
    case FT_INSTANT:
    case FT_SECRET:
        break;
    }
    return VALUE_TEXT;
}

static Status column_broken(Ctx *c, const Field *f)
{
    return fail(c, ST_BROKEN, "台账中“%s”一栏的内容无法识别，请运行 xuncha verify 核查",
        "the ledger holds something unreadable under \"%s\"; run xuncha verify",
        c->lang == LANG_ZH ? f->label.zh : f->label.en);
}

Status field_take(Ctx *c, const Field *f, Value column, void *record)
{
    void *at = field_at(f, record);
    bool absent = column.kind == VALUE_NULL;
    switch (f->type) {
    case FT_CHOICE: {
        int32_t number = absent ? 0 : choice_of(f->choices, column.text);
        if (!absent && number == 0)
            return column_broken(c, f);
        *(int32_t *)at = number;
        return ST_OK;
    }
    case FT_DATE:
        *(Date *)at = DATE_NONE;
        return absent || date_parse(column.text, (Date *)at) ? ST_OK : column_broken(c, f);
    case FT_INSTANT:
        *(Instant *)at = 0;
        return absent || instant_parse(column.text, (Instant *)at) ? ST_OK : column_broken(c, f);
    case FT_INT:
    case FT_MONEY:
        *(Int *)at = (Int){ column.whole, !absent };
        return ST_OK;
    case FT_FLAG:
        *(bool *)at = !absent && column.whole != 0;
        return ST_OK;
    case FT_TEXT:
    case FT_LONG:
    case FT_REF:
    case FT_BYTES:
    case FT_SECRET:
        break;
    }
    *(Str *)at = absent ? STR_NONE : column.text;
    return ST_OK;
}

/* --- checking what a person gave -------------------------------------------------------------- */

static Str shown_value(const Field *f, Str value)
{
    return f->type == FT_SECRET ? STR_NONE : value;
}

static Status refuse(Ctx *c, const Field *f, Str value, Text rule, Text remedy)
{
    return fail_field(c, str_of(f->name), shown_value(f, value), rule, remedy);
}

static Text choices_remedy(Ctx *c, const Choices *choices)
{
    StrBuf zh = strbuf_in(c->arena);
    StrBuf en = strbuf_in(c->arena);
    strbuf_add(&zh, S("请从下列中选填："));
    strbuf_add(&en, S("give one of: "));
    for (int32_t i = 1; i < choices->count; i++) {
        strbuf_addf(&zh, "%s%s（%s）", i > 1 ? "、" : "", choices->items[i].name, choices->items[i].label.zh);
        strbuf_addf(&en, "%s%s", i > 1 ? ", " : "", choices->items[i].name);
    }
    return T(strbuf_str(&zh).ptr, strbuf_str(&en).ptr);
}

static Status check_text(Ctx *c, const Field *f, Str text)
{
    if (!str_is_text(text))
        return refuse(c, f, STR_NONE, T("含有无法识别的字符", "holds bytes that are no valid text"),
            T("请重新输入这一栏，不要粘贴特殊符号", "type this field again without pasted special characters"));
    if (f->type != FT_LONG && memchr(text.ptr ? text.ptr : "", '\n', text.len))
        return refuse(c, f, text, T("只能填写一行", "takes one line only"), T("请去掉换行", "remove the line breaks"));
    if (f->limit && str_chars(text) > f->limit)
        return refuse(c, f, text,
            text_format(c, "最多%u个字，现有%zu个字", "holds at most %u characters, not %zu", (unsigned)f->limit,
                str_chars(text)),
            T("请缩短后再提交", "shorten it and submit again"));
    return ST_OK;
}

static Status check_ref(Ctx *c, const Field *f, Str text)
{
    if (id_is_valid(text))
        return ST_OK;
    return refuse(c, f, text, T("不是有效的标识", "is no id of a record"),
        T("请从列表中选择，不要手工填写", "choose the record from its list"));
}

static Status check_date(Ctx *c, const Field *f, Str text)
{
    Date ignored;
    if (date_parse(text, &ignored))
        return ST_OK;
    return refuse(c, f, text, T("不是有效的日期", "is no date"),
        T("请按“年-月-日”填写，例如 2021-10-31", "write it as 2021-10-31"));
}

static Status check_choice(Ctx *c, const Field *f, Str text)
{
    if (choice_of(f->choices, text))
        return ST_OK;
    return refuse(c, f, text, T("不在可选项之内", "is not one of the choices"), choices_remedy(c, f->choices));
}

/* A text that a person gave, as the column value it becomes. */
static Status take_text(Ctx *c, const Field *f, Str text, Value *out)
{
    *out = value_text(text);
    if (text.len == 0)
        return ST_OK;
    if (f->type == FT_TEXT || f->type == FT_LONG || f->type == FT_SECRET)
        return check_text(c, f, text);
    if (f->type == FT_REF)
        return check_ref(c, f, text);
    if (f->type == FT_DATE)
        return check_date(c, f, text);
    if (f->type == FT_CHOICE)
        return check_choice(c, f, text);
    Instant ignored;
    if (f->type == FT_INSTANT && instant_parse(text, &ignored))
        return ST_OK;
    return refuse(
        c, f, text, T("不能填写文字", "takes no text"), T("请改填数字或“是、否”", "give a number or true/false"));
}

static Status take_int(Ctx *c, const Field *f, int64_t whole, Str shown, Value *out)
{
    *out = value_int(whole);
    if (f->type != FT_INT && f->type != FT_MONEY)
        return refuse(c, f, shown, T("不能填写数字", "takes no number"), T("请填写文字", "give a text"));
    if (whole < 0)
        return refuse(c, f, shown, T("不能是负数", "may not be negative"), T("请核对数字", "check the number"));
    return ST_OK;
}

Status field_parse(Ctx *c, const Field *f, Str typed, Value *out)
{
    int64_t whole;
    *out = value_null();
    if (typed.len == 0)
        return ST_OK;
    if (f->type == FT_FLAG) {
        bool yes = str_eq(typed, S("true")) || str_eq(typed, S("1"));
        *out = value_int(yes);
        if (yes || str_eq(typed, S("false")) || str_eq(typed, S("0")))
            return ST_OK;
        return refuse(c, f, typed, T("只能是 true 或 false", "is neither true nor false"),
            T("请填写 true 或 false", "write true or false"));
    }
    if (f->type == FT_INT || f->type == FT_MONEY) {
        if (str_to_int(typed, &whole))
            return take_int(c, f, whole, typed, out);
        return refuse(c, f, typed, T("不是整数", "is no whole number"), T("请只填写数字", "write digits only"));
    }
    return take_text(c, f, typed, out);
}

static const char *json_kind(const Ctx *c, JsonKind kind)
{
    static const Text names[] = { { "空值", "nothing" }, { "是否值", "true or false" }, { "整数", "a whole number" },
        { "小数", "a number" }, { "文字", "a text" }, { "列表", "a list" }, { "对象", "an object" } };
    return c->lang == LANG_ZH ? names[kind].zh : names[kind].en;
}

static Status take_json(Ctx *c, const Field *f, const Json *node, Value *out)
{
    *out = value_null();
    if (node->kind == JSON_NULL)
        return ST_OK;
    if (node->kind == JSON_TEXT && f->type != FT_INT && f->type != FT_MONEY && f->type != FT_FLAG)
        return take_text(c, f, node->text, out);
    if (node->kind == JSON_INT && f->type != FT_FLAG)
        return take_int(c, f, node->whole, str_format(c->arena, "%lld", (long long)node->whole), out);
    if (node->kind == JSON_BOOL && f->type == FT_FLAG) {
        *out = value_int(node->flag);
        return ST_OK;
    }
    static const Text wants[] = { [FT_TEXT] = { "文字", "a text" },
        [FT_LONG] = { "文字", "a text" },
        [FT_CHOICE] = { "可选项的名称", "the name of a choice" },
        [FT_REF] = { "标识", "an id" },
        [FT_DATE] = { "日期", "a date" },
        [FT_INSTANT] = { "时间", "an instant" },
        [FT_INT] = { "整数", "a whole number" },
        [FT_MONEY] = { "以分为单位的整数", "a whole number of fen" },
        [FT_FLAG] = { "true 或 false", "true or false" },
        [FT_BYTES] = { "", "" },
        [FT_SECRET] = { "文字", "a text" } };
    Text want = wants[f->type];
    return refuse(c, f, node->kind == JSON_TEXT ? node->text : STR_NONE,
        text_format(c, "应为%s", "must be %s", c->lang == LANG_ZH ? want.zh : want.en),
        text_format(c, "请改正类型（现为%s）", "correct its type (%s was given)", json_kind(c, node->kind)));
}

/* What a refused member said, as far as it is short; of a secret nothing. */
static Str said_in(Ctx *c, const Field *f, const Json *member)
{
    enum { SAID_MAX = 80 };
    StrBuf b = strbuf_in(c->arena);
    if (f && (f->flags & HIDDEN))
        return STR_NONE;
    if (member->kind == JSON_TEXT)
        return str_clip(member->text, SAID_MAX);
    JsonWriter w = json_onto(&b);
    json_tree(&w, member);
    return str_clip(strbuf_str(&b), SAID_MAX);
}

static Status unknown_member(Ctx *c, const FieldTable *table, const Field *f, const Json *member)
{
    Str name = member->key, near = field_nearest(table, name);
    Text remedy = near.len ? text_format(c, "是否应为“%.*s”？", "did you mean \"%.*s\"?", STR_ARG(near))
                           : T("请删去这一项", "leave it out");
    return fail_field(c, name, said_in(c, f, member), T("没有这一项", "is not a field here"), remedy);
}

static Status take_member(
    Ctx *c, const FieldTable *table, uint16_t allowed, const Json *member, void *record, FieldSet *given)
{
    const Field *f = field_named(table, member->key);
    if (!f || (f->flags & HIDDEN))
        return unknown_member(c, table, f, member);
    if (!(f->flags & allowed))
        return fail_field(c, member->key, said_in(c, f, member), T("不能在这里填写", "may not be given here"),
            T("请删去这一项；它由系统生成，或须经相应环节办理",
                "leave it out: it is set by the program or by a move of its own"));
    Value value;
    TRY(take_json(c, f, member, &value));
    if (value.kind == VALUE_TEXT)
        value.text = f->type == FT_LONG && str_trim(value.text).len ? value.text : str_trim(value.text);
    if (value.kind == VALUE_TEXT && value.text.len == 0)
        value = value_null();
    *given |= FIELD_BIT(field_index(table, f));
    return field_take(c, f, value, record);
}

Status record_read(Ctx *c, const FieldTable *table, uint16_t allowed, const Json *object, void *record, FieldSet *given)
{
    *given = 0;
    if (!object || object->kind != JSON_OBJECT)
        return fail(c, ST_MALFORMED, "请求正文应为 JSON 对象", "the body must be a JSON object");
    Status worst = ST_OK;
    for (const Json *m = object->first; m; m = m->next) {
        Status status = take_member(c, table, allowed, m, record, given);
        worst = worst == ST_OK ? status : worst;
    }
    return worst;
}

/* --- whole records ---------------------------------------------------------------------------- */

void *record_new(Ctx *c, const FieldTable *table)
{
    return arena_alloc(c->arena, table->size);
}

static bool is_text_type(FieldType type)
{
    return type == FT_TEXT || type == FT_LONG || type == FT_REF || type == FT_BYTES || type == FT_SECRET;
}

void *record_copy(Ctx *c, const FieldTable *table, const void *record)
{
    void *copy = arena_alloc(c->arena, table->size);
    memcpy(copy, record, table->size);
    for (uint16_t i = 0; i < table->count; i++)
        if (is_text_type(table->fields[i].type)) {
            Str *text = field_at(&table->fields[i], copy);
            *text = str_copy(c->arena, *text);
        }
    return copy;
}

/* Of the fields with all of `flags`, those with one of `wanted` must be there. */
static Status check_given(Ctx *c, const FieldTable *table, uint16_t flags, uint16_t wanted, const void *record)
{
    Status worst = ST_OK;
    for (uint16_t i = 0; i < table->count; i++) {
        const Field *f = &table->fields[i];
        if ((f->flags & flags) == flags && (f->flags & wanted) && f->type != FT_FLAG && field_is_empty(f, record))
            worst = refuse(c, f, STR_NONE,
                text_format(c, "“%s”必须填写", "\"%s\" must be given", c->lang == LANG_ZH ? f->label.zh : f->label.en),
                T("请补充填写", "fill it in"));
    }
    return worst;
}

Status record_check_required(Ctx *c, const FieldTable *table, const void *record)
{
    return check_given(c, table, 0, REQUIRED, record);
}

Status record_check_input(Ctx *c, const FieldTable *table, const void *record)
{
    return check_given(c, table, INPUT, REQUIRED | ASKED, record);
}

static void field_copy(const Field *f, const void *from, void *to)
{
    if (is_text_type(f->type))
        *(Str *)field_at(f, to) = text_of(f, from);
    else if (f->type == FT_CHOICE || f->type == FT_DATE)
        *(int32_t *)field_at(f, to) = *(const int32_t *)field_of(f, from);
    else if (f->type == FT_INSTANT)
        *(Instant *)field_at(f, to) = *(const Instant *)field_of(f, from);
    else if (f->type == FT_FLAG)
        *(bool *)field_at(f, to) = *(const bool *)field_of(f, from);
    else
        *(Int *)field_at(f, to) = *(const Int *)field_of(f, from);
}

void record_overlay(const FieldTable *table, FieldSet set, const void *from, void *to)
{
    for (uint16_t i = 0; i < table->count; i++)
        if (set & FIELD_BIT(i))
            field_copy(&table->fields[i], from, to);
}

FieldSet record_differences(const FieldTable *table, const void *a, const void *b)
{
    FieldSet set = 0;
    for (uint16_t i = 0; i < table->count; i++)
        if (!field_equal(&table->fields[i], a, b))
            set |= FIELD_BIT(i);
    return set;
}

FieldSet record_fields_with(const FieldTable *table, uint16_t flags)
{
    FieldSet set = 0;
    for (uint16_t i = 0; i < table->count; i++)
        if (table->fields[i].flags & flags)
            set |= FIELD_BIT(i);
    return set;
}

void field_to_json(JsonWriter *w, const Field *f, const void *record)
{
    const void *at = field_of(f, record);
    switch (f->type) {
    case FT_CHOICE:
        json_text_or_null(w, choice_name(f->choices, *(const int32_t *)at));
        return;
    case FT_DATE:
        json_date(w, *(const Date *)at);
        return;
    case FT_INSTANT:
        json_instant(w, *(const Instant *)at);
        return;
    case FT_INT:
    case FT_MONEY:
        if (((const Int *)at)->known)
            json_int(w, ((const Int *)at)->value);
        else
            json_null(w);
        return;
    case FT_FLAG:
        json_flag(w, *(const bool *)at);
        return;
    case FT_BYTES:
    case FT_SECRET:
        json_null(w);
        return;
    case FT_TEXT:
    case FT_LONG:
    case FT_REF:
        break;
    }
    json_text_or_null(w, text_of(f, record));
}

void record_members_to_json(JsonWriter *w, const FieldTable *table, FieldSet set, const void *record)
{
    for (uint16_t i = 0; i < table->count; i++) {
        const Field *f = &table->fields[i];
        if (!(set & FIELD_BIT(i)) || (f->flags & HIDDEN) || f->type == FT_BYTES || f->type == FT_SECRET)
            continue;
        json_key(w, str_of(f->name));
        field_to_json(w, f, record);
    }
}

Str record_digest_text(Ctx *c, const FieldTable *table, FieldSet set, const void *record)
{
    StrBuf b = strbuf_in(c->arena);
    strbuf_add(&b, str_of(table->name));
    for (uint16_t i = 0; i < table->count; i++) {
        const Field *f = &table->fields[i];
        if (!(set & FIELD_BIT(i)) || field_is_empty(f, record))
            continue;
        Value v = field_value(c->arena, f, record);
        strbuf_addc(&b, '\n');
        strbuf_add(&b, str_of(f->name));
        strbuf_addc(&b, ' ');
        strbuf_add_int(&b, v.kind == VALUE_INT ? v.whole : (int64_t)v.text.len);
        if (v.kind == VALUE_INT)
            continue;
        strbuf_addc(&b, ' ');
        strbuf_add(&b, v.text);
    }
    return strbuf_str(&b);
}

Digest record_digest(Ctx *c, const FieldTable *table, FieldSet set, const void *record)
{
    Str all = record_digest_text(c, table, set, record);
    return sm3(c->env->crypto, all.ptr, all.len);
}
