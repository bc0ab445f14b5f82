-- When the desk works and how cases are spread. One row, `id` = 1; without it the defaults of the program hold.
CREATE TABLE routing_setting (
    id {{int}} NOT NULL PRIMARY KEY,
    country TEXT,
    has_national_holidays {{bool}} NOT NULL,
    daily_cap {{int}} NOT NULL,
    remind_percent {{int}} NOT NULL,
    grace_minutes {{int}} NOT NULL,
    recommend_above_ppm {{int}},
    recommend_minutes {{int}} NOT NULL,
    version {{int}} NOT NULL
) {{strict}};

-- Opening spans in minutes of the merchant's clock; weekday 0 is Monday.
CREATE TABLE routing_span (
    weekday {{int}} NOT NULL,
    from_minute {{int}} NOT NULL,
    to_minute {{int}} NOT NULL,
    PRIMARY KEY (weekday, from_minute)
) {{strict}};

-- The merchant's own days off.
CREATE TABLE routing_holiday (
    day {{int}} NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) {{strict}};

-- What differs for one person; who has no row gets the general cap.
CREATE TABLE routing_person (
    person_id TEXT NOT NULL PRIMARY KEY,
    daily_cap {{int}} NOT NULL
) {{strict}};

CREATE TABLE absence (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL,
    from_day {{int}} NOT NULL,
    until_day {{int}} NOT NULL,
    substitute_id TEXT,
    entered_by TEXT,
    entered_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX absence_person ON absence (person_id, until_day);

-- On whose desk a case lay, from when to when, and why: the history of its routing. `person_id` is null for the pool.
-- `cause` says what put it there, `outcome` how it left; an assignment without outcome is the present one.
CREATE TABLE assignment (
    id TEXT NOT NULL PRIMARY KEY,
    negotiation_id TEXT NOT NULL REFERENCES negotiation (id),
    place {{int}} NOT NULL,
    cause TEXT NOT NULL,
    at {{int}} NOT NULL,
    person_id TEXT,
    level {{int}} NOT NULL,
    needed {{int}} NOT NULL,
    step {{int}} NOT NULL,
    steps {{int}} NOT NULL,
    step_minutes {{int}} NOT NULL,
    answer_minutes {{int}} NOT NULL,
    impact_ppm {{int}},
    class TEXT NOT NULL,
    because TEXT NOT NULL,
    note TEXT NOT NULL,
    put_by TEXT,
    promised {{int}} NOT NULL,
    remind_at {{int}} NOT NULL,
    escalate_at {{int}} NOT NULL,
    reminded_at {{int}},
    outcome TEXT,
    ended_by TEXT,
    ended_at {{int}}
) {{strict}};
CREATE UNIQUE INDEX assignment_place ON assignment (negotiation_id, place);
CREATE INDEX assignment_ended_by ON assignment (ended_by, ended_at);

-- Advice before the decision. `verdict`: approve, reject, counter.
CREATE TABLE recommendation (
    id TEXT NOT NULL PRIMARY KEY,
    negotiation_id TEXT NOT NULL REFERENCES negotiation (id),
    person_id TEXT NOT NULL,
    level {{int}} NOT NULL,
    verdict TEXT NOT NULL,
    rationale TEXT NOT NULL,
    at {{int}} NOT NULL
) {{strict}};
CREATE INDEX recommendation_of ON recommendation (negotiation_id, at);

-- What a person of the desk has to do with a negotiation beside deciding it: began it for the customer, or holds it, so that
-- further asks come to this person before the shop answers.
CREATE TABLE negotiation_attendance (
    negotiation_id TEXT NOT NULL PRIMARY KEY REFERENCES negotiation (id),
    started_by TEXT,
    held_by TEXT,
    held_at {{int}}
) {{strict}};
