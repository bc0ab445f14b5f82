//! Carts as finished values for pages: lines, deals in words, and what a change would do.

use std::collections::HashMap;
use std::sync::Arc;

use catalog::products::{Availability, Product};
use i18n::{Arg, Locale};
use kernel::{CartLineId, Date, Instant, Invalid, ProductId, Quantity, Unit};
use negotiation::engine::Breach;
use pricing_engine::{Totals, line_net, tax::TaxRule};

use super::model::{DealState, LineProblem, PricedLine, Reason};
use super::queries::Shown;
use super::{api, rules};

/// A line of a cart on a page.
pub struct LineView {
    /// The line.
    pub id: CartLineId,
    /// The product's name.
    pub name: String,
    /// The product's page, with this quantity.
    pub href: String,
    /// Its SKU.
    pub sku: String,
    /// Its picture.
    pub picture: String,
    /// When it can leave the house.
    pub availability: String,
    /// What stands in the quantity field.
    pub typed: String,
    /// The quantity with its unit.
    pub quantity: String,
    /// Step, minimum, pack and pallet as plain decimals for the quantity field; the pallet is empty when there is none.
    pub packing: [String; 4],
    /// The short name of the unit.
    pub unit: String,
    /// The quantity in packs and pallets.
    pub packs: String,
    /// The net price of one unit; empty when there is none.
    pub price: String,
    /// The list price, when a deal makes another one; else empty.
    pub list_price: String,
    /// What the line comes to.
    pub net: String,
    /// Where the price comes from.
    pub reason: String,
    /// The deal, when the line is bound to one.
    pub deal: Option<DealBox>,
    /// Why the line cannot be ordered; empty when it can.
    pub problem: String,
    /// What is wrong with the quantity that was typed; empty when nothing is.
    pub error: String,
    /// What the quantity that was typed would do to deals.
    pub breaks: Option<Breaks>,
}

/// A deal beside a line.
pub struct DealBox {
    /// What it is, or why it does not apply.
    pub title: String,
    /// Its conditions, or what brings it back.
    pub text: String,
    /// Whether it makes the price.
    pub holds: bool,
    /// The least quantity, as a plain decimal, while it holds.
    pub least: String,
    /// The negotiation's page.
    pub href: String,
}

/// What a quantity would do to deals, before anything is changed.
pub struct Breaks {
    /// In one sentence.
    pub title: String,
    /// Each line whose price changes: name (empty for the line itself), old and new price, and the sums in words.
    pub changes: Vec<(String, String, String, String)>,
    /// The button that changes anyway.
    pub change: String,
    /// The button that keeps the quantity.
    pub keep: String,
    /// The quantity to keep, as it would be typed.
    pub keep_value: String,
}

/// Sums in words and figures.
pub struct TotalsView {
    /// Without tax.
    pub net: String,
    /// What the tax is.
    pub tax_label: String,
    /// The law behind it, when there is none to pay; else empty.
    pub tax_hint: String,
    /// The tax.
    pub tax: String,
    /// What is to be paid.
    pub gross: String,
    /// The currency.
    pub currency: &'static str,
    /// What deals save; empty when nothing.
    pub saving: String,
}

impl TotalsView {
    /// The sums of a cart or an order.
    pub fn of(locale: &Locale, totals: &Totals, tax: TaxRule, saving_minor: i64) -> Self {
        let currency = totals.net.currency();
        let rate = locale.percent(tax.rate);
        let (home, saving) = (tax.code() == "home", kernel::Amount::new(saving_minor, currency));
        Self {
            net: locale.amount(totals.net),
            tax_label: locale.text_with(&format!("tax-{}", tax.code()), &[("rate", rate.into())]),
            tax_hint: if home { String::new() } else { locale.text(&format!("tax-{}-hint", tax.code())) },
            tax: locale.amount(totals.tax),
            gross: locale.amount(totals.gross),
            currency: currency.code(),
            saving: if saving_minor > 0 { locale.money(saving) } else { String::new() },
        }
    }
}

