-- The index of the search over everything: what is looked for in a record, and how far the index has come. It is made
-- of the records and can be made again; it is no content.
CREATE TABLE search_row (
    id INTEGER NOT NULL PRIMARY KEY, -- the record's day * 2^24 + a number: newest first is this, falling
    entity TEXT NOT NULL,
    record TEXT NOT NULL
);
CREATE UNIQUE INDEX search_row_by_record ON search_row (record);

-- Apart, so that rows that are only counted lie close together.
CREATE TABLE search_text (
    id INTEGER NOT NULL PRIMARY KEY, -- of search_row
    words TEXT NOT NULL,             -- what it is and hangs on, as tokens
    spelt TEXT,                      -- the initials of its names
    body TEXT                        -- its folded text
);

-- Up to which entry of the chain the records are in the index, and where it stands when it is made anew.
CREATE TABLE search_state (
    one INTEGER NOT NULL PRIMARY KEY,
    form INTEGER NOT NULL,  -- of the tokens: another one makes the index anew
    seq INTEGER NOT NULL,
    walk TEXT,              -- the entity that is being walked through
    after TEXT              -- behind which record
);
INSERT INTO search_state (one, form, seq) VALUES (1, 0, 0);

-- only: sqlite
CREATE VIRTUAL TABLE search_tokens USING fts5 (
    tokens, content = '', detail = none, columnsize = 0, tokenize = "ascii tokenchars '.@#_'"
);
-- only: pgsql
-- In the database's own order: the planner asks its statistics of arrays in no other, and takes every token for rare
-- when it does not find them. What is equal does not depend on it.
CREATE TABLE search_tokens (
    id INTEGER NOT NULL PRIMARY KEY,
    tokens text[] NOT NULL
);
CREATE INDEX search_tokens_by_token ON search_tokens USING gin (tokens);
-- only: both
