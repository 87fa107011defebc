-- Images of seals and signatures that issued papers bear, and how many copies of a secret paper are made.
CREATE TABLE seal_image (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    organiser TEXT NOT NULL REFERENCES organiser (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    width_mm INTEGER,
    height_mm INTEGER,
    state TEXT NOT NULL,
    image BLOB,
    digest TEXT,
    added_by TEXT,
    account TEXT,
    in_force_on TEXT,
    retired_on TEXT
);
CREATE INDEX seal_image_by_name ON seal_image (organiser, name);

ALTER TABLE document ADD COLUMN copies_made INTEGER;
