//! What one buyer and the seller sit down with: the position, what each offer is worth to the buyer, what a sale leaves.
//!
//! floats: a buyer's private worth is no money; what the seller earns is computed in integers by the engine

use kernel::{Amount, ProductId, Quantity, Rate, Rounding, UnitPrice};
use negotiation_engine::{
    CheckedPolicy, FreightMode, History, Lever, LineTerms, Offer, Position, Request, Terms, Unknown, Waterfall,
};

use crate::{
    buyers::{Buyer, at_its_time},
    figures::minor,
    market::{Market, MarketProduct},
};

/// One sale, in minor units of the market's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sale {
    pub(crate) lever: Lever,
    pub(crate) revenue: i64,
    /// The same quantities at list prices.
    pub(crate) list: i64,
    /// `None` without a known cost.
    pub(crate) pocket: Option<i64>,
    /// What would have been left of goods that are only brought forward.
    pub(crate) displaced: i64,
    /// What the buyer would not have needed, see [`Table::sale`].
    pub(crate) leakage: i64,
    /// What the buyer has from it.
    pub(crate) surplus: i64,
    /// What the wanted product costs over its list price, in parts per million; `None` where another is sold.
    pub(crate) price: Option<i64>,
    /// Whether terms better than the list's are under the floor.
    pub(crate) under_floor: bool,
}

/// The table of one buyer; the same for every arm.
pub(crate) struct Table<'a> {
    pub(crate) market: &'a Market,
    pub(crate) buyer: Buyer,
    pub(crate) position: Position,
    /// Without anything in it.
    pub(crate) none: History,
    product: &'a MarketProduct,
    /// The share of additional goods that would have been bought later anyway.
    brought_forward: Rate,
    /// The list price in units of the currency, and the wanted quantity.
    list: f64,
    wanted: f64,
}

impl<'a> Table<'a> {
    pub(crate) fn new(market: &'a Market, buyer: Buyer, brought_forward: Rate) -> Option<Self> {
        let product = market.product(buyer.product)?;
        let mut position = market.position(buyer.customer, &[buyer.product])?;
        if let Some((then, today)) = at_its_time(product, &buyer) {
            move_prices(&mut position, then, today);
        }
        let (list, wanted) = (buyer.list.micros() as f64 / 1e6, buyer.quantity.thousandths() as f64 / 1e3);
        let none = History::none(market.currency);
        Some(Self { none, market, buyer, position, product, brought_forward, list, wanted })
    }

    /// The deal at list prices, in units of the currency.
    pub(crate) fn value(&self) -> f64 {
        self.list * self.wanted
    }

    /// What is wanted.
    pub(crate) fn product_id(&self) -> ProductId {
        self.product.id
    }

    /// The list price of one unit when so much is ordered, at the deal's time.
    pub(crate) fn list_at(&self, quantity: Quantity) -> Option<UnitPrice> {
        self.position.list.lines.first()?.price_at(quantity)
    }

    /// The wanted quantity at this price, at the usual terms.
    pub(crate) fn terms(&self, price: UnitPrice) -> Terms {
        let line = LineTerms { product: self.product.id, quantity: self.buyer.quantity, price };
        Terms::new(vec![line], self.market.payment_days)
    }

    /// A price over the list price, in steps of about a ten-thousandth of it.
    pub(crate) fn price(&self, share: f64) -> UnitPrice {
        let list = self.buyer.list.micros();
        let step = 10_i64.pow(list.max(1).ilog10().saturating_sub(4));
        let micros = (list as f64 * share) as i64 / step * step;
        UnitPrice::new(micros.clamp(1, list), self.market.currency)
    }

    /// Whether a policy lets this buyer negotiate at all.
    pub(crate) fn may_negotiate(&self, policy: &CheckedPolicy<'_>) -> bool {
        let request = Request::new(self.terms(self.price(self.buyer.ask.min(1.0))));
        policy.may_negotiate(&self.position, &self.none, &request, self.buyer.at)
    }

    /// What the buyer has from buying at list prices, or from not buying at all.
    pub(crate) fn outside(&self) -> f64 {
        ((self.buyer.reservation - 1.0) * self.value()).max(0.0)
    }

    /// What the buyer has from getting the wanted goods at this share of the list price.
    pub(crate) fn surplus_at(&self, share: f64) -> f64 {
        (self.buyer.reservation - share) * self.value()
    }

