-- What was removed can be brought back for a while: the rows stay until somebody's next removal finds them too old.
ALTER TABLE cart ADD COLUMN removed_at {{int}};
ALTER TABLE cart_line ADD COLUMN removed_at {{int}};
CREATE INDEX cart_removed ON cart (removed_at) WHERE removed_at IS NOT NULL;
CREATE INDEX cart_line_removed ON cart_line (removed_at) WHERE removed_at IS NOT NULL;
