-- The baseline is of the ordered quantities, like what it is held against: rows are written anew.
UPDATE negotiation_result SET version = -1;
