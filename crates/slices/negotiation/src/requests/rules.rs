//! Pure decisions about negotiations: where one stands, what may be done with it, and what an ask must look like.

use kernel::{Instant, Invalid, OfferId, Quantity, Rate, UnitPrice};

use super::{Negotiation, NegotiationRefusal, State};
use crate::costs::DECISIONS_MAX;
use crate::offers::{OfferRow, OfferState};
use negotiation_engine::{Condition, FreightMode, Lever, LineTerms, ListTerms, Offer, Terms};

/// Where a negotiation stands at `now`.
pub fn state(stored: State, expires_at: Option<Instant>, now: Instant) -> State {
    match stored {
        State::Offered if expires_at.is_some_and(|end| now >= end) => State::Expired,
        other => other,
    }
}

/// Whether the buyer may ask again.
///
/// # Errors
/// The refusal, in order of precedence.
pub fn may_ask_again(n: &Negotiation, decisions: i64, rounds_max: i64, now: Instant) -> Result<(), NegotiationRefusal> {
    if n.stored_state == State::Waiting {
        return Err(NegotiationRefusal::WithPerson);
    }
    if !n.is_live(now) {
        return Err(NegotiationRefusal::NotOpen);
    }
    let is_over = n.round >= rounds_max && !n.decisions.is_empty();
    if is_over || decisions >= DECISIONS_MAX { Err(NegotiationRefusal::RoundsExhausted) } else { Ok(()) }
}

/// Whether the buyer may give it to a person.
///
/// # Errors
/// The refusal, in order of precedence.
pub fn may_hand_over(n: &Negotiation, decisions: i64, now: Instant) -> Result<(), NegotiationRefusal> {
    if n.stored_state == State::Waiting {
        return Err(NegotiationRefusal::WithPerson);
    }
    if !n.is_live(now) {
        return Err(NegotiationRefusal::NotOpen);
    }
    if n.is_answered_by_person() {
        return Err(NegotiationRefusal::AnsweredByPerson);
    }
    if decisions >= DECISIONS_MAX { Err(NegotiationRefusal::RoundsExhausted) } else { Ok(()) }
}

/// Whether the buyer may take it back.
///
/// # Errors
/// [`NegotiationRefusal::NotOpen`].
pub fn may_withdraw(n: &Negotiation, now: Instant) -> Result<(), NegotiationRefusal> {
    let open = matches!(n.state(now), State::Offered | State::Waiting | State::Declined);
    if open { Ok(()) } else { Err(NegotiationRefusal::NotOpen) }
}

/// The offer that may be taken. Taking the same offer twice is taking it once.
///
/// # Errors
/// The refusal, in order of precedence; `None` when the negotiation has no such offer for the buyer's eyes.
pub fn may_take(n: &Negotiation, id: OfferId, now: Instant) -> Option<Result<&OfferRow, NegotiationRefusal>> {
    let row = n.offers.iter().find(|row| row.id == id && row.state != OfferState::Suggested)?;
    Some(match row.state {
        OfferState::Taken => Ok(row),
        _ if matches!(n.stored_state, State::Agreed | State::Withdrawn) => Err(NegotiationRefusal::NotOpen),
        OfferState::Open if now < row.offer.expires => Ok(row),
        OfferState::Open => Err(NegotiationRefusal::OfferExpired),
        _ => Err(NegotiationRefusal::OfferNotStanding),
    })
}

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

/// Terms that a person offers, as an offer: what the buyer must do beyond the ask in sentences, and what it saves.
pub fn offer_of(list: &ListTerms, asked: &Terms, terms: &Terms, expires: Instant) -> Option<Offer> {
    let at_list = list.at(terms)?;
    let value = |terms: &Terms| crate::offers::store::net(terms, list.currency).ok();
    let saving = value(&at_list)?.minus(value(terms)?).ok()?;
    let mut conditions: Vec<Condition> = Vec::new();
    for (line, asked) in terms.lines.iter().zip(&asked.lines) {
        let more = line.quantity.thousandths().saturating_sub(asked.quantity.thousandths());
        if more > 0 {
            let more = Quantity::new(more, line.quantity.unit());
            conditions.push(Condition::OrderMore { product: line.product, more, total: line.quantity });
        }
    }
    let more = !conditions.is_empty();
    match terms.payment_days {
        days if days >= asked.payment_days => {}
        0 => conditions.push(Condition::Prepay),
        days => conditions.push(Condition::PayWithin { days }),
    }
    let sooner = terms.payment_days < asked.payment_days;
    if conditions.is_empty() {
        conditions.push(Condition::AsItIs);
    }
    let lever = match (more, sooner) {
        (false, false) => Lever::Plain,
        (true, false) => Lever::Volume,
        (false, true) => Lever::Payment,
        (true, true) => Lever::VolumePayment,
    };
    let up_to = terms.lines.iter().map(|line| line.quantity).collect();
    Some(Offer { lever, terms: terms.clone(), up_to, conditions, saving, expires })
}

/// The asked lines scaled to a total, each price rounded to the currency's minor unit: how the target of a whole cart
/// becomes prices of lines. The sum may miss the total by the rounding of the lines.
pub fn scale_to(lines: &[LineTerms], total: kernel::Amount) -> Option<Vec<UnitPrice>> {
    let currency = total.currency();
    let terms = Terms::new(lines.to_vec(), 0);
    let now = i128::from(crate::offers::store::net(&terms, currency).ok()?.minor());
    if now <= 0 {
        return None;
    }
    let tick = currency.micros_per_minor();
    let scaled = lines.iter().map(|line| {
        let micros = kernel::Rounding::HalfUp.divide(i128::from(line.price.micros()) * i128::from(total.minor()), now);
        let price = UnitPrice::new(i64::try_from(micros).ok()?, currency);
        // Cheap goods are priced in fractions of the minor unit; rounding those would change them too much.
        Some(if line.price.micros() >= 100 * tick { price.to_tick(tick, kernel::Rounding::HalfUp) } else { price })
    });
    scaled.collect()
}
