//! The office's pages about products.

use std::collections::BTreeMap;

use askama::Template;
use kernel::{Failure, Invalid, Permission, Sku, UnitPrice};
use sheets::{Cell, Sheet};
use web::{App, Fields, Form, FormState, PageLink, Pager, Path, Query, Reply, Shell, State, StatusCode, Visitor};

use super::form;
use super::list::{self, Asked, Choice, Column, Line};
use crate::products::{NewProduct, OrderType, ProductRow, actions, queries};
use crate::{Catalog, Texts};

#[derive(Template)]
#[template(path = "office/list.html")]
struct ListPage {
    shell: Shell,
    query: String,
    kept: Vec<(&'static str, String)>,
    states: Vec<Choice>,
    chips: Vec<Choice>,
    columns: Vec<Column>,
    lines: Vec<Line>,
    pager: Pager,
    links: Vec<PageLink>,
    export: String,
    may_manage: bool,
}

pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(query): Query<BTreeMap<String, String>>,
) -> Reply {
    let shell = Shell::load(&app, &visitor, &visitor.locale.text("products-title")).await?;
    let (catalog, asked) = (app.part::<Catalog>(), Asked::of(&query));
    let pager = Pager::asked(query.get("page").map(String::as_str), query.get("per_page").map(String::as_str));
    let filter = asked.filter(catalog, visitor.locale.language());
    let (rows, total) = queries::list(&app.db().read().await?, &filter, pager).await?;
    let pager = pager.of(total);
    web::page(&ListPage {
        query: asked.get("q").to_owned(),
        kept: ["category", "state", "class", "type", "sort"].map(|name| (name, asked.get(name).to_owned())).into(),
        states: list::states(&asked, &shell),
        chips: list::chips(&asked, catalog, &shell),
        columns: list::columns(&asked, &shell),
        lines: rows.iter().map(|row| list::line(row, catalog, &shell)).collect(),
        links: list::links(&asked, &pager),
        export: asked.query(),
        may_manage: visitor.may(Permission::ManageCatalog),
        pager,
        shell,
    })
}

pub(super) async fn export_csv(
    State(app): State<App>,
    visitor: Visitor,
    Query(query): Query<BTreeMap<String, String>>,
) -> Reply {
    sheet(&app, &visitor, &query).await?.csv()
}

pub(super) async fn export_xlsx(
    State(app): State<App>,
    visitor: Visitor,
    Query(query): Query<BTreeMap<String, String>>,
) -> Reply {
    sheet(&app, &visitor, &query).await?.xlsx()
}

/// Everything that the list shows, on all its pages.
async fn sheet(app: &App, visitor: &Visitor, query: &BTreeMap<String, String>) -> Result<Sheet, web::Problem> {
    const ROWS_MAX: i64 = 100_000;
    let catalog = app.part::<Catalog>();
    let filter = Asked::of(query).filter(catalog, visitor.locale.language());
    let all = Pager { page: 1, per_page: ROWS_MAX, total: 0 };
    let (rows, _) = queries::list(&app.db().read().await?, &filter, all).await?;
    let head = ["sku", "name", "category", "type", "class", "stock", "unit", "cost", "currency", "lead-days", "active"];
    let head = head.map(|code| visitor.locale.text(&format!("products-column-{code}")));
    let mut sheet = Sheet::new("products", head.into());
    rows.iter().for_each(|row| sheet.row(cells(row, catalog, visitor)));
    Ok(sheet)
}

fn cells(row: &ProductRow, catalog: &Catalog, visitor: &Visitor) -> Vec<Cell> {
    let language = visitor.locale.language();
    let name = catalog.product(row.id).map_or_else(|| row.name.clone(), |p| p.name.get(language).to_owned());
    let category = catalog.category(row.category).map_or_else(String::new, |c| c.name.get(language).to_owned());
    let number = |price: UnitPrice| Cell::Number(price.to_decimal());
    vec![
        row.sku.as_str().into(),
        name.into(),
        category.into(),
        row.order_type.code().into(),
        row.seller.class.clone().into(),
        Cell::Number(row.stock.to_decimal()),
        row.stock.unit().code().into(),
        row.seller.cost.map_or(Cell::Empty, number),
        row.seller.cost.map_or("", |cost| cost.currency().code()).into(),
        row.lead_days.into(),
        visitor.locale.text(if row.is_active { "yes" } else { "no" }).into(),
    ]
}

