#include "document/pdf.h"

#include "document/sandbox.h"
#include "document/sandbox_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_CHARS = 80 };

/* Inside. The folder of what goes in is the first view. */
#define IN      "/papers/in"
#define PROFILE SANDBOX_HOME "/profile"

/* --- what is there --------------------------------------------------------------------------------------- */

typedef struct Places {
    const char *bwrap;
    const char *soffice; /* without links, as it is seen inside too */
    const char *root;    /* what must be seen of it beside /usr: NULL when that is all */
    const char *fonts;   /* NULL: none */
} Places;

static const char *real(Ctx *c, const char *path)
{
    char whole[PATH_MAX];
    return realpath(path, whole) ? str_c(c->arena, str_of(whole)) : NULL;
}

static const char *program_at(Ctx *c, const char *path)
{
    struct stat st;
    const char *whole = real(c, path);
    return whole && stat(whole, &st) == 0 && S_ISREG(st.st_mode) && access(whole, X_OK) == 0 ? whole : NULL;
}

/* The last that is there of those alike: the newest version. */
static const char *program_like(Ctx *c, const char *pattern)
{
    glob_t found;
    const char *program = NULL;
    if (glob(pattern, 0, NULL, &found) != 0)
        return NULL;
    for (size_t i = found.gl_pathc; i > 0 && !program; i--)
        program = program_at(c, found.gl_pathv[i - 1]);
    globfree(&found);
    return program;
}

static const char *find_program(Ctx *c, Str given, const char *const *usual)
{
    const char *program = given.len ? program_at(c, str_c(c->arena, given)) : NULL;
    for (; !given.len && !program && *usual; usual++)
        program = program_like(c, *usual);
    return program;
}

/* soffice lies in "program" of a folder of its own; a script that stands elsewhere is shown alone. */
static Status find_root(Ctx *c, Places *p)
{
    Str folder = str_of(p->soffice);
    while (!str_ends(folder, S("/")))
        folder.len--;
    bool whole = str_ends(folder, S("/program/")) && folder.len > strlen("/program/");
    Str root = whole ? str_sub(folder, 0, folder.len - strlen("/program/")) : str_of(p->soffice);
    if (!str_starts(root, S("/usr/")))
        p->root = str_c(c->arena, root);
    if (whole && access(str_format(c->arena, "%.*s/share/registry/writer.xcd", STR_ARG(root)).ptr, R_OK) != 0)
        return fail(c, ST_CONFLICT,
            "不能生成PDF：LibreOffice缺少文字处理组件（Writer），请安装软件包libreoffice-writer-nogui或libreoffice-"
            "writer",
            "PDFs cannot be made: LibreOffice is here without its Writer; install the package libreoffice-writer-nogui "
            "or libreoffice-writer");
    return ST_OK;
}

static Status find_fonts(Ctx *c, Str given, Places *p)
{
    struct stat st;
    if (!given.len)
        return ST_OK;
    p->fonts = real(c, str_c(c->arena, given));
    if (p->fonts && stat(p->fonts, &st) == 0 && S_ISDIR(st.st_mode) && strcmp(p->fonts, "/") != 0)
        return ST_OK;
    return fail(c, ST_CONFLICT, "不能生成PDF：设置的字体目录不存在（%.*s）",
        "PDFs cannot be made: the folder of fonts that is set does not exist (%.*s)", STR_ARG(given));
}

static Status find_places(Ctx *c, const PdfSetup *setup, Places *p)
{
    static const char *const usual_office[] = { "/usr/lib/libreoffice/program/soffice",
        "/usr/lib64/libreoffice/program/soffice", "/opt/libreoffice*/program/soffice", "/usr/bin/soffice", NULL };
    static const char *const usual_bwrap[] = { "/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap", NULL };
    *p = (Places){ .bwrap = find_program(c, setup->bwrap, usual_bwrap),
        .soffice = find_program(c, setup->soffice, usual_office) };
    if (!p->soffice)
        return fail(c, ST_CONFLICT,
            "不能生成PDF：没有找到LibreOffice（%.*s）；请安装软件包libreoffice-writer-nogui或libreoffice-writer，"
            "或在设置中写明soffice的路径",
            "PDFs cannot be made: LibreOffice was not found (%.*s); install the package libreoffice-writer-nogui or "
            "libreoffice-writer, or set the path of soffice",
            STR_ARG(setup->soffice.len ? setup->soffice : S("soffice")));
    if (!p->bwrap)
        return fail(c, ST_CONFLICT,
            "不能生成PDF：没有找到沙箱程序bubblewrap（%.*"
            "s）；请安装软件包bubblewrap。没有沙箱，本系统不运行LibreOffice",
            "PDFs cannot be made: the sandbox program bubblewrap was not found (%.*s); install the package bubblewrap. "
            "LibreOffice is not run without it",
            STR_ARG(setup->bwrap.len ? setup->bwrap : S("bwrap")));
    TRY(find_root(c, p));
    return find_fonts(c, setup->fonts, p);
}

