//! Carts in finished words and figures, for pages.

use i18n::{Arg, Locale};
use kernel::{Quantity, Unit, UnitPrice};
use negotiation_engine::{Breach, FreightMode};
use pricing::credit::Credit;
use pricing_engine::Due;
use pricing_engine::tax::{Reason, TaxRule};
use terms::freight::Freight;

use super::question::Question;
use super::{Cart, DealState, PricedCart, PricedLine};

/// The deal of a line in words.
pub(super) struct DealView {
    pub(super) holds: bool,
    pub(super) title: String,
    pub(super) text: String,
    /// Where a form brings a missing line back; empty when nothing is missing.
    pub(super) restore: String,
}

/// A line of the cart's page.
pub(super) struct LineView {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) sku: String,
    pub(super) href: String,
    pub(super) picture: String,
    pub(super) availability: String,
    pub(super) deal: Option<DealView>,
    /// A deal that the line could have.
    pub(super) fitting: Option<FittingView>,
    /// What is asked before a change is done.
    pub(super) question: Option<Question>,
    /// What stands in the quantity field: the quantity as the language writes it, or what was typed.
    pub(super) typed: String,
    pub(super) error: String,
    pub(super) quantity: String,
    pub(super) unit: String,
    pub(super) step: String,
    pub(super) minimum: String,
    pub(super) pack: String,
    /// Empty when it is not sold by the pallet.
    pub(super) pallet: String,
    /// Empty when there is none.
    pub(super) price: String,
    pub(super) net: String,
}

/// A deal that fits a line without one.
pub(super) struct FittingView {
    pub(super) text: String,
    pub(super) action: String,
}

/// How much of the company's credit is taken, and what this cart does to it.
pub(super) struct CreditView {
    pub(super) text: String,
    /// By how much the cart goes over the limit; empty while it stays within.
    pub(super) over: String,
}

impl CreditView {
    pub(super) fn of(credit: &Credit, priced: &PricedCart, locale: &Locale) -> Self {
        let over = credit.exceeded_by(priced.on_credit());
        Self { text: credit_words(credit, locale), over: over.map(|over| locale.money(over)).unwrap_or_default() }
    }
}

/// 'Credit 750,000.00 EUR: 39,063.14 taken by open orders, with tax; 710,936.86 free.'
pub(super) fn credit_words(credit: &Credit, locale: &Locale) -> String {
    let args = [
        ("limit", locale.money(credit.limit).into()),
        ("used", locale.amount(credit.used).into()),
        ("free", locale.amount(credit.free()).into()),
    ];
    locale.text_with("cart-credit", &args)
}

/// The row of freight under a cart.
pub(super) struct FreightView {
    pub(super) amount: String,
    /// Why it is so much: from which value it is free, and what is missing.
    pub(super) why: String,
}

/// A cart as its page shows it.
pub(super) struct CartView {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) own_name: String,
    pub(super) is_current: bool,
    pub(super) lines: Vec<LineView>,
    /// How many lines there are.
    pub(super) count: i64,
    pub(super) currency: &'static str,
    pub(super) net: String,
    pub(super) tax: String,
    pub(super) tax_words: String,
    pub(super) gross: String,
    /// Goods and freight without deals.
    pub(super) list_net: String,
    pub(super) goods: String,
    /// `None` where the seller charges nothing for it.
    pub(super) freight: Option<FreightView>,
    /// Empty when deals save nothing.
    pub(super) saving: String,
    /// When is paid what; one row unless deals have terms of their own: the terms, and the gross sum (empty for all of it).
    pub(super) payment: Vec<(String, String)>,
    /// Why the tax is this one, where that is not plain.
    pub(super) tax_reason: String,
    /// `None` where the company has no limit.
    pub(super) credit: Option<CreditView>,
    /// Whether every line has a price.
    pub(super) is_orderable: bool,
}

/// The name of a cart; the first one has none of its own.
pub(super) fn cart_name(cart: &Cart, locale: &Locale) -> String {
    if cart.name.is_empty() { locale.text("cart-first") } else { cart.name.clone() }
}

pub(super) fn payment_words(days: i64, locale: &Locale) -> String {
    match days {
        0 => locale.text("cart-payment-prepaid"),
        days => locale.text_with("cart-payment-days", &[("n", days.into())]),
    }
}

