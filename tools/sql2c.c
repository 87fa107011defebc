/* Named SQL statements and migrations to C, at build time.
 *
 *     sql2c OUTSTEM statements.sql... -- NNNN_migration.sql...
 *
 * A statement is a block of an .sql file that any SQL shell can run once its parameters are set:
 *
 *     -- name: session_find
 *     -- takes: token blob, limit int        (text when no type is given; no line: no parameters)
 *     SELECT ... WHERE token = :token LIMIT :limit;
 *
 * It becomes SQL_SESSION_FIND in OUTSTEM.h and two texts in OUTSTEM.c, ":token" written ?1 for
 * SQLite and $1 for PostgreSQL. Where the engines differ, two blocks share a name and each says
 * "-- only: sqlite" or "-- only: pgsql"; both must exist and take the same. Other comments between
 * "-- name:" and the statement are for its reader and are left out.
 *
 * What is wrong ends the tool with FILE:LINE before anything is written. The same input always
 * gives the same output. Memory is given back by the exit. */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TAKES_MAX = 64, STATEMENTS_MAX = 4096, MIGRATIONS_MAX = 1000, NAME_ROOM = 64 };
enum { SQLITE, PGSQL, ENGINES };

typedef enum Kind { KIND_TEXT, KIND_INT, KIND_BLOB } Kind;

typedef struct Buf {
    char *ptr;
    size_t len, room;
} Buf;

typedef struct Param {
    char name[NAME_ROOM];
    Kind kind;
    bool used;
} Param;

typedef struct Statement {
    char name[NAME_ROOM];
    Param takes[TAKES_MAX];
    size_t count;
    Buf text[ENGINES];
    bool has[ENGINES];
    const char *file; /* of the first block, for messages */
    int line;
} Statement;

typedef struct Migration {
    int number;
    char name[NAME_ROOM];
    Buf text;
} Migration;

typedef struct Reader {
    const char *file;
    Buf text;
    size_t at;
    int line; /* of the character at `at`, from 1 */
} Reader;

typedef struct Input {
    Statement statement[STATEMENTS_MAX];
    size_t statements;
    Migration migration[MIGRATIONS_MAX];
    size_t migrations;
} Input;

static _Noreturn void die(const char *file, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

/* --- bytes ------------------------------------------------------------------------------------- */

static void buf_add(Buf *b, const char *bytes, size_t len)
{
    if (b->len + len + 1 > b->room) {
        b->room = (b->len + len + 1) * 2;
        b->ptr = realloc(b->ptr, b->room);
        if (!b->ptr)
            abort();
    }
    memcpy(b->ptr + b->len, bytes, len);
    b->len += len;
    b->ptr[b->len] = '\0';
}

static void buf_trim_end(Buf *b)
{
    while (b->len && isspace((unsigned char)b->ptr[b->len - 1]))
        b->ptr[--b->len] = '\0';
}

static Buf read_file(const char *path)
{
    Buf b = { 0 };
    char piece[65536];
    size_t got;
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        exit(1);
    }
    buf_add(&b, "", 0);
    while ((got = fread(piece, 1, sizeof piece, f)) > 0)
        buf_add(&b, piece, got);
    if (ferror(f) || fclose(f) != 0)
        die(path, 1, "cannot be read");
    if (memchr(b.ptr, '\0', b.len))
        die(path, 1, "holds a NUL byte");
    return b;
}

/* --- reading a file ------------------------------------------------------------------------------ */

/* The text is NUL-terminated, so looking ahead is safe up to the first NUL. */
static const char *here(const Reader *r)
{
    return r->text.ptr + r->at;
}

static bool at_end(const Reader *r)
{
    return r->at >= r->text.len;
}

static bool looking_at(const Reader *r, const char *what)
{
    return strncmp(here(r), what, strlen(what)) == 0;
}

static void step(Reader *r, size_t count)
{
    for (; count && !at_end(r); count--) {
        r->line += *here(r) == '\n';
        r->at++;
    }
}

