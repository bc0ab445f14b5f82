-- An order over the credit limit is `held` until somebody releases or refuses it. Why an order was cancelled or refused,
-- when, by whom, and what it was before, so that whoever did it can undo it for a while.
ALTER TABLE purchase_order ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE purchase_order ADD COLUMN cancelled_at {{int}};
ALTER TABLE purchase_order ADD COLUMN cancelled_from TEXT;
ALTER TABLE purchase_order ADD COLUMN cancelled_by TEXT;
-- A line of a deal has days to pay of its own; null: as the order.
ALTER TABLE order_line ADD COLUMN payment_days {{int}};
-- What is open takes credit from now on.
INSERT INTO credit_use (order_number, company_id, currency, gross_minor)
    SELECT number, company_id, currency, gross_minor FROM purchase_order
    WHERE state IN ('open', 'shipped') AND payment_days > 0 AND gross_minor > 0;
