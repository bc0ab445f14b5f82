//! From what a family knows to a product: class, price, cost, stock, codes.

use kernel::{Country, Currency, Gtin, Quantity, Rounding, Sku, UnitPrice};

use crate::draft::Draft;
use crate::model::{Document, OrderType, Product, ProductClass, Text};
use crate::rng::Rng;
use crate::{bearings, cables, fasteners, fittings, protection, seals, special, valves};

/// The valve of the textbook case.
pub const STORY_SKU: &str = "BV-DN50-PN40-SS";

/// Products of which nobody knows the cost.
const COST_UNKNOWN: [&str; 8] = [
    "DIN84-M6X40-MS",
    "DIN315-M10-A2",
    "6910-ZZ",
    "CR-TE-35L-SS",
    "LIYCY-16X0.25",
    "OR-60X2.62-VMQ70",
    "HE-CLIMB-GN",
    "ETO-MANIFOLD-8",
];

/// Products that cost more than their list price: copper and nickel rose after the list was printed.
const COST_ABOVE_LIST: [&str; 5] =
    ["NYY-J-4G95", "N2XH-J-5G16", "DIN933-M36X180-A4", "DIN975-M24X2000-A4", "PF-TE-54-CU"];

/// All products in the order of their families.
pub fn products(seed: u64) -> Vec<Product> {
    let mut drafts = Vec::with_capacity(12_500);
    for family in [
        fasteners::drafts,
        bearings::drafts,
        valves::drafts,
        fittings::drafts,
        cables::drafts,
        seals::drafts,
        protection::drafts,
        special::drafts,
    ] {
        family(&mut drafts);
    }
    drafts.into_iter().zip(1..).map(|(draft, number)| product(seed, number, draft)).collect()
}

fn product(seed: u64, number: i64, draft: Draft) -> Product {
    let mut rng = Rng::of(seed, &draft.sku);
    let order_type = order_type(&draft);
    let class = class(draft.demand + rng.below(25));
    let cost = (draft.cost_micros * rng.between(960, 1_040) / 1_000).max(500) / 100 * 100;
    let list = list_price(cost, class, &mut rng);
    let stock = if order_type == OrderType::Stock { stock(&draft, class, cost, &mut rng) } else { 0 };
    let lead_time_days = match (order_type, class) {
        (OrderType::Stock, ProductClass::A) => rng.between(3, 7),
        (OrderType::Stock, ProductClass::B) => rng.between(5, 12),
        (OrderType::Stock, ProductClass::C) => rng.between(8, 21),
        (OrderType::Mto, _) => rng.between(15, 35),
        (OrderType::Eto, _) => rng.between(30, 60),
    };
    let cost = match draft.sku.as_str() {
        sku if COST_UNKNOWN.contains(&sku) => None,
        sku if COST_ABOVE_LIST.contains(&sku) => Some(list * 103 / 100),
        _ => Some(cost),
    };
    let origin = Country::parse(rng.word(draft.origins)).expect("families name countries by their codes");
    let documents = documents(&draft);
    let days = match class {
        ProductClass::A => rng.between(5, 60),
        ProductClass::B => rng.between(20, 160),
        ProductClass::C => rng.between(60, 700),
    };
    let product = Product {
        sku: Sku::parse(&draft.sku).expect("families make readable keys"),
        gtin: gtin(number),
        category: draft.category,
        name: draft.name,
        description: draft.description,
        attributes: draft.attributes,
        packing: draft.packing,
        class,
        list_price: euro(list),
        unit_cost: cost.map(euro),
        stock: Quantity::new(stock, draft.packing.unit),
        stock_age_days: u16::try_from(days).ok().filter(|_| stock > 0),
        lead_time_days: u16::try_from(lead_time_days).expect("less than a year"),
        order_type,
        weight_grams: (draft.weight_mg / 1_000).max(1),
        origin,
        customs_code: draft.customs_code,
        documents,
        drawing: draft.drawing,
    };
    if product.sku.as_str() == STORY_SKU { story(product) } else { product }
}

