-- Who tries, and from where. A key is a kind of brake and the hash of what it is about, so no address stands here in the
-- clear. What is old is swept by time.
DELETE FROM sign_in_failure;
CREATE INDEX sign_in_failure_last ON sign_in_failure (last_at);

-- Where a person has signed in before: the hash of a mark that only that browser carries, or of a network address. A
-- stranger who guesses can slow down strangers, but not those who come from here.
CREATE TABLE known_place (
    person_id TEXT NOT NULL REFERENCES person (id),
    mark_hash TEXT NOT NULL,
    last_at {{int}} NOT NULL,
    PRIMARY KEY (person_id, mark_hash)
) {{strict}};
CREATE INDEX known_place_mark ON known_place (mark_hash);
CREATE INDEX known_place_last ON known_place (last_at);

-- A session ends when nobody comes back to it.
ALTER TABLE session ADD COLUMN seen_at {{int}} NOT NULL DEFAULT 0;
UPDATE session SET seen_at = created_at;
CREATE INDEX session_expires ON session (expires_at);

-- When a link was asked for, so that nobody can have mails sent without end.
ALTER TABLE password_reset ADD COLUMN asked_at {{int}} NOT NULL DEFAULT 0;
CREATE INDEX password_reset_person ON password_reset (person_id, asked_at);
CREATE INDEX password_reset_expires ON password_reset (expires_at);

-- One address may act for several companies, each with a person and a password of its own.
DROP INDEX person_email;
CREATE UNIQUE INDEX person_email_in_company ON person (email, COALESCE(company_id, ''));

-- The segments and price groups that companies may be in. Where companies are already is where they may be.
CREATE TABLE company_word (
    kind TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (kind, word)
) {{strict}};
INSERT INTO company_word (kind, word) SELECT DISTINCT 'segment', segment FROM company WHERE segment <> '';
INSERT INTO company_word (kind, word) SELECT DISTINCT 'price_group', price_group FROM company WHERE price_group IS NOT NULL AND price_group <> '';
