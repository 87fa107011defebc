#include "store/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct OpenKey OpenKey;
struct OpenKey {
    char id[ID_LEN + 1];
    char inspection[ID_LEN + 1];
    SealKey *key;
    bool fresh; /* made by a write that has not been committed yet */
    OpenKey *next;
};

struct Keyring {
    Arena *arena;
    SealKey *wrapping;
    MacKey *chain;
    OpenKey *keys;
    bool any_fresh;
    pthread_mutex_t lock;
};

/* --- the key file ------------------------------------------------------------------------------ */

static Status file_failed(Ctx *c, Str path)
{
    return fail(c, errno == ENOENT ? ST_MISSING : ST_DENIED, "密钥文件 %.*s 无法打开：%s",
        "the key file %.*s cannot be opened: %s", STR_ARG(path), strerror(errno));
}

Status key_file_write(Ctx *c, Str path, const Key *key)
{
    int fd = open(str_c(c->arena, path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST)
        return fail(c, ST_CONFLICT, "密钥文件 %.*s 已经存在：不会覆盖，请用 --key 指明另一个文件名",
            "the key file %.*s exists and is not overwritten: name another one with --key", STR_ARG(path));
    if (fd < 0)
        return file_failed(c, path);
    StrBuf b = strbuf_in(c->arena);
    strbuf_add_hex(&b, key->bytes, KEY_SIZE);
    strbuf_addc(&b, '\n');
    bool written = write(fd, b.ptr, b.len) == (ssize_t)b.len && fsync(fd) == 0;
    wipe(b.ptr, b.len);
    close(fd);
    return written ? ST_OK
                   : fail(c, ST_FULL, "密钥文件 %.*s 写不下", "the key file %.*s cannot be written", STR_ARG(path));
}

Status key_file_read(Ctx *c, Str path, Key *key)
{
    int fd = open(str_c(c->arena, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return file_failed(c, path);
    struct stat about;
    char text[2 * KEY_SIZE + 2] = { 0 };
    ssize_t got = fstat(fd, &about) == 0 ? read(fd, text, sizeof text - 1) : -1;
    close(fd);
    if (got > 0 && (about.st_mode & 077) != 0)
        return fail(c, ST_DENIED, "密钥文件 %.*s 他人可读：请执行 chmod 600",
            "the key file %.*s is readable by others: chmod 600 it", STR_ARG(path));
    size_t len;
    bool good =
        got >= 2 * KEY_SIZE && str_unhex((Str){ text, 2 * KEY_SIZE }, key->bytes, KEY_SIZE, &len) && len == KEY_SIZE;
    wipe(text, sizeof text);
    return good ? ST_OK
                : fail(c, ST_INVALID, "密钥文件 %.*s 内容不完整", "the key file %.*s is damaged", STR_ARG(path));
}

Status keyring_open(Ctx *c, Str key_file, bool create, Keyring **out)
{
    Key key;
    Status status = key_file_read(c, key_file, &key);
    if (status == ST_MISSING && create) {
        ctx_forgive(c);
        random_bytes(key.bytes, KEY_SIZE);
        status = key_file_write(c, key_file, &key);
    }
    TRY(status);
    Arena *arena = arena_new();
    Keyring *ring = arena_new_of(arena, Keyring);
    ring->arena = arena;
    ring->wrapping = seal_key_open(c->env->crypto, &key);
    pthread_mutex_init(&ring->lock, NULL);
    wipe(&key, sizeof key);
    *out = ring;
    return ST_OK;
}

/* What becomes of the keys that writes have made since the last commit. */
static void end_fresh(Keyring *ring, bool committed)
{
    pthread_mutex_lock(&ring->lock);
    for (OpenKey *k = ring->any_fresh ? ring->keys : NULL; k; k = k->next) {
        if (k->fresh && !committed)
            k->id[0] = k->inspection[0] = '\0';
        k->fresh = false;
    }
    ring->any_fresh = false;
    pthread_mutex_unlock(&ring->lock);
}

void keyring_forget(Keyring *ring)
{
    end_fresh(ring, false);
}

void keyring_settle(Keyring *ring)
{
    end_fresh(ring, true);
}

void keyring_close(Keyring *ring)
{
    if (!ring)
        return;
    for (OpenKey *k = ring->keys; k; k = k->next)
        seal_key_close(k->key);
    if (ring->chain)
        mac_key_close(ring->chain);
    seal_key_close(ring->wrapping);
    pthread_mutex_destroy(&ring->lock);
    arena_done(ring->arena);
}

/* --- wrapped keys ---------------------------------------------------------------------------------- */

static Str wrap_data(Ctx *c, Str id, Str purpose)
{
    return str_format(c->arena, "xuncha key %.*s %.*s", STR_ARG(id), STR_ARG(purpose));
}

static Status unwrap(Ctx *c, Keyring *ring, Str id, Str purpose, Str wrapped, Key *key)
{
    Str clear;
    if (seal_open(c, ring->wrapping, wrap_data(c, id, purpose), wrapped, &clear) != ST_OK || clear.len != KEY_SIZE) {
        ctx_forgive(c);
        return fail(c, ST_BROKEN, "密钥文件与台账不符，或台账中的密钥已被改动",
            "the key file is not this ledger's, or a key in it was changed");
    }
    memcpy(key->bytes, clear.ptr, KEY_SIZE);
    wipe((char *)clear.ptr, clear.len);
    return ST_OK;
}

static Status key_make(Ctx *c, Keyring *ring, Str purpose, Str inspection, Str *id, Key *key)
{
    *id = id_new(c);
    random_bytes(key->bytes, KEY_SIZE);
    Str wrapped =
        seal(c->arena, ring->wrapping, wrap_data(c, *id, purpose), (Str){ (const char *)key->bytes, KEY_SIZE });
    return db_run(c, SQL_WRAPPED_KEY_INSERT,
        ARGS(value_text(*id), value_text(purpose), value_text(inspection), value_instant(c->arena, c->now),
            value_blob(wrapped)),
        NULL);
}

static Status key_find(Ctx *c, Keyring *ring, Str purpose, Str inspection, Str *id, Key *key, bool *found)
{
    DbRows *rows;
    TRY(db_query(c, SQL_WRAPPED_KEY_FIND, ARGS(value_text(purpose), value_text(inspection)), &rows));
    TRY(db_next(c, rows, found));
    if (!*found)
        return ST_OK;
    *id = str_copy(c->arena, row_text(rows, 0));
    Status status = unwrap(c, ring, *id, purpose, row_blob(rows, 1), key);
    db_rows_done(rows);
    return status;
}

Status keyring_found(Ctx *c, Keyring *ring)
{
    Str id;
    Key key;
    bool found;
    TRY(key_find(c, ring, S("chain"), STR_NONE, &id, &key, &found));
    if (!found)
        TRY(key_make(c, ring, S("chain"), STR_NONE, &id, &key));
    wipe(&key, sizeof key);
    return ST_OK;
}

Status keyring_chain(Ctx *c, Keyring *ring, const MacKey **out)
{
    pthread_mutex_lock(&ring->lock);
    *out = ring->chain;
    pthread_mutex_unlock(&ring->lock);
    if (*out)
        return ST_OK;
    Str id;
    Key key;
    bool found;
    TRY(key_find(c, ring, S("chain"), STR_NONE, &id, &key, &found));
    if (!found)
        return fail(c, ST_BROKEN, "台账中没有审计链密钥", "the ledger holds no key for its chain");
    pthread_mutex_lock(&ring->lock);
    if (!ring->chain)
        ring->chain = mac_key_open(c->env->crypto, &key);
    *out = ring->chain;
    pthread_mutex_unlock(&ring->lock);
    wipe(&key, sizeof key);
    return ST_OK;
}

static const SealKey *remember(Ctx *c, Keyring *ring, Str id, Str inspection, const Key *key, bool fresh)
{
    pthread_mutex_lock(&ring->lock);
    OpenKey *k = arena_new_of(ring->arena, OpenKey);
    memcpy(k->id, id.ptr, id.len < ID_LEN ? id.len : ID_LEN);
    if (inspection.len)
        memcpy(k->inspection, inspection.ptr, inspection.len < ID_LEN ? inspection.len : ID_LEN);
    else
        k->inspection[0] = '-';
    k->key = seal_key_open(c->env->crypto, key);
    k->fresh = fresh;
    ring->any_fresh = ring->any_fresh || fresh;
    k->next = ring->keys;
    ring->keys = k;
    pthread_mutex_unlock(&ring->lock);
    return k->key;
}

static const OpenKey *remembered(Keyring *ring, Str id, Str inspection)
{
    const OpenKey *found = NULL;
    Str wanted = inspection.len ? inspection : S("-");
    pthread_mutex_lock(&ring->lock);
    for (const OpenKey *k = ring->keys; k && !found; k = k->next)
        if (id.len ? str_eq(str_of(k->id), id) : k->id[0] && str_eq(str_of(k->inspection), wanted))
            found = k;
    pthread_mutex_unlock(&ring->lock);
    return found;
}

Status keyring_seal_key(Ctx *c, Keyring *ring, Str inspection, bool create, const SealKey **out, Str *id)
{
    const OpenKey *known = remembered(ring, STR_NONE, inspection);
    if (known) {
        *out = known->key;
        *id = str_of(known->id);
        return ST_OK;
    }
    Key key;
    bool found;
    Str purpose = S("values");
    TRY(key_find(c, ring, purpose, inspection, id, &key, &found));
    if (!found && !create)
        return fail(c, ST_BROKEN, "台账中没有这个对象的密钥", "the ledger holds no key for this inspection");
    if (!found)
        TRY(key_make(c, ring, purpose, inspection, id, &key));
    *out = remember(c, ring, *id, inspection, &key, !found);
    wipe(&key, sizeof key);
    return ST_OK;
}

Status keyring_seal_key_of(Ctx *c, Keyring *ring, Str id, const SealKey **out)
{
    const OpenKey *known = remembered(ring, id, STR_NONE);
    if (known) {
        *out = known->key;
        return ST_OK;
    }
    DbRows *rows;
    bool found;
    Key key;
    TRY(db_query(c, SQL_WRAPPED_KEY_OF, ARGS(value_text(id)), &rows));
    TRY(db_next(c, rows, &found));
    if (!found)
        return fail(c, ST_BROKEN, "台账中没有这把密钥", "the ledger holds no such key");
    Status status = unwrap(c, ring, id, str_copy(c->arena, row_text(rows, 0)), row_blob(rows, 1), &key);
    db_rows_done(rows);
    TRY(status);
    *out = remember(c, ring, id, S("?"), &key, false);
    wipe(&key, sizeof key);
    return ST_OK;
}
