/* Prints the two tables of src/base/pinyin.h as C: the reading of each ideograph without its tone,
 * ü as v, as ICU transliterates it. Runs once, at build time; the program itself needs no ICU. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum { FIRST = 0x3000, LAST = 0x9fff, SYLLABLES_MAX = 1000, SYLLABLE_MAX = 6, PER_LINE = 16 };

typedef struct Table {
    char syllables[SYLLABLES_MAX][SYLLABLE_MAX + 1]; /* number 0 is the empty one */
    unsigned count;
    uint16_t index[LAST - FIRST + 1];
} Table;

static _Noreturn void stop(const char *why)
{
    fprintf(stderr, "pinyin: %s\n", why);
    exit(1);
}

/* Decomposed, so that tones and the two points of ü follow their letter as marks of their own. */
static UTransliterator *reader_open(void)
{
    static const UChar id[] = u"Han-Latin; NFD; Lower";
    UErrorCode error = U_ZERO_ERROR;
    UTransliterator *reader = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
    if (U_FAILURE(error))
        stop(u_errorName(error));
    return reader;
}

/* The letters of a reading; false when this is no reading (the character came back unread). */
static int letters_of(const UChar *reading, int32_t len, char out[SYLLABLE_MAX + 1])
{
    size_t letters = 0;
    for (int32_t i = 0; i < len; i++) {
        if (reading[i] >= 'a' && reading[i] <= 'z') {
            if (letters == SYLLABLE_MAX)
                return 0;
            out[letters++] = (char)reading[i];
        } else if (reading[i] == 0x0308 && letters > 0 && out[letters - 1] == 'u') {
            out[letters - 1] = 'v';
        } else if (u_charType(reading[i]) != U_NON_SPACING_MARK) {
            return 0;
        }
    }
    out[letters] = '\0';
    return letters > 0;
}

static uint16_t number_of(Table *table, const char *syllable)
{
    for (unsigned i = 0; i < table->count; i++)
        if (strcmp(table->syllables[i], syllable) == 0)
            return (uint16_t)i;
    if (table->count == SYLLABLES_MAX)
        stop("more syllables than Chinese has");
    memcpy(table->syllables[table->count], syllable, strlen(syllable) + 1);
    return (uint16_t)table->count++;
}

static void fill(Table *table)
{
    UTransliterator *reader = reader_open();
    table->count = 1;
    for (UChar c = FIRST; c <= LAST; c++) {
        UChar text[32] = { c };
        int32_t len = 1, limit = 1;
        char syllable[SYLLABLE_MAX + 1];
        UErrorCode error = U_ZERO_ERROR;
        utrans_transUChars(reader, text, &len, 32, 0, &limit, &error);
        if (U_FAILURE(error))
            stop(u_errorName(error));
        if (text[0] != c && letters_of(text, len, syllable))
            table->index[c - FIRST] = number_of(table, syllable);
    }
    utrans_close(reader);
}

static void print(const Table *table)
{
    puts("/* Made by tools/pinyin.c; do not edit. */");
    puts("#include \"base/pinyin.h\"\n");
    printf("const char pinyin_syllables[%u][PINYIN_SYLLABLE_MAX + 1] = {", table->count);
    for (unsigned i = 0; i < table->count; i++)
        printf("%s\"%s\",", i % PER_LINE ? " " : "\n    ", table->syllables[i]);
    puts("\n};\n\nconst uint16_t pinyin_index[PINYIN_LAST - PINYIN_FIRST + 1] = {");
    for (int i = 0; i <= LAST - FIRST; i++)
        printf("%s%u,", i == 0 ? "    " : i % PER_LINE ? " " : "\n    ", (unsigned)table->index[i]);
    puts("\n};");
}

int main(void)
{
    static Table table;
    fill(&table);
    print(&table);
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
