-- Which of a line's answers was accepted: 0 for the answer itself, 1 and more for its alternatives. What was accepted before is
-- known where there was no choice.
ALTER TABLE quote_line ADD COLUMN accepted_choice {{int}};
UPDATE quote_line SET accepted_choice = 0 WHERE offer_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM quote_answer a WHERE a.quote_id = quote_line.quote_id AND a.position = quote_line.position AND a.choice > 0);

-- An answer's own end; empty: it stands as long as its version.
ALTER TABLE quote_answer ADD COLUMN valid_until {{int}};
