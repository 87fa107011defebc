-- What units file about their rectification, the opinions of the bodies that review it, what is not published.
CREATE TABLE filing (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    inspection TEXT NOT NULL REFERENCES inspection (id),
    round TEXT NOT NULL REFERENCES round (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    unit_name TEXT,
    kind TEXT NOT NULL,
    title TEXT,
    text TEXT,
    pledge TEXT,
    pledged_by TEXT,
    pledged_on TEXT,
    meetings INTEGER,
    led INTEGER,
    state TEXT NOT NULL,
    turn INTEGER NOT NULL,
    due_on TEXT,
    submitted_on TEXT,
    awaiting TEXT,
    collate_by TEXT,
    opinion TEXT,
    missing TEXT,
    all_again INTEGER NOT NULL,
    approved_on TEXT,
    text_digest TEXT,
    stood_days INTEGER
);
CREATE INDEX filing_by_inspection ON filing (inspection, id);
CREATE INDEX filing_by_organiser ON filing (organiser, id);
CREATE INDEX filing_by_unit ON filing (unit, id);
CREATE INDEX filing_by_state ON filing (state, id);

CREATE TABLE filing_review (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    filing TEXT NOT NULL REFERENCES filing (id),
    inspection TEXT NOT NULL REFERENCES inspection (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    unit_name TEXT,
    title TEXT,
    turn INTEGER NOT NULL,
    place INTEGER NOT NULL,
    body TEXT NOT NULL,
    label TEXT NOT NULL,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_on TEXT,
    due_on TEXT,
    opinion TEXT,
    missing TEXT,
    given_by TEXT,
    given_on TEXT,
    asked_again TEXT
);
CREATE INDEX filing_review_by_filing ON filing_review (filing, id);
CREATE INDEX filing_review_by_inspection ON filing_review (inspection, id);
CREATE INDEX filing_review_by_organiser ON filing_review (organiser, id);
CREATE INDEX filing_review_by_unit ON filing_review (unit, id);
CREATE INDEX filing_review_by_state ON filing_review (state, id);

CREATE TABLE withholding (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    filing TEXT NOT NULL REFERENCES filing (id),
    rectification TEXT NOT NULL REFERENCES rectification (id),
    inspection TEXT NOT NULL REFERENCES inspection (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    title TEXT NOT NULL,
    cause TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    decided_by TEXT,
    decided_on TEXT,
    opinion TEXT
);
CREATE INDEX withholding_by_filing ON withholding (filing, id);
CREATE INDEX withholding_by_inspection ON withholding (inspection, id);
CREATE INDEX withholding_by_organiser ON withholding (organiser, id);
CREATE INDEX withholding_by_unit ON withholding (unit, id);
CREATE INDEX withholding_by_state ON withholding (state, id);

ALTER TABLE rectification ADD COLUMN withheld INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rectification ADD COLUMN proof TEXT;
-- Who does a task, to what end, and what will prove it.
ALTER TABLE share ADD COLUMN handler TEXT;
ALTER TABLE share ADD COLUMN target TEXT;
ALTER TABLE share ADD COLUMN proof TEXT;
