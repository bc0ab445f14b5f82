-- What an order that is not completed takes of its company's credit: gross, without what is paid in advance. Written by
-- ordering in the order's own transaction, and removed when the order is cancelled or completed.
CREATE TABLE credit_use (
    order_number TEXT NOT NULL PRIMARY KEY,
    company_id TEXT NOT NULL,
    currency TEXT NOT NULL,
    gross_minor {{int}} NOT NULL
) {{strict}};
CREATE INDEX credit_use_company ON credit_use (company_id, currency, gross_minor);
