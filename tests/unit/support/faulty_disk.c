#include "support/faulty_disk.h"

#include "support/records.h"

#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 8, SECTOR = 512 };

typedef struct Write Write;
struct Write {
    bool truncates;
    sqlite3_int64 at; /* the new size of a truncation */
    int len;
    Write *next;
    unsigned char bytes[];
};

typedef struct Platter {
    unsigned char *bytes;
    size_t len, room;
} Platter;

typedef struct DiskFile {
    char *path;
    bool is_log;
    Platter synced;
    Platter left; /* by the power cut */
    Write *first, *last;
    int64_t unsynced;
} DiskFile;

struct Disk {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    pthread_mutex_t lock;
    Chance chance;
    DiskFile files[FILES_MAX];
    size_t count;
    bool full, cut;
    int failing_syncs;
    int left_to_cut; /* -1: never */
};

/* An open file: the real one lies behind this struct. */
typedef struct Handle {
    sqlite3_file base;
    Disk *disk;
    DiskFile *file; /* NULL: one that is not kept track of */
} Handle;

static sqlite3_file *real_of(sqlite3_file *f)
{
    return (sqlite3_file *)((char *)f + sizeof(Handle));
}

static Handle *handle_of(sqlite3_file *f)
{
    return (Handle *)f;
}

/* --- platters ------------------------------------------------------------------------------------------ */

static void platter_room(Platter *p, size_t len)
{
    if (len > p->room) {
        p->room = len * 2;
        p->bytes = realloc(p->bytes, p->room);
        assert_non_null(p->bytes);
    }
    if (len > p->len) {
        memset(p->bytes + p->len, 0, len - p->len);
        p->len = len;
    }
}

static void platter_put(Platter *p, sqlite3_int64 at, const void *bytes, size_t len)
{
    platter_room(p, (size_t)at + len);
    memcpy(p->bytes + at, bytes, len);
}

static void platter_apply(Platter *p, const Write *w)
{
    if (!w->truncates)
        platter_put(p, w->at, w->bytes, (size_t)w->len);
    else if ((size_t)w->at < p->len)
        p->len = (size_t)w->at;
}

/* Each sector of a write lands or does not. */
static void platter_tear(Platter *p, const Write *w, Chance *r)
{
    if (w->truncates) {
        if (chance(r, 2))
            platter_apply(p, w);
        return;
    }
    for (int from = 0; from < w->len; from += SECTOR)
        if (chance(r, 2))
            platter_put(p, w->at + from, w->bytes + from, (size_t)(w->len - from < SECTOR ? w->len - from : SECTOR));
}

static void file_note(DiskFile *f, bool truncates, sqlite3_int64 at, const void *bytes, int len)
{
    Write *w = calloc(1, sizeof *w + (size_t)len);
    assert_non_null(w);
    *w = (Write){ .truncates = truncates, .at = at, .len = len };
    if (len)
        memcpy(w->bytes, bytes, (size_t)len);
    if (f->last)
        f->last->next = w;
    else
        f->first = w;
    f->last = w;
    f->unsynced += len;
}

static void file_synced(DiskFile *f)
{
    while (f->first) {
        Write *w = f->first;
        f->first = w->next;
        platter_apply(&f->synced, w);
        free(w);
    }
    f->last = NULL;
    f->unsynced = 0;
}

static void platter_copy(Platter *to, const Platter *from)
{
    to->len = 0;
    platter_room(to, from->len ? from->len : 1);
    to->len = from->len;
    if (from->len)
        memcpy(to->bytes, from->bytes, from->len);
}

/* --- the power ------------------------------------------------------------------------------------------- */

static void cut(Disk *d)
{
    d->cut = true;
    bool in_order = chance(&d->chance, 2) != 0;
    for (size_t i = 0; i < d->count; i++) {
        DiskFile *f = &d->files[i];
        platter_copy(&f->left, &f->synced);
        for (const Write *w = f->first; w; w = w->next) {
            if (in_order && chance(&d->chance, 3) == 0)
                break;
            if (in_order)
                platter_apply(&f->left, w);
            else
                platter_tear(&f->left, w, &d->chance);
        }
    }
}

/* Every write and sync passes here; false when there is no power any more. */
static bool powered(Disk *d)
{
    if (!d->cut && d->left_to_cut >= 0 && d->left_to_cut-- == 0)
        cut(d);
    return !d->cut;
}

/* --- files as SQLite sees them ------------------------------------------------------------------------------ */

static int disk_close(sqlite3_file *f)
{
    return real_of(f)->pMethods->xClose(real_of(f));
}

static int disk_read(sqlite3_file *f, void *out, int len, sqlite3_int64 at)
{
    return real_of(f)->pMethods->xRead(real_of(f), out, len, at);
}

static bool grows(sqlite3_file *f, sqlite3_int64 end)
{
    sqlite3_int64 size = 0;
    return real_of(f)->pMethods->xFileSize(real_of(f), &size) == SQLITE_OK && end > size;
}

