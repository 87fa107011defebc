/* Workbooks packed in memory from literal parts, for the tests and the fuzzing of the sheet reader. */
#ifndef PACKED_H
#define PACKED_H

#include "base/str.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

typedef struct PackedPart {
    const char *name;
    Str text;
} PackedPart;

#define PACKED_HEAD   "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define PACKED_MAIN   "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define PACKED_OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKED_RELS   "http://schemas.openxmlformats.org/package/2006/relationships"
#define PACKED_TYPES  "http://schemas.openxmlformats.org/package/2006/content-types"

/* What each workbook of the tests has unless it says otherwise. */
static const PackedPart packed_base[] = {
    { "[Content_Types].xml",
        S_INIT(PACKED_HEAD "<Types xmlns='" PACKED_TYPES "'><Default Extension='xml' ContentType='application/xml'/>"
                           "</Types>") },
    { "_rels/.rels", S_INIT(PACKED_HEAD "<Relationships xmlns='" PACKED_RELS "'><Relationship Id='rId1' "
                                        "Type='" PACKED_OFFICE "/officeDocument' Target='xl/workbook.xml'/>"
                                        "</Relationships>") },
    { "xl/workbook.xml", S_INIT(PACKED_HEAD "<workbook xmlns='" PACKED_MAIN "' xmlns:r='" PACKED_OFFICE "'><sheets>"
                                            "<sheet name='台账' sheetId='1' r:id='rId1'/></sheets></workbook>") },
    { "xl/_rels/workbook.xml.rels",
        S_INIT(PACKED_HEAD "<Relationships xmlns='" PACKED_RELS "'>"
                           "<Relationship Id='rId1' Type='" PACKED_OFFICE "/worksheet' Target='worksheets/sheet1.xml'/>"
                           "<Relationship Id='rId2' Type='" PACKED_OFFICE "/styles' Target='styles.xml'/>"
                           "<Relationship Id='rId3' Type='" PACKED_OFFICE "/sharedStrings' Target='sharedStrings.xml'/>"
                           "</Relationships>") },
    { "xl/worksheets/sheet1.xml",
        S_INIT(PACKED_HEAD "<worksheet xmlns='" PACKED_MAIN "'><sheetData><row><c><v>1</v></c></row></sheetData>"
                           "</worksheet>") },
};
enum { PACKED_BASE = sizeof packed_base / sizeof packed_base[0], PACKED_MAX = 64 };

static inline void packed_check(bool holds)
{
    if (!holds)
        abort();
}

static inline void packed_add(zip_t *zip, const PackedPart *part, bool deflated)
{
    zip_source_t *source = zip_source_buffer(zip, part->text.ptr, part->text.len, 0);
    zip_int64_t at = source ? zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8) : -1;
    packed_check(at >= 0);
    packed_check(zip_set_file_compression(zip, (zip_uint64_t)at, deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) == 0);
}

/* The archive's bytes, in the arena. Deflated or just stored. */
static inline Str packed(Arena *arena, const PackedPart *parts, size_t count, bool deflated)
{
    zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, NULL);
    packed_check(whole != NULL);
    zip_source_keep(whole);
    zip_t *zip = zip_open_from_source(whole, ZIP_TRUNCATE, NULL);
    packed_check(zip != NULL);
    for (size_t i = 0; i < count; i++)
        packed_add(zip, &parts[i], deflated);
    zip_stat_t stat;
    packed_check(zip_close(zip) == 0 && zip_source_open(whole) == 0 && zip_source_stat(whole, &stat) == 0);
    char *bytes = arena_alloc(arena, stat.size);
    packed_check(zip_source_read(whole, bytes, stat.size) == (zip_int64_t)stat.size);
    zip_source_close(whole);
    zip_source_free(whole);
    return (Str){ bytes, stat.size };
}

/* A part of an archive, unpacked. */
static inline Str packed_part(Arena *arena, Str bytes, const char *name)
{
    zip_source_t *source = zip_source_buffer_create(bytes.ptr, bytes.len, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
    zip_stat_t stat;
    packed_check(zip != NULL && zip_stat(zip, name, 0, &stat) == 0);
    char *text = arena_alloc(arena, stat.size + 1);
    zip_file_t *file = zip_fopen(zip, name, 0);
    packed_check(zip_fread(file, text, stat.size) == (zip_int64_t)stat.size);
    zip_fclose(file);
    zip_discard(zip);
    return (Str){ text, stat.size };
}

/* The base with other parts: one of a name that is there replaces it, or removes it when its text is empty. */
static inline Str packed_with(Arena *arena, const PackedPart *others, size_t count, bool deflated)
{
    PackedPart parts[PACKED_MAX];
    size_t n = 0;
    packed_check(PACKED_BASE + count <= PACKED_MAX);
    for (size_t i = 0; i < PACKED_BASE; i++) {
        bool replaced = false;
        for (size_t k = 0; k < count; k++)
            replaced |= strcmp(packed_base[i].name, others[k].name) == 0;
        if (!replaced)
            parts[n++] = packed_base[i];
    }
    for (size_t k = 0; k < count; k++)
        if (others[k].text.len)
            parts[n++] = others[k];
    return packed(arena, parts, n, deflated);
}

#endif
