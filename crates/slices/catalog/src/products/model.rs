//! The types of products.

use kernel::{CategoryId, Country, Date, Gtin, Packing, ProductId, Quantity, Sku, UnitPrice};
use serde::{Deserialize, Serialize};

use crate::Texts;
use crate::attributes::Attribute;

/// How a product comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderType {
    /// Kept in stock.
    Stock,
    /// Made to order.
    Mto,
    /// Engineered to order.
    Eto,
}

impl OrderType {
    /// Every order type.
    pub const ALL: [Self; 3] = [Self::Stock, Self::Mto, Self::Eto];

    /// The stored code; `product-order-type-<code>` is the key of its name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Stock => "stock",
            Self::Mto => "mto",
            Self::Eto => "eto",
        }
    }

    /// The order type with this code, in any case.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code().eq_ignore_ascii_case(code.trim()))
    }
}

/// What a piece of media is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A picture.
    Image,
    /// A data sheet, a certificate, a model.
    Document,
}

impl MediaKind {
    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Document => "document",
        }
    }

    /// The kind with this code, in any case.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Image, Self::Document].into_iter().find(|kind| kind.code().eq_ignore_ascii_case(code.trim()))
    }
}

/// A picture or document by address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// What it is.
    pub kind: MediaKind,
    /// What it shows or is called.
    pub title: Box<str>,
    /// `https://…`, or a path of this installation.
    pub url: Box<str>,
}

/// A product, as far as anyone may know it. Cost and class are [`SellerFacts`].
///
/// The catalogue keeps all products in memory, so texts have no spare capacity and attributes are shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// Stock keeping unit, unique.
    pub sku: Sku,
    /// Global Trade Item Number, unique.
    pub gtin: Option<Gtin>,
    /// The manufacturer's part number.
    pub mpn: Option<Box<str>>,
    /// Its category.
    pub category: CategoryId,
    /// Name.
    pub name: Texts,
    /// One or two sentences; may be empty.
    pub description: Texts,
    /// Attributes, in the order in which they should be read.
    pub attributes: Vec<std::sync::Arc<Attribute>>,
    /// Unit, pack, pallet, minimum and step.
    pub packing: Packing,
    /// How it comes about.
    pub order_type: OrderType,
    /// What is in stock.
    pub stock: Quantity,
    /// Working days until it can leave the house when it is not in stock.
    pub lead_days: i64,
    /// Weight of one unit; 0 when unknown.
    pub weight_grams: i64,
    /// Country of origin.
    pub origin: Option<Country>,
    /// Code of the Combined Nomenclature; may be empty.
    pub customs_code: Box<str>,
    /// A [`drawing::Spec`] as JSON.
    pub drawing: Option<Box<str>>,
    /// Pictures and documents.
    pub media: Vec<Media>,
    /// Whether it can be bought.
    pub is_active: bool,
    /// Grows with every change.
    pub version: i64,
}

impl Product {
    /// Where its page is.
    pub fn href(&self) -> String {
        format!("/p/{}", web::encode(self.sku.as_str()))
    }

    /// Where its first picture is: one that was given, else the drawn one.
    pub fn picture(&self) -> String {
        match self.media.iter().find(|media| media.kind == MediaKind::Image) {
            Some(image) => image.url.to_string(),
            None => format!("/media/products/{}.svg", web::encode(self.sku.as_str())),
        }
    }

    /// Whether a quantity can leave the house from stock.
    pub fn is_in_stock(&self, quantity: Quantity) -> bool {
        self.stock.unit() == quantity.unit() && self.stock.thousandths() >= quantity.thousandths()
    }
}

/// What only the seller may know of a product. Deliberately without `Serialize`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SellerFacts {
    /// The class by which floors and targets are set, e.g. `A`.
    pub class: String,
    /// What one unit costs; `None` when nobody knows.
    pub cost: Option<UnitPrice>,
    /// Whether the cost is an assumption (of an import without costs).
    pub is_cost_estimated: bool,
    /// Since when the oldest of the stock lies here; `None` when nobody knows.
    pub stock_since: Option<Date>,
}

/// A product to be written: everything but id and version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProduct {
    /// Stock keeping unit.
    pub sku: Sku,
    /// Global Trade Item Number.
    pub gtin: Option<Gtin>,
    /// The manufacturer's part number.
    pub mpn: Option<String>,
    /// Its category.
    pub category: CategoryId,
    /// Name.
    pub name: Texts,
    /// One or two sentences.
    pub description: Texts,
    /// Attributes, in the order in which they should be read.
    pub attributes: Vec<Attribute>,
    /// Unit, pack, pallet, minimum and step.
    pub packing: Packing,
    /// How it comes about.
    pub order_type: OrderType,
    /// What is in stock, in the product's unit.
    pub stock: Quantity,
    /// Working days until it can leave the house when it is not in stock.
    pub lead_days: i64,
    /// Weight of one unit; 0 when unknown.
    pub weight_grams: i64,
    /// Country of origin.
    pub origin: Option<Country>,
    /// Code of the Combined Nomenclature.
    pub customs_code: String,
    /// A [`drawing::Spec`] as JSON.
    pub drawing: Option<String>,
    /// Pictures and documents.
    pub media: Vec<Media>,
    /// Whether it can be bought.
    pub is_active: bool,
    /// What only the seller may know.
    pub seller: SellerFacts,
}

impl NewProduct {
    /// A product as it is, to be written with changes.
    pub fn of(product: &Product, seller: SellerFacts) -> Self {
        Self {
            sku: product.sku.clone(),
            gtin: product.gtin.clone(),
            mpn: product.mpn.as_deref().map(str::to_owned),
            category: product.category,
            name: product.name.clone(),
            description: product.description.clone(),
            attributes: product.attributes.iter().map(|attribute| (**attribute).clone()).collect(),
            packing: product.packing,
            order_type: product.order_type,
            stock: product.stock,
            lead_days: product.lead_days,
            weight_grams: product.weight_grams,
            origin: product.origin.clone(),
            customs_code: product.customs_code.to_string(),
            drawing: product.drawing.as_deref().map(str::to_owned),
            media: product.media.clone(),
            is_active: product.is_active,
            seller,
        }
    }

    /// The simplest product that can be sold: by the piece, in stock. For imports and tests that know little.
    pub fn simple(sku: Sku, category: CategoryId, name: Texts) -> Self {
        let unit = kernel::Unit::Piece;
        Self {
            sku,
            gtin: None,
            mpn: None,
            category,
            name,
            description: Texts::default(),
            attributes: Vec::new(),
            packing: Packing::single(unit),
            order_type: OrderType::Stock,
            stock: Quantity::whole(0, unit),
            lead_days: 0,
            weight_grams: 0,
            origin: None,
            customs_code: String::new(),
            drawing: None,
            media: Vec::new(),
            is_active: true,
            seller: SellerFacts { class: "C".into(), ..SellerFacts::default() },
        }
    }
}
