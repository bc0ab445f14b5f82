-- was part of: negotiation/0006_quotes
-- Suppliers asked for a special price (ship-and-debit), for a negotiation or a line of a quote. `state`: open, granted,
-- refused. Prices are costs of one unit; `usual_micros` and what it is for stay with the seller, the rest is what the
-- supplier sees. Only the hash of the link's token is kept.
CREATE TABLE support (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL,
    -- Cases and quotes stand above: SQLite looks for their tables when a row is written, PostgreSQL is told of them there.
    -- only: sqlite
    negotiation_id TEXT REFERENCES negotiation (id),
    quote_id TEXT REFERENCES quote (id),
    -- end
    -- only: postgres
    negotiation_id TEXT,
    quote_id TEXT,
    -- end
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