pub(super) fn tax_words(tax: &TaxRule, locale: &Locale) -> String {
    match tax.code() {
        "home" => locale.text_with("cart-tax-home", &[("rate", locale.percent(tax.rate).into())]),
        "reverse-charge" => locale.text("cart-tax-reverse-charge"),
        _ => locale.text("cart-tax-export"),
    }
}

/// Plain decimals and dates in the values of errors as the reader writes them.
pub(super) fn localised(invalid: &kernel::Invalid, locale: &Locale) -> kernel::Invalid {
    let mut invalid = invalid.clone();
    for (name, value) in invalid.fields.iter_mut().flat_map(|field| &mut field.args) {
        *value = match kernel::Date::parse(value).filter(|_| *name == "earliest") {
            Some(date) => locale.date(date),
            None => locale.decimal(value),
        };
    }
    invalid
}

/// `pc`.
pub(super) fn unit_word(unit: Unit, locale: &Locale) -> String {
    match unit {
        Unit::Piece => locale.text("unit-piece"),
        Unit::Pair => locale.text("unit-pair"),
        Unit::Set => locale.text("unit-set"),
        Unit::Metre => locale.text("unit-metre"),
        Unit::Kilogram => locale.text("unit-kilogram"),
        Unit::Litre => locale.text("unit-litre"),
    }
}

/// When is paid what.
pub(super) fn dues_words(dues: &[Due], days: i64, locale: &Locale) -> Vec<(String, String)> {
    match dues {
        [] => vec![(payment_words(days, locale), String::new())],
        [due] => vec![(payment_words(due.days, locale), String::new())],
        many => many.iter().map(|due| (payment_words(due.days, locale), locale.money(due.gross))).collect(),
    }
}

/// Why tax is charged on what leaves the country, or why none is; nothing where it stays at home.
pub(super) fn tax_reason_words(reason: Reason, locale: &Locale) -> String {
    match reason {
        Reason::Home => String::new(),
        other => locale.text(&format!("tax-reason-{}", other.code())),
    }
}

impl CartView {
    pub(super) fn of(cart: &Cart, priced: &PricedCart, locale: &Locale) -> Self {
        let list_net = priced.list_net.plus(priced.list_freight()).unwrap_or(priced.list_net);
        let saving = list_net.minus(priced.totals.net).ok().filter(|saving| saving.minor() > 0);
        Self {
            id: cart.id.to_string(),
            name: cart_name(cart, locale),
            own_name: cart.name.clone(),
            is_current: cart.is_current,
            lines: priced.lines.iter().map(|line| LineView::of(line, priced, locale)).collect(),
            count: i64::try_from(priced.lines.len()).unwrap_or(i64::MAX),
            currency: priced.currency.code(),
            net: locale.amount(priced.totals.net),
            tax: locale.amount(priced.totals.tax),
            tax_words: tax_words(&priced.tax, locale),
            gross: locale.amount(priced.totals.gross),
            list_net: locale.amount(list_net),
            goods: locale.amount(priced.goods),
            freight: FreightView::of(priced, locale),
            saving: saving.map(|saving| locale.money(saving)).unwrap_or_default(),
            payment: dues_words(&priced.dues(), priced.payment_days, locale),
            tax_reason: tax_reason_words(priced.tax_reason, locale),
            credit: None,
            is_orderable: !priced.lines.is_empty() && priced.lines.iter().all(|line| line.net.is_some()),
        }
    }
}

impl FreightView {
    fn of(priced: &PricedCart, locale: &Locale) -> Option<Self> {
        let usual = priced.freight.usual()?;
        let missing = priced.freight_to_go().map(|missing| locale.amount(missing)).unwrap_or_default();
        let args = [("from", locale.amount(usual.free_from).into()), ("missing", missing.into())];
        let key = match priced.freight {
            Freight::Charged(_) => "cart-freight-to-go",
            Freight::ByDeal(_) => "cart-freight-by-deal",
            Freight::Collected(_) => "cart-freight-collected",
            Freight::ByValue(_) | Freight::Never => "cart-freight-free-from",
        };
        let amount = locale.amount(priced.freight.amount(priced.currency));
        Some(Self { amount, why: locale.text_with(key, &args) })
    }
}

