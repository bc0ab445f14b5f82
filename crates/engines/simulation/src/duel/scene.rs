//! One deal to bargain over, with all that either side knows about it.
//!
//! floats: random draws of simulated deals, not money

use kernel::{Amount, Currency, Instant, Packing, ProductId, Quantity, Rate, Unit, UnitPrice};
use negotiation_engine::{
    Consolidation, Customer, FlexibleSaving, FreightCharge, LinePosition, LineTerms, ListLine, ListTerms, Position,
    Terms, Tier,
};
use statistics::Random;

/// When all talks take place.
const NOW: Instant = Instant::from_micros(1_790_000_000_000_000);
const EUR: Currency = Currency::Eur;
/// The largest discount on the list price that a buyer opens with: beyond 30 % policies send an ask to a person unread.
const OPENING_MAX: f64 = 0.28;

/// What only the buyer knows: what a deal is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Worth {
    /// The most that a unit of the wanted quantity is worth, on list terms (what another supplier takes, say).
    pub reservation: UnitPrice,
    /// What the first unit beyond the wanted quantity is worth, as a share of the reservation price.
    pub extra: Rate,
    /// By so much of the reservation price the worth of further units falls with each +100 % of the wanted quantity, down
    /// to nothing.
    pub extra_decline: Rate,
    /// Cost of money per year: paying a year earlier costs so much of the net value.
    pub money: Rate,
    /// Cost of each day that the delivery may come later; consolidated freight comes one day later.
    pub later_day: Amount,
    /// Cost of collecting the goods.
    pub collecting: Amount,
    /// Cost of committing to goods beyond what is usual, as a share of their net value.
    pub commitment: Rate,
    /// The chance that the turnover of a growth rebate is reached.
    pub growth: Rate,
    /// The discount on the list price that the buyer opens with.
    pub opening: Rate,
}

/// A deal about one product.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// What the seller knows.
    pub position: Position,
    /// How much the buyer wants.
    pub wanted: Quantity,
    /// What the buyer knows.
    pub worth: Worth,
    /// How often the buyer asks at most.
    pub rounds_max: u32,
    /// When.
    pub now: Instant,
    /// For draws and ties.
    pub seed: u64,
}

impl Scene {
    /// Scene number `number` of a seed: list value 300 to 40,000 EUR, cost 60 to 92 % of the list price, reservation
    /// price 82 to 108 % of it, everything else likewise within what is usual in the trade. About one buyer in three
    /// would also buy at the list price.
    pub fn generate(seed: u64, number: u64) -> Self {
        let random = &mut Random::from_stream(seed, number);
        let list_price = between_log(random, 0.5, 500.0);
        let list = (list_price * 100.0).round() / 100.0;
        let units = (between_log(random, 300.0, 40_000.0) / list).max(1.0);
        let packs = [1.0, 5.0, 10.0, 50.0, 100.0].into_iter().filter(|pack| pack * 4.0 <= units || *pack == 1.0);
        let packs: Vec<f64> = packs.collect();
        let pack = packs[random.below(packs.len() as u64) as usize];
        let wanted = pieces((units / pack).round().max(1.0) * pack);
        let worth = worth(random, list, units * list);
        let position = position(random, list, pack, wanted);
        let rounds_max = 3 + random.below(4) as u32;
        Self { position, wanted, worth, rounds_max, now: NOW, seed: random.bits() }
    }

    /// The wanted quantity at this price, on list terms.
    pub fn plainly(&self, price: UnitPrice) -> Terms {
        let line = LineTerms { product: self.position.list.lines[0].product, quantity: self.wanted, price };
        Terms::new(vec![line], self.position.list.payment_days)
    }

    /// The list price of the wanted quantity.
    pub fn list_price(&self) -> UnitPrice {
        self.position.list.lines[0].price_at(self.wanted).unwrap_or(UnitPrice::new(0, self.position.list.currency))
    }

    /// The same scene for a buyer of whom the company's largest quantity of late is known.
    #[must_use]
    pub fn anchored(mut self) -> Self {
        self.position.list.lines[0].anchor = Some(self.wanted);
        self
    }
}

