-- Somebody has asked the authority (VIES) whether a company's VAT id is valid. It counts for this id only: a company that
-- gets another one is asked about again. What was confirmed before stays as proof.
CREATE TABLE vat_confirmation (
    company_id TEXT NOT NULL REFERENCES company (id),
    vat_id TEXT NOT NULL,
    confirmed_on {{int}} NOT NULL,
    reference TEXT NOT NULL,
    person_id TEXT,
    at {{int}} NOT NULL,
    PRIMARY KEY (company_id, vat_id)
) {{strict}};
