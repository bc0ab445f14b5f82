### Simulations and suggested policies.

## On the command line

simulate-past = { $deals } past deals of { $customers } customers and { $products } products, read in { $seconds } s
simulate-verdict = { $arm }: { $change } { $sure }
simulate-matched = { $what }: recorded { $recorded } { $chance }, simulated { $simulated }, before fitting { $before }: { $judgement }
simulate-running = Simulating
simulate-speed = { $buyers } buyers ({ $skipped } more could not be simulated), { $decisions } decisions in { $seconds } s: { $per_second } decisions a second
simulate-more = against list prices { $more } ({ $interval })

## Figures

simulation-between = { $low } to { $high }
simulation-money = { $amount } { $currency }
simulation-figure-agreement = Agreed without a person
simulation-figure-settled = Agreed
simulation-figure-escalation = Went to a person
simulation-figure-rounds = Rounds per negotiation
simulation-figure-close = Bought
simulation-figure-eligible = Buyers who may negotiate
simulation-figure-revenue = Net revenue
simulation-figure-pocket = Pocket margin
simulation-figure-pocket-rate = Pocket margin of revenue
simulation-figure-leakage = Leakage: discount that was not needed
simulation-figure-work = Minutes of reps’ work
simulation-figure-lasting = Pocket margin that lasts
simulation-figure-surplus = Buyers’ surplus
simulation-figure-discount = Discount given
simulation-figure-discount-rate = Discount of list value
simulation-figure-deals = Deals
simulation-figure-under-floor = Sales under the floor

## Arms

simulation-arm-published = In force (version { $number })
simulation-arm-draft = Draft (version { $number })
simulation-arm-version = Version { $number }
simulation-arm-suggested = Suggested policy
simulation-arm-starter = Starter policy
simulation-arm-complete = Policy with every lever
simulation-arm-list = Always list price
simulation-arm-floor = Always grant up to the floor
simulation-arm-split = Split the difference
simulation-arm-was = As it was

## Breakdowns

simulation-by-segment = By customer segment
simulation-by-category = By product category
simulation-by-lever = By lever
simulation-by-size = By size of the deal
simulation-key-none = none
simulation-key-nothing = nothing sold
simulation-key-size = from { $from }

## How well the invented buyers fit

simulation-fit-title = How well do the buyers fit?
simulation-fit-prices = Prices and sizes
simulation-calibration-old = The buyers of this simulation were not fitted to how your negotiations really went. Start it anew.
simulation-calibration-none = { $n ->
    [0] No negotiation is
    [one] Only { $count } negotiation is
   *[other] Only { $count } negotiations are
} recorded that the policy in force would let happen: too few to fit to how buyers negotiate. Who goes to a person, how many rounds there are and how many agree follow general assumptions.
simulation-calibration-bad = Read this with care: the buyers do not behave as yours did. { $figures }.
simulation-calibration-how = { $count } recorded negotiations about one product, beside what the policy in force makes of invented buyers. Those who may not negotiate are left out on both sides.
simulation-matched-person = Went to a person
simulation-matched-rounds = Rounds per negotiation
simulation-matched-agreed = Agreed
simulation-matched-discount = Discount of agreed prices
simulation-matched-recorded = Recorded
simulation-matched-simulated = Simulated
simulation-matched-before = Before fitting
simulation-matched-fit = Fit
simulation-matched-chance = (± { $distance })
simulation-matched-well = close
simulation-matched-badly = far apart
simulation-matched-apart = { $what }: { $recorded } recorded, { $simulated } simulated
simulation-fit-nothing = There is too little history to hold any of it out: the buyers follow general assumptions more than your own customers.
simulation-fit-how = The buyers were fitted to { $fitted } deals and compared with the { $held } newest ones, which the fit had not seen. For each distribution we say how far the invented and the real one are apart at most (Kolmogorov-Smirnov distance).
simulation-fit-deal-size = Sizes of deals
simulation-fit-discount = Discounts
simulation-fit-spread = Spread of prices for the same product and quantity
simulation-fit-well = { $what }: { $distance } apart. That is no more than chance makes.
simulation-fit-fairly = { $what }: { $distance } apart. Close enough to compare policies.
simulation-fit-badly = { $what }: { $distance } apart. The past changes too much to be foretold from; read the figures with care.
simulation-fit-agreement = Negotiations that end in a sale: { $predicted } expected, { $seen } seen.
simulation-fit-levers = Levers taken: shares differ by { $distance }.

