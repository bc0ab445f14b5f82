//! Price lists: the general one with its tiers, groups, companies and contracts.

use kernel::{Currency, Date, Quantity};

use crate::categories::top_of;
use crate::model::{ListScope, PriceEntry, PriceList, Product, ProductClass, Text, Tier};
use crate::products::{STORY_SKU, euro, to_price_step};
use crate::rng::Rng;

/// What a group gets: code, categories at the top, discounts in permille for classes A, B and C (0: not in the list).
type GroupRule = (&'static str, &'static str, &'static str, &'static [&'static str], [i64; 3]);

const GROUPS: [GroupRule; 4] = [
    (
        "PG-VOLUME",
        "Prices for volume buyers",
        "Ceny dla odbiorców hurtowych",
        &["fasteners", "bearings", "seals-hoses"],
        [100, 80, 0],
    ),
    (
        "PG-OEM",
        "Prices for machine builders",
        "Ceny dla producentów maszyn",
        &["fasteners", "bearings", "cables"],
        [80, 90, 70],
    ),
    (
        "PG-RESELLER",
        "Reseller prices",
        "Ceny dla odsprzedawców",
        &["fasteners", "bearings", "valves-fittings", "cables", "seals-hoses", "protection"],
        [120, 110, 0],
    ),
    ("PG-PROJECT", "Project prices", "Ceny projektowe", &["valves-fittings", "cables", "protection"], [70, 60, 50]),
];

/// A company's own list: company, categories, discount in permille, share of products in percent.
const COMPANY_LISTS: [(&str, &[&str], i64, i64); 6] = [
    ("K10002", &["fasteners"], 135, 7),
    ("K10008", &["fasteners", "bearings"], 150, 5),
    ("K10015", &["fasteners", "bearings", "seals-hoses"], 140, 5),
    ("K10019", &["valves-fittings", "protection"], 150, 12),
    ("K10024", &["valves-fittings", "fasteners"], 120, 4),
    ("K10026", &["bearings"], 130, 14),
];

/// A contract: company, reference, categories, discount in permille, number of products, first and last day from today.
type ContractRule = (&'static str, &'static str, &'static [&'static str], i64, usize, (i64, i64));

const CONTRACTS: [ContractRule; 11] = [
    ("K10001", "PAP/R/24/118", &["fasteners"], 170, 40, (-210, 155)),
    ("K10004", "ZMB-2291", &["bearings", "seals-hoses"], 160, 60, (-120, 245)),
    ("K10007", "AW 77/3", &["bearings", "fasteners"], 150, 45, (-480, -115)),
    ("K10010", "SRM/ARM/5", &["valves-fittings"], 130, 35, (-90, 275)),
    ("K10015", "RV-0412", &["fasteners"], 180, 80, (-330, 35)),
    ("K10016", "KS-19", &["valves-fittings", "fasteners"], 140, 30, (-700, -335)),
    ("K10022", "FS-2-118", &["fasteners"], 165, 50, (-60, 305)),
    ("K10024", "VOS 9001-7", &["valves-fittings", "protection"], 140, 40, (14, 379)),
    ("K10026", "MSH 44", &["fasteners", "bearings"], 160, 60, (-180, 185)),
    ("K10033", "MM-EL-3", &["cables"], 110, 30, (-40, 140)),
    ("K10036", "TB/FAST/2", &["fasteners"], 155, 45, (-300, 65)),
];

/// All price lists: the general one first.
pub fn price_lists(seed: u64, today: Date, products: &[Product]) -> Vec<PriceList> {
    let mut lists = vec![general(seed, products)];
    lists.extend(GROUPS.iter().map(|rule| group(seed, rule, products)));
    lists.extend(COMPANY_LISTS.iter().map(|rule| company(seed, today, rule, products)));
    lists.extend(CONTRACTS.iter().map(|rule| contract(seed, today, rule, products)));
    lists
}

fn list(code: &str, name: Text, scope: ListScope, entries: Vec<PriceEntry>) -> PriceList {
    PriceList {
        code: code.to_string().into(),
        name,
        scope,
        currency: Currency::Eur,
        valid_from: None,
        valid_until: None,
        entries,
    }
}

/// Everybody's prices: one, five packs, a pallet, for most products. The valve of the textbook case has one price.
fn general(seed: u64, products: &[Product]) -> PriceList {
    let entry = |product: &Product| {
        let mut rng = Rng::of(seed, product.sku.as_str());
        let is_tiered = rng.percent(88) && product.sku.as_str() != STORY_SKU;
        let steps = if is_tiered { [rng.between(35, 55), rng.between(80, 105)] } else { [0, 0] };
        PriceEntry { sku: product.sku.clone(), tiers: tiers(product, 0, steps) }
    };
    list("GENERAL", Text::new("List price", "Cennik ogólny"), ListScope::General, products.iter().map(entry).collect())
}

/// The ladder of a product at a discount: each next step where it takes more and costs less, above the cost.
fn tiers(product: &Product, discount: i64, steps: [i64; 2]) -> Vec<Tier> {
    let packing = product.packing;
    let list = product.list_price.micros();
    let price = |permille: i64| to_price_step(list * (1_000 - permille) / 1_000);
    let mut tiers = vec![Tier { from: Quantity::whole(1, packing.unit), price: euro(price(discount)) }];
    let pallet = packing.pack * packing.packs_per_pallet;
    for (from, step) in [(packing.pack * 5, steps[0]), (pallet, steps[1])] {
        let last = tiers[tiers.len() - 1];
        let next = price(discount + step);
        if step > 0 && from > last.from.thousandths() && from > packing.minimum && next < last.price.micros() {
            tiers.push(Tier { from: Quantity::new(from, packing.unit), price: euro(next) });
        }
    }
    tiers
}

/// Whether a list may hold a product: of its categories, standard, and not the valve of the textbook case.
fn may_hold(product: &Product, tops: &[&str]) -> bool {
    let is_sound = product.unit_cost.is_some_and(|cost| cost.micros() < product.list_price.micros() * 3 / 4);
    is_sound && product.sku.as_str() != STORY_SKU && tops.contains(&top_of(product.category))
}

fn group(seed: u64, rule: &GroupRule, products: &[Product]) -> PriceList {
    let &(code, en, pl, tops, discounts) = rule;
    let entries = products.iter().filter(|product| may_hold(product, tops)).filter_map(|product| {
        let mut rng = Rng::of(seed, &format!("{code} {}", product.sku));
        let discount = match product.class {
            ProductClass::A => discounts[0],
            ProductClass::B => discounts[1],
            ProductClass::C => discounts[2],
        };
        let steps = [rng.between(25, 40), rng.between(55, 75)];
        (discount > 0).then(|| PriceEntry { sku: product.sku.clone(), tiers: tiers(product, discount, steps) })
    });
    list(code, Text::new(en, pl), ListScope::Group(code), entries.collect())
}

fn company(seed: u64, today: Date, rule: &(&'static str, &[&str], i64, i64), products: &[Product]) -> PriceList {
    let &(number, tops, discount, share) = rule;
    let code = format!("CL-{number}");
    let entries = products.iter().filter(|product| may_hold(product, tops)).filter_map(|product| {
        let mut rng = Rng::of(seed, &format!("{code} {}", product.sku));
        let wanted = rng.percent(share) && product.class != ProductClass::C;
        let tiers = || tiers(product, discount + rng.between(-20, 10), [20, 40]);
        wanted.then(tiers).map(|tiers| PriceEntry { sku: product.sku.clone(), tiers })
    });
    PriceList {
        valid_from: Some(today.plus_days(-400)),
        ..list(&code, Text::new("Your price list", "Państwa cennik"), ListScope::Company(number), entries.collect())
    }
}

fn contract(seed: u64, today: Date, rule: &ContractRule, products: &[Product]) -> PriceList {
    let &(number, reference, tops, discount, count, (from, until)) = rule;
    let code = format!("CT-{number}-{}", reference.replace(['/', ' '], "-"));
    let mut candidates: Vec<&Product> =
        products.iter().filter(|p| may_hold(p, tops) && p.class != ProductClass::C).collect();
    let mut rng = Rng::of(seed, &code);
    while candidates.len() > count {
        candidates.swap_remove(rng.index(candidates.len()));
    }
    candidates.sort_by_key(|product| product.gtin.as_str());
    let entries = candidates.into_iter().map(|product| PriceEntry {
        sku: product.sku.clone(),
        tiers: tiers(product, discount + rng.between(-15, 15), [0, 0]),
    });
    PriceList {
        valid_from: Some(today.plus_days(from)),
        valid_until: Some(today.plus_days(until)),
        ..list(
            &code,
            Text::new(format!("Contract {reference}"), format!("Umowa {reference}")),
            ListScope::Contract { company: number, reference: reference.into() },
            entries.collect(),
        )
    }
}
