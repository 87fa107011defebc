/* pinyin: prints the C table of readings that src/base/pinyin.c looks up, out of ICU's transliterator
 * for Han. One reading a character, without tone, u-umlaut as v. Usage: pinyin > pinyin_table.c */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utrans.h>

enum { FIRST = 0x3400, LAST = 0x9fff, SYLLABLES_MAX = 2000, SYLLABLE_MAX = 8 };

static char syllables[SYLLABLES_MAX][SYLLABLE_MAX];
static int syllable_count = 1; /* 0: none */

static int syllable_of(const char *text)
{
    for (int i = 1; i < syllable_count; i++)
        if (strcmp(syllables[i], text) == 0)
            return i;
    if (syllable_count == SYLLABLES_MAX) {
        fprintf(stderr, "pinyin: more than %d syllables\n", SYLLABLES_MAX);
        exit(1);
    }
    snprintf(syllables[syllable_count], SYLLABLE_MAX, "%s", text);
    return syllable_count++;
}

/* The first reading, in a-z; empty when there is none. */
static void reading(const UTransliterator *han, int code, char out[SYLLABLE_MAX])
{
    UChar text[64] = { (UChar)code, 0 };
    int32_t len = 1, limit = 1;
    UErrorCode error = U_ZERO_ERROR;
    int n = 0;
    utrans_transUChars(han, text, &len, 64, 0, &limit, &error);
    for (int i = 0; i < len && U_SUCCESS(error) && n < SYLLABLE_MAX - 1; i++) {
        if (text[i] == 0x308 && n > 0 && out[n - 1] == 'u')
            out[n - 1] = 'v';
        else if (text[i] >= 'a' && text[i] <= 'z')
            out[n++] = (char)text[i];
        else if (text[i] == ' ')
            break;
    }
    out[n] = '\0';
}

int main(void)
{
    static int index_of[LAST - FIRST + 1];
    UErrorCode error = U_ZERO_ERROR;
    static const char rule[] = "Han-Latin; NFD";
    UChar id[sizeof rule];
    for (size_t i = 0; i < sizeof rule; i++)
        id[i] = (UChar)rule[i];
    UTransliterator *han = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
    if (U_FAILURE(error)) {
        fprintf(stderr, "pinyin: ICU has no Han-Latin: %s\n", u_errorName(error));
        return 1;
    }
    for (int code = FIRST; code <= LAST; code++) {
        char text[SYLLABLE_MAX];
        reading(han, code, text);
        index_of[code - FIRST] = text[0] ? syllable_of(text) : 0;
    }
    utrans_close(han);
    printf("/* Made by tools/pinyin.c out of ICU. Do not edit. */\n#include \"base/pinyin.h\"\n\n");
    printf("const char pinyin_syllables[][%d] = {\n", SYLLABLE_MAX);
    for (int i = 0; i < syllable_count; i++)
        printf("\"%s\",%c", syllables[i], i % 12 == 11 ? '\n' : ' ');
    printf("\n};\nconst uint16_t pinyin_index[] = {\n");
    for (int i = 0; i <= LAST - FIRST; i++)
        printf("%d,%c", index_of[i], i % 24 == 23 ? '\n' : ' ');
    printf("\n};\n");
    return 0;
}
