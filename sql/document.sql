-- Official papers.

-- name: document_last_serial
-- takes: organiser text, series text, year int
-- The last number given to a maker's mark in a year, those of voided papers with them.
SELECT COALESCE(MAX(serial), 0) FROM document WHERE organiser = :organiser AND series = :series AND year = :year;

-- name: document_number_taken
-- takes: organiser text, number text, id text
SELECT COUNT(*) FROM document WHERE organiser = :organiser AND number = :number AND id <> :id;

-- name: document_scan_count
-- takes: id text
-- Scans of a signature that hang on a paper.
SELECT COUNT(*) FROM attachment WHERE record = :id AND kind = 'scan';
