-- An answer that somebody proposes whose authority does not reach so far: a suggested offer (`offer.made_by` is the person),
-- with the authority that it needs, the reason for the colleague, and what the buyer is to read.
CREATE TABLE proposal (
    offer_id TEXT NOT NULL PRIMARY KEY REFERENCES offer (id),
    negotiation_id TEXT NOT NULL REFERENCES negotiation (id),
    person_id TEXT NOT NULL,
    needed TEXT NOT NULL,
    rationale TEXT NOT NULL,
    message TEXT NOT NULL,
    at {{int}} NOT NULL
) {{strict}};
CREATE INDEX proposal_of ON proposal (negotiation_id, at);

-- A draft of a quote that waits for somebody with the authority to send it.
CREATE TABLE quote_proposal (
    quote_id TEXT NOT NULL PRIMARY KEY REFERENCES quote (id),
    number {{int}} NOT NULL,
    person_id TEXT NOT NULL,
    needed TEXT NOT NULL,
    rationale TEXT NOT NULL,
    at {{int}} NOT NULL
) {{strict}};

-- Whether the prices of a version hold only for all of its lines together.
ALTER TABLE quote_version ADD COLUMN is_whole {{bool}} NOT NULL DEFAULT FALSE;
