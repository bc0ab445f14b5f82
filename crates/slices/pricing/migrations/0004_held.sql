-- What orders took that wait for a person. It is not bought yet, so no price, revenue or habit knows of it; but it is ordered,
-- and whoever asks whether a deal was ordered counts it, until it is released (then it is a purchase) or refused.
CREATE TABLE purchase_held (
    order_number TEXT NOT NULL,
    position {{int}} NOT NULL,
    product_id TEXT NOT NULL,
    quantity {{int}} NOT NULL,
    unit TEXT NOT NULL,
    price_micros {{int}} NOT NULL,
    currency TEXT NOT NULL,
    net_minor {{int}} NOT NULL,
    is_negotiated {{bool}} NOT NULL,
    PRIMARY KEY (order_number, position)
-- only: sqlite
) STRICT, WITHOUT ROWID;
-- end
-- only: postgres
);
-- end
