//! What the conditions of a policy may ask about: the fields, and their values in a case.

use std::sync::LazyLock;

use conditions::{Field, Kind, Schema, Value};
use kernel::{Amount, Currency, Rate, Rounding, UnitPrice};

use crate::{
    arithmetic::nano_per_minor,
    position::{Customer, LinePosition, Position},
    terms::{LineTerms, Request},
};

/// Fields about customer and deal.
const DEAL_FIELDS: &[(&str, Kind)] = &[
    ("customer.segment", Kind::Text),
    ("customer.behaviour", Kind::Text),
    ("customer.country", Kind::Text),
    ("customer.revenue", Kind::Money),
    ("customer.margin", Kind::Rate),
    ("customer.growth", Kind::Rate),
    ("customer.orders", Kind::Number),
    ("customer.credit_hold", Kind::Flag),
    ("deal.value", Kind::Money),
    ("deal.lines", Kind::Number),
    ("deal.discount", Kind::Rate),
];

/// Fields about one product of the deal.
const PRODUCT_FIELDS: &[(&str, Kind)] = &[
    ("product.class", Kind::Text),
    ("product.category", Kind::Text),
    ("product.brand", Kind::Text),
    ("product.price", Kind::Money),
    ("product.margin", Kind::Rate),
    ("product.rotation", Kind::Number),
    ("product.stock", Kind::Number),
    ("product.stock_days", Kind::Days),
    ("product.stock_age_days", Kind::Days),
    ("product.lead_days", Kind::Days),
    ("product.sensitivity", Kind::Number),
];

/// What conditions about customers and deals may ask.
pub(crate) static DEAL_SCHEMA: LazyLock<Schema> = LazyLock::new(|| schema(DEAL_FIELDS));

/// What conditions about products may ask: the customer's fields, and the product's.
pub(crate) static PRODUCT_SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let customers = DEAL_FIELDS.iter().filter(|(name, _)| name.starts_with("customer."));
    schema(&customers.chain(PRODUCT_FIELDS).copied().collect::<Vec<_>>())
});

fn schema(fields: &[(&'static str, Kind)]) -> Schema {
    Schema::new(fields.iter().map(|(name, kind)| Field::new(name, *kind)).collect())
}

/// The values of [`DEAL_SCHEMA`] in one case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DealFacts<'a> {
    pub(crate) customer: &'a Customer,
    /// At list prices, in the policy's currency.
    pub(crate) value: Amount,
    pub(crate) lines: usize,
    /// The largest discount asked for on a line.
    pub(crate) discount: Rate,
}

/// The values of [`PRODUCT_SCHEMA`] for one line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineFacts<'a> {
    pub(crate) customer: &'a Customer,
    pub(crate) line: &'a LinePosition,
    /// The list price at the asked quantity, in the deal's currency.
    pub(crate) list_price: Option<UnitPrice>,
}

fn known<'a, T: Into<Value<'a>>>(value: Option<T>) -> Value<'a> {
    value.map_or(Value::Unknown, Into::into)
}

fn whole(value: Option<u32>) -> Value<'static> {
    value.map_or(Value::Unknown, |value| Value::whole(i64::from(value)))
}

fn customer_values(customer: &Customer) -> [Value<'_>; 8] {
    [
        customer.segment.as_str().into(),
        known(customer.behaviour.as_deref()),
        known(customer.country.as_deref()),
        customer.revenue.into(),
        known(customer.margin),
        known(customer.growth),
        whole(customer.orders),
        customer.credit_hold.into(),
    ]
}

impl<'a> DealFacts<'a> {
    /// The facts of a request, `value` in the policy's currency. Inputs that do not belong together give numbers that mean nothing, and no panic.
    pub(crate) fn of(currency: Currency, position: &'a Position, request: &Request) -> Self {
        let lists = position.list.lines.iter().zip(&request.terms.lines);
        let priced = lists.filter_map(|(list, asked)| Some((list.price_at(asked.quantity)?, asked)));
        let value = |(list, asked): (UnitPrice, &LineTerms)| {
            i128::from(list.micros()).saturating_mul(i128::from(asked.quantity.thousandths()))
        };
        let nano = priced.clone().map(value).fold(0_i128, i128::saturating_add);
        let minor = Rounding::HalfUp.divide(nano, nano_per_minor(position.list.currency));
        let minor = i64::try_from(minor).unwrap_or(i64::MAX);
        let same = priced.filter(|(list, asked)| list.currency() == asked.price.currency());
        Self {
            customer: &position.customer,
            value: position.in_policy_currency(Amount::new(minor, position.list.currency), currency),
            lines: request.terms.lines.len(),
            discount: same.map(|(list, asked)| asked.price.discount_from(list)).max().unwrap_or(Rate::ZERO),
        }
    }

    pub(crate) fn values(&self) -> Vec<Value<'a>> {
        let mut values = customer_values(self.customer).to_vec();
        let lines = i64::try_from(self.lines).unwrap_or(i64::MAX);
        values.extend([self.value.into(), Value::whole(lines), self.discount.into()]);
        values
    }
}

impl<'a> LineFacts<'a> {
    pub(crate) fn values(&self) -> Vec<Value<'a>> {
        let line = self.line;
        let mut values = customer_values(self.customer).to_vec();
        values.extend([
            line.class.as_str().into(),
            known(line.category.as_deref()),
            known(line.brand.as_deref()),
            known(self.list_price),
            known(self.margin()),
            known(line.rotation),
            line.stock.map_or(Value::Unknown, |stock| Value::Number(stock.thousandths().saturating_mul(1_000))),
            whole(line.stock_days),
            whole(line.stock_age_days),
            Value::whole(i64::from(line.lead_days)),
            known(line.sensitivity),
        ]);
        values
    }

    /// What the list price leaves after cost, as a share of it.
    fn margin(&self) -> Option<Rate> {
        let (list, cost) = (self.list_price?, self.line.cost?);
        (list.micros() > 0 && cost.currency() == list.currency()).then(|| cost.discount_from(list))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_the_order_of_their_fields() {
        let customers = DEAL_FIELDS.iter().take_while(|(name, _)| name.starts_with("customer.")).count();
        assert_eq!(customers, 8);
        assert_eq!(DEAL_SCHEMA.fields().len(), DEAL_FIELDS.len());
        assert_eq!(PRODUCT_SCHEMA.fields().len(), customers + PRODUCT_FIELDS.len());
        for (schema, fields) in
            [(&DEAL_SCHEMA, &DEAL_FIELDS[..customers]), (&PRODUCT_SCHEMA, &DEAL_FIELDS[..customers])]
        {
            for (slot, (name, _)) in fields.iter().enumerate() {
                assert_eq!(schema.slot(name), Some(slot));
            }
        }
    }
}
