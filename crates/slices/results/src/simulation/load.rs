//! The installation's past as a [`Market`]: customers by number, products by SKU, deals by time, so that the same past gives
//! the same market whatever ids it was imported under.

use std::collections::HashMap;

use db::ReadTx;
use kernel::{CompanyId, Currency, Date, Instant, Outcome, ProductId, Quantity, Rounding, UnitPrice};
use parties::companies::Company;
use pricing::purchases::{self, CustomerYear, Purchase};

pub use simulation::Market;
use simulation::{MarketCustomer, Ordered, PastDeal, Talks};

use super::{goods, store};
use negotiation_engine::Lever;
use terms::costs::{self, DealCosts};
use terms::{cost_model, profiles};

/// So much of the past counts, up to the last purchase.
pub const HISTORY: i64 = 730 * Instant::DAY;
/// Lines that are read at a time.
const BATCH: i64 = 20_000;

/// The past of an installation.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// What the simulation works on.
    pub market: Market,
    /// What people call its products, by place: their SKUs.
    pub skus: Vec<String>,
    /// What people call its customers, by place.
    pub customers: Vec<String>,
}

/// A closed negotiation about one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ClosedTalks {
    pub(super) company: CompanyId,
    pub(super) product: ProductId,
    pub(super) quantity: Quantity,
    pub(super) list: UnitPrice,
    pub(super) asked: UnitPrice,
    /// What was agreed, else the best plain price that was offered, else the list price.
    pub(super) last: UnitPrice,
    pub(super) rounds: i64,
    pub(super) lever: Option<Lever>,
    pub(super) agreed: bool,
    /// Whether a person had it.
    pub(super) person: bool,
    pub(super) at: Instant,
    /// The order that used it.
    pub(super) order_number: Option<String>,
}

/// Loads the past, in one currency by reference rates. `today` is the day whose prices and costs count.
///
/// # Errors
/// A fault when the database fails.
pub async fn past(tx: &ReadTx, currency: Currency, now: Instant, today: Date) -> Outcome<Past> {
    let until = purchases::queries::newest(tx).await?.filter(|newest| *newest < now).unwrap_or(now);
    let since = until.plus(-HISTORY);
    let companies = companies(tx).await?;
    let mut deals = Deals::new(&companies, currency);
    deals.add_talks(&talks(tx, since, now).await?);
    deals.add_sales(tx, since).await?;
    let own = cost_model::queries::current(tx).await?;
    let year = until.plus(-costs::REVENUE_PERIOD);
    let sold = purchases::queries::sold(tx, year).await?;
    let years = purchases::queries::years(tx, year.plus(-costs::REVENUE_PERIOD), year).await?;
    let wanted = goods::Wanted { currency, today, costs: &own, currencies: &currencies(&years), sold: &sold };
    let goods = goods::load(tx, &deals.products, &wanted).await?;
    let mut profiles = profiles::rules::profiles(&years, &sold, &goods.costs, currency);
    let named = profiles::rules::compiled(&profiles::queries::behaviour_rules(tx).await?)?;
    for profile in &mut profiles {
        profile.behaviour = profiles::rules::behaviour(&named, profile);
    }
    let known: HashMap<CompanyId, profiles::Profile> =
        profiles.into_iter().map(|profile| (profile.company, profile)).collect();
    let market = Market {
        currency,
        payment_days: payment_days(&companies),
        customers: companies.iter().map(|company| customer(company, &known, currency)).collect(),
        costs: deal_costs(&own, currency, deals.sold),
        deals: deals.placed(&goods.places),
        products: goods.products,
    };
    Ok(Past { market, skus: goods.skus, customers: companies.into_iter().map(|company| company.name).collect() })
}

/// Whether anything was sold or negotiated that a market could be made from.
///
/// # Errors
/// A fault when the database fails.
pub async fn has_history(tx: &ReadTx) -> Outcome<bool> {
    Ok(purchases::queries::newest(tx).await?.is_some() || store::has_talks(tx).await?)
}

/// Those that may negotiate, by number.
async fn companies(tx: &ReadTx) -> Outcome<Vec<Company>> {
    let mut all = parties::companies::queries::all(tx).await?;
    all.retain(|company| !company.is_negotiation_blocked);
    all.sort_by(|a, b| a.number.cmp(&b.number));
    Ok(all)
}

async fn talks(tx: &ReadTx, since: Instant, now: Instant) -> Outcome<Vec<ClosedTalks>> {
    let mut all = Vec::new();
    let mut after = String::new();
    loop {
        let (some, last) = store::talks(tx, &after, since, now).await?;
        all.extend(some);
        let Some(last) = last else { return Ok(all) };
        after = last;
    }
}

