### Quotes and special prices of suppliers.

## Quotes of the buyer

quotes-title = Quotes
quotes-lead = Prices for what is made to order, and for whole projects.
quotes-empty = No quotes yet
quotes-empty-hint = Describe what you need, with drawings if you have them. We answer line by line.
quote-new = Ask for a quote
quote-new-title = Ask for a quote
quote-new-lead = One line for each thing. Name an article, or describe it in your words.
quote-title = Quote { $number }
quote-project = Project
quote-lines = Lines
quote-valid-until = Valid until
quote-version = Answer { $number }, valid until { $date }
quote-line = Line { $n }
quote-sku = Article number
quote-description = Description
quote-unit = Unit
quote-need-by = Needed by
quote-target = Target price
quote-drawing = Drawing for this line
quote-drawing-project = Drawings for the project
quote-files-hint = PDF, PNG, JPEG, STEP or DXF, 10 MB each, at most 10 files. The unit counts for lines without an article number.
quote-comment = Comment
quote-send = Ask for the quote
quote-more-lines = More lines
quote-pdf = Quote as PDF
quote-what = What
quote-product = Product
quote-answer = Answer
quote-no-answer = Not answered yet
quote-not-supplied = Cannot be supplied
quote-alternative = Alternative
quote-lead-days = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}
quote-needed = needed by { $date }
quote-hoped = target { $price }
quote-take = Accept
quote-not-yet = Not yet
quote-counter-price = Your price
quote-countered-at = You named { $price }
quote-counter-message = Message to us
quote-accept = Accept the chosen lines
quote-accept-whole = Accept all lines together
quote-counter = Name these prices
quote-withdraw = Withdraw the request
quote-unbound = Some lines have no article number yet. Your contact sets one up; then you can accept them.
quote-agreed = Accepted lines wait to be ordered.
quote-to-cart = Put into the cart
quote-add-file = Another file
quote-attach = Attach
quote-change-new = new
quote-change-was = before: { $before }
quote-change-other = changed
quote-line-until = stands until { $date }
quote-line-lapsed = lapsed, stood until { $date }
quote-line-until-own = Last day of this line
quote-taken = Accepted answer
quote-sums-hint = All lines together. Choosing another answer to a line changes the total; it is shown before anything is accepted.
quote-accepted-line = Line { $n }: { $what }, { $quantity } at { $price }
quote-accepted-alternative = Line { $n }, alternative { $choice }: { $what }, { $quantity } at { $price }
quote-ends-line = Line { $n } stands only until { $date }.
quote-ends-alternative = Line { $n }, alternative { $choice }, stands only until { $date }.
quote-when = Delivery and validity
quote-known-cost = Counted with
attachments-title = Files
attachment-meta = { $size } kB, { $moment }
attachment-hint = PDF, picture, STEP or DXF, up to 10 MB.

quote-state-requested = Requested
quote-state-answered = Answered
quote-state-partly = Partly accepted
quote-state-accepted = Accepted
quote-state-countered = Other prices named
quote-state-lapsed = Lapsed
quote-state-withdrawn = Withdrawn
quote-state-declined = Not quoted

quote-step-requested = Requested
quote-step-answered = Answer { $number }, valid until { $date }
quote-step-rules = Answer { $number } by our rules, valid until { $date }
quote-step-countered = Other prices named

## Quotes on the desk

quotes-waiting = Waiting
desk-quotes-empty = No quote waits
desk-quotes-empty-hint = New requests and named prices appear here.
quote-draft = draft
quote-price = Price
quote-article = Article to be ordered
quote-article-hint = A line can be accepted once it has an article. Create made-to-order articles in the office first, then name them here.
quote-lead = Lead time
quote-cost = Our cost (never shown)
quote-note = Note to the buyer
quote-message = Message to the buyer
quote-send-answer = Send the answer
quote-save-draft = Keep as a draft
quote-decline = Do not quote
quote-decline-why = Why not (the buyer reads this)

## Special prices of suppliers

support-title = Ask a supplier for a special price
support-no-article = Name an article to ask a supplier
support-case = Case
support-list = Asked of suppliers
support-hint = The supplier gets a link by mail and sees only the product, the quantity, the price asked for and our name.
support-email = E-mail of the supplier
support-usual = Today's cost: { $price }. The supplier does not see it.
support-answer-by = Answer until
support-note = Note to the supplier
support-send = Send the mail
support-asked = { $quantity } at { $price }
support-granted = Granted: { $price } for up to { $quantity }, until { $date }
support-state-open = waits for an answer
support-state-granted = granted
support-state-refused = refused