## Refusals and fields

refusal-simulation-no-history = Nothing was sold or negotiated yet, so there are no buyers to learn from. Import past orders first.
refusal-simulation-too-many = Three simulations wait or run already. Wait until one has ended, or stop one.
refusal-simulation-ended = This simulation has ended, so there is nothing to stop.
refusal-simulation-no-suggestion = This simulation has not suggested a policy. Work out a suggestion first.
invalid-simulation-twice = { $policy } is named twice. Name each policy once.
invalid-simulation-arms = Choose at most { $max } policies and rules.
invalid-simulation-was = Only past deals can be shown as they were. Choose past deals, or leave this out.
invalid-simulation-count = Choose 1 to { $max } buyers.
invalid-simulation-seed = Choose a seed of 0 to { $max }.
invalid-simulation-policy = There is no version { $policy } of the policy.
flash-simulation-cancelled = The simulation was stopped.
flash-suggestion-adopted = The suggestion is the draft now. Look it over before you publish it.

## The list, and a new one

simulations-title = Simulations
simulations-lead = Try policies on past and invented buyers before they go live.
simulations-empty = No simulation yet
simulations-empty-hint = A simulation shows what a policy would have sold, at which margin and with how much work.
simulation-new = New simulation
simulation-new-lead = The same buyers meet every policy and rule that you tick, so that small differences show.
simulation-which-policies = Policies
simulation-which-references = Reference rules
simulation-references-hint = Their floors are those of the policy in force where it takes part, otherwise of the first policy.
simulation-which-buyers = Buyers
simulation-choose-invented = Invented ones, fitted to your customers
simulation-choose-backtest = Every past deal once, as if its buyer had asked; beside it stands what really was ordered
simulation-count = Invented buyers
simulation-seed = Seed
simulation-seed-hint = The same seed gives the same buyers, and so the same result.
simulation-start = Start
simulation-policies = Policies and rules
simulation-buyers = Buyers
simulation-when = Started
simulation-who = By
simulation-kind-backtest = past deals
simulation-kind-invented = { $count } invented

## A run

simulation-number = Simulation { $number }
simulation-state-queued = Waiting
simulation-state-running = Running
simulation-state-done = Done
simulation-state-failed = Failed
simulation-state-cancelled = Stopped
simulation-meta = Asked for on { $moment }
simulation-done-meta = { $buyers } buyers, done on { $moment }
simulation-runs = The simulation is running. This page shows the result when it is there.
simulation-progress = Progress
simulation-look-again = look again
simulation-cancel = Stop
simulation-was-cancelled = This simulation was stopped before it had a result.
simulation-error-no-deals = There is no past deal that could be used: products need a price, and deals a product that is still sold.
simulation-error-currency = A policy counts in another currency than the policy in force.
simulation-error-arms = The policies cannot be compared like this.
simulation-error-faults = A policy contradicts itself.
simulation-side-by-side = Side by side
simulation-verdict = What changes
simulation-verdict-none = The policy in force did not take part together with another one, so nothing can be said about a change. Start a simulation with both.
simulation-changes-from = Changes are from: { $arm }. The same buyers meet every policy, so the intervals (95 %) are those of the change.
simulation-eligible = Shares and rounds are over the { $count } buyers who may negotiate; for the other { $others }, the smallest deal or another rule keeps them out. Sums are over all. Of what was, only real negotiations are counted in shares.
simulation-further = Further figures
simulation-change = Change: { $change }
simulation-change-between = Change: { $change } ({ $interval })
simulation-change-lasting = Change of the pocket margin that lasts
simulation-pictures = Pictures
simulation-intervals = The whiskers are 95 % intervals of the change: with other customers of the same kind it would mostly lie in between.
simulation-picture = A bar for each policy or rule. The tables have the same numbers.
simulation-bar = { $number } · { $arm }
simulation-against-list = More than with list prices for everybody
simulation-paired = The same buyers on both sides. An interval that does not hold zero is a real difference.
simulation-pocket-by = Pocket margin
simulation-limits = Every negotiation stands for itself: budgets over a period and what a customer was granted before are not simulated.
simulation-settings = What was run
simulation-currency = Currency
simulation-hash = Fingerprint of the policy
simulation-column-arm = Policy or rule
simulation-column-by = Breakdown
simulation-column-key = Of
simulation-column-figure = Figure
simulation-column-value = Value
simulation-column-low = Low end
simulation-column-high = High end
simulation-column-unit = Unit
simulation-column-buyers = Buyers