/* The rest of the line, without its end, cut into `out`; moves behind it. */
static void take_line(Reader *r, char *out, size_t room)
{
    size_t len = strcspn(here(r), "\n");
    if (len >= room)
        die(r->file, r->line, "line too long");
    memcpy(out, here(r), len);
    out[len] = '\0';
    while (len && isspace((unsigned char)out[len - 1]))
        out[--len] = '\0';
    step(r, strcspn(here(r), "\n") + 1);
}

/* Takes a line "-- key: value"; false, with nothing taken, when another line stands here. */
static bool take_header(Reader *r, const char *key, char *value, size_t room)
{
    char start[NAME_ROOM];
    snprintf(start, sizeof start, "-- %s:", key);
    if (!looking_at(r, start))
        return false;
    step(r, strlen(start));
    step(r, strspn(here(r), " \t"));
    take_line(r, value, room);
    return true;
}

static bool is_name_start(char ch)
{
    return (ch >= 'a' && ch <= 'z') || ch == '_';
}

static bool is_name_char(char ch)
{
    return is_name_start(ch) || (ch >= '0' && ch <= '9');
}

static bool is_name(const char *s)
{
    if (!is_name_start(*s) || strlen(s) >= NAME_ROOM)
        return false;
    while (is_name_char(*s))
        s++;
    return *s == '\0';
}

/* Of a name that is_name() has measured. */
static void copy_name(char out[NAME_ROOM], const char *name)
{
    memcpy(out, name, strlen(name) + 1);
}

/* --- a statement's header --------------------------------------------------------------------------- */

static Kind kind_named(const Reader *r, const char *word)
{
    if (!*word || strcmp(word, "text") == 0)
        return KIND_TEXT;
    if (strcmp(word, "int") == 0)
        return KIND_INT;
    if (strcmp(word, "blob") == 0)
        return KIND_BLOB;
    die(r->file, r->line - 1, "no type \"%s\": text, int or blob", word);
}

/* "token blob, limit int" */
static void parse_takes(const Reader *r, Statement *s, const char *list)
{
    for (const char *at = list;;) {
        char name[NAME_ROOM] = "", kind[NAME_ROOM] = "";
        int used = 0;
        sscanf(at, " %63[^ \t,]%n %63[^ \t,]%n", name, &used, kind, &used);
        if (!is_name(name))
            die(r->file, r->line - 1, "\"%s\" is no parameter's name", name);
        for (size_t i = 0; i < s->count; i++)
            if (strcmp(s->takes[i].name, name) == 0)
                die(r->file, r->line - 1, "parameter %s is there twice", name);
        if (s->count == TAKES_MAX)
            die(r->file, r->line - 1, "more than %d parameters", TAKES_MAX);
        Param *p = &s->takes[s->count++];
        copy_name(p->name, name);
        p->kind = kind_named(r, kind);
        at += used;
        at += strspn(at, " \t");
        if (!*at)
            return;
        if (*at++ != ',')
            die(r->file, r->line - 1, "a comma is missing after parameter %s", name);
    }
}

/* Which engines the block is for: a bit each. */
static unsigned parse_only(const Reader *r, const char *engine)
{
    if (strcmp(engine, "sqlite") == 0)
        return 1u << SQLITE;
    if (strcmp(engine, "pgsql") == 0)
        return 1u << PGSQL;
    die(r->file, r->line - 1, "\"only: %s\": sqlite or pgsql", engine);
}

/* The lines between "-- name:" and the statement. */
static unsigned parse_header(Reader *r, Statement *s)
{
    unsigned engines = 1u << SQLITE | 1u << PGSQL;
    char value[1024];
    for (;;) {
        if (take_header(r, "takes", value, sizeof value))
            parse_takes(r, s, value);
        else if (take_header(r, "only", value, sizeof value))
            engines = parse_only(r, value);
        else if (looking_at(r, "-- name:"))
            die(r->file, r->line, "statement %s has no text", s->name);
        else if (looking_at(r, "--") || looking_at(r, "\n"))
            take_line(r, value, sizeof value);
        else
            return engines;
    }
}

