-- Wrapped keys.

-- name: wrapped_key_find
-- takes: purpose text, inspection text
SELECT id, wrapped FROM wrapped_key WHERE purpose = :purpose AND COALESCE(inspection, '') = COALESCE(:inspection, '');

-- name: wrapped_key_of
-- takes: id text
SELECT purpose, wrapped FROM wrapped_key WHERE id = :id;

-- name: wrapped_key_insert
-- takes: id text, purpose text, inspection text, made_at text, wrapped blob
INSERT INTO wrapped_key (id, purpose, inspection, made_at, wrapped) VALUES (:id, :purpose, :inspection, :made_at, :wrapped);
