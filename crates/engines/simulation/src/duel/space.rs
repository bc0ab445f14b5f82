//! All outcomes of a scene, on a grid.
//!
//! floats: utilities of simulated sides, not money

use kernel::{Quantity, UnitPrice};
use negotiation_engine::{Extras, FreightMode, Policy, Terms};

use super::{Point, Scene, distance_to_front, frontier, nash_point};

/// Quantities from the wanted one to the largest that the policy offers.
const QUANTITIES: i64 = 12;
/// Prices between what leaves the seller nothing over the floor, and the list price.
const PRICES: i64 = 80;

/// What is to be had in a scene: quantities, prices, payment, delivery and freight as far as the policy allows them.
///
/// Commitments and rebates are left out: on this order alone a commitment only costs the buyer, and a rebate costs the
/// seller more than it is worth to the buyer, so neither is ever on the front.
#[derive(Debug, Clone, PartialEq)]
pub struct Space {
    /// The Pareto front among outcomes that are rational for both, in parts of each side's most.
    pub front: Vec<Point>,
    /// The Nash point likewise.
    pub nash: Point,
    /// The most that each side can have while the other does not lose.
    pub most: Point,
    /// The most that both can have together.
    pub sum_max: f64,
}

impl Space {
    /// The space of a scene; `None` where no outcome leaves both sides a gain.
    pub fn of(scene: &Scene, policy: &Policy) -> Option<Self> {
        let points: Vec<Point> = outcomes(scene, policy).into_iter().filter(|point| point.is_rational()).collect();
        let most = |side: fn(&Point) -> f64| points.iter().map(side).fold(0.0, f64::max);
        let most = Point { seller: most(|point| point.seller), buyer: most(|point| point.buyer) };
        let nash = nash_point(&points).filter(|nash| nash.seller > 0.0 && nash.buyer > 0.0)?;
        let sum_max = points.iter().map(|point| point.sum()).fold(0.0, f64::max);
        let scaled = |point: Point| Point { seller: point.seller / most.seller, buyer: point.buyer / most.buyer };
        let front = frontier(&points).into_iter().map(scaled).collect();
        Some(Self { front, nash: scaled(nash), most, sum_max })
    }

    /// A point in parts of each side's most.
    pub fn scaled(&self, point: Point) -> Point {
        Point { seller: point.seller / self.most.seller, buyer: point.buyer / self.most.buyer }
    }

    /// The distances of an outcome to the front and to the Nash point.
    pub fn distances(&self, point: Point) -> (f64, f64) {
        let point = self.scaled(point);
        (distance_to_front(&self.front, point), self.nash.distance(point))
    }
}

/// Every outcome of the grid that leaves the seller the floor. Both sides' worth is a straight line in the price, so two prices of
/// each quantity and step are evaluated, and those between are on the line.
fn outcomes(scene: &Scene, policy: &Policy) -> Vec<Point> {
    let mut points = Vec::new();
    let list = &scene.position.list.lines[0];
    for quantity in quantities(scene, policy) {
        let Some(price) = list.price_at(quantity) else { continue };
        for mut terms in steps(scene, policy) {
            terms.lines[0].quantity = quantity;
            let at = |terms: &mut Terms, price: UnitPrice| {
                terms.lines[0].price = price;
                scene.point(policy, terms)
            };
            let half = UnitPrice::new(price.micros() / 2, price.currency());
            let Some((high, low)) = at(&mut terms, price).zip(at(&mut terms, half)) else { continue };
            points.extend(line(policy, price, high, low));
        }
    }
    points
}

fn quantities(scene: &Scene, policy: &Policy) -> Vec<Quantity> {
    let packing = scene.position.list.lines[0].packing;
    let wanted = scene.wanted.thousandths();
    let most = policy.volume.as_ref().map_or(wanted, |volume| wanted * (volume.multiple_max.ppm() / 1_000) / 1_000);
    let at = |at: i64| packing.round_up(wanted + (most - wanted) * at / QUANTITIES);
    let mut all: Vec<i64> = (0..=QUANTITIES).map(at).filter(|quantity| *quantity <= most.max(wanted)).collect();
    all.dedup();
    all.into_iter().map(|quantity| Quantity::new(quantity, scene.wanted.unit())).collect()
}

/// Every combination of payment, delivery and freight.
fn steps(scene: &Scene, policy: &Policy) -> Vec<Terms> {
    let usual = scene.position.list.payment_days;
    let mut days: Vec<u16> = policy.payment.iter().map(|row| row.days).collect();
    if !days.contains(&usual) {
        days.push(usual);
    }
    let modes: Vec<FreightMode> =
        [FreightMode::Usual].into_iter().chain(policy.freight.iter().map(|row| row.mode)).collect();
    let mut extras: Vec<Extras> = Vec::new();
    for flexible_days in [0].into_iter().chain(policy.delivery.iter().map(|row| row.days)) {
        extras.extend(modes.iter().map(|freight| Extras { flexible_days, freight: *freight, ..Extras::default() }));
    }
    let free = policy.delivery.iter().filter(|row| row.free_freight);
    extras.extend(free.map(|row| Extras { flexible_days: row.days, freight: FreightMode::Free, ..Extras::default() }));
    let plain = scene.plainly(scene.list_price());
    let all = days.into_iter().flat_map(|days| extras.iter().map(move |extras| (days, *extras)).collect::<Vec<_>>());
    all.map(|(payment_days, extras)| Terms { payment_days, extras, ..plain.clone() }).collect()
}

/// The outcomes from the list price down to the floor, on ticks.
fn line(policy: &Policy, list: UnitPrice, high: Point, low: Point) -> Vec<Point> {
    let fall = high.seller - low.seller;
    if high.seller < 0.0 || fall <= 0.0 {
        return Vec::new();
    }
    let tick = policy.tick_micros(list).max(1);
    let half = list.micros() - list.micros() / 2;
    let way = (high.seller / fall * half as f64).min(list.micros() as f64);
    let ticks = (way / tick as f64) as i64;
    let step = (ticks / PRICES).max(1);
    let shares = (0..=ticks / step).map(|at| (at * step * tick) as f64 / half as f64);
    let between =
        |share: f64| Point { seller: high.seller - fall * share, buyer: high.buyer + (low.buyer - high.buyer) * share };
    shares.map(between).collect()
}
