//! Changing lines on the cart's page. Every answer is the cart again: the whole page, or for a script the part that changes.
//! What would break a deal, or is a quantity that nobody means, is asked in place, at its line.

use axum::http::StatusCode;
use catalog::Catalog;
use kernel::{CartId, CartLineId, Failure, Invalid, Notation, Outcome, Refused};
use web::{App, Fields, Form, Hx, Path, Reply, State, Visitor, see_other};

use super::pages::{buyer, chosen, id, parse, show};
use super::queries::{self, Change};
use super::question::{self, Question};
use super::view::{LineView, localised};
use super::{Cart, CartRefusal, Placed, actions};

/// What came of a change of one line.
enum Came {
    /// It is done.
    Done(Option<Placed>),
    /// It is asked first.
    Asked(Box<Question>),
    /// What was typed is wrong.
    Wrong(Invalid),
}

/// The refusals that ask back, as a question; everything else stays what it is.
async fn asked(
    app: &App,
    visitor: &Visitor,
    cart: &Cart,
    line: CartLineId,
    change: Change,
    failure: Failure,
) -> Outcome<Came> {
    match failure {
        Failure::Invalid(invalid) => Ok(Came::Wrong(invalid)),
        Failure::Refused(refused) if refused.code == CartRefusal::BreaksDeal.refused().code => {
            let (buyer, now) = (buyer(app, visitor).await?, app.now());
            let tx = app.db().read().await?;
            let preview = queries::preview(&tx, &buyer, cart, (line, change), now, app.today()).await?;
            let question = Question::breaks(&preview, (cart.id, line, change), &visitor.locale);
            question.map(|question| Came::Asked(Box::new(question))).ok_or(Failure::NotFound)
        }
        Failure::Refused(refused) if refused.code == CartRefusal::Unusual.refused().code => {
            let question = unusual(app, visitor, cart, (line, change), &refused).await?;
            Ok(Came::Asked(Box::new(question)))
        }
        other => Err(other),
    }
}

async fn unusual(
    app: &App,
    visitor: &Visitor,
    cart: &Cart,
    (line, change): (CartLineId, Change),
    refused: &Refused,
) -> Outcome<Question> {
    let Change::Quantity(quantity) = change else { return Err(Failure::NotFound) };
    let present = cart.lines.iter().find(|other| other.id == line).ok_or(Failure::NotFound)?;
    let product = app.part::<Catalog>().product(present.product).ok_or(Failure::NotFound)?;
    let (buyer, ctx) = (buyer(app, visitor).await?, &app.ctx(visitor));
    let tx = app.db().read().await?;
    let planned = actions::after_setting(&tx, ctx, cart, line, quantity).await.map(|after| (cart.clone(), after));
    let value = queries::worth(&tx, &buyer, planned, (present.product, Some(line)), (app.now(), app.today())).await?;
    drop(tx);
    let places = (question::action(line, change), format!("/cart?cart={}", cart.id));
    Ok(Question::unusual(&product, (quantity, value), refused, places, &visitor.locale))
}

async fn set(
    app: &App,
    visitor: &Visitor,
    cart: &Cart,
    line: CartLineId,
    (typed, notation): (&str, Notation),
    is_confirmed: bool,
) -> Outcome<Came> {
    let present = cart.lines.iter().find(|other| other.id == line).ok_or(Failure::NotFound)?;
    let quantity = match parse(typed, present.quantity.unit(), notation) {
        Ok(quantity) => quantity,
        Err(Failure::Invalid(invalid)) => return Ok(Came::Wrong(invalid)),
        Err(other) => return Err(other),
    };
    let ctx = &app.ctx(visitor);
    let done = app.write(|tx| async move { actions::set_quantity(&tx, ctx, line, quantity, is_confirmed).await }).await;
    match done {
        Ok(placed) => Ok(Came::Done(Some(placed))),
        Err(failure) => asked(app, visitor, cart, line, Change::Quantity(quantity), failure).await,
    }
}

/// A line that is not as it was wanted: what was typed, and the question or the error.
struct Open {
    line: CartLineId,
    typed: String,
    came: Came,
}

impl Open {
    fn show(&self, view: &mut LineView, visitor: &Visitor) {
        if !self.typed.is_empty() {
            view.typed.clone_from(&self.typed);
        }
        match &self.came {
            Came::Done(_) => {}
            Came::Asked(question) => view.question = Some(Question::clone(question)),
            Came::Wrong(invalid) => {
                let invalid = localised(invalid, &visitor.locale);
                view.error = invalid.fields.first().map(|error| visitor.locale.error(error)).unwrap_or_default();
            }
        }
    }
}

/// The cart with what is open at its lines, and what has just happened.
async fn answer(app: &App, visitor: &Visitor, hx: Hx, cart: CartId, open: &[Open], said: String) -> Reply {
    let cart = chosen(app, visitor, Some(&cart.to_string())).await?;
    let mut page = show(app, visitor, cart).await?;
    for view in page.cart.iter_mut().flat_map(|cart| &mut cart.lines) {
        if let Some(of_line) = open.iter().find(|open| open.line.to_string() == view.id) {
            of_line.show(view, visitor);
        }
    }
    let status = match open {
        [] => StatusCode::OK,
        open if open.iter().any(|open| matches!(open.came, Came::Wrong(_))) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    };
    page.reply(hx, status, said, String::new())
}

