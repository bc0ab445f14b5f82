//! Price lists. A row is one price: list, SKU, from which quantity, how much. Lists that are not there yet are made.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use catalog::{Texts, products};
use db::WriteTx;
use kernel::{Ctx, Currency, Date, Invalid, Outcome, Packing, PriceListId, ProductId, Quantity, Sku, UnitPrice};
use parties::companies;
use price_lists::changes::{self, Edit, Submission};
use pricing::groups;
use pricing::lists::{self, ListScope, NewList, PriceList, actions::ListChange};
use pricing_engine::Scope;
use terms::guard::Door;

use super::Replace;
use super::batches::{Fate, Group, Settled, Target, Written};
use super::cells::{self, Bound, Cells, at_most, coded};
use super::mapping::{Field, Wrong, optional, required};
use super::report::RowError;
use super::source::RawRow;

/// Columns may be mapped to these.
pub(crate) const FIELDS: &[Field] = &[
    required("list"),
    required("sku"),
    required("price"),
    required("currency"),
    optional("from"),
    optional("list_name"),
    optional("scope"),
    optional("group"),
    optional("company"),
    optional("reference"),
    optional("valid_from"),
    optional("valid_until"),
];

/// Why prices of a file change, where a change says why.
const IMPORTED: &str = "import";
/// The report's line for prices that wait for a second person.
const WAITING: &str = "import-report-prices-waiting";

/// What a row says about its list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ListText {
    code: String,
    name: Option<String>,
    scope: Scope,
    group: Option<String>,
    company: Option<String>,
    reference: Option<String>,
    currency: Currency,
    valid_from: Option<Option<Date>>,
    valid_until: Option<Option<Date>>,
}

/// One price.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    list: ListText,
    sku: Sku,
    from: i64,
    price: UnitPrice,
}

/// The rows of one file.
pub(crate) struct Prices {
    bound: Arc<Bound>,
    seen: HashMap<(String, Sku, i64), u64>,
}

/// Which steps of which products the file names, by the code of the list.
pub(crate) type Named = BTreeMap<String, HashMap<Sku, BTreeSet<i64>>>;

impl Target for Prices {
    type Item = Row;
    type Named = Named;
    const FIELDS: &'static [Field] = FIELDS;

    fn new(bound: Arc<Bound>) -> Self {
        Self { bound, seen: HashMap::new() }
    }

    fn take(&mut self, row: RawRow) -> Option<Group<Row>> {
        let item = self.parse(&row);
        Some(Group { rows: vec![row], item })
    }

    fn named(self) -> Named {
        let mut named = Named::new();
        for (list, sku, from) in self.seen.into_keys() {
            named.entry(list).or_default().entry(sku).or_default().insert(from);
        }
        named
    }

    async fn settle(tx: &WriteTx, ctx: &Ctx, named: &Named, replace: Option<Replace>) -> Outcome<Settled> {
        let (mut left, mut removed) = (0, 0);
        for (code, products) in named {
            // A list that the file makes is not there in a dry run, and has nothing that the file does not name.
            let Some(list) = lists::queries::by_code(tx, code).await? else { continue };
            let others = others(tx, list.id, products, replace).await?;
            match replace {
                None => left += others.len() as u64,
                Some(_) => {
                    removed += others.len() as u64;
                    take_away(tx, ctx, list.id, &others).await?;
                }
            }
        }
        Ok(Settled { notes: vec![("import-note-steps-left", left), ("import-note-steps-removed", removed)] })
    }

    async fn write(tx: &WriteTx, ctx: &Ctx, items: &[&Row]) -> Outcome<Written> {
        write(tx, ctx, items).await
    }
}

impl Prices {
    fn parse(&mut self, row: &RawRow) -> Result<Row, Vec<RowError>> {
        let mut cells = self.bound.cells(row);
        let value = fields(&mut cells);
        if let Some(value) = &value {
            let key = (value.list.code.clone(), value.sku.clone(), value.from);
            if let Some(first) = self.seen.insert(key, row.number) {
                cells.note("sku", "import-twice", vec![("row", first.to_string())]);
            }
        }
        cells.finish(value)
    }
}

fn fields(cells: &mut Cells<'_>) -> Option<Row> {
    let number = cells.number();
    let code = cells.must("list", at_most(40));
    let sku = cells.must("sku", |text| coded(Sku::parse(text)));
    let currency = cells.must("currency", cells::currency);
    let price = cells
        .must("price", |text| cells::price(number(text, 6).map_err(Wrong::from)?, currency.unwrap_or(Currency::Eur)));
    let from = cells.get("from", |text| cells::quantity(number(text, 3)));
    let scope = cells.get("scope", |text| Scope::parse(&text.to_lowercase()).ok_or_else(|| ("choice", vec![])));
    let scope = scope.value().unwrap_or(Scope::General);
    let group = cells.get("group", at_most(40)).value();
    let company = cells.get("company", at_most(40)).value();
    match scope {
        Scope::Group if group.is_none() => cells.note("group", "required", vec![]),
        Scope::Company | Scope::Contract if company.is_none() => cells.note("company", "required", vec![]),
        _ => {}
    }
    let name = cells.get("list_name", at_most(80)).value();
    let reference = cells.get("reference", at_most(80)).value();
    let valid_from = cells.get("valid_from", cells::date).map(Some).or_empty(None);
    let valid_until = cells.get("valid_until", cells::date).map(Some).or_empty(None);
    let (currency, code) = (currency?, code?);
    let list = ListText { code, name, scope, group, company, reference, currency, valid_from, valid_until };
    Some(Row { list, sku: sku?, from: from.value().unwrap_or(Quantity::SCALE), price: price? })
}

