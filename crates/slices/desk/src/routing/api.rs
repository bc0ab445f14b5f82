//! Calendar, caps and absences as JSON, for the seller's own people.

use kernel::{Ctx, Failure, Invalid, Outcome, Rate, SignoffId, UserId};
use negotiation::routing::changes::Change;
use negotiation::routing::queries::{self, Workload};
use negotiation::routing::{Absence, RecommendFirst, Settings, actions};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::signoffs::{self, Signoff, SignoffState, Subject, view};
use uuid::Uuid;
use web::{App, Json, Path, Reply, State, Visitor};

use crate::routing::{form, pages};

/// How the desk works.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SettingsJson {
    /// The version to save with.
    pub version: i64,
    /// Opening hours from Monday to Sunday, such as `8:00–12:00, 13:00–17:00`; empty: closed.
    pub week: Vec<String>,
    /// ISO 3166-1 alpha-2 code of the country whose public holidays are known.
    pub country: Option<String>,
    /// Whether the desk is closed on them.
    pub has_national_holidays: bool,
    /// Own days off, `2027-05-02 Name`.
    pub holidays: Vec<String>,
    /// Most cases that one day brings to a person.
    pub daily_cap: u32,
    /// When a holder is reminded, in percent of the promised time.
    pub remind_percent: u8,
    /// Working minutes after the promised time before a case is passed on.
    pub grace_minutes: u32,
    /// The rep recommends first when the margin impact is above this, in percent; `null`: never.
    pub recommend_above: Option<String>,
    /// Working minutes within which the recommendation is expected.
    pub recommend_minutes: Option<u32>,
}

/// Changes how the desk works.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveSettings {
    /// The version that was read.
    pub version: i64,
    /// Opening hours from Monday to Sunday.
    pub week: Vec<String>,
    /// Whether the desk is closed on the country's public holidays.
    pub has_national_holidays: bool,
    /// Own days off, `2027-05-02 Name`.
    #[serde(default)]
    pub holidays: Vec<String>,
    /// Most cases that one day brings to a person.
    pub daily_cap: u32,
    /// When a holder is reminded, in percent of the promised time.
    pub remind_percent: u8,
    /// Working minutes after the promised time before a case is passed on.
    pub grace_minutes: u32,
    /// The rep recommends first when the margin impact is above this, in percent.
    #[serde(default)]
    pub recommend_above: Option<String>,
    /// Working minutes within which the recommendation is expected; left out: 120.
    #[serde(default)]
    pub recommend_minutes: Option<u32>,
    /// Why; required where a second person is.
    #[serde(default)]
    pub reason: String,
}

/// What became of other settings.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SaveAnswer {
    /// Those in force.
    #[serde(flatten)]
    pub settings: SettingsJson,
    /// Whether they are those that were sent; else a second person confirms them first.
    pub is_in_force: bool,
    /// The change, to be confirmed or declined; `null`: nothing differs.
    pub change: Option<SignoffId>,
}

/// A second person's note.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutingNote {
    /// Why; required to decline.
    #[serde(default)]
    pub note: String,
}

/// A change of routing.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ChangeJson {
    /// Its id.
    pub id: SignoffId,
    /// When.
    pub at: String,
    /// By whom; `null` for the system.
    pub by: Option<UserId>,
    /// Why.
    pub reason: String,
    /// `waiting`, `confirmed` or `declined`.
    pub state: String,
    /// Who decided it; `null` where it held at once.
    pub decided_by: Option<UserId>,
    /// The settings that it was to bring; `null` where it is a person's cap.
    pub settings: Option<SettingsJson>,
    /// The person whose cap it is.
    pub person: Option<UserId>,
    /// That cap; `null`: the general one.
    pub cap: Option<u32>,
}

