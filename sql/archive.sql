-- What the archive needs beside the tables' own rows.

-- The access log has no key: its rows come as they lie, each with the place behind which the next page begins.
-- name: access_log_page
-- takes: after int, most int
-- only: sqlite
SELECT at, actor, role, operation, entity, record, rows, rowid
  FROM access_log WHERE rowid > :after ORDER BY rowid LIMIT :most;

-- name: access_log_page
-- takes: after int, most int
-- only: pgsql
SELECT at, actor, role, operation, entity, record, rows,
       CAST(split_part(btrim(CAST(ctid AS text), '()'), ',', 1) AS bigint) * 65536 +
       CAST(split_part(btrim(CAST(ctid AS text), '()'), ',', 2) AS bigint)
  FROM access_log
 WHERE ctid > CAST('(' || CAST(:after / 65536 AS text) || ',' || CAST(:after % 65536 AS text) || ')' AS tid)
 ORDER BY ctid LIMIT :most;

-- References between tables, which are laid aside while a ledger is filled: table, name, definition. On SQLite the
-- connection itself stops asking.
-- name: reference_list
-- only: sqlite
SELECT '', '', '' WHERE 1 = 0;

-- name: reference_list
-- only: pgsql
SELECT t.relname, k.conname, pg_get_constraintdef(k.oid)
  FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class t ON t.oid = k.conrelid
 WHERE k.contype = 'f' AND t.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = current_schema())
 ORDER BY t.relname, k.conname;
