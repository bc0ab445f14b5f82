-- was part of: negotiation/0001_negotiation
-- Versions of the seller's rules, as the engine's JSON. `state` is draft, published or retired; a published text never changes.
CREATE TABLE policy (
    id TEXT NOT NULL PRIMARY KEY,
    number {{int}} NOT NULL,
    state TEXT NOT NULL,
    text TEXT NOT NULL,
    note TEXT NOT NULL,
    created_by TEXT,
    created_at {{int}} NOT NULL,
    published_by TEXT,
    published_at {{int}},
    version {{int}} NOT NULL
) {{strict}};
CREATE UNIQUE INDEX policy_number ON policy (number);
