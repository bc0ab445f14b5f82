//! What came of a negotiation, as a function over values.

use kernel::{Amount, Currency, Date, Instant, ProductId, Quantity, Rounding, UnitPrice};
use negotiation::negotiations::{Negotiation, State};
use negotiation::offers::{OfferRow, OfferState};
use negotiation_engine::{Lever, Waterfall};
use terms::costs;

/// The sizes of deals by list value: each bucket ends below its number of whole units of the currency.
pub const SIZES: [i64; 4] = [1_000, 5_000, 25_000, 100_000];

/// What is known beside the negotiation itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beside {
    /// When a person was asked to decide, by the stored rounds.
    pub(crate) escalated: Vec<Instant>,
    /// Working minutes from the buyer's ask to the first decision of a person, where they were written down.
    pub(crate) answer_minutes: Option<i64>,
    /// When the first answer of a machine or person was there.
    pub(crate) first_answer: Option<Instant>,
    /// What is left of the agreed terms, in the deal's currency; `None` when no cost is known.
    pub(crate) agreed_pocket: Option<Amount>,
    /// What is left of what was ordered, the same way.
    pub(crate) waterfall: Option<Waterfall>,
    /// The costs are today's, not those of the decision.
    pub(crate) is_estimated: bool,
    /// Levers whose offers the buyer looked at closely.
    pub(crate) looked_at: Vec<Lever>,
    /// What orders of this deal took.
    pub(crate) ordered: Vec<OrderedLine>,
    /// What this customer paid for these products in the 90 days before: net minor units and thousandths.
    pub(crate) paid: Vec<(ProductId, i64, i64)>,
}

/// An agreed line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AgreedLine {
    pub(crate) product: ProductId,
    pub(crate) quantity: Quantity,
    pub(crate) price: UnitPrice,
    pub(crate) list: UnitPrice,
}

/// What orders took of a deal: a product at a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OrderedLine {
    pub(crate) product: ProductId,
    pub(crate) price: UnitPrice,
    pub(crate) quantity: Quantity,
    pub(crate) net: Amount,
}

/// A row of the read model, without what is copied from elsewhere. Amounts are in the currency that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Measured {
    pub(crate) outcome: &'static str,
    pub(crate) reason: String,
    pub(crate) week: Date,
    pub(crate) size: i64,
    pub(crate) is_escalated: bool,
    pub(crate) answer_seconds: i64,
    pub(crate) turnaround_seconds: Option<i64>,
    pub(crate) cycle_seconds: Option<i64>,
    pub(crate) list_minor: i64,
    pub(crate) ask_minor: i64,
    pub(crate) agreed_list_minor: i64,
    pub(crate) agreed_minor: i64,
    /// Zero where no cost is known.
    pub(crate) agreed_pocket_minor: i64,
    /// What was ordered of it, at list prices and at agreed ones. All amounts from here on are of what was ordered.
    pub(crate) ordered_list_minor: i64,
    pub(crate) net_minor: i64,
    pub(crate) is_ordered: bool,
    /// Less was ordered than agreed.
    pub(crate) is_short: bool,
    /// What was not ordered of the agreed value.
    pub(crate) rest_minor: i64,
    /// From when on the rest cannot be ordered any more; `None` when there is no deal, or no rest.
    pub(crate) lapses_at: Option<Instant>,
    pub(crate) costs: Option<Costs>,
    pub(crate) is_estimated: bool,
    pub(crate) baseline_minor: i64,
    /// Zero where no cost is known.
    pub(crate) baseline_pocket_minor: i64,
    pub(crate) is_baseline_paid: bool,
    pub(crate) volume_minor: i64,
    pub(crate) lines: Vec<AgreedLine>,
    pub(crate) levers: Vec<LeverSeen>,
}

/// A lever as the buyer was offered it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LeverSeen {
    pub(crate) lever: Lever,
    pub(crate) is_looked_at: bool,
    pub(crate) offers: i64,
    pub(crate) taken: i64,
}

/// What a deal costs as far as it was ordered, and what is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Costs {
    pub(crate) cost: i64,
    pub(crate) handling: i64,
    pub(crate) freight: i64,
    pub(crate) financing: i64,
    pub(crate) rebate: i64,
    pub(crate) bonus: i64,
    pub(crate) pocket: i64,
    /// What is missing to the floor; zero above it.
    pub(crate) leak: i64,
}

