//! From list price to pocket, drawn: one column for the ask and each answer, one row for each step.
//!
//! What is shown adds up: each level (list, net, after cost …) is rounded once, to one number of decimals for the whole table,
//! and a step is the difference of two levels as shown. Of one unit for a single product, else of the whole deal.

use i18n::Locale;
use kernel::{Amount, Currency, Quantity, Rate, Rounding, UnitPrice};
use negotiation_engine::{Terms, Waterfall};
use terms::figures::hundredths;
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

/// A column as it is asked for.
pub(crate) struct Shown<'a> {
    pub(crate) title: String,
    pub(crate) terms: &'a Terms,
    pub(crate) is_at: bool,
}

/// A column before it is written.
struct Column {
    title: String,
    terms: String,
    at: bool,
    fall: Waterfall,
    levels: Levels,
}

/// What is left of terms; `None` when it cannot be said (no cost, odd inputs).
pub(crate) fn of(case: &Case, terms: &Terms) -> Option<Waterfall> {
    let (position, history, _) = case.discussed.as_ref()?;
    negotiation_engine::evaluate(&case.policy, position, history, terms).ok()
}

/// The table of a case; `None` when nothing can be said about the first column.
pub(crate) fn table(locale: &Locale, case: &Case, shown: &[Shown<'_>]) -> Option<Table> {
    let first = of(case, shown.first()?.terms)?;
    let currency = first.list.currency();
    let is_single = shown.iter().all(|column| column.terms.lines.len() == 1);
    let decimals = decimals(currency, prices(case, shown).filter(|_| is_single));
    let columns = shown.iter().filter_map(|column| {
        // One that cannot be said does not hide the others.
        let fall = of(case, column.terms)?;
        let quantity = column.terms.lines.first().map(|line| line.quantity).filter(|_| is_single);
        Some(Column {
            title: column.title.clone(),
            terms: short(locale, column.terms),
            at: column.is_at,
            levels: Levels::of(&fall, quantity, decimals),
            fall,
        })
    });
    let columns: Vec<Column> = columns.collect();
    let line = shown.first()?.terms.lines.first().filter(|_| is_single);
    let unit = line.map_or_else(
        || currency.code().to_owned(),
        |line| words::currency_per_unit(locale, UnitPrice::new(0, currency), line.quantity),
    );
    Some(Table { unit, ..written(locale, &columns, decimals, &first) })
}

fn short(locale: &Locale, terms: &Terms) -> String {
    match terms.lines.as_slice() {
        [line] => locale.text_with(
            "case-quantity-at",
            &[("quantity", locale.quantity(line.quantity).into()), ("price", locale.unit_price(line.price).into())],
        ),
        _ => words::total(locale, terms),
    }
}

/// The decimals of the whole table: those of the currency, or of the finest price in it.
fn decimals(currency: Currency, prices: impl Iterator<Item = UnitPrice>) -> u32 {
    let of = |price: UnitPrice| (0..6_u32).find(|some| price.micros() % 10_i64.pow(6 - some) == 0).unwrap_or(6);
    prices.map(of).max().unwrap_or(0).max(currency.exponent())
}

/// The prices of one unit that stand in a table about a single product: what is asked and offered, and the list price.
fn prices<'a>(case: &'a Case, shown: &'a [Shown<'_>]) -> impl Iterator<Item = UnitPrice> + 'a {
    let list = case.discussed.as_ref().and_then(|(position, _, _)| position.list.lines.first());
    let lines = shown.iter().filter_map(|column| column.terms.lines.first());
    lines.flat_map(move |line| [Some(line.price), list.and_then(|list| list.price_at(line.quantity))]).flatten()
}

/// An amount in units of the last decimal: of one unit of a quantity, or of the whole.
fn scaled(amount: Amount, quantity: Option<Quantity>, decimals: u32) -> i64 {
    let one = i128::from(Quantity::SCALE);
    let thousandths = quantity.map_or(one, |quantity| i128::from(quantity.thousandths().max(1)));
    let above = i128::from(amount.minor()) * one * 10_i128.pow(decimals);
    let below = thousandths * 10_i128.pow(amount.currency().exponent());
    i64::try_from(Rounding::HalfUp.divide(above, below)).unwrap_or(i64::MAX)
}

/// A step from one level to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) key: &'static str,
    /// What is left after it, in minor units.
    left: i64,
    /// What it takes away (or, negative, brings) as shown.
    pub(crate) shown: i64,
}

/// The levels of a column as shown, in units of the last decimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Levels {
    pub(crate) list: i64,
    pub(crate) net: i64,
    pub(crate) pocket: i64,
    pub(crate) steps: Vec<Step>,
}

