-- Runs of policies against past or invented buyers. `state`: queued, running, done, failed, cancelled. `settings` says which
-- arms met which buyers, with the texts of the policies; `report`, `fit` and `suggestion` are the results as JSON. `policy_id`,
-- `policy_version` and `policy_hash` name the text that was looked at first: version of the draft's row, SHA-256 of its JSON; a draft may
-- have been thrown away since.
CREATE TABLE simulation_run (
    id TEXT NOT NULL PRIMARY KEY,
    number {{int}} NOT NULL,
    state TEXT NOT NULL,
    progress_ppm {{int}} NOT NULL,
    settings TEXT NOT NULL,
    has_suggestion {{bool}} NOT NULL,
    policy_id TEXT,
    policy_version {{int}},
    policy_hash TEXT,
    report TEXT,
    fit TEXT,
    suggestion TEXT,
    error TEXT NOT NULL,
    created_by TEXT,
    created_at {{int}} NOT NULL,
    started_at {{int}},
    finished_at {{int}}
) {{strict}};
CREATE UNIQUE INDEX simulation_run_number ON simulation_run (number);
