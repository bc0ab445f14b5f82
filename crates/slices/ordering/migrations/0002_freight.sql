-- What was charged for freight, net, and what would have been without deals. Both are 0 for imported orders.
ALTER TABLE purchase_order ADD COLUMN freight_minor {{int}} NOT NULL DEFAULT 0;
ALTER TABLE purchase_order ADD COLUMN freight_list_minor {{int}} NOT NULL DEFAULT 0;
