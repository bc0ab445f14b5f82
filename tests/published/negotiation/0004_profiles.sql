-- What is known of each customer from a year of orders, worked out anew every night. Rates in parts per million; `behaviour`
-- is the name of the first rule that fits.
CREATE TABLE customer_profile (
    company_id TEXT NOT NULL PRIMARY KEY,
    at {{int}} NOT NULL,
    currency TEXT NOT NULL,
    revenue_minor {{int}} NOT NULL,
    before_minor {{int}} NOT NULL,
    margin_ppm {{int}},
    growth_ppm {{int}},
    orders {{int}} NOT NULL,
    negotiated {{int}} NOT NULL,
    behaviour TEXT
) {{strict}};
CREATE INDEX customer_profile_behaviour ON customer_profile (behaviour);

-- How much of each product a year sold, in thousandths of its unit, and to how many customers.
CREATE TABLE product_profile (
    product_id TEXT NOT NULL PRIMARY KEY,
    at {{int}} NOT NULL,
    sold {{int}} NOT NULL,
    customers {{int}} NOT NULL
) {{strict}};

-- The rules by which behaviour is named, in order; `condition` is CEL.
CREATE TABLE behaviour_rule (
    position {{int}} NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    condition TEXT NOT NULL
) {{strict}};

-- What serving a deal costs, as JSON; the row with the largest version is in force.
CREATE TABLE cost_model (
    version {{int}} NOT NULL PRIMARY KEY,
    text TEXT NOT NULL,
    changed_by TEXT,
    changed_at {{int}} NOT NULL
) {{strict}};

-- What was ordered of a deal that is called off over months.
CREATE TABLE call_off (
    offer_id TEXT NOT NULL REFERENCES offer (id),
    order_number TEXT NOT NULL,
    product_id TEXT NOT NULL,
    quantity {{int}} NOT NULL,
    at {{int}} NOT NULL,
    PRIMARY KEY (offer_id, order_number, product_id)
) {{strict}};

-- Which cards a buyer has looked at closely.
CREATE TABLE offer_look (
    offer_id TEXT NOT NULL REFERENCES offer (id),
    person_id TEXT NOT NULL,
    at {{int}} NOT NULL,
    PRIMARY KEY (offer_id, person_id)
) {{strict}};
