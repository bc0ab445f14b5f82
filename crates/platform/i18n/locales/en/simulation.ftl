### Simulations and suggested policies.

## On the command line

simulate-past = { $deals } past deals of { $customers } customers and { $products } products, read in { $seconds } s
simulate-running = Simulating
simulate-speed = { $buyers } buyers ({ $skipped } more could not be simulated), { $decisions } decisions in { $seconds } s: { $per_second } decisions a second
simulate-more = against list prices { $more } ({ $interval })

## Figures

simulation-between = { $low } to { $high }
simulation-money = { $amount } { $currency }
simulation-figure-agreement = Agreed without a person
simulation-figure-close = Buyers who bought
simulation-figure-revenue = Net revenue
simulation-figure-pocket = Pocket margin
simulation-figure-pocket-rate = Pocket margin of revenue
simulation-figure-leakage = Leakage: discount that was not needed
simulation-figure-escalation = Went to a person
simulation-figure-work = Minutes of reps’ work
simulation-figure-lasting = Pocket margin that lasts
simulation-figure-surplus = Buyers’ surplus
simulation-figure-discount = Discount given
simulation-figure-discount-rate = Discount of list value
simulation-figure-deals = Deals
simulation-figure-rounds = Rounds per negotiation
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
