//! Quotes in the buyer's account.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use catalog::Catalog;
use kernel::{Failure, Invalid, Outcome, QuoteId};
use negotiation::attachments::form::Sent;
use negotiation::attachments::queries::FileView;
use negotiation::attachments::{self, About};
use pricing::Buyers;
use serde::Deserialize;
use web::{App, Fields, Form, FormState, PageLink, Pager, Path, Query, Reply, Shell, State, Visitor};

use super::actions::{self, NewDrawing};
use super::view::{self, LineView, Step};
use super::{Quote, State as Standing, paper, queries, rules, sums, typed};

/// Lines of an empty form; 'more lines' adds as many.
const FORM_LINES: usize = 5;

/// A line of the list.
struct Row {
    href: String,
    number: String,
    subject: String,
    lines: i64,
    class: &'static str,
    state: String,
    valid_until: String,
    changed: String,
}

#[derive(Template)]
#[template(path = "quotes/list.html")]
struct ListPage {
    shell: Shell,
    rows: Vec<Row>,
    pager: Pager,
    links: Vec<PageLink>,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(pager): Query<Pager>) -> Reply {
    let company = visitor.actor.company()?;
    let (all, total) = queries::of_company(&app.db().read().await?, company, pager).await?;
    let (locale, catalog, pager) = (&visitor.locale, app.part::<Catalog>(), pager.of(total));
    let row = |quote: &Quote| {
        let state = quote.state(app.now());
        Row {
            href: format!("/account/quotes/{}", quote.id),
            number: quote.number.to_string(),
            subject: view::subject(quote, catalog, locale),
            lines: i64::try_from(quote.lines.len()).unwrap_or(0),
            class: view::state_class(state),
            state: locale.text(&format!("quote-state-{}", state.code())),
            valid_until: quote.valid_until.map_or_else(String::new, |end| view::last_day(locale, end)),
            changed: locale.date(locale.local_date(quote.changed_at)),
        }
    };
    let rows = all.iter().map(row).collect();
    let shell = Shell::load(&app, &visitor, &locale.text("quotes-title")).await?;
    web::page(&ListPage { shell, rows, links: pager.links("/account/quotes", ""), pager })
}