/* --- a statement's text ----------------------------------------------------------------------------- */

/* Length of the quoted string, quoted name or comment that starts here; 0 when none does. */
static size_t opaque_len(const Reader *r)
{
    const char *at = here(r), *end;
    if (looking_at(r, "--"))
        return strcspn(at, "\n");
    if (looking_at(r, "/*"))
        end = strstr(at + 2, "*/");
    else if (*at == '\'' || *at == '"')
        end = strchr(at + 1, *at); /* a doubled quote reads as two strings, to the same end */
    else
        return 0;
    if (!end)
        die(r->file, r->line, "what starts with %.2s does not end", at);
    return (size_t)(end - at) + (*at == '/' ? 2 : 1);
}

static void both_add(Statement *s, const char *bytes, size_t len)
{
    buf_add(&s->text[SQLITE], bytes, len);
    buf_add(&s->text[PGSQL], bytes, len);
}

/* ":token" stands here. */
static void take_param(Reader *r, Statement *s)
{
    const char *name = here(r) + 1;
    size_t len = 0;
    while (is_name_char(name[len]))
        len++;
    for (size_t i = 0; i < s->count; i++) {
        Param *p = &s->takes[i];
        if (strlen(p->name) != len || memcmp(p->name, name, len) != 0)
            continue;
        char number[16];
        int digits = snprintf(number, sizeof number, "?%zu", i + 1);
        buf_add(&s->text[SQLITE], number, (size_t)digits);
        number[0] = '$';
        buf_add(&s->text[PGSQL], number, (size_t)digits);
        p->used = true;
        step(r, len + 1);
        return;
    }
    die(r->file, r->line, "parameter :%.*s is not in the \"takes\" line of %s", (int)len, name, s->name);
}

/* Up to the ';' that ends the statement, which is left out: both engines take it without. */
static void parse_body(Reader *r, Statement *s)
{
    size_t skip;
    for (; *here(r) != ';'; step(r, skip)) {
        skip = 1;
        if (at_end(r) || looking_at(r, "-- name:"))
            die(r->file, r->line, "statement %s does not end with ';'", s->name);
        if (looking_at(r, "::")) {
            skip = 2; /* a cast */
        } else if (*here(r) == ':' && is_name_start(here(r)[1])) {
            take_param(r, s);
            skip = 0;
        } else if (opaque_len(r)) {
            skip = opaque_len(r);
        }
        both_add(s, here(r), skip);
    }
    step(r, 1);
    buf_trim_end(&s->text[SQLITE]);
    buf_trim_end(&s->text[PGSQL]);
}

static void check_params(const Reader *r, const Statement *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (!s->takes[i].used)
            die(r->file, s->line, "parameter %s of %s is not used", s->takes[i].name, s->name);
}

/* --- statements together ------------------------------------------------------------------------------ */

static bool same_takes(const Statement *a, const Statement *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->takes[i].name, b->takes[i].name) != 0 || a->takes[i].kind != b->takes[i].kind)
            return false;
    return true;
}

/* Adds the block to the statement of its name, or as a new one. */
static void add_block(Input *in, const Statement *block, unsigned engines)
{
    Statement *s = in->statement;
    while (s < in->statement + in->statements && strcmp(s->name, block->name) != 0)
        s++;
    if (s == in->statement + STATEMENTS_MAX)
        die(block->file, block->line, "more than %d statements", STATEMENTS_MAX);
    if (s == in->statement + in->statements) {
        *s = *block;
        in->statements++;
    } else if (!same_takes(s, block)) {
        die(block->file, block->line, "%s takes something else than at %s:%d", block->name, s->file, s->line);
    }
    for (int engine = 0; engine < ENGINES; engine++) {
        if (!(engines >> engine & 1))
            continue;
        if (s->has[engine])
            die(block->file, block->line, "%s is there twice; first at %s:%d", block->name, s->file, s->line);
        s->has[engine] = true;
        s->text[engine] = block->text[engine];
    }
}

