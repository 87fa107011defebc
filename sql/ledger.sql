-- The ledger itself: which migrations it has (store/migrate.c).

-- name: ledger_table_count
-- only: sqlite
SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\';

-- name: ledger_table_count
-- only: pgsql
SELECT count(*) FROM pg_catalog.pg_class
 WHERE relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = current_schema())
   AND relkind IN ('r', 'p', 'v', 'm', 'f');

-- name: ledger_has_table
-- takes: name
-- only: sqlite
SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = :name;

-- name: ledger_has_table
-- takes: name
-- only: pgsql
SELECT count(*) FROM pg_catalog.pg_class
 WHERE relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = current_schema())
   AND relkind IN ('r', 'p') AND relname = :name;

-- Two programs that migrate one ledger at once: the second waits here, then finds nothing to do.
-- On SQLite the transaction itself is that lock.
-- name: ledger_migrate_lock
-- only: sqlite
SELECT 1;

-- name: ledger_migrate_lock
-- only: pgsql
SELECT count(*) FROM (SELECT pg_advisory_xact_lock(hashtextextended('xuncha ' || current_schema(), 0))) AS held;

-- name: schema_version_list
SELECT number, name, digest FROM schema_version ORDER BY number;

-- name: schema_version_insert
-- takes: number int, name, digest, applied_at
INSERT INTO schema_version (number, name, digest, applied_at) VALUES (:number, :name, :digest, :applied_at);
