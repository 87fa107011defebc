#include "../base/base_test.h"

#include "document/sheet_read.h"
#include "packed.h"

#include <stdio.h>

#define MAIN PACKED_MAIN
#define REL  "<Relationship Id='"
#define SHEET(rows)                                                                                       \
    {                                                                                                     \
        "xl/worksheets/sheet1.xml",                                                                       \
            S_INIT(PACKED_HEAD "<worksheet xmlns='" MAIN "'><sheetData>" rows "</sheetData></worksheet>") \
    }
#define SHEET_MERGED(rows, merges)                                                                                    \
    {                                                                                                                 \
        "xl/worksheets/sheet1.xml", S_INIT(PACKED_HEAD "<worksheet xmlns='" MAIN "'><sheetData>" rows                 \
                                                       "</sheetData><mergeCells>" merges "</mergeCells></worksheet>") \
    }
#define STRINGS(items)                                                                      \
    {                                                                                       \
        "xl/sharedStrings.xml", S_INIT(PACKED_HEAD "<sst xmlns='" MAIN "'>" items "</sst>") \
    }
#define BOOK(inside)                                                                                           \
    {                                                                                                          \
        "xl/workbook.xml",                                                                                     \
            S_INIT(PACKED_HEAD "<workbook xmlns='" MAIN "' xmlns:r='" PACKED_OFFICE "'>" inside "</workbook>") \
    }
#define BOOK_RELS(inside)                                                                           \
    {                                                                                               \
        "xl/_rels/workbook.xml.rels",                                                               \
            S_INIT(PACKED_HEAD "<Relationships xmlns='" PACKED_RELS "'>" inside "</Relationships>") \
    }

/* --- what was read, as one text ------------------------------------------------------------------------------------
 */

static void put_cell(StrBuf *b, Arena *arena, const SheetCell *cell, int64_t row)
{
    static const char kinds[] = "?TNDFX";
    Str at = sheet_address(arena, cell->column, row);
    if (cell->kind == CELL_DATE)
        assert_str_equal(str_sub(cell->text, 0, DATE_TEXT_LEN), date_text(arena, cell->date));
    assert_true(str_is_text(cell->text));
    strbuf_addf(b, "%s%.*s:%c=%.*s", b->len ? " " : "", STR_ARG(at), kinds[cell->kind], STR_ARG(cell->text));
}

/* "A1:T=甲 B1:N=12", or the refusal. The caller's memory is rewound from row to row, as an import does it. */
static Str sheet_told(BaseFixture *fx, SheetReader *r, size_t index)
{
    Arena *told = arena_new();
    arena_defer(fx->arena, (void (*)(void *))arena_done, told);
    StrBuf b = strbuf_in(told);
    SheetCell *cells;
    size_t count;
    int64_t row;
    bool has = true;
    if (sheet_select(&fx->c, r, index) != ST_OK)
        return fx->c.err.message;
    while (has) {
        CtxMark before = ctx_mark(&fx->c);
        if (sheet_next_row(&fx->c, r, &cells, &count, &row, &has) != ST_OK)
            return fx->c.err.message;
        for (size_t i = 0; has && i < count; i++)
            put_cell(&b, told, &cells[i], row);
        ctx_rewind(&fx->c, before);
    }
    return strbuf_str(&b);
}

static Str bytes_told(BaseFixture *fx, Str bytes, SheetFormat format)
{
    SheetReader *r;
    ctx_forgive(&fx->c);
    Status status = sheet_read_open(&fx->c, bytes, format, &r);
    if (status == ST_OK)
        return sheet_told(fx, r, 0);
    assert_int_equal(status, ST_INVALID);
    return fx->c.err.message;
}

static Str parts_told(BaseFixture *fx, const PackedPart *parts, size_t count)
{
    return bytes_told(fx, packed_with(fx->arena, parts, count, true), SHEET_XLSX);
}

#define assert_told(want, ...)                                                   \
    do {                                                                         \
        static const PackedPart parts_[] = { __VA_ARGS__ };                      \
        assert_str_equal(parts_told(*state, parts_, COUNT_OF(parts_)), S(want)); \
    } while (0)

/* In English, for the part of the message that tells what is wrong. */
static void refused(BaseFixture *fx, Str bytes, SheetFormat format, const char *want)
{
    fx->c.lang = LANG_EN;
    Str said = bytes_told(fx, bytes, format);
    if (fx->c.err.status != ST_INVALID || str_find(said, str_of(want), 0) == SIZE_MAX) {
        print_error("got:  %.*s\nwant: %s\n", STR_ARG(said), want);
        _fail(__FILE__, __LINE__);
    }
    fx->c.lang = LANG_ZH;
    said = bytes_told(fx, bytes, format);
    assert_true(fx->c.err.status == ST_INVALID && str_is_text(said) && str_chars(said) < said.len);
}

#define assert_refused(want, ...)                                                                \
    do {                                                                                         \
        static const PackedPart parts_[] = { __VA_ARGS__ };                                      \
        BaseFixture *fx_ = *state;                                                               \
        refused(fx_, packed_with(fx_->arena, parts_, COUNT_OF(parts_), true), SHEET_XLSX, want); \
    } while (0)

/* --- cells of a workbook -------------------------------------------------------------------------------------------
 */