#[derive(Template)]
#[template(path = "office/edit.html")]
struct EditPage {
    shell: Shell,
    form: FormState,
    action: String,
    is_new: bool,
    public: String,
    picture: String,
    version: i64,
    categories: Vec<(String, String)>,
    units: Vec<(&'static str, String)>,
    order_types: Vec<(&'static str, String)>,
    /// Field and label of the name in each further language.
    names: Vec<(String, String)>,
    descriptions: Vec<(String, String)>,
    currency: &'static str,
    facts: Vec<(String, String)>,
}

/// What stands beside the form, whatever is in it.
async fn page(
    app: &App,
    visitor: &Visitor,
    form: FormState,
    sku: Option<&Sku>,
    version: i64,
) -> Result<EditPage, Failure> {
    let (catalog, language) = (app.part::<Catalog>(), visitor.locale.language());
    let title = sku.map_or_else(|| visitor.locale.text("product-new"), ToString::to_string);
    let product = sku.and_then(|sku| catalog.by_sku(sku.as_str()));
    let text = |prefix: &str, code: &str| visitor.locale.text(&format!("{prefix}-{code}"));
    let others = || form::others(form::first(app));
    let translated = |field: &str, label: &str| {
        let label = visitor.locale.text(label);
        others().map(|l| (format!("{field}_{}", l.code()), format!("{label}, {}", l.name()))).collect()
    };
    Ok(EditPage {
        shell: Shell::load(app, visitor, &title).await?,
        form,
        action: sku.map_or_else(|| "/office/products".into(), edit_href),
        is_new: sku.is_none(),
        public: product.as_ref().map_or_else(String::new, |product| product.href()),
        picture: product.as_ref().map_or_else(String::new, |product| product.picture()),
        version,
        categories: tree(catalog, language),
        units: kernel::Unit::ALL.map(|unit| (unit.code(), text("unit-name", unit.code()))).into(),
        order_types: OrderType::ALL.map(|kind| (kind.code(), text("product-order-type", kind.code()))).into(),
        names: translated("name", "products-column-name"),
        descriptions: translated("description", "product-description"),
        currency: app.settings().currency.code(),
        facts: product.map(|product| crate::attribute_facts(catalog, &product, &visitor.locale)).unwrap_or_default(),
    })
}

fn edit_href(sku: &Sku) -> String {
    format!("/office/products/{}", web::encode(sku.as_str()))
}

/// Categories with their way from the top, in the order of the tree.
fn tree(catalog: &Catalog, language: i18n::Language) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for id in catalog.roots().iter().flat_map(|root| catalog.subtree(root.id)) {
        let path = catalog.path(id);
        let name = path.iter().map(|category| category.name.get(language)).collect::<Vec<_>>().join(" › ");
        all.extend(path.last().map(|category| (category.code.clone(), name)));
    }
    all
}

pub(super) async fn edit(State(app): State<App>, visitor: Visitor, Path(sku): Path<String>) -> Reply {
    let (product, version, sku) = present(&app, &sku).await?;
    let form = form::of(&product, app.part::<Catalog>(), form::first(&app), &visitor.locale);
    web::page(&page(&app, &visitor, form, Some(&sku), version).await?)
}

async fn present(app: &App, sku: &str) -> Result<(NewProduct, i64, Sku), Failure> {
    let sku = Sku::parse(sku).map_err(|_| Failure::NotFound)?;
    let tx = app.db().read().await?;
    let product = queries::by_sku(&tx, &sku).await?.ok_or(Failure::NotFound)?;
    let seller = queries::seller_facts(&tx, product.id).await?;
    Ok((NewProduct::of(&product, seller), product.version, sku))
}

pub(super) async fn update(
    State(app): State<App>,
    visitor: Visitor,
    Path(sku): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let (base, _, sku) = present(&app, &sku).await?;
    let version = fields.text("version").parse::<i64>().ok();
    let product = &match form::parse(&fields, base, &app) {
        Ok(product) => product,
        Err(failure) => return again(&app, &visitor, &fields, Some(&sku), failure).await,
    };
    let written = app
        .write(|tx| async move {
            let present = queries::by_sku(&tx, &product.sku).await?.ok_or(Failure::NotFound)?;
            actions::update(&tx, ctx, present.id, version, product).await
        })
        .await;
    match written {
        Ok(()) => web::flash(web::see_other(&edit_href(&sku)), "product-saved"),
        Err(failure) => again(&app, &visitor, &fields, Some(&sku), failure).await,
    }
}

/// The form with what was typed and what is wrong with it. A refusal is shown in place: nothing typed is lost.
async fn again(app: &App, visitor: &Visitor, fields: &Fields, sku: Option<&Sku>, failure: Failure) -> Reply {
    let (status, form) = match failure {
        Failure::Invalid(invalid) => (StatusCode::UNPROCESSABLE_ENTITY, fields.rejected(&invalid, &visitor.locale)),
        Failure::Refused(refused) if refused.code == "product-changed" => {
            let invalid = Invalid::field("version", "product-changed");
            (StatusCode::CONFLICT, fields.rejected(&invalid, &visitor.locale))
        }
        other => return Err(other.into()),
    };
    // After a conflict the next attempt is about what is there now.
    let version = match sku {
        Some(sku) => present(app, sku.as_str()).await?.1,
        None => 0,
    };
    web::page_with(status, &page(app, visitor, form, sku, version).await?)
}

pub(super) async fn new(State(app): State<App>, visitor: Visitor) -> Reply {
    let values = [
        ("unit", "piece"),
        ("pack", "1"),
        ("step", "1"),
        ("minimum", "1"),
        ("stock", "0"),
        ("packs_per_pallet", "0"),
        ("lead_days", "0"),
        ("weight_grams", "0"),
        ("order_type", "stock"),
        ("class", "C"),
        ("is_active", "yes"),
    ];
    let form = FormState::of(values.map(|(name, value)| (name, value.to_owned())));
    web::page(&page(&app, &visitor, form, None, 0).await?)
}

pub(super) async fn create(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let product = form::sku(&fields).and_then(|sku| {
        let category = app.part::<Catalog>().category_by_code(fields.text("category")).map(|category| category.id);
        let category = category.ok_or_else(|| Failure::from(Invalid::field("category", "category-unknown")))?;
        form::parse(&fields, NewProduct::simple(sku, category, Texts::default()), &app)
    });
    let written = match &product {
        Ok(product) => app.write(|tx| async move { actions::create(&tx, ctx, product).await.map(|_| ()) }).await,
        Err(_) => Ok(()),
    };
    match (product, written) {
        (Ok(product), Ok(())) => web::flash(web::see_other(&edit_href(&product.sku)), "product-saved"),
        (Err(failure), _) | (Ok(_), Err(failure)) => again(&app, &visitor, &fields, None, failure).await,
    }
}