/// Works out the row. `to` is the currency of its amounts.
pub(crate) fn measure(n: &Negotiation, beside: &Beside, to: Currency) -> Measured {
    let inside = |amount: Amount| costs::convert(amount, to).minor();
    let (outcome, reason) = outcome(n);
    let lines = agreed_lines(n);
    let agreed = n.agreed();
    let ordered = ordered_lines(&lines, &beside.ordered);
    let (agreed_minor, net) =
        (agreed.map_or(0, |row| inside(row.net)), inside(ordered_net(n, &lines, &beside.ordered)));
    let (baseline, is_baseline_paid) = baseline(n, &ordered, &beside.paid);
    let is_short = !ordered.is_empty() && is_short(&lines, &ordered);
    let rest_minor = if is_short || ordered.is_empty() { agreed_minor.saturating_sub(net).max(0) } else { 0 };
    let turnaround = turnaround(n, beside);
    let list_value = inside(n.list_value);
    Measured {
        outcome,
        reason,
        week: week_of(n.opened_at),
        size: size_of(list_value, to),
        is_escalated: !beside.escalated.is_empty() || !n.decisions.is_empty(),
        answer_seconds: beside.first_answer.map_or(0, |at| seconds(n.opened_at, at)),
        turnaround_seconds: turnaround,
        cycle_seconds: n.closed_at.map(|end| seconds(n.opened_at, end)),
        list_minor: list_value,
        ask_minor: inside(n.ask_value),
        agreed_list_minor: inside(worth(n.currency, lines.iter().map(|line| (line.list, line.quantity)))),
        agreed_minor,
        agreed_pocket_minor: agreed.and(beside.agreed_pocket).map_or(0, inside),
        ordered_list_minor: inside(worth(n.currency, ordered.iter().map(|line| (line.list, line.quantity)))),
        net_minor: net,
        is_ordered: !ordered.is_empty(),
        is_short,
        rest_minor,
        lapses_at: agreed.filter(|_| is_short || ordered.is_empty()).map(|row| lapses_at(row, !ordered.is_empty())),
        costs: agreed.and(beside.waterfall).map(|fall| costs_of(&fall, &inside)),
        is_estimated: beside.is_estimated,
        baseline_minor: inside(baseline),
        baseline_pocket_minor: beside.waterfall.map_or(0, |fall| inside(baseline_pocket(n, &fall, baseline))),
        is_baseline_paid,
        volume_minor: inside(volume(n, &ordered)),
        levers: levers(n, &beside.looked_at),
        lines,
    }
}

/// `open`, `won` or `lost`, and why: a code with a text of its own.
fn outcome(n: &Negotiation) -> (&'static str, String) {
    let person = n.decisions.last();
    match n.stored_state {
        State::Agreed if person.is_some() => ("won", "person".into()),
        State::Agreed if n.round <= 1 && n.offers.len() == 1 => ("won", "at-once".into()),
        State::Agreed => ("won", "offer".into()),
        State::Declined => {
            let by_person = person.and_then(|last| last.reason.clone());
            ("lost", by_person.or_else(|| n.reason.clone()).unwrap_or_else(|| "other".into()).replace('_', "-"))
        }
        State::Expired => ("lost", "expired".into()),
        State::Withdrawn => ("lost", "withdrawn".into()),
        State::Offered | State::Waiting => ("open", n.stored_state.code().into()),
    }
}

pub(crate) fn agreed_lines(n: &Negotiation) -> Vec<AgreedLine> {
    let Some(row) = n.agreed() else { return Vec::new() };
    let list = |product: ProductId, price: UnitPrice| {
        let line = n.lines.iter().find(|line| line.product == product);
        line.map_or(price, |line| line.list_price)
    };
    let line = |line: &negotiation_engine::LineTerms| AgreedLine {
        product: line.product,
        quantity: line.quantity,
        price: line.price,
        list: list(line.product, line.price),
    };
    row.offer.terms.lines.iter().map(line).collect()
}

