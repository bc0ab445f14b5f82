//! Attributes in the reader's words.

use i18n::Locale;

use crate::Catalog;
use crate::attributes::{Attribute, Value};
use crate::products::Product;

/// The attributes of a product: name and value with its unit, in the order of the product.
pub fn attribute_facts(catalog: &Catalog, product: &Product, locale: &Locale) -> Vec<(String, String)> {
    let language = locale.language();
    let fact = |attribute: &std::sync::Arc<Attribute>| {
        let key = catalog.attribute_key(&attribute.key)?;
        let value = attribute_text(&attribute.value, locale);
        let value = if key.unit.is_empty() { value } else { format!("{value} {}", key.unit) };
        Some((key.name.get(language).to_owned(), value))
    };
    product.attributes.iter().filter_map(fact).collect()
}

/// The value of an attribute without its unit.
pub fn attribute_text(value: &Value, locale: &Locale) -> String {
    match value {
        Value::Number(thousandths) => locale.decimal(&plain(*thousandths)),
        Value::Text(text) => text.get(locale.language()).to_owned(),
        Value::Flag(flag) => locale.text(if *flag { "yes" } else { "no" }),
    }
}

/// Thousandths as plain decimal text without idle zeros.
fn plain(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, rest) = (thousandths.unsigned_abs() / 1_000, thousandths.unsigned_abs() % 1_000);
    match rest {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{}", format!("{rest:03}").trim_end_matches('0')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_plainly() {
        assert_eq!([plain(8_000), plain(-1_500), plain(50), plain(0)], ["8", "-1.5", "0.05", "0"]);
    }
}
