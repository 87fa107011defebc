/* Text in the encodings that people save. */
#include "document/text_read.h"
#include "document/sheet_parts.h"

#include <iconv.h>
#include <string.h>

static Status refuse(Ctx *c)
{
    return fail(c, ST_INVALID, "不是文本，也不是 docx：请另存为 .docx 或 UTF-8 文本",
        "neither text nor docx: save it as .docx or as UTF-8 text");
}

/* No character takes more than twice the bytes in UTF-8 that it has in GB18030 or UTF-16. */
static Status convert(Ctx *c, const char *from, Str bytes, Str *out)
{
    size_t room = bytes.len * 2 + 1, left = bytes.len, free_bytes = room;
    char *to = arena_alloc(c->arena, room), *at = to,
         *in = (char *)(uintptr_t)bytes.ptr; /* iconv() does not write there */
    iconv_t how = iconv_open("UTF-8", from);
    if (how == (iconv_t)-1)
        return fail(c, ST_BROKEN, "系统不能转换编码 %s", "the system cannot convert from %s", from);
    size_t done = iconv(how, &in, &left, &at, &free_bytes);
    iconv_close(how);
    *out = (Str){ to, room - free_bytes };
    return done == (size_t)-1 || left || !str_is_text(*out) ? refuse(c) : ST_OK;
}

static Status decode(Ctx *c, Str bytes, Str *out)
{
    if (str_starts(bytes, S("\xff\xfe")))
        return convert(c, "UTF-16LE", str_sub(bytes, 2, SIZE_MAX), out);
    if (str_starts(bytes, S("\xfe\xff")))
        return convert(c, "UTF-16BE", str_sub(bytes, 2, SIZE_MAX), out);
    *out = str_starts(bytes, S("\xef\xbb\xbf")) ? str_sub(bytes, 3, SIZE_MAX) : bytes;
    if (str_is_text(*out))
        return ST_OK;
    if (bytes.len && memchr(bytes.ptr, '\0', bytes.len))
        return refuse(c);
    return convert(c, "GB18030", *out, out);
}

Status text_read(Ctx *c, Str bytes, Str *out)
{
    if (str_starts(bytes, S("PK\x03\x04")) || str_starts(bytes, S("PK\x05\x06")))
        return docx_read(c, bytes, out);
    if (package_is_ole(bytes))
        return fail(c, ST_INVALID, "这是旧格式的 .doc，或带密码的文档：请另存为不带密码的 .docx",
            "this is an old .doc, or a document with a password: save it as .docx without a password");
    if (str_starts(bytes, S("%PDF")))
        return fail(
            c, ST_INVALID, "这是 PDF：请用原来的 .docx 或文本核对", "this is a PDF: check its .docx or text instead");
    if (bytes.len > TEXT_READ_MAX)
        return fail(c, ST_TOO_BIG, "文本超过 %d MiB", "the text is larger than %d MiB", TEXT_READ_MAX / 1024 / 1024);
    return decode(c, bytes, out);
}
