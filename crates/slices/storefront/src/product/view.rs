//! The product page in finished words and figures.

use catalog::attributes::{AttributeKey, Value};
use catalog::products::{MediaKind, OrderType, Product};
use i18n::{Language, Locale};
use kernel::{Amount, Quantity, Rounding, UnitPrice};
use negotiation::offers::AgreedOffer;
use web::{App, NavLink};

use super::facts::Facts;

/// One step of the ladder.
pub(super) struct TierRow {
    pub from: String,
    pub price: String,
    pub saving: String,
    pub note: String,
    pub is_current: bool,
    pub is_next: bool,
}

/// The price block.
pub(super) struct PriceBlock {
    /// `EUR / pc`.
    pub unit: String,
    pub price: String,
    /// The general list's price, when mine is lower; else empty.
    pub was: String,
    pub gross: String,
    pub tax_words: String,
    /// Price of one pack, when a pack holds more than one; else empty.
    pub pack: String,
    pub tiers: Vec<TierRow>,
    pub source: String,
    pub valid_until: String,
    pub last_paid: String,
    pub last_paid_href: String,
    /// The invitation to the next step; empty when there is none.
    pub nudge: String,
    /// Which deal makes the price, and what it is without; empty without a deal that fits.
    pub by_deal: String,
    /// Deals that fit another quantity.
    pub deals: Vec<String>,
    pub total_words: String,
    pub total: String,
}

/// The product itself.
pub(super) struct ProductBlock {
    pub sku: String,
    pub name: String,
    pub description: String,
    pub picture: String,
    pub crumbs: Vec<NavLink>,
    pub gtin: String,
    pub stock: String,
    pub stock_class: &'static str,
    pub supply: String,
    pub packing: String,
    pub attributes: Vec<(String, String, String)>,
    pub documents: Vec<(String, String)>,
    pub is_active: bool,
}

/// What the quantity field needs, as plain decimals.
pub(super) struct Steps {
    pub value: String,
    pub step: String,
    pub minimum: String,
    pub pack: String,
    pub pallet: String,
    pub unit: String,
    pub packs: String,
}

fn plain(thousandths: i64, of: &Product) -> String {
    Quantity::new(thousandths, of.packing.unit).to_decimal()
}

impl Steps {
    pub(super) fn of(product: &Product, quantity: Quantity, locale: &Locale) -> Self {
        let packing = &product.packing;
        let (packs, whole) = packing.packs(quantity);
        let pallet = packing.pack.saturating_mul(packing.packs_per_pallet);
        Self {
            value: locale.decimal(&quantity.to_decimal()),
            step: plain(packing.step, product),
            minimum: plain(packing.minimum, product),
            pack: plain(packing.pack, product),
            pallet: if pallet > 0 { plain(pallet, product) } else { String::new() },
            unit: unit(product, locale),
            packs: if whole && packing.pack > Quantity::SCALE {
                locale.text_with("packs", &[("count", packs.into())])
            } else {
                String::new()
            },
        }
    }
}

fn unit(product: &Product, locale: &Locale) -> String {
    locale.text(&format!("unit-{}", product.packing.unit.code()))
}

impl ProductBlock {
    pub(super) fn of(app: &App, product: &Product, locale: &Locale) -> Self {
        let language = locale.language();
        let catalog = app.part::<catalog::Catalog>();
        let path = catalog.path(product.category);
        let attribute = |attribute: &std::sync::Arc<catalog::attributes::Attribute>| {
            let key = catalog.attribute_key(&attribute.key)?;
            let (value, unit) = attribute_words(&key, &attribute.value, locale);
            Some((key.name.get(language).to_owned(), value, unit))
        };
        let documents = product.media.iter().filter(|media| media.kind == MediaKind::Document);
        let (stock, stock_class) = stock_words(product, locale);
        Self {
            sku: product.sku.to_string(),
            name: product.name.get(language).to_owned(),
            description: product.description.get(language).to_owned(),
            picture: product.picture(),
            crumbs: path
                .iter()
                .map(|c| NavLink { label: c.name.get(language).to_owned(), href: format!("/c/{}", c.code) })
                .collect(),
            gtin: product.gtin.as_ref().map(ToString::to_string).unwrap_or_default(),
            stock,
            stock_class,
            supply: supply_words(product, locale),
            packing: packing_words(product, locale),
            attributes: product.attributes.iter().filter_map(attribute).collect(),
            documents: documents.map(|d| (d.title.to_string(), d.url.to_string())).collect(),
            is_active: product.is_active,
        }
    }
}

fn attribute_words(key: &AttributeKey, value: &Value, locale: &Locale) -> (String, String) {
    match value {
        Value::Number(thousandths) => {
            let text = Quantity::new(*thousandths, kernel::Unit::Metre).to_decimal();
            (locale.decimal(&text), key.unit.clone())
        }
        Value::Text(texts) => (texts.get(locale.language()).to_owned(), String::new()),
        Value::Flag(true) => (locale.text("yes"), String::new()),
        Value::Flag(false) => (locale.text("no"), String::new()),
    }
}

