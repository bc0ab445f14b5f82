//! Facts about goods as the engines read them, the same for decisions and for simulated markets.

use kernel::{Instant, Quantity, Rate};

/// What is bought in a month when so much is bought in a span, in microseconds.
pub fn monthly(total: Quantity, span: i64) -> Quantity {
    let months = (span / (30 * Instant::DAY)).max(1);
    Quantity::new(total.thousandths() / months, total.unit())
}

/// How often a stock turns over in a year in which so much was sold; `None` without stock.
pub fn rotation(sold: i64, stock: i64) -> Option<Rate> {
    (stock > 0).then(|| Rate::from_ppm(ratio(sold, stock, 1_000_000)))
}

/// For how many days a stock lasts when a year sells so much; `None` when nothing was sold.
pub fn stock_days(sold: i64, stock: i64) -> Option<u32> {
    (sold > 0).then(|| u32::try_from(ratio(stock, sold, 365)).unwrap_or(u32::MAX))
}

/// How many days old something is; `None` for what is yet to come.
pub fn age_days(since: kernel::Date, today: kernel::Date) -> Option<u32> {
    u32::try_from(today.days() - since.days()).ok()
}

/// Stock that lasts longer than this, or is older, is slow enough to be offered along, in days.
const SLOW_DAYS: u32 = 180;

/// Whether a stock is slow: it lasts long, nothing of it was sold in a year, or it is old.
pub fn is_slow(stock_days: Option<u32>, age_days: Option<u32>) -> bool {
    stock_days.is_none_or(|days| days > SLOW_DAYS) || age_days.is_some_and(|days| days > SLOW_DAYS)
}

fn ratio(part: i64, whole: i64, times: i64) -> i64 {
    let ratio = i128::from(part.max(0)) * i128::from(times) / i128::from(whole.max(1));
    i64::try_from(ratio).unwrap_or(i64::MAX)
}

/// The brand of a product, if its attributes name one.
pub fn brand(product: &catalog::products::Product) -> Option<String> {
    let named = product.attributes.iter().find(|attribute| matches!(&*attribute.key, "brand" | "manufacturer"));
    match &named?.value {
        catalog::attributes::Value::Text(texts) => Some(texts.get(i18n::Language::En).to_owned()),
        _ => None,
    }
}

/// A price ladder as the engine reads it. Steps without a price are left out.
pub fn tiers(resolved: &pricing_engine::Resolved) -> Vec<negotiation_engine::Tier> {
    let tiers = resolved.ladder.tiers.iter().filter(|tier| tier.price.micros() > 0);
    tiers.map(|tier| negotiation_engine::Tier { from: tier.from, price: tier.price }).collect()
}
