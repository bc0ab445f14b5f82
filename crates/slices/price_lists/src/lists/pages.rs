//! The office's pages of price lists.

use std::collections::BTreeSet;

use askama::Template;
use catalog::Catalog;
use kernel::{Currency, Failure, Invalid, Outcome, PriceListId, ProductId};
use pricing::groups;
use pricing::lists::actions::{self, ListChange};
use pricing::lists::{ListPrice, NewList, PriceList, queries, rules};
use pricing_engine::Scope;
use sheets::{Cell, Sheet};
use terms::guard::Door;
use web::{
    App, Fields, Form, FormState, PageLink, Pager, Path, Query, Reply, Shell, State, StatusCode, Visitor, flash, page,
    page_with, see_other,
};

use super::api::{ListQuery, day, list_id, scope};
use super::view::{Beside, ListLine, ProductLine, Wrong, product_lines, scope_label, validity};
use crate::changes::{self, Edit, Submission, Submitted, confirm};

/// Products that a search within a list finds at most: more than a catalogue has, so that a bulk change leaves none out.
const FOUND_MAX: usize = 1_000_000;

#[derive(Template)]
#[template(path = "lists/lists.html")]
struct ListsPage {
    shell: Shell,
    rows: Vec<ListLine>,
    scopes: Vec<(&'static str, String, i64)>,
    scope: String,
    pager: Pager,
    links: Vec<PageLink>,
    q: String,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<ListQuery>) -> Reply {
    let tx = app.db().read().await?;
    let (lists, total) = queries::lists(&tx, &query.filter(), query.pager()).await?;
    let counts = queries::counts(&tx).await?;
    let today = app.today();
    let mut rows = Vec::with_capacity(lists.len());
    for (list, prices) in &lists {
        rows.push(ListLine::of(&tx, &visitor.locale, list, *prices, today).await?);
    }
    drop(tx);
    let pager = query.pager().of(total);
    page(&ListsPage {
        shell: Shell::load(&app, &visitor, &visitor.locale.text("price-lists-title")).await?,
        rows,
        scopes: counts.into_iter().map(|(s, n)| (s.code(), scope_label(&visitor.locale, s), n)).collect(),
        links: pager.links("/office/price-lists", &web::query_string(&[("q", &query.q), ("scope", &query.scope)])),
        scope: query.scope,
        pager,
        q: query.q,
    })
}

#[derive(Template)]
#[template(path = "lists/new.html")]
struct NewPage {
    shell: Shell,
    form: FormState,
    scopes: Vec<(&'static str, String)>,
    currencies: Vec<&'static str>,
    groups: Vec<(String, String)>,
}

async fn new_page(app: &App, visitor: &Visitor, form: FormState, status: StatusCode) -> Reply {
    let language = visitor.locale.language();
    let groups = groups::all(&app.db().read().await?).await?;
    let template = NewPage {
        shell: Shell::load(app, visitor, &visitor.locale.text("price-list-new")).await?,
        form,
        scopes: Scope::ALL.iter().map(|s| (s.code(), scope_label(&visitor.locale, *s))).collect(),
        currencies: Currency::ALL.iter().map(|c| c.code()).collect(),
        groups: groups.into_iter().map(|g| (g.code.clone(), g.name.get(language).to_owned())).collect(),
    };
    page_with(status, &template)
}

pub(super) async fn new(State(app): State<App>, visitor: Visitor) -> Reply {
    let first = [("scope", "general".to_owned()), ("currency", app.settings().currency.code().to_owned())];
    new_page(&app, &visitor, FormState::of(first), StatusCode::OK).await
}

/// A new list as typed; companies are named by their number.
async fn parse_new(app: &App, fields: &Fields) -> Outcome<NewList> {
    let mut invalid = Invalid::default();
    let company = match fields.some("company") {
        Some(number) => {
            let found = parties::companies::queries::by_number(&app.db().read().await?, number).await?;
            invalid.take("company", found.map(|c| c.id).ok_or(("price-list-company", Vec::new())))
        }
        None => None,
    };
    let scope = if invalid.fields.is_empty() {
        scope(&mut invalid, fields.text("scope"), fields.some("price_group"), company, fields.text("reference"))
    } else {
        None
    };
    let currency = invalid.take("currency", Currency::parse(fields.text("currency")).ok_or(("currency", Vec::new())));
    let (valid_from, valid_until) = validity_fields(&mut invalid, fields);
    match (scope, currency, invalid.fields.is_empty()) {
        (Some(scope), Some(currency), true) => {
            let (code, name) = (fields.text("code").to_owned(), names(fields));
            Ok(NewList { code, name, scope, currency, valid_from, valid_until })
        }
        _ => Err(invalid.into()),
    }
}

fn validity_fields(invalid: &mut Invalid, fields: &Fields) -> (Option<kernel::Date>, Option<kernel::Date>) {
    (day(invalid, "valid_from", fields.some("valid_from")), day(invalid, "valid_until", fields.some("valid_until")))
}

fn names(fields: &Fields) -> catalog::Texts {
    catalog::Texts::new(fields.text("name")).with(i18n::Language::Pl, fields.text("name_pl"))
}

pub(super) async fn create(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let done = match &parse_new(&app, &fields).await {
        Ok(new) => app.write(|tx| async move { actions::create(&tx, ctx, new).await }).await,
        Err(Failure::Invalid(invalid)) => Err(invalid.clone().into()),
        Err(_) => Err(Failure::NotFound),
    };
    match done {
        Ok(id) => flash(see_other(&format!("/office/price-lists/{id}")), "price-list-created"),
        Err(Failure::Invalid(invalid)) => {
            let form = fields.rejected(&invalid, &visitor.locale);
            new_page(&app, &visitor, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(failure) => Err(failure.into()),
    }
}

#[derive(Template)]
#[template(path = "lists/list.html")]
struct OnePage {
    shell: Shell,
    id: PriceListId,
    code: String,
    name: String,
    kind: String,
    target: String,
    currency: &'static str,
    validity: String,
    rows: Vec<ProductLine>,
    form: FormState,
    add: FormState,
    refusal: String,
    pager: Pager,
    links: Vec<PageLink>,
    q: String,
    /// Changes of this list that wait for a second person.
    waiting: i64,
}

/// What is wrong with the page's forms, when one comes back.
#[derive(Default)]
struct Rejected {
    form: Option<FormState>,
    add: Option<FormState>,
    price: Option<Wrong>,
    refusal: String,
}

impl Rejected {
    fn status(&self) -> StatusCode {
        let wrong = self.form.is_some() || self.add.is_some() || self.price.is_some();
        match (wrong, self.refusal.is_empty()) {
            (true, _) => StatusCode::UNPROCESSABLE_ENTITY,
            (false, false) => StatusCode::CONFLICT,
            (false, true) => StatusCode::OK,
        }
    }
}

fn form_of(list: &PriceList) -> FormState {
    let date = |date: Option<kernel::Date>| date.map(|d| d.to_string()).unwrap_or_default();
    FormState::of([
        ("name", list.name.first().to_owned()),
        ("name_pl", list.name.translation(i18n::Language::Pl).unwrap_or_default().to_owned()),
        ("valid_from", date(list.valid_from)),
        ("valid_until", date(list.valid_until)),
        ("version", list.version.to_string()),
    ])
}

async fn one_page(app: &App, visitor: &Visitor, id: PriceListId, query: &ListQuery, rejected: Rejected) -> Reply {
    let (catalog, language) = (app.part::<Catalog>(), visitor.locale.language());
    let among: Option<Vec<ProductId>> = among(app, visitor, &query.q).map(|found| found.into_iter().collect());
    let tx = app.db().read().await?;
    let list = queries::list(&tx, id).await?;
    let (prices, total) = queries::prices_by_sku(&tx, catalog, id, among.as_deref(), query.pager()).await?;
    let line = ListLine::of(&tx, &visitor.locale, &list, total, app.today()).await?;
    let products: Vec<ProductId> =
        prices.chunk_by(|a, b| a.product == b.product).map(|steps| steps[0].product).collect();
    let beside = Beside {
        bounds: changes::queries::bounds(&tx, &list, &products).await?,
        last: changes::queries::last(&tx, id, &products).await?,
        planned: changes::queries::planned(&tx, id, Some(&products)).await?,
    };
    let waiting = changes::queries::changes(&tx, Some(id), true, Pager::asked(None, Some("1"))).await?.1;
    drop(tx);
    let (pager, status) = (query.pager().of(total), rejected.status());
    let name = list.name.get(language).to_owned();
    let template = OnePage {
        shell: Shell::load(app, visitor, &name).await?,
        rows: product_lines(catalog, &visitor.locale, &prices, &beside, rejected.price.as_ref()),
        form: rejected.form.unwrap_or_else(|| form_of(&list)),
        add: rejected.add.unwrap_or_default(),
        refusal: rejected.refusal,
        validity: validity(&visitor.locale, &list),
        kind: line.kind,
        target: line.target,
        currency: list.currency.code(),
        links: pager.links(&format!("/office/price-lists/{id}"), &web::query_string(&[("q", &query.q)])),
        code: list.code,
        q: query.q.clone(),
        waiting,
        id,
        name,
        pager,
    };
    page_with(status, &template)
}

pub(super) async fn one(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(query): Query<ListQuery>,
) -> Reply {
    one_page(&app, &visitor, list_id(&id)?, &query, Rejected::default()).await
}

/// The place on the page that a form was sent from.
fn place(fields: &Fields) -> ListQuery {
    let page = fields.some("page").map(str::to_owned);
    ListQuery { q: fields.text("q").to_owned(), scope: String::new(), page, per_page: None }
}

fn back_to(id: PriceListId, fields: &Fields) -> Reply {
    let query = web::query_string(&[("q", fields.text("q")), ("page", fields.text("page"))]);
    see_other(&format!("/office/price-lists/{id}?{query}"))
}

fn back(id: PriceListId, fields: &Fields) -> Reply {
    flash(back_to(id, fields), "price-saved")
}

pub(super) async fn update(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, id) = (&app.ctx(&visitor), list_id(&id)?);
    let mut invalid = Invalid::default();
    let (valid_from, valid_until) = validity_fields(&mut invalid, &fields);
    let version = fields.text("version").parse().unwrap_or(0);
    let change = &ListChange { name: names(&fields), valid_from, valid_until, version };
    let done = match invalid.check() {
        Ok(()) => app.write(|tx| async move { actions::change(&tx, ctx, id, change).await }).await.map(|_| ()),
        Err(failure) => Err(failure),
    };
    let form = |state| Rejected { form: Some(state), ..Rejected::default() };
    answer(&app, &visitor, id, &fields, done, form).await
}

/// Back to the page when it is done; the page again, with what is wrong, when it is not.
async fn answer(
    app: &App,
    visitor: &Visitor,
    id: PriceListId,
    fields: &Fields,
    done: Outcome<()>,
    rejected: impl FnOnce(FormState) -> Rejected,
) -> Reply {
    match done {
        Ok(()) => back(id, fields),
        Err(Failure::Invalid(invalid)) => {
            let rejected = rejected(fields.rejected(&invalid, &visitor.locale));
            one_page(app, visitor, id, &place(fields), rejected).await
        }
        Err(Failure::Refused(refused)) => {
            let refusal = visitor.refusal(&refused);
            one_page(app, visitor, id, &place(fields), Rejected { refusal, ..Rejected::default() }).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Prices that a form sends, through the guard: back to the page, or the question whether they are meant.
async fn submit(
    app: &App,
    visitor: &Visitor,
    id: PriceListId,
    (action, fields): (&str, &Fields),
    edits: Outcome<Vec<Edit>>,
    rejected: impl FnOnce(FormState) -> Rejected,
) -> Reply {
    let submission = edits.and_then(|edits| Ok(confirm::submission(id, Door::Price, fields, edits)?));
    let done = match &submission {
        Ok(submission) => {
            let ctx = &app.ctx(visitor);
            app.write(|tx| async move { changes::actions::submit(&tx, ctx, submission).await }).await
        }
        Err(Failure::Invalid(invalid)) => Err(invalid.clone().into()),
        Err(_) => Err(Failure::NotFound),
    };
    match (done, submission) {
        (Ok(done), _) => said(back_to(id, fields), done),
        (Err(Failure::Refused(refused)), Ok(submission)) if changes::ChangeRefusal::Unconfirmed.is(&refused) => {
            confirm::ask(app, visitor, &submission, (action, fields), FormState::default()).await
        }
        (Err(Failure::Invalid(invalid)), Ok(submission)) if submission.is_confirmed => {
            let form = fields.rejected(&invalid, &visitor.locale);
            confirm::ask(app, visitor, &submission, (action, fields), form).await
        }
        (Err(failure), _) => answer(app, visitor, id, fields, Err(failure), rejected).await,
    }
}

/// The way back, with the sentence what became of the prices.
fn said(back: Reply, done: Submitted) -> Reply {
    let key = match done {
        Submitted { waiting: 1.., .. } => "price-waiting",
        Submitted { planned: 1.., .. } => "price-planned",
        _ => "price-saved",
    };
    flash(back, key)
}

pub(super) async fn add_price(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let id = list_id(&id)?;
    let list = queries::list(&app.db().read().await?, id).await?;
    let step = match app.part::<Catalog>().by_sku(fields.text("sku")) {
        Some(product) => {
            let (from, price) = (fields.text("from"), fields.text("price"));
            rules::step(from, price, fields.notation(), product.packing, list.currency)
                .map(|tier| vec![Edit { product: product.id, from: tier.from, price: Some(tier.price), seen: None }])
        }
        None => Err(Invalid::field("sku", "price-sku")),
    };
    let action = format!("/office/price-lists/{id}/prices");
    let add = |state| Rejected { add: Some(state), ..Rejected::default() };
    submit(&app, &visitor, id, (&action, &fields), step.map_err(Failure::from), add).await
}

/// The step that a path names.
async fn step_at(app: &App, path: &(String, String, String)) -> Outcome<(PriceListId, ListPrice)> {
    let (id, product) = (list_id(&path.0)?, ProductId::parse(&path.1).ok_or(Failure::NotFound)?);
    let from: i64 = path.2.parse().map_err(|_| Failure::NotFound)?;
    let steps = queries::steps(&app.db().read().await?, id, product).await?;
    let step = steps.into_iter().find(|step| step.tier.from.thousandths() == from);
    Ok((id, step.ok_or(Failure::NotFound)?))
}

pub(super) async fn set_price(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(String, String, String)>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (id, step) = step_at(&app, &path).await?;
    let (product, from, currency) = (step.product, step.tier.from, step.tier.price.currency());
    // What the form showed, not what is there now: who changed it in between is told.
    let seen = fields.text("old").parse().unwrap_or_else(|_| step.tier.price.micros());
    let mut invalid = Invalid::default();
    let edits = match invalid.take("price", rules::price_of(fields.text("price"), currency, fields.notation())) {
        Some(price) => Ok(vec![Edit { product, from, price: Some(price), seen: Some(seen) }]),
        None => Err(invalid.into()),
    };
    let at = (product, from.thousandths());
    let action = format!("/office/price-lists/{id}/prices/{product}/{}", at.1);
    let price = |form: FormState| {
        let wrong = Wrong { at, typed: form.value("price").to_owned(), sentence: form.error("price").to_owned() };
        Rejected { price: Some(wrong), ..Rejected::default() }
    };
    submit(&app, &visitor, id, (&action, &fields), edits, price).await
}

pub(super) async fn remove_price(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(String, String, String)>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (id, step) = step_at(&app, &path).await?;
    // Who changed it since the page was read is told, as when it is changed.
    let seen = fields.text("old").parse().ok();
    let edit = Edit { product: step.product, from: step.tier.from, price: None, seen };
    let (ctx, reason) = (&app.ctx(&visitor), String::new());
    let (door, edits) = (Door::Price, vec![edit]);
    let gone = &Submission { list: id, door, holds_from: None, reason, is_confirmed: false, edits };
    app.write(|tx| async move { changes::actions::submit(&tx, ctx, gone).await }).await?;
    flash(back_to(id, &fields), "price-removed")
}

pub(super) async fn export_csv(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(query): Query<ListQuery>,
) -> Reply {
    sheet(&app, &visitor, &id, &query.q).await?.csv()
}

pub(super) async fn export_xlsx(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(query): Query<ListQuery>,
) -> Reply {
    sheet(&app, &visitor, &id, &query.q).await?.xlsx()
}

/// The products that a search within a list finds; `None` without one.
pub(crate) fn among(app: &App, visitor: &Visitor, q: &str) -> Option<BTreeSet<ProductId>> {
    let (catalog, q) = (app.part::<Catalog>(), q.trim());
    if q.is_empty() {
        return None;
    }
    let hits = catalog.search(q, visitor.locale.language(), FOUND_MAX, 0).products;
    Some(hits.iter().map(|product| product.id).chain(catalog.by_sku(q).map(|product| product.id)).collect())
}

/// The columns of a list as a table. What is planned next stands behind what a file that is sent back is read from.
const HEAD: [&str; 8] = ["sku", "name", "from", "unit", "price", "currency", "planned_from", "planned_price"];

/// The prices of a list as a table: all, or of what the search finds.
async fn sheet(app: &App, visitor: &Visitor, id: &str, q: &str) -> Outcome<Sheet> {
    let (id, catalog, tx) = (list_id(id)?, app.part::<Catalog>(), app.db().read().await?);
    let among = among(app, visitor, q);
    let list = queries::list(&tx, id).await?;
    let planned = changes::queries::planned(&tx, id, None).await?;
    let mut sheet = Sheet::new(&format!("prices-{}", list.code.to_lowercase()), HEAD.map(str::to_owned).to_vec());
    queries::every_price(&tx, id, |price| {
        if among.as_ref().is_some_and(|among| !among.contains(&price.product)) {
            return;
        }
        let product = catalog.product(price.product);
        let name = product.as_ref().map_or("", |p| p.name.get(visitor.locale.language()));
        let sku = product.as_ref().map_or(String::new(), |p| p.sku.to_string());
        let next = planned.get(&(price.product, price.tier.from.thousandths())).and_then(|next| next.first());
        sheet.row(vec![
            sku.into(),
            name.into(),
            Cell::Number(price.tier.from.to_decimal()),
            price.tier.from.unit().code().into(),
            Cell::Number(price.tier.price.to_decimal()),
            list.currency.code().into(),
            next.map_or(Cell::Empty, |next| next.holds_from.to_string().into()),
            next.and_then(|next| next.price).map_or(Cell::Empty, |price| Cell::Number(price.to_decimal())),
        ]);
    })
    .await?;
    Ok(sheet)
}
