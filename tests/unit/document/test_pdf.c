/* What runs inside the sandbox sees nothing and leaves nothing; PDFs come back in order, or one message says why not.
 *
 * Most tests put a small script in LibreOffice's place. Those that need a sandbox, or LibreOffice itself, are skipped
 * where the machine has none and say so. */
#include "../base/base_test.h"

#include "document/pdf.h"
#include "packed.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define PDF(inside) "%PDF-1.7\n" inside "\n%%EOF\n"

/* --- a machine of our own: a folder for temporary files, with a script in LibreOffice's place ---------------- */

typedef struct Machine {
    BaseFixture *fx;
    Ctx *c;
    const char *folder, *tmp, *script;
    PdfSetup setup;
} Machine;

static const char *path_in(Machine *m, const char *name)
{
    return str_format(m->fx->arena, "%s/%s", m->folder, name).ptr;
}

static void put_file(const char *path, const char *text, mode_t mode)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static Machine *machine(void **state)
{
    BaseFixture *fx = *state;
    Machine *m = arena_new_of(fx->arena, Machine);
    char *folder = str_c(fx->arena, S("/tmp/xuncha-test-XXXXXX"));
    assert_non_null(mkdtemp(folder));
    *m = (Machine){ .fx = fx, .c = &fx->c, .folder = folder };
    m->tmp = path_in(m, "tmp");
    m->script = path_in(m, "soffice");
    assert_int_equal(mkdir(m->tmp, 0700), 0);
    assert_int_equal(setenv("TMPDIR", m->tmp, 1), 0);
    m->setup = (PdfSetup){ .soffice = str_of(m->script), .seconds = 30 };
    return m;
}

static void script(Machine *m, const char *body)
{
    put_file(m->script, str_format(m->fx->arena, "#!/bin/sh\n%s\n", body).ptr, 0755);
}

/* Nothing of the documents may be left; an arena that still lives is no excuse. */
static void machine_done(Machine *m)
{
    DIR *list = opendir(m->tmp);
    assert_non_null(list);
    for (struct dirent *e; (e = readdir(list)) != NULL;)
        row_holds(e->d_name[0] == '.', "%s was left", e->d_name);
    closedir(list);
    assert_int_equal(rmdir(m->tmp), 0);
    unlink(m->script);
    unlink(path_in(m, "secret"));
    assert_int_equal(rmdir(m->folder), 0);
    unsetenv("TMPDIR");
}

static bool can_run(Machine *m)
{
    Str why;
    if (pdf_possible(m->c, &m->setup, &why))
        return true;
    print_message("skipped: %.*s\n", STR_ARG(why));
    return false;
}

#define NEEDS_SANDBOX(m)     \
    do {                     \
        script((m), "");     \
        if (!can_run(m)) {   \
            machine_done(m); \
            skip();          \
        }                    \
    } while (0)

/* Each is "a docx" to the script: what it holds behind its first bytes is for the script to read. */
static const PdfInput three[] = { { S_INIT("反馈意见 一; rm -rf \"$HOME\".docx"), S_INIT("PK\x03\x04one") },
    { S_INIT("../../整改通知"), S_INIT("PK\x03\x04two") }, { S_INIT("第三份"), S_INIT("PK\x03\x04three") } };

static Status convert(Machine *m, size_t count, Str *out)
{
    ctx_forgive(m->c);
    return pdf_convert(m->c, &m->setup, three, count, out);
}

static void expect_said(Machine *m, const char *words)
{
    Str said = m->c->err.message;
    row_holds(str_find(said, str_of(words), 0) != SIZE_MAX, "\"%s\" in: %.*s", words, STR_ARG(said));
}

/* --- refusals that run nothing ------------------------------------------------------------------------------- */