fn worth(random: &mut Random, list: f64, value: f64) -> Worth {
    let reservation = list * between(random, 0.82, 1.08);
    let opens_at = reservation.min(list) * (1.0 - between(random, 0.02, 0.10));
    Worth {
        reservation: price(reservation),
        extra: rate(random, 0.75, 1.0),
        extra_decline: rate(random, 0.1, 0.6),
        money: rate(random, 0.02, 0.18),
        later_day: euro(value * between(random, 0.0, 0.0015)),
        collecting: euro(between(random, 10.0, 150.0)),
        commitment: rate(random, 0.005, 0.05),
        growth: rate(random, 0.2, 0.9),
        opening: Rate::from_ppm(ppm((1.0 - opens_at / list).min(OPENING_MAX))),
    }
}

fn position(random: &mut Random, list: f64, pack: f64, wanted: Quantity) -> Position {
    let line = line_position(random, list, wanted);
    let terms = ListTerms {
        freight: freight_charge(random),
        ..ListTerms::new(EUR, 30, vec![list_line(random, list, pack, wanted)])
    };
    let freight = between(random, 10.0, 60.0);
    Position {
        handling_order: euro(25.0),
        handling_line: euro(2.5),
        freight: euro(freight),
        capital: rate(random, 0.06, 0.10),
        consolidation: Some(Consolidation { freight: euro(freight * 0.6), unit_share: Rate::percent(60) }),
        flexible: vec![
            FlexibleSaving { days: 7, saves: euro(between(random, 0.0, 12.0)) },
            FlexibleSaving { days: 14, saves: euro(between(random, 12.0, 25.0)) },
        ],
        ..Position::new(customer(random), terms, vec![line])
    }
}

fn customer(random: &mut Random) -> Customer {
    let segment = ["general", "general", "key", "small"][random.below(4) as usize];
    let revenue = euro(between_log(random, 5_000.0, 500_000.0));
    Customer { turnover: random.chance(0.5).then_some(revenue), ..Customer::new(segment, revenue) }
}

fn freight_charge(random: &mut Random) -> Option<FreightCharge> {
    let charge = euro(between(random, 8.0, 40.0));
    random.chance(0.5).then(|| FreightCharge { charge, free_from: euro(1_000.0) })
}

fn list_line(random: &mut Random, list: f64, pack: f64, wanted: Quantity) -> ListLine {
    let mut tiers = vec![Tier { from: pieces(1.0), price: price(list) }];
    let (times, discount) = (between(random, 1.2, 3.0), between(random, 0.01, 0.04));
    if random.chance(0.5) {
        let from = pieces((wanted.thousandths() as f64 / 1_000.0 * times).round());
        tiers.push(Tier { from, price: price(list * (1.0 - discount)) });
    }
    let step = pieces(pack).thousandths();
    let packing = Packing { unit: Unit::Piece, pack: step, packs_per_pallet: 0, minimum: step, step };
    ListLine { product: product(), packing, tiers, anchor: None }
}

fn line_position(random: &mut Random, list: f64, wanted: Quantity) -> LinePosition {
    let class = ["general", "general", "commodity", "special"][random.below(4) as usize];
    let cost = price(list * between(random, 0.60, 0.92));
    let freight = price(list * between(random, 0.0, 0.02));
    let monthly = (wanted.thousandths() as f64 / 1_000.0 * between(random, 0.1, 0.8)).round();
    let monthly = random.chance(0.5).then(|| pieces(monthly));
    LinePosition { freight, monthly, ..LinePosition::new(product(), class, Some(cost), EUR) }
}

fn product() -> ProductId {
    ProductId::from_uuid(uuid::Uuid::from_u128(1))
}

fn between(random: &mut Random, low: f64, high: f64) -> f64 {
    low + (high - low) * random.unit()
}

/// As often between 1 and 10 as between 10 and 100.
fn between_log(random: &mut Random, low: f64, high: f64) -> f64 {
    between(random, low.ln(), high.ln()).exp()
}

fn rate(random: &mut Random, low: f64, high: f64) -> Rate {
    Rate::from_ppm(ppm(between(random, low, high)))
}

fn ppm(share: f64) -> i64 {
    (share * 1e6).round() as i64
}

fn euro(euro: f64) -> Amount {
    Amount::new((euro * 100.0).round() as i64, EUR)
}

/// Rounded to a hundredth of a cent.
fn price(euro: f64) -> UnitPrice {
    UnitPrice::new((euro * 1e4).round() as i64 * 100, EUR)
}

fn pieces(count: f64) -> Quantity {
    Quantity::whole(count as i64, Unit::Piece)
}