static Status find_all(Ctx *c, const PdfSetup *setup, Places *p)
{
    TRY(find_places(c, setup, p));
    if (sandbox_starts(c, p->bwrap))
        return ST_OK;
    return fail(c, ST_CONFLICT,
        "不能生成PDF：沙箱不能启动（%s）；需要bubblewrap 0.8或更新，并且内核允许本用户建立命名空间"
        "（user.max_user_namespaces大于0，未被AppArmor、SELinux或容器禁止）。没有沙箱，本系统不运行LibreOffice",
        "PDFs cannot be made: the sandbox does not start (%s); it needs bubblewrap 0.8 or newer, and a kernel that "
        "lets "
        "this user make namespaces (user.max_user_namespaces above 0, not forbidden by AppArmor, SELinux or a "
        "container). LibreOffice is not run without it",
        p->bwrap);
}

bool pdf_possible(Ctx *c, const PdfSetup *setup, Str *why)
{
    Places p;
    Error before = c->err;
    ctx_forgive(c);
    bool possible = find_all(c, setup, &p) == ST_OK;
    *why = c->err.message;
    c->err = before;
    return possible;
}

/* --- what goes in -------------------------------------------------------------------------------------------- */

/* No macro of whatever origin; no picture or section from elsewhere ("never" is 0 in Writer, and 1 in Calc, which reads
 * tables inside). */
static const struct {
    const char *path, *name, *value;
} settings[] = {
    { "Common/Security/Scripting", "MacroSecurityLevel", "3" },
    { "Common/Security/Scripting", "DisableMacrosExecution", "true" },
    { "Common/Security/Scripting", "BlockUntrustedRefererLinks", "true" },
    { "Writer/Content/Update", "Link", "0" },
    { "Calc/Content/Update", "Link", "1" },
    { "Java/VirtualMachine", "Enable", "false" },
    { "Common/Misc", "UseOpenCL", "false" },
};

static Str settings_text(Ctx *c)
{
    StrBuf b = strbuf_in(c->arena);
    strbuf_add(&b, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">\n"));
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        strbuf_addf(&b,
            "<item oor:path=\"/org.openoffice.Office.%s\"><prop oor:name=\"%s\" oor:op=\"fuse\">"
            "<value>%s</value></prop></item>\n",
            settings[i].path, settings[i].name, settings[i].value);
    strbuf_add(&b, S("</oor:items>\n"));
    return strbuf_str(&b);
}

static const char own_fontconfig[] =
    "<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\">\n"
    "<fontconfig><include ignore_missing=\"yes\">/etc/fonts/fonts.conf</include>"
    "<dir>" PDF_FONTS "</dir></fontconfig>\n";

static Status write_file(Ctx *c, int folder, const char *name, Str bytes)
{
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool good = fd >= 0;
    for (size_t done = 0; good && done < bytes.len;) {
        ssize_t n = write(fd, bytes.ptr + done, bytes.len - done);
        good = n >= 0 || errno == EINTR;
        done += n > 0 ? (size_t)n : 0;
    }
    if (fd >= 0)
        good = close(fd) == 0 && good;
    return good ? ST_OK : fail(c, ST_FULL, "临时目录不能写入", "the temporary folder cannot be written");
}

