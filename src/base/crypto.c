#include "base/crypto.h"

#include <assert.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NONCE_SIZE = 16, TAG_SIZE = SM3_SIZE, SM4_KEY_SIZE = 16 };
static_assert(SEAL_OVERHEAD == NONCE_SIZE + TAG_SIZE, "a sealed text is nonce, text and tag");

struct Crypto {
    EVP_MD *sm3;
    EVP_CIPHER *sm4_ctr;
    EVP_MAC *hmac;
};

/* For calls that fail only for want of memory or by a wrong call of ours. */
static void must(bool succeeded)
{
    if (!succeeded) {
        fputs("xuncha: the cryptographic library failed\n", stderr);
        abort();
    }
}

Crypto *crypto_open(void)
{
    Crypto *crypto = calloc(1, sizeof *crypto);
    must(crypto && sodium_init() >= 0);
    crypto->sm3 = EVP_MD_fetch(NULL, "SM3", NULL);
    crypto->sm4_ctr = EVP_CIPHER_fetch(NULL, "SM4-CTR", NULL);
    crypto->hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    if (crypto->sm3 && crypto->sm4_ctr && crypto->hmac)
        return crypto;
    crypto_close(crypto);
    return NULL;
}

void crypto_close(Crypto *crypto)
{
    if (!crypto)
        return;
    EVP_MD_free(crypto->sm3);
    EVP_CIPHER_free(crypto->sm4_ctr);
    EVP_MAC_free(crypto->hmac);
    free(crypto);
}

void random_bytes(void *out, size_t len)
{
    randombytes_buf(out, len);
}

Str passphrase_draw(Arena *arena)
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
    enum { LETTERS = 16, GROUP = 4 };
    StrBuf b = strbuf_in(arena);
    uint8_t random[LETTERS];
    random_bytes(random, sizeof random);
    for (int i = 0; i < LETTERS; i++) {
        if (i && i % GROUP == 0)
            strbuf_addc(&b, '-');
        strbuf_addc(&b, letters[random[i] % (sizeof letters - 1)]);
    }
    return strbuf_str(&b);
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
    Digest digest;
    must(EVP_Digest(bytes, len, digest.bytes, NULL, crypto->sm3, NULL));
    return digest;
}

Str sm3_hex(const Crypto *crypto, Arena *arena, Str bytes)
{
    StrBuf hex = strbuf_in(arena);
    Digest d = sm3(crypto, bytes.ptr, bytes.len);
    strbuf_add_hex(&hex, d.bytes, sizeof d.bytes);
    return strbuf_str(&hex);
}

struct Hash {
    EVP_MD_CTX *md; /* NULL after hash_end() */
};

static void hash_drop(void *hash)
{
    EVP_MD_CTX_free(((Hash *)hash)->md);
}

Hash *hash_open(const Crypto *crypto, Arena *arena)
{
    Hash *hash = arena_new_of(arena, Hash);
    hash->md = EVP_MD_CTX_new();
    must(hash->md && EVP_DigestInit_ex2(hash->md, crypto->sm3, NULL));
    arena_defer(arena, hash_drop, hash);
    return hash;
}

void hash_add(Hash *hash, const void *bytes, size_t len)
{
    must(EVP_DigestUpdate(hash->md, bytes, len));
}

Digest hash_end(Hash *hash)
{
    Digest digest;
    must(EVP_DigestFinal_ex(hash->md, digest.bytes, NULL));
    EVP_MD_CTX_free(hash->md);
    hash->md = NULL;
    return digest;
}

/* --- HMAC --------------------------------------------------------------------------------------- */

/* Keyed once and only copied afterwards: copying reads, so threads need no lock. */
struct MacKey {
    EVP_MAC_CTX *keyed;
};

MacKey *mac_key_open(const Crypto *crypto, const Key *key)
{
    char name[] = "SM3";
    OSSL_PARAM params[] = { OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0), OSSL_PARAM_END };
    MacKey *made = calloc(1, sizeof *made);
    must(made);
    made->keyed = EVP_MAC_CTX_new(crypto->hmac);
    must(made->keyed && EVP_MAC_init(made->keyed, key->bytes, sizeof key->bytes, params));
    return made;
}

