-- An order is open until it is shipped, wherever open orders are shown or counted.
UPDATE purchase SET is_open = FALSE WHERE order_number IN (SELECT number FROM purchase_order WHERE state = 'shipped');
