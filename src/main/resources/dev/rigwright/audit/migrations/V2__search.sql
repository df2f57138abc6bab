-- Which words stand in which records, for searching: made from the records alone, by whoever searches, so that
-- recording costs nothing. It is no part of what was recorded: src/site/markdown/audit.md says what is in it.

-- Words come in as they are to be found, in small letters with a space between: nothing is left to split.
CREATE VIRTUAL TABLE search USING fts5(
  words, content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars '=/-_.'"
);

-- The same by word and record, for verifying.
CREATE VIRTUAL TABLE search_word USING fts5vocab('search', 'instance');

CREATE TABLE search_term (term TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Up to which record it goes, and that record's hash.
CREATE TABLE search_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  sequence INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE INDEX record_of_requirement ON record (requirement_id);

PRAGMA user_version = 2;
