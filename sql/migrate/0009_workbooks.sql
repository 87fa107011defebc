-- Workbooks for units off the network, and what an import of one brings: what each row would change, which are declined.
CREATE TABLE workbook (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    inspection TEXT NOT NULL REFERENCES inspection (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    unit_name TEXT,
    round_name TEXT,
    items INTEGER,
    issued_on TEXT,
    issued_by TEXT,
    due_on TEXT,
    demand TEXT,
    state TEXT NOT NULL,
    returned_on TEXT,
    seal TEXT NOT NULL,
    manifest TEXT NOT NULL,
    passphrase TEXT NOT NULL,
    reason TEXT
);
CREATE INDEX workbook_by_inspection ON workbook (inspection);
CREATE INDEX workbook_by_unit ON workbook (unit);
CREATE INDEX workbook_by_organiser ON workbook (organiser);

ALTER TABLE import_batch ADD COLUMN workbook TEXT REFERENCES workbook (id);
ALTER TABLE import_batch ADD COLUMN missing INTEGER;
ALTER TABLE import_batch ADD COLUMN declined TEXT;
ALTER TABLE import_batch ADD COLUMN decline_reason TEXT;
ALTER TABLE import_row ADD COLUMN plan TEXT;
