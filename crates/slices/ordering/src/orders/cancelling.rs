//! Cancelling an order: it is asked with number, sum and what becomes of its deals, and takes a reason. The same page serves
//! the buyer and, with other words, the seller's staff.

use askama::Template;
use axum::http::StatusCode;
use i18n::Locale;
use kernel::{Failure, Outcome};
use web::{App, Fields, Form, FormState, Path, Reply, Shell, State, Visitor};

use super::{GivenBack, OrderState, WholeOrder, actions, queries};

#[derive(Template)]
#[template(path = "orders/cancellation.html")]
struct CancellationPage {
    shell: Shell,
    form: FormState,
    number: String,
    total: String,
    /// What the button says.
    button: String,
    lead: String,
    /// A sentence for each deal that made a price.
    deals: Vec<String>,
    action: String,
    back: String,
}

/// What is done to the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    /// It is cancelled.
    Cancel,
    /// The seller is asked to cancel it: it is on its way.
    Ask,
    /// It is not released.
    Refuse,
}

impl Verb {
    /// The keys of title, lead and button.
    fn keys(self) -> [&'static str; 3] {
        match self {
            Self::Cancel => ["order-cancel-title", "order-cancel-lead", "order-cancel-do"],
            Self::Ask => ["order-cancel-ask-title", "order-cancel-ask-lead", "order-cancel-ask-do"],
            Self::Refuse => ["order-refuse-title", "order-refuse-lead", "order-refuse-do"],
        }
    }
}

/// Which of the two a buyer can do.
fn verb(whole: &WholeOrder) -> Verb {
    if whole.order.state == OrderState::Shipped { Verb::Ask } else { Verb::Cancel }
}

/// The page that asks. `base` is where the order's page stands.
pub(super) async fn asking(
    app: &App,
    visitor: &Visitor,
    (number, base): (&str, &str),
    verb: Option<Verb>,
    form: Option<FormState>,
) -> Reply {
    let tx = app.db().read().await?;
    let whole = queries::order(&tx, &visitor.actor, number).await?;
    let verb = verb.unwrap_or_else(|| self::verb(&whole));
    let deals = match verb {
        Verb::Ask => Vec::new(),
        Verb::Cancel | Verb::Refuse => deals(&tx, &whole, app.now(), &visitor.locale).await?,
    };
    drop(tx);
    let locale = &visitor.locale;
    let [title, lead, button] = verb.keys();
    let args = [("number", number.into()), ("total", locale.money(whole.order.gross).into())];
    let path = if verb == Verb::Refuse { "refusal" } else { "cancellation" };
    let back = format!("{base}/{}", web::encode(number));
    let status = if form.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = CancellationPage {
        shell: Shell::load(app, visitor, &locale.text_with(title, &args)).await?,
        form: form.unwrap_or_default(),
        number: number.to_owned(),
        total: locale.money(whole.order.gross),
        button: locale.text_with(button, &args),
        lead: locale.text_with(lead, &args),
        deals,
        action: format!("{back}/{path}"),
        back,
    };
    web::page_with(status, &page)
}

/// What becomes of each deal: free again until a date, or over.
async fn deals(tx: &db::ReadTx, whole: &WholeOrder, now: kernel::Instant, locale: &Locale) -> Outcome<Vec<String>> {
    let agreed = negotiation::offers::queries::agreed_many(tx, whole.order.company, &whole.offers()).await?;
    let back = agreed.iter().map(|deal| {
        let expires = deal.offer.expires;
        GivenBack { number: deal.number, expires, is_valid: now < expires }
    });
    Ok(back.map(|deal| deal_words(deal, locale)).collect())
}

/// 'Deal 377 can be ordered again until Fri 4 Dec, 17:00.'
pub(super) fn deal_words(deal: GivenBack, locale: &Locale) -> String {
    let args = [("number", deal.number.to_string().into()), ("moment", locale.moment(deal.expires).into())];
    let key = if deal.is_valid { "order-cancel-deal-free" } else { "order-cancel-deal-over" };
    locale.text_with(key, &args)
}

/// After a command: back to the order, or the page again with what is wrong.
pub(super) async fn answered(
    app: &App,
    visitor: &Visitor,
    (number, base): (&str, &str),
    verb: Verb,
    (done, fields): (Outcome<()>, &Fields),
) -> Reply {
    match done {
        Ok(()) => {
            let key = match verb {
                Verb::Cancel => "order-cancelled",
                Verb::Ask => "order-cancel-asked",
                Verb::Refuse => "order-refused",
            };
            web::flash(web::see_other(&format!("{base}/{}", web::encode(number))), key)
        }
        Err(Failure::Invalid(invalid)) => {
            let form = fields.rejected(&invalid, &visitor.locale);
            asking(app, visitor, (number, base), Some(verb), Some(form)).await
        }
        Err(other) => Err(other.into()),
    }
}

const BASE: &str = "/account/orders";

pub(super) async fn ask(State(app): State<App>, visitor: Visitor, Path(number): Path<String>) -> Reply {
    asking(&app, &visitor, (&number, BASE), None, None).await
}

pub(super) async fn cancel(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, of, reason) = (&app.ctx(&visitor), &number, fields.text("reason"));
    let whole = queries::order(&app.db().read().await?, &visitor.actor, of).await?;
    let verb = verb(&whole);
    let done = match verb {
        Verb::Ask => app.write(|tx| async move { actions::ask_to_cancel(&tx, ctx, of, reason).await }).await,
        _ => app.write(|tx| async move { actions::cancel(&tx, ctx, of, reason).await.map(|_| ()) }).await,
    };
    answered(&app, &visitor, (&number, BASE), verb, (done, &fields)).await
}

pub(super) async fn undo(State(app): State<App>, visitor: Visitor, Path(number): Path<String>) -> Reply {
    let (ctx, of) = (&app.ctx(&visitor), &number);
    app.write(|tx| async move { actions::undo(&tx, ctx, of).await }).await?;
    web::flash(web::see_other(&format!("{BASE}/{}", web::encode(&number))), "order-restored")
}