supplier-title = Special price
supplier-lead = { $merchant } asks you for a special price. You can answer until { $moment }, once.
supplier-sku = Supplier's article number
supplier-own-sku = Your article number
supplier-asked = Price asked for
supplier-answer = Your answer
supplier-yes = Yes, at
supplier-other = At another price
supplier-no = No
supplier-price = Your price
supplier-up-to = For at most
supplier-until = Valid until
supplier-note = Note
supplier-send = Send the answer
supplier-thanks = Thank you
supplier-thanks-text = { $merchant } has your answer. You can close this page.

## Agreements with suppliers

suppliers-title = Supplier agreements
suppliers-lead = What suppliers pay back once enough is bought in a period. Negotiations count on it while an agreement holds.
suppliers-empty = No agreements yet
suppliers-empty-hint = Add one below, or read a file.
agreement-title = Supplier agreement
agreement-supplier = Supplier
agreement-about = About
agreement-sku = Article number, or
agreement-brand = Brand
agreement-basis = Counts
agreement-basis-quantity = quantity
agreement-basis-amount = amount
agreement-unit = Unit
agreement-currency = Currency
agreement-period = Begins anew
agreement-period-term = not at all
agreement-period-month = every month
agreement-period-quarter = every quarter
agreement-period-year = every year
agreement-from = First day
agreement-until = Last day
agreement-bought = Bought so far
agreement-bought-on = As of
agreement-steps = Steps
agreement-step = from { $reached } on: { $paid }
agreement-steps-hint = One step in a line: what is reached, a colon, what is paid back per unit. For example 1000:0.50
agreement-validity = Valid
agreement-dates = { $from } to { $until }
agreement-holds = holds
agreement-future = not yet
agreement-ended = ended
agreement-new = New agreement
agreement-import = Read a file
agreement-csv = CSV file
agreement-csv-hint = Columns, in any order; steps as 1000:0.50 2000:0.80:
agreement-import-send = Read
agreement-remove = Remove

## The paper

paper-quote = Quote { $number }, version { $version }
paper-prices-hold = Prices hold
paper-together = for all lines together
paper-by-line = for each line by itself
paper-date = Date
paper-valid-until = Valid until
paper-customer = Customer number
paper-position = No.
paper-what = Description
paper-price = Price, net
paper-net = Total, net
paper-alternative = Alternative: { $product }
paper-net-total = Net
paper-vat = VAT { $percent }
paper-gross-total = Gross
paper-payment = Payment
paper-terms = Terms
paper-terms-text = Prices are net. This quote stands until the day given; after that the prices are to be confirmed anew. Alternatives are not part of the total. Our general terms of sale apply.
paper-page = Page { $page } of { $pages }

## Mails

mail-quote-news-subject = { $kind ->
    [requested] { $company } asks for quote { $number }
    [countered] { $company } names other prices for quote { $number }
    [accepted] { $company } has accepted lines of quote { $number }
    [confirmed] Quote { $number }: what you accepted
    [supported] A supplier has answered for quote { $number }
    [proposed] Your approval is wanted: quote { $number } for { $company }
    [declined] Quote { $number }: we cannot quote this
    [lapsing] Quote { $number } lapses soon
   *[answered] Quote { $number } is answered
}
mail-quote-news-text = { $kind ->
    [requested] A request for quotation waits for your answer.
    [countered] The prices named wait for your answer. The version sent goes on standing.
    [accepted] The accepted lines are agreed and can be ordered.
    [confirmed] You accepted the lines below. Put them into the cart to order them.
    [supported] Look at the answer and go on with the quote.
    [proposed] A colleague’s draft needs your authority. The reason is below.
    [declined] We are sorry. The reason is below.
    [lapsing] Accept the lines you want before the day below, or name other prices.
    [answered_together] The prices hold for all lines together. Accept all of them, or name other prices.
   *[answered] You can accept all or some of the lines, or name other prices.
}
mail-quote-news-project = Project
mail-quote-news-lines = Lines
mail-quote-news-valid-until = Valid until
mail-quote-news-button = Open the quote
mail-supplier-asked-subject = { $merchant } asks for a special price: { $product }
mail-supplier-asked-title = { $merchant } asks for a special price
mail-supplier-asked-text = You can answer with the link below until { $moment }. You need no account. The link works once and is for you alone.
mail-supplier-asked-sku = Your article number
mail-supplier-asked-price = Price asked for
mail-supplier-asked-button = Answer

## Done

