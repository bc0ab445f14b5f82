### Tracking of negotiations.

policy-state-variant = Variant of an experiment
tracking-title = Results of negotiations
tracking-lead = What was asked, what was given, what came of it. Every figure leads to its negotiations, every negotiation to its decisions.
tracking-from = From
tracking-until = Until
tracking-category = Category
tracking-rep = Sales rep
tracking-policy = Policy
tracking-product = Product
tracking-show = Show
tracking-all = All
tracking-no-rep = no sales rep
tracking-no-segment = no segment
tracking-numbers = The numbers
tracking-nothing = Nothing in this span.
tracking-empty = No negotiations in this span
tracking-empty-hint = Choose a longer span or fewer filters. Negotiations appear here as soon as a buyer has asked.
tracking-found = { $n ->
    [one] { $n } negotiation
   *[other] { $n } negotiations
 }
tracking-report-overview = Overview
tracking-report-asks = Asks and discounts
tracking-report-levers = Levers
tracking-report-outcomes = Won and lost
tracking-report-prices = Prices paid
tracking-report-adherence = Kept and adopted
tracking-report-people = Reps and segments
tracking-report-negotiations = Negotiations
tracking-section-weeks = Week by week
tracking-section-weeks-hint = By the week of the first ask. Agreement counts what has ended. The band, and the two numbers in the table, say within what the share may truly lie when there are few: 95 % of the time.
tracking-section-waterfall = From list price to pocket
tracking-section-waterfall-hint = Ordered deals whose costs are known. Leakage is what is missing to the floor.
tracking-section-categories = By category
tracking-section-categories-hint = Discount asked for beside the discount given, weighted by value.
tracking-section-sizes = By size
tracking-section-sizes-hint = By the value of what was asked for at list prices.
tracking-section-levers = Levers
tracking-section-levers-hint = In how many negotiations a lever was offered, looked at closely and taken, and in how many offers. One negotiation can have several.
tracking-section-reasons = How they ended, and why
tracking-section-reasons-hint = Every negotiation once, by its end and the reason that was given.
tracking-section-policies = By policy version
tracking-section-policies-hint = By the version that decided last. What a version causes, only an experiment can say.
tracking-section-prices = Prices agreed for one product
tracking-section-prices-hint = Each point is a deal: the price of one unit against the quantity. Equal volume at unequal prices is worth a look.
tracking-section-adherence = Were the deals kept
tracking-section-adherence-hint = Whether the agreed quantity was really ordered.
tracking-section-adoption = How far it has caught on
tracking-section-adoption-hint = In the whole span, whatever else is filtered.
tracking-section-reps = By sales rep
tracking-section-reps-hint = By the rep of the customer. Each name leads to a one-page summary.
tracking-section-segments = By segment
tracking-section-segments-hint = By the customer’s segment at the time. Each name leads to a one-page summary.
column-with-unit = { $name }, { $unit }
column-unit = Unit
tracking-column-group = Group
tracking-column-count = Negotiations
tracking-column-agreement = Agreement
tracking-column-asked = Discount asked
tracking-column-given = Discount given
tracking-column-rounds = Rounds
tracking-column-escalated = With a person
tracking-column-turnaround = Person’s answer
tracking-column-agreed = Agreed, { $currency }
tracking-column-revenue = Ordered, { $currency }
tracking-column-lapsed = Lapsed, { $currency }
tracking-column-offers = Offers made
tracking-column-offers-taken = Offers taken
tracking-column-ordered = Ordered value
tracking-column-margin = Pocket margin
tracking-column-effect = Against baseline, { $currency }
tracking-column-step = Step
tracking-column-amount = Amount, { $currency }
tracking-column-of-list = Of list
tracking-column-offered = Offered
tracking-column-looked = Looked at
tracking-column-taken = Taken
tracking-column-taken-share = Taken of offered
tracking-column-state = What became of it
tracking-column-deals = Deals
tracking-column-part = Negotiated
tracking-column-whole = All
tracking-column-share = Share
tracking-column-negotiation = Number
tracking-column-company = Customer
tracking-column-day = First asked
tracking-column-outcome = Result
tracking-column-net = Agreed value
tracking-column-list = List price
tracking-column-price = Agreed price
tracking-axis-quantity = Quantity
tracking-axis-price = Price of one unit, { $currency }
tracking-price-point = { $company }: { $quantity } at { $price }
tracking-rebate = Rebates
tracking-leakage = Leakage
tracking-size-below = below { $high }
tracking-size-between = { $low } to { $high }
tracking-size-above = { $low } and more
tracking-at-once = at once
tracking-seconds = { $n } s
tracking-minutes = { $n } min
tracking-hours = { $n } h
tracking-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
 }