static void what_is_missing_is_named(void **state)
{
    static const struct {
        const char *soffice, *bwrap, *fonts, *words, *package;
    } rows[] = {
        { "/nowhere/soffice", "", "", "/nowhere/soffice", "libreoffice-writer" },
        { "/tmp", "", "", "(/tmp)", "libreoffice-writer" },
        { NULL, "/nowhere/bwrap", "", "/nowhere/bwrap", "bubblewrap" },
        { NULL, "/bin/true", "/nowhere/fonts", "/nowhere/fonts", "fonts" },
        { NULL, "/bin/true", "/", "(/)", "fonts" },
        { NULL, "/bin/false", "", "/false", "bubblewrap" },
    };
    Machine *m = machine(state);
    Str out[3], why;
    script(m, str_format(m->fx->arena, "touch %s/ran", m->folder).ptr);
    m->c->lang = LANG_EN;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        m->setup = (PdfSetup){ .soffice = str_of(rows[i].soffice ? rows[i].soffice : m->script),
            .bwrap = str_of(rows[i].bwrap),
            .fonts = str_of(rows[i].fonts) };
        assert_int_equal(convert(m, 3, out), ST_CONFLICT);
        expect_said(m, rows[i].words);
        expect_said(m, rows[i].package);
        Str said = m->c->err.message;
        assert_false(pdf_possible(m->c, &m->setup, &why));
        assert_str_equal(why, said);
        assert_true(m->c->err.message.ptr == said.ptr);
    }
    assert_int_equal(access(path_in(m, "ran"), F_OK), -1);
    m->c->lang = LANG_ZH;
    assert_int_equal(convert(m, 3, out), ST_CONFLICT);
    expect_said(m, "没有沙箱，本系统不运行LibreOffice");
    machine_done(m);
}

static void an_office_without_a_writer_is_told(void **state)
{
    Machine *m = machine(state);
    Str out[1];
    const char *program = path_in(m, "program");
    const char *soffice = path_in(m, "program/soffice");
    assert_int_equal(mkdir(program, 0700), 0);
    put_file(soffice, "#!/bin/sh\n", 0755);
    m->setup.soffice = str_of(soffice);
    m->setup.bwrap = S("/bin/true"); /* looked for before the Writer */
    assert_int_equal(convert(m, 1, out), ST_CONFLICT);
    expect_said(m, "Writer");
    unlink(soffice);
    rmdir(program);
    machine_done(m);
}

static void inputs_have_limits(void **state)
{
    Machine *m = machine(state);
    const PdfInput odd[] = { three[0], { S_INIT("旧文档.doc"), S_INIT("\xd0\xcf\x11\xe0") } };
    Str out[2];
    script(m, "");
    assert_int_equal(pdf_convert(m->c, &m->setup, odd, 2, out), ST_INVALID);
    expect_said(m, "旧文档.doc");
    ctx_forgive(m->c);
    assert_int_equal(pdf_convert(m->c, &m->setup, odd, PDF_SET_MAX + 1, out), ST_TOO_BIG);
    machine_done(m);
}

/* --- a script in the sandbox --------------------------------------------------------------------------------- */

static void pdfs_come_back_in_order(void **state)
{
    Machine *m = machine(state);
    Str out[3];
    NEEDS_SANDBOX(m);
    script(m, "for f in \"$@\"; do case $f in *.docx) n=${f##*/}\n"
              "{ echo '%PDF-1.7'; tail -c +5 \"$f\"; echo; echo \"$f\"; echo '%%EOF'; } >/papers/out/${n%.docx}.pdf;; "
              "esac; done");
    assert_int_equal(convert(m, 3, out), ST_OK);
    assert_str_equal(out[0], S(PDF("one\n/papers/in/0001.docx")));
    assert_str_equal(out[1], S(PDF("two\n/papers/in/0002.docx")));
    assert_str_equal(out[2], S(PDF("three\n/papers/in/0003.docx")));
    assert_int_equal(pdf_convert(m->c, &m->setup, NULL, 0, NULL), ST_OK);
    machine_done(m);
}

