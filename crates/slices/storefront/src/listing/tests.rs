//! What an address asks for and what it selects, as tables.

use std::sync::Arc;

use catalog::Texts;
use catalog::attributes::{Attribute, AttributeKey, Kind, Value};
use catalog::products::{OrderType, Product};
use kernel::{CategoryId, Ctx, Ids, Instant, Packing, ProductId, Quantity, Sku, Unit};

use super::asked::Asked;
use super::facets::{Selection, select};

fn key(key: &str) -> Option<Arc<AttributeKey>> {
    let (position, kind) = match key {
        "thread" => (0, Kind::Text),
        "length" => (1, Kind::Number),
        "coated" => (2, Kind::Flag),
        "note" => (3, Kind::Text),
        _ => return None,
    };
    Some(Arc::new(AttributeKey {
        key: key.into(),
        name: Texts::new(key),
        unit: if kind == Kind::Number { "mm".into() } else { String::new() },
        kind,
        is_filter: key != "note",
        position,
    }))
}

fn asked(query: &str) -> Asked {
    let pair = |pair: &str| pair.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
    Asked::of(&query.split('&').filter_map(pair).collect::<Vec<_>>(), &key, kernel::Notation::Comma)
}

#[test]
fn addresses_are_read_and_written() {
    for (query, want) in [
        ("", ""),
        ("a.thread=M8&a.thread=M10&a.thread=M8", "a.thread=M8&a.thread=M10"),
        ("a.length.from=16&a.length.to=80", "a.length.from=16&a.length.to=80"),
        ("a.length.from=16,5&a.length=8", "a.length.from=16.5&a.length=8"),
        ("a.coated=yes&a.coated=maybe&stock=1", "a.coated=yes&stock=1"),
        ("a.coated=yes&a.coated=no", "a.coated=yes&a.coated=no"),
        ("q=M8 x&sort=-price&page=3", "q=M8%20x&sort=-price"),
        ("sort=nonsense&stock=yes&all=thread", ""),
        ("a.nothing=1&a.note=x&a.length=x&a.length.from=&a.=1&b.thread=M8&a.length.between=3", ""),
        ("a.thread.from=1", ""),
    ] {
        assert_eq!(asked(query).address(), want, "{query}");
        assert_eq!(asked(&asked(query).address().replace("%20", " ")).address(), want, "again: {query}");
    }
}

#[test]
fn hostile_addresses_are_cut_down() {
    for (query, page) in
        [("page=-1", 1), ("page=0", 1), ("page=99999999999999999999", 1), ("page=7", 7), ("page=1e3", 1)]
    {
        assert_eq!(asked(query).page, page, "{query}");
    }
    let long = format!("q={}", "x".repeat(10_000));
    assert_eq!(asked(&long).query.len(), 200);
    let many: Vec<String> = (0..5_000).map(|n| format!("a.thread=M{n}")).collect();
    assert!(asked(&many.join("&")).address().len() < 2_000, "no more than fifty values are taken");
    let quotes = asked("a.thread=\"><script>alert(1)</script>&q='\" or 1=1 --");
    assert!(!quotes.address().contains(['<', '"', '\'']));
}

fn product(sku: &str, thread: &str, length: i64, coated: bool, stock: i64) -> Arc<Product> {
    let ctx = Ctx::system(Instant::from_micros(0), Ids::seeded(u64::try_from(length).unwrap()));
    let attributes = [
        ("thread", Value::Text(Texts::new(thread))),
        ("length", Value::Number(length * 1_000)),
        ("coated", Value::Flag(coated)),
        ("note", Value::Text(Texts::new(sku))),
    ];
    Arc::new(Product {
        id: ProductId::new(&ctx),
        sku: Sku::parse(sku).unwrap(),
        gtin: None,
        mpn: None,
        category: CategoryId::new(&ctx),
        name: Texts::new(sku),
        description: Texts::default(),
        attributes: attributes.into_iter().map(|(key, value)| shared(key, value)).collect(),
        packing: Packing::single(Unit::Piece),
        order_type: OrderType::Stock,
        stock: Quantity::whole(stock, Unit::Piece),
        lead_days: 0,
        weight_grams: 0,
        origin: None,
        customs_code: "".into(),
        drawing: None,
        media: Vec::new(),
        is_active: true,
        version: 1,
    })
}

