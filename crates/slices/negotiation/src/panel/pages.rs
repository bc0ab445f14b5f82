//! What the panel's forms do. Each answers with the panel for htmx, and goes back to the page that was left otherwise.

use askama::Template;
use axum::http::StatusCode;
use catalog::Catalog;
use db::WriteTx;
use kernel::{Ctx, Failure, Invalid, NegotiationId, OfferId, Outcome};
use pricing::Buyers;
use serde::Deserialize;
use terms::words;
use web::{App, Fields, Form, FormState, Hx, Path, Query, Reply, Shell, State, Visitor};

use super::{Panel, form, subject, view};
use crate::attachments;
use crate::attachments::form::Sent;
use crate::negotiations::{Negotiation, queries, summary};
use crate::requests::{Ask, actions};

#[derive(Template)]
#[template(path = "panel/page.html")]
struct PanelPage {
    shell: Shell,
    back: String,
    back_label: String,
    subject: String,
    panel: String,
}

/// Where a form goes back to.
pub(crate) fn back(text: &str) -> String {
    if web::is_own_path(text) { text.to_owned() } else { "/account/negotiations".to_owned() }
}

#[derive(Deserialize)]
pub(super) struct Back {
    #[serde(default)]
    back: String,
}

pub(super) async fn panel(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Query(query): Query<Back>,
) -> Reply {
    fragment(&app, &visitor, id, &back(&query.back)).await
}

/// The panel as it is now.
async fn fragment(app: &App, visitor: &Visitor, id: NegotiationId, back: &str) -> Reply {
    let panel = of_negotiation(app, visitor, id, back, FormState::default()).await?;
    web::fragment(StatusCode::OK, &panel)
}

pub(super) async fn of_negotiation(
    app: &App,
    visitor: &Visitor,
    id: NegotiationId,
    back: &str,
    typed: FormState,
) -> Result<Panel, Failure> {
    let tx = app.db().read().await?;
    let n = queries::negotiation(&tx, &visitor.actor, id).await?;
    let seen = queries::seen(&tx, n).await?;
    drop(tx);
    let subject = subject::of_negotiation(app, visitor, &seen.negotiation).await?;
    Ok(Panel::new(app, visitor, subject, Some(seen), back, typed))
}

async fn read(app: &App, visitor: &Visitor, fields: &Fields) -> Result<Ask, Failure> {
    let buyer = app.part::<Buyers>().get(app.db(), visitor.actor.company()?).await?;
    form::ask(fields).read(app.part::<Catalog>(), buyer.company.currency)
}

/// A competitor's offer that came with the ask, in the same transaction.
async fn attach(tx: &WriteTx, ctx: &Ctx, id: NegotiationId, sent: &Sent) -> Outcome<()> {
    if let Some(file) = sent.file("file") {
        attachments::actions::add_to_negotiation(tx, ctx, id, file).await?;
    }
    Ok(())
}

/// After a command: the panel itself, or back to where it stands.
pub(crate) async fn done(app: &App, visitor: &Visitor, hx: Hx, id: NegotiationId, back: &str) -> Reply {
    if hx.0 {
        return fragment(app, visitor, id, back).await;
    }
    web::see_other(&format!("{back}#deal"))
}

