### Who decides, and by when.

## The settings

office-start-routing = Calendar and routing
office-start-routing-text = Working hours, caps, reminders and who stands in

routing-title = Calendar and routing
routing-lead = When the desk works, how cases are spread over people, and what happens when a promise is missed. Which authority a case needs is set in the negotiation policy.
routing-hours = Working hours
routing-hours-hint = Promised times run only while the desk is open. Several spans are separated by commas; an empty day is closed.
routing-holidays-national = Closed on the public holidays of { $country }
routing-holidays-unknown = The public holidays of your country are not known here. Enter them below.
routing-holidays-coming = Those on working days in the next twelve months
routing-holidays-own = Own days off
routing-holidays-own-hint = One per line: the date and what it is called, such as 2027-12-24 Christmas Eve.
routing-load = Load and reminders
routing-load-hint = A person who has reached the cap gets no further case while somebody else who may decide has room.
routing-cap = Cases per person and day
routing-cases = cases
routing-remind = Remind after
routing-grace = Pass on after the promised time
routing-steps = Recommendation first
routing-steps-hint = Cases that somebody above the rep decides, and whose margin impact is above this limit, go to the rep for a recommendation first. Empty: never.
routing-recommend-above = Margin impact above
routing-recommend-within = Recommendation within
routing-people = People
routing-cap-own = Own cap
routing-cap-of = Cases per day of { $name }
routing-cap-hint = An empty field is the general cap.
routing-save-caps = Save caps
routing-away-until = away until { $date }
routing-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
load-open = Open
load-decided = Decided today
load-turnaround = Median turnaround
load-line = { $open } open · { $decided } of { $cap } decided today
load-line-turnaround = { $open } open · { $decided } of { $cap } decided today · median { $minutes } min
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday
level-admin = Administrator

## Absences

absences-title = Absences
absences-short = Absences
absences-lead = While somebody is away, cases go to the substitute, or to whoever may decide and has the least to do. What waits is passed on at once.
absences-coming = Now and coming
absences-none = Nobody is away.
absence-enter = Enter an absence
absence-who = Who
absence-when = When
absence-from = First day
absence-until = Last day
absence-days = { $from } to { $until }
absence-substitute = Substitute
absence-substitute-hint = Those who may decide as much come first.
absence-decides-less = { $name } (may decide less)
absence-nobody = nobody by name
absence-now = now
absence-remove = Take back
flash-absence-entered = The absence is entered. What waited has been passed on.
flash-absence-removed = The absence is taken back.

## Wrong input

invalid-opening-hours = Enter hours such as 8:00–17:00, or two spans separated by a comma. They must not overlap.
invalid-never-open = The desk is never open. Enter hours for at least one day.
invalid-whole-between = Enter a whole number from { $least } to { $most }.
invalid-holiday-line = “{ $line }” does not begin with a date such as 2027-12-24.
invalid-seven-days = Enter hours for seven days, Monday first.
invalid-dates-order = The last day lies before the first. Choose a later one.
invalid-absence-too-long = An absence has at most { $most } days. Enter two.
invalid-substitute-yourself = Nobody stands in for themselves. Choose somebody else.

## Refusals

refusal-routing-settings-changed = Somebody else has changed these settings. Look at them again, then save.
refusal-absence-not-yours = Only managers enter the absence of others. Ask yours.
refusal-absence-overlaps = There is an absence on some of these days already. Take that one back first.
refusal-colleague-without-authority = This colleague may not decide so much. { $names } may.
refusal-colleague-away = This colleague is away until { $until }. Choose somebody else.
refusal-no-recommendation-wanted = This case waits for a decision, not for a recommendation.
refusal-negotiation-not-automated = The shop does not answer this negotiation by itself now, so there is nothing to take over.
refusal-negotiation-held = { $name } has taken this negotiation over already.
refusal-negotiation-not-held = Nobody has taken this negotiation over.
refusal-negotiation-going-on = The customer negotiates about this product already: case { $number }. Go on there.
refusal-company-without-buyer = Nobody of this company may negotiate, so nobody would get the offer.
refusal-negotiation-may-not-start = This customer is excluded from negotiation. Check the terms of the company.
refusal-nothing-to-offer = The shop would offer nothing for this quantity. Enter a price.

## The way of a case