/// Somebody who works on the desk.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PersonJson {
    /// The person.
    pub id: UserId,
    /// The name.
    pub name: String,
    /// 0 sales rep, 1 sales manager, 2 pricing manager, 3 administrator.
    pub level: u8,
    /// Cases that wait.
    pub open: u32,
    /// Cases decided today.
    pub decided_today: u32,
    /// Most cases a day.
    pub cap: u32,
    /// Median working minutes from assignment to decision, last thirty days.
    pub turnaround_minutes: Option<i64>,
    /// The last day of the present absence.
    pub away_until: Option<String>,
}

/// Changes the cap of a person.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetCap {
    /// Most cases a day; `null`: as many as everybody.
    pub cap: Option<u32>,
}

/// An absence.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AbsenceJson {
    /// Its id.
    pub id: String,
    /// Who.
    pub person_id: UserId,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// Who stands in.
    pub substitute_id: Option<UserId>,
}

/// Enters an absence.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnterAbsence {
    /// Who; left out: the caller.
    #[serde(default)]
    pub person: String,
    /// The first day, `2027-02-01`.
    pub from: String,
    /// The last day.
    pub until: String,
    /// Who stands in.
    #[serde(default)]
    pub substitute: String,
}

fn settings_json(settings: &Settings) -> SettingsJson {
    let first = settings.recommend_first;
    let holiday =
        |holiday: &negotiation::routing::Holiday| format!("{} {}", holiday.day, holiday.name).trim().to_owned();
    SettingsJson {
        version: settings.version,
        week: settings.week.iter().map(|spans| form::spans_text(spans)).collect(),
        country: settings.country.as_ref().map(ToString::to_string),
        has_national_holidays: settings.has_national_holidays,
        holidays: settings.holidays.iter().map(holiday).collect(),
        daily_cap: settings.daily_cap,
        remind_percent: settings.remind_percent,
        grace_minutes: settings.grace_minutes,
        recommend_above: first.map(|first| first.above.to_percent()),
        recommend_minutes: first.map(|first| first.minutes),
    }
}

pub(super) async fn settings(State(app): State<App>) -> Reply {
    web::json(&settings_json(&queries::settings(&app.db().read().await?).await?))
}

pub(super) async fn save(State(app): State<App>, visitor: Visitor, Json(body): Json<SaveSettings>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let base = queries::settings(&app.db().read().await?).await?;
    let settings = &read(&body, base)?;
    let reason = body.reason.as_str();
    let done = app.write(|tx| async move { actions::propose(&tx, ctx, settings, reason).await }).await?;
    web::json(&SaveAnswer {
        settings: settings_json(&queries::settings(&app.db().read().await?).await?),
        is_in_force: done.as_ref().is_none_or(|signoff| signoff.state == SignoffState::Confirmed),
        change: done.map(|signoff| signoff.id),
    })
}

pub(super) async fn changes(State(app): State<App>) -> Reply {
    let tx = app.db().read().await?;
    let base = queries::settings(&tx).await?;
    let past = signoffs::queries::past(&tx, Subject::Routing).await?;
    web::json(&past.iter().map(|signoff| change_json(&base, signoff)).collect::<Outcome<Vec<_>>>()?)
}

fn change_json(base: &Settings, signoff: &Signoff) -> Outcome<ChangeJson> {
    let (settings, person, cap) = match Change::stored(&signoff.text)? {
        Change::Settings { after, .. } => (Some(settings_json(&after.onto(base))), None, None),
        Change::Cap { person, after, .. } => (None, Some(person), after),
    };
    Ok(ChangeJson {
        id: signoff.id,
        at: signoff.at.to_rfc3339(),
        by: signoff.by,
        reason: signoff.reason.clone(),
        state: signoff.state.code().into(),
        decided_by: signoff.decided.map(|(by, _)| by),
        settings,
        person,
        cap,
    })
}

pub(super) async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<SignoffId>,
    Json(body): Json<RoutingNote>,
) -> Reply {
    let (ctx, note) = (&app.ctx(&visitor), body.note.as_str());
    app.write(|tx| async move { actions::confirm(&tx, ctx, id, note).await }).await?;
    web::no_content()
}

