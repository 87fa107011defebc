#include "service/workbook_file.h"

#include "document/package.h"
#include "document/sheet_write.h"
#include "service/document_fill.h"
#include "service/workbook_return.h"

enum { TITLE_WIDTH = 24, TEXT_WIDTH = 40 };

/* --- the lines ---------------------------------------------------------------------------------------------------- */

/* The columns as they come back, and the record that they are about. */
static const FieldTable *rows_of(const Workbook *w)
{
    return workbook_is_of_shares(w) ? &ShareRow_table : &WorkbookRow_table;
}

static const FieldTable *records_of(const Workbook *w)
{
    return workbook_is_of_shares(w) ? &Share_table : &Rectification_table;
}

static bool is_id(const Field *f)
{
    return str_eq(str_of(f->name), S("id"));
}

static int width_of(const Field *f)
{
    enum { LONG_WIDTH = 34, SHORT_WIDTH = 14, NUMBER_WIDTH = 8 };
    if (f->flags & INPUT)
        return f->type == FT_LONG ? LONG_WIDTH : SHORT_WIDTH;
    return f->type == FT_LONG   ? TEXT_WIDTH
           : f->type == FT_TEXT ? TITLE_WIDTH
           : f->type == FT_INT  ? NUMBER_WIDTH
                                : SHORT_WIDTH;
}

static void put_open_heading(Ctx *c, SheetWriter *sheet, const Field *f)
{
    sheet_open_cells(sheet);
    if (f->type == FT_INT || f->type == FT_MONEY)
        sheet_numbers_only(sheet, f->type == FT_INT,
            f->type == FT_INT ? text_in(T("请填写不小于0的整数", "a whole number from 0 on"), c->lang)
                              : text_in(T("请填写不小于0的数字", "a number from 0 on"), c->lang));
    if (f->type == FT_FLAG) {
        const Str words[] = { text_in(T("是", "Yes"), c->lang), text_in(T("否", "No"), c->lang) };
        sheet_choices(sheet, words, 2);
    }
    const char *tail = f->type != FT_MONEY ? "" : c->lang == LANG_ZH ? "（元）" : " (yuan)";
    sheet_heading(sheet, str_format(c->arena, "%.*s%s", STR_ARG(text_in(f->label, c->lang)), tail), width_of(f));
}

/* An item's state is told beside its day; it does not come back. */
static bool shows_state(const Workbook *w, const Field *f)
{
    return !workbook_is_of_shares(w) && str_eq(str_of(f->name), S("due_on"));
}

static void put_headings(Ctx *c, SheetWriter *sheet, const Workbook *w)
{
    const FieldTable *rows = rows_of(w);
    sheet_row_lines(sheet, 2);
    for (int i = 0; i < rows->count; i++) {
        const Field *f = &rows->fields[i];
        if (f->flags & INPUT)
            put_open_heading(c, sheet, f);
        else if (!is_id(f))
            sheet_heading(sheet, text_in(f->label, c->lang), width_of(f));
        if (shows_state(w, f))
            sheet_heading(sheet, text_in(Rectification_table.fields[Rectification_state].label, c->lang), 10);
    }
    sheet_hidden_heading(sheet, text_in(rows->fields[0].label, c->lang));
    sheet_row_end(sheet);
}

/* What the record says already. */
static void put_present(Ctx *c, SheetWriter *sheet, const Workbook *w, const Field *own, const WorkbookLine *line)
{
    const Field *f = field_named(records_of(w), str_of(own->name));
    Value v = f ? field_value(c->arena, f, line->record) : value_null();
    if (f && f->type == FT_DATE)
        sheet_date(sheet, *(const Date *)field_of(f, line->record));
    else if (f && f->type == FT_CHOICE)
        sheet_text(sheet, text_in(f->choices->items[*(const int32_t *)field_of(f, line->record)].label, c->lang));
    else if (v.kind == VALUE_TEXT)
        sheet_text(sheet, v.text);
    else if (v.kind != VALUE_INT)
        sheet_text(sheet, STR_NONE);
    else if (f->type == FT_MONEY)
        sheet_money(sheet, v.whole);
    else
        sheet_whole(sheet, v.whole);
}

/* Room for what stands there, and for something to be written. */
static int lines_for(const Workbook *w, const WorkbookLine *line)
{
    enum { LEAST = 4 };
    const FieldTable *rows = rows_of(w);
    int title = sheet_lines_of(line->title, TITLE_WIDTH), most = sheet_lines_of(line->text, TEXT_WIDTH);
    most = title > most ? title : most;
    for (int i = 0; i < rows->count; i++) {
        const Field *own = &rows->fields[i];
        const Field *f = own->type == FT_LONG ? field_named(records_of(w), str_of(own->name)) : NULL;
        int lines = f ? sheet_lines_of(*(const Str *)field_of(f, line->record), width_of(own)) : 1;
        most = lines > most ? lines : most;
    }
    return most > LEAST ? most : LEAST;
}