static void texts_of_all_sorts(void **state)
{
    assert_told("A1:T=甲 B1:T=红黑 C1:T=东京 D1:T= 留白 E1:T=去白",
        STRINGS("<si><t>甲</t></si><si><r><rPr><b/></rPr><t>红</t></r><r><t>黑</t></r></si>"
                "<si><t>东京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh><phoneticPr fontId='1'/></si>"
                "<si><t xml:space='preserve'> 留白</t></si><si><t>\n 去白 \n</t></si><si><t/></si>"),
        SHEET("<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='C1' t='s'><v>2</v></c>"
              "<c r='D1' t='s'><v>3</v></c><c r='E1' t='s'><v>4</v></c><c r='F1' t='s'><v>5</v></c></row>"));
    assert_told("A1:T=内 B1:T=内外 C1:T=得数 D1:T=a<b>&\"甲 E1:T=x",
        SHEET("<row r='1'><c r='A1' t='inlineStr'><is><t>内</t></is></c>"
              "<c r='B1' t='inlineStr'><is><r><t>内</t></r><r><t>外</t></r><rPh><t>不</t></rPh></is></c>"
              "<c r='C1' t='str'><f>A1&amp;B1</f><v>得数</v></c>"
              "<c r='D1' t='str'><v>a&lt;b&gt;&amp;&quot;&#x7532;</v></c><c r='E1' t='str'><v><![CDATA[x]]></v></c>"
              "<c r='F1' t='str'><f>\"\"</f><v></v></c><c r='G1' s='1'/></row>"));
    assert_told("A1:T=a\rb B1:T=_x000D_ C1:T=\xf0\x9f\x98\x80 D1:T=_x0000__xD83D_ E1:T=_x00G0_",
        SHEET("<row><c t='str'><v>a_x000D_b</v></c><c t='str'><v>_x005F_x000D_</v></c>"
              "<c t='inlineStr'><is><t>_xD83D__xde00_</t></is></c><c t='str'><v>_x0000__xD83D_</v></c>"
              "<c t='str'><v>_x00G0_</v></c></row>"));
}

static void flags_faults_and_numbers(void **state)
{
    assert_told("A1:F=TRUE B1:F=FALSE C1:X=#N/A D1:X== E1:X=abc F1:N=7",
        SHEET("<row><c t='b'><v>1</v></c><c t='b'><v>0</v></c><c t='e'><v>#N/A</v></c><c><f>SUM(1)</f><v/></c>"
              "<c><v>abc</v></c><c t='n'><f>3+4</f><v>7</v></c></row>"));
    static const struct {
        const char *raw, *told;
    } rows[] = {
        { "123.45", "N=123.45" },
        { "20170412", "N=20170412" },
        { "1e10", "N=10000000000" },
        { "1E+2", "N=100" },
        { "12.0", "N=12" },
        { "0", "N=0" },
        { "-0", "N=0" },
        { "-0.0", "N=0" },
        { "007", "N=7" },
        { "+5", "N=5" },
        { "0.10", "N=0.1" },
        { ".5", "N=0.5" },
        { "-1.5", "N=-1.5" },
        { "-2", "N=-2" },
        { "1.1000000000000001", "N=1.1" },
        { "0.30000000000000004", "N=0.30000000000000004" },
        { "1.0000000000000001E-5", "N=0.00001" },
        { "1.23E-7", "N=0.000000123" },
        { "123456789.12000001", "N=123456789.12" },
        { "99999999999.990005", "N=99999999999.99" },
        { "1.5E+20", "N=150000000000000000000" },
        { "110101199001011234", "N=110101199001011234" },
        { "1e400", "X=1e400" },
        { "nan", "X=nan" },
        { "0x10", "X=0x10" },
        { "1 2", "X=1 2" },
        { "1e", "X=1e" },
        { "-", "X=-" },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Str xml = str_format(fx->arena,
            "<worksheet xmlns='" MAIN "'><sheetData><row><c><v>%s</v></c></row></sheetData></worksheet>", rows[i].raw);
        const PackedPart part = { "xl/worksheets/sheet1.xml", xml };
        Str want = str_format(fx->arena, "A1:%s", rows[i].told), got = parts_told(fx, &part, 1);
        row_holds(str_eq(got, want), "%s: %.*s", rows[i].raw, STR_ARG(got));
    }
}

/* One cell of a style with a number format of its own, or with a built-in one. */
static Str date_told(BaseFixture *fx, const char *serial, int id, const char *code, bool since_1904)
{
    Arena *a = fx->arena;
    const PackedPart parts[] = {
        { "xl/styles.xml", str_format(a,
                               "<styleSheet xmlns='" MAIN "'><numFmts><numFmt numFmtId='%d' formatCode='%s'/></numFmts>"
                               "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf "
                               "numFmtId='%d'/></cellXfs>"
                               "<dxfs><dxf><numFmt numFmtId='%d' formatCode='0'/></dxf></dxfs></styleSheet>",
                               code ? id : 999, code ? code : "0", id, id) },
        { "xl/workbook.xml",
            str_format(a,
                "<workbook xmlns='" MAIN "' xmlns:r='" PACKED_OFFICE "'><workbookPr date1904='%d'/><sheets>"
                "<sheet name='x' sheetId='1' r:id='rId1'/></sheets></workbook>",
                since_1904) },
        { "xl/worksheets/sheet1.xml",
            str_format(a,
                "<worksheet xmlns='" MAIN "'><sheetData><row><c s='1'><v>%s</v></c></row></sheetData></worksheet>",
                serial) },
    };
    return str_sub(parts_told(fx, parts, COUNT_OF(parts)), 3, SIZE_MAX);
}

