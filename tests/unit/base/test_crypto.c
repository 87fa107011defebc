#include "base_test.h"

#include "base/crypto.h"

#include <openssl/evp.h>
#include <pthread.h>
#include <string.h>

typedef struct CryptoFixture {
    BaseFixture *base;
    Crypto *crypto;
    Ctx *c;
} CryptoFixture;

static int set_up(void **state)
{
    CryptoFixture *fx = calloc(1, sizeof *fx);
    if (!fx || base_set_up((void **)&fx->base) != 0)
        return -1;
    fx->crypto = crypto_open();
    fx->base->env.crypto = fx->crypto;
    fx->c = &fx->base->c;
    *state = fx;
    return fx->crypto ? 0 : -1;
}

static int tear_down(void **state)
{
    CryptoFixture *fx = *state;
    base_tear_down((void **)&fx->base);
    crypto_close(fx->crypto);
    free(fx);
    return 0;
}

static Str hex_of(CryptoFixture *fx, const void *bytes, size_t len)
{
    StrBuf b = strbuf_in(fx->base->arena);
    strbuf_add_hex(&b, bytes, len);
    return strbuf_str(&b);
}

static Str bytes_of(CryptoFixture *fx, Str hex)
{
    size_t len = 0;
    char *bytes = arena_alloc(fx->base->arena, hex.len / 2 + 1);
    assert_true(str_unhex(hex, bytes, hex.len / 2, &len));
    return (Str){ bytes, len };
}

static Key key_of(uint8_t first)
{
    Key key;
    for (int i = 0; i < KEY_SIZE; i++)
        key.bytes[i] = (uint8_t)(first + i);
    return key;
}

/* --- digests ------------------------------------------------------------------------------------ */

static void sm3_as_the_standard_computes_it(void **state)
{
    static const struct {
        Str text, hex;
    } rows[] = {
        /* GB/T 32905-2016, A.1 and A.2 */
        { S_INIT("abc"), S_INIT("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0") },
        { S_INIT("abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd"),
            S_INIT("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732") },
        { S_INIT(""), S_INIT("1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b") },
    };
    CryptoFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Digest whole = sm3(fx->crypto, rows[i].text.ptr, rows[i].text.len);
        assert_str_equal(hex_of(fx, whole.bytes, SM3_SIZE), rows[i].hex);
        Hash *hash = hash_open(fx->crypto, fx->base->arena);
        for (size_t at = 0; at < rows[i].text.len; at += 7) {
            Str piece = str_sub(rows[i].text, at, 7);
            hash_add(hash, piece.ptr, piece.len);
        }
        Digest pieces = hash_end(hash);
        assert_memory_equal(pieces.bytes, whole.bytes, SM3_SIZE);
    }
    Digest nothing = sm3(fx->crypto, NULL, 0);
    assert_str_equal(hex_of(fx, nothing.bytes, SM3_SIZE), rows[2].hex);
}

static void a_hash_left_open_closes_with_its_arena(void **state)
{
    CryptoFixture *fx = *state;
    ArenaMark mark = arena_mark(fx->base->arena);
    hash_add(hash_open(fx->crypto, fx->base->arena), "x", 1);
    arena_reset(fx->base->arena, mark); /* the leak checkers look here */
}

static void hmac_as_the_standard_computes_it(void **state)
{
    CryptoFixture *fx = *state;
    /* GM/T 0042-2015, annex D: the keys there have 32 bytes like ours. */
    Key key = key_of(1);
    Str text = S("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
                 "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq");
    MacKey *made = mac_key_open(fx->crypto, &key);
    for (int i = 0; i < 3; i++) { /* the keyed state is not used up */
        Digest d = mac(made, text.ptr, text.len);
        assert_str_equal(
            hex_of(fx, d.bytes, SM3_SIZE), S("ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a"));
    }
    Key drawn = key_draw(fx->crypto, &key, text);
    assert_str_equal(
        hex_of(fx, drawn.bytes, KEY_SIZE), S("ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a"));
    Digest nothing = mac(made, NULL, 0);
    assert_int_not_equal(nothing.bytes[0], 0xca);
    mac_key_close(made);
}

