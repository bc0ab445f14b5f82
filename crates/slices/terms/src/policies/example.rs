//! A deal to try a policy on while it is written, and the tactic round by round. Both ask the engine itself.

use kernel::{Amount, Currency, Instant, Packing, ProductId, Quantity, Rate, Rounding, Unit, UnitPrice};
use negotiation_engine::{
    Alternative, AlternativeKind, Companion, Consolidation, Customer, Decision, Entry, FlexibleSaving, FreightCharge,
    History, LinePosition, LineTerms, ListLine, ListTerms, Policy, Position, Request, Terms, Tier, Waterfall, decide,
    evaluate,
};

use crate::costs::DealCosts;

/// A deal to try a policy on. Beside it stand another product that costs a tenth less, goods that could come along, and freight
/// that is charged, so that every lever has something to work with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The customer's segment.
    pub segment: String,
    /// The customer's revenue of twelve months.
    pub revenue: Amount,
    /// How that grew.
    pub growth: Option<Rate>,
    /// Over the credit limit or overdue.
    pub credit_hold: bool,
    /// The product's class.
    pub class: String,
    /// The product's category.
    pub category: Option<String>,
    /// The product's brand.
    pub brand: Option<String>,
    /// What is in stock.
    pub stock: Option<Quantity>,
    /// For how many days that lasts.
    pub stock_days: Option<u32>,
    /// List price of one piece.
    pub list: UnitPrice,
    /// Its cost.
    pub cost: UnitPrice,
    /// The price asked for.
    pub ask: UnitPrice,
    /// How many.
    pub quantity: Quantity,
    /// What serving a deal costs.
    pub costs: DealCosts,
}

/// Orders of the example are never so large that freight is free.
const FREE_FROM_MINOR: i64 = 100_000_000_000;
/// Fifty, in thousandths.
const PACK: i64 = 50_000;

impl Example {
    /// The textbook deal: listed at 120.00, asked at 110.00 for 2,000 pieces.
    pub fn textbook(currency: Currency) -> Self {
        let price = |whole: i64| UnitPrice::new(whole * 1_000_000, currency);
        Self {
            segment: "standard".into(),
            revenue: Amount::zero(currency),
            growth: None,
            credit_hold: false,
            class: "A".into(),
            category: None,
            brand: None,
            stock: None,
            stock_days: None,
            list: price(120),
            cost: price(80),
            ask: price(110),
            quantity: Quantity::whole(2_000, Unit::Piece),
            costs: DealCosts::STANDARD,
        }
    }

    /// The textbook deal at the seller's own costs of serving it.
    pub fn at_costs(currency: Currency, costs: DealCosts) -> Self {
        Self { costs, ..Self::textbook(currency) }
    }

    /// The product itself, the one that could take its place, and the one that could come along.
    pub(super) fn products() -> [ProductId; 3] {
        [0, 1, 2].map(|at| ProductId::from_uuid(uuid::Uuid::from_u128(at)))
    }

    /// Packs of fifty, where the quantity is made of them.
    fn packing(&self) -> Packing {
        let unit = self.quantity.unit();
        if self.quantity.thousandths() % PACK == 0 {
            return Packing { pack: PACK, packs_per_pallet: 20, minimum: PACK, step: PACK, unit };
        }
        Packing::single(unit)
    }

    fn list_line(&self, product: ProductId, price: UnitPrice) -> ListLine {
        let unit = self.quantity.unit();
        let tiers = vec![Tier { from: Quantity::whole(1, unit), price }];
        ListLine { product, packing: self.packing(), tiers, anchor: None }
    }

    fn line(&self, product: ProductId, cost: UnitPrice) -> LinePosition {
        LinePosition {
            stock: self.stock,
            stock_days: self.stock_days,
            category: self.category.clone(),
            brand: self.brand.clone(),
            ..LinePosition::new(product, self.class.clone(), Some(cost), self.list.currency())
        }
    }

