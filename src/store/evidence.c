#include "store/evidence.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static Str path_of(Arena *arena, const Ledger *l, Str id, const char *suffix)
{
    return str_format(arena, "%.*s/%.*s%s", STR_ARG(l->evidence_dir), STR_ARG(id), suffix);
}

static Status disk_failed(Ctx *c)
{
    if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)
        return fail(
            c, ST_FULL, "存放附件的磁盘已满，文件没有保存", "the disk for files is full; the file was not saved");
    return fail(c, ST_BROKEN, "附件目录无法读写：%s", "the folder for files cannot be used: %s", strerror(errno));
}

static void close_fd(void *thing)
{
    close((int)(intptr_t)thing);
}

static Status file_open(Ctx *c, Str path, int flags, int *fd)
{
    *fd = open(str_c(c->arena, path), flags | O_CLOEXEC, 0600);
    if (*fd < 0)
        return disk_failed(c);
    arena_defer(c->arena, close_fd, (void *)(intptr_t)*fd);
    return ST_OK;
}

static Status write_at(Ctx *c, int fd, Str bytes, int64_t at)
{
    while (bytes.len) {
        ssize_t n = pwrite(fd, bytes.ptr, bytes.len, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return disk_failed(c);
        bytes = str_sub(bytes, (size_t)n, SIZE_MAX);
        at += n;
    }
    return ST_OK;
}

static Status read_at(Ctx *c, int fd, size_t len, int64_t at, Str *out)
{
    char *bytes = arena_alloc(c->arena, len);
    size_t got = 0;
    while (got < len) {
        ssize_t n = pread(fd, bytes + got, len - got, (off_t)(at + (int64_t)got));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return disk_failed(c);
        if (n == 0)
            break;
        got += (size_t)n;
    }
    *out = (Str){ bytes, got };
    return ST_OK;
}

static int64_t chunks_in(int64_t size)
{
    return (size + EVIDENCE_CHUNK - 1) / EVIDENCE_CHUNK;
}

static size_t chunk_size(int64_t size, int64_t no)
{
    int64_t left = size - no * EVIDENCE_CHUNK;
    return (size_t)(left < EVIDENCE_CHUNK ? left : EVIDENCE_CHUNK);
}

static Str chunk_data(Ctx *c, Str id, int64_t no)
{
    return str_format(c->arena, "xuncha evidence %.*s %lld", STR_ARG(id), (long long)no);
}

/* --- uploads ------------------------------------------------------------------------------------------- */

static int64_t bytes_there(Ctx *c, const Ledger *l, Str id, int64_t size)
{
    struct stat about;
    if (stat(str_c(c->arena, path_of(c->arena, l, id, ".sums")), &about) != 0)
        return 0;
    int64_t whole = about.st_size / SM3_SIZE;
    return whole >= chunks_in(size) ? size : whole * EVIDENCE_CHUNK;
}

Status upload_load(Ctx *c, const Ledger *l, Str id, Upload *out)
{
    DbRows *rows;
    bool has;
    TRY(db_query(c, SQL_UPLOAD_FIND, ARGS(value_text(id), value_text(c->actor->account)), &rows));
    TRY(db_next(c, rows, &has));
    if (!has)
        return fail(
            c, ST_MISSING, "没有这个上传任务，可能已经完成或过期", "there is no such upload; it may be finished");
    *out = (Upload){ .id = str_copy(c->arena, id),
        .inspection = str_copy(c->arena, row_text(rows, 0)),
        .organiser = str_copy(c->arena, row_text(rows, 1)),
        .size = row_int(rows, 2),
        .key = str_copy(c->arena, row_text(rows, 3)) };
    db_rows_done(rows);
    out->have = bytes_there(c, l, id, out->size);
    return ST_OK;
}

struct UploadWriter {
    const Upload *upload;
    const SealKey *key;
    int file;
    int sums;
    int64_t chunk; /* the one being filled */
    char *filling;
    size_t room; /* for what one chunk of it can hold */
    size_t filled;
};

Status upload_writer_open(Ctx *c, const Ledger *l, const Upload *upload, int64_t offset, UploadWriter **out)
{
    if (offset < 0 || offset % EVIDENCE_CHUNK != 0 || offset > upload->have || offset >= upload->size)
        return fail_field_as(c, ST_CONFLICT, S("offset"), str_format(c->arena, "%lld", (long long)offset),
            text_format(c, "应从已收到的%lld字节处（整兆）续传", "the upload goes on at %lld bytes (a whole MiB)",
                (long long)(upload->have - upload->have % EVIDENCE_CHUNK)),
            T("请按服务器告知的位置续传", "ask for the upload's state and go on from there"));
    if (mkdir(str_c(c->arena, l->evidence_dir), 0700) != 0 && errno != EEXIST)
        return disk_failed(c);
    UploadWriter *w = arena_new_of(c->arena, UploadWriter);
    w->upload = upload;
    w->chunk = offset / EVIDENCE_CHUNK;
    w->room = chunk_size(upload->size, w->chunk);
    w->filling = arena_alloc(c->arena, w->room);
    TRY(keyring_seal_key_of(c, l->keys, upload->key, &w->key));
    TRY(file_open(c, path_of(c->arena, l, upload->id, ""), O_RDWR | O_CREAT, &w->file));
    TRY(file_open(c, path_of(c->arena, l, upload->id, ".sums"), O_RDWR | O_CREAT, &w->sums));
    *out = w;
    return ST_OK;
}

static Status chunk_write(Ctx *c, UploadWriter *w)
{
    CtxMark mark = ctx_mark(c);
    Str clear = { w->filling, w->filled };
    Digest sum = sm3(c->env->crypto, clear.ptr, clear.len);
    Str sealed = seal(c->arena, w->key, chunk_data(c, w->upload->id, w->chunk), clear);
    TRY(write_at(c, w->file, sealed, w->chunk * EVIDENCE_SEALED_CHUNK));
    TRY(write_at(c, w->sums, (Str){ (const char *)sum.bytes, SM3_SIZE }, w->chunk * SM3_SIZE));
    ctx_rewind(c, mark);
    w->chunk++;
    w->filled = 0;
    return ST_OK;
}

Status upload_writer_add(Ctx *c, UploadWriter *w, const void *bytes, size_t len)
{
    const char *from = bytes;
    while (len) {
        if (w->chunk * EVIDENCE_CHUNK + (int64_t)w->filled >= w->upload->size)
            return fail(
                c, ST_TOO_BIG, "收到的内容多于登记的文件大小", "more bytes came than the file was said to have");
        size_t want = chunk_size(w->upload->size, w->chunk);
        size_t take = len < want - w->filled ? len : want - w->filled;
        memcpy(w->filling + w->filled, from, take);
        w->filled += take;
        from += take;
        len -= take;
        if (w->filled == want)
            TRY(chunk_write(c, w));
    }
    return ST_OK;
}

Status upload_writer_end(Ctx *c, UploadWriter *w, int64_t *have)
{
    if (fsync(w->file) != 0 || fsync(w->sums) != 0)
        return disk_failed(c);
    int64_t there = w->chunk * EVIDENCE_CHUNK;
    *have = there < w->upload->size ? there : w->upload->size;
    wipe(w->filling, w->room);
    return ST_OK;
}

static Status folder_sync(Ctx *c, const Ledger *l)
{
    int fd;
    TRY(file_open(c, l->evidence_dir, O_RDONLY | O_DIRECTORY, &fd));
    return fsync(fd) == 0 ? ST_OK : disk_failed(c);
}

Status upload_finish(Ctx *c, const Ledger *l, const Upload *upload, Evidence *out)
{
    if (upload->have != upload->size)
        return fail(c, ST_CONFLICT, "文件还没有传完：共%lld字节，已收到%lld字节",
            "the file is not whole: %lld bytes, %lld are here", (long long)upload->size, (long long)upload->have);
    int fd;
    Str sums;
    size_t wanted = (size_t)chunks_in(upload->size) * SM3_SIZE;
    TRY(file_open(c, path_of(c->arena, l, upload->id, ".sums"), O_RDONLY, &fd));
    TRY(read_at(c, fd, wanted, 0, &sums));
    if (sums.len != wanted)
        return fail(c, ST_BROKEN, "上传记录不完整，请重新上传", "the upload's record is damaged: upload again");
    TRY(folder_sync(c, l));
    Digest whole = sm3(c->env->crypto, sums.ptr, sums.len);
    StrBuf hex = strbuf_in(c->arena);
    strbuf_add_hex(&hex, whole.bytes, SM3_SIZE);
    *out = (Evidence){ .id = upload->id,
        .inspection = upload->inspection,
        .organiser = upload->organiser,
        .size = INT_OF(upload->size),
        .digest = strbuf_str(&hex),
        .key = upload->key,
        .chunks = sums };
    return ST_OK;
}

void upload_forget(const Ledger *l, Arena *arena, Str id, bool file_too)
{
    (void)unlink(str_c(arena, path_of(arena, l, id, ".sums")));
    if (file_too)
        (void)unlink(str_c(arena, path_of(arena, l, id, "")));
}

/* --- reading ------------------------------------------------------------------------------------------------ */

static Status changed_outside(Ctx *c, const Evidence *file, int64_t no)
{
    ctx_forgive(c);
    return fail(c, ST_BROKEN, "附件 %.*s 第%lld块已被改动或缺失", "file %.*s, chunk %lld was changed or is missing",
        STR_ARG(file->id), (long long)no);
}

Status evidence_read(Ctx *c, const Ledger *l, const Evidence *file, int64_t offset, Str *out)
{
    int fd;
    Str sealed, clear;
    const SealKey *key;
    int64_t no = offset / EVIDENCE_CHUNK;
    size_t len = chunk_size(file->size.value, no);
    TRY(keyring_seal_key_of(c, l->keys, file->key, &key));
    if (file_open(c, path_of(c->arena, l, file->id, ""), O_RDONLY, &fd) != ST_OK)
        return changed_outside(c, file, no);
    TRY(read_at(c, fd, len + SEAL_OVERHEAD, no * EVIDENCE_SEALED_CHUNK, &sealed));
    if (sealed.len != len + SEAL_OVERHEAD || seal_open(c, key, chunk_data(c, file->id, no), sealed, &clear) != ST_OK)
        return changed_outside(c, file, no);
    Digest sum = sm3(c->env->crypto, clear.ptr, clear.len);
    if (file->chunks.len < (size_t)(no + 1) * SM3_SIZE ||
        !bytes_equal(sum.bytes, file->chunks.ptr + no * SM3_SIZE, SM3_SIZE))
        return changed_outside(c, file, no);
    *out = str_sub(clear, (size_t)(offset % EVIDENCE_CHUNK), SIZE_MAX);
    return ST_OK;
}

/* --- files as they lie --------------------------------------------------------------------------------------- */

Status evidence_each_chunk(Ctx *c, const Ledger *l, Str id, int64_t size, EvidenceChunk *visit, void *arg, bool *whole)
{
    int fd;
    CtxMark mark = ctx_mark(c);
    *whole = file_open(c, path_of(c->arena, l, id, ""), O_RDONLY, &fd) == ST_OK;
    if (!*whole)
        ctx_rewind(c, mark);
    for (int64_t no = 0; *whole && no < chunks_in(size); no++) {
        CtxMark one = ctx_mark(c);
        Str sealed;
        TRY(read_at(c, fd, chunk_size(size, no) + SEAL_OVERHEAD, no * EVIDENCE_SEALED_CHUNK, &sealed));
        *whole = sealed.len == chunk_size(size, no) + SEAL_OVERHEAD;
        if (sealed.len)
            TRY(visit(c, (uint32_t)no, sealed, arg));
        ctx_rewind(c, one);
    }
    return ST_OK;
}

struct EvidenceFolder {
    Str dir, part;
    bool made, settled;
    char open_id[ID_LEN + 1];
    int fd; /* of the file at hand; -1: none */
};

static bool is_empty(Ctx *c, Str dir)
{
    DIR *d = opendir(str_c(c->arena, dir));
    int n = 0;
    if (!d)
        return errno == ENOENT;
    while (readdir(d))
        n++;
    closedir(d);
    return n <= 2; /* . and .. */
}

Status evidence_folder_open(Ctx *c, Str dir, EvidenceFolder **out)
{
    EvidenceFolder *f = arena_new_of(c->arena, EvidenceFolder);
    *f = (EvidenceFolder){ .dir = dir, .part = str_format(c->arena, "%.*s.part", STR_ARG(dir)), .fd = -1 };
    if (!is_empty(c, dir))
        return fail(c, ST_CONFLICT, "附件目录 %.*s 已有内容：不会改动，请用 --evidence 指明另一个目录",
            "there is something in the folder %.*s, which is left alone: name another one with --evidence",
            STR_ARG(dir));
    if (access(str_c(c->arena, f->part), F_OK) == 0)
        return fail(c, ST_CONFLICT, "%.*s 已经存在：可能另有恢复正在进行，或上次中断后留下；确认后请先删除它",
            "%.*s exists: another restore is at work, or one was broken off; remove it when you are sure",
            STR_ARG(f->part));
    *out = f;
    return ST_OK;
}

static Status file_settle(Ctx *c, EvidenceFolder *f)
{
    bool synced = f->fd < 0 || fsync(f->fd) == 0;
    if (f->fd >= 0)
        close(f->fd);
    f->fd = -1;
    memset(f->open_id, 0, sizeof f->open_id);
    return synced ? ST_OK : disk_failed(c);
}

static Status file_at_hand(Ctx *c, EvidenceFolder *f, Str id)
{
    if (f->fd >= 0 && str_eq(str_of(f->open_id), id))
        return ST_OK;
    if (!id_is_valid(id))
        return fail(c, ST_BROKEN, "归档中的附件名无效", "the archive names an evidence file as none can be named");
    TRY(file_settle(c, f));
    if (!f->made && mkdir(str_c(c->arena, f->part), 0700) != 0)
        return disk_failed(c);
    f->made = true;
    Str path = str_format(c->arena, "%.*s/%.*s", STR_ARG(f->part), STR_ARG(id));
    f->fd = open(str_c(c->arena, path), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (f->fd < 0)
        return disk_failed(c);
    memcpy(f->open_id, id.ptr, ID_LEN);
    return ST_OK;
}

Status evidence_folder_put(Ctx *c, EvidenceFolder *f, Str id, int64_t at, Str bytes)
{
    TRY(file_at_hand(c, f, id));
    return write_at(c, f->fd, bytes, at);
}

Status evidence_folder_settle(Ctx *c, EvidenceFolder *f)
{
    TRY(file_settle(c, f));
    if (!f->made)
        return ST_OK;
    int fd;
    TRY(file_open(c, f->part, O_RDONLY | O_DIRECTORY, &fd));
    if (fsync(fd) != 0 || rename(str_c(c->arena, f->part), str_c(c->arena, f->dir)) != 0)
        return disk_failed(c);
    f->settled = true;
    return ST_OK;
}

void evidence_folder_drop(Ctx *c, EvidenceFolder *f)
{
    if (!f || !f->made)
        return;
    if (f->fd >= 0)
        close(f->fd);
    const char *dir = str_c(c->arena, f->settled ? f->dir : f->part);
    DIR *d = opendir(dir);
    for (struct dirent *e; d && (e = readdir(d));)
        if (id_is_valid(str_of(e->d_name)))
            (void)unlink(str_format(c->arena, "%s/%s", dir, e->d_name).ptr);
    if (d)
        closedir(d);
    (void)rmdir(dir);
    f->made = false;
}
