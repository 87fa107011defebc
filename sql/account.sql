-- Accounts, sessions, assignments.

-- name: account_by_login
-- takes: login text
SELECT id FROM account WHERE login = :login;

-- name: account_of_person
-- takes: person text
SELECT id FROM account WHERE person = :person AND disabled = 0 ORDER BY id LIMIT 1;

-- name: account_roles
-- The roles that an account holds on a day.
-- takes: account text, today text
SELECT DISTINCT role FROM assignment WHERE account = :account AND valid_from <= :today AND valid_to >= :today ORDER BY role;

-- name: account_roles_during
-- The roles that an account holds on any day of a period.
-- takes: account text, first text, last text
SELECT DISTINCT role FROM assignment WHERE account = :account AND valid_from <= :last AND valid_to >= :first ORDER BY role;

-- name: account_authorised_elsewhere
-- takes: account text, authorisation text, first text, last text
SELECT COUNT(*) FROM assignment
 WHERE account = :account AND authorisation IS NOT NULL AND authorisation <> :authorisation
   AND valid_from <= :last AND valid_to >= :first;

-- name: session_insert
-- takes: token blob, account text, role text, csrf text, kind text, opened_at text, ends_at text
INSERT INTO session (token, account, role, csrf, kind, opened_at, ends_at)
VALUES (:token, :account, :role, :csrf, :kind, :opened_at, :ends_at);

-- name: session_find
-- A session with its account, and what the rights of its role that are in force today name.
-- takes: token blob, now text, today text
SELECT a.id, a.person, a.login, a.name, s.role, s.csrf, s.kind, a.must_change,
       COUNT(g.id), MAX(g.everything), COUNT(g.inspection), COUNT(g.unit), COUNT(g.organiser), COUNT(g.round),
       COUNT(g.supervision_office), COUNT(g.resident_group)
  FROM session s JOIN account a ON a.id = s.account
  LEFT JOIN assignment g ON g.account = a.id AND g.role = s.role AND g.valid_from <= :today AND g.valid_to >= :today
 WHERE s.token = :token AND s.ends_at > :now AND a.disabled = 0
 GROUP BY s.token, a.id;

-- name: holding_find
-- What the rights of a role that are in force today name.
-- takes: account text, role text, today text
SELECT MAX(g.everything), COUNT(g.inspection), COUNT(g.unit), COUNT(g.organiser), COUNT(g.round),
       COUNT(g.supervision_office), COUNT(g.resident_group)
  FROM assignment g WHERE g.account = :account AND g.role = :role AND g.valid_from <= :today AND g.valid_to >= :today;

-- name: right_offices
-- The supervision offices and resident groups that units name on a day, and how many units each.
-- takes: day text
SELECT fact, value, COUNT(DISTINCT unit) FROM unit_fact
 WHERE fact IN ('supervision_office', 'resident_group') AND value IS NOT NULL
   AND (valid_from IS NULL OR valid_from <= :day) AND (valid_to IS NULL OR valid_to >= :day)
 GROUP BY fact, value ORDER BY fact DESC, value;

-- name: units_of_office
-- How many units name it, now or later.
-- takes: fact text, value text, day text
SELECT COUNT(DISTINCT unit) FROM unit_fact
 WHERE fact = :fact AND value = :value AND withdrawn_on IS NULL AND (valid_to IS NULL OR valid_to >= :day);

-- name: session_role
-- takes: token blob, role text
UPDATE session SET role = :role WHERE token = :token;

-- name: session_end
-- takes: token blob
DELETE FROM session WHERE token = :token;

-- name: session_end_others
-- takes: account text, token blob
DELETE FROM session WHERE account = :account AND token <> :token;

-- name: session_sweep
-- takes: now text
DELETE FROM session WHERE ends_at <= :now;

-- name: login_failure_find
-- takes: login text
SELECT failures, locked_until FROM login_failure WHERE login = :login;

-- name: login_failure_store
-- takes: login text, failures int, locked_until text
INSERT INTO login_failure (login, failures, locked_until) VALUES (:login, :failures, :locked_until)
    ON CONFLICT (login) DO UPDATE SET failures = excluded.failures, locked_until = excluded.locked_until;

-- name: login_failure_clear
-- takes: login text
DELETE FROM login_failure WHERE login = :login;

-- name: idempotency_find
-- takes: actor text, route text, key text
SELECT request, entity, record, version FROM idempotency WHERE actor = :actor AND route = :route AND key = :key;

-- name: idempotency_insert
-- takes: actor text, route text, key text, request blob, entity text, record text, version int, made_at text
INSERT INTO idempotency (actor, route, key, request, entity, record, version, made_at)
VALUES (:actor, :route, :key, :request, :entity, :record, :version, :made_at);

-- name: access_log_insert
-- takes: at text, actor text, role text, operation text, entity text, record text, rows int
INSERT INTO access_log (at, actor, role, operation, entity, record, rows)
VALUES (:at, :actor, :role, :operation, :entity, :record, :rows);
