-- What came back of a workbook.

-- name: workbook_left_version
-- The version in which an earlier return of the same workbook left an item, or its undoing put it back; none: no return
-- touched it.
-- takes: workbook text, record text
SELECT MAX(CASE WHEN t.state = 'undone' THEN t.version + 1 ELSE t.version END)
  FROM import_trace t JOIN import_batch b ON b.id = t.batch
 WHERE b.workbook = :workbook AND t.record = :record AND t.state IN ('entered', 'undone');

-- name: statement_same
-- takes: rectification text, text text
SELECT COUNT(*) FROM statement WHERE rectification = :rectification AND text = :text;

-- name: share_same
-- takes: rectification text, unit text, content text
SELECT COUNT(*) FROM share WHERE rectification = :rectification AND unit = :unit AND content = :content;

-- name: attachment_same
-- takes: record text, evidence text
SELECT COUNT(*) FROM attachment WHERE record = :record AND evidence = :evidence;
