//! Products as JSON, for the seller. What buyers get, with their own prices, is in the storefront.

use std::collections::BTreeMap;

use i18n::Language;
use kernel::{
    Country, Currency, Date, Failure, Gtin, Invalid, Notation, Outcome, Packing, Quantity, Sku, Unit, UnitPrice,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{App, Json, Pager, Path, Query, Reply, State, Visitor};

use super::list::{below, found};
use crate::attributes::{self, Attribute, AttributeKey, Kind};
use crate::products::{
    Media, MediaKind, NewProduct, OrderType, ProductFilter, ProductRow, SellerFacts, actions, queries,
};
use crate::{Catalog, Texts};

/// A product to be written. Quantities and prices are decimal text.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductInput {
    /// The version that was read; without it the product is changed whatever happened meanwhile.
    version: Option<i64>,
    /// Global Trade Item Number.
    gtin: Option<String>,
    /// The manufacturer's part number.
    mpn: Option<String>,
    /// The code of its category.
    category: String,
    /// Name in the merchant's first language.
    name: String,
    /// Names in other languages, by language code.
    #[serde(default)]
    names: BTreeMap<String, String>,
    /// One or two sentences.
    #[serde(default)]
    description: String,
    /// Descriptions in other languages, by language code.
    #[serde(default)]
    descriptions: BTreeMap<String, String>,
    /// Attributes in the order in which they should be read.
    #[serde(default)]
    attributes: Vec<AttributeInput>,
    /// Unit of measure, ours or UN/ECE, e.g. `piece` or `H87`.
    unit: String,
    /// Content of one pack.
    #[serde(default = "one")]
    pack: String,
    /// Packs on one pallet; 0 when it is not sold by the pallet.
    #[serde(default)]
    packs_per_pallet: i64,
    /// Smallest quantity of an order line; one step when left out.
    minimum: Option<String>,
    /// Order lines are multiples of this.
    #[serde(default = "one")]
    step: String,
    /// How it comes about.
    order_type: OrderType,
    /// What is in stock.
    #[serde(default = "nothing")]
    stock: String,
    /// Working days until it can leave the house when it is not in stock.
    #[serde(default)]
    lead_days: i64,
    /// Weight of one unit; 0 when unknown.
    #[serde(default)]
    weight_grams: i64,
    /// Country of origin, ISO 3166-1 alpha-2.
    origin: Option<String>,
    /// Code of the Combined Nomenclature.
    #[serde(default)]
    customs_code: String,
    /// What to draw when there is no picture.
    drawing: Option<serde_json::Value>,
    /// Pictures and documents.
    #[serde(default)]
    media: Vec<MediaInput>,
    /// Whether it can be bought.
    #[serde(default = "yes")]
    is_active: bool,
    /// The class by which floors and targets are set.
    class: String,
    /// What one unit costs.
    cost: Option<String>,
    /// The currency of the cost.
    currency: Option<Currency>,
    /// Whether the cost is an assumption.
    #[serde(default)]
    is_cost_estimated: bool,
    /// Since when the oldest of the stock lies here, as `2026-11-27`.
    #[serde(default)]
    stock_since: Option<String>,
}

fn one() -> String {
    "1".into()
}

fn nothing() -> String {
    "0".into()
}

fn yes() -> bool {
    true
}

/// An attribute: its key and a value of the key's kind.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttributeInput {
    /// The key.
    key: String,
    /// `true`, decimal text such as `"8"`, or a text.
    value: serde_json::Value,
    /// A text in other languages, by language code.
    #[serde(default)]
    values: BTreeMap<String, String>,
}

/// A picture or document by address.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MediaInput {
    kind: MediaKind,
    title: String,
    url: String,
}

fn texts(first: &str, others: &BTreeMap<String, String>) -> Texts {
    let known = others.iter().filter_map(|(code, text)| Some((Language::parse(code)?, text.trim())));
    known.fold(Texts::new(first.trim()), |texts, (language, text)| texts.with(language, text))
}

