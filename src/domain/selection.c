#include "domain/selection.h"

#include <assert.h>
#include <string.h>

static const char *const op_names[OP_COUNT] = { "eq", "ne", "lt", "le", "gt", "ge", "in", "has", "absent", "given",
    "above", "below" };

const char *op_name(Op op)
{
    return op_names[op];
}

Selection selection_of(EntityKind kind)
{
    const Entity *e = entity_of(kind);
    return (Selection){ .entity = e,
        .sort = e->sort,
        .down = e->sort_down,
        .limit = LIST_LIMIT,
        .fields = record_fields_with(e->table, LISTED) };
}

void selection_where_via(Selection *sel, int via, int field, Op op, const Value *values, size_t count)
{
    assert(sel->count < PREDICATES_MAX && count <= PREDICATE_VALUES_MAX);
    sel->predicates[sel->count++] = (Predicate){ (int16_t)via, (int16_t)field, op, (uint16_t)count, values };
}

void selection_where(Selection *sel, int field, Op op, const Value *values, size_t count)
{
    selection_where_via(sel, -1, field, op, values, count);
}

/* --- reading what a person or a URL says -------------------------------------------------------- */

static Status unknown_name(Ctx *c, const Selection *sel, Str name)
{
    Str near = field_nearest(sel->entity->table, name);
    return fail_field(c, name, STR_NONE, T("没有这个查询条件", "is no condition of this list"),
        near.len ? text_format(c, "是否应为“%.*s”？", "did you mean \"%.*s\"?", STR_ARG(near))
                 : T("请从列表的字段中选择条件", "use a field of the list"));
}

/* Fields that may be asked about: what is hidden in answers is hidden from questions too. */
static const Field *askable(const FieldTable *table, Str name)
{
    const Field *f = field_named(table, name);
    return f && !(f->flags & HIDDEN) && f->type != FT_BYTES && f->type != FT_SECRET ? f : NULL;
}

static bool op_of(Str name, Op *out)
{
    for (int i = 0; i < OP_COUNT; i++)
        if (str_eq(str_of(op_names[i]), name)) {
            *out = (Op)i;
            return true;
        }
    return false;
}

static Status read_values(Ctx *c, const Field *f, Op op, Str text, Value **values, size_t *count)
{
    *values = arena_array_of(c->arena, Value, PREDICATE_VALUES_MAX);
    *count = 0;
    if (op == OP_ABSENT || op == OP_GIVEN)
        return ST_OK;
    if (op != OP_IN) {
        *count = 1;
        if (op == OP_HAS) {
            (*values)[0] = value_text(text);
            return ST_OK;
        }
        return field_parse(c, f, text, &(*values)[0]);
    }
    Str part;
    while (str_cut(&text, ',', &part)) {
        if (*count == PREDICATE_VALUES_MAX)
            return fail_field(c, str_of(f->name), STR_NONE,
                text_format(c, "最多%d个值", "takes at most %d values", PREDICATE_VALUES_MAX),
                T("请减少所选的值", "choose fewer values"));
        TRY(field_parse(c, f, part, &(*values)[(*count)++]));
    }
    return ST_OK;
}

static bool compares_fields(Op op)
{
    return op == OP_ABOVE || op == OP_BELOW;
}

/* paid_fen.above=estimate_fen: two amounts, or two days. */
static Status read_other_field(Ctx *c, const FieldTable *table, const Field *f, Str name, Value **values, size_t *count)
{
    const Field *other = askable(table, name);
    bool measured = f->type == FT_DATE || f->type == FT_INSTANT || f->type == FT_INT || f->type == FT_MONEY;
    if (!measured || !other || other->type != f->type || other == f)
        return fail_field(c, str_of(f->name), name,
            T("只能与本记录的另一个同类日期或数量比较", "is compared with another date or number of the record"),
            T("请写另一个字段名，如 paid_fen.above=estimate_fen", "name another field: paid_fen.above=estimate_fen"));
    *values = arena_new_of(c->arena, Value);
    **values = value_int(field_index(table, other));
    *count = 1;
    return ST_OK;
}

