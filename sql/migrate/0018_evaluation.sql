-- Evaluations of rectification: their parts, the raters' sheets, the ballots by group.
CREATE TABLE evaluation (
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
    scheme TEXT NOT NULL,
    scheme_title TEXT,
    rule_set TEXT NOT NULL REFERENCES rule_set (id),
    state TEXT NOT NULL,
    opened_on TEXT,
    opened_by TEXT,
    due_on TEXT,
    facts_on TEXT,
    items_all INTEGER,
    items_due INTEGER,
    items_done INTEGER,
    items_overdue INTEGER,
    items_reopened INTEGER,
    items_untrue INTEGER,
    ballots_on TEXT,
    ballots_by TEXT,
    scored_on TEXT,
    total TEXT,
    grade TEXT,
    grade_label TEXT,
    arithmetic TEXT,
    proposed TEXT,
    consequences TEXT,
    opinion TEXT,
    decided_on TEXT,
    decided_by TEXT,
    reason TEXT
);
CREATE INDEX evaluation_by_inspection ON evaluation (inspection, id);
CREATE INDEX evaluation_by_round ON evaluation (round, id);
CREATE INDEX evaluation_by_unit ON evaluation (unit, id);
CREATE INDEX evaluation_by_organiser ON evaluation (organiser, id);
CREATE INDEX evaluation_by_state ON evaluation (state, id);

CREATE TABLE evaluation_part (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    evaluation TEXT NOT NULL REFERENCES evaluation (id),
    inspection TEXT NOT NULL REFERENCES inspection (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    number INTEGER NOT NULL,
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    label_en TEXT,
    max INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    facts INTEGER NOT NULL DEFAULT 0,
    ballot INTEGER NOT NULL DEFAULT 0,
    sheets INTEGER,
    score TEXT,
    share TEXT,
    told_on TEXT
);
CREATE INDEX evaluation_part_by_evaluation ON evaluation_part (evaluation, id);
CREATE INDEX evaluation_part_by_inspection ON evaluation_part (inspection, id);
CREATE INDEX evaluation_part_by_unit ON evaluation_part (unit, id);
CREATE INDEX evaluation_part_by_organiser ON evaluation_part (organiser, id);

CREATE TABLE evaluation_sheet (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    evaluation TEXT NOT NULL REFERENCES evaluation (id),
    inspection TEXT NOT NULL REFERENCES inspection (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    unit_name TEXT,
    part TEXT NOT NULL,
    part_label TEXT,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    sealed INTEGER NOT NULL DEFAULT 0,
    account TEXT,
    rater TEXT,
    paper_no TEXT,
    marks TEXT,
    score TEXT,
    due_on TEXT,
    handed_in_on TEXT,
    reason TEXT
);
CREATE INDEX evaluation_sheet_by_evaluation ON evaluation_sheet (evaluation, id);
CREATE INDEX evaluation_sheet_by_inspection ON evaluation_sheet (inspection, id);
CREATE INDEX evaluation_sheet_by_organiser ON evaluation_sheet (organiser, id);
CREATE INDEX evaluation_sheet_by_state ON evaluation_sheet (state, id);

CREATE TABLE evaluation_ballot (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    evaluation TEXT NOT NULL REFERENCES evaluation (id),
    inspection TEXT NOT NULL REFERENCES inspection (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    name TEXT NOT NULL,
    includes TEXT,
    state TEXT NOT NULL,
    suppressed INTEGER NOT NULL DEFAULT 0,
    satisfied INTEGER,
    basic INTEGER,
    unsatisfied INTEGER,
    abstained INTEGER,
    ballots INTEGER
);
CREATE INDEX evaluation_ballot_by_evaluation ON evaluation_ballot (evaluation, id);
CREATE INDEX evaluation_ballot_by_inspection ON evaluation_ballot (inspection, id);
CREATE INDEX evaluation_ballot_by_organiser ON evaluation_ballot (organiser, id);
CREATE INDEX evaluation_ballot_by_state ON evaluation_ballot (state, id);
