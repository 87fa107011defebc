-- A workbook of the tasks of a body that cooperates.
ALTER TABLE workbook ADD COLUMN body TEXT REFERENCES unit (id);
CREATE INDEX workbook_by_body ON workbook (body);
