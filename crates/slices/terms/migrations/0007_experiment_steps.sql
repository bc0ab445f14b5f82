-- How the plan of an experiment came to be: who wrote which version of it, which simulation tried it, who approved it.
-- `kind` is written, simulated or approved; `run` is the simulation.
CREATE TABLE experiment_step (
    id TEXT NOT NULL PRIMARY KEY,
    experiment_id TEXT NOT NULL REFERENCES experiment (id),
    plan_version {{int}} NOT NULL,
    kind TEXT NOT NULL,
    by_user TEXT,
    at {{int}} NOT NULL,
    note TEXT NOT NULL,
    run TEXT,
    is_own {{bool}} NOT NULL
) {{strict}};
CREATE INDEX experiment_step_of ON experiment_step (experiment_id, at);
