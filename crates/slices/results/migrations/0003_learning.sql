-- was part of: negotiation/0008_learning
-- Negotiations from which was learnt, each once.
CREATE TABLE learnt_negotiation (
    negotiation_id TEXT NOT NULL PRIMARY KEY REFERENCES negotiation (id)
) {{strict}};
