//! Price lists as JSON.

use std::collections::BTreeMap;

use catalog::{Catalog, Texts};
use i18n::Language;
use kernel::{CompanyId, Currency, Date, Failure, Invalid, Notation, Outcome, PriceListId, ProductId, UnitPrice};
use pricing::lists::actions::{self, ListChange};
use pricing::lists::queries::{self, ListFilter};
use pricing::lists::{ListPrice, ListScope, NewList, PriceList, rules};
use pricing::prices::StepView;
use pricing_engine::Scope;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::guard::Door;
use web::{App, Json, Pager, Path, Query, Reply, State, Visitor, created, json};

use crate::changes::{self, Edit, Planned, Submission, SubmittedView};

#[derive(Deserialize, JsonSchema)]
pub(super) struct ListQuery {
    /// Part of code or name.
    #[serde(default)]
    pub q: String,
    /// `general`, `group`, `company` or `contract`.
    #[serde(default)]
    #[schemars(extend("enum" = Scope::ALL.map(Scope::code)))]
    pub scope: String,
    /// The page, from 1.
    pub page: Option<String>,
    /// Rows on a page, 1 to 200.
    pub per_page: Option<String>,
}

impl ListQuery {
    pub(super) fn filter(&self) -> ListFilter {
        let text = Some(self.q.trim().to_owned()).filter(|text| !text.is_empty());
        ListFilter { text, scope: Scope::parse(&self.scope), company: None }
    }

    pub(super) fn pager(&self) -> Pager {
        Pager::asked(self.page.as_deref(), self.per_page.as_deref())
    }
}

/// A price list.
#[derive(Serialize, JsonSchema)]
pub(super) struct ListView {
    id: PriceListId,
    code: String,
    name: String,
    /// The name in other languages, by language code.
    names: BTreeMap<String, String>,
    /// `general`, `group`, `company` or `contract`.
    scope: String,
    price_group: Option<String>,
    company: Option<CompanyId>,
    /// The company's own reference for a contract.
    reference: Option<String>,
    currency: Currency,
    /// First day, e.g. `2026-01-01`.
    valid_from: Option<String>,
    /// Last day.
    valid_until: Option<String>,
    /// To be sent back with a change.
    version: i64,
}

impl ListView {
    fn of(list: &PriceList) -> Self {
        let info = list.info();
        Self {
            id: list.id,
            code: info.code,
            name: info.name,
            names: info.names,
            scope: info.scope.code().into(),
            price_group: list.scope.group().map(str::to_owned),
            company: list.scope.company(),
            reference: match &list.scope {
                ListScope::Contract { reference, .. } => Some(reference.clone()),
                _ => None,
            },
            currency: list.currency,
            valid_from: list.valid_from.map(|d| d.to_string()),
            valid_until: list.valid_until.map(|d| d.to_string()),
            version: list.version,
        }
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ListPage {
    items: Vec<ListRow>,
    total: i64,
    page: i64,
}

#[derive(Serialize, JsonSchema)]
struct ListRow {
    #[serde(flatten)]
    list: ListView,
    /// How many prices it holds.
    prices: i64,
}

pub(super) async fn list(State(app): State<App>, Query(query): Query<ListQuery>) -> Reply {
    let pager = query.pager();
    let (lists, total) = queries::lists(&app.db().read().await?, &query.filter(), pager).await?;
    let items = lists.iter().map(|(list, prices)| ListRow { list: ListView::of(list), prices: *prices }).collect();
    json(&ListPage { items, total, page: pager.page })
}

/// A price list to be created.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListInput {
    code: String,
    name: String,
    /// The name in other languages, by language code.
    #[serde(default)]
    names: BTreeMap<String, String>,
    /// `general`, `group` (with `price_group`), `company` or `contract` (with `company`).
    scope: String,
    price_group: Option<String>,
    company: Option<CompanyId>,
    reference: Option<String>,
    currency: String,
    valid_from: Option<String>,
    valid_until: Option<String>,
}

/// What may change of a price list.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListChangeInput {
    name: String,
    #[serde(default)]
    names: BTreeMap<String, String>,
    valid_from: Option<String>,
    valid_until: Option<String>,
    /// The version that was read.
    version: i64,
}

fn texts(first: &str, names: &BTreeMap<String, String>) -> Texts {
    let known = names.iter().filter_map(|(code, name)| Some((Language::parse(code)?, name.trim())));
    known.fold(Texts::new(first.trim()), |texts, (language, name)| texts.with(language, name))
}

/// A day as it was typed; empty is none.
pub(super) fn day(invalid: &mut Invalid, field: &str, text: Option<&str>) -> Option<Date> {
    let text = text.map(str::trim).filter(|text| !text.is_empty())?;
    invalid.take(field, Date::entered(text).ok_or(("date", Vec::new())))
}

