-- A change of a unit that was taken back stays in its history.
ALTER TABLE unit_fact ADD COLUMN withdrawn_on TEXT;
ALTER TABLE unit_fact ADD COLUMN withdrawn_because TEXT;
