-- A finding that was told and is taken back by two persons.
ALTER TABLE finding ADD COLUMN revoke_because TEXT;
ALTER TABLE finding ADD COLUMN revoke_asked_by TEXT;
ALTER TABLE finding ADD COLUMN revoke_account TEXT REFERENCES account (id);
ALTER TABLE finding ADD COLUMN revoke_decided_by TEXT;
ALTER TABLE finding ADD COLUMN revoke_opinion TEXT;
ALTER TABLE finding ADD COLUMN revoked_on TEXT;

-- Tallies: what a dashboard counts, kept in the transaction that changes the records (src/store/tally.h). An absent
-- value is '-'.
CREATE TABLE tally_item (
    organiser TEXT NOT NULL,
    round_type TEXT NOT NULL,
    state TEXT NOT NULL,
    provenance TEXT NOT NULL,
    records INTEGER NOT NULL,
    rules_made INTEGER NOT NULL,
    recovered_fen INTEGER NOT NULL,
    accountable INTEGER NOT NULL,
    PRIMARY KEY (organiser, round_type, state, provenance)
);
CREATE TABLE tally_item_round (
    organiser TEXT NOT NULL,
    round TEXT NOT NULL,
    state TEXT NOT NULL,
    provenance TEXT NOT NULL,
    records INTEGER NOT NULL,
    PRIMARY KEY (organiser, round, state, provenance)
);
CREATE INDEX tally_item_round_by_round ON tally_item_round (round);
CREATE TABLE tally_item_due (
    organiser TEXT NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,
    records INTEGER NOT NULL,
    PRIMARY KEY (organiser, due_on, state)
);
CREATE TABLE tally_finding_theme (
    organiser TEXT NOT NULL,
    fed_back_on_year TEXT NOT NULL,
    theme TEXT NOT NULL,
    state TEXT NOT NULL,
    records INTEGER NOT NULL,
    PRIMARY KEY (organiser, fed_back_on_year, theme, state)
);
CREATE TABLE tally_unit (
    organiser TEXT NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    in_coverage INTEGER NOT NULL,
    covered_on_year TEXT NOT NULL,
    merged_into TEXT NOT NULL,
    provenance TEXT NOT NULL,
    records INTEGER NOT NULL,
    PRIMARY KEY (organiser, kind, level, in_coverage, covered_on_year, merged_into, provenance)
);
INSERT INTO tally_item
SELECT r.organiser, COALESCE((SELECT o.type FROM round o WHERE o.id = r.round), '-'), r.state, COALESCE(r.provenance, '-'), COUNT(*),
       COALESCE(SUM(r.rules_made), 0), COALESCE(SUM(r.recovered_fen), 0), COALESCE(SUM(r.accountable), 0)
  FROM rectification r GROUP BY 1, 2, 3, 4;
INSERT INTO tally_item_round
SELECT organiser, round, state, COALESCE(provenance, '-'), COUNT(*) FROM rectification GROUP BY 1, 2, 3, 4;
INSERT INTO tally_unit
SELECT organiser, kind, level, in_coverage, COALESCE(SUBSTR(covered_on, 1, 4), '-'), COALESCE(merged_into, '-'),
       COALESCE(provenance, '-'), COUNT(*) FROM unit GROUP BY 1, 2, 3, 4, 5, 6, 7;
INSERT INTO tally_item_due
SELECT organiser, due_on, state, COUNT(*) FROM rectification GROUP BY organiser, due_on, state;
INSERT INTO tally_finding_theme
SELECT organiser, COALESCE(SUBSTR(fed_back_on, 1, 4), '-'), COALESCE(theme, '-'), state, COUNT(*)
  FROM finding GROUP BY organiser, COALESCE(SUBSTR(fed_back_on, 1, 4), '-'), COALESCE(theme, '-'), state;

-- Frozen figures: a set, its figures, and the records behind them.
CREATE TABLE figure_set (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    organiser TEXT NOT NULL REFERENCES organiser (id),
    title TEXT NOT NULL,
    purpose TEXT,
    as_of TEXT NOT NULL,
    filter TEXT,
    chosen TEXT,
    count INTEGER,
    state TEXT NOT NULL,
    made_by TEXT,
    digest TEXT NOT NULL,
    chain_seq INTEGER NOT NULL,
    published_on TEXT,
    published_by TEXT,
    void_because TEXT
);
CREATE TABLE frozen_figure (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    figure_set TEXT NOT NULL REFERENCES figure_set (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    number INTEGER NOT NULL,
    indicator TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT,
    definition TEXT NOT NULL,
    value TEXT,
    unit TEXT,
    numerator INTEGER,
    denominator INTEGER,
    decimals INTEGER NOT NULL,
    sum TEXT,
    later INTEGER,
    numerator_list TEXT NOT NULL,
    denominator_list TEXT
);
CREATE TABLE frozen_list (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    figure_set TEXT NOT NULL REFERENCES figure_set (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    selection TEXT NOT NULL,
    count INTEGER NOT NULL,
    digest TEXT NOT NULL,
    ids BLOB
);
CREATE UNIQUE INDEX frozen_figure_by_set_number ON frozen_figure (figure_set, number);
CREATE INDEX frozen_list_by_set ON frozen_list (figure_set, id);

-- Statistics forms that the office keeps beside the shipped ones.
CREATE TABLE stat_form (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    organiser TEXT NOT NULL REFERENCES organiser (id),
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    fills INTEGER NOT NULL,
    body TEXT NOT NULL,
    note TEXT
);
CREATE UNIQUE INDEX stat_form_by_organiser_code ON stat_form (organiser, code);

-- What a dashboard reads first: units to be covered in the order of their codes, their inspections, the last rounds,
-- and how many rounds of a type there are.
CREATE INDEX unit_to_be_covered ON unit (in_coverage, merged_into, code, id);
CREATE INDEX inspection_by_unit_round ON inspection (unit, round, organiser);
CREATE INDEX round_by_starts_on ON round (starts_on, id);
CREATE INDEX round_by_type ON round (type, provenance);
