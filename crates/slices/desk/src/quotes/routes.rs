//! The routes of quotes.

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler as _;
use kernel::{Access, Permission};
use negotiation::attachments::FORM_BYTES_MAX;
use web::{ApiDoc, Method, Routes};

use super::{QuoteRefusal, api, desk, pages};

pub(crate) fn routes() -> Routes {
    buyers().merge(sellers()).merge(buyers_api()).merge(sellers_api())
}

fn buyers() -> Routes {
    let may = Access::Needs(Permission::Negotiate);
    let limit = DefaultBodyLimit::max(FORM_BYTES_MAX);
    Routes::new()
        .page(Method::GET, "/account/quotes", may, pages::list)
        .page(Method::GET, "/account/quotes/new", may, pages::new)
        .page(Method::POST, "/account/quotes", may, pages::request.layer(limit))
        .page(Method::GET, "/account/quotes/{id}", may, pages::one)
        .page(Method::POST, "/account/quotes/{id}/acceptance", may, pages::accept)
        .page(Method::POST, "/account/quotes/{id}/counteroffer", may, pages::counter)
        .page(Method::POST, "/account/quotes/{id}/withdrawal", may, pages::withdraw)
        .page(Method::POST, "/account/quotes/{id}/attachments", may, pages::attach.layer(limit))
        .page(Method::GET, "/quotes/{id}/pdf", Access::SignedIn, pages::pdf)
}

fn sellers() -> Routes {
    let may = Access::Needs(Permission::UseDesk);
    Routes::new()
        .page(Method::GET, "/desk/quotes", may, desk::list)
        .page(Method::GET, "/desk/quotes/{id}", may, desk::one)
        .page(Method::POST, "/desk/quotes/{id}/answers", may, desk::answer)
        .page(Method::POST, "/desk/quotes/{id}/figures", may, desk::figures)
        .page(Method::POST, "/desk/quotes/{id}/rejection", may, desk::decline)
}

fn buyers_api() -> Routes {
    let may = Access::Needs(Permission::Negotiate);
    let doc = |id, summary| ApiDoc::new("quotes", id, summary);
    let command = |id, summary| doc(id, summary).response::<api::QuoteJson>().refusals(QuoteRefusal::ALL);
    Routes::new()
        .api(
            Method::POST,
            "/api/v1/quotes",
            may,
            doc("request_quote", "Asks for a quote")
                .request::<api::RequestJson>()
                .created::<api::QuoteJson>()
                .refusals(QuoteRefusal::ALL)
                .idempotent(),
            api::request,
        )
        .api(
            Method::GET,
            "/api/v1/quotes",
            may,
            doc("list_quotes", "The company's quotes, changed last first")
                .query::<web::PageParameters>()
                .response::<api::QuotesJson>(),
            api::list,
        )
        .api(
            Method::GET,
            "/api/v1/quotes/{id}",
            may,
            doc("get_quote", "One quote with all its versions").response::<api::QuoteJson>(),
            api::one,
        )
        .api(
            Method::POST,
            "/api/v1/quotes/{id}/acceptance",
            may,
            command("accept_quote", "Accepts lines; add the offers to a cart with POST /api/v1/carts/current/deals")
                .request::<api::AcceptJson>(),
            api::accept,
        )
        .api(
            Method::POST,
            "/api/v1/quotes/{id}/counteroffer",
            may,
            command("counter_quote", "Names other prices").request::<api::CounterJson>(),
            api::counter,
        )
        .api(
            Method::POST,
            "/api/v1/quotes/{id}/withdrawal",
            may,
            command("withdraw_quote", "Takes the request back"),
            api::withdraw,
        )
}

fn sellers_api() -> Routes {
    let may = Access::Needs(Permission::UseDesk);
    let doc = |id, summary| ApiDoc::new("desk", id, summary);
    let command = |id, summary| doc(id, summary).response::<api::QuoteJson>().refusals(QuoteRefusal::ALL);
    Routes::new()
        .api(
            Method::GET,
            "/api/v1/desk/quotes",
            may,
            doc("list_desk_quotes", "Quotes that wait for the seller")
                .query::<web::PageParameters>()
                .response::<api::QuotesJson>(),
            api::waiting,
        )
        .api(
            Method::GET,
            "/api/v1/desk/quotes/{id}",
            may,
            doc("get_desk_quote", "One quote as the desk sees it, with its draft").response::<api::QuoteJson>(),
            api::one,
        )
        .api(
            Method::POST,
            "/api/v1/desk/quotes/{id}/answers",
            may,
            command("answer_quote", "Sends a version, or keeps it as a draft").request::<api::AnswerJson>(),
            api::answer,
        )
        .api(
            Method::POST,
            "/api/v1/desk/quotes/{id}/rejection",
            may,
            command("decline_quote", "Does not quote, and says why").request::<api::DeclineJson>(),
            api::decline,
        )
}
