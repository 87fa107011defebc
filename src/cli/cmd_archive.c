/* archive write, check, read: a whole ledger in one sealed file, and back. */
#include "cli/command.h"
#include "service/archive.h"

#include <stdio.h>
#include <unistd.h>

enum { PASSPHRASE_MIN = 12, PASSPHRASE_MAX = 1024 };

/* --- what is printed ------------------------------------------------------------------------------------ */

static void show_progress(int64_t bytes, int64_t total, void *arg)
{
    const Invocation *in = arg;
    bool zh = in->c->lang == LANG_ZH;
    if (total > 0)
        fprintf(stderr, zh ? "\r已读 %3lld %%" : "\rread %3lld %%", (long long)(bytes * 100 / total));
    else
        fprintf(stderr, zh ? "\r已写 %lld MiB" : "\rwritten %lld MiB", (long long)(bytes >> 20));
}

static ArchiveProgress *progress(void)
{
    return isatty(STDERR_FILENO) ? show_progress : NULL;
}

static void progress_done(void)
{
    if (progress())
        fputc('\n', stderr);
}

static void counts_to_json(JsonWriter *w, const ArchiveCounts *n)
{
    const struct {
        const char *name;
        int64_t n;
    } counts[] = { { "records", n->records }, { "entries", n->entries }, { "files", n->files }, { "chunks", n->chunks },
        { "frames", n->frames }, { "bytes", n->bytes }, { "missing", n->missing } };
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        json_key(w, str_of(counts[i].name));
        json_int(w, counts[i].n);
    }
}

static void lost_to_json(Ctx *c, JsonWriter *w, const ArchiveReport *r)
{
    json_key(w, S("lost_count"));
    json_int(w, r->lost_count);
    json_key(w, S("lost"));
    json_open_list(w);
    for (int64_t i = 0; i < r->lost_count && i < ARCHIVE_LOST_TOLD; i++) {
        const ArchiveLost *l = &r->lost[i];
        json_open_object(w);
        json_key(w, S("frame"));
        json_int(w, l->frame);
        json_key(w, S("offset"));
        json_int(w, l->offset);
        json_key(w, S("table"));
        json_text(w, l->table);
        if (l->chunk >= 0) {
            json_key(w, S("file"));
            json_text(w, l->file);
            json_key(w, S("chunk"));
            json_int(w, l->chunk);
        }
        json_key(w, S("says"));
        json_text(w, text_in(l->why, c->lang));
        json_close_object(w);
    }
    json_close_list(w);
}

static void print_json(Ctx *c, const ArchiveCounts *counts, const ArchiveReport *report)
{
    StrBuf b = strbuf_in(c->arena);
    JsonWriter w = json_onto(&b);
    json_open_object(&w);
    counts_to_json(&w, counts);
    if (report)
        lost_to_json(c, &w, report);
    json_close_object(&w);
    printf("%.*s\n", STR_ARG(strbuf_str(&b)));
}

static void print_counts(const Invocation *in, const char *zh, const char *en, const ArchiveCounts *n)
{
    printf("%s", in->c->lang == LANG_ZH ? zh : en);
    say(in, "业务记录%lld条，审计记录%lld条，附件%lld个（%lld块），共%lld帧、%lld字节",
        "%lld records, %lld entries, %lld files (%lld chunks) in %lld frames, %lld bytes", (long long)n->records,
        (long long)n->entries, (long long)n->files, (long long)n->chunks, (long long)n->frames, (long long)n->bytes);
    if (n->missing)
        say(in, "注意：有%lld个附件在写归档时已缺失或不完整，归档中也没有它们",
            "note: %lld files were missing or not whole when the archive was written, and are not in it",
            (long long)n->missing);
}

static void print_lost(const Invocation *in, const ArchiveReport *r)
{
    for (int64_t i = 0; i < r->lost_count && i < ARCHIVE_LOST_TOLD; i++) {
        const ArchiveLost *l = &r->lost[i];
        Str file = l->chunk < 0
                       ? STR_NONE
                       : str_format(in->c->arena, in->c->lang == LANG_ZH ? " %.*s 第%lld块" : " %.*s chunk %lld",
                             STR_ARG(l->file), (long long)l->chunk);
        Str why = text_in(l->why, in->c->lang);
        if (l->frame < 0)
            say(in, "  归档头：%.*s", "  the header: %.*s", STR_ARG(why));
        else
            say(in, "  第%lld帧，第%lld字节起，%.*s%.*s：%.*s", "  frame %lld, from byte %lld, %.*s%.*s: %.*s",
                (long long)l->frame, (long long)l->offset, STR_ARG(l->table), STR_ARG(file), STR_ARG(why));
    }
    if (r->lost_count)
        say(in, "归档有损坏：%lld处", "the archive is damaged: %lld places", (long long)r->lost_count);
}

/* --- what is asked for -------------------------------------------------------------------------------------- */

