-- What decisions on rounds, inspections and papers must know beside the record itself.

-- name: inspection_count_in_round
-- takes: round text
SELECT COUNT(*) FROM inspection WHERE round = :round;

-- name: inspection_live_in_round
-- Not fed back yet.
-- takes: round text
SELECT COUNT(*) FROM inspection WHERE round = :round
   AND state NOT IN ('fed_back', 'following_up', 'evaluated', 'archived');

-- name: inspection_of_unit_in_round
-- takes: round text, unit text
SELECT COUNT(*) FROM inspection WHERE round = :round AND unit = :unit;

-- name: paper_count_of_inspection
-- takes: inspection text
SELECT COUNT(*) FROM paper WHERE inspection = :inspection;

-- name: unit_name_on
-- The name of a unit on a day, by its history.
-- takes: unit text, day text
SELECT value FROM unit_fact
 WHERE unit = :unit AND fact = 'name' AND (valid_from IS NULL OR valid_from <= :day) AND (valid_to IS NULL OR valid_to >= :day)
 ORDER BY COALESCE(valid_from, '') DESC LIMIT 1;

-- name: units_unlike_history
-- Units that do not have the values their history has on a day: in the order of ids, after one of them.
-- takes: day text, after text, most int
SELECT DISTINCT u.id FROM unit_fact f JOIN unit u ON u.id = f.unit
 WHERE (f.valid_from IS NULL OR f.valid_from <= :day) AND (f.valid_to IS NULL OR f.valid_to >= :day)
   AND COALESCE(f.value, '') <> COALESCE(CASE f.fact WHEN 'name' THEN u.name WHEN 'principal' THEN u.principal
         WHEN 'leader_in_charge' THEN u.leader_in_charge WHEN 'resident_group' THEN u.resident_group
         WHEN 'supervision_office' THEN u.supervision_office END, '')
   AND u.id > :after ORDER BY u.id LIMIT :most;

-- name: unit_parent
-- takes: unit text
SELECT parent FROM unit WHERE id = :unit;

-- name: rule_set_in_force
-- takes: day text
SELECT id FROM rule_set WHERE valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day)
 ORDER BY valid_from DESC, number DESC LIMIT 1;

-- name: attachment_count_of
-- takes: record text
SELECT COUNT(*) FROM attachment WHERE record = :record;

-- name: evidence_same
-- A file with the same content in the same inspection.
-- takes: inspection text, digest text
SELECT id FROM evidence WHERE COALESCE(inspection, '') = COALESCE(:inspection, '') AND digest = :digest ORDER BY id LIMIT 1;

-- name: upload_insert
-- takes: id text, account text, inspection text, organiser text, size int, key text, made_at text
INSERT INTO upload (id, account, inspection, organiser, size, key, made_at)
VALUES (:id, :account, :inspection, :organiser, :size, :key, :made_at);

-- name: upload_find
-- takes: id text, account text
SELECT inspection, organiser, size, key FROM upload WHERE id = :id AND account = :account;

-- name: upload_delete
-- takes: id text
DELETE FROM upload WHERE id = :id;

-- name: project_last_number
-- takes: round text
SELECT COALESCE(MAX(number), 0) FROM project WHERE round = :round;

-- name: focus_last_number
-- takes: round text
SELECT COALESCE(MAX(number), 0) FROM focus WHERE round = :round;

-- name: fact_check_open_count
-- Checks of one finding's facts that are under way.
-- takes: finding text
SELECT COUNT(*) FROM fact_check WHERE finding = :finding AND state IN ('sent', 'answered');

-- name: fact_check_open_of_inspection
-- takes: inspection text
SELECT COUNT(*) FROM fact_check WHERE inspection = :inspection AND state IN ('sent', 'answered');

-- name: evaluation_open_count
-- Evaluations of an inspection that are under way.
-- takes: inspection text
SELECT COUNT(*) FROM evaluation WHERE inspection = :inspection AND state IN ('scoring', 'scored');

-- name: objection_decided_count
-- takes: rectification text
SELECT COUNT(*) FROM objection WHERE rectification = :rectification AND state IN ('kept', 'amended', 'upheld');

-- name: finding_paper_people
-- How often a person, or somebody of that name, wrote, checked or signed the papers of a finding.
-- takes: finding text, person text, name text
SELECT (SELECT COUNT(*) FROM finding_paper f JOIN paper p ON p.id = f.paper
         WHERE f.finding = :finding AND (p.collector = :person OR p.checker = :person))
     + (SELECT COUNT(*) FROM finding_paper f JOIN signature s ON s.record = f.paper
         WHERE f.finding = :finding AND (s.person = :person OR s.person_name = :name));

