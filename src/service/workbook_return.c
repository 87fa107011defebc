#include "service/workbook_return.h"

#include "document/package.h"
#include "document/sheet_read.h"
#include "store/evidence.h"

#include <stdlib.h>

/* --- names in the parcel ------------------------------------------------------------------------------------------ */

static Str base_name(Str path)
{
    Str part = STR_NONE;
    while (path.len)
        str_cut(&path, '/', &part);
    return part;
}

/* What packers, systems and programs leave behind, and what we sent along. */
static bool is_litter(Str path)
{
    static const char *const names[] = { ".DS_Store", "Thumbs.db", "thumbs.db", "desktop.ini", "填写说明.txt" };
    Str name = base_name(path);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_eq(name, str_of(names[i])))
            return true;
    return str_ends(path, S("/")) || str_starts(path, S("__MACOSX/")) || str_starts(name, S("~$")) ||
           str_starts(name, S("._")) || str_starts(name, S(".~"));
}

/* Behind 佐证材料/; STR_NONE where that is no folder of the path. */
static Str below_proofs(Str path)
{
    Str part;
    while (str_cut(&path, '/', &part))
        if (str_eq(part, S(WORKBOOK_PROOF_FOLDER)))
            return path;
    return STR_NONE;
}

/* "03 超标准接待/发票.pdf" is of item 3. */
static bool leading_number(Str path, int64_t *number)
{
    size_t digits = 0;
    Str folder;
    str_cut(&path, '/', &folder);
    while (digits < folder.len && folder.ptr[digits] >= '0' && folder.ptr[digits] <= '9')
        digits++;
    return path.len > 0 && digits > 0 && digits < 10 && str_to_int(str_sub(folder, 0, digits), number);
}

static Status out_of_place(Ctx *c, Str path)
{
    return fail(c, ST_INVALID,
        "压缩包中的“%.*s”不在佐证文件夹内：请放入“" WORKBOOK_PROOF_FOLDER
        "”下以工作簿第一列的序号开头的文件夹，重新压缩后交回",
        "\"%.*s\" lies in no folder of proofs: put it below " WORKBOOK_PROOF_FOLDER
        "/, in the folder with the number of the first column, and pack it again",
        STR_ARG(path));
}

static Status take_proof(Ctx *c, WorkbookReturn *r, Str path, Str below)
{
    int64_t number;
    if (!leading_number(below, &number))
        return out_of_place(c, path);
    if (package_size(r->package, path) == 0)
        return fail(c, ST_INVALID, "佐证材料“%.*s”是空文件，请换成完整的文件后交回",
            "the proof \"%.*s\" is empty: put the whole file there", STR_ARG(path));
    if (r->count == WORKBOOK_PROOFS_MAX)
        return fail(c, ST_INVALID, "佐证材料超过%d个文件，请合并后再交回", "more than %d proofs: join some of them",
            WORKBOOK_PROOFS_MAX);
    r->proofs[r->count++] =
        (WorkbookProof){ .number = number, .part = path, .name = str_copy(c->arena, base_name(path)) };
    return ST_OK;
}

static int by_number(const void *a, const void *b)
{
    const WorkbookProof *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return x->part.ptr < y->part.ptr ? -1 : x->part.ptr > y->part.ptr;
}

/* --- the parcel --------------------------------------------------------------------------------------------------- */

static void close_package(void *package)
{
    package_close(package);
}

