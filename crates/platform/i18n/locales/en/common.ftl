### Area: common. Words that every page may use.

app-name = Kontor

## Verbs

save = Save
cancel = Cancel
search = Search
sign-in = Sign in
sign-out = Sign out
yes = Yes
no = No
next = Next
previous = Previous
first = First
last = Last
back = Back
continue = Continue
close = Close
open = Open
edit = Edit
change = Change
add = Add
remove = Remove
delete = Delete
apply = Apply
clear = Clear
reset = Reset
confirm = Confirm
send = Send
copy = Copy
print = Print
download = Download
upload = Upload
export = Export
export-csv = Export as CSV
export-xlsx = Export as XLSX
import = Import
filter = Filter
filters = Filters
clear-filters = Clear filters
sort = Sort
sort-by = Sort by
sort-ascending = Ascending
sort-descending = Descending
show-more = Show more
show-all = Show all
show-details = Show details
hide-details = Hide details
select = Select
select-all = Select all
try-again = Try again

## Small words

of = of
or = or
and = and
from = from
to = to
per = per
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
created = Created
changed = Changed
actions = Actions
details = Details
total = Total
subtotal = Subtotal
net = net
gross = gross
tax = Tax
price = Price
quantity = Quantity
unit = Unit
currency = Currency
company = Company
email = E-mail
language = Language
time-zone = Time zone
today = Today
tomorrow = Tomorrow
yesterday = Yesterday
loading = Loading
saved = Saved.
copied = Copied.

## Page navigation

skip-to-content = Skip to content
menu = Menu
breadcrumb = You are here
pagination = Pages
page-of = Page { $page } of { $pages }
rows-of = { $from } to { $to } of { $total }
rows-per-page = Rows per page
columns = Columns
density = Density
density-comfortable = Comfortable
density-compact = Compact
theme = Appearance
theme-light = Light
theme-dark = Dark
theme-system = As the system
results = { $count ->
    [0] No results
    [one] { $count } result
   *[other] { $count } results
}
selected = { $count ->
    [one] { $count } selected
   *[other] { $count } selected
}
nothing-found = Nothing found
nothing-found-hint = Check the spelling, use fewer words, or clear the filters.
nav-home = Home
nav-products = Products
nav-cart = Cart
nav-orders = Orders
nav-negotiations = Negotiations
nav-account = Account
nav-desk = Desk
nav-office = Office
nav-help = Help

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
weeks = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
}
months = { $count ->
    [one] { $count } month
   *[other] { $count } months
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
pieces = { $count ->
    [one] { $count } piece
   *[other] { $count } pieces
}
packs = { $count ->
    [one] { $count } pack
   *[other] { $count } packs
}
pallets = { $count ->
    [one] { $count } pallet
   *[other] { $count } pallets
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
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

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
nav-deals = Deals
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
