-- Samples of items that were struck off, looked at again.
CREATE TABLE recheck (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    organiser TEXT NOT NULL REFERENCES organiser (id),
    title TEXT NOT NULL,
    strata TEXT NOT NULL,
    size INTEGER NOT NULL,
    round TEXT REFERENCES round (id),
    struck_from TEXT,
    struck_to TEXT,
    due_on TEXT,
    seed TEXT,
    state TEXT NOT NULL,
    population INTEGER,
    frame TEXT,
    drawn_on TEXT,
    drawn_by TEXT,
    closed_on TEXT,
    reason TEXT
);
CREATE INDEX recheck_by_organiser ON recheck (organiser);
CREATE TABLE recheck_item (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recheck TEXT NOT NULL REFERENCES recheck (id),
    rectification TEXT NOT NULL REFERENCES rectification (id),
    inspection TEXT NOT NULL REFERENCES inspection (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    unit_name TEXT,
    title TEXT NOT NULL,
    stratum TEXT,
    stratum_size INTEGER,
    struck_off_on TEXT,
    means TEXT,
    result TEXT,
    found TEXT,
    checked_on TEXT,
    checked_by TEXT,
    reopened INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX recheck_item_by_recheck ON recheck_item (recheck);
CREATE INDEX recheck_item_by_rectification ON recheck_item (rectification);
CREATE INDEX recheck_item_by_inspection ON recheck_item (inspection);

ALTER TABLE rectification ADD COLUMN rechecked_on TEXT;
ALTER TABLE rectification ADD COLUMN recheck_result TEXT;
CREATE INDEX rectification_by_recheck ON rectification (recheck_result) WHERE recheck_result IS NOT NULL;
