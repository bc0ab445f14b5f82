-- What is believed about which offers buyers take, by customer segment; '' is all of them together. `parts` is the state of
-- the statistical model as JSON. Everything in here can be learnt again from the negotiations.
CREATE TABLE buyer_model (
    segment TEXT NOT NULL PRIMARY KEY,
    parts TEXT NOT NULL,
    outcomes {{int}} NOT NULL,
    taken {{int}} NOT NULL,
    learnt_at {{int}} NOT NULL
) {{strict}};

-- How much the quantity sold of a product reacts to its price, in parts per million, from so many sales.
CREATE TABLE product_sensitivity (
    product_id TEXT NOT NULL PRIMARY KEY,
    sensitivity_ppm {{int}} NOT NULL,
    sales {{int}} NOT NULL,
    at {{int}} NOT NULL
) {{strict}};

-- Negotiations from which was learnt, each once.
CREATE TABLE learnt_negotiation (
    negotiation_id TEXT NOT NULL PRIMARY KEY REFERENCES negotiation (id)
) {{strict}};