static void parse_block(Reader *r, Input *in, const char *name)
{
    Statement block = { .file = r->file, .line = r->line - 1 };
    if (!is_name(name))
        die(r->file, r->line - 1, "\"%s\" is no statement's name: a-z, 0-9, _", name);
    if (strcmp(name, "count") == 0)
        die(r->file, r->line - 1, "SQL_COUNT is the number of statements; choose another name");
    copy_name(block.name, name);
    unsigned engines = parse_header(r, &block);
    parse_body(r, &block);
    check_params(r, &block);
    add_block(in, &block, engines);
}

static void parse_statements(Input *in, const char *path)
{
    Reader r = { .file = path, .text = read_file(path), .line = 1 };
    char value[1024];
    while (!at_end(&r)) {
        if (take_header(&r, "name", value, sizeof value))
            parse_block(&r, in, value);
        else if (looking_at(&r, "--"))
            take_line(&r, value, sizeof value);
        else if (isspace((unsigned char)*here(&r)))
            step(&r, 1);
        else
            die(path, r.line, "text outside a statement, which starts with \"-- name:\" and has one ';'");
    }
}

static void check_engines(const Input *in)
{
    for (const Statement *s = in->statement; s < in->statement + in->statements; s++)
        for (int engine = 0; engine < ENGINES; engine++)
            if (!s->has[engine])
                die(s->file, s->line, "%s has no text for %s", s->name, engine == SQLITE ? "SQLite" : "PostgreSQL");
}

/* --- migrations --------------------------------------------------------------------------------------- */

/* sql/migrate/0001_first.sql is migration 1, "first". They come sorted by name, so by number. */
static void parse_migration(Input *in, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    Migration m = { 0 };
    int used = 0;
    if (sscanf(base, "%4d_%59[a-z0-9_].sql%n", &m.number, m.name, &used) != 2 || !used || base[used] || base[4] != '_')
        die(path, 1, "a migration's file is called NNNN_name.sql");
    if (in->migrations == MIGRATIONS_MAX)
        die(path, 1, "more than %d migrations", MIGRATIONS_MAX);
    if (m.number <= (in->migrations ? in->migration[in->migrations - 1].number : 0))
        die(path, 1, "number %d does not follow the one before", m.number);
    m.text = read_file(path);
    in->migration[in->migrations++] = m;
}

/* --- writing -------------------------------------------------------------------------------------------- */

/* Written beside and renamed when complete, so that a stopped build leaves no half file. */
typedef struct Output {
    char path[4096];
    char tmp[4104];
    FILE *f;
} Output;

static Output output_open(const char *stem, const char *suffix)
{
    Output out;
    snprintf(out.path, sizeof out.path, "%s%s", stem, suffix);
    snprintf(out.tmp, sizeof out.tmp, "%s.tmp", out.path);
    out.f = fopen(out.tmp, "wb");
    if (!out.f) {
        perror(out.tmp);
        exit(1);
    }
    fputs("/* Made by tools/sql2c.c out of sql/. Do not edit. */\n", out.f);
    return out;
}

static void output_close(Output *out)
{
    bool failed = ferror(out->f) != 0;
    if (fclose(out->f) != 0 || failed || rename(out->tmp, out->path) != 0) {
        perror(out->path);
        exit(1);
    }
}

static void put_upper(FILE *f, const char *name)
{
    for (; *name; name++)
        fputc(toupper((unsigned char)*name), f);
}

/* A literal a line of the text. '?' is escaped because "??(" is a trigraph in C17. */
static void put_literal(FILE *f, const Buf *text)
{
    fputs("\n        \"", f);
    for (size_t i = 0; i < text->len; i++) {
        char ch = text->ptr[i];
        if (ch == '\n')
            fputs(i + 1 < text->len ? "\\n\"\n        \"" : "\\n", f);
        else if (ch == '"' || ch == '\\' || ch == '?')
            fprintf(f, "\\%c", ch);
        else if (ch == '\t')
            fputs("\\t", f);
        else if (ch == '\r')
            fputs("\\r", f);
        else
            fputc(ch, f);
    }
    fputc('"', f);
}