/// Currencies of sales, the one with the most revenue first.
fn currencies(years: &[CustomerYear]) -> Vec<Currency> {
    let mut sums: HashMap<Currency, i64> = HashMap::new();
    for year in years {
        let net = year.net.minor().max(0).saturating_add(year.net_before.minor().max(0));
        let net = costs::convert(kernel::Amount::new(net, year.net.currency()), Currency::Eur);
        let sum = sums.entry(year.net.currency()).or_default();
        *sum = sum.saturating_add(net.minor());
    }
    let mut all: Vec<(Currency, i64)> = sums.into_iter().collect();
    all.sort_by_key(|(currency, sum)| (std::cmp::Reverse(*sum), currency.code()));
    all.into_iter().map(|(currency, _)| currency).collect()
}

/// The days that half of the customers have at most.
fn payment_days(companies: &[Company]) -> u16 {
    let mut days: Vec<i64> = companies.iter().map(|company| company.payment_days).collect();
    days.sort_unstable();
    days.get(days.len() / 2).and_then(|days| u16::try_from(*days).ok()).unwrap_or(30)
}

fn customer(company: &Company, known: &HashMap<CompanyId, profiles::Profile>, currency: Currency) -> MarketCustomer {
    let known = known.get(&company.id);
    MarketCustomer {
        id: company.id,
        segment: company.segment.clone(),
        country: Some(company.country.to_string()),
        revenue: known.map_or_else(|| kernel::Amount::zero(currency), |known| known.revenue),
        margin: known.and_then(|known| known.margin),
        growth: known.and_then(|known| known.growth),
        orders: known.and_then(|known| u32::try_from(known.orders).ok()),
        behaviour: known.and_then(|known| known.behaviour.clone()),
    }
}

/// A simulated deal is one line of an order, so it bears the part of what an order costs that falls to a line: with 20 lines to
/// an order, a twentieth.
fn deal_costs(own: &DealCosts, currency: Currency, sold: Sold) -> simulation::DealCosts {
    let part = |of_order: i64| {
        let (lines, orders) = (i128::from(sold.lines.max(1)), i128::from(sold.orders.max(1)));
        let part = Rounding::HalfUp.divide(i128::from(of_order) * orders.min(lines), lines);
        i64::try_from(part).unwrap_or(of_order)
    };
    simulation::DealCosts {
        handling_order: own.amount(part(own.handling_order), currency),
        handling_line: own.amount(own.handling_line, currency),
        freight_order: own.amount(part(own.freight_order), currency),
        capital: own.capital,
    }
}

/// A price in the market's currency.
pub(super) fn in_currency(price: UnitPrice, currency: Currency) -> UnitPrice {
    if price.currency() == currency { price } else { costs::convert_price(price, currency) }
}

/// How many orders were sold, and how many lines they had in all.
#[derive(Debug, Clone, Copy, Default)]
struct Sold {
    orders: i64,
    lines: i64,
}

/// Deals in the making: products are numbered as they come.
struct Deals {
    sold: Sold,
    currency: Currency,
    customers: HashMap<CompanyId, u32>,
    /// Products in the order of their numbers.
    products: Vec<ProductId>,
    numbers: HashMap<ProductId, u32>,
    deals: Vec<PastDeal>,
    /// Lines of orders that talks were ordered by: which of `deals` they belong to.
    ordered: HashMap<(String, ProductId), usize>,
}

impl Deals {
    fn new(companies: &[Company], currency: Currency) -> Self {
        let customers = companies.iter().map(|company| company.id).zip(0..).collect();
        let (products, numbers) = (Vec::new(), HashMap::new());
        let sold = Sold::default();
        Self { sold, currency, customers, products, numbers, deals: Vec::new(), ordered: HashMap::new() }
    }

    fn number(&mut self, product: ProductId) -> u32 {
        if let Some(number) = self.numbers.get(&product) {
            return *number;
        }
        let number = u32::try_from(self.products.len()).unwrap_or(u32::MAX);
        self.products.push(product);
        self.numbers.insert(product, number);
        number
    }

