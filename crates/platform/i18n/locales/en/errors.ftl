### Area: errors. What is wrong, and what to do.

## Wrong input, shown at the field: `invalid-` and the code from the kernel

invalid-required = Fill in this field.
invalid-not-a-number = Enter a number in digits, for example 12. Thousands are parted in groups of three digits.
invalid-number-plain = Write the number in digits with a point before decimals and nothing else, for example 1234.
invalid-number-two-readings = This can be read as { $understood } or as { $other }. We read it as { $understood }: send it again if that is right, or correct it.
invalid-number-foreign = Numbers are written otherwise here. We read this as { $understood }: send it again if that is right, or correct it.
invalid-too-precise = Enter fewer digits after the decimal point.
invalid-too-large = This number is too large. Enter a smaller one.
invalid-quantity-whole = This unit is not sold in such small parts. Enter a quantity with fewer decimals.
invalid-quantity-too-large = This quantity is too large. Enter a smaller one.
invalid-quantity-unit = The quantity is in another unit than the product is sold in. Enter it in the product's unit.
invalid-quantity-positive = Enter a quantity above zero.
invalid-quantity-minimum = The smallest order is { $minimum }. Enter { $minimum } or more.
invalid-quantity-multiple = Enter a quantity that is a multiple of { $step }: { $below } or { $above }.
invalid-sku = A SKU has 1 to 40 characters without spaces, slashes, ?, # or %. Check what you typed.
invalid-gtin = A GTIN has 8, 12, 13 or 14 digits. Enter all of them.
invalid-gtin-check-digit = The last digit does not fit the others. Compare the GTIN with the one under the bar code.
invalid-email = Enter an e-mail address such as ann@example.com.
invalid-country = Enter the two-letter country code, for example PL.
invalid-vat-country = We do not know this country prefix. Start the VAT number with one such as DE or PL.
invalid-vat-form = This is not how VAT numbers of this country look. Compare it with an invoice.
invalid-vat-other-country = A VAT number that begins with { $prefix } belongs to another country than { $country }. Enter the number of the company's own country, or leave it empty.
invalid-characters = Remove characters that cannot be seen, such as line ends and marks of direction.
invalid-name-link = A name cannot contain an address of a page or a mailbox. Enter first and last name only.
invalid-vat-check-digit = The check digit does not fit. Compare the VAT number with an invoice.
invalid-amount-too-large = The amount is too large. Reduce the quantity or the price.
invalid-currency-mismatch = Two currencies were mixed. Use one currency throughout.

## Refusals: `refusal-` and the code

refusal-not-allowed = You are not allowed to do this. Ask your company's administrator for access.
refusal-sign-in-required = Sign in first; then we bring you back here.
refusal-no-company = You can buy only for a company. Sign in as a user of one.
refusal-too-many-requests = Too many attempts. Wait a moment and try again.
refusal-stale = Somebody changed this in the meantime. Look at the current state and decide again.

## Error pages: title and text by HTTP status

error-400-title = We could not read the request
error-400-text = Something in the address or the form was not as expected. Go back, check what you entered and try again.
error-401-title = Sign in to go on
error-401-text = This page is for signed-in users. Sign in; then we bring you back here.
error-403-title = You may not see this
error-403-text = Your role does not allow it. Ask your company's administrator for access.
error-404-title = Not found
error-404-text = The page or thing you asked for is not here. Check the address, or search for it.
error-405-title = That does not work here
error-405-text = This address does not do what was asked of it. Go back and use the button or link on the page.
error-409-title = Things have changed
error-409-text = Somebody was faster, or the state no longer allows it. Load the page again and decide anew.
error-413-title = Too large
error-413-text = What you sent is larger than we accept. Send a smaller file, or split it.
error-415-title = Wrong kind of file
error-415-text = We cannot read this kind of content. Send one of the kinds named on the page.
error-422-title = Some entries need your attention
error-422-text = Nothing was saved yet. Correct the marked fields and send again.
error-429-title = Too many requests
error-429-text = Wait a moment and try again.
error-500-title = Something went wrong on our side
error-500-text = What you entered was not the reason. Try again; if it happens again, send us the number below.
error-no-space-title = Nothing can be saved at the moment
error-no-space-text = What you sent was not saved: the system has no space left to write to. What is there can still be read. Try again in a few minutes.
error-503-title = We will be back shortly
error-503-text = The system is starting or under maintenance. Try again in a minute.
error-reference = Number for support: { $id }
error-fields = { $count ->
    [one] { $count } field needs your attention
   *[other] { $count } fields need your attention
}
error-back-home = To the start page

## Further input and refusals

invalid-malformed = We could not read this. Check it and send it again.
invalid-content-type = Send the body as application/json.
invalid-json = { $expected ->
    [missing] The field { $name } is missing.
    [object] An object is asked for here.
    [list] A list is asked for here.
    [flag] true or false is asked for here.
    [number] A number is asked for here.
    [text] A text is asked for here.
   *[other] This does not have the form that is asked for here.
}
invalid-choice-of = There is no such value here. Known are: { $known }.
invalid-parameter-date = Write the day as 2026-11-27.
invalid-unknown-field = There is no such field here. Known are: { $known }.
invalid-parameter-unknown = There is no such parameter here. Known are: { $known }.
invalid-parameter-twice = This parameter stands there twice. Give it once.
invalid-choice = Choose one of the values offered.
invalid-taken = This is taken already. Choose another.
invalid-too-long = Use at most { $most } characters.
invalid-not-negative = Enter zero or more.
invalid-time-zone = Enter a time zone such as Europe/Warsaw.
refusal-cross-site = This came from another site, so nothing was changed. Open the page here and try again.
error-request-id = Number for support:
