-- The tokens in a table beside, with a GIN index.

-- name: search_tokens_insert
-- takes: id int, tokens
-- only: pgsql
INSERT INTO search_tokens (id, tokens) VALUES (:id, string_to_array(:tokens, ' '));

-- name: search_tokens_delete
-- takes: id int, tokens
-- only: pgsql
DELETE FROM search_tokens WHERE id = :id AND CAST(:tokens AS text) IS NOT NULL;

-- name: search_tokens_clear
-- only: pgsql
TRUNCATE search_tokens;

-- Inside a transaction that searches: a plan that walks the table, or one that does not know the tokens, is slower by
-- hundreds (force_custom_plan). Where the words of a narrow scope stand beside them, the index is the one way there is, and
-- planning anew costs more than the search (force_generic_plan).
-- name: search_settings
-- takes: mode text
-- only: pgsql
SELECT COUNT(*) FROM (SELECT set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', :mode, true)) AS settings;

-- What was put aside for the index is sorted into it.
-- name: search_tidy
-- only: pgsql
SELECT gin_clean_pending_list('search_tokens_by_token');

-- Whether a word is frequent decides how it is looked for.
-- name: search_tidy_whole
-- only: pgsql
ANALYZE search_tokens;
