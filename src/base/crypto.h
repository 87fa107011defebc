/* Thin over OpenSSL (SM2, SM3, SM4) and libsodium (Argon2id, random bytes, wiping).
 *
 * Sealing is SM4-CTR, then HMAC-SM3 over the associated data's length, the associated data, the
 * nonce and the text, with two keys drawn from one: Debian's OpenSSL has no SM4-GCM. */
#ifndef BASE_CRYPTO_H
#define BASE_CRYPTO_H

#include "base/ctx.h"

enum {
    SM3_SIZE = 32,
    KEY_SIZE = 32,      /* of every symmetric key of ours; SM4 and HMAC keys are drawn from it */
    SEAL_OVERHEAD = 48, /* 16 nonce + 32 tag */
    ID_LEN = 26,
    SM2_PRIVATE_SIZE = 32,
    SM2_PUBLIC_SIZE = 65,
    PASSWORD_HASH_MAX = 128,
    SALT_SIZE = 16
};

typedef struct Digest {
    uint8_t bytes[SM3_SIZE];
} Digest;

typedef struct Key {
    uint8_t bytes[KEY_SIZE];
} Key;

/* Fetches the algorithms once; they are read-only afterwards and shared by all threads.
 * NULL when the OpenSSL at hand has no SM3 or SM4. */
Crypto *crypto_open(void);
void crypto_close(Crypto *crypto);

void random_bytes(void *out, size_t len);
/* Four groups of four letters and digits that nobody mistakes for each other (79 bits): "k7pm-3xwq-…". */
Str passphrase_draw(Arena *arena);
void wipe(void *secret, size_t len);
bool bytes_equal(const void *a, const void *b, size_t len); /* in constant time */

Digest sm3(const Crypto *crypto, const void *bytes, size_t len);
/* The same as 64 letters of hexadecimal in the arena. */
Str sm3_hex(const Crypto *crypto, Arena *arena, Str bytes);

/* A digest or an HMAC taken in pieces. Ends with hash_end(), or with the arena it was opened in. */
typedef struct Hash Hash;
Hash *hash_open(const Crypto *crypto, Arena *arena);
void hash_add(Hash *hash, const void *bytes, size_t len);
Digest hash_end(Hash *hash);

/* A key made ready for many HMACs (one for the chain, one a compartment). Copying its state is
 * cheaper than keying afresh. Threads may share it. */
typedef struct MacKey MacKey;
MacKey *mac_key_open(const Crypto *crypto, const Key *key);
void mac_key_close(MacKey *key);
Digest mac(const MacKey *key, const void *bytes, size_t len);

/* A key for another purpose drawn from this one: HMAC-SM3(key, purpose). */
Key key_draw(const Crypto *crypto, const Key *key, Str purpose);

/* A sealing key made ready. Threads may share it. */
typedef struct SealKey SealKey;
SealKey *seal_key_open(const Crypto *crypto, const Key *key);
void seal_key_close(SealKey *key);
/* nonce | text | tag, len + SEAL_OVERHEAD bytes in the arena. */
Str seal(Arena *arena, const SealKey *key, Str associated, Str clear);
/* ST_BROKEN when the tag does not fit: changed bytes, another key, other associated data. */
Status seal_open(Ctx *c, const SealKey *key, Str associated, Str sealed, Str *clear) MUST_CHECK;

/* Ids: 26 letters of Crockford's base 32 in lower case over 128 bits: 48 of milliseconds, 16 of a
 * counter within the millisecond, 64 random. They sort by time, and two that were made offline
 * never meet. A seeded source gives the same ids at every run, for the demo. */
Ids *ids_open(void);
Ids *ids_open_seeded(uint64_t seed);
void ids_close(Ids *ids);
Str id_new(const Ctx *c); /* in the arena of the Ctx; takes its time from c->now, unless seeded */
bool id_is_valid(Str id);

/* Argon2id, 64 MiB, 3 passes: about 0.12 s and 64 MiB a call, so callers run at most two at once. */
Status password_hash(Ctx *c, Str password, Str *hash) MUST_CHECK;
bool password_fits(Str hash, Str password);
/* A key out of a passphrase, by the same work: for what must open without a key file. */
Status key_from_passphrase(Ctx *c, Str passphrase, const uint8_t salt[SALT_SIZE], Key *out) MUST_CHECK;
/* Costs the same time as password_fits() for an account that does not exist. */
void password_fits_nobody(Str password);

/* SM2 signatures with SM3 and the standard's default id. Keys are raw bytes (public: 04|x|y). */
typedef struct Sm2Pair {
    uint8_t private_key[SM2_PRIVATE_SIZE];
    uint8_t public_key[SM2_PUBLIC_SIZE];
} Sm2Pair;
Status sm2_pair_new(Ctx *c, Sm2Pair *out) MUST_CHECK;
Status sm2_sign(Ctx *c, const Sm2Pair *pair, Str message, Str *signature) MUST_CHECK; /* DER */
bool sm2_fits(const uint8_t public_key[SM2_PUBLIC_SIZE], Str message, Str signature);

/* --- archives that others encrypt ----------------------------------------------------------------------------------
 */

/* Has a part of a zip, encrypted by WinZip's AES (AE-1, AE-2), the authentication code that its passphrase makes?
 * `sealed`: salt, two bytes that tell a wrong passphrase, what is encrypted, ten bytes of HMAC-SHA1. `key_len`: 16, 24
 * or 32. The format's own algorithms; nothing of ours rests on them. */
bool winzip_aes_authentic(Str passphrase, Str sealed, size_t key_len);

#endif
