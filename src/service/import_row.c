#include "service/import_fields.h"

#include "domain/account.h"
#include "domain/instruction.h"
#include "domain/past.h"
#include "domain/past_letter.h"
#include "domain/project.h"
#include "domain/register.h"
#include "domain/workbook.h"
#include "service/import_data.h"

#define REGISTER_KEYS(date)             \
    {                                   \
        "number", "kind", "title", date \
    }

static const ImportKind kinds[] = {
    { ENTITY_UNIT, &Unit_table, USE_UNIT_REGISTER, USE_UNIT_EDIT, { "code" }, IMPORT_OF_RECORDS },
    { ENTITY_PERSON, &Person_table, USE_PERSON_ADD, USE_PERSON_EDIT, { "name", "home" }, IMPORT_OF_RECORDS },
    { ENTITY_FINDING, &PastFinding_table, USE_FINDING_ENTER_PAST, USE_COUNT, { NULL }, IMPORT_OF_ROUND },
    { ENTITY_PROJECT, &Project_table, USE_PROJECT_ENTER, USE_PROJECT_EDIT, { "round", "name" }, IMPORT_OF_RECORDS },
    { ENTITY_LETTER, &PastLetter_table, USE_LETTER_ENTER_PAST, USE_LETTER_EDIT, { "number", "unit", "kind" },
        IMPORT_OF_RECORDS },
    { ENTITY_INSTRUCTION, &Instruction_table, USE_INSTRUCTION_ENTER, USE_INSTRUCTION_EDIT,
        { "number", "issued_on", "text" }, IMPORT_OF_RECORDS },
    { ENTITY_MEETING, &Meeting_table, USE_REGISTER_ENTER, USE_REGISTER_EDIT, REGISTER_KEYS("held_on"),
        IMPORT_OF_RECORDS },
    { ENTITY_TRAINING, &Training_table, USE_REGISTER_ENTER, USE_REGISTER_EDIT, REGISTER_KEYS("held_on"),
        IMPORT_OF_RECORDS },
    { ENTITY_REGULATION, &Regulation_table, USE_REGISTER_ENTER, USE_REGISTER_EDIT, REGISTER_KEYS("made_on"),
        IMPORT_OF_RECORDS },
    { ENTITY_PUBLICATION, &Publication_table, USE_REGISTER_ENTER, USE_REGISTER_EDIT, REGISTER_KEYS("published_on"),
        IMPORT_OF_RECORDS },
    { ENTITY_CLEAN_UP, &CleanUp_table, USE_REGISTER_ENTER, USE_REGISTER_EDIT, { "number", "title", "from_on" },
        IMPORT_OF_RECORDS },
    { ENTITY_RECTIFICATION, &WorkbookRow_table, USE_COUNT, USE_WORKBOOK_ENTER_ROW, { "id" }, IMPORT_OF_WORKBOOK },
    { ENTITY_SHARE, &ShareRow_table, USE_COUNT, USE_WORKBOOK_ENTER_SHARE, { "id" }, IMPORT_OF_WORKBOOK },
};

const ImportKind *import_kind_named(Str subject)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(subject, str_of(entity_of(kinds[i].kind)->table->name)))
            return &kinds[i];
    return NULL;
}

/* --- headings --------------------------------------------------------------------------------------------------- */

/* "涉及金额（万元）*" is 涉及金额, in tens of thousands. */
static Str bare_heading(Str heading, int *scale)
{
    static const struct {
        const char *tail;
        int scale;
    } tails[] = { { "*", 1 }, { "＊", 1 }, { "（元）", 1 }, { "(元)", 1 }, { " (yuan)", 1 }, { "（万元）", 10000 },
        { "(万元)", 10000 } };
    heading = str_trim(heading);
    *scale = 1;
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        Str tail = str_of(tails[i].tail);
        if (heading.len <= tail.len || !str_eq(str_sub(heading, heading.len - tail.len, tail.len), tail))
            continue;
        heading = str_trim(str_sub(heading, 0, heading.len - tail.len));
        *scale = tails[i].scale > *scale ? tails[i].scale : *scale;
    }
    return heading;
}

static bool may_be_given(const ImportKind *kind, const Field *f)
{
    bool of_entity = kind->columns == entity_of(kind->kind)->table;
    return kind->need == IMPORT_OF_WORKBOOK || (f->flags & BY_ENTRY) ||
           (of_entity && field_index(kind->columns, f) == Record_id);
}

static const Field *field_called(const ImportKind *kind, Str heading)
{
    for (int i = 0; i < kind->columns->count; i++) {
        const Field *f = &kind->columns->fields[i];
        if (may_be_given(kind, f) && (str_eq(heading, str_of(f->name)) || str_eq(heading, str_of(f->label.zh)) ||
                                         str_eq(heading, str_of(f->label.en))))
            return f;
    }
    return NULL;
}

static const Json *mapping_member(const ImportMapping *m, const char *name)
{
    return m->root ? json_get(m->root, str_of(name)) : NULL;
}