impl ProductInput {
    /// The product, with all wrong fields reported at once.
    fn parse(self, sku: &str, catalog: &Catalog, usual: Currency) -> Outcome<NewProduct> {
        let mut wrong = Invalid::default();
        let plain = |code: &'static str| (code, Vec::new());
        let sku = wrong.take("sku", Sku::parse(sku).map_err(plain));
        let gtin = self.gtin.as_deref().filter(|text| !text.trim().is_empty());
        let gtin = gtin.and_then(|text| wrong.take("gtin", Gtin::parse(text).map_err(plain)));
        let origin = self.origin.as_deref().filter(|text| !text.trim().is_empty());
        let origin = origin.and_then(|text| wrong.take("origin", Country::parse(text).map_err(plain)));
        let category = catalog.category_by_code(&self.category).map(|category| category.id);
        let category = wrong.take("category", category.ok_or_else(|| plain("category-unknown")));
        let unit = wrong.take("unit", Unit::parse(&self.unit).ok_or_else(|| plain("product-unit")));
        let currency = self.currency.unwrap_or(usual);
        let cost = self.cost.as_deref().map(|text| UnitPrice::parse(text, currency));
        let cost = cost.and_then(|parsed| wrong.take("cost", parsed));
        let attributes = attributes_of(&self.attributes, catalog, &mut wrong);
        let drawing = self.drawing.filter(|value| !value.is_null()).map(|value| value.to_string());
        if drawing.as_deref().is_some_and(|json| serde_json::from_str::<drawing::Spec>(json).is_err()) {
            wrong = wrong.and("drawing", "product-drawing", Vec::new());
        }
        let packing = unit.and_then(|unit| {
            let step = wrong.take("step", Quantity::parse(&self.step, unit));
            let minimum = match &self.minimum {
                Some(text) => wrong.take("minimum", Quantity::parse(text, unit)),
                None => step,
            };
            let pack = wrong.take("pack", Quantity::parse(&self.pack, unit));
            Some(Packing {
                unit,
                pack: pack?.thousandths(),
                packs_per_pallet: self.packs_per_pallet,
                minimum: minimum?.thousandths(),
                step: step?.thousandths(),
            })
        });
        let stock = unit.and_then(|unit| wrong.take("stock", stock(&self.stock, unit, Notation::Plain)));
        let stock_since = self.stock_since.as_deref().filter(|text| !text.is_empty());
        let day = |text| Date::entered(text).ok_or(("date", Vec::new()));
        let stock_since = stock_since.and_then(|text| wrong.take("stock_since", day(text)));
        let parsed = sku.zip(category).zip(packing.zip(stock));
        wrong.check()?;
        let ((sku, category), (packing, stock)) = parsed.ok_or(Failure::NotFound)?;
        let kept = |m: MediaInput| Media { kind: m.kind, title: m.title.into(), url: m.url.into() };
        Ok(NewProduct {
            sku,
            gtin,
            mpn: self.mpn.filter(|mpn| !mpn.is_empty()),
            category,
            name: texts(&self.name, &self.names),
            description: texts(&self.description, &self.descriptions),
            attributes,
            packing,
            order_type: self.order_type,
            stock,
            lead_days: self.lead_days,
            weight_grams: self.weight_grams,
            origin,
            customs_code: self.customs_code,
            drawing,
            media: self.media.into_iter().map(kept).collect(),
            is_active: self.is_active,
            seller: SellerFacts { class: self.class, cost, is_cost_estimated: self.is_cost_estimated, stock_since },
        })
    }
}

/// What is in stock may be nothing, as against what is ordered.
pub(super) fn stock(text: &str, unit: Unit, notation: Notation) -> Result<Quantity, kernel::QuantityError> {
    match kernel::parse_decimal(text, 3, notation) {
        Ok(0) => Ok(Quantity::new(0, unit)),
        _ => Quantity::typed(text, unit, notation),
    }
}

fn attributes_of(inputs: &[AttributeInput], catalog: &Catalog, wrong: &mut Invalid) -> Vec<Attribute> {
    let mut attributes = Vec::with_capacity(inputs.len());
    for (index, input) in inputs.iter().enumerate() {
        let field = format!("attributes[{index}]");
        let plain = |code: &'static str| (code, Vec::new());
        let key = catalog.attribute_key(&input.key).ok_or_else(|| plain("attribute-unknown"));
        let Some(key) = wrong.take(&field, key) else { continue };
        let value = value_of(&key, input).ok_or_else(|| plain("attribute-value"));
        if let Some(value) = wrong.take(&field, value) {
            attributes.push(Attribute::new(&key.key, value));
        }
    }
    attributes
}

fn value_of(key: &AttributeKey, input: &AttributeInput) -> Option<attributes::Value> {
    match (key.kind, &input.value) {
        (Kind::Flag, serde_json::Value::Bool(flag)) => Some(attributes::Value::Flag(*flag)),
        (Kind::Number, serde_json::Value::String(text)) => {
            kernel::parse_decimal(text, 3, Notation::Plain).ok().map(attributes::Value::Number)
        }
        (Kind::Text, serde_json::Value::String(text)) if !text.trim().is_empty() && text.len() <= 500 => {
            Some(attributes::Value::Text(texts(text, &input.values)))
        }
        _ => None,
    }
}