static Status open_inside(Ctx *c, const SandboxFolder *folder, const char *name, int *out)
{
    if (mkdirat(folder->fd, name, 0700) != 0)
        return fail(c, ST_FULL, "不能建立临时目录", "cannot make a temporary folder");
    *out = openat(folder->fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return *out >= 0 ? ST_OK : fail(c, ST_FULL, "不能建立临时目录", "cannot make a temporary folder");
}

static Status write_inputs(Ctx *c, const PdfSetup *setup, const PdfInput *in, size_t count, int folder)
{
    TRY(write_file(c, folder, "settings.xcu", settings_text(c)));
    TRY(write_file(c, folder, "fonts.conf", setup->fontconfig.len ? setup->fontconfig : str_of(own_fontconfig)));
    for (size_t i = 0; i < count; i++)
        TRY(write_file(c, folder, str_format(c->arena, "%04zu.docx", i + 1).ptr, in[i].docx));
    return ST_OK;
}

static const char *const *command_of(Ctx *c, const Places *p, size_t count)
{
    static const char *const fixed[] = { "-env:UserInstallation=file://" PROFILE, "--headless", "--norestore",
        "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard", "--infilter=MS Word 2007 XML",
        "--convert-to", "pdf:writer_pdf_Export", "--outdir", SANDBOX_OUT };
    const char **words = arena_array_of(c->arena, const char *, 1 + sizeof fixed / sizeof *fixed + count + 1);
    size_t n = 0;
    words[n++] = p->soffice;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        words[n++] = fixed[i];
    for (size_t i = 0; i < count; i++)
        words[n++] = str_format(c->arena, IN "/%04zu.docx", i + 1).ptr;
    return words; /* NULL ends it: the arena's memory is zero */
}

/* --- what comes out ------------------------------------------------------------------------------------------ */

static Status too_big(Ctx *c, Str name, int64_t mib)
{
    return fail(c, ST_TOO_BIG, "“%.*s”的PDF超过%lld MiB", "the PDF of \"%.*s\" is larger than %lld MiB",
        STR_ARG(str_clip(name, NAME_CHARS)), (long long)mib);
}

static Status damaged(Ctx *c, Str name)
{
    return fail(c, ST_INVALID, "“%.*s”的PDF不完整，请核对该文档能否用Word或WPS打开",
        "the PDF of \"%.*s\" is not whole: see whether Word or WPS opens the document",
        STR_ARG(str_clip(name, NAME_CHARS)));
}

static bool is_pdf(Str bytes)
{
    return str_starts(bytes, S("%PDF-")) && str_ends(str_trim(bytes), S("%%EOF"));
}

static Status read_whole(Ctx *c, int fd, Str name, int64_t mib, Str *out)
{
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return damaged(c, name);
    if (st.st_size > mib << 20)
        return too_big(c, name, mib);
    size_t size = (size_t)st.st_size, done = 0;
    char *bytes = arena_alloc(c->arena, size + 1);
    while (done < size) {
        ssize_t n = read(fd, bytes + done, size - done);
        if (n == 0 || (n < 0 && errno != EINTR))
            return damaged(c, name);
        done += n > 0 ? (size_t)n : 0;
    }
    *out = (Str){ bytes, done };
    return is_pdf(*out) ? ST_OK : damaged(c, name);
}

/* Whatever ran inside may have put anything there: no link is followed, and no pipe is waited for. */
static int open_output(Ctx *c, int folder, size_t i)
{
    return openat(folder, str_format(c->arena, "%04zu.pdf", i + 1).ptr, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

static Status read_output(Ctx *c, int folder, size_t i, Str name, int64_t mib, Str *out)
{
    int fd = open_output(c, folder, i);
    if (fd < 0)
        return damaged(c, name);
    Status status = read_whole(c, fd, name, mib, out);
    (void)close(fd);
    return status;
}

static size_t first_missing(Ctx *c, int folder, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int fd = open_output(c, folder, i);
        if (fd < 0)
            return i;
        (void)close(fd);
    }
    return count;
}

static Status tell_stopped(
    Ctx *c, const PdfSetup *setup, const PdfInput *in, size_t count, size_t at, const SandboxEnd *end)
{
    Str name = str_clip(in[at < count ? at : count - 1].name, NAME_CHARS);
    if (end->late)
        return fail(c, ST_BUSY, "转换PDF超过%lld秒，已停止（停在“%.*s”）",
            "making the PDFs took more than %lld seconds and was stopped (at \"%.*s\")", (long long)setup->seconds,
            STR_ARG(name));
    return fail(c, ST_TOO_BIG, "转换PDF所用内存超过%lld MiB，已停止（停在“%.*s”）",
        "making the PDFs took more than %lld MiB of memory and was stopped (at \"%.*s\")", (long long)setup->memory_mib,
        STR_ARG(name));
}

static Status read_outputs(
    Ctx *c, const PdfInput *in, size_t count, int folder, int64_t mib, const SandboxEnd *end, Str *out)
{
    size_t missing = first_missing(c, folder, count), total = 0;
    for (size_t i = 0; i < missing; i++) {
        TRY(read_output(c, folder, i, in[i].name, mib, &out[i]));
        total += out[i].len;
        if (total > (size_t)PDF_SET_OUTPUT_MIB << 20)
            return fail(c, ST_TOO_BIG, "这批PDF合计超过%d MiB，请分批生成",
                "the PDFs of this set are larger than %d MiB together: make them in parts", PDF_SET_OUTPUT_MIB);
    }
    if (missing == count)
        return ST_OK;
    return fail(c, ST_INVALID, "LibreOffice没有生成“%.*s”的PDF（退出码%d），请核对该文档能否用Word或WPS打开",
        "LibreOffice made no PDF of \"%.*s\" (exit code %d): see whether Word or WPS opens the document",
        STR_ARG(str_clip(in[missing].name, NAME_CHARS)), end->code);
}

/* --- the run ------------------------------------------------------------------------------------------------- */

typedef struct Work {
    SandboxFolder *folder;
    int in, out;
} Work;

static Status run_office(Ctx *c, const PdfSetup *setup, const Places *p, size_t count, const Work *w, SandboxEnd *end)
{
    const char *in = str_format(c->arena, "%s/in", w->folder->path).ptr;
    const SandboxPair font_file = { "FONTCONFIG_FILE", IN "/fonts.conf" };
    SandboxPair views[4] = { { in, IN },
        { str_format(c->arena, "%s/settings.xcu", in).ptr, PROFILE "/user/registrymodifications.xcu" } };
    Sandbox box = { .views = views,
        .view_count = 2,
        .variables = &font_file,
        .variable_count = 1,
        .bwrap = p->bwrap,
        .out = str_format(c->arena, "%s/out", w->folder->path).ptr,
        .seconds = setup->seconds,
        .memory_mib = setup->memory_mib,
        /* Also of what it unpacks for itself: what does not fit there would be missing in the PDF. */
        .file_mib = setup->memory_mib > setup->output_mib ? setup->memory_mib : setup->output_mib + 1 };
    if (p->root)
        views[box.view_count++] = (SandboxPair){ p->root, p->root };
    if (p->fonts)
        views[box.view_count++] = (SandboxPair){ p->fonts, PDF_FONTS };
    return sandbox_run(c, &box, command_of(c, p, count), end);
}

static Status convert_within(
    Ctx *c, const PdfSetup *setup, const Places *p, const PdfInput *in, size_t count, Work *w, Str *out)
{
    SandboxEnd end;
    TRY(open_inside(c, w->folder, "in", &w->in));
    TRY(open_inside(c, w->folder, "out", &w->out));
    TRY(write_inputs(c, setup, in, count, w->in));
    TRY(run_office(c, setup, p, count, w, &end));
    if (end.late || end.fat)
        return tell_stopped(c, setup, in, count, first_missing(c, w->out, count), &end);
    return read_outputs(c, in, count, w->out, setup->output_mib, &end, out);
}

static Status check_inputs(Ctx *c, const PdfInput *in, size_t count)
{
    if (count > PDF_SET_MAX)
        return fail(c, ST_TOO_BIG, "一次转换的文档超过%d份", "more than %d documents to convert at once", PDF_SET_MAX);
    for (size_t i = 0; i < count; i++)
        if (!str_starts(in[i].docx, S("PK\x03\x04")))
            return fail(
                c, ST_INVALID, "“%.*s”不是docx文档", "\"%.*s\" is no .docx", STR_ARG(str_clip(in[i].name, NAME_CHARS)));
    return ST_OK;
}

static PdfSetup with_limits(const PdfSetup *given)
{
    PdfSetup s = *given;
    s.seconds = s.seconds > 0 ? s.seconds : PDF_SECONDS;
    s.memory_mib = s.memory_mib > 0 ? s.memory_mib : PDF_MEMORY_MIB;
    s.output_mib = s.output_mib > 0 ? s.output_mib : PDF_OUTPUT_MIB;
    return s;
}

Status pdf_convert(Ctx *c, const PdfSetup *setup, const PdfInput *in, size_t count, Str *out)
{
    Places p;
    Work w = { .in = -1, .out = -1 };
    PdfSetup limited = with_limits(setup);
    TRY(check_inputs(c, in, count));
    TRY(find_all(c, setup, &p));
    if (count == 0)
        return ST_OK;
    TRY(sandbox_folder_open(c, &w.folder));
    Status status = convert_within(c, &limited, &p, in, count, &w, out);
    if (w.in >= 0)
        (void)close(w.in);
    if (w.out >= 0)
        (void)close(w.out);
    sandbox_folder_close(w.folder); /* now, and not when the arena ends: it holds documents */
    return status;
}
