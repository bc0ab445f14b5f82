use std::collections::{HashMap, HashSet};

use kernel::{Gtin, Rounding};

use super::demo;
use crate::{AttributeKind, AttributeValue, ListScope, OrderType, ProductClass, RelationKind};

#[test]
fn counts() {
    let demo = demo();
    assert!((11_500..=12_500).contains(&demo.products.len()), "{}", demo.products.len());
    let of = |class| demo.products.iter().filter(|p| p.class == class).count() * 100 / demo.products.len();
    assert!((10..=25).contains(&of(ProductClass::A)), "{} % A", of(ProductClass::A));
    assert!((30..=50).contains(&of(ProductClass::B)), "{} % B", of(ProductClass::B));
    let made = |kind| demo.products.iter().filter(|p| p.order_type == kind).count();
    assert!(made(OrderType::Mto) > 100 && made(OrderType::Eto) > 10);
    let out = demo.products.iter().filter(|p| p.order_type == OrderType::Stock && p.stock.thousandths() == 0).count();
    assert!((300..1_500).contains(&out), "{out} out of stock");
}

#[test]
fn keys_are_unique_and_valid() {
    let demo = demo();
    let skus: HashSet<&str> = demo.products.iter().map(|p| p.sku.as_str()).collect();
    let gtins: HashSet<&str> = demo.products.iter().map(|p| p.gtin.as_str()).collect();
    assert_eq!((skus.len(), gtins.len()), (demo.products.len(), demo.products.len()));
    for product in &demo.products {
        let gtin = product.gtin.as_str();
        assert!(Gtin::parse(gtin).is_ok() && gtin.len() == 13 && gtin.starts_with('2'), "{gtin}");
        assert!(product.customs_code.len() == 8 && product.customs_code.bytes().all(|b| b.is_ascii_digit()));
    }
    let names: HashSet<&str> = demo.products.iter().map(|p| &*p.name.en).collect();
    let polish: HashSet<&str> = demo.products.iter().map(|p| &*p.name.pl).collect();
    assert_eq!((names.len(), polish.len()), (skus.len(), skus.len()), "names tell products apart");
}

#[test]
fn every_product_has_a_picture() {
    let pictures: HashSet<String> = demo().products.iter().step_by(5).map(|p| drawing::draw(&p.drawing)).collect();
    assert!(pictures.len() > 500, "{} different pictures", pictures.len());
    assert!(pictures.iter().all(|svg| svg.len() > 800 && svg.len() < 40_000));
}

#[test]
fn packing_is_consistent() {
    for product in &demo().products {
        let packing = product.packing;
        let sku = &product.sku;
        assert!(packing.pack >= 1 && packing.step >= 1 && packing.packs_per_pallet >= 0, "{sku}");
        assert_eq!(packing.minimum % packing.step, 0, "{sku}: minimum");
        assert_eq!(packing.pack % packing.step, 0, "{sku}: a pack is whole steps");
        assert_eq!(product.stock.thousandths() % packing.step, 0, "{sku}: stock can be sold");
        assert!(packing.unit.decimals() == 3 || packing.step % 1_000 == 0, "{sku}: whole pieces");
        assert_eq!(product.stock.unit(), packing.unit);
        assert!(product.weight_grams >= 1 && product.lead_time_days >= 1, "{sku}");
        assert!(product.order_type == OrderType::Stock || product.stock.thousandths() == 0, "{sku}");
    }
}

#[test]
fn costs_stay_below_prices_but_for_a_documented_few() {
    let demo = demo();
    let (mut above, mut unknown) = (0, 0);
    for product in &demo.products {
        assert!(product.list_price.micros() > 0);
        match product.unit_cost {
            None => unknown += 1,
            Some(cost) if cost.micros() >= product.list_price.micros() => above += 1,
            Some(cost) => assert!(cost.micros() * 100 < product.list_price.micros() * 75, "{}", product.sku),
        }
    }
    assert_eq!((above, unknown), (5, 8));
    // Whatever list and tier, nobody buys below cost and handling.
    let costs: HashMap<&str, i64> =
        demo.products.iter().filter_map(|p| Some((p.sku.as_str(), p.unit_cost?.micros()))).collect();
    for list in demo.price_lists.iter().filter(|list| list.scope != ListScope::General) {
        for entry in &list.entries {
            let lowest = entry.tiers.last().unwrap().price.micros();
            assert!(lowest * 100 >= costs[entry.sku.as_str()] * 110, "{} in {}", entry.sku, list.code);
        }
    }
}