/* One line for each thing that the script could do, and must not. */
static const char look_around[] =
    "o=/papers/out/0001.pdf; exec >$o 2>/dev/null; echo '%PDF-1.7'\n"
    "echo \"env: $(env | sed 's/=.*//' | sort | tr '\\n' ' ')\"\n"
    "cat /tmp/s\n"
    "echo \"home: $HOME $(echo /home/*) root: $(echo /root/*) tmp: $(echo /tmp/*/*)\"\n"
    "echo \"top: $(echo /*)\"\n"
    "echo \"etc: $(echo /etc/*)\"\n"
    "echo \"net: $(tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' \\n')\"\n"
    "echo \"routes: $(tail -n +2 /proc/net/route | wc -l)\"\n"
    "echo \"caps: $(grep -c 'Cap.*:.0000000000000000' /proc/self/status)\"\n"
    "echo \"new: $(grep NoNewPrivs /proc/self/status | tr -dc 0-9)\"\n"
    "echo \"processes: $([ $(echo /proc/[0-9]* | wc -w) -lt 12 ] && echo few)\"\n"
    "ls -l /proc/$$/fd >/tmp/f; echo \"fds: $(grep -e '->' /tmp/f | grep -Evc ' "
    "(/dev/null|/tmp/f|/papers/out/.*|/.*/soffice)$')\"\n"
    "for d in / /usr /dev /papers/in /etc/fonts /fonts; do (: >$d/x) && echo \"wrote: $d\"; done\n"
    "(: >$SELF) && echo 'wrote: the script'\n"
    "unshare -U true && echo 'wrote: a user namespace'\n"
    "kill -0 1 && mount -t tmpfs none /tmp && echo 'wrote: a mount'\n"
    "echo \"core: $(ulimit -c) files: $(ulimit -n) size: $(ulimit -f) cpu: $(ulimit -t) as: $(ulimit -v)\"\n"
    "grep -c 'MacroSecurityLevel.*>3<' /home/profile/user/registrymodifications.xcu\n"
    "echo \"font: $(cat $FONTCONFIG_FILE)\"\n"
    "echo '%%EOF'\n";

static void it_sees_nothing(void **state)
{
    Machine *m = machine(state);
    Str out[1];
    NEEDS_SANDBOX(m);
    put_file(path_in(m, "secret"), "秘密", 0644);
    setenv("XUNCHA_SECRET", "1", 1);
    int open_here = open(path_in(m, "secret"), O_RDONLY);
    assert_true(open_here > 2);
    script(m, str_format(m->fx->arena, "SELF=%s\necho $(cat %s/secret 2>/dev/null) >/tmp/s\n%s", m->script, m->folder,
                  look_around)
                  .ptr);
    m->setup.fontconfig = S("<fontconfig/>");
    m->setup.memory_mib = 1024;
    m->setup.output_mib = 1;
    m->setup.fonts = S("/usr/share");
    assert_int_equal(convert(m, 1, out), ST_OK);
    unsetenv("XUNCHA_SECRET");
    close(open_here);
    static const char *const lines[] = { "env: FONTCONFIG_FILE HOME LANG PWD \n",
        "home: /home /home/profile root: /root/* ", "net: lo\n", "routes: 0\n", "caps: 5\n", "new: 1\n",
        "processes: few\n", "fds: 0\n", "core: 0 files: 1024 size: 2097152 cpu: 60 as: 6291456\n1\n",
        "font: <fontconfig/>\n" };
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        row_holds(str_find(out[0], str_of(lines[i]), 0) != SIZE_MAX, "%s in:\n%.*s", lines[i], STR_ARG(out[0]));
    static const char *const never[] = { "wrote:", "秘密", "SECRET", "passwd", "shadow", "/var", "/srv", "/mnt" };
    for (size_t i = 0; i < COUNT_OF(never); i++)
        row_holds(str_find(out[0], str_of(never[i]), 0) == SIZE_MAX, "%s in:\n%.*s", never[i], STR_ARG(out[0]));
    machine_done(m);
}

