//! Builders shared by the tests: a believable world around the textbook case, every part of which can be changed.

pub mod any;
pub mod table;

use kernel::{Amount, Currency, Instant, Packing, ProductId, Quantity, Rate, Unit, UnitPrice};
use negotiation_engine::{
    Customer, Decision, History, Inputs, LinePosition, LineTerms, ListLine, ListTerms, Offer, Policy, Position,
    Request, Terms, Tier, decide,
};

pub const EUR: Currency = Currency::Eur;
pub const NOW: Instant = Instant::from_micros(1_790_000_000_000_000);

pub fn product(number: usize) -> ProductId {
    let mut text = format!("{number:032x}");
    for at in [8, 13, 18, 23] {
        text.insert(at, '-');
    }
    ProductId::parse(&text).expect("32 hexadecimal digits make an id")
}

pub fn price(text: &str) -> UnitPrice {
    UnitPrice::parse(text, EUR).expect("a test's price")
}

pub fn micros(micros: i64) -> UnitPrice {
    UnitPrice::new(micros, EUR)
}

pub fn pieces(count: i64) -> Quantity {
    Quantity::whole(count, Unit::Piece)
}

pub fn packing(pack: i64) -> Packing {
    let pack = pack * Quantity::SCALE;
    Packing { unit: Unit::Piece, pack, packs_per_pallet: 20, minimum: pack, step: pack }
}

/// Everything that one decision depends on.
#[derive(Debug, Clone)]
pub struct World {
    pub policy: Policy,
    pub position: Position,
    pub history: History,
    pub request: Request,
    pub now: Instant,
    pub seed: u64,
}

/// One product as the tests describe it, prices in millionths, quantities in pieces.
#[derive(Debug, Clone, Copy)]
pub struct Goods {
    pub list: i64,
    pub cost: i64,
    pub pack: i64,
    pub asked: i64,
    pub quantity: i64,
}

pub fn list_line(number: usize, goods: &Goods) -> ListLine {
    let tiers = vec![Tier { from: pieces(1), price: micros(goods.list) }];
    ListLine { product: product(number), packing: packing(goods.pack), tiers, anchor: None }
}

pub fn line_position(number: usize, goods: &Goods) -> LinePosition {
    let line = LinePosition::new(product(number), "general", Some(micros(goods.cost)), EUR);
    LinePosition { lead_days: 14, ..line }
}

impl World {
    /// The textbook case: list 120.00, asked 110.00 for 2,000 pieces in packs of 50, cost 88.00.
    pub fn textbook() -> Self {
        Self::of(&[Goods { list: 120_000_000, cost: 88_000_000, pack: 50, asked: 110_000_000, quantity: 2_000 }])
    }

    pub fn of(goods: &[Goods]) -> Self {
        let numbered = || goods.iter().enumerate();
        let list = ListTerms::new(EUR, 30, numbered().map(|(number, goods)| list_line(number, goods)).collect());
        let lines = numbered().map(|(number, goods)| LineTerms {
            product: product(number),
            quantity: pieces(goods.quantity),
            price: micros(goods.asked),
        });
        Self {
            policy: Policy::starter(),
            position: Position {
                handling_order: Amount::new(2_500, EUR),
                handling_line: Amount::new(250, EUR),
                freight: Amount::new(30_000, EUR),
                capital: Rate::percent(8),
                ..Position::new(
                    Customer::new("general", Amount::new(20_000_000, EUR)),
                    list,
                    numbered().map(|(number, goods)| line_position(number, goods)).collect(),
                )
            },
            history: History::none(EUR),
            request: Request::new(Terms::new(lines.collect(), 30)),
            now: NOW,
            seed: 7,
        }
    }

    pub fn decide(&self) -> Decision {
        decide(&self.policy, &self.position, &self.history, &self.request, self.now, self.seed)
    }

    /// Asks for one line at these numbers (pieces, price in millionths, days) and keeps history and standing offers.
    pub fn ask(&mut self, quantity: i64, price: i64, days: u16) -> Decision {
        self.request.terms.lines[0].quantity = pieces(quantity);
        self.request.terms.lines[0].price = micros(price);
        self.request.terms.payment_days = days;
        self.ask_again()
    }

    /// Asks what the request holds and keeps history and standing offers.
    pub fn ask_again(&mut self) -> Decision {
        let decision = self.decide();
        self.history.rounds.push(self.request.terms.clone());
        for offer in offers(&decision) {
            if !self.history.standing.contains(offer) {
                self.history.standing.push(offer.clone());
            }
        }
        decision
    }

    pub fn inputs(&self) -> Inputs {
        Inputs {
            policy: self.policy.clone(),
            position: self.position.clone(),
            history: self.history.clone(),
            request: self.request.clone(),
            now: self.now,
            seed: self.seed,
        }
    }
}

/// What the buyer was offered.
pub fn offers(decision: &Decision) -> &[Offer] {
    match &decision.outcome {
        negotiation_engine::Answer::Counter(offers) => offers,
        negotiation_engine::Answer::Accept(offer) => std::slice::from_ref(offer),
        _ => &[],
    }
}

/// The offers that the engine worked out, shown to the buyer or not.
pub fn worked_out(decision: &Decision) -> &[Offer] {
    match &decision.outcome {
        negotiation_engine::Answer::Escalate(escalation) => &escalation.suggested,
        _ => offers(decision),
    }
}
