-- Products that could take the place of another, or go with it. `kind`: cheaper, lasts_longer, goes_with. `lasts_ppm`: one
-- unit of the other does the work of so many millionths of units.
CREATE TABLE product_relation (
    product_id TEXT NOT NULL REFERENCES product (id),
    other_id TEXT NOT NULL REFERENCES product (id),
    kind TEXT NOT NULL,
    lasts_ppm {{int}} NOT NULL,
    position {{int}} NOT NULL,
    PRIMARY KEY (product_id, other_id)
) {{strict}};
CREATE INDEX product_relation_other ON product_relation (other_id);