## A suggested policy

suggestion-title = Suggested policy
suggestion-lead = A policy to start with, worked out from what you have sold. Every number says where it comes from.
suggestion-empty = No suggestion yet
suggestion-empty-hint = It is worked out from your past orders and negotiations, and tried against the policy in force.
suggestion-begin = Suggest a policy
suggestion-again = Work it out anew
suggestion-adopt = Make it the draft
suggestion-overwrites = There is a draft already; the suggestion would take its place.
suggestion-to-run = All figures of this simulation
suggestion-hint = You still negotiate by the starter policy. A policy that fits your past sales can be suggested.
suggestion-numbers = Its numbers
suggestion-what = Rule
suggestion-value = Suggested
suggestion-why = Why
suggestion-policy = The whole policy
suggestion-margins = Floor and target, all customers and products
suggestion-margins-segment = Floor and target, segment { $name }
suggestion-margins-class = Floor and target, class { $name }
suggestion-plain = Plain concession
suggestion-plain-from = Plain concession, first round
suggestion-plain-to = Plain concession, last round
suggestion-volume = Volume
suggestion-volume-per-double = For twice the quantity
suggestion-volume-multiple-max = Most that is asked to be ordered
suggestion-payment = Payment
suggestion-tactic-exponent = Tactic (1: even steps; more: gives in later)
suggestion-tactic-rounds-max = Rounds
suggestion-limits = Limits
suggestion-eligibility-deal-min = Smallest deal that is negotiated
suggestion-limits-worth-deal = Deals that are worth a person’s time from
suggestion-limits-deal-max = Deals that always go to a person from
suggestion-limits-worth-customer = Customers that are worth a person’s time, yearly revenue from
suggestion-limits-discount-max = Largest discount that is answered
suggestion-eligibility-classes-blocked = Class that is not negotiated
suggestion-value-margins = { $floor } and { $target }
suggestion-value-multiple = { $multiple } times what was asked
suggestion-value-payment = { $days } days: { $grant }
suggestion-why-starter = History says too little about it; this is what every new installation begins with.
suggestion-why-margins = In { $deals } deals, a tenth of the revenue left less than { $floor_seen }, half of it less than { $target_seen }. Few deals are drawn towards the whole.
suggestion-why-spread = Of { $deals } deals under the usual price for the same product and quantity, nine in ten were at most { $percentile_90 } under it.
suggestion-why-slope = Over { $pairs } pairs of sales, twice the quantity took { $per_double_seen } off the price.
suggestion-why-quantities = In { $deals } deals, one in twenty was { $multiple_seen } times the usual quantity or more.
suggestion-why-capital = Waiting for money costs { $capital } a year.
suggestion-why-at-list = { $share } of { $deals } deals were at the list price: the more, the later it gives in.
suggestion-why-rounds = Half of { $talks } negotiations took { $rounds } rounds or fewer; one more is allowed.
suggestion-why-deal-values = { $percentile } of { $deals } deals were worth { $seen } or less.
suggestion-why-revenues = { $percentile } of { $customers } customers bought for { $seen } or less in a year.
suggestion-why-discounts = { $percentile } of { $deals } deals had a discount of { $seen } or less; half as much again is allowed.
suggestion-why-no-cost = No cost is known of any of its { $products } products.
suggestion-findings = What history shows
suggestion-findings-hint = Where most is sold under its usual price stands first: there a policy earns most.
suggestion-found-what = About
suggestion-found-name = Name
suggestion-found-sales = Sales
suggestion-found-at-list = At list price
suggestion-found-discount = Median discount
suggestion-found-spread = Spread
suggestion-found-under = Sold under the usual price
suggestion-found-margin = Pocket margin
suggestion-found-agreed = Negotiations agreed
suggestion-found-market = Everything
suggestion-found-segment = Segment
suggestion-found-class = Class
suggestion-found-category = Category
suggestion-found-lever = Lever
suggestion-found-customer = Customer
suggestion-found-product = Product

## Start of the office

office-start-simulations = Simulations
office-start-simulations-text = Try policies on past and invented buyers before they go live
percentage-points = { $points } points
simulation-pocket-by-largest = Pocket margin of the largest; { $count } smaller ones are in the table only
