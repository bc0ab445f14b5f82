-- `state`: open, shipped, completed, cancelled. Addresses are kept as they were, as JSON. `source` is shop, api or import.
CREATE TABLE purchase_order (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,
    company_id TEXT NOT NULL REFERENCES company (id),
    unit_id TEXT,
    person_id TEXT,
    state TEXT NOT NULL,
    source TEXT NOT NULL,
    currency TEXT NOT NULL,
    payment_days {{int}} NOT NULL,
    po_number TEXT NOT NULL,
    requested_on {{int}},
    note TEXT NOT NULL,
    ship_to TEXT NOT NULL,
    bill_to TEXT NOT NULL,
    net_minor {{int}} NOT NULL,
    tax_minor {{int}} NOT NULL,
    gross_minor {{int}} NOT NULL,
    tax_ppm {{int}} NOT NULL,
    tax_rule TEXT NOT NULL,
    placed_at {{int}} NOT NULL,
    version {{int}} NOT NULL
) {{strict}};
CREATE UNIQUE INDEX purchase_order_number ON purchase_order (number);
CREATE INDEX purchase_order_company ON purchase_order (company_id, placed_at);
CREATE INDEX purchase_order_placed ON purchase_order (placed_at);

-- A line remembers what it was called, the list price beside the price paid, the offer that made it, and why.
CREATE TABLE order_line (
    id TEXT NOT NULL PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES purchase_order (id),
    position {{int}} NOT NULL,
    product_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    quantity {{int}} NOT NULL,
    unit TEXT NOT NULL,
    price_micros {{int}} NOT NULL,
    list_micros {{int}} NOT NULL,
    net_minor {{int}} NOT NULL,
    negotiation_id TEXT,
    offer_id TEXT,
    explanation TEXT NOT NULL
) {{strict}};
CREATE INDEX order_line_order ON order_line (order_id, position);

-- Credits for cancelled or returned goods. Amounts are positive: what the customer gets back.
CREATE TABLE credit_note (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,
    company_id TEXT NOT NULL REFERENCES company (id),
    order_number TEXT,
    source TEXT NOT NULL,
    currency TEXT NOT NULL,
    net_minor {{int}} NOT NULL,
    issued_at {{int}} NOT NULL
) {{strict}};
CREATE UNIQUE INDEX credit_note_number ON credit_note (number);
CREATE INDEX credit_note_company ON credit_note (company_id, issued_at);

CREATE TABLE credit_note_line (
    id TEXT NOT NULL PRIMARY KEY,
    credit_note_id TEXT NOT NULL REFERENCES credit_note (id),
    position {{int}} NOT NULL,
    product_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    quantity {{int}} NOT NULL,
    unit TEXT NOT NULL,
    price_micros {{int}} NOT NULL,
    net_minor {{int}} NOT NULL
) {{strict}};
CREATE INDEX credit_note_line_of ON credit_note_line (credit_note_id, position);
