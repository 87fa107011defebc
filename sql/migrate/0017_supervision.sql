-- Records of supervision that the leadership counts. Accountability talks with the units that were called.
CREATE TABLE talk (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    organiser TEXT NOT NULL REFERENCES organiser (id),
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    maker TEXT NOT NULL,
    chair TEXT NOT NULL,
    held_on TEXT NOT NULL,
    cause TEXT NOT NULL,
    content TEXT NOT NULL,
    meeting TEXT REFERENCES meeting (id),
    state TEXT NOT NULL,
    reason TEXT
);
CREATE INDEX talk_by_held_on ON talk (held_on, id);
CREATE INDEX talk_by_organiser ON talk (organiser, held_on, id);

CREATE TABLE talk_party (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    talk TEXT NOT NULL REFERENCES talk (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    unit_name TEXT,
    body TEXT NOT NULL,
    maker TEXT NOT NULL,
    held_on TEXT NOT NULL,
    cause TEXT NOT NULL,
    post TEXT NOT NULL,
    commitment TEXT NOT NULL,
    due_on TEXT NOT NULL,
    rectification TEXT REFERENCES rectification (id),
    state TEXT NOT NULL,
    result TEXT,
    done_on TEXT,
    reported_by TEXT,
    verdict TEXT,
    closed_on TEXT
);
CREATE INDEX talk_party_by_talk ON talk_party (talk, id);
CREATE INDEX talk_party_by_unit ON talk_party (unit, held_on, id);
CREATE INDEX talk_party_by_organiser ON talk_party (organiser, held_on, id);
CREATE INDEX talk_party_by_held_on ON talk_party (held_on, id);
CREATE INDEX talk_party_by_state ON talk_party (state, id);

-- Why a recheck was drawn, and what it came to; those from before this were samples.
ALTER TABLE recheck ADD COLUMN kind TEXT;
ALTER TABLE recheck ADD COLUMN conclusion TEXT;

-- Old unresolved matters.
CREATE TABLE legacy_issue (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    organiser TEXT NOT NULL REFERENCES organiser (id),
    number TEXT,
    title TEXT NOT NULL,
    since INTEGER NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (id),
    unit_name TEXT,
    obstacle TEXT NOT NULL,
    body TEXT NOT NULL,
    lead_body TEXT NOT NULL,
    measures TEXT,
    entered_on TEXT,
    finding TEXT REFERENCES finding (id),
    rectification TEXT REFERENCES rectification (id),
    state TEXT NOT NULL,
    result TEXT,
    basis TEXT,
    resolved_on TEXT,
    resolved_by TEXT,
    reason TEXT
);
CREATE INDEX legacy_issue_by_unit ON legacy_issue (unit, id);
CREATE INDEX legacy_issue_by_organiser ON legacy_issue (organiser, id);
CREATE INDEX legacy_issue_by_state ON legacy_issue (state, id);

-- The supervisors' own log.
CREATE TABLE supervision_log (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    organiser TEXT NOT NULL REFERENCES organiser (id),
    body TEXT NOT NULL,
    supervisor TEXT NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (id),
    unit_name TEXT,
    rectification TEXT REFERENCES rectification (id),
    method TEXT NOT NULL,
    done_on TEXT NOT NULL,
    found TEXT NOT NULL,
    demand TEXT,
    due_on TEXT,
    result TEXT,
    met_on TEXT
);
CREATE INDEX supervision_log_by_unit ON supervision_log (unit, done_on, id);
CREATE INDEX supervision_log_by_organiser ON supervision_log (organiser, done_on, id);
CREATE INDEX supervision_log_by_done_on ON supervision_log (done_on, id);

-- Special clean-ups.
CREATE TABLE clean_up (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    organiser TEXT NOT NULL REFERENCES organiser (id),
    number TEXT,
    title TEXT NOT NULL,
    theme TEXT NOT NULL,
    leader TEXT,
    body TEXT NOT NULL,
    maker TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    problems_found INTEGER,
    problems_solved INTEGER,
    rules_made INTEGER,
    results TEXT,
    look_back TEXT REFERENCES recheck (id)
);
CREATE INDEX clean_up_by_organiser ON clean_up (organiser, from_on, id);
CREATE INDEX clean_up_by_from_on ON clean_up (from_on, id);

-- What the closure of an instruction rests on.
ALTER TABLE instruction ADD COLUMN basis TEXT;

-- Figures that count different values: by which field.
ALTER TABLE frozen_figure ADD COLUMN counted_by TEXT;
