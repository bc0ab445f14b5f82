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
cart-breaks-title = With { $quantity } the deal no longer holds
cart-breaks-totals = The cart comes to { $now } instead of { $before }.
cart-breaks-more = That is { $more } more.
cart-breaks-change = Change to { $quantity }
cart-breaks-keep = Keep { $quantity }
cart-breaks-removal-title = Without this line the deal ends
cart-breaks-remove = Remove it
cart-breaks-unbinding-title = Without the deal the list price applies
cart-breaks-unbind = Take the deal off
cart-unusual-title = { $quantity }: is that what you mean?
cart-unusual-text = { $why ->
    [stock] There are { $known } in stock.
   *[usual] Up to { $known } are usual.
}{ $pallets ->
    [0] {""}
    [one] {" "}It would be { $pallets } pallet.
   *[other] {" "}It would be { $pallets } pallets.
} { $value }
cart-unusual-change = Yes, { $quantity }
cart-unusual-keep = No, change it
cart-deal-fits = Deal { $number } fits this line: { $price }, you save { $saving }
cart-deal-use = Use it
cart-deal-unbind = Order without the deal
cart-deal-split = The price of deal { $number } holds for no more: { $rest } of it are in a line at the list price.
cart-added-now = { $quantity } in the cart
cart-added-said = { $sku } is in { $cart }: { $quantity }.
cart-added-deal = { $sku } is in { $cart } at the price of deal { $number }: { $quantity }.
cart-added-split = { $sku } is in { $cart }: { $quantity }. Deal { $number } holds for less, so { $rest } are at the list price.
cart-show = Show
cart-credit = Credit { $limit }: { $used } taken by open orders, with tax; { $free } free.
cart-credit-over = This order would go { $over } over your credit limit. Pay in advance, or order and have it released:
cart-credit-release = { $name } is asked.
cart-credit-release-team = our team is asked.
tax-reason-collected = You collect the goods here, so tax is charged.
tax-reason-no-vat-id = We have no VAT number of yours, so tax is charged.
tax-reason-vat-id-elsewhere = Your VAT number is not of another EU country, so tax is charged.
tax-reason-vat-id-unconfirmed = Your VAT number is not confirmed yet, so tax is charged.
tax-reason-within-union = Exempt, Article 138 of Directive 2006/112/EC; you account for the tax.
tax-reason-export = Exempt, Article 146 of Directive 2006/112/EC: the goods leave the EU.

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
checkout-place-order-held = Order, and have it released
checkout-deal-terms = Deals say for themselves when they are paid:

flash-cart-added = It is in the cart.
flash-cart-deal-added = The deal is in the cart.
flash-cart-added-by-deal = It is in the cart, at the price of your deal.
flash-cart-deal-split = Your deal holds for less, so the rest is in a line at the list price.
flash-cart-removed = The cart is removed.
flash-cart-restored = The cart is back.
flash-cart-line-removed = The line is removed.
flash-cart-line-restored = The line is back.

invalid-checkout-address = Choose an address.
invalid-checkout-po-number = Write at most { $most } characters; this has { $length }.
invalid-checkout-date = Enter a date such as 2026-11-27.
invalid-checkout-past = This date has passed. Choose a later one.
invalid-checkout-too-soon = The goods cannot be ready by then. Choose { $earliest } or later.
invalid-checkout-payment = Your terms allow at most { $days } days. Choose an earlier payment.
invalid-cart-product = There is no product with this number.
invalid-cart-deal-rest = The deal holds for { $most }. The { $over } beyond are less than the smallest order of { $minimum }: order { $most }, or { $minimum } more than that.

refusal-cart-over = This cart was ordered already. Work on another one.
refusal-cart-too-many = You have as many carts as one may have. Remove one first.
refusal-cart-full = The cart has as many lines as a cart may have. Use a second cart.
refusal-cart-not-for-sale = This product is not sold any more, or there is no price for you. Ask your contact.
refusal-cart-deal-over = This deal cannot be ordered any more: its validity has ended, or an order has used it.
refusal-cart-none = There is no cart yet. Add a product first.
refusal-cart-unusual-quantity = { $quantity } is far beyond what is { $why ->
    [stock] in stock
   *[usual] usual
} ({ $known }). Confirm it if you mean it.
refusal-cart-breaks-deal = This breaks a deal. Confirm the change, or keep things as they are.
refusal-cart-line-there = The product is in the cart again already.
