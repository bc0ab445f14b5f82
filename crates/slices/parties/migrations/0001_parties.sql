CREATE TABLE company (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    vat_id TEXT,
    country TEXT NOT NULL,
    segment TEXT NOT NULL,
    price_group TEXT,
    currency TEXT NOT NULL,
    payment_days {{int}} NOT NULL,
    credit_limit_minor {{int}} NOT NULL,
    rep_id TEXT,
    is_negotiation_blocked {{bool}} NOT NULL,
    created_at {{int}} NOT NULL,
    version {{int}} NOT NULL
) {{strict}};
CREATE UNIQUE INDEX company_number ON company (number);
CREATE INDEX company_name ON company (name_folded);
CREATE INDEX company_rep ON company (rep_id);

-- Branches and departments, a tree.
CREATE TABLE unit (
    id TEXT NOT NULL PRIMARY KEY,
    company_id TEXT NOT NULL REFERENCES company (id),
    parent_id TEXT REFERENCES unit (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL
) {{strict}};
CREATE UNIQUE INDEX unit_code ON unit (company_id, code);

CREATE TABLE address (
    id TEXT NOT NULL PRIMARY KEY,
    company_id TEXT NOT NULL REFERENCES company (id),
    unit_id TEXT REFERENCES unit (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    street TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city TEXT NOT NULL,
    country TEXT NOT NULL,
    is_billing {{bool}} NOT NULL,
    is_shipping {{bool}} NOT NULL,
    note TEXT NOT NULL,
    archived_at {{int}}
) {{strict}};
CREATE UNIQUE INDEX address_code ON address (company_id, code);

-- People of companies, and (without company) the seller's own.
CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    company_id TEXT REFERENCES company (id),
    unit_id TEXT REFERENCES unit (id),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    phone TEXT NOT NULL,
    language TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    password_hash TEXT,
    leads_sales {{bool}} NOT NULL,
    blocked_at {{int}},
    created_at {{int}} NOT NULL,
    version {{int}} NOT NULL
) {{strict}};
CREATE UNIQUE INDEX person_email ON person (email);
CREATE INDEX person_company ON person (company_id);

CREATE TABLE person_role (
    person_id TEXT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    PRIMARY KEY (person_id, role)
) {{strict}};

-- Only hashes of tokens are kept: a stolen copy of the database opens no session.
CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    via TEXT NOT NULL,
    client TEXT NOT NULL,
    created_at {{int}} NOT NULL,
    expires_at {{int}} NOT NULL
) {{strict}};
CREATE UNIQUE INDEX session_token ON session (token_hash);
CREATE INDEX session_person ON session (person_id);

CREATE TABLE password_reset (
    token_hash TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    expires_at {{int}} NOT NULL,
    used_at {{int}}
) {{strict}};

-- Failed sign-ins by e-mail address and by client, for throttling.
CREATE TABLE sign_in_failure (
    key TEXT NOT NULL PRIMARY KEY,
    failures {{int}} NOT NULL,
    last_at {{int}} NOT NULL
) {{strict}};
