/* A ledger's keys: the key file outside it, and what it wraps inside.
 *
 * The key file (owner-readable only, beside the ledger unless told otherwise) holds one key in hex.
 * It wraps one key for the chain, one for values that belong to no inspection, and one for each
 * inspection. Opened keys live in a Keyring that all threads of a ledger share. */
#ifndef STORE_KEYS_H
#define STORE_KEYS_H

#include "base/crypto.h"
#include "store/db.h"

typedef struct Keyring Keyring;

/* Reads the key file, or makes one when `create` and there is none. ST_MISSING without it: the ledger can
 * still be read, but neither verified nor written. ST_DENIED when others may read it. */
Status keyring_open(Ctx *c, Str key_file, bool create, Keyring **out) MUST_CHECK;
void keyring_close(Keyring *ring);

/* The key itself, for an archive: the caller wipes it. */
Status key_file_read(Ctx *c, Str path, Key *out) MUST_CHECK;
/* A key file made anew for a restored ledger; one that is there already is left alone (ST_CONFLICT). */
Status key_file_write(Ctx *c, Str path, const Key *key) MUST_CHECK;

/* The ledger's chain key; `c->db` must hold a ledger. Made by keyring_found() when the ledger is. */
Status keyring_chain(Ctx *c, Keyring *ring, const MacKey **out) MUST_CHECK;

/* The key for values of an inspection (STR_NONE: of none), made at first use when `create` (inside
 * a write). `id` names it in what it sealed. */
Status keyring_seal_key(Ctx *c, Keyring *ring, Str inspection, bool create, const SealKey **key, Str *id) MUST_CHECK;
/* The key of that id. */
Status keyring_seal_key_of(Ctx *c, Keyring *ring, Str id, const SealKey **key) MUST_CHECK;
/* Puts a new ledger's chain key in place, unless it has one. Inside a write. */
Status keyring_found(Ctx *c, Keyring *ring) MUST_CHECK;
/* Forgets keys that a rolled-back write made; those of commits stay. */
void keyring_forget(Keyring *ring);
/* After a commit: the keys it made are there for good. */
void keyring_settle(Keyring *ring);

#endif
