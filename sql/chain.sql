-- The sealed chain and what is kept beside each record.

-- name: chain_head_find
SELECT seq, seal, ledger FROM chain_head WHERE one = 1;

-- name: chain_head_lock
-- only: sqlite
SELECT seq, seal FROM chain_head WHERE one = 1;

-- name: chain_head_lock
-- only: pgsql
SELECT seq, seal FROM chain_head WHERE one = 1 FOR UPDATE;

-- name: chain_head_store
-- takes: seq int, seal blob
UPDATE chain_head SET seq = :seq, seal = :seal WHERE one = 1;

-- name: chain_head_insert
-- takes: ledger text, seal blob
INSERT INTO chain_head (one, ledger, seq, seal) VALUES (1, :ledger, 0, :seal);

-- name: audit_insert
-- takes: seq int, at text, actor text, login text, role text, operation text, outcome text, entity text, record text, version int, fields text, sealed blob, sealed_key text, after blob, seal blob
INSERT INTO audit (seq, at, actor, login, role, operation, outcome, entity, record, version, fields, sealed, sealed_key, after, seal)
VALUES (:seq, :at, :actor, :login, :role, :operation, :outcome, :entity, :record, :version, :fields, :sealed, :sealed_key, :after, :seal);

-- name: audit_walk
-- takes: seq int, most int
SELECT seq, at, actor, login, role, operation, outcome, entity, record, version, fields, sealed, sealed_key, after, seal
  FROM audit WHERE seq > :seq ORDER BY seq LIMIT :most;

-- name: audit_page
-- takes: before int, most int
SELECT seq, at, login, role, operation, outcome, entity, record, version, fields
  FROM audit WHERE seq < :before ORDER BY seq DESC LIMIT :most;

-- name: audit_of_record
-- takes: record text
SELECT seq, at, login, role, operation, outcome, entity, record, version, fields, sealed, sealed_key
  FROM audit WHERE record = :record AND outcome = 'ok' ORDER BY seq;

-- name: audit_last_digest
-- Of the last change; none (NULL) when that took the record away.
-- takes: record text
SELECT after, entity FROM audit WHERE record = :record AND sealed IS NOT NULL ORDER BY seq DESC LIMIT 1;

-- name: audit_seal_at
-- takes: seq int
SELECT seal FROM audit WHERE seq = :seq;

-- name: audit_records
-- The records that the chain knows, by kind, without those that were taken away again.
-- takes: entity text
SELECT COUNT(*) FROM (SELECT DISTINCT record FROM audit WHERE entity = :entity AND after IS NOT NULL
                      EXCEPT SELECT record FROM audit WHERE entity = :entity AND sealed IS NOT NULL AND after IS NULL) known;

-- name: audit_strange_rows
-- Entries that stand outside the numbering.
SELECT COUNT(*) FROM audit WHERE seq IS NULL OR seq < 1;

-- name: state_history_insert
-- takes: seq int, entity text, record text, state text, effective_on text
INSERT INTO state_history (seq, entity, record, state, effective_on) VALUES (:seq, :entity, :record, :state, :effective_on);

-- name: state_history_of
-- takes: record text
SELECT seq, state, effective_on FROM state_history WHERE record = :record ORDER BY seq;

-- name: state_at_seq
-- takes: seq int
SELECT state FROM state_history WHERE seq = :seq;

-- name: record_count_add
-- takes: entity text, more int
INSERT INTO record_count (entity, records) VALUES (:entity, :more)
    ON CONFLICT (entity) DO UPDATE SET records = record_count.records + :more;

-- name: state_count_add
-- takes: entity text, state text, more int
INSERT INTO state_count (entity, state, records) VALUES (:entity, :state, :more)
    ON CONFLICT (entity, state) DO UPDATE SET records = state_count.records + :more;

-- name: state_count_list
-- takes: entity text
SELECT state, records FROM state_count WHERE entity = :entity ORDER BY state;

-- name: record_count_find
-- takes: entity text
SELECT records FROM record_count WHERE entity = :entity;

-- name: audit_of_actor
-- What an account changed, from the last.
-- takes: actor text, before int, most int
SELECT seq, at, operation, entity, record FROM audit
 WHERE actor = :actor AND seq < :before AND outcome = 'ok' AND sealed IS NOT NULL ORDER BY seq DESC LIMIT :most;

-- name: audit_last_seq
SELECT COALESCE(MAX(seq), 0) FROM audit;

-- name: audit_since
-- What was done to a record after an entry.
-- takes: record text, seq int
SELECT seq, at, login, operation, fields FROM audit
 WHERE record = :record AND seq > :seq AND outcome = 'ok' AND sealed IS NOT NULL ORDER BY seq;

-- name: audit_records_changed
-- Records of which a field was changed after an entry.
-- takes: entity text, field text, seq int
SELECT DISTINCT record FROM audit
 WHERE entity = :entity AND seq > :seq AND outcome = 'ok' AND sealed IS NOT NULL
   AND (' ' || fields || ' ') LIKE ('% ' || :field || ' %') ORDER BY record;

-- name: state_history_between
-- What took effect on a record after one day, up to another.
-- takes: record text, after text, upto text
SELECT state, effective_on FROM state_history
 WHERE record = :record AND effective_on > :after AND effective_on <= :upto ORDER BY effective_on, seq;
