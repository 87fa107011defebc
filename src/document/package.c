#include "document/package.h"

#include "base/crypto.h"
#include "document/sheet_read.h"
#include "document/text_read.h"

#include <string.h>
#include <zip.h>

typedef struct Entry {
    Str name;
    zip_uint64_t index;
    zip_uint64_t size;
    zip_uint64_t packed;
    size_t aes; /* bytes of its key; 0: not encrypted so */
} Entry;

struct Package {
    zip_t *zip;
    Entry *entries;
    size_t count;
    zip_file_t *file; /* of the part that is open */
    Str name;
    zip_uint64_t left;
    bool aes; /* it is encrypted so */
    Str passphrase;
    bool parcel; /* files that people packed, no document */
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

static Status check_size(Ctx *c, const Package *p, Str name, const zip_stat_t *stat, zip_uint64_t *total)
{
    const zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
    if ((stat->valid & needed) != needed)
        return fail(c, ST_INVALID, "压缩包已损坏：%.*s", "the archive is damaged: %.*s", STR_ARG(name));
    if (stat->encryption_method != ZIP_EM_NONE && !p->parcel)
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

/* Some programs write backslashes, or a slash in front; packers on Chinese Windows write names in GB18030. */
static Str entry_name(Ctx *c, Arena *kept, const Package *p, const char *raw)
{
    Str text = str_of(raw);
    if (p->parcel && !str_is_text(text) && text_read(c, text, &text) != ST_OK)
        ctx_forgive(c);
    char *name = str_c(kept, text);
    for (char *at = name; *at; at++)
        if (*at == '\\')
            *at = '/';
    return str_of(name + strspn(name, "/"));
}

static size_t aes_key_length(zip_uint16_t method)
{
    enum { BITS_128 = 16, BITS_192 = 24, BITS_256 = 32 };
    return method == ZIP_EM_AES_128   ? BITS_128
           : method == ZIP_EM_AES_192 ? BITS_192
           : method == ZIP_EM_AES_256 ? BITS_256
                                      : 0;
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
        const char *raw = zip_get_name(p->zip, (zip_uint64_t)i, p->parcel ? ZIP_FL_ENC_RAW : 0);
        Str name = entry_name(c, kept, p, raw ? raw : "");
        if (!str_is_text(name))
            return fail(c, ST_INVALID, "压缩包里有名称不合规的部件", "a part of the archive has a broken name");
        TRY(check_size(c, p, name, &stat, &total));
        if (!p->parcel)
            TRY(check_contents(c, name));
        p->entries[p->count++] = (Entry){ .name = name,
            .index = (zip_uint64_t)i,
            .size = stat.size,
            .packed = stat.comp_size,
            .aes = aes_key_length(stat.encryption_method) };
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
    if (p->parcel)
        return fail(
            c, ST_INVALID, "不是完整的zip压缩包，请重新压缩为zip格式", "no complete zip archive: pack it again");
    return fail(c, ST_INVALID, "不是.xlsx或.docx文件（不是完整的zip压缩包）",
        "no .xlsx or .docx file (no complete zip archive)");
}

Status package_open(Ctx *c, Arena *kept, Str bytes, Package **out)
{
    Package *p = arena_new_of(kept, Package);
    *out = p;
    if (package_is_ole(bytes))
        return fail(c, ST_INVALID, "这是旧格式的.xls或.doc，或带密码的文件：请另存为不带密码的.xlsx或.docx",
            "this is an old .xls or .doc, or a file with a password: save it as .xlsx or .docx without a password");
    TRY(open_archive(c, p, bytes));
    return list_entries(c, kept, p);
}

Status package_open_parcel(Ctx *c, Arena *kept, Str bytes, Str passphrase, Package **out)
{
    Package *p = arena_new_of(kept, Package);
    *out = p;
    p->parcel = true;
    p->passphrase = str_copy(kept, passphrase);
    TRY(open_archive(c, p, bytes));
    if (passphrase.len)
        (void)zip_set_default_password(p->zip, str_c(kept, passphrase));
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

int64_t package_size(const Package *p, Str name)
{
    const Entry *entry = entry_of(p, name);
    return entry ? (int64_t)entry->size : 0;
}

/* libzip gives out what it decrypts before it has seen the authentication code at the end. */
static Status check_code(Ctx *c, Package *p, const Entry *entry)
{
    Arena *arena = arena_new();
    zip_file_t *raw = zip_fopen_index_encrypted(p->zip, entry->index, ZIP_FL_ENCRYPTED | ZIP_FL_COMPRESSED, NULL);
    char *bytes = arena_alloc(arena, entry->packed);
    zip_uint64_t got = 0;
    for (zip_int64_t n = 1; raw && n > 0 && got<entry->packed; got += n> 0 ? (zip_uint64_t)n : 0)
        n = zip_fread(raw, bytes + got, entry->packed - got);
    bool good = winzip_aes_authentic(p->passphrase, (Str){ bytes, got }, entry->aes);
    if (raw)
        zip_fclose(raw);
    arena_done(arena);
    return good ? ST_OK
                : fail(c, ST_INVALID, "文件的部件%.*s已损坏，或口令不符",
                      "the part %.*s is damaged, or has another passphrase", STR_ARG(entry->name));
}

Status package_enter(Ctx *c, Package *p, Str name)
{
    const Entry *entry = entry_of(p, name);
    package_leave(p);
    if (!entry)
        return fail(c, ST_INVALID, "文件缺少部件%.*s", "the file lacks its part %.*s", STR_ARG(name));
    p->file = zip_fopen_index(p->zip, entry->index, 0);
    int why = p->file ? ZIP_ER_OK : zip_error_code_zip(zip_get_error(p->zip));
    if (why == ZIP_ER_WRONGPASSWD || why == ZIP_ER_NOPASSWD)
        return fail(c, ST_INVALID, "压缩包的口令不符：请用派发时告知的口令压缩，或不加密",
            "the archive has another passphrase: use the one that came with it, or none");
    if (!p->file)
        return fail(
            c, ST_INVALID, "文件的部件%.*s不能解压", "the part %.*s of the file cannot be unpacked", STR_ARG(name));
    p->name = entry->name;
    p->left = entry->size;
    p->aes = entry->aes > 0;
    if (p->aes)
        return check_code(c, p, entry);
    return ST_OK;
}

/* 7-Zip writes AES as AE-2, which keeps no CRC, for its authentication code does that work. libzip 1.7 checks that
 * code, without which the last bytes are not given, and then complains of the missing CRC (its issue 261). */
static bool only_lacks_crc(const Package *p)
{
    return p->aes && p->left == 0 && zip_error_code_zip(zip_file_get_error(p->file)) == ZIP_ER_CRC;
}

Status package_read(Ctx *c, Package *p, char *into, size_t room, size_t *got)
{
    zip_int64_t n = zip_fread(p->file, into, room);
    if (n < 0 && only_lacks_crc(p))
        n = 0;
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
