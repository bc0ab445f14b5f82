//! Which products fit the conditions, and how many would fit for each value one could choose. Pure.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use catalog::attributes::{Attribute, AttributeKey, Kind, Value};
use catalog::natural_order;
use catalog::products::Product;

use super::asked::{Asked, Filter, Keys, Wanted};

/// Fewer numbers than this are better chosen one by one.
const VALUES_BEFORE_RANGE: usize = 12;
/// More would be a form, not a filter.
const FACETS_MAX: usize = 9;
/// An attribute that fewer products have (in per cent of those that fit) says little about them.
const COVERAGE_PERCENT_MIN: usize = 15;

/// A value that can be chosen.
#[derive(Debug, Clone)]
pub(super) struct FacetValue {
    pub(super) attribute: Arc<Attribute>,
    /// Products that the list would hold with it, as things are.
    pub(super) count: usize,
    pub(super) is_chosen: bool,
}

/// An attribute that can be filtered by.
#[derive(Debug, Clone)]
pub(super) struct Facet {
    pub(super) key: Arc<AttributeKey>,
    pub(super) values: Vec<FacetValue>,
    /// Bounds instead of values: what is set, and what there is, in thousandths.
    pub(super) range: Option<Range>,
    pub(super) is_active: bool,
}

/// Bounds of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) from: Option<i64>,
    pub(super) to: Option<i64>,
    pub(super) least: i64,
    pub(super) most: i64,
}

/// What fits, and what could be chosen.
#[derive(Debug, Clone, Default)]
pub(super) struct Selection {
    pub(super) products: Vec<Arc<Product>>,
    pub(super) facets: Vec<Facet>,
    /// Products of the list that are in stock.
    pub(super) in_stock: usize,
}

impl Wanted {
    fn fits(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Texts(wanted), Value::Text(text)) => wanted.iter().any(|w| w == text.first()),
            (Self::Numbers(wanted), Value::Number(number)) => wanted.contains(number),
            (Self::Flags(wanted), Value::Flag(flag)) => wanted.contains(flag),
            (Self::Between(from, to), Value::Number(number)) => {
                from.is_none_or(|from| *number >= from) && to.is_none_or(|to| *number <= to)
            }
            _ => false,
        }
    }
}

impl Filter {
    fn fits(&self, product: &Product) -> bool {
        product.attributes.iter().any(|a| *a.key == *self.key && self.wanted.fits(&a.value))
    }
}

/// Which condition a product fails.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fails {
    None,
    Filter(usize),
    Stock,
    Several,
}

fn fails(product: &Product, asked: &Asked) -> Fails {
    let mut fails = Fails::None;
    let filters = asked.filters.iter().enumerate().filter(|(_, filter)| !filter.fits(product));
    for at in
        filters.map(|(at, _)| Fails::Filter(at)).chain((asked.in_stock && !has_stock(product)).then_some(Fails::Stock))
    {
        if fails != Fails::None {
            return Fails::Several;
        }
        fails = at;
    }
    fails
}

fn has_stock(product: &Product) -> bool {
    product.stock.thousandths() > 0
}

/// Values count as if their own attribute were not filtered by, so that one sees what another choice would bring.
pub(super) fn select(products: &[Arc<Product>], asked: &Asked, keys: Keys<'_>) -> Selection {
    // Products share equal attributes, so counting by place in memory counts by value, and hashes no texts.
    let mut counts: HashMap<usize, (&Arc<Attribute>, usize)> = HashMap::new();
    let mut selection = Selection::default();
    for product in products {
        let fails = fails(product, asked);
        if fails == Fails::Several {
            continue;
        }
        if matches!(fails, Fails::None | Fails::Stock) && has_stock(product) {
            selection.in_stock += 1;
        }
        if fails == Fails::None {
            selection.products.push(Arc::clone(product));
        }
        for attribute in &product.attributes {
            let counts_here = match fails {
                Fails::None => true,
                Fails::Filter(at) => *asked.filters[at].key == *attribute.key,
                Fails::Stock | Fails::Several => false,
            };
            let entry = counts.entry(Arc::as_ptr(attribute) as usize).or_insert((attribute, 0));
            entry.1 += usize::from(counts_here);
        }
    }
    selection.facets = facets(counts.into_values(), selection.products.len(), asked, keys);
    selection
}

fn facets<'a>(
    counts: impl Iterator<Item = (&'a Arc<Attribute>, usize)>,
    fitting: usize,
    asked: &Asked,
    keys: Keys<'_>,
) -> Vec<Facet> {
    let mut by_key: BTreeMap<&str, Vec<(&Arc<Attribute>, usize)>> = BTreeMap::new();
    counts.for_each(|(attribute, count)| by_key.entry(&attribute.key).or_default().push((attribute, count)));
    let mut all: Vec<Facet> = Vec::new();
    for (key, values) in by_key {
        let Some(key) = keys(key).filter(|key| key.is_filter) else { continue };
        let filters: Vec<&Filter> = asked.filters.iter().filter(|filter| filter.key == key.key).collect();
        let having: usize = values.iter().map(|(_, count)| count).sum();
        let says_something = values.len() > 1 && having > 0 && having * 100 >= fitting * COVERAGE_PERCENT_MIN;
        if says_something || !filters.is_empty() {
            all.push(facet(key, values, &filters));
        }
    }
    all.sort_by(|a, b| (a.key.position, &a.key.key).cmp(&(b.key.position, &b.key.key)));
    let active = all.iter().filter(|facet| facet.is_active).count();
    let mut room = FACETS_MAX.saturating_sub(active);
    all.retain(|facet| {
        let fits = facet.is_active || room > 0;
        room = room.saturating_sub(usize::from(!facet.is_active));
        fits
    });
    all
}

fn facet(key: Arc<AttributeKey>, values: Vec<(&Arc<Attribute>, usize)>, filters: &[&Filter]) -> Facet {
    let is_active = !filters.is_empty();
    let numbers =
        || values.iter().filter_map(|(a, _)| if let Value::Number(number) = a.value { Some(number) } else { None });
    let bounds =
        filters.iter().find_map(|f| if let Wanted::Between(from, to) = f.wanted { Some((from, to)) } else { None });
    let one_by_one = filters.iter().any(|filter| matches!(filter.wanted, Wanted::Numbers(_)));
    let is_long = key.kind == Kind::Number && values.len() > VALUES_BEFORE_RANGE && !one_by_one;
    let range = (is_long || bounds.is_some()).then(|| {
        let (from, to) = bounds.unwrap_or_default();
        Range { from, to, least: numbers().min().unwrap_or(0), most: numbers().max().unwrap_or(0) }
    });
    let mut shown: Vec<FacetValue> = match range {
        Some(_) => Vec::new(),
        None => values
            .into_iter()
            .map(|(attribute, count)| FacetValue {
                is_chosen: filters.iter().any(|filter| filter.wanted.fits(&attribute.value)),
                attribute: Arc::clone(attribute),
                count,
            })
            .filter(|value| value.count > 0 || value.is_chosen)
            .collect(),
    };
    shown.sort_by(|a, b| order(&a.attribute.value, &b.attribute.value));
    Facet { key, values: shown, range, is_active }
}

fn order(a: &Value, b: &Value) -> std::cmp::Ordering {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => natural_order(a.first(), b.first()),
        _ => a.cmp(b),
    }
}
