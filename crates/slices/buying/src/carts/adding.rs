//! Putting a product into the cart from wherever it is shown. One stays where one is; without a script one is brought back
//! there. What is wrong, or asked first, is said in place, or on a page of its own.

use askama::Template;
use axum::http::StatusCode;
use catalog::Catalog;
use catalog::products::Product;
use kernel::{CartId, Failure, Outcome, Quantity, Refused};
use web::{App, Fields, Form, FormState, Hx, Reply, Shell, State, Visitor, see_other};

use super::pages::{buyer, id, parse};
use super::question::Question;
use super::view::{cart_name, localised, unit_word};
use super::{AddLine, CartRefusal, Placed, actions, queries, rules};

#[derive(Template)]
#[template(path = "carts/add.html")]
struct AddPage {
    shell: Shell,
    form: FormState,
    product: String,
    sku: String,
    href: String,
    unit: String,
    back: String,
    /// What is asked first.
    question: Option<Question>,
}

/// The answer in place.
#[derive(Template)]
#[template(path = "carts/added.html")]
struct Added {
    shell: Shell,
    /// '10 pc in the cart'; empty when nothing was put there.
    done: String,
    /// What the message in the corner says.
    said: String,
    cart: String,
    /// Where it is taken out again, and the quantity that was there before; empty for none.
    undo: Option<(String, String)>,
    error: String,
    sku: String,
    back: String,
    question: Option<Question>,
}

/// Where one goes back to.
fn back(fields: &Fields) -> String {
    fields.some("back").filter(|path| web::is_own_path(path)).unwrap_or("/cart").to_owned()
}

