#include "base/crypto.h"

#include <assert.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static_assert(SM3_SIZE == KEY_SIZE, "a drawn key is a whole HMAC");
enum { NONCE_SIZE = 16, SM4_KEY_SIZE = 16 };

struct Crypto {
    EVP_MD *sm3;
    EVP_CIPHER *sm4;
    EVP_MAC *hmac;
};

/* A library call that only fails without memory. */
static void must(int good)
{
    if (!good)
        abort();
}

static void *must_have(void *thing)
{
    must(thing != NULL);
    return thing;
}

Crypto *crypto_open(void)
{
    if (sodium_init() < 0)
        return NULL;
    Crypto *crypto = must_have(calloc(1, sizeof *crypto));
    crypto->sm3 = EVP_MD_fetch(NULL, "SM3", NULL);
    crypto->sm4 = EVP_CIPHER_fetch(NULL, "SM4-CTR", NULL);
    crypto->hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    if (crypto->sm3 && crypto->sm4 && crypto->hmac)
        return crypto;
    crypto_close(crypto);
    return NULL;
}

void crypto_close(Crypto *crypto)
{
    if (!crypto)
        return;
    EVP_MD_free(crypto->sm3);
    EVP_CIPHER_free(crypto->sm4);
    EVP_MAC_free(crypto->hmac);
    free(crypto);
}

void random_bytes(void *out, size_t len)
{
    randombytes_buf(out, len);
}

void wipe(void *secret, size_t len)
{
    sodium_memzero(secret, len);
}

bool bytes_equal(const void *a, const void *b, size_t len)
{
    return sodium_memcmp(a, b, len) == 0;
}

/* --- digests ------------------------------------------------------------------------------------ */

Digest sm3(const Crypto *crypto, const void *bytes, size_t len)
{
    Digest d;
    must(EVP_Digest(bytes ? bytes : "", len, d.bytes, NULL, crypto->sm3, NULL));
    return d;
}

struct Hash {
    EVP_MD_CTX *state;
};

static void hash_close(void *hash)
{
    EVP_MD_CTX_free(((Hash *)hash)->state);
    ((Hash *)hash)->state = NULL;
}

Hash *hash_open(const Crypto *crypto, Arena *arena)
{
    Hash *hash = arena_new_of(arena, Hash);
    hash->state = must_have(EVP_MD_CTX_new());
    must(EVP_DigestInit_ex(hash->state, crypto->sm3, NULL));
    arena_defer(arena, hash_close, hash);
    return hash;
}

void hash_add(Hash *hash, const void *bytes, size_t len)
{
    must(EVP_DigestUpdate(hash->state, bytes, len));
}

Digest hash_end(Hash *hash)
{
    Digest d;
    must(EVP_DigestFinal_ex(hash->state, d.bytes, NULL));
    hash_close(hash);
    return d;
}

/* --- HMAC ------------------------------------------------------------------------------------------- */

struct MacKey {
    EVP_MAC_CTX *keyed; /* only copied, never run */
};

MacKey *mac_key_open(const Crypto *crypto, const Key *key)
{
    OSSL_PARAM params[] = { OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char[]){ "SM3" }, 0),
        OSSL_PARAM_construct_end() };
    MacKey *m = must_have(calloc(1, sizeof *m));
    m->keyed = must_have(EVP_MAC_CTX_new(crypto->hmac));
    must(EVP_MAC_init(m->keyed, key->bytes, KEY_SIZE, params));
    return m;
}

void mac_key_close(MacKey *key)
{
    if (!key)
        return;
    EVP_MAC_CTX_free(key->keyed);
    free(key);
}

static Digest mac_parts(const MacKey *key, const Str *parts, size_t count)
{
    Digest d;
    size_t len;
    EVP_MAC_CTX *state = must_have(EVP_MAC_CTX_dup(key->keyed));
    for (size_t i = 0; i < count; i++)
        if (parts[i].len)
            must(EVP_MAC_update(state, (const unsigned char *)parts[i].ptr, parts[i].len));
    must(EVP_MAC_final(state, d.bytes, &len, SM3_SIZE));
    EVP_MAC_CTX_free(state);
    return d;
}

Digest mac(const MacKey *key, const void *bytes, size_t len)
{
    return mac_parts(key, &(Str){ bytes, len }, 1);
}

