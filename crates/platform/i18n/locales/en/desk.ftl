### Area: desk. Keys start with the name of the thing they belong to.

## The queue

desk-title = Desk
desk-queue = Queue
desk-decisions = Decisions
desk-whose = Whose
desk-mine = Mine
desk-team = Team
desk-done = Done
desk-late = Late
desk-due-today = Due today
desk-no-date = No date
desk-empty = Nothing to decide
desk-empty-done = Nothing decided yet
desk-empty-hint = New cases appear here by themselves.
desk-nothing = No case is open
desk-nothing-hint = What the rules do not decide comes here, with everything you need to answer.
desk-customer = Customer

## The case

case-title = { $price } for { $quantity } of { $product }
case-title-unasked = { $quantity } of { $product }
case-title-many = { $n ->
    [one] { $total } for { $n } line
   *[other] { $total } for { $n } lines
}
case-what = { $product }, { $quantity } at { $price }
case-what-many = { $n ->
    [one] { $n } line, { $percent } off
   *[other] { $n } lines, { $percent } off the whole
}
case-number = Case { $number }
case-round = round { $round } of { $of }
case-asked = Asked
case-under-list = { $percent } under list
case-list = List for them
case-last-paid = Last paid
case-never-bought = never bought before
case-deal = Deal
case-competitor = Competitor
case-stands = Already offered and holding
case-waterfall = From list to pocket
case-floor = floor { $percent }
case-target = target { $percent }
case-ask = Ask
case-quantity-at = { $quantity } at { $price }
case-list-price = List price
case-discount = Discount
case-net-price = Net price
case-cost = Cost
case-handling = Handling
case-freight = Freight
case-financing = Financing
case-rebate = Rebate
case-bonus = Supplier bonus
case-support = Supplier’s support (ship and debit)
case-pocket = Pocket
case-margin = of net price
case-no-cost = No cost is known for a product of this request, so no margin can be shown. Find out the cost before you answer.
case-why = Why the shop did not decide alone
case-answer = Answer
case-as-asked = As asked
case-saves-them = saves them { $amount }
case-chance = chance { $percent }
case-chance-low = chance below { $percent }
case-needs = needs { $authority }
case-counter-price = Counter price
case-counter-days = Payment
case-live-margin = Pocket margin of your counter
case-chosen-margin = Pocket margin of this answer
case-margin-unclear = Fill in price and quantity.
case-message = Message to { $name }
case-message-reject = For the customer to read
case-add-rationale = Note for our own people
case-rationale = Why, for our own people
case-rationale-hint = The customer never sees this.
case-counter = Send counter
case-reject = Reject
case-reject-title = Reject the request
case-reject-reason = Reason
case-key-counter = Counter: type a price
case-key-customer = Open the customer
case-key-message = Write a message
case-previous = Previous case
case-next = Next case
case-closed = This case is decided.
case-by-shop = The shop has answered by itself; nobody has to decide.
case-state-offered = Offered
case-state-waiting = Waiting for us
case-state-agreed = Agreed
case-state-declined = Declined
case-state-expired = Lapsed
case-state-withdrawn = Taken back
case-decided-approval = Approved
case-decided-counteroffer = Countered
case-decided-rejection = Rejected
flash-case-approved = Approved: the customer gets what was asked for.
flash-case-countered = Your offer is with the customer.
flash-case-rejected = Rejected. The customer knows.

## What a button sends, and what became of it

case-own-answer = My counter
case-proposed-by = { $name } proposes
case-proposal-waits = Waits for another person: { $terms }
case-proposes = { $name } asks for your approval: { $terms }
case-approve-terms = Approve { $terms }
case-send-answer = Send: { $title }, { $terms }
case-send-on = Send on for approval: { $terms }
case-counter-with = Counter { $terms }
case-replace = Replace my offer
case-replace-with = Replace my offer: { $terms }
case-replace-title = Replace your offer
case-choose = Show this answer
case-differs = asked: { $asked }
case-selected-other = You chose another answer than the button named, so nothing was sent. The button now says what it sends.
case-news = This case has changed since you opened it. Look at it again.
case-unsent = What you had written was not sent
case-stands-one = { $title }: { $terms }, until { $until }
case-sent = Sent: { $terms }
case-sent-other = Sent: { $terms }. Asked was: { $asked }
case-undo = Undo
case-undone = taken back
case-given = Pocket margin { $margin }, { $pocket } left; decided as { $authority }
case-given-nothing = Decided as { $authority }
case-decided-replacement = Offer replaced
case-decided-quote = Quoted
flash-case-answered = Your answer is with the customer.
flash-case-replaced = Your new offer has taken the place of the old one.
flash-case-proposed = Sent on for approval. The customer hears nothing before.
flash-case-undone = Taken back. Nothing has been mailed.
desk-sort = Order
desk-sort-due = By due time
desk-sort-value = By value
desk-by-value = The largest first
desk-with-colleagues = My customers, with colleagues
desk-more = { $shown } of { $total } are shown.