/// The lines of a cart.
pub fn lines(shown: &Shown, locale: &Locale, today: Date) -> Vec<LineView> {
    shown.priced.lines.iter().map(|line| line_view(line, shown, locale, today)).collect()
}

fn line_view(line: &PricedLine, shown: &Shown, locale: &Locale, today: Date) -> LineView {
    let product = shown.products.get(&line.product);
    let unit = locale.text(&format!("unit-{}", line.quantity.unit().code()));
    let has_price = line.problem != Some(LineProblem::NoPrice);
    let cheaper = line.price.micros() < line.list_price.micros();
    let encoded = web::encode(&line.quantity.to_decimal());
    LineView {
        id: line.id,
        name: product.map_or_else(String::new, |p| p.name.get(locale.language()).to_owned()),
        href: product.map_or_else(String::new, |p| format!("{}?quantity={encoded}", p.href())),
        sku: product.map_or_else(String::new, |p| p.sku.to_string()),
        picture: product.map_or_else(String::new, |p| p.picture()),
        availability: product.map_or_else(String::new, |p| availability(p, line.quantity, locale, today)),
        typed: locale.quantity(line.quantity),
        quantity: locale.quantity_unit(line.quantity),
        packing: product.map_or_else(Default::default, |p| packing(p)),
        packs: product.map_or_else(String::new, |p| packs(p, line.quantity, locale)),
        price: if has_price { locale.unit_price(line.price) } else { String::new() },
        list_price: if has_price && cheaper { locale.unit_price(line.list_price) } else { String::new() },
        net: if has_price { locale.amount(line.net) } else { String::new() },
        reason: reason_sentence(&line.reason, locale),
        deal: line.deal.as_ref().map(|state| deal_box(state, shown, locale)),
        problem: line.problem.map_or_else(String::new, |problem| problem_sentence(problem, locale)),
        error: String::new(),
        breaks: None,
        unit,
    }
}

fn packing(product: &Product) -> [String; 4] {
    let p = &product.packing;
    let plain = |thousandths| Quantity::new(thousandths, p.unit).to_decimal();
    let pallet = p.pack.saturating_mul(p.packs_per_pallet);
    [plain(p.step), plain(p.minimum), plain(p.pack), if pallet > 0 { plain(pallet) } else { String::new() }]
}

/// Whole packs and pallets in words; nothing when the quantity is no whole number of packs.
fn packs(product: &Product, quantity: Quantity, locale: &Locale) -> String {
    let (packs, whole) = product.packing.packs(quantity);
    let single = product.packing.pack == Quantity::SCALE;
    if !whole || single {
        return String::new();
    }
    let words = locale.text_with("packs", &[("count", packs.into())]);
    match product.packing.packs_per_pallet {
        per if per > 0 && packs % per == 0 => {
            format!("{words} · {}", locale.text_with("pallets", &[("count", (packs / per).into())]))
        }
        _ => words,
    }
}

/// When a quantity can leave the house.
fn availability(product: &Product, quantity: Quantity, locale: &Locale, today: Date) -> String {
    let later = || locale.day(rules::working_days_after(today, product.lead_days));
    match product.availability(quantity.thousandths()) {
        Availability::InStock => locale.text("cart-in-stock"),
        Availability::Partly => {
            let now = locale.quantity(product.stock);
            locale.text_with("cart-partly", &[("now", now.into()), ("date", later().into())])
        }
        Availability::Later => locale.text_with("cart-later", &[("date", later().into())]),
        Availability::Made => locale.text_with("cart-made", &[("date", later().into())]),
    }
}

fn problem_sentence(problem: LineProblem, locale: &Locale) -> String {
    match problem {
        LineProblem::Quantity(error) => invalid_sentence(error.code(), &error.args(), locale),
        LineProblem::TooLarge => locale.text("invalid-amount-too-large"),
        other => locale.text(&format!("cart-problem-{}", api::problem_code(other))),
    }
}

