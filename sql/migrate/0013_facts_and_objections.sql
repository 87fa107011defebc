-- Facts that the unit checks before feedback, and its objections afterwards.
CREATE TABLE fact_check (
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
    finding TEXT NOT NULL REFERENCES finding (id),
    facts TEXT NOT NULL,
    sent_on TEXT,
    sent_by TEXT,
    due_on TEXT,
    state TEXT NOT NULL,
    answer TEXT,
    words TEXT,
    answered_on TEXT,
    answered_by TEXT,
    outcome TEXT,
    opinion TEXT,
    settled_on TEXT,
    settled_by TEXT,
    text_before TEXT,
    text_after TEXT,
    reason TEXT
);
CREATE INDEX fact_check_by_inspection ON fact_check (inspection, id);
CREATE INDEX fact_check_by_organiser ON fact_check (organiser, id);
CREATE INDEX fact_check_by_unit ON fact_check (unit, id);
CREATE INDEX fact_check_by_finding ON fact_check (finding);
CREATE INDEX fact_check_by_state ON fact_check (state, id);

CREATE TABLE objection (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    rectification TEXT NOT NULL REFERENCES rectification (id),
    finding TEXT NOT NULL REFERENCES finding (id),
    inspection TEXT NOT NULL REFERENCES inspection (id),
    round TEXT NOT NULL REFERENCES round (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    unit_name TEXT,
    title TEXT NOT NULL,
    wish TEXT NOT NULL,
    grounds TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_on TEXT,
    asked_by TEXT,
    term_on TEXT,
    decided_on TEXT,
    decided_by TEXT,
    opinion TEXT,
    due_before TEXT,
    due_after TEXT,
    stood_days INTEGER,
    title_after TEXT,
    text_before TEXT,
    text_after TEXT
);
CREATE INDEX objection_by_rectification ON objection (rectification, id);
CREATE INDEX objection_by_inspection ON objection (inspection, id);
CREATE INDEX objection_by_round ON objection (round, id);
CREATE INDEX objection_by_unit ON objection (unit, id);
CREATE INDEX objection_by_organiser ON objection (organiser, id);
CREATE INDEX objection_by_state ON objection (state, id);