static Status read_passphrase(Invocation *in, Str *out)
{
    Ctx *c = in->c;
    Str path = option_text(&in->options, "passphrase-file");
    *out = STR_NONE;
    if (path.len == 0)
        return ST_OK;
    TRY(read_file(c, path, PASSPHRASE_MAX, out));
    *out = str_trim(*out);
    if (str_is_text(*out) && str_chars(*out) >= PASSPHRASE_MIN)
        return ST_OK;
    return fail(c, ST_INVALID, "口令文件 %.*s 应有至少%d个字的口令",
        "%.*s must hold a passphrase of at least %d characters", STR_ARG(path), PASSPHRASE_MIN);
}

/* --- write ---------------------------------------------------------------------------------------------------- */

static Ctx acting(Invocation *in, Script *s, App *app)
{
    Ctx c = app_ctx(app, in->c->arena);
    act_locally(in, s, app);
    c.actor = &s->actor;
    c.lang = in->c->lang;
    return c;
}

/* Beside a server, or on a disk that is read-only, there is no entry, and the header says so. */
static Status note_first(Invocation *in, ArchiveWriteWish *wish)
{
    App *app;
    Script s;
    Status status = open_app(in, true, false, &app);
    if (status == ST_CONFLICT || status == ST_DENIED) {
        ctx_forgive(in->c);
        return ST_OK;
    }
    TRY(status);
    Ctx c = acting(in, &s, app);
    status = archive_note(&c, app, wish);
    wish->noted = status == ST_OK;
    in->c->err = c.err;
    app_close(app);
    return status;
}

static Status write_it(Invocation *in, const ArchiveWriteWish *wish, ArchiveCounts *counts)
{
    App *app;
    Script s;
    TRY(open_app(in, false, false, &app));
    Ctx c = acting(in, &s, app);
    Status status = archive_write(&c, app, wish, counts);
    in->c->err = c.err;
    app_close(app);
    progress_done();
    return status;
}

static Status archive_do_write(Invocation *in)
{
    ArchiveCounts counts;
    ArchiveWriteWish wish = {
        .file = in->options.operand[1], .id = id_new(in->c), .progress = progress(), .progress_arg = in
    };
    TRY(read_passphrase(in, &wish.passphrase));
    TRY(note_first(in, &wish));
    TRY(write_it(in, &wish, &counts));
    if (option_flag(&in->options, "json"))
        print_json(in->c, &counts, NULL);
    else {
        print_counts(in, "归档已写好：", "archive written: ", &counts);
        if (!wish.noted)
            say(in, "台账正在使用中，或只能读：这次归档没有记入审计（归档头中已写明）",
                "the ledger is in use or can only be read: its audit does not tell of this archive (the header says "
                "so)");
    }
    in->no = counts.missing > 0;
    return ST_OK;
}

/* --- read and check --------------------------------------------------------------------------------------------- */

static Status where_to(Invocation *in, ArchiveReadWish *wish)
{
    Ctx *c = in->c;
    wish->where = option_text(&in->options, "ledger");
    wish->evidence_dir = option_text(&in->options, "evidence");
    if (wish->where.len == 0)
        return fail(c, ST_INVALID, "请用 --ledger 指明新台账", "name the new ledger with --ledger");
    if (wish->key_file.len == 0)
        wish->key_file = ledger_beside(c->arena, wish->where, ".key");
    if (wish->evidence_dir.len == 0)
        wish->evidence_dir = ledger_beside(c->arena, wish->where, ".evidence");
    return ST_OK;
}

static Status archive_do_read(Invocation *in, bool restore)
{
    Ctx *c = in->c;
    Actor actor = script_local_actor(c->arena);
    ArchiveReport *report = arena_new_of(c->arena, ArchiveReport);
    ArchiveReadWish wish = { .file = in->options.operand[1],
        .key_file = option_text(&in->options, "key"),
        .salvage = option_flag(&in->options, "salvage"),
        .progress = progress(),
        .progress_arg = in };
    TRY(read_passphrase(in, &wish.passphrase));
    if (restore)
        TRY(where_to(in, &wish));
    else if (wish.key_file.len == 0 && wish.passphrase.len == 0)
        return fail(c, ST_INVALID, "请用 --key 指明密钥文件，或用 --passphrase-file 指明口令文件",
            "name the key file with --key, or the passphrase's with --passphrase-file");
    if (option_text(&in->options, "actor").len)
        actor.login = actor.name = option_text(&in->options, "actor");
    c->actor = &actor;
    Status status = archive_read(c, &wish, report);
    progress_done();
    c->actor = NULL;
    TRY(status);
    if (option_flag(&in->options, "json"))
        print_json(c, &report->counts, report);
    else {
        print_lost(in, report);
        print_counts(in, restore ? "台账已恢复：" : "归档已通读：",
            restore ? "ledger restored: " : "archive read through: ", &report->counts);
    }
    in->no = report->lost_count > 0;
    return ST_OK;
}

Status cmd_archive(Invocation *in)
{
    Str verb = in->options.operand_count == 2 ? in->options.operand[0] : STR_NONE;
    if (str_eq(verb, S("write")))
        return archive_do_write(in);
    if (str_eq(verb, S("read")))
        return archive_do_read(in, true);
    if (str_eq(verb, S("check")))
        return archive_do_read(in, false);
    return fail(in->c, ST_INVALID, "用法：xuncha archive write|read|check [选项] 文件",
        "usage: xuncha archive write|read|check [options] FILE");
}
