//! What a seller knows of the past: customers, products, deals, and what a deal costs.

use kernel::{Amount, CompanyId, Currency, Instant, Packing, ProductId, Quantity, Rate, UnitPrice};
use negotiation_engine::{
    Alternative, AlternativeKind, Companion, Customer, Lever, LinePosition, ListLine, ListTerms, Position, Tier,
};

/// A seller's past, in one currency. Customers and products are named by their place. Holds costs: for the office only.
#[derive(Debug, Clone, PartialEq)]
pub struct Market {
    /// The currency of every price and amount.
    pub currency: Currency,
    /// Usual days from invoice to payment.
    pub payment_days: u16,
    /// Who buys.
    pub customers: Vec<MarketCustomer>,
    /// What is sold.
    pub products: Vec<MarketProduct>,
    /// What was sold, in any order. Deals that name no customer or product, or hold impossible numbers, are left out.
    pub deals: Vec<PastDeal>,
    /// What a deal costs beside the goods.
    pub costs: DealCosts,
}

/// A customer as the policy sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct MarketCustomer {
    /// The company.
    pub id: CompanyId,
    /// The segment, as in the policy's rules.
    pub segment: String,
    /// ISO 3166 code of the country.
    pub country: Option<String>,
    /// Net revenue of the last twelve months.
    pub revenue: Amount,
    /// What is left of it after the cost of goods.
    pub margin: Option<Rate>,
    /// Revenue of the last twelve months over that of the twelve before, less one.
    pub growth: Option<Rate>,
    /// Orders of the last twelve months.
    pub orders: Option<u32>,
    /// How the seller's rules call the way it buys.
    pub behaviour: Option<String>,
}

/// A product as the policy sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct MarketProduct {
    /// The product.
    pub id: ProductId,
    /// The class, as in the policy's rules.
    pub class: String,
    /// The category.
    pub category: Option<String>,
    /// The brand.
    pub brand: Option<String>,
    /// Packs, minimum and step.
    pub packing: Packing,
    /// The list ladder of today.
    pub tiers: Vec<Tier>,
    /// Effective cost of one unit; `None` when it is not known.
    pub cost: Option<UnitPrice>,
    /// Free stock; `None` when stock sets no limit.
    pub stock: Option<Quantity>,
    /// Days until more than the stock can be there.
    pub lead_days: u16,
    /// Freight that the seller pays per unit.
    pub freight: UnitPrice,
    /// How it sells and how long it has lain, for the conditions of a policy.
    pub standing: Standing,
    /// Products that could take its place.
    pub alternatives: Vec<MarketAlternative>,
    /// Products that could come along, by place.
    pub companions: Vec<u32>,
}

/// How a product sells and how long it has lain, where it is known; see [`LinePosition`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// How often the stock turns over in a year.
    pub rotation: Option<Rate>,
    /// For how many days the stock lasts.
    pub stock_days: Option<u32>,
    /// How old the oldest of the stock is, in days.
    pub stock_age_days: Option<u32>,
    /// How much the quantity sold reacts to the price.
    pub sensitivity: Option<Rate>,
}

/// A product that could take another's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarketAlternative {
    /// Its place in [`Market::products`].
    pub product: u32,
    /// How it relates to the other.
    pub kind: AlternativeKind,
    /// One unit of it does the work of so many.
    pub lasts: Rate,
}

/// One line that was sold, or was talked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastDeal {
    /// The customer's place in [`Market::customers`].
    pub customer: u32,
    /// The product's place in [`Market::products`].
    pub product: u32,
    /// How much.
    pub quantity: Quantity,
    /// The list price of one unit at this quantity and time.
    pub list: UnitPrice,
    /// What one unit was sold for; where talks failed, the last price that the buyer could have had.
    pub paid: UnitPrice,
    /// When.
    pub at: Instant,
    /// What is known when it was a real negotiation or quote.
    pub talks: Option<Talks>,
    /// What came of it in the end; `None` where nothing was ordered, or the order was cancelled.
    pub ordered: Option<Ordered>,
}

/// What was really ordered of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ordered {
    /// How much; more or less than was talked about.
    pub quantity: Quantity,
    /// What one unit was sold for.
    pub price: UnitPrice,
}

/// What is known of a real negotiation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Talks {
    /// The first price that the buyer asked for.
    pub asked: UnitPrice,
    /// Rounds until the end; 0 when not known.
    pub rounds: u8,
    /// The lever of the offer that was taken, where known.
    pub lever: Option<Lever>,
    /// Whether it ended in a sale.
    pub agreed: bool,
    /// Whether a person had it.
    pub person: bool,
}

/// What a deal costs the seller beside the goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DealCosts {
    /// Handling of an order.
    pub handling_order: Amount,
    /// Handling of a line.
    pub handling_line: Amount,
    /// Freight of an order, apart from [`MarketProduct::freight`].
    pub freight_order: Amount,
    /// Cost of capital per year.
    pub capital: Rate,
}

impl DealCosts {
    /// Goods are all that costs.
    pub fn none(currency: Currency) -> Self {
        let nothing = Amount::zero(currency);
        Self { handling_order: nothing, handling_line: nothing, freight_order: nothing, capital: Rate::ZERO }
    }
}

