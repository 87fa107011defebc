#include "document/package.h"

#include "document/sheet_read.h"

#include <string.h>
#include <zip.h>

typedef struct Entry {
    Str name;
    zip_uint64_t index;
    zip_uint64_t size;
} Entry;

struct Package {
    zip_t *zip;
    Entry *entries;
    size_t count;
    zip_file_t *file; /* of the part that is open */
    Str name;
    zip_uint64_t left;
};

bool package_is_ole(Str bytes)
{
    return str_starts(bytes, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"));
}

/* --- what is refused --------------------------------------------------------------------------------------------- */

static bool same_name(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || strncasecmp(a.ptr, b.ptr, a.len) == 0);
}

bool package_name_ends(Str name, Str end)
{
    return name.len >= end.len && same_name(str_sub(name, name.len - end.len, end.len), end);
}

static Status check_contents(Ctx *c, Str name)
{
    Str links = S("xl/externalLinks/");
    if (package_name_ends(name, S("vbaProject.bin")))
        return fail(c, ST_INVALID, "文件含有宏（%.*s），请另存为不含宏的.xlsx或.docx",
            "the file has macros (%.*s): save it as .xlsx or .docx without them", STR_ARG(name));
    if (package_name_ends(name, S("xl/workbook.bin")))
        return fail(c, ST_INVALID, "这是二进制工作簿（%.*s），请另存为.xlsx",
            "this is a binary workbook (%.*s): save it as .xlsx", STR_ARG(name));
    if (same_name(str_sub(name, 0, links.len), links))
        return fail(c, ST_INVALID, "工作簿链接了别的文件（%.*s），请断开链接后再保存",
            "the workbook links to other files (%.*s): break the links and save it again", STR_ARG(name));
    return ST_OK;
}

static Status check_size(Ctx *c, Str name, const zip_stat_t *stat, zip_uint64_t *total)
{
    const zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
    if ((stat->valid & needed) != needed)
        return fail(c, ST_INVALID, "压缩包已损坏：%.*s", "the archive is damaged: %.*s", STR_ARG(name));
    if (stat->encryption_method != ZIP_EM_NONE)
        return fail(c, ST_INVALID, "文件已加密（%.*s），请另存为不带密码的文件",
            "the file is encrypted (%.*s): save it without a password", STR_ARG(name));
    if (stat->size > SHEET_READ_RATIO_FROM && (stat->size - 1) / SHEET_READ_RATIO_MAX >= stat->comp_size)
        return fail(c, ST_INVALID, "%.*s的压缩比超过%d:1，不予解压",
            "%.*s is packed more than %d:1: it is not unpacked", STR_ARG(name), SHEET_READ_RATIO_MAX);
    if (stat->size > SHEET_READ_UNPACKED_MAX - *total)
        return fail(c, ST_INVALID, "解压后超过%d MiB（至%.*s），不予读取",
            "more than %d MiB when unpacked (up to %.*s): it is not read", SHEET_READ_UNPACKED_MAX / 1024 / 1024,
            STR_ARG(name));
    *total += stat->size;
    return ST_OK;
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

/* Some programs write backslashes, or a slash in front. */
static Str entry_name(Arena *kept, const char *raw)
{
    char *name = str_c(kept, str_of(raw));
    for (char *p = name; *p; p++)
        if (*p == '\\')
            *p = '/';
    return str_of(name + strspn(name, "/"));
}

static Status list_entries(Ctx *c, Arena *kept, Package *p)
{
    zip_uint64_t total = 0;
    zip_int64_t count = zip_get_num_entries(p->zip, 0);
    if (count > SHEET_READ_ENTRIES_MAX)
        return fail(
            c, ST_INVALID, "压缩包里的部件超过%d个", "more than %d parts in the archive", SHEET_READ_ENTRIES_MAX);
    p->entries = arena_array_of(kept, Entry, (size_t)count);
    for (zip_int64_t i = 0; i < count; i++) {
        zip_stat_t stat;
        if (zip_stat_index(p->zip, (zip_uint64_t)i, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_NAME))
            return fail(c, ST_INVALID, "压缩包已损坏", "the archive is damaged");
        Str name = entry_name(kept, stat.name);
        if (!str_is_text(name))
            return fail(c, ST_INVALID, "压缩包里有名称不合规的部件", "a part of the archive has a broken name");
        TRY(check_size(c, name, &stat, &total));
        TRY(check_contents(c, name));
        p->entries[p->count++] = (Entry){ .name = name, .index = (zip_uint64_t)i, .size = stat.size };
    }
    return ST_OK;
}

static Status open_archive(Ctx *c, Package *p, Str bytes)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes.ptr, bytes.len, 0, &error);
    p->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    zip_error_fini(&error);
    if (p->zip && bytes.len) /* libzip takes nothing for an archive of nothing */
        return ST_OK;
    if (source && !p->zip)
        zip_source_free(source);
    return fail(
        c, ST_INVALID, "不是.xlsx工作簿（不是完整的zip压缩包）", "not an .xlsx workbook (no complete zip archive)");
}

