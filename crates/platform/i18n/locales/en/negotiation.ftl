### Area: negotiation. Keys start with the name of the thing they belong to.

## The panel

deal-ask-title = Ask for a better price
deal-ask = Ask
deal-ask-again = Ask again
deal-ask-else = Ask for something else
deal-target-price = Target price
deal-target-total = Target total, net
deal-you-pay-now = You pay { $price } now
deal-add-competitor = Add a competitor’s offer
deal-competitor-name = Competitor
deal-competitor-price = Their price
deal-competitor-note = What their offer includes
deal-competitor-file = Their offer as a file
deal-needed-by = Needed by
deal-need-by = Needed by
deal-other-payment = Other payment terms
deal-payment-days = Pay within
deal-days = days
deal-payment-hint = Days from the invoice; 0 is payment in advance. Leave it empty for your usual terms.
deal-say-why = Say why
deal-comment = Why, or your own proposal
deal-round = Round { $round } of { $of }
deal-you-asked = You asked { $price } for { $quantity }
deal-you-asked-total = You asked { $total } instead of { $list }
deal-lead-offers = { $n ->
    [one] This works for us:
   *[other] { $n } ways that work for us:
}
deal-lead-person = { $name } offers you:
deal-take = Take it
deal-net = { $amount } net
deal-holds = { $n ->
    [one] It holds until { $moment }.
    [2] Both hold until { $moment }.
   *[other] All { $n } hold until { $moment }.
}
deal-holds-first = { $n ->
    [one] It holds until { $moment }.
   *[other] The first of them ends { $moment }.
}
deal-talk-to-person = Talk to a person
deal-waiting-title = { $name } has it
deal-waiting-title-team = Our sales team has it
deal-case = Case { $number }
deal-number = Deal { $number }
deal-answer-by = Answer by
deal-waiting-beyond = The shop does not decide this by itself, so a person looks at it.
deal-waiting-wanted = You wanted to talk to a person.
deal-changes-by-itself = You get an e-mail, and this page changes by itself.
deal-meanwhile = Meanwhile this holds:
deal-take-back = Take back
deal-agreed-title = Agreed: { $price }
deal-agreed-lead = { $quantity } for { $total } net
deal-agreed-lead-many = Everything for { $total } net
deal-agreed-saves = You save { $amount } against your list price.
deal-agreed-next = The price is yours as soon as it is in your cart.
deal-to-cart = Put it into the cart
deal-term-quantity = one order of { $quantity }
deal-term-up-to = one order of { $quantity } to { $most }
deal-term-order-until = order until { $moment }
deal-term-ordered = ordered with { $number }
deal-prepaid = paid in advance
deal-days-net = { $n ->
    [one] { $n } day net
   *[other] { $n } days net
}
deal-expired-title = These offers ended on { $moment }
deal-expired-lead = Your price is { $price } again
deal-expired-text = Ask the same again: the answer comes at once, and may differ if stock or prices have moved.
deal-withdrawn-title = You took this back
deal-withdrawn-lead = You had asked { $asked }.
deal-declined-title = { $asked } is not possible
deal-declined-nearest = What stands is this:
deal-declined-list = Your price stays { $price }
deal-next-tier = From { $from } you pay { $price } without asking.
deal-declined-quantity-title = This quantity cannot be ordered
deal-declined-quantity-text = Choose a quantity that fits the packs, and ask again.
deal-declined-customer-title = Your prices are fixed
deal-declined-customer-text = Your company’s prices are set by agreement. Your contact can tell you more.
deal-declined-credit-title = First the account, then the price
deal-declined-credit-text = Your company’s open orders have reached its credit limit. Talk to your contact; then ask again.
deal-declined-product-title = This price is fixed
deal-declined-product-text = This product is sold at list price only.
deal-declined-deal_too_small-title = Too little to negotiate
deal-declined-deal_too_small-text = For a small order your list price is already our best. Ask again for a larger quantity.
deal-declined-too_many_open-title = Many of your requests are open
deal-declined-too_many_open-text = Take or take back one of them, then ask again.

## Offers

