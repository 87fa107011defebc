/* documents/returned: a docx that came back, beside what its records say now. A read: nothing is changed and nothing of
 * the file is kept. Who wants the changes makes them record by record, with the ordinary operation and its rights. */
#include "service/document_return.h"

#include "document/return_mark.h"
#include "service/case.h"
#include "service/document_data.h"
#include "service/inputs.h"
#include "service/services.h"
#include "store/load.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 8 * 1024 * 1024 };
static_assert(FILE_MAX / 3 * 4 < 12 * 1024 * 1024, "a file in base64 fits in one request");

FIELDS_DEFINE(ReturnInput, "returned", RETURN_INPUT_FIELDS);

/* --- fields ------------------------------------------------------------------------------------------------------ */

/* The operation by which a person edits records of an entity; NULL: there is none. */
static const Operation *editing(const Entity *e)
{
    for (int i = 0; i < USE_COUNT; i++)
        if (operations[i].entity == e->kind && operations[i].allowed == EDIT && !operations[i].input)
            return &operations[i];
    return NULL;
}

Str document_field_code(Arena *arena, const Entity *e, const Field *f)
{
    bool plain = f->type == FT_TEXT || f->type == FT_LONG || f->type == FT_CHOICE || f->type == FT_DATE ||
                 f->type == FT_INT || f->type == FT_MONEY || f->type == FT_FLAG;
    if (!plain || !(f->flags & EDIT) || (f->flags & (CODED | HIDDEN)) || !editing(e))
        return STR_NONE;
    return return_code(arena, str_format(arena, "%s.%s", e->table->name, f->name));
}

typedef struct Known {
    Str code;
    const Entity *entity;
    const Field *field;
} Known;

typedef struct Fields {
    Known *known;
    size_t count;
} Fields;

static int by_code(const void *a, const void *b)
{
    return str_cmp(((const Known *)a)->code, ((const Known *)b)->code);
}

static Fields all_fields(Arena *arena)
{
    Fields all = { arena_array_of(arena, Known, (size_t)ENTITY_COUNT * FIELDS_MAX), 0 };
    for (int kind = 1; kind < ENTITY_COUNT; kind++) {
        const Entity *e = entity_of((EntityKind)kind);
        for (int i = 0; i < e->table->count; i++) {
            Str code = document_field_code(arena, e, &e->table->fields[i]);
            if (code.len)
                all.known[all.count++] = (Known){ code, e, &e->table->fields[i] };
        }
    }
    qsort(all.known, all.count, sizeof *all.known, by_code);
    return all;
}

/* --- one value --------------------------------------------------------------------------------------------------- */

typedef enum Verdict { SAME, CHANGED, BOTH, WRONG } Verdict;

typedef struct Returned {
    const ReturnMark *mark;
    const Field *field;
    Verdict verdict;
    const void *will; /* a record with the value in it */
    Str rule, remedy;
} Returned;

/* A record that the paper tells of, as it is now. */
typedef struct Told {
    const Entity *entity;
    Str id;
    const void *record;
    Returned *fields;
    size_t count;
    Str refused; /* why the changes could not be made now; empty: they could */
} Told;

typedef struct Reading {
    Ctx *c;
    NameBook *names;
    Fields fields;
    ReturnMarks marks;
    size_t same, unknown;
    Str issued; /* the number or title of the paper that it is; empty: a print */
} Reading;

static void note_wrong(const Reading *r, Returned *one)
{
    const FieldError *e = r->c->err.fields;
    one->verdict = WRONG;
    one->rule = str_copy(r->c->arena, e ? e->rule : r->c->err.message);
    one->remedy = e ? str_copy(r->c->arena, e->remedy) : STR_NONE;
    ctx_forgive(r->c);
}

