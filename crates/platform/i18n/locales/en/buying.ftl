### Area: buying. Keys start with the name of the thing they belong to.

carts-title = Carts
cart-first = My cart
cart-new = New cart
cart-create = Create
cart-name = Name of the cart
cart-rename = Rename
cart-select = Work on this cart
cart-remove = Remove this cart
cart-empty = The cart is empty
cart-empty-hint = Find a product, or order again from your history.
cart-find-products = Find products
cart-article = Article
cart-update = Change
cart-no-price = No price
cart-retired = not sold any more
cart-in-stock = in stock
cart-lead-days = { $n ->
    [0] to order
    [one] { $n } working day
   *[other] { $n } working days
}
cart-quantity-of = Quantity of { $sku }
cart-remove-line = Remove { $sku }
cart-totals = Total
cart-list-net = Without deals, net
cart-goods = Goods, net
cart-freight = Freight
cart-freight-to-go = free from { $from } net ({ $missing } to go)
cart-freight-free-from = free from { $from } net
cart-freight-by-deal = free by your deal
cart-freight-collected = you collect the goods
cart-net = Net
cart-gross = Gross
cart-saving = You save { $amount } by deals.
cart-payment = Payment
cart-payment-prepaid = before shipping
cart-payment-days = { $n ->
    [one] { $n } day net
   *[other] { $n } days net
}
cart-tax-home = VAT { $rate }
cart-tax-reverse-charge = VAT, reverse charge
cart-tax-export = No VAT, export
cart-to-checkout = To checkout
cart-not-orderable = Something here cannot be bought any more. Remove it to go on.
cart-ask-total = Ask for a better total
cart-add = Add to cart
cart-back-to-product = Back to the product
cart-deal = Deal
cart-deal-holds = Deal { $number }: { $price } instead of { $list }
cart-deal-holds-plain = Deal { $number }: { $price }
cart-deal-exactly = for { $quantity }
cart-deal-between = from { $from } to { $to }
cart-deal-whole = together with all { $n } lines of the deal
cart-deal-until = until { $moment }
cart-deal-broken = Deal { $number } does not apply: { $reason }
cart-deal-restore = Put the deal back together
cart-deal-other-product = another product
cart-broken-used = another order has used it
cart-broken-expired = its validity has ended
cart-broken-missing = missing from the cart
cart-broken-too-few = { $short } too few
cart-broken-too-many = it holds up to { $most }
cart-broken-pays-later = it needs payment { $needed }, you chose { $present }
cart-back = { $price } again: { $steps }, until { $moment }.
cart-back-used = The list price applies. You may ask again.
cart-back-expired = The list price applies. You may ask again.
cart-back-missing = put it back into the cart
cart-back-too-few = { $short } more
cart-back-too-many = { $most } at most
cart-back-pays-later = pay { $needed }
cart-breaks-heading = The deal would break
cart-breaks-title = With { $quantity } the deal no longer holds
cart-breaks-totals = The cart comes to { $now } instead of { $before }.
cart-breaks-more = That is { $more } more.
cart-breaks-change = Change to { $quantity }
cart-breaks-keep = Keep { $quantity }

checkout-title = Delivery and terms
checkout-steps = Steps
checkout-review = Review
checkout-ship-to = Deliver to
checkout-bill-to = Invoice to
checkout-no-address = Your company has no address for deliveries yet.
checkout-reference = Reference
checkout-po-number = Purchase order number
checkout-note = Note
checkout-when = When
checkout-requested-on = Requested date
checkout-earliest = Everything can leave by { $date }.
checkout-as-soon-as-possible = as soon as possible
checkout-usual-terms = Your usual terms
checkout-terms = Terms
checkout-to-review = Review the order
checkout-back = Back to the cart
checkout-change = Change delivery or terms
checkout-place-order = Order now

flash-cart-added = It is in the cart.
flash-cart-deal-added = The deal is in the cart.

invalid-checkout-address = Choose an address.
invalid-checkout-po-number = Write at most { $most } characters; this has { $length }.
invalid-checkout-date = Enter a date such as 2026-11-27.
invalid-checkout-past = This date has passed. Choose a later one.
invalid-checkout-too-soon = The goods cannot be ready by then. Choose { $earliest } or later.
invalid-checkout-payment = Your terms allow at most { $days } days. Choose an earlier payment.
invalid-cart-product = There is no product with this number.

refusal-cart-over = This cart was ordered already. Work on another one.
refusal-cart-too-many = You have as many carts as one may have. Remove one first.
refusal-cart-full = The cart has as many lines as a cart may have. Use a second cart.
refusal-cart-not-for-sale = This product is not sold any more, or there is no price for you. Ask your contact.
refusal-cart-deal-over = This deal cannot be ordered any more: its validity has ended, or an order has used it.
refusal-cart-none = There is no cart yet. Add a product first.
refusal-cart-breaks-deal = This quantity breaks a deal. Confirm the change, or keep the quantity.