enum { THREADS = 4, ROUNDS = 500 };

static void *mac_many(void *key)
{
    Digest first = mac(key, "text", 4);
    for (int i = 0; i < ROUNDS; i++) {
        Digest again = mac(key, "text", 4);
        if (!bytes_equal(again.bytes, first.bytes, SM3_SIZE))
            return key;
    }
    return NULL;
}

static void threads_share_a_keyed_state(void **state)
{
    CryptoFixture *fx = *state;
    Key key = key_of(9);
    MacKey *made = mac_key_open(fx->crypto, &key);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, mac_many, made), 0);
    for (int i = 0; i < THREADS; i++) {
        void *wrong;
        pthread_join(threads[i], &wrong);
        assert_null(wrong);
    }
    mac_key_close(made);
}

/* --- sealing ------------------------------------------------------------------------------------ */

static void what_was_sealed_opens(void **state)
{
    static const size_t sizes[] = { 0, 1, 15, 16, 17, 4096, 300000 };
    CryptoFixture *fx = *state;
    Key key = key_of(3);
    SealKey *made = seal_key_open(fx->crypto, &key);
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        char *clear = arena_alloc(fx->base->arena, sizes[i] + 1);
        memset(clear, 'c', sizes[i]);
        Str sealed = seal(fx->base->arena, made, S("chunk 7"), (Str){ clear, sizes[i] });
        Str opened = S("?");
        assert_int_equal(sealed.len, sizes[i] + SEAL_OVERHEAD);
        assert_int_equal(seal_open(fx->c, made, S("chunk 7"), sealed, &opened), ST_OK);
        assert_true(str_eq(opened, (Str){ clear, sizes[i] }));
    }
    Str once = seal(fx->base->arena, made, STR_NONE, S("same"));
    Str twice = seal(fx->base->arena, made, STR_NONE, S("same"));
    assert_false(str_eq(once, twice)); /* a fresh nonce each time */
    seal_key_close(made);
}

static void what_was_changed_does_not_open(void **state)
{
    CryptoFixture *fx = *state;
    Key key = key_of(3), other_key = key_of(4);
    SealKey *made = seal_key_open(fx->crypto, &key), *other = seal_key_open(fx->crypto, &other_key);
    Str clear = STR_NONE;
    Str sealed = seal(fx->base->arena, made, S("ab"), S("cdefg"));
    for (size_t i = 0; i < sealed.len; i++) { /* every single byte matters */
        char *changed = str_c(fx->base->arena, sealed);
        changed[i] ^= 1;
        assert_int_equal(seal_open(fx->c, made, S("ab"), (Str){ changed, sealed.len }, &clear), ST_BROKEN);
        ctx_forgive(fx->c);
        assert_int_equal(seal_open(fx->c, made, S("ab"), str_sub(sealed, 0, i), &clear), ST_BROKEN);
        ctx_forgive(fx->c);
    }
    static const Str others[] = { S_INIT(""), S_INIT("a"), S_INIT("abc"), S_INIT("ba") };
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        assert_int_equal(seal_open(fx->c, made, others[i], sealed, &clear), ST_BROKEN);
        ctx_forgive(fx->c);
    }
    assert_int_equal(seal_open(fx->c, other, S("ab"), sealed, &clear), ST_BROKEN);
    assert_true(str_is_empty(clear));
    seal_key_close(made);
    seal_key_close(other);
}

