#include "service/workbook_file.h"

#include "document/package.h"
#include "document/sheet_write.h"
#include "service/document_fill.h"
#include "service/workbook_return.h"

enum { TITLE_WIDTH = 24, TEXT_WIDTH = 40 };

/* --- the items ---------------------------------------------------------------------------------------------------- */

static Str label_of(Ctx *c, const FieldTable *table, int field)
{
    return text_in(table->fields[field].label, c->lang);
}

static int width_of(const Field *f)
{
    enum { LONG_WIDTH = 34, SHORT_WIDTH = 14 };
    return f->type == FT_LONG ? LONG_WIDTH : SHORT_WIDTH;
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

static void put_headings(Ctx *c, SheetWriter *sheet)
{
    sheet_row_lines(sheet, 2);
    sheet_heading(sheet, label_of(c, &WorkbookRow_table, WorkbookRow_number), 8);
    sheet_heading(sheet, label_of(c, &WorkbookRow_table, WorkbookRow_title), TITLE_WIDTH);
    sheet_heading(sheet, label_of(c, &WorkbookRow_table, WorkbookRow_text), TEXT_WIDTH);
    sheet_heading(sheet, label_of(c, &WorkbookRow_table, WorkbookRow_due_on), 12);
    sheet_heading(sheet, label_of(c, &Rectification_table, Rectification_state), 10);
    for (int i = 0; i < WorkbookRow_table.count; i++)
        if (WorkbookRow_table.fields[i].flags & INPUT)
            put_open_heading(c, sheet, &WorkbookRow_table.fields[i]);
    sheet_hidden_heading(sheet, label_of(c, &WorkbookRow_table, WorkbookRow_id));
    sheet_row_end(sheet);
}

/* What the item says already. */
static void put_present(Ctx *c, SheetWriter *sheet, const Field *own, const Rectification *item)
{
    const Field *f = field_named(&Rectification_table, str_of(own->name));
    Value v = f ? field_value(c->arena, f, item) : value_null();
    if (v.kind == VALUE_TEXT)
        sheet_text(sheet, v.text);
    else if (v.kind != VALUE_INT)
        sheet_text(sheet, STR_NONE);
    else if (f->type == FT_MONEY)
        sheet_money(sheet, v.whole);
    else
        sheet_whole(sheet, v.whole);
}

/* Room for what stands there, and for something to be written. */
static int lines_for(const Rectification *item, Str text)
{
    enum { LEAST = 4 };
    int title = sheet_lines_of(item->title, TITLE_WIDTH), most = sheet_lines_of(text, TEXT_WIDTH);
    most = title > most ? title : most;
    for (int i = 0; i < WorkbookRow_table.count; i++) {
        const Field *own = &WorkbookRow_table.fields[i];
        const Field *f = own->type == FT_LONG ? field_named(&Rectification_table, str_of(own->name)) : NULL;
        int lines = f ? sheet_lines_of(*(const Str *)field_of(f, item), width_of(own)) : 1;
        most = lines > most ? lines : most;
    }
    return most > LEAST ? most : LEAST;
}

static void put_item(Ctx *c, SheetWriter *sheet, const Rectification *item, Str text)
{
    sheet_row_lines(sheet, lines_for(item, text));
    sheet_whole(sheet, item->number.value);
    sheet_text(sheet, item->title);
    sheet_text(sheet, text);
    sheet_date(sheet, item->due_on);
    sheet_text(sheet, text_in(rectification_states.items[item->state].label, c->lang));
    for (int i = 0; i < WorkbookRow_table.count; i++)
        if (WorkbookRow_table.fields[i].flags & INPUT)
            put_present(c, sheet, &WorkbookRow_table.fields[i], item);
    sheet_text(sheet, item->id);
    sheet_row_end(sheet);
}

/* --- how to fill it in -------------------------------------------------------------------------------------------- */

static const Text steps[] = {
    { "只填写白色单元格（标题为浅黄色的各列）；灰色单元格由巡察办填写，不得改动，也不要增加、删除或移动行列。",
        "Fill in the white cells only (the columns with yellow headings); the grey ones are the office's. Add, take "
        "out "
        "and move no rows and columns." },
    { "白色单元格中已有的内容可以改写；清空的不算改动，系统保留原有内容。",
        "What stands in a white cell may be written over; emptying it changes nothing." },
    { "“整改措施”“责任领导”填齐后，该事项即启动整改。",
        "An item starts once its measures and its responsible leader are given." },
    { "“本期进展”写上次报送以来的新进展，每次交回记为一条进展。",
        "Progress is what is new since the last time; each return adds one entry." },
    { "金额以元为单位，最多两位小数；没有的留空，不填0。",
        "Amounts are in yuan with at most two decimals; leave empty what there is not." },
    { "申请销号的，填写“整改结果”，“申请销号”选“是”，并附佐证材料。",
        "To apply for strike-off give the result, choose Yes, and bring proof." },
    { "佐证材料放入“" WORKBOOK_PROOF_FOLDER
      "”下以问题序号开头的文件夹，与填好的工作簿一起压缩为zip交回；不要放在别处。",
        "Proofs go below " WORKBOOK_PROOF_FOLDER
        ", into the folder that begins with the item's number; pack them with the workbook as a zip." },
    { "收到的压缩包有口令的，用同一口令压缩后交回（7-Zip、WinRAR、360压缩等均可）。",
        "Where the archive came with a passphrase, pack it with the same one (7-Zip, WinRAR …)." },
};
enum { STEPS = sizeof steps / sizeof steps[0] };

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
    const Fact facts[FACTS] = { { T("整改单位", "Unit"), w->unit_name }, { T("巡察轮次", "Round"), w->round_name },
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
    for (int i = 0; i < STEPS; i++) {
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
    StrBuf b = strbuf_in(c->arena);
    facts_of(c, w, facts);
    strbuf_add(&b, S("\xef\xbb\xbf")); /* for Notepad */
    for (int i = 0; i < FACTS; i++)
        if (facts[i].value.len)
            strbuf_addf(&b, "%.*s：%.*s\r\n", STR_ARG(text_in(facts[i].name, c->lang)), STR_ARG(facts[i].value));
    strbuf_add(&b, S("\r\n"));
    for (int i = 0; i < STEPS; i++)
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

Status workbook_sheet(Ctx *c, const Workbook *w, const WorkbookItems *of, StrBuf *out)
{
    SheetWriter *sheet;
    TRY(sheet_write_open(c, SHEET_XLSX, text_in(T("整改工作簿", "Rectification"), c->lang), &sheet));
    sheet_form(sheet);
    put_headings(c, sheet);
    for (size_t i = 0; i < of->count; i++)
        put_item(c, sheet, &of->items[i], of->texts[i]);
    Status status = put_help(c, sheet, w);
    if (status == ST_OK)
        status = put_seal(c, sheet, w);
    Status closed = sheet_write_close(c, sheet, out);
    return status != ST_OK ? status : closed;
}

Status workbook_parcel(Ctx *c, const Workbook *w, const WorkbookItems *of, bool locked, StrBuf *out)
{
    StrBuf sheet = strbuf_in(c->arena);
    PackagePart *parts = arena_array_of(c->arena, PackagePart, of->count + 2);
    TRY(workbook_sheet(c, w, of, &sheet));
    parts[0] = (PackagePart){ S("整改工作簿.xlsx"), strbuf_str(&sheet) };
    parts[1] = (PackagePart){ S("填写说明.txt"), help_text(c, w) };
    for (size_t i = 0; i < of->count; i++)
        parts[i + 2].name = str_format(c->arena, WORKBOOK_PROOF_FOLDER "/%02lld %.*s/",
            (long long)of->items[i].number.value, STR_ARG(document_safe_name(c, str_clip(of->items[i].title, 20))));
    return package_write_locked(c, parts, of->count + 2, locked ? w->passphrase : STR_NONE, out);
}
