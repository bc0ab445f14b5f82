//! The schema of the tests.

use conditions::{Field, Kind, Schema};

pub fn schema() -> Schema {
    Schema::new(vec![
        Field::text("customer.segment", ["Gold", "Silver", "O'Neill"]),
        Field::new("customer.revenue", Kind::Money),
        Field::new("customer.growth", Kind::Rate),
        Field::new("customer.blocked", Kind::Flag),
        Field::text("product.class", ["A", "B", "C"]),
        Field::new("product.brand", Kind::Text),
        Field::new("product.margin", Kind::Rate),
        Field::new("product.stock_days", Kind::Days),
        Field::new("deal.value", Kind::Money),
        Field::new("deal.lines", Kind::Number),
    ])
}
