-- What was cancelled was not bought. Imported orders were once remembered as bought whatever their state, and what was
-- credited for a cancelled order is nothing that was paid back: both go out of the memory of prices.
DELETE FROM purchase WHERE order_number IN (SELECT number FROM purchase_order WHERE state = 'cancelled');
DELETE FROM purchase WHERE order_number IN (
    SELECT c.number FROM credit_note c JOIN purchase_order o ON o.number = c.order_number WHERE o.state = 'cancelled');
