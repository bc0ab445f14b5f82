//! Quotes on the desk.

use askama::Template;
use axum::http::StatusCode;
use catalog::Catalog;
use i18n::Locale;
use kernel::{Failure, Outcome, QuoteId, UnitPrice};
use negotiation::attachments::queries::FileView;
use negotiation::attachments::{self, About};
use serde::Deserialize;
use terms::support;
use terms::support::view::RequestView;
use web::{App, Fields, Form, FormState, PageLink, Pager, Path, Query, Reply, Shell, State, Visitor};

use super::view::{self, LineView, Step};
use super::{Quote, answering, queries, rules, store, typed};

/// A line of the list.
struct Row {
    href: String,
    number: String,
    company: String,
    subject: String,
    lines: i64,
    class: &'static str,
    state: String,
    changed: String,
}

#[derive(Template)]
#[template(path = "quotes/desk_list.html")]
struct ListPage {
    shell: Shell,
    rows: Vec<Row>,
    filters: Vec<(&'static str, String, bool)>,
    pager: Pager,
    links: Vec<PageLink>,
}

/// Which quotes.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    which: String,
    #[serde(default)]
    page: Option<String>,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Reply {
    let is_all = asked.which == "all";
    let pager = Pager::asked(asked.page.as_deref(), Some("50"));
    let tx = app.db().read().await?;
    let (all, total) = queries::for_desk(&tx, &visitor.actor, !is_all, pager).await?;
    let (locale, catalog, pager) = (&visitor.locale, app.part::<Catalog>(), pager.of(total));
    let mut rows = Vec::with_capacity(all.len());
    for quote in &all {
        let company = parties::companies::queries::company(&tx, quote.company).await?;
        let state = quote.state(app.now());
        rows.push(Row {
            href: view::desk_href(quote.id),
            number: quote.number.to_string(),
            company: company.map_or_else(String::new, |company| company.name),
            subject: view::subject(quote, catalog, locale),
            lines: i64::try_from(quote.lines.len()).unwrap_or(0),
            class: view::state_class(state),
            state: locale.text(&format!("quote-state-{}", state.code())),
            changed: locale.moment(quote.changed_at),
        });
    }
    drop(tx);
    let filters = vec![
        ("/desk/quotes", locale.text("quotes-waiting"), !is_all),
        ("/desk/quotes?which=all", locale.text("all"), is_all),
    ];
    let shell = Shell::load(&app, &visitor, &locale.text("quotes-title")).await?;
    let links = pager.links("/desk/quotes", if is_all { "which=all" } else { "" });
    web::page(&ListPage { shell, rows, filters, pager, links })
}

/// The fields of one answer: a line's answer itself or an alternative.
struct AnswerFields {
    suffix: String,
    is_alternative: bool,
}

/// A line with what is typed about it.
struct LineFields {
    line: LineView,
    unit: String,
    support_href: String,
    answers: Vec<AnswerFields>,
}

#[derive(Template)]
#[template(path = "quotes/desk_one.html")]
struct OnePage {
    shell: Shell,
    id: String,
    title: String,
    lead: String,
    class: &'static str,
    state: String,
    comment: String,
    lines: Vec<LineFields>,
    currency: &'static str,
    is_open: bool,
    has_draft: bool,
    files: Vec<FileView>,
    requests: Vec<RequestView>,
    steps: Vec<Step>,
    form: FormState,
    refusal: String,
}

pub(super) async fn one(State(app): State<App>, visitor: Visitor, Path(id): Path<QuoteId>) -> Reply {
    one_page(&app, &visitor, id, None, String::new(), StatusCode::OK).await
}

async fn one_page(
    app: &App,
    visitor: &Visitor,
    id: QuoteId,
    form: Option<FormState>,
    refusal: String,
    status: StatusCode,
) -> Reply {
    let (locale, catalog) = (&visitor.locale, app.part::<Catalog>());
    let tx = app.db().read().await?;
    let quote = queries::quote(&tx, &visitor.actor, id).await?;
    let company = parties::companies::queries::company(&tx, quote.company).await?.ok_or(Failure::NotFound)?;
    let person = parties::people::queries::member(&tx, quote.person).await?;
    let files = attachments::queries::of(&tx, About::Quote(id, None)).await?;
    let files: Vec<FileView> = files.iter().map(|file| attachments::queries::view(file, locale)).collect();
    let requests = support::view::views(&support::queries::of_quote(&tx, id).await?, locale);
    let form = match form {
        Some(form) => form,
        None => first_form(&tx, &quote, app, locale).await?,
    };
    drop(tx);
    let state = quote.state(app.now());
    let title = locale.text_with("quote-title", &[("number", quote.number.to_string().into())]);
    let asks = person.map_or_else(String::new, |person| person.name);
    let page = OnePage {
        shell: Shell::load(app, visitor, &title).await?,
        id: id.to_string(),
        title,
        lead: format!("{} · {asks} · {}", company.name, view::subject(&quote, catalog, locale)),
        class: view::state_class(state),
        state: locale.text(&format!("quote-state-{}", state.code())),
        comment: quote.comment.clone(),
        lines: fields_of(&quote, &files, catalog, visitor),
        currency: quote.currency.code(),
        is_open: rules::may_answer(&quote).is_ok(),
        has_draft: quote.draft().is_some(),
        files,
        requests,
        steps: view::steps(&quote, locale),
        form,
        refusal,
    };
    web::page_with(status, &page)
}

fn fields_of(quote: &Quote, files: &[FileView], catalog: &Catalog, visitor: &Visitor) -> Vec<LineFields> {
    let views = view::lines(quote, quote.present(), files, catalog, &visitor.locale);
    let alternatives = |position: i64| {
        let given = quote.versions.last().into_iter().flat_map(|version| &version.answers);
        let most = given.filter(|answer| answer.position == position).map(|answer| answer.choice).max().unwrap_or(0);
        // One more than there is, for the next.
        (most + 1).min(rules::ALTERNATIVES_MAX)
    };
    let fields = |line: LineView| LineFields {
        unit: quote
            .line(line.position)
            .map_or_else(String::new, |own| visitor.locale.text(&format!("unit-{}", own.quantity.unit().code()))),
        support_href: format!("/desk/support?quote={}&line={}", quote.id, line.position),
        answers: (0..=alternatives(line.position))
            .map(|choice| AnswerFields { suffix: format!("{}_{choice}", line.position), is_alternative: choice > 0 })
            .collect(),
        line,
    };
    views.into_iter().map(fields).collect()
}

/// The draft, the version that stands, or what was asked for: whichever is the latest.
async fn first_form(tx: &db::ReadTx, quote: &Quote, app: &App, locale: &Locale) -> Outcome<FormState> {
    let catalog = app.part::<Catalog>();
    let price = |price: Option<UnitPrice>| price.map_or_else(String::new, |price| locale.unit_price(price));
    let mut values = vec![
        ("version".to_owned(), quote.version.to_string()),
        ("valid_until".to_owned(), app.today().plus_days(14).to_string()),
    ];
    if let Some(latest) = quote.versions.last() {
        let costs = store::costs(tx, quote.id, latest.number, quote.currency).await?;
        if latest.is_draft {
            values.push(("message".to_owned(), latest.message.clone()));
        }
        for answer in &latest.answers {
            let name = |field: &str| format!("{field}_{}_{}", answer.position, answer.choice);
            let sku = answer.product.and_then(|id| catalog.product(id)).map(|product| product.sku.to_string());
            let cost = costs.get(&(answer.position, answer.choice)).copied();
            values.push((name("sku"), sku.unwrap_or_default()));
            values.push((name("quantity"), locale.quantity(answer.quantity)));
            values.push((name("price"), price(answer.price)));
            values.push((name("cost"), price(cost)));
            values.push((name("lead_days"), answer.lead_days.map_or_else(String::new, |days| days.to_string())));
            values.push((name("note"), answer.note.clone()));
            if answer.choice == 0 && answer.price.is_none() {
                values.push((format!("none_{}", answer.position), "1".to_owned()));
            }
        }
    } else {
        for line in &quote.lines {
            let sku = line.product.and_then(|id| catalog.product(id)).map(|product| product.sku.to_string());
            values.push((format!("sku_{}_0", line.position), sku.unwrap_or_default()));
            values.push((format!("quantity_{}_0", line.position), locale.quantity(line.quantity)));
        }
    }
    Ok(FormState::of(values.iter().map(|(name, value)| (name.as_str(), value.clone()))))
}

pub(super) async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<QuoteId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let quote = queries::quote(&app.db().read().await?, &visitor.actor, id).await?;
    let said = (fields.text("valid_until"), fields.text("message"));
    let answers = typed::form_answers(&fields, &quote);
    let is_draft = fields.text("action") == "save";
    let done = match typed::version(&quote, version(&fields), said, &answers, app.part::<Catalog>()) {
        Ok(new) => {
            let new = &new;
            let done = app.write(|tx| async move {
                if is_draft {
                    answering::save(&tx, ctx, id, new).await
                } else {
                    answering::send(&tx, ctx, id, new).await
                }
            });
            done.await
        }
        Err(failure) => Err(failure),
    };
    let flash = if is_draft { "quote-saved" } else { "quote-sent" };
    answered(&app, &visitor, id, &fields, done.map(|()| flash)).await
}