impl LineView {
    fn of(line: &PricedLine, priced: &PricedCart, locale: &Locale) -> Self {
        let (packing, unit) = (&line.product.packing, line.line.quantity.unit());
        let plain = |thousandths: i64| Quantity::new(thousandths, unit).to_decimal();
        let fitting = line.fitting.map(|deal| {
            let args = [
                ("number", deal.number.to_string().into()),
                ("price", locale.unit_price(deal.price).into()),
                ("saving", locale.money(deal.saving).into()),
            ];
            let text = locale.text_with("cart-deal-fits", &args);
            FittingView { text, action: format!("/cart/deals/{}", deal.offer) }
        });
        Self {
            id: line.line.id.to_string(),
            name: line.product.name.get(locale.language()).to_owned(),
            sku: line.product.sku.to_string(),
            href: line.product.href(),
            picture: line.product.picture(),
            availability: availability(line, locale),
            deal: line.deal.as_ref().map(|deal| DealView::of(deal, line, priced, locale)),
            fitting,
            question: None,
            typed: locale.decimal(&line.line.quantity.to_decimal()),
            error: String::new(),
            quantity: locale.quantity_unit(line.line.quantity),
            unit: unit_word(unit, locale),
            step: plain(packing.step),
            minimum: plain(packing.minimum),
            pack: plain(packing.pack),
            pallet: if packing.packs_per_pallet > 0 {
                plain(packing.pack.saturating_mul(packing.packs_per_pallet))
            } else {
                String::new()
            },
            price: line.price.map(|price| locale.unit_price(price)).unwrap_or_default(),
            net: line.net.map(|net| locale.amount(net)).unwrap_or_default(),
        }
    }
}

fn availability(line: &PricedLine, locale: &Locale) -> String {
    if !line.product.is_active {
        return locale.text("cart-retired");
    }
    if line.product.is_in_stock(line.line.quantity) {
        return locale.text("cart-in-stock");
    }
    locale.text_with("cart-lead-days", &[("n", line.product.lead_days.into())])
}

/// The agreed quantity of a line's product, and up to which the price holds.
fn agreed(deal: &DealState, line: &PricedLine) -> Option<(Quantity, Quantity)> {
    let offer = &deal.offer().offer;
    let mut lines = offer.terms.lines.iter().zip(&offer.up_to);
    lines.find(|(agreed, _)| agreed.product == line.line.product).map(|(agreed, up_to)| (agreed.quantity, *up_to))
}

fn agreed_price(deal: &DealState, line: &PricedLine) -> Option<UnitPrice> {
    let lines = &deal.offer().offer.terms.lines;
    lines.iter().find(|agreed| agreed.product == line.line.product).map(|agreed| agreed.price)
}

impl DealView {
    fn of(deal: &DealState, line: &PricedLine, priced: &PricedCart, locale: &Locale) -> Self {
        let offer = deal.offer();
        let number: Arg<'static> = offer.number.to_string().into();
        let price = agreed_price(deal, line).map(|price| locale.unit_price(price)).unwrap_or_default();
        match deal {
            DealState::Holds { .. } => {
                let list = line.list_price.map(|price| locale.unit_price(price)).unwrap_or_default();
                let args = [("number", number), ("price", price.into()), ("list", list.into())];
                let key = if line.list_price.is_some() { "cart-deal-holds" } else { "cart-deal-holds-plain" };
                let text = conditions(deal, line, locale);
                Self { holds: true, title: locale.text_with(key, &args), text, restore: String::new() }
            }
            DealState::Broken { breaches, .. } => {
                let args = [("number", number), ("reason", reasons(breaches, line, priced, locale).into())];
                let missing = breaches.iter().any(|breach| matches!(breach, Breach::Missing { .. }));
                Self {
                    holds: false,
                    title: locale.text_with("cart-deal-broken", &args),
                    text: remedy(deal, breaches, &price, line, priced, locale),
                    restore: if missing { format!("/cart/deals/{}", offer.id) } else { String::new() },
                }
            }
        }
    }
}

