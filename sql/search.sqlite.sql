-- The tokens in an FTS5 table without content of its own: what is taken out is told again.

-- name: search_tokens_insert
-- takes: id int, tokens
-- only: sqlite
INSERT INTO search_tokens (rowid, tokens) VALUES (:id, :tokens);

-- name: search_tokens_delete
-- takes: id int, tokens
-- only: sqlite
INSERT INTO search_tokens (search_tokens, rowid, tokens) VALUES ('delete', :id, :tokens);

-- name: search_tokens_clear
-- only: sqlite
INSERT INTO search_tokens (search_tokens) VALUES ('delete-all');

-- name: search_settings
-- takes: mode text
-- only: sqlite
SELECT 1 WHERE :mode IS NOT NULL;

-- Joins segments of the index, a bounded piece of work.
-- name: search_tidy
-- only: sqlite
INSERT INTO search_tokens (search_tokens, rank) VALUES ('merge', 64);

-- name: search_tidy_whole
-- only: sqlite
INSERT INTO search_tokens (search_tokens) VALUES ('optimize');