/// '6,000 pc by deal 377, 500 pc at the list price', when a deal holds for less than what was asked.
fn split_words(visitor: &Visitor, placed: Placed) -> String {
    let Some((rest, number)) = placed.rest.zip(placed.deal) else { return String::new() };
    let args = [("rest", visitor.locale.quantity_unit(rest).into()), ("number", number.to_string().into())];
    visitor.locale.text_with("cart-deal-split", &args)
}

/// Sets the quantity of one line.
pub(super) async fn set_quantity(
    State(app): State<App>,
    visitor: Visitor,
    hx: Hx,
    Path(line): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let line = id(CartLineId::parse(&line))?;
    let cart = queries::cart_of_line(&app.db().read().await?, &visitor.actor, line).await?;
    let typed = fields.some("quantity").unwrap_or_else(|| fields.text(&format!("quantity_{line}"))).to_owned();
    let came =
        set(&app, &visitor, &cart, line, (&typed, fields.notation()), fields.some("confirmed").is_some()).await?;
    let Came::Done(placed) = came else {
        return answer(&app, &visitor, hx, cart.id, &[Open { line, typed, came }], String::new()).await;
    };
    let said = placed.map(|placed| split_words(&visitor, placed)).unwrap_or_default();
    if hx.0 {
        return answer(&app, &visitor, hx, cart.id, &[], said).await;
    }
    let back = see_other(&format!("/cart?cart={}", cart.id));
    if said.is_empty() { back } else { web::flash(back, "cart-deal-split") }
}

/// Sets every quantity as it stands on the page, and goes on to checkout when that is wanted and nothing is open.
pub(super) async fn save_all(State(app): State<App>, visitor: Visitor, hx: Hx, Form(fields): Form<Fields>) -> Reply {
    let cart = chosen(&app, &visitor, fields.some("cart")).await?.ok_or(CartRefusal::NoCart.refused())?;
    let mut open = Vec::new();
    for line in &cart.lines {
        let Some(typed) = fields.some(&format!("quantity_{}", line.id)) else { continue };
        let came = set(&app, &visitor, &cart, line.id, (typed, fields.notation()), false).await?;
        if !matches!(came, Came::Done(_)) {
            open.push(Open { line: line.id, typed: typed.to_owned(), came });
        }
    }
    if !open.is_empty() {
        return answer(&app, &visitor, hx, cart.id, &open, String::new()).await;
    }
    match fields.text("then") {
        "checkout" => see_other(&format!("/checkout?cart={}", cart.id)),
        _ => see_other(&format!("/cart?cart={}", cart.id)),
    }
}

/// Removes a line; the answer offers to bring it back.
pub(super) async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    hx: Hx,
    Path(line): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, line) = (&app.ctx(&visitor), id(CartLineId::parse(&line))?);
    let cart = queries::cart_of_line(&app.db().read().await?, &visitor.actor, line).await?;
    let is_confirmed = fields.some("confirmed").is_some();
    let done = app.write(|tx| async move { actions::remove(&tx, ctx, line, is_confirmed).await }).await;
    if let Err(failure) = done {
        let came = asked(&app, &visitor, &cart, line, Change::Removal, failure).await?;
        return answer(&app, &visitor, hx, cart.id, &[Open { line, typed: String::new(), came }], String::new()).await;
    }
    let undo = format!("/cart/lines/{line}/restoration");
    if hx.0 {
        let page = show(&app, &visitor, chosen(&app, &visitor, Some(&cart.id.to_string())).await?).await?;
        return page.reply(hx, StatusCode::OK, visitor.locale.text("flash-cart-line-removed"), undo);
    }
    web::flash_undo(see_other(&format!("/cart?cart={}", cart.id)), "cart-line-removed", &undo)
}

/// Brings a removed line back.
pub(super) async fn restore(State(app): State<App>, visitor: Visitor, Path(line): Path<String>) -> Reply {
    let (ctx, line) = (&app.ctx(&visitor), id(CartLineId::parse(&line))?);
    let cart = app.write(|tx| async move { actions::restore(&tx, ctx, line).await }).await?;
    web::flash(see_other(&format!("/cart?cart={cart}")), "cart-line-restored")
}

/// Takes the deal off a line.
pub(super) async fn unbind(
    State(app): State<App>,
    visitor: Visitor,
    hx: Hx,
    Path(line): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, line) = (&app.ctx(&visitor), id(CartLineId::parse(&line))?);
    let cart = queries::cart_of_line(&app.db().read().await?, &visitor.actor, line).await?;
    let is_confirmed = fields.some("confirmed").is_some();
    let done = app.write(|tx| async move { actions::unbind(&tx, ctx, line, is_confirmed).await }).await;
    match done {
        Ok(_) if hx.0 => answer(&app, &visitor, hx, cart.id, &[], String::new()).await,
        Ok(_) => see_other(&format!("/cart?cart={}", cart.id)),
        Err(failure) => {
            let came = asked(&app, &visitor, &cart, line, Change::Unbinding, failure).await?;
            answer(&app, &visitor, hx, cart.id, &[Open { line, typed: String::new(), came }], String::new()).await
        }
    }
}
