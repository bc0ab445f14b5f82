//! The office's pages of changes of prices: what waits, what was, and the word of the second person.

use askama::Template;
use catalog::Catalog;
use db::ReadTx;
use kernel::{Failure, Outcome, Permission, PriceListId, ProductId};
use parties::people;
use pricing::lists;
use serde::Deserialize;
use terms::deciders;
use web::{
    App, Fields, Form, FormState, PageLink, Pager, Path, Query, Reply, Shell, State, StatusCode, Visitor, flash, page,
    page_with, see_other,
};

use super::api::change_id;
use super::view::{ChangeRow, PriceRow, name_of, price_text, state_text};
use super::{Change, actions, queries};

#[derive(Deserialize)]
pub(super) struct ListQuery {
    /// `all`, else only what waits.
    #[serde(default)]
    show: String,
    page: Option<String>,
}

#[derive(Template)]
#[template(path = "changes/changes.html")]
struct ChangesPage {
    shell: Shell,
    title: String,
    /// The list that they are of; empty for all lists.
    list: String,
    list_href: String,
    rows: Vec<ChangeRow>,
    is_all: bool,
    waiting: i64,
    pager: Pager,
    links: Vec<PageLink>,
}

async fn changes_page(app: &App, visitor: &Visitor, list: Option<PriceListId>, query: &ListQuery) -> Reply {
    let (locale, tx) = (&visitor.locale, app.db().read().await?);
    let pager = Pager::asked(query.page.as_deref(), None);
    let one = match list {
        Some(list) => Some(lists::queries::list(&tx, list).await?),
        None => None,
    };
    let is_all = one.is_some() || query.show == "all";
    let (changes, total) = queries::changes(&tx, list, !is_all, pager).await?;
    let staff = people::queries::staff(&tx).await?;
    let mut rows = Vec::with_capacity(changes.len());
    for change in &changes {
        let name = lists::queries::list(&tx, change.list).await?.name.get(locale.language()).to_owned();
        rows.push(ChangeRow::of(change, &name, &staff, locale));
    }
    let waiting = queries::waiting(&tx).await?;
    drop(tx);
    let (pager, title) = (pager.of(total), locale.text("price-changes-title"));
    let path = list.map_or("/office/price-changes".to_owned(), |list| format!("/office/price-lists/{list}/changes"));
    page(&ChangesPage {
        shell: Shell::load(app, visitor, &title).await?,
        title,
        list: one.as_ref().map(|list| list.name.get(locale.language()).to_owned()).unwrap_or_default(),
        list_href: list.map(|list| format!("/office/price-lists/{list}")).unwrap_or_default(),
        links: pager.links(&path, &web::query_string(&[("show", &query.show)])),
        rows,
        is_all,
        waiting,
        pager,
    })
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<ListQuery>) -> Reply {
    changes_page(&app, &visitor, None, &query).await
}

pub(super) async fn of_list(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(query): Query<ListQuery>,
) -> Reply {
    let id = PriceListId::parse(&id).ok_or(Failure::NotFound)?;
    changes_page(&app, &visitor, Some(id), &query).await
}

#[derive(Template)]
#[template(path = "changes/change.html")]
struct ChangePage {
    shell: Shell,
    id: String,
    list: String,
    list_href: String,
    currency: &'static str,
    head: ChangeRow,
    note: String,
    lines: Vec<PriceRow>,
    waiting: i64,
    /// Whether the visitor may be the second person.
    may_approve: bool,
    approves_own: bool,
    /// Whether it is the visitor's own, which only others may confirm.
    is_mine: bool,
    refusal: String,
    form: FormState,
    pager: Pager,
    links: Vec<PageLink>,
}

/// Whether the visitor may confirm a change, and whether that would be his or her own word.
async fn may_approve(tx: &ReadTx, visitor: &Visitor, change: &Change) -> Outcome<Option<bool>> {
    let able = deciders::able(tx, Permission::ManagePrices).await?;
    let authors: Vec<_> = change.by.into_iter().collect();
    Ok(deciders::second_person(&visitor.actor, &authors, &able).filter(|_| change.waiting > 0))
}