tracking-won = Won
tracking-lost = Lost
tracking-open = Open
tracking-won-at-once = Agreed at once
tracking-won-offer = Offer taken
tracking-won-person = Agreed with a person
tracking-lost-person = Turned down by a person
tracking-kept-kept = Ordered as agreed
tracking-kept-short = Less ordered than agreed
tracking-kept-partly = Partly ordered, the rest can still be
tracking-kept-not-ordered = Not ordered
tracking-kept-open = Can still be ordered
tracking-paid-in-time = Paid in time
tracking-not-known = not known: payments are not recorded yet
tracking-adoption-companies = Companies
tracking-adoption-revenue = Revenue
tracking-tile-count = Negotiations
tracking-tile-agreement = Agreement
tracking-tile-agreed = Agreed
tracking-tile-lapsed = Lapsed
tracking-tile-answer = First answer
tracking-tile-escalated = With a person
tracking-tile-discount = Discount given
tracking-tile-revenue = Ordered
tracking-tile-margin = Pocket margin
tracking-tile-effect = Ordered against baseline
tracking-tile-baseline = Matched baseline
tracking-tile-leakage = Leakage
tracking-note-open = { $n } open
tracking-note-win-loss = { $won } won, { $lost } lost
tracking-note-cycle = ask to end { $time }
tracking-note-turnaround = answered in { $time }
tracking-note-asked = { $percent } was asked
tracking-note-deals = { $n ->
    [one] { $n } deal
   *[other] { $n } deals
 }
tracking-note-ordered = { $n ->
    [one] { $n } deal, { $amount } beyond what was asked
   *[other] { $n } deals, { $amount } beyond what was asked
 }
tracking-note-lapsed = { $n ->
    [one] { $n } deal; { $amount } can still be ordered
   *[other] { $n } deals; { $amount } can still be ordered
 }
tracking-note-estimated = { $n ->
    [0] at costs of the day
    [one] { $n } deal at today’s costs
   *[other] { $n } deals at today’s costs
 }
tracking-note-pocket-effect = in the pocket { $amount }
tracking-note-matched = { $n ->
    [one] { $n } deal by prices paid before
   *[other] { $n } deals by prices paid before
 }
tracking-note-leakage = missing to the floor
tracking-negotiation = Negotiation { $number }
tracking-decision = Decision { $number }
tracking-asked-for = Asked for { $terms }
tracking-answer-agreed = Agreed
tracking-answer-offered = Offers
tracking-answer-waiting = To a person
tracking-answer-declined = Declined
tracking-answer-imported = Imported
tracking-decisions = Decisions of people
tracking-column-person = Who
tracking-column-decision = Decision
tracking-column-authority = Authority
tracking-column-terms = Terms
tracking-column-pocket = Pocket
tracking-column-rationale = Why
tracking-column-answered = Working minutes from the ask
tracking-column-at = When
tracking-offer-suggested = Suggested
tracking-offer-unsent = Suggestion, not sent
tracking-offer-withdrawn = Taken back
tracking-offer-open = Open
tracking-offer-taken = Taken
tracking-offer-superseded = Not taken
tracking-trace = Why: every rule that fired, with its numbers
tracking-no-trace = Imported: it was not decided here, so there is no trace and nothing to replay.
tracking-replay = Replay
tracking-identical = Identical: computed again from what was stored, the decision is the same to the cent.
tracking-different = The decision would come out differently today. What differs:
tracking-field = Field
tracking-stored = As stored
tracking-again = Computed again
tracking-fact-about = About
tracking-fact-opened = First asked
tracking-fact-closed = Ended
tracking-fact-agreed = Agreed
tracking-fact-lever = By
tracking-fact-order = Order
tracking-summary-segment = Segment { $segment }
tracking-summary-span = Negotiations first asked from { $from } to { $until }
tracking-summary-lead = { $won ->
    [one] { $won } deal agreed, { $ordered } ordered: { $revenue }; against the matched baseline { $effect }.
   *[other] { $won } deals agreed, { $ordered } ordered: { $revenue }; against the matched baseline { $effect }.
 }
tracking-share-between = { $share } ({ $low } to { $high })
tracking-own-summary = My summary
tracking-stories = Deals worth telling about
tracking-story = { $amount }, first asked on { $day }: { $asked } under list was asked, { $given } was given.
tracking-method = Money counts what was ordered. Baseline: the ordered quantities at the price that the same customer paid for the same product in the 90 days before, at list price where none was bought; in the pocket the same quantities at the same costs. Leakage: what ordered deals lack to the floor.
office-start-tracking = Results of negotiations
office-start-tracking-text = What was asked, what was given, what came of it

## What buyers take, as it was learnt

buyer-model-title = What buyers take
buyer-model-intro = How likely an offer is taken. It is learnt from the offers that the rules made here, once their negotiation is over; offers of people and of the system before teach nothing. It orders the cards of an answer, and says on the desk how likely one is and what it is worth; it never changes a price.
buyer-model-empty = Nothing was learnt yet
buyer-model-empty-hint = What became of offers is shown here at the latest a quarter of an hour after their negotiation is over. Until then the engine assumes 90 % at the asked price, and 8 points less for each per cent above it.
buyer-model-all = All customers
buyer-model-segments = By customer segment
buyer-model-segment = Segment
buyer-model-offers = Offers made
buyer-model-offers-taken = Offers taken
buyer-model-outcomes = Learnt from
buyer-model-taken = Of these taken
buyer-model-at-ask = At the asked price
buyer-model-above = { $gap } above it
buyer-model-between = { $low } to { $high } %
buyer-model-levers = By lever: { $segment }
buyer-model-levers-hint = The chance at the asked price. The more offers, the narrower the interval.
buyer-model-lever = Lever
buyer-model-chance = Chance
buyer-model-interval = 95 % interval
tracking-by-version = policy version { $number }