static void dates_of_both_systems(void **state)
{
    static const struct {
        const char *serial;
        int id;
        const char *code;
        bool since_1904;
        const char *told;
    } rows[] = {
        { "42837", 14, NULL, false, "D=2017-04-12" },
        { "42837", 22, NULL, false, "D=2017-04-12" },
        { "42837", 31, NULL, false, "D=2017-04-12" },
        { "42837", 57, NULL, false, "D=2017-04-12" },
        { "42837", 45, NULL, false, "D=2017-04-12" },
        { "42837", 13, NULL, false, "N=42837" },
        { "42837", 23, NULL, false, "N=42837" },
        { "42837", 37, NULL, false, "N=42837" },
        { "42837", 48, NULL, false, "N=42837" },
        { "42837", 59, NULL, false, "N=42837" },
        { "41375", 14, NULL, true, "D=2017-04-12" },
        { "0", 14, NULL, true, "D=1904-01-01" },
        { "-1", 14, NULL, true, "X=-1" },
        { "61", 14, NULL, false, "D=1900-03-01" },
        { "60", 14, NULL, false, "X=60" },
        { "1", 14, NULL, false, "X=1" },
        { "2958465", 14, NULL, false, "D=9999-12-31" },
        { "2958466", 14, NULL, false, "X=2958466" },
        { "42837.354166666664", 22, NULL, false, "D=2017-04-12 08:30:00" },
        { "42837.999999999", 22, NULL, false, "D=2017-04-13" },
        { "0.354166666666667", 20, NULL, false, "T=08:30:00" },
        { "1.5", 46, NULL, false, "T=36:00:00" },
        { "abc", 14, NULL, false, "X=abc" },
        { "42837", 176, "yyyy-mm-dd", false, "D=2017-04-12" },
        { "42837", 176, "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@", false, "D=2017-04-12" },
        { "42837", 176, "yyyy年m月d日", false, "D=2017-04-12" },
        { "42837", 176, "[$-804]yyyy\\年m\\月", false, "D=2017-04-12" },
        { "42837", 176, "[DBNum1][$-804]m&quot;月&quot;d&quot;日&quot;", false, "D=2017-04-12" },
        { "42837", 176, "[Red]m", false, "D=2017-04-12" },
        { "0.5", 176, "[h]:mm", false, "T=12:00:00" },
        { "0.5", 176, "[ss]", false, "T=12:00:00" },
        { "42837", 176, "#,##0.00", false, "N=42837" },
        { "42837", 176, "#,##0&quot; yd&quot;", false, "N=42837" },
        { "42837", 176, "[Red]#,##0;[Magenta]-#,##0", false, "N=42837" },
        { "42837", 176, "0\\d", false, "N=42837" },
        { "42837", 176, "_d0*m", false, "N=42837" },
        { "42837", 176, "General", false, "N=42837" },
        { "42837", 176, "0.00E+00", false, "N=42837" },
        { "42837", 176, "[", false, "N=42837" },
        { "42837", 176, "&quot;yy", false, "N=42837" },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Str got = date_told(fx, rows[i].serial, rows[i].id, rows[i].code, rows[i].since_1904);
        row_holds(str_eq(got, str_of(rows[i].told)), "%s in %d %s: %.*s", rows[i].serial, rows[i].id,
            rows[i].code ? rows[i].code : "", STR_ARG(got));
    }
    assert_told("A1:D=2017-04-12 B1:D=2017-04-12 08:30:05 C1:X=1899-12-31 D1:X=2017-04-12x E1:X=1900-02-28",
        SHEET("<row><c t='d'><v>2017-04-12</v></c><c t='d'><v>2017-04-12T08:30:05.5Z</v></c>"
              "<c t='d'><v>1899-12-31</v></c><c t='d'><v>2017-04-12x</v></c><c t='d'><v>1900-02-28</v></c></row>"));
}

/* --- places --------------------------------------------------------------------------------------------------------
 */