async fn write(tx: &WriteTx, ctx: &Ctx, items: &[&Row]) -> Outcome<Written> {
    let mut written = Written { fates: vec![Fate::Created; items.len()], made: Vec::new() };
    let products = products_of(tx, items).await?;
    let mut lists: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, row) in items.iter().enumerate() {
        lists.entry(&row.list.code).or_default().push(at);
    }
    for places in lists.into_values() {
        let first = items[places[0]];
        if let Some(at) = places.iter().find(|at| items[**at].list != first.list) {
            return Err(Invalid::field(format!("[{at}].list"), "import-list-differs").into());
        }
        let list = list_of(tx, ctx, places[0], &first.list, &mut written).await?;
        put(tx, ctx, list, items, &places, &products, &mut written).await?;
    }
    Ok(written)
}

/// Ids and packing of the products; an unknown SKU is an error at its row.
async fn products_of(tx: &WriteTx, items: &[&Row]) -> Outcome<HashMap<Sku, (ProductId, Packing)>> {
    let skus: Vec<&Sku> = items.iter().map(|row| &row.sku).collect::<BTreeSet<_>>().into_iter().collect();
    let ids = products::queries::ids_by_sku(tx, &skus).await?;
    let mut unknown = Invalid::default();
    for (at, row) in items.iter().enumerate() {
        if !ids.contains_key(&row.sku) {
            unknown = unknown.and(format!("[{at}].sku"), "import-unknown-sku", vec![]);
        }
    }
    unknown.check()?;
    let all: Vec<ProductId> = ids.into_values().collect();
    let mut products = HashMap::with_capacity(all.len());
    for some in all.chunks(500) {
        let loaded = products::queries::products(tx, some).await?;
        products.extend(loaded.into_iter().map(|product| (product.sku, (product.id, product.packing))));
    }
    Ok(products)
}

async fn list_of(tx: &WriteTx, ctx: &Ctx, at: usize, text: &ListText, written: &mut Written) -> Outcome<PriceListId> {
    let scope = scope_of(tx, at, text).await?;
    let Some(old) = lists::queries::by_code(tx, &text.code).await? else {
        let new = NewList {
            code: text.code.clone(),
            name: Texts::new(text.name.as_deref().unwrap_or(&text.code)),
            scope,
            currency: text.currency,
            valid_from: text.valid_from.flatten(),
            valid_until: text.valid_until.flatten(),
        };
        written.made.push(("import-made-lists", text.code.clone()));
        return lists::actions::create(tx, ctx, &new).await.map_err(|failure| list_error(failure, at));
    };
    if old.currency != text.currency {
        return Err(Invalid::field(format!("[{at}].currency"), "currency-mismatch").into());
    }
    if old.scope.scope() != scope.scope()
        || old.scope.company() != scope.company()
        || old.scope.group() != scope.group()
    {
        return Err(Invalid::field(format!("[{at}].scope"), "import-list-scope").into());
    }
    change(tx, ctx, at, text, old).await
}

/// Name and validity follow the file where it has columns for them.
async fn change(tx: &WriteTx, ctx: &Ctx, at: usize, text: &ListText, old: PriceList) -> Outcome<PriceListId> {
    let name = match &text.name {
        Some(name) => old.name.translations().fold(Texts::new(name.as_str()), |texts, (l, t)| texts.with(l, t)),
        None => old.name.clone(),
    };
    let valid_from = text.valid_from.unwrap_or(old.valid_from);
    let valid_until = text.valid_until.unwrap_or(old.valid_until);
    if name != old.name || valid_from != old.valid_from || valid_until != old.valid_until {
        let change = ListChange { name, valid_from, valid_until, version: old.version };
        lists::actions::change(tx, ctx, old.id, &change).await.map_err(|failure| list_error(failure, at))?;
    }
    Ok(old.id)
}

/// The names of a list's fields in a file.
fn list_error(failure: kernel::Failure, at: usize) -> kernel::Failure {
    let kernel::Failure::Invalid(mut invalid) = failure else { return failure };
    for error in &mut invalid.fields {
        let field = match error.field.as_str() {
            "code" => "list",
            "name" => "list_name",
            other => other,
        };
        error.field = format!("[{at}].{field}");
    }
    kernel::Failure::Invalid(invalid)
}