fn invalid_sentence(code: &str, args: &[(&'static str, String)], locale: &Locale) -> String {
    let args: Vec<(&str, Arg<'_>)> = args.iter().map(|(name, value)| (*name, locale.decimal(value).into())).collect();
    locale.text_with(&format!("invalid-{code}"), &args)
}

/// The sentences of wrong input, for one line.
pub(super) fn error_sentence(invalid: &Invalid, locale: &Locale) -> String {
    let sentences = invalid.fields.iter().map(|error| invalid_sentence(error.code, &error.args, locale));
    sentences.collect::<Vec<_>>().join(" ")
}

/// Where a price comes from, in words for buyers.
pub fn reason_sentence(reason: &Reason, locale: &Locale) -> String {
    let list = reason.list_name(locale.language().code());
    match reason.deal {
        Some(number) => locale.text_with("cart-price-by-deal", &[("number", number.to_string().into())]),
        None if list.is_empty() => String::new(),
        None => locale.text_with("cart-price-by-list", &[("list", list.into())]),
    }
}

fn deal_box(state: &DealState, shown: &Shown, locale: &Locale) -> DealBox {
    let deal = state.deal();
    let number = || ("number", deal.number.to_string().into());
    let title = match state {
        DealState::Holds(_) => locale.text_with("cart-deal", &[number(), ("price", locale.unit_price(deal.price).into())]),
        DealState::Broken { breaches, .. } => {
            let why = breaches.iter().map(|breach| breach_words(*breach, &shown.products, locale));
            let why = why.collect::<Vec<_>>().join(", ");
            locale.text_with("cart-deal-broken", &[number(), ("why", why.into())])
        }
        DealState::Used(_) => locale.text_with("cart-deal-is-used", &[number()]),
    };
    DealBox {
        title,
        text: deal_sentence(state, &shown.products, locale),
        holds: state.holds(),
        least: if state.holds() { deal.least.to_decimal() } else { String::new() },
        href: format!("/account/negotiations/{}", deal.negotiation),
    }
}

/// Why a deal does not apply, in a few words.
fn breach_words(breach: Breach, products: &HashMap<ProductId, Arc<Product>>, locale: &Locale) -> String {
    let name = |id: ProductId| products.get(&id).map_or_else(String::new, |product| product.sku.to_string());
    match breach {
        Breach::Expired => locale.text("cart-breach-expired"),
        Breach::Missing { .. } => locale.text("cart-breach-missing"),
        Breach::TooFew { product, short } => {
            let short = locale.quantity_unit(short);
            locale.text_with("cart-breach-too-few", &[("short", short.into()), ("sku", name(product).into())])
        }
        Breach::TooMany { product, most } => {
            let most = locale.quantity_unit(most);
            locale.text_with("cart-breach-too-many", &[("most", most.into()), ("sku", name(product).into())])
        }
        Breach::PaysLater { days } => match days {
            0 => locale.text("cart-breach-prepay"),
            days => locale.text_with("cart-breach-pays-later", &[("n", i64::from(days).into())]),
        },
    }
}

/// The conditions of a deal that holds, or what brings back one that does not.
pub fn deal_sentence(
    state: &DealState,
    products: &HashMap<ProductId, Arc<Product>>,
    locale: &Locale,
) -> String {
    let deal = state.deal();
    let expired = match state {
        DealState::Used(_) => return locale.text("cart-deal-used-hint"),
        DealState::Holds(_) => false,
        DealState::Broken { breaches, .. } => breaches.contains(&Breach::Expired),
    };
    if expired {
        return locale.text("cart-deal-expired-hint");
    }
    let quantity = if deal.up_to.thousandths() > deal.least.thousandths() {
        let (least, most) = (locale.quantity(deal.least), locale.quantity_unit(deal.up_to));
        locale.text_with("cart-deal-between", &[("least", least.into()), ("most", most.into())])
    } else {
        locale.text_with("cart-deal-exactly", &[("quantity", locale.quantity_unit(deal.least).into())])
    };
    let payment = payment_words(deal.payment_days, locale);
    let others: Vec<String> = deal.others.iter().filter_map(|id| Some(products.get(id)?.sku.to_string())).collect();
    let together = match others.len() {
        0 => String::new(),
        _ => format!(" {}", locale.text_with("cart-deal-together", &[("skus", others.join(", ").into())])),
    };
    let key = if state.holds() { "cart-deal-conditions" } else { "cart-deal-again" };
    let sentence = locale.text_with(
        key,
        &[
            ("price", locale.unit_price(deal.price).into()),
            ("quantity", quantity.into()),
            ("payment", payment.into()),
            ("until", locale.moment(deal.expires).into()),
        ],
    );
    format!("{sentence}{together}")
}

/// How an order is paid, in words.
pub fn payment_words(days: i64, locale: &Locale) -> String {
    match days {
        0 => locale.text("payment-before-shipping"),
        days => locale.text_with("payment-within", &[("n", days.into())]),
    }
}

/// Deals of the cart that end within three days: what to say about each.
pub(super) fn ending_soon(shown: &Shown, locale: &Locale, now: Instant) -> Vec<String> {
    let soon = now.plus(3 * Instant::DAY);
    let ending = shown.priced.lines.iter().filter_map(|line| {
        let state = line.deal.as_ref().filter(|state| state.holds() && state.deal().expires < soon)?;
        let sku = shown.products.get(&line.product)?.sku.to_string();
        Some(locale.text_with(
            "cart-deal-ends",
            &[
                ("sku", sku.into()),
                ("until", locale.moment(state.deal().expires).into()),
                ("price", locale.unit_price(state.deal().price).into()),
            ],
        ))
    });
    ending.collect()
}

/// What a change of one line would do to deals; `None` when no deal breaks.
pub(super) fn breaks(before: &Shown, after: &Shown, line: CartLineId, locale: &Locale) -> Option<Breaks> {
    let held = |l: &&PricedLine| l.deal.as_ref().is_some_and(DealState::holds);
    let broken: Vec<(&PricedLine, &PricedLine)> = before
        .priced
        .lines
        .iter()
        .filter(held)
        .filter_map(|old| Some((old, after.priced.lines.iter().find(|new| new.id == old.id && !held(new))?)))
        .collect();
    let asked = after.priced.lines.iter().find(|l| l.id == line)?.quantity;
    let kept = before.priced.lines.iter().find(|l| l.id == line)?.quantity;
    if broken.is_empty() {
        return None;
    }
    let change = |(old, new): &(&PricedLine, &PricedLine)| {
        let name = if new.id == line { String::new() } else { before.products.get(&new.product)?.sku.to_string() };
        let at_deal = line_net(old.price, new.quantity).ok()?;
        let more = new.net.minus(at_deal).ok()?;
        let sums = locale.text_with(
            "cart-breaks-sums",
            &[
                ("now", locale.amount(new.net).into()),
                ("before", locale.amount(at_deal).into()),
                ("more", locale.money(more).into()),
            ],
        );
        Some((name, locale.unit_price(old.price), unit_price_per(new, locale), sums))
    };
    let quantity = |q: Quantity| [("quantity", Arg::from(locale.quantity_unit(q)))];
    Some(Breaks {
        title: locale.text_with("cart-breaks-title", &quantity(asked)),
        changes: broken.iter().filter_map(change).collect(),
        change: locale.text_with("cart-breaks-change", &quantity(asked)),
        keep: locale.text_with("cart-breaks-keep", &quantity(kept)),
        keep_value: locale.quantity(kept),
    })
}

fn unit_price_per(line: &PricedLine, locale: &Locale) -> String {
    let unit: Unit = line.quantity.unit();
    let unit = locale.text(&format!("unit-{}", unit.code()));
    format!("{} {} / {unit}", locale.unit_price(line.price), line.price.currency().code())
}
