-- What a person's decision gave, what it left and by whose authority; and how the case stood before, so that it can be taken
-- back. `offers` is the engine's offers as JSON; `asked_at` is when the buyer asked what was decided, `answer_minutes` the
-- working minutes since then. Decisions from before know none of it.
ALTER TABLE negotiation_decision ADD COLUMN offers TEXT;
ALTER TABLE negotiation_decision ADD COLUMN margin_ppm {{int}};
ALTER TABLE negotiation_decision ADD COLUMN pocket_minor {{int}};
ALTER TABLE negotiation_decision ADD COLUMN authority TEXT;
ALTER TABLE negotiation_decision ADD COLUMN needed TEXT;
ALTER TABLE negotiation_decision ADD COLUMN asked_at {{int}};
ALTER TABLE negotiation_decision ADD COLUMN answer_minutes {{int}};
ALTER TABLE negotiation_decision ADD COLUMN stood TEXT;
ALTER TABLE negotiation_decision ADD COLUMN undone_at {{int}};
CREATE INDEX negotiation_decision_by ON negotiation_decision (person_id, at);
UPDATE negotiation_decision SET asked_at = (SELECT MAX(a.at) FROM assignment a
    WHERE a.negotiation_id = negotiation_decision.negotiation_id AND a.cause = 'asked' AND a.at <= negotiation_decision.at);

-- A suggestion that only the desk saw was never turned down by the buyer: `unsent`, no longer `superseded`.
UPDATE offer SET state = 'unsent' WHERE state = 'superseded' AND made_by IS NULL AND EXISTS (
    SELECT 1 FROM negotiation_round r WHERE r.negotiation_id = offer.negotiation_id AND r.round = offer.round
    AND r.outcome IN ('waiting', 'supported-waiting'));