impl Market {
    /// A market in which nothing has happened yet.
    pub fn empty(currency: Currency) -> Self {
        let (customers, products, deals) = (Vec::new(), Vec::new(), Vec::new());
        Self { currency, payment_days: 30, customers, products, deals, costs: DealCosts::none(currency) }
    }

    /// The position of a deal about these products, by place, with alternatives and companions of the first; `None` when
    /// there is no such customer or product. Deal and policy must be of the market's currency.
    pub fn position(&self, customer: u32, products: &[u32]) -> Option<Position> {
        let customer = self.customer(customer)?;
        let products = products.iter().map(|at| self.product(*at)).collect::<Option<Vec<_>>>()?;
        let lines = products.iter().map(|product| product.list_line()).collect();
        let list = ListTerms::new(self.currency, self.payment_days, lines);
        let lines = products.iter().map(|product| product.line(self.currency)).collect();
        let mut position = Position::new(customer.known(), list, lines);
        position.handling_order = self.costs.handling_order;
        position.handling_line = self.costs.handling_line;
        position.freight = self.costs.freight_order;
        position.capital = self.costs.capital;
        if let Some(first) = products.first() {
            position.alternatives = self.alternatives(first);
            position.companions = self.companions(first);
        }
        Some(position)
    }

    pub(crate) fn customer(&self, at: u32) -> Option<&MarketCustomer> {
        self.customers.get(usize::try_from(at).ok()?)
    }

    pub(crate) fn product(&self, at: u32) -> Option<&MarketProduct> {
        self.products.get(usize::try_from(at).ok()?)
    }

    fn alternatives(&self, of: &MarketProduct) -> Vec<Alternative> {
        let known = of.alternatives.iter().filter_map(|one| Some((one, self.product(one.product)?)));
        let alternative = |(one, product): (&MarketAlternative, &MarketProduct)| Alternative {
            of: of.id,
            kind: one.kind,
            lasts: one.lasts,
            list: product.list_line(),
            line: product.line(self.currency),
        };
        known.map(alternative).collect()
    }

    fn companions(&self, of: &MarketProduct) -> Vec<Companion> {
        let known = of.companions.iter().filter_map(|at| self.product(*at));
        known.map(|product| Companion { list: product.list_line(), line: product.line(self.currency) }).collect()
    }

    /// Whether the numbers of a deal are possible, and customer and product are there.
    pub(crate) fn is_sound(&self, deal: &PastDeal) -> bool {
        let price = |price: UnitPrice| {
            price.currency() == self.currency && (1..=UnitPrice::MICROS_MAX).contains(&price.micros())
        };
        let Some(product) = self.product(deal.product) else { return false };
        self.customer(deal.customer).is_some()
            && product.packing.step > 0
            && !product.tiers.is_empty()
            && deal.quantity.unit() == product.packing.unit
            && (1..=Quantity::THOUSANDTHS_MAX).contains(&deal.quantity.thousandths())
            && price(deal.list)
            && price(deal.paid)
            && deal.ordered.is_none_or(|ordered| {
                ordered.quantity.unit() == product.packing.unit
                    && (1..=Quantity::THOUSANDTHS_MAX).contains(&ordered.quantity.thousandths())
                    && price(ordered.price)
            })
            && deal.talks.is_none_or(|talks| price(talks.asked))
    }
}

impl MarketCustomer {
    fn known(&self) -> Customer {
        Customer {
            margin: self.margin,
            growth: self.growth,
            orders: self.orders,
            country: self.country.clone(),
            behaviour: self.behaviour.clone(),
            // Without a year to grow from nobody is offered a rebate for growth.
            turnover: Some(self.revenue).filter(|revenue| revenue.minor() > 0),
            ..Customer::new(self.segment.as_str(), self.revenue)
        }
    }
}

impl MarketProduct {
    /// The list terms of the product, without an anchor.
    pub(crate) fn list_line(&self) -> ListLine {
        ListLine { product: self.id, packing: self.packing, tiers: self.tiers.clone(), anchor: None }
    }

    fn line(&self, currency: Currency) -> LinePosition {
        LinePosition {
            stock: self.stock,
            lead_days: self.lead_days,
            freight: self.freight,
            category: self.category.clone(),
            brand: self.brand.clone(),
            rotation: self.standing.rotation,
            stock_days: self.standing.stock_days,
            stock_age_days: self.standing.stock_age_days,
            sensitivity: self.standing.sensitivity,
            ..LinePosition::new(self.id, self.class.as_str(), self.cost, currency)
        }
    }

    /// The list price of one unit when so much is ordered.
    pub(crate) fn price_at(&self, quantity: Quantity) -> Option<UnitPrice> {
        let reached = self.tiers.iter().filter(|tier| tier.from.thousandths() <= quantity.thousandths());
        let lowest = reached.min_by_key(|tier| tier.price.micros());
        lowest.or_else(|| self.tiers.iter().min_by_key(|tier| tier.from.thousandths())).map(|tier| tier.price)
    }
}
