-- What an import found in its file, and what became of it.

-- name: import_row_insert
-- takes: batch text, n int, sheet text, place int, verdict text, record text, cells text, errors text, plan text
INSERT INTO import_row (batch, n, sheet, place, verdict, record, cells, errors, plan)
VALUES (:batch, :n, :sheet, :place, :verdict, :record, :cells, :errors, :plan);

-- name: import_row_clear
-- takes: batch text
DELETE FROM import_row WHERE batch = :batch;

-- name: import_row_list
-- takes: batch text, verdict text, after int, most int
SELECT n, sheet, place, verdict, record, cells, errors, plan FROM import_row
 WHERE batch = :batch AND n > :after AND (:verdict IS NULL OR verdict = :verdict) ORDER BY n LIMIT :most;

-- name: import_row_waiting
-- Rows that passed and were not entered yet.
-- takes: batch text, after int, most int
SELECT n, sheet, place, verdict, record, cells FROM import_row
 WHERE batch = :batch AND n > :after AND verdict IN ('insert', 'change') ORDER BY n LIMIT :most;

-- name: import_row_again
-- Rows refused in this run, perhaps for want of another row that has come since.
-- takes: batch text
UPDATE import_row SET verdict = 'insert' WHERE batch = :batch AND verdict = 'refused';

-- name: import_row_settle
-- takes: batch text, n int, verdict text, record text, errors text
UPDATE import_row SET verdict = :verdict, record = :record, errors = :errors WHERE batch = :batch AND n = :n;

-- name: import_row_verdicts
-- takes: batch text
SELECT verdict, COUNT(*) FROM import_row WHERE batch = :batch GROUP BY verdict ORDER BY verdict;

-- name: import_row_between
-- takes: batch text, first int, last int
SELECT COUNT(*) FROM import_row WHERE batch = :batch AND place BETWEEN :first AND :last;

-- name: import_row_last
-- takes: batch text
SELECT COALESCE(MAX(n), 0) FROM import_row WHERE batch = :batch;

-- name: import_trace_insert
-- takes: batch text, n int, entity text, record text, version int, was text
INSERT INTO import_trace (batch, n, entity, record, version, was, state)
VALUES (:batch, :n, :entity, :record, :version, :was, 'entered');

-- name: import_trace_version
-- In which version an import left a record; none: it did not touch it.
-- takes: batch text, record text
SELECT MAX(version) FROM import_trace WHERE batch = :batch AND record = :record;

-- name: import_trace_last
-- takes: batch text
SELECT COALESCE(MAX(n), 0) FROM import_trace WHERE batch = :batch;

-- name: import_trace_back
-- From the last to the first.
-- takes: batch text, most int
SELECT n, entity, record, version, was FROM import_trace
 WHERE batch = :batch AND state = 'entered' ORDER BY n DESC LIMIT :most;

-- name: import_trace_settle
-- takes: batch text, n int, state text
UPDATE import_trace SET state = :state WHERE batch = :batch AND n = :n;

-- name: import_trace_count
-- takes: batch text, state text
SELECT COUNT(*) FROM import_trace WHERE batch = :batch AND state = :state;

-- name: import_trace_kept
-- takes: batch text, most int
SELECT entity, record FROM import_trace WHERE batch = :batch AND state = 'kept' ORDER BY n LIMIT :most;

-- name: import_unfinished
-- takes: most int
SELECT id FROM import_batch WHERE state IN ('checking', 'running', 'undoing') ORDER BY id LIMIT :most;

-- name: attachment_of_record
-- takes: record text
SELECT evidence, name FROM attachment WHERE record = :record ORDER BY id DESC LIMIT 1;
