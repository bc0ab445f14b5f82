### Area: office. Keys start with the name of the thing they belong to.

## Imports: what a run is doing

import-step-reading = Reading
import-step-deriving = Working out
import-step-writing = Writing

## Imports: the report

import-report-rows = { $count ->
    [one] { $count } row in the file
   *[other] { $count } rows in the file
}
import-report-created = { $count ->
    [one] new: { $count } row
   *[other] new: { $count } rows
}
import-report-updated = { $count ->
    [one] changed: { $count } row
   *[other] changed: { $count } rows
}
import-report-unchanged = { $count ->
    [one] there already: { $count } row
   *[other] there already: { $count } rows
}
import-report-credited = { $count ->
    [one] credited: { $count } row
   *[other] credited: { $count } rows
}
import-report-failed = { $count ->
    [one] not imported, with errors: { $count } row
   *[other] not imported, with errors: { $count } rows
}
import-report-held-back = { $count ->
    [one] not imported, because of errors in rows beside it: { $count } row
   *[other] not imported, because of errors in rows beside them: { $count } rows
}
import-report-listed = { $count ->
    [one] passed over: { $count } row
   *[other] passed over: { $count } rows
}
import-report-more-errors = { $count ->
    [one] and { $count } more error
   *[other] and { $count } more errors
}
import-report-dry-run = Dry run: nothing was written.
import-report-money = The money adds up: { $sum } of { $file } in the file.
import-report-money-wrong = The money does not add up: { $sum } of { $file } in the file. Please report this.
import-error-cell = row { $row }, { $column } “{ $value }”: { $reason }
import-error-row = row { $row }: { $reason }
import-made-products = { $count ->
    [one] { $count } product made
   *[other] { $count } products made
}
import-made-categories = { $count ->
    [one] { $count } category made
   *[other] { $count } categories made
}
import-made-attributes = { $count ->
    [one] { $count } attribute made
   *[other] { $count } attributes made
}
import-made-companies = { $count ->
    [one] { $count } company made
   *[other] { $count } companies made
}
import-made-addresses = { $count ->
    [one] { $count } address added
   *[other] { $count } addresses added
}
import-made-people = { $count ->
    [one] { $count } person added
   *[other] { $count } people added
}
import-made-lists = { $count ->
    [one] { $count } price list made
   *[other] { $count } price lists made
}
import-made-steps = { $count ->
    [one] { $count } price derived
   *[other] { $count } prices derived
}
import-made-orders = { $count ->
    [one] { $count } order made
   *[other] { $count } orders made
}
import-made-credits = { $count ->
    [one] { $count } credit note made
   *[other] { $count } credit notes made
}
import-note-credits-whole = { $count ->
    [one] { $count } credit note matches one order as a whole
   *[other] { $count } credit notes match one order each as a whole
}
import-note-credits-part = { $count ->
    [one] { $count } credit note matches an order in part
   *[other] { $count } credit notes match an order in part
}
import-note-credits-open = { $count ->
    [one] { $count } credit note matches no order
   *[other] { $count } credit notes match no order
}
import-note-steps-left = { $count ->
    [one] Warning: { $count } older price of products in this file stays, because the file does not name its quantity. Remove it with --replace ladders.
   *[other] Warning: { $count } older prices of products in this file stay, because the file does not name their quantities. Remove them with --replace ladders.
}
import-note-steps-removed = { $count ->
    [one] { $count } price removed that the file does not name
   *[other] { $count } prices removed that the file does not name
}
import-note-not-replaced = Nothing was removed, because not all rows came in. Correct them and import the whole file again.
import-note-looks-utf8 = Warning: the file looks like UTF-8, but the mapping names another encoding. Look at names with accents, and correct `encoding` in [source].
import-listed-cancels-nothing = cancellation with a positive quantity or without a price
import-listed-stock-correction = negative quantity without a cancellation: a correction of the stock
import-listed-no-quantity = quantity of zero
import-listed-negative-price = negative price: a correction of the books
import-listed-no-name = neither price nor description
import-listed-free = price of zero: given away

## Imports: what is wrong with a cell or row