static Status judge(Reading *r, const Told *t, Returned *one)
{
    Ctx *c = r->c;
    const Field *f = one->field;
    void *will = record_copy(c, t->entity->table, t->record);
    bool still;
    if (str_eq(return_code(c->arena, one->mark->text), one->mark->written))
        return ST_OK;
    if (one->mark->joined)
        (void)fail_field(c, str_of(f->name), STR_NONE,
            T("单元格已与另一条合并，分不清各写了什么",
                "its cell was joined with another one: whose text is which cannot be told"),
            T("请拆开单元格后重新读回，或在页面上修改", "part the cells and read it again, or edit it on the page"));
    if (one->mark->joined || document_text_take(c, f, one->mark->text, will) != ST_OK) {
        note_wrong(r, one);
        return ST_OK;
    }
    if (field_equal(f, will, t->record))
        return ST_OK;
    TRY(document_text_still(c, r->names, t->entity, t->record, f, one->mark->written, &still));
    one->verdict = still ? CHANGED : BOTH;
    one->will = will;
    return ST_OK;
}

/* A field may stand in a paper more than once: what was written over counts, once, if it is the same. */
static void settle_twice(const Reading *r, Told *t)
{
    for (size_t i = 0; i < t->count; i++)
        for (size_t j = 0; j < i; j++) {
            Returned *a = &t->fields[j], *b = &t->fields[i];
            if (a->field != b->field || a->verdict == SAME || b->verdict == SAME)
                continue;
            b->verdict = SAME;
            if (str_eq(a->mark->text, b->mark->text))
                continue;
            a->verdict = WRONG;
            a->rule = text_in(T("文档中有两处写的是同一项，改得不一样",
                                  "the paper says it in two places, and they were changed differently"),
                r->c->lang);
            a->remedy = text_in(T("请改成一致后重新读回", "make them the same and read it again"), r->c->lang);
        }
}

/* --- the records ------------------------------------------------------------------------------------------------- */

static int by_record(const void *a, const void *b)
{
    const ReturnMark *x = *(const ReturnMark *const *)a, *y = *(const ReturnMark *const *)b;
    int order = str_cmp(x->record, y->record);
    return order ? order : x->number < y->number ? -1 : x->number > y->number;
}

static const Known *known_field(const Reading *r, const ReturnMark *mark)
{
    const Known wanted = { .code = mark->field };
    return r->fields.count ? bsearch(&wanted, r->fields.known, r->fields.count, sizeof wanted, by_code) : NULL;
}

/* Within what the actor may see; a record of another ledger is not there either. */
static Status load_told(const Reading *r, Told *t, bool *there)
{
    void *record = record_new(r->c, t->entity->table);
    *there = false;
    if (sight_of(r->c->actor->role, t->entity->kind)->kind == SIGHT_NONE)
        return ST_OK;
    Status status = record_load(r->c, t->entity->kind, t->id, 0, record);
    if (status == ST_MISSING) {
        ctx_forgive(r->c);
        return ST_OK;
    }
    t->record = record;
    *there = status == ST_OK;
    return status;
}

static Status read_record(Reading *r, const ReturnMark *const *marks, size_t count, Told *t)
{
    const Known *first = known_field(r, marks[0]);
    bool there = false;
    *t = (Told){ .id = marks[0]->record, .entity = first ? first->entity : NULL };
    if (first)
        TRY(load_told(r, t, &there));
    if (!there) {
        r->unknown += count;
        return ST_OK;
    }
    t->fields = arena_array_of(r->c->arena, Returned, count);
    for (size_t i = 0; i < count; i++) {
        const Known *known = known_field(r, marks[i]);
        if (!known || known->entity != t->entity) {
            r->unknown++;
            continue;
        }
        t->fields[t->count] = (Returned){ .mark = marks[i], .field = known->field };
        TRY(judge(r, t, &t->fields[t->count++]));
    }
    settle_twice(r, t);
    for (size_t i = 0; i < t->count; i++)
        r->same += t->fields[i].verdict == SAME;
    return ST_OK;
}