    /// What an offer is worth to the buyer: the goods, less what is paid, less what the steps cost (see
    /// [`crate::buyers::tastes::Tastes`]). Negative infinity where a step is out of the question.
    pub(crate) fn surplus(&self, offer: &Offer) -> f64 {
        let (terms, tastes) = (&offer.terms, &self.buyer.tastes);
        let goods: f64 = terms.lines.iter().map(|line| self.goods(line)).sum();
        let paid: f64 = terms.lines.iter().map(|line| units(line.price) * amount_of(line)).sum();
        let extras = &terms.extras;
        let value = self.value();
        let freight = match extras.freight {
            FreightMode::Usual | FreightMode::Free => 0.0,
            FreightMode::Consolidated => tastes.consolidated,
            FreightMode::Collected => tastes.collected,
        };
        let waiting = cost(f64::from(extras.flexible_days), tastes.waiting);
        let further = extras.commitment.map_or(0.0, |commitment| f64::from(commitment.times.saturating_sub(1)));
        let earlier = f64::from(self.market.payment_days) - f64::from(terms.payment_days);
        let rebate = extras.rebate.map_or(0.0, |rebate| rebate.rate.ppm() as f64 / 1e6 * tastes.rebate);
        goods
            - value * (freight + waiting + cost(further, tastes.commitment))
            - paid * (1.0 - rebate + tastes.capital * earlier / 365.0)
    }

    /// What the goods of one line are worth to the buyer, less what it costs to have them.
    fn goods(&self, line: &LineTerms) -> f64 {
        let (tastes, quantity) = (&self.buyer.tastes, amount_of(line));
        let unit = self.list * self.buyer.reservation;
        if line.product == self.product.id {
            let extra = (quantity - self.wanted).max(0.0);
            let later = extra * unit.min(self.list);
            let times = extra / self.wanted.max(0.001);
            return quantity.min(self.wanted) * unit + later
                - self.value() * cost(0.5 * times * (1.0 + times), tastes.holding);
        }
        if self.position.alternatives.iter().any(|other| other.line.product == line.product) {
            return self.wanted * unit - cost(self.value(), tastes.switching);
        }
        let along = self.position.companions.iter().find(|other| other.line.product == line.product);
        let list = along.and_then(|other| other.list.price_at(line.quantity)).map_or(0.0, units);
        let worth = if line.price.micros() == 0 { tastes.free } else { tastes.along };
        list * quantity * worth
    }

    /// The sale of an offer. `surplus` is what the buyer has from it. Leakage is what was given away in vain: the part of
    /// the discount without which the buyer would still have taken the offer, `min(discount, surplus − outside)`.
    pub(crate) fn sale(&self, policy: &CheckedPolicy<'_>, lever: Lever, terms: &Terms, surplus: f64) -> Option<Sale> {
        let (revenue, list, pocket, under) = match self.waterfall(policy, terms) {
            Ok(found) => {
                let under = lever != Lever::List && found.margin < found.floor;
                (found.net, found.list, Some(found.pocket.minor()), under)
            }
            Err(_) => (self.sum(terms, false)?, self.sum(terms, true)?, None, false),
        };
        let currency = self.market.currency;
        let discount = list.minor().saturating_sub(revenue.minor()).max(0);
        let spare = minor((surplus - self.outside()).max(0.0), currency);
        Some(Sale {
            lever,
            revenue: revenue.minor(),
            list: list.minor(),
            pocket,
            displaced: if pocket.is_some() { self.displaced(terms) } else { 0 },
            leakage: discount.min(spare),
            surplus: minor(surplus, currency),
            price: self.price_of(terms),
            under_floor: under,
        })
    }

    fn price_of(&self, terms: &Terms) -> Option<i64> {
        let line = terms.lines.iter().find(|line| line.product == self.product.id)?;
        let list = i128::from(self.buyer.list.micros().max(1));
        i64::try_from(Rounding::HalfUp.divide(i128::from(line.price.micros()) * 1_000_000, list)).ok()
    }

    /// What list prices leave after cost and freight of the share of additional goods that is only brought forward.
    fn displaced(&self, terms: &Terms) -> i64 {
        let main = terms.lines.iter().find(|line| line.product == self.product.id);
        let Some((main, known)) = main.zip(self.position.lines.first()) else { return 0 };
        let extra = main.quantity.thousandths().saturating_sub(self.buyer.quantity.thousandths()).max(0);
        let cost = known.cost.map_or(0, UnitPrice::micros);
        let unit = i128::from(self.buyer.list.micros()) - i128::from(cost) - i128::from(known.freight.micros());
        let share = i128::from(self.brought_forward.ppm().clamp(0, 1_000_000));
        let minor = i128::from(self.market.currency.micros_per_minor()) * 1_000 * 1_000_000;
        i64::try_from(Rounding::HalfUp.divide(i128::from(extra) * unit * share, minor)).unwrap_or(0)
    }

    /// The sale at list prices, if the buyer would.
    pub(crate) fn list_sale(&self, policy: &CheckedPolicy<'_>) -> Option<Sale> {
        if self.buyer.reservation < 1.0 {
            return None;
        }
        self.sale(policy, Lever::List, &self.terms(self.buyer.list), self.outside())
    }

