//! What carts cost and what may be in them, as pure functions.

use std::collections::HashMap;

use catalog::products::Product;
use kernel::{Amount, Currency, Date, Instant, Invalid, OfferId, Outcome, ProductId, Quantity, UnitPrice};
use negotiation::offers::AgreedOffer;
use negotiation_engine::{FreightCharge, FreightMode, ListTerms, Terms};
use parties::addresses::Address;
use pricing::Buyer;
use pricing_engine::{Resolved, Totals, line_net};
use terms::freight::Freight;

use super::{Cart, CartLine, CheckoutInput, DealState, PricedCart, PricedLine};

/// As many lines as a cart may have.
pub(super) const LINES_MAX: usize = 500;
/// As many open carts as a person may have.
pub(super) const CARTS_MAX: usize = 50;
/// The longest name of a cart.
pub(super) const NAME_MAX: usize = 60;
/// The longest purchase order number.
pub(super) const PO_NUMBER_MAX: usize = 35;
/// The longest note.
pub(super) const NOTE_MAX: usize = 500;
/// The most that one line may come to, in minor units: a cart full of such lines can still be summed.
const LINE_MINOR_MAX: i64 = 1_000_000_000_000_000;

/// What a cart is priced from.
pub(super) struct Facts {
    pub(super) products: HashMap<ProductId, Product>,
    pub(super) ladders: HashMap<ProductId, Resolved>,
    pub(super) offers: HashMap<OfferId, AgreedOffer>,
    /// What the seller charges for freight, in the cart's currency; `None`: nothing.
    pub(super) freight: Option<FreightCharge>,
}

/// What the cart costs at `now`. Lines whose product is gone altogether are left out.
pub(super) fn price(buyer: &Buyer, cart: &Cart, facts: &Facts, now: Instant) -> Outcome<PricedCart> {
    let currency = buyer.price.currency;
    let (payment_days, deals) = deals(buyer, cart, facts, now);
    let mut lines = Vec::with_capacity(cart.lines.len());
    for line in &cart.lines {
        let Some(product) = facts.products.get(&line.product) else { continue };
        let deal = line.offer.and_then(|id| deals.get(&id));
        lines.push(price_line(line, product, facts.ladders.get(&line.product), deal)?);
    }
    let list_net = |line: &PricedLine| match line.list_price {
        Some(price) if line.price.is_some() => line_net(price, line.line.quantity).map(Some),
        _ => Ok(line.net),
    };
    let list = lines.iter().map(list_net).collect::<Result<Vec<_>, _>>()?;
    let goods = Amount::sum(currency, lines.iter().filter_map(|line| line.net))?;
    let goods_value = goods_value(currency, &lines, &list)?;
    let freight = Freight::of(facts.freight, goods_value, modes(&lines));
    Ok(PricedCart {
        // Freight is a part of the supply and taxed as the goods are.
        totals: Totals::form(currency, [goods, freight.amount(currency)], buyer.tax)?,
        list_net: Amount::sum(currency, list.into_iter().flatten())?,
        goods,
        goods_value,
        freight,
        lines,
        currency,
        tax: buyer.tax,
        payment_days,
    })
}

/// What counts towards free freight: each line at its price without deals, so that a better price never costs the free
/// freight, or at the price paid where that is higher.
fn goods_value(currency: Currency, lines: &[PricedLine], list: &[Option<Amount>]) -> Outcome<Amount> {
    let counted = lines.iter().zip(list).filter_map(|(line, list)| {
        let net = line.net?;
        Some(list.filter(|list| list.minor() > net.minor()).unwrap_or(net))
    });
    Ok(Amount::sum(currency, counted)?)
}

/// How each line travels that has a price: as its deal says while that holds.
fn modes(lines: &[PricedLine]) -> impl Iterator<Item = FreightMode> {
    let priced = lines.iter().filter(|line| line.net.is_some());
    priced.map(|line| match &line.deal {
        Some(DealState::Holds { offer }) => offer.offer.terms.extras.freight,
        _ => FreightMode::Usual,
    })
}

