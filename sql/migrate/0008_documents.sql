-- Official papers, the file of each that went out, and the office's own templates.
CREATE TABLE document (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    organiser TEXT NOT NULL REFERENCES organiser (id),
    kind TEXT NOT NULL,
    record TEXT,
    inspection TEXT REFERENCES inspection (id),
    unit TEXT REFERENCES unit (id),
    title TEXT NOT NULL,
    maker TEXT NOT NULL,
    series TEXT,
    year INTEGER,
    serial INTEGER,
    number TEXT,
    addressee TEXT,
    copies TEXT,
    secrecy TEXT,
    secrecy_months INTEGER,
    urgency TEXT,
    dated_on TEXT NOT NULL,
    signer TEXT,
    state TEXT NOT NULL,
    code TEXT NOT NULL,
    digest TEXT,
    text_digest TEXT,
    template_digest TEXT,
    size INTEGER,
    issued_on TEXT,
    issued_by TEXT,
    void_because TEXT
);
CREATE UNIQUE INDEX document_by_code ON document (code);
-- A number is given once, and kept by a paper that is voided.
CREATE UNIQUE INDEX document_by_number ON document (organiser, series, year, serial);
CREATE INDEX document_by_record ON document (record, kind);
CREATE INDEX document_by_inspection ON document (inspection);
CREATE TABLE document_file (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES document (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    text TEXT,
    docx BLOB
);
CREATE UNIQUE INDEX document_file_by_document ON document_file (document);
CREATE TABLE document_template (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    organiser TEXT NOT NULL REFERENCES organiser (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    note TEXT,
    state TEXT NOT NULL,
    docx BLOB,
    digest TEXT,
    in_force_on TEXT,
    retired_on TEXT
);
CREATE INDEX document_template_by_kind ON document_template (organiser, kind, state);

-- The file of a finished inspection: its catalogue, and what was borrowed.
CREATE TABLE dossier_item (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    inspection TEXT NOT NULL REFERENCES inspection (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    maker TEXT,
    reference TEXT,
    dated_on TEXT,
    retention TEXT NOT NULL,
    subject TEXT NOT NULL,
    record TEXT NOT NULL,
    digest TEXT NOT NULL,
    paper TEXT,
    pages INTEGER,
    place TEXT
);
CREATE UNIQUE INDEX dossier_item_by_number ON dossier_item (inspection, number);
CREATE UNIQUE INDEX dossier_item_by_record ON dossier_item (inspection, record);
CREATE TABLE dossier_loan (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    batch TEXT,
    on_behalf_of TEXT,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    item TEXT NOT NULL REFERENCES dossier_item (id),
    inspection TEXT NOT NULL REFERENCES inspection (id),
    organiser TEXT NOT NULL REFERENCES organiser (id),
    title TEXT,
    borrower TEXT NOT NULL,
    purpose TEXT NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_on TEXT,
    asked_by TEXT,
    account TEXT REFERENCES account (id),
    decided_by TEXT,
    decided_on TEXT,
    opinion TEXT,
    returned_on TEXT
);
CREATE INDEX dossier_loan_by_item ON dossier_loan (item, state);
CREATE INDEX dossier_loan_by_inspection ON dossier_loan (inspection);
