-- Adjustments walk a chain of their kind.
ALTER TABLE adjustment ADD COLUMN step INTEGER;
ALTER TABLE adjustment ADD COLUMN awaiting TEXT;
