/* A ledger's keys: the file outside, the wrapped ones inside, and what a refused write leaves of them. */
#include "support/records.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Keys of an inspection name it by its id; any will do here. */
static const char *const inspection = "01arz3ndektsv4rrffq69g5fav";

static Str key_id(Fixture *fx, const SealKey **key)
{
    Str id;
    assert_ok(fx->c, keyring_seal_key(fx->c, fx->ledger->keys, str_of(inspection), true, key, &id));
    return str_copy(fx->arena, id);
}

ENGINE_TEST(a_refused_write_takes_its_keys_back)
{
    const SealKey *key, *again;
    fixture_found(fx);
    assert_ok(fx->c, db_begin(fx->c, DB_TX_WRITE));
    Str lost = key_id(fx, &key);
    db_rollback(fx->c->db);
    keyring_forget(fx->ledger->keys);
    assert_fails(fx->c, ST_BROKEN, keyring_seal_key_of(fx->c, fx->ledger->keys, lost, &again));

    assert_ok(fx->c, db_begin(fx->c, DB_TX_WRITE));
    Str kept = key_id(fx, &key);
    assert_false(str_eq(kept, lost));
    assert_ok(fx->c, db_commit(fx->c));
    keyring_settle(fx->ledger->keys);
    keyring_forget(fx->ledger->keys); /* of another write that was refused */
    assert_str_equal(key_id(fx, &again), kept);
    assert_ptr_equal(key, again);
}

ENGINE_TEST(what_was_sealed_opens_after_a_restart)
{
    const SealKey *key;
    Str clear;
    fixture_found(fx);
    assert_ok(fx->c, db_begin(fx->c, DB_TX_WRITE));
    Str id = key_id(fx, &key);
    Str sealed = seal(fx->arena, key, S("甲"), S("内容"));
    assert_ok(fx->c, db_commit(fx->c));
    ledger_close(fx->ledger);
    fixture_found(fx);
    assert_ok(fx->c, keyring_seal_key_of(fx->c, fx->ledger->keys, id, &key));
    assert_ok(fx->c, seal_open(fx->c, key, S("甲"), sealed, &clear));
    assert_str_equal(clear, S("内容"));
}

ENGINE_TEST(key_files_that_will_not_do)
{
    Keyring *ring;
    Str path = fixture_path(fx, "other");
    assert_fails(fx->c, ST_MISSING, keyring_open(fx->c, path, false, &ring));
    assert_ok(fx->c, keyring_open(fx->c, path, true, &ring));
    keyring_close(ring);
    assert_int_equal(chmod(str_c(fx->arena, path), 0644), 0);
    assert_fails(fx->c, ST_DENIED, keyring_open(fx->c, path, false, &ring));
    assert_int_equal(chmod(str_c(fx->arena, path), 0600), 0);
    assert_int_equal(truncate(str_c(fx->arena, path), 20), 0);
    assert_fails(fx->c, ST_INVALID, keyring_open(fx->c, path, false, &ring));
}

ENGINE_TEST(another_ledgers_key_file_opens_nothing)
{
    const SealKey *key;
    const MacKey *chain;
    Keyring *stranger;
    fixture_found(fx);
    assert_ok(fx->c, db_begin(fx->c, DB_TX_WRITE));
    Str id = key_id(fx, &key);
    assert_ok(fx->c, db_commit(fx->c));
    assert_ok(fx->c, keyring_open(fx->c, fixture_path(fx, "other"), true, &stranger));
    assert_fails(fx->c, ST_BROKEN, keyring_chain(fx->c, stranger, &chain));
    assert_fails(fx->c, ST_BROKEN, keyring_seal_key_of(fx->c, stranger, id, &key));
    keyring_close(stranger);
}

int main(void)
{
    const struct CMUnitTest tests[] = { ON_BOTH(a_refused_write_takes_its_keys_back),
        ON_BOTH(what_was_sealed_opens_after_a_restart), ON_BOTH(key_files_that_will_not_do),
        ON_BOTH(another_ledgers_key_file_opens_nothing) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
