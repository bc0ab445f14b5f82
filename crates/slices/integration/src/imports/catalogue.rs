//! Products. What has no column stays as it is, so that a file of SKUs and stocks is enough to set stocks.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use catalog::Texts;
use catalog::attributes::{self, Attribute, AttributeKey, Value};
use catalog::categories::{self, NewCategory};
use catalog::products::{self, Media, MediaKind, NewProduct, OrderType};
use db::WriteTx;
use i18n::Language;
use kernel::{
    CategoryId, Country, Ctx, Date, Failure, Gtin, Invalid, Outcome, ProductId, Quantity, Sku, Unit, UnitPrice,
};

use super::batches::{Fate, Group, Target, Written};
use super::cells::{self, Bound, Cells, Given, at_most, coded};
use super::mapping::{Field, Wrong, optional, required};
use super::report::RowError;
use super::source::RawRow;

/// Columns may be mapped to these.
pub(crate) const FIELDS: &[Field] = &[
    required("sku"),
    optional("name"),
    optional("name_en"),
    optional("name_pl"),
    optional("description"),
    optional("description_en"),
    optional("description_pl"),
    optional("category"),
    optional("gtin"),
    optional("mpn"),
    optional("unit"),
    optional("pack"),
    optional("packs_per_pallet"),
    optional("minimum"),
    optional("step"),
    optional("class"),
    optional("order_type"),
    optional("stock"),
    optional("lead_days"),
    optional("weight_grams"),
    optional("origin"),
    optional("customs_code"),
    optional("cost"),
    optional("cost_currency"),
    optional("is_cost_estimated"),
    optional("stock_since"),
    optional("is_active"),
    optional("image"),
    optional("document"),
];

/// A value of an attribute before its kind is known.
#[derive(Debug, Clone)]
struct Described {
    key: String,
    column: String,
    text: String,
    thousandths: Option<i64>,
}

/// A product as far as a row says something about it: `None` where it says nothing.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    sku: Sku,
    name: Option<String>,
    names: Vec<(Language, String)>,
    description: Option<String>,
    descriptions: Vec<(Language, String)>,
    category: Option<String>,
    gtin: Option<Option<Gtin>>,
    mpn: Option<Option<String>>,
    unit: Option<Unit>,
    pack: Option<i64>,
    packs_per_pallet: Option<i64>,
    minimum: Option<i64>,
    step: Option<i64>,
    class: Option<String>,
    order_type: Option<OrderType>,
    stock: Option<i64>,
    lead_days: Option<i64>,
    weight_grams: Option<i64>,
    origin: Option<Option<Country>>,
    customs_code: Option<String>,
    cost: Option<Option<UnitPrice>>,
    is_cost_estimated: Option<bool>,
    stock_since: Option<Option<Date>>,
    is_active: Option<bool>,
    image: Option<String>,
    document: Option<String>,
    attributes: Option<Vec<Described>>,
}

/// The rows of one file.
pub(crate) struct Products {
    bound: Arc<Bound>,
    /// In which row each SKU stands.
    seen: HashMap<Sku, u64>,
}

impl Target for Products {
    type Item = Row;
    type Named = ();
    const FIELDS: &'static [Field] = FIELDS;

    fn new(bound: Arc<Bound>) -> Self {
        Self { bound, seen: HashMap::new() }
    }

    fn take(&mut self, row: RawRow) -> Option<Group<Row>> {
        let item = self.parse(&row);
        Some(Group { rows: vec![row], item })
    }

    fn named(self) -> Self::Named {}

    async fn write(tx: &WriteTx, ctx: &Ctx, items: &[&Row]) -> Outcome<Written> {
        write(tx, ctx, items).await
    }
}

impl Products {
    fn parse(&mut self, row: &RawRow) -> Result<Row, Vec<RowError>> {
        let mut cells = self.bound.cells(row);
        let sku = cells.must("sku", |text| coded(Sku::parse(text)));
        if let Some(sku) = &sku
            && let Some(first) = self.seen.insert(sku.clone(), row.number)
        {
            cells.note("sku", "import-twice", vec![("row", first.to_string())]);
        }
        let value = sku.map(|sku| fields(&mut cells, sku));
        cells.finish(value)
    }
}