async fn change_page(
    app: &App,
    visitor: &Visitor,
    id: &str,
    query: &ListQuery,
    returned: (FormState, String),
    status: StatusCode,
) -> Reply {
    let (locale, tx) = (&visitor.locale, app.db().read().await?);
    let change = queries::change(&tx, change_id(id)?).await?;
    let list = lists::queries::list(&tx, change.list).await?;
    let pager = Pager::asked(query.page.as_deref(), None);
    let (lines, total) = queries::lines(&tx, change.id, pager).await?;
    let products: Vec<ProductId> = lines.iter().map(|line| line.product).collect();
    let bounds = queries::bounds(&tx, &list, &products).await?;
    let staff = people::queries::staff(&tx).await?;
    let may = may_approve(&tx, visitor, &change).await?;
    drop(tx);
    let (name, pager) = (list.name.get(locale.language()).to_owned(), pager.of(total));
    let catalog = app.part::<Catalog>();
    let template = ChangePage {
        shell: Shell::load(app, visitor, &locale.text("price-change-title")).await?,
        id: change.id.to_string(),
        list_href: format!("/office/price-lists/{}", list.id),
        currency: list.currency.code(),
        head: ChangeRow::of(&change, &name, &staff, locale),
        list: name,
        note: change.decision.as_ref().map(|decision| decision.note.clone()).unwrap_or_default(),
        lines: lines.iter().map(|line| PriceRow::of(catalog, locale, line, &bounds, false)).collect(),
        waiting: change.waiting,
        may_approve: may.is_some(),
        approves_own: may == Some(true),
        is_mine: change.by.is_some() && change.by == visitor.actor.user && may.is_none(),
        refusal: returned.1,
        form: returned.0,
        links: pager.links(&format!("/office/price-changes/{}", change.id), ""),
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
    change_page(&app, &visitor, &id, &query, Default::default(), StatusCode::OK).await
}

/// The page again with what is wrong, or the list of what waits.
async fn answer(
    app: &App,
    visitor: &Visitor,
    id: &str,
    fields: &Fields,
    done: Outcome<()>,
    said: &'static str,
) -> Reply {
    let query = ListQuery { show: String::new(), page: None };
    match done {
        Ok(()) => flash(see_other(&format!("/office/price-changes/{id}")), said),
        Err(Failure::Invalid(invalid)) => {
            let form = fields.rejected(&invalid, &visitor.locale);
            let returned = (form, String::new());
            change_page(app, visitor, id, &query, returned, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Failure::Refused(refused)) => {
            let returned = (fields.kept(), visitor.refusal(&refused));
            change_page(app, visitor, id, &query, returned, StatusCode::CONFLICT).await
        }
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn approve(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, change, note) = (&app.ctx(&visitor), change_id(&id)?, fields.text("note"));
    let done = app.write(|tx| async move { actions::approve(&tx, ctx, change, note).await }).await;
    answer(&app, &visitor, &id, &fields, done.map(|_| ()), "price-change-approved").await
}

pub(super) async fn decline(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, change, note) = (&app.ctx(&visitor), change_id(&id)?, fields.text("note"));
    let done = app.write(|tx| async move { actions::decline(&tx, ctx, change, note).await }).await;
    answer(&app, &visitor, &id, &fields, done, "price-change-declined").await
}

struct HistoryRow {
    href: String,
    at: String,
    by: String,
    quantity: String,
    old: String,
    new: String,
    reason: String,
    state: String,
    decided: String,
}

#[derive(Template)]
#[template(path = "changes/history.html")]
struct HistoryPage {
    shell: Shell,
    list: String,
    list_href: String,
    sku: String,
    name: String,
    currency: &'static str,
    rows: Vec<HistoryRow>,
}

pub(super) async fn history(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, product)): Path<(String, String)>,
) -> Reply {
    let id = PriceListId::parse(&id).ok_or(Failure::NotFound)?;
    let product = ProductId::parse(&product).ok_or(Failure::NotFound)?;
    let (locale, tx) = (&visitor.locale, app.db().read().await?);
    let list = lists::queries::list(&tx, id).await?;
    let product = app.part::<Catalog>().product(product).ok_or(Failure::NotFound)?;
    let past = queries::history(&tx, id, product.id).await?;
    let staff = people::queries::staff(&tx).await?;
    drop(tx);
    let row = |(change, line): &(Change, super::ChangeLine)| {
        let head = ChangeRow::of(change, "", &staff, locale);
        HistoryRow {
            href: head.href,
            at: head.at,
            by: name_of(&staff, change.by, locale),
            quantity: locale.quantity_unit(line.from),
            old: price_text(locale, line.old),
            new: price_text(locale, line.new),
            reason: head.reason,
            state: state_text(locale, line.state),
            decided: head.decided,
        }
    };
    page(&HistoryPage {
        shell: Shell::load(&app, &visitor, &locale.text("price-history-title")).await?,
        list: list.name.get(locale.language()).to_owned(),
        list_href: format!("/office/price-lists/{id}"),
        sku: product.sku.to_string(),
        name: product.name.get(locale.language()).to_owned(),
        currency: list.currency.code(),
        rows: past.iter().map(row).collect(),
    })
}
