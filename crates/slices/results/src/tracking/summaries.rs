//! A page to show around: what negotiating brought for one rep, or in one segment.

use askama::Template;
use kernel::{Failure, RefusalKind, Refused, UserId};
use terms::policies;
use web::{App, Path, Query, Reply, Shell, State, Visitor};

use super::pages::{self, Tile};
use super::queries::{self, Scope};
use super::sections::{Maker, Section};
use super::view::{self, FilterQuery, Names};
use super::{Deal, Filter, ResultRow, follower};

/// A deal worth telling about.
struct Story {
    href: String,
    company: String,
    text: String,
}

#[derive(Template)]
#[template(path = "tracking/summary.html")]
struct SummaryPage {
    shell: Shell,
    title: String,
    span: String,
    lead: String,
    tiles: Vec<Tile>,
    sections: Vec<Section>,
    stories: Vec<Story>,
    /// Whether the reader sees what others did, too: only then the pages behind the figures open.
    sees_all: bool,
}

/// Whose summary it is.
enum Whose {
    Rep(UserId),
    Segment(String),
}

pub(super) async fn mine(State(app): State<App>, visitor: Visitor, Query(query): Query<FilterQuery>) -> Reply {
    let me = visitor.actor.user()?;
    show(&app, &visitor, &query, Whose::Rep(me)).await
}

pub(super) async fn of_rep(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<UserId>,
    Query(query): Query<FilterQuery>,
) -> Reply {
    let scope = queries::scope(&app.db().read().await?, &visitor.actor).await?;
    if scope != Scope::All && scope != Scope::Own(id) {
        return Err(kernel::Failure::from(Refused::plain("not-allowed", RefusalKind::Forbidden)).into());
    }
    show(&app, &visitor, &query, Whose::Rep(id)).await
}

pub(super) async fn of_segment(
    State(app): State<App>,
    visitor: Visitor,
    Path(segment): Path<String>,
    Query(query): Query<FilterQuery>,
) -> Reply {
    queries::must_see_all(&app.db().read().await?, &visitor.actor).await?;
    show(&app, &visitor, &query, Whose::Segment(segment)).await
}

async fn show(app: &App, visitor: &Visitor, query: &FilterQuery, whose: Whose) -> Reply {
    follower::up_to_date(app).await?;
    let tx = app.db().read().await?;
    let (locale, names) = (&visitor.locale, Names::load(&tx, app).await?);
    let mut filter = query.filter(&tx, app).await?;
    let sees_all = queries::scope(&tx, &visitor.actor).await? == Scope::All;
    let narrowed = match &whose {
        Whose::Rep(id) => ("rep", id.to_string()),
        Whose::Segment(segment) => ("segment", segment.clone()),
    };
    let title = match &whose {
        Whose::Rep(id) => {
            (filter.rep, filter.without_rep) = (Some(*id), false);
            names.rep(*id).ok_or(Failure::NotFound)?.to_owned()
        }
        Whose::Segment(segment) => {
            if !queries::segments(&tx).await?.contains(segment) {
                return Err(Failure::NotFound.into());
            }
            filter.segment = Some(segment.clone());
            locale.text_with("tracking-summary-segment", &[("segment", segment.into())])
        }
    };
    let currency = policies::queries::published(&tx).await?.policy.currency;
    let today = app.system_ctx().today();
    let whose_it_is = Some(narrowed);
    let maker = Maker {
        tx: &tx,
        locale,
        names: &names,
        query,
        filter: &filter,
        currency,
        today,
        whose: whose_it_is,
        is_linked: sees_all,
    };
    let total = queries::total(&tx, &filter, currency).await?;
    let (from, until) = query.days(app.system_ctx().today());
    let stories = stories(&tx, visitor, &filter).await?;
    let page = SummaryPage {
        span: locale.text_with(
            "tracking-summary-span",
            &[("from", locale.date(from).into()), ("until", locale.date(until).into())],
        ),
        lead: locale.text_with(
            "tracking-summary-lead",
            &[
                ("won", total.won.into()),
                ("ordered", total.ordered.into()),
                ("revenue", locale.money(total.money(total.net)).into()),
                ("effect", locale.money(total.revenue_effect()).into()),
            ],
        ),
        tiles: pages::tiles(&maker, &total),
        sections: maker.report("overview").await?,
        stories,
        sees_all,
        shell: Shell::load(app, visitor, &title).await?,
        title,
    };
    web::page(&page)
}

/// The largest ordered deals of the span.
async fn stories(tx: &db::ReadTx, visitor: &Visitor, filter: &Filter) -> kernel::Outcome<Vec<Story>> {
    let won = Filter { deal: Some(Deal::Ordered), ..filter.clone() };
    let mut rows = queries::results(tx, &won, 500, 0).await?.0;
    rows.sort_by_key(|row| std::cmp::Reverse(row.net_minor));
    Ok(rows.iter().take(5).map(|row| story(visitor, row)).collect())
}

fn story(visitor: &Visitor, row: &ResultRow) -> Story {
    let locale = &visitor.locale;
    let share = |part: i64, whole: i64| super::rules::share(part, whole);
    let net = kernel::Amount::new(row.net_minor, row.currency);
    let args = [
        ("amount", locale.money(net).into()),
        ("asked", view::percent(locale, share(row.list_minor - row.ask_minor, row.list_minor)).into()),
        ("given", view::percent(locale, share(row.agreed_list_minor - row.agreed_minor, row.agreed_list_minor)).into()),
        ("day", view::day(locale, row.opened_at).into()),
    ];
    Story {
        href: super::decisions::href(row.id),
        company: row.company.clone(),
        text: locale.text_with("tracking-story", &args),
    }
}