/// The agreed lines in the quantities that were ordered; what was not ordered at all is left out.
pub(crate) fn ordered_lines(agreed: &[AgreedLine], ordered: &[OrderedLine]) -> Vec<AgreedLine> {
    let taken = |line: &AgreedLine| {
        let of = ordered.iter().find(|of| of.product == line.product && of.price == line.price)?;
        (of.quantity.thousandths() > 0).then_some(AgreedLine { quantity: of.quantity, ..*line })
    };
    agreed.iter().filter_map(taken).collect()
}

/// What the orders came to for the lines of the deal, as invoiced.
fn ordered_net(n: &Negotiation, agreed: &[AgreedLine], ordered: &[OrderedLine]) -> Amount {
    let is_agreed = |of: &&OrderedLine| agreed.iter().any(|line| line.product == of.product && line.price == of.price);
    let minor = ordered.iter().filter(is_agreed).map(|of| of.net.minor());
    Amount::new(minor.fold(0_i64, i64::saturating_add), n.currency)
}

fn is_short(agreed: &[AgreedLine], ordered: &[AgreedLine]) -> bool {
    let taken = |line: &AgreedLine| ordered.iter().find(|of| of.product == line.product && of.price == line.price);
    agreed.iter().any(|line| taken(line).is_none_or(|of| of.quantity.thousandths() < line.quantity.thousandths()))
}

/// What nobody ordered can be ordered while the offer holds. Once an order has used it up, the rest is gone.
fn lapses_at(row: &OfferRow, is_ordered: bool) -> Instant {
    if is_ordered && row.order_number.is_some() { row.made_at } else { row.offer.expires }
}

/// Prices times quantities; what does not fit counts as nothing.
fn worth(currency: Currency, lines: impl Iterator<Item = (UnitPrice, Quantity)>) -> Amount {
    let values = lines.map(|(price, quantity)| price.times(quantity, Rounding::HalfUp).map_or(0, Amount::minor));
    Amount::new(values.fold(0_i64, i64::saturating_add), currency)
}

/// What was ordered of this deal would have brought without a negotiation: the same quantities at the price that this customer
/// paid on average in the 90 days before the first ask, or at the list price where the customer bought none. Says also whether
/// every line had a price paid.
fn baseline(n: &Negotiation, lines: &[AgreedLine], paid: &[(ProductId, i64, i64)]) -> (Amount, bool) {
    let matched = |line: &AgreedLine| {
        let (_, net, bought) = paid.iter().find(|(product, _, bought)| *product == line.product && *bought > 0)?;
        let quantity = line.quantity.thousandths();
        let minor = Rounding::HalfUp.divide(i128::from(*net) * i128::from(quantity), i128::from(*bought));
        i64::try_from(minor).ok()
    };
    let at_list = |line: &AgreedLine| worth(n.currency, std::iter::once((line.list, line.quantity))).minor();
    let values = lines.iter().map(|line| matched(line).unwrap_or_else(|| at_list(line)));
    let is_paid = !lines.is_empty() && lines.iter().all(|line| matched(line).is_some());
    (Amount::new(values.fold(0_i64, i64::saturating_add), n.currency), is_paid)
}

/// What the baseline would have left: the same quantities cost the same. Nothing is paid back, and the supplier pays what it pays
/// without having been asked for this deal.
fn baseline_pocket(n: &Negotiation, fall: &Waterfall, baseline: Amount) -> Amount {
    let costs = [fall.cost, fall.handling, fall.freight, fall.financing].map(Amount::minor);
    let costs = costs.into_iter().fold(0_i64, i64::saturating_add);
    let bonus = fall.bonus.minor().saturating_sub(fall.support.minor());
    Amount::new(baseline.minor().saturating_sub(costs).saturating_add(bonus), n.currency)
}

/// The quantity of a line as far as it was asked for.
fn without_more(n: &Negotiation, line: &AgreedLine) -> Quantity {
    let asked = n.lines.iter().find(|asked| asked.product == line.product).map_or(0, |l| l.quantity.thousandths());
    Quantity::new(line.quantity.thousandths().min(asked), line.quantity.unit())
}