static void what_does_not_come_is_named(void **state)
{
    static const struct {
        const char *script;
        Status status;
        const char *words, *name;
    } rows[] = {
        { "exit 3", ST_INVALID, "退出码3", "反馈意见 一" },
        { "kill -9 $$", ST_INVALID, "退出码137", "反馈意见 一" },
        { "printf '%%PDF-1\\n%%%%EOF' >/papers/out/0001.pdf", ST_INVALID, "没有生成", "整改通知" },
        { "printf '%%PDF-1\\n%%%%EO' >/papers/out/0001.pdf", ST_INVALID, "不完整", "反馈意见 一" },
        { "printf 'PDF\\n%%%%EOF' >/papers/out/0001.pdf", ST_INVALID, "不完整", "反馈意见 一" },
        { ": >/papers/out/0001.pdf", ST_INVALID, "不完整", "反馈意见 一" },
        { "mkdir /papers/out/0001.pdf", ST_INVALID, "不完整", "反馈意见 一" },
        { "mkfifo /papers/out/0001.pdf", ST_INVALID, "不完整", "反馈意见 一" },
        { "ln -s /etc/passwd /papers/out/0001.pdf", ST_INVALID, "没有生成", "反馈意见 一" },
        { "{ printf '%%PDF-1'; head -c 2000000 /dev/zero; printf '%%%%EOF'; } >/papers/out/0001.pdf", ST_TOO_BIG,
            "1 MiB", "反馈意见 一" },
    };
    Machine *m = machine(state);
    Str out[2];
    NEEDS_SANDBOX(m);
    m->setup.output_mib = 1;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        script(m, rows[i].script);
        Status status = convert(m, 2, out);
        row_holds(status == rows[i].status, "%s: %s", rows[i].script, status_name(status));
        expect_said(m, rows[i].words);
        expect_said(m, rows[i].name);
    }
    machine_done(m);
}

/* A process of the machine with this word on its command line. */
static bool runs(const char *word)
{
    DIR *list = opendir("/proc");
    bool found = false;
    assert_non_null(list);
    for (struct dirent *e; (e = readdir(list)) != NULL && !found;) {
        char path[300], line[256] = "";
        snprintf(path, sizeof path, "/proc/%s/cmdline", e->d_name);
        FILE *f = fopen(path, "r");
        size_t n = f ? fread(line, 1, sizeof line - 1, f) : 0;
        if (f)
            fclose(f);
        found = n && memmem(line, n, word, strlen(word)) != NULL;
    }
    closedir(list);
    return found;
}

static void time_has_an_end(void **state)
{
    Machine *m = machine(state);
    Str out[2];
    NEEDS_SANDBOX(m);
    script(m, "printf '%%PDF-1\\n%%%%EOF' >/papers/out/0001.pdf; trap '' TERM INT HUP\n"
              "sleep 86321 & (setsid sleep 86321 &) ; while :; do sleep 86321; done");
    m->setup.seconds = 1;
    assert_int_equal(convert(m, 2, out), ST_BUSY);
    expect_said(m, "整改通知");
    for (int i = 0; runs("86321") && i < 1000; i++)
        usleep(10000);
    assert_false(runs("86321"));
    machine_done(m);
}

static void memory_has_an_end(void **state)
{
    Machine *m = machine(state);
    Str out[1];
    NEEDS_SANDBOX(m);
    m->setup.memory_mib = 64;
    script(m, "x=0123456789abcdef; while :; do x=$x$x; [ ${#x} -lt 99999999 ] || sleep 60; done");
    assert_int_equal(convert(m, 1, out), ST_TOO_BIG);
    expect_said(m, "内存");
    machine_done(m);
}

/* Who ends early leaves nothing running behind it. */
static void nothing_goes_on_behind(void **state)
{
    Machine *m = machine(state);
    Str out[1];
    NEEDS_SANDBOX(m);
    script(m, "printf '%%PDF-1\\n%%%%EOF' >/papers/out/0001.pdf; setsid sleep 86322 & exit 0");
    assert_int_equal(convert(m, 1, out), ST_OK);
    for (int i = 0; runs("86322") && i < 1000; i++)
        usleep(10000);
    assert_false(runs("86322"));
    machine_done(m);
}

