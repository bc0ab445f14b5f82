//! Agreements as people and programs type them.

use catalog::Catalog;
use kernel::{AgreementId, Amount, Currency, Date, Invalid, Notation, Outcome, Quantity, Unit, UnitPrice};
use terms::agreements::{Agreement, Basis, Period, Step};
use web::{Fields, FormState};

/// An agreement as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgreementText {
    /// How the numbers in it are written.
    notation: Notation,
    /// By the name of the field; see [`FIELDS`].
    values: Vec<(&'static str, String)>,
}

/// Every field, in the order of the file.
pub(super) const FIELDS: [&str; 12] = [
    "supplier",
    "sku",
    "brand",
    "basis",
    "unit",
    "currency",
    "period",
    "valid_from",
    "valid_until",
    "bought",
    "bought_on",
    "steps",
];

impl AgreementText {
    /// From whatever program knows the text of a field.
    pub(super) fn of(text: impl Fn(&str) -> String) -> Self {
        let values = FIELDS.map(|field| (field, text(field).trim().to_owned())).into();
        Self { notation: Notation::Plain, values }
    }

    pub(super) fn of_form(fields: &Fields) -> Self {
        Self { notation: fields.notation(), ..Self::of(|field| fields.text(field).to_owned()) }
    }

    fn text(&self, field: &str) -> &str {
        self.values.iter().find(|(name, _)| *name == field).map_or("", |(_, text)| text)
    }

    /// Reads it; the id is made up, to be replaced.
    ///
    /// # Errors
    /// Every wrong field at once.
    pub(super) fn read(&self, catalog: &Catalog, today: Date) -> Outcome<Agreement> {
        let mut invalid = Invalid::default();
        let basis = choice(&mut invalid, "basis", self.text("basis"), Basis::parse);
        let unit = choice(&mut invalid, "unit", self.text("unit"), Unit::parse).unwrap_or(Unit::Piece);
        let currency =
            choice(&mut invalid, "currency", self.text("currency"), Currency::parse).unwrap_or(Currency::Eur);
        let period = choice(&mut invalid, "period", self.text("period"), Period::parse);
        let valid_from = date(&mut invalid, "valid_from", self.text("valid_from"));
        let valid_until = date(&mut invalid, "valid_until", self.text("valid_until"));
        let bought_on = match self.text("bought_on") {
            "" => Some(today),
            text => date(&mut invalid, "bought_on", text),
        };
        let sku = self.text("sku");
        let product =
            negotiation::requests::product(catalog, sku).filter(|_| !sku.is_empty()).map(|product| product.id);
        if !sku.is_empty() && product.is_none() {
            invalid = invalid.and("sku", "quote-sku", Vec::new());
        }
        let basis = basis.unwrap_or(Basis::Quantity);
        let bought = match self.text("bought") {
            "" => Some(0),
            text => counted(&mut invalid, "bought", text, (basis, unit, currency, self.notation)),
        };
        let steps = steps(&mut invalid, self.text("steps"), (basis, unit, currency, self.notation));
        invalid.check()?;
        Ok(Agreement {
            id: AgreementId::from_uuid(uuid::Uuid::nil()),
            supplier: self.text("supplier").to_owned(),
            product,
            brand: Some(self.text("brand").to_owned()).filter(|brand| !brand.is_empty()),
            basis,
            unit,
            currency,
            period: period.unwrap_or(Period::Year),
            valid_from: valid_from.unwrap_or(today),
            valid_until: valid_until.unwrap_or(today),
            bought: bought.unwrap_or(0),
            bought_on: bought_on.unwrap_or(today),
            steps,
            version: 0,
        })
    }
}

/// What is counted in which unit, and how numbers are written.
type Counts = (Basis, Unit, Currency, Notation);

fn choice<T>(invalid: &mut Invalid, field: &str, text: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
    let found = parse(text);
    if found.is_none() {
        *invalid = std::mem::take(invalid).and(field, "choice", Vec::new());
    }
    found
}

fn date(invalid: &mut Invalid, field: &str, text: &str) -> Option<Date> {
    let date = Date::entered(text);
    if date.is_none() {
        *invalid = std::mem::take(invalid).and(field, "date", Vec::new());
    }
    date
}