Key key_draw(const Crypto *crypto, const Key *key, Str purpose)
{
    MacKey *m = mac_key_open(crypto, key);
    Digest d = mac_parts(m, &purpose, 1);
    mac_key_close(m);
    Key drawn;
    memcpy(drawn.bytes, d.bytes, KEY_SIZE);
    wipe(&d, sizeof d);
    return drawn;
}

/* --- sealing ------------------------------------------------------------------------------------------ */

struct SealKey {
    const Crypto *crypto;
    MacKey *mac;
    uint8_t sm4[SM4_KEY_SIZE];
};

SealKey *seal_key_open(const Crypto *crypto, const Key *key)
{
    SealKey *s = must_have(calloc(1, sizeof *s));
    Key enc = key_draw(crypto, key, S("seal enc"));
    Key tag = key_draw(crypto, key, S("seal mac"));
    s->crypto = crypto;
    memcpy(s->sm4, enc.bytes, SM4_KEY_SIZE);
    s->mac = mac_key_open(crypto, &tag);
    wipe(&enc, sizeof enc);
    wipe(&tag, sizeof tag);
    return s;
}

void seal_key_close(SealKey *key)
{
    if (!key)
        return;
    mac_key_close(key->mac);
    wipe(key, sizeof *key);
    free(key);
}

static void sm4_ctr(const SealKey *key, const uint8_t *nonce, Str in, char *out)
{
    EVP_CIPHER_CTX *state = must_have(EVP_CIPHER_CTX_new());
    must(EVP_EncryptInit_ex2(state, key->crypto->sm4, key->sm4, nonce, NULL));
    for (size_t done = 0; done < in.len;) {
        size_t take = in.len - done < (1 << 30) ? in.len - done : 1 << 30;
        int got;
        must(EVP_EncryptUpdate(
            state, (unsigned char *)out + done, &got, (const unsigned char *)in.ptr + done, (int)take));
        done += take;
    }
    EVP_CIPHER_CTX_free(state);
}

static Digest seal_tag(const SealKey *key, Str associated, Str nonce_and_text)
{
    uint64_t len = associated.len;
    const Str parts[] = { { (const char *)&len, sizeof len }, associated, nonce_and_text };
    return mac_parts(key->mac, parts, 3);
}

Str seal(Arena *arena, const SealKey *key, Str associated, Str clear)
{
    char *out = arena_alloc(arena, clear.len + SEAL_OVERHEAD);
    random_bytes(out, NONCE_SIZE);
    sm4_ctr(key, (const uint8_t *)out, clear, out + NONCE_SIZE);
    Digest tag = seal_tag(key, associated, (Str){ out, NONCE_SIZE + clear.len });
    memcpy(out + NONCE_SIZE + clear.len, tag.bytes, SM3_SIZE);
    return (Str){ out, clear.len + SEAL_OVERHEAD };
}

Status seal_open(Ctx *c, const SealKey *key, Str associated, Str sealed, Str *clear)
{
    size_t len = sealed.len < SEAL_OVERHEAD ? 0 : sealed.len - SEAL_OVERHEAD;
    bool fits = sealed.len >= SEAL_OVERHEAD;
    if (fits) {
        Digest tag = seal_tag(key, associated, (Str){ sealed.ptr, NONCE_SIZE + len });
        fits = bytes_equal(tag.bytes, sealed.ptr + NONCE_SIZE + len, SM3_SIZE);
    }
    if (!fits)
        return fail(
            c, ST_BROKEN, "封存的内容已被改动，或密钥不符", "sealed content was changed, or the key is another one");
    char *out = arena_alloc(c->arena, len + 1);
    sm4_ctr(key, (const uint8_t *)sealed.ptr, (Str){ sealed.ptr + NONCE_SIZE, len }, out);
    *clear = (Str){ out, len };
    return ST_OK;
}

/* --- ids ------------------------------------------------------------------------------------------------ */

struct Ids {
    pthread_mutex_t lock;
    bool seeded;
    uint64_t seed;
    uint64_t drawn; /* ids given out by a seeded source */
    uint64_t ms;
    uint16_t counter;
};

static Ids *ids_new(bool seeded, uint64_t seed)
{
    Ids *ids = must_have(calloc(1, sizeof *ids));
    pthread_mutex_init(&ids->lock, NULL);
    ids->seeded = seeded;
    ids->seed = seed;
    return ids;
}

