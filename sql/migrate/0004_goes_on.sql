-- What a round looks into and how it goes on: projects and the focus list, adjustments and shares of an item,
-- letters, instructions with their tasks, rules made, publicity; units that end in others.
CREATE TABLE project (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    round TEXT NOT NULL REFERENCES round (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    number INTEGER,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (id),
    unit_name TEXT,
    planned_start TEXT,
    actual_start TEXT,
    planned_finish TEXT,
    actual_finish TEXT,
    estimate_fen INTEGER,
    paid_fen INTEGER,
    note TEXT
);
CREATE TABLE project_unit (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    project TEXT NOT NULL REFERENCES project (id),
    round TEXT NOT NULL REFERENCES round (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    unit_name TEXT,
    part TEXT NOT NULL
);
CREATE TABLE focus (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    round TEXT NOT NULL REFERENCES round (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    detail TEXT
);
CREATE TABLE adjustment (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    rectification TEXT NOT NULL REFERENCES rectification (id),
    inspection TEXT NOT NULL REFERENCES inspection (id),
    round TEXT NOT NULL REFERENCES round (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    unit_name TEXT,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    cause TEXT NOT NULL,
    reason TEXT NOT NULL,
    due_before TEXT NOT NULL,
    due_on TEXT,
    stage_target TEXT,
    state TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    asked_by TEXT,
    decided_on TEXT,
    decided_by TEXT,
    opinion TEXT
);
CREATE TABLE share (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    rectification TEXT NOT NULL REFERENCES rectification (id),
    inspection TEXT NOT NULL REFERENCES inspection (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    answers TEXT NOT NULL REFERENCES unit (id),
    title TEXT NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (id),
    unit_name TEXT,
    part TEXT NOT NULL,
    content TEXT NOT NULL,
    due_on TEXT,
    result TEXT,
    done_on TEXT
);
CREATE TABLE letter (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    organiser TEXT NOT NULL REFERENCES organiser (id),
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    maker TEXT NOT NULL,
    number TEXT NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (id),
    unit_name TEXT,
    subject TEXT NOT NULL,
    demand TEXT NOT NULL,
    due_on TEXT,
    state TEXT NOT NULL,
    issued_on TEXT,
    received_on TEXT,
    received_by TEXT,
    reply TEXT,
    replied_on TEXT,
    verdict TEXT,
    closed_on TEXT
);
CREATE TABLE letter_item (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    letter TEXT NOT NULL REFERENCES letter (id),
    rectification TEXT NOT NULL REFERENCES rectification (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    title TEXT,
    told_on TEXT
);
CREATE TABLE instruction (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    organiser TEXT NOT NULL REFERENCES organiser (id),
    kind TEXT NOT NULL,
    issuer TEXT NOT NULL,
    number TEXT,
    issued_on TEXT NOT NULL,
    text TEXT NOT NULL,
    on_what TEXT,
    receiver TEXT,
    meeting TEXT REFERENCES meeting (id),
    finding TEXT REFERENCES finding (id),
    state TEXT NOT NULL,
    closed_on TEXT,
    outcome TEXT
);
CREATE TABLE instruction_task (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    instruction TEXT NOT NULL REFERENCES instruction (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    content TEXT NOT NULL,
    owner TEXT NOT NULL,
    due_on TEXT,
    result TEXT,
    done_on TEXT
);
CREATE TABLE regulation (
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
    body TEXT NOT NULL,
    maker TEXT NOT NULL,
    made_on TEXT NOT NULL,
    title TEXT NOT NULL,
    stage TEXT,
    repealed_on TEXT,
    content TEXT
);
CREATE TABLE publication (
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
    body TEXT NOT NULL,
    maker TEXT NOT NULL,
    published_on TEXT NOT NULL,
    title TEXT NOT NULL,
    occasion TEXT,
    content TEXT
);

CREATE UNIQUE INDEX project_by_round_number ON project (round, number);
CREATE INDEX project_by_unit ON project (unit);
CREATE UNIQUE INDEX project_unit_by_project_unit ON project_unit (project, unit);
CREATE INDEX project_unit_by_round ON project_unit (round, id);
CREATE INDEX project_unit_by_unit ON project_unit (unit);
CREATE UNIQUE INDEX focus_by_round_number ON focus (round, number);
CREATE INDEX adjustment_by_rectification ON adjustment (rectification, id);
CREATE INDEX adjustment_by_inspection ON adjustment (inspection, id);
CREATE INDEX adjustment_by_round ON adjustment (round, id);
CREATE INDEX adjustment_by_unit ON adjustment (unit, id);
CREATE INDEX adjustment_by_state ON adjustment (state, id);
CREATE INDEX share_by_rectification ON share (rectification, id);
CREATE INDEX share_by_inspection ON share (inspection, id);
CREATE INDEX share_by_unit ON share (unit, id);
CREATE INDEX share_by_answers ON share (answers, id);
CREATE UNIQUE INDEX letter_by_organiser_number ON letter (organiser, number);
CREATE INDEX letter_by_unit ON letter (unit, id);
CREATE INDEX letter_by_state ON letter (state, id);
CREATE UNIQUE INDEX letter_item_by_letter_rectification ON letter_item (letter, rectification);
CREATE INDEX letter_item_by_rectification ON letter_item (rectification);
CREATE INDEX letter_item_by_unit ON letter_item (unit, id);
CREATE INDEX instruction_by_issued_on ON instruction (issued_on);
CREATE INDEX instruction_by_state ON instruction (state, id);
CREATE INDEX instruction_by_meeting ON instruction (meeting);
CREATE INDEX instruction_by_finding ON instruction (finding);
CREATE INDEX instruction_task_by_instruction ON instruction_task (instruction, id);
CREATE INDEX regulation_by_made_on ON regulation (made_on);
CREATE INDEX publication_by_published_on ON publication (published_on);

ALTER TABLE meeting ADD COLUMN body TEXT;
ALTER TABLE training ADD COLUMN body TEXT;

ALTER TABLE round ADD COLUMN taxonomy2 TEXT;

ALTER TABLE paper ADD COLUMN theme TEXT;

ALTER TABLE finding ADD COLUMN theme TEXT;
ALTER TABLE finding ADD COLUMN category2 TEXT;
ALTER TABLE finding ADD COLUMN project TEXT REFERENCES project (id);
ALTER TABLE finding ADD COLUMN immediate INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN fixed_on TEXT;
ALTER TABLE finding ADD COLUMN fix_result TEXT;
CREATE INDEX finding_by_theme ON finding (theme, id);
CREATE INDEX finding_by_project ON finding (project);

ALTER TABLE rectification ADD COLUMN theme TEXT;
ALTER TABLE rectification ADD COLUMN project TEXT REFERENCES project (id);
ALTER TABLE rectification ADD COLUMN immediate INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rectification ADD COLUMN cause TEXT;
ALTER TABLE rectification ADD COLUMN stage_target TEXT;
ALTER TABLE rectification ADD COLUMN review_on TEXT;
ALTER TABLE rectification ADD COLUMN due_first TEXT;
ALTER TABLE rectification ADD COLUMN extensions INTEGER;
ALTER TABLE rectification ADD COLUMN reopened INTEGER;
ALTER TABLE rectification ADD COLUMN applied_from TEXT;

ALTER TABLE unit ADD COLUMN merged_into TEXT REFERENCES unit (id);
ALTER TABLE unit ADD COLUMN covered_on TEXT;
CREATE INDEX unit_by_merged_into ON unit (merged_into);
