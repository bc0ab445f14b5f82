### Area: pricing. Price lists, and why a price is what it is.

price-lists-title = Price lists
price-lists-lead = The narrowest valid list wins: contract, company, group, general.
price-lists-find = Find by code or name
price-lists-count = { $n ->
    [one] { $n } list
   *[other] { $n } lists
}
price-lists-empty = No price list found
price-lists-empty-hint = Clear the search, or create a list. Without one, nobody sees a price.
price-list = Price list
price-list-new = New price list
price-list-create = Create the list
price-list-kind = Kind
price-list-for = For
price-list-for-all = everyone
price-list-for-groups = for groups
price-list-scope-general = General
price-list-scope-group = Group
price-list-scope-company = Company
price-list-scope-contract = Contract
price-list-code = Code
price-list-name = Name that buyers see
price-list-name-pl = Name in Polish
price-list-company-number = Customer number, for lists of one company
price-list-reference = The company's reference, for contracts
price-list-first-day = First day
price-list-last-day = Last day
price-list-validity = Valid
price-list-valid-always = always
price-list-valid-from = from { $from }
price-list-valid-until = until { $until }
price-list-valid-between = { $from } to { $until }
prices = Prices
price-find = Find a product in this list
price-products-count = { $n ->
    [one] { $n } product
   *[other] { $n } products
}
prices-empty = No prices here
prices-empty-hint = Add a price beside, send prices over the API, or import a file.
price-product = Product
price-from = From quantity
price-add = Add a price
price-of-from = Price of { $sku } from { $from }
price-remove-sure = Remove the price of { $sku } from { $from }? Customers of this list pay what the next list says, or see no price.
price-remove = Remove the price of { $sku } from { $from }

## Why a price is what it is

price-why-title = What a company pays
price-why-lead = The price of a product for one company today, and every list that was looked at.
price-why-company = Customer number
price-why-show = Show the price
price-why-none = No list holds for this company: it sees no price, and cannot order the product.
price-why-steps = Price by quantity
price-why-verdict = What became of it
price-verdict-used = makes the price
price-verdict-wider = a narrower list holds
price-verdict-dearer = another list is never dearer
price-verdict-other-currency = in another currency
price-verdict-not-yet-valid = begins later
price-verdict-no-longer-valid = has ended
price-verdict-no-price = holds no price

## The start page of the office

office-start-lead = What the seller sets, and what comes in.
office-start-policy = Negotiation policy
office-start-policy-text = Who may negotiate, what a step is worth, and who decides
office-start-price-lists = Price lists
office-start-price-lists-text = General prices, groups, companies and contracts
office-start-companies = Companies
office-start-companies-text = Terms, people and addresses of those who buy here
office-start-orders = Orders
office-start-orders-text = Everything that was ordered, with prices and why
office-start-products = Products
office-start-products-text = The catalogue as the seller sees it

## Said once

flash-price-list-created = The price list is there. Now add prices.
flash-price-removed = Removed. The price holds no more.
flash-price-saved = Saved. The price holds from now on.

## Wrong input and refusals

invalid-price-list-code = A code has 1 to 40 letters, digits, dots, hyphens or underscores.
invalid-price-list-code-taken = Another list has this code. Choose another one.
invalid-price-list-name = Write at most 80 characters.
invalid-price-list-ends-first = The last day lies before the first. Move one of them.
invalid-price-list-scope = Choose general, group, company or contract.
invalid-price-list-company = No company has this customer number.
invalid-price-list-group = There is no such price group. Choose one of the list.
invalid-price-negative = A price cannot be below zero.
invalid-price-sku = No product has this SKU.
invalid-price-skus = Name 1 to 100 SKUs, separated by commas.
invalid-date = Enter a date such as 2026-11-27.
invalid-currency = We do not trade in this currency.
refusal-price-list-changed = Somebody else changed this meanwhile. What you see now is the present state; make your change again.

## Changes of prices