Status package_open(Ctx *c, Arena *kept, Str bytes, Package **out)
{
    Package *p = arena_new_of(kept, Package);
    *out = p;
    if (package_is_ole(bytes))
        return fail(c, ST_INVALID, "这是旧格式的.xls，或带密码的工作簿：请另存为不带密码的.xlsx",
            "this is an old .xls, or a workbook with a password: save it as .xlsx without a password");
    TRY(open_archive(c, p, bytes));
    return list_entries(c, kept, p);
}

void package_close(Package *p)
{
    if (!p)
        return;
    package_leave(p);
    if (p->zip)
        zip_discard(p->zip);
    p->zip = NULL;
}

/* --- parts ------------------------------------------------------------------------------------------------------- */

size_t package_count(const Package *p)
{
    return p->count;
}

Str package_name(const Package *p, size_t index)
{
    return p->entries[index].name;
}

static const Entry *entry_of(const Package *p, Str name)
{
    for (size_t i = 0; i < p->count; i++)
        if (same_name(p->entries[i].name, name))
            return &p->entries[i];
    return NULL;
}

bool package_has(const Package *p, Str name)
{
    return entry_of(p, name) != NULL;
}

Status package_enter(Ctx *c, Package *p, Str name)
{
    const Entry *entry = entry_of(p, name);
    package_leave(p);
    if (!entry)
        return fail(c, ST_INVALID, "文件缺少部件%.*s", "the file lacks its part %.*s", STR_ARG(name));
    p->file = zip_fopen_index(p->zip, entry->index, 0);
    if (!p->file)
        return fail(
            c, ST_INVALID, "文件的部件%.*s不能解压", "the part %.*s of the file cannot be unpacked", STR_ARG(name));
    p->name = entry->name;
    p->left = entry->size;
    return ST_OK;
}

Status package_read(Ctx *c, Package *p, char *into, size_t room, size_t *got)
{
    zip_int64_t n = zip_fread(p->file, into, room);
    if (n < 0 || (zip_uint64_t)n > p->left)
        return fail(c, ST_INVALID, "文件的部件%.*s已损坏", "the part %.*s of the file is damaged", STR_ARG(p->name));
    p->left -= (zip_uint64_t)n;
    *got = (size_t)n;
    return ST_OK;
}

void package_leave(Package *p)
{
    if (p->file)
        zip_fclose(p->file);
    p->file = NULL;
}

/* --- whole parts, in and out ----------------------------------------------------------------------------------------
 */

Status package_part(Ctx *c, Package *p, Str name, Str *out)
{
    StrBuf b = strbuf_in(c->arena);
    char block[16384];
    size_t got;
    TRY(package_enter(c, p, name));
    do {
        TRY(package_read(c, p, block, sizeof block, &got));
        strbuf_add(&b, (Str){ block, got });
        if (b.len > PACKAGE_PART_MAX)
            return fail(c, ST_TOO_BIG, "文件的部件过大（%.*s）", "a part of the file is too big (%.*s)", STR_ARG(name));
    } while (got);
    package_leave(p);
    *out = strbuf_str(&b);
    return ST_OK;
}

