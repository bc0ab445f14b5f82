//! What the seller knows of the goods of a deal: of those that are asked for, and of those that relate to them. All of it is
//! read together, because each statement costs more than the rows it brings.

use std::collections::{HashMap, HashSet};

use catalog::products::{OrderType, Product};
use catalog::relations::{self, Relation};
use db::ReadTx;
use kernel::{CategoryId, Currency, Date, Failure, NegotiationId, Outcome, ProductId, Quantity};
use negotiation_engine::LinePosition;
use parties::companies::Company;
use pricing::purchases::{self, Habit};
use pricing::{PriceBuyer, prices};
use terms::costs::{self, DealCosts};
use terms::{agreements, facts, profiles, support};

use super::situation::Asking;
use super::{Ask, further};

/// The goods of a deal.
pub(super) struct Goods {
    /// The asked products in the order of the ask.
    pub(super) asked: Vec<Product>,
    /// Products beside them that can be sold today.
    pub(super) others: HashMap<ProductId, Product>,
    /// What relates to which of the asked ones.
    pub(super) related: Vec<(ProductId, Relation)>,
    /// What the company bought of the asked ones lately.
    pub(super) habits: HashMap<ProductId, Habit>,
    /// The company's prices of all of them, empty where there are none.
    pub(super) tiers: HashMap<ProductId, Vec<negotiation_engine::Tier>>,
    /// What the seller knows of all of them.
    pub(super) positions: HashMap<ProductId, LinePosition>,
}

/// Loads the goods of an ask.
///
/// # Errors
/// Not found for an asked product that is not there, or is not sold any more.
pub(super) async fn load(
    tx: &ReadTx,
    asking: Asking<'_>,
    company: &Company,
    ask: &Ask,
    own: &DealCosts,
) -> Outcome<Goods> {
    let ids: Vec<ProductId> = ask.lines.iter().map(|line| line.product).collect();
    let related = further::wanted(&ids, &relations::queries::of(tx, &ids).await?);
    let all: HashSet<ProductId> = ids.iter().copied().chain(related.iter().map(|(_, other)| other.other)).collect();
    let all: Vec<ProductId> = all.into_iter().collect();
    let found = catalog::products::queries::products(tx, &all).await?;
    let mut products: HashMap<ProductId, Product> =
        found.into_iter().filter(|product| product.is_active).map(|product| (product.id, product)).collect();
    if ids.iter().any(|id| !products.contains_key(id)) {
        return Err(Failure::NotFound);
    }
    let since = asking.now.plus(-costs::LATELY);
    let habits = purchases::queries::habits(tx, company.id, &ids, since).await?;
    let ladders = prices::queries::ladders(tx, &PriceBuyer::of(company), &all, asking.today).await?;
    let seller = Seller { id: asking.id, currency: company.currency, today: asking.today, costs: own };
    let known: Vec<&Product> = products.values().collect();
    let positions = positions(tx, &known, &habits, seller).await?;
    Ok(Goods {
        asked: ids.iter().filter_map(|id| products.remove(id)).collect(),
        others: products,
        related,
        habits,
        tiers: ladders.into_iter().map(|(id, resolved)| (id, facts::tiers(&resolved))).collect(),
        positions,
    })
}

/// What positions are worked out from: the negotiation (for a supplier's support), the deal's currency, the day, the costs.
#[derive(Clone, Copy)]
struct Seller<'a> {
    id: NegotiationId,
    currency: Currency,
    today: Date,
    costs: &'a DealCosts,
}

async fn positions(
    tx: &ReadTx,
    products: &[&Product],
    habits: &HashMap<ProductId, Habit>,
    seller: Seller<'_>,
) -> Outcome<HashMap<ProductId, LinePosition>> {
    let Seller { id, currency, today, costs: own } = seller;
    let ids: Vec<ProductId> = products.iter().map(|product| product.id).collect();
    let mut facts = catalog::products::queries::seller_facts_many(tx, &ids).await?;
    let mut supports = support::queries::of_lines(tx, id, &ids, currency, today).await?;
    let mut bonuses = agreements::queries::of_products(tx, products, &facts, currency, today).await?;
    let sold = profiles::queries::products(tx, &ids).await?;
    let within: Vec<CategoryId> = products.iter().map(|product| product.category).collect();
    let categories = catalog::categories::queries::codes(tx, &within).await?;
    let position = |product: &&Product| {
        let facts = facts.remove(&product.id).ok_or(Failure::NotFound)?;
        let stocked = product.order_type == OrderType::Stock;
        let stock = product.stock.thousandths().max(0);
        let cost = facts.cost.map(|cost| costs::convert_price(cost, currency));
        let year = sold.get(&product.id).map_or(0, |profile| profile.sold);
        let line = LinePosition {
            stock: stocked.then(|| Quantity::new(stock, product.packing.unit)),
            lead_days: u16::try_from(product.lead_days).unwrap_or(u16::MAX),
            freight: own.freight(product.weight_grams.max(0), currency),
            bonus: bonuses.remove(&product.id).unwrap_or_default(),
            support: supports.remove(&product.id),
            monthly: habits.get(&product.id).map(|habit| facts::monthly(habit.total, costs::LATELY)),
            category: categories.get(&product.category).cloned(),
            brand: facts::brand(product),
            rotation: facts::rotation(year, stock),
            stock_days: facts::stock_days(year, stock),
            stock_age_days: facts.stock_since.and_then(|since| facts::age_days(since, today)),
            sensitivity: sold.get(&product.id).and_then(|profile| profile.sensitivity),
            ..LinePosition::new(product.id, facts.class, cost, currency)
        };
        Ok((product.id, line))
    };
    products.iter().map(position).collect()
}
