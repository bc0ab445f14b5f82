//! Beginning a negotiation for a customer, as a page and as JSON.

use askama::Template;
use axum::http::StatusCode;
use catalog::Catalog;
use kernel::{Failure, Invalid, NegotiationId, Notation, Outcome, Permission, Quantity, UnitPrice, UserId};
use negotiation::negotiations;
use negotiation::requests::product;
use parties::companies::{self, Company, CompanyFilter};
use schemars::JsonSchema;
use serde::Deserialize;
use web::{App, Fields, Form, FormState, Json, Pager, Query, Reply, Shell, State, Visitor};

use super::start_figures::{self, FiguresView};
use super::{Start, StartLine, api, attending};

/// Begins a negotiation for a customer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartNegotiation {
    /// The customer number.
    pub company: String,
    /// Who gets the offer; left out: whoever buys for the company.
    #[serde(default)]
    pub contact: String,
    /// The product's id or SKU, for an offer of one line.
    #[serde(default)]
    pub product: String,
    /// How much of it, as decimal text.
    #[serde(default)]
    pub quantity: String,
    /// Net price of one unit, as decimal text; left out: what the shop would offer.
    #[serde(default)]
    pub price: String,
    /// Several lines, in place of `product`, `quantity` and `price`.
    #[serde(default)]
    pub lines: Vec<StartLineJson>,
    /// Days from invoice to payment; left out: the customer's own.
    #[serde(default)]
    pub payment_days: Option<i64>,
    /// Days for which the offer stands; left out: as the policy says.
    #[serde(default)]
    pub valid_days: Option<i64>,
    /// Beyond the own authority: sends it on for approval, with `rationale`, instead of refusing it.
    #[serde(default)]
    pub propose: bool,
    /// What the buyer reads.
    #[serde(default)]
    pub message: String,
    /// Why, for the seller's own people.
    #[serde(default)]
    pub rationale: String,
}

/// A line of an offer with which a negotiation begins.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartLineJson {
    /// The product's id or SKU.
    pub product: String,
    /// How much, as decimal text.
    pub quantity: String,
    /// Net price of one unit, as decimal text; left out in every line: what the shop would offer.
    #[serde(default)]
    pub price: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    company: String,
    #[serde(default)]
    product: String,
}

#[derive(Template)]
#[template(path = "cases/start.html")]
struct StartPage {
    shell: Shell,
    q: String,
    /// Number and name of customers that were found.
    found: Vec<(String, String)>,
    company: Option<(String, String)>,
    currency: &'static str,
    contacts: Vec<(String, String)>,
    /// The places of the lines.
    places: Vec<usize>,
    figures: FiguresView,
    form: FormState,
    refusal: String,
    /// The offer needs more authority than the reader has: it can be sent on.
    may_propose: bool,
}

/// The part that follows the typing.
#[derive(Template)]
#[template(path = "cases/start_figures.html")]
struct StartFigures {
    shell: Shell,
    figures: FiguresView,
}

/// Customers that are listed when one is looked for.
const FOUND_MAX: i64 = 12;
/// Lines of an empty form.
const LINES: usize = 3;
/// Lines of a form at most.
const LINES_MAX: usize = 20;

/// What a page of the form is made from.
struct Filled {
    form: FormState,
    refusal: String,
    may_propose: bool,
    /// Lines that are shown.
    count: usize,
}

