//! Reading invoice lines into as little memory as they need: texts once, numbers for them ever after.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use i18n::Locale;
use kernel::{Country, Currency, Instant, Outcome, Quantity, Sku, Unit, UnitPrice};
use pricing_engine::line_net;

use super::super::Options;
use super::super::cells::{Bound, Cells, at_most, coded};
use super::super::mapping::{Mapping, Wrong};
use super::super::rejects::Rejects;
use super::super::report::{Count, RowError};
use super::super::source::{self, Head, RawRow, Visitor};
use super::rules::{Class, Reason, class};

/// A line that is imported.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Its row in the file.
    pub(super) row: u64,
    pub(super) invoice: u32,
    pub(super) product: u32,
    pub(super) name: u32,
    /// Whole units; negative for credits.
    pub(super) quantity: i64,
    pub(super) micros: i64,
    /// Rounded to the minor unit, with the sign of the quantity.
    pub(super) net_minor: i64,
}

/// A document: an order or a cancellation.
#[derive(Debug, Clone)]
pub(super) struct Invoice {
    pub(super) number: String,
    pub(super) is_cancellation: bool,
    /// Of its first line.
    pub(super) at: Instant,
    pub(super) company: u32,
}

/// A company, or the walk-in customers of a country.
#[derive(Debug, Clone, Default)]
pub(super) struct Company {
    /// The customer number; `None` for walk-in customers.
    pub(super) number: Option<String>,
    /// The countries on its rows, and how often.
    pub(super) countries: BTreeMap<String, u64>,
}

/// Bad cells of a row.
#[derive(Debug, Clone)]
pub(super) struct Failed {
    pub(super) errors: Vec<RowError>,
    /// What the row would have come to, as far as it could be read.
    pub(super) net_minor: i64,
}

/// Everything that a file says.
#[derive(Debug)]
pub(super) struct Past {
    /// Rows in all.
    pub(super) rows: u64,
    /// Rows and value in all.
    pub(super) file: Count,
    pub(super) file_micros: i128,
    /// Lines that are imported, in the order of the file.
    pub(super) lines: Vec<Line>,
    pub(super) invoices: Vec<Invoice>,
    pub(super) products: Vec<Sku>,
    pub(super) companies: Vec<Company>,
    pub(super) names: Vec<Box<str>>,
    /// What is passed over, by reason.
    pub(super) listed: BTreeMap<String, Count>,
    /// Bad rows.
    pub(super) failed: BTreeMap<u64, Failed>,
    /// Good lines of invoices with bad ones.
    pub(super) held_back: Count,
    /// What was noticed about the file as a whole.
    pub(super) notes: Vec<&'static str>,
    pub(super) stopped: Option<RowError>,
}

/// Numbers for texts.
#[derive(Debug, Default)]
struct Texts(HashMap<Box<str>, u32>);

impl Texts {
    /// The number of a text, and whether it is new.
    fn number(&mut self, text: &str) -> (u32, bool) {
        if let Some(number) = self.0.get(text) {
            return (*number, false);
        }
        let number = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.insert(text.into(), number);
        (number, true)
    }
}

/// Puts the past together, row by row.
struct Reader<'a> {
    mapping: &'a Mapping,
    locale: &'a Locale,
    currency: Currency,
    cancellation: String,
    bound: Option<Bound>,
    listed_file: Option<Rejects>,
    past: Past,
    invoices: Texts,
    products: Texts,
    companies: Texts,
    names: Texts,
    reasons: HashMap<Reason, String>,
    /// Invoices with a bad line.
    spoilt: HashSet<u32>,
}

/// Reads a file.
pub(super) fn read(file: &Path, mapping: &Mapping, options: &Options, position: &Arc<AtomicU64>) -> Outcome<Past> {
    let spec = mapping.history.as_ref();
    let mut reader = Reader {
        mapping,
        locale: &options.locale,
        currency: spec.map_or(Currency::Eur, |spec| spec.currency),
        cancellation: spec.map(|spec| spec.cancellation.clone()).unwrap_or_default(),
        bound: None,
        listed_file: Rejects::new(options.listed.as_deref(), mapping.source.delimiter),
        past: Past::new(),
        invoices: Texts::default(),
        products: Texts::default(),
        companies: Texts::default(),
        names: Texts::default(),
        reasons: HashMap::new(),
        spoilt: HashSet::new(),
    };
    reader.past.stopped = source::read(file, &mapping.source, position, &mut reader)?;
    if let Some(listed) = reader.listed_file.take() {
        listed.finish()?;
    }
    let (mut past, spoilt) = (reader.past, reader.spoilt);
    let held: HashSet<u64> = past.hold_back(&spoilt);
    if let Some(errors) = Rejects::new(options.errors.as_deref(), mapping.source.delimiter) {
        write_errors(file, mapping, &past, &held, &options.locale, errors)?;
    }
    Ok(past)
}