static int by_place(const void *a, const void *b)
{
    const Told *x = a, *y = b;
    int64_t first = x->count ? x->fields[0].mark->number : 0, second = y->count ? y->fields[0].mark->number : 0;
    return first < second ? -1 : first > second;
}

static Status read_records(Reading *r, Told **out, size_t *told)
{
    const ReturnMark **marks = arena_array_of(r->c->arena, const ReturnMark *, r->marks.count);
    for (size_t i = 0; i < r->marks.count; i++)
        marks[i] = &r->marks.marks[i];
    qsort(marks, r->marks.count, sizeof *marks, by_record);
    *out = arena_array_of(r->c->arena, Told, r->marks.count);
    *told = 0;
    for (size_t from = 0, to; from < r->marks.count; from = to) {
        for (to = from + 1; to < r->marks.count && str_eq(marks[to]->record, marks[from]->record);)
            to++;
        TRY(read_record(r, marks + from, to - from, &(*out)[(*told)++]));
    }
    qsort(*out, *told, sizeof **out, by_place);
    return ST_OK;
}

/* --- the answer -------------------------------------------------------------------------------------------------- */

static void put(JsonWriter *w, const char *name, Str value)
{
    json_key(w, str_of(name));
    if (value.len)
        json_text(w, value);
    else
        json_null(w);
}

static void put_number(JsonWriter *w, const char *name, int64_t value)
{
    json_key(w, str_of(name));
    json_int(w, value);
}

static void put_field(Ctx *c, JsonWriter *w, const Told *t, const Returned *one)
{
    static const char *const names[] = { "same", "changed", "both", "wrong" };
    json_open_object(w);
    put(w, "field", str_of(one->field->name));
    put(w, "label", text_in(one->field->label, c->lang));
    put(w, "verdict", str_of(names[one->verdict]));
    put(w, "paper", one->mark->text);
    json_key(w, S("was"));
    field_to_json(w, one->field, t->record);
    json_key(w, S("will"));
    if (one->verdict == WRONG)
        json_null(w);
    else
        field_to_json(w, one->field, one->will);
    put(w, "rule", one->rule);
    put(w, "remedy", one->remedy);
    json_close_object(w);
}

static void put_record(Ctx *c, JsonWriter *w, const Told *t)
{
    json_open_object(w);
    put(w, "entity", str_of(t->entity->table->name));
    put(w, "label", text_in(t->entity->label, c->lang));
    put(w, "record", t->id);
    put(w, "title", record_title(t->entity, t->record));
    put_number(w, "version", record_version(t->record));
    put(w, "refused", t->refused);
    json_key(w, S("fields"));
    json_open_list(w);
    for (size_t i = 0; i < t->count; i++)
        if (t->fields[i].verdict != SAME)
            put_field(c, w, t, &t->fields[i]);
    json_close_list(w);
    json_close_object(w);
}

static bool has_changes(const Told *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->fields[i].verdict != SAME)
            return true;
    return false;
}

static void put_answer(const Reading *r, const Told *told, size_t count, StrBuf *out)
{
    JsonWriter w = json_onto(out);
    int64_t lost = r->marks.written - (int64_t)r->marks.count;
    json_open_object(&w);
    put_number(&w, "values", (int64_t)r->marks.count);
    put_number(&w, "same", (int64_t)r->same);
    put_number(&w, "unknown", (int64_t)r->unknown);
    put_number(&w, "lost", lost > 0 ? lost : 0);
    put(&w, "issued", r->issued);
    json_key(&w, S("rest_changed"));
    json_flag(&w, r->marks.rest_changed);
    json_key(&w, S("counted"));
    json_flag(&w, r->marks.written > 0);
    json_key(&w, S("records"));
    json_open_list(&w);
    for (size_t i = 0; i < count; i++)
        if (has_changes(&told[i]))
            put_record(r->c, &w, &told[i]);
    json_close_list(&w);
    json_close_object(&w);
}

/* --- would it be taken ------------------------------------------------------------------------------------------- */

