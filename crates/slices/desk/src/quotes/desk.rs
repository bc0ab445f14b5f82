//! Quotes on the desk.

use askama::Template;
use axum::http::StatusCode;
use catalog::Catalog;
use i18n::Locale;
use kernel::{Failure, Instant, Outcome, QuoteId, UnitPrice};
use negotiation::attachments::queries::FileView;
use negotiation::attachments::{self, About};
use serde::Deserialize;
use terms::support::view::RequestView;
use terms::{deciders, support};
use web::{App, Fields, Form, FormState, PageLink, Pager, Path, Query, Reply, Shell, State, Visitor};

use super::figures::{self, FiguresView};
use super::typed::{self, Said};
use super::view::{self, LineView, Step};
use super::{Quote, answering, queries, rules, store};

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
    self_href: &'static str,
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
    let self_href = if is_all { "/desk/quotes?which=all" } else { "/desk/quotes" };
    web::page(&ListPage { shell, rows, filters, self_href, pager, links })
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
    /// How many alternatives the form has, and whether it may have one more.
    alternatives: i64,
    may_grow: bool,
}

/// A draft that waits for approval.
struct ProposalView {
    title: String,
    why: String,
    /// The reader may send it.
    is_mine: bool,
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
    figures: FiguresView,
    proposal: Option<ProposalView>,
    may_propose: bool,
    form: FormState,
    refusal: String,
}

#[derive(Template)]
#[template(path = "quotes/figures_live.html")]
struct FiguresFragment {
    shell: Shell,
    figures: FiguresView,
}

/// What a page shows beside what is stored.
#[derive(Default)]
struct Shown {
    form: Option<FormState>,
    refusal: String,
    may_propose: bool,
}

pub(super) async fn one(State(app): State<App>, visitor: Visitor, Path(id): Path<QuoteId>) -> Reply {
    web::page(&one_page(&app, &visitor, id, Shown::default()).await?)
}

/// What follows from what is typed.
pub(super) async fn figures(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<QuoteId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let tx = app.db().read().await?;
    let quote = queries::quote(&tx, &visitor.actor, id).await?;
    let texts = typed::form_answers(&|name| fields.text(name).to_owned(), fields.notation(), &quote);
    let is_whole = !fields.text("all_together").is_empty();
    let figures = figures::figures(&tx, &app, &visitor, &quote, (&texts, is_whole)).await?;
    drop(tx);
    web::fragment(StatusCode::OK, &FiguresFragment { shell: Shell::bare(&app, &visitor, ""), figures })
}

async fn one_page(app: &App, visitor: &Visitor, id: QuoteId, shown: Shown) -> Outcome<OnePage> {
    let (locale, catalog) = (&visitor.locale, app.part::<Catalog>());
    let tx = app.db().read().await?;
    let quote = queries::quote(&tx, &visitor.actor, id).await?;
    let company = parties::companies::queries::company(&tx, quote.company).await?.ok_or(Failure::NotFound)?;
    let person = parties::people::queries::member(&tx, quote.person).await?;
    let files = attachments::queries::of(&tx, About::Quote(id, None)).await?;
    let files: Vec<FileView> = files.iter().map(|file| attachments::queries::view(file, locale)).collect();
    let requests = support::view::views(&support::queries::of_quote(&tx, id).await?, locale);
    let form = match shown.form {
        Some(form) => form,
        None => first_form(&tx, &quote, app, locale).await?,
    };
    let is_open = rules::may_answer(&quote).is_ok();
    let texts = if is_open {
        typed::form_answers(&|name| form.value(name).to_owned(), visitor.locale.notation(), &quote)
    } else {
        Vec::new()
    };
    let is_whole = form.is("all_together", "1");
    let figures = figures::figures(&tx, app, visitor, &quote, (&texts, is_whole)).await?;
    let proposal = proposal(&tx, visitor, &quote).await?;
    drop(tx);
    let state = quote.state(app.now());
    let title = locale.text_with("quote-title", &[("number", quote.number.to_string().into())]);
    let asks = person.map_or_else(String::new, |person| person.name);
    let may_propose = shown.may_propose || !figures.needs.is_empty();
    Ok(OnePage {
        shell: Shell::load(app, visitor, &title).await?,
        id: id.to_string(),
        title,
        lead: format!("{} · {asks} · {}", company.name, view::subject(&quote, catalog, locale)),
        class: view::state_class(state),
        state: locale.text(&format!("quote-state-{}", state.code())),
        comment: quote.comment.clone(),
        lines: fields_of(&quote, &files, catalog, visitor, (&form, app.now())),
        currency: quote.currency.code(),
        is_open,
        has_draft: quote.draft().is_some(),
        files,
        requests,
        steps: view::steps(&quote, locale),
        figures,
        proposal,
        may_propose,
        form,
        refusal: shown.refusal,
    })
}

