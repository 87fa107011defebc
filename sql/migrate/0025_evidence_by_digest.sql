-- A file is looked for among those of its inspection by its digest, with every attachment.
CREATE INDEX evidence_by_digest ON evidence (digest);
