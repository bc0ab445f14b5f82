//! What carts cost and what may be in them, as pure functions.

use std::collections::HashMap;

use catalog::products::{OrderType, Product};
use kernel::{Amount, Currency, Date, Instant, Invalid, OfferId, Outcome, ProductId, Quantity, UnitPrice};
use negotiation::offers::AgreedOffer;
use negotiation_engine::{FreightCharge, FreightMode, LineTerms, ListTerms, Terms};
use parties::addresses::Address;
use pricing::Buyer;
use pricing_engine::tax::Journey;
use pricing_engine::{Resolved, Totals, line_net};
use terms::freight::Freight;

use super::{Cart, CartLine, CheckoutInput, DealState, Fitting, PricedCart, PricedLine};

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
    /// Agreed offers that no line is bound to, for products of the cart.
    pub(super) unused: Vec<AgreedOffer>,
    /// Where the goods go, as far as that is known.
    pub(super) to: Journey,
    /// What the seller charges for freight, in the cart's currency; `None`: nothing.
    pub(super) freight: Option<FreightCharge>,
}

/// What the cart costs at `now`. Lines whose product is gone altogether are left out.
pub(super) fn price(buyer: &Buyer, cart: &Cart, facts: &Facts, now: Instant) -> Outcome<PricedCart> {
    let currency = buyer.price.currency;
    let deals = deals(cart, facts.offers.values(), currency, now);
    let chosen = chosen_days(buyer.company.payment_days, cart);
    let mut lines = Vec::with_capacity(cart.lines.len());
    for line in &cart.lines {
        let Some(product) = facts.products.get(&line.product) else { continue };
        let deal = line.offer.and_then(|id| deals.get(&id));
        let priced = price_line(line, product, facts.ladders.get(&line.product), deal, chosen)?;
        let fitting = if line.offer.is_none() { fitting(&priced, &facts.unused, now) } else { None };
        lines.push(PricedLine { fitting, ..priced });
    }
    let list_net = |line: &PricedLine| match line.list_price {
        Some(price) if line.price.is_some() => line_net(price, line.line.quantity).map(Some),
        _ => Ok(line.net),
    };
    let list = lines.iter().map(list_net).collect::<Result<Vec<_>, _>>()?;
    let goods = Amount::sum(currency, lines.iter().filter_map(|line| line.net))?;
    let goods_value = goods_value(currency, &lines, &list)?;
    let freight = Freight::of(facts.freight, goods_value, modes(&lines));
    let ruling = buyer.tax_to(&Journey { is_collected: is_collected(&lines), ..facts.to.clone() });
    Ok(PricedCart {
        // Freight is a part of the supply and taxed as the goods are.
        totals: Totals::form(currency, [goods, freight.amount(currency)], ruling.rule)?,
        list_net: Amount::sum(currency, list.into_iter().flatten())?,
        payment_days: days_of_the_rest(&lines, chosen),
        goods,
        goods_value,
        freight,
        lines,
        currency,
        tax: ruling.rule,
        tax_reason: ruling.reason,
    })
}

/// The days that were chosen for what no deal is about: never later than the company's own.
fn chosen_days(usual: i64, cart: &Cart) -> i64 {
    cart.payment_days.unwrap_or(usual).clamp(0, usual.max(0))
}

/// When freight is due, and lines without a deal; where there are none, with the line that is due first.
fn days_of_the_rest(lines: &[PricedLine], chosen: i64) -> i64 {
    let has_deal = |line: &&PricedLine| line.deal.as_ref().is_some_and(DealState::holds);
    if lines.iter().all(|line| has_deal(&line)) {
        return lines.iter().map(|line| line.payment_days).min().unwrap_or(chosen);
    }
    chosen
}

/// Whether the buyer fetches everything.
fn is_collected(lines: &[PricedLine]) -> bool {
    let mut modes = modes(lines).peekable();
    modes.peek().is_some() && modes.all(|mode| mode == FreightMode::Collected)
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
    chosen_days: i64,
) -> Outcome<PricedLine> {
    let list_price = ladder.and_then(|resolved| resolved.ladder.price_for(line.quantity));
    let held = deal.filter(|deal| deal.holds()).map(|deal| &deal.offer().offer.terms);
    let agreed = held
        .and_then(|terms| terms.lines.iter().find(|agreed| agreed.product == line.product).map(|agreed| agreed.price));
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
        payment_days: held.map_or(chosen_days, |terms| i64::from(terms.payment_days)),
        fitting: None,
    })
}

