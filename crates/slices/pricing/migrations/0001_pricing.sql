CREATE TABLE price_group (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    names TEXT NOT NULL
) {{strict}};

-- `scope` is general, group, company or contract. Dates are inclusive. `names` is JSON by language code.
CREATE TABLE price_list (
    id TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    names TEXT NOT NULL,
    scope TEXT NOT NULL,
    price_group TEXT REFERENCES price_group (code),
    company_id TEXT REFERENCES company (id),
    reference TEXT,
    currency TEXT NOT NULL,
    valid_from {{int}},
    valid_until {{int}},
    created_at {{int}} NOT NULL,
    version {{int}} NOT NULL
) {{strict}};
CREATE UNIQUE INDEX price_list_code ON price_list (code);
-- Each of the three finds the lists that hold for a buyer.
CREATE INDEX price_list_company ON price_list (company_id);
CREATE INDEX price_list_group ON price_list (price_group);
CREATE INDEX price_list_scope ON price_list (scope);

-- Net prices of one `unit` from a quantity (thousandths of it) on.
CREATE TABLE price (
    price_list_id TEXT NOT NULL REFERENCES price_list (id),
    product_id TEXT NOT NULL REFERENCES product (id),
    from_quantity {{int}} NOT NULL,
    unit TEXT NOT NULL,
    micros {{int}} NOT NULL,
    PRIMARY KEY (price_list_id, product_id, from_quantity)
-- only: sqlite
) STRICT, WITHOUT ROWID;
-- end
-- only: postgres
);
-- end

-- What was really paid: one row per order line, written by ordering in the order's own transaction. Answers last price
-- paid, revenue, largest quantity lately. Returns and credits are rows with negative quantity and net, under the credit
-- note's number.
CREATE TABLE purchase (
    order_number TEXT NOT NULL,
    position {{int}} NOT NULL,
    company_id TEXT NOT NULL,
    product_id TEXT NOT NULL,
    at {{int}} NOT NULL,
    quantity {{int}} NOT NULL,
    unit TEXT NOT NULL,
    price_micros {{int}} NOT NULL,
    list_micros {{int}} NOT NULL,
    currency TEXT NOT NULL,
    net_minor {{int}} NOT NULL,
    is_negotiated {{bool}} NOT NULL,
    is_open {{bool}} NOT NULL,
    PRIMARY KEY (order_number, position)
-- only: sqlite
) STRICT, WITHOUT ROWID;
-- end
-- only: postgres
);
-- end
CREATE INDEX purchase_of_product ON purchase (company_id, product_id, at);
CREATE INDEX purchase_of_company ON purchase (company_id, at);
CREATE INDEX purchase_open ON purchase (company_id) WHERE is_open;