async fn start_page(app: &App, visitor: &Visitor, asked: &Asked, filled: Filled) -> Outcome<StartPage> {
    let tx = app.db().read().await?;
    let company = match asked.company.as_str() {
        "" => None,
        number => Some(companies::queries::by_number(&tx, number).await?.ok_or(Failure::NotFound)?),
    };
    let (mut found, mut contacts) = (Vec::new(), Vec::new());
    let mut figures = FiguresView::default();
    match &company {
        Some(company) => {
            let people = parties::people::queries::of_company(&tx, company.id).await?;
            let able = people.into_iter().filter(|m| !m.is_blocked && m.roles.allow(Permission::Negotiate));
            let last = negotiations::queries::of_company(&tx, company.id, None, Pager::asked(None, Some("1"))).await?;
            let last = last.0.first().map(|n| n.person);
            let mut able: Vec<_> = able.collect();
            // Whoever negotiated last is the likeliest; the sort keeps the order of the others.
            able.sort_by_key(|member| Some(member.id) != last);
            contacts = able.into_iter().map(|member| (member.id.to_string(), member.name)).collect();
            figures = start_figures::figures(&tx, app, visitor, company, &lines_of_form(&filled.form)).await?;
        }
        None => {
            let text = Some(asked.q.trim().to_owned()).filter(|text| !text.is_empty());
            let filter = CompanyFilter { rep: visitor.actor.user.filter(|_| text.is_none()), text, segment: None };
            let (rows, _) = companies::queries::list(&tx, &filter, FOUND_MAX, 0).await?;
            found = rows.into_iter().map(|row| (row.company.number, row.company.name)).collect();
        }
    }
    drop(tx);
    Ok(StartPage {
        shell: Shell::load(app, visitor, &visitor.locale.text("start-title")).await?,
        q: asked.q.clone(),
        found,
        currency: company.as_ref().map_or("", |company| company.currency.code()),
        company: company.map(|company| (company.number, company.name)),
        contacts,
        places: (0..filled.count.clamp(LINES, LINES_MAX)).collect(),
        figures,
        form: filled.form,
        refusal: filled.refusal,
        may_propose: filled.may_propose,
    })
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Reply {
    let form = FormState::of([("product_0", asked.product.clone())]);
    let filled = Filled { form, refusal: String::new(), may_propose: false, count: LINES };
    web::page(&start_page(&app, &visitor, &asked, filled).await?)
}

/// A line as typed.
#[derive(Debug, Clone, Default)]
pub(super) struct LineText {
    pub(super) product: String,
    pub(super) quantity: String,
    pub(super) price: String,
}

impl LineText {
    fn is_empty(&self) -> bool {
        [&self.product, &self.quantity, &self.price].iter().all(|text| text.trim().is_empty())
    }
}

/// `product_0`, `quantity_0`, `price_0` …; a form of one line may leave the number out.
fn line_at(text: &dyn Fn(&str) -> String, at: usize) -> LineText {
    let one = |name: &str| {
        let numbered = text(&format!("{name}_{at}"));
        if at == 0 && numbered.is_empty() { text(name) } else { numbered }
    };
    LineText { product: one("product"), quantity: one("quantity"), price: one("price") }
}

fn lines_of_form(form: &FormState) -> Vec<LineText> {
    let text = |name: &str| form.value(name).to_owned();
    (0..LINES_MAX).map(|at| line_at(&text, at)).collect()
}

/// The texts of a start, from a form or from JSON. Empty lines are passed over; fields are named by their place in the form.
struct StartText {
    /// How the numbers in it are written.
    notation: Notation,
    lines: Vec<LineText>,
    contact: String,
    payment_days: String,
    valid_days: String,
    is_proposal: bool,
    message: String,
    rationale: String,
}

fn read(app: &App, company: &Company, text: &StartText) -> Result<(Start, Vec<usize>), Invalid> {
    let mut invalid = Invalid::default();
    let (mut lines, mut places) = (Vec::new(), Vec::new());
    for (at, line) in text.lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
        let found = product(app.part::<Catalog>(), line.product.trim());
        if found.is_none() {
            let code = if line.product.trim().is_empty() { "required" } else { "sku-unknown" };
            invalid = invalid.and(format!("product_{at}"), code, Vec::new());
        }
        let quantity =
            found.as_ref().map(|product| Quantity::typed(&line.quantity, product.packing.unit, text.notation));
        let quantity = quantity.and_then(|quantity| invalid.take(&format!("quantity_{at}"), quantity));
        let price = Some(line.price.trim()).filter(|price| !price.is_empty());
        let price = price.map(|price| UnitPrice::typed(price, company.currency, text.notation));
        let price = price.and_then(|price| invalid.take(&format!("price_{at}"), price));
        if let Some((product, quantity)) = found.zip(quantity) {
            lines.push(StartLine { product: product.id, quantity, price });
            places.push(at);
        }
    }
    if lines.is_empty() && invalid.fields.is_empty() {
        invalid = invalid.and("product_0", "required", Vec::new());
    }
    let notation = text.notation;
    let days = |invalid: &mut Invalid, name: &str, text: &str| match text.trim() {
        "" => None,
        typed => invalid.take(name, kernel::parse_decimal(typed, 0, notation)),
    };
    let payment_days = days(&mut invalid, "payment_days", &text.payment_days);
    let valid_days = days(&mut invalid, "valid_days", &text.valid_days);
    let chosen = UserId::parse(&text.contact);
    if chosen.is_none() && !text.contact.is_empty() {
        invalid = invalid.and("contact", "choice", Vec::new());
    }
    if !invalid.fields.is_empty() {
        return Err(invalid);
    }
    let (message, rationale, is_proposal) = (text.message.clone(), text.rationale.clone(), text.is_proposal);
    Ok((Start { contact: chosen, lines, payment_days, valid_days, is_proposal, message, rationale }, places))
}

async fn begun(app: &App, visitor: &Visitor, number: &str, text: &StartText) -> Outcome<NegotiationId> {
    let company = companies::queries::by_number(&app.db().read().await?, number).await?.ok_or(Failure::NotFound)?;
    let (start, places) = read(app, &company, text)?;
    let (ctx, start) = (&app.ctx(visitor), &start);
    let done = app.write(|tx| async move { attending::start_for(&tx, ctx, company.id, start).await }).await;
    done.map_err(|failure| match failure {
        Failure::Invalid(invalid) => Failure::Invalid(renamed(invalid, &places, visitor)),
        other => other,
    })
}

/// Fields of the ask under the names that this form has for them.
fn renamed(invalid: Invalid, places: &[usize], visitor: &Visitor) -> Invalid {
    let name = |field: &str| {
        let (at, name) = field.strip_prefix("lines[")?.split_once("].")?;
        let place = places.get(at.parse::<usize>().ok()?)?;
        Some(format!("{name}_{place}"))
    };
    let field = |error: kernel::FieldError| {
        let field = name(&error.field).unwrap_or_else(|| error.field.clone());
        kernel::FieldError { field, args: negotiation::panel::localised(&error.args, &visitor.locale), ..error }
    };
    Invalid { fields: invalid.fields.into_iter().map(field).collect() }
}

