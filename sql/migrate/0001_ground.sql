-- The ground floor: what every ledger holds. Columns are TEXT, INTEGER or BLOB; dates and instants are
-- their ISO texts; NULL is "absent" (未记载). The columns of a record's table are those of its field
-- table in src/domain, which a test compares with these.

CREATE TABLE organiser (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    name TEXT NOT NULL,
    zone_minutes INTEGER
);

CREATE TABLE setting (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT
);
CREATE UNIQUE INDEX setting_by_name ON setting (name);

CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT,
    home TEXT,
    post TEXT
);
CREATE INDEX person_by_name_key ON person (name_key);

CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    login TEXT NOT NULL,
    person TEXT REFERENCES person (id),
    name TEXT NOT NULL,
    password TEXT,
    must_change INTEGER NOT NULL,
    disabled INTEGER NOT NULL
);
CREATE UNIQUE INDEX account_by_login ON account (login);

CREATE TABLE assignment (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,
    everything INTEGER NOT NULL,
    inspection TEXT,
    unit TEXT,
    organiser TEXT REFERENCES organiser (id),
    round TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    basis TEXT NOT NULL,
    authorisation TEXT
);
CREATE INDEX assignment_by_account_role ON assignment (account, role);
CREATE INDEX assignment_by_inspection ON assignment (inspection);
CREATE INDEX assignment_by_authorisation ON assignment (authorisation);