fn price_line(
    line: &CartLine,
    product: &Product,
    ladder: Option<&Resolved>,
    deal: Option<&DealState>,
) -> Outcome<PricedLine> {
    let list_price = ladder.map(|resolved| resolved.ladder.price_at(line.quantity));
    let agreed = deal.filter(|deal| deal.holds()).and_then(|deal| {
        let terms = &deal.offer().offer.terms;
        terms.lines.iter().find(|agreed| agreed.product == line.product).map(|agreed| agreed.price)
    });
    let is_sellable = product.is_active && product.packing.unit == line.quantity.unit();
    let price = agreed.or(list_price).filter(|_| is_sellable);
    let net = price.map(|price| line_net(price, line.quantity)).transpose()?;
    let lists = ladder.map(|resolved| resolved.ladder.list_at(line.quantity).code.clone());
    Ok(PricedLine {
        line: line.clone(),
        product: product.clone(),
        price,
        list_price,
        net,
        price_lists: lists.into_iter().collect(),
        deal: deal.cloned(),
    })
}

/// Days to pay, and which of the cart's deals hold.
///
/// A deal may allow later payment than the company has, but only while it holds: when the last such deal breaks, the
/// company's own terms are back.
fn deals(buyer: &Buyer, cart: &Cart, facts: &Facts, now: Instant) -> (i64, HashMap<OfferId, DealState>) {
    let usual = buyer.company.payment_days;
    let wanted = cart.payment_days.unwrap_or(usual);
    let states = |days: i64| -> HashMap<OfferId, DealState> {
        let state =
            |(id, offer): (&OfferId, &AgreedOffer)| (*id, deal_state(cart, offer, days, buyer.price.currency, now));
        facts.offers.iter().map(state).collect()
    };
    let first = states(wanted);
    let granted =
        first.values().filter(|deal| deal.holds()).map(|deal| i64::from(deal.offer().offer.terms.payment_days));
    let allowed = granted.max().unwrap_or(usual).max(usual);
    if wanted <= allowed { (wanted, first) } else { (allowed, states(allowed)) }
}

fn deal_state(cart: &Cart, offer: &AgreedOffer, days: i64, currency: Currency, now: Instant) -> DealState {
    let offer = offer.clone();
    if offer.used {
        return DealState::Broken { offer, breaches: Vec::new() };
    }
    let payment_days = u16::try_from(days.max(0)).unwrap_or(u16::MAX);
    let terms = Terms::new(bound(cart, offer.id), payment_days);
    // What applies instead comes from the ladders of the lines, so no list terms are needed here.
    let list = ListTerms::new(currency, payment_days, Vec::new());
    match negotiation_engine::holds(&offer.offer, &list, &terms, now) {
        Ok(()) => DealState::Holds { offer },
        Err(broken) => DealState::Broken { offer, breaches: broken.breaches },
    }
}

/// The lines bound to an offer; prices in them are not looked at.
fn bound(cart: &Cart, offer: OfferId) -> Vec<negotiation_engine::LineTerms> {
    let lines = cart.lines.iter().filter(|line| line.offer == Some(offer));
    lines
        .map(|line| negotiation_engine::LineTerms {
            product: line.product,
            quantity: line.quantity,
            price: UnitPrice::new(0, Currency::Eur),
        })
        .collect()
}

/// Whether a product can be bought in this quantity by someone with this price ladder.
pub(super) fn check_quantity(product: &Product, ladder: &Resolved, quantity: Quantity) -> Outcome<()> {
    let mut invalid = Invalid::default();
    let fits = invalid.take("quantity", product.packing.check(quantity)).is_some();
    if fits && quantity.thousandths() > Quantity::THOUSANDTHS_MAX {
        return Err(Invalid::field("quantity", "quantity-too-large").into());
    }
    let net = line_net(ladder.ladder.price_at(quantity), quantity);
    if fits && !net.is_ok_and(|net| net.minor() <= LINE_MINOR_MAX) {
        return Err(Invalid::field("quantity", "amount-too-large").into());
    }
    invalid.check()
}