pub(super) async fn add(State(app): State<App>, visitor: Visitor, hx: Hx, Form(fields): Form<Fields>) -> Reply {
    let product = app.part::<Catalog>().by_sku(fields.text("sku")).ok_or(Failure::NotFound)?;
    let (came, quantity) = match parse(fields.text("quantity"), product.packing.unit, fields.notation()) {
        Ok(quantity) => (add_line(&app, &visitor, &product, quantity, &fields).await, Some(quantity)),
        Err(failure) => (Err(failure), None),
    };
    match came {
        Ok(placed) if hx.0 => in_place(&app, &visitor, &product, &fields, Ok(placed)).await,
        Ok(placed) => {
            let key = match placed.deal {
                Some(_) if placed.rest.is_some() => "cart-deal-split",
                Some(_) => "cart-added-by-deal",
                None => "cart-added",
            };
            web::flash(see_other(&back(&fields)), key)
        }
        Err(Failure::Invalid(invalid)) => {
            let form = fields.rejected(&localised(&invalid, &visitor.locale), &visitor.locale);
            if hx.0 {
                let error = form.errors().first().map(|(_, text)| (*text).to_owned()).unwrap_or_default();
                return in_place(&app, &visitor, &product, &fields, Err((error, None))).await;
            }
            page(&app, &visitor, &product, &fields, (form, None)).await
        }
        Err(Failure::Refused(refused)) if refused.code == CartRefusal::Unusual.refused().code => {
            let question = unusual(&app, &visitor, &product, quantity, (&refused, &fields)).await?;
            if hx.0 {
                return in_place(&app, &visitor, &product, &fields, Err((String::new(), Some(question)))).await;
            }
            page(&app, &visitor, &product, &fields, (fields.kept(), Some(question))).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn add_line(
    app: &App,
    visitor: &Visitor,
    product: &Product,
    quantity: Quantity,
    fields: &Fields,
) -> Outcome<Placed> {
    let (ctx, line) = (&app.ctx(visitor), &wanted(product, quantity, fields)?);
    app.write(|tx| async move { actions::add(&tx, ctx, line).await }).await
}

/// What the form asks for.
fn wanted(product: &Product, quantity: Quantity, fields: &Fields) -> Outcome<AddLine> {
    Ok(AddLine {
        cart: fields.some("cart").map(|text| id(CartId::parse(text))).transpose()?,
        is_without_deal: fields.some("without_deal").is_some(),
        is_confirmed: fields.some("confirmed").is_some(),
        ..AddLine::new(product.id, quantity)
    })
}

async fn unusual(
    app: &App,
    visitor: &Visitor,
    product: &Product,
    quantity: Option<Quantity>,
    (refused, fields): (&Refused, &Fields),
) -> Outcome<Question> {
    let quantity = quantity.unwrap_or(Quantity::new(product.packing.minimum, product.packing.unit));
    let (buyer, ctx) = (buyer(app, visitor).await?, &app.ctx(visitor));
    let tx = app.db().read().await?;
    let planned = actions::after_adding(&tx, ctx, &wanted(product, quantity, fields)?).await;
    let value = queries::worth(&tx, &buyer, planned, (product.id, None), (app.now(), app.today())).await?;
    drop(tx);
    let places = ("/cart/lines".to_owned(), back(fields));
    Ok(Question::unusual(product, (quantity, value), refused, places, &visitor.locale))
}

/// A page that asks again.
async fn page(
    app: &App,
    visitor: &Visitor,
    product: &Product,
    fields: &Fields,
    (form, question): (FormState, Option<Question>),
) -> Reply {
    let locale = &visitor.locale;
    let status = if question.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = AddPage {
        shell: Shell::load(app, visitor, &locale.text("cart-add")).await?,
        form,
        product: product.name.get(locale.language()).to_owned(),
        sku: product.sku.to_string(),
        href: product.href(),
        unit: unit_word(product.packing.unit, locale),
        back: back(fields),
        question,
    };
    web::page_with(status, &page)
}

async fn in_place(
    app: &App,
    visitor: &Visitor,
    product: &Product,
    fields: &Fields,
    came: Result<Placed, (String, Option<Question>)>,
) -> Reply {
    let mut answer = Added {
        shell: Shell::load(app, visitor, "").await?,
        done: String::new(),
        said: String::new(),
        cart: "/cart".to_owned(),
        undo: None,
        error: String::new(),
        sku: product.sku.to_string(),
        back: back(fields),
        question: None,
    };
    let status = match came {
        Ok(placed) => {
            say(app, visitor, product, placed, &mut answer).await?;
            StatusCode::OK
        }
        Err((error, question)) => {
            let status = if question.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            (answer.error, answer.question) = (error, question);
            status
        }
    };
    web::fragment(status, &answer)
}

/// What is in the cart now, and how it is taken out again.
async fn say(app: &App, visitor: &Visitor, product: &Product, placed: Placed, answer: &mut Added) -> Outcome<()> {
    let locale = &visitor.locale;
    let cart = queries::cart(&app.db().read().await?, &visitor.actor, placed.cart).await?;
    let total = locale.quantity_unit(rules::in_all(&cart.lines, product));
    let args = [
        ("quantity", total.clone().into()),
        ("sku", product.sku.as_str().into()),
        ("cart", cart_name(&cart, locale).into()),
        ("number", placed.deal.unwrap_or_default().to_string().into()),
        ("rest", placed.rest.map(|rest| locale.quantity_unit(rest)).unwrap_or_default().into()),
    ];
    let key = match placed.deal {
        Some(_) if placed.rest.is_some() => "cart-added-split",
        Some(_) => "cart-added-deal",
        None => "cart-added-said",
    };
    answer.done = locale.text_with("cart-added-now", &args);
    answer.said = locale.text_with(key, &args);
    answer.cart = format!("/cart?cart={}", cart.id);
    // What went into two lines is undone in the cart, where both are seen.
    answer.undo = match (placed.rest, placed.was) {
        (Some(_), _) => None,
        (None, None) => Some((format!("/cart/lines/{}/removal", placed.line), String::new())),
        (None, Some(was)) => Some((format!("/cart/lines/{}", placed.line), locale.decimal(&was.to_decimal()))),
    };
    Ok(())
}
