/* A workbook that comes back: the sheet that was filled in, and the proofs packed beside it.
 *
 * A zip holds one .xlsx and, below 佐证材料/, a folder for each item that begins with its number ("03 标题/发票.pdf").
 * Anything else in it is refused by name, so that no proof is lost unseen; what packers and systems leave behind
 * (__MACOSX, Thumbs.db, 填写说明.txt …) is passed over. A single .xlsx is a return without proofs. */
#ifndef SERVICE_WORKBOOK_RETURN_H
#define SERVICE_WORKBOOK_RETURN_H

#include "domain/evidence.h"
#include "domain/workbook.h"
#include "service/app.h"

#define WORKBOOK_PROOF_FOLDER "佐证材料"
#define WORKBOOK_SEAL_SHEET   "校验页"

enum { WORKBOOK_PROOFS_MAX = 3000, WORKBOOK_PARCEL_MAX = 256 * 1024 * 1024 };

typedef struct WorkbookProof {
    int64_t number; /* of the item */
    Str part;       /* in the archive */
    Str name;
    Evidence *file; /* once it is stored */
    bool used;      /* a record names it */
} WorkbookProof;

typedef struct WorkbookReturn {
    const Workbook *workbook;
    Str sheet;               /* the bytes of the .xlsx */
    struct Package *package; /* NULL: a single .xlsx */
    WorkbookProof *proofs;   /* by number, then as they lie */
    size_t count;
} WorkbookReturn;

/* Reads the parcel and checks its seal against the ledger's. `bytes` stay the caller's, and as long as `out`.
 * ST_INVALID for what is not this workbook, with what to do. Nothing is stored. */
Status workbook_return_open(
    Ctx *c, Str bytes, Str file_name, const Workbook *workbook, WorkbookReturn **out) MUST_CHECK;
/* The proofs of one item: those of its number. */
WorkbookProof *workbook_proofs_of(const WorkbookReturn *r, int64_t number, size_t *count);
/* Its content's digest, as the evidence records have it. */
Status workbook_proof_digest(Ctx *c, const WorkbookReturn *r, const WorkbookProof *p, Str *out) MUST_CHECK;
/* Seals the proofs of one item into the evidence folder, off the lane; those stored already stay. */
Status workbook_proofs_store(Ctx *c, const App *app, WorkbookReturn *r, int64_t number, Str key) MUST_CHECK;
/* When all is on disk: takes away what was stored and is named by no record. */
void workbook_proofs_settle(Ctx *c, const App *app, WorkbookReturn *r);

/* What the use case "workbook.enter_row" finds prepared. */
typedef struct RowProofs {
    WorkbookProof *proofs;
    size_t count;
    bool stored; /* false: a rehearsal, which only counts them */
} RowProofs;

#endif
