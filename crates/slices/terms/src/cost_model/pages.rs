//! The cost model in the office.

use askama::Template;
use axum::http::StatusCode;
use kernel::{Failure, Outcome};
use web::{App, Fields, Form, FormState, Reply, Shell, State, Visitor};

use super::{actions, form, queries};

#[derive(Template)]
#[template(path = "cost_model/costs.html")]
struct CostsPage {
    shell: Shell,
    form: FormState,
    currency: &'static str,
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Reply {
    web::page(&page(&app, &visitor, None).await?)
}

async fn page(app: &App, visitor: &Visitor, returned: Option<FormState>) -> Outcome<CostsPage> {
    let costs = queries::current(&app.db().read().await?).await?;
    Ok(CostsPage {
        form: returned.unwrap_or_else(|| form::of(&costs, &visitor.locale)),
        currency: costs.currency.code(),
        shell: Shell::load(app, visitor, &visitor.locale.text("costs-title")).await?,
    })
}

pub(super) async fn save(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let before = queries::current(&app.db().read().await?).await?;
    let costs = match form::read(&fields, &before).read(fields.notation()) {
        Ok(costs) => costs,
        Err(invalid) => {
            let form = fields.rejected(&invalid, &visitor.locale);
            return web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&app, &visitor, Some(form)).await?);
        }
    };
    let (ctx, costs) = (&app.ctx(&visitor), &costs);
    let saved: Result<(), Failure> = app.write(|tx| async move { actions::set(&tx, ctx, costs).await }).await;
    saved?;
    web::flash(web::see_other("/office/costs"), "costs-saved")
}
