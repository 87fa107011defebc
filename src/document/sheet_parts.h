/* What the files of the sheet reader share; only they include it.
 *
 *   sheet_read.c      the door            sheet_csv.c    CSV            sheet_docx.c   tables of a Word document
 *   sheet_book.c      workbook, styles, shared strings    sheet_rows.c   rows of a work sheet   sheet_merge.c  its
 * merges sheet_xml.c    a part of it as XML     sheet_value.c  texts, numbers, dates */
#ifndef DOCUMENT_SHEET_PARTS_H
#define DOCUMENT_SHEET_PARTS_H

#include "document/package.h"
#include "document/sheet_read.h"

/* --- values: pure ------------------------------------------------------------------------------------------------ */

typedef enum FormatKind { FORMAT_PLAIN, FORMAT_DATE, FORMAT_TIME } FormatKind;
FormatKind format_built_in(int64_t id);
FormatKind format_of_code(Str code);

/* Fills kind, text, number and date of a cell from the raw value of the file; texts go to the arena. */
void value_number(Arena *arena, Str raw, FormatKind format, bool since_1904, SheetCell *cell);
void value_iso_date(Arena *arena, Str raw, SheetCell *cell);
/* Undoes _xHHHH_ in place; the new length. */
size_t value_unescape(char *text, size_t len);
/* "$B$7": column from 0, row from 1. What is beyond any sheet comes out as the first column or row beyond. */
bool value_address(Str text, int *column, int64_t *row);

/* --- a part as XML ----------------------------------------------------------------------------------------------- */

/* Names are local; elements outside the spreadsheet namespaces are not reported unless `any_namespace`. A handler that
 * returns a failure ends the reading with it. */
typedef struct XmlHandlers {
    Status (*start)(Ctx *c, void *arg, Str name, const char **attributes);
    Status (*end)(Ctx *c, void *arg, Str name);  /* may be NULL */
    Status (*text)(Ctx *c, void *arg, Str text); /* may be NULL */
    bool any_namespace;
} XmlHandlers;

struct XML_ParserStruct;
typedef struct XmlPart {
    Package *package;
    Str name;
    struct XML_ParserStruct *parser;
    const XmlHandlers *handlers;
    void *arg;
    Ctx *c; /* of the call on its way */
    Status status;
    uint32_t depth;
    size_t quiet; /* bytes since anything was reported */
    bool paused;
    bool enough;
    bool fed_all;
} XmlPart;

/* `name` must last as long as the part is open. */
Status xml_open(Ctx *c, XmlPart *part, Package *package, Str name, const XmlHandlers *handlers, void *arg) MUST_CHECK;
/* Goes on until a handler pauses (`*more`), has enough, or the part ends. */
Status xml_run(Ctx *c, XmlPart *part, bool *more) MUST_CHECK;
void xml_close(XmlPart *part);
/* Open, run and close. */
Status xml_whole(Ctx *c, XmlPart *part, Package *package, Str name, const XmlHandlers *handlers, void *arg) MUST_CHECK;
/* Refuses a DOCTYPE; other faults of a part that nobody reads are let be. */
Status xml_check_prolog(Ctx *c, XmlPart *part, Package *package, Str name) MUST_CHECK;
/* For handlers. */
void xml_pause(XmlPart *part);
void xml_enough(XmlPart *part);
Str xml_attribute(const char **attributes, const char *name);
/* The attribute `name` of a namespace that ends with `space`. */
Str xml_attribute_in(const char **attributes, Str space, const char *name);

/* The text of elements such as <t>, one behind the other: without the blanks around it unless xml:space keeps them. */
typedef struct XmlText {
    StrBuf all;
    size_t start;
    bool on;
    bool keep_blanks;
} XmlText;
void xml_text_begin(XmlText *t, const char **attributes);
void xml_text_end(XmlText *t, bool unescape);

/* --- the workbook ------------------------------------------------------------------------------------------------ */

typedef struct BookSheet {
    Str name;
    Str part;
    bool hidden;
} BookSheet;

enum { STRINGS_A_PAGE = 4096, STRING_PAGES = SHEET_READ_STRINGS_BYTES_MAX / STRINGS_A_PAGE / sizeof(Str) + 1 };

