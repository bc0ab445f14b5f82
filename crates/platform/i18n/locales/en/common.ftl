### Area: common. Words that every page may use.

## Verbs

save = Save
cancel = Cancel
search = Search
sign-in = Sign in
sign-out = Sign out
yes = Yes
no = No
next = Next
last = Last
back = Back
close = Close
open = Open
change = Change
add = Add
remove = Remove
apply = Apply
clear = Clear
copy = Copy
download = Download
export = Export
import = Import
filter = Filter
filters = Filters
clear-filters = Clear filters
sort = Sort
show-all = Show all

## Small words

of = of
from = from
to = to
none = None
all = All
optional = optional
required = required
unknown = Unknown
name = Name
number = Number
status = Status
date = Date
note = Note
changed = Changed
actions = Actions
details = Details
total = Total
net = net
gross = gross
price = Price
quantity = Quantity
unit = Unit
currency = Currency
company = Company
email = E-mail
language = Language
time-zone = Time zone
saved = Saved.
copied = Copied.

## Page navigation

skip-to-content = Skip to content
menu = Menu
breadcrumb = You are here
columns = Columns
density = Density
density-comfortable = Comfortable
density-compact = Compact
theme = Appearance
theme-light = Light
theme-dark = Dark
results = { $count ->
    [0] No results
    [one] { $count } result
   *[other] { $count } results
}
nothing-found = Nothing found
nothing-found-hint = Check the spelling, use fewer words, or clear the filters.
nav-products = Products
nav-cart = Cart
nav-orders = Orders
nav-desk = Desk
nav-office = Office

## Spans of time

minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
working-days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}

## Units: short name beside a number, then the full name

unit-piece = pc
unit-pair = pr
unit-set = set
unit-metre = m
unit-kilogram = kg
unit-litre = l
unit-name-piece = piece
unit-name-pair = pair
unit-name-set = set
unit-name-metre = metre
unit-name-kilogram = kilogram
unit-name-litre = litre
packs = { $count ->
    [one] { $count } pack
   *[other] { $count } packs
}
lines = { $count ->
    [one] { $count } line
   *[other] { $count } lines
}
products = { $count ->
    [one] { $count } product
   *[other] { $count } products
}

## Roles

role-buyer = Buyer
role-company_admin = Company admin
role-sales_rep = Sales rep
role-pricing_manager = Pricing manager
role-merchant_admin = Merchant admin

## Dates

format-date = { $day } { $month } { $year }
format-day = { $weekday } { $day } { $month }
format-moment = { $weekday } { $day } { $month }, { $time }
format-long-moment = { $weekday } { $day } { $month } { $year }, { $time }
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun

## Around every page

go-to = Go to
jump = Search or go to
jump-placeholder = A page, a product, a SKU
results-list = Results
pages = Pages
look = Look
theme-auto = As the system
buying-for = Buying for
your-contact = Your contact:
nav-categories = Categories
nav-main = Main
nav-deals = Negotiations
nav-profile = Profile and security
nav-company = Company
nav-companies = Companies
nav-price-lists = Price lists
nav-policy = Negotiation policy
nav-shop = Shop
search-products = Search products
search-placeholder = Name, SKU or GTIN
deals-waiting = { $n ->
    [one] { $n } offer waits for you
   *[other] { $n } offers wait for you
}
cart-with-lines = { $n ->
    [0] Cart, empty
    [one] Cart, { $n } line
   *[other] Cart, { $n } lines
}
account-of = Account: { $name }
prices-without-vat = Prices in { $currency } without VAT unless said otherwise
toast-failed = This did not work. Nothing was changed.
toast-offline = No connection. Nothing was changed.
key-go-desk = Go to the desk
key-go-office = Go to the office
key-go-shop = Go to the shop
keyboard-shortcuts = Keyboard shortcuts
single-key-shortcuts = Single-key shortcuts
form-errors = Please correct what is marked
flash-saved = Saved.
undo = Undo
more = More