offer-lever-list = Your list price
offer-lever-plain = As it is
offer-lever-volume = Order more
offer-lever-payment = Pay sooner
offer-lever-prepay = Pay in advance
offer-lever-volume-payment = Order more and pay sooner
offer-lever-volume-prepay = Order more and pay in advance
offer-lever-delivery = Wait a little
offer-lever-freight = Ship with others
offer-lever-collect = Collect it
offer-lever-commitment = Commit to more
offer-lever-rebate = Earn it back
offer-lever-alternative = Take another product
offer-lever-bundle = Order something along
offer-lever-bonus = Get goods on top
offer-lever-both = { $first } + { $second }
offer-later = { $n ->
    [one] delivery up to { $n } day later
   *[other] delivery up to { $n } days later
}
offer-later-free = { $n ->
    [one] delivery up to { $n } day later, freight free
   *[other] delivery up to { $n } days later, freight free
}
offer-ship-consolidated = shipped together with others
offer-ship-collected = you collect it
offer-ship-usual = shipped as usual
offer-ship-free = freight free
offer-commit = { $n ->
    [one] { $total } in all within { $n } month, called off as you need it
   *[other] { $total } in all within { $n } months, called off as you need it
}
offer-grow = { $n ->
    [one] { $rate } % of it paid back if you buy for { $turnover } within { $n } month
   *[other] { $rate } % of it paid back if you buy for { $turnover } within { $n } months
}
offer-instead = { $quantity } of { $product } instead
offer-instead-longer = { $quantity } of { $product } instead, which lasts as long
offer-along = { $quantity } of { $product } along
offer-free = { $quantity } of { $product } for free
offer-says-otherwise = { $condition }: you pay { $price }.
offer-more = { $total } in all, { $more } more
offer-prepaid = paid before shipping
offer-paid-within = { $n ->
    [one] paid within { $n } day
   *[other] paid within { $n } days
}
offer-saves = you save { $amount }
offer-says-plain = Order { $quantity } and pay { $price }.
offer-says-list = Order { $quantity } at your list price of { $price }.
offer-says-volume = Order { $more } more ({ $quantity } in all) and pay { $price }.
offer-says-volume-prepay = Order { $more } more ({ $quantity } in all), pay before shipping, and pay { $price }.
offer-says-volume-payment = { $days ->
    [one] Order { $more } more ({ $quantity } in all), pay within { $days } day, and pay { $price }.
   *[other] Order { $more } more ({ $quantity } in all), pay within { $days } days, and pay { $price }.
}
offer-says-prepay = Order { $quantity }, pay before shipping, and pay { $price }.
offer-says-payment = { $days ->
    [one] Order { $quantity }, pay within { $days } day, and pay { $price }.
   *[other] Order { $quantity }, pay within { $days } days, and pay { $price }.
}
offer-says-many = { $condition }: { $price } net for everything.

## Negotiations in the account

negotiations-title = Negotiations
negotiations-lead = What your company has asked for, what we answered, and what was agreed.
negotiations-count = { $n ->
    [one] { $n } negotiation
   *[other] { $n } negotiations
}
negotiations-empty = No negotiations yet
negotiations-empty-hint = Open a product, say which price you have in mind, and you get an answer at once.
negotiations-find = Find a product
negotiation-title = Negotiation { $number }
negotiation-subject = Product
negotiation-asked = Asked
negotiation-list = List price
negotiation-add-file = Add a file: a competitor's offer, a drawing
negotiation-payment = Payment
negotiation-result = Offered
negotiation-saved = Saving
negotiation-lines = Lines
negotiation-course = What happened
negotiation-facts = The request
negotiation-state-offered = Offers for you
negotiation-state-waiting = With a person
negotiation-state-agreed = Agreed
negotiation-state-declined = Declined
negotiation-state-expired = Lapsed
negotiation-state-withdrawn = Taken back
negotiation-step-asked = You asked
negotiation-step-person = You asked for a person
negotiation-step-start = Your contact made an offer
negotiation-step-replacement = Your contact replaced the offer
negotiation-step-quote = Your contact quoted
negotiation-step-approval = Your contact agreed
negotiation-step-counteroffer = Your contact made an offer
negotiation-step-rejection = Your contact declined

## Wrong input

invalid-price-currency = Your prices are in { $currency }. Write the price in { $currency }.
invalid-price-positive = Write a price above zero.
invalid-price-above-list = You already pay less: { $list }. Ask for less than that, or order at your price.
invalid-price-is-list = That is your price already: { $list }. Ask for less than that, or order at your price.
invalid-competitor-name = Say who makes this offer.
invalid-text-too-long = Write at most { $most } characters.
invalid-too-many-lines = Ask for at most { $most } lines at once.
invalid-product-twice = This product is in the request already. Put both quantities into one line.
invalid-other-products = A negotiation stays with its products. Open another one for other products.
invalid-date-past = This day has passed. Choose a later one.
invalid-payment-days-asked = Write a number of days from 0 to 365.
invalid-counter-above-list = That is above the customer’s list price of { $list }.