price-cost = Cost
price-floor = Floor
price-margin = Margin
price-before = Before
price-after = New
price-last = was { $price } until { $at }
price-history = History
price-history-title = What became of a price
price-history-empty = Nobody has changed this price
price-history-empty-hint = Every change from now on is kept here, with who made it and why.
price-lists-wait = { $count ->
    [one] { $count } change of this list waits for a second person
   *[other] { $count } changes of this list wait for a second person
}
price-changes-title = Changes of prices
price-changes-lead = Prices under the floor or below cost come into force when a second person confirms them.
price-changes-waiting = Waiting
price-changes-empty = Nothing waits
price-changes-empty-hint = Prices that want a second person appear here. Others come into force at once.
price-changes-wait = { $count ->
    [one] { $count } price waits for a second person
   *[other] { $count } prices wait for a second person
}
price-change-title = Change of prices
price-change-at = When
price-change-by = By
price-change-by-system = The system
price-change-by-former = Somebody who is not here any more
price-change-door = Came by
price-change-holds = Holds
price-change-holds-from = Holds from (empty: at once)
price-change-at-once = at once
price-change-reason = Reason
price-change-state = Status
price-change-decided = { $name }, { $at }
price-change-note = Note
price-change-approve = { $count ->
    [one] Confirm { $count } price
   *[other] Confirm { $count } prices
}
price-change-decline = Decline
price-change-take-back = Take back
price-change-mine = You sent this, so somebody else has to confirm it.
price-change-own = Nobody else may manage prices, so your own confirmation is taken, and recorded as that.
price-change-state-waiting = waits
price-change-state-planned = planned
price-change-state-in_force = in force
price-change-state-declined = declined
price-change-state-overtaken = changed by somebody else
price-door-price = typed
price-door-bulk = bulk change
price-door-import = import
price-door-api = API
price-concern-under-floor = under the floor
price-concern-under-floor-of = under the floor for { $section }
price-concern-below-cost = below cost
price-planned-at = from { $day }: { $price }
price-planned-gone = from { $day }: no price
price-concern-gift = for nothing
price-confirm-title = Are these prices meant?
price-confirm-under-floor = { $count ->
    [one] This price is under the floor of the policy. If it is meant, a second person has to confirm it.
   *[other] { $count } prices are under the floor of the policy. If they are meant, a second person has to confirm them.
}
price-confirm-below-cost = { $count ->
    [one] This price is below cost: every sale at it loses money. If it is meant, a second person has to confirm it.
   *[other] { $count } prices are under the floor, some of them below cost. If they are meant, a second person has to confirm them.
}
price-confirm-gift = { $count ->
    [one] This price is 0: the goods would be given away. If it is meant, a second person has to confirm it.
   *[other] { $count } prices are under the floor, some of them 0. If they are meant, a second person has to confirm them.
}
price-confirm-send = { $count ->
    [one] Send to a second person
   *[other] Send { $count } prices to a second person
}
price-confirm-own = { $count ->
    [one] Put into force on my own word
   *[other] Put { $count } prices into force on my own word
}
price-bulk-title = Change many prices
price-bulk-lead = By a share or from cost. Nothing changes before you have seen what would.
price-bulk-which = Only what this search finds (empty: the whole list)
price-bulk-basis = New price
price-bulk-basis-price = present price, raised by
price-bulk-basis-cost = cost, raised by
price-bulk-basis-margin = from cost, so that this share of the price is left
price-bulk-rate = Percent (below zero: less)
price-bulk-step = Rounded to
price-bulk-exact = as exact as prices are
price-bulk-preview = Show what would change
price-bulk-changes = { $count ->
    [one] { $count } price would change
   *[other] { $count } prices would change
}
price-bulk-concerned = { $count ->
    [one] { $count } of them is under the floor or below cost and waits for a second person. Give a reason.
   *[other] { $count } of them are under the floor or below cost and wait for a second person. Give a reason.
}
price-bulk-without-cost = { $count ->
    [one] { $count } price stays: nobody knows the cost, or the result is no price.
   *[other] { $count } prices stay: nobody knows the cost, or the result is no price.
}
price-bulk-do = { $count ->
    [one] Change { $count } price
   *[other] Change { $count } prices
}
price-bulk-more = The first 200 are shown; all are changed.
price-bulk-moved = Prices or costs have changed since the preview. Look at it again.
flash-price-waiting = Sent to a second person. What is free of doubt holds already.
flash-price-planned = Planned. The price holds from its day on.
flash-price-change-approved = Confirmed.
flash-price-change-declined = Declined. The prices stay as they were.
invalid-price-change-past = This day is over. Choose today or a later one.
invalid-price-change-far = Prices can be planned two years ahead.
invalid-price-bulk-nothing = No price would change by this.
refusal-price-change-unconfirmed = Prices under the floor, below cost or zero: { $count }. { $sections ->
    [none] Send
   *[other] The list is also for { $sections }, whose floor is higher. Send
} the reason, and confirm that they shall go to a second person.
refusal-price-change-not-waiting = Nothing of this change waits any more.
refusal-price-change-own-approval = You sent this change. Somebody else has to confirm it.
invalid-price-too-many = Change at most { $most } prices at once.