/// What a deal that holds asks for: 'from 4,000 pc, 30 days net, until Fri 4 Dec, 17:00'.
fn conditions(deal: &DealState, line: &PricedLine, locale: &Locale) -> String {
    let offer = &deal.offer().offer;
    let mut parts = Vec::new();
    if let Some((least, most)) = agreed(deal, line) {
        let (from, to) = (locale.quantity_unit(least), locale.quantity_unit(most));
        parts.push(match least == most {
            true => locale.text_with("cart-deal-exactly", &[("quantity", from.into())]),
            false => locale.text_with("cart-deal-between", &[("from", from.into()), ("to", to.into())]),
        });
    }
    if offer.terms.lines.len() > 1 {
        parts.push(locale.text_with("cart-deal-whole", &[("n", offer.terms.lines.len().into())]));
    }
    parts.push(payment_words(i64::from(offer.terms.payment_days), locale));
    let freight = offer.terms.extras.freight;
    if freight != FreightMode::Usual {
        parts.push(locale.text(&format!("offer-ship-{}", freight.code())));
    }
    parts.push(locale.text_with("cart-deal-until", &[("moment", locale.moment(offer.expires).into())]));
    parts.join(", ")
}

/// The SKU of another product of the cart or the deal, with a colon; nothing for the line's own.
fn of_product(product: kernel::ProductId, line: &PricedLine, priced: &PricedCart, locale: &Locale) -> String {
    if product == line.line.product {
        return String::new();
    }
    let other = priced.lines.iter().find(|other| other.line.product == product);
    other.map_or_else(|| locale.text("cart-deal-other-product"), |other| other.product.sku.to_string()) + ": "
}

fn reasons(breaches: &[Breach], line: &PricedLine, priced: &PricedCart, locale: &Locale) -> String {
    if breaches.is_empty() {
        return locale.text("cart-broken-used");
    }
    let reason = |breach: &Breach| match breach {
        Breach::Expired => locale.text("cart-broken-expired"),
        Breach::Missing { product } => of_product(*product, line, priced, locale) + &locale.text("cart-broken-missing"),
        Breach::TooFew { product, short } => {
            let short = locale.quantity_unit(*short);
            of_product(*product, line, priced, locale)
                + &locale.text_with("cart-broken-too-few", &[("short", short.into())])
        }
        Breach::TooMany { product, most } => {
            let most = locale.quantity_unit(*most);
            of_product(*product, line, priced, locale)
                + &locale.text_with("cart-broken-too-many", &[("most", most.into())])
        }
        Breach::PaysLater { days } => {
            let present = payment_words(priced.payment_days, locale);
            let needed = payment_words(i64::from(*days), locale);
            locale.text_with("cart-broken-pays-later", &[("present", present.into()), ("needed", needed.into())])
        }
    };
    breaches.iter().map(reason).collect::<Vec<_>>().join(", ")
}

/// What brings a broken deal back.
fn remedy(
    deal: &DealState,
    breaches: &[Breach],
    price: &str,
    line: &PricedLine,
    priced: &PricedCart,
    locale: &Locale,
) -> String {
    if breaches.is_empty() {
        return locale.text("cart-back-used");
    }
    if breaches.contains(&Breach::Expired) {
        return locale.text("cart-back-expired");
    }
    let step = |breach: &Breach| match breach {
        Breach::Expired => String::new(),
        Breach::Missing { product } => of_product(*product, line, priced, locale) + &locale.text("cart-back-missing"),
        Breach::TooFew { product, short } => {
            let short = locale.quantity_unit(*short);
            of_product(*product, line, priced, locale)
                + &locale.text_with("cart-back-too-few", &[("short", short.into())])
        }
        Breach::TooMany { product, most } => {
            let most = locale.quantity_unit(*most);
            of_product(*product, line, priced, locale)
                + &locale.text_with("cart-back-too-many", &[("most", most.into())])
        }
        Breach::PaysLater { days } => {
            let needed = payment_words(i64::from(*days), locale);
            locale.text_with("cart-back-pays-later", &[("needed", needed.into())])
        }
    };
    let steps = breaches.iter().map(step).collect::<Vec<_>>().join(", ");
    let until = locale.moment(deal.offer().offer.expires);
    locale.text_with(
        "cart-back",
        &[("price", price.to_owned().into()), ("steps", steps.into()), ("moment", until.into())],
    )
}
