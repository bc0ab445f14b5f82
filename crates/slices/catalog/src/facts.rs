//! The attributes of a product in the reader's words.

use i18n::Locale;

use crate::Catalog;
use crate::attributes::{Attribute, attribute_text};
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