static Status replace(Ctx *c, zip_t *zip, Str name, Str bytes)
{
    zip_int64_t index = zip_name_locate(zip, str_c(c->arena, name), ZIP_FL_NOCASE);
    zip_source_t *source = zip_source_buffer(zip, bytes.ptr, bytes.len, 0);
    if (source && (index >= 0 ? zip_file_replace(zip, (zip_uint64_t)index, source, ZIP_FL_ENC_UTF_8)
                              : zip_file_add(zip, str_c(c->arena, name), source, ZIP_FL_ENC_UTF_8)) >= 0)
        return ST_OK;
    if (source)
        zip_source_free(source);
    return fail(c, ST_INVALID, "文件的部件%.*s不能改写", "the part %.*s of the file cannot be written", STR_ARG(name));
}

static Status take_bytes(Ctx *c, zip_source_t *source, StrBuf *out)
{
    zip_stat_t stat;
    if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0)
        return fail(c, ST_BROKEN, "文件不能写出", "the file cannot be written");
    char block[16384];
    for (zip_int64_t n; (n = zip_source_read(source, block, sizeof block)) > 0;)
        strbuf_add(out, (Str){ block, (size_t)n });
    zip_source_close(source);
    return ST_OK;
}

static Status write_parts(Ctx *c, zip_source_t *source, int flags, const PackagePart *parts, size_t count, StrBuf *out)
{
    zip_t *zip = source ? zip_open_from_source(source, flags, NULL) : NULL;
    if (!zip) {
        if (source)
            zip_source_free(source);
        return fail(c, ST_INVALID, "文件不能打开", "the file cannot be opened");
    }
    zip_source_keep(source);
    Status status = ST_OK;
    for (size_t i = 0; i < count && status == ST_OK; i++)
        status = replace(c, zip, parts[i].name, parts[i].bytes);
    if (status != ST_OK)
        zip_discard(zip);
    else if (zip_close(zip) != 0) {
        zip_discard(zip);
        status = fail(c, ST_BROKEN, "文件不能写出", "the file cannot be written");
    } else {
        status = take_bytes(c, source, out);
    }
    zip_source_free(source);
    return status;
}

/* A copy that libzip owns: where most of an archive stays as it is, libzip 1.7 writes into the buffer that it was
 * given, and frees it. */
static zip_source_t *own_copy(Str bytes)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (source && zip_source_begin_write(source) == 0 &&
        zip_source_write(source, bytes.ptr, bytes.len) == (zip_int64_t)bytes.len &&
        zip_source_commit_write(source) == 0)
        return source;
    if (source)
        zip_source_free(source);
    return NULL;
}

Status package_rewrite(Ctx *c, Str bytes, const PackagePart *parts, size_t count, StrBuf *out)
{
    return write_parts(c, own_copy(bytes), 0, parts, count, out);
}

Status package_write(Ctx *c, const PackagePart *parts, size_t count, StrBuf *out)
{
    return write_parts(c, zip_source_buffer_create(NULL, 0, 0, NULL), ZIP_TRUNCATE, parts, count, out);
}

/* --- targets ----------------------------------------------------------------------------------------------------- */

static size_t last_slash(Str s)
{
    size_t at = s.len;
    while (at > 0 && s.ptr[at - 1] != '/')
        at--;
    return at;
}

static void put_step(StrBuf *b, Str step)
{
    if (step.len == 0 || str_eq(step, S(".")))
        return;
    if (str_eq(step, S(".."))) {
        size_t kept = last_slash(strbuf_str(b));
        b->len = kept ? kept - 1 : 0;
        return;
    }
    if (b->len)
        strbuf_addc(b, '/');
    strbuf_add(b, step);
}

Str package_target(Arena *arena, Str part, Str target)
{
    StrBuf b = strbuf_in(arena);
    Str folder = str_starts(target, S("/")) ? STR_NONE : str_sub(part, 0, last_slash(part)), step;
    while (str_cut(&folder, '/', &step))
        put_step(&b, step);
    while (str_cut(&target, '/', &step))
        put_step(&b, step);
    return strbuf_str(&b);
}
