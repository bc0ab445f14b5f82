//! Credit notes in the account, as a page and as JSON.

use askama::Template;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{App, PageLink, Pager, Query, Reply, Shell, State, Visitor};

/// Where the list is opened.
#[derive(Deserialize, JsonSchema)]
pub(super) struct ListParameters {
    /// From 1.
    page: Option<String>,
    /// 1 to 200.
    per_page: Option<String>,
}

struct Row {
    number: String,
    order: String,
    issued: String,
    net: String,
}

#[derive(Template)]
#[template(path = "credits/list.html")]
struct ListPage {
    shell: Shell,
    rows: Vec<Row>,
    pager: Pager,
    links: Vec<PageLink>,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<ListParameters>) -> Reply {
    let pager = Pager::asked(query.page.as_deref(), query.per_page.as_deref());
    let (notes, total) = super::own(&app.db().read().await?, &visitor.actor, pager.per_page, pager.offset()).await?;
    let locale = &visitor.locale;
    let rows = notes.iter().map(|note| Row {
        number: note.number.clone(),
        order: note.order_number.clone().unwrap_or_default(),
        issued: locale.date(locale.local_date(note.issued_at)),
        net: locale.money(note.net),
    });
    let (rows, pager) = (rows.collect(), pager.of(total));
    let links = pager.links("/account/credit-notes", "");
    let shell = Shell::load(&app, &visitor, &locale.text("credit-notes-title")).await?;
    web::page(&ListPage { shell, rows, pager, links })
}

/// A page of credit notes.
#[derive(Serialize, JsonSchema)]
pub(super) struct CreditNoteList {
    total: i64,
    credit_notes: Vec<CreditNoteView>,
}

#[derive(Serialize, JsonSchema)]
struct CreditNoteView {
    number: String,
    /// The order that it corrects, when known.
    order: Option<String>,
    /// What comes back, without tax.
    net: String,
    currency: String,
    /// RFC 3339.
    issued_at: String,
}

pub(super) async fn list_json(State(app): State<App>, visitor: Visitor, Query(query): Query<ListParameters>) -> Reply {
    let pager = Pager::asked(query.page.as_deref(), query.per_page.as_deref());
    let (notes, total) = super::own(&app.db().read().await?, &visitor.actor, pager.per_page, pager.offset()).await?;
    let views = notes.into_iter().map(|note| CreditNoteView {
        number: note.number,
        order: note.order_number,
        net: note.net.to_decimal(),
        currency: note.net.currency().code().into(),
        issued_at: note.issued_at.to_rfc3339(),
    });
    web::json(&CreditNoteList { total, credit_notes: views.collect() })
}
