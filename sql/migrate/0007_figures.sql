-- A finding that was told and is taken back by two persons.
ALTER TABLE finding ADD COLUMN revoke_because TEXT;
ALTER TABLE finding ADD COLUMN revoke_asked_by TEXT;
ALTER TABLE finding ADD COLUMN revoke_account TEXT REFERENCES account (id);
ALTER TABLE finding ADD COLUMN revoke_decided_by TEXT;
ALTER TABLE finding ADD COLUMN revoke_opinion TEXT;
ALTER TABLE finding ADD COLUMN revoked_on TEXT;
