-- Adopting a later version of the rules; ways that reviewers and approvals take.
CREATE TABLE adoption (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    round TEXT NOT NULL REFERENCES round (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    round_name TEXT,
    number TEXT NOT NULL,
    rules_before TEXT NOT NULL REFERENCES rule_set (id),
    number_before INTEGER NOT NULL,
    rules_after TEXT NOT NULL REFERENCES rule_set (id),
    number_after INTEGER NOT NULL,
    decided_by TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    items_moved INTEGER NOT NULL,
    items_kept INTEGER NOT NULL,
    items_same INTEGER NOT NULL
);
CREATE INDEX adoption_by_round ON adoption (round, id);
CREATE INDEX adoption_by_organiser ON adoption (organiser, id);

-- What a return of the application says is missing.
ALTER TABLE rectification ADD COLUMN missing TEXT;