#[test]
fn price_lists_are_ladders() {
    let demo = demo();
    let units: HashMap<&str, _> = demo.products.iter().map(|p| (p.sku.as_str(), p.packing)).collect();
    assert_eq!(demo.price_lists[0].entries.len(), demo.products.len());
    for list in &demo.price_lists {
        assert!(!list.entries.is_empty(), "{}", list.code);
        assert!(list.valid_from.zip(list.valid_until).is_none_or(|(from, until)| from < until));
        let mut seen = HashSet::new();
        for entry in &list.entries {
            assert!(seen.insert(entry.sku.as_str()), "{} twice in {}", entry.sku, list.code);
            assert_eq!(entry.tiers[0].from.thousandths(), 1_000);
            for pair in entry.tiers.windows(2) {
                assert!(pair[0].from.thousandths() < pair[1].from.thousandths());
                assert!(pair[0].price.micros() > pair[1].price.micros());
                assert_eq!(pair[1].from.thousandths() % units[entry.sku.as_str()].pack, 0);
            }
        }
    }
    let count = |from: fn(&ListScope) -> bool| demo.price_lists.iter().filter(|list| from(&list.scope)).count();
    assert_eq!(count(|scope| matches!(scope, ListScope::Group(_))), 4);
    assert!(count(|scope| matches!(scope, ListScope::Contract { .. })) >= 8);
    assert!(demo.price_lists.iter().any(|l| l.valid_until.is_some_and(|day| day < demo.today)), "one has expired");
    assert!(demo.price_lists.iter().any(|l| l.valid_from.is_some_and(|day| day > demo.today)), "one is to come");
    let tiered = demo.price_lists[0].entries.iter().filter(|entry| entry.tiers.len() > 1).count();
    assert!(tiered * 10 > demo.products.len() * 7, "most products have tiers: {tiered}");
}

#[test]
fn the_tree_and_the_attributes_hold_together() {
    let demo = demo();
    let mut seen = HashSet::new();
    for category in &demo.categories {
        assert!(category.parent.is_none_or(|parent| seen.contains(parent)), "{}: parents first", category.code);
        assert!(seen.insert(category.code));
    }
    let parents: HashSet<&str> = demo.categories.iter().filter_map(|c| c.parent).collect();
    let used: HashSet<&str> = demo.products.iter().map(|p| p.category).collect();
    for category in &demo.categories {
        let is_leaf = !parents.contains(category.code);
        assert_eq!(used.contains(category.code), is_leaf, "{}: products are in leaves, all filled", category.code);
    }
    let kinds: HashMap<&str, AttributeKind> = demo.attributes.iter().map(|key| (key.key, key.kind)).collect();
    for product in &demo.products {
        let mut keys = HashSet::new();
        for attribute in &product.attributes {
            assert!(keys.insert(attribute.key), "{} twice on {}", attribute.key, product.sku);
            let kind = match &attribute.value {
                AttributeValue::Number(_) => AttributeKind::Number,
                AttributeValue::Text(_) => AttributeKind::Text,
                AttributeValue::Flag(_) => AttributeKind::Flag,
            };
            assert_eq!(kinds.get(attribute.key), Some(&kind), "{} of {}", attribute.key, product.sku);
        }
    }
}

#[test]
fn the_textbook_case() {
    let demo = demo();
    let story = &demo.story;
    let valve = demo.products.iter().find(|p| p.sku == story.sku).unwrap();
    assert_eq!(valve.list_price.to_decimal(), "120.00");
    assert_eq!(valve.unit_cost.unwrap().to_decimal(), "80.00");
    assert!(valve.stock.thousandths() >= 6_000_000);
    let pallet = valve.packing.pack * valve.packing.packs_per_pallet;
    for quantity in [story.quantity, story.carrying_quantity] {
        assert!(valve.packing.packs(quantity).1 && quantity.thousandths() % pallet == 0);
        assert_eq!(valve.packing.check(quantity), Ok(()));
    }
    let company = demo.companies.iter().find(|c| c.number == story.company).unwrap();
    assert_eq!(company.country.as_str(), "PL");
    assert!(company.users.iter().any(|u| u.email == story.buyer));
    assert_eq!(company.rep, story.rep);
    let rep = demo.staff.iter().find(|s| s.email == story.rep).unwrap();
    assert!(rep.name.starts_with("Ann "));
    // No list gives the price away: only the general one knows the valve, at one price.
    let entries: Vec<_> =
        demo.price_lists.iter().flat_map(|list| list.entries.iter()).filter(|e| e.sku == story.sku).collect();
    assert_eq!((entries.len(), entries[0].tiers.len()), (1, 1));
    // The deal fits the credit limit.
    let deal = story.price.times(story.carrying_quantity, Rounding::HalfUp).unwrap();
    assert!(deal.minor() < company.credit_limit.minor());
}

#[test]
fn relations_make_sense() {
    let demo = demo();
    let by_sku: HashMap<&str, &crate::Product> = demo.products.iter().map(|p| (p.sku.as_str(), p)).collect();
    let of = |kind| demo.relations.iter().filter(move |relation| relation.kind == kind);
    for relation in of(RelationKind::Cheaper) {
        let (one, other) = (by_sku[relation.of.as_str()], by_sku[relation.other.as_str()]);
        assert!(other.list_price.micros() < one.list_price.micros(), "{} {}", one.sku, other.sku);
        assert_eq!((one.category, one.packing.unit), (other.category, other.packing.unit));
    }
    assert!(of(RelationKind::GoesWith).all(|r| by_sku[r.other.as_str()].class == ProductClass::C));
    let story = demo.story.sku.as_str();
    assert!(demo.relations.iter().any(|relation| relation.of.as_str() == story), "the textbook valve has some");
    for kind in [RelationKind::Cheaper, RelationKind::LastsLonger, RelationKind::GoesWith] {
        assert!(of(kind).count() > 500, "{kind:?}: {}", of(kind).count());
    }
}
