-- Versions of the seller's rules, as the engine's JSON. `state` is draft, published or retired; a published text never changes.
CREATE TABLE policy (
    id TEXT NOT NULL PRIMARY KEY,
    number {{int}} NOT NULL,
    state TEXT NOT NULL,
    text TEXT NOT NULL,
    note TEXT NOT NULL,
    created_by TEXT,
    created_at {{int}} NOT NULL,
    published_by TEXT,
    published_at {{int}},
    version {{int}} NOT NULL
) {{strict}};
CREATE UNIQUE INDEX policy_number ON policy (number);

-- `state`: offered (offers on the buyer's screen), waiting (a person has it), agreed, declined, expired, withdrawn.
CREATE TABLE negotiation (
    id TEXT NOT NULL PRIMARY KEY,
    number {{int}} NOT NULL,
    company_id TEXT NOT NULL,
    unit_id TEXT,
    person_id TEXT NOT NULL,
    state TEXT NOT NULL,
    cart_id TEXT,
    currency TEXT NOT NULL,
    payment_days {{int}} NOT NULL,
    list_value_minor {{int}} NOT NULL,
    ask_value_minor {{int}} NOT NULL,
    round {{int}} NOT NULL,
    policy_id TEXT NOT NULL REFERENCES policy (id),
    competitor TEXT,
    competitor_micros {{int}},
    competitor_note TEXT,
    need_by {{int}},
    comment TEXT NOT NULL,
    reason TEXT,
    authority TEXT,
    rep_id TEXT,
    waiting_since {{int}},
    answer_by {{int}},
    opened_at {{int}} NOT NULL,
    asked_at {{int}} NOT NULL,
    changed_at {{int}} NOT NULL,
    expires_at {{int}},
    closed_at {{int}},
    version {{int}} NOT NULL
) {{strict}};
CREATE UNIQUE INDEX negotiation_number ON negotiation (number);
CREATE INDEX negotiation_company ON negotiation (company_id, changed_at);
CREATE INDEX negotiation_desk ON negotiation (state, answer_by);

CREATE TABLE negotiation_line (
    negotiation_id TEXT NOT NULL REFERENCES negotiation (id),
    position {{int}} NOT NULL,
    product_id TEXT NOT NULL,
    quantity {{int}} NOT NULL,
    unit TEXT NOT NULL,
    list_micros {{int}} NOT NULL,
    ask_micros {{int}} NOT NULL,
    PRIMARY KEY (negotiation_id, position)
) {{strict}};
CREATE INDEX negotiation_line_product ON negotiation_line (product_id);

-- Everything a decision was made from, so that it can be replayed to the cent years later. Seller only. `round` counts the
-- decisions of a negotiation; asking for a person is one too. Imported rounds have no position, history and decision.
CREATE TABLE negotiation_round (
    negotiation_id TEXT NOT NULL REFERENCES negotiation (id),
    round {{int}} NOT NULL,
    at {{int}} NOT NULL,
    policy_id TEXT NOT NULL REFERENCES policy (id),
    request TEXT NOT NULL,
    position TEXT NOT NULL,
    history TEXT NOT NULL,
    decision TEXT NOT NULL,
    seed {{int}} NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (negotiation_id, round)
) {{strict}};

-- `state`: suggested (desk only), open, taken, superseded, withdrawn. `terms` is the engine's offer as JSON.
CREATE TABLE offer (
    id TEXT NOT NULL PRIMARY KEY,
    negotiation_id TEXT NOT NULL REFERENCES negotiation (id),
    round {{int}} NOT NULL,
    position {{int}} NOT NULL,
    lever TEXT NOT NULL,
    state TEXT NOT NULL,
    terms TEXT NOT NULL,
    net_minor {{int}} NOT NULL,
    saving_minor {{int}} NOT NULL,
    expires_at {{int}} NOT NULL,
    made_by TEXT,
    made_at {{int}} NOT NULL,
    taken_at {{int}},
    order_number TEXT,
    used_at {{int}}
) {{strict}};
CREATE INDEX offer_negotiation ON offer (negotiation_id);

-- What a person decided, and why. `kind`: approval, counteroffer, rejection. `message` is for the buyer to read, `rationale`
-- and `reason` stay with the seller.
CREATE TABLE negotiation_decision (
    id TEXT NOT NULL PRIMARY KEY,
    negotiation_id TEXT NOT NULL REFERENCES negotiation (id),
    person_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT,
    rationale TEXT NOT NULL,
    message TEXT NOT NULL,
    at {{int}} NOT NULL
) {{strict}};
CREATE INDEX negotiation_decision_of ON negotiation_decision (negotiation_id);