impl Past {
    fn new() -> Self {
        Self {
            rows: 0,
            file: Count::default(),
            file_micros: 0,
            lines: Vec::new(),
            invoices: Vec::new(),
            products: Vec::new(),
            companies: Vec::new(),
            names: Vec::new(),
            listed: BTreeMap::new(),
            failed: BTreeMap::new(),
            held_back: Count::default(),
            notes: Vec::new(),
            stopped: None,
        }
    }

    /// Takes out the lines of invoices with bad ones; gives their rows.
    fn hold_back(&mut self, spoilt: &HashSet<u32>) -> HashSet<u64> {
        let mut held = HashSet::new();
        if !spoilt.is_empty() {
            let held_back = &mut self.held_back;
            self.lines.retain(|line| {
                let keep = !spoilt.contains(&line.invoice);
                if !keep {
                    held_back.add(line.net_minor);
                    held.insert(line.row);
                }
                keep
            });
        }
        held
    }
}

impl Visitor for Reader<'_> {
    fn head(&mut self, head: &Head) -> Outcome<()> {
        self.bound = Some(Bound::new(self.mapping, super::FIELDS, head)?);
        self.listed_file.as_mut().map_or(Ok(()), |file| file.head(head))
    }

    fn row(&mut self, row: RawRow) -> Outcome<bool> {
        let Some(bound) = self.bound.take() else { return Ok(false) };
        let outcome = self.take(&bound, &row);
        self.bound = Some(bound);
        outcome?;
        Ok(true)
    }

    fn noticed(&mut self, note: &'static str) {
        self.past.notes.push(note);
    }
}

/// The numbers of a row.
struct Amounts {
    quantity: i64,
    micros: i64,
    net_minor: i64,
}

impl Reader<'_> {
    fn take(&mut self, bound: &Bound, row: &RawRow) -> Outcome<()> {
        let mut cells = bound.cells(row);
        self.past.rows += 1;
        let amounts = amounts(&mut cells, self.currency);
        let net_minor = amounts.as_ref().map_or(0, |amounts| amounts.net_minor);
        self.past.file.add(net_minor);
        if let Some(amounts) = &amounts {
            self.past.file_micros += i128::from(amounts.micros) * i128::from(amounts.quantity);
        }
        if let Some(reason) = bound.skip(row) {
            return self.list(row, reason.to_owned(), net_minor);
        }
        let number = cells.must("order_number", at_most(40));
        let named = cells.text("name").value();
        let is_cancellation = number
            .as_ref()
            .is_some_and(|number| !self.cancellation.is_empty() && number.starts_with(self.cancellation.as_str()));
        if let (Some(amounts), true) = (&amounts, number.is_some())
            && let Class::Listed(reason) = class(is_cancellation, amounts.quantity, amounts.micros, named.is_some())
        {
            let reason = self.reasons.entry(reason).or_insert_with(|| self.locale.text(reason.key())).clone();
            return self.list(row, reason, net_minor);
        }
        let invoice = number.as_ref().map(|number| self.invoices.number(number));
        let line = self.line(&mut cells, row.number, invoice, is_cancellation, amounts, named.as_deref());
        match cells.finish(line) {
            Ok(line) => self.past.lines.push(line),
            Err(errors) => {
                self.spoilt.extend(invoice.map(|(number, _)| number));
                if let (Some(number), Some((_, true))) = (number, invoice) {
                    // The place of an invoice must be taken even when its first line is bad.
                    let at = Instant::from_micros(0);
                    self.past.invoices.push(Invoice { number, is_cancellation, at, company: 0 });
                }
                self.past.failed.insert(row.number, Failed { errors, net_minor });
            }
        }
        Ok(())
    }

    fn list(&mut self, row: &RawRow, reason: String, net_minor: i64) -> Outcome<()> {
        if let Some(file) = &mut self.listed_file {
            file.row(row, &reason)?;
        }
        self.past.listed.entry(reason).or_default().add(net_minor);
        Ok(())
    }

    /// The line, when all of it can be read; its invoice is new when its number is.
    fn line(
        &mut self,
        cells: &mut Cells<'_>,
        row: u64,
        invoice: Option<(u32, bool)>,
        is_cancellation: bool,
        amounts: Option<Amounts>,
        name: Option<&str>,
    ) -> Option<Line> {
        let sku = cells.must("sku", |text| coded(Sku::parse(text)));
        let moment = cells.moment();
        let at = cells.must("placed_at", moment);
        let country = cells.get("country", |text| coded(Country::parse(text))).value();
        let customer = cells.get("company", at_most(40)).value();
        let ((invoice, is_new), sku, at, amounts) = (invoice?, sku?, at?, amounts?);
        let country = country.as_ref().map_or("", Country::as_str);
        if cells.is_wrong() {
            return None;
        }
        let company = self.company(customer, country);
        if is_new {
            let number = cells.text("order_number").value().unwrap_or_default().into_owned();
            self.past.invoices.push(Invoice { number, is_cancellation, at, company });
        } else if !self.spoilt.contains(&invoice) && self.past.invoices[invoice as usize].company != company {
            cells.note("company", "import-order-differs", vec![]);
            return None;
        }
        let (product, is_new) = self.products.number(sku.as_str());
        if is_new {
            self.past.products.push(sku);
        }
        let name = name.unwrap_or_default();
        let (name_number, is_new) = self.names.number(name);
        if is_new {
            self.past.names.push(name.into());
        }
        let Amounts { quantity, micros, net_minor } = amounts;
        Some(Line { row, invoice, product, name: name_number, quantity, micros, net_minor })
    }

    fn company(&mut self, customer: Option<String>, country: &str) -> u32 {
        // Customer numbers are printable, so nobody's number looks like a country's key.
        let (number, is_new) = match &customer {
            Some(number) => self.companies.number(number),
            None => self.companies.number(&format!("\n{country}")),
        };
        if is_new {
            self.past.companies.push(Company { number: customer, ..Company::default() });
        }
        let countries = &mut self.past.companies[number as usize].countries;
        match countries.get_mut(country) {
            Some(rows) => *rows += 1,
            None => drop(countries.insert(country.to_owned(), 1)),
        }
        number
    }
}

