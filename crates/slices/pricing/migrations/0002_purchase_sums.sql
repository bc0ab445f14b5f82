-- What a company bought and has open is summed for every decision: from the index alone, because each row of the table is
-- found by the number of its order, all over it. SQLite reads `is_open` of the rows even where the index holds no others.
DROP INDEX purchase_of_company;
CREATE INDEX purchase_of_company ON purchase (company_id, at, currency, net_minor);
DROP INDEX purchase_open;
CREATE INDEX purchase_open ON purchase (company_id, order_number, currency, at, net_minor, is_open) WHERE is_open;
