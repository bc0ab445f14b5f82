//! Orders that were placed elsewhere. A row is one line; rows of one order stand together. An order is imported as a whole
//! or not at all, and never changed by a second import.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use catalog::products;
use db::WriteTx;
use kernel::{Ctx, Currency, Date, Instant, Invalid, Outcome, ProductId, Quantity, Rate, Sku, Unit, UnitPrice};
use ordering::orders::{self, OrderState, PastLine, PastOrder};
use parties::companies::{self, Company};
use pricing_engine::tax::TaxRule;

use super::batches::{Fate, Group, Target, Written};
use super::cells::{self, Bound, Cells, at_most, coded};
use super::mapping::{Field, Wrong, optional, required};
use super::report::RowError;
use super::source::RawRow;

/// Columns may be mapped to these.
pub(crate) const FIELDS: &[Field] = &[
    required("order_number"),
    required("company"),
    required("sku"),
    required("quantity"),
    required("price"),
    required("currency"),
    required("placed_at"),
    optional("name"),
    optional("list_price"),
    optional("po_number"),
    optional("payment_days"),
    optional("requested_on"),
    optional("state"),
    optional("tax_rate"),
    optional("tax_rule"),
];

/// What all rows of an order say alike.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Head {
    number: String,
    company: String,
    currency: Currency,
    placed_at: Instant,
    po_number: String,
    payment_days: Option<i64>,
    requested_on: Option<Date>,
    state: OrderState,
    tax_rule: TaxRule,
}

#[derive(Debug, Clone)]
struct Line {
    sku: Sku,
    name: Option<String>,
    thousandths: i64,
    price: UnitPrice,
    list_price: UnitPrice,
}

/// One order.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    head: Head,
    lines: Vec<Line>,
}

/// The order being put together.
struct Open {
    number: Option<String>,
    rows: Vec<RawRow>,
    head: Option<Head>,
    lines: Vec<Line>,
    wrong: Vec<RowError>,
}

/// The rows of one file.
pub(crate) struct Orders {
    bound: Arc<Bound>,
    open: Option<Open>,
    seen: HashSet<String>,
}

impl Target for Orders {
    type Item = Order;
    type Named = ();
    const FIELDS: &'static [Field] = FIELDS;

    fn new(bound: Arc<Bound>) -> Self {
        Self { bound, open: None, seen: HashSet::new() }
    }

    fn take(&mut self, row: RawRow) -> Option<Group<Order>> {
        let bound = Arc::clone(&self.bound);
        let mut cells = bound.cells(&row);
        let number = cells.must("order_number", at_most(40));
        let same = number.is_some() && self.open.as_ref().is_some_and(|open| open.number == number);
        let done = if same { None } else { self.end() };
        if !same && number.as_ref().is_some_and(|number| !self.seen.insert(number.clone())) {
            cells.note("order_number", "import-order-apart", vec![]);
        }
        let parsed = number.clone().and_then(|number| fields(&mut cells, number));
        let open = self.open.get_or_insert_with(|| Open {
            number,
            rows: Vec::new(),
            head: None,
            lines: Vec::new(),
            wrong: Vec::new(),
        });
        match (cells.finish(parsed), &open.head) {
            (Err(wrong), _) => open.wrong.extend(wrong),
            (Ok((head, _)), Some(first)) if *first != head => {
                open.wrong.push(bound.error(&row, "order_number", "import-order-differs", vec![]));
            }
            (Ok((head, line)), _) => {
                open.head = Some(head);
                open.lines.push(line);
            }
        }
        open.rows.push(row);
        done
    }

    fn end(&mut self) -> Option<Group<Order>> {
        let open = self.open.take()?;
        let item = match open.head {
            Some(head) if open.wrong.is_empty() => Ok(Order { head, lines: open.lines }),
            _ => Err(open.wrong),
        };
        Some(Group { rows: open.rows, item })
    }

    fn named(self) -> Self::Named {}

    async fn write(tx: &WriteTx, ctx: &Ctx, items: &[&Order]) -> Outcome<Written> {
        write(tx, ctx, items).await
    }
}

fn fields(cells: &mut Cells<'_>, number: String) -> Option<(Head, Line)> {
    let scaled = cells.number();
    let company = cells.must("company", at_most(40));
    let currency = cells.must("currency", cells::currency);
    let moment = cells.moment();
    let placed_at = cells.must("placed_at", moment);
    let sku = cells.must("sku", |text| coded(Sku::parse(text)));
    let thousandths = cells.must("quantity", |text| cells::quantity(scaled(text, 3)));
    let in_currency = currency.unwrap_or(Currency::Eur);
    let price_of = |text: &str| cells::price(scaled(text, 6).map_err(Wrong::from)?, in_currency);
    let price = cells.must("price", price_of);
    let list_price = cells.get("list_price", price_of).value();
    let name = cells.get("name", at_most(200)).value();
    let po_number = cells.get("po_number", at_most(60)).value().unwrap_or_default();
    let payment_days = cells.get("payment_days", |text| scaled(text, 0).map_err(Wrong::from)).value();
    let requested_on = cells.get("requested_on", cells::date).value();
    let state = |text: &str| OrderState::parse(&text.to_lowercase()).ok_or_else(|| ("choice", vec![]));
    let state = cells.get("state", state).value().unwrap_or(OrderState::Completed);
    let tax_rule = tax_rule(cells)?;
    let (currency, company, placed_at, price) = (currency?, company?, placed_at?, price?);
    let head = Head { number, company, currency, placed_at, po_number, payment_days, requested_on, state, tax_rule };
    let line = Line { sku: sku?, name, thousandths: thousandths?, price, list_price: list_price.unwrap_or(price) };
    Some((head, line))
}