/// The textbook case: 120.00 list, 80.00 cost, packs of 50, pallets of 1,000, enough for 4,000 and some.
fn story(mut product: Product) -> Product {
    product.class = ProductClass::A;
    product.list_price = euro(120_000_000);
    product.unit_cost = Some(euro(80_000_000));
    product.packing.pack = 50 * Quantity::SCALE;
    product.packing.packs_per_pallet = 20;
    product.packing.minimum = product.packing.pack;
    product.packing.step = product.packing.pack;
    product.stock = Quantity::whole(6_400, product.packing.unit);
    product.lead_time_days = 5;
    product
}

/// A price in euro.
pub fn euro(micros: i64) -> UnitPrice {
    UnitPrice::new(micros, Currency::Eur)
}

/// GTIN-13 with prefix 20: restricted circulation, so it can be nobody's.
fn gtin(number: i64) -> Gtin {
    let body = format!("20{:010}", 7_300_000 + number * 7);
    let check = Gtin::check_digit(&body).expect("digits");
    Gtin::parse(&format!("{body}{check}")).expect("with its check digit")
}

fn order_type(draft: &Draft) -> OrderType {
    if draft.sku.starts_with("ETO-") || draft.sku.ends_with("-PNEU") {
        OrderType::Eto
    } else if draft.demand < 9 {
        OrderType::Mto
    } else {
        OrderType::Stock
    }
}

fn class(demand: i64) -> ProductClass {
    match demand {
        81.. => ProductClass::A,
        58..=80 => ProductClass::B,
        _ => ProductClass::C,
    }
}

/// Fast movers carry a third, slow ones nearly half.
fn list_price(cost: i64, class: ProductClass, rng: &mut Rng) -> i64 {
    let margin_permille = match class {
        ProductClass::A => rng.between(335, 375),
        ProductClass::B => rng.between(375, 425),
        ProductClass::C => rng.between(420, 490),
    };
    to_price_step(cost * 1_000 / (1_000 - margin_permille))
}

/// Prices end as people write them: four decimals below ten cents, whole cents from one euro, five and ten cents above.
pub fn to_price_step(micros: i64) -> i64 {
    let step = match micros {
        ..100_000 => 100,
        100_000..1_000_000 => 1_000,
        1_000_000..20_000_000 => 10_000,
        20_000_000..100_000_000 => 50_000,
        _ => 100_000,
    };
    euro(micros).to_tick(step, Rounding::HalfUp).micros().max(step)
}

/// Stock worth what its class deserves, in whole packs; some are out, some slow movers are too many.
fn stock(draft: &Draft, class: ProductClass, cost: i64, rng: &mut Rng) -> i64 {
    let (out, worth_euro) = match class {
        ProductClass::A => (2, rng.between(1_500, 9_000)),
        ProductClass::B => (4, rng.between(500, 3_500)),
        ProductClass::C => (11, rng.between(80, 900)),
    };
    if rng.percent(out) {
        return 0;
    }
    let worth_euro = if class == ProductClass::C && rng.percent(5) { worth_euro * 12 } else { worth_euro };
    let pack_cost = (cost * (draft.packing.pack / Quantity::SCALE)).max(1);
    let packs = (worth_euro * 1_000_000 / pack_cost).clamp(1, 600);
    let loose =
        if draft.packing.step < draft.packing.pack { rng.below(draft.packing.pack / draft.packing.step) } else { 0 };
    packs * draft.packing.pack + loose * draft.packing.step
}

fn documents(draft: &Draft) -> Vec<Document> {
    let url = |folder: &str| format!("https://docs.kontor.example/{folder}/{}.pdf", draft.sheet);
    let sheet = Document { title: Text::new("Data sheet", "Karta katalogowa"), url: url("data-sheets") };
    let certificate = draft.certificate.map(|(en, pl)| Document { title: Text::new(en, pl), url: url("certificates") });
    std::iter::once(sheet).chain(certificate).collect()
}