/// Which of a cart's deals hold.
///
/// A deal's days to pay are those of its own lines, later or earlier than the buyer's usual ones: they grant nothing to what
/// else is in the cart, and what is chosen for the rest breaks no deal.
pub(super) fn deals<'a>(
    cart: &Cart,
    offers: impl IntoIterator<Item = &'a AgreedOffer>,
    currency: Currency,
    now: Instant,
) -> HashMap<OfferId, DealState> {
    offers.into_iter().map(|offer| (offer.id, deal_state(cart, offer, currency, now))).collect()
}

/// Whether a deal holds in `before` and would no more in `after`.
pub(super) fn breaks(before: &HashMap<OfferId, DealState>, after: &HashMap<OfferId, DealState>) -> bool {
    let mut held = before.iter().filter(|(_, state)| state.holds());
    held.any(|(id, _)| !after.get(id).is_some_and(DealState::holds))
}

fn deal_state(cart: &Cart, offer: &AgreedOffer, currency: Currency, now: Instant) -> DealState {
    let offer = offer.clone();
    if offer.used {
        return DealState::Broken { offer, breaches: Vec::new() };
    }
    let payment_days = offer.offer.terms.payment_days;
    let terms = Terms::new(bound(cart, &offer), payment_days);
    // What applies instead comes from the ladders of the lines, so no list terms are needed here.
    let list = ListTerms::new(currency, payment_days, Vec::new());
    match negotiation_engine::holds(&offer.offer, &list, &terms, now) {
        Ok(()) => DealState::Holds { offer },
        Err(broken) => DealState::Broken { offer, breaches: broken.breaches },
    }
}

/// The lines bound to an offer, at its prices.
fn bound(cart: &Cart, offer: &AgreedOffer) -> Vec<LineTerms> {
    let lines = cart.lines.iter().filter(|line| line.offer == Some(offer.id));
    lines
        .filter_map(|line| {
            let agreed = offer.offer.terms.lines.iter().find(|agreed| agreed.product == line.product)?;
            Some(LineTerms { product: line.product, quantity: line.quantity, price: agreed.price })
        })
        .collect()
}

/// The offer for this product alone that makes so much of it cheapest: one that can still be ordered, from no more than so
/// much on, below the list price. It may hold for less than so much.
pub(super) fn best_deal(
    offers: &[AgreedOffer],
    product: ProductId,
    quantity: Quantity,
    list_price: Option<UnitPrice>,
    now: Instant,
) -> Option<&AgreedOffer> {
    let fits = |offer: &&AgreedOffer| match offer.offer.terms.lines.as_slice() {
        [line] => {
            line.product == product
                && !offer.used
                && now < offer.offer.expires
                && line.quantity.thousandths() > 0
                && line.quantity.thousandths() <= quantity.thousandths()
                && list_price.is_none_or(|list| line.price.micros() < list.micros())
        }
        _ => false,
    };
    let price = |offer: &&AgreedOffer| offer.offer.terms.lines.first().map(|line| line.price.micros());
    offers.iter().filter(fits).min_by_key(|offer| (price(offer), offer.id))
}

/// The most for which an offer's price of a product holds.
pub(super) fn most_of(offer: &AgreedOffer, product: ProductId) -> Option<Quantity> {
    let mut lines = offer.offer.terms.lines.iter().zip(&offer.offer.up_to);
    lines.find(|(line, _)| line.product == product).map(|(_, up_to)| *up_to)
}

/// A deal that a line without one could have.
fn fitting(line: &PricedLine, unused: &[AgreedOffer], now: Instant) -> Option<Fitting> {
    let (list, net) = (line.list_price?, line.net?);
    let deal = best_deal(unused, line.product.id, line.line.quantity, Some(list), now)?;
    let price = deal.offer.terms.lines.first()?.price;
    let at_deal = most_of(deal, line.product.id)?.thousandths().min(line.line.quantity.thousandths());
    let quantity = Quantity::new(at_deal, line.line.quantity.unit());
    let saving = line_net(list, quantity).ok()?.minus(line_net(price, quantity).ok()?).ok()?;
    let saving = saving.minor().min(net.minor());
    Some(Fitting { offer: deal.id, number: deal.number, price, saving: Amount::new(saving, net.currency()) })
}