static int disk_write(sqlite3_file *f, const void *bytes, int len, sqlite3_int64 at)
{
    Disk *d = handle_of(f)->disk;
    pthread_mutex_lock(&d->lock);
    int code = SQLITE_OK;
    if (!powered(d))
        code = SQLITE_IOERR_WRITE;
    else if (d->full && grows(f, at + len))
        code = SQLITE_FULL;
    else
        code = real_of(f)->pMethods->xWrite(real_of(f), bytes, len, at);
    if (code == SQLITE_OK && handle_of(f)->file)
        file_note(handle_of(f)->file, false, at, bytes, len);
    pthread_mutex_unlock(&d->lock);
    return code;
}

static int disk_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    Disk *d = handle_of(f)->disk;
    pthread_mutex_lock(&d->lock);
    int code = powered(d) ? real_of(f)->pMethods->xTruncate(real_of(f), size) : SQLITE_IOERR_TRUNCATE;
    if (code == SQLITE_OK && handle_of(f)->file)
        file_note(handle_of(f)->file, true, size, NULL, 0);
    pthread_mutex_unlock(&d->lock);
    return code;
}

static int disk_sync(sqlite3_file *f, int flags)
{
    Disk *d = handle_of(f)->disk;
    DiskFile *file = handle_of(f)->file;
    pthread_mutex_lock(&d->lock);
    int code = powered(d) ? SQLITE_OK : SQLITE_IOERR_FSYNC;
    if (code == SQLITE_OK && file && file->is_log && d->failing_syncs > 0) {
        d->failing_syncs--;
        code = SQLITE_IOERR_FSYNC;
    }
    if (code == SQLITE_OK)
        code = real_of(f)->pMethods->xSync(real_of(f), flags);
    if (code == SQLITE_OK && file)
        file_synced(file);
    pthread_mutex_unlock(&d->lock);
    return code;
}

static int disk_size(sqlite3_file *f, sqlite3_int64 *out)
{
    return real_of(f)->pMethods->xFileSize(real_of(f), out);
}
static int disk_lock(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xLock(real_of(f), level);
}
static int disk_unlock(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xUnlock(real_of(f), level);
}
static int disk_check_lock(sqlite3_file *f, int *out)
{
    return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}
static int disk_control(sqlite3_file *f, int op, void *arg)
{
    return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}
static int disk_sector(sqlite3_file *f)
{
    (void)f;
    return SECTOR;
}
/* Nothing that would let SQLite skip a sync. */
static int disk_traits(sqlite3_file *f)
{
    (void)f;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}
static int disk_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
    return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
}
static int disk_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
    return real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
}
static void disk_shm_barrier(sqlite3_file *f)
{
    real_of(f)->pMethods->xShmBarrier(real_of(f));
}
static int disk_shm_unmap(sqlite3_file *f, int delete_it)
{
    return real_of(f)->pMethods->xShmUnmap(real_of(f), delete_it);
}

static const sqlite3_io_methods methods = { .iVersion = 2,
    .xClose = disk_close,
    .xRead = disk_read,
    .xWrite = disk_write,
    .xTruncate = disk_truncate,
    .xSync = disk_sync,
    .xFileSize = disk_size,
    .xLock = disk_lock,
    .xUnlock = disk_unlock,
    .xCheckReservedLock = disk_check_lock,
    .xFileControl = disk_control,
    .xSectorSize = disk_sector,
    .xDeviceCharacteristics = disk_traits,
    .xShmMap = disk_shm_map,
    .xShmLock = disk_shm_lock,
    .xShmBarrier = disk_shm_barrier,
    .xShmUnmap = disk_shm_unmap };

/* --- the file system ---------------------------------------------------------------------------------------- */

static DiskFile *file_of(Disk *d, const char *path, bool is_log)
{
    for (size_t i = 0; i < d->count; i++)
        if (strcmp(d->files[i].path, path) == 0)
            return &d->files[i];
    assert_true(d->count < FILES_MAX);
    DiskFile *f = &d->files[d->count++];
    *f = (DiskFile){ .path = strdup(path), .is_log = is_log };
    return f;
}

static int disk_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *out_flags)
{
    Disk *d = vfs->pAppData;
    Handle *h = handle_of(f);
    int code = d->real->xOpen(d->real, path, real_of(f), flags, out_flags);
    f->pMethods = NULL;
    if (code != SQLITE_OK)
        return code;
    *h = (Handle){ .base = { &methods }, .disk = d };
    pthread_mutex_lock(&d->lock);
    if (path && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)))
        h->file = file_of(d, path, (flags & SQLITE_OPEN_WAL) != 0);
    pthread_mutex_unlock(&d->lock);
    return SQLITE_OK;
}

static int disk_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
    Disk *d = vfs->pAppData;
    pthread_mutex_lock(&d->lock);
    int code = powered(d) ? d->real->xDelete(d->real, path, sync_folder) : SQLITE_IOERR_DELETE;
    for (size_t i = 0; i < d->count && code == SQLITE_OK; i++)
        if (strcmp(d->files[i].path, path) == 0) {
            file_synced(&d->files[i]);
            d->files[i].synced.len = 0;
        }
    pthread_mutex_unlock(&d->lock);
    return code;
}