static Status sort_out(Ctx *c, WorkbookReturn *r)
{
    Str sheet = STR_NONE;
    r->proofs = arena_array_of(c->arena, WorkbookProof, package_count(r->package));
    for (size_t i = 0; i < package_count(r->package); i++) {
        Str path = package_name(r->package, i), below = below_proofs(path);
        if (is_litter(path))
            continue;
        if (below.len) {
            TRY(take_proof(c, r, path, below));
            continue;
        }
        if (!package_name_ends(path, S(".xlsx")))
            return out_of_place(c, path);
        if (sheet.len)
            return fail(c, ST_INVALID, "压缩包里有两个工作簿（%.*s、%.*s），请只留填好的一份",
                "there are two workbooks in the archive (%.*s, %.*s): leave the one that was filled in", STR_ARG(sheet),
                STR_ARG(path));
        sheet = path;
    }
    if (sheet.len == 0)
        return fail(c, ST_INVALID, "压缩包里没有填好的工作簿（.xlsx）", "there is no workbook (.xlsx) in the archive");
    qsort(r->proofs, r->count, sizeof *r->proofs, by_number);
    return package_part(c, r->package, sheet, &r->sheet);
}

/* --- the seal ----------------------------------------------------------------------------------------------------- */

typedef struct Seal {
    Str workbook;
    Str seal;
} Seal;

static Status read_seal_sheet(Ctx *c, SheetReader *reader, size_t sheet, Seal *out)
{
    SheetCell *cells;
    size_t count;
    int64_t row;
    bool has;
    TRY(sheet_select(c, reader, sheet));
    for (;;) {
        TRY(sheet_next_row(c, reader, &cells, &count, &row, &has));
        if (!has)
            return ST_OK;
        if (row == 1)
            out->workbook = str_copy(c->arena, str_trim(sheet_cell_at(cells, count, 1).text));
        if (row == 2)
            out->seal = str_copy(c->arena, str_trim(sheet_cell_at(cells, count, 1).text));
    }
}

static Status check_seal(Ctx *c, const WorkbookReturn *r)
{
    SheetReader *reader;
    Seal seal = { STR_NONE, STR_NONE };
    TRY(sheet_read_open(c, r->sheet, SHEET_XLSX, &reader));
    for (size_t i = 0; i < sheet_count(reader); i++)
        if (str_eq(sheet_name(reader, i), S(WORKBOOK_SEAL_SHEET)))
            TRY(read_seal_sheet(c, reader, i, &seal));
    if (seal.workbook.len == 0 || seal.seal.len == 0)
        return fail(c, ST_INVALID, "文件里没有校验页，不是派发的工作簿：请在派发的原工作簿中填写后交回",
            "the file bears no seal and is no issued workbook: fill in the one that was sent out");
    if (!str_eq(seal.workbook, r->workbook->id) || !str_eq(seal.seal, r->workbook->seal))
        return fail(c, ST_INVALID, "校验号不符（文件为%.*s，应为%.*s）：这是另一份工作簿，请核对后上传",
            "another seal (%.*s, not %.*s): this is another workbook", STR_ARG(str_clip(seal.seal, 16)),
            STR_ARG(str_clip(r->workbook->seal, 16)));
    return ST_OK;
}

Status workbook_return_open(Ctx *c, Str bytes, Str file_name, const Workbook *workbook, WorkbookReturn **out)
{
    WorkbookReturn *r = arena_new_of(c->arena, WorkbookReturn);
    *r = (WorkbookReturn){ .workbook = workbook, .sheet = bytes };
    *out = r;
    if (workbook->state == WORKBOOK_VOID)
        return fail(c, ST_INVALID, "这份工作簿已作废：请用重新派发的工作簿",
            "this workbook is void: use the one that was issued in its place");
    if (package_name_ends(file_name, S(".zip"))) {
        Status status = package_open_parcel(c, c->arena, bytes, workbook->passphrase, &r->package);
        arena_defer(c->arena, close_package, r->package);
        TRY(status);
        TRY(sort_out(c, r));
    } else if (!package_name_ends(file_name, S(".xlsx"))) {
        return fail(c, ST_INVALID, "请上传填好的工作簿（.xlsx），或它与佐证材料的压缩包（.zip）",
            "bring the workbook (.xlsx), or a .zip of it and its proofs");
    }
    return check_seal(c, r);
}

/* --- proofs ------------------------------------------------------------------------------------------------------- */