/// A quantity that nobody meant, probably.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unusual {
    /// What there is; `None` when that is not the reason.
    pub(super) stock: Option<Quantity>,
    /// What is usual; `None` when that is not the reason.
    pub(super) usual: Option<Quantity>,
}

/// How much of a product some lines hold together: by a deal or not, it comes from one stock.
pub(super) fn in_all<'a>(lines: impl IntoIterator<Item = &'a CartLine>, product: &Product) -> Quantity {
    let of_product = lines.into_iter().filter(|line| line.product == product.id);
    let sum = of_product.fold(0_i64, |sum, line| sum.saturating_add(line.quantity.thousandths()));
    Quantity::new(sum, product.packing.unit)
}

/// As many times the stock asks back.
const STOCK_TIMES: i64 = 10;
/// As many times the usual asks back.
const USUAL_TIMES: i64 = 20;
/// Of a product that was never bought, so many smallest orders are still usual.
const MINIMUM_TIMES: i64 = 50;

/// Whether a quantity asks back: ten times what is in stock, or twenty times what is usual. `largest` is the most that the
/// company bought at once; as much as that is never asked back.
pub(super) fn unusual(
    product: &Product,
    ladder: &Resolved,
    largest: Option<Quantity>,
    quantity: Quantity,
) -> Option<Unusual> {
    let (packing, unit, much) = (&product.packing, product.packing.unit, quantity.thousandths());
    let bought = largest.map(Quantity::thousandths).filter(|largest| *largest > 0);
    if bought.is_some_and(|largest| much <= largest) {
        return None;
    }
    let pallet = packing.pack.saturating_mul(packing.packs_per_pallet);
    let last_step = ladder.ladder.tiers.last().map_or(0, |tier| tier.from.thousandths());
    let known = pallet.max(last_step).max(packing.minimum.saturating_mul(MINIMUM_TIMES));
    let usual = bought.unwrap_or(known);
    let stock = product.stock.thousandths();
    let over_stock = product.order_type == OrderType::Stock && stock > 0 && much >= stock.saturating_mul(STOCK_TIMES);
    let over_usual = usual > 0 && much >= usual.saturating_mul(USUAL_TIMES);
    (over_stock || over_usual).then(|| Unusual {
        stock: over_stock.then_some(product.stock),
        usual: over_usual.then(|| Quantity::new(usual, unit)),
    })
}

/// Whether a product can be bought in this quantity by someone with this price ladder.
pub(super) fn check_quantity(product: &Product, ladder: &Resolved, quantity: Quantity) -> Outcome<()> {
    let mut invalid = Invalid::default();
    let fits = invalid.take("quantity", product.packing.check(quantity)).is_some();
    if fits && !ladder.ladder.covers(quantity) {
        return Err(too_little(product, ladder).into());
    }
    if fits && quantity.thousandths() > Quantity::THOUSANDTHS_MAX {
        return Err(Invalid::field("quantity", "quantity-too-large").into());
    }
    let net = line_net(ladder.ladder.price_at(quantity), quantity);
    if fits && !net.is_ok_and(|net| net.minor() <= LINE_MINOR_MAX) {
        return Err(Invalid::field("quantity", "amount-too-large").into());
    }
    invalid.check()
}

/// The list begins with more: there is no price for so little.
fn too_little(product: &Product, ladder: &Resolved) -> Invalid {
    let from = ladder.ladder.begins_at().map_or(product.packing.minimum, Quantity::thousandths);
    let minimum = Quantity::new(product.packing.round_up(from), product.packing.unit);
    Invalid::default().and("quantity", "quantity-minimum", vec![("minimum", minimum.to_decimal())])
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
pub(super) fn earliest<'a>(
    today: Date,
    products: impl IntoIterator<Item = &'a Product>,
    lines: impl Iterator<Item = &'a CartLine> + Clone,
) -> Date {
    let missing = products.into_iter().filter(|product| !product.is_in_stock(in_all(lines.clone(), product)));
    let days = missing.map(|product| product.lead_days).max().unwrap_or(0).min(3_650);
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
    /// The latest payment that the company's terms allow.
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