/* The changes as the body of the operation that edits the record. */
static Status body_of(Ctx *c, const Told *t, const Json **out, size_t *count)
{
    StrBuf b = strbuf_in(c->arena);
    JsonWriter w = json_onto(&b);
    *count = 0;
    json_open_object(&w);
    for (size_t i = 0; i < t->count; i++) {
        const Returned *one = &t->fields[i];
        if (one->verdict != CHANGED && one->verdict != BOTH)
            continue;
        json_key(&w, str_of(one->field->name));
        field_to_json(&w, one->field, one->will);
        ++*count;
    }
    json_close_object(&w);
    return json_read(c, strbuf_str(&b), out);
}

/* All of them rehearsed at once, so that nobody chooses what the record's state or his rights rule out. */
static Status rehearse(const Reading *r, App *app, Told *t)
{
    Ctx *c = r->c;
    size_t count;
    if (t->count == 0)
        return ST_OK;
    UseCase u = { .op = editing(t->entity), .app = app, .entity = t->entity, .id = t->id };
    u.version = record_version(t->record);
    TRY(body_of(c, t, &u.json, &count));
    if (count == 0 || gate_rehearse(c, &u) == ST_OK)
        return ST_OK;
    const FieldError *e = c->err.fields;
    t->refused = e ? str_format(c->arena, "%.*s：%.*s", STR_ARG(e->rule), STR_ARG(e->remedy))
                   : str_copy(c->arena, c->err.message);
    ctx_forgive(c);
    return ST_OK;
}

/* --- the request ------------------------------------------------------------------------------------------------- */

static Status read_file(Ctx *c, const ReturnInput *in, ReturnMarks *marks)
{
    Str docx;
    TRY(record_check_required(c, &ReturnInput_table, in));
    TRY(file_of_member(c, in->file, FILE_MAX, T(" .docx 文件", "the bytes of a .docx file"), &docx));
    Status status = return_marks_read(c, docx, marks);
    if (status == ST_INVALID) {
        ctx_forgive(c);
        return fail_field(c, S("file"), STR_NONE,
            T("不是完整的 Word 文档（.docx），或者已加密、含有宏",
                "no whole Word document (.docx), or encrypted, or with macros"),
            T("请用 Word 或 WPS 打开，另存为不带密码的 .docx",
                "open it in Word or WPS and save it as .docx without a password"));
    }
    if (status != ST_OK || marks->count)
        return status;
    return fail_field(c, S("file"), STR_NONE,
        T("文档里没有可以读回的内容：不是本系统生成的文书，或者标记已全部丢失",
            "nothing in it can be read back: it was not made by this system, or its marks are gone"),
        T("请使用从本系统下载的 Word 文件，在原位置修改后另存为 .docx",
            "take the Word file from this system, change it where it is written, and save it as .docx"));
}

static Status find_paper(Reading *r)
{
    Document *paper = arena_new_of(r->c->arena, Document);
    if (r->marks.paper.len == 0 || sight_of(r->c->actor->role, ENTITY_DOCUMENT)->kind == SIGHT_NONE)
        return ST_OK;
    Status status = record_load(r->c, ENTITY_DOCUMENT, r->marks.paper, 0, paper);
    if (status == ST_OK)
        r->issued = paper->number.len ? paper->number : paper->title;
    if (status != ST_MISSING)
        return status;
    ctx_forgive(r->c);
    return ST_OK;
}

Status document_service_returned(Ctx *c, UseCase *u)
{
    Reading r = { .c = c };
    Told *told;
    size_t count;
    TRY(read_file(c, u->input, &r.marks));
    r.fields = all_fields(c->arena);
    r.names = name_book_new(c, u->app->rules);
    TRY(find_paper(&r));
    TRY(read_records(&r, &told, &count));
    for (size_t i = 0; i < count; i++)
        TRY(rehearse(&r, u->app, &told[i]));
    put_answer(&r, told, count, &u->out);
    return ST_OK;
}
