//! The negotiations of a company in its account: all of them, and one with its whole course.

use askama::Template;
use i18n::Locale;
use kernel::{NegotiationId, Outcome};
use negotiation_engine::Request;
use serde::Deserialize;
use terms::words;
use web::{App, FormState, PageLink, Pager, Path, Query, Reply, Shell, State, Visitor};

use super::{pages, view};
use crate::attachments;
use crate::attachments::queries::FileView;
use crate::negotiations::{Negotiation, STARTED, State as Standing, queries, store, summary};
use crate::offers::OfferRow;

/// A line of the list.
struct Row {
    href: String,
    number: String,
    subject: String,
    state: &'static str,
    state_words: String,
    asked: String,
    result: String,
    saving: String,
    changed: String,
}

#[derive(Template)]
#[template(path = "panel/list.html")]
struct ListPage {
    shell: Shell,
    rows: Vec<Row>,
    filters: Vec<(String, String, bool)>,
    pager: Pager,
    links: Vec<PageLink>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    page: Option<String>,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Reply {
    let (now, company) = (app.now(), visitor.actor.company()?);
    let pager = Pager::asked(asked.page.as_deref(), Some("25"));
    let state = Standing::parse(&asked.state);
    let (all, total) = {
        let tx = app.db().read().await?;
        queries::of_company(&tx, company, state, pager).await?
    };
    let shell = Shell::load(&app, &visitor, &visitor.locale.text("negotiations-title")).await?;
    let pager = pager.of(total);
    let query = state.map_or_else(String::new, |state| format!("state={}", state.code()));
    let filter = |code: &str| {
        let label = if code.is_empty() { "all".to_owned() } else { format!("negotiation-state-{code}") };
        let href = if code.is_empty() { String::new() } else { format!("?state={code}") };
        (format!("/account/negotiations{href}"), shell.t(&label), state.map_or("", Standing::code) == code)
    };
    let page = ListPage {
        rows: all.iter().map(|n| row(&app, &visitor, n, now)).collect(),
        filters: ["", "offered", "waiting", "agreed", "declined"].map(filter).into(),
        links: pager.links("/account/negotiations", &query),
        pager,
        shell,
    };
    web::page(&page)
}

/// The stylesheet's class for a state.
pub fn state_class(state: Standing) -> &'static str {
    match state {
        Standing::Offered => "deal",
        Standing::Waiting => "warn",
        Standing::Agreed => "ok",
        Standing::Declined | Standing::Expired | Standing::Withdrawn => "",
    }
}

fn row(app: &App, visitor: &Visitor, n: &Negotiation, now: kernel::Instant) -> Row {
    let (locale, state) = (&visitor.locale, n.state(now));
    let best = n.agreed().or_else(|| n.standing(now).next()).filter(|_| state != Standing::Expired);
    Row {
        href: format!("/account/negotiations/{}", n.id),
        number: n.number.to_string(),
        subject: pages::subject_name(app, visitor, n),
        state: state_class(state),
        state_words: locale.text(&format!("negotiation-state-{}", state.code())),
        asked: asked(locale, n),
        result: best.map_or_else(String::new, |row| words::price(locale, &row.offer)),
        saving: best.filter(|row| row.saving().minor() > 0).map_or_else(String::new, |row| locale.money(row.saving())),
        changed: locale.date(locale.local_date(n.changed_at)),
    }
}

/// A step in the course of a negotiation.
struct Step {
    class: &'static str,
    what: String,
    iso: String,
    when: String,
    text: String,
}

#[derive(Template)]
#[template(path = "panel/one.html")]
struct OnePage {
    shell: Shell,
    number: String,
    lead: String,
    state: &'static str,
    state_words: String,
    panel: String,
    facts: Vec<(String, String)>,
    lines: Vec<(String, String, String, String, String)>,
    steps: Vec<Step>,
    files: Vec<FileView>,
    /// Where a form adds a file; empty when everything is said.
    attach: String,
}

pub(super) async fn one(State(app): State<App>, visitor: Visitor, Path(id): Path<NegotiationId>) -> Reply {
    let back = format!("/account/negotiations/{id}");
    let panel = pages::of_negotiation(&app, &visitor, id, &back, FormState::default()).await?;
    let (n, rounds, files) = {
        let tx = app.db().read().await?;
        let n = queries::negotiation(&tx, &visitor.actor, id).await?;
        let files = attachments::queries::of_negotiation(&tx, id, &visitor.locale).await?;
        (n, store::rounds(&tx, id).await?, files)
    };
    let locale = &visitor.locale;
    let subject = pages::subject_name(&app, &visitor, &n);
    let title = locale.text_with("negotiation-title", &[("number", n.number.to_string().into())]);
    let state = n.state(app.now());
    let page = OnePage {
        shell: Shell::load(&app, &visitor, &title).await?,
        number: title,
        lead: subject,
        state: state_class(state),
        state_words: locale.text(&format!("negotiation-state-{}", state.code())),
        panel: view::html(&panel)?,
        facts: facts(&visitor, &n),
        lines: lines(&app, &visitor, &n),
        steps: steps(&app, &visitor, &n, &rounds)?,
        files,
        attach: if n.is_live(app.now()) { format!("/negotiations/{id}/attachments") } else { String::new() },
    };
    web::page(&page)
}

