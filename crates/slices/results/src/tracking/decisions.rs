//! Down to the single decision: the list of negotiations, one with its rounds, and a round computed again.

use askama::Template;
use kernel::{Failure, NegotiationId, Outcome};
use negotiation::negotiations::store::{self, RoundRow};
use negotiation::negotiations::{Negotiation, summary};
use sheets::Sheet;
use terms::{figures as registry, policies, trace, words};
use web::{App, PageLink, Pager, Path, Query, Reply, Shell, State, Visitor};

use super::figures::Figures;
use super::pages::{self, FilterForm};
use super::people::{self, PersonView};
use super::queries::{self, Compared};
use super::view::{self, Cell, FilterQuery, Names};
use super::{ResultRow, follower};

/// Where a negotiation with its decisions is.
pub(super) fn href(id: NegotiationId) -> String {
    format!("/office/tracking/negotiations/{id}")
}

#[derive(Template)]
#[template(path = "tracking/list.html")]
struct ListPage {
    shell: Shell,
    form: FilterForm,
    head: Vec<(String, bool)>,
    rows: Vec<Vec<Cell>>,
    narrowed: bool,
    /// A rep's own, without what is for those who see everything.
    is_own: bool,
    /// Sums over all pages.
    sums: Vec<(String, Cell)>,
    pager: Pager,
    links: Vec<PageLink>,
}

const COLUMNS: [(&str, bool); 10] = [
    ("tracking-column-negotiation", false),
    ("tracking-column-company", false),
    ("tracking-column-day", false),
    ("tracking-column-outcome", false),
    ("tracking-column-rounds", true),
    ("tracking-column-asked", true),
    ("tracking-column-given", true),
    ("tracking-column-net", true),
    ("tracking-column-ordered", true),
    ("tracking-column-margin", true),
];

fn head(visitor: &Visitor) -> Vec<(String, bool)> {
    COLUMNS.iter().map(|(key, number)| (visitor.locale.text(key), *number)).collect()
}

fn row(visitor: &Visitor, row: &ResultRow, is_own: bool) -> Vec<Cell> {
    let locale = &visitor.locale;
    let share = |part: i64, whole: i64| super::rules::share(part, whole);
    let won = row.outcome == "won";
    let money = |minor: i64| {
        let amount = kernel::Amount::new(minor, row.currency);
        Cell { text: locale.money(amount), ..Cell::money(locale, amount) }
    };
    let given = share(row.agreed_list_minor - row.agreed_minor, row.agreed_list_minor);
    vec![
        // What led to decisions is for those who see everything; a rep has the case on the desk.
        Cell::link(row.number.to_string(), if is_own { format!("/desk/{}", row.id) } else { href(row.id) }),
        Cell::text(row.company.clone()),
        Cell::text(view::day(locale, row.opened_at)),
        Cell::text(view::reason(locale, &row.outcome, &row.reason)),
        Cell::count(locale, row.rounds),
        Cell::percent(locale, share(row.list_minor - row.ask_minor, row.list_minor)),
        if won { Cell::percent(locale, given) } else { Cell::dash() },
        if won { money(row.agreed_minor) } else { Cell::dash() },
        if row.is_ordered { money(row.net_minor) } else { Cell::dash() },
        match row.pocket_minor.filter(|_| row.is_ordered) {
            Some(pocket) => Cell::percent(locale, share(pocket, row.net_minor)),
            None => Cell::dash(),
        },
    ]
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<FilterQuery>) -> Reply {
    follower::up_to_date(&app).await?;
    let tx = app.db().read().await?;
    let (filter, own) = queries::within(&tx, &visitor.actor, query.filter(&tx, &app).await?).await?;
    let added: Vec<(&str, &str)> = own.iter().map(|me| ("rep", me.as_str())).collect();
    let scope = query.scope(app.system_ctx().today(), &added);
    let currency = policies::queries::published(&tx).await?.policy.currency;
    let figures = queries::total(&tx, &filter, currency).await?;
    let pager = Pager::asked(query.page.as_deref(), query.per_page.as_deref());
    let (rows, total) = queries::results(&tx, &filter, pager.per_page, pager.offset()).await?;
    let pager = pager.of(total);
    let names = Names::load(&tx, &app).await?;
    let form = pages::form(&app, &tx, &visitor, &query, &names, "negotiations").await?;
    drop(tx);
    let narrowed = [
        filter.outcome.is_some(),
        filter.reason.is_some(),
        filter.size.is_some(),
        filter.week.is_some(),
        filter.deal.is_some(),
    ];
    web::page(&ListPage {
        shell: Shell::load(&app, &visitor, &visitor.locale.text("tracking-title")).await?,
        links: pager.links("/office/tracking/negotiations", &query.with(&[])),
        form,
        head: head(&visitor),
        rows: rows.iter().map(|r| row(&visitor, r, own.is_some())).collect(),
        sums: sums(&visitor, &figures, &scope),
        is_own: own.is_some(),
        narrowed: narrowed.contains(&true),
        pager,
    })
}