#[derive(Template)]
#[template(path = "quotes/new.html")]
struct NewPage {
    shell: Shell,
    form: FormState,
    places: Vec<usize>,
    units: Vec<(&'static str, String)>,
    currency: String,
    refusal: String,
}

/// What the form is opened with: `?sku=V-100&quantity=50`.
#[derive(Deserialize)]
pub(super) struct Opened {
    #[serde(default)]
    sku: String,
    #[serde(default)]
    quantity: String,
}

pub(super) async fn new(State(app): State<App>, visitor: Visitor, Query(opened): Query<Opened>) -> Reply {
    let form = FormState::of([("sku_0", opened.sku), ("quantity_0", opened.quantity)]);
    new_page(&app, &visitor, form, FORM_LINES, String::new(), StatusCode::OK).await
}

async fn new_page(
    app: &App,
    visitor: &Visitor,
    form: FormState,
    count: usize,
    refusal: String,
    status: StatusCode,
) -> Reply {
    let locale = &visitor.locale;
    let page = NewPage {
        shell: Shell::load(app, visitor, &locale.text("quote-new-title")).await?,
        form,
        places: (0..count).collect(),
        units: kernel::Unit::ALL.map(|unit| (unit.code(), locale.text(&format!("unit-{}", unit.code())))).into(),
        currency: currency(app, visitor).await?.code().to_owned(),
        refusal,
    };
    web::page_with(status, &page)
}

async fn currency(app: &App, visitor: &Visitor) -> Outcome<kernel::Currency> {
    let company = visitor.actor.company()?;
    let company = parties::companies::queries::company(&app.db().read().await?, company).await?;
    Ok(company.ok_or(Failure::NotFound)?.currency)
}

pub(super) async fn request(State(app): State<App>, visitor: Visitor, sent: Sent) -> Reply {
    let ctx = &app.ctx(&visitor);
    let count = sent.fields.text("lines").parse().unwrap_or(FORM_LINES).clamp(1, rules::LINES_MAX);
    if !sent.fields.text("more").is_empty() {
        let more = (count + FORM_LINES).min(rules::LINES_MAX);
        return new_page(&app, &visitor, sent.fields.kept(), more, String::new(), StatusCode::OK).await;
    }
    let (places, lines): (Vec<usize>, Vec<_>) = typed::form_lines(&sent.fields, count).into_iter().unzip();
    let (project, comment) = (sent.fields.text("project"), sent.fields.text("comment"));
    let read = typed::request(project, comment, &lines, app.part::<Catalog>(), currency(&app, &visitor).await?);
    let done = match read {
        Ok(new) => {
            let (new, drawings) = (&new, &drawings(&sent, &places));
            app.write(|tx| async move { actions::request(&tx, ctx, new, drawings).await }).await
        }
        Err(failure) => Err(failure),
    };
    let (form, refusal, status) = match done {
        Ok(id) => return web::flash(web::see_other(&format!("/account/quotes/{id}")), "quote-requested"),
        Err(Failure::Invalid(invalid)) => {
            let form = sent.fields.rejected(&typed::renamed(&invalid, Some(&places)), &visitor.locale);
            (form, String::new(), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(Failure::Refused(refused)) => (sent.fields.kept(), visitor.refusal(&refused), StatusCode::CONFLICT),
        Err(other) => return Err(other.into()),
    };
    new_page(&app, &visitor, form, count, refusal, status).await
}

/// The files of the form: `drawing_2` belongs to the third line of the form, `drawing` to the project.
fn drawings(sent: &Sent, places: &[usize]) -> Vec<NewDrawing> {
    let drawing = |(field, file): &(String, attachments::NewFile)| {
        let place = field.strip_prefix("drawing_").and_then(|at| at.parse::<usize>().ok());
        let line = place.and_then(|place| places.iter().position(|known| *known == place));
        let line = line.and_then(|at| i64::try_from(at + 1).ok());
        NewDrawing { field: field.clone(), line, file: file.clone() }
    };
    sent.files.iter().map(drawing).collect()
}

#[derive(Template)]
#[template(path = "quotes/one.html")]
struct OnePage {
    shell: Shell,
    id: String,
    title: String,
    lead: String,
    class: &'static str,
    state: String,
    comment: String,
    reply: String,
    message: String,
    /// The number of the version that stands; empty for none.
    version: String,
    valid_until: String,
    pdf: String,
    lines: Vec<LineView>,
    has_unbound: bool,
    may_answer: bool,
    is_whole: bool,
    /// Their gross as it is sent back with the answer; empty without them.
    seen: String,
    /// Net, tax and gross of what can only be accepted together.
    sums: Vec<(String, String)>,
    may_withdraw: bool,
    may_attach: bool,
    currency: &'static str,
    files: Vec<FileView>,
    offers: Vec<String>,
    steps: Vec<Step>,
    form: FormState,
    refusal: String,
}

impl OnePage {
    /// Whether a line has several answers that can be taken.
    fn has_choice(&self) -> bool {
        let count = |line: &LineView| line.answers.iter().filter(|answer| answer.is_takeable()).count();
        self.lines.iter().any(|line| !line.is_accepted && count(line) > 1)
    }
}

pub(super) async fn one(State(app): State<App>, visitor: Visitor, Path(id): Path<QuoteId>) -> Reply {
    one_page(&app, &visitor, id, FormState::default(), String::new(), StatusCode::OK).await
}

async fn one_page(
    app: &App,
    visitor: &Visitor,
    id: QuoteId,
    form: FormState,
    refusal: String,
    status: StatusCode,
) -> Reply {
    let (locale, catalog, now) = (&visitor.locale, app.part::<Catalog>(), app.now());
    let tx = app.db().read().await?;
    let quote = queries::quote(&tx, &visitor.actor, id).await?;
    let files = attachments::queries::of(&tx, About::Quote(id, None)).await?;
    let files: Vec<FileView> = files.iter().map(|file| attachments::queries::view(file, locale)).collect();
    let mut offers: Vec<String> = Vec::new();
    for offer in quote.lines.iter().filter_map(|line| line.offer) {
        let agreed = negotiation::offers::queries::agreed(&tx, quote.company, offer).await?;
        let is_free = agreed.is_some_and(|agreed| !agreed.used && now < agreed.offer.expires);
        offers.extend(Some(offer.to_string()).filter(|offer| is_free && !offers.contains(offer)));
    }
    let company = parties::companies::queries::company(&tx, quote.company).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    let state = quote.state(now);
    let version = quote.present();
    let stands = version.is_some_and(|version| rules::standing(&quote, version.number, now).is_ok());
    let lines = view::lines(&quote, (version, now), &files, catalog, locale);
    let title = locale.text_with("quote-title", &[("number", quote.number.to_string().into())]);
    let typed = |position: i64| form.value(&format!("line_{position}")).parse().ok();
    let tax = app.part::<Buyers>().tax(&company);
    let whole = version.filter(|version| stands && version.is_whole);
    let totals = whole.map(|version| sums::of_whole(&quote, version, (&typed, now), tax)).transpose()?;
    let sums = totals.as_ref().map(|totals| sums::words(totals, tax, locale)).unwrap_or_default();
    let page = OnePage {
        shell: Shell::load(app, visitor, &title).await?,
        id: id.to_string(),
        title,
        lead: view::subject(&quote, catalog, locale),
        class: view::state_class(state),
        state: locale.text(&format!("quote-state-{}", state.code())),
        comment: quote.comment.clone(),
        reply: quote.reply.clone(),
        message: version.map_or_else(String::new, |version| version.message.clone()),
        version: version.map_or_else(String::new, |version| version.number.to_string()),
        valid_until: version.map_or_else(String::new, |version| view::last_day(locale, version.valid_until)),
        pdf: version.map_or_else(String::new, |version| view::pdf_href(id, version.number)),
        has_unbound: lines.iter().flat_map(|line| &line.answers).any(|a| a.is_supplied && !a.is_orderable),
        is_whole: version.is_some_and(|version| version.is_whole),
        sums,
        seen: totals.map(|totals| totals.gross.to_decimal()).unwrap_or_default(),
        may_answer: stands && lines.iter().any(|line| !line.is_accepted),
        may_withdraw: rules::may_withdraw(&quote).is_ok(),
        may_attach: !matches!(state, Standing::Accepted | Standing::Withdrawn | Standing::Declined),
        currency: quote.currency.code(),
        files,
        offers,
        steps: view::steps(&quote, locale),
        lines,
        form,
        refusal,
    };
    web::page_with(status, &page)
}

/// After a command: the quote, or the same page with what is the matter.
async fn answered(app: &App, visitor: &Visitor, id: QuoteId, fields: &Fields, done: Outcome<&'static str>) -> Reply {
    let (form, refusal, status) = match done {
        Ok(flash) => return web::flash(web::see_other(&format!("/account/quotes/{id}")), flash),
        Err(Failure::Invalid(invalid)) => {
            let form = fields.rejected(&typed::renamed(&invalid, None), &visitor.locale);
            (form, String::new(), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(Failure::Refused(refused)) => (fields.kept(), visitor.refusal(&refused), StatusCode::CONFLICT),
        Err(other) => return Err(other.into()),
    };
    one_page(app, visitor, id, form, refusal, status).await
}

fn version(fields: &Fields) -> i64 {
    fields.text("version").parse().unwrap_or(0)
}

pub(super) async fn accept(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<QuoteId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let chosen = fields
        .0
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("line_")?.parse().ok()?, value.trim().parse().ok()?)));
    let chosen: Vec<(i64, i64)> = chosen.collect();
    let (chosen, version) = (chosen.as_slice(), version(&fields));
    if let Some(invalid) = unseen(&app, &visitor, id, chosen, fields.text("seen")).await? {
        return answered(&app, &visitor, id, &fields, Err(invalid.into())).await;
    }
    let done = app.write(|tx| async move { actions::accept(&tx, ctx, id, version, chosen).await }).await;
    answered(&app, &visitor, id, &fields, done.map(|_| "quote-accepted")).await
}

/// What can only be accepted together is accepted at the total that stood beside the button: where other answers are chosen than
/// those it was shown for, the new total is shown first.
async fn unseen(
    app: &App,
    visitor: &Visitor,
    id: QuoteId,
    chosen: &[(i64, i64)],
    seen: &str,
) -> Outcome<Option<Invalid>> {
    if seen.is_empty() {
        return Ok(None);
    }
    let tx = app.db().read().await?;
    let quote = queries::quote(&tx, &visitor.actor, id).await?;
    let Some(version) = quote.present().filter(|version| version.is_whole) else { return Ok(None) };
    let company = parties::companies::queries::company(&tx, quote.company).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    let choice = |position: i64| chosen.iter().find(|(of, _)| *of == position).map(|(_, choice)| *choice);
    let gross = sums::of_whole(&quote, version, (&choice, app.now()), app.part::<Buyers>().tax(&company))?.gross;
    let total = vec![("total", visitor.locale.money(gross))];
    Ok((gross.to_decimal() != seen).then(|| Invalid::default().and("seen", "quote-total-changed", total)))
}

pub(super) async fn counter(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<QuoteId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let quote = queries::quote(&app.db().read().await?, &visitor.actor, id).await?;
    let text = |position: i64| fields.0.get(&format!("target_{position}")).map_or("", String::as_str);
    let done = match typed::targets(&quote, text, fields.notation()) {
        Ok(targets) => {
            let (targets, message, version) = (targets.as_slice(), fields.text("message"), version(&fields));
            app.write(|tx| async move { actions::counter(&tx, ctx, id, version, targets, message).await }).await
        }
        Err(failure) => Err(failure),
    };
    answered(&app, &visitor, id, &fields, done.map(|()| "quote-countered")).await
}

pub(super) async fn withdraw(State(app): State<App>, visitor: Visitor, Path(id): Path<QuoteId>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let done = app.write(|tx| async move { actions::withdraw(&tx, ctx, id).await }).await;
    answered(&app, &visitor, id, &Fields::default(), done.map(|()| "quote-withdrawn")).await
}

pub(super) async fn attach(State(app): State<App>, visitor: Visitor, Path(id): Path<QuoteId>, sent: Sent) -> Reply {
    let ctx = &app.ctx(&visitor);
    let line = sent.fields.text("line").parse().ok();
    let done = match sent.file("file") {
        Some(file) => app.write(|tx| async move { actions::attach(&tx, ctx, id, line, file).await }).await,
        None => Err(Invalid::field("file", "required").into()),
    };
    answered(&app, &visitor, id, &sent.fields, done.map(|()| "attachment-added")).await
}

/// Which version, in whose words.
#[derive(Deserialize)]
pub(super) struct AskedPdf {
    version: Option<i64>,
    #[serde(default)]
    language: String,
}

pub(super) async fn pdf(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<QuoteId>,
    Query(asked): Query<AskedPdf>,
) -> Reply {
    let tx = app.db().read().await?;
    let quote = queries::quote(&tx, &visitor.actor, id).await?;
    let company = parties::companies::queries::company(&tx, quote.company).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    let present = quote.present().map(|version| version.number);
    let number = asked.version.or(present).ok_or(Failure::NotFound)?;
    let version = quote.versions.iter().find(|version| version.number == number).ok_or(Failure::NotFound)?;
    let locale = match asked.language.as_str() {
        "" => visitor.locale.clone(),
        code => i18n::Locale::by_codes(code, visitor.locale.zone_name()),
    };
    let parts = paper::Parts {
        quote: &quote,
        version,
        company: &company,
        catalog: app.part::<Catalog>(),
        buyers: app.part::<Buyers>(),
        settings: app.settings(),
        locale: &locale,
    };
    let name = format!("inline; filename=\"quote-{}-{}.pdf\"", quote.number, number);
    let head = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, name.as_str()),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((head, paper::pdf(&parts)?).into_response())
}