impl Levels {
    pub(crate) fn of(fall: &Waterfall, quantity: Option<Quantity>, decimals: u32) -> Self {
        let bonus = fall.bonus.minor().saturating_sub(fall.support.minor());
        let parts = [
            ("case-discount", fall.discount.minor()),
            ("case-cost", fall.cost.minor()),
            ("case-handling", fall.handling.minor()),
            ("case-freight", fall.freight.minor()),
            ("case-financing", fall.financing.minor()),
            ("case-rebate", fall.rebate.minor()),
            ("case-bonus", bonus.saturating_neg()),
            ("case-support", fall.support.minor().saturating_neg()),
        ];
        let show = |minor: i64| scaled(Amount::new(minor, fall.list.currency()), quantity, decimals);
        let (mut left, mut steps) = (fall.list.minor(), Vec::with_capacity(parts.len()));
        for (key, taken) in parts {
            let before = show(left);
            left = left.saturating_sub(taken);
            steps.push(Step { key, left, shown: before.saturating_sub(show(left)) });
        }
        Self { list: show(fall.list.minor()), net: show(fall.net.minor()), pocket: show(left), steps }
    }
}

fn written(locale: &Locale, columns: &[Column], decimals: u32, ask: &Waterfall) -> Table {
    let number = |value: i64, sign: &str| number(locale, value, sign, decimals);
    let row = |key: &str, is_sum: bool, cell: &dyn Fn(&Column) -> Cell| Row {
        label: locale.text(key),
        is_sum,
        cells: columns.iter().map(|column| Cell { is_at: column.at, ..cell(column) }).collect(),
    };
    let kept = |c: &Column, amount: Amount, shown: i64| Cell {
        bar: Some(bar("wf-keep", 0, share(amount, c.fall.list))),
        text: number(shown, ""),
        is_bad: shown < 0,
        is_at: false,
    };
    let mut rows = vec![row("case-list-price", false, &|c| kept(c, c.fall.list, c.levels.list))];
    for place in 0..columns.first().map_or(0, |column| column.levels.steps.len()) {
        let step = |c: &Column| c.levels.steps.get(place).copied();
        let Some(first) = columns.first().and_then(step) else { continue };
        // Levers that are in none of the columns need no row.
        let is_always = ["case-discount", "case-cost", "case-handling"].contains(&first.key);
        if is_always || columns.iter().filter_map(step).any(|step| step.shown != 0) {
            rows.push(row(first.key, false, &|c| step_cell(c, place, &number)));
        }
        if first.key == "case-discount" {
            rows.push(row("case-net-price", true, &|c| kept(c, c.fall.net, c.levels.net)));
        }
    }
    rows.push(row("case-pocket", true, &|c| pocket(c, &number)));
    rows.push(row("case-margin", true, &|c| Cell {
        bar: None,
        text: locale.percent(hundredths(c.fall.margin)),
        is_bad: is_bad(&c.fall),
        is_at: false,
    }));
    let heads = columns.iter().map(|c| Head { title: c.title.clone(), terms: c.terms.clone(), is_at: c.at });
    Table {
        unit: String::new(),
        heads: heads.collect(),
        rows,
        floor: locale.percent(hundredths(ask.floor)),
        target: locale.percent(hundredths(ask.target)),
    }
}

/// Whether a person should think twice: under the floor, or a loss.
pub(crate) fn is_bad(fall: &Waterfall) -> bool {
    fall.margin < fall.floor || fall.pocket.minor() < 0
}

/// A part that goes away, or comes: its bar lies between the two levels.
fn step_cell(column: &Column, place: usize, number: &dyn Fn(i64, &str) -> String) -> Cell {
    let Some(step) = column.levels.steps.get(place) else {
        return Cell { bar: None, text: String::new(), is_bad: false, is_at: false };
    };
    let before = match place.checked_sub(1).and_then(|place| column.levels.steps.get(place)) {
        Some(step) => step.left,
        None => column.fall.list.minor(),
    };
    let amount = |minor: i64| Amount::new(minor, column.fall.list.currency());
    let (low, high) = (step.left.min(before), step.left.max(before));
    let (from, to) = (share(amount(low), column.fall.list), share(amount(high), column.fall.list));
    let class = match step.key {
        "case-discount" => "wf-give",
        _ if step.shown < 0 => "wf-gain",
        _ => "wf-cost",
    };
    let sign = match step.shown {
        0 => "",
        shown if shown > 0 => "\u{2212}",
        _ => "+",
    };
    let bar = (to > from).then(|| bar(class, from, to - from));
    Cell { bar, text: number(step.shown.saturating_abs(), sign), is_bad: false, is_at: false }
}

fn pocket(column: &Column, number: &dyn Fn(i64, &str) -> String) -> Cell {
    let fall = &column.fall;
    let line = |rate: Rate| tenth(share_of(fall.net, rate, fall.list));
    let class = if is_bad(fall) { "wf-loss" } else { "wf-gain" };
    let bar =
        Bar { floor: line(fall.floor), target: line(fall.target), ..bar(class, 0, share(fall.pocket, fall.list)) };
    Cell { bar: Some(bar), text: number(column.levels.pocket, ""), is_bad: is_bad(fall), is_at: false }
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

/// A number of the table, always with all of its decimals. A loss has its sign.
fn number(locale: &Locale, value: i64, sign: &str, decimals: u32) -> String {
    let one = 10_u64.pow(decimals);
    let (whole, part) = (value.unsigned_abs() / one, value.unsigned_abs() % one);
    let plain = match decimals {
        0 => whole.to_string(),
        decimals => format!("{whole}.{part:0width$}", width = decimals as usize),
    };
    let sign = if value < 0 { "\u{2212}" } else { sign };
    format!("{sign}{}", locale.decimal(&plain))
}