void mac_key_close(MacKey *key)
{
    if (!key)
        return;
    EVP_MAC_CTX_free(key->keyed);
    free(key);
}

static Digest mac_of_parts(const MacKey *key, const Str *parts, size_t count)
{
    Digest digest;
    size_t len;
    EVP_MAC_CTX *state = EVP_MAC_CTX_dup(key->keyed);
    must(state);
    for (size_t i = 0; i < count; i++)
        must(EVP_MAC_update(state, (const uint8_t *)parts[i].ptr, parts[i].len));
    must(EVP_MAC_final(state, digest.bytes, &len, sizeof digest.bytes));
    EVP_MAC_CTX_free(state);
    return digest;
}

Digest mac(const MacKey *key, const void *bytes, size_t len)
{
    return mac_of_parts(key, &(Str){ bytes, len }, 1);
}

Key key_draw(const Crypto *crypto, const Key *key, Str purpose)
{
    MacKey *keyed = mac_key_open(crypto, key);
    Digest digest = mac(keyed, purpose.ptr, purpose.len);
    Key drawn;
    static_assert(sizeof drawn == sizeof digest, "a key is as long as a digest");
    memcpy(drawn.bytes, digest.bytes, sizeof drawn.bytes);
    wipe(&digest, sizeof digest);
    mac_key_close(keyed);
    return drawn;
}

/* --- sealing ------------------------------------------------------------------------------------ */

struct SealKey {
    const EVP_CIPHER *sm4_ctr;
    uint8_t cipher_key[SM4_KEY_SIZE];
    MacKey *mac_key;
};

SealKey *seal_key_open(const Crypto *crypto, const Key *key)
{
    SealKey *made = calloc(1, sizeof *made);
    must(made);
    Key for_text = key_draw(crypto, key, S("seal enc"));
    Key for_tag = key_draw(crypto, key, S("seal mac"));
    made->sm4_ctr = crypto->sm4_ctr;
    memcpy(made->cipher_key, for_text.bytes, sizeof made->cipher_key);
    made->mac_key = mac_key_open(crypto, &for_tag);
    wipe(&for_text, sizeof for_text);
    wipe(&for_tag, sizeof for_tag);
    return made;
}

void seal_key_close(SealKey *key)
{
    if (!key)
        return;
    mac_key_close(key->mac_key);
    wipe(key, sizeof *key);
    free(key);
}

/* Sealing and opening are the same in counter mode. */
static void crypt_text(const SealKey *key, const uint8_t nonce[NONCE_SIZE], Str from, uint8_t *to)
{
    enum { STEP_MAX = 1 << 30 }; /* OpenSSL counts in int */
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    must(cipher && EVP_EncryptInit_ex2(cipher, key->sm4_ctr, key->cipher_key, nonce, NULL));
    for (size_t at = 0; at < from.len;) {
        Str step = str_sub(from, at, STEP_MAX);
        int written;
        must(EVP_EncryptUpdate(cipher, to + at, &written, (const uint8_t *)step.ptr, (int)step.len));
        at += step.len;
    }
    EVP_CIPHER_CTX_free(cipher);
}

/* The length in front keeps bytes from wandering between the associated data and the text. */
static Digest seal_tag(const SealKey *key, Str associated, Str nonce_and_text)
{
    char len[8];
    for (int i = 0; i < 8; i++)
        len[i] = (char)(uint8_t)((uint64_t)associated.len >> (56 - 8 * i));
    const Str parts[] = { { len, sizeof len }, associated, nonce_and_text };
    return mac_of_parts(key->mac_key, parts, sizeof parts / sizeof parts[0]);
}

Str seal(Arena *arena, const SealKey *key, Str associated, Str clear)
{
    size_t signed_len = NONCE_SIZE + clear.len;
    uint8_t *sealed = arena_alloc(arena, signed_len + TAG_SIZE);
    random_bytes(sealed, NONCE_SIZE);
    crypt_text(key, sealed, clear, sealed + NONCE_SIZE);
    Digest tag = seal_tag(key, associated, (Str){ (char *)sealed, signed_len });
    memcpy(sealed + signed_len, tag.bytes, TAG_SIZE);
    return (Str){ (char *)sealed, signed_len + TAG_SIZE };
}

