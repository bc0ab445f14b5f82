//! How long an evaluation takes on one core: `cargo run --release -p conditions --example speed`.
//! Budget: a conjunction of three comparisons under 200 ns. Then the longest texts that the parser sees.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::hint::black_box;
use std::time::Instant;

use conditions::{Condition, Field, Kind, Schema, Value};

fn main() {
    let schema = Schema::new(vec![
        Field::text("customer.segment", ["Gold", "Silver"]),
        Field::new("product.margin", Kind::Rate),
        Field::new("deal.value", Kind::Money),
    ]);
    let facts = [Value::from("Gold"), Value::Number(180_000), Value::whole(7_500)];
    for (name, text) in [
        ("three comparisons", "customer.segment == 'Gold' && product.margin >= 0.15 && deal.value > 5000"),
        ("a list and an or", "customer.segment in ['Silver', 'Gold'] && (product.margin > 0.2 || deal.value > 5000)"),
    ] {
        match Condition::parse(text, &schema) {
            Ok(condition) => {
                report(name, 10_000_000, || {
                    black_box(condition.evaluate(black_box(&facts)));
                });
                report(&format!("{name}, parsing"), 2_000, || {
                    drop(black_box(Condition::parse(text, &schema)));
                });
            }
            Err(error) => println!("{text}: {error}"),
        }
    }
    for (name, text) in hostile() {
        report(name, 20, || drop(black_box(Condition::parse(&text, &schema))));
    }
}

/// What takes the parser longest for its length.
fn hostile() -> [(&'static str, String); 3] {
    [
        ("a long list", format!("deal.value in [{}1]", "1,".repeat(990))),
        ("many ors", format!("true{}", "||true".repeat(330))),
        ("many brackets", format!("true{}", "&&(((((((true)))))))".repeat(95))),
    ]
}

fn report(name: &str, runs: u32, run: impl Fn()) {
    (0..runs / 10).for_each(|_| run());
    let start = Instant::now();
    (0..runs).for_each(|_| run());
    println!("{name:32} {:>9.1?}", start.elapsed() / runs);
}