static void places_are_given_or_counted(void **state)
{
    assert_told("A1:N=1 B1:N=2 D1:N=4 E1:N=5 B5:N=6 A6:N=7 XFD1048576:N=8",
        SHEET("<row><c><v>1</v></c><c><v>2</v></c><c/><c r='D1'><v>4</v></c><c><v>5</v></c></row><row/>"
              "<row r='4'><c r='A4' s='0'/></row><row r='5'><c r='B5'><v>6</v></c></row><row><c><v>7</v></c></row>"
              "<row r='1048576'><c r='XFD1048576'><v>8</v></c></row>"));
    BaseFixture *fx = *state;
    static const struct {
        int column;
        int64_t row;
        const char *text;
    } rows[] = {
        { 0, 1, "A1" },
        { 1, 7, "B7" },
        { 25, 2, "Z2" },
        { 26, 3, "AA3" },
        { 701, 4, "ZZ4" },
        { 702, 5, "AAA5" },
        { 16383, 1048576, "XFD1048576" },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_str_equal(sheet_address(fx->arena, rows[i].column, rows[i].row), str_of(rows[i].text));
    const SheetCell cells[] = { { .kind = CELL_TEXT, .column = 1 }, { .kind = CELL_NUMBER, .column = 4 } };
    assert_int_equal(sheet_cell_at(cells, 2, 1).kind, CELL_TEXT);
    assert_int_equal(sheet_cell_at(cells, 2, 4).kind, CELL_NUMBER);
    assert_int_equal(sheet_cell_at(cells, 2, 3).kind, CELL_EMPTY);
    assert_int_equal(sheet_cell_at(cells, 2, 5).column, 5);
    assert_int_equal(sheet_cell_at(NULL, 0, 0).kind, CELL_EMPTY);
}

static void merged_cells_repeat_their_first(void **state)
{
    /* A head of two lines: one column runs through both, one heading stands over two columns. */
    assert_told("A1:T=号 B1:T=金额 C1:T=金额 D1:T=备注 A2:T=号 B2:T=账面 C2:T=实际 D2:T=备注 A3:N=1 B3:N=2 C3:N=3 "
                "A4:N=1 C4:N=5",
        SHEET_MERGED("<row r='1'><c r='A1' t='str'><v>号</v></c><c r='B1' t='str'><v>金额</v></c><c r='C1' s='1'/>"
                     "<c r='D1' t='str'><v>备注</v></c></row>"
                     "<row r='2'><c r='B2' t='str'><v>账面</v></c><c r='C2' t='str'><v>实际</v></c></row>"
                     "<row r='3'><c r='A3'><v>1</v></c><c r='B3'><v>2</v></c><c r='C3'><v>3</v></c></row>"
                     "<row r='4'><c r='C4'><v>5</v></c></row>",
            "<mergeCell ref='A3:A4'/><mergeCell ref='A1:A2'/><mergeCell ref='D1:D2'/><mergeCell ref='B1:C1'/>"));
    /* A block; what hides below the first cell does not count; rows that only repeat are left out. */
    assert_told("A1:T=块 B1:T=块 C1:N=1 A3:T=块 B3:T=块 C3:N=3 A5:N=5 B5:N=6",
        SHEET_MERGED(
            "<row r='1'><c r='A1' t='str'><v>块</v></c><c r='B1'><v>9</v></c><c r='C1'><v>1</v></c></row>"
            "<row r='2'><c r='A2'><v>9</v></c></row><row r='3'><c r='B3'><v>9</v></c><c r='C3'><v>3</v></c></row>"
            "<row r='5'><c r='A5'><v>5</v></c><c r='B5'><v>6</v></c></row>",
            "<mergeCell ref='A1:B3'/><mergeCell ref='$D$5'/>"));
    /* One without a value, and one whose first row is not in the file. */
    assert_told("D2:N=2 D8:N=8", SHEET_MERGED("<row r='2'><c r='B2'><v>9</v></c><c r='D2'><v>2</v></c></row>"
                                              "<row r='8'><c r='A8'><v>9</v></c><c r='D8'><v>8</v></c></row>",
                                     "<mergeCell ref='A2:C2'/><mergeCell ref='A5:C9'/><mergeCell ref='A3:A4'/>"));
    assert_refused("sheet1.xml: ranges of merged cells overlap",
        SHEET_MERGED("<row><c><v>1</v></c></row>", "<mergeCell ref='A1:B2'/><mergeCell ref='B1:C1'/>"));
    assert_refused("a range of merged cells is wrong", SHEET_MERGED("", "<mergeCell ref='B2:A1'/>"));
    assert_refused("a range of merged cells is wrong", SHEET_MERGED("", "<mergeCell ref='A1:A1048577'/>"));
    assert_refused("a range of merged cells is wrong", SHEET_MERGED("", "<mergeCell ref='A1:XFE1'/>"));
}

/* --- the workbook's parts ------------------------------------------------------------------------------------------
 */

static void sheets_hidden_and_of_other_kinds(void **state)
{
    static const PackedPart parts[] = {
        BOOK("<sheets><sheet name='一' sheetId='1' r:id='a'/><sheet name='图' sheetId='2' r:id='b'/>"
             "<sheet name='二' sheetId='3' state='hidden' r:id='c'/><sheet name='三' sheetId='4' state='veryHidden' "
             "r:id='d'/>"
             "</sheets>"),
        BOOK_RELS(REL "a' Type='x/worksheet' Target='/xl/worksheets/sheet1.xml'/>" REL
                      "b' Type='x/chartsheet' Target='chartsheets/sheet1.xml'/>" REL
                      "c' Type='x/worksheet' Target='./worksheets/../other/b.xml'/>" REL
                      "d' Type='x/worksheet' Target='WORKSHEETS/C.xml'/>"),
        { "xl\\other\\b.xml",
            S_INIT("<worksheet xmlns='" MAIN "'><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>") },
        { "xl/worksheets/c.xml",
            S_INIT("<worksheet xmlns='" MAIN "'><sheetData><row><c><v>3</v></c></row></sheetData></worksheet>") },
    };
    BaseFixture *fx = *state;
    SheetReader *r;
    assert_int_equal(
        sheet_read_open(&fx->c, packed_with(fx->arena, parts, COUNT_OF(parts), false), SHEET_XLSX, &r), ST_OK);
    assert_int_equal(sheet_count(r), 3);
    assert_str_equal(sheet_name(r, 0), S("一"));
    assert_str_equal(sheet_name(r, 1), S("二"));
    assert_false(sheet_hidden(r, 0));
    assert_true(sheet_hidden(r, 1) && sheet_hidden(r, 2));
    assert_true(str_is_empty(sheet_encoding(r)));
    assert_str_equal(sheet_told(fx, r, 2), S("A1:N=3"));
    assert_str_equal(sheet_told(fx, r, 0), S("A1:N=1"));
    assert_str_equal(sheet_told(fx, r, 1), S("A1:N=2"));
    assert_str_equal(sheet_told(fx, r, 1), S("A1:N=2"));
}

/* Strict files have other namespaces; the prefixes are anybody's; parts may be UTF-16. */
static void namespaces_and_prefixes(void **state)
{
    assert_told("A1:T=甲 B1:N=2",
        { "xl/workbook.xml", S_INIT("<w:workbook xmlns:w='http://purl.oclc.org/ooxml/spreadsheetml/main' "
                                    "xmlns:k='http://purl.oclc.org/ooxml/officeDocument/relationships'><w:sheets>"
                                    "<w:sheet name='x' sheetId='1' k:id='rId1'/></w:sheets></w:workbook>") },
        { "xl/worksheets/sheet1.xml",
            S_INIT("<x:worksheet xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main' xmlns:y='urn:y'><x:sheetData>"
                   "<x:row><x:c t='inlineStr'><x:is><x:t>甲</x:t><y:t>乙</y:t></x:is></x:c><y:c><x:v>9</x:v></y:c>"
                   "<x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>") });
    BaseFixture *fx = *state;
    static const char xml[] = "\xff\xfe<?xml version='1.0'?><worksheet xmlns='" MAIN
                              "'><sheetData><row><c><v>5</v></c></row></sheetData></worksheet>";
    StrBuf wide = strbuf_in(fx->arena);
    strbuf_add(&wide, (Str){ xml, 2 });
    for (const char *p = xml + 2; *p; p++)
        strbuf_add(&wide, (Str){ (const char[]){ *p, 0 }, 2 });
    const PackedPart part = { "xl/worksheets/sheet1.xml", strbuf_str(&wide) };
    assert_str_equal(parts_told(fx, &part, 1), S("A1:N=5"));
}

/* --- refusals ------------------------------------------------------------------------------------------------------
 */

static void what_is_no_workbook(void **state)
{
    BaseFixture *fx = *state;
    refused(fx, STR_NONE, SHEET_XLSX, "no .xlsx or .docx file");
    refused(fx, S("甲,乙\r\n"), SHEET_XLSX, "no .xlsx or .docx file");
    refused(fx, S("PK\x03\x04 and no more"), SHEET_XLSX, "no .xlsx or .docx file");
    refused(fx, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old one"), SHEET_XLSX,
        "save it as .xlsx or .docx without a password");
    static const PackedPart readme = { "README", S_INIT("hello") };
    refused(fx, packed(fx->arena, &readme, 1, false), SHEET_XLSX, "lacks its part [Content_Types].xml");
    assert_refused("lacks its part xl/worksheets/sheet1.xml", { "xl/worksheets/sheet1.xml", { NULL, 0 } });
    assert_refused("lacks its part xl/workbook.xml", { "xl/workbook.xml", { NULL, 0 } });
    assert_refused("lacks its part _rels/.rels", { "_rels/.rels", { NULL, 0 } });
    assert_refused("no workbook in the archive",
        { "_rels/.rels", S_INIT("<Relationships xmlns='" PACKED_RELS "'></Relationships>") });
    assert_refused("xl/workbook.xml has no work sheet", BOOK("<sheets/>"));
    assert_refused("has a sheet without a part", BOOK("<sheets><sheet name='x' r:id='none'/></sheets>"));
}

static void what_is_dangerous(void **state)
{
    assert_refused("has macros (xl/vbaProject.bin)", { "xl/vbaProject.bin", S_INIT("x") });
    assert_refused("a type with macros",
        { "[Content_Types].xml",
            S_INIT("<Types xmlns='" PACKED_TYPES "'><Override PartName='/xl/workbook.xml' "
                   "ContentType='application/vnd.ms-excel.sheet.macroEnabled.main+xml'/></Types>") });
    assert_refused("binary workbook (xl/workbook.bin)", { "xl/workbook.bin", S_INIT("x") });
    assert_refused("links to other files (xl/externalLinks/externalLink1.xml)",
        { "xl/externalLinks/externalLink1.xml", S_INIT("<x/>") });
    assert_refused("links to other files (xl/drawings/_rels/drawing1.xml.RELS)",
        { "xl/drawings/_rels/drawing1.xml.RELS",
            S_INIT("<Relationships xmlns='" PACKED_RELS "'><Relationship Id='a' Type='x/image' TargetMode='External' "
                   "Target='http://example.org/a.png'/></Relationships>") });
    assert_refused("xl/worksheets/sheet1.xml line 2 declares a DOCTYPE",
        { "xl/worksheets/sheet1.xml", S_INIT("<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>") });
    assert_refused("docProps/core.xml line 1 declares a DOCTYPE", { "docProps/core.xml", S_INIT("<!DOCTYPE a><a/>") });
    assert_refused("xl/_rels/workbook.xml.rels line 1 declares a DOCTYPE",
        { "xl/_rels/workbook.xml.rels", S_INIT("<!DOCTYPE a><a/>") });
    /* A web address in a cell is no link to another file; a broken part that nobody reads is no matter. */
    assert_told("A1:N=1", { "docProps/app.xml", S_INIT("<a") },
        { "xl/worksheets/_rels/sheet1.xml.rels",
            S_INIT("<Relationships xmlns='" PACKED_RELS "'><Relationship Id='a' Type='" PACKED_OFFICE "/hyperlink' "
                   "TargetMode='External' Target='http://example.org/'/></Relationships>") });
}

static void what_is_malformed(void **state)
{
    assert_refused("xl/worksheets/sheet1.xml line 2 is no well-formed XML", SHEET("<row></c></row>"));
    assert_refused(
        "xl/worksheets/sheet1.xml line 1 is no well-formed XML", { "xl/worksheets/sheet1.xml", S_INIT("\xff") });
    assert_refused("xl/sharedStrings.xml line 2 is no well-formed XML", STRINGS("<si><t>&nbsp;</t></si>"));
    assert_refused("the cell B3 points to a shared string that is not there",
        SHEET("<row r='3'><c r='B3' t='s'><v>0</v></c></row>"));
    assert_refused("the number of the row after row 3 is wrong", SHEET("<row r='3'/><row r='3'/>"));
    assert_refused("the number of the row after row 0 is wrong", SHEET("<row r='0'/>"));
    assert_refused("the number of the row after row 0 is wrong", SHEET("<row r='x'/>"));
    assert_refused("more than 1048576 rows", SHEET("<row r='1048577'/>"));
    assert_refused("more than 1048576 rows", SHEET("<row r='1048576'/><row/>"));
    assert_refused("more than 16384 columns", SHEET("<row><c r='XFE1'/></row>"));
    assert_refused("more than 16384 columns", SHEET("<row><c r='ZZZZZZZZZZZZZZ1'/></row>"));
    assert_refused("the address of a cell in row 1 is wrong", SHEET("<row><c r='B1'/><c r='A1'/></row>"));
    assert_refused("the address of a cell in row 1 is wrong", SHEET("<row><c r='A2'/></row>"));
    assert_refused("the address of a cell in row 1 is wrong", SHEET("<row><c r='1'/></row>"));
    BaseFixture *fx = *state;
    Str good = packed_with(fx->arena, NULL, 0, false);
    char *bad = str_c(fx->arena, good);
    size_t at = str_find(good, S("<v>1</v>"), 0);
    bad[at + 3] = '2'; /* the check sum no longer fits */
    refused(fx, (Str){ bad, good.len }, SHEET_XLSX, "the part xl/worksheets/sheet1.xml of the file is damaged");
    refused(fx, str_sub(good, 0, good.len - 30), SHEET_XLSX, "no .xlsx or .docx file");
}

/* --- limits --------------------------------------------------------------------------------------------------------
 */

static Str repeated(Arena *arena, Str head, Str one, size_t times, Str tail)
{
    StrBuf b = strbuf_in(arena);
    strbuf_room(&b, head.len + one.len * times + tail.len);
    strbuf_add(&b, head);
    for (size_t i = 0; i < times; i++)
        strbuf_add(&b, one);
    strbuf_add(&b, tail);
    return strbuf_str(&b);
}

static void refused_part(BaseFixture *fx, const char *name, Str text, bool deflated, const char *want)
{
    const PackedPart part = { name, text };
    refused(fx, packed_with(fx->arena, &part, 1, deflated), SHEET_XLSX, want);
}

static void bombs(void **state)
{
    BaseFixture *fx = *state;
    Arena *a = fx->arena;
    size_t mib = 1024 * 1024;
    refused_part(fx, "xl/media/a.bin", repeated(a, STR_NONE, S("0000000000000000"), mib, STR_NONE), true,
        "xl/media/a.bin is packed more than 200:1");
    Str deep = repeated(a, S("<a>"), S("<a>"), 100, STR_NONE);
    refused_part(fx, "xl/worksheets/sheet1.xml", deep, true, "XML nested more than 64 deep");
    Str comment = repeated(a, S("<a><!--"), S("0123456789abcdef"), 100000, S("--></a>"));
    refused_part(fx, "xl/worksheets/sheet1.xml", comment, false, "a tag of more than 1 MiB");
    Str wide = repeated(a, S("<worksheet xmlns='" MAIN "'><sheetData><row><c t='str'><v>"), S("0123456789abcdef"),
        mib + 1, S("</v></c></row></sheetData></worksheet>"));
    refused_part(fx, "xl/worksheets/sheet1.xml", wide, false, "row 1 holds more than 16 MiB of text");
    Str strings =
        repeated(a, S("<sst xmlns='" MAIN "'><si><t>"), S("0123456789abcdef"), 4 * mib + 1, S("</t></si></sst>"));
    refused_part(fx, "xl/sharedStrings.xml", strings, false, "more than 64 MiB of shared strings");
    Str many = repeated(a, S("<sst xmlns='" MAIN "'>"), S("<si/>"), 4 * mib + 1, S("</sst>"));
    refused_part(fx, "xl/sharedStrings.xml", many, false, "more than 64 MiB of shared strings");
}

/* One merge over everything, and rows that would repeat it two thousand times over the whole width. */
static void merges_over_everything(void **state)
{
    BaseFixture *fx = *state;
    StrBuf b = strbuf_in(fx->arena);
    strbuf_add(&b, S("<worksheet xmlns='" MAIN "'><sheetData><row><c><v>1</v></c></row>"));
    for (int row = 2; row < 2100; row++)
        strbuf_addf(&b, "<row><c r='XFD%d'><v>1</v></c></row>", row);
    strbuf_add(&b, S("</sheetData><mergeCells><mergeCell ref='A1:XFC1048576'/></mergeCells></worksheet>"));
    const PackedPart part = { "xl/worksheets/sheet1.xml", strbuf_str(&b) };
    SheetReader *r;
    SheetCell *cells;
    size_t count;
    int64_t row = 0;
    bool has = true;
    Status status = ST_OK;
    assert_int_equal(sheet_read_open(&fx->c, packed_with(fx->arena, &part, 1, true), SHEET_XLSX, &r), ST_OK);
    assert_int_equal(sheet_select(&fx->c, r, 0), ST_OK);
    while (status == ST_OK && has)
        status = sheet_next_row(&fx->c, r, &cells, &count, &row, &has);
    assert_int_equal(status, ST_INVALID);
    assert_str_equal(fx->c.err.message, S("xl/worksheets/sheet1.xml：合并单元格的范围太大"));
    assert_true(row > 2000);
    assert_int_equal(sheet_next_row(&fx->c, r, &cells, &count, &row, &has), ST_OK);
    assert_false(has);
}

static int cells_until(BaseFixture *fx, SheetReader *r, int64_t last_row)
{
    SheetCell *cells;
    size_t count;
    int64_t row;
    bool has = true;
    int all = 0;
    for (row = 0; has && row < last_row; all += has ? (int)count : 0)
        assert_int_equal(sheet_next_row(&fx->c, r, &cells, &count, &row, &has), ST_OK);
    return all;
}

/* From the middle of a merge, from its first row, from the end. */
static void sheets_are_gone_back_to(void **state)
{
    BaseFixture *fx = *state;
    const PackedPart part = { "xl/worksheets/sheet1.xml",
        S("<worksheet xmlns='" MAIN "'><sheetData><row r='1'><c r='A1'><v>1</v></c></row>"
          "<row r='2'><c r='C2'><v>2</v></c></row><row r='3'><c r='C3'><v>3</v></c></row>"
          "<row r='4'><c r='C4'><v>4</v></c></row></sheetData>"
          "<mergeCells><mergeCell ref='A1:B3'/></mergeCells></worksheet>") };
    SheetReader *r;
    assert_int_equal(sheet_read_open(&fx->c, packed_with(fx->arena, &part, 1, true), SHEET_XLSX, &r), ST_OK);
    static const int64_t until[] = { 2, 100, 1, 100, 100 };
    static const int cells[] = { 5, 9, 2, 9, 9 };
    for (size_t i = 0; i < COUNT_OF(until); i++) {
        assert_int_equal(sheet_select(&fx->c, r, 0), ST_OK);
        assert_int_equal(cells_until(fx, r, until[i]), cells[i]);
    }
    assert_int_equal(cells_until(fx, r, 100), 0);
}

/* Sizes that the directory claims: written over the real ones, in both of its places. */
static void claims_of_size(void **state)
{
    BaseFixture *fx = *state;
    enum { PARTS = 10001 };
    PackedPart *parts = arena_array_of(fx->arena, PackedPart, PARTS);
    for (size_t i = 0; i < PARTS; i++)
        parts[i] = (PackedPart){ str_format(fx->arena, "a/%zu", i).ptr, S("x") };
    refused(fx, packed(fx->arena, parts, PARTS, false), SHEET_XLSX, "more than 10000 parts in the archive");

    Str good = packed_with(fx->arena, NULL, 0, false);
    char *bad = str_c(fx->arena, good);
    for (size_t at = 0; (at = str_find(good, S("PK\x01\x02"), at)) != SIZE_MAX; at++)
        memcpy(bad + at + 20, "\x00\x00\x00\x10\x00\x00\x00\x10", 8); /* 256 MiB, packed and unpacked */
    refused(fx, (Str){ bad, good.len }, SHEET_XLSX, "more than 512 MiB when unpacked");

    bad = str_c(fx->arena, good);
    size_t directory = str_find(good, S("PK\x01\x02"), 0);
    bad[directory + 8] |= 1; /* encrypted */
    refused(fx, (Str){ bad, good.len }, SHEET_XLSX, "encrypted");
}

/* 200,000 cells: what the reader and its caller hold does not grow from row to row. */
static void rows_stream(void **state)
{
    enum { ROWS = 20000, COLUMNS = 10 };
    BaseFixture *fx = *state;
    Arena *files = arena_new();
    StrBuf b = strbuf_in(files);
    strbuf_add(&b, S("<worksheet xmlns='" MAIN "'><sheetData>"));
    for (int row = 1; row <= ROWS; row++) {
        strbuf_addf(&b, "<row r='%d'>", row);
        for (int column = 0; column < COLUMNS; column++)
            strbuf_addf(&b, column % 2 ? "<c t='str'><v>第%d行第%d格</v></c>" : "<c><v>%d.%d5</v></c>", row, column);
        strbuf_add(&b, S("</row>"));
    }
    strbuf_add(&b, S("</sheetData><mergeCells><mergeCell ref='L2:L20000'/></mergeCells></worksheet>"));
    const PackedPart part = { "xl/worksheets/sheet1.xml", strbuf_str(&b) };
    Str bytes = packed_with(files, &part, 1, true);
    SheetReader *r;
    SheetCell *cells;
    size_t count, total = 0, held = 0;
    int64_t row;
    bool has;
    assert_int_equal(sheet_read_open(&fx->c, bytes, SHEET_XLSX, &r), ST_OK);
    assert_int_equal(sheet_select(&fx->c, r, 0), ST_OK);
    for (;;) {
        CtxMark before = ctx_mark(&fx->c);
        assert_int_equal(sheet_next_row(&fx->c, r, &cells, &count, &row, &has), ST_OK);
        if (!has)
            break;
        total += count;
        assert_int_equal(count, COLUMNS);
        if (row == 10)
            held = arena_held(fx->arena) + sheet_held(r);
        if (row == ROWS)
            assert_int_equal(arena_held(fx->arena) + sheet_held(r), held);
        ctx_rewind(&fx->c, before);
    }
    assert_int_equal(total, ROWS * COLUMNS);
    assert_true(held < 512 * 1024);
    arena_done(files);
}

/* --- CSV -----------------------------------------------------------------------------------------------------------
 */

static void csv_of_all_sorts(void **state)
{
    static const struct {
        Str bytes;
        const char *encoding, *told;
    } rows[] = {
        { S_INIT("甲,乙\r\n1,2\r\n"), "UTF-8", "A1:T=甲 B1:T=乙 A2:T=1 B2:T=2" },
        { S_INIT("\xef\xbb\xbf甲,乙"), "UTF-8", "A1:T=甲 B1:T=乙" },
        { S_INIT(""), "UTF-8", "" },
        { S_INIT("\n\n"), "UTF-8", "" },
        { S_INIT("a\n\n,,\nb"), "UTF-8", "A1:T=a A4:T=b" },
        { S_INIT("a\rb\rc"), "UTF-8", "A1:T=a A2:T=b A3:T=c" },
        { S_INIT("a;b,c;d\n1;2"), "UTF-8", "A1:T=a B1:T=b,c C1:T=d A2:T=1 B2:T=2" },
        { S_INIT("a\tb\n1,5\t2"), "UTF-8", "A1:T=a B1:T=b A2:T=1,5 B2:T=2" },
        { S_INIT("标题\na;b\n"), "UTF-8", "A1:T=标题 A2:T=a B2:T=b" },
        { S_INIT("\"a;b;c\",d\n"), "UTF-8", "A1:T=a;b;c B1:T=d" },
        { S_INIT("\"a\"\"b\",\"c\r\nd\"\r\ne"), "UTF-8", "A1:T=a\"b B1:T=c\r\nd A2:T=e" },
        { S_INIT("\"\",x"), "UTF-8", "B1:T=x" },
        { S_INIT("\"a\"b,5\" c"), "UTF-8", "A1:T=ab B1:T=5\" c" },
        { S_INIT("'=1+1,'abc,'-5,'+6,'@a,''b,'"), "UTF-8",
            "A1:T==1+1 B1:T='abc C1:T=-5 D1:T=+6 E1:T=@a F1:T='b G1:T='" },
        { S_INIT("\xbc\xd7,\xd2\xd2\n"), "GB18030", "A1:T=甲 B1:T=乙" },
        { S_INIT("\x82\x35\x8f\x33\n"), "GB18030", "A1:T=\xe9\xbe\xa6" },
        { S_INIT("\xff\xfe\x32\x75\x2c\x00\x59\x4e\x0a\x00"), "UTF-16LE", "A1:T=甲 B1:T=乙" },
        { S_INIT("\xfe\xff\x75\x32\x00\x09\x4e\x59"), "UTF-16BE", "A1:T=甲 B1:T=乙" },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        SheetReader *r;
        assert_int_equal(sheet_read_open(&fx->c, rows[i].bytes, SHEET_CSV, &r), ST_OK);
        assert_int_equal(sheet_count(r), 1);
        assert_true(str_is_empty(sheet_name(r, 0)) && !sheet_hidden(r, 0));
        assert_str_equal(sheet_encoding(r), str_of(rows[i].encoding));
        assert_str_equal(sheet_told(fx, r, 0), str_of(rows[i].told));
        assert_str_equal(sheet_told(fx, r, 0), str_of(rows[i].told));
    }
}

static void csv_refused(void **state)
{
    static const struct {
        Str bytes;
        const char *message;
    } rows[] = {
        { S_INIT("a\n\"b\nc\nd"), "the quote in line 2 has no end" },
        { S_INIT("\"a\nb\",c\r\n\"d\"\"\n"), "the quote in line 3 has no end" },
        { S_INIT("a\nb\0c"), "line 2 holds a NUL byte" },
        { S_INIT("\xff\xfe\x00\x00"), "line 1 holds a NUL byte" },
        { S_INIT("a\r\n\xff\n"), "line 2 holds bytes that are no GB18030" },
        { S_INIT("\xff\xfe\x0a\x00\x00\xd8\x41\x00"), "line 2 holds bytes that are no UTF-16LE" },
        { S_INIT("\xfe\xff\x00"), "line 1 holds bytes that are no UTF-16BE" },
        { S_INIT("PK\x03\x04"), "this is a workbook" },
        { S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "this is a workbook" },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        refused(fx, rows[i].bytes, SHEET_CSV, rows[i].message);
    refused(
        fx, repeated(fx->arena, STR_NONE, S(","), 16384, STR_NONE), SHEET_CSV, "line 1 has more than 16384 columns");
    refused(fx, repeated(fx->arena, STR_NONE, S("a\n"), 1048577, STR_NONE), SHEET_CSV,
        "line 1048577: more than 1048576 rows");
}

/* --- what sheet_write writes ----------------------------------------------------------------------------------------
 */

static Str written(BaseFixture *fx, SheetFormat format)
{
    StrBuf out = strbuf_in(fx->arena);
    SheetWriter *w;
    assert_int_equal(sheet_write_open(&fx->c, format, S("整改台账"), &w), ST_OK);
    sheet_heading(w, S("编号"), 8);
    sheet_heading(w, S("反馈问题"), 20);
    sheet_row_end(w);
    sheet_whole(w, 20170412);
    sheet_text(w, S("=1+1"));
    sheet_money(w, -12345);
    sheet_date(w, 20170412);
    sheet_row_end(w);
    sheet_row_end(w);
    sheet_text(w, S(" 两行\n\"引\",<&> _x00 "));
    sheet_text(w, STR_NONE);
    sheet_date(w, 19000228);
    sheet_money(w, 10);
    sheet_text(w, S("'x"));
    sheet_row_end(w);
    assert_int_equal(sheet_write_close(&fx->c, w, &out), ST_OK);
    return strbuf_str(&out);
}

static void written_and_read_again(void **state)
{
    BaseFixture *fx = *state;
    assert_str_equal(bytes_told(fx, written(fx, SHEET_CSV), SHEET_CSV),
        S("A1:T=编号 B1:T=反馈问题 A2:T=20170412 B2:T==1+1 C2:T=-123.45 D2:T=2017-04-12 "
          "A4:T= 两行\n\"引\",<&> _x00  C4:T=1900-02-28 D4:T=0.10 E4:T='x"));
    assert_str_equal(bytes_told(fx, written(fx, SHEET_XLSX), SHEET_XLSX),
        S("A1:T=编号 B1:T=反馈问题 A2:N=20170412 B2:T==1+1 C2:N=-123.45 D2:D=2017-04-12 "
          "A4:T= 两行\n\"引\",<&> _x00  C4:T=1900-02-28 D4:N=0.1 E4:T='x"));
}

/* --- tables of a Word document -------------------------------------------------------------------------------------
 */

#define WORD_DOCUMENT(body)                                                                                  \
    {                                                                                                        \
        "word/document.xml",                                                                                 \
            S_INIT(PACKED_HEAD "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/200" \
                               "6/main'><w:body>" body "</w:body></w:document>")                             \
    }
#define WP(text)  "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define WC(text)  "<w:tc>" WP(text) "</w:tc>"
#define WR(cells) "<w:tr>" cells "</w:tr>"

static void tables_of_a_word_document(void **state)
{
    static const PackedPart two =
        WORD_DOCUMENT(WP("前") "<w:tbl>" WR(WC("序号") WC("问题")) WR(WC("1") "<w:tc>" WP("甲") WP("乙") "</w:tc>")
                WR(WC("") WC("")) WR(WC("2") WC(" 丙 ")) "</w:tbl>" WP("后") "<w:tbl>" WR(WC("只有一格")) "</w:tbl>");
    static const PackedPart merged =
        WORD_DOCUMENT("<w:tbl>" WR("<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" WP("宽") "</w:tc>" WC("右"))
                WR("<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" WP("高") "</w:tc>" WC("一"))
                    WR("<w:tc><w:tcPr><w:vMerge/></w:tcPr>" WP("") "</w:tc>" WC("二")) "</w:tbl>");
    static const PackedPart nested =
        WORD_DOCUMENT("<w:tbl>" WR("<w:tc>" WP("外") "<w:tbl>" WR(WC("内")) "</w:tbl></w:tc>" WC("右")) "</w:tbl>");
    static const PackedPart none = WORD_DOCUMENT(WP("没有表格"));
    BaseFixture *fx = *state;
    assert_str_equal(bytes_told(fx, packed_with(fx->arena, &two, 1, true), SHEET_XLSX),
        S("A1:T=序号 B1:T=问题 A2:T=1 B2:T=甲\n乙 A4:T=2 B4:T=丙"));
    assert_str_equal(bytes_told(fx, packed_with(fx->arena, &merged, 1, true), SHEET_XLSX),
        S("A1:T=宽 C1:T=右 A2:T=高 B2:T=一 A3:T=高 B3:T=二"));
    assert_str_equal(bytes_told(fx, packed_with(fx->arena, &nested, 1, true), SHEET_XLSX), S("A1:T=外\n内 B1:T=右"));
    SheetReader *r;
    assert_int_equal(sheet_read_open(&fx->c, packed_with(fx->arena, &two, 1, true), SHEET_XLSX, &r), ST_OK);
    assert_int_equal(sheet_count(r), 2);
    assert_str_equal(sheet_name(r, 1), S("表格2"));
    assert_int_equal(sheet_read_open(&fx->c, packed_with(fx->arena, &none, 1, true), SHEET_XLSX, &r), ST_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_CTX(texts_of_all_sorts),
        WITH_CTX(flags_faults_and_numbers),
        WITH_CTX(dates_of_both_systems),
        WITH_CTX(places_are_given_or_counted),
        WITH_CTX(merged_cells_repeat_their_first),
        WITH_CTX(sheets_hidden_and_of_other_kinds),
        WITH_CTX(namespaces_and_prefixes),
        WITH_CTX(what_is_no_workbook),
        WITH_CTX(what_is_dangerous),
        WITH_CTX(what_is_malformed),
        WITH_CTX(bombs),
        WITH_CTX(merges_over_everything),
        WITH_CTX(sheets_are_gone_back_to),
        WITH_CTX(claims_of_size),
        WITH_CTX(rows_stream),
        WITH_CTX(csv_of_all_sorts),
        WITH_CTX(csv_refused),
        WITH_CTX(written_and_read_again),
        WITH_CTX(tables_of_a_word_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