CREATE TABLE unit (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    parent TEXT REFERENCES unit (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    sector TEXT,
    principal TEXT,
    leader_in_charge TEXT,
    resident_group TEXT,
    supervision_office TEXT,
    established_on TEXT,
    abolished_on TEXT,
    in_coverage INTEGER NOT NULL,
    coverage_reason TEXT
);
CREATE UNIQUE INDEX unit_by_organiser_code ON unit (organiser, code);
CREATE INDEX unit_by_name_key ON unit (name_key);
CREATE INDEX unit_by_parent ON unit (parent);

CREATE TABLE unit_fact (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (id),
    fact TEXT NOT NULL,
    value TEXT,
    valid_from TEXT,
    valid_to TEXT,
    reason TEXT
);
CREATE INDEX unit_fact_by_unit_fact ON unit_fact (unit, fact);

CREATE TABLE rule_set (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    code TEXT NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    digest TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX rule_set_by_code_number ON rule_set (code, number);

CREATE TABLE round (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    organiser TEXT NOT NULL REFERENCES organiser (id),
    term TEXT NOT NULL,
    type TEXT NOT NULL,
    number INTEGER,
    name TEXT NOT NULL,
    year INTEGER NOT NULL,
    parent TEXT REFERENCES round (id),
    rule_set TEXT REFERENCES rule_set (id),
    taxonomy TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    focus TEXT
);

CREATE TABLE team (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    round TEXT NOT NULL REFERENCES round (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    name TEXT NOT NULL
);
CREATE INDEX team_by_round ON team (round);

CREATE TABLE member (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    team TEXT NOT NULL REFERENCES team (id),
    round TEXT NOT NULL REFERENCES round (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    person TEXT NOT NULL REFERENCES person (id),
    person_name TEXT,
    duty TEXT NOT NULL
);
CREATE UNIQUE INDEX member_by_round_person ON member (round, person);
CREATE INDEX member_by_team ON member (team);

CREATE TABLE inspection (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    round TEXT NOT NULL REFERENCES round (id),
    round_name TEXT,
    team TEXT NOT NULL REFERENCES team (id),
    team_name TEXT,
    organiser TEXT NOT NULL REFERENCES organiser (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    unit_name TEXT,
    number INTEGER,
    state TEXT NOT NULL,
    notice_on TEXT,
    enters_on TEXT,
    leaves_on TEXT,
    fed_back_on TEXT
);
CREATE INDEX inspection_by_round ON inspection (round);
CREATE INDEX inspection_by_unit ON inspection (unit);
CREATE INDEX inspection_by_team ON inspection (team);

CREATE TABLE authorisation (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    round TEXT NOT NULL REFERENCES round (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    number TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    state TEXT NOT NULL
);
CREATE UNIQUE INDEX authorisation_by_organiser_number ON authorisation (organiser, number);
CREATE INDEX authorisation_by_round ON authorisation (round);

CREATE TABLE paper (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    inspection TEXT NOT NULL REFERENCES inspection (id),
    round TEXT NOT NULL REFERENCES round (id),
    team TEXT NOT NULL REFERENCES team (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    unit_name TEXT,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    category TEXT,
    discipline TEXT,
    nature TEXT,
    manifestation TEXT,
    occurred_from TEXT,
    occurred_to TEXT,
    amount_fen INTEGER,
    persons INTEGER,
    times INTEGER,
    figures_source TEXT,
    basis TEXT,
    basis_from TEXT,
    qualification TEXT,
    source TEXT,
    method TEXT,
    process TEXT,
    responsible_body TEXT,
    responsible_person TEXT,
    responsibility TEXT,
    unit_view TEXT,
    collector TEXT NOT NULL REFERENCES person (id),
    checker TEXT NOT NULL REFERENCES person (id),
    compiled_on TEXT,
    state TEXT NOT NULL,
    revision INTEGER NOT NULL,
    revision_reason TEXT,
    turn INTEGER NOT NULL,
    step INTEGER NOT NULL,
    awaiting TEXT,
    text_digest TEXT,
    locked_on TEXT,
    group_decision TEXT,
    merged_into TEXT REFERENCES paper (id)
);
CREATE UNIQUE INDEX paper_by_inspection_number ON paper (inspection, number);
CREATE INDEX paper_by_state ON paper (state);

CREATE TABLE paper_revision (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    paper TEXT NOT NULL REFERENCES paper (id),
    inspection TEXT NOT NULL REFERENCES inspection (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    revision INTEGER NOT NULL,
    text_digest TEXT NOT NULL,
    reason TEXT NOT NULL,
    content TEXT NOT NULL
);
CREATE UNIQUE INDEX paper_revision_by_paper_revision ON paper_revision (paper, revision);

CREATE TABLE signature (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    subject TEXT NOT NULL,
    record TEXT NOT NULL,
    turn INTEGER NOT NULL,
    step TEXT NOT NULL,
    step_label TEXT,
    person TEXT REFERENCES person (id),
    person_name TEXT,
    role TEXT NOT NULL,
    decision TEXT NOT NULL,
    opinion TEXT,
    signed_on TEXT NOT NULL,
    means TEXT NOT NULL,
    paper_no TEXT,
    text_digest TEXT,
    inspection TEXT REFERENCES inspection (id),
    unit TEXT REFERENCES unit (id),
    organiser TEXT REFERENCES organiser (id)
);
CREATE INDEX signature_by_record_turn ON signature (record, turn);

CREATE TABLE feedback (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    inspection TEXT NOT NULL REFERENCES inspection (id),
    round TEXT NOT NULL REFERENCES round (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    unit_name TEXT,
    number TEXT NOT NULL,
    evaluation TEXT,
    demands TEXT,
    present TEXT,
    state TEXT NOT NULL,
    delivered_on TEXT,
    received_by TEXT,
    received_on TEXT
);
CREATE UNIQUE INDEX feedback_by_organiser_number ON feedback (organiser, number);
CREATE INDEX feedback_by_inspection ON feedback (inspection);

CREATE TABLE finding (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    inspection TEXT NOT NULL REFERENCES inspection (id),
    round TEXT NOT NULL REFERENCES round (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    unit_name TEXT,
    number INTEGER,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    category TEXT NOT NULL,
    severity TEXT,
    amount_fen INTEGER,
    state TEXT NOT NULL,
    feedback TEXT REFERENCES feedback (id),
    fed_back_on TEXT,
    withdrawn_because TEXT
);
CREATE INDEX finding_by_inspection ON finding (inspection);
CREATE INDEX finding_by_round ON finding (round);
CREATE INDEX finding_by_unit ON finding (unit);

CREATE TABLE finding_paper (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    finding TEXT NOT NULL REFERENCES finding (id),
    paper TEXT NOT NULL REFERENCES paper (id),
    inspection TEXT NOT NULL REFERENCES inspection (id),
    organiser TEXT NOT NULL REFERENCES organiser (id)
);
CREATE UNIQUE INDEX finding_paper_by_finding_paper ON finding_paper (finding, paper);
CREATE INDEX finding_paper_by_paper ON finding_paper (paper);

CREATE TABLE rectification (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    finding TEXT NOT NULL REFERENCES finding (id),
    feedback TEXT NOT NULL REFERENCES feedback (id),
    inspection TEXT NOT NULL REFERENCES inspection (id),
    round TEXT NOT NULL REFERENCES round (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    unit_name TEXT,
    number INTEGER,
    title TEXT NOT NULL,
    category TEXT,
    measures TEXT,
    target TEXT,
    leader TEXT,
    department TEXT,
    handler TEXT,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,
    result TEXT,
    rules_made INTEGER,
    recovered_fen INTEGER,
    accountable INTEGER,
    turn INTEGER NOT NULL,
    step INTEGER NOT NULL,
    awaiting TEXT,
    applied_on TEXT,
    struck_off_on TEXT
);
CREATE UNIQUE INDEX rectification_by_finding ON rectification (finding);
CREATE INDEX rectification_by_inspection ON rectification (inspection);
CREATE INDEX rectification_by_round ON rectification (round);
CREATE INDEX rectification_by_unit ON rectification (unit);
CREATE INDEX rectification_by_state_due_on ON rectification (state, due_on);

CREATE TABLE statement (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    rectification TEXT NOT NULL REFERENCES rectification (id),
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    stated_on TEXT,
    person TEXT REFERENCES person (id),
    person_name TEXT,
    role TEXT,
    inspection TEXT NOT NULL REFERENCES inspection (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    organiser TEXT NOT NULL REFERENCES organiser (id)
);
CREATE INDEX statement_by_rectification ON statement (rectification);

CREATE TABLE evidence (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    inspection TEXT REFERENCES inspection (id),
    organiser TEXT REFERENCES organiser (id),
    size INTEGER NOT NULL,
    digest TEXT NOT NULL,
    key TEXT NOT NULL,
    chunks BLOB
);
CREATE INDEX evidence_by_inspection ON evidence (inspection);

CREATE TABLE attachment (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    subject TEXT NOT NULL,
    record TEXT NOT NULL,
    evidence TEXT NOT NULL REFERENCES evidence (id),
    name TEXT NOT NULL,
    size INTEGER,
    digest TEXT,
    kind TEXT,
    pages TEXT,
    origin TEXT,
    compared INTEGER NOT NULL,
    obtained_by TEXT,
    obtained_on TEXT,
    inspection TEXT REFERENCES inspection (id),
    unit TEXT REFERENCES unit (id),
    organiser TEXT REFERENCES organiser (id)
);
CREATE INDEX attachment_by_record ON attachment (record);

CREATE TABLE meeting (
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
    place TEXT,
    chair TEXT,
    attendees TEXT,
    content TEXT
);
CREATE INDEX meeting_by_held_on ON meeting (held_on);

CREATE TABLE state_history (
    seq INTEGER NOT NULL PRIMARY KEY,
    entity TEXT NOT NULL,
    record TEXT NOT NULL,
    state TEXT NOT NULL,
    effective_on TEXT NOT NULL
);
CREATE INDEX state_history_by_record ON state_history (record, effective_on, seq);

-- How many records of each kind there are: kept in the transaction that adds them.
CREATE TABLE record_count (
    entity TEXT NOT NULL PRIMARY KEY,
    records INTEGER NOT NULL
);

-- The sealed chain. No constraint stands in the way of somebody who changes it by hand: the seals tell.
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at TEXT,
    actor TEXT,
    login TEXT,
    role TEXT,
    operation TEXT,
    outcome TEXT,
    entity TEXT,
    record TEXT,
    version INTEGER,
    fields TEXT,
    sealed BLOB,
    sealed_key TEXT,
    after BLOB,
    seal BLOB
);
CREATE INDEX audit_by_record ON audit (record, seq);

-- One row: where the chain stands. On PostgreSQL a batch locks it, so that servers can share a ledger.
CREATE TABLE chain_head (
    one INTEGER NOT NULL PRIMARY KEY,
    ledger TEXT NOT NULL,
    seq INTEGER NOT NULL,
    seal BLOB NOT NULL
);

-- Keys of the chain and of each compartment, wrapped by the ledger's key file.
CREATE TABLE wrapped_key (
    id TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    inspection TEXT,
    made_at TEXT NOT NULL,
    wrapped BLOB NOT NULL
);
CREATE UNIQUE INDEX wrapped_key_by_purpose ON wrapped_key (purpose, inspection);

-- Not records, and not under the chain: they come and go.
CREATE TABLE session (
    token BLOB NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,
    csrf TEXT NOT NULL,
    kind TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    ends_at TEXT NOT NULL
);
CREATE INDEX session_by_account ON session (account);

CREATE TABLE login_failure (
    login TEXT NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    locked_until TEXT
);

CREATE TABLE idempotency (
    actor TEXT NOT NULL,
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    request BLOB NOT NULL,
    entity TEXT,
    record TEXT,
    version INTEGER,
    made_at TEXT NOT NULL,
    PRIMARY KEY (actor, route, key)
);

CREATE TABLE upload (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    inspection TEXT,
    organiser TEXT,
    size INTEGER NOT NULL,
    key TEXT NOT NULL,
    made_at TEXT NOT NULL
);

-- Ordinary reads, in batches: who looked at what. Opened by the auditor, swept by age.
CREATE TABLE access_log (
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    operation TEXT NOT NULL,
    entity TEXT,
    record TEXT,
    rows INTEGER NOT NULL
);
