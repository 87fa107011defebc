-- The index of the search over everything (src/search/index.c). What is asked of it is compiled: store/compile.c.

-- name: search_state_find
SELECT form, seq, walk, after FROM search_state WHERE one = 1;

-- name: search_state_store
-- takes: form int, seq int, walk, after
UPDATE search_state SET form = :form, seq = :seq, walk = :walk, after = :after WHERE one = 1;

-- The chain is the queue: a change's entry is written with it, and cannot be lost or forgotten. Entries of version 0
-- changed no record.
-- name: search_entries
-- takes: seq int, most int
SELECT seq, entity, record FROM audit WHERE seq > :seq AND version > 0 ORDER BY seq LIMIT :most;

-- name: search_entries_left
-- takes: seq int, most int
SELECT COUNT(*) FROM (SELECT 1 FROM audit WHERE seq > :seq AND version > 0 LIMIT :most) AS counted;

-- name: search_row_find
-- takes: record
SELECT d.id, d.entity, b.words, b.spelt, b.body FROM search_row d JOIN search_text b ON b.id = d.id WHERE d.record = :record;

-- name: search_row_last
-- takes: first int, last int
SELECT id FROM search_row WHERE id >= :first AND id <= :last ORDER BY id DESC LIMIT 1;

-- name: search_row_insert
-- takes: id int, entity, record
INSERT INTO search_row (id, entity, record) VALUES (:id, :entity, :record);

-- name: search_row_delete
-- takes: id int
DELETE FROM search_row WHERE id = :id;

-- name: search_row_clear
DELETE FROM search_row;

-- name: search_text_insert
-- takes: id int, words, spelt, body
INSERT INTO search_text (id, words, spelt, body) VALUES (:id, :words, :spelt, :body);

-- name: search_text_delete
-- takes: id int
DELETE FROM search_text WHERE id = :id;

-- name: search_text_clear
DELETE FROM search_text;

-- What an actor's rights of today name, or reach by the history of units, where it is little.
-- name: search_targets
-- takes: account, role, today, most int
SELECT inspection, unit, organiser, round FROM assignment
 WHERE account = :account AND role = :role AND valid_from <= :today AND valid_to >= :today AND everything = 0
UNION ALL
SELECT NULL, f.unit, NULL, NULL FROM assignment s
  JOIN unit_fact f ON (f.fact = 'supervision_office' AND f.value = s.supervision_office)
                   OR (f.fact = 'resident_group' AND f.value = s.resident_group)
 WHERE s.account = :account AND s.role = :role AND s.valid_from <= :today AND s.valid_to >= :today
   AND (f.valid_from IS NULL OR f.valid_from <= :today) AND (f.valid_to IS NULL OR f.valid_to >= :today)
 LIMIT :most;