fn fields(cells: &mut Cells<'_>, sku: Sku) -> Row {
    let number = cells.number();
    let thousandths = |text: &str| number(text, 3).map_err(Wrong::from);
    let whole = |text: &str| number(text, 0).map_err(Wrong::from);
    let unit = |text: &str| Unit::parse(text).ok_or_else(|| ("product-unit", vec![]));
    let choice = |text: &str| OrderType::parse(text).ok_or_else(|| ("choice", vec![]));
    let text = at_most(5_000);
    let translations = |cells: &mut Cells<'_>, fields: [(&'static str, Language); 2]| {
        let one = |(field, language)| Some((language, cells.get(field, at_most(5_000)).or_empty(String::new())?));
        fields.into_iter().filter_map(one).collect()
    };
    Row {
        sku,
        name: cells.get("name", &text).or_empty(String::new()),
        names: translations(cells, [("name_en", Language::En), ("name_pl", Language::Pl)]),
        description: cells.get("description", &text).or_empty(String::new()),
        descriptions: translations(cells, [("description_en", Language::En), ("description_pl", Language::Pl)]),
        category: cells.get("category", &text).value(),
        gtin: cells.get("gtin", |text| coded(Gtin::parse(text))).map(Some).or_empty(None),
        mpn: cells.get("mpn", &text).map(Some).or_empty(None),
        unit: cells.get("unit", unit).value(),
        pack: cells.get("pack", thousandths).value(),
        packs_per_pallet: cells.get("packs_per_pallet", whole).or_empty(0),
        minimum: cells.get("minimum", thousandths).value(),
        step: cells.get("step", thousandths).value(),
        class: cells.get("class", |text| Ok::<_, Wrong>(text.to_uppercase())).value(),
        order_type: cells.get("order_type", choice).value(),
        stock: cells.get("stock", thousandths).or_empty(0),
        lead_days: cells.get("lead_days", whole).or_empty(0),
        weight_grams: cells.get("weight_grams", whole).or_empty(0),
        origin: cells.get("origin", |text| coded(Country::parse(text))).map(Some).or_empty(None),
        customs_code: cells
            .get("customs_code", |text| Ok::<_, Wrong>(text.replace([' ', '.'], "")))
            .or_empty(String::new()),
        cost: cost(cells),
        is_cost_estimated: cells.get("is_cost_estimated", cells::flag).value(),
        stock_since: cells.get("stock_since", cells::date).map(Some).or_empty(None),
        is_active: cells.get("is_active", cells::flag).value(),
        image: cells.get("image", &text).or_empty(String::new()),
        document: cells.get("document", &text).or_empty(String::new()),
        attributes: cells.has_attributes().then(|| described(cells)),
    }
}

fn cost(cells: &mut Cells<'_>) -> Option<Option<UnitPrice>> {
    let number = cells.number();
    let currency = cells.get("cost_currency", cells::currency).value();
    match cells.get("cost", |text| number(text, 6).map_err(Wrong::from)) {
        Given::Value(micros) => {
            let Some(currency) = currency else {
                cells.note("cost_currency", "required", Vec::new());
                return None;
            };
            match cells::price(micros, currency) {
                Ok(price) => Some(Some(price)),
                Err((code, args)) => {
                    cells.note("cost", code, args);
                    None
                }
            }
        }
        Given::Empty => Some(None),
        Given::Unmapped => None,
    }
}

fn described(cells: &mut Cells<'_>) -> Vec<Described> {
    let number = cells.number();
    let one = |(key, column, text): (&str, &str, std::borrow::Cow<'_, str>)| Described {
        key: key.to_owned(),
        column: column.to_owned(),
        thousandths: number(&text, 3).ok(),
        text: text.into_owned(),
    };
    cells.attributes().into_iter().map(one).collect()
}

async fn write(tx: &WriteTx, ctx: &Ctx, items: &[&Row]) -> Outcome<Written> {
    let mut written = Written::default();
    let skus: Vec<&Sku> = items.iter().map(|row| &row.sku).collect();
    let known = products::queries::ids_by_sku(tx, &skus).await?;
    let ids: Vec<ProductId> = known.values().copied().collect();
    let mut present = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        present.extend(
            products::queries::products(tx, some).await?.into_iter().map(|product| (product.sku.clone(), product)),
        );
    }
    let mut facts = products::queries::seller_facts_many(tx, &ids).await?;
    let categories = categories(tx, ctx, items, &mut written).await?;
    let keys = attribute_keys(tx, ctx, items, &mut written).await?;
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    let (mut new_at, mut changed_at) = (Vec::new(), Vec::new());
    for (at, row) in items.iter().enumerate() {
        let category = row.category.as_ref().and_then(|category| categories.get(category)).copied();
        let old = present.get(&row.sku).and_then(|product| Some(NewProduct::of(product, facts.remove(&product.id)?)));
        let fate = match old {
            Some(old) => {
                let product = with(row, old.clone(), category, &keys, (at, false))?;
                if product == old {
                    Fate::Unchanged
                } else {
                    changed.push(product);
                    changed_at.push(at);
                    Fate::Updated
                }
            }
            None => {
                let category = category.ok_or_else(|| Invalid::field(format!("[{at}].category"), "required"))?;
                let blank = NewProduct::simple(row.sku.clone(), category, Texts::default());
                new.push(with(row, blank, Some(category), &keys, (at, true))?);
                new_at.push(at);
                Fate::Created
            }
        };
        written.fates.push(fate);
    }
    products::actions::create_many(tx, ctx, &new).await.map_err(|e| placed(e, &new_at))?;
    products::actions::upsert_many(tx, ctx, &changed).await.map_err(|e| placed(e, &changed_at))?;
    Ok(written)
}

