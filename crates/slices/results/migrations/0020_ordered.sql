-- What was agreed, what of it was ordered, and from when the rest has lapsed are three figures. The amounts of before are
-- from now on of what was ordered; `ordered_list_minor` is that at list prices. `agreed_minor` and `agreed_pocket_minor` are
-- of the agreed deal as a whole, `rest_minor` is what was not ordered of it. Rows are written anew.
ALTER TABLE negotiation_result ADD COLUMN agreed_minor {{int}} NOT NULL DEFAULT 0;
ALTER TABLE negotiation_result ADD COLUMN agreed_pocket_minor {{int}} NOT NULL DEFAULT 0;
ALTER TABLE negotiation_result ADD COLUMN ordered_list_minor {{int}} NOT NULL DEFAULT 0;
ALTER TABLE negotiation_result ADD COLUMN is_ordered {{int}} NOT NULL DEFAULT 0;
ALTER TABLE negotiation_result ADD COLUMN is_short {{int}} NOT NULL DEFAULT 0;
ALTER TABLE negotiation_result ADD COLUMN rest_minor {{int}} NOT NULL DEFAULT 0;
ALTER TABLE negotiation_result ADD COLUMN lapses_at {{int}};
-- How many offers of a lever the buyer had, and how many were taken: every one, whoever made it.
ALTER TABLE negotiation_result_lever ADD COLUMN offers {{int}} NOT NULL DEFAULT 0;
ALTER TABLE negotiation_result_lever ADD COLUMN offers_taken {{int}} NOT NULL DEFAULT 0;
UPDATE negotiation_result SET version = -1;