/// How much at which price; without the price where the seller began, and nobody has asked for one.
fn asked(locale: &Locale, n: &Negotiation) -> String {
    let quantity = summary::quantity(locale, n);
    if n.is_unasked() { quantity } else { format!("{quantity}, {}", summary::asked(locale, n)) }
}

fn facts(visitor: &Visitor, n: &Negotiation) -> Vec<(String, String)> {
    let locale = &visitor.locale;
    let label = if n.is_unasked() { "quantity" } else { "negotiation-asked" };
    let mut facts = vec![
        (locale.text(label), asked(locale, n)),
        (locale.text("negotiation-list"), summary::list(locale, n)),
        (locale.text("negotiation-payment"), words::payment(locale, n.payment_days)),
    ];
    if let Some(date) = n.need_by {
        facts.push((locale.text("deal-need-by"), locale.date(date)));
    }
    if let Some(competitor) = &n.competitor {
        let price = competitor.price.map_or_else(String::new, |price| locale.unit_price(price));
        facts.push((locale.text("deal-competitor-name"), format!("{} {price}", competitor.name).trim().to_owned()));
    }
    if !n.comment.is_empty() {
        facts.push((locale.text("deal-comment"), n.comment.clone()));
    }
    facts
}

/// Product, quantity, list price, asked price and agreed price of each line of a deal with several.
fn lines(app: &App, visitor: &Visitor, n: &Negotiation) -> Vec<(String, String, String, String, String)> {
    if n.lines.len() < 2 {
        return Vec::new();
    }
    let locale = &visitor.locale;
    let names = words::names_of(app.part::<catalog::Catalog>(), summary::products_of(n));
    let agreed = |product| {
        let row = n.agreed()?;
        row.offer.terms.lines.iter().find(|line| line.product == product).map(|line| line.price)
    };
    let line = |line: &crate::negotiations::Line| {
        (
            words::name(locale, &names, line.product),
            locale.quantity_unit(line.quantity),
            locale.unit_price(line.list_price),
            locale.unit_price(line.price),
            agreed(line.product).map_or_else(|| "–".to_owned(), |price| locale.unit_price(price)),
        )
    };
    n.lines.iter().map(line).collect()
}

/// Asks, answers and decisions in the order of time, as the buyer may see them.
fn steps(app: &App, visitor: &Visitor, n: &Negotiation, rounds: &[store::RoundRow]) -> Outcome<Vec<Step>> {
    let locale = &visitor.locale;
    let names = words::names_of(app.part::<catalog::Catalog>(), summary::products_of(n));
    let step = |class, at: kernel::Instant, what: String, text: String| {
        (at, Step { class, what, iso: at.to_rfc3339(), when: locale.moment(at), text })
    };
    let mut steps = Vec::new();
    for row in rounds {
        let request: Request =
            serde_json::from_str(&row.request).map_err(|e| kernel::Fault::because("reading a stored request", e))?;
        let key = if request.person { "negotiation-step-person" } else { "negotiation-step-asked" };
        let asked = match request.terms.lines.as_slice() {
            [line] => {
                let price = words::per_unit(locale, line.price, line.quantity);
                format!("{}, {price}", locale.quantity_unit(line.quantity))
            }
            _ => words::total(locale, &request.terms),
        };
        // What a rep began for the customer is told by that decision: the buyer asked for nothing then.
        let is_begun = n.decisions.iter().any(|decision| decision.kind == STARTED && decision.at == row.at);
        if !row.is_supported() && !is_begun {
            steps.push(step("", row.at, locale.text(key), asked));
        }
        let shown = |offer: &&OfferRow| offer.made_at == row.at && offer.state.was_shown() && offer.made_by.is_none();
        // Suggestions that nobody sent are superseded without ever having been the buyer's.
        let was_open = !row.outcome.ends_with("waiting");
        for offer in n.offers.iter().filter(shown).filter(|_| was_open) {
            let text = words::sentence(locale, &offer.offer, &names);
            steps.push(step("deal", offer.made_at, words::title(locale, &offer.offer), text));
        }
    }
    for decision in &n.decisions {
        let what = locale.text(&format!("negotiation-step-{}", decision.kind));
        steps.push(step("", decision.at, what, decision.message.clone()));
    }
    for offer in n.offers.iter().filter(|offer| offer.made_by.is_some() && offer.state.was_shown()) {
        let text = words::sentence(locale, &offer.offer, &names);
        steps.push(step("deal", offer.made_at, words::title(locale, &offer.offer), text));
    }
    if let Some((agreed, at)) = n.agreed().and_then(|row| Some((row, row.taken_at?))) {
        let text = words::sentence(locale, &agreed.offer, &names);
        steps.push(step("deal", at, locale.text("negotiation-state-agreed"), text));
    } else if let Some(at) =
        n.closed_at.filter(|_| n.decisions.last().is_none_or(|decision| decision.kind != "rejection"))
    {
        let what = locale.text(&format!("negotiation-state-{}", n.stored_state.code()));
        steps.push(step("", at, what, String::new()));
    }
    steps.sort_by_key(|(at, _)| *at);
    Ok(steps.into_iter().map(|(_, step)| step).collect())
}
