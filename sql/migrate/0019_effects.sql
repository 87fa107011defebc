-- What rectification brought about, a record each: rules, money, people who answered for it; with proof.
CREATE TABLE effect (
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
    kind TEXT NOT NULL,
    made_on TEXT NOT NULL,
    text TEXT NOT NULL,
    amount_fen INTEGER,
    people INTEGER,
    post TEXT,
    form TEXT,
    basis TEXT,
    state TEXT NOT NULL,
    stated_by TEXT,
    stated_account TEXT,
    decided_on TEXT,
    decided_by TEXT,
    opinion TEXT
);
CREATE INDEX effect_by_rectification ON effect (rectification, id);
CREATE INDEX effect_by_inspection ON effect (inspection, id);
CREATE INDEX effect_by_round ON effect (round, id);
CREATE INDEX effect_by_unit ON effect (unit, id);
CREATE INDEX effect_by_organiser ON effect (organiser, id);
CREATE INDEX effect_by_made_on ON effect (made_on, id);
CREATE INDEX effect_by_state ON effect (state, id);