async fn proposal(tx: &db::ReadTx, visitor: &Visitor, quote: &Quote) -> Outcome<Option<ProposalView>> {
    let proposal = store::proposal(tx, quote.id).await?;
    let Some(proposal) = proposal.filter(|one| quote.draft().is_some_and(|draft| draft.number == one.number)) else {
        return Ok(None);
    };
    let (_, own) = deciders::me(tx, &visitor.actor).await?;
    let person = parties::people::queries::member(tx, proposal.person).await?;
    let name = person.map_or_else(String::new, |person| person.name);
    let is_own = visitor.actor.user == Some(proposal.person);
    let key = if is_own { "quote-proposal-waits" } else { "quote-proposes" };
    let title = visitor.locale.text_with(key, &[("name", name.into())]);
    let is_mine = deciders::parse_authority(&proposal.needed).is_none_or(|needed| own >= needed);
    Ok(Some(ProposalView { title, why: proposal.rationale, is_mine }))
}

fn fields_of(
    quote: &Quote,
    files: &[FileView],
    catalog: &Catalog,
    visitor: &Visitor,
    (form, now): (&FormState, Instant),
) -> Vec<LineFields> {
    let views = view::lines(quote, (quote.present(), now), files, catalog, &visitor.locale);
    let alternatives = |position: i64| {
        let given = quote.versions.last().into_iter().flat_map(|version| &version.answers);
        let most = given.filter(|answer| answer.position == position).map(|answer| answer.choice).max().unwrap_or(0);
        let typed = form.value(&format!("alternatives_{position}")).parse().unwrap_or(0);
        most.max(typed).min(rules::ALTERNATIVES_MAX)
    };
    let fields = |line: LineView| LineFields {
        alternatives: alternatives(line.position),
        may_grow: alternatives(line.position) < rules::ALTERNATIVES_MAX,
        unit: quote
            .line(line.position)
            .map_or_else(String::new, |own| visitor.locale.text(&format!("unit-{}", own.quantity.unit().code()))),
        support_href: support_href(quote, line.position),
        answers: (0..=alternatives(line.position))
            .map(|choice| AnswerFields { suffix: format!("{}_{choice}", line.position), is_alternative: choice > 0 })
            .collect(),
        line,
    };
    views.into_iter().map(fields).collect()
}

/// Where a supplier is asked about a line; empty while nobody has named an article, for there is none to ask for.
fn support_href(quote: &Quote, position: i64) -> String {
    match quote.article(position) {
        Some(_) => format!("/desk/support?quote={}&line={position}", quote.id),
        None => String::new(),
    }
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
        if latest.is_whole {
            values.push(("all_together".to_owned(), "1".to_owned()));
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
            // A day that has passed is no proposal for the next answer.
            let day = answer.valid_until.map(|end| locale.local_date(end.plus(-1))).filter(|day| *day >= app.today());
            values.push((name("valid_until"), day.map_or_else(String::new, |day| day.to_string())));
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
    // Room for another alternative: nothing is kept or sent.
    if let Ok(line) = fields.text("grow").parse::<i64>() {
        let name = format!("alternatives_{line}");
        let count = fields.text(&name).parse::<i64>().unwrap_or(0).saturating_add(1);
        let grown = Fields::of(fields.0.into_iter().chain([(name, count.to_string())]).collect());
        let shown = Shown { form: Some(grown.kept()), ..Shown::default() };
        return web::page(&one_page(&app, &visitor, id, shown).await?);
    }
    let is_whole = !fields.text("all_together").is_empty();
    let said = &Said { valid_until: fields.text("valid_until"), message: fields.text("message"), is_whole };
    let answers = typed::form_answers(&|name| fields.text(name).to_owned(), fields.notation(), &quote);
    let (action, why) = (fields.text("action"), fields.text("rationale"));
    let done = match typed::version(&quote, version(&fields), said, &answers, app.part::<Catalog>()) {
        Ok(new) => {
            let new = &new;
            let done = app.write(|tx| async move {
                match action {
                    "save" => answering::save(&tx, ctx, id, new).await,
                    "propose" => answering::propose(&tx, ctx, id, new, why).await,
                    _ => answering::send(&tx, ctx, id, new).await,
                }
            });
            done.await
        }
        Err(failure) => Err(failure),
    };
    let flash = match action {
        "save" => "quote-saved",
        "propose" => "quote-proposed",
        _ => "quote-sent",
    };
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
    let is_beyond = |code: &str| code == super::QuoteRefusal::NeedsAuthority.refused().code;
    let (shown, status) = match done {
        Ok("quote-saved") => return web::flash(web::see_other(&view::desk_href(id)), "quote-saved"),
        Ok(flash) => return web::flash(web::see_other("/desk/quotes"), flash),
        Err(Failure::Invalid(invalid)) => {
            let may_propose = invalid.fields.iter().any(|error| error.field == "rationale");
            let form = fields.rejected(&typed::renamed(&invalid, None), &visitor.locale);
            (Shown { form: Some(form), may_propose, ..Shown::default() }, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(Failure::Refused(refused)) => {
            let may_propose = is_beyond(refused.code);
            let refusal = visitor.refusal(&refused);
            (Shown { form: Some(fields.kept()), refusal, may_propose }, StatusCode::CONFLICT)
        }
        Err(other) => return Err(other.into()),
    };
    web::page_with(status, &one_page(app, visitor, id, shown).await?)
}