Ids *ids_open(void)
{
    return ids_new(false, 0);
}

Ids *ids_open_seeded(uint64_t seed)
{
    return ids_new(true, seed);
}

void ids_close(Ids *ids)
{
    if (!ids)
        return;
    pthread_mutex_destroy(&ids->lock);
    free(ids);
}

/* A source that never goes back: within a millisecond, and when the clock does, the counter goes on,
 * and past its end the millisecond does. */
static void ids_advance(Ids *ids, uint64_t ms)
{
    if (ms > ids->ms) {
        ids->ms = ms;
        ids->counter = 0;
    } else if (++ids->counter == 0) {
        ids->ms++;
    }
}

static void id_bytes(Ids *ids, uint64_t now_ms, uint8_t out[16])
{
    pthread_mutex_lock(&ids->lock);
    /* A seeded source counts instead of reading the clock: the same ids at every run. */
    ids_advance(ids, ids->seeded ? 1600000000000 : now_ms);
    for (int i = 0; i < 6; i++)
        out[i] = (uint8_t)(ids->ms >> (40 - 8 * i));
    out[6] = (uint8_t)(ids->counter >> 8);
    out[7] = (uint8_t)ids->counter;
    if (ids->seeded) {
        uint64_t of[2] = { ids->seed, ids->drawn++ };
        crypto_generichash(out + 8, 16, (const uint8_t *)of, sizeof of, NULL, 0);
    } else {
        random_bytes(out + 8, 8);
    }
    pthread_mutex_unlock(&ids->lock);
}

static const char id_letters[] = "0123456789abcdefghjkmnpqrstvwxyz";

Str id_new(const Ctx *c)
{
    uint8_t bytes[24];
    id_bytes(c->env->ids, (uint64_t)(c->now / 1000), bytes);
    char *out = arena_alloc(c->arena, ID_LEN + 1);
    /* 128 bits in 26 letters: the first carries three of them. */
    for (int i = 0; i < ID_LEN; i++) {
        int from = i * 5 - 2;
        int value = 0;
        for (int bit = from; bit < from + 5; bit++)
            value = value << 1 | (bit < 0 ? 0 : bytes[bit / 8] >> (7 - bit % 8) & 1);
        out[i] = id_letters[value];
    }
    return (Str){ out, ID_LEN };
}

bool id_is_valid(Str id)
{
    if (id.len != ID_LEN || id.ptr[0] > '7')
        return false;
    for (size_t i = 0; i < ID_LEN; i++)
        if (id.ptr[i] == '\0' || !strchr(id_letters, id.ptr[i]))
            return false;
    return true;
}

/* --- passwords ---------------------------------------------------------------------------------------------- */

static_assert(PASSWORD_HASH_MAX >= crypto_pwhash_STRBYTES, "a hash fits");
#define HASH_MEMORY ((size_t)64 << 20)
enum { HASH_PASSES = 3 };

Status password_hash(Ctx *c, Str password, Str *hash)
{
    char *out = arena_alloc(c->arena, PASSWORD_HASH_MAX);
    if (crypto_pwhash_str_alg(
            out, password.ptr, password.len, HASH_PASSES, HASH_MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(c, ST_BUSY, "内存不足，无法计算口令摘要", "not enough memory to hash the password");
    *hash = str_of(out);
    return ST_OK;
}

bool password_fits(Str hash, Str password)
{
    char text[PASSWORD_HASH_MAX] = { 0 };
    if (hash.len == 0 || hash.len >= sizeof text)
        return false;
    memcpy(text, hash.ptr, hash.len);
    return crypto_pwhash_str_verify(text, password.ptr, password.len) == 0;
}

void password_fits_nobody(Str password)
{
    uint8_t out[16];
    static const uint8_t salt[crypto_pwhash_SALTBYTES] = { 0 };
    if (crypto_pwhash(out, sizeof out, password.ptr, password.len, salt, HASH_PASSES, HASH_MEMORY,
            crypto_pwhash_ALG_ARGON2ID13) == 0)
        wipe(out, sizeof out);
}

/* --- SM2 ----------------------------------------------------------------------------------------------------- */

static const char sm2_id[] = "1234567812345678";

static Status sm2_failed(Ctx *c)
{
    return fail(c, ST_BROKEN, "SM2 签名运算失败", "the SM2 signature could not be computed");
}

Status sm2_pair_new(Ctx *c, Sm2Pair *out)
{
    EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "SM2");
    BIGNUM *d = NULL;
    size_t len = 0;
    bool good = key && EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &d) &&
                BN_bn2binpad(d, out->private_key, SM2_PRIVATE_SIZE) == SM2_PRIVATE_SIZE &&
                EVP_PKEY_set_utf8_string_param(key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, "uncompressed") &&
                EVP_PKEY_get_octet_string_param(
                    key, OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, out->public_key, SM2_PUBLIC_SIZE, &len) &&
                len == SM2_PUBLIC_SIZE;
    BN_clear_free(d);
    EVP_PKEY_free(key);
    return good ? ST_OK : sm2_failed(c);
}

