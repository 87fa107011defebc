-- How many records of each kind are in each state: a list by state tells its total without counting it.
CREATE TABLE state_count (
    entity TEXT NOT NULL,
    state TEXT NOT NULL,
    records INTEGER NOT NULL,
    PRIMARY KEY (entity, state)
);
INSERT INTO state_count (entity, state, records) SELECT 'inspections', state, COUNT(*) FROM inspection GROUP BY state;
INSERT INTO state_count (entity, state, records) SELECT 'authorisations', state, COUNT(*) FROM authorisation GROUP BY state;
INSERT INTO state_count (entity, state, records) SELECT 'papers', state, COUNT(*) FROM paper GROUP BY state;
INSERT INTO state_count (entity, state, records) SELECT 'feedbacks', state, COUNT(*) FROM feedback GROUP BY state;
INSERT INTO state_count (entity, state, records) SELECT 'findings', state, COUNT(*) FROM finding GROUP BY state;
INSERT INTO state_count (entity, state, records)
    SELECT 'rectifications', state, COUNT(*) FROM rectification GROUP BY state;

-- What an assignment reaches, in the order of lists: the newest of one inspection or unit are found without
-- sorting all of its records.
DROP INDEX finding_by_inspection;
DROP INDEX finding_by_round;
DROP INDEX finding_by_unit;
CREATE INDEX finding_by_inspection ON finding (inspection, id);
CREATE INDEX finding_by_round ON finding (round, id);
CREATE INDEX finding_by_unit ON finding (unit, id);
CREATE INDEX finding_by_state ON finding (state, id);
DROP INDEX rectification_by_inspection;
DROP INDEX rectification_by_round;
DROP INDEX rectification_by_unit;
CREATE INDEX rectification_by_inspection ON rectification (inspection, id);
CREATE INDEX rectification_by_round ON rectification (round, id);
CREATE INDEX rectification_by_unit ON rectification (unit, id);
CREATE INDEX paper_by_inspection ON paper (inspection, id);
CREATE INDEX signature_by_inspection ON signature (inspection, id);
CREATE INDEX statement_by_inspection ON statement (inspection, id);
CREATE INDEX statement_by_unit ON statement (unit, id);
CREATE INDEX attachment_by_inspection ON attachment (inspection, id);
CREATE INDEX attachment_by_unit ON attachment (unit, id);