## Changes that a second person confirms

signoff-waits = A change waits for a second person
signoff-mine = You sent this, so somebody else has to confirm it.
signoff-own = Nobody else may manage policies, so your own confirmation is taken, and recorded as that.
signoff-confirm = Confirm: in force from now on
signoff-past = Changes so far
signoff-state-waiting = waits
signoff-state-confirmed = confirmed
signoff-state-declined = declined
costs-preview = Show what would change
costs-asked = What would change
costs-send = Send
costs-meaning = The { $orders } orders of the last 30 days would have cost { $more } more to serve.
costs-meaning-what = Serving the last 30 days
costs-meaning-handling = Handling
costs-meaning-freight = Freight
costs-meaning-capital = Capital for 30 days
costs-meaning-total = Together
flash-signoff-sent = Sent to a second person. Until then everything stays as it is.
flash-signoff-declined = Declined. Everything stays as it is.
invalid-cost-too-large = That is beyond belief for serving a deal. Check the decimal point.
refusal-signoff-open = A change of this waits already. Confirm or decline it first.
refusal-signoff-not-waiting = This change does not wait any more.
refusal-signoff-own-approval = You sent this change. Somebody else has to confirm it.

## Emergency

emergency-title = Emergency stop
emergency-lead = Each of these is in force at once, without a second person, and on record with its reason. Running experiments end.
emergency-stopped = All asks go to people. Bring a version back below when the danger is over.
emergency-stop-title = All asks to people
emergency-stop-text = The shop answers nothing by itself any more. Offers that were made stand until they expire.
emergency-stop = Send all asks to people
emergency-back-title = Back to an earlier version
emergency-back = Back to version { $number }
emergency-no-version = There is no earlier version.
emergency-in-force = In force: version { $number }.
flash-emergency-done = Done. It is in force now.
refusal-emergency-already = All asks go to people already.
refusal-emergency-never-in-force = Only a version that was in force before can be brought back.
price-now = Now
price-figures-more = { $rate } more than { $price }
price-figures-less = { $rate } less than { $price }
price-file-title = Prices from a file
price-file-lead = The table that this list exports, changed in a spreadsheet. Nothing changes before you have seen what would.
price-file-file = CSV or XLSX
price-file-hint = Columns sku, from and price, named in the first line or in this order. Write numbers as you do here. What is not in the file stays as it is.
price-file-lines = Lines to paste or correct
price-file-lines-label = Lines
price-file-line = Line
price-file-says = What is wrong
price-file-wrong = { $count ->
    [one] { $count } line cannot be read. Correct it below or in your file; nothing has changed.
   *[other] { $count } lines cannot be read. Correct them below or in your file; nothing has changed.
}
price-file-wrong-more = There may be more: we stopped there.
price-file-unchanged = { $count ->
    [one] { $count } line is as it is already.
   *[other] { $count } lines are as they are already.
}
invalid-price-file-no-table = This is no table that we can read. Save it as CSV or XLSX.
invalid-price-file-columns = A column is missing. We need sku, from and price.
invalid-price-file-empty = There is no line in it. Choose a file or paste lines.
invalid-price-file-quote = A quotation mark is missing: what begins in line { $line } does not end.
invalid-price-file-cut-off = The file ends in the middle. Save it again.
invalid-price-file-large = This file is larger than 8 MB. Leave out columns or send it in parts.
invalid-price-file-twice = Line { $line } has a price for this quantity already.
invalid-price-file-currency = This list is in { $currency }.
invalid-price-file-unit = This product is counted in { $unit }.
