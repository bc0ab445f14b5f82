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

-- Suppliers asked for a special price (ship-and-debit), for a negotiation or a line of a quote. `state`: open, granted,
-- refused. Prices are costs of one unit; `usual_micros` and what it is for stay with the seller, the rest is what the
-- supplier sees. Only the hash of the link's token is kept.
CREATE TABLE support (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL,
    negotiation_id TEXT REFERENCES negotiation (id),
    quote_id TEXT REFERENCES quote (id),
    quote_line {{int}},
    product_id TEXT NOT NULL,
    email TEXT NOT NULL,
    supplier_sku TEXT NOT NULL,
    quantity {{int}} NOT NULL,
    unit TEXT NOT NULL,
    currency TEXT NOT NULL,
    usual_micros {{int}} NOT NULL,
    asked_micros {{int}} NOT NULL,
    note TEXT NOT NULL,
    state TEXT NOT NULL,
    granted_micros {{int}},
    granted_quantity {{int}},
    granted_until {{int}},
    answer_note TEXT NOT NULL,
    attempts {{int}} NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at {{int}} NOT NULL,
    expires_at {{int}} NOT NULL,
    answered_at {{int}}
) {{strict}};
CREATE UNIQUE INDEX support_token ON support (token_hash);
CREATE INDEX support_negotiation ON support (negotiation_id);
CREATE INDEX support_quote ON support (quote_id);

-- Rebate agreements: for a product or a brand, in steps. `bought` is what was bought in the period of `bought_on`, as the
-- merchant's own books say. `basis`: quantity (thousandths of the unit) or amount (minor units of the currency).
CREATE TABLE supplier_agreement (
    id TEXT NOT NULL PRIMARY KEY,
    supplier TEXT NOT NULL,
    product_id TEXT,
    brand TEXT,
    basis TEXT NOT NULL,
    unit TEXT NOT NULL,
    currency TEXT NOT NULL,
    period TEXT NOT NULL,
    valid_from {{int}} NOT NULL,
    valid_until {{int}} NOT NULL,
    bought {{int}} NOT NULL,
    bought_on {{int}} NOT NULL,
    version {{int}} NOT NULL
) {{strict}};
CREATE INDEX supplier_agreement_product ON supplier_agreement (product_id);

CREATE TABLE supplier_agreement_step (
    agreement_id TEXT NOT NULL REFERENCES supplier_agreement (id),
    position {{int}} NOT NULL,
    reaches {{int}} NOT NULL,
    per_unit_micros {{int}} NOT NULL,
    PRIMARY KEY (agreement_id, position)
) {{strict}};