## Refusals

refusal-not-negotiable = There is no price for this product to negotiate from. Ask your contact for a quote.
refusal-negotiations-too-many-today = Your company has negotiated very much today. Try again tomorrow, or call your sales rep.
refusal-too-many-open = Too many of your company’s requests are open. Take or take back one of them, then ask again.
refusal-negotiation-not-open = This negotiation has ended. Ask again to start another one.
refusal-negotiation-with-person = A person has this request and will answer by the promised time. Until then nothing can be changed.
refusal-negotiation-answered-by-person = Your contact has answered this request already. Ask again with another price or quantity first.
refusal-rounds-exhausted = All rounds are used and your contact has decided. Take an offer that holds, or call your contact.
refusal-offer-not-standing = This offer is no longer on the table.
refusal-offer-expired = This offer has ended. Ask again; the answer comes at once.
refusal-offer-used = Another order has used this deal already.

## Policy: the seller’s rules

policy-title = Negotiation policy
policy-lead = What the shop may agree to by itself, and who decides the rest. A published version never changes; every decision names the version that made it.
policy-version = Version { $number }
policy-since = in force since { $moment }
policy-draft-of = Draft of version { $number }
policy-against = compared with the published version { $number }
policy-state-draft = Draft
policy-state-published = Published
policy-state-retired = Retired
policy-by = By
policy-by-system = Set up with the installation
policy-begin-draft = Change the rules
policy-continue-draft = Go on with the draft
policy-to-published = To the published version
policy-edit-title = Change the rules
policy-save = Save draft
policy-discard = Throw the draft away
policy-publish = Publish
policy-publish-hint = From then on every new answer follows this version. Offers already made go on holding.
policy-note = Why this version
policy-changes = Changes against the published version
policy-no-changes = The draft says the same as the published version.
policy-rule = Rule
policy-history = Versions
policy-give-get = Give and get
policy-give-get-hint = What a step of the buyer is worth as extra discount.
policy-lever-on = Offer this lever
policy-worked = What this does, worked out
policy-example-intro = Listed at { $list }, asked { $ask } for { $quantity } by a customer of segment { $segment }, product class { $class }:
policy-example-agreed = Agreed at once.
policy-example-offers = The buyer may choose:
policy-example-person = A person decides. Suggested:
policy-example-declined = Declined. What stands:
policy-example-wrong = Correct the marked fields; then the example follows.
policy-example-other = Try another deal
policy-example-list = List price
policy-example-cost = Cost
policy-example-ask = Asked price
policy-leaves = leaves { $percent }
policy-margins = Floors and targets
policy-margins-hint = Pocket margin: what is left of the net price after cost, handling, freight and financing.
policy-margins-read = Floor / target. The narrower rule wins: segment and class, then class, then segment. Dimmed cells take a wider rule.
policy-margins-matrix = What holds where
policy-rows-hint = Empty a row to remove it; save to get more.
policy-segment = Segment
policy-class = Product class
policy-floor = Floor
policy-target = Target
policy-tactic = Tactic
policy-tactic-hint = How the demanded margin falls from target to floor over the rounds. Only a real move of the buyer counts as a round.
policy-curve-label = { $n ->
    [one] Demanded margin { $target } in a single round
   *[other] Demanded margin falls from { $target } in round 1 towards { $floor } in round { $n }
}
policy-this-draft = This draft
policy-round = Round
policy-demanded = Demanded margin
policy-concession = Plain discount
policy-who = Who and what
policy-who-hint = Who may negotiate, about which products.
policy-limits = Limits
policy-no-limit = no limit
policy-hours = hours
policy-routing = Who decides the rest
policy-authority = Authority
policy-impact-max = Margin impact up to
policy-route-deal = Deal up to
policy-route-customer = Customer up to
policy-answer-within = Answer within
policy-minutes = minutes
flash-policy-saved = The draft is saved.
flash-policy-published = The new version is in force.
flash-policy-discarded = The draft is gone. The published version stays in force.
invalid-policy-no-general-row = One row without segment and class is needed, for everything else.
invalid-policy-duplicate-row = There is another row for this segment and class.
invalid-policy-floor-above-target = The floor is above the target. Lower it, or raise the target.
invalid-policy-falls = The last round gives less than the first. Raise it.
invalid-policy-not-sorted = Days must rise from row to row, and their worth must fall.
invalid-policy-currency = This amount is in another currency, or below zero.
invalid-policy-not-a-multiple = This step does not begin on a whole step.
invalid-policy-out-of-range = This number is outside of what is possible here.
refusal-policy-no-draft = There is no draft. Change the rules first.
refusal-policy-draft-changed = Somebody else has changed the draft. Load the page again; what you typed is still here to copy.
refusal-policy-nothing-changed = The draft says the same as the published version. Change something first.

