/* Writing archives: a new one, or one with some of its parts replaced. */
#include "document/package.h"

#include <zip.h>

static Status cannot_write(Ctx *c, Str name)
{
    return fail(c, ST_INVALID, "文件的部件%.*s不能改写", "the part %.*s of the file cannot be written", STR_ARG(name));
}

static Status lock(Ctx *c, zip_t *zip, Str name, zip_uint64_t index, Str passphrase)
{
    if (passphrase.len == 0 || zip_file_set_encryption(zip, index, ZIP_EM_AES_256, str_c(c->arena, passphrase)) == 0)
        return ST_OK;
    return cannot_write(c, name);
}

static Status put(Ctx *c, zip_t *zip, Str name, Str bytes, Str passphrase)
{
    const char *raw = str_c(c->arena, name);
    if (str_ends(name, S("/")))
        return zip_dir_add(zip, raw, ZIP_FL_ENC_UTF_8) >= 0 ? ST_OK : cannot_write(c, name);
    zip_int64_t index = zip_name_locate(zip, raw, ZIP_FL_NOCASE);
    zip_source_t *source = zip_source_buffer(zip, bytes.ptr, bytes.len, 0);
    if (source && index >= 0 && zip_file_replace(zip, (zip_uint64_t)index, source, ZIP_FL_ENC_UTF_8) == 0)
        return lock(c, zip, name, (zip_uint64_t)index, passphrase);
    if (source && index < 0 && (index = zip_file_add(zip, raw, source, ZIP_FL_ENC_UTF_8)) >= 0)
        return lock(c, zip, name, (zip_uint64_t)index, passphrase);
    if (source)
        zip_source_free(source);
    return cannot_write(c, name);
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

typedef struct Writing {
    const PackagePart *parts;
    size_t count;
    Str passphrase;
} Writing;

static Status write_parts(Ctx *c, zip_source_t *source, int flags, const Writing *wish, StrBuf *out)
{
    zip_t *zip = source ? zip_open_from_source(source, flags, NULL) : NULL;
    if (!zip) {
        if (source)
            zip_source_free(source);
        return fail(c, ST_INVALID, "文件不能打开", "the file cannot be opened");
    }
    zip_source_keep(source);
    Status status = ST_OK;
    for (size_t i = 0; i < wish->count && status == ST_OK; i++)
        status = put(c, zip, wish->parts[i].name, wish->parts[i].bytes, wish->passphrase);
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
    return write_parts(c, own_copy(bytes), 0, &(Writing){ parts, count, STR_NONE }, out);
}

Status package_docx_with(Ctx *c, Str docx, Str text, Str instead, StrBuf *out, bool *found)
{
    const Str name = S("word/document.xml");
    Package *p;
    Str body;
    Status status = package_open(c, c->arena, docx, &p);
    if (status == ST_OK)
        status = package_part(c, p, name, &body);
    package_close(p);
    TRY(status);
    Str alone = str_format(c->arena, ">%.*s<", STR_ARG(text));
    size_t at = str_find(body, alone, 0);
    *found = at != SIZE_MAX;
    if (!*found)
        return ST_OK;
    StrBuf changed = strbuf_in(c->arena);
    strbuf_add(&changed, str_sub(body, 0, at));
    strbuf_addf(&changed, ">%.*s<", STR_ARG(instead));
    strbuf_add(&changed, str_sub(body, at + alone.len, SIZE_MAX));
    const PackagePart part = { name, strbuf_str(&changed) };
    return package_rewrite(c, docx, &part, 1, out);
}

Status package_write(Ctx *c, const PackagePart *parts, size_t count, StrBuf *out)
{
    return package_write_locked(c, parts, count, STR_NONE, out);
}

Status package_write_locked(Ctx *c, const PackagePart *parts, size_t count, Str passphrase, StrBuf *out)
{
    const Writing wish = { parts, count, passphrase };
    return write_parts(c, zip_source_buffer_create(NULL, 0, 0, NULL), ZIP_TRUNCATE, &wish, out);
}