invalid-import-date = This is no date of the form { $form }. Write it so, or change the form in the mapping.
invalid-import-flag = Write yes or no (or 1 or 0).
invalid-import-currency = We do not know this currency. Write its three-letter code, for example EUR.
invalid-import-percent = Write a percentage from 0 to 100.
invalid-import-twice = The same key stands in row { $row } already. Keep one of the two rows.
invalid-import-unknown-sku = There is no product with this SKU. Import the catalogue first, or correct the SKU.
invalid-import-relation-itself = A product has no relation to itself. Name another one.
invalid-import-relations-many = A product has at most { $most } relations. Leave out the weakest.
invalid-import-unknown-word = There is no { $word } yet. Correct it, add it in the office under companies, or import with --new-words.
invalid-import-unknown-company = There is no company with this number. Import the companies first, or correct the number.
invalid-import-rep = None of your own people has this e-mail address. Add the person first, or leave the cell empty.
invalid-import-list-differs = This row describes its list otherwise than an earlier row. Give the list one name, scope, currency and validity.
invalid-import-list-scope = There is a list with this code for somebody else. Choose another code.
invalid-import-order-differs = This row gives its order another company, currency or date than an earlier row. An order has one of each.
invalid-import-order-apart = Rows of this order stand further up already. Put the rows of an order together.
invalid-import-group = Another row of the same order has an error; an order is imported as a whole.
invalid-import-held-back = Not imported, because a row of the same batch has an error.
invalid-import-width = The row has { $found } cells, the head { $wanted }. A delimiter or a quotation mark is missing or too many.
invalid-import-quote = A quotation mark opens in this row and never closes; everything after it is missing. Close it, or double it inside a text.
invalid-import-quote-inside = A quotation mark stands inside quotation marks. Double it ("1/2"" pipe"), or leave the outer ones away.
invalid-import-workbook-large = { $file } holds a text or a table larger than any spreadsheet has. Save it anew, or as CSV.
invalid-import-replace-prices = Only price lists can be replaced. Leave --replace away.
invalid-import-row-long = From here on there is no end of a row within { $most } kB. A quotation mark or a line end is missing.
invalid-import-columns = A sheet may have { $most } columns. Delete what stands further to the right.
invalid-import-cut-off = The file ends in the middle or is damaged from here on. Send it again.
invalid-import-encoding = These are no characters of the encoding that the mapping names. Set `encoding` in [source], for example windows-1250, or save the file as UTF-8.
invalid-import-control = There is a control character in this cell. Delete it.
invalid-import-cell-error = A formula failed in this cell. Correct it in the spreadsheet.

## Imports: what is wrong with the file or the mapping

invalid-import-file = { $file } cannot be opened. Check the name, and whether you may read it.
invalid-import-empty = { $file } is empty: there is no row that names the columns.
invalid-import-not-xlsx = { $file } is no XLSX workbook. Save it as .xlsx (not .xls), or as CSV.
invalid-import-utf16 = { $file } is UTF-16. Save it as UTF-8 (in a spreadsheet: CSV UTF-8).
invalid-import-zst = { $file } is not compressed as its first bytes say. Send it again.
invalid-import-unreadable = { $file } cannot be read: it is damaged in a way that we did not expect. Save it anew, or as CSV.
invalid-import-sheet = There is no sheet { $sheet }. The workbook has: { $known }.
invalid-import-column-missing = The file has no column { $columns }. It has: { $known }.
invalid-import-column-unknown = Kontor's own columns do not have { $columns }. They are: { $known }. Rename or remove the others, or say in a mapping what they are.
invalid-import-column-twice = The column { $columns } is there twice. Give one of the two another name. Columns: { $known }.
invalid-import-mapping = { $what ->
    [unknown] Line { $line }: there is no field { $name }.
    [missing] Line { $line }: the field { $name } is missing.
   *[other] Line { $line }: this is no TOML, or not a value that a mapping takes here.
}
invalid-import-mapping-kind = Line { $line }: { $value } is no kind of file. Write catalog, companies, prices or orders.
invalid-import-mapping-other = The mapping is for { $found }, but { $wanted } are to be imported.
invalid-import-mapping-field = Line { $line }: { $kind } have no field { $field }. Fields: { $known }.
invalid-import-mapping-required = The field { $field } needs a column or a constant.
invalid-import-mapping-unused = Line { $line }: the field { $field } has neither a column nor a constant.
invalid-import-mapping-transform = Line { $line }: “{ $value }” is no transform. There are trim, upper, lower, replace:a:b, prefix:x, suffix:x, before:x, after:x, date:FORM, divide:N and multiply:N.
invalid-import-mapping-history = Line { $line }: only a mapping for orders can have a section [history].
invalid-import-mapping-attributes = Line { $line }: only a mapping for catalog can have a section [attributes].
invalid-import-mapping-delimiter = Line { $line }: a delimiter is one character, such as "," or ";" or "\t".
invalid-import-mapping-encoding = Line { $line }: we cannot read the encoding { $value }. Write utf-8, windows-1250, windows-1252 or iso-8859-2.
invalid-import-mapping-decimal = Line { $line }: the decimal separator is "." or ",".
invalid-import-mapping-zone = Line { $line }: there is no time zone { $value }. Write one such as Europe/Warsaw.
invalid-import-mapping-currency = Line { $line }: we do not know the currency { $value }.
invalid-import-mapping-country = Line { $line }: { $value } is no two-letter country code.
invalid-import-mapping-percent = Line { $line }: { $value } is no percentage from 0 to below 100.
office-start-segments = Segments
office-start-segments-text = Which customers behave how, and by which rules
office-start-buyer-model = What buyers take
office-start-buyer-model-text = How likely which offer is taken, learnt from all that were made
office-start-costs = Costs of serving
office-start-costs-text = Handling, freight and capital: what every deal has to leave
import-report-prices-waiting = { $count ->
    [one] { $count } price is under the floor or below cost and waits for a second person (office, changes of prices).
   *[other] { $count } prices are under the floor or below cost and wait for a second person (office, changes of prices).
}
