-- What came of each negotiation, worked out again whenever its `version` has moved on; everything in here can be rebuilt.
-- Amounts are in `currency`, the currency of the policy in force when the row was written. Flags are 0 or 1, so that they
-- can be summed. `outcome` is open, won or lost.
CREATE TABLE negotiation_result (
    negotiation_id TEXT NOT NULL PRIMARY KEY REFERENCES negotiation (id),
    version {{int}} NOT NULL,
    number {{int}} NOT NULL,
    company_id TEXT NOT NULL,
    company_name TEXT NOT NULL,
    segment TEXT NOT NULL,
    rep_id TEXT,
    policy_id TEXT NOT NULL,
    product_id TEXT NOT NULL,
    category_id TEXT,
    opened_at {{int}} NOT NULL,
    week {{int}} NOT NULL,
    size {{int}} NOT NULL,
    currency TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    rounds {{int}} NOT NULL,
    is_won {{int}} NOT NULL,
    is_lost {{int}} NOT NULL,
    is_escalated {{int}} NOT NULL,
    is_withdrawn {{int}} NOT NULL,
    answer_seconds {{int}} NOT NULL,
    turnaround_seconds {{int}},
    cycle_seconds {{int}},
    closed_at {{int}},
    list_minor {{int}} NOT NULL,
    ask_minor {{int}} NOT NULL,
    agreed_list_minor {{int}} NOT NULL,
    net_minor {{int}} NOT NULL,
    is_costed {{int}} NOT NULL,
    is_estimated {{int}} NOT NULL,
    costed_net_minor {{int}} NOT NULL,
    cost_minor {{int}} NOT NULL,
    handling_minor {{int}} NOT NULL,
    freight_minor {{int}} NOT NULL,
    financing_minor {{int}} NOT NULL,
    rebate_minor {{int}} NOT NULL,
    bonus_minor {{int}} NOT NULL,
    pocket_minor {{int}} NOT NULL,
    leak_minor {{int}} NOT NULL,
    baseline_minor {{int}} NOT NULL,
    baseline_pocket_minor {{int}} NOT NULL,
    is_baseline_paid {{int}} NOT NULL,
    volume_minor {{int}} NOT NULL
) {{strict}};
CREATE INDEX negotiation_result_opened ON negotiation_result (opened_at);
CREATE INDEX negotiation_result_company ON negotiation_result (company_id, opened_at);

-- The agreed lines: what was paid for which volume, and what must be ordered.
CREATE TABLE negotiation_result_line (
    negotiation_id TEXT NOT NULL REFERENCES negotiation (id),
    position {{int}} NOT NULL,
    product_id TEXT NOT NULL,
    opened_at {{int}} NOT NULL,
    quantity {{int}} NOT NULL,
    unit TEXT NOT NULL,
    currency TEXT NOT NULL,
    price_micros {{int}} NOT NULL,
    list_micros {{int}} NOT NULL,
    PRIMARY KEY (negotiation_id, position)
) {{strict}};
CREATE INDEX negotiation_result_line_product ON negotiation_result_line (product_id, opened_at);

CREATE TABLE negotiation_result_lever (
    negotiation_id TEXT NOT NULL REFERENCES negotiation (id),
    lever TEXT NOT NULL,
    is_looked_at {{int}} NOT NULL,
    is_taken {{int}} NOT NULL,
    PRIMARY KEY (negotiation_id, lever)
) {{strict}};

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
