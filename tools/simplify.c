/* Prints the table of src/search/fold.h as C: for each traditional ideograph the simplified one, as ICU has it.
 * Runs once, at build time; the program itself needs no ICU. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum { FIRST = 0x3400, LAST = 0x9fff, PER_LINE = 16 };

static _Noreturn void stop(const char *why)
{
    fprintf(stderr, "simplify: %s\n", why);
    exit(1);
}

static UTransliterator *writer_open(void)
{
    static const UChar id[] = u"Traditional-Simplified";
    UErrorCode error = U_ZERO_ERROR;
    UTransliterator *writer = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
    if (U_FAILURE(error))
        stop(u_errorName(error));
    return writer;
}

/* 0 when the character is written no other way, or not by one character. */
static unsigned simplified(UTransliterator *writer, UChar c)
{
    UChar text[8] = { c };
    int32_t len = 1, limit = 1;
    UErrorCode error = U_ZERO_ERROR;
    utrans_transUChars(writer, text, &len, 8, 0, &limit, &error);
    if (U_FAILURE(error))
        stop(u_errorName(error));
    return len == 1 && text[0] != c ? text[0] : 0;
}

int main(void)
{
    UTransliterator *writer = writer_open();
    puts("/* Made by tools/simplify.c; do not edit. */");
    puts("#include \"search/fold.h\"\n\nconst uint16_t simplified_table[SIMPLIFIED_LAST - SIMPLIFIED_FIRST + 1] = {");
    for (int c = FIRST; c <= LAST; c++)
        printf("%s%u,", c == FIRST ? "    " : (c - FIRST) % PER_LINE ? " " : "\n    ", simplified(writer, (UChar)c));
    puts("\n};");
    utrans_close(writer);
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