static void write_header(const Input *in, const char *stem)
{
    Output out = output_open(stem, ".h");
    fputs("#ifndef STATEMENTS_H\n#define STATEMENTS_H\n\n#include \"base/value.h\"\n\n", out.f);
    fputs("typedef enum StatementId {\n", out.f);
    for (size_t i = 0; i < in->statements; i++) {
        fputs("    SQL_", out.f);
        put_upper(out.f, in->statement[i].name);
        fputs(",\n", out.f);
    }
    fputs("    SQL_COUNT\n} StatementId;\n\n", out.f);
    fputs("typedef struct SqlStatement {\n"
          "    const char *name;\n"
          "    Str text[2]; /* for SQLite, for PostgreSQL; each ends with NUL */\n"
          "    const ValueKind *takes;\n"
          "    size_t count;\n"
          "} SqlStatement;\n\n"
          "extern const SqlStatement statements[]; /* by StatementId */\n\n#endif\n",
        out.f);
    output_close(&out);
}

static void write_takes(FILE *f, const Statement *s)
{
    static const char *const kind_name[] = { "VALUE_TEXT", "VALUE_INT", "VALUE_BLOB" };
    if (!s->count)
        return;
    fprintf(f, "static const ValueKind takes_%s[] = { ", s->name);
    for (size_t i = 0; i < s->count; i++)
        fprintf(f, "%s%s /* %s */", i ? ", " : "", kind_name[s->takes[i].kind], s->takes[i].name);
    fputs(" };\n", f);
}

static void write_statement(FILE *f, const Statement *s)
{
    fputs("    [SQL_", f);
    put_upper(f, s->name);
    fprintf(f, "] = { \"%s\", { S_INIT(", s->name);
    put_literal(f, &s->text[SQLITE]);
    fputs("), S_INIT(", f);
    put_literal(f, &s->text[PGSQL]);
    fprintf(f, ") }, %s%s, %zu },\n", s->count ? "takes_" : "NULL", s->count ? s->name : "", s->count);
}

/* Each table ends with an empty row, since C knows no empty table. */
static void write_source(const Input *in, const char *stem)
{
    Output out = output_open(stem, ".c");
    fputs("#include \"statements.h\"\n#include \"store/migrate.h\"\n\n", out.f);
    fputs("/* Every compiler must take 4095 bytes; ours take any length. */\n"
          "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n",
        out.f);
    for (size_t i = 0; i < in->statements; i++)
        write_takes(out.f, &in->statement[i]);
    fputs("\nconst SqlStatement statements[] = {\n", out.f);
    for (size_t i = 0; i < in->statements; i++)
        write_statement(out.f, &in->statement[i]);
    fputs("    { 0 }\n};\n\n", out.f);

    for (size_t i = 0; i < in->migrations; i++) {
        fprintf(out.f, "static const char migration_%04d[] =", in->migration[i].number);
        put_literal(out.f, &in->migration[i].text);
        fputs(";\n", out.f);
    }
    fputs("\nconst Migration migrations[] = {\n", out.f);
    for (const Migration *m = in->migration; m < in->migration + in->migrations; m++)
        fprintf(out.f, "    { %d, \"%s\", migration_%04d, sizeof migration_%04d - 1 },\n", m->number, m->name,
            m->number, m->number);
    fprintf(out.f, "    { 0 }\n};\nconst size_t migration_count = %zu;\n", in->migrations);
    output_close(&out);
}

int main(int argc, char **argv)
{
    static Input in;
    if (argc < 2) {
        fputs("usage: sql2c OUTSTEM statements.sql... -- NNNN_migration.sql...\n", stderr);
        return 2;
    }
    int i = 2;
    for (; i < argc && strcmp(argv[i], "--") != 0; i++)
        parse_statements(&in, argv[i]);
    check_engines(&in);
    for (i++; i < argc; i++)
        parse_migration(&in, argv[i]);
    write_source(&in, argv[1]);
    write_header(&in, argv[1]); /* last: make looks at its time */
    return 0;
}