static void whatever_was_left_goes(void **state)
{
    Machine *m = machine(state);
    Str out[1];
    NEEDS_SANDBOX(m);
    /* Two chains of 1500 folders below one another, too long for any path; locked folders; links; pipes. */
    script(m, "cd /papers/out; printf '%%PDF-1\\n%%%%EOF' >0001.pdf\n"
              "p=$(printf 'd/%.0s' $(seq 1500)); mkdir -p \"$p\"; mkdir e; cd e; mkdir -p \"$p\"; cd ..; mv e \"$p\"\n"
              "mkdir -p a/b/c; touch a/b/c/f a/f; ln -s /usr l; ln -s ../.. a/b/l; mkfifo p\n"
              "touch .lifted-0; mkdir -p .lifted-1/x; chmod 000 a/b/c a/b a; chmod 500 .");
    assert_int_equal(convert(m, 1, out), ST_OK);
    machine_done(m);
}

/* --- beside other threads ------------------------------------------------------------------------------------ */

typedef struct Thread {
    const PdfSetup *setup;
    Env *env;
    Status status;
} Thread;

static void *convert_there(void *arg)
{
    Thread *t = arg;
    Arena *arena = arena_new();
    Ctx c = ctx_on(arena, t->env);
    Str out[3];
    t->status = pdf_convert(&c, t->setup, three, 3, out);
    arena_done(arena);
    return NULL;
}

static void threads_do_not_meet(void **state)
{
    Machine *m = machine(state);
    Thread threads[3];
    pthread_t ids[COUNT_OF(threads)];
    NEEDS_SANDBOX(m);
    script(m, "for n in 1 2 3; do printf '%%PDF-1\\n%%%%EOF' >/papers/out/000$n.pdf; done");
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        threads[i] = (Thread){ &m->setup, &m->fx->env, ST_BROKEN };
        assert_int_equal(pthread_create(&ids[i], NULL, convert_there, &threads[i]), 0);
    }
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        pthread_join(ids[i], NULL);
        assert_int_equal(threads[i].status, ST_OK);
    }
    machine_done(m);
}

/* --- LibreOffice itself -------------------------------------------------------------------------------------- */

#define WORD   "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define DRAWN  "http://schemas.openxmlformats.org/drawingml/2006/"
#define PACKED "application/vnd.openxmlformats-"

static Str docx(Machine *m, Str paragraphs)
{
    const PackedPart parts[] = {
        { "[Content_Types].xml",
            S(PACKED_HEAD "<Types xmlns='" PACKED_TYPES "'><Default Extension='rels' ContentType='" PACKED
                          "package.relationships+xml'/><Override PartName='/word/document.xml' ContentType='" PACKED
                          "officedocument.wordprocessingml.document.main+xml'/></Types>") },
        { "_rels/.rels",
            S(PACKED_HEAD "<Relationships xmlns='" PACKED_RELS "'><Relationship Id='rId1' Type='" PACKED_OFFICE
                          "/officeDocument' Target='word/document.xml'/></Relationships>") },
        { "word/_rels/document.xml.rels",
            S(PACKED_HEAD "<Relationships xmlns='" PACKED_RELS "'><Relationship Id='rId9' Type='" PACKED_OFFICE
                          "/image' Target='file:///fonts/picture.png' TargetMode='External'/></Relationships>") },
        { "word/document.xml", str_format(m->fx->arena,
                                   PACKED_HEAD "<w:document xmlns:w='" WORD "' xmlns:r='" PACKED_OFFICE
                                               "' xmlns:wp='" DRAWN "wordprocessingDrawing' xmlns:a='" DRAWN
                                               "main' xmlns:pic='" DRAWN "picture'><w:body>%.*s</w:body></w:document>",
                                   STR_ARG(paragraphs)) },
    };
    return packed(m->fx->arena, parts, COUNT_OF(parts), true);
}

static size_t count_of(Str text, Str word)
{
    size_t n = 0;
    for (size_t at = 0; (at = str_find(text, word, at)) != SIZE_MAX; at += word.len)
        n++;
    return n;
}

#define NEEDS_OFFICE(m)                                 \
    do {                                                \
        (m)->setup = (PdfSetup){ .soffice = STR_NONE }; \
        if (!can_run(m)) {                              \
            machine_done(m);                            \
            skip();                                     \
        }                                               \
    } while (0)
#define LINE(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define PAGE_END   "<w:p><w:r><w:br w:type='page'/></w:r></w:p>"