static EVP_PKEY *sm2_key(const uint8_t public_key[SM2_PUBLIC_SIZE], const uint8_t *private_key)
{
    uint8_t native[SM2_PRIVATE_SIZE];
    OSSL_PARAM params[4];
    size_t n = 0;
    params[n++] = OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char[]){ "SM2" }, 0);
    params[n++] =
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (void *)(uintptr_t)public_key, SM2_PUBLIC_SIZE);
    if (private_key) {
        BIGNUM *d = BN_bin2bn(private_key, SM2_PRIVATE_SIZE, NULL);
        must(d != NULL && BN_bn2nativepad(d, native, sizeof native) == sizeof native);
        BN_clear_free(d);
        params[n++] = OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, native, sizeof native);
    }
    params[n] = OSSL_PARAM_construct_end();
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *maker = EVP_PKEY_CTX_new_from_name(NULL, "SM2", NULL);
    if (!maker || EVP_PKEY_fromdata_init(maker) <= 0 ||
        EVP_PKEY_fromdata(maker, &key, private_key ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params) <= 0)
        key = NULL;
    EVP_PKEY_CTX_free(maker);
    wipe(native, sizeof native);
    return key;
}

/* A digest state that signs or checks with the key and the standard's id; frees what it took on failure. */
static EVP_MD_CTX *sm2_state(EVP_PKEY *key, EVP_PKEY_CTX **with, bool sign)
{
    EVP_MD_CTX *state = EVP_MD_CTX_new();
    *with = key ? EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL) : NULL;
    bool good = state && *with && EVP_PKEY_CTX_set1_id(*with, sm2_id, sizeof sm2_id - 1) > 0;
    if (good) {
        EVP_MD_CTX_set_pkey_ctx(state, *with);
        good = (sign ? EVP_DigestSignInit_ex(state, NULL, "SM3", NULL, NULL, key, NULL)
                     : EVP_DigestVerifyInit_ex(state, NULL, "SM3", NULL, NULL, key, NULL)) > 0;
    }
    if (good)
        return state;
    EVP_MD_CTX_free(state);
    return NULL;
}

Status sm2_sign(Ctx *c, const Sm2Pair *pair, Str message, Str *signature)
{
    uint8_t *der = arena_alloc(c->arena, 160);
    size_t len = 160;
    EVP_PKEY_CTX *with;
    EVP_PKEY *key = sm2_key(pair->public_key, pair->private_key);
    EVP_MD_CTX *state = sm2_state(key, &with, true);
    bool good = state && EVP_DigestSign(state, der, &len, (const unsigned char *)message.ptr, message.len) > 0;
    EVP_MD_CTX_free(state);
    EVP_PKEY_CTX_free(with);
    EVP_PKEY_free(key);
    *signature = (Str){ (const char *)der, len };
    return good ? ST_OK : sm2_failed(c);
}

bool sm2_fits(const uint8_t public_key[SM2_PUBLIC_SIZE], Str message, Str signature)
{
    EVP_PKEY_CTX *with;
    EVP_PKEY *key = sm2_key(public_key, NULL);
    EVP_MD_CTX *state = sm2_state(key, &with, false);
    bool good = state && EVP_DigestVerify(state, (const unsigned char *)signature.ptr, signature.len,
                             (const unsigned char *)message.ptr, message.len) == 1;
    EVP_MD_CTX_free(state);
    EVP_PKEY_CTX_free(with);
    EVP_PKEY_free(key);
    return good;
}