/// The scope as it was sent: code, group and company.
pub(super) fn scope(
    invalid: &mut Invalid,
    code: &str,
    group: Option<&str>,
    company: Option<CompanyId>,
    reference: &str,
) -> Option<ListScope> {
    let group = group.map(str::trim).filter(|group| !group.is_empty());
    let missing = |field| (field, "required");
    let scope = match (Scope::parse(code), group, company) {
        (Some(Scope::General), _, _) => Ok(ListScope::General),
        (Some(Scope::Group), Some(group), _) => Ok(ListScope::Group(group.to_owned())),
        (Some(Scope::Company), _, Some(company)) => Ok(ListScope::Company(company)),
        (Some(Scope::Contract), _, Some(company)) => {
            Ok(ListScope::Contract { company, reference: reference.trim().to_owned() })
        }
        (Some(Scope::Group), None, _) => Err(missing("price_group")),
        (Some(_), _, None) => Err(missing("company")),
        (None, _, _) => Err(("scope", "price-list-scope")),
    };
    match scope {
        Ok(scope) => Some(scope),
        Err((field, code)) => {
            *invalid = std::mem::take(invalid).and(field, code, Vec::new());
            None
        }
    }
}

fn new_list(input: &ListInput) -> Outcome<NewList> {
    let mut invalid = Invalid::default();
    let reference = input.reference.as_deref().unwrap_or_default();
    let scope = scope(&mut invalid, &input.scope, input.price_group.as_deref(), input.company, reference);
    let currency = invalid.take("currency", Currency::parse(&input.currency).ok_or(("currency", Vec::new())));
    let valid_from = day(&mut invalid, "valid_from", input.valid_from.as_deref());
    let valid_until = day(&mut invalid, "valid_until", input.valid_until.as_deref());
    match (scope, currency, invalid.fields.is_empty()) {
        (Some(scope), Some(currency), true) => {
            let name = texts(&input.name, &input.names);
            Ok(NewList { code: input.code.clone(), name, scope, currency, valid_from, valid_until })
        }
        _ => Err(invalid.into()),
    }
}

pub(super) async fn create(State(app): State<App>, visitor: Visitor, Json(input): Json<ListInput>) -> Reply {
    let (ctx, new) = (&app.ctx(&visitor), &new_list(&input)?);
    let id = app.write(|tx| async move { actions::create(&tx, ctx, new).await }).await?;
    let list = queries::list(&app.db().read().await?, id).await?;
    created(&format!("/api/v1/price-lists/{id}"), &ListView::of(&list))
}

/// The id in a path; what is none names nothing.
pub(super) fn list_id(text: &str) -> Outcome<PriceListId> {
    PriceListId::parse(text).ok_or(Failure::NotFound)
}

pub(super) async fn one(State(app): State<App>, Path(id): Path<String>) -> Reply {
    json(&ListView::of(&queries::list(&app.db().read().await?, list_id(&id)?).await?))
}