## Segments

segments-title = Segments
segments-intro = How customers behave, worked out every night from a year of orders by the rules below.
segments-now = Customers today
segments-never = not yet worked out
segments-empty = Nothing is known yet. Work it out now, or wait for tonight.
segments-recompute = Work out now
segments-preview = Show what changes
segment-moves = Who changes segment
segment-moves-none = No customer changes segment.
segment-enter = Come to it
segment-leave = Leave it
segment-move-names = { $count }: { $names }{ $rest ->
    [0] {""}
   *[other] {" "}and { $rest } more
}
segments-save = Save rules
flash-segments-saved = Rules saved. All customers are looked at anew, which takes a moment.
flash-segments-recomputed = All customers are looked at anew, which takes a moment.
segment-behaviour = Behaviour
segment-customers = Customers
segment-share = Share
segment-revenue = Revenue, 12 months
segment-rules = Rules
segment-rules-hint = The first rule that fits names the behaviour. Policies ask for it as customer.behaviour. Empty rows are left out; without any rule the usual ones apply.
segment-condition = Condition, in CEL
segment-fields = What a condition may ask
segment-no-rule = no rule fits
condition-kind-text = text
condition-kind-number = number
condition-kind-rate = share, 0.15 is 15 %
condition-kind-money = amount in the policy’s currency
condition-kind-days = days
condition-kind-flag = yes or no
invalid-condition = This is not a condition; look at character { $column }.

## The costs of serving a deal

costs-title = Costs of serving
costs-intro = What a deal costs apart from the goods. Every new decision counts with these numbers; past ones keep theirs.
costs-serving = Handling and capital
costs-handling-order = An order
costs-handling-line = Each line of it
costs-capital = Capital, a year
costs-freight = Freight
costs-freight-order = A consignment
costs-freight-kilogram = Each kilogram
costs-consolidated-order = A consignment together with others
costs-consolidated-share = Of each kilogram is left then
costs-flexible-days = Days of choice from which tours can be planned
costs-flexible-saves = Saves of an order’s handling
costs-charged = What the buyer is charged
costs-freight-charge = Freight of an order
costs-freight-free-from = Free from
costs-charged-hint = With 0 freight is never charged. A charge counts in what a deal leaves, and delivery at our choice can make it free.
flash-costs-saved = Costs saved.
invalid-cost-negative = A cost cannot be negative.
invalid-product-unknown = There is no such product, or it is the product itself.
invalid-relation-lasts = Only what lasts longer does the work of several: more than 1, at most 100.

## What the buyer gives in return

deal-in-return = Offer something in return
deal-can-wait = I can wait
deal-freight = Freight
deal-freight-usual = as usual
deal-freight-consolidated = together with others
deal-freight-collected = I collect it
deal-commit-times = I will order in all, times this
deal-commit-months = within
deal-months = months
deal-fixed-quantities = The quantities are fixed: leave them as they are
invalid-number-at-most = At most { $most }.
invalid-commitment-half = Say how often in all, at least 2, and within how many months.
deal-details = In detail
deal-detail-line = { $product }: { $quantity } at { $price }
deal-detail-until = stands until { $moment }

## Offers before anyone asks

hints-title = Without asking
hints-ask = What would lower my price?
hints-none = Nothing for this quantity. Ask for a price; the answer comes at once.
hint-to-go = { $quantity } to go
hint-freight-free = and no freight charge of { $amount }

## Agreed deals in the account

deals-title = Agreed deals
deals-lead = What was agreed, until when it can be ordered, and what is left of it. Everybody in your company sees the same.
deals-count = { $n ->
    [one] { $n } deal
   *[other] { $n } deals
}
deals-empty = No deals here
deals-empty-hint = What you agree on in a negotiation is kept here until it is ordered.
deals-state-open = Can be ordered
deals-state-ordered = Ordered
deals-state-ended = Ran out
deals-price = Agreed price
deals-quantity-to = { $quantity } to { $most }
deals-conditions = Conditions
deals-agreed = Agreed on
deals-until = Order until
deals-ordered-with = Ordered with
deals-called-off = { $done } of { $total } ordered, { $left } left
deals-on-track = on track
deals-behind = behind schedule
deals-commitment = Called off
deals-rebate = Rebate
deals-turnover = { $reached } of { $turnover } bought by { $until } for { $rate } % back
