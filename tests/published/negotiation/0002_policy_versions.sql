-- The way of a version: `policy.state` is now draft, simulated, approved, published or retired. `version` of a draft counts its
-- texts, so it names the text that was simulated or approved.

-- Who wrote the texts of a version: they may not approve it.
CREATE TABLE policy_change (
    policy_id TEXT NOT NULL REFERENCES policy (id),
    version {{int}} NOT NULL,
    person_id TEXT,
    at {{int}} NOT NULL,
    PRIMARY KEY (policy_id, version)
) {{strict}};

-- A simulation of exactly this text. `summary` is JSON, `run` names the simulation.
CREATE TABLE policy_simulation (
    id TEXT NOT NULL PRIMARY KEY,
    policy_id TEXT NOT NULL REFERENCES policy (id),
    version {{int}} NOT NULL,
    run TEXT,
    summary TEXT NOT NULL,
    person_id TEXT,
    at {{int}} NOT NULL
) {{strict}};
CREATE INDEX policy_simulation_of ON policy_simulation (policy_id, at);

-- `is_own`: by an author, since nobody else could.
CREATE TABLE policy_approval (
    policy_id TEXT NOT NULL REFERENCES policy (id),
    version {{int}} NOT NULL,
    person_id TEXT NOT NULL,
    note TEXT NOT NULL,
    is_own {{bool}} NOT NULL,
    at {{int}} NOT NULL,
    PRIMARY KEY (policy_id, version)
) {{strict}};
