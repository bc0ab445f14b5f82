-- Changes of rules that prices depend on, which a second person has to confirm. `subject` is cost_model or segments, `text` the
-- whole of what it shall be, `state` waiting, confirmed or declined. `proposed_by` is null for the system.
CREATE TABLE signoff (
    id TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    proposed_by TEXT,
    proposed_at {{int}} NOT NULL,
    state TEXT NOT NULL,
    decided_by TEXT,
    decided_at {{int}},
    decided_note TEXT NOT NULL,
    is_own {{bool}} NOT NULL
) {{strict}};
CREATE INDEX signoff_subject ON signoff (subject, proposed_at);
-- One change of a subject waits at a time.
CREATE UNIQUE INDEX signoff_waiting ON signoff (subject) WHERE state = 'waiting';
