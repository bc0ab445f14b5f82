### Area: catalog and storefront. Keys start with the name of the thing they belong to.

## The office's list of products

products-title = Products in the catalogue
products-count = { $n ->
    [one] { $n } product
   *[other] { $n } products
}
products-find = Find a product
products-find-hint = Name, SKU or GTIN
products-query = “{ $query }”
products-class = Class { $class }
products-state = State
products-state-all = All
products-state-active = On sale
products-state-retired = Retired
products-state-out = Out of stock
products-state-nocost = Without cost
products-column-sku = SKU
products-column-name = Name
products-column-category = Category
products-column-type = Order type
products-column-class = Class
products-column-stock = In stock
products-column-unit = Unit
products-column-cost = Cost of one unit
products-column-currency = Currency
products-column-lead = Lead time
products-column-lead-days = Lead time, days
products-column-active = On sale

## A product, as the seller changes it

product-new = New product
product-retired = Retired
product-cost-estimated = estimated
product-stock-since = Oldest stock since
product-cost-is-estimated = The cost is an assumption
product-can-be-bought = On sale
product-lead-days = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}
product-order-type-stock = From stock
product-order-type-mto = Made to order
product-order-type-eto = Engineered to order
product-see-in-shop = See in the shop
product-mpn = Manufacturer's part number
product-description = Description
product-packing = Packing
product-pack = Content of one pack
product-packs-per-pallet = Packs on one pallet
product-minimum = Smallest order
product-step = Sold in multiples of
product-weight = Weight
product-days-unit = working days
product-supply = Supply
product-origin = Country of origin
product-customs-code = Customs code
product-seller-only = Only for us
product-seller-only-hint = Buyers never see class and cost, neither on pages nor in the API.
product-technical-data = Technical data
product-attributes-hint = Technical data, pictures and documents come from the import or the API.
flash-product-saved = The product is saved.

## Refusals and wrong input

refusal-product-changed = Somebody else changed this product meanwhile. Load it again and make your change once more.
invalid-product-changed = Somebody else changed this product meanwhile. Compare what you typed with what is there now, then save again.
invalid-product-name-long = This text is too long. Use at most 200 characters for a name and 60 for a part number.
invalid-product-description-long = The description is too long. Use at most 5,000 characters.
invalid-product-pack = The content of a pack is a quantity above zero.
invalid-product-pallet = The number of packs on a pallet is a whole number, or 0.
invalid-product-step = The step is a quantity above zero.
invalid-product-minimum = The smallest order is a multiple of the step.
invalid-product-stock = The stock is zero or more, in the product's unit.
invalid-product-lead-days = The lead time is 0 to 730 working days.
invalid-product-weight = The weight is 0 to 100,000,000 grams.
invalid-product-customs-code = The customs code has up to 12 digits and nothing else.
invalid-product-class = A class is 1 to 12 letters and digits, for example A.
invalid-product-cost = The cost is not negative.
invalid-product-too-many = These are too many. Keep the ones that matter.
invalid-product-media-url = A picture or document starts with https:// or with / and has no spaces.
invalid-product-unit = We do not know this unit. Use one such as piece, metre or kilogram.
invalid-product-drawing = This is no drawing that we know. Leave it out to get a plain carton.
invalid-product-sku-taken = Another product has this SKU.
invalid-product-gtin-taken = Another product has this GTIN.
invalid-product-sku-or-gtin-taken = Another product has this SKU or GTIN.
invalid-product-sku-fixed = The SKU of a product does not change. Create a new product instead.
invalid-category-unknown = There is no such category. Choose one of the list.
invalid-category-code = The code of a category has lower-case letters, digits and hyphens, at most 60.
invalid-attribute-unknown = There is no such attribute. Import it first.
invalid-attribute-value = This is not a value of the attribute's kind.

## The shop: front page, lists, search

shop-title = Products and prices
shop-welcome = Welcome to { $merchant }
shop-hello = Good day, { $name }
shop-lead = { $n ->
    [one] { $n } product, with your price and what is in stock.
   *[other] { $n } products, each with your price and what is in stock.
}
shop-lead-deals = { $n ->
    [one] { $n } offer waits for your answer.
   *[other] { $n } offers wait for your answer.
}
shop-see-offers = See the offers
shop-sign-in-own-prices = Sign in for your own prices
shop-sign-in-for-price = Sign in to see the price
shop-open-orders = Open orders
shop-offers-waiting = Offers waiting for you
shop-in-cart = Lines in the cart
shop-deals = Negotiations
shop-valid = Valid
shop-answer-by = answer by { $moment }
shop-holds-until = until { $moment }
shop-bought-lately = Bought lately
shop-all-orders = All orders
shop-empty = No products yet
shop-empty-hint = As soon as the catalogue is imported, its categories appear here.
shop-picture = Picture
shop-article = Article
shop-availability = Availability
shop-my-price = My price
shop-on-request = on request
shop-ask = Ask
shop-price-from = { $price } from { $quantity }
shop-pack-of = pack of { $quantity }
shop-quantity-of = Quantity of { $sku }
shop-in-stock-now = In stock now
shop-available-in = { $n ->
    [0] Not in stock
    [one] In { $n } working day
   *[other] In { $n } working days
}
shop-made-in = { $n ->
    [0] Made to order
    [one] Made to order, { $n } working day
   *[other] Made to order, { $n } working days
}
shop-sort-best = Best match
shop-sort-article = By article
shop-sort-name = Name
shop-sort-price = Price, low first
shop-sort-price-down = Price, high first
shop-sort-stock = Stock, most first
shop-clear-all = Clear all
shop-show-n = Show { $n }
shop-from = { $name } from
shop-to = { $name } to
shop-more-values = { $n ->
    [one] { $n } more
   *[other] { $n } more
}
shop-search-title = Search: { $query }
shop-nothing-for = Nothing found for “{ $query }”
shop-nothing-hint = Check the spelling, use fewer words, or look into the categories below.
shop-categories = Categories
shop-all-results = All results
