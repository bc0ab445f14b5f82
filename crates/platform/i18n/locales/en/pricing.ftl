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