fn stock_words(product: &Product, locale: &Locale) -> (String, &'static str) {
    if product.order_type != OrderType::Stock {
        return (locale.text(&format!("product-order-type-{}", product.order_type.code())), "made");
    }
    if product.stock.thousandths() < product.packing.minimum {
        return (locale.text("stock-none"), "out");
    }
    let amount = locale.quantity_unit(product.stock);
    let class = if product.stock.thousandths() < product.packing.minimum.saturating_mul(10) { "low" } else { "" };
    (locale.text_with("stock-amount", &[("amount", amount.into())]), class)
}

fn supply_words(product: &Product, locale: &Locale) -> String {
    let days = locale.text_with("working-days", &[("count", product.lead_days.into())]);
    let key = if product.order_type == OrderType::Stock { "stock-more-in" } else { "stock-made-in" };
    locale.text_with(key, &[("days", days.into())])
}

fn packing_words(product: &Product, locale: &Locale) -> String {
    let packing = &product.packing;
    if packing.pack <= Quantity::SCALE {
        return String::new();
    }
    let pack = locale.quantity_unit(Quantity::new(packing.pack, packing.unit));
    if packing.packs_per_pallet == 0 {
        return locale.text_with("packing-pack", &[("pack", pack.into())]);
    }
    let pallet =
        locale.quantity_unit(Quantity::new(packing.pack.saturating_mul(packing.packs_per_pallet), packing.unit));
    locale.text_with("packing-pallet", &[("pack", pack.into()), ("pallet", pallet.into())])
}

impl PriceBlock {
    /// The price block for `quantity`; `None` without a price.
    pub(super) fn of(facts: &Facts, quantity: Quantity, locale: &Locale) -> Option<Self> {
        let ladder = &facts.resolved.as_ref()?.ladder;
        let list_price = ladder.price_at(quantity);
        let deal = facts.deal(quantity);
        let price = deal.map_or(list_price, |(_, price, _)| price);
        let list = ladder.list_at(quantity);
        let unit = unit(&facts.product, locale);
        let total = total(quantity, list_price, deal.map(|(_, price, most)| (price, most)))?;
        let gross = gross(price, facts);
        let pack = Quantity::new(facts.product.packing.pack, facts.product.packing.unit);
        let pack_price = price.times(pack, Rounding::HalfUp).ok().filter(|_| pack.thousandths() > Quantity::SCALE);
        let first = if deal.is_some() { list_price } else { ladder.tiers.first()?.price };
        let next = ladder.next(quantity);
        let paid = facts.last_paid.as_deref();
        Some(Self {
            unit: format!("{} / {unit}", price.currency().code()),
            price: locale.unit_price(price),
            was: if price.micros() < first.micros() { locale.unit_price(first) } else { String::new() },
            gross: locale.unit_price(gross),
            tax_words: tax_words(facts, locale),
            pack: pack_price
                .map(|amount| {
                    let args = [("price", locale.amount(amount).into()), ("pack", locale.quantity_unit(pack).into())];
                    locale.text_with("price-per-pack", &args)
                })
                .unwrap_or_default(),
            tiers: if ladder.tiers.len() > 1 { tier_rows(facts, quantity, locale) } else { Vec::new() },
            source: list.name(locale.language().code()).to_owned(),
            valid_until: list.valid_until.map(|date| locale.date(date)).unwrap_or_default(),
            last_paid: paid
                .map(|paid| {
                    let date = locale.date(locale.local_date(paid.at));
                    let args = [("price", locale.unit_price(paid.price).into()), ("date", date.into())];
                    locale.text_with("price-last-paid", &args)
                })
                .unwrap_or_default(),
            last_paid_href: paid
                .map(|paid| format!("/account/orders/{}", web::encode(&paid.order_number)))
                .unwrap_or_default(),
            nudge: next.filter(|_| deal.is_none()).map(|tier| nudge(tier, quantity, locale)).unwrap_or_default(),
            by_deal: deal.map(|(offer, ..)| deal_words("price-by-deal", offer, list_price, locale)).unwrap_or_default(),
            deals: other_deals(facts, deal.map(|(offer, ..)| offer.id), list_price, locale),
            total_words: locale.text_with(
                "price-total-words",
                &[("quantity", locale.quantity_unit(quantity).into()), ("price", locale.unit_price(price).into())],
            ),
            total: locale.money(total),
        })
    }
}

/// What a quantity comes to: by the deal as far as it holds, the rest at the list price of the rest.
fn total(quantity: Quantity, list: UnitPrice, deal: Option<(UnitPrice, Quantity)>) -> Option<Amount> {
    let Some((price, most)) = deal else { return list.times(quantity, Rounding::HalfUp).ok() };
    let at_deal = Quantity::new(quantity.thousandths().min(most.thousandths()), quantity.unit());
    let rest = Quantity::new(quantity.thousandths() - at_deal.thousandths(), quantity.unit());
    let rest = list.times(rest, Rounding::HalfUp).ok()?;
    price.times(at_deal, Rounding::HalfUp).ok()?.plus(rest).ok()
}