const Field *import_field_of(const ImportKind *kind, const ImportMapping *m, Str heading, int *scale)
{
    Str bare = bare_heading(heading, scale);
    const Json *keys = mapping_member(m, "keys");
    Str field = keys ? json_text_or(json_get(keys, bare), STR_NONE) : STR_NONE;
    if (field.len == 0 && keys)
        field = json_text_or(json_get(keys, str_trim(heading)), STR_NONE);
    return field.len ? field_named(kind->columns, field) : field_called(kind, bare);
}

bool import_ignores(const ImportMapping *m, Str heading)
{
    static const char *const always[] = { "序号", "No.", "时限", "Light", "版本", "version", "原行号", "Row",
        "未通过原因", "Why refused", "" };
    Str bare = str_trim(heading);
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        if (str_eq(bare, str_of(always[i])))
            return true;
    const Json *list = mapping_member(m, "ignore");
    for (const Json *n = list ? list->first : NULL; n; n = n->next)
        if (str_eq(bare, json_text_or(n, STR_NONE)))
            return true;
    return false;
}

/* --- mappings ----------------------------------------------------------------------------------------------------- */

static Status read_mapping(Ctx *c, Str text, const ImportKind *kind, ImportMapping *out)
{
    TRY(json_read(c, text, &out->root));
    const Json *keys = mapping_member(out, "keys");
    for (const Json *n = keys ? keys->first : NULL; n; n = n->next)
        if (!field_named(kind->columns, json_text_or(n, STR_NONE)))
            return fail_field(c, S("mapping"), json_text_or(n, STR_NONE),
                T("字段对应中的字段不存在", "the mapping names a field that is not there"),
                T("请用接口中的字段名", "use the API's names"));
    return ST_OK;
}

/* How many of the headings it names; none when it is for something else, or names fewer than a third of them. */
static int headings_named(const ImportKind *kind, const ImportMapping *m, const ImportRow *heading)
{
    const Json *keys = mapping_member(m, "keys");
    int known = 0;
    if (!str_eq(json_text_or(mapping_member(m, "as"), STR_NONE), str_of(entity_of(kind->kind)->table->name)))
        return 0;
    for (size_t i = 0; keys && i < heading->count; i++) {
        int scale;
        Str name = str_trim(heading->cells[i].heading);
        known += json_get(keys, name) || json_get(keys, bare_heading(name, &scale));
    }
    return (size_t)known * 3 >= heading->count ? known : 0;
}

Status import_mapping_find(Ctx *c, Str given, const ImportKind *kind, const ImportRow *heading, ImportMapping *out)
{
    *out = (ImportMapping){ NULL };
    if (given.len)
        return read_mapping(c, given, kind, out);
    int best = 0;
    for (size_t i = 0; i < import_mapping_count(); i++) {
        ImportMapping one = { NULL };
        TRY(json_read(c, import_mapping_text(i), &one.root));
        int known = headings_named(kind, &one, heading);
        if (known > best) {
            best = known;
            *out = one;
        }
    }
    return ST_OK;
}

/* --- a row as fields ------------------------------------------------------------------------------------------------
 */

static Str *slot_of(RowFields *r, const Field *f)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->field[i] == f)
            return &r->value[i];
    if (r->count == IMPORT_CELLS_MAX)
        return NULL;
    r->field[r->count] = f;
    r->value[r->count] = STR_NONE;
    return &r->value[r->count++];
}

static void set_default(RowFields *r, const ImportKind *kind, const char *name, Str value)
{
    const Field *f = field_named(kind->columns, str_of(name));
    Str *slot = f && value.len ? slot_of(r, f) : NULL;
    if (slot && slot->len == 0)
        *slot = value;
}

static Str word_of_mapping(const ImportMapping *m, const Field *f, Str text)
{
    const Json *words = mapping_member(m, "words");
    const Json *of_field = words ? json_get(words, str_of(f->name)) : NULL;
    return of_field ? json_text_or(json_get(of_field, str_trim(text)), text) : text;
}

static void close_headings(void *headings)
{
    arena_done(((ImportHeadings *)headings)->arena);
}

ImportHeadings *import_headings_new(Arena *arena)
{
    ImportHeadings *h = arena_new_of(arena, ImportHeadings);
    h->arena = arena_new();
    arena_defer(arena, close_headings, h);
    return h;
}

/* As import_field_of(), remembered. */
static const Field *field_of_heading(const ImportJob *job, Str heading, int *scale)
{
    ImportHeadings *h = job->headings;
    for (size_t i = 0; i < h->count; i++) {
        if (!str_eq(h->known[i].heading, heading))
            continue;
        *scale = h->known[i].scale;
        return h->known[i].field;
    }
    const Field *f = import_field_of(job->kind, &job->mapping, heading, scale);
    if (h->count < IMPORT_CELLS_MAX) {
        h->known[h->count].heading = str_copy(h->arena, heading);
        h->known[h->count].field = f;
        h->known[h->count++].scale = *scale;
    }
    return f;
}

