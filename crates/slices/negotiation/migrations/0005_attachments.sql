-- was part of: negotiation/0006_quotes
-- Files of buyers. `kind` says what `about_id` is: negotiation or quote; `line` is a line of a quote.
CREATE TABLE attachment (
    id TEXT NOT NULL PRIMARY KEY,
    company_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    about_id TEXT NOT NULL,
    line {{int}},
    name TEXT NOT NULL,
    media TEXT NOT NULL,
    size {{int}} NOT NULL,
    sha256 TEXT NOT NULL,
    person_id TEXT NOT NULL,
    at {{int}} NOT NULL
) {{strict}};
CREATE INDEX attachment_about ON attachment (kind, about_id);

CREATE TABLE attachment_chunk (
    attachment_id TEXT NOT NULL REFERENCES attachment (id),
    position {{int}} NOT NULL,
    bytes {{bytes}} NOT NULL,
    PRIMARY KEY (attachment_id, position)
) {{strict}};