/// The rate of the file; without a rule, tax means a sale at home and none an export.
fn tax_rule(cells: &mut Cells<'_>) -> Option<TaxRule> {
    let scaled = cells.number();
    let rate = cells.get("tax_rate", |text| match scaled(text.trim_end_matches('%'), 4).map_err(Wrong::from)? {
        ppm @ 0..=1_000_000 => Ok(Rate::from_ppm(ppm)),
        _ => Err(("import-percent", vec![])),
    });
    let rate = rate.value().unwrap_or(Rate::ZERO);
    let code = cells.get("tax_rule", |text| {
        TaxRule::stored(&text.to_lowercase(), rate).ok_or_else(|| ("choice", Vec::<(&'static str, String)>::new()))
    });
    code.value().or_else(|| TaxRule::stored(if rate == Rate::ZERO { "export" } else { "home" }, rate))
}

async fn write(tx: &WriteTx, ctx: &Ctx, items: &[&Order]) -> Outcome<Written> {
    let skus: BTreeSet<&Sku> = items.iter().flat_map(|order| &order.lines).map(|line| &line.sku).collect();
    let products = known(tx, &skus.into_iter().collect::<Vec<_>>()).await?;
    let mut companies: HashMap<&str, Option<Company>> = HashMap::new();
    let mut written = Written::default();
    let mut new = Vec::new();
    for (at, order) in items.iter().enumerate() {
        if orders::is_known(tx, &order.head.number).await? {
            written.fates.push(Fate::Unchanged);
            continue;
        }
        let number = order.head.company.as_str();
        if !companies.contains_key(number) {
            companies.insert(number, companies::queries::by_number(tx, number).await?);
        }
        let company = companies.get(number).and_then(Option::as_ref);
        let company = company.ok_or_else(|| Invalid::field(format!("[{at}].company"), "import-unknown-company"))?;
        new.push(past(at, order, company, &products)?);
        written.fates.push(Fate::Created);
        written.made.push(("import-made-orders", order.head.number.clone()));
    }
    if !new.is_empty() {
        orders::import_many(tx, ctx, &new).await?;
    }
    Ok(written)
}

type Known = HashMap<Sku, (ProductId, Unit, String)>;

async fn known(tx: &WriteTx, skus: &[&Sku]) -> Outcome<Known> {
    let ids: Vec<ProductId> = products::queries::ids_by_sku(tx, skus).await?.into_values().collect();
    let mut all = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let loaded = products::queries::products(tx, some).await?.into_iter();
        all.extend(loaded.map(|p| (p.sku, (p.id, p.packing.unit, p.name.first().to_owned()))));
    }
    Ok(all)
}

fn past(at: usize, order: &Order, company: &Company, products: &Known) -> Outcome<PastOrder> {
    let head = &order.head;
    if head.currency != company.currency {
        return Err(Invalid::field(format!("[{at}].currency"), "currency-mismatch").into());
    }
    let line = |(place, line): (usize, &Line)| {
        let wrong = |field: &str, code| Invalid::field(format!("[{at}].lines[{place}].{field}"), code);
        let (product, unit, name) = products.get(&line.sku).ok_or_else(|| wrong("sku", "import-unknown-sku"))?;
        if unit.decimals() == 0 && line.thousandths % Quantity::SCALE != 0 {
            return Err(wrong("quantity", "quantity-whole").into());
        }
        Ok(PastLine {
            product: *product,
            sku: line.sku.to_string(),
            name: line.name.clone().unwrap_or_else(|| name.clone()),
            quantity: Quantity::new(line.thousandths, *unit),
            price: line.price,
            list_price: line.list_price,
            price_lists: Vec::new(),
            negotiation: None,
            offer: None,
        })
    };
    Ok(PastOrder {
        number: head.number.clone(),
        company: company.id,
        unit: None,
        person: None,
        state: head.state,
        currency: head.currency,
        payment_days: head.payment_days.unwrap_or(company.payment_days),
        po_number: head.po_number.clone(),
        requested_on: head.requested_on,
        ship_to: None,
        bill_to: None,
        tax_rule: head.tax_rule,
        placed_at: head.placed_at,
        lines: order.lines.iter().enumerate().map(line).collect::<Outcome<_>>()?,
    })
}