/* Rebuilt here from the algorithms themselves, so that another program can open what ours sealed. */
static void a_seal_is_made_as_the_header_says(void **state)
{
    CryptoFixture *fx = *state;
    Key key = key_of(5);
    Key for_text = key_draw(fx->crypto, &key, S("seal enc")), for_tag = key_draw(fx->crypto, &key, S("seal mac"));
    SealKey *made = seal_key_open(fx->crypto, &key);
    Str sealed = seal(fx->base->arena, made, S("ab"), S("clear text of some length"));
    Str head = str_sub(sealed, 0, sealed.len - SM3_SIZE);

    uint8_t clear[64];
    int len;
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    EVP_DecryptInit_ex(cipher, EVP_sm4_ctr(), NULL, for_text.bytes, (const uint8_t *)sealed.ptr);
    EVP_DecryptUpdate(cipher, clear, &len, (const uint8_t *)head.ptr + 16, (int)head.len - 16);
    EVP_CIPHER_CTX_free(cipher);
    assert_str_equal(((Str){ (char *)clear, (size_t)len }), S("clear text of some length"));

    StrBuf b = strbuf_in(fx->base->arena);
    strbuf_add(&b, S("\0\0\0\0\0\0\0\2"
                     "ab"));
    strbuf_add(&b, head);
    MacKey *mac_key = mac_key_open(fx->crypto, &for_tag);
    Digest tag = mac(mac_key, b.ptr, b.len);
    assert_memory_equal(tag.bytes, sealed.ptr + head.len, SM3_SIZE);
    mac_key_close(mac_key);
    seal_key_close(made);
}

/* The library at hand computes SM4 as GB/T 32907-2016, A.1 does. */
static void sm4_as_the_standard_computes_it(void **state)
{
    CryptoFixture *fx = *state;
    Str block = bytes_of(fx, S("0123456789abcdeffedcba9876543210"));
    uint8_t out[32];
    int len;
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex(cipher, EVP_sm4_ecb(), NULL, (const uint8_t *)block.ptr, NULL);
    EVP_EncryptUpdate(cipher, out, &len, (const uint8_t *)block.ptr, (int)block.len);
    EVP_CIPHER_CTX_free(cipher);
    assert_str_equal(hex_of(fx, out, 16), S("681edf34d206965e86b3e94f536e4246"));
}

/* --- ids ---------------------------------------------------------------------------------------- */

static void ids_sort_by_time_and_never_meet(void **state)
{
    static const int64_t steps_ms[] = { 0, 0, 1, 0, -5000, 0, 1, 100000, 0, -1, 0 };
    CryptoFixture *fx = *state;
    Ids *ids = ids_open();
    fx->base->env.ids = ids;
    Str last = STR_NONE;
    for (size_t i = 0; i < COUNT_OF(steps_ms); i++) {
        fx->c->now += steps_ms[i] * 1000;
        for (int n = 0; n < 100; n++) {
            Str id = id_new(fx->c);
            assert_true(id_is_valid(id));
            row_holds(str_cmp(last, id) < 0, "after step %zu: %.*s follows %.*s", i, STR_ARG(id), STR_ARG(last));
            last = id;
        }
    }
    ids_close(ids);
}

static void more_ids_than_fit_in_a_millisecond(void **state)
{
    CryptoFixture *fx = *state;
    Ids *ids = ids_open_seeded(1); /* as it goes without a system call each */
    fx->base->env.ids = ids;
    char last[ID_LEN] = "";
    for (int n = 0; n < 70000; n++) {
        ArenaMark mark = arena_mark(fx->base->arena);
        Str id = id_new(fx->c);
        row_holds(memcmp(last, id.ptr, ID_LEN) < 0, "id %d is not above the last", n);
        memcpy(last, id.ptr, ID_LEN);
        arena_reset(fx->base->arena, mark);
    }
    ids_close(ids);
}

static void an_id_shows_its_time(void **state)
{
    CryptoFixture *fx = *state;
    Ids *ids = ids_open();
    fx->base->env.ids = ids;
    /* 1635668130000 ms in 48 bits, then the counter: the first 12 letters hold 58 of the 64 bits. */
    Str first = id_new(fx->c), second = id_new(fx->c);
    uint64_t high = UINT64_C(1635668130000) << 16;
    char want[13] = "";
    for (int i = 0; i < 12; i++)
        want[i] = "0123456789abcdefghjkmnpqrstvwxyz"[(high >> (61 - 5 * i)) & 31];
    assert_str_equal(str_sub(first, 0, 12), str_of(want));
    assert_str_equal(str_sub(second, 0, 12), str_of(want));
    assert_int_equal(str_cmp(first, second) < 0, 1);
    ids_close(ids);
}

