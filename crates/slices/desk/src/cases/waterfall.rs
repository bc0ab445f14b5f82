//! From list price to pocket, drawn: one column for the ask and each answer, one row for each step.

use i18n::Locale;
use kernel::{Amount, Quantity, Rate, Rounding, UnitPrice};
use negotiation::offers::OfferState;
use negotiation_engine::{Terms, Waterfall};
use terms::trace::tenths;
use terms::words;

use super::queries::Case;

/// A bar in per cent of the list value, as the SVG wants it.
pub(crate) struct Bar {
    pub(crate) class: &'static str,
    pub(crate) x: String,
    pub(crate) width: String,
    pub(crate) floor: String,
    pub(crate) target: String,
}

/// A cell: a bar and its number.
pub(crate) struct Cell {
    pub(crate) bar: Option<Bar>,
    pub(crate) text: String,
    pub(crate) is_bad: bool,
    pub(crate) is_at: bool,
}

/// A step.
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) is_sum: bool,
    pub(crate) cells: Vec<Cell>,
}

/// The head of a column.
pub(crate) struct Head {
    pub(crate) title: String,
    pub(crate) terms: String,
    pub(crate) is_at: bool,
}

/// The whole table.
pub(crate) struct Table {
    pub(crate) unit: String,
    pub(crate) heads: Vec<Head>,
    pub(crate) rows: Vec<Row>,
    pub(crate) floor: String,
    pub(crate) target: String,
}

/// A column before it is written.
struct Column {
    title: String,
    terms: String,
    at: bool,
    quantity: Option<Quantity>,
    fall: Waterfall,
}

/// What is left of terms; `None` when it cannot be said (no cost, odd inputs).
pub(crate) fn of(case: &Case, terms: &Terms) -> Option<Waterfall> {
    let (position, history, _) = case.discussed.as_ref()?;
    negotiation_engine::evaluate(&case.policy, position, history, terms).ok()
}

/// The table of a case; `None` when no cost is known.
pub(crate) fn table(locale: &Locale, case: &Case) -> Option<Table> {
    let (_, _, request) = case.discussed.as_ref()?;
    let mut columns = Vec::new();
    let single = |terms: &Terms| match terms.lines.as_slice() {
        [line] => Some(line.quantity),
        _ => None,
    };
    let short = |terms: &Terms| match terms.lines.as_slice() {
        [line] => locale.text_with(
            "case-quantity-at",
            &[("quantity", locale.quantity(line.quantity).into()), ("price", locale.unit_price(line.price).into())],
        ),
        _ => words::total(locale, terms),
    };
    columns.push(Column {
        title: locale.text("case-ask"),
        terms: short(&request.terms),
        at: false,
        quantity: single(&request.terms),
        fall: of(case, &request.terms)?,
    });
    let suggested = case.negotiation.offers.iter().filter(|row| row.state == OfferState::Suggested);
    for (row, place) in suggested.take(3).zip(0..) {
        // One that cannot be said does not hide the others.
        let Some(fall) = of(case, &row.offer.terms) else { continue };
        columns.push(Column {
            title: words::title(locale, &row.offer),
            terms: short(&row.offer.terms),
            at: place == 0,
            quantity: single(&row.offer.terms),
            fall,
        });
    }
    Some(written(locale, &columns))
}

fn written(locale: &Locale, columns: &[Column]) -> Table {
    let first = &columns[0];
    let currency = first.fall.list.currency();
    let unit = match first.quantity {
        Some(quantity) => words::currency_per_unit(locale, UnitPrice::new(0, currency), quantity),
        None => currency.code().to_owned(),
    };
    let row = |key: &str, is_sum: bool, cell: &dyn Fn(&Column) -> Cell| Row {
        label: locale.text(key),
        is_sum,
        cells: columns.iter().map(|column| Cell { is_at: column.at, ..cell(column) }).collect(),
    };
    let rows = vec![
        row("case-list-price", false, &|c| keep(locale, c, c.fall.list)),
        row("case-discount", false, &|c| taken(locale, c, "wf-give", c.fall.net, c.fall.discount)),
        row("case-net-price", true, &|c| keep(locale, c, c.fall.net)),
        row("case-cost", false, &|c| taken(locale, c, "wf-cost", less(c.fall.net, &[c.fall.cost]), c.fall.cost)),
        row("case-handling", false, &|c| {
            let both = sum(&[c.fall.handling, c.fall.freight]);
            taken(locale, c, "wf-cost", less(c.fall.net, &[c.fall.cost, both]), both)
        }),
        row("case-financing", false, &|c| {
            let left = less(c.fall.net, &[c.fall.cost, c.fall.handling, c.fall.freight, c.fall.financing]);
            taken(locale, c, "wf-cost", left, c.fall.financing)
        }),
        row("case-bonus", false, &|c| bonus(locale, c)),
        row("case-pocket", true, &|c| pocket(locale, c)),
        row("case-margin", true, &|c| Cell {
            bar: None,
            text: locale.percent(tenths(c.fall.margin)),
            is_bad: c.fall.margin < c.fall.floor,
            is_at: false,
        }),
    ];
    let heads = columns.iter().map(|c| Head { title: c.title.clone(), terms: c.terms.clone(), is_at: c.at });
    Table {
        unit,
        heads: heads.collect(),
        rows,
        floor: locale.percent(tenths(first.fall.floor)),
        target: locale.percent(tenths(first.fall.target)),
    }
}