/// The figures of everything that the list holds, on whatever page.
fn sums(visitor: &Visitor, f: &Figures, scope: &str) -> Vec<(String, Cell)> {
    let locale = &visitor.locale;
    let all = [
        (registry::NEGOTIATIONS, Cell::count(locale, f.count)),
        (registry::DEALS_AGREED, Cell::count(locale, f.won)),
        (registry::AGREED, Cell::money(locale, f.money(f.agreed))),
        (registry::DEALS_ORDERED, Cell::count(locale, f.ordered)),
        (registry::ORDERED, Cell::money(locale, f.money(f.net))),
        (registry::DEALS_LAPSED, Cell::count(locale, f.lapsed)),
        (registry::LAPSED, Cell::money(locale, f.money(f.lapsed_net))),
    ];
    let named = all.into_iter().map(|(figure, cell)| {
        (locale.text(&format!("figure-{}", figure.code)), cell.marked(figure, f.value(figure), scope))
    });
    named.collect()
}

/// Rows of one file, at most.
const EXPORT_MAX: i64 = 100_000;

async fn sheet(app: &App, visitor: &Visitor, query: &FilterQuery) -> Outcome<Sheet> {
    follower::up_to_date(app).await?;
    let tx = app.db().read().await?;
    let (filter, own) = queries::within(&tx, &visitor.actor, query.filter(&tx, app).await?).await?;
    let (rows, _) = queries::results(&tx, &filter, EXPORT_MAX, 0).await?;
    let head = head(visitor).into_iter().map(|(text, _)| text).collect();
    let rows: Vec<Vec<Cell>> = rows.iter().map(|r| row(visitor, r, own.is_some())).collect();
    Ok(view::sheet(&visitor.locale, "negotiations", head, &rows))
}

pub(super) async fn csv(State(app): State<App>, visitor: Visitor, Query(query): Query<FilterQuery>) -> Reply {
    sheet(&app, &visitor, &query).await?.csv()
}

pub(super) async fn xlsx(State(app): State<App>, visitor: Visitor, Query(query): Query<FilterQuery>) -> Reply {
    sheet(&app, &visitor, &query).await?.xlsx()
}

/// A decision.
struct RoundView {
    number: i64,
    when: String,
    asked: String,
    outcome: String,
    offers: Vec<(String, String, String)>,
    trace: Vec<(&'static str, String)>,
    /// The version of the policy that decided.
    version: String,
    /// Where it is computed again; empty for imported rounds.
    replay: String,
    /// How the replay came out.
    compared: Option<Compared>,
}

/// What happened, in its order.
enum StepView {
    Round(Box<RoundView>),
    Person(PersonView),
}

#[derive(Template)]
#[template(path = "tracking/negotiation.html")]
struct NegotiationPage {
    shell: Shell,
    title: String,
    state: String,
    facts: Vec<(String, String)>,
    steps: Vec<StepView>,
}

pub(super) async fn one(State(app): State<App>, visitor: Visitor, Path(id): Path<NegotiationId>) -> Reply {
    show(&app, &visitor, id, None).await
}

/// The same page with one decision computed again.
pub(super) async fn replay(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, round)): Path<(NegotiationId, i64)>,
) -> Reply {
    show(&app, &visitor, id, Some(round)).await
}

