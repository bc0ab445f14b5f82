//! Products of the past as a market knows them: what could be bought today, at the general list, with cost and stock.

use std::collections::{HashMap, HashSet};

use catalog::products::{OrderType, Product, SellerFacts};
use catalog::relations::{self, Relation, RelationKind};
use db::ReadTx;
use kernel::{CategoryId, CompanyId, Currency, Date, Outcome, ProductId, Quantity, Rate, UnitPrice};
use negotiation_engine::{AlternativeKind, Tier};
use pricing::{PriceBuyer, prices};
use simulation::{MarketAlternative, MarketProduct, Standing};
use terms::costs::DealCosts;
use terms::{facts, profiles};

use super::load::in_currency;

/// Products that are read at a time.
const BATCH: usize = 500;
/// Most alternatives, and most companions, that a product has: as many as a real decision looks at.
const EACH_MAX: usize = 5;

/// What goods are worked out from.
pub(super) struct Wanted<'a> {
    pub(super) currency: Currency,
    pub(super) today: Date,
    pub(super) costs: &'a DealCosts,
    /// Currencies of price lists to look at, the likeliest first.
    pub(super) currencies: &'a [Currency],
    /// What a year sold.
    pub(super) sold: &'a [(CompanyId, ProductId, Quantity)],
}

/// The goods of a market.
pub(super) struct Goods {
    pub(super) products: Vec<MarketProduct>,
    pub(super) skus: Vec<String>,
    pub(super) places: HashMap<ProductId, u32>,
    pub(super) costs: HashMap<ProductId, UnitPrice>,
}

/// A product with all that is known of it.
struct Known {
    product: Product,
    tiers: Vec<Tier>,
    facts: SellerFacts,
    sensitivity: Option<Rate>,
}

/// Loads what was bought and what relates to it, by SKU. Left out is what cannot be bought or has no price.
pub(super) async fn load(tx: &ReadTx, bought: &[ProductId], wanted: &Wanted<'_>) -> Outcome<Goods> {
    let mut related: HashMap<ProductId, Vec<Relation>> = HashMap::new();
    for some in bought.chunks(BATCH) {
        related.extend(relations::queries::of(tx, some).await?);
    }
    let others = related.values().flatten().map(|relation| relation.other);
    let ids: HashSet<ProductId> = bought.iter().copied().chain(others).collect();
    let ids: Vec<ProductId> = ids.into_iter().collect();
    let mut known = Vec::with_capacity(ids.len());
    for some in ids.chunks(BATCH) {
        known.extend(batch(tx, some, wanted).await?);
    }
    known.sort_by(|a, b| a.product.sku.cmp(&b.product.sku));
    let categories: Vec<CategoryId> = known.iter().map(|one| one.product.category).collect();
    let categories = codes(tx, categories).await?;
    let places: HashMap<ProductId, u32> = known.iter().map(|one| one.product.id).zip(0..).collect();
    let mut sold: HashMap<ProductId, i64> = HashMap::new();
    for (_, product, quantity) in wanted.sold {
        let sum = sold.entry(*product).or_default();
        *sum = sum.saturating_add(quantity.thousandths());
    }
    let standings: Vec<Standing> =
        known.iter().map(|one| standing(one, sold.get(&one.product.id).copied().unwrap_or(0), wanted.today)).collect();
    let slow: Vec<bool> = known.iter().zip(&standings).map(|(one, standing)| is_slow(one, standing)).collect();
    let product = |(one, standing): (&Known, &Standing)| {
        let relations = related.get(&one.product.id).map_or(&[][..], Vec::as_slice);
        let (alternatives, companions) = relatives(relations, &places, &slow);
        MarketProduct {
            alternatives,
            companions,
            category: categories.get(&one.product.category).cloned(),
            standing: *standing,
            ..market_product(one, wanted)
        }
    };
    let cost = |one: &Known| Some((one.product.id, one.facts.cost?));
    Ok(Goods {
        products: known.iter().zip(&standings).map(product).collect(),
        skus: known.iter().map(|one| one.product.sku.to_string()).collect(),
        costs: known.iter().filter_map(cost).collect(),
        places,
    })
}