static int disk_access(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
    sqlite3_vfs *real = ((Disk *)vfs->pAppData)->real;
    return real->xAccess(real, path, flags, out);
}
static int disk_full_path(sqlite3_vfs *vfs, const char *path, int room, char *out)
{
    sqlite3_vfs *real = ((Disk *)vfs->pAppData)->real;
    return real->xFullPathname(real, path, room, out);
}
static int disk_randomness(sqlite3_vfs *vfs, int len, char *out)
{
    sqlite3_vfs *real = ((Disk *)vfs->pAppData)->real;
    return real->xRandomness(real, len, out);
}
static int disk_sleep(sqlite3_vfs *vfs, int us)
{
    sqlite3_vfs *real = ((Disk *)vfs->pAppData)->real;
    return real->xSleep(real, us);
}
static int disk_time(sqlite3_vfs *vfs, sqlite3_int64 *out)
{
    sqlite3_vfs *real = ((Disk *)vfs->pAppData)->real;
    return real->xCurrentTimeInt64(real, out);
}
static int disk_last_error(sqlite3_vfs *vfs, int len, char *out)
{
    sqlite3_vfs *real = ((Disk *)vfs->pAppData)->real;
    return real->xGetLastError(real, len, out);
}

Disk *disk_insert(uint64_t seed)
{
    Disk *d = calloc(1, sizeof *d);
    assert_non_null(d);
    d->real = sqlite3_vfs_find(NULL);
    d->chance = (Chance){ seed * 7919 + 17 };
    d->left_to_cut = -1;
    pthread_mutex_init(&d->lock, NULL);
    d->vfs = (sqlite3_vfs){ .iVersion = 2,
        .szOsFile = (int)sizeof(Handle) + d->real->szOsFile,
        .mxPathname = d->real->mxPathname,
        .zName = "faulty",
        .pAppData = d,
        .xOpen = disk_open,
        .xDelete = disk_delete,
        .xAccess = disk_access,
        .xFullPathname = disk_full_path,
        .xRandomness = disk_randomness,
        .xSleep = disk_sleep,
        .xGetLastError = disk_last_error,
        .xCurrentTimeInt64 = disk_time };
    assert_int_equal(sqlite3_vfs_register(&d->vfs, 0), SQLITE_OK);
    return d;
}

void disk_remove(Disk *d)
{
    sqlite3_vfs_unregister(&d->vfs);
    for (size_t i = 0; i < d->count; i++) {
        file_synced(&d->files[i]);
        free(d->files[i].synced.bytes);
        free(d->files[i].left.bytes);
        free(d->files[i].path);
    }
    pthread_mutex_destroy(&d->lock);
    free(d);
}

Str disk_place(Disk *d, Arena *arena, Str file)
{
    return str_format(arena, "file:%.*s?vfs=%s", STR_ARG(file), d->vfs.zName);
}

/* --- what tests turn -------------------------------------------------------------------------------------------- */

void disk_be_full(Disk *d, bool full)
{
    pthread_mutex_lock(&d->lock);
    d->full = full;
    pthread_mutex_unlock(&d->lock);
}

void disk_fail_syncs(Disk *d, int count)
{
    pthread_mutex_lock(&d->lock);
    d->failing_syncs = count;
    pthread_mutex_unlock(&d->lock);
}

void disk_cut_after(Disk *d, int operations)
{
    pthread_mutex_lock(&d->lock);
    d->left_to_cut = operations;
    pthread_mutex_unlock(&d->lock);
}

bool disk_is_cut(Disk *d)
{
    pthread_mutex_lock(&d->lock);
    bool is = d->cut;
    pthread_mutex_unlock(&d->lock);
    return is;
}

int64_t disk_unsynced(Disk *d)
{
    int64_t bytes = 0;
    pthread_mutex_lock(&d->lock);
    for (size_t i = 0; i < d->count; i++)
        if (d->files[i].is_log)
            bytes += d->files[i].unsynced;
    pthread_mutex_unlock(&d->lock);
    return bytes;
}

static void write_out(const char *folder, const DiskFile *f, const Platter *p)
{
    char path[4096];
    const char *name = strrchr(f->path, '/');
    snprintf(path, sizeof path, "%s/%s", folder, name ? name + 1 : f->path);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(p->len ? fwrite(p->bytes, 1, p->len, out) : 0, p->len);
    assert_int_equal(fclose(out), 0);
}

void disk_survivors(Disk *d, const char *folder, bool all)
{
    pthread_mutex_lock(&d->lock);
    if (!d->cut)
        cut(d);
    for (size_t i = 0; i < d->count; i++) {
        DiskFile *f = &d->files[i];
        if (all)
            platter_copy(&f->left, &f->synced);
        for (const Write *w = f->first; w && all; w = w->next)
            platter_apply(&f->left, w);
        write_out(folder, f, &f->left);
    }
    pthread_mutex_unlock(&d->lock);
}