Status seal_open(Ctx *c, const SealKey *key, Str associated, Str sealed, Str *clear)
{
    bool fits = false;
    Str head = STR_NONE;
    if (sealed.len >= SEAL_OVERHEAD) {
        head = str_sub(sealed, 0, sealed.len - TAG_SIZE);
        Digest tag = seal_tag(key, associated, head);
        fits = bytes_equal(tag.bytes, sealed.ptr + head.len, TAG_SIZE);
    }
    if (!fits)
        return fail(
            c, ST_BROKEN, "密封的内容已被改动，或者密钥不符", "the sealed bytes were changed, or the key is another");
    Str text = str_sub(head, NONCE_SIZE, head.len);
    uint8_t *out = arena_alloc(c->arena, text.len + 1); /* ends with NUL for C libraries */
    crypt_text(key, (const uint8_t *)head.ptr, text, out);
    *clear = text.len ? (Str){ (char *)out, text.len } : STR_NONE;
    return ST_OK;
}

/* --- ids ---------------------------------------------------------------------------------------- */

static const char id_letters[] = "0123456789abcdefghjkmnpqrstvwxyz";

struct Ids {
    pthread_mutex_t lock;
    uint64_t last; /* 48 bits of milliseconds, 16 of the counter */
    bool seeded;
    uint8_t seed_key[crypto_generichash_KEYBYTES];
};

Ids *ids_open(void)
{
    Ids *ids = calloc(1, sizeof *ids);
    must(ids && sodium_init() >= 0 && pthread_mutex_init(&ids->lock, NULL) == 0);
    return ids;
}

Ids *ids_open_seeded(uint64_t seed)
{
    Ids *ids = ids_open();
    ids->seeded = true;
    crypto_generichash(ids->seed_key, sizeof ids->seed_key, (const uint8_t *)&seed, sizeof seed, NULL, 0);
    return ids;
}

void ids_close(Ids *ids)
{
    if (!ids)
        return;
    pthread_mutex_destroy(&ids->lock);
    free(ids);
}

/* A seeded source counts from a day of its own instead of reading the clock: a demo is built at
 * another hour every time, and is to have the same ids. 2020-09-13, in milliseconds. */
#define SEEDED_FROM_MS INT64_C(1600000000000)

/* Always one more than the last: when the clock goes backwards, or more than 65536 ids fall into
 * one millisecond, the number runs ahead of the clock until that catches up. */
static uint64_t next_number(Ids *ids, Instant now)
{
    int64_t ms = ids->seeded ? SEEDED_FROM_MS : now / 1000;
    uint64_t number = ms > 0 ? (uint64_t)ms << 16 : 0;
    pthread_mutex_lock(&ids->lock);
    if (number <= ids->last)
        number = ids->last + 1;
    ids->last = number;
    pthread_mutex_unlock(&ids->lock);
    return number;
}

Str id_new(const Ctx *c)
{
    Ids *ids = c->env->ids;
    uint64_t high = next_number(ids, c->now);
    uint64_t low;
    if (ids->seeded)
        crypto_generichash(
            (uint8_t *)&low, sizeof low, (const uint8_t *)&high, sizeof high, ids->seed_key, sizeof ids->seed_key);
    else
        random_bytes(&low, sizeof low);

    char *id = arena_alloc(c->arena, ID_LEN + 1);
    for (int i = ID_LEN - 1; i >= 0; i--) {
        id[i] = id_letters[low & 31];
        low = low >> 5 | high << 59;
        high >>= 5;
    }
    return (Str){ id, ID_LEN };
}

bool id_is_valid(Str id)
{
    if (id.len != ID_LEN || id.ptr[0] > '7') /* 26 letters hold 130 bits, the first but three */
        return false;
    for (size_t i = 0; i < ID_LEN; i++)
        if (!id.ptr[i] || !strchr(id_letters, id.ptr[i]))
            return false;
    return true;
}

/* --- passwords ---------------------------------------------------------------------------------- */

enum { ARGON_PASSES = 3, ARGON_BYTES = 64 * 1024 * 1024 };
static_assert(PASSWORD_HASH_MAX == crypto_pwhash_STRBYTES, "the header promises libsodium's size");