static Status add_predicate(
    Ctx *c, Selection *sel, int via, const FieldTable *table, const Field *f, Str op_text, Str value)
{
    Op op = OP_EQ;
    if (op_text.len && !op_of(op_text, &op))
        return fail_field(c, str_of(f->name), op_text, T("没有这种比较", "is no comparison"),
            T("可用：eq、ne、lt、le、gt、ge、in、has、absent、given、above、below",
                "use eq, ne, lt, le, gt, ge, in, has, absent, given, above, below"));
    if (op == OP_HAS && field_column(f) != VALUE_TEXT)
        return fail_field(
            c, str_of(f->name), value, T("只有文字可以用 has", "has is for texts"), T("请改用 eq", "use eq"));
    if (sel->count == PREDICATES_MAX)
        return fail_field(c, str_of(f->name), value,
            text_format(c, "最多%d个条件", "a list takes at most %d conditions", PREDICATES_MAX),
            T("请减少条件", "use fewer conditions"));
    Value *values = NULL;
    size_t count = 0;
    if (compares_fields(op))
        TRY(read_other_field(c, table, f, value, &values, &count));
    else
        TRY(read_values(c, f, op, value, &values, &count));
    if (count && op == OP_EQ && values[0].kind == VALUE_NULL)
        op = OP_ABSENT, count = 0;
    selection_where_via(sel, via, field_index(table, f), op, values, count);
    return ST_OK;
}

/* field[.op] or reference.field[.op] */
static Status read_condition(Ctx *c, Selection *sel, Str name, Str value)
{
    const FieldTable *table = sel->entity->table;
    Str rest = name;
    Str first = STR_NONE;
    Str second = STR_NONE;
    Str third = STR_NONE;
    str_cut(&rest, '.', &first);
    str_cut(&rest, '.', &second);
    str_cut(&rest, '.', &third);
    const Field *f = askable(table, first);
    Op ignored;
    if (!f || rest.len)
        return unknown_name(c, sel, name);
    if (second.len == 0 || op_of(second, &ignored) || f->type != FT_REF)
        return third.len ? unknown_name(c, sel, name) : add_predicate(c, sel, -1, table, f, second, value);
    const FieldTable *other = entity_of((EntityKind)f->refers)->table;
    const Field *g = askable(other, second);
    return g ? add_predicate(c, sel, field_index(table, f), other, g, third, value) : unknown_name(c, sel, name);
}

static Status read_sort(Ctx *c, Selection *sel, Str value)
{
    bool down = str_starts(value, S("-"));
    const Field *f = askable(sel->entity->table, down ? str_sub(value, 1, SIZE_MAX) : value);
    if (!f || f->type == FT_LONG || (f->flags & UNRANKED))
        return fail_field(c, S("sort"), value, T("不能按这一项排序", "is no field to sort by"),
            T("请用列表中的字段名，倒序时前加“-”", "use a field of the list, with '-' in front for descending"));
    sel->sort = (int16_t)field_index(sel->entity->table, f);
    sel->down = down;
    return ST_OK;
}

static Status read_limit(Ctx *c, Selection *sel, Str value)
{
    int64_t n;
    if (!str_to_int(value, &n) || n < 1 || n > LIST_LIMIT_MAX)
        return fail_field(c, S("limit"), value, text_format(c, "应为 1 至 %d", "must be 1 to %d", LIST_LIMIT_MAX),
            T("请改小每页条数；全部数据请用导出", "use smaller pages; an export gives all rows"));
    sel->limit = (uint32_t)n;
    return ST_OK;
}

static Status read_fields(Ctx *c, Selection *sel, Str value)
{
    FieldSet set = 0;
    Str part;
    while (str_cut(&value, ',', &part)) {
        const Field *f = askable(sel->entity->table, part);
        if (!f)
            return unknown_name(c, sel, part);
        set |= FIELD_BIT(field_index(sel->entity->table, f));
    }
    sel->fields = set | FIELD_BIT(Record_id) | FIELD_BIT(Record_version);
    return ST_OK;
}

/* --- the cursor: 8 hex of the conditions' digest, kind of the value, value, '~', id ---------------- */

static Str conditions_mark(Ctx *c, const Selection *sel)
{
    StrBuf b = strbuf_in(c->arena);
    Digest d = selection_digest(c, sel);
    strbuf_add_hex(&b, d.bytes, 4);
    strbuf_addf(&b, "%d%d", sel->sort, sel->down);
    return strbuf_str(&b);
}

Str selection_cursor(Ctx *c, const Selection *sel, const void *record)
{
    StrBuf plain = strbuf_in(c->arena);
    Value v = field_value(c->arena, &sel->entity->table->fields[sel->sort], record);
    strbuf_add(&plain, conditions_mark(c, sel));
    if (v.kind == VALUE_INT)
        strbuf_addf(&plain, "i%lld", (long long)v.whole);
    else
        strbuf_addf(&plain, "%c%.*s", v.kind == VALUE_NULL ? 'n' : 't', STR_ARG(v.text));
    strbuf_addf(&plain, "~%.*s", STR_ARG(record_id(record)));
    StrBuf hex = strbuf_in(c->arena);
    strbuf_add_hex(&hex, plain.ptr, plain.len);
    return strbuf_str(&hex);
}