/// A quantity or an amount, by the basis.
fn counted(invalid: &mut Invalid, field: &str, text: &str, (basis, unit, currency, notation): Counts) -> Option<i64> {
    match basis {
        Basis::Quantity if text == "0" => Some(0),
        Basis::Quantity => invalid.take(field, Quantity::typed(text, unit, notation)).map(Quantity::thousandths),
        Basis::Amount => invalid.take(field, Amount::typed(text, currency, notation)).map(Amount::minor),
    }
}

/// `1000:0.50 2000:0.80`, divided by spaces, lines or semicolons.
fn steps(invalid: &mut Invalid, text: &str, counts: Counts) -> Vec<Step> {
    let (mut steps, mut wrong) = (Vec::new(), Invalid::default());
    for part in text.split([' ', '\n', '\r', ';', '\t']).filter(|part| !part.is_empty()) {
        let Some((reaches, per_unit)) = part.split_once(':') else {
            wrong = wrong.and("steps", "agreement-steps", Vec::new());
            break;
        };
        let reaches = counted(&mut wrong, "steps", reaches, counts);
        let per_unit = wrong.take("steps", UnitPrice::typed(per_unit, counts.2, counts.3));
        steps.extend(reaches.zip(per_unit).map(|(reaches, per_unit)| Step { reaches, per_unit }));
    }
    for error in wrong.fields {
        // How one number of several was understood cannot be put into their field.
        let is_unclear = kernel::DecimalError::is_unclear(error.code);
        let (code, args) = if is_unclear { ("agreement-steps", Vec::new()) } else { (error.code, error.args) };
        *invalid = std::mem::take(invalid).and(error.field, code, args);
    }
    steps
}

/// Rows of a CSV file with their numbers as spreadsheets count them.
///
/// # Errors
/// Invalid `csv` when the file or its head cannot be read.
pub(super) fn rows(csv: &str) -> Outcome<Vec<(usize, AgreementText)>> {
    let wrong = || Invalid::field("csv", "agreement-csv");
    let text = csv.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains(';') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| wrong())?;
        rows.push(record.iter().map(str::to_owned).collect());
    }
    let mut rows = rows.into_iter().zip(1_usize..);
    let (head, _) = rows.next().ok_or_else(wrong)?;
    let place = |field: &str| head.iter().position(|title| title.trim().eq_ignore_ascii_case(field));
    if FIELDS.iter().any(|field| place(field).is_none()) {
        return Err(wrong().into());
    }
    let text =
        |cells: &Vec<String>, field: &str| place(field).and_then(|at| cells.get(at)).cloned().unwrap_or_default();
    let filled = rows.filter(|(cells, _)| cells.iter().any(|cell| !cell.trim().is_empty()));
    Ok(filled.map(|(cells, row)| (row, AgreementText::of(|field| text(&cells, field)))).collect())
}

/// An agreement as the form shows it to who writes numbers so.
pub(super) fn form(agreement: &Agreement, catalog: &Catalog, notation: Notation) -> FormState {
    let sku = agreement.product.and_then(|id| catalog.product(id)).map_or_else(String::new, |p| p.sku.to_string());
    let values = [
        ("supplier", agreement.supplier.clone()),
        ("sku", sku),
        ("brand", agreement.brand.clone().unwrap_or_default()),
        ("basis", agreement.basis.code().to_owned()),
        ("unit", agreement.unit.code().to_owned()),
        ("currency", agreement.currency.code().to_owned()),
        ("period", agreement.period.code().to_owned()),
        ("valid_from", agreement.valid_from.to_string()),
        ("valid_until", agreement.valid_until.to_string()),
        ("bought", notation.write(&shown(agreement, agreement.bought))),
        ("bought_on", agreement.bought_on.to_string()),
        ("steps", notation.write(&steps_text(agreement))),
        ("version", agreement.version.to_string()),
    ];
    FormState::of(values)
}

/// A quantity or an amount, as it is typed.
pub(super) fn shown(agreement: &Agreement, counted: i64) -> String {
    match agreement.basis {
        Basis::Quantity => Quantity::new(counted, agreement.unit).to_decimal(),
        Basis::Amount => Amount::new(counted, agreement.currency).to_decimal(),
    }
}

/// Steps as they are typed, one in a line.
pub(super) fn steps_text(agreement: &Agreement) -> String {
    let step = |step: &Step| format!("{}:{}", shown(agreement, step.reaches), step.per_unit.to_decimal());
    agreement.steps.iter().map(step).collect::<Vec<_>>().join("\n")
}