## The customer

case-segment = segment { $segment }
case-revenue = Revenue, 12 months
case-revenue-change = Against the year before
case-open-orders = Open orders
case-credit-left = Credit left, with tax
case-credit-unknown = without unpaid invoices of completed orders: they are not known
case-payment = Payment
case-prices-paid = Prices paid for this product
case-past = Past negotiations
case-past-none = none
case-people = People
case-their-rep = their sales rep

## Authorities, reasons

authority-rep = Sales rep
authority-sales-manager = Sales manager
authority-pricing-manager = Pricing manager
reject-reason-below-floor = Below what we may sell for
reject-reason-quantity-too-small = The quantity does not carry the price
reject-reason-not-comparable = The competitor’s offer is not comparable
reject-reason-scarce = There is not enough to sell
reject-reason-credit = The customer owes too much
reject-reason-conditions-not-kept = The customer does not keep conditions
reject-reason-other = Another reason
escalated-inputs = Odd numbers in the request
escalated-policy = The policy contradicts itself
escalated-person = The buyer wants a person
escalated-countered = A person has made an offer here
escalated-no-cost = No known cost
escalated-rule = The policy gives this to a person
escalated-deal-size = Too large for the shop
escalated-discount = Too large a discount
escalated-budget = Concession budget used up
escalated-rounds = No round left
escalated-out-of-reach = Far out of reach, but worth it
declined-quantity = the quantity cannot be ordered
declined-customer = the customer may not negotiate
declined-credit = the account is on hold
declined-product = a product is not negotiable
declined-deal-too-small = the deal is too small
declined-too-many-open = too many negotiations are open
declined-nothing-better = nothing better can be done
lever-list = List price
lever-plain = Plain price
lever-volume = Volume
lever-payment = Payment
lever-pairs = Two levers together
lever-both = { $first } and { $second }
lever-delivery = Delivery
lever-freight = Freight
lever-commitment = Commitment
lever-rebate = Rebate
lever-alternative = Another product
lever-bundle = Goods ordered along
lever-bonus = Goods for free

desk-pool = Pool
desk-all = All
escalated-held = A colleague answers first
escalated-started = Begun for the customer
case-decided-start = Offered to the customer
flash-case-taken = The case is on your desk.
flash-case-passed = The case is passed on.
flash-case-recommended = Your recommendation is noted. The case goes on.
flash-case-held = Further asks come to you first.
flash-case-released = The shop answers further asks again.
flash-negotiation-started = Your offer is with the customer.

## Alike cases

alike-title = Alike cases
alike-short = Alike cases
alike-lead = The same reason, segment and product class, about the same margin impact and discount. Choose the cases and decide them together; each is checked once more.
alike-group = { $n ->
    [one] { $n } case
   *[other] { $n } cases
}
alike-facts = { $reason } · { $authority } · segment { $segment } · class { $class }
alike-impact = Margin impact
alike-all = Choose all
alike-as-asked = Grant what was asked
alike-suggestion = Send the best suggestion
alike-rationale-hint = Noted with every case. Customers never see this.
alike-message = Message to the customers
alike-approve = Approve the chosen
alike-done = { $n ->
    [0] No case was approved.
    [one] { $n } case is approved.
   *[other] { $n } cases are approved.
}
alike-chosen = chosen
alike-skipped = Left out:
alike-empty = No cases are alike
alike-empty-hint = When several waiting cases are about the same, they are gathered here.
alike-to-desk = To the desk

alike-sum = Together

## For a customer

start-title = Begin for a customer
start-for-this = Make an offer
start-short = For a customer
start-lead = Make an offer before the customer asks. It is sent at once, within your authority.
start-company = Customer: name or number
start-search = Search
start-none = No customer was found. Search by name or number.
start-another = another customer
start-contact = The offer goes to
start-product = SKU or name
start-price = Price per unit
start-price-hint = Leave the price empty and the customer gets what the shop would offer.
start-message = Message to the customer
start-send = Send the offer
start-more = More lines
start-meant = Which product is “{ $text }”?
start-figures = What is known of these lines
start-stock = In stock
start-packing = Packing
start-packs = in steps of { $step }
start-valid = Offer stands for
start-propose = Send on for approval
invalid-sku-unknown = There is no such product. Check the SKU.

## Refusals