/// The catalogue keeps equal attributes once.
fn shared(key: &str, value: Value) -> Arc<Attribute> {
    thread_local! { static KNOWN: std::cell::RefCell<Vec<Arc<Attribute>>> = const { std::cell::RefCell::new(Vec::new()) } }
    KNOWN.with_borrow_mut(|known| {
        let attribute = Attribute::new(key, value);
        if let Some(same) = known.iter().find(|other| ***other == attribute) {
            return Arc::clone(same);
        }
        known.push(Arc::new(attribute));
        Arc::clone(&known[known.len() - 1])
    })
}

fn words(selection: &Selection) -> String {
    let mut out: Vec<String> = selection.products.iter().map(|product| product.sku.to_string()).collect();
    out.push("|".into());
    for facet in &selection.facets {
        let value = |value: &super::facets::FacetValue| {
            let name = match &value.attribute.value {
                Value::Text(text) => text.first().to_owned(),
                Value::Number(number) => (number / 1_000).to_string(),
                Value::Flag(flag) => flag.to_string(),
            };
            format!("{name}{}{}", if value.is_chosen { "*" } else { ":" }, value.count)
        };
        let values: Vec<String> = facet.values.iter().map(value).collect();
        let range = facet.range.map(|r| format!("{}..{}", r.least / 1_000, r.most / 1_000)).unwrap_or_default();
        out.push(format!("{}({}{range})", facet.key.key, values.join(" ")));
    }
    out.push(format!("stock {}", selection.in_stock));
    out.join(" ")
}

#[test]
fn what_conditions_select_and_count() {
    let products = [
        product("A", "M10", 40, true, 5),
        product("B", "M8", 40, true, 0),
        product("C", "M8", 60, false, 9),
        product("D", "M12", 80, false, 0),
    ];
    for (query, want) in [
        ("", "A B C D | thread(M8:2 M10:1 M12:1) length(40:2 60:1 80:1) coated(false:2 true:2) stock 2"),
        // Other threads still show what they would bring; lengths and coatings show what is left.
        ("a.thread=M8", "B C | thread(M8*2 M10:1 M12:1) length(40:1 60:1) coated(false:1 true:1) stock 1"),
        (
            "a.thread=M8&a.thread=M10",
            "A B C | thread(M8*2 M10*1 M12:1) length(40:2 60:1) coated(false:1 true:2) stock 2",
        ),
        ("a.thread=M8&a.coated=yes", "B | thread(M8*1 M10:1) length(40:1) coated(false:1 true*1) stock 0"),
        ("a.thread=M8&a.coated=yes&stock=1", "| thread(M8*0 M10:1) coated(false:1 true*0) stock 0"),
        ("stock=1", "A C | thread(M8:1 M10:1) length(40:1 60:1) coated(false:1 true:1) stock 2"),
        ("a.length.from=50", "C D | thread(M8:1 M12:1) length(40..80) coated(false:2) stock 1"),
        ("a.length.from=50&a.length.to=70", "C | thread(M8:1) length(40..80) coated(false:1) stock 1"),
        ("a.length.from=70&a.length.to=50", "| length(40..80) stock 0"),
        ("a.thread=M99", "| thread(M8:2 M10:1 M12:1) stock 0"),
    ] {
        assert_eq!(words(&select(&products, &asked(query), &key)), want, "{query}");
    }
}

#[test]
fn many_numbers_become_bounds() {
    let products: Vec<_> = (1..=30).map(|n| product(&format!("P{n}"), "M8", n, true, 1)).collect();
    let selection = select(&products, &asked(""), &key);
    assert_eq!(words(&selection).split_once('|').unwrap().1, " length(1..30) stock 30", "one thread is no choice");
}
