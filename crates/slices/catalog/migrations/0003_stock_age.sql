-- Since which day the oldest of the stock lies here, days since 1970-01-01; not set: nobody knows.
ALTER TABLE product ADD COLUMN stock_since {{int}};