    fn position(&self, policy: &Policy) -> Position {
        let (currency, costs) = (self.list.currency(), self.costs);
        let [product, other, along] = Self::products();
        let tenth = Rate::percent(10);
        let less = |price: UnitPrice, off: Rate| price.less(off, Rounding::HalfUp).to_tick(10_000, Rounding::HalfUp);
        let (other_list, other_cost) = (less(self.list, tenth), less(self.cost, Rate::percent(15)));
        let freight = costs.amount(costs.freight_order, currency);
        let list = ListTerms {
            freight: Some(FreightCharge { charge: freight, free_from: Amount::new(FREE_FROM_MINOR, currency) }),
            ..ListTerms::new(currency, 30, vec![self.list_line(product, self.list)])
        };
        let alternative = Alternative {
            of: product,
            kind: AlternativeKind::Cheaper,
            lasts: Rate::ONE,
            list: self.list_line(other, other_list),
            line: self.line(other, other_cost),
        };
        let companion =
            Companion { list: self.list_line(along, self.list), line: self.line(along, less(self.cost, tenth)) };
        let customer = Customer {
            growth: self.growth,
            credit_hold: self.credit_hold,
            turnover: Some(self.revenue),
            ..Customer::new(self.segment.clone(), self.revenue)
        };
        Position {
            handling_order: costs.amount(costs.handling_order, currency),
            handling_line: costs.amount(costs.handling_line, currency),
            freight,
            capital: costs.capital,
            exchange: crate::costs::exchange(currency, policy.currency),
            consolidation: Some(Consolidation {
                freight: Amount::new(freight.minor() / 2, currency),
                unit_share: Rate::percent(50),
            }),
            flexible: vec![FlexibleSaving { days: 5, saves: Amount::new(freight.minor() / 4, currency) }],
            alternatives: vec![alternative],
            companions: vec![companion],
            ..Position::new(customer, list, vec![self.line(product, self.cost)])
        }
    }

    fn terms(&self) -> Terms {
        let [product, ..] = Self::products();
        let line = LineTerms { product, quantity: self.quantity, price: self.ask };
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

/// A round of the tactic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TacticRound {
    /// Counted from 1.
    pub round: u32,
    /// The share of the way from target to floor.
    pub share: Rate,
    /// The margin demanded of a deal to which no narrower rule applies.
    pub margin: Rate,
    /// The plain discount.
    pub plain: Rate,
}

/// What a buyer gives up in each round of the curve where the policy does not ask for more: 0.65 % of the list price.
const MOVE: Rate = Rate::from_ppm(6_500);

/// What the buyer of [`tactic_rounds`] gives up in each round.
pub fn buyer_move(policy: &Policy) -> Rate {
    policy.tactic.move_min.max(MOVE)
}

/// The tactic round by round, against a buyer who gives up [`buyer_move`] each time.
pub fn tactic_rounds(policy: &Policy) -> Vec<TacticRound> {
    let general = policy.margins_for("", "");
    let (floor, target) = general.map_or((Rate::ZERO, Rate::ZERO), |row| (row.floor, row.target));
    // The curve is of the tactic alone, whoever may negotiate.
    let mut open = policy.clone();
    open.eligibility.segments.clear();
    open.eligibility.customers = None;
    open.eligibility.products = None;
    open.eligibility.person = None;
    let row = |round| {
        let share = share_at(&open, round);
        let (margin, plain) = (moved(target, floor, share), moved(policy.plain.from, policy.plain.to, share));
        TacticRound { round, share, margin, plain }
    };
    (1..=policy.tactic.rounds_max.clamp(1, 50)).map(row).collect()
}

fn moved(from: Rate, to: Rate, share: Rate) -> Rate {
    let way = (i128::from(to.ppm()) - i128::from(from.ppm())) * i128::from(share.ppm()) / 1_000_000;
    Rate::from_ppm(from.ppm() + i64::try_from(way).unwrap_or(0))
}

/// How far the tactic has moved at a round: read off the engine's own trace, so that the curve shows what the engine does.
fn share_at(policy: &Policy, round: u32) -> Rate {
    let example = Example::textbook(policy.currency);
    let step = buyer_move(policy).ppm();
    // From far enough above that no ask is agreed to at once.
    let first = (step * i64::from(policy.tactic.rounds_max.clamp(1, 50))).clamp(400_000, 950_000);
    let asked = |round: u32| {
        let discount = Rate::from_ppm((first - step * (i64::from(round) - 1)).max(0));
        let mut terms = example.terms();
        terms.lines[0].price = example.list.less(discount, Rounding::HalfUp);
        terms
    };
    let mut history = History::none(policy.currency);
    history.rounds = (1..round).map(asked).collect();
    let request = Request { person: true, ..Request::new(asked(round)) };
    let decision = decide(policy, &example.position(policy), &history, &request, Instant::from_micros(0), 0);
    let shares = decision.trace.entries().iter().find_map(|entry| match entry {
        Entry::Round { share, .. } => Some(*share),
        _ => None,
    });
    shares.unwrap_or(Rate::ZERO)
}