typedef struct Book {
    Arena *kept;
    Package *package;
    XmlPart part;
    bool since_1904;
    BookSheet *sheets;
    size_t sheet_count;
    FormatKind *formats; /* by cell style */
    size_t format_count;
    Str *string_pages[STRING_PAGES];
    size_t string_count;
    size_t string_bytes;
} Book;

/* Fills a zeroed book, which is closed by book_close() also after a failure. */
Status book_open(Ctx *c, Arena *kept, Str bytes, Book *book) MUST_CHECK;
void book_close(Book *book);
FormatKind book_format(const Book *book, int64_t style);
bool book_string(const Book *book, int64_t index, Str *out);

/* --- merges ------------------------------------------------------------------------------------------------------ */

typedef struct Merge {
    int32_t first_row, last_row;
    int16_t first_column, last_column;
} Merge;

/* A merge that reaches the present row, with the value of its first cell. */
typedef struct HeldMerge HeldMerge;
struct HeldMerge {
    Merge at;
    SheetCell value;
    StrBuf text;
    HeldMerge *next_unused;
};

typedef struct Merges {
    Arena *memory;
    Str part;
    Merge *all; /* by first row, then column, once sorted */
    size_t count, room;
    size_t next;        /* the first that the rows have not reached */
    HeldMerge **active; /* by column; they do not overlap */
    size_t active_count, active_room;
    HeldMerge *unused;
    int64_t work; /* so that merges over everything do not take for ever */
} Merges;

Status merges_add(Ctx *c, Merges *m, Str range) MUST_CHECK;
void merges_sort(Merges *m);
void merges_restart(Merges *m); /* before the first row again */
/* Rows in their order: replaces the cells by those with the repeated ones. No cells when the row has none of its own.
 */
Status merges_apply(Ctx *c, Merges *m, Arena *memory, int64_t row, SheetCell **cells, size_t *count) MUST_CHECK;

/* --- rows of a work sheet ---------------------------------------------------------------------------------------- */

typedef struct Rows {
    Book *book;
    Arena *memory; /* of the row */
    Str part;
    Merges merges;
    int64_t row;
    SheetCell *cells;
    size_t count, room;
    size_t bytes;
    bool ready;
    bool in_row, in_cell, in_inline, in_phonetic;
    bool has_formula, has_inline;
    Str type;
    char type_text[12];
    int64_t style;
    int column; /* of the present cell, or the one before */
    XmlText text;
} Rows;

/* Reads the merges, then stands before the first row. `lasting` is memory of the sheet, `memory` of one row. */
Status sheet_rows_open(Ctx *c, Rows *rows, Book *book, size_t sheet, Arena *lasting, Arena *memory) MUST_CHECK;
/* Back before the first row of the sheet that was opened; its merges are known. */
Status sheet_rows_again(Ctx *c, Rows *rows) MUST_CHECK;
Status sheet_rows_next(Ctx *c, Rows *rows, bool *has) MUST_CHECK;

/* Makes room for one more in an array of the arena that doubles. */
void *parts_room(Arena *arena, void *array, size_t count, size_t *room, size_t size);

/* --- tables of a Word document -------------------------------------------------------------------------------------
 */

typedef struct DocxRow {
    SheetCell *cells;
    size_t count;
    int64_t number; /* from 1 */
} DocxRow;
typedef struct DocxTable {
    Str name;
    DocxRow *rows;
    size_t count;
    int64_t next_number;
} DocxTable;
typedef struct DocxTables {
    DocxTable *tables;
    size_t count;
} DocxTables;

/* `is_docx` false: some other archive, nothing is read. ST_INVALID for a document without a table. */
Status docx_tables_read(Ctx *c, Arena *kept, Str bytes, DocxTables *out, bool *is_docx) MUST_CHECK;

/* --- CSV --------------------------------------------------------------------------------------------------------- */

typedef struct Csv {
    Str text; /* UTF-8 */
    Str encoding;
    char separator;
    Arena *memory; /* of the row */
    size_t at;
    int64_t row;
    int64_t line;
    SheetCell *cells;
    size_t count, room;
} Csv;

/* The text stays where it is when it is UTF-8 already, else goes to `kept`. */
Status csv_open(Ctx *c, Arena *kept, Arena *row_memory, Str bytes, Csv *csv) MUST_CHECK;
void csv_rewind(Csv *csv);
Status csv_next(Ctx *c, Csv *csv, bool *has) MUST_CHECK;

#endif
