### Area: parties. Keys start with the name of the thing they belong to.

## Signing in

password = Password
password-forgotten = Forgotten your password?
reset-title = Set a new password
reset-lead = Enter your e-mail address. We send you a link that works for two hours.
reset-send = Send me a link
reset-sent = If { $email } belongs to an account, a link is on its way. It works for two hours.
reset-back = Back to signing in
new-password-title = Choose a password
new-password-lead = At least 10 characters. A few words in a row are easier to remember than signs and digits.
new-password = New password
new-password-set = Set password
flash-password-set = Your password is set. Sign in with it.
flash-signed-out-everywhere = You are signed out everywhere.
invalid-password-short = Use at least { $least } characters.
invalid-password-known = This is one of the passwords that are tried first: a common word, a row of keys, your name. Take a few words that do not belong together.
refusal-sign-in-wrong = E-mail address and password do not fit together. Check both, or have a link sent to set a new password.
refusal-sign-in-throttled = Too many attempts. Try again in { $seconds } seconds.
refusal-sign-in-busy = Many people are signing in at this moment. Try again in { $seconds } seconds.
refusal-sign-in-choose = You act for several companies: { $companies }. Choose one and enter your password again.
sign-in-kept = What you sent is kept. After signing in you see it again and send it with one click.
sign-in-kept-files = Files are not kept; you choose them again then.
sign-in-not-kept = You were signed out. After signing in you are back on the page; what you sent has to be entered again.
kept-title = You are signed in
kept-text = What you sent before has not been done yet.
kept-files = Files are not kept. Choose them again before you send.
kept-file = Choose again: { $names }
kept-send = Send it now
kept-back = Do not send it
kept-what = What is sent
refusal-reset-link-ended = This link was used or is too old. Have a new one sent.

## Profile

profile-title = Profile and security
profile-you = You
phone = Telephone
password-present = Present password
password-change-hint = You will be signed out everywhere and sign in again with the new password.
refusal-password-wrong = The present password is wrong. Nothing was changed.
own-data-title = Your data
own-data-text = Everything that is stored about you as a person, as a file. To have it deleted, ask an administrator of your company; orders stay, without your name.
sessions-title = Where you are signed in
session-since = since { $moment }
session-this = This one
sign-out-everywhere = Sign out everywhere

## Company

company-number = Customer number { $number }
company-terms = Terms
vat-id = VAT number
vat-confirmation = VAT number confirmed
vat-unconfirmed = not confirmed
vat-confirmed-on = confirmed on { $date }
vat-confirmation-why = Goods that go to another EU country are free of tax only when the authority (VIES) has confirmed the number.
vat-answer-on = Day of the answer
vat-reference = Number of the consultation
vat-confirm = { $id } was confirmed
flash-vat-not-confirmed = Enter a day that has come already, and at most 60 characters of reference.
invalid-vat-confirmed-on = Enter the day on which the number was confirmed, today at the latest.
refusal-vat-other-id = The company has another VAT number than the one that was confirmed. Look at it again.
payment-terms = Payment
payment-prepaid = In advance
payment-days = { $n ->
    [0] In advance
    [one] { $n } day
   *[other] { $n } days
}
credit-limit = Credit limit
credit-taken = Credit taken
your-rep = Your contact
people-title = People
person-name = Name
people-invite = Add a colleague
people-invite-send = Add and send an invitation
unit-of-company = Unit
unit-of = Unit of { $name }
role = Role
unit-and-role = Unit and role
role-of = Role of { $name }
job-title = Job title
you = You
blocked = Blocked
block = Block
unblock = Unblock
block-sure = Block { $name }? Nobody can sign in with this account then, and it is signed out everywhere at once.
erase = Delete data
erase-sure = Delete name, address and password of { $name } for good? Orders and negotiations stay, without a name.
units-title = Units
units-empty = No units yet. Add your branches, so that orders and budgets can be told apart.
units-add = Add a unit
units-parent = Belongs to
code = Code
addresses-title = Addresses
addresses-empty = No addresses yet. Add one, so that goods can be sent.
addresses-add = Add an address
address-name = Name on the label
address-street = Street and number
address-postal-code = Postal code
address-city = City
address-country = Country
address-shipping = Goods
address-billing = Invoices
address-remove = Remove the address { $name }
address-remove-sure = Remove the address { $name }? Nothing can be sent there then; orders that went there keep it.
invalid-address-use = Tick goods, invoices or both.
invalid-roles = Choose at least one role that fits: company roles for companies, staff roles for staff.
invalid-payment-days = Enter 0 to { $most } days.
refusal-people-not-blocked = Block this person first; then the data can be deleted.
refusal-people-invitations = Your company has invited { $most } people today. Invite the others tomorrow, or ask your contact.
refusal-people-yourself = You cannot block yourself or take away your own admin role. Ask another admin.
refusal-address-last = This is the last address of its kind. Add another one first.

## Companies, for staff

companies-title = Companies
companies-find = Name or customer number
companies-count = { $n ->
    [one] { $n } company
   *[other] { $n } companies
}
companies-empty = No company found
companies-empty-hint = Search for part of the name or of the customer number.
segment = Segment
price-group = Price group
word-add = Add a segment or a price group
word-add-text = Policies and price lists name these words exactly. Look through the list first: a second spelling is a second segment.
word-kind = Kind
rep = Sales rep
negotiation-blocked = May not negotiate