refusal-case-decided-already = { $name } has decided this case already, at { $at }.
refusal-case-not-waiting = The buyer has moved on: an offer was taken, or the request was taken back.
refusal-case-changed = The case has changed since you read it. Look at it again, then decide.
refusal-no-approval-needed = Your own authority suffices. Send it yourself.
refusal-decision-stands = This can no longer be taken back: ten seconds have passed, somebody else decided it, or the buyer has acted on it.
refusal-nothing-to-replace = There is no offer of yours here that the buyer has not taken.
refusal-suggestion-gone = This suggestion is no longer there. Choose another answer.
refusal-needs-authority = Your authority does not reach so far. { $names } may decide this.

## The trace, sentence by sentence

trace-policy = Decided by version { $version } of the policy on { $at }.
trace-round = Round { $round } of { $rounds_max }, step { $step } of the tactic: { $share } of the way from target to floor.
trace-asked-again = The buyer asked for { $needed } off; { $before } was asked before. That is no real move, so the tactic stays.
trace-concession = Plain discount at this step: up to { $plain }.
trace-margins = { $product }: class { $class }, floor { $floor }, target { $target }, demanded now { $demanded }.
trace-line = { $product }: list { $list }, asked { $asked } for { $quantity }; volume counts from { $anchor }.
trace-cost = { $product }: costs { $cost }.
trace-competitor = The buyer cites a competitor at { $price }.
trace-ask = Of the ask ({ $net } net) { $pocket } is left: { $margin }, where { $demanded } is demanded. It needs a plain discount of { $needed }.
trace-supported = Profit test: { $profit }; fairness test: { $fairness }.
trace-holds = passed
trace-fails = not passed
trace-standing-taken = The ask takes an offer that stands ({ $lever }).
trace-list-suffices = List prices give all that was asked.
trace-lever-dropped = { $lever }: no offer, { $why }.
trace-section = The levers and the tactic of “{ $name }” apply.
trace-preference = { $lever }: the buyer { $seen } in this negotiation, so the chance counts { $factor }.
trace-seen-looked-at = has looked at it closely
trace-seen-turned-down = has turned it down
trace-why-person = a person has offered less than that
trace-why-fixed = the quantities are what a project needs
trace-why-no-row = the policy does not offer it
trace-why-nothing-to-move = there is nothing to move
trace-why-no-room = no price under list is supported
trace-why-budget = it would exceed the concession budget
trace-why-not-needed = another lever alone is enough
trace-why-worth-less = others are worth more
trace-why-outdone = another offer is better for the buyer in every respect
trace-candidate = { $lever }: { $net } net leaves { $pocket } ({ $margin }); chance { $chance }, worth { $value }.
trace-standing-kept = { $lever }: an offer made before stands and is at least as good.
trace-chosen = { $lever }: answer number { $place }.
trace-far-off = The ask lies { $gap } under the best that any lever carries; more than { $far } is far. Deal { $deal }, customer { $revenue }.
trace-budget = This concession of { $concession } against { $left } left of the budget.
trace-accepted = Agreed ({ $lever }).
trace-declined = Declined: { $reason }.
trace-escalated = To a person: { $reason }.
trace-routed = { $authority } decides within { $minutes } minutes: margin impact { $impact }, deal { $deal }, customer { $revenue }.
desk-search = Search in the queue
desk-not-found = No case fits this search
legend-title = What the marks mean
legend-round-title = Round
legend-round = How often this customer has asked in this negotiation, of the most that the tactic of the policy allows. With each round the shop comes a step closer to the floor; after the last it makes no further offer by itself.
legend-median = Median: half of your answers of the last 30 days took no longer, in working minutes from the buyer’s ask. Of two answers it is the quicker one.
legend-inputs = Something in the request does not fit together, such as a price far from any the product ever had. The shop does not count with it; check the numbers with the buyer.
legend-policy = Two rules of the policy exclude each other here, so the shop decided nothing. Whoever keeps the policy should look at it.
legend-person = The buyer pressed ‘ask a person’. The shop could perhaps have answered; whatever you decide, the buyer expects a word from you.
legend-countered = Somebody has made a personal offer in this negotiation. By the policy further asks then go to people, so that the shop does not underbid a colleague.
legend-no-cost = Nobody knows what this product costs, so the shop cannot tell what a price would leave. You can decide all the same.
legend-rule = The policy has a condition by which such asks always go to a person.
legend-deal-size = The deal is worth more than the policy lets the shop decide by itself.
legend-discount = The discount asked for is larger than the policy lets the shop grant by itself.
legend-budget = What the policy lets the shop give away in this time is used up. It is your decision whether this deal is worth more.
legend-rounds = The customer has asked as often as the tactic allows, and was still not content.
legend-out-of-reach = The shop can make no offer near this price, but the deal is large enough that the policy wants a person to look before it is lost.
legend-held = Somebody has taken this negotiation over, so further asks come to that person first.
legend-started = A colleague began this for the customer. Nobody has asked yet.
