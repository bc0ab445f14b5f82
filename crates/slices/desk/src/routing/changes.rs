//! Changes of routing as the page shows them: what, by whom, and where the cases of the last month would have gone.

use std::collections::{BTreeMap, HashMap};

use db::ReadTx;
use i18n::Locale;
use kernel::{Ctx, Outcome, SignoffId, UserId};
use negotiation::routing::changes::{Change, Kept};
use negotiation::routing::queries::{self, Month};
use negotiation::routing::replay::Went;
use negotiation::routing::{Settings, actions};
use terms::signoffs::view::{self, Answering, Row, Waiting, Wanted, decided};
use terms::signoffs::{self, Signoff, SignoffState, Subject};
use web::{App, Fields, Form, Path, Reply, State, Visitor};

use super::form;
use super::pages::{Returned, answer};

/// A change of the past.
pub(super) struct PastRow {
    pub(super) at: String,
    pub(super) by: String,
    pub(super) changes: Vec<Row>,
    pub(super) reason: String,
    pub(super) state: String,
    pub(super) decided: String,
}

/// All of them.
#[derive(Default)]
pub(super) struct Changes {
    pub(super) asked: Option<Wanted>,
    pub(super) waiting: Option<Waiting>,
    pub(super) past: Vec<PastRow>,
}

/// People's names by id, and how the reader reads.
struct Words<'a> {
    locale: &'a Locale,
    names: HashMap<UserId, String>,
}

impl Words<'_> {
    fn name(&self, user: Option<UserId>) -> String {
        user.and_then(|user| self.names.get(&user)).cloned().unwrap_or_else(|| "–".to_owned())
    }
}

/// What the page shows of changes: what the form asks for, what waits, what was.
pub(super) async fn load(
    tx: &ReadTx,
    visitor: &Visitor,
    ctx: &Ctx,
    settings: &Settings,
    asked: Option<&Settings>,
) -> Outcome<Changes> {
    let staff = parties::people::queries::staff(tx).await?;
    let words = Words { locale: &visitor.locale, names: queries::names(&staff) };
    let past = signoffs::queries::past(tx, Subject::Routing).await?;
    let waiting = signoffs::queries::waiting(tx, Subject::Routing).await?;
    let month = match (asked, &waiting) {
        (None, None) => None,
        _ => Some(queries::month(tx, ctx.now, &ctx.zone).await?),
    };
    let mut changes = Changes::default();
    if let (Some(month), Some(asked)) = (&month, asked) {
        changes.asked = Some(wanted(&words, ctx, month, settings, asked));
    }
    if let (Some(month), Some(signoff)) = (&month, &waiting)
        && let Change::Settings { before, after } = Change::stored(&signoff.text)?
    {
        changes.waiting = Some(Waiting {
            by: words.name(signoff.by),
            at: words.locale.moment(signoff.at),
            reason: signoff.reason.clone(),
            wanted: wanted(&words, ctx, month, &before.onto(settings), &after.onto(settings)),
            answering: Answering::of(tx, &visitor.actor, signoff).await?,
        });
    }
    for signoff in past.iter().filter(|signoff| signoff.state != SignoffState::Waiting) {
        changes.past.push(past_row(&words, settings, signoff)?);
    }
    Ok(changes)
}

fn past_row(words: &Words<'_>, settings: &Settings, signoff: &Signoff) -> Outcome<PastRow> {
    let locale = words.locale;
    Ok(PastRow {
        at: locale.moment(signoff.at),
        by: words.name(signoff.by),
        changes: match Change::stored(&signoff.text)? {
            Change::Settings { before, after } => differences(locale, settings, &before, &after),
            Change::Cap { person, before, after } => {
                let label = locale.text_with("routing-cap-of", &[("name", words.name(Some(person)).into())]);
                let cap = |cap: Option<u32>| cap.map_or_else(|| "–".to_owned(), |cap| locale.number(cap.into()));
                vec![(label, cap(before), cap(after))]
            }
        },
        reason: signoff.reason.clone(),
        state: match signoff.decided {
            None => locale.text("routing-change-at-once"),
            Some(_) => locale.text(&format!("signoff-state-{}", signoff.state.code())),
        },
        decided: decided(locale, signoff, |user| words.name(user)),
    })
}

