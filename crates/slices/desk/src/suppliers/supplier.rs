//! The page behind a supplier's link. It is made from [`Shown`] alone, which holds what the supplier was asked: its product,
//! the quantity, the price asked for, who asks. Nothing of the customer, the case, or today's cost.

use askama::Template;
use axum::http::{HeaderValue, StatusCode};
use catalog::Catalog;
use catalog::products::Product;
use kernel::{Date, Failure, Invalid, Outcome};
use terms::support::{Granted, SupplierRequest, rules};
use terms::words;
use web::{App, Fields, Form, FormState, Path, Reply, Shell, State, Visitor};

use super::actions::{self, Answer};
use super::queries;

/// What the supplier may see.
struct Shown {
    product: String,
    sku: String,
    quantity: String,
    asked: String,
    note: String,
    answer_by: String,
    currency: String,
    unit: String,
}

#[derive(Template)]
#[template(path = "suppliers/supplier.html")]
struct SupplierPage {
    shell: Shell,
    shown: Shown,
    form: FormState,
}

#[derive(Template)]
#[template(path = "suppliers/thanks.html")]
struct ThanksPage {
    shell: Shell,
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Reply {
    let request = queries::open_by_token(&app.db().read().await?, &token, app.now()).await?;
    let form = FormState::of([
        ("answer", String::new()),
        ("price", visitor.locale.unit_price(request.asked)),
        ("quantity", visitor.locale.quantity(request.quantity)),
    ]);
    page(&app, &visitor, &request, form, StatusCode::OK)
}

pub(super) async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, token) = (&app.system_ctx(), token.as_str());
    let request = queries::open_by_token(&app.db().read().await?, token, app.now()).await?;
    match read(&fields, &request, app.today()) {
        Ok(given) => {
            let given = &given;
            app.write(|tx| async move { actions::answer(&tx, ctx, token, given).await }).await?;
            let shell = Shell::bare(&app, &visitor, &visitor.locale.text("supplier-thanks"));
            sealed(web::page(&ThanksPage { shell }))
        }
        Err(Failure::Invalid(invalid)) => {
            app.write(|tx| async move { actions::count_attempt(&tx, ctx, token).await }).await?;
            let form = fields.rejected(&invalid, &visitor.locale);
            page(&app, &visitor, &request, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(other) => Err(other.into()),
    }
}

/// Yes is the price asked for, a number is another; both have a last day.
fn read(fields: &Fields, request: &SupplierRequest, today: Date) -> Outcome<Answer> {
    let note = fields.text("note").to_owned();
    let mut invalid = Invalid::default();
    let price = match fields.text("answer") {
        "no" => return Ok(Answer { granted: None, note }),
        "yes" => Some(request.asked),
        "other" => invalid.take("price", fields.price("price", request.currency)),
        _ => return Err(Invalid::field("answer", "choice").into()),
    };
    if price.is_some_and(|price| price.micros() <= 0) {
        invalid = invalid.and("price", "price-positive", Vec::new());
    }
    let up_to = invalid.take("quantity", fields.quantity("quantity", request.quantity.unit()));
    let until = Date::parse(fields.text("until"));
    let until = until.filter(|until| *until >= today && *until <= today.plus_days(rules::GRANTED_DAYS_MAX));
    if until.is_none() {
        invalid = invalid.and("until", "quote-valid-until", vec![("days", rules::GRANTED_DAYS_MAX.to_string())]);
    }
    invalid.check()?;
    let granted = price.zip(up_to).zip(until).map(|((price, up_to), until)| Granted { price, up_to, until });
    Ok(Answer { granted, note })
}

/// What the supplier calls the product; our number for those who do not say.
pub(super) fn shown_sku(request: &SupplierRequest, product: &Product) -> String {
    match (request.supplier_sku.as_str(), &product.mpn) {
        ("", Some(mpn)) => mpn.to_string(),
        ("", None) => product.sku.to_string(),
        (own, _) => own.to_owned(),
    }
}

fn page(app: &App, visitor: &Visitor, request: &SupplierRequest, form: FormState, status: StatusCode) -> Reply {
    let locale = &visitor.locale;
    let product = app.part::<Catalog>().product(request.product).ok_or(Failure::NotFound)?;
    let shown = Shown {
        product: product.name.get(locale.language()).to_owned(),
        sku: shown_sku(request, &product),
        quantity: locale.quantity_unit(request.quantity),
        asked: words::per_unit(locale, request.asked, request.quantity),
        note: request.note.clone(),
        answer_by: locale.moment(request.expires_at),
        currency: words::currency_per_unit(locale, request.asked, request.quantity),
        unit: locale.text(&format!("unit-{}", request.quantity.unit().code())),
    };
    let shell = Shell::bare(app, visitor, &locale.text("supplier-title"));
    sealed(web::page_with(status, &SupplierPage { shell, shown, form }))
}

/// The link is a secret: no other site is told it, and no index keeps it.
fn sealed(reply: Reply) -> Reply {
    let mut response = reply?;
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));

    Ok(response)
}
