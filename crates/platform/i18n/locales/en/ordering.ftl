### Area: ordering.

order = Order
orders-title = Orders
orders-find = Order or PO number
orders-count = { $n ->
    [one] { $n } order
   *[other] { $n } orders
}
orders-empty = No orders here yet
orders-empty-hint = What you order appears here, whoever of your company orders it.
order-title = Order { $number }
order-placed = Placed
order-state-open = Open
order-state-shipped = Shipped
order-state-completed = Completed
order-state-cancelled = Cancelled
order-po-number = PO number
order-requested = Wanted on
order-ship-to = Deliver to
order-bill-to = Invoice to
order-product = Product
order-price = Price
order-goods = Goods
order-freight = Freight
order-net = Net
order-gross = Gross
order-saving = You saved
order-tax-home = VAT { $rate }
order-tax-reverse-charge = VAT, reverse charge
order-tax-export = No VAT, export
order-line-negotiated = Deal { $number }
order-line-negotiated-plain = Negotiated
order-line-list = Price list: { $lists }
order-thanks = Thank you, order { $number } is placed
order-thanks-mail = The confirmation goes to { $email }.
order-show = Show the order
order-go-on = Go on shopping
order-again = Order again
order-again-missing = { $n ->
    [one] { $n } product cannot be bought any more. The others are in your cart.
   *[other] { $n } products cannot be bought any more. The others are in your cart.
}
order-cancel = Cancel the order
flash-reordered = The products are in your cart, at today's prices.
flash-order-cancelled = The order is cancelled.
credit-notes-title = Credit notes
credit-notes-empty = No credit notes
credit-notes-empty-hint = When goods come back or an order is cancelled after the invoice, the credit appears here.
invalid-idempotency-key = An Idempotency-Key has 1 to 80 visible ASCII characters without spaces.
refusal-idempotency-key-reused = This Idempotency-Key was used for another request. Use a new key for a new request.
refusal-cart-ordered = This cart was ordered already. You find the order in your history.
refusal-cart-empty = The cart is empty. Add a product first.
refusal-order-line-unavailable = { $sku } cannot be bought any more. Remove it from the cart and order again.
refusal-order-no-address = There is no address for the goods or the invoice. Add one to your company's account.
refusal-order-date = The requested date has passed. Choose a later one.
refusal-order-price-changed = The sum was { $seen } when you saw it and is { $now } now. Nothing was ordered: look at the cart and order again.
refusal-order-not-open = The order is on its way or done and cannot be changed this way. Ask your contact.

## Product page

stock-none = Not in stock
stock-amount = { $amount } in stock
stock-more-in = more in { $days }
stock-made-in = made in { $days }
packing-pack = pack of { $pack }
packing-pallet = pack of { $pack }, pallet of { $pallet }
product-is-retired = This product is no longer sold. Search for a successor, or ask your contact.
product-class = Class
product-cost = Cost
product-documents = Documents
price-yours = Your price
price-by-quantity = Your price by quantity
price-per-pack = { $price } per pack of { $pack }
price-source = Price list: { $list }.
price-source-list = List price.
price-valid-until = Valid until { $date }.
price-last-paid = You last paid { $price } on { $date }.
price-nudge = Order { $more } more and pay { $price }.
price-total-words = { $quantity } at { $price }
price-hidden = Prices are for customers.
price-sign-in-own = Sign in to see your own price
price-on-request = There is no price for this product yet. Ask your contact.
tier-from = From
tier-saving = You save
tier-current = your quantity
tier-to-go = { $quantity } to go
pack-words = one:pack|other:packs
pallet-words = one:pallet|other:pallets
quantity-less = Less
quantity-more = More
add-to-cart = Add to cart
