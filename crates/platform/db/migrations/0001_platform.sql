-- What happened. Written with the change itself; everything that follows reads it after commit.
CREATE TABLE event (
-- only: sqlite
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    tx INTEGER NOT NULL DEFAULT 0,
-- end
-- only: postgres
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tx BIGINT NOT NULL DEFAULT CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT),
-- end
    id TEXT NOT NULL,
    at {{int}} NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    company_id TEXT,
    user_id TEXT,
    via TEXT NOT NULL,
    request_id TEXT NOT NULL,
    payload TEXT NOT NULL
) {{strict}};
-- only: postgres
CREATE INDEX event_place ON event (tx, seq);
-- end
CREATE INDEX event_subject ON event (subject);

-- Work to be done after commit. A row is claimed by setting claimed_until; done rows are removed.
CREATE TABLE job (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    run_at {{int}} NOT NULL,
    created_at {{int}} NOT NULL,
    attempts {{int}} NOT NULL,
    claimed_until {{int}},
    failed_at {{int}},
    error TEXT
) {{strict}};
CREATE INDEX job_due ON job (run_at);

-- Numbers without gaps: taken inside the transaction that uses them.
CREATE TABLE number_series (
    name TEXT NOT NULL PRIMARY KEY,
    last {{int}} NOT NULL
) {{strict}};

-- Answers to commands that carried an Idempotency-Key, kept with the command's own transaction.
CREATE TABLE idempotency (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    result TEXT NOT NULL,
    at {{int}} NOT NULL,
    PRIMARY KEY (scope, key)
) {{strict}};