static Status cursor_refused(Ctx *c, Str value)
{
    return fail_field(c, S("after"), value, T("翻页位置与当前查询不符", "does not belong to this list"),
        T("请从第一页重新查询", "start again from the first page"));
}

static bool cursor_value(Str text, Value *out)
{
    char kind = text.len ? text.ptr[0] : '\0';
    Str rest = str_sub(text, 1, SIZE_MAX);
    *out = kind == 't' ? value_text(rest) : value_null();
    if (kind == 'i') {
        int64_t n;
        if (!str_to_int(rest, &n))
            return false;
        *out = value_int(n);
    }
    return kind == 't' || kind == 'i' || kind == 'n';
}

/* Conditions that are read after the cursor would change its mark: `after` comes last in a URL of
 * ours, and selection_read() is given it last. */
static Status read_after(Ctx *c, Selection *sel, Str value)
{
    char *plain = arena_alloc(c->arena, value.len / 2 + 1);
    size_t len;
    Str mark = conditions_mark(c, sel);
    if (!str_unhex(value, plain, value.len / 2, &len) || len < mark.len + 2 + ID_LEN)
        return cursor_refused(c, value);
    Str all = { plain, len };
    Str id = str_sub(all, len - ID_LEN, ID_LEN);
    Str middle = str_sub(all, mark.len, len - mark.len - ID_LEN - 1);
    if (!str_starts(all, mark) || plain[len - ID_LEN - 1] != '~' || !id_is_valid(id) || !str_is_text(middle) ||
        !cursor_value(middle, &sel->after))
        return cursor_refused(c, value);
    ValueKind column = field_column(&sel->entity->table->fields[sel->sort]);
    if (sel->after.kind != VALUE_NULL && sel->after.kind != column)
        return cursor_refused(c, value);
    sel->has_after = true;
    sel->after_id = id;
    return ST_OK;
}

static Status read_as_of(Ctx *c, Selection *sel, Str value)
{
    if (sel->entity->state < 0)
        return fail_field(c, S("as_of"), value, T("这类记录没有状态变化", "these records have no states"),
            T("请去掉截止日期", "leave it out"));
    if (date_parse(value, &sel->as_of))
        return ST_OK;
    return fail_field(
        c, S("as_of"), value, T("不是有效的日期", "is no date"), T("例如 2021-10-31", "write it as 2021-10-31"));
}

Status selection_read(Ctx *c, Selection *sel, Str name, Str value)
{
    if (!str_is_text(value))
        return fail_field(c, name, STR_NONE, T("含有无法识别的字符", "holds bytes that are no valid text"),
            T("请重新输入", "type it again"));
    if (str_eq(name, S("q"))) {
        sel->q = str_clip(str_trim(value), 100);
        return ST_OK;
    }
    if (str_eq(name, S("sort")))
        return read_sort(c, sel, value);
    if (str_eq(name, S("limit")))
        return read_limit(c, sel, value);
    if (str_eq(name, S("fields")))
        return read_fields(c, sel, value);
    if (str_eq(name, S("after")))
        return read_after(c, sel, value);
    if (str_eq(name, S("as_of")))
        return read_as_of(c, sel, value);
    return read_condition(c, sel, name, value);
}

Digest selection_digest(Ctx *c, const Selection *sel)
{
    StrBuf b = strbuf_in(c->arena);
    strbuf_addf(&b, "%s %d %zu %.*s", sel->entity->table->name, sel->as_of, sel->q.len, STR_ARG(sel->q));
    for (uint16_t i = 0; i < sel->count; i++) {
        const Predicate *p = &sel->predicates[i];
        strbuf_addf(&b, "\n%d %d %s", p->via, p->field, op_name(p->op));
        for (uint16_t j = 0; j < p->count; j++) {
            const Value *v = &p->values[j];
            if (v->kind == VALUE_INT)
                strbuf_addf(&b, " i%lld", (long long)v->whole);
            else
                strbuf_addf(&b, " %zu:%.*s", v->text.len, STR_ARG(v->text));
        }
    }
    return sm3(c->env->crypto, b.ptr, b.len);
}