static void documents_become_pdfs(void **state)
{
    Machine *m = machine(state);
    Str out[2];
    NEEDS_OFFICE(m);
    const PdfInput in[] = { { S("一"), docx(m, S(LINE("巡察反馈意见"))) },
        { S("二"), docx(m, S(LINE("整改落实情况") PAGE_END LINE("第二页"))) } };
    Status status = pdf_convert(m->c, &m->setup, in, 2, out);
    row_holds(status == ST_OK, "%.*s", STR_ARG(m->c->err.message));
    assert_int_equal(count_of(out[0], S("/Type/Page/")) + count_of(out[0], S("/Type/Page\n")), 1);
    assert_int_equal(count_of(out[1], S("/Type/Page/")) + count_of(out[1], S("/Type/Page\n")), 2);
    assert_int_equal(count_of(out[0], S("/FontFile")) > 0, true);
    machine_done(m);
}

static void a_broken_document_is_named(void **state)
{
    Machine *m = machine(state);
    Str out[3];
    NEEDS_OFFICE(m);
    const PdfInput in[] = { { S("好的"), docx(m, S(LINE("一"))) }, { S("坏的"), S("PK\x03\x04 no archive") },
        { S("也好"), docx(m, S(LINE("三"))) } };
    assert_int_equal(pdf_convert(m->c, &m->setup, in, 3, out), ST_INVALID);
    expect_said(m, "“坏的”");
    machine_done(m);
}

/* The smallest PNG, where the document could reach it: it is not fetched. */
static void pictures_from_elsewhere_are_not_fetched(void **state)
{
    static const unsigned char png[] = { 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0,
        1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde, 0, 0, 0, 12, 'I', 'D', 'A', 'T', 0x08, 0xd7, 0x63, 0xf8,
        0xcf, 0xc0, 0, 0, 3, 1, 1, 0, 0x18, 0xdd, 0x8d, 0xb0, 0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82 };
    Machine *m = machine(state);
    Str out[1];
    NEEDS_OFFICE(m);
    const char *fonts = path_in(m, "fonts");
    const char *picture = path_in(m, "fonts/picture.png");
    assert_int_equal(mkdir(fonts, 0755), 0);
    FILE *f = fopen(picture, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(png, 1, sizeof png, f), sizeof png);
    fclose(f);
    m->setup.fonts = str_of(fonts);
    const PdfInput in = { S("图"),
        docx(m,
            S("<w:p><w:r><w:drawing><wp:inline><wp:extent cx='2000000' cy='2000000'/><wp:docPr id='1' name='x'/>"
              "<a:graphic><a:graphicData uri='" DRAWN "picture'><pic:pic><pic:nvPicPr><pic:cNvPr id='1' name='x'/>"
              "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link='rId9'/><a:stretch><a:fillRect/></a:stretch>"
              "</pic:blipFill><pic:spPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='2000000' cy='2000000'/></a:xfrm>"
              "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
              "</wp:inline></w:drawing></w:r></w:p>" LINE("图"))) };
    Status status = pdf_convert(m->c, &m->setup, &in, 1, out);
    unlink(picture);
    rmdir(fonts);
    row_holds(status == ST_OK, "%.*s", STR_ARG(m->c->err.message));
    assert_int_equal(count_of(out[0], S("/Subtype/Image")), 0);
    machine_done(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = { WITH_CTX(what_is_missing_is_named),
        WITH_CTX(an_office_without_a_writer_is_told), WITH_CTX(inputs_have_limits), WITH_CTX(pdfs_come_back_in_order),
        WITH_CTX(it_sees_nothing), WITH_CTX(what_does_not_come_is_named), WITH_CTX(time_has_an_end),
        WITH_CTX(memory_has_an_end), WITH_CTX(nothing_goes_on_behind), WITH_CTX(whatever_was_left_goes),
        WITH_CTX(threads_do_not_meet), WITH_CTX(documents_become_pdfs), WITH_CTX(a_broken_document_is_named),
        WITH_CTX(pictures_from_elsewhere_are_not_fetched) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
