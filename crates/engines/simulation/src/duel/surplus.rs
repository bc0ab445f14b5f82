//! What terms are worth to either side of a scene, in minor units of the deal's currency.
//!
//! floats: worth to a simulated buyer, measured and averaged, never charged

use kernel::{Quantity, UnitPrice};
use negotiation_engine::{FreightMode, History, ListLine, Policy, Terms, evaluate};

use super::{Point, Scene};

/// Quantities that a buyer without a deal looks at, beyond the wanted one.
const LIST_QUANTITIES: i64 = 24;

impl Scene {
    /// What the buyer gains by terms over what is had without them: buying the best quantity at list prices where that
    /// is worth it, else nothing. Counted on this order alone, as the seller counts.
    ///
    /// Worth of the goods − net − freight charge − cost of collecting, of waiting, of paying earlier (+ of paying later)
    /// − risk of a commitment + the part of a rebate that is likely to be earned.
    pub fn buyer_surplus(&self, terms: &Terms) -> f64 {
        self.value_of(terms) - self.outside()
    }

    /// What the seller gains by terms over the floor: `pocket − floor × net`. Not over cost, for under the floor no
    /// agreement without a person is possible, so the floor is what the seller has to lose; and not over the pocket of
    /// a sale at list, for the seller cannot know who would have bought anyway. `None` where the policy knows no such
    /// terms.
    pub fn seller_surplus(&self, policy: &Policy, terms: &Terms) -> Option<f64> {
        let waterfall = evaluate(policy, &self.position, &History::none(policy.currency), terms).ok()?;
        Some(waterfall.pocket.minor() as f64 - waterfall.floor.ppm() as f64 / 1e6 * waterfall.net.minor() as f64)
    }

    /// Both.
    pub fn point(&self, policy: &Policy, terms: &Terms) -> Option<Point> {
        Some(Point { seller: self.seller_surplus(policy, terms)?, buyer: self.buyer_surplus(terms) })
    }

    /// Whether the buyer would buy at list prices.
    pub fn buys_at_list(&self) -> bool {
        self.outside() > 0.0
    }

    fn outside(&self) -> f64 {
        let Some(line) = self.position.list.lines.first() else { return 0.0 };
        let wanted = self.wanted.thousandths();
        let quantities = (0..=LIST_QUANTITIES).map(|at| line.packing.round_up(wanted + wanted * at / 12));
        let values =
            quantities.map(|quantity| self.value_of(&self.at_list(line, Quantity::new(quantity, self.wanted.unit()))));
        values.fold(0.0, f64::max)
    }

    fn at_list(&self, line: &ListLine, quantity: Quantity) -> Terms {
        let mut terms = self.plainly(line.price_at(quantity).unwrap_or_else(|| self.list_price()));
        terms.lines[0].quantity = quantity;
        terms
    }

    fn value_of(&self, terms: &Terms) -> f64 {
        let Some(line) = terms.lines.first() else { return 0.0 };
        let (extras, worth) = (&terms.extras, &self.worth);
        let net = times(line.price, line.quantity);
        let later = f64::from(terms.payment_days) - f64::from(self.position.list.payment_days);
        let mut value = self.worth_of_goods(line.quantity) - net;
        value += net * worth.money.ppm() as f64 / 1e6 * later / 365.0;
        value -= worth.later_day.minor() as f64 * f64::from(extras.flexible_days);
        value -= match extras.freight {
            FreightMode::Usual => self.freight_charge(line.quantity),
            FreightMode::Free => 0.0,
            FreightMode::Consolidated => self.freight_charge(line.quantity) + worth.later_day.minor() as f64,
            FreightMode::Collected => worth.collecting.minor() as f64,
        };
        if let Some(commitment) = extras.commitment {
            let usual = self.position.lines[0].monthly.map_or(0, Quantity::thousandths) * i64::from(commitment.months);
            let beyond = commitment.total(line.quantity).thousandths() - usual.max(line.quantity.thousandths());
            let beyond = Quantity::new(beyond.max(0), line.quantity.unit());
            value -= worth.commitment.ppm() as f64 / 1e6 * times(line.price, beyond);
        }
        let rebate = extras.rebate.map_or(0.0, |rebate| rebate.rate.ppm() as f64 / 1e6);
        value + net * rebate * worth.growth.ppm() as f64 / 1e6
    }

    /// The wanted units at the reservation price, further ones at a falling share of it.
    fn worth_of_goods(&self, quantity: Quantity) -> f64 {
        let all = times(self.worth.reservation, self.wanted);
        let share = quantity.thousandths() as f64 / self.wanted.thousandths() as f64;
        if share <= 1.0 {
            return all * share;
        }
        let (first, decline) = (self.worth.extra.ppm() as f64 / 1e6, self.worth.extra_decline.ppm() as f64 / 1e6);
        let useful = if decline > 0.0 { (share - 1.0).min(first / decline) } else { share - 1.0 };
        all * (1.0 + first * useful - decline * useful * useful / 2.0)
    }

    /// What the buyer is charged for freight, by the seller's own count: no charge from an order value at list prices on.
    fn freight_charge(&self, quantity: Quantity) -> f64 {
        let list = &self.position.list;
        let Some((freight, line)) = list.freight.as_ref().zip(list.lines.first()) else { return 0.0 };
        let value = line.price_at(quantity).map_or(0.0, |price| times(price, quantity));
        if value < freight.free_from.minor() as f64 { freight.charge.minor() as f64 } else { 0.0 }
    }
}

fn times(price: UnitPrice, quantity: Quantity) -> f64 {
    let minor = price.currency().micros_per_minor() as f64 * Quantity::SCALE as f64;
    price.micros() as f64 * quantity.thousandths() as f64 / minor
}
