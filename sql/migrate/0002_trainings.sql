-- The second register.
CREATE TABLE training (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    organiser TEXT NOT NULL REFERENCES organiser (id),
    number TEXT,
    kind TEXT NOT NULL,
    maker TEXT NOT NULL,
    held_on TEXT NOT NULL,
    title TEXT NOT NULL,
    field TEXT,
    attendance INTEGER,
    lecturer TEXT
);
CREATE INDEX training_by_held_on ON training (held_on);