/// Errors name a place among those handed in; what is wanted is the place in the batch.
pub(crate) fn placed(failure: Failure, places: &[usize]) -> Failure {
    let Failure::Invalid(mut invalid) = failure else { return failure };
    for error in &mut invalid.fields {
        let place = error.field.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let Some((number, rest)) = place else { continue };
        if let Some(at) = number.parse::<usize>().ok().and_then(|number| places.get(number)) {
            error.field = format!("[{at}]{rest}");
        }
    }
    Failure::Invalid(invalid)
}

/// A product with what the row says about it.
fn with(
    row: &Row,
    mut p: NewProduct,
    category: Option<CategoryId>,
    keys: &HashMap<String, AttributeKey>,
    (at, is_new): (usize, bool),
) -> Outcome<NewProduct> {
    fn set<T: Clone>(place: &mut T, value: &Option<T>) {
        if let Some(value) = value {
            place.clone_from(value);
        }
    }
    p.name = texts(p.name, row.name.as_deref(), &row.names);
    p.description = texts(p.description, row.description.as_deref(), &row.descriptions);
    set(&mut p.category, &category);
    set(&mut p.gtin, &row.gtin);
    set(&mut p.mpn, &row.mpn);
    set(&mut p.packing.unit, &row.unit);
    set(&mut p.packing.pack, &row.pack);
    set(&mut p.packing.packs_per_pallet, &row.packs_per_pallet);
    set(&mut p.packing.step, &row.step);
    // For a new product, a step without a minimum means: at least one step. What is there already stays.
    set(&mut p.packing.minimum, &row.minimum.or(row.step.filter(|_| is_new)));
    set(&mut p.seller.class, &row.class);
    set(&mut p.order_type, &row.order_type);
    p.stock = Quantity::new(row.stock.unwrap_or(p.stock.thousandths()), p.packing.unit);
    set(&mut p.lead_days, &row.lead_days);
    set(&mut p.weight_grams, &row.weight_grams);
    set(&mut p.origin, &row.origin);
    set(&mut p.customs_code, &row.customs_code);
    set(&mut p.seller.cost, &row.cost);
    set(&mut p.seller.is_cost_estimated, &row.is_cost_estimated);
    set(&mut p.seller.stock_since, &row.stock_since);
    set(&mut p.is_active, &row.is_active);
    medium(&mut p, MediaKind::Image, row.image.as_deref());
    medium(&mut p, MediaKind::Document, row.document.as_deref());
    for described in row.attributes.iter().flatten() {
        if described.text.is_empty() {
            p.attributes.retain(|known| *known.key != *described.key);
            continue;
        }
        let key = keys.get(&described.key).ok_or_else(|| wrong_attribute(at, described, "attribute-unknown"))?;
        let attribute = Attribute::new(&described.key, value(at, key, described)?);
        match p.attributes.iter_mut().find(|known| known.key == attribute.key) {
            Some(known) => *known = attribute,
            None => p.attributes.push(attribute),
        }
    }
    Ok(p)
}

fn texts(old: Texts, first: Option<&str>, translations: &[(Language, String)]) -> Texts {
    let start = match first {
        Some(first) => old.translations().fold(Texts::new(first), |texts, (language, text)| texts.with(language, text)),
        None => old,
    };
    translations.iter().fold(start, |texts, (language, text)| texts.with(*language, text.as_str()))
}

/// Puts the picture or document in first place; an empty one removes it.
fn medium(product: &mut NewProduct, kind: MediaKind, url: Option<&str>) {
    let Some(url) = url else { return };
    let title = product.name.first().to_owned();
    let place = product.media.iter().position(|media| media.kind == kind);
    match (place, url) {
        (Some(place), "") => drop(product.media.remove(place)),
        (Some(place), url) => product.media[place].url = url.into(),
        (None, "") => {}
        (None, url) => product.media.push(Media { kind, title: title.into(), url: url.into() }),
    }
}