static void put_cell(Ctx *c, SheetWriter *sheet, const Workbook *w, const Field *f, const WorkbookLine *line)
{
    if (str_eq(str_of(f->name), S("number")))
        sheet_whole(sheet, line->number);
    else if (str_eq(str_of(f->name), S("text")))
        sheet_text(sheet, line->text);
    else
        put_present(c, sheet, w, f, line);
}

static void put_line(Ctx *c, SheetWriter *sheet, const Workbook *w, const WorkbookLine *line)
{
    const FieldTable *rows = rows_of(w);
    sheet_row_lines(sheet, lines_for(w, line));
    for (int i = 0; i < rows->count; i++) {
        const Field *f = &rows->fields[i];
        if (!is_id(f))
            put_cell(c, sheet, w, f, line);
        if (shows_state(w, f))
            sheet_text(sheet,
                text_in(rectification_states.items[((const Rectification *)line->record)->state].label, c->lang));
    }
    sheet_text(sheet, line->id);
    sheet_row_end(sheet);
}

/* --- how to fill it in -------------------------------------------------------------------------------------------- */

#define STEP_CELLS                                                                                                   \
    {                                                                                                                \
        "只填写白色单元格（标题为浅黄色的各列）；灰色单元格由巡察办填写，不得改动，也不要增加、删除或移动行列。",    \
            "Fill in the white cells only (the columns with yellow headings); the grey ones are the office's. Add, " \
            "take out and move no rows and columns."                                                                 \
    }
#define STEP_WHITE                                                                          \
    {                                                                                       \
        "白色单元格中已有的内容可以改写；清空的不算改动，系统保留原有内容。",               \
            "What stands in a white cell may be written over; emptying it changes nothing." \
    }
#define STEP_PROOFS(number)                                                                                    \
    {                                                                                                          \
        "佐证材料放入“" WORKBOOK_PROOF_FOLDER "”下以" number                                                   \
        "开头的文件夹，与填好的工作簿一起压缩为zip交回；不要放在别处。",                                       \
            "Proofs go below " WORKBOOK_PROOF_FOLDER                                                           \
            ", into the folder that begins with the number of the line; pack them with the workbook as a zip." \
    }
#define STEP_PASSPHRASE                                                                                \
    {                                                                                                  \
        "收到的压缩包有口令的，用同一口令压缩后交回（7-Zip、WinRAR、360压缩等均可）。",                \
            "Where the archive came with a passphrase, pack it with the same one (7-Zip, WinRAR …)." \
    }
static const Text item_steps[] = {
    STEP_CELLS,
    STEP_WHITE,
    { "“整改措施”“责任领导”填齐后，该事项即启动整改。",
        "An item starts once its measures and its responsible leader are given." },
    { "“本期进展”写上次报送以来的新进展，每次交回记为一条进展。",
        "Progress is what is new since the last time; each return adds one entry." },
    { "金额以元为单位，最多两位小数；没有的留空，不填0。",
        "Amounts are in yuan with at most two decimals; leave empty what there is not." },
    { "申请销号的，填写“整改结果”，“申请销号”选“是”，并附佐证材料。",
        "To apply for strike-off give the result, choose Yes, and bring proof." },
    STEP_PROOFS("问题序号"),
    STEP_PASSPHRASE,
};
static const Text share_steps[] = {
    STEP_CELLS,
    STEP_WHITE,
    { "每行是贵单位承担的一项任务。“完成情况”写做了什么、结果如何；全部完成的，填写“完成日期”，未完成的留空。",
        "Each row is a task of yours. Say what was done and what came of it; give the day once all of it is done." },
    { "日期写成 2021-10-31。", "Write dates as 2021-10-31." },
    STEP_PROOFS("序号"),
    STEP_PASSPHRASE,
};

static const Text *steps_of(const Workbook *w, int *count)
{
    bool shares = workbook_is_of_shares(w);
    *count = (int)(shares ? sizeof share_steps / sizeof share_steps[0] : sizeof item_steps / sizeof item_steps[0]);
    return shares ? share_steps : item_steps;
}

static Str date_or_none(Ctx *c, Date day)
{
    return day ? date_text(c->arena, day) : text_in(T("未限定", "not set"), c->lang);
}

typedef struct Fact {
    Text name;
    Str value;
} Fact;
enum { FACTS = 6 };

static void facts_of(Ctx *c, const Workbook *w, Fact out[FACTS])
{
    const Text unit = workbook_is_of_shares(w) ? T("协办单位", "Cooperating body") : T("整改单位", "Unit");
    const Fact facts[FACTS] = { { unit, w->unit_name }, { T("巡察轮次", "Round"), w->round_name },
        { T("派发日期", "Issued on"), date_text(c->arena, w->issued_on) },
        { T("交回期限", "Due back on"), date_or_none(c, w->due_on) }, { T("填写要求", "What is asked for"), w->demand },
        { T("校验号", "Seal"), str_clip(w->seal, 16) } };
    for (int i = 0; i < FACTS; i++)
        out[i] = facts[i];
}