/// Quantity and price, within what a line may hold.
fn amounts(cells: &mut Cells<'_>, currency: Currency) -> Option<Amounts> {
    const QUANTITY_MAX: i64 = Quantity::THOUSANDTHS_MAX / Quantity::SCALE;
    let number = cells.number();
    let quantity = cells.must("quantity", |text| match number(text, 0) {
        Ok(quantity) if quantity.abs() <= QUANTITY_MAX => Ok(quantity),
        Ok(_) | Err(kernel::DecimalError::TooLarge) => Err(("quantity-too-large", vec![])),
        Err(kernel::DecimalError::TooPrecise) => Err(("quantity-whole", vec![])),
        Err(error) => Err(Wrong::from(error)),
    });
    let micros = cells.must("price", |text| match number(text, 6) {
        Ok(micros) if micros.abs() <= UnitPrice::MICROS_MAX => Ok(micros),
        Ok(_) => Err(Wrong::from(kernel::DecimalError::TooLarge)),
        Err(error) => Err(error.into()),
    });
    let (quantity, micros) = (quantity?, micros?);
    match line_net(UnitPrice::new(micros, currency), Quantity::whole(quantity, Unit::Piece)) {
        Ok(net) => Some(Amounts { quantity, micros, net_minor: net.minor() }),
        Err(_) => {
            cells.note("price", "amount-too-large", vec![]);
            None
        }
    }
}

/// Writes bad rows, and the good ones of their invoices, by reading the file once more.
fn write_errors(
    file: &Path,
    mapping: &Mapping,
    past: &Past,
    held: &HashSet<u64>,
    locale: &Locale,
    errors: Rejects,
) -> Outcome<()> {
    struct Again<'a> {
        past: &'a Past,
        held: &'a HashSet<u64>,
        locale: &'a Locale,
        beside: String,
        errors: Rejects,
    }
    impl Visitor for Again<'_> {
        fn head(&mut self, head: &Head) -> Outcome<()> {
            self.errors.head(head)
        }
        fn row(&mut self, row: RawRow) -> Outcome<bool> {
            if let Some(failed) = self.past.failed.get(&row.number) {
                let reasons: Vec<String> = failed.errors.iter().map(|error| error.labelled(self.locale)).collect();
                self.errors.row(&row, &reasons.join(" | "))?;
            } else if self.held.contains(&row.number) {
                self.errors.row(&row, &self.beside)?;
            }
            Ok(!self.past.failed.is_empty())
        }
    }
    let beside = kernel::FieldError { field: String::new(), code: "import-group", args: Vec::new() };
    let mut again = Again { past, held, locale, beside: locale.error(&beside), errors };
    source::read(file, &mapping.source, &Arc::default(), &mut again)?;
    again.errors.finish()
}