    /// The lowest price, in the policy's ticks, at which the margin that `demanded` reads (in parts per million) is left;
    /// at most the list price, which always stands. `None` without a known cost.
    pub(crate) fn lowest_price(
        &self,
        policy: &CheckedPolicy<'_>,
        demanded: fn(&Waterfall) -> i64,
    ) -> Option<UnitPrice> {
        let at_list = self.waterfall(policy, &self.terms(self.buyer.list)).ok()?;
        let margin = demanded(&at_list);
        let financing = share_ppm(at_list.financing, at_list.net).saturating_add(1);
        let keep = i128::from(1_000_000_i64.saturating_sub(margin).saturating_sub(financing));
        let fixed =
            [at_list.cost, at_list.handling, at_list.freight].iter().map(|part| i128::from(part.minor())).sum::<i128>()
                - i128::from(at_list.bonus.minor());
        let list = self.buyer.list;
        if keep <= 0 {
            return Some(list);
        }
        let nano = fixed * i128::from(self.market.currency.micros_per_minor()) * 1_000;
        let quantity = i128::from(self.buyer.quantity.thousandths().max(1));
        let micros = Rounding::Up.divide(Rounding::Up.divide(nano, quantity) * 1_000_000, keep);
        let mut price =
            UnitPrice::new(i64::try_from(micros).unwrap_or(i64::MAX).clamp(1, list.micros()), list.currency());
        // The invoice rounds to the minor unit: a tick or two more make up for it.
        for _ in 0..4 {
            let tick = policy.policy().tick_micros(price).max(1);
            price = price.to_tick(tick, Rounding::Up);
            if price.micros() >= list.micros() {
                break;
            }
            let found = self.waterfall(policy, &self.terms(price)).ok()?;
            if found.margin.ppm() >= margin {
                return Some(price);
            }
            price = UnitPrice::new(price.micros().saturating_add(tick), list.currency());
        }
        Some(list)
    }

    fn waterfall(&self, policy: &CheckedPolicy<'_>, terms: &Terms) -> Result<Waterfall, Unknown> {
        let lines = &self.position.lines;
        if terms.lines.len() == lines.len() && terms.lines.iter().zip(lines).all(|(a, b)| a.product == b.product) {
            return policy.evaluate(&self.position, &self.none, terms);
        }
        let products: Option<Vec<u32>> = terms.lines.iter().map(|line| self.place_of(line.product)).collect();
        let position = products.and_then(|products| self.market.position(self.buyer.customer, &products));
        policy.evaluate(&position.ok_or(Unknown::Inputs)?, &self.none, terms)
    }

    fn place_of(&self, product: ProductId) -> Option<u32> {
        let others = self.product.alternatives.iter().map(|other| other.product);
        let mut all = std::iter::once(self.buyer.product).chain(others).chain(self.product.companions.iter().copied());
        all.find(|at| self.market.product(*at).is_some_and(|one| one.id == product))
    }

    /// Terms in money, at their own or at list prices, where the engine cannot say.
    fn sum(&self, terms: &Terms, at_list: bool) -> Option<Amount> {
        let line = |line: &LineTerms| {
            let list = if line.product == self.product.id {
                self.position.list.lines.first()?.price_at(line.quantity)?
            } else {
                self.market.product(self.place_of(line.product)?)?.price_at(line.quantity)?
            };
            let price = if at_list { list } else { line.price };
            price.times(line.quantity, Rounding::HalfUp).ok()
        };
        let amounts = terms.lines.iter().map(line).collect::<Option<Vec<_>>>()?;
        Amount::sum(self.market.currency, amounts).ok()
    }
}

/// Moves the first line's ladder and cost from today's level to that of the deal.
fn move_prices(position: &mut Position, then: i64, today: i64) {
    let moved = |price: UnitPrice| {
        let micros = Rounding::HalfUp.divide(i128::from(price.micros()) * i128::from(then), i128::from(today.max(1)));
        let micros = i64::try_from(micros).unwrap_or(UnitPrice::MICROS_MAX).clamp(0, UnitPrice::MICROS_MAX);
        UnitPrice::new(micros, price.currency())
    };
    if let (Some(list), Some(line)) = (position.list.lines.first_mut(), position.lines.first_mut()) {
        list.tiers.iter_mut().for_each(|tier| tier.price = moved(tier.price));
        line.cost = line.cost.map(moved);
    }
}

/// A step that is not asked costs nothing, even where it is out of the question.
fn cost(steps: f64, each: f64) -> f64 {
    if steps > 0.0 { steps * each } else { 0.0 }
}

fn amount_of(line: &LineTerms) -> f64 {
    line.quantity.thousandths() as f64 / 1e3
}

fn units(price: UnitPrice) -> f64 {
    price.micros() as f64 / 1e6
}

/// A part of a whole in parts per million, rounded up.
fn share_ppm(part: Amount, whole: Amount) -> i64 {
    let ppm = Rounding::Up.divide(i128::from(part.minor()) * 1_000_000, i128::from(whole.minor().max(1)));
    i64::try_from(ppm).unwrap_or(i64::MAX)
}
