//! Asking a supplier, from the desk.

use askama::Template;
use axum::http::StatusCode;
use catalog::Catalog;
use i18n::Locale;
use kernel::{Date, Email, Failure, Invalid, NegotiationId, Outcome, ProductId, Quantity, QuoteId};
use negotiation::negotiations;
use serde::Deserialize;
use terms::support::view::RequestView;
use terms::support::{self, About};
use terms::words;
use web::{App, Fields, Form, FormState, Query, Reply, Shell, State, Visitor};

use super::NewRequest;
use super::actions::{self, House};
use crate::quotes::{self, view as quote_view};

#[derive(Template)]
#[template(path = "suppliers/ask.html")]
struct AskPage {
    shell: Shell,
    back: String,
    about: String,
    product: String,
    unit: String,
    currency: String,
    usual: String,
    rows: Vec<RequestView>,
    form: FormState,
    refusal: String,
}

/// The case: `negotiation` and `product`, or `quote` and `line`.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    negotiation: String,
    #[serde(default)]
    product: String,
    #[serde(default)]
    quote: String,
    #[serde(default)]
    line: String,
}

/// What is asked about, found.
struct Case {
    about: About,
    product: ProductId,
    quantity: Quantity,
    currency: kernel::Currency,
    back: String,
}

impl Asked {
    fn of(fields: &Fields) -> Self {
        let text = |name: &str| fields.text(name).to_owned();
        Self { negotiation: text("negotiation"), product: text("product"), quote: text("quote"), line: text("line") }
    }

    async fn find(&self, tx: &db::ReadTx) -> Outcome<Case> {
        if let Some(id) = NegotiationId::parse(&self.negotiation) {
            let n = negotiations::store::load(tx, None, id).await?.ok_or(Failure::NotFound)?;
            let wanted = ProductId::parse(&self.product);
            let mut lines = n.lines.iter();
            let line =
                lines.find(|line| wanted.is_none_or(|wanted| wanted == line.product)).ok_or(Failure::NotFound)?;
            let (product, quantity, currency) = (line.product, line.quantity, n.currency);
            return Ok(Case {
                about: About::Negotiation(id),
                product,
                quantity,
                currency,
                back: format!("/desk/{id}"),
            });
        }
        let id = QuoteId::parse(&self.quote).ok_or(Failure::NotFound)?;
        let quote = quotes::store::load(tx, None, id).await?.ok_or(Failure::NotFound)?;
        let position = self.line.parse().map_err(|_| Failure::NotFound)?;
        let line = quote.line(position).ok_or(Failure::NotFound)?;
        let product = quote.article(position).ok_or(Failure::NotFound)?;
        let (quantity, currency) = (line.quantity, quote.currency);
        Ok(Case { about: About::Quote(id, position), product, quantity, currency, back: quote_view::desk_href(id) })
    }
}

pub(super) async fn form(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Reply {
    let case = asked.find(&app.db().read().await?).await?;
    let form = FormState::of([
        ("negotiation", asked.negotiation.clone()),
        ("product", asked.product.clone()),
        ("quote", asked.quote.clone()),
        ("line", asked.line.clone()),
        ("quantity", visitor.locale.quantity(case.quantity)),
        ("answer_by", app.today().plus_days(7).to_string()),
    ]);
    page(&app, &visitor, &case, form, String::new(), StatusCode::OK).await
}

async fn page(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    form: FormState,
    refusal: String,
    status: StatusCode,
) -> Reply {
    let locale = &visitor.locale;
    let tx = app.db().read().await?;
    let requests = support::queries::of(&tx, case.about).await?;
    let facts = catalog::products::queries::seller_facts(&tx, case.product).await?;
    drop(tx);
    let product = app.part::<Catalog>().product(case.product).ok_or(Failure::NotFound)?;
    let title = locale.text("support-title");
    let page = AskPage {
        shell: Shell::load(app, visitor, &title).await?,
        back: case.back.clone(),
        about: product.name.get(locale.language()).to_owned(),
        product: product.sku.to_string(),
        unit: locale.text(&format!("unit-{}", case.quantity.unit().code())),
        currency: case.currency.code().to_owned(),
        usual: facts.cost.map_or_else(|| "–".to_owned(), |cost| words::per_unit(locale, cost, case.quantity)),
        rows: support::view::views(&requests, locale),
        form,
        refusal,
    };
    web::page_with(status, &page)
}

/// The request as typed.
fn read(fields: &Fields, case: &Case) -> Outcome<NewRequest> {
    let mut invalid = Invalid::default();
    let email = invalid.take("email", Email::parse(fields.text("email")).map_err(|code| (code, Vec::new())));
    let quantity = invalid.take("quantity", fields.quantity("quantity", case.quantity.unit()));
    let asked = invalid.take("asked", fields.price("asked", case.currency));
    let answer_by = Date::parse(fields.text("answer_by"));
    if answer_by.is_none() {
        invalid = invalid.and("answer_by", "date", Vec::new());
    }
    invalid.check()?;
    let read = email.zip(quantity).zip(asked).zip(answer_by);
    let (((email, quantity), asked), answer_by) = read.ok_or_else(|| Invalid::field("email", "required"))?;
    Ok(NewRequest {
        about: case.about,
        product: case.product,
        email,
        supplier_sku: fields.text("supplier_sku").to_owned(),
        quantity,
        asked,
        note: fields.text("note").to_owned(),
        answer_by,
    })
}

pub(super) async fn ask(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let case = Asked::of(&fields).find(&app.db().read().await?).await?;
    let done = match read(&fields, &case) {
        Ok(new) => send(&app, &visitor, &new).await.map(|_| ()),
        Err(failure) => Err(failure),
    };
    match done {
        Ok(()) => web::flash(web::see_other(&case.back), "support-sent"),
        Err(Failure::Invalid(invalid)) => {
            let form = fields.rejected(&invalid, &visitor.locale);
            page(&app, &visitor, &case, form, String::new(), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Failure::Refused(refused)) => {
            let refusal = visitor.refusal(&refused);
            page(&app, &visitor, &case, fields.kept(), refusal, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Sends a request; the mail is in the language of this installation.
pub(super) async fn send(app: &App, visitor: &Visitor, new: &NewRequest) -> Outcome<kernel::SupportId> {
    let (ctx, settings) = (&app.ctx(visitor), app.settings());
    let locale = Locale::by_codes(&settings.language, &settings.time_zone);
    let house = House { name: &settings.name, base_url: &settings.base_url, locale: &locale };
    app.write(|tx| async move { actions::ask(&tx, ctx, house, new).await }).await
}