fn wrong_attribute(at: usize, described: &Described, code: &'static str) -> Failure {
    Invalid::field(format!("[{at}].{}", described.column), code).into()
}

fn value(at: usize, key: &AttributeKey, described: &Described) -> Outcome<Value> {
    let wrong = || wrong_attribute(at, described, "attribute-value");
    Ok(match key.kind {
        attributes::Kind::Number => Value::Number(described.thousandths.ok_or_else(wrong)?),
        attributes::Kind::Text => Value::Text(Texts::new(described.text.as_str())),
        attributes::Kind::Flag => Value::Flag(cells::flag(&described.text).map_err(|_| wrong())?),
    })
}

/// The attributes that the rows mention; those that are not there yet become texts, named as their column.
async fn attribute_keys(
    tx: &WriteTx,
    ctx: &Ctx,
    items: &[&Row],
    written: &mut Written,
) -> Outcome<HashMap<String, AttributeKey>> {
    let mentioned: BTreeSet<(&str, &str)> = items
        .iter()
        .flat_map(|row| row.attributes.iter().flatten())
        .filter(|described| !described.text.is_empty())
        .map(|described| (described.key.as_str(), described.column.as_str()))
        .collect();
    if mentioned.is_empty() {
        return Ok(HashMap::new());
    }
    let mut keys: HashMap<String, AttributeKey> =
        attributes::all(tx).await?.into_iter().map(|key| (key.key.clone(), key)).collect();
    let mut new = Vec::new();
    for (key, column) in mentioned {
        if !keys.contains_key(key) {
            let key = AttributeKey {
                key: key.to_owned(),
                name: Texts::new(column),
                unit: String::new(),
                kind: attributes::Kind::Text,
                is_filter: false,
                position: 1_000,
            };
            written.made.push(("import-made-attributes", key.key.clone()));
            keys.insert(key.key.clone(), key.clone());
            new.push(key);
        }
    }
    if !new.is_empty() {
        attributes::put_many(tx, ctx, &new).await?;
    }
    Ok(keys)
}

/// The category that each text of the rows means: the code of one that is there, or a path of names (`Pumps > Seals`),
/// whose categories are made where they are missing.
async fn categories(
    tx: &WriteTx,
    ctx: &Ctx,
    items: &[&Row],
    written: &mut Written,
) -> Outcome<HashMap<String, CategoryId>> {
    let mut found = HashMap::new();
    let wanted = || items.iter().enumerate().filter_map(|(at, row)| Some((at, row.category.as_ref()?)));
    if wanted().next().is_none() {
        return Ok(found);
    }
    let all = categories::queries::all(tx).await?;
    let mut known: HashMap<String, CategoryId> = all.into_iter().map(|category| (category.code, category.id)).collect();
    for (at, text) in wanted() {
        if found.contains_key(text) {
            continue;
        }
        let id = match known.get(text) {
            Some(id) => *id,
            None => make_path(tx, ctx, at, text, &mut known, written).await?,
        };
        found.insert(text.clone(), id);
    }
    Ok(found)
}

async fn make_path(
    tx: &WriteTx,
    ctx: &Ctx,
    at: usize,
    path: &str,
    known: &mut HashMap<String, CategoryId>,
    written: &mut Written,
) -> Outcome<CategoryId> {
    let wrong = || Failure::from(Invalid::field(format!("[{at}].category"), "category-code"));
    let mut parent: Option<(String, CategoryId)> = None;
    for name in path.split('>').map(str::trim) {
        let own = slug(name);
        let code = match &parent {
            Some((above, _)) => format!("{above}-{own}"),
            None => own.clone(),
        };
        if own.is_empty() || code.len() > 60 {
            return Err(wrong());
        }
        let id = match known.get(&code) {
            Some(id) => *id,
            None => {
                let category = NewCategory {
                    parent: parent.as_ref().map(|(code, _)| code.clone()),
                    code: code.clone(),
                    position: i64::try_from(known.len()).unwrap_or(i64::MAX),
                    icon: "carton".into(),
                    name: Texts::new(name),
                    description: Texts::default(),
                };
                written.made.push(("import-made-categories", code.clone()));
                categories::actions::put(tx, ctx, &category).await?
            }
        };
        known.insert(code.clone(), id);
        parent = Some((code, id));
    }
    parent.map(|(_, id)| id).ok_or_else(wrong)
}

/// A name as a code: `Łożyska kulkowe` is `lozyska-kulkowe`.
pub(crate) fn slug(name: &str) -> String {
    let folded = catalog::folded(name);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
