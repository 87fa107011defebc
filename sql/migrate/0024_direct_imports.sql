-- An import may be entered without a check before it.
ALTER TABLE import_batch ADD COLUMN direct INTEGER NOT NULL DEFAULT 0;
