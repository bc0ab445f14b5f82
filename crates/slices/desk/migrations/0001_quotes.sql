-- was part of: negotiation/0006_quotes
-- Requests for quotation. `state`: requested, answered, partly, accepted, countered, lapsed, withdrawn, declined.
-- `valid_until` is that of the version that stands.
CREATE TABLE quote (
    id TEXT NOT NULL PRIMARY KEY,
    number {{int}} NOT NULL,
    company_id TEXT NOT NULL,
    unit_id TEXT,
    person_id TEXT NOT NULL,
    rep_id TEXT,
    state TEXT NOT NULL,
    currency TEXT NOT NULL,
    project TEXT NOT NULL,
    comment TEXT NOT NULL,
    reply TEXT NOT NULL,
    valid_until {{int}},
    created_at {{int}} NOT NULL,
    changed_at {{int}} NOT NULL,
    version {{int}} NOT NULL
) {{strict}};
CREATE UNIQUE INDEX quote_number ON quote (number);
CREATE INDEX quote_company ON quote (company_id, changed_at);
CREATE INDEX quote_state ON quote (state, changed_at);

-- What is asked for. `offer_id` is the agreed offer once the line is accepted.
CREATE TABLE quote_line (
    quote_id TEXT NOT NULL REFERENCES quote (id),
    position {{int}} NOT NULL,
    product_id TEXT,
    description TEXT NOT NULL,
    quantity {{int}} NOT NULL,
    unit TEXT NOT NULL,
    need_by {{int}},
    target_micros {{int}},
    offer_id TEXT,
    PRIMARY KEY (quote_id, position)
) {{strict}};

-- Answers. A version that was sent never changes; there is at most one draft, the highest number. `made_by` is empty for
-- prices that the rules gave by themselves.
CREATE TABLE quote_version (
    quote_id TEXT NOT NULL REFERENCES quote (id),
    number {{int}} NOT NULL,
    is_draft {{bool}} NOT NULL,
    made_by TEXT,
    made_at {{int}} NOT NULL,
    valid_until {{int}} NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (quote_id, number)
) {{strict}};

-- `choice` 0 is the answer to the line, 1 and more are alternatives. No price: cannot be supplied.
CREATE TABLE quote_answer (
    quote_id TEXT NOT NULL REFERENCES quote (id),
    number {{int}} NOT NULL,
    position {{int}} NOT NULL,
    choice {{int}} NOT NULL,
    product_id TEXT,
    quantity {{int}} NOT NULL,
    unit TEXT NOT NULL,
    price_micros {{int}},
    lead_days {{int}},
    note TEXT NOT NULL,
    PRIMARY KEY (quote_id, number, position, choice)
) {{strict}};

-- What an answer costs the seller where the catalogue does not know it. Seller only, apart from the answers.
CREATE TABLE quote_cost (
    quote_id TEXT NOT NULL REFERENCES quote (id),
    number {{int}} NOT NULL,
    position {{int}} NOT NULL,
    choice {{int}} NOT NULL,
    cost_micros {{int}} NOT NULL,
    PRIMARY KEY (quote_id, number, position, choice)
) {{strict}};

-- What the buyer asked for instead of a version's prices.
CREATE TABLE quote_counter (
    quote_id TEXT NOT NULL REFERENCES quote (id),
    number {{int}} NOT NULL,
    position {{int}} NOT NULL,
    target_micros {{int}} NOT NULL,
    message TEXT NOT NULL,
    person_id TEXT NOT NULL,
    at {{int}} NOT NULL,
    PRIMARY KEY (quote_id, number, position)
) {{strict}};

-- What the engine decided about a counter, with everything it was made from. Seller only.
CREATE TABLE quote_decision (
    quote_id TEXT NOT NULL REFERENCES quote (id),
    number {{int}} NOT NULL,
    at {{int}} NOT NULL,
    policy_id TEXT NOT NULL REFERENCES policy (id),
    request TEXT NOT NULL,
    position TEXT NOT NULL,
    history TEXT NOT NULL,
    decision TEXT NOT NULL,
    seed {{int}} NOT NULL,
    PRIMARY KEY (quote_id, number)
) {{strict}};

-- only: postgres
ALTER TABLE support ADD FOREIGN KEY (negotiation_id) REFERENCES negotiation (id);
ALTER TABLE support ADD FOREIGN KEY (quote_id) REFERENCES quote (id);
-- end
