/* The zip archive that a workbook or a Word document is, read within limits and written with some of its parts
 * replaced.
 *
 * The file is untrusted: encrypted ones, those with macros or links to other workbooks, and those that unpack to more
 * than the limits of sheet_read.h are refused by name (ST_INVALID). */
#ifndef DOCUMENT_PACKAGE_H
#define DOCUMENT_PACKAGE_H

#include "base/ctx.h"

enum { PACKAGE_PART_MAX = 64 * 1024 * 1024 };

typedef struct Package Package;
/* Lives in `kept`; closed by package_close(). */
Status package_open(Ctx *c, Arena *kept, Str bytes, Package **out) MUST_CHECK;
/* A zip of files that people packed: anything may be in it, names may be GB18030, and what is encrypted is opened with
 * the passphrase (ZipCrypto or AES). Limits are the same. */
Status package_open_parcel(Ctx *c, Arena *kept, Str bytes, Str passphrase, Package **out) MUST_CHECK;
void package_close(Package *p);
size_t package_count(const Package *p);
Str package_name(const Package *p, size_t index); /* with slashes, none in front */
bool package_has(const Package *p, Str name);
int64_t package_size(const Package *p, Str name); /* unpacked; 0 where there is none */
/* Names of parts are the same in capitals. */
bool package_name_ends(Str name, Str end);
/* One part is open at a time; entering closes the one before. */
Status package_enter(Ctx *c, Package *p, Str name) MUST_CHECK;
Status package_read(Ctx *c, Package *p, char *into, size_t room, size_t *got) MUST_CHECK;
void package_leave(Package *p);
/* All of a part, in the arena of the Ctx: ST_TOO_BIG beyond PACKAGE_PART_MAX. */
Status package_part(Ctx *c, Package *p, Str name, Str *out) MUST_CHECK;
/* Where a relationship of `part` leads: "/xl/a.xml", "a.xml" and "../a.xml" are all understood. */
Str package_target(Arena *arena, Str part, Str target);

typedef struct PackagePart {
    Str name;
    Str bytes;
} PackagePart;
/* The archive `bytes` with these parts replaced, or added where it has none of the name; the others stay packed as they
 * are. What is written goes behind what `out` holds. */
Status package_rewrite(Ctx *c, Str bytes, const PackagePart *parts, size_t count, StrBuf *out) MUST_CHECK;

/* A Word document with a text of its body that stands alone in a run written over, once; `found` is false where there
 * is none, and nothing is written. */
Status package_docx_with(Ctx *c, Str docx, Str text, Str instead, StrBuf *out, bool *found) MUST_CHECK;

/* A new archive of these parts; a name that ends with a slash is an empty folder. */
Status package_write(Ctx *c, const PackagePart *parts, size_t count, StrBuf *out) MUST_CHECK;
/* The same, encrypted with AES-256 as 7-Zip, WinRAR and others read it. Names stay readable. */
Status package_write_locked(Ctx *c, const PackagePart *parts, size_t count, Str passphrase, StrBuf *out) MUST_CHECK;

/* The header of old .xls and .doc files, and of any with a password. */
bool package_is_ole(Str bytes);

#endif
