-- was part of: negotiation/0005_experiments
-- `state`: draft, running, stopped. `treatment` is a whole policy as the engine's JSON; when it starts, the text becomes an
-- unchanging row of `policy` in the state 'variant', so that decisions can name it. `effect` and `deviation` are parts per
-- million for shares and minor units for money. `stop_reason`: higher, lower, undecided, guardrail, person.
CREATE TABLE experiment (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    hypothesis TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    state TEXT NOT NULL,
    segment TEXT NOT NULL,
    metric TEXT NOT NULL,
    allocation TEXT NOT NULL,
    exposure_ppm {{int}} NOT NULL,
    effect {{int}} NOT NULL,
    window_days {{int}} NOT NULL,
    days_max {{int}} NOT NULL,
    escalations_ppm {{int}} NOT NULL,
    withdrawals_ppm {{int}} NOT NULL,
    margin_ppm {{int}} NOT NULL,
    treatment TEXT NOT NULL,
    required_per_arm {{int}},
    control_id TEXT REFERENCES policy (id),
    treatment_id TEXT REFERENCES policy (id),
    treatment_share_ppm {{int}} NOT NULL,
    salt {{int}} NOT NULL,
    created_at {{int}} NOT NULL,
    started_at {{int}},
    stopped_at {{int}},
    stop_reason TEXT,
    version {{int}} NOT NULL
) {{strict}};
CREATE INDEX experiment_running ON experiment (state);

-- Which company saw which variant (0 control, 1 treatment), from when on. Never changed: all colleagues see the same.
CREATE TABLE experiment_exposure (
    experiment_id TEXT NOT NULL REFERENCES experiment (id),
    company_id TEXT NOT NULL,
    variant {{int}} NOT NULL,
    at {{int}} NOT NULL,
    PRIMARY KEY (experiment_id, company_id)
) {{strict}};
CREATE INDEX experiment_exposure_at ON experiment_exposure (experiment_id, at);
