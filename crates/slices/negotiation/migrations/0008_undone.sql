-- What somebody took back within the seconds for it was never sent: `undone`, no longer `withdrawn`, which is an offer that the
-- buyer had and lost to its replacement.
UPDATE offer SET state = 'undone' WHERE state = 'withdrawn' AND EXISTS (
    SELECT 1 FROM negotiation_decision d WHERE d.negotiation_id = offer.negotiation_id AND d.person_id = offer.made_by
    AND d.at = offer.made_at AND d.undone_at IS NOT NULL);
