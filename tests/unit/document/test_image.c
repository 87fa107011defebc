/* The size of pictures that come in. */
#include "../base/base_test.h"

#include "document/image_read.h"

static void expect(Ctx *c, Str bytes, int width, int height)
{
    int w, h;
    assert_int_equal(image_read(c, bytes, &w, &h), ST_OK);
    assert_int_equal(w, width);
    assert_int_equal(h, height);
}

static void expect_refused(Ctx *c, Str bytes)
{
    int w, h;
    assert_int_equal(image_read(c, bytes, &w, &h), ST_INVALID);
    assert_string_equal(str_c(c->arena, c->err.fields->field), "file");
    ctx_forgive(c);
}

#define PNG(size) S("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" size "\x08\x06")

static void png(void **state)
{
    BaseFixture *t = *state;
    expect(&t->c, PNG("\0\0\1\x2c\0\0\0\x64"), 300, 100);
    expect_refused(&t->c, PNG("\0\0\0\0\0\0\0\x64"));
    expect_refused(&t->c, PNG("\xff\xff\xff\xff\0\0\0\x64"));
    expect_refused(&t->c, PNG("\0\0\x40\0\0\0\0\x64"));
    expect_refused(&t->c, S("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"));
}

static void jpeg(void **state)
{
    BaseFixture *t = *state;
    Str whole = S("\xff\xd8\xff\xe0\0\4\0\0\xff\xff\xc4\0\3\0\xff\xc2\0\x11\x08\0\x64\1\x2c\3");
    expect(&t->c, whole, 300, 100);
    for (size_t len = 0; len < 22; len++)
        expect_refused(&t->c, str_sub(whole, 0, len));
    expect_refused(&t->c, S("\xff\xd8\xff\xe0\0\0\0\0\0\0\0\0\0\0"));
    expect_refused(&t->c, S("GIF89a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"));
}

int main(void)
{
    const struct CMUnitTest tests[] = { WITH_CTX(png), WITH_CTX(jpeg) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
