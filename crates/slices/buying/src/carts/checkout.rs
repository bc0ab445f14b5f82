//! Checkout: where to, when and on which terms, then the review with the order's form, all on one page.

use askama::Template;
use axum::http::StatusCode;
use kernel::{AddressId, Date, Failure, Invalid, Outcome};
use parties::addresses::{self, Address};
use pricing::credit;
use serde::Deserialize;
use web::{App, Fields, Form, FormState, Query, Reply, Shell, State, Visitor, see_other};

use super::pages::{buyer, chosen};
use super::view::{CartView, CreditView, localised, payment_words};
use super::{Cart, CheckoutInput, PricedCart, actions, queries};

/// An address to choose.
struct Place {
    id: String,
    name: String,
    line: String,
    note: String,
}

/// Terms of payment to choose.
struct Term {
    days: String,
    words: String,
    note: String,
}

/// What is ordered with one more click.
struct Review {
    ship_to: Vec<String>,
    bill_to: String,
    po_number: String,
    requested_on: String,
    note: String,
    key: String,
    seen_net: String,
    /// Whether it waits for a release.
    is_held: bool,
}

#[derive(Template)]
#[template(path = "carts/checkout.html")]
struct CheckoutPage {
    shell: Shell,
    cart: CartView,
    form: FormState,
    ship_to: Vec<Place>,
    bill_to: Vec<Place>,
    earliest: String,
    terms: Vec<Term>,
    review: Option<Review>,
}

/// Which cart, and whether its details were just confirmed.
#[derive(Deserialize)]
pub(super) struct Which {
    cart: Option<String>,
    review: Option<String>,
}

fn place(address: &Address) -> Place {
    let Address { street, postal_code, city, country, .. } = address;
    Place {
        id: address.id.to_string(),
        name: address.name.clone(),
        line: format!("{street}, {postal_code} {city}, {country}"),
        note: address.note.clone(),
    }
}

/// What was typed, read as far as that is possible without the database.
pub(super) fn read(fields: &Fields) -> Outcome<CheckoutInput> {
    let mut invalid = Invalid::default();
    let wrong =
        |invalid: &mut Invalid, field: &str, code| *invalid = std::mem::take(invalid).and(field, code, Vec::new());
    let mut address = |field: &str| {
        let id = fields.some(field).map(AddressId::parse)?;
        if id.is_none() {
            wrong(&mut invalid, field, "choice");
        }
        id
    };
    let (ship_to, bill_to) = (address("ship_to"), address("bill_to"));
    let requested_on = fields.some("requested_on").map(Date::parse);
    if requested_on == Some(None) {
        wrong(&mut invalid, "requested_on", "checkout-date");
    }
    let payment_days = fields.some("payment_days").map(|text| text.parse::<i64>().ok());
    if payment_days == Some(None) {
        wrong(&mut invalid, "payment_days", "choice");
    }
    invalid.check()?;
    Ok(CheckoutInput {
        ship_to,
        bill_to,
        po_number: fields.text("po_number").to_owned(),
        requested_on: requested_on.flatten(),
        payment_days: payment_days.flatten(),
        // A browser sends line ends as two characters; they count as one.
        note: fields.text("note").replace("\r\n", "\n"),
    })
}

fn first_values(cart: &Cart, priced: &PricedCart, addresses: &[Address]) -> FormState {
    let usual = |fits: fn(&Address) -> bool| addresses.iter().find(|address| fits(address)).map(|address| address.id);
    let text = |id: Option<AddressId>| id.map(|id| id.to_string()).unwrap_or_default();
    FormState::of([
        ("ship_to", text(cart.ship_to.or_else(|| usual(|address| address.is_shipping)))),
        ("bill_to", text(cart.bill_to.or_else(|| usual(|address| address.is_billing)))),
        ("po_number", cart.po_number.clone()),
        ("requested_on", cart.requested_on.map(|date| date.to_string()).unwrap_or_default()),
        ("payment_days", priced.payment_days.to_string()),
        ("note", cart.note.clone()),
    ])
}