pub(super) async fn decline(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<QuoteId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let (read, reply) = (version(&fields), fields.text("reply"));
    let done = app.write(|tx| async move { answering::decline(&tx, ctx, id, read, reply).await }).await;
    answered(&app, &visitor, id, &fields, done.map(|()| "quote-declined")).await
}

fn version(fields: &Fields) -> i64 {
    fields.text("version").parse().unwrap_or(0)
}

/// After a command: the list, or the quote while it is a draft; when it was refused or wrong, the same page with what was
/// typed.
async fn answered(app: &App, visitor: &Visitor, id: QuoteId, fields: &Fields, done: Outcome<&'static str>) -> Reply {
    let (form, refusal, status) = match done {
        Ok("quote-saved") => return web::flash(web::see_other(&view::desk_href(id)), "quote-saved"),
        Ok(flash) => return web::flash(web::see_other("/desk/quotes"), flash),
        Err(Failure::Invalid(invalid)) => {
            let form = fields.rejected(&typed::renamed(&invalid, None), &visitor.locale);
            (form, String::new(), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(Failure::Refused(refused)) => (fields.kept(), visitor.refusal(&refused), StatusCode::CONFLICT),
        Err(other) => return Err(other.into()),
    };
    one_page(app, visitor, id, Some(form), refusal, status).await
}