static Status read_cells(Ctx *c, const ImportJob *job, const ImportRow *row, RowFields *out)
{
    Status worst = ST_OK;
    for (size_t i = 0; i < row->count; i++) {
        int scale;
        const Field *f = field_of_heading(job, row->cells[i].heading, &scale);
        if (!f)
            continue;
        ImportCell cell = row->cells[i];
        Str value;
        cell.text = word_of_mapping(&job->mapping, f, cell.text);
        Status status = import_word(c, job, f, &cell, scale, row->exact, &value);
        Str *slot = slot_of(out, f);
        if (status == ST_OK && slot && slot->len == 0)
            *slot = value;
        worst = status == ST_OK ? worst : status;
    }
    return worst;
}

static Str cell_text(const ImportRow *row, Str heading)
{
    for (size_t i = 0; i < row->count; i++)
        if (str_eq(str_trim(row->cells[i].heading), heading))
            return str_trim(row->cells[i].text);
    return STR_NONE;
}

/* "join": a field made of several columns one after another; what a column repeats of those before it is not said
 * twice. */
static void join_cells(Ctx *c, const ImportJob *job, const ImportRow *row, RowFields *out)
{
    const Json *joins = mapping_member(&job->mapping, "join");
    for (const Json *j = joins ? joins->first : NULL; j; j = j->next) {
        const Field *f = field_named(job->kind->columns, j->key);
        Str *slot = f ? slot_of(out, f) : NULL;
        Str all = STR_NONE;
        for (const Json *part = j->first; part; part = part->next) {
            Str text = cell_text(row, json_text_or(part, STR_NONE));
            bool repeats = str_starts(text, all);
            all = repeats ? text : str_format(c->arena, "%.*s%.*s", STR_ARG(all), STR_ARG(text));
        }
        if (slot)
            *slot = all;
    }
}

static void set_defaults(const ImportJob *job, RowFields *r)
{
    const Import *import = job->import;
    set_default(r, job->kind, "organiser", import->organiser);
    set_default(r, job->kind, "round", import->round);
    if (job->kind->need == IMPORT_OF_ROUND && import->create_units)
        set_default(r, job->kind, "create_unit", S("true"));
}

Status import_fields_read(Ctx *c, const ImportJob *job, const ImportRow *row, RowFields *out)
{
    Status cells = read_cells(c, job, row, out);
    join_cells(c, job, row, out);
    set_defaults(job, out);
    return cells;
}

Str import_field_value(const RowFields *r, const char *name)
{
    for (size_t i = 0; i < r->count; i++)
        if (str_eq(str_of(r->field[i]->name), str_of(name)))
            return r->value[i];
    return STR_NONE;
}

/* --- errors ----------------------------------------------------------------------------------- */

static const ImportCell *cell_of(const ImportKind *kind, const ImportMapping *m, const ImportRow *row, Str field)
{
    for (size_t i = 0; i < row->count; i++) {
        int scale;
        const Field *f = import_field_of(kind, m, row->cells[i].heading, &scale);
        if (f && str_eq(str_of(f->name), field))
            return &row->cells[i];
    }
    return NULL;
}

static void put_error(
    Ctx *c, JsonWriter *w, const ImportKind *kind, const ImportCell *cell, Str field, Str value, Str rule, Str remedy)
{
    const Field *f = field_named(kind->columns, field);
    if (cell && cell->text.len && (value.len == 0 || (f && f->choices)))
        value = str_clip(cell->text, 80); /* a choice is quoted in the file's own words */
    Str label = f ? text_in(f->label, c->lang) : field;
    if (kind->need == IMPORT_OF_WORKBOOK && str_eq(field, S("attachments"))) {
        label = text_in(T("佐证材料", "Proofs"), c->lang);
        remedy = text_in(T("请放入该事项的佐证材料文件夹，重新压缩后交回",
                             "put them into the item's folder of proofs and pack it again"),
            c->lang);
    }
    const struct {
        const char *name;
        Str text;
    } members[] = { { "field", field }, { "label", label }, { "cell", cell ? cell->address : STR_NONE },
        { "value", value }, { "rule", rule }, { "remedy", remedy } };
    json_open_object(w);
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        json_key(w, str_of(members[i].name));
        json_text(w, members[i].text);
    }
    json_close_object(w);
}

Str import_errors_json(Ctx *c, const ImportKind *kind, const ImportMapping *m, const ImportRow *row)
{
    StrBuf b = strbuf_in(c->arena);
    JsonWriter w = json_onto(&b);
    json_open_list(&w);
    for (const FieldError *e = c->err.fields; e; e = e->next)
        put_error(c, &w, kind, cell_of(kind, m, row, e->field), e->field, e->value, e->rule, e->remedy);
    if (!c->err.fields)
        put_error(c, &w, kind, NULL, STR_NONE, STR_NONE, c->err.message,
            text_in(T("请按提示修改后重新导入", "mend the row and import it again"), c->lang));
    json_close_list(&w);
    return strbuf_str(&b);
}
