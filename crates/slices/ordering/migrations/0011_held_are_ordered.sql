-- Orders that wait for a person are remembered as held, and their deals are looked at again.
INSERT INTO purchase_held (order_number, position, product_id, quantity, unit, price_micros, currency, net_minor, is_negotiated)
    SELECT o.number, l.position, l.product_id, l.quantity, l.unit, l.price_micros, o.currency, l.net_minor,
        l.negotiation_id IS NOT NULL OR l.offer_id IS NOT NULL
    FROM purchase_order o JOIN order_line l ON l.order_id = o.id WHERE o.state = 'held';
UPDATE negotiation SET version = version + 1 WHERE id IN (
    SELECT l.negotiation_id FROM purchase_order o JOIN order_line l ON l.order_id = o.id
    WHERE o.state = 'held' AND l.negotiation_id IS NOT NULL);
