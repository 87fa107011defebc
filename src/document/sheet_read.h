/* Reads the sheets of an Excel workbook (xlsx), the tables of a Word document (docx), or comma-separated values (CSV),
 * row by row, for imports.
 *
 * The file is untrusted. A workbook that is encrypted, holds macros, links to other files, declares a DOCTYPE, unpacks
 * to more than the limits below or is no well-formed package is refused: ST_INVALID, and the message names the part
 * (for XML its line, in CSV the line of the file). Nothing is written to disk.
 *
 * A workbook is read as Excel shows it: shared, inline and computed texts with their rich runs joined and without the
 * phonetic ones; dates by number format in both date systems; a merge's value is repeated in each of its cells. A
 * formula counts by the result that was saved with it; one saved without a result is a CELL_FAULT with the text "=".
 *
 * CSV may be UTF-8, UTF-16 with a byte order mark, or GB18030; its separator is the comma, semicolon or tab that the
 * first line with any of them has most of; each cell is a text. The apostrophe that sheet_write puts before = + - @ '
 * tab and return is taken away again.
 *
 * Memory: one row, the shared strings, the styles and merges of a workbook; CSV that is no UTF-8 is held once more, in
 * up to twice its size. */
#ifndef DOCUMENT_SHEET_READ_H
#define DOCUMENT_SHEET_READ_H

#include "base/clock.h"
#include "base/ctx.h"
#include "base/str.h"
#include "document/sheet_write.h"

enum {
    SHEET_READ_ROWS_MAX = 1048576,
    SHEET_READ_COLUMNS_MAX = 16384,
    SHEET_READ_ENTRIES_MAX = 10000,                  /* parts of a workbook */
    SHEET_READ_UNPACKED_MAX = 512 * 1024 * 1024,     /* bytes of all its parts */
    SHEET_READ_RATIO_MAX = 200,                      /* of a part bigger than … */
    SHEET_READ_RATIO_FROM = 10 * 1024 * 1024,        /* … this */
    SHEET_READ_STRINGS_BYTES_MAX = 64 * 1024 * 1024, /* shared strings with their index */
    SHEET_READ_ROW_BYTES_MAX = 16 * 1024 * 1024,     /* texts of one row that are no shared strings */
    SHEET_READ_MERGES_MAX = 500000,                  /* of one sheet */
    SHEET_READ_SHEETS_MAX = 1024
};

typedef enum SheetCellKind { CELL_EMPTY, CELL_TEXT, CELL_NUMBER, CELL_DATE, CELL_FLAG, CELL_FAULT } SheetCellKind;

typedef struct SheetCell {
    SheetCellKind kind;
    int column; /* from 0 */
    /* NUMBER: the shortest decimal that means the same number, without exponent ("123.45", "20170412"); a whole number
     *   keeps all the digits that the file has.
     * DATE: "2017-04-12", or "2017-04-12 08:30:00" when it has a time of day.
     * TEXT: also a time of day or a duration, "08:30:00", when its format has hours and no days.
     * FLAG: "TRUE" or "FALSE".
     * FAULT: "#N/A" …; the raw value of what is no number, and of dates before 1900-03-01 (Excel's leap-year bug makes
     *   their day uncertain), below 0 or after 9999. */
    Str text;
    double number; /* NUMBER; DATE: the serial number; FLAG: 1 or 0 */
    Date date;     /* DATE, without its time of day */
    bool lasting;  /* the text stays valid as long as the reader, not just until the next row */
} SheetCell;

typedef struct SheetReader SheetReader;
/* `bytes` is the whole file; the caller keeps it as long as the reader, which the arena of the Ctx closes. The reader
 * has memory of its own: the caller may rewind between rows. */
Status sheet_read_open(Ctx *c, Str bytes, SheetFormat format, SheetReader **out) MUST_CHECK;
/* Work sheets in the order of their tabs, chart sheets and the like left out; in CSV one without a name. */
size_t sheet_count(const SheetReader *r);
Str sheet_name(const SheetReader *r, size_t index);
bool sheet_hidden(const SheetReader *r, size_t index);
/* "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030" as it was found in CSV; STR_NONE for a workbook. */
Str sheet_encoding(const SheetReader *r);

/* Goes to the start of a sheet; any number of times. */
Status sheet_select(Ctx *c, SheetReader *r, size_t index) MUST_CHECK;
/* The next row that holds anything of its own (what a merge repeats from above does not count), or `*has` false. Cells
 * that are empty are left out, the others come by their columns; they stay valid until the next call. `*row_number`
 * counts from 1 as spreadsheets show it. After a failure the sheet is at its end. */
Status sheet_next_row(
    Ctx *c, SheetReader *r, SheetCell **cells, size_t *count, int64_t *row_number, bool *has) MUST_CHECK;
/* Bytes that the reader holds in its own memory, for tests of flat memory. */
size_t sheet_held(const SheetReader *r);
/* The cell of a column, or one that is CELL_EMPTY. */
SheetCell sheet_cell_at(const SheetCell *cells, size_t count, int column);
/* "B7" for column 1, row 7. */
Str sheet_address(Arena *arena, int column, int64_t row_number);

#endif
