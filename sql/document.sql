-- Official papers.

-- name: document_last_serial
-- takes: organiser text, series text, year int
-- The last number given to a maker's mark in a year, those of voided papers with them.
SELECT COALESCE(MAX(serial), 0) FROM document WHERE organiser = :organiser AND series = :series AND year = :year;

-- name: document_number_taken
-- takes: organiser text, number text, series text, year int, serial int, id text
-- By its words, or as the same number written with other brackets; serial 0: it is none that can be taken apart.
SELECT COUNT(*) FROM document
 WHERE organiser = :organiser AND id <> :id
   AND (number = :number OR (series = :series AND year = :year AND serial = :serial));

-- name: document_scan_count
-- takes: id text
-- Scans of a signature that hang on a paper.
SELECT COUNT(*) FROM attachment WHERE record = :id AND kind = 'scan';

-- name: document_secrecies
-- What issued papers of an inspection are marked with.
-- takes: inspection text
SELECT kind, secrecy, secrecy_months FROM document
 WHERE inspection = :inspection AND state = 'issued' AND secrecy IS NOT NULL ORDER BY id;
