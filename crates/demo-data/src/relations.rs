//! Which products could take the place of another, and which go with it, worked out from attributes.
//!
//! Products of one category that differ in material or coating only are each other's alternatives: the next cheaper one does
//! the same, the next dearer one lasts longer, here half as long again. Nuts and washers that sell slowly go with screws of the
//! same thread and coating, strainers with valves of the same size and material.

use std::collections::HashMap;

use kernel::Rate;

use crate::{Attribute, AttributeValue, OrderType, Product, ProductClass, Relation, RelationKind};

/// What may differ between alternatives.
const MAY_DIFFER: [&str; 5] = ["material", "coating", "strength", "temperature_max", "temperature_min"];
/// Where screws are.
const SCREWS: [&str; 9] = [
    "hexagon-screws",
    "hexagon-bolts",
    "socket-screws",
    "countersunk-screws",
    "button-screws",
    "set-screws",
    "carriage-bolts",
    "machine-screws",
    "threaded-rods",
];
/// Where valves are.
const VALVES: [&str; 3] = ["ball-valves", "gate-globe-valves", "butterfly-valves"];
/// Most goods that go with a product.
const COMPANIONS_MAX: usize = 2;
/// How much longer the next dearer material lasts.
const LASTS: Rate = Rate::from_ppm(1_500_000);

/// All relations, product by product.
pub(crate) fn relations(products: &[Product]) -> Vec<Relation> {
    let mut all = alternatives(products);
    all.extend(companions(products));
    all
}

fn alternatives(products: &[Product]) -> Vec<Relation> {
    let mut groups: HashMap<String, Vec<&Product>> = HashMap::new();
    for product in products.iter().filter(|product| product.order_type == OrderType::Stock) {
        let same = product.attributes.iter().filter(|attribute| !MAY_DIFFER.contains(&attribute.key));
        let key = format!("{} {:?}", product.category, same.collect::<Vec<_>>());
        groups.entry(key).or_default().push(product);
    }
    let mut all = Vec::new();
    for group in groups.values_mut() {
        group.sort_by_key(|product| (product.list_price.micros(), product.sku.as_str()));
        for pair in group.windows(2).filter(|pair| pair[0].list_price.micros() < pair[1].list_price.micros()) {
            let of = |of: &Product, other: &Product, kind, lasts| Relation {
                of: of.sku.clone(),
                other: other.sku.clone(),
                kind,
                lasts,
            };
            all.push(of(pair[1], pair[0], RelationKind::Cheaper, Rate::ONE));
            all.push(of(pair[0], pair[1], RelationKind::LastsLonger, LASTS));
        }
    }
    // The groups stand in no order.
    all.sort_by(|a, b| (a.of.as_str(), a.other.as_str()).cmp(&(b.of.as_str(), b.other.as_str())));
    all
}

fn companions(products: &[Product]) -> Vec<Relation> {
    let mut slow: HashMap<String, Vec<&Product>> = HashMap::new();
    for product in products.iter().filter(|product| product.class == ProductClass::C) {
        let fits = match product.category {
            "nuts" | "locking-nuts" | "washers" => fit(product, &["thread", "coating", "material"]),
            "check-valves-strainers" => fit(product, &["nominal_diameter", "material"]),
            _ => None,
        };
        if let Some(fits) = fits.filter(|_| product.stock.thousandths() > 0) {
            slow.entry(fits).or_default().push(product);
        }
    }
    let mut all = Vec::new();
    for product in products {
        let fits = match product.category {
            category if SCREWS.contains(&category) => fit(product, &["thread", "coating", "material"]),
            category if VALVES.contains(&category) => fit(product, &["nominal_diameter", "material"]),
            _ => None,
        };
        let others = fits.and_then(|fits| slow.get(&fits)).into_iter().flatten();
        all.extend(others.take(COMPANIONS_MAX).map(|other| Relation {
            of: product.sku.clone(),
            other: other.sku.clone(),
            kind: RelationKind::GoesWith,
            lasts: Rate::ONE,
        }));
    }
    all
}

/// What has to be the same for two products to go together; nothing for those that lack the first.
fn fit(product: &Product, keys: &[&str]) -> Option<String> {
    let value = |key: &str| -> Option<&AttributeValue> {
        product.attributes.iter().find(|attribute: &&Attribute| attribute.key == key).map(|attribute| &attribute.value)
    };
    value(keys.first()?)?;
    Some(keys.iter().map(|key| format!("{:?} ", value(key))).collect())
}