way-title = Who has this case
way-with = With { $name }
way-in-pool = In the pool: on nobody’s desk
way-now-with = This case is with { $name } now.
way-now-in-pool = This case is in the pool now.
way-step-recommend = Step { $step } of { $of }: recommendation
way-step-decide = Step { $step } of { $of }: decision
way-started = Begun by { $name }
way-held = { $name } answers first
way-take = Take over
way-hold = Take over from the shop
way-release = Hand back to the shop
way-pass = Pass on to a colleague
way-pass-to = To
way-pass-button = Pass on
way-note = What should the colleague know?
way-recommend-title = Your recommendation
way-recommend = Recommend
way-verdict = I would
way-history = How it came here
verdict-approve = approve
verdict-counter = make a counteroffer
verdict-reject = reject
assigned-asked-person = To { $name }, promised by { $moment }
assigned-asked-pool = Into the pool, promised by { $moment }
assigned-step-person = For decision to { $name }, promised by { $moment }
assigned-step-pool = For decision into the pool, promised by { $moment }
assigned-escalated-person = Passed on to { $name }, now promised by { $moment }
assigned-escalated-pool = Passed on into the pool, now promised by { $moment }
assigned-absent-person = To { $name } instead, promised by { $moment }
assigned-absent-pool = Into the pool instead, promised by { $moment }
assigned-left-person = To { $name }, because whoever had it is no longer here; promised by { $moment }
assigned-left-pool = Into the pool, because whoever had it is no longer here; promised by { $moment }
assigned-found-person = From the pool to { $name }, promised by { $moment }
assigned-found-pool = In the pool, promised by { $moment }
assigned-taken-person = Taken over by { $name }, promised by { $moment }
assigned-taken-pool = Into the pool, promised by { $moment }
assigned-passed-person = From { $by } to { $name }, promised by { $moment }
assigned-proposed-person = Sent on for approval by { $by } to { $name }, promised by { $moment }
assigned-proposed-pool = Sent on for approval by { $by }, in the pool, promised by { $moment }
assigned-passed-pool = From { $by } into the pool, promised by { $moment }
assigned-to-recommend = For a recommendation first.
reminded-person = { $name } was reminded
reminded-pool = Everybody who may decide was reminded
advised-approve = { $name } recommends to approve
advised-counter = { $name } recommends a counteroffer
advised-reject = { $name } recommends to reject
because-own-rep = { $name } looks after the customer.
because-own-rep-level = { $name } looks after the customer, but this needs at least: { $level }.
because-own-rep-left = { $name } looked after it and is no longer here.
because-own-rep-absent = { $name } is away until { $until }.
because-own-rep-closed = { $name } does not work for a long time.
because-substitute = { $name } stands in for { $other }.
because-no-substitute = Nobody stands in who is here and may decide so much.
because-over-cap = { $name } has { $used } cases today and takes { $of }.
because-excluded = { $name } has spoken on this case already.
because-level-away = { $level }: nobody is here.
because-level-full = { $level }: everybody has reached the cap.
because-least-loaded = { $of ->
    [one] { $level }: the only one with room, { $used } today.
   *[other] { $level }: the least to do, { $used } today, among { $of } people with room.
}
because-least-over-cap = Everybody has reached the cap. { $level }: the least above it.
because-nobody-present = Nobody who may decide is here.
because-same-person = Nobody else may decide.
because-highest-level = Nobody may decide so much. { $level }: the highest who is here.
because-nobody-active = Nobody works on the desk.
because-missed = { $level }: the promised time was missed.
because-nobody-above = Nobody above is here.

## What the buyer reads of an offer that nobody asked for

deal-unasked = An offer for you
routing-ranges = 1 to 1,000 cases, 1 to 100 %, up to 10,080 minutes (a week). Hours, days off and reminders hold at once; other numbers decide who gets a case, so a second person confirms them.
routing-holidays-closed = Closed on public holidays
routing-change-what = What
routing-change-at-once = at once
routing-meaning = { $count ->
    [0] No case came to the desk in the last 30 days.
    [one] { $moved ->
        [0] The one case of the last 30 days would have gone to the same person.
       *[other] The one case of the last 30 days would have gone to somebody else.
    }
   *[other] Of the { $count } cases of the last 30 days { $moved } would have gone to somebody else first.
}
routing-meaning-first = Goes first to (last 30 days)
routing-meaning-advised = for a recommendation first
routing-meaning-passed-on = passed on, because it took too long
invalid-too-many-days = Enter at most { $most } days.