-- name: adjustment_waiting_count
-- takes: rectification text
SELECT COUNT(*) FROM adjustment WHERE rectification = :rectification AND state = 'asked';

-- name: round_under_way
-- Of a round: papers that are not locked yet, filings before the bodies that review, adjustments to be decided.
-- takes: round text
SELECT (SELECT COUNT(*) FROM paper WHERE round = :round AND state IN ('draft', 'returned', 'to_review', 'to_sign')),
       (SELECT COUNT(*) FROM filing WHERE round = :round AND state = 'in_review'),
       (SELECT COUNT(*) FROM adjustment WHERE round = :round AND state = 'asked');

-- name: round_signed_days
-- Days on which items of a round that are with a reviewer were signed or returned to him, since they were applied for.
-- takes: round text
SELECT r.id, s.signed_on FROM rectification r JOIN signature s ON s.record = r.id
 WHERE r.round = :round AND r.state = 'applied' AND s.signed_on >= r.applied_on ORDER BY r.id;

-- name: filing_counts
-- Of an inspection: filings of a kind that are not passed yet, and plans that are.
-- takes: inspection text, kind text
SELECT (SELECT COUNT(*) FROM filing WHERE inspection = :inspection AND kind = :kind AND state <> 'approved'),
       (SELECT COUNT(*) FROM filing WHERE inspection = :inspection AND kind = 'plan' AND state = 'approved');

-- name: progress_counts
-- How often the unit told something of each item of an inspection, in the order of their ids.
-- takes: inspection text
SELECT r.id, (SELECT COUNT(*) FROM statement s WHERE s.rectification = r.id AND s.kind IN ('progress', 'words'))
  FROM rectification r WHERE r.inspection = :inspection ORDER BY r.id;

-- name: withholding_count
-- Of a publication copy: those to be decided, and those of one item that were not refused.
-- takes: filing text, rectification text
SELECT (SELECT COUNT(*) FROM withholding WHERE filing = :filing AND state = 'asked'),
       (SELECT COUNT(*) FROM withholding WHERE filing = :filing AND rectification = :rectification AND state <> 'refused');

-- name: letter_same_number
-- takes: organiser text, unit text, number text
SELECT COUNT(*) FROM letter WHERE organiser = :organiser AND unit = :unit AND number = :number;

-- name: letter_numbers
-- Numbers that begin so, "示巡督〔2021〕".
-- takes: organiser text, prefix text
SELECT number FROM letter WHERE organiser = :organiser AND substr(number, 1, length(:prefix)) = :prefix;

-- name: escalation_inspections
-- Where something is to be drafted, or a draft that a rule made is open: in the order of ids, after one of them.
-- takes: until text, after text, most int
SELECT inspection FROM (
    SELECT inspection FROM rectification
     WHERE state IN ('pending', 'ongoing', 'basic', 'long_term', 'rebound') AND due_on <= :until
    UNION
    SELECT r.inspection FROM letter l JOIN letter_item i ON i.letter = l.id JOIN rectification r ON r.id = i.rectification
     WHERE l.state = 'draft' AND l.step IS NOT NULL AND i.left_out_on IS NULL) candidates
 WHERE inspection > :after ORDER BY inspection LIMIT :most;

-- name: escalation_letters
-- Letters that the rules drafted about items of an inspection.
-- takes: inspection text
SELECT DISTINCT i.letter FROM rectification r JOIN letter_item i ON i.rectification = r.id JOIN letter l ON l.id = i.letter
 WHERE r.inspection = :inspection AND l.step IS NOT NULL ORDER BY i.letter;

-- name: instruction_tasks_left
-- takes: instruction text
SELECT COUNT(*) FROM instruction_task WHERE instruction = :instruction AND done_on IS NULL;

-- name: unit_open_item_count
-- takes: unit text
SELECT COUNT(*) FROM rectification WHERE unit = :unit AND state NOT IN ('done', 'revoked');

-- name: unit_live_inspection_count
-- The team is there, or has left and not fed back yet.
-- takes: unit text
SELECT COUNT(*) FROM inspection
 WHERE unit = :unit AND state IN ('on_site', 'left', 'reporting', 'consulting', 'deliberating', 'heard');

-- name: unit_right_count
-- Assignments that reach the unit and have not ended.
-- takes: unit text, day text
SELECT COUNT(*) FROM assignment WHERE unit = :unit AND valid_to >= :day;

-- name: finding_last_number
-- takes: inspection text
SELECT COALESCE(MAX(number), 0) FROM finding WHERE inspection = :inspection;

-- name: finding_same_text
-- takes: inspection text, words text
SELECT COUNT(*) FROM finding WHERE inspection = :inspection AND "text" = :words;

-- name: round_named_count
-- takes: name text
SELECT COUNT(*) FROM round WHERE name = :name;