pub(super) async fn decline(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<SignoffId>,
    Json(body): Json<RoutingNote>,
) -> Reply {
    view::decline(&app, &visitor, Subject::Routing, id, &body.note).await?;
    web::no_content()
}

fn read(body: &SaveSettings, base: Settings) -> Outcome<Settings> {
    let mut invalid = Invalid::default();
    let mut week = base.week.clone();
    if body.week.len() != week.len() {
        invalid = invalid.and("week", "seven-days", Vec::new());
    }
    for (at, (day, text)) in week.iter_mut().zip(&body.week).enumerate() {
        match form::spans(text) {
            Some(spans) => *day = spans,
            None => invalid = invalid.and(format!("week[{at}]"), "opening-hours", Vec::new()),
        }
    }
    let holidays = form::holidays(&body.holidays.join("\n")).unwrap_or_else(|line| {
        invalid = std::mem::take(&mut invalid).and("holidays", "holiday-line", vec![("line", line)]);
        Vec::new()
    });
    let above = body.recommend_above.as_deref().map(Rate::parse_percent);
    let above = above.and_then(|above| invalid.take("recommend_above", above));
    invalid.check()?;
    let minutes = body.recommend_minutes.unwrap_or(120);
    Ok(Settings {
        week,
        has_national_holidays: body.has_national_holidays,
        holidays,
        daily_cap: body.daily_cap,
        remind_percent: body.remind_percent,
        grace_minutes: body.grace_minutes,
        recommend_first: above.map(|above| RecommendFirst { above, minutes }),
        version: body.version,
        ..base
    })
}

fn person_json(person: Workload) -> PersonJson {
    PersonJson {
        id: person.member.id,
        name: person.member.name,
        level: person.level.0,
        open: person.open,
        decided_today: person.decided_today,
        cap: person.cap,
        turnaround_minutes: person.turnaround_minutes,
        away_until: person.away_until.map(|day| day.to_string()),
    }
}

async fn everybody(app: &App, ctx: &Ctx) -> Reply {
    let people = queries::workloads(&app.db().read().await?, ctx.now, &ctx.zone).await?;
    web::json(&people.into_iter().map(person_json).collect::<Vec<_>>())
}

pub(super) async fn people(State(app): State<App>, visitor: Visitor) -> Reply {
    everybody(&app, &app.ctx(&visitor)).await
}

pub(super) async fn set_cap(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<UserId>,
    Json(body): Json<SetCap>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::set_cap(&tx, ctx, id, body.cap).await }).await?;
    everybody(&app, ctx).await
}

fn absence_json(absence: &Absence) -> AbsenceJson {
    AbsenceJson {
        id: absence.id.to_string(),
        person_id: absence.person,
        from: absence.from.to_string(),
        until: absence.until.to_string(),
        substitute_id: absence.substitute,
    }
}

pub(super) async fn absences(State(app): State<App>, visitor: Visitor) -> Reply {
    let ctx = app.ctx(&visitor);
    let absences = queries::absences(&app.db().read().await?, &ctx.actor, ctx.today()).await?;
    web::json(&absences.iter().map(absence_json).collect::<Vec<_>>())
}

pub(super) async fn enter(State(app): State<App>, visitor: Visitor, Json(body): Json<EnterAbsence>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let text = |name: &str| match name {
        "person" => body.person.clone(),
        "from" => body.from.clone(),
        "until" => body.until.clone(),
        _ => body.substitute.clone(),
    };
    let new = &pages::read_absence(&text, ctx.actor.user()?).map_err(Failure::from)?;
    let absence = app.write(|tx| async move { actions::enter_absence(&tx, ctx, new).await }).await?;
    web::created("/api/v1/desk/absences", &absence_json(&absence))
}

pub(super) async fn remove(State(app): State<App>, visitor: Visitor, Path(id): Path<Uuid>) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::remove_absence(&tx, ctx, id).await }).await?;
    web::no_content()
}
