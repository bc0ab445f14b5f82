-- A change of prices in one list: by which door, why, from which day on, who made it and who confirmed it. `changed_by` is
-- null for the system. `waiting` counts the lines that wait for a second person.
CREATE TABLE price_change (
    id TEXT NOT NULL PRIMARY KEY,
    price_list_id TEXT NOT NULL REFERENCES price_list (id),
    door TEXT NOT NULL,
    reason TEXT NOT NULL,
    holds_from {{int}},
    changed_by TEXT,
    changed_at {{int}} NOT NULL,
    waiting {{int}} NOT NULL,
    decided_by TEXT,
    decided_at {{int}},
    decided_note TEXT,
    is_own {{bool}} NOT NULL
) {{strict}};
CREATE INDEX price_change_of_list ON price_change (price_list_id, changed_at);
CREATE INDEX price_change_waiting ON price_change (changed_at) WHERE waiting > 0;

-- One price of a change. No `old_micros`: the price is new. No `new_micros`: it is taken away. `state` is waiting, planned,
-- in_force, declined or overtaken.
CREATE TABLE price_change_line (
    change_id TEXT NOT NULL REFERENCES price_change (id),
    product_id TEXT NOT NULL,
    from_quantity {{int}} NOT NULL,
    unit TEXT NOT NULL,
    old_micros {{int}},
    new_micros {{int}},
    concern TEXT,
    state TEXT NOT NULL,
    PRIMARY KEY (change_id, product_id, from_quantity)
-- only: sqlite
) STRICT, WITHOUT ROWID;
-- end
-- only: postgres
);
-- end
CREATE INDEX price_change_line_of_product ON price_change_line (product_id, change_id);
