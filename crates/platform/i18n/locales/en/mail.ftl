### Area: mail. What mails say; the layout is in crates/platform/mail/templates.

mail-hello = Hello { $name },
mail-hello-nobody = Hello,
mail-foot = { $brand } sent you this mail because of something that happened in your account.
mail-valid-until = The link works until { $moment }.

mail-password-reset-subject = Choose a new password
mail-password-reset-title = Choose a new password
mail-password-reset-text = Somebody, probably you, asked for a new password for your account. Choose one here:
mail-password-reset-button = Choose a password
mail-password-reset-ignore = If it was not you, you need not do anything: your password stays as it is.

mail-password-changed-subject = Your password was changed
mail-password-changed-title = Your password was changed
mail-password-changed-text = The password of your account was changed on { $moment }. You are signed out everywhere.
mail-password-changed-not-you = If it was not you, set another password now and tell your administrator.
mail-password-changed-button = Set another password

mail-welcome-subject = Your access to { $company }
mail-welcome-title = Welcome to { $brand }
mail-welcome-text = You have been added as a user of { $company }. Choose a password to sign in for the first time:
mail-welcome-button = Choose a password
mail-welcome-ignore = If you do not know this company, ignore this mail.

mail-order-confirmation-subject = Your order { $number }
mail-order-confirmation-title = We have your order { $number }
mail-order-confirmation-text = Thank you. We received it on { $moment }.
mail-order-confirmation-button = See the order
mail-order-po-number = Your PO number
mail-order-requested-date = Wanted on
mail-order-payment-terms = Payment
mail-order-product = Product
mail-order-total = Net total
mail-order-at = { $quantity } at { $price }
mail-order-ship-to = Delivery to
mail-order-bill-to = Invoice to

mail-order-news-subject = { $kind ->
    [held] Order { $number } waits for release
    [cancelled] Order { $number } is cancelled
    [refused] Order { $number } is not released
   *[cancellation_asked] { $company } wants to cancel order { $number }
}
mail-order-news-text = { $kind ->
    [held] Your order is over your credit limit. We look at it and write to you.
    [cancelled] Your order is cancelled.
    [refused] We could not release your order; it is cancelled.
   *[cancellation_asked] You asked us to cancel your order.
}
mail-order-news-text-staff = { $kind ->
    [held] { $company } has ordered over its credit limit. Release the order or refuse it.
    [cancelled] An order of { $company } is cancelled.
    [refused] An order of { $company } was refused.
   *[cancellation_asked] The order is on its way. See whether it can be stopped.
}
mail-order-news-total = Total with tax
mail-order-news-reason = Reason
mail-order-news-button = Open the order

mail-negotiation-answered-subject = Our answer on { $product }
mail-negotiation-answered-title-agreed = Agreed
mail-negotiation-answered-title-offers = We have an offer for you
mail-negotiation-answered-title-unasked = We have an offer for you
mail-negotiation-answered-title-declined = We cannot meet this price
mail-negotiation-answered-text-agreed = You asked for { $price } for { $quantity } of { $product }. You have it.
mail-negotiation-answered-text-offers = You asked for { $price } for { $quantity } of { $product }. This is what we can do:
mail-negotiation-answered-text-unasked = For { $quantity } of { $product } we can do this:
mail-negotiation-answered-text-declined = You asked for { $price } for { $quantity } of { $product }. We cannot go that low. You can ask again with another price or quantity.
mail-negotiation-answered-comment = { $rep } writes: { $comment }
mail-negotiation-answered-valid = This holds until { $moment }.
mail-negotiation-answered-button = See the answer

mail-negotiation-waiting-subject = { $company } asks: { $product }, { $value }
mail-negotiation-waiting-title = { $company } waits for your answer
mail-negotiation-waiting-text = An answer was promised by { $moment }.
mail-negotiation-waiting-buyer = Buyer
mail-negotiation-waiting-quantity = Quantity
mail-negotiation-waiting-asked = Price asked
mail-negotiation-waiting-current = Price today
mail-negotiation-waiting-value = Value
mail-negotiation-waiting-comment = { $buyer } writes: { $comment }
mail-negotiation-waiting-button = Open the case
