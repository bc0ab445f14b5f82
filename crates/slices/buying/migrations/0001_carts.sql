CREATE TABLE cart (
    id TEXT NOT NULL PRIMARY KEY,
    company_id TEXT NOT NULL REFERENCES company (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    is_current {{bool}} NOT NULL,
    payment_days {{int}},
    ship_to TEXT REFERENCES address (id),
    bill_to TEXT REFERENCES address (id),
    po_number TEXT NOT NULL,
    requested_on {{int}},
    note TEXT NOT NULL,
    changed_at {{int}} NOT NULL,
    ordered_at {{int}},
    version {{int}} NOT NULL
) {{strict}};
CREATE INDEX cart_person ON cart (person_id, ordered_at);
-- One current cart per person and company, also when two requests make the first one at the same moment.
CREATE UNIQUE INDEX cart_current ON cart (person_id, company_id) WHERE is_current;

-- `offer_id` binds the line to an agreed offer; the price is worked out from it as long as its conditions hold.
CREATE TABLE cart_line (
    id TEXT NOT NULL PRIMARY KEY,
    cart_id TEXT NOT NULL REFERENCES cart (id),
    position {{int}} NOT NULL,
    product_id TEXT NOT NULL REFERENCES product (id),
    quantity {{int}} NOT NULL,
    unit TEXT NOT NULL,
    offer_id TEXT REFERENCES offer (id),
    added_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX cart_line_cart ON cart_line (cart_id, position);