pub(super) async fn open(State(app): State<App>, visitor: Visitor, hx: Hx, sent: Sent) -> Reply {
    let (ctx, fields) = (&app.ctx(&visitor), &sent.fields);
    let opened = match read(&app, &visitor, fields).await {
        Ok(ask) => {
            let (ask, sent) = (&ask, &sent);
            let open = |tx: WriteTx| async move {
                let id = actions::open(&tx, ctx, ask).await?;
                attach(&tx, ctx, id, sent).await?;
                Ok(id)
            };
            app.write(open).await
        }
        Err(failure) => Err(failure),
    };
    match opened {
        Ok(id) => done(&app, &visitor, hx, id, &back(fields.text("back"))).await,
        Err(Failure::Invalid(invalid)) => returned(&app, &visitor, hx, fields, &invalid, None).await,
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn ask_again(
    State(app): State<App>,
    visitor: Visitor,
    hx: Hx,
    Path(id): Path<NegotiationId>,
    sent: Sent,
) -> Reply {
    let (ctx, fields) = (&app.ctx(&visitor), &sent.fields);
    let asked = match read(&app, &visitor, fields).await {
        Ok(ask) => {
            let (ask, sent) = (&ask, &sent);
            let ask_again = |tx: WriteTx| async move {
                actions::ask_again(&tx, ctx, id, ask).await?;
                attach(&tx, ctx, id, sent).await
            };
            app.write(ask_again).await
        }
        Err(failure) => Err(failure),
    };
    match asked {
        Ok(()) => done(&app, &visitor, hx, id, &back(fields.text("back"))).await,
        Err(Failure::Invalid(invalid)) => returned(&app, &visitor, hx, fields, &invalid, Some(id)).await,
        Err(other) => Err(other.into()),
    }
}

/// The form comes back with its input and its errors: as the panel, or on a page of its own.
async fn returned(
    app: &App,
    visitor: &Visitor,
    hx: Hx,
    fields: &Fields,
    invalid: &Invalid,
    id: Option<NegotiationId>,
) -> Reply {
    let (typed, to) = (form::rejected(fields, invalid, &visitor.locale), back(fields.text("back")));
    let (mut panel, subject) = match id {
        Some(id) => {
            let panel = of_negotiation(app, visitor, id, &to, typed).await?;
            (panel, String::new())
        }
        None => blank(app, visitor, fields, &to, typed).await?,
    };
    if hx.0 {
        return web::fragment(StatusCode::UNPROCESSABLE_ENTITY, &panel);
    }
    // On a page of its own there is no other field for the quantity.
    panel.ask.iter_mut().for_each(|ask| ask.follows.clear());
    let shell = Shell::load(app, visitor, &visitor.locale.text("deal-ask-title")).await?;
    let back_label = shell.t("back");
    let page = PanelPage { shell, back: to, back_label, subject, panel: view::html(&panel)? };
    web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The panel without a negotiation, for what the form was about.
async fn blank(
    app: &App,
    visitor: &Visitor,
    fields: &Fields,
    back: &str,
    typed: FormState,
) -> Result<(Panel, String), Failure> {
    let (catalog, ask) = (app.part::<Catalog>(), form::ask(fields));
    let mut lines = Vec::new();
    for line in &ask.lines {
        let product = crate::requests::product(catalog, &line.product).ok_or(Failure::NotFound)?;
        let least = kernel::Quantity::new(product.packing.minimum, product.packing.unit);
        let quantity = kernel::Quantity::typed(&line.quantity, product.packing.unit, ask.notation).unwrap_or(least);
        let found = subject::of_product(app, visitor, &product, quantity).await?;
        lines.extend(found.into_iter().flat_map(|subject| subject.lines));
    }
    let names: Vec<&str> = lines.iter().map(|line| line.product.name.get(visitor.locale.language())).collect();
    let name = names.first().map_or_else(String::new, |name| (*name).to_owned());
    let subject = subject::Subject { lines, cart: kernel::CartId::parse(&ask.cart), next_tier: None };
    Ok((Panel::new(app, visitor, subject, None, back, typed), name))
}

pub(super) async fn hand_over(
    State(app): State<App>,
    visitor: Visitor,
    hx: Hx,
    Path(id): Path<NegotiationId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::hand_to_rep(&tx, ctx, id).await }).await?;
    done(&app, &visitor, hx, id, &back(fields.text("back"))).await
}

/// Somebody has opened the details of a card. Nothing on the page changes.
pub(super) async fn look(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, offer)): Path<(NegotiationId, OfferId)>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::look(&tx, ctx, id, offer).await }).await?;
    web::no_content()
}

pub(super) async fn withdraw(
    State(app): State<App>,
    visitor: Visitor,
    hx: Hx,
    Path(id): Path<NegotiationId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::withdraw(&tx, ctx, id).await }).await?;
    done(&app, &visitor, hx, id, &back(fields.text("back"))).await
}

/// What a negotiation is about, for titles.
pub(super) fn subject_name(app: &App, visitor: &Visitor, n: &Negotiation) -> String {
    let names = words::names_of(app.part::<Catalog>(), summary::products_of(n));
    summary::subject(&visitor.locale, n, &names)
}
