-- The decision log. What the columns mean, and what the hash of a record covers: src/site/markdown/audit.md.

CREATE TABLE source (
  kind TEXT NOT NULL CHECK (kind IN ('rulebook', 'facts', 'schema')),
  fingerprint TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (kind, fingerprint)
) STRICT;

CREATE TABLE record (
  sequence INTEGER PRIMARY KEY,
  decision_id TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  asked_on TEXT NOT NULL,
  requirement_id TEXT NOT NULL,
  requirement TEXT NOT NULL,
  redacted INTEGER NOT NULL CHECK (redacted IN (0, 1)),
  verdict TEXT NOT NULL,
  rulebook TEXT NOT NULL,
  facts TEXT NOT NULL,
  requirement_schema TEXT NOT NULL,
  engine TEXT NOT NULL,
  application TEXT NOT NULL,
  outcome BLOB NOT NULL,
  outcome_hash TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE INDEX record_of_decision ON record (decision_id);
CREATE INDEX record_at ON record (recorded_at);

-- "RIGW": tells a decision log from any other database.
PRAGMA application_id = 1380538199;
PRAGMA user_version = 1;
