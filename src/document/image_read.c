#include "document/image_read.h"

static int big_endian(Str bytes, size_t at, size_t len)
{
    unsigned n = 0;
    for (size_t i = 0; i < len; i++)
        n = n << 8 | (unsigned char)bytes.ptr[at + i];
    return n > INT32_MAX ? 0 : (int)n;
}

static bool read_png(Str bytes, int *width, int *height)
{
    enum { WIDTH = 16, HEIGHT = 20, HEAD = 24 };
    if (!str_starts(bytes, S("\x89PNG\r\n\x1a\n")) || bytes.len < HEAD || !str_eq(str_sub(bytes, 12, 4), S("IHDR")))
        return false;
    *width = big_endian(bytes, WIDTH, 4);
    *height = big_endian(bytes, HEIGHT, 4);
    return true;
}

/* A frame's head (SOF0 to SOF15 without the tables among them) has the size. */
static bool is_frame(unsigned char marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static bool read_jpeg(Str bytes, int *width, int *height)
{
    enum { SEGMENT_HEAD = 4, FRAME_HEAD = 9 };
    if (!str_starts(bytes, S("\xff\xd8\xff")))
        return false;
    for (size_t at = 2; at + SEGMENT_HEAD <= bytes.len;) {
        unsigned char marker = (unsigned char)bytes.ptr[at + 1];
        if ((unsigned char)bytes.ptr[at] != 0xff)
            return false;
        if (marker == 0xff) { /* filling */
            at++;
            continue;
        }
        if (is_frame(marker)) {
            if (at + FRAME_HEAD > bytes.len)
                return false;
            *height = big_endian(bytes, at + 5, 2);
            *width = big_endian(bytes, at + 7, 2);
            return true;
        }
        at += 2 + (size_t)big_endian(bytes, at + 2, 2);
    }
    return false;
}

Status image_read(Ctx *c, Str bytes, int *width, int *height)
{
    *width = *height = 0;
    if (!read_png(bytes, width, height) && !read_jpeg(bytes, width, height))
        return fail_field(c, S("file"), STR_NONE, T("不是 PNG 或 JPEG 图像", "is no PNG or JPEG"),
            T("请另存为 PNG（透明底色最好）", "save it as PNG, with a transparent ground if you can"));
    if (*width > 0 && *height > 0 && *width <= IMAGE_SIDE_MAX && *height <= IMAGE_SIDE_MAX)
        return ST_OK;
    return fail_field(c, S("file"), str_format(c->arena, "%d × %d", *width, *height),
        text_format(c, "图像的边长应为1至%d像素", "a side has 1 to %d pixels", IMAGE_SIDE_MAX),
        T("请缩小图像", "make it smaller"));
}
