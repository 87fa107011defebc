-- Imports: the file's rows as they were judged, and what each of them made or changed, so that it can be undone.
CREATE TABLE import_batch (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    organiser TEXT NOT NULL REFERENCES organiser (id),
    subject TEXT NOT NULL,
    file_name TEXT NOT NULL,
    round TEXT REFERENCES round (id),
    create_units INTEGER NOT NULL,
    update_existing INTEGER NOT NULL,
    later INTEGER NOT NULL,
    mapping TEXT,
    state TEXT NOT NULL,
    found INTEGER,
    inserted INTEGER,
    changed INTEGER,
    same INTEGER,
    rejected INTEGER,
    kept INTEGER,
    fault TEXT,
    reason TEXT,
    account TEXT NOT NULL,
    entered_by TEXT,
    role TEXT NOT NULL,
    chosen TEXT
);
CREATE INDEX import_batch_by_organiser ON import_batch (organiser);

CREATE TABLE import_row (
    batch TEXT NOT NULL REFERENCES import_batch (id),
    n INTEGER NOT NULL,
    sheet TEXT,
    place INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    record TEXT,
    cells TEXT NOT NULL,
    errors TEXT,
    PRIMARY KEY (batch, n)
);
CREATE TABLE import_trace (
    batch TEXT NOT NULL REFERENCES import_batch (id),
    n INTEGER NOT NULL,
    entity TEXT NOT NULL,
    record TEXT NOT NULL,
    version INTEGER NOT NULL,
    was TEXT,
    state TEXT NOT NULL,
    PRIMARY KEY (batch, n)
);

-- How a row finds the record it is about.
CREATE INDEX person_by_name ON person (name);
CREATE INDEX meeting_by_number ON meeting (number);
CREATE INDEX training_by_number ON training (number);
CREATE INDEX regulation_by_number ON regulation (number);
CREATE INDEX publication_by_number ON publication (number);
CREATE INDEX instruction_by_number ON instruction (number);
CREATE INDEX unit_by_name ON unit (name);
CREATE INDEX unit_fact_by_value ON unit_fact (value);
CREATE INDEX project_by_name ON project (name);

-- Tasks passed on, and what an account did last.
CREATE TABLE handover (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    task TEXT NOT NULL,
    subject TEXT NOT NULL,
    record TEXT NOT NULL,
    title TEXT,
    person TEXT NOT NULL REFERENCES person (id),
    person_name TEXT,
    from_name TEXT,
    role TEXT NOT NULL,
    reason TEXT NOT NULL,
    given_on TEXT NOT NULL,
    inspection TEXT REFERENCES inspection (id),
    unit TEXT REFERENCES unit (id),
    organiser TEXT REFERENCES organiser (id)
);
CREATE INDEX handover_by_record ON handover (record);
CREATE INDEX handover_by_inspection ON handover (inspection);
CREATE INDEX handover_by_unit ON handover (unit);
CREATE INDEX handover_by_organiser ON handover (organiser);
CREATE INDEX audit_by_actor ON audit (actor, seq);
