//! Pure rules about policies: faults as errors at fields, and the worked example.

use kernel::{Amount, Currency, Instant, Invalid, Packing, ProductId, Quantity, Rate, Unit, UnitPrice};

use crate::costs::DealCosts;
use crate::engine::{
    Customer, Decision, History, LinePosition, LineTerms, ListLine, ListTerms, Policy, PolicyFault, Position, Request,
    Terms, Tier, Waterfall, decide, evaluate,
};

/// Faults as errors at the paths of the policy's fields, e.g. `margins[2].floor`; codes are `policy-<fault>`.
pub fn invalid(faults: &[PolicyFault]) -> Invalid {
    faults.iter().fold(Invalid::default(), |all, fault| all.and(fault.path.clone(), code(fault.code), Vec::new()))
}

fn code(fault: &str) -> &'static str {
    match fault {
        "no-general-row" => "policy-no-general-row",
        "duplicate-row" => "policy-duplicate-row",
        "floor-above-target" => "policy-floor-above-target",
        "falls" => "policy-falls",
        "not-sorted" => "policy-not-sorted",
        "currency" => "policy-currency",
        "not-a-multiple" => "policy-not-a-multiple",
        _ => "policy-out-of-range",
    }
}

/// Whether two policies have the same rules, whatever their versions.
pub fn says_the_same(a: &Policy, b: &Policy) -> bool {
    Policy { version: 0, ..a.clone() } == Policy { version: 0, ..b.clone() }
}

/// A deal to try a policy on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The customer's segment.
    pub segment: String,
    /// The product's class.
    pub class: String,
    /// List price of one piece.
    pub list: UnitPrice,
    /// Its cost.
    pub cost: UnitPrice,
    /// The price asked for.
    pub ask: UnitPrice,
    /// How many.
    pub quantity: Quantity,
}

impl Example {
    /// The textbook deal: listed at 120.00, asked at 110.00 for 2,000 pieces.
    pub fn textbook(currency: Currency) -> Self {
        let price = |whole: i64| UnitPrice::new(whole * 1_000_000, currency);
        Self {
            segment: "standard".into(),
            class: "A".into(),
            list: price(120),
            cost: price(80),
            ask: price(110),
            quantity: Quantity::whole(2_000, Unit::Piece),
        }
    }

    fn product() -> ProductId {
        ProductId::from_uuid(uuid::Uuid::nil())
    }

    fn position(&self, policy: &Policy) -> Position {
        let (currency, costs) = (self.list.currency(), DealCosts::STANDARD);
        let unit = self.quantity.unit();
        let list = ListLine {
            product: Self::product(),
            packing: Packing::single(unit),
            tiers: vec![Tier { from: Quantity::whole(1, unit), price: self.list }],
            anchor: None,
        };
        let line = LinePosition::new(Self::product(), self.class.clone(), Some(self.cost), currency);
        let customer = Customer::new(self.segment.clone(), Amount::zero(policy.currency));
        Position {
            handling_order: costs.amount(costs.handling_order, currency),
            handling_line: costs.amount(costs.handling_line, currency),
            freight: costs.amount(costs.freight_order, currency),
            capital: costs.capital,
            exchange: crate::costs::exchange(currency, policy.currency),
            ..Position::new(customer, ListTerms::new(currency, 30, vec![list]), vec![line])
        }
    }

    fn terms(&self) -> Terms {
        let line = LineTerms { product: Self::product(), quantity: self.quantity, price: self.ask };
        Terms::new(vec![line], 30)
    }

    /// What the policy answers in the first round.
    pub fn decide(&self, policy: &Policy) -> Decision {
        let request = Request::new(self.terms());
        let history = History::none(policy.currency);
        decide(policy, &self.position(policy), &history, &request, Instant::from_micros(0), 0)
    }

    /// What is left of terms under the policy; `None` when it cannot be said.
    pub fn evaluate(&self, policy: &Policy, terms: &Terms) -> Option<Waterfall> {
        evaluate(policy, &self.position(policy), &History::none(policy.currency), terms).ok()
    }
}

/// The tactic round by round: demanded margin between a target and a floor, and the plain concession.
pub fn tactic_rounds(policy: &Policy) -> Vec<(u32, Rate, Rate, Rate)> {
    let general = policy.margins_for("", "");
    let (floor, target) = general.map_or((Rate::ZERO, Rate::ZERO), |row| (row.floor, row.target));
    let rounds = policy.tactic.rounds_max.clamp(1, 50);
    let share = |round: u32| step_share(policy, round);
    let moved = |from: Rate, to: Rate, share: Rate| {
        let way = (i128::from(to.ppm()) - i128::from(from.ppm())) * i128::from(share.ppm()) / 1_000_000;
        Rate::from_ppm(from.ppm() + i64::try_from(way).unwrap_or(0))
    };
    let row = |round| {
        let share = share(round);
        (round, share, moved(target, floor, share), moved(policy.plain.from, policy.plain.to, share))
    };
    (1..=rounds).map(row).collect()
}

/// How far the tactic has moved at a round: read off the engine's own trace, so that the curve shows what the engine does.
fn step_share(policy: &Policy, round: u32) -> Rate {
    let example = Example::textbook(policy.currency);
    let mut history = History::none(policy.currency);
    // Each earlier round asked clearly more, so that each is a real move of the buyer.
    let asked = |step: u32| {
        let gap = 40_000_000 - 38_000_000 / 50 * i64::from(step.min(50));
        let mut terms = example.terms();
        terms.lines[0].price = UnitPrice::new(example.list.micros() - gap, example.list.currency());
        terms
    };
    history.rounds = (1..round).map(asked).collect();
    let request = Request { person: true, ..Request::new(asked(round)) };
    let decision = decide(policy, &example.position(policy), &history, &request, Instant::from_micros(0), 0);
    let shares = decision.trace.entries().iter().find_map(|entry| match entry {
        crate::engine::Entry::Round { share, .. } => Some(*share),
        _ => None,
    });
    shares.unwrap_or(Rate::ZERO)
}
