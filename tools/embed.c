/* The front end into the program, at build time.
 *
 *     embed OUT.c DIR
 *
 * Every file below DIR becomes rows of assets[] (http/assets.h): one for its bytes and one for each
 * of the encodings that the build has laid beside it (X.gz, X.br) and that are shorter, in the order
 * "", "gzip", "br"; rows are sorted by path, so they can be searched by halving. The bytes are taken
 * in by the assembler (.incbin), which costs nothing to compile; paths are those given, so the
 * compiler must run where this tool ran. Memory is given back by the exit. */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_ROOM = 4096 };

typedef struct Paths {
    char **path;
    size_t count, room;
} Paths;

typedef struct Bytes {
    size_t len;
    uint64_t etag;
} Bytes;

typedef struct Encoding {
    const char *name, *suffix;
} Encoding;

static const Encoding encodings[] = { { "", "" }, { "gzip", ".gz" }, { "br", ".br" } };

static const struct {
    const char *suffix, *type;
} types[] = {
    { ".html", "text/html; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".mjs", "text/javascript; charset=utf-8" },
    { ".css", "text/css; charset=utf-8" },
    { ".txt", "text/plain; charset=utf-8" },
    { ".md", "text/markdown; charset=utf-8" },
    { ".json", "application/json" },
    { ".map", "application/json" },
    { ".webmanifest", "application/manifest+json" },
    { ".wasm", "application/wasm" },
    { ".pdf", "application/pdf" },
    { ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
    { ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
    { ".svg", "image/svg+xml" },
    { ".png", "image/png" },
    { ".jpg", "image/jpeg" },
    { ".webp", "image/webp" },
    { ".ico", "image/x-icon" },
    { ".woff2", "font/woff2" },
};

static _Noreturn void die(const char *path, const char *what)
{
    fprintf(stderr, "embed: %s: %s\n", path, what);
    exit(1);
}

static bool ends_with(const char *s, const char *end)
{
    size_t len = strlen(s), end_len = strlen(end);
    return len > end_len && memcmp(s + len - end_len, end, end_len) == 0;
}

static const char *type_of(const char *path)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (ends_with(path, types[i].suffix))
            return types[i].type;
    return "application/octet-stream";
}

static bool is_file(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* True for X.gz and X.br beside X: a row of X, not a file of its own. */
static bool is_encoded(const char *path)
{
    char plain[PATH_ROOM];
    for (size_t i = 1; i < sizeof encodings / sizeof *encodings; i++) {
        if (!ends_with(path, encodings[i].suffix))
            continue;
        snprintf(plain, sizeof plain, "%.*s", (int)(strlen(path) - strlen(encodings[i].suffix)), path);
        if (is_file(plain))
            return true;
    }
    return false;
}

/* --- finding the files -------------------------------------------------------------------------- */

static void paths_add(Paths *paths, const char *path)
{
    if (paths->count == paths->room) {
        paths->room = paths->room ? paths->room * 2 : 64;
        paths->path = realloc(paths->path, paths->room * sizeof *paths->path);
    }
    char *copy = strdup(path);
    if (!paths->path || !copy)
        abort();
    paths->path[paths->count++] = copy;
}

static void walk(Paths *paths, const char *folder)
{
    DIR *dir = opendir(folder);
    if (!dir) {
        perror(folder);
        exit(1);
    }
    for (struct dirent *entry; (entry = readdir(dir));) {
        char path[PATH_ROOM];
        struct stat st;
        if (entry->d_name[0] == '.')
            continue;
        int len = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (len >= (int)sizeof path || strpbrk(path, "\"\\\n?"))
            die(folder, "holds a name that is too long or has a quote, '?' or backslash");
        if (stat(path, &st) != 0)
            die(path, "cannot be read");
        if (S_ISDIR(st.st_mode))
            walk(paths, path);
        else if (S_ISREG(st.st_mode) && !is_encoded(path))
            paths_add(paths, path);
    }
    closedir(dir);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* --- writing ------------------------------------------------------------------------------------ */

/* FNV-1a, 64 bits: names a version of a file to caches; nobody's secret hangs on it. */
static Bytes measure(const char *path)
{
    Bytes b = { .etag = 0xcbf29ce484222325u };
    FILE *f = fopen(path, "rb");
    if (!f)
        die(path, "cannot be read");
    for (int ch; (ch = fgetc(f)) != EOF; b.len++)
        b.etag = (b.etag ^ (uint64_t)ch) * 0x100000001b3u;
    if (ferror(f) || fclose(f) != 0)
        die(path, "cannot be read");
    return b;
}

/* The bytes at top level of the file, the row into `rows`. */
static void put_asset(
    FILE *out, FILE *rows, size_t n, const char *path, const char *root, const Encoding *encoding, Bytes bytes)
{
    fprintf(out,
        "__asm__(\".pushsection .rodata\\n.balign 16\\nasset_bytes_%zu:\\n\"\n"
        "        \".incbin \\\"%s%s\\\"\\n.byte 0\\n.popsection\");\n"
        "extern const unsigned char asset_bytes_%zu[];\n",
        n, path, encoding->suffix, n);
    fprintf(rows, "    { \"%s\", \"%s\", asset_bytes_%zu, %zu, \"%s\", \"%016llx\" },\n", path + strlen(root),
        type_of(path), n, bytes.len, encoding->name, (unsigned long long)bytes.etag);
}

/* One row an encoding, unless it is no shorter than the plain file. */
static size_t put_file(FILE *out, FILE *rows, size_t n, const char *path, const char *root)
{
    Bytes plain = measure(path);
    put_asset(out, rows, n++, path, root, &encodings[0], plain);
    for (size_t i = 1; i < sizeof encodings / sizeof *encodings; i++) {
        char encoded[PATH_ROOM + 8];
        snprintf(encoded, sizeof encoded, "%s%s", path, encodings[i].suffix);
        if (!is_file(encoded))
            continue;
        Bytes bytes = measure(encoded);
        if (bytes.len < plain.len)
            put_asset(out, rows, n++, path, root, &encodings[i], bytes);
    }
    return n;
}

static void put_all(FILE *out, const Paths *paths, const char *root)
{
    char *rows_text = NULL;
    size_t rows_len = 0, count = 0;
    FILE *rows = open_memstream(&rows_text, &rows_len);
    if (!rows)
        abort();
    fputs("/* Made by tools/embed.c. Do not edit. */\n#include \"http/assets.h\"\n\n", out);
    for (size_t i = 0; i < paths->count; i++)
        count = put_file(out, rows, count, paths->path[i], root);
    fclose(rows);
    /* The empty row at the end is there because C knows no empty table. */
    fprintf(out, "\nconst Asset assets[] = {\n%s    { 0 }\n};\nconst size_t asset_count = %zu;\n", rows_text, count);
}

int main(int argc, char **argv)
{
    Paths paths = { 0 };
    char tmp[PATH_ROOM];
    if (argc != 3) {
        fputs("usage: embed OUT.c DIR\n", stderr);
        return 2;
    }
    snprintf(tmp, sizeof tmp, "%s.tmp", argv[1]);
    walk(&paths, argv[2]);
    if (paths.count)
        qsort(paths.path, paths.count, sizeof *paths.path, by_name);
    FILE *out = fopen(tmp, "wb");
    if (!out)
        die(tmp, "cannot be written");
    put_all(out, &paths, argv[2]);
    bool failed = ferror(out) != 0;
    if (fclose(out) != 0 || failed || rename(tmp, argv[1]) != 0)
        die(argv[1], "cannot be written");
    return 0;
}
