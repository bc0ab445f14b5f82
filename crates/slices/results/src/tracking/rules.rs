//! What came of a negotiation, as a function over values.

use kernel::{Amount, Currency, Date, Instant, ProductId, Quantity, Rounding, UnitPrice};
use negotiation::negotiations::{Negotiation, State};
use negotiation::offers::OfferState;
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
    pub(crate) waterfall: Option<Waterfall>,
    /// The costs are today's, not those of the decision.
    pub(crate) is_estimated: bool,
    /// Levers whose offers the buyer looked at closely.
    pub(crate) looked_at: Vec<Lever>,
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
    pub(crate) net_minor: i64,
    pub(crate) costs: Option<Costs>,
    pub(crate) is_estimated: bool,
    pub(crate) baseline_minor: i64,
    /// Zero where no cost is known.
    pub(crate) baseline_pocket_minor: i64,
    pub(crate) is_baseline_paid: bool,
    pub(crate) volume_minor: i64,
    pub(crate) lines: Vec<AgreedLine>,
    /// Lever, looked at, taken.
    pub(crate) levers: Vec<(Lever, bool, bool)>,
}

/// What an agreed deal costs, and what is left.
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
    let net = agreed.map_or(0, |row| inside(row.net));
    let (baseline, is_baseline_paid) = baseline(n, &lines, &beside.paid);
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
        net_minor: net,
        costs: agreed.and(beside.waterfall).map(|fall| costs_of(&fall, &inside)),
        is_estimated: beside.is_estimated,
        baseline_minor: inside(baseline),
        baseline_pocket_minor: beside.waterfall.map_or(0, |fall| inside(baseline_pocket(n, &lines, &fall, baseline))),
        is_baseline_paid,
        volume_minor: inside(volume(n, &lines)),
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

fn agreed_lines(n: &Negotiation) -> Vec<AgreedLine> {
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

/// Prices times quantities; what does not fit counts as nothing.
fn worth(currency: Currency, lines: impl Iterator<Item = (UnitPrice, Quantity)>) -> Amount {
    let values = lines.map(|(price, quantity)| price.times(quantity, Rounding::HalfUp).map_or(0, Amount::minor));
    Amount::new(values.fold(0_i64, i64::saturating_add), currency)
}

/// What this deal would have brought without a negotiation: the asked quantities (no more than agreed) at the price that
/// this customer paid on average in the 90 days before the first ask, or at the list price where the customer bought none.
/// Says also whether every line had a price paid.
fn baseline(n: &Negotiation, lines: &[AgreedLine], paid: &[(ProductId, i64, i64)]) -> (Amount, bool) {
    let matched = |line: &AgreedLine| {
        let (_, net, bought) = paid.iter().find(|(product, _, bought)| *product == line.product && *bought > 0)?;
        let quantity = without_more(n, line).thousandths();
        let minor = Rounding::HalfUp.divide(i128::from(*net) * i128::from(quantity), i128::from(*bought));
        i64::try_from(minor).ok()
    };
    let at_list = |line: &AgreedLine| worth(n.currency, std::iter::once((line.list, without_more(n, line)))).minor();
    let values = lines.iter().map(|line| matched(line).unwrap_or_else(|| at_list(line)));
    let is_paid = !lines.is_empty() && lines.iter().all(|line| matched(line).is_some());
    (Amount::new(values.fold(0_i64, i64::saturating_add), n.currency), is_paid)
}

/// The agreed quantity of a line as far as it was asked for.
fn without_more(n: &Negotiation, line: &AgreedLine) -> Quantity {
    let asked = n.lines.iter().find(|asked| asked.product == line.product).map_or(0, |l| l.quantity.thousandths());
    Quantity::new(line.quantity.thousandths().min(asked), line.quantity.unit())
}

/// What the baseline would have left: the same costs, those of the goods by the share of the list value.
fn baseline_pocket(n: &Negotiation, lines: &[AgreedLine], fall: &Waterfall, baseline: Amount) -> Amount {
    let asked = worth(n.currency, lines.iter().map(|line| (line.list, without_more(n, line))));
    let all = worth(n.currency, lines.iter().map(|line| (line.list, line.quantity)));
    let share = kernel::Rate::from_ppm(share_ppm(asked.minor(), all.minor()));
    let cost = fall.cost.portion(share, Rounding::Up).map_or(0, Amount::minor);
    let other = [fall.handling, fall.freight, fall.financing].map(Amount::minor);
    let costs = other.into_iter().fold(cost, i64::saturating_add);
    Amount::new(baseline.minor().saturating_sub(costs), n.currency)
}

/// What was agreed beyond the quantity asked for, at agreed prices.
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

/// Each lever that the buyer was offered, once.
fn levers(n: &Negotiation, looked_at: &[Lever]) -> Vec<(Lever, bool, bool)> {
    let mut all: Vec<(Lever, bool, bool)> = Vec::new();
    for row in n.offers.iter().filter(|row| row.state.was_shown()) {
        let (lever, taken) = (row.offer.lever, row.state == OfferState::Taken);
        match all.iter_mut().find(|(known, _, _)| *known == lever) {
            Some(known) => known.2 |= taken,
            None => all.push((lever, looked_at.contains(&lever), taken)),
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

/// A share in parts per million; zero of nothing.
pub(crate) fn share_ppm(part: i64, whole: i64) -> i64 {
    if whole == 0 {
        return 0;
    }
    let ppm = Rounding::HalfUp.divide(i128::from(part) * 1_000_000, i128::from(whole));
    i64::try_from(ppm).unwrap_or(0)
}