async fn scope_of(tx: &WriteTx, at: usize, text: &ListText) -> Outcome<ListScope> {
    let company = match (&text.company, text.scope) {
        (Some(number), Scope::Company | Scope::Contract) => {
            let company = companies::queries::by_number(tx, number).await?;
            Some(company.ok_or_else(|| Invalid::field(format!("[{at}].company"), "import-unknown-company"))?.id)
        }
        _ => None,
    };
    let missing = |field: &str| kernel::Failure::from(Invalid::field(format!("[{at}].{field}"), "required"));
    Ok(match text.scope {
        Scope::General => ListScope::General,
        Scope::Group => {
            let code = text.group.clone().ok_or_else(|| missing("group"))?;
            // A group that no company can be in makes a list that nobody buys from, and nobody notices.
            if !groups::all(tx).await?.iter().any(|group| group.code == code) {
                return Err(Invalid::field(format!("[{at}].group"), "price-list-group").into());
            }
            ListScope::Group(code)
        }
        Scope::Company => ListScope::Company(company.ok_or_else(|| missing("company"))?),
        Scope::Contract => ListScope::Contract {
            company: company.ok_or_else(|| missing("company"))?,
            reference: text.reference.clone().unwrap_or_default(),
        },
    })
}

async fn put(
    tx: &WriteTx,
    ctx: &Ctx,
    list: PriceListId,
    items: &[&Row],
    places: &[usize],
    products: &HashMap<Sku, (ProductId, Packing)>,
    written: &mut Written,
) -> Outcome<()> {
    let ids: BTreeSet<ProductId> =
        places.iter().filter_map(|at| products.get(&items[*at].sku)).map(|(id, _)| *id).collect();
    let ids: Vec<ProductId> = ids.into_iter().collect();
    let old = lists::queries::steps_of(tx, list, &ids).await?;
    let old: HashMap<(ProductId, i64), i64> =
        old.into_iter().map(|p| ((p.product, p.tier.from.thousandths()), p.tier.price.micros())).collect();
    let mut edits = Vec::new();
    for at in places {
        let row = items[*at];
        let Some((product, packing)) = products.get(&row.sku) else { continue };
        if packing.unit.decimals() == 0 && row.from % Quantity::SCALE != 0 {
            return Err(Invalid::field(format!("[{at}].from"), "quantity-whole").into());
        }
        written.fates[*at] = match old.get(&(*product, row.from)) {
            Some(micros) if *micros == row.price.micros() => Fate::Unchanged,
            Some(_) => Fate::Updated,
            None => Fate::Created,
        };
        if written.fates[*at] != Fate::Unchanged {
            let from = Quantity::new(row.from, packing.unit);
            edits.push(Edit { product: *product, from, price: Some(row.price), seen: None });
        }
    }
    let (door, reason) = (Door::Import, IMPORTED.to_owned());
    let submission = Submission { list, door, holds_from: None, reason, is_confirmed: true, edits };
    let done = changes::actions::submit(tx, ctx, &submission).await?;
    if let Some(change) = done.change {
        let waiting = (0..done.waiting).map(|at| (WAITING, format!("{change}/{at}")));
        written.made.extend(waiting);
    }
    Ok(())
}

/// Takes steps away by the way that all prices change, so that their history says so.
async fn take_away(tx: &WriteTx, ctx: &Ctx, list: PriceListId, steps: &[(ProductId, i64)]) -> Outcome<()> {
    let products: BTreeSet<ProductId> = steps.iter().map(|(product, _)| *product).collect();
    let present = lists::queries::steps_of(tx, list, &products.into_iter().collect::<Vec<_>>()).await?;
    let gone: BTreeSet<&(ProductId, i64)> = steps.iter().collect();
    let gone = present.iter().filter(|step| gone.contains(&(step.product, step.tier.from.thousandths())));
    let edits: Vec<Edit> =
        gone.map(|step| Edit { product: step.product, from: step.tier.from, price: None, seen: None }).collect();
    for edits in edits.chunks(changes::rules::EDITS_MAX) {
        let (door, reason, edits) = (Door::Import, IMPORTED.to_owned(), edits.to_vec());
        let submission = Submission { list, door, holds_from: None, reason, is_confirmed: true, edits };
        changes::actions::submit(tx, ctx, &submission).await?;
    }
    Ok(())
}

/// The steps of a list that a file does not name: of the products that it names, or of all.
async fn others(
    tx: &WriteTx,
    list: PriceListId,
    named: &HashMap<Sku, BTreeSet<i64>>,
    replace: Option<Replace>,
) -> Outcome<Vec<(ProductId, i64)>> {
    let skus: Vec<&Sku> = named.keys().collect();
    let ids = products::queries::ids_by_sku(tx, &skus).await?;
    let wanted: HashMap<ProductId, &BTreeSet<i64>> =
        ids.iter().filter_map(|(sku, id)| Some((*id, named.get(sku)?))).collect();
    let mut others = lists::queries::keys(tx, list).await?;
    others.retain(|(product, from)| match wanted.get(product) {
        Some(steps) => !steps.contains(from),
        None => replace == Some(Replace::Lists),
    });
    Ok(others)
}