pub(super) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Json(input): Json<ListChangeInput>,
) -> Reply {
    let (ctx, id) = (&app.ctx(&visitor), list_id(&id)?);
    let mut invalid = Invalid::default();
    let change = &ListChange {
        name: texts(&input.name, &input.names),
        valid_from: day(&mut invalid, "valid_from", input.valid_from.as_deref()),
        valid_until: day(&mut invalid, "valid_until", input.valid_until.as_deref()),
        version: input.version,
    };
    invalid.check()?;
    let list = app.write(|tx| async move { actions::change(&tx, ctx, id, change).await }).await?;
    json(&ListView::of(&list))
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct PriceQuery {
    /// Only this product.
    #[serde(default)]
    sku: String,
    /// The page, from 1.
    page: Option<String>,
    /// Products on a page, 1 to 200.
    per_page: Option<String>,
}

/// The steps of one product in a list.
#[derive(Serialize, JsonSchema)]
pub(super) struct ProductPrices {
    product: ProductId,
    /// Empty when the product is not in the catalogue any more.
    sku: String,
    steps: Vec<StepView>,
    /// What its prices will be from later days on, the next day first.
    planned: Vec<PlannedView>,
}

/// A price from a later day on.
#[derive(Serialize, JsonSchema)]
struct PlannedView {
    /// The first day on which it holds, e.g. `2027-01-01`.
    holds_from: String,
    /// From this quantity on.
    from: String,
    /// Net price of one unit; `null` where the step goes away.
    price: Option<String>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct PricePage {
    items: Vec<ProductPrices>,
    /// Products in all.
    total: i64,
    page: i64,
}

pub(super) async fn prices(State(app): State<App>, Path(id): Path<String>, Query(query): Query<PriceQuery>) -> Reply {
    let (id, catalog) = (list_id(&id)?, app.part::<Catalog>());
    let pager = Pager::asked(query.page.as_deref(), query.per_page.as_deref());
    let among = match query.sku.trim() {
        "" => None,
        sku => Some(catalog.by_sku(sku).map(|product| product.id).into_iter().collect::<Vec<_>>()),
    };
    let tx = app.db().read().await?;
    queries::list(&tx, id).await?;
    let (rows, total) = queries::prices(&tx, id, among.as_deref(), pager).await?;
    let rows: Vec<&[ListPrice]> = rows.chunk_by(|a, b| a.product == b.product).collect();
    let products: Vec<ProductId> = rows.iter().map(|steps| steps[0].product).collect();
    let planned = changes::queries::planned(&tx, id, Some(&products)).await?;
    let items = rows.into_iter().map(|steps| of_product(catalog, steps, &planned)).collect();
    json(&PricePage { items, total, page: pager.page })
}

fn of_product(
    catalog: &Catalog,
    steps: &[ListPrice],
    planned: &BTreeMap<(ProductId, i64), Vec<Planned>>,
) -> ProductPrices {
    let product = steps[0].product;
    let mut planned: Vec<&Planned> =
        planned.range((product, i64::MIN)..=(product, i64::MAX)).flat_map(|(_, planned)| planned).collect();
    planned.sort_by_key(|planned| planned.holds_from);
    let view = |planned: &Planned| PlannedView {
        holds_from: planned.holds_from.to_string(),
        from: planned.from.to_decimal(),
        price: planned.price.map(UnitPrice::to_decimal),
    };
    let step = |row: &ListPrice| StepView { from: row.tier.from.to_decimal(), price: row.tier.price.to_decimal() };
    ProductPrices {
        product,
        sku: catalog.product(product).map(|p| p.sku.to_string()).unwrap_or_default(),
        steps: steps.iter().map(step).collect(),
        planned: planned.into_iter().map(view).collect(),
    }
}

/// A step to be set.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct StepInput {
    /// From this quantity on, in the product's unit.
    from: String,
    /// Net price of one unit, in the list's currency.
    price: String,
}

/// All steps of one product.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StepsInput {
    steps: Vec<StepInput>,
    /// Why; required where a price is under the floor, below cost or zero.
    #[serde(default)]
    reason: String,
    /// The first day on which the prices hold, e.g. `2027-01-01`; at once without it.
    holds_from: Option<String>,
    /// That prices under the floor, below cost or zero are meant, and go to a second person.
    #[serde(default)]
    confirm: bool,
}

pub(super) async fn put_prices(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, sku)): Path<(String, String)>,
    Json(input): Json<StepsInput>,
) -> Reply {
    let (ctx, id) = (&app.ctx(&visitor), list_id(&id)?);
    let product = app.part::<Catalog>().by_sku(&sku).ok_or(Failure::NotFound)?;
    let list = queries::list(&app.db().read().await?, id).await?;
    let mut wrong = Invalid::default();
    if input.steps.len() > rules::STEPS_MAX {
        return Err(wrong.and("steps", "too-many-lines", vec![("most", rules::STEPS_MAX.to_string())]).into());
    }
    let mut edits: Vec<Edit> = Vec::new();
    for (place, step) in input.steps.iter().enumerate() {
        match rules::step(&step.from, &step.price, Notation::Plain, product.packing, list.currency) {
            Ok(tier) => {
                edits.push(Edit { product: product.id, from: tier.from, price: Some(tier.price), seen: None });
            }
            Err(invalid) => wrong.fields.extend(invalid.fields.into_iter().map(|mut error| {
                error.field = format!("steps[{place}].{}", error.field);
                error
            })),
        }
    }
    let holds_from = day(&mut wrong, "holds_from", input.holds_from.as_deref());
    wrong.check()?;
    let (edits, product) = (&edits, product.id);
    let (reason, is_confirmed) = (&input.reason, input.confirm);
    let done = app.write(|tx| async move {
        // What is not sent goes: inside the transaction, so that a step which came meanwhile goes too.
        let there = queries::steps(&tx, id, product).await?;
        let gone = there.iter().filter(|step| !edits.iter().any(|edit| edit.from == step.tier.from));
        let gone = gone.map(|step| Edit { product, from: step.tier.from, price: None, seen: None });
        let edits = edits.iter().copied().chain(gone).collect();
        let (door, reason) = (Door::Api, reason.clone());
        let submission = Submission { list: id, door, holds_from, reason, is_confirmed, edits };
        changes::actions::submit(&tx, ctx, &submission).await
    });
    json(&SubmittedView::from(done.await?))
}