    fn add_talks(&mut self, all: &[ClosedTalks]) {
        for one in all {
            let Some(customer) = self.customers.get(&one.company).copied() else { continue };
            if let Some(order) = &one.order_number {
                self.ordered.entry((order.clone(), one.product)).or_insert(self.deals.len());
            }
            let price = |price: UnitPrice| in_currency(price, self.currency);
            let talks = Talks {
                asked: price(one.asked),
                rounds: u8::try_from(one.rounds).unwrap_or(u8::MAX),
                lever: one.lever,
                agreed: one.agreed,
                person: one.person,
            };
            let (list, paid) = (price(one.list), price(one.last));
            let product = self.number(one.product);
            let (quantity, at) = (one.quantity, one.at);
            // What was ordered is written to it by the lines of the order, as far as that was not cancelled.
            let talks = Some(talks);
            self.deals.push(PastDeal { customer, product, quantity, list, paid, at, talks, ordered: None });
        }
    }

    async fn add_sales(&mut self, tx: &ReadTx, since: Instant) -> Outcome<()> {
        let mut after = (String::new(), 0);
        loop {
            let lines = purchases::queries::sales(tx, since, (&after.0, after.1), BATCH).await?;
            let Some(last) = lines.last() else { return Ok(()) };
            // Lines come order by order.
            let mut order = after.0.as_str();
            for line in &lines {
                self.sold.lines += 1;
                self.sold.orders += i64::from(line.order_number != order);
                order = &line.order_number;
                self.add_sale(line);
            }
            after = (last.order_number.clone(), last.position);
        }
    }

    fn add_sale(&mut self, line: &Purchase) {
        let Some(customer) = self.customers.get(&line.company).copied() else { return };
        let (list, paid) = (in_currency(line.list_price, self.currency), in_currency(line.price, self.currency));
        let ordered = Ordered { quantity: line.quantity, price: paid };
        // Looked up only where there are talks: a key has to be made for it.
        let key = (!self.ordered.is_empty()).then(|| (line.order_number.clone(), line.product));
        let talked = key.and_then(|key| self.ordered.get(&key).copied());
        if let Some(deal) = talked.and_then(|at| self.deals.get_mut(at)) {
            deal.ordered = Some(together(deal.ordered, ordered));
            return;
        }
        let product = self.number(line.product);
        let (quantity, at, ordered) = (line.quantity, line.at, Some(ordered));
        self.deals.push(PastDeal { customer, product, quantity, list, paid, at, talks: None, ordered });
    }

    /// The deals with the places of their products, by time; without those of products that cannot be sold any more.
    fn placed(mut self, places: &HashMap<ProductId, u32>) -> Vec<PastDeal> {
        let places: Vec<Option<u32>> = self.products.iter().map(|product| places.get(product).copied()).collect();
        let place = |number: u32| usize::try_from(number).ok().and_then(|at| *places.get(at)?);
        self.deals.retain_mut(|deal| {
            let found = place(deal.product);
            deal.product = found.unwrap_or(0);
            found.is_some()
        });
        let talked = |deal: &PastDeal| deal.talks.map_or(0, |talks| talks.asked.micros());
        self.deals.sort_unstable_by_key(|deal| {
            let prices = (deal.quantity.thousandths(), deal.list.micros(), deal.paid.micros());
            (deal.at, deal.customer, deal.product, prices, talked(deal))
        });
        self.deals
    }
}

/// Two lines of an order about the same product: all of it, at the price that both come to.
fn together(before: Option<Ordered>, more: Ordered) -> Ordered {
    let Some(before) = before.filter(|before| before.quantity.unit() == more.quantity.unit()) else { return more };
    let value = |one: Ordered| i128::from(one.quantity.thousandths()) * i128::from(one.price.micros());
    let thousandths = before.quantity.thousandths().saturating_add(more.quantity.thousandths());
    let micros = Rounding::HalfUp.divide(value(before) + value(more), i128::from(thousandths.max(1)));
    Ordered {
        quantity: Quantity::new(thousandths, more.quantity.unit()),
        price: UnitPrice::new(i64::try_from(micros).unwrap_or(UnitPrice::MICROS_MAX), more.price.currency()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_bears_its_part_of_an_order() {
        let own = DealCosts::STANDARD;
        let of = |orders, lines| {
            let costs = deal_costs(&own, own.currency, Sold { orders, lines });
            (costs.handling_order.minor(), costs.handling_line.minor(), costs.freight_order.minor())
        };
        assert_eq!(of(0, 0), (2_500, 250, 4_000), "nothing was sold yet");
        assert_eq!(of(10, 10), (2_500, 250, 4_000));
        assert_eq!(of(10, 200), (125, 250, 200));
        assert_eq!(of(1, 3), (833, 250, 1_333));
    }
}