/// A product as the seller sees it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SellerProduct {
    /// Stock keeping unit.
    sku: String,
    /// Name in the merchant's first language.
    name: String,
    /// The code of its category.
    category: String,
    /// How it comes about.
    order_type: OrderType,
    /// Unit of measure.
    unit: Unit,
    /// What is in stock.
    stock: String,
    /// Working days until it can leave the house when it is not in stock.
    lead_days: i64,
    /// Whether it can be bought.
    is_active: bool,
    /// The class by which floors and targets are set.
    class: String,
    /// What one unit costs.
    cost: Option<String>,
    /// The currency of the cost.
    currency: Option<Currency>,
    /// Whether the cost is an assumption.
    is_cost_estimated: bool,
    /// Since when the oldest of the stock lies here.
    stock_since: Option<String>,
}

/// A page of products as the seller sees them.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SellerProductList {
    /// Products on this page.
    products: Vec<SellerProduct>,
    /// Products in all.
    total: i64,
    /// The page.
    page: i64,
    /// Products on a page.
    per_page: i64,
}

/// Which products to list.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub struct ListQuery {
    /// What to search for.
    query: Option<String>,
    /// The code of a category.
    category: Option<String>,
    /// The page, from 1.
    page: Option<String>,
    /// Products on a page, 1 to 200.
    per_page: Option<String>,
}

fn seller_product(row: &ProductRow, catalog: &Catalog) -> SellerProduct {
    SellerProduct {
        sku: row.sku.to_string(),
        name: row.name.clone(),
        category: catalog.category(row.category).map_or_else(String::new, |category| category.code.clone()),
        order_type: row.order_type,
        unit: row.stock.unit(),
        stock: row.stock.to_decimal(),
        lead_days: row.lead_days,
        is_active: row.is_active,
        class: row.seller.class.clone(),
        cost: row.seller.cost.map(UnitPrice::to_decimal),
        currency: row.seller.cost.map(UnitPrice::currency),
        is_cost_estimated: row.seller.is_cost_estimated,
        stock_since: row.seller.stock_since.map(|day| day.to_string()),
    }
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<ListQuery>) -> Reply {
    let catalog = app.part::<Catalog>();
    let pager = Pager::asked(query.page.as_deref(), query.per_page.as_deref());
    let language = visitor.locale.language();
    let filter = ProductFilter {
        ids: found(catalog, query.query.as_deref().unwrap_or_default(), language),
        categories: query.category.as_deref().map(|code| below(catalog, code)),
        ..ProductFilter::default()
    };
    let (rows, total) = queries::list(&app.db().read().await?, &filter, pager).await?;
    let products = rows.iter().map(|row| seller_product(row, catalog)).collect();
    web::json(&SellerProductList { products, total, page: pager.page, per_page: pager.per_page })
}

pub(super) async fn put(
    State(app): State<App>,
    visitor: Visitor,
    Path(sku): Path<String>,
    Json(input): Json<ProductInput>,
) -> Reply {
    let ctx = app.ctx(&visitor);
    let version = input.version;
    let product = input.parse(&sku, app.part::<Catalog>(), app.settings().currency)?;
    let (ctx, product) = (&ctx, &product);
    app.write(|tx| async move {
        match queries::by_sku(&tx, &product.sku).await? {
            Some(present) => actions::update(&tx, ctx, present.id, version, product).await,
            None => actions::create(&tx, ctx, product).await.map(|_| ()),
        }
    })
    .await?;
    let category = app.part::<Catalog>().category(product.category);
    web::json(&written(product, category.map_or_else(String::new, |category| category.code.clone())))
}

fn written(product: &NewProduct, category: String) -> SellerProduct {
    SellerProduct {
        sku: product.sku.to_string(),
        name: product.name.first().to_owned(),
        category,
        order_type: product.order_type,
        unit: product.packing.unit,
        stock: product.stock.to_decimal(),
        lead_days: product.lead_days,
        is_active: product.is_active,
        class: product.seller.class.clone(),
        cost: product.seller.cost.map(UnitPrice::to_decimal),
        currency: product.seller.cost.map(UnitPrice::currency),
        is_cost_estimated: product.seller.is_cost_estimated,
        stock_since: product.seller.stock_since.map(|day| day.to_string()),
    }
}