/// The fields of the form beside the days of the week, with the keys of their labels.
const FIELDS: [(&str, &str); 7] = [
    ("has_national_holidays", "routing-holidays-closed"),
    ("holidays", "routing-holidays-own"),
    ("daily_cap", "routing-cap"),
    ("remind_percent", "routing-remind"),
    ("grace_minutes", "routing-grace"),
    ("recommend_above", "routing-recommend-above"),
    ("recommend_minutes", "routing-recommend-within"),
];

fn differences(locale: &Locale, base: &Settings, before: &Kept, after: &Kept) -> Vec<Row> {
    let (was, is) = (form::of(&before.onto(base), locale), form::of(&after.onto(base), locale));
    let days = (0..7).map(|day| (format!("week[{day}]"), locale.text(&format!("weekday-{day}"))));
    let others = FIELDS.iter().map(|(field, label)| ((*field).to_owned(), locale.text(label)));
    let shown = |field: &str, text: &str| match (field, text) {
        ("has_national_holidays", "1") => locale.text("yes"),
        ("has_national_holidays", _) => locale.text("no"),
        (_, "") => "–".to_owned(),
        (_, text) => text.replace('\n', "; "),
    };
    let changed = days.chain(others).filter(|(field, _)| was.value(field) != is.value(field));
    changed.map(|(field, label)| (label, shown(&field, was.value(&field)), shown(&field, is.value(&field)))).collect()
}

fn wanted(words: &Words<'_>, ctx: &Ctx, month: &Month, before: &Settings, after: &Settings) -> Wanted {
    let locale = words.locale;
    let (was, would) = (month.replayed(before, &ctx.zone), month.replayed(after, &ctx.zone));
    let moved = was.iter().zip(&would).filter(|(was, would)| was.person != would.person).count();
    let number = |count: usize| locale.number(i64::try_from(count).unwrap_or(i64::MAX));
    let mut people: BTreeMap<(bool, String), (usize, usize)> = BTreeMap::new();
    let place = |went: &Went| match went.person {
        Some(person) => (false, words.name(Some(person))),
        None => (true, locale.text("desk-pool")),
    };
    for went in &was {
        people.entry(place(went)).or_default().0 += 1;
    }
    for went in &would {
        people.entry(place(went)).or_default().1 += 1;
    }
    let row = |((_, name), (was, would)): ((bool, String), (usize, usize))| (name, number(was), number(would));
    let mut meaning: Vec<Row> = people.into_iter().map(row).collect();
    let of = |key: &str, fits: fn(&Went) -> bool| {
        let count = |all: &[Went]| number(all.iter().filter(|went| fits(went)).count());
        (locale.text(key), count(&was), count(&would))
    };
    if !month.cases.is_empty() {
        meaning.push(of("routing-meaning-advised", |went| went.is_advised));
        meaning.push(of("routing-meaning-passed-on", |went| went.is_passed_on));
    }
    let args = [("count", month.cases.len().into()), ("moved", moved.into())];
    Wanted {
        changes: differences(locale, before, &Kept::of(before), &Kept::of(after)),
        meaning,
        says: locale.text_with("routing-meaning", &args),
    }
}

pub(super) async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<SignoffId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, note) = (&app.ctx(&visitor), fields.text("note"));
    let done = app.write(|tx| async move { actions::confirm(&tx, ctx, id, note).await }).await;
    answer(&app, &visitor, &Fields::default(), done, "saved", Returned::default()).await
}

pub(super) async fn decline(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<SignoffId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let done = view::decline(&app, &visitor, Subject::Routing, id, fields.text("note")).await;
    answer(&app, &visitor, &Fields::default(), done, "signoff-declined", Returned::default()).await
}