async fn batch(tx: &ReadTx, ids: &[ProductId], wanted: &Wanted<'_>) -> Outcome<Vec<Known>> {
    let mut ladders: HashMap<ProductId, Vec<Tier>> = HashMap::new();
    let currencies = std::iter::once(&wanted.currency).chain(wanted.currencies);
    for currency in currencies {
        let missing: Vec<ProductId> = ids.iter().filter(|id| !ladders.contains_key(id)).copied().collect();
        if missing.is_empty() {
            break;
        }
        let found = prices::queries::ladders(tx, &PriceBuyer::guest(*currency), &missing, wanted.today).await?;
        for (id, resolved) in found {
            let tiers = facts::tiers(&resolved).into_iter();
            let tiers = tiers.map(|tier| Tier { price: in_currency(tier.price, wanted.currency), ..tier }).collect();
            ladders.insert(id, tiers);
        }
    }
    let mut facts = catalog::products::queries::seller_facts_many(tx, ids).await?;
    let profiles = profiles::queries::products(tx, ids).await?;
    let products = catalog::products::queries::products(tx, ids).await?.into_iter();
    let known = products.filter(|product| product.is_active).filter_map(|product| {
        let tiers = ladders.remove(&product.id).filter(|tiers| !tiers.is_empty())?;
        let sensitivity = profiles.get(&product.id).and_then(|profile| profile.sensitivity);
        Some(Known { facts: facts.remove(&product.id)?, tiers, sensitivity, product })
    });
    Ok(known.collect())
}

async fn codes(tx: &ReadTx, mut ids: Vec<CategoryId>) -> Outcome<HashMap<CategoryId, String>> {
    ids.sort_unstable();
    ids.dedup();
    let mut all = HashMap::with_capacity(ids.len());
    for some in ids.chunks(BATCH) {
        all.extend(catalog::categories::queries::codes(tx, some).await?);
    }
    Ok(all)
}

fn is_slow(one: &Known, standing: &Standing) -> bool {
    let in_stock = one.product.order_type == OrderType::Stock && one.product.stock.thousandths() > 0;
    in_stock && facts::is_slow(standing.stock_days, standing.stock_age_days)
}

fn market_product(one: &Known, wanted: &Wanted<'_>) -> MarketProduct {
    let product = &one.product;
    let is_stocked = product.order_type == OrderType::Stock;
    let stock = Quantity::new(product.stock.thousandths().max(0), product.packing.unit);
    MarketProduct {
        id: product.id,
        class: one.facts.class.clone(),
        category: None,
        brand: facts::brand(product),
        packing: product.packing,
        tiers: one.tiers.clone(),
        cost: one.facts.cost.map(|cost| in_currency(cost, wanted.currency)),
        stock: is_stocked.then_some(stock),
        lead_days: u16::try_from(product.lead_days).unwrap_or(u16::MAX),
        freight: wanted.costs.freight(product.weight_grams.max(0), wanted.currency),
        standing: Standing::default(),
        alternatives: Vec::new(),
        companions: Vec::new(),
    }
}

/// How a product sells, as a real decision of today would know it.
fn standing(one: &Known, sold: i64, today: Date) -> Standing {
    let stock = one.product.stock.thousandths().max(0);
    Standing {
        rotation: facts::rotation(sold, stock),
        stock_days: facts::stock_days(sold, stock),
        stock_age_days: one.facts.stock_since.and_then(|since| facts::age_days(since, today)),
        sensitivity: one.sensitivity,
    }
}

/// What could take a product's place, and slow movers that go with it; by place.
fn relatives(
    relations: &[Relation],
    places: &HashMap<ProductId, u32>,
    slow: &[bool],
) -> (Vec<MarketAlternative>, Vec<u32>) {
    let (mut alternatives, mut companions) = (Vec::new(), Vec::new());
    for relation in relations {
        let Some(place) = places.get(&relation.other).copied() else { continue };
        let kind = match relation.kind {
            RelationKind::Cheaper => AlternativeKind::Cheaper,
            RelationKind::LastsLonger => AlternativeKind::LastsLonger,
            RelationKind::GoesWith => {
                let is_slow = usize::try_from(place).ok().and_then(|at| slow.get(at).copied());
                if is_slow == Some(true) && companions.len() < EACH_MAX {
                    companions.push(place);
                }
                continue;
            }
        };
        if alternatives.len() < EACH_MAX {
            alternatives.push(MarketAlternative { product: place, kind, lasts: relation.lasts });
        }
    }
    (alternatives, companions)
}
