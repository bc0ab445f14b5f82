//! Categories, attributes and products.

use kernel::{Country, Gtin, Packing, Quantity, Rate, Sku, UnitPrice};

use super::Text;

/// A node of the category tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Stable key, fit for an address, e.g. `hexagon-head-screws`.
    pub code: &'static str,
    /// The parent's key; `None` at the top.
    pub parent: Option<&'static str>,
    /// Name.
    pub name: Text,
    /// One sentence about what is in it.
    pub description: Text,
    /// Its picture.
    pub icon: drawing::Icon,
}

/// An attribute that products may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeKey {
    /// Stable key, e.g. `thread`.
    pub key: &'static str,
    /// Name.
    pub name: Text,
    /// Unit of its numbers; empty for texts, flags and plain numbers.
    pub unit: &'static str,
    /// What its values are.
    pub kind: AttributeKind,
    /// Whether it makes a useful filter.
    pub is_filter: bool,
}

/// What the values of an attribute are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributeKind {
    /// Numbers with the attribute's unit.
    Number,
    /// Texts.
    Text,
    /// Yes or no.
    Flag,
}

/// The value of an attribute of one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// The key, one of [`DemoCompany::attributes`].
    pub key: &'static str,
    /// The value, of that attribute's kind.
    pub value: AttributeValue,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeValue {
    /// A number in thousandths of the attribute's unit.
    Number(i64),
    /// A text.
    Text(Text),
    /// Yes or no.
    Flag(bool),
}

/// How fast a product sells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProductClass {
    /// Fast.
    A,
    /// Steady.
    B,
    /// Slow.
    C,
}

impl ProductClass {
    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }
}

/// How a product comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderType {
    /// Kept in stock.
    Stock,
    /// Made to order.
    Mto,
    /// Engineered to order.
    Eto,
}

impl OrderType {
    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Stock => "stock",
            Self::Mto => "mto",
            Self::Eto => "eto",
        }
    }
}

/// A product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Key.
    pub sku: Sku,
    /// GTIN-13 of the range for restricted circulation (prefix 20 to 29).
    pub gtin: Gtin,
    /// Key of its category; always a leaf.
    pub category: &'static str,
    /// Name.
    pub name: Text,
    /// One or two sentences.
    pub description: Text,
    /// Attributes in the order in which they should be read.
    pub attributes: Vec<Attribute>,
    /// Unit, pack, pallet, minimum and step.
    pub packing: Packing,
    /// How fast it sells.
    pub class: ProductClass,
    /// Price of the general list before any tier.
    pub list_price: UnitPrice,
    /// What one unit costs; `None` when nobody knows.
    pub unit_cost: Option<UnitPrice>,
    /// What is in stock.
    pub stock: Quantity,
    /// How long the oldest of it lies there, in days; `None` without stock.
    pub stock_age_days: Option<u16>,
    /// Working days until it can leave the house when it is not in stock.
    pub lead_time_days: u16,
    /// How it comes about.
    pub order_type: OrderType,
    /// Weight of one unit in grams, at least 1.
    pub weight_grams: i64,
    /// Country of origin.
    pub origin: Country,
    /// Code of the Combined Nomenclature, eight digits.
    pub customs_code: &'static str,
    /// Data sheets and certificates.
    pub documents: Vec<Document>,
    /// Its picture.
    pub drawing: drawing::Spec,
}

/// Another product of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The product.
    pub of: Sku,
    /// The other one.
    pub other: Sku,
    /// How it relates.
    pub kind: RelationKind,
    /// One unit of it does the work of so many.
    pub lasts: Rate,
}

/// How the other product relates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelationKind {
    /// It does the same for less.
    Cheaper,
    /// It costs more and lasts longer.
    LastsLonger,
    /// It is used together with it.
    GoesWith,
}

/// A document by address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is.
    pub title: Text,
    /// Where it is, on a reserved domain.
    pub url: String,
}