/// The name of a cart, trimmed.
pub(super) fn name(text: &str) -> Outcome<String> {
    let name = text.trim();
    if name.is_empty() {
        return Err(Invalid::field("name", "required").into());
    }
    if name.chars().count() > NAME_MAX {
        return Err(too_long(Invalid::default(), "name", NAME_MAX).into());
    }
    Ok(name.to_owned())
}

fn too_long(invalid: Invalid, field: &'static str, most: usize) -> Invalid {
    invalid.and(field, "too-long", vec![("most", most.to_string())])
}

/// The first day on which everything can be there: today from stock, else after the longest lead time in working days.
pub(super) fn earliest<'a>(today: Date, lines: impl IntoIterator<Item = (&'a Product, Quantity)>) -> Date {
    let missing = lines.into_iter().filter(|(product, quantity)| !product.is_in_stock(*quantity));
    let days = missing.map(|(product, _)| product.lead_days).max().unwrap_or(0).min(3_650);
    let mut date = today;
    let mut left = days;
    while left > 0 {
        date = date.plus_days(1);
        left -= i64::from(date.is_weekday());
    }
    date
}

/// What checkout is checked against.
pub(super) struct CheckoutFacts<'a> {
    pub(super) addresses: &'a [Address],
    pub(super) today: Date,
    pub(super) earliest: Date,
    /// The latest payment that the company, or a deal that holds, allows.
    pub(super) latest_payment: i64,
}

/// The input with every text trimmed and the billing address filled in.
///
/// # Errors
/// Every wrong field at once.
pub(super) fn checkout(input: &CheckoutInput, facts: &CheckoutFacts<'_>) -> Outcome<CheckoutInput> {
    let mut invalid = Invalid::default();
    let known = |id: kernel::AddressId| facts.addresses.iter().find(|address| address.id == id);
    match input.ship_to {
        None => invalid = invalid.and("ship_to", "checkout-address", Vec::new()),
        Some(id) if !known(id).is_some_and(|address| address.is_shipping) => {
            invalid = invalid.and("ship_to", "choice", Vec::new());
        }
        Some(_) => {}
    }
    let same = input.ship_to.and_then(known).filter(|address| address.is_billing);
    let usual = || same.or_else(|| facts.addresses.iter().find(|address| address.is_billing));
    let bill_to = input.bill_to.or_else(|| usual().map(|address| address.id));
    match bill_to {
        None => invalid = invalid.and("bill_to", "checkout-address", Vec::new()),
        Some(id) if !known(id).is_some_and(|address| address.is_billing) => {
            invalid = invalid.and("bill_to", "choice", Vec::new());
        }
        Some(_) => {}
    }
    let (po_number, note) = (input.po_number.trim(), input.note.trim());
    let length = po_number.chars().count();
    if length > PO_NUMBER_MAX {
        let args = vec![("most", PO_NUMBER_MAX.to_string()), ("length", length.to_string())];
        invalid = invalid.and("po_number", "checkout-po-number", args);
    }
    match input.requested_on {
        Some(date) if date < facts.today => invalid = invalid.and("requested_on", "checkout-past", Vec::new()),
        Some(date) if date < facts.earliest => {
            let args = vec![("earliest", facts.earliest.to_string())];
            invalid = invalid.and("requested_on", "checkout-too-soon", args);
        }
        _ => {}
    }
    if input.payment_days.is_some_and(|days| !(0..=facts.latest_payment).contains(&days)) {
        let args = vec![("days", facts.latest_payment.to_string())];
        invalid = invalid.and("payment_days", "checkout-payment", args);
    }
    if note.chars().count() > NOTE_MAX {
        invalid = too_long(invalid, "note", NOTE_MAX);
    }
    invalid.check()?;
    Ok(CheckoutInput { bill_to, po_number: po_number.to_owned(), note: note.to_owned(), ..input.clone() })
}