static void seeded_ids_are_the_same_at_every_run(void **state)
{
    CryptoFixture *fx = *state;
    Str ids_of_run[3][20];
    for (int run = 0; run < 3; run++) {
        Ids *ids = ids_open_seeded(run < 2 ? 42 : 43);
        fx->base->env.ids = ids;
        fx->c->now += 12345678; /* the hour of the run does not matter */
        for (int n = 0; n < 20; n++) {
            ids_of_run[run][n] = id_new(fx->c);
            assert_true(id_is_valid(ids_of_run[run][n]));
        }
        ids_close(ids);
    }
    for (int n = 0; n < 20; n++) {
        assert_str_equal(ids_of_run[0][n], ids_of_run[1][n]);
        assert_false(str_eq(ids_of_run[0][n], ids_of_run[2][n]));
    }
}

static void ids_are_checked(void **state)
{
    static const struct {
        Str id;
        bool good;
    } rows[] = {
        { S_INIT("01fkapbjcg0000abcdefghjkmn"), true },
        { S_INIT("7zzzzzzzzzzzzzzzzzzzzzzzzz"), true },
        { S_INIT("80000000000000000000000000"), false }, /* 131 bits */
        { S_INIT("01fkapbjcg0000abcdefghjkm"), false },
        { S_INIT("01fkapbjcg0000abcdefghjkmnn"), false },
        { S_INIT("01FKAPBJCG0000ABCDEFGHJKMN"), false },
        { S_INIT("01fkapbjcg0000abcdefghijkm"), false }, /* i */
        { S_INIT("01fkapbjcg0000abcdefghjklm"), false }, /* l */
        { S_INIT("01fkapbjcg0000abcdefghjkmo"), false },
        { S_INIT("01fkapbjcg0000abcdefghjkmu"), false },
        { S_INIT("01fkapbjcg0000abcdefghjkm\0"), false },
        { S_INIT("../../../../../../etc/passw"), false },
        { S_INIT(""), false },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        row_holds(id_is_valid(rows[i].id) == rows[i].good, "'%.*s'", STR_ARG(rows[i].id));
}

/* --- passwords, comparing, SM2 ------------------------------------------------------------------ */

static void passwords_fit_or_not(void **state)
{
    CryptoFixture *fx = *state;
    Str hash = STR_NONE;
    assert_int_equal(password_hash(fx->c, S("巡察-2021"), &hash), ST_OK);
    assert_true(str_starts(hash, S("$argon2id$v=19$m=65536,t=3,p=1$")));
    assert_true(hash.len < PASSWORD_HASH_MAX);
    assert_true(password_fits(hash, S("巡察-2021")));
    assert_false(password_fits(hash, S("巡察-2022")));
    assert_false(password_fits(hash, S("")));
    assert_false(password_fits(STR_NONE, S("巡察-2021")));
    assert_false(password_fits(S("$argon2id$rubbish"), S("巡察-2021")));
    assert_false(password_fits(str_format(fx->base->arena, "%200s", "x"), S("x")));
}

static void nobody_costs_as_much_as_somebody(void **state)
{
    CryptoFixture *fx = *state;
    Str hash = STR_NONE;
    assert_int_equal(password_hash(fx->c, S("right"), &hash), ST_OK);
    int64_t began = clock_ticks_ms();
    assert_false(password_fits(hash, S("wrong")));
    int64_t somebody = clock_ticks_ms() - began;
    password_fits_nobody(S("wrong"));
    int64_t nobody = clock_ticks_ms() - began - somebody;
    row_holds(nobody > somebody / 3 && nobody < somebody * 3 + 50, "%lld ms and %lld ms", (long long)nobody,
        (long long)somebody);
}

static void bytes_are_compared_wiped_and_drawn(void **state)
{
    char a[] = "secret", b[] = "secreT";
    uint8_t first[32] = { 0 }, second[32] = { 0 };
    (void)state;
    assert_true(bytes_equal(a, a, 6) && bytes_equal(a, b, 5) && !bytes_equal(a, b, 6));
    wipe(a, 6);
    assert_memory_equal(a, "\0\0\0\0\0\0", 6);
    random_bytes(first, sizeof first);
    random_bytes(second, sizeof second);
    assert_memory_not_equal(first, second, sizeof first);
}

static void sm2_as_the_standard_computes_it(void **state)
{
    CryptoFixture *fx = *state;
    /* GM/T 0003.5-2012, A.2: the example on the recommended curve, with the default id. */
    Str public_key = bytes_of(fx, S("0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                                    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"));
    Str signature = bytes_of(fx, S("3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                                   "022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"));
    const uint8_t *key = (const uint8_t *)public_key.ptr;
    assert_true(sm2_fits(key, S("message digest"), signature));
    assert_false(sm2_fits(key, S("message digesT"), signature));
}

static void sm2_signs_and_refuses(void **state)
{
    CryptoFixture *fx = *state;
    Sm2Pair pair, other;
    Str signature = STR_NONE;
    Str message = S("一份移交包的摘要");
    assert_int_equal(sm2_pair_new(fx->c, &pair), ST_OK);
    assert_int_equal(sm2_pair_new(fx->c, &other), ST_OK);
    assert_int_equal(pair.public_key[0], 4);
    assert_int_equal(sm2_sign(fx->c, &pair, message, &signature), ST_OK);
    assert_true(sm2_fits(pair.public_key, message, signature));
    assert_false(sm2_fits(other.public_key, message, signature));
    assert_false(sm2_fits(pair.public_key, S("别的"), signature));
    assert_false(sm2_fits(pair.public_key, STR_NONE, signature));
    assert_false(sm2_fits(pair.public_key, message, STR_NONE));
    for (size_t i = 0; i < signature.len; i++) {
        char *changed = str_c(fx->base->arena, signature);
        changed[i] ^= 1;
        row_holds(!sm2_fits(pair.public_key, message, (Str){ changed, signature.len }), "byte %zu was changed", i);
        assert_false(sm2_fits(pair.public_key, message, str_sub(signature, 0, i)));
    }
    pair.public_key[40] ^= 1; /* no longer a point of the curve */
    assert_false(sm2_fits(pair.public_key, message, signature));
    memset(pair.public_key, 0, sizeof pair.public_key);
    assert_int_equal(sm2_sign(fx->c, &pair, message, &signature), ST_BROKEN);
}

#define WITH_CRYPTO(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_CRYPTO(sm3_as_the_standard_computes_it),
        WITH_CRYPTO(a_hash_left_open_closes_with_its_arena),
        WITH_CRYPTO(hmac_as_the_standard_computes_it),
        WITH_CRYPTO(threads_share_a_keyed_state),
        WITH_CRYPTO(what_was_sealed_opens),
        WITH_CRYPTO(what_was_changed_does_not_open),
        WITH_CRYPTO(a_seal_is_made_as_the_header_says),
        WITH_CRYPTO(sm4_as_the_standard_computes_it),
        WITH_CRYPTO(ids_sort_by_time_and_never_meet),
        WITH_CRYPTO(more_ids_than_fit_in_a_millisecond),
        WITH_CRYPTO(an_id_shows_its_time),
        WITH_CRYPTO(seeded_ids_are_the_same_at_every_run),
        WITH_CRYPTO(ids_are_checked),
        WITH_CRYPTO(passwords_fit_or_not),
        WITH_CRYPTO(nobody_costs_as_much_as_somebody),
        WITH_CRYPTO(bytes_are_compared_wiped_and_drawn),
        WITH_CRYPTO(sm2_as_the_standard_computes_it),
        WITH_CRYPTO(sm2_signs_and_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
