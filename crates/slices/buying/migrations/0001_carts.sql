-- A person has several carts and works on one of them. An ordered cart is kept as it was ordered.
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
CREATE UNIQUE INDEX cart_current ON cart (person_id) WHERE is_current;

-- A product stands in a cart once; quantity is in thousandths of `unit`. `offer_id` binds the line to an agreed offer; the
-- price is worked out from it as long as its conditions hold.
CREATE TABLE cart_line (
    id TEXT NOT NULL PRIMARY KEY,
    cart_id TEXT NOT NULL REFERENCES cart (id),
    product_id TEXT NOT NULL REFERENCES product (id),
    quantity {{int}} NOT NULL,
    unit TEXT NOT NULL,
    offer_id TEXT REFERENCES offer (id),
    added_at {{int}} NOT NULL
) {{strict}};
CREATE UNIQUE INDEX cart_line_product ON cart_line (cart_id, product_id);
