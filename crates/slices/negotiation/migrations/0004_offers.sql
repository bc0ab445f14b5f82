-- was part of: negotiation/0004_profiles
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
