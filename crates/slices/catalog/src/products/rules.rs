//! What makes a product valid. Pure.

use kernel::{Failure, Invalid, Outcome, Packing, Unit};

use super::{NewProduct, OrderType};

const NAME_CHARS_MAX: usize = 200;
const DESCRIPTION_CHARS_MAX: usize = 5_000;
const LEAD_DAYS_MAX: i64 = 730;
const ATTRIBUTES_MAX: usize = 100;
const MEDIA_MAX: usize = 50;
const WEIGHT_GRAMS_MAX: i64 = 100_000_000;

/// Checks everything that can be seen from the product alone, all fields at once.
pub(super) fn check(product: &NewProduct) -> Outcome<()> {
    let mut invalid = Invalid::default();
    let mut wrong = |field: &str, code: &'static str| {
        invalid = std::mem::take(&mut invalid).and(field, code, Vec::new());
    };
    let name = product.name.first();
    if name.trim().is_empty() {
        wrong("name", "required");
    }
    if product.name.all().any(|text| text.chars().count() > NAME_CHARS_MAX) {
        wrong("name", "product-name-long");
    }
    if product.description.all().any(|text| text.chars().count() > DESCRIPTION_CHARS_MAX) {
        wrong("description", "product-description-long");
    }
    for (field, code) in packing_errors(&product.packing) {
        wrong(field, code);
    }
    if product.stock.unit() != product.packing.unit || !fits(product.stock.thousandths(), product.packing.unit) {
        wrong("stock", "product-stock");
    }
    if !(0..=LEAD_DAYS_MAX).contains(&product.lead_days) {
        wrong("lead_days", "product-lead-days");
    }
    if !(0..=WEIGHT_GRAMS_MAX).contains(&product.weight_grams) {
        wrong("weight_grams", "product-weight");
    }
    let customs = &product.customs_code;
    if customs.len() > 12 || !customs.bytes().all(|b| b.is_ascii_digit()) {
        wrong("customs_code", "product-customs-code");
    }
    let class = &product.seller.class;
    if class.is_empty() || class.len() > 12 || !class.bytes().all(|b| b.is_ascii_alphanumeric()) {
        wrong("class", "product-class");
    }
    if product.seller.cost.is_some_and(|cost| cost.micros() < 0) {
        wrong("cost", "product-cost");
    }
    if product.attributes.len() > ATTRIBUTES_MAX {
        wrong("attributes", "product-too-many");
    }
    if product.media.len() > MEDIA_MAX {
        wrong("media", "product-too-many");
    }
    if product.media.iter().any(|media| !is_address(&media.url)) {
        wrong("media", "product-media-url");
    }
    if product.mpn.as_ref().is_some_and(|mpn| mpn.chars().count() > 60) {
        wrong("mpn", "product-name-long");
    }
    invalid.check()
}

/// Pages only ever show pictures from here or over TLS; anything else (`javascript:`, `data:`) is no address for us.
fn is_address(url: &str) -> bool {
    let here = url.starts_with('/') && !url.starts_with("//");
    url.len() <= 500
        && (here || url.starts_with("https://"))
        && !url.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// Countable things come whole, in any amount that can be ordered.
fn fits(thousandths: i64, unit: Unit) -> bool {
    let whole = unit.decimals() > 0 || thousandths % kernel::Quantity::SCALE == 0;
    (0..=kernel::Quantity::THOUSANDTHS_MAX).contains(&thousandths) && whole
}

fn packing_errors(packing: &Packing) -> Vec<(&'static str, &'static str)> {
    let positive = |value: i64| value > 0 && fits(value, packing.unit);
    let mut errors = Vec::new();
    if !positive(packing.pack) {
        errors.push(("pack", "product-pack"));
    }
    if !(0..=1_000_000).contains(&packing.packs_per_pallet) {
        errors.push(("packs_per_pallet", "product-pallet"));
    }
    if !positive(packing.step) {
        errors.push(("step", "product-step"));
    } else if !positive(packing.minimum) || packing.minimum % packing.step != 0 {
        errors.push(("minimum", "product-minimum"));
    }
    errors
}

/// How soon a quantity can leave the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    /// All of it is in stock.
    InStock,
    /// Some is in stock; the rest takes the lead time.
    Partly,
    /// None is in stock; it takes the lead time.
    Later,
    /// It is made for the order and takes the lead time.
    Made,
}

impl super::Product {
    /// How soon `thousandths` of the product can leave the house.
    pub fn availability(&self, thousandths: i64) -> Availability {
        match self.stock.thousandths() {
            _ if self.order_type != OrderType::Stock => Availability::Made,
            stock if stock >= thousandths => Availability::InStock,
            stock if stock > 0 => Availability::Partly,
            _ => Availability::Later,
        }
    }
}

/// The version that somebody read must still be the present one.
pub(super) fn check_version(read: Option<i64>, present: i64) -> Outcome<()> {
    match read {
        Some(read) if read != present => Err(Failure::from(super::ProductRefusal::Changed)),
        _ => Ok(()),
    }
}
