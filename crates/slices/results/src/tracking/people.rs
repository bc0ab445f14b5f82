//! What people decided: as a step of a negotiation, and as a table to take along.

use kernel::{Access, Outcome};
use negotiation::negotiations::{Negotiation, Recorded, store};
use negotiation_engine::{Offer, Terms};
use sheets::{Cell, Sheet};
use terms::words;
use web::{App, Method, Query, Reply, State, Visitor};

use super::view::{self, FilterQuery};
use super::{actions, queries};

/// What a person decided: a step of its own.
pub(super) struct PersonView {
    pub(super) when: String,
    pub(super) who: String,
    pub(super) what: String,
    pub(super) terms: String,
    /// What is left, and by whose authority.
    pub(super) left: String,
    pub(super) why: String,
}

pub(super) fn view(visitor: &Visitor, n: &Negotiation, row: &Recorded, name: String) -> PersonView {
    let locale = &visitor.locale;
    let what = locale.text(&format!("case-decided-{}", row.decision.kind));
    let undone = row.undone_at.map(|_| locale.text("case-undone"));
    let reason = row.decision.reason.as_ref().map(|reason| locale.text(&format!("reject-reason-{reason}")));
    let why = reason.into_iter().chain([row.decision.rationale.clone()]).filter(|text| !text.is_empty());
    PersonView {
        when: locale.long_moment(row.decision.at),
        who: name,
        what: [Some(what), undone].into_iter().flatten().collect::<Vec<_>>().join(": "),
        terms: row.given.offers.iter().map(|offer| terms(visitor, n, offer)).collect::<Vec<_>>().join(" · "),
        left: left(visitor, row),
        why: why.collect::<Vec<_>>().join(" · "),
    }
}

/// '600 pc at 12.40, 14 days'.
fn terms(visitor: &Visitor, n: &Negotiation, offer: &Offer) -> String {
    let locale = &visitor.locale;
    let Terms { lines, payment_days, .. } = &offer.terms;
    let goods = match lines.as_slice() {
        [line] => locale.text_with(
            "case-quantity-at",
            &[
                ("quantity", locale.quantity_unit(line.quantity).into()),
                ("price", words::per_unit(locale, line.price, line.quantity).into()),
            ],
        ),
        _ => words::total(locale, &offer.terms),
    };
    let days = i64::from(*payment_days);
    if days == n.payment_days { goods } else { format!("{goods}, {}", words::payment(locale, days)) }
}

fn authority(visitor: &Visitor, row: &Recorded) -> String {
    let code = row.given.authority.as_ref();
    code.map_or_else(String::new, |code| visitor.locale.text(&format!("authority-{}", code.replace('_', "-"))))
}

fn left(visitor: &Visitor, row: &Recorded) -> String {
    let locale = &visitor.locale;
    if row.given.authority.is_none() {
        return String::new();
    }
    let margin = row.given.margin.map_or_else(|| "–".to_owned(), |margin| view::percent(locale, margin));
    let pocket = row.given.pocket.map_or_else(|| "–".to_owned(), |pocket| locale.money(pocket));
    let args = [("margin", margin.into()), ("pocket", pocket.into()), ("authority", authority(visitor, row).into())];
    locale.text_with(if row.given.offers.is_empty() { "case-given-nothing" } else { "case-given" }, &args)
}

const COLUMNS: [&str; 11] = [
    "tracking-column-negotiation",
    "tracking-column-at",
    "tracking-column-person",
    "tracking-column-decision",
    "tracking-column-terms",
    "tracking-column-margin",
    "tracking-column-pocket",
    "currency",
    "tracking-column-authority",
    "tracking-column-answered",
    "tracking-column-rationale",
];

pub(super) fn routes(may: Access) -> web::Routes {
    web::Routes::new().page(Method::GET, "/office/tracking/decisions.csv", may, csv).page(
        Method::GET,
        "/office/tracking/decisions.xlsx",
        may,
        xlsx,
    )
}

/// Negotiations of one file, at most.
const EXPORT_MAX: i64 = 20_000;

async fn sheet(app: &App, visitor: &Visitor, query: &FilterQuery) -> Outcome<Sheet> {
    queries::must_see_all(&app.db().read().await?, &visitor.actor).await?;
    actions::follow(app).await?;
    let tx = app.db().read().await?;
    let filter = query.filter(&tx, app).await?;
    let (rows, _) = queries::results(&tx, &filter, EXPORT_MAX, 0).await?;
    let names = negotiation::routing::queries::names(&parties::people::queries::staff(&tx).await?);
    let locale = &visitor.locale;
    let head = COLUMNS.map(|key| match key {
        "tracking-column-margin" => view::with_unit(locale, locale.text(key), "%"),
        _ => locale.text(key),
    });
    let mut sheet = Sheet::new("decisions", head.to_vec());
    for some in rows.chunks(500) {
        let ids: Vec<_> = some.iter().map(|row| row.id).collect();
        let filter = store::Filter { ids: Some(ids.clone()), ..store::Filter::default() };
        let all = store::list(&tx, &filter, store::Order::Newest, 500, 0).await?;
        let recorded = store::recorded(&tx, &ids).await?;
        for n in &all {
            for row in recorded.get(&n.id).into_iter().flatten() {
                let name = names.get(&row.decision.person).cloned().unwrap_or_default();
                sheet.row(cells(visitor, n, row, name));
            }
        }
    }
    Ok(sheet)
}

fn cells(visitor: &Visitor, n: &Negotiation, row: &Recorded, name: String) -> Vec<Cell> {
    let view = view(visitor, n, row, name);
    let text = Cell::Text;
    let number = |value: Option<String>| value.map_or(Cell::Empty, Cell::Number);
    vec![
        text(n.number.to_string()),
        text(row.decision.at.to_rfc3339()),
        text(view.who),
        text(view.what),
        text(view.terms),
        number(row.given.margin.map(kernel::Rate::to_percent)),
        number(row.given.pocket.map(kernel::Amount::to_decimal)),
        row.given.pocket.map_or("", |pocket| pocket.currency().code()).into(),
        text(authority(visitor, row)),
        number(row.given.answer_minutes.map(|minutes| minutes.to_string())),
        text(view.why),
    ]
}

pub(super) async fn csv(State(app): State<App>, visitor: Visitor, Query(query): Query<FilterQuery>) -> Reply {
    sheet(&app, &visitor, &query).await?.csv()
}

pub(super) async fn xlsx(State(app): State<App>, visitor: Visitor, Query(query): Query<FilterQuery>) -> Reply {
    sheet(&app, &visitor, &query).await?.xlsx()
}