/// The company's own terms, what was chosen, and payment in advance. Deals say for themselves when they are paid.
fn terms(visitor: &Visitor, usual: i64, present: i64) -> Vec<Term> {
    let mut days = vec![usual, present, 30, 14, 0];
    days.retain(|days| *days <= usual);
    days.sort_unstable_by(|a, b| b.cmp(a));
    days.dedup();
    let term = |days: i64| Term {
        days: days.to_string(),
        words: payment_words(days, &visitor.locale),
        note: if days == usual { visitor.locale.text("checkout-usual-terms") } else { String::new() },
    };
    days.into_iter().map(term).collect()
}

fn review(app: &App, visitor: &Visitor, cart: &Cart, priced: &PricedCart, addresses: &[Address]) -> Option<Review> {
    let find = |id: Option<AddressId>| addresses.iter().find(|address| Some(address.id) == id);
    let (ship_to, bill_to) = (find(cart.ship_to)?, find(cart.bill_to)?);
    let requested_on = cart.requested_on.map(|date| visitor.locale.day(date));
    let country = ship_to.country.to_string();
    Some(Review {
        ship_to: vec![
            ship_to.name.clone(),
            ship_to.street.clone(),
            format!("{} {}", ship_to.postal_code, ship_to.city),
            country,
        ],
        bill_to: bill_to.one_line(),
        po_number: cart.po_number.clone(),
        note: cart.note.clone(),
        requested_on: requested_on.unwrap_or_else(|| visitor.locale.text("checkout-as-soon-as-possible")),
        key: app.ids().next(app.now()).to_string(),
        seen_net: priced.totals.net.to_decimal(),
        is_held: false,
    })
}

async fn show(
    app: &App,
    visitor: &Visitor,
    cart: Cart,
    form: Option<FormState>,
    reviewed: bool,
) -> Outcome<CheckoutPage> {
    let (buyer, locale, now) = (buyer(app, visitor).await?, &visitor.locale, app.now());
    let tx = app.db().read().await?;
    let priced = queries::priced(&tx, &buyer, &cart, now, app.today()).await?;
    let addresses = addresses::of_company(&tx, cart.company).await?;
    let credit = credit::queries::of(&tx, &buyer.company).await?;
    drop(tx);
    let earliest = queries::earliest(&priced, app.today());
    let credit = credit.map(|credit| CreditView::of(&credit, &priced, locale));
    let view = CartView { credit, ..CartView::of(&cart, &priced, locale) };
    let is_held = view.credit.as_ref().is_some_and(|credit| !credit.over.is_empty());
    let review = if reviewed && view.is_orderable { review(app, visitor, &cart, &priced, &addresses) } else { None };
    let review = review.map(|review| Review { is_held, ..review });
    Ok(CheckoutPage {
        shell: Shell::load(app, visitor, &locale.text("checkout-title")).await?,
        cart: view,
        form: form.unwrap_or_else(|| first_values(&cart, &priced, &addresses)),
        ship_to: addresses.iter().filter(|address| address.is_shipping).map(place).collect(),
        bill_to: addresses.iter().filter(|address| address.is_billing).map(place).collect(),
        earliest: locale.day(earliest),
        terms: match priced.has_choice_of_payment() {
            true => terms(visitor, buyer.company.payment_days, priced.payment_days),
            false => Vec::new(),
        },
        review,
    })
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(which): Query<Which>) -> Reply {
    let Some(cart) = chosen(&app, &visitor, which.cart.as_deref()).await?.filter(|cart| !cart.lines.is_empty()) else {
        return see_other("/cart");
    };
    web::page(&show(&app, &visitor, cart, None, which.review.is_some()).await?)
}

/// Keeps what was chosen and goes on to the review; what is wrong is said at its field, with the input kept.
pub(super) async fn save(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let cart = chosen(&app, &visitor, fields.some("cart")).await?.ok_or(Failure::NotFound)?;
    match set(&app, &visitor, &cart, read(&fields)).await {
        Ok(()) => see_other(&format!("/checkout?cart={}&review=1#review", cart.id)),
        Err(Failure::Invalid(invalid)) => {
            let form = fields.rejected(&localised(&invalid, &visitor.locale), &visitor.locale);
            web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &show(&app, &visitor, cart, Some(form), false).await?)
        }
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn set(app: &App, visitor: &Visitor, cart: &Cart, input: Outcome<CheckoutInput>) -> Outcome<()> {
    let (ctx, input) = (&app.ctx(visitor), &input?);
    app.write(|tx| async move { actions::set_checkout(&tx, ctx, cart.id, input).await }).await
}
