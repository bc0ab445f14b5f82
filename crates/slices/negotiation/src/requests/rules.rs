//! Pure decisions about negotiations: where one stands, what may be done with it, and what an ask must look like.

use kernel::{Amount, Instant, Invalid, Quantity, Rate, Rounding, UnitPrice};
use negotiation_engine::{Condition, FreightMode, Lever, LineTerms, ListTerms, Offer, Terms};

use crate::negotiations::Negotiation;
use crate::offers::OfferState;

/// What is wrong with the asked terms, at `lines[n].quantity` and `lines[n].price`. `days_usual` are the buyer's own days:
/// who asks for no more than the list gives is told so instead of being 'granted' it.
pub fn check_ask(terms: &Terms, list: &ListTerms) -> Invalid {
    let mut invalid = Invalid::default();
    let mut asks_for_less = terms.payment_days > list.payment_days
        || (terms.extras.freight == FreightMode::Free && list.freight.is_some())
        || terms.extras.rebate.is_some();
    for (at, (asked, line)) in terms.lines.iter().zip(&list.lines).enumerate() {
        if let Err(error) = line.packing.check(asked.quantity) {
            let (code, args): (&'static str, _) = (error.code(), error.args());
            invalid = invalid.and(format!("lines[{at}].quantity"), code, args);
            continue;
        }
        let field = format!("lines[{at}].price");
        if asked.price.currency() != list.currency {
            let args = vec![("currency", list.currency.code().to_owned())];
            invalid = invalid.and(field, "price-currency", args);
        } else if asked.price.micros() <= 0 {
            invalid = invalid.and(field, "price-positive", Vec::new());
        } else if let Some(price) = line.price_at(asked.quantity) {
            asks_for_less |= asked.price.micros() < price.micros();
            if asked.price.micros() > price.micros() {
                invalid = invalid.and(field, "price-above-list", vec![("list", price.to_decimal())]);
            }
        }
    }
    let first = terms.lines.first().zip(list.lines.first()).and_then(|(asked, line)| line.price_at(asked.quantity));
    if !asks_for_less
        && invalid.fields.is_empty()
        && let Some(price) = first
    {
        invalid = invalid.and("lines[0].price", "price-is-list", vec![("list", price.to_decimal())]);
    }
    invalid
}

/// The quantity from which volume grants count: the largest bought or asked for lately, unless the first ask of this
/// negotiation was larger still; then `None`, for the engine looks at that by itself.
pub fn anchor(elsewhere: Option<Quantity>, first: Quantity) -> Option<Quantity> {
    elsewhere.filter(|quantity| quantity.thousandths() > first.thousandths())
}

/// The levers of the offers on the table: who asks for something else has not taken them.
pub fn turned_down(n: &Negotiation, now: Instant) -> Vec<Lever> {
    let mut levers: Vec<Lever> = n.standing(now).map(|row| row.offer.lever).collect();
    levers.sort_unstable();
    levers.dedup();
    levers
}

/// What people of the seller have offered: counteroffers, suggestions that they sent, offers with which they began. What
/// they took back again counts no more.
pub fn by_person(n: &Negotiation) -> Vec<Offer> {
    let shown = n.offers.iter().filter(|row| row.made_by.is_some() && row.state.was_shown());
    shown.filter(|row| row.state != OfferState::Withdrawn).map(|row| row.offer.clone()).collect()
}

/// Terms that a person offers, as an offer: what the buyer must do beyond the ask in sentences, and what it saves.
pub fn offer_of(list: &ListTerms, asked: &Terms, terms: &Terms, expires: Instant) -> Option<Offer> {
    let at_list = list.at(terms)?;
    let value = |terms: &Terms| terms::figures::net(terms, list.currency).ok();
    let net = value(terms)?;
    let rebate = terms.extras.rebate.map_or(Rate::ZERO, |rebate| rebate.rate);
    let paid_back = net.portion(rebate, Rounding::Down).ok()?;
    let saving = value(&at_list)?.minus(net).ok()?.plus(paid_back).ok()?;
    let steps = steps(asked, terms);
    let lever = lever(&steps);
    let mut conditions: Vec<Condition> = steps.into_iter().flat_map(|(_, conditions)| conditions).collect();
    if conditions.is_empty() {
        conditions.push(Condition::AsItIs);
    }
    let up_to = terms.lines.iter().map(|line| line.quantity).collect();
    Some(Offer { lever, terms: terms.clone(), up_to, conditions, saving, expires })
}

/// What terms ask for beyond the ask, lever by lever.
fn steps(asked: &Terms, terms: &Terms) -> Vec<(Lever, Vec<Condition>)> {
    let mut more = Vec::new();
    for (line, asked) in terms.lines.iter().zip(&asked.lines) {
        let beyond = line.quantity.thousandths().saturating_sub(asked.quantity.thousandths());
        if beyond > 0 {
            let beyond = Quantity::new(beyond, line.quantity.unit());
            more.push(Condition::OrderMore { product: line.product, more: beyond, total: line.quantity });
        }
    }
    let sooner = match terms.payment_days {
        days if days >= asked.payment_days => None,
        0 => Some(Condition::Prepay),
        days => Some(Condition::PayWithin { days }),
    };
    let (was, is) = (&asked.extras, &terms.extras);
    let later = (is.flexible_days > was.flexible_days)
        .then_some(Condition::DeliverLater { days: is.flexible_days, free_freight: is.freight == FreightMode::Free });
    let other = is.freight != was.freight && is.freight != FreightMode::Free;
    let other = other.then_some(Condition::Ship { mode: is.freight });
    let commitment = is.commitment.filter(|_| is.commitment != was.commitment);
    let commits = commitment.into_iter().flat_map(|commitment| {
        let line = move |line: &LineTerms| {
            let (product, total) = (line.product, commitment.total(line.quantity));
            Condition::CommitTo { product, total, months: commitment.months }
        };
        terms.lines.iter().map(line)
    });
    let grows = is.rebate.filter(|_| is.rebate != was.rebate);
    let grows = grows.map(|r| Condition::GrowTo { turnover: r.turnover, months: r.months, rate: r.rate });
    let all = [
        (Lever::Volume, more),
        (Lever::Payment, sooner.into_iter().collect()),
        (Lever::Delivery, later.into_iter().collect()),
        (Lever::Freight, other.into_iter().collect()),
        (Lever::Commitment, commits.collect()),
        (Lever::Rebate, grows.into_iter().collect()),
    ];
    all.into_iter().filter(|(_, conditions)| !conditions.is_empty()).collect()
}

/// The lever, or the pair, that terms use; of more than a known pair the first.
fn lever(steps: &[(Lever, Vec<Condition>)]) -> Lever {
    let used: Vec<Lever> = steps.iter().map(|(lever, _)| *lever).collect();
    match used.as_slice() {
        [] => Lever::Plain,
        [one] => *one,
        [one, two, ..] => Lever::pair(*one, *two).unwrap_or(*one),
    }
}

/// The asked lines scaled to a total, each price rounded to the currency's minor unit: how the target of a whole cart
/// becomes prices of lines. What the rounding leaves goes into the price of the largest line that can carry it, so that the
/// lines come to the total as it was typed.
pub fn scale_to(lines: &[LineTerms], total: Amount) -> Option<Vec<UnitPrice>> {
    let currency = total.currency();
    let terms = Terms::new(lines.to_vec(), 0);
    let now = i128::from(terms::figures::net(&terms, currency).ok()?.minor());
    if now <= 0 {
        return None;
    }
    let tick = currency.micros_per_minor();
    let scaled = lines.iter().map(|line| {
        let micros = Rounding::HalfUp.divide(i128::from(line.price.micros()) * i128::from(total.minor()), now);
        let price = UnitPrice::new(i64::try_from(micros).ok()?, currency);
        // Cheap goods are priced in fractions of the minor unit; rounding those would change them too much.
        Some(if line.price.micros() >= 100 * tick { price.to_tick(tick, Rounding::HalfUp) } else { price })
    });
    let mut prices = scaled.collect::<Option<Vec<_>>>()?;
    carry_rest(lines, &mut prices, total)?;
    Some(prices)
}

/// Puts what is missing to the total, or too much, into the largest line whose price can say it to the minor unit.
fn carry_rest(lines: &[LineTerms], prices: &mut [UnitPrice], total: Amount) -> Option<()> {
    let net = |(line, price): (&LineTerms, &UnitPrice)| price.times(line.quantity, Rounding::HalfUp).ok();
    let nets = lines.iter().zip(prices.iter()).map(net).collect::<Option<Vec<Amount>>>()?;
    let rest = total.minus(Amount::sum(total.currency(), nets.iter().copied()).ok()?).ok()?;
    if rest.minor() == 0 {
        return Some(());
    }
    let mut places: Vec<usize> = (0..nets.len()).collect();
    places.sort_by_key(|at| std::cmp::Reverse(nets.get(*at).map(|net| net.minor())));
    for at in places {
        let (line, net, price) = (lines.get(at)?, nets.get(at)?, prices.get_mut(at)?);
        let Some(carrying) = price_of(line.quantity, net.plus(rest).ok()?) else { continue };
        // Nobody asks for more than the price of today.
        if carrying.micros() <= line.price.micros().max(price.micros()) {
            *price = carrying;
            break;
        }
    }
    Some(())
}

/// The price at which a quantity comes to exactly `net`; `None` where no price of a millionth's steps does.
fn price_of(quantity: Quantity, net: Amount) -> Option<UnitPrice> {
    let per_minor = i128::from(net.currency().micros_per_minor());
    let micros = i128::from(net.minor()) * per_minor * i128::from(Quantity::SCALE);
    let micros = i64::try_from(Rounding::HalfUp.divide(micros, i128::from(quantity.thousandths().max(1)))).ok()?;
    let price = UnitPrice::new(micros, net.currency());
    price.times(quantity, Rounding::HalfUp).is_ok_and(|back| back == net).then_some(price)
}