/// '110.00 by deal 377, from 4,000 pc to 6,000 pc, until Fri 4 Dec; otherwise 120.00'.
fn deal_words(key: &str, offer: &AgreedOffer, list: UnitPrice, locale: &Locale) -> String {
    let Some((line, most)) = offer.offer.terms.lines.first().zip(offer.offer.up_to.first()) else {
        return String::new();
    };
    let args = [
        ("number", offer.number.to_string().into()),
        ("price", locale.unit_price(line.price).into()),
        ("from", locale.quantity_unit(line.quantity).into()),
        ("to", locale.quantity_unit(*most).into()),
        ("moment", locale.moment(offer.offer.expires).into()),
        ("list", locale.unit_price(list).into()),
    ];
    locale.text_with(key, &args)
}

/// Deals that can be ordered, but not in this quantity.
fn other_deals(facts: &Facts, but: Option<kernel::OfferId>, list: UnitPrice, locale: &Locale) -> Vec<String> {
    let others = facts.deals.iter().filter(|offer| Some(offer.id) != but);
    others.map(|offer| deal_words("price-other-deal", offer, list, locale)).collect()
}

fn nudge(tier: &pricing_engine::Tier, quantity: Quantity, locale: &Locale) -> String {
    let more = Quantity::new(tier.from.thousandths() - quantity.thousandths(), quantity.unit());
    let args = [("more", locale.quantity_unit(more).into()), ("price", locale.unit_price(tier.price).into())];
    locale.text_with("price-nudge", &args)
}

/// The gross price of one unit, for information: tax is charged on the sum.
fn gross(net: UnitPrice, facts: &Facts) -> UnitPrice {
    let tax = Rounding::HalfUp.divide(i128::from(net.micros()) * i128::from(facts.tax.rate.ppm()), 1_000_000);
    let tick = net.currency().micros_per_minor();
    let micros = i64::try_from(i128::from(net.micros()) + tax).unwrap_or(i64::MAX);
    UnitPrice::new(micros, net.currency()).to_tick(tick, Rounding::HalfUp)
}

fn tax_words(facts: &Facts, locale: &Locale) -> String {
    match facts.tax.code() {
        "home" => locale.text_with("order-tax-home", &[("rate", locale.percent(facts.tax.rate).into())]),
        "reverse-charge" => locale.text("order-tax-reverse-charge"),
        _ => locale.text("order-tax-export"),
    }
}

fn tier_rows(facts: &Facts, quantity: Quantity, locale: &Locale) -> Vec<TierRow> {
    let Some(resolved) = &facts.resolved else { return Vec::new() };
    let ladder = &resolved.ladder;
    let current = ladder.step_at(quantity);
    let next = ladder.next(quantity).map(|tier| tier.from);
    let Some(first) = ladder.tiers.first().map(|tier| tier.price) else { return Vec::new() };
    let row = |(at, tier): (usize, &pricing_engine::Tier)| {
        let is_next = Some(tier.from) == next;
        let more = Quantity::new(tier.from.thousandths() - quantity.thousandths(), quantity.unit());
        TierRow {
            from: locale.quantity_unit(tier.from),
            price: locale.unit_price(tier.price),
            saving: if tier.price.micros() < first.micros() {
                locale.percent(terms::figures::tenths(tier.price.discount_from(first)))
            } else {
                "–".into()
            },
            note: match () {
                () if at == current => locale.text("tier-current"),
                () if is_next => locale.text_with("tier-to-go", &[("quantity", locale.quantity(more).into())]),
                () => String::new(),
            },
            is_current: at == current,
            is_next,
        }
    };
    ladder.tiers.iter().enumerate().map(row).collect()
}

/// The figures that only staff see.
pub(super) struct StaffBlock {
    pub class: String,
    pub cost: String,
    pub is_estimated: bool,
    pub lists: Vec<(String, String)>,
}

impl StaffBlock {
    pub(super) fn of(seller: &catalog::products::SellerFacts, facts: &Facts, locale: &Locale) -> Self {
        let entries = facts.resolved.as_ref().map(|r| r.explanation.entries.as_slice()).unwrap_or_default();
        let words = |entry: &pricing_engine::Entry| {
            let verdict = locale.text(&format!("price-verdict-{}", entry.verdict.code()));
            (entry.list.name(locale.language().code()).to_owned(), verdict)
        };
        Self {
            class: seller.class.clone(),
            cost: seller.cost.map_or_else(
                || locale.text("unknown"),
                |cost| format!("{} {}", locale.unit_price(cost), cost.currency().code()),
            ),
            is_estimated: seller.is_cost_estimated,
            lists: entries.iter().map(words).collect(),
        }
    }
}

/// What search engines show under the title: at most 155 characters.
pub(super) fn description(product: &Product, language: Language) -> String {
    let text = product.description.get(language);
    let text = if text.is_empty() { product.name.get(language) } else { text };
    text.chars().take(155).collect()
}