static_assert(SALT_SIZE == crypto_pwhash_SALTBYTES, "and its size of a salt");

static Status no_memory(Ctx *c)
{
    return fail(c, ST_BUSY, "内存不足，暂时无法核对口令，请稍后重试",
        "there is not enough memory to work on a password; try again later");
}

Status key_from_passphrase(Ctx *c, Str passphrase, const uint8_t salt[SALT_SIZE], Key *out)
{
    int failed = crypto_pwhash(out->bytes, KEY_SIZE, passphrase.ptr ? passphrase.ptr : "", passphrase.len, salt,
        ARGON_PASSES, ARGON_BYTES, crypto_pwhash_ALG_ARGON2ID13);
    return failed ? no_memory(c) : ST_OK;
}

Status password_hash(Ctx *c, Str password, Str *hash)
{
    char text[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str(text, password.ptr ? password.ptr : "", password.len, ARGON_PASSES, ARGON_BYTES) != 0)
        return no_memory(c);
    *hash = str_copy(c->arena, str_of(text));
    return ST_OK;
}

bool password_fits(Str hash, Str password)
{
    char text[crypto_pwhash_STRBYTES] = "";
    if (hash.len == 0 || hash.len >= sizeof text)
        return false;
    memcpy(text, hash.ptr, hash.len);
    return crypto_pwhash_str_verify(text, password.ptr ? password.ptr : "", password.len) == 0;
}

void password_fits_nobody(Str password)
{
    static const uint8_t salt[crypto_pwhash_SALTBYTES];
    uint8_t unused[32]; /* as long as what stands in a stored hash */
    if (crypto_pwhash(unused, sizeof unused, password.ptr ? password.ptr : "", password.len, salt, ARGON_PASSES,
            ARGON_BYTES, crypto_pwhash_ALG_ARGON2ID13) == 0)
        wipe(unused, sizeof unused);
}

/* --- SM2 signatures ----------------------------------------------------------------------------- */

/* GM/T 0009-2012: who signs, when nothing else was agreed. */
#define SM2_DEFAULT_ID "1234567812345678"

Status sm2_pair_new(Ctx *c, Sm2Pair *out)
{
    EVP_PKEY *pkey = NULL;
    BIGNUM *secret = NULL;
    size_t len = 0;
    EVP_PKEY_CTX *maker = EVP_PKEY_CTX_new_from_name(NULL, "SM2", NULL);
    bool made =
        maker && EVP_PKEY_keygen_init(maker) > 0 && EVP_PKEY_generate(maker, &pkey) > 0 &&
        EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_PRIV_KEY, &secret) &&
        BN_bn2binpad(secret, out->private_key, SM2_PRIVATE_SIZE) == SM2_PRIVATE_SIZE &&
        EVP_PKEY_get_octet_string_param(pkey, OSSL_PKEY_PARAM_PUB_KEY, out->public_key, sizeof out->public_key, &len) &&
        len == SM2_PUBLIC_SIZE;
    BN_clear_free(secret);
    EVP_PKEY_free(pkey);
    EVP_PKEY_CTX_free(maker);
    return made ? ST_OK : fail(c, ST_BROKEN, "无法生成SM2密钥", "an SM2 key could not be made");
}

/* OpenSSL's key out of raw bytes; `private_key` may be NULL. NULL when the bytes are no key. */
static EVP_PKEY *pkey_of(const uint8_t *public_key, const uint8_t *private_key)
{
    EVP_PKEY *pkey = NULL;
    OSSL_PARAM *params = NULL;
    BIGNUM *secret = private_key ? BN_bin2bn(private_key, SM2_PRIVATE_SIZE, NULL) : NULL;
    OSSL_PARAM_BLD *parts = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *maker = EVP_PKEY_CTX_new_from_name(NULL, "SM2", NULL);
    must(parts && maker && (secret || !private_key));
    must(OSSL_PARAM_BLD_push_utf8_string(parts, OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0) &&
         OSSL_PARAM_BLD_push_octet_string(parts, OSSL_PKEY_PARAM_PUB_KEY, public_key, SM2_PUBLIC_SIZE) &&
         (!secret || OSSL_PARAM_BLD_push_BN(parts, OSSL_PKEY_PARAM_PRIV_KEY, secret)));
    params = OSSL_PARAM_BLD_to_param(parts);
    must(params && EVP_PKEY_fromdata_init(maker) > 0);
    if (EVP_PKEY_fromdata(maker, &pkey, secret ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params) <= 0)
        pkey = NULL;
    OSSL_PARAM_free(params);
    OSSL_PARAM_BLD_free(parts);
    EVP_PKEY_CTX_free(maker);
    BN_clear_free(secret);
    return pkey;
}