/// What was ordered beyond the quantity asked for, at agreed prices.
fn volume(n: &Negotiation, lines: &[AgreedLine]) -> Amount {
    let more = |line: &AgreedLine| {
        let asked = without_more(n, line).thousandths();
        Quantity::new(line.quantity.thousandths() - asked, line.quantity.unit())
    };
    worth(n.currency, lines.iter().map(|line| (line.price, more(line))))
}

/// From the buyer's ask to the first decision of a person, in working time as everywhere. Of decisions from before that was
/// written down, the time by the clock.
fn turnaround(n: &Negotiation, beside: &Beside) -> Option<i64> {
    let decided = n.decisions.first()?.at;
    if let Some(minutes) = beside.answer_minutes {
        return Some(minutes.saturating_mul(60));
    }
    let asked = beside.escalated.iter().copied().filter(|at| *at <= decided).max();
    Some(seconds(asked.unwrap_or(n.asked_at.min(decided)), decided))
}

fn seconds(from: Instant, to: Instant) -> i64 {
    to.since(from).max(0) / Instant::SECOND
}

fn costs_of(fall: &Waterfall, inside: &dyn Fn(Amount) -> i64) -> Costs {
    let floor = fall.net.portion(fall.floor, Rounding::Up).unwrap_or(fall.pocket);
    let missing = floor.minor().saturating_sub(fall.pocket.minor()).max(0);
    Costs {
        cost: inside(fall.cost),
        handling: inside(fall.handling),
        freight: inside(fall.freight),
        financing: inside(fall.financing),
        rebate: inside(fall.rebate),
        bonus: inside(fall.bonus),
        pocket: inside(fall.pocket),
        leak: inside(Amount::new(missing, floor.currency())),
    }
}

/// Each lever that the buyer was offered, once, with every offer of it that the buyer had.
fn levers(n: &Negotiation, looked_at: &[Lever]) -> Vec<LeverSeen> {
    let mut all: Vec<LeverSeen> = Vec::new();
    for row in n.offers.iter().filter(|row| row.state.was_shown()) {
        let (lever, taken) = (row.offer.lever, i64::from(row.state == OfferState::Taken));
        match all.iter_mut().find(|known| known.lever == lever) {
            Some(known) => (known.offers, known.taken) = (known.offers + 1, known.taken + taken),
            None => all.push(LeverSeen { lever, is_looked_at: looked_at.contains(&lever), offers: 1, taken }),
        }
    }
    all
}

/// The Monday of the week, by UTC.
pub(crate) fn week_of(at: Instant) -> Date {
    let day = at.date();
    // 1 January 1970 was a Thursday.
    day.plus_days(-(day.days() + 3).rem_euclid(7))
}

/// The place of a deal's size among [`SIZES`]; the last place is everything above.
pub(crate) fn size_of(list_minor: i64, currency: Currency) -> i64 {
    let units = list_minor / 10_i64.pow(currency.exponent());
    let place = SIZES.iter().position(|end| units < *end).unwrap_or(SIZES.len());
    i64::try_from(place).unwrap_or(0)
}

/// Within what a share of few lies with 95 % (Wilson), in parts per million; `None` of nothing.
#[expect(clippy::cast_possible_truncation, reason = "a share is between 0 and 1")]
pub(crate) fn between_ppm(part: i64, whole: i64) -> Option<(i64, i64)> {
    let (part, whole) = (u64::try_from(part).ok()?, u64::try_from(whole).ok()?);
    let tally = statistics::Tally::new(part, whole).ok()?;
    let interval = statistics::interval::wilson(&tally, 0.95).ok()?; // floats: shares of counts
    let ppm = |share: f64| (share * 1e6).round() as i64; // floats: shares of counts
    Some((ppm(interval.lower), ppm(interval.upper)))
}

/// A share; zero of nothing.
pub(crate) fn share(part: i64, whole: i64) -> kernel::Rate {
    kernel::Rate::from_ppm(share_ppm(part, whole))
}

/// A share in parts per million; zero of nothing.
pub(crate) fn share_ppm(part: i64, whole: i64) -> i64 {
    if whole == 0 {
        return 0;
    }
    let ppm = Rounding::HalfUp.divide(i128::from(part) * 1_000_000, i128::from(whole));
    i64::try_from(ppm).unwrap_or(0)
}