enum { HELP_WIDTH = 90 };

static Status put_help(Ctx *c, SheetWriter *sheet, const Workbook *w)
{
    Fact facts[FACTS];
    int count;
    const Text *steps = steps_of(w, &count);
    facts_of(c, w, facts);
    TRY(sheet_next(c, sheet, text_in(T("填写说明", "How to fill it in"), c->lang)));
    sheet_form(sheet);
    sheet_heading(sheet, text_in(T("项目", "Item"), c->lang), 14);
    sheet_heading(sheet, text_in(T("说明", "What"), c->lang), HELP_WIDTH);
    sheet_row_end(sheet);
    for (int i = 0; i < FACTS; i++) {
        if (facts[i].value.len == 0)
            continue;
        sheet_row_lines(sheet, sheet_lines_of(facts[i].value, HELP_WIDTH));
        sheet_text(sheet, text_in(facts[i].name, c->lang));
        sheet_text(sheet, facts[i].value);
        sheet_row_end(sheet);
    }
    for (int i = 0; i < count; i++) {
        sheet_row_lines(sheet, sheet_lines_of(text_in(steps[i], c->lang), HELP_WIDTH));
        sheet_text(sheet, str_format(c->arena, "%d", i + 1));
        sheet_text(sheet, text_in(steps[i], c->lang));
        sheet_row_end(sheet);
    }
    return ST_OK;
}

static Str help_text(Ctx *c, const Workbook *w)
{
    Fact facts[FACTS];
    int count;
    const Text *steps = steps_of(w, &count);
    StrBuf b = strbuf_in(c->arena);
    facts_of(c, w, facts);
    strbuf_add(&b, S("\xef\xbb\xbf")); /* for Notepad */
    for (int i = 0; i < FACTS; i++)
        if (facts[i].value.len)
            strbuf_addf(&b, "%.*s：%.*s\r\n", STR_ARG(text_in(facts[i].name, c->lang)), STR_ARG(facts[i].value));
    strbuf_add(&b, S("\r\n"));
    for (int i = 0; i < count; i++)
        strbuf_addf(&b, "%d. %.*s\r\n", i + 1, STR_ARG(text_in(steps[i], c->lang)));
    return strbuf_str(&b);
}

/* --- the seal, and the whole -------------------------------------------------------------------------------------- */

static Status put_seal(Ctx *c, SheetWriter *sheet, const Workbook *w)
{
    TRY(sheet_next(c, sheet, S(WORKBOOK_SEAL_SHEET)));
    sheet_form(sheet);
    sheet_text(sheet, text_in(T("工作簿", "Workbook"), c->lang));
    sheet_text(sheet, w->id);
    sheet_row_end(sheet);
    sheet_text(sheet, text_in(T("校验号", "Seal"), c->lang));
    sheet_text(sheet, w->seal);
    sheet_row_end(sheet);
    sheet_hide(sheet);
    return ST_OK;
}

Status workbook_sheet(Ctx *c, const Workbook *w, const WorkbookLines *of, StrBuf *out)
{
    SheetWriter *sheet;
    TRY(sheet_write_open(c, SHEET_XLSX, text_in(T("整改工作簿", "Rectification"), c->lang), &sheet));
    sheet_form(sheet);
    put_headings(c, sheet, w);
    for (size_t i = 0; i < of->count; i++)
        put_line(c, sheet, w, &of->lines[i]);
    Status status = put_help(c, sheet, w);
    if (status == ST_OK)
        status = put_seal(c, sheet, w);
    Status closed = sheet_write_close(c, sheet, out);
    return status != ST_OK ? status : closed;
}

Status workbook_parcel(Ctx *c, const Workbook *w, const WorkbookLines *of, bool locked, StrBuf *out)
{
    StrBuf sheet = strbuf_in(c->arena);
    PackagePart *packed = arena_array_of(c->arena, PackagePart, of->count + 2);
    TRY(workbook_sheet(c, w, of, &sheet));
    packed[0] = (PackagePart){ S("整改工作簿.xlsx"), strbuf_str(&sheet) };
    packed[1] = (PackagePart){ S("填写说明.txt"), help_text(c, w) };
    for (size_t i = 0; i < of->count; i++) {
        const WorkbookLine *line = &of->lines[i];
        Str about = str_clip(workbook_is_of_shares(w) ? line->text : line->title, 20);
        packed[i + 2].name = str_format(c->arena, WORKBOOK_PROOF_FOLDER "/%02lld %.*s/", (long long)line->number,
            STR_ARG(document_safe_name(c, about)));
    }
    return package_write_locked(c, packed, of->count + 2, locked ? w->passphrase : STR_NONE, out);
}