typedef int SignatureInit(
    EVP_MD_CTX *, EVP_PKEY_CTX **, const char *, OSSL_LIB_CTX *, const char *, EVP_PKEY *, const OSSL_PARAM[]);

/* A context to sign or verify in, under the default id; OpenSSL's own default is no id at all. */
static EVP_MD_CTX *signature_open(SignatureInit *init, EVP_PKEY *pkey)
{
    EVP_PKEY_CTX *settings = NULL;
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    must(md);
    if (pkey && init(md, &settings, "SM3", NULL, NULL, pkey, NULL) > 0 &&
        EVP_PKEY_CTX_set1_id(settings, SM2_DEFAULT_ID, (int)strlen(SM2_DEFAULT_ID)) > 0)
        return md;
    EVP_MD_CTX_free(md);
    return NULL;
}

Status sm2_sign(Ctx *c, const Sm2Pair *pair, Str message, Str *signature)
{
    uint8_t der[80]; /* two numbers of up to 33 bytes and their heads */
    size_t len = sizeof der;
    EVP_PKEY *pkey = pkey_of(pair->public_key, pair->private_key);
    EVP_MD_CTX *md = signature_open(EVP_DigestSignInit_ex, pkey);
    bool made = md && EVP_DigestSign(md, der, &len, (const uint8_t *)message.ptr, message.len) > 0;
    EVP_MD_CTX_free(md);
    EVP_PKEY_free(pkey);
    if (!made)
        return fail(c, ST_BROKEN, "无法用SM2密钥签名", "the SM2 key could not sign");
    *signature = str_copy(c->arena, (Str){ (char *)der, len });
    return ST_OK;
}

bool sm2_fits(const uint8_t public_key[SM2_PUBLIC_SIZE], Str message, Str signature)
{
    EVP_PKEY *pkey = pkey_of(public_key, NULL);
    EVP_MD_CTX *md = signature_open(EVP_DigestVerifyInit_ex, pkey);
    bool fits = md && EVP_DigestVerify(md, (const uint8_t *)signature.ptr, signature.len, (const uint8_t *)message.ptr,
                          message.len) == 1;
    EVP_MD_CTX_free(md);
    EVP_PKEY_free(pkey);
    return fits;
}

/* --- archives that others encrypt ------------------------------------------------------------------------------ */

bool winzip_aes_authentic(Str passphrase, Str sealed, size_t key_len)
{
    enum { ROUNDS = 1000, CHECK = 2, CODE = 10, KEY_MAX = 32 };
    uint8_t keys[2 * KEY_MAX + CHECK], code[EVP_MAX_MD_SIZE];
    unsigned code_len = sizeof code;
    size_t salt_len = key_len / 2, keys_len = 2 * key_len + CHECK;
    if (key_len > KEY_MAX || sealed.len < salt_len + CHECK + CODE)
        return false;
    const uint8_t *salt = (const uint8_t *)sealed.ptr, *data = salt + salt_len + CHECK;
    size_t data_len = sealed.len - salt_len - CHECK - CODE;
    bool good = PKCS5_PBKDF2_HMAC_SHA1(
                    passphrase.ptr, (int)passphrase.len, salt, (int)salt_len, ROUNDS, (int)keys_len, keys) == 1 &&
                HMAC(EVP_sha1(), keys + key_len, (int)key_len, data, data_len, code, &code_len) != NULL;
    good = good && bytes_equal(salt + salt_len, keys + 2 * key_len, CHECK) && bytes_equal(data + data_len, code, CODE);
    wipe(keys, sizeof keys);
    return good;
}