fn text_of(fields: &Fields) -> StartText {
    let text = |name: &str| fields.text(name).to_owned();
    StartText {
        notation: fields.notation(),
        lines: (0..LINES_MAX).map(|at| line_at(&text, at)).collect(),
        contact: text("contact"),
        payment_days: text("payment_days"),
        valid_days: text("valid_days"),
        is_proposal: fields.text("action") == "propose",
        message: text("message"),
        rationale: text("rationale"),
    }
}

/// How many lines the form has, and one or two more when it asks for them.
fn count_of(fields: &Fields) -> usize {
    let used = (0..LINES_MAX).rev().find(|at| fields.0.contains_key(&format!("product_{at}"))).map_or(0, |at| at + 1);
    used + if fields.text("action") == "more" { LINES } else { 0 }
}

pub(super) async fn begin(State(app): State<App>, visitor: Visitor, Form(mut fields): Form<Fields>) -> Reply {
    let asked = Asked { q: String::new(), company: fields.text("company").to_owned(), product: String::new() };
    // A product that was found by its name is put into its line; another line is added. Neither sends anything.
    let picked = fields.text("pick").split_once(':').map(|(at, sku)| (format!("product_{at}"), sku.to_owned()));
    let is_working = picked.is_some() || fields.text("action") == "more";
    if let Some((field, sku)) = picked {
        fields.0.insert(field, sku);
    }
    let count = count_of(&fields);
    if is_working {
        let filled = Filled { form: fields.kept(), refusal: String::new(), may_propose: false, count };
        return web::page(&start_page(&app, &visitor, &asked, filled).await?);
    }
    let text = text_of(&fields);
    let flash = if text.is_proposal { "case-proposed" } else { "negotiation-started" };
    let (status, form, refusal, may_propose) = match begun(&app, &visitor, &asked.company, &text).await {
        Ok(id) => return web::flash(web::see_other(&negotiations::desk_href(id)), flash),
        Err(Failure::Invalid(invalid)) => {
            let form = fields.rejected(&invalid, &visitor.locale);
            (StatusCode::UNPROCESSABLE_ENTITY, form, String::new(), text.is_proposal)
        }
        Err(Failure::Refused(refused)) => {
            let may_propose = refused.code == super::DeskRefusal::NeedsAuthority.refused().code;
            (StatusCode::CONFLICT, fields.kept(), visitor.refusal(&refused), may_propose)
        }
        Err(other) => return Err(other.into()),
    };
    let filled = Filled { form, refusal, may_propose, count };
    web::page_with(status, &start_page(&app, &visitor, &asked, filled).await?)
}

/// What is known of the lines while they are typed.
pub(super) async fn figures(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let asked = Asked { q: String::new(), company: fields.text("company").to_owned(), product: String::new() };
    let filled = Filled { form: fields.kept(), refusal: String::new(), may_propose: false, count: count_of(&fields) };
    let StartPage { shell, figures, .. } = start_page(&app, &visitor, &asked, filled).await?;
    web::fragment(StatusCode::OK, &StartFigures { shell, figures })
}

pub(super) async fn begin_json(State(app): State<App>, visitor: Visitor, Json(body): Json<StartNegotiation>) -> Reply {
    let days = |days: Option<i64>| days.map(|days| days.to_string()).unwrap_or_default();
    let one = LineText { product: body.product, quantity: body.quantity, price: body.price };
    let line = |line: StartLineJson| LineText { product: line.product, quantity: line.quantity, price: line.price };
    let lines = if body.lines.is_empty() { vec![one] } else { body.lines.into_iter().map(line).collect() };
    let is_single = lines.len() == 1;
    let text = StartText {
        notation: Notation::Plain,
        lines,
        contact: body.contact,
        payment_days: days(body.payment_days),
        valid_days: days(body.valid_days),
        is_proposal: body.propose,
        message: body.message,
        rationale: body.rationale,
    };
    let id = begun(&app, &visitor, &body.company, &text).await.map_err(|failure| json_names(failure, is_single))?;
    web::created(&format!("/api/v1/desk/{id}"), &api::load(&app, &visitor, id).await?)
}

/// Fields as JSON has them: `lines[1].price`, or `price` alone for an offer of one line.
fn json_names(failure: Failure, is_single: bool) -> Failure {
    let Failure::Invalid(invalid) = failure else { return failure };
    let field = |error: kernel::FieldError| {
        let parts = error.field.rsplit_once('_').filter(|(_, at)| at.parse::<usize>().is_ok());
        let field = match parts {
            Some((name, _)) if is_single => name.to_owned(),
            Some((name, at)) => format!("lines[{at}].{name}"),
            None => error.field.clone(),
        };
        kernel::FieldError { field, ..error }
    };
    Failure::Invalid(Invalid { fields: invalid.fields.into_iter().map(field).collect() })
}