WorkbookProof *workbook_proofs_of(const WorkbookReturn *r, int64_t number, size_t *count)
{
    size_t first = 0;
    while (first < r->count && r->proofs[first].number != number)
        first++;
    *count = 0;
    while (first + *count < r->count && r->proofs[first + *count].number == number)
        ++*count;
    return *count ? &r->proofs[first] : NULL;
}

/* As upload_finish() would digest it: over the digests of its chunks. */
static Status digest_of(Ctx *c, Package *package, Str part, Digest *out)
{
    StrBuf sums = strbuf_in(c->arena), chunk = strbuf_in(c->arena);
    char block[16384];
    size_t got;
    TRY(package_enter(c, package, part));
    do {
        size_t left = EVIDENCE_CHUNK - chunk.len;
        TRY(package_read(c, package, block, left < sizeof block ? left : sizeof block, &got));
        strbuf_add(&chunk, (Str){ block, got });
        if (chunk.len == EVIDENCE_CHUNK || (got == 0 && chunk.len)) {
            Digest d = sm3(c->env->crypto, chunk.ptr, chunk.len);
            strbuf_add(&sums, (Str){ (const char *)d.bytes, SM3_SIZE });
            chunk.len = 0;
        }
    } while (got);
    package_leave(package);
    *out = sm3(c->env->crypto, sums.ptr, sums.len);
    return ST_OK;
}

Status workbook_proof_digest(Ctx *c, const WorkbookReturn *r, const WorkbookProof *p, Str *out)
{
    Ctx own = *c;
    Digest digest;
    own.arena = arena_new();
    Status status = digest_of(&own, r->package, p->part, &digest);
    if (status != ST_OK)
        (void)fail(c, status, "%.*s", "%.*s", STR_ARG(own.err.message));
    arena_done(own.arena);
    TRY(status);
    StrBuf hex = strbuf_in(c->arena);
    strbuf_add_hex(&hex, digest.bytes, SM3_SIZE);
    *out = strbuf_str(&hex);
    return ST_OK;
}

static Status pour(Ctx *c, Package *package, UploadWriter *writer)
{
    char block[16384];
    size_t got;
    do {
        TRY(package_read(c, package, block, sizeof block, &got));
        TRY(upload_writer_add(c, writer, block, got));
    } while (got);
    package_leave(package);
    return ST_OK;
}

static Status store_one(Ctx *c, const App *app, const WorkbookReturn *r, const WorkbookProof *p, Str key, Evidence *out)
{
    UploadWriter *writer;
    Upload upload = { .id = id_new(c),
        .inspection = r->workbook->inspection,
        .organiser = r->workbook->organiser,
        .size = package_size(r->package, p->part),
        .key = key };
    TRY(upload_writer_open(c, app->ledger, &upload, 0, &writer));
    TRY(package_enter(c, r->package, p->part));
    TRY(pour(c, r->package, writer));
    TRY(upload_writer_end(c, writer, &upload.have));
    return upload_finish(c, app->ledger, &upload, out);
}

/* With memory of its own, which also closes the files. */
static Status store_apart(Ctx *c, const App *app, const WorkbookReturn *r, WorkbookProof *p, Str key)
{
    Ctx own = *c;
    Evidence file;
    own.arena = arena_new();
    Status status = store_one(&own, app, r, p, key, &file);
    if (status == ST_OK)
        p->file = record_copy(c, &Evidence_table, &file);
    else
        (void)fail(c, status, "%.*s", "%.*s", STR_ARG(own.err.message));
    arena_done(own.arena);
    return status;
}

Status workbook_proofs_store(Ctx *c, const App *app, WorkbookReturn *r, int64_t number, Str key)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->proofs[i].number == number && !r->proofs[i].file)
            TRY(store_apart(c, app, r, &r->proofs[i], key));
    return ST_OK;
}

void workbook_proofs_settle(Ctx *c, const App *app, WorkbookReturn *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->proofs[i].file)
            upload_forget(app->ledger, c->arena, r->proofs[i].file->id, !r->proofs[i].used);
}