async fn show(app: &App, visitor: &Visitor, id: NegotiationId, replayed: Option<i64>) -> Reply {
    let locale = &visitor.locale;
    let tx = app.db().read().await?;
    queries::must_see_all(&tx, &visitor.actor).await?;
    let n = store::load(&tx, None, id).await?.ok_or(Failure::NotFound)?;
    let compared = match replayed {
        Some(round) => Some((round, queries::replay(&tx, &visitor.actor, id, round).await?)),
        None => None,
    };
    let names = summary::names(&tx, &n).await?;
    let company = parties::companies::queries::company(&tx, n.company).await?.ok_or(Failure::NotFound)?;
    let mut steps: Vec<(kernel::Instant, StepView)> = Vec::new();
    for stored in store::rounds(&tx, id).await? {
        let compared =
            compared.as_ref().filter(|(round, _)| *round == stored.round).map(|(_, compared)| compared.clone());
        let version = policies::queries::version(&tx, stored.policy).await?.map(|version| version.number);
        let mut view = round_view(visitor, &n, &names, &stored, compared)?;
        view.version = version.map_or_else(String::new, |number| {
            locale.text_with("tracking-by-version", &[("number", number.to_string().into())])
        });
        steps.push((stored.at, StepView::Round(Box::new(view))));
    }
    for row in store::recorded(&tx, &[id]).await?.remove(&id).unwrap_or_default() {
        let who = parties::people::queries::member(&tx, row.decision.person).await?;
        let name = who.map_or_else(String::new, |member| member.name);
        steps.push((row.decision.at, StepView::Person(people::view(visitor, &n, &row, name))));
    }
    // A person decides what a round left; both may have one moment.
    steps.sort_by_key(|(at, _)| *at);
    let steps = steps.into_iter().map(|(_, step)| step).collect();
    drop(tx);
    let state = n.state(app.now());
    let title = locale.text_with("tracking-negotiation", &[("number", n.number.to_string().into())]);
    web::page(&NegotiationPage {
        shell: Shell::load(app, visitor, &title).await?,
        state: locale.text(&format!("case-state-{}", state.code())),
        facts: facts(visitor, &n, &names, &company.name),
        title,
        steps,
    })
}

fn facts(visitor: &Visitor, n: &Negotiation, names: &words::Names, company: &str) -> Vec<(String, String)> {
    let locale = &visitor.locale;
    let fact = |key: &str, value: String| (locale.text(key), value);
    let mut all = vec![
        fact("tracking-column-company", company.to_owned()),
        fact("tracking-fact-about", summary::subject(locale, n, names)),
        fact("tracking-axis-quantity", summary::quantity(locale, n)),
        fact("tracking-column-list", summary::list(locale, n)),
        fact("tracking-fact-opened", locale.long_moment(n.opened_at)),
    ];
    if !n.is_unasked() {
        all.insert(4, fact("case-asked", summary::asked(locale, n)));
    }
    if let Some(end) = n.closed_at {
        all.push(fact("tracking-fact-closed", locale.long_moment(end)));
    }
    if let Some(row) = n.agreed() {
        all.push(fact("tracking-fact-agreed", words::price(locale, &row.offer)));
        all.push(fact("tracking-fact-lever", words::lever(locale, row.offer.lever)));
        let order = row.order_number.clone().unwrap_or_else(|| locale.text("tracking-kept-not-ordered"));
        all.push(fact("tracking-fact-order", order));
    }
    all
}

fn round_view(
    visitor: &Visitor,
    n: &Negotiation,
    names: &words::Names,
    stored: &RoundRow,
    compared: Option<Compared>,
) -> Outcome<RoundView> {
    let locale = &visitor.locale;
    let request: negotiation_engine::Request =
        serde_json::from_str(&stored.request).map_err(|e| kernel::Fault::because("reading a stored request", e))?;
    let asked = match request.terms.lines.as_slice() {
        [line] => locale.text_with(
            "case-quantity-at",
            &[
                ("quantity", locale.quantity_unit(line.quantity).into()),
                ("price", words::per_unit(locale, line.price, line.quantity).into()),
            ],
        ),
        _ => words::total(locale, &request.terms),
    };
    let offers = n.offers.iter().filter(|row| row.round == stored.round && row.made_by.is_none()).map(|row| {
        let state = locale.text(&format!("tracking-offer-{}", row.state.code()));
        (
            words::title(locale, &row.offer),
            format!("{} · {}", words::price(locale, &row.offer), words::condition(locale, &row.offer, names)),
            state,
        )
    });
    let is_decided = !stored.decision.is_empty();
    Ok(RoundView {
        number: stored.round,
        when: locale.long_moment(stored.at),
        asked,
        outcome: locale.text(&format!("tracking-answer-{}", stored.outcome)),
        offers: offers.collect(),
        trace: if is_decided { trace(visitor, &stored.decision, names)? } else { Vec::new() },
        replay: if is_decided { format!("{}/rounds/{}/replay", href(n.id), stored.round) } else { String::new() },
        version: String::new(),
        compared,
    })
}

fn trace(visitor: &Visitor, decision: &str, names: &words::Names) -> Outcome<Vec<(&'static str, String)>> {
    let entries = trace::stored(decision)?;
    let lines = trace::lines(&visitor.locale, &entries, names);
    Ok(lines.into_iter().map(|line| (line.class, line.text)).collect())
}