fn sum(amounts: &[Amount]) -> Amount {
    let minor = amounts.iter().map(|amount| amount.minor()).fold(0_i64, i64::saturating_add);
    Amount::new(minor, amounts[0].currency())
}

fn less(from: Amount, amounts: &[Amount]) -> Amount {
    let taken = amounts.iter().map(|amount| amount.minor()).fold(0_i64, i64::saturating_add);
    Amount::new(from.minor().saturating_sub(taken), from.currency())
}

fn keep(locale: &Locale, column: &Column, amount: Amount) -> Cell {
    let width = share(amount, column.fall.list);
    Cell { bar: Some(bar("wf-keep", 0, width)), text: number(locale, column, amount, ""), is_bad: false, is_at: false }
}

/// A part that goes away: its bar begins where what is left ends.
fn taken(locale: &Locale, column: &Column, class: &'static str, left: Amount, amount: Amount) -> Cell {
    let (from, width) = (share(left, column.fall.list), share(amount, column.fall.list));
    let sign = if amount.minor() > 0 { "\u{2212}" } else { "" };
    let shown = Amount::new(amount.minor().max(0), amount.currency());
    Cell { bar: Some(bar(class, from, width)), text: number(locale, column, shown, sign), is_bad: false, is_at: false }
}

fn bonus(locale: &Locale, column: &Column) -> Cell {
    let fall = &column.fall;
    let from = share(less(fall.pocket, &[fall.bonus]), fall.list);
    let sign = if fall.bonus.minor() > 0 { "+" } else { "" };
    let bar = (fall.bonus.minor() > 0).then(|| bar("wf-gain", from, share(fall.bonus, fall.list)));
    Cell { bar, text: number(locale, column, fall.bonus, sign), is_bad: false, is_at: false }
}

fn pocket(locale: &Locale, column: &Column) -> Cell {
    let fall = &column.fall;
    let is_bad = fall.margin < fall.floor;
    let line = |rate: Rate| tenth(share_of(fall.net, rate, fall.list));
    let class = if is_bad { "wf-loss" } else { "wf-gain" };
    let bar =
        Bar { floor: line(fall.floor), target: line(fall.target), ..bar(class, 0, share(fall.pocket, fall.list)) };
    let sign = if fall.pocket.minor() < 0 { "\u{2212}" } else { "" };
    let shown = Amount::new(fall.pocket.minor().saturating_abs(), fall.pocket.currency());
    Cell { bar: Some(bar), text: number(locale, column, shown, sign), is_bad, is_at: false }
}

/// A share in tenths of a per cent, within the drawing.
fn share(part: Amount, whole: Amount) -> i64 {
    if whole.minor() <= 0 {
        return 0;
    }
    let tenths = Rounding::HalfUp.divide(i128::from(part.minor()) * 1_000, i128::from(whole.minor()));
    i64::try_from(tenths).unwrap_or(0).clamp(0, 1_000)
}

fn share_of(amount: Amount, rate: Rate, whole: Amount) -> i64 {
    amount.portion(rate, Rounding::HalfUp).map_or(0, |part| share(part, whole))
}

fn tenth(tenths: i64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn bar(class: &'static str, from: i64, width: i64) -> Bar {
    Bar { class, x: tenth(from), width: tenth(width), floor: String::new(), target: String::new() }
}

/// Of one unit for a single product, else of the whole.
fn number(locale: &Locale, column: &Column, amount: Amount, sign: &str) -> String {
    let text = match column.quantity {
        Some(quantity) => locale.unit_price(per_unit(amount, quantity)),
        None => locale.amount(amount),
    };
    format!("{sign}{text}")
}

/// An amount spread over a quantity, to the currency's minor unit; to a hundredth of it for goods that cost little.
fn per_unit(amount: Amount, quantity: Quantity) -> UnitPrice {
    let currency = amount.currency();
    let minor = currency.micros_per_minor();
    let micros = Rounding::HalfUp.divide(
        i128::from(amount.minor()) * i128::from(minor) * i128::from(Quantity::SCALE),
        i128::from(quantity.thousandths().max(1)),
    );
    let price = UnitPrice::new(i64::try_from(micros).unwrap_or(i64::MAX), currency);
    let tick = if price.micros() < 10 * minor { (minor / 100).max(1) } else { minor };
    price.to_tick(tick, Rounding::HalfUp)
}