flash-attachment-added = The file is attached.
flash-quote-requested = Your request is with us.
flash-quote-accepted = Accepted. Put the lines into the cart to order them.
flash-quote-countered = Your prices are with us.
flash-quote-withdrawn = The request is withdrawn.
flash-quote-sent = The answer is sent.
flash-quote-proposed = The draft is sent on for approval. The buyer hears nothing before.
flash-quote-saved = The draft is kept.
flash-quote-declined = The buyer is told.
flash-support-sent = The supplier is asked.
flash-agreement-saved = The agreement is saved.
flash-agreement-removed = The agreement is removed.
flash-agreements-imported = The agreements are read.

## Wrong input

invalid-file-empty = This file is empty. Choose another.
invalid-file-too-large = This file is larger than 10 MB. Choose a smaller one.
invalid-file-type = Choose a PDF, PNG, JPEG, STEP or DXF file. What is inside counts, not the name.
quote-needs = needs { $authority }: the buyer may accept every line alone
quote-total = All lines
quote-all-together = Only all lines together: the buyer accepts all or none
quote-holds-together = These prices hold for all lines together. Accept all of them, or name other prices.
quote-proposal-waits = Your draft waits for another person
quote-proposes = { $name } asks for your approval of this draft
quote-proposal-yours = You may send it: press A.
quote-approve = Approve and send
refusal-quote-all-together = These prices hold only for all lines together. Choose an answer for every line.
refusal-quote-no-approval-needed = Your own authority suffices. Send it yourself.
invalid-quote-total-changed = With these answers all lines come to { $total } with tax. Nothing was accepted yet; accept again if that is right.
invalid-quote-choose = Choose at least one line, each once.
invalid-quote-target-above = Name a price below { $price }, or accept the line.
invalid-quote-valid-until = Choose a day from today on, at most { $days } days ahead.
invalid-quote-line-valid-until = A line stands at most as long as the whole answer. Choose an earlier day, or move the day of the answer.
invalid-supplier-known-person = This address belongs to a person who sells or buys here. Enter the supplier’s own address.
invalid-quote-answer-all = Answer this line: a price, or cannot be supplied.
invalid-quote-price-or-none = Enter a price, or tick 'cannot be supplied'.
invalid-quote-article-together = Name the article: what holds only together must be possible to order together.
invalid-quote-sku = There is no active article with this number. Check it, or leave the field empty.
invalid-agreement-about = Enter an article number or a brand, not both.
invalid-agreement-dates = The last day is before the first. Correct one of them.
invalid-agreement-steps = Enter 1 to 20 steps such as 1000:0.50, each higher than the one before in both numbers.
invalid-agreement-csv = This file cannot be read. It needs the columns named below and at least one row.

## Refusals

refusal-attachments-too-many = There are { $most } files already. Put several drawings into one PDF.
refusal-attachments-busy = Very many files are being sent at the moment. Try again in a minute.
refusal-attachments-company-full = Your company’s files take as much room as they may. Ask your sales rep, or send a link instead.
refusal-attachments-no-room = Files cannot be taken at the moment. Send the request without them, or try again later.
refusal-quotes-too-many-open = Too many of your company’s quotes are open. Take or take back some of them, then ask again.
refusal-quotes-too-many-today = Your company has asked for very many quotes today. Try again tomorrow, or call your sales rep.
refusal-quote-not-open = This quote has ended. Ask for a new one.
refusal-quote-lapsed = The day until which these prices stood has passed. Ask us for a new answer.
refusal-quote-newer-version = There is a newer answer. Look at it and choose again.
refusal-quote-changed = Somebody changed this quote meanwhile. Look at it and send again.
refusal-quote-line-accepted = One of the lines is accepted already. Leave it out and send again.
refusal-quote-line-not-supplied = One of the lines cannot be supplied. Leave it out and send again.
refusal-quote-line-lapsed = The day until which one of the lines stood has passed. Leave it out, or ask us for a new price.
refusal-quote-line-without-product = One of the lines has no article number yet, so it cannot be ordered. Leave it out for now, or ask your contact.
refusal-quote-needs-authority = These prices need more authority than you have. Keep the draft; it can be sent by: { $names }.
refusal-support-case-closed = This case no longer waits for an answer, so no supplier can be asked for it.
refusal-support-cost-unknown = No cost is known for this product, so a special price could not be compared. Enter its cost first.
refusal-support-asked-already = A supplier is asked for this already. Wait for the answer, or until the link ends.
refusal-agreement-changed = Somebody changed this agreement meanwhile. Look at it and save again.
office-start-suppliers = Supplier agreements
office-start-suppliers-text = Rebate steps that make a deal worth more to us
