//! Calendar, caps and absences as pages.

use askama::Template;
use axum::http::StatusCode;
use kernel::{Date, Failure, Invalid, Outcome, UserId};
use negotiation::routing::queries::{self, Workload};
use negotiation::routing::{NewAbsence, Settings, actions, reasons, rules};
use terms::signoffs::SignoffState;
use uuid::Uuid;
use web::{App, Fields, Form, FormState, Path, Reply, Shell, State, Visitor};

use crate::routing::changes::{self, Changes};
use crate::routing::form;

/// A person in the table of caps.
struct PersonRow {
    name: String,
    level: String,
    away: String,
    open: i64,
    decided: i64,
    turnaround: String,
    field: String,
    /// The general cap, shown in the empty field.
    general: String,
}

#[derive(Template)]
#[template(path = "routing/settings.html")]
struct SettingsPage {
    shell: Shell,
    form: FormState,
    days: Vec<(String, String)>,
    country: String,
    coming: Vec<String>,
    caps: FormState,
    people: Vec<PersonRow>,
    changes: Changes,
    refusal: String,
}

/// An absence in the list.
struct AbsenceRow {
    id: String,
    name: String,
    days: String,
    substitute: String,
    is_now: bool,
}

#[derive(Template)]
#[template(path = "routing/absences.html")]
struct AbsencesPage {
    shell: Shell,
    rows: Vec<AbsenceRow>,
    form: FormState,
    people: Vec<(String, String)>,
    substitutes: Vec<(String, String)>,
    manages: bool,
    refusal: String,
}

/// What came back with errors, or to be confirmed.
#[derive(Default)]
pub(super) struct Returned {
    form: Option<FormState>,
    caps: FormState,
    /// What the form would change.
    asked: Option<Settings>,
    refusal: String,
}

async fn settings_page(app: &App, visitor: &Visitor, returned: Returned) -> Outcome<SettingsPage> {
    let ctx = app.ctx(visitor);
    let (settings, people, changes) = {
        let tx = app.db().read().await?;
        let settings = queries::settings(&tx).await?;
        let changes = changes::load(&tx, visitor, &ctx, &settings, returned.asked.as_ref()).await?;
        (settings, queries::workloads(&tx, ctx.now, &ctx.zone).await?, changes)
    };
    let shell = Shell::load(app, visitor, &visitor.locale.text("routing-title")).await?;
    let country = settings.country.as_ref().filter(|_| settings.national().is_some());
    Ok(SettingsPage {
        days: (0..7).map(|day| (format!("week[{day}]"), shell.t(&format!("weekday-{day}")))).collect(),
        country: country.map(ToString::to_string).unwrap_or_default(),
        coming: form::coming(&settings, ctx.today(), &visitor.locale),
        people: people.iter().map(|person| person_row(&shell, person, settings.daily_cap)).collect(),
        form: returned.form.unwrap_or_else(|| form::of(&settings, &visitor.locale)),
        caps: if returned.caps.has_errors() { returned.caps } else { caps_form(&people) },
        refusal: returned.refusal,
        changes,
        shell,
    })
}

fn caps_form(people: &[Workload]) -> FormState {
    let own = people.iter().filter(|person| person.has_own_cap);
    let values: Vec<_> = own.map(|person| (cap_field(person.member.id), person.cap.to_string())).collect();
    FormState::of(values.iter().map(|(name, value)| (name.as_str(), value.clone())))
}

fn cap_field(person: UserId) -> String {
    format!("cap.{person}")
}

fn person_row(shell: &Shell, person: &Workload, general: u32) -> PersonRow {
    let locale = &shell.visitor.locale;
    let away = person.away_until.map(|day| shell.ta("routing-away-until", "date", &locale.date(day)));
    PersonRow {
        name: person.member.name.clone(),
        level: reasons::level_words(locale, person.level),
        away: away.unwrap_or_default(),
        open: i64::from(person.open),
        decided: i64::from(person.decided_today),
        turnaround: turnaround(shell, person),
        field: cap_field(person.member.id),
        general: general.to_string(),
    }
}

/// The median turnaround in words; a dash when nothing was decided.
pub(crate) fn turnaround(shell: &Shell, person: &Workload) -> String {
    person.turnaround_minutes.map_or_else(|| "–".to_owned(), |minutes| shell.tn("routing-minutes", &minutes))
}

pub(super) async fn settings(State(app): State<App>, visitor: Visitor) -> Reply {
    web::page(&settings_page(&app, &visitor, Returned::default()).await?)
}

/// What decides who gets a case is shown first, then, confirmed and with a reason, changed; the rest is changed at once.
pub(super) async fn save(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let base = queries::settings(&app.db().read().await?).await?;
    let settings = match form::read(&fields, &base) {
        Ok(settings) => settings,
        Err(invalid) => {
            return answer(&app, &visitor, &fields, Err(invalid.into()), "", Returned::default()).await;
        }
    };
    let is_new = base.version == settings.version && rules::decides_who(&base, &settings);
    if is_new && fields.text("confirmed") != "yes" {
        let returned = Returned { form: Some(fields.kept()), asked: Some(settings), ..Returned::default() };
        return web::page(&settings_page(&app, &visitor, returned).await?);
    }
    let (ctx, wanted, reason) = (&app.ctx(&visitor), &settings, fields.text("reason"));
    let done = app.write(|tx| async move { actions::propose(&tx, ctx, wanted, reason).await }).await;
    let flash = match &done {
        Ok(Some(signoff)) if signoff.state == SignoffState::Waiting => "signoff-sent",
        _ => "saved",
    };
    let returned = Returned { asked: is_new.then_some(settings), ..Returned::default() };
    answer(&app, &visitor, &fields, done.map(|_| ()), flash, returned).await
}

/// Back to the page when it is done; the page again, with what is wrong, when it is not.
pub(super) async fn answer(
    app: &App,
    visitor: &Visitor,
    fields: &Fields,
    done: Outcome<()>,
    flash: &'static str,
    returned: Returned,
) -> Reply {
    let (status, returned) = match done {
        Ok(()) => return web::flash(web::see_other("/office/routing"), flash),
        Err(Failure::Invalid(invalid)) => {
            let form = Some(fields.rejected(&invalid, &visitor.locale));
            (StatusCode::UNPROCESSABLE_ENTITY, Returned { form, ..returned })
        }
        Err(Failure::Refused(refused)) => {
            let form = if fields.0.is_empty() { None } else { Some(fields.kept()) };
            (StatusCode::CONFLICT, Returned { form, refusal: visitor.refusal(&refused), ..returned })
        }
        Err(other) => return Err(other.into()),
    };
    web::page_with(status, &settings_page(app, visitor, returned).await?)
}

pub(super) async fn save_caps(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let done = match &caps(&fields) {
        Ok(caps) => {
            app.write(|tx| async move {
                for (person, cap) in caps {
                    let set = actions::set_cap(&tx, ctx, *person, *cap).await;
                    set.map_err(|failure| at_field(failure, *person))?;
                }
                Ok(())
            })
            .await
        }
        Err(invalid) => Err(invalid.clone().into()),
    };
    match done {
        Ok(()) => web::flash(web::see_other("/office/routing"), "saved"),
        Err(Failure::Invalid(invalid)) => {
            let returned = Returned { caps: fields.rejected(&invalid, &visitor.locale), ..Returned::default() };
            let page = settings_page(&app, &visitor, returned).await?;
            web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

/// The caps of the form by person; an empty field is the general one.
fn caps(fields: &Fields) -> Result<Vec<(UserId, Option<u32>)>, Invalid> {
    let (mut invalid, mut caps) = (Invalid::default(), Vec::new());
    for name in fields.0.keys() {
        let Some(person) = name.strip_prefix("cap.").and_then(UserId::parse) else { continue };
        let cap = fields.some(name).map(|_| form::whole(&mut invalid, fields, name));
        caps.push((person, cap.flatten()));
    }
    if invalid.fields.is_empty() { Ok(caps) } else { Err(invalid) }
}

fn at_field(failure: Failure, person: UserId) -> Failure {
    match failure {
        Failure::Invalid(invalid) => {
            let fields = invalid.fields.into_iter();
            let renamed = |error: kernel::FieldError| kernel::FieldError { field: cap_field(person), ..error };
            Invalid { fields: fields.map(renamed).collect() }.into()
        }
        other => other,
    }
}

async fn absences_page(app: &App, visitor: &Visitor, returned: Returned) -> Outcome<AbsencesPage> {
    let ctx = app.ctx(visitor);
    let tx = app.db().read().await?;
    let (manages, me) = (queries::manages_absences(&tx, &ctx.actor).await?, ctx.actor.user()?);
    let absences = queries::absences(&tx, &ctx.actor, ctx.today()).await?;
    let staff = parties::people::queries::staff(&tx).await?;
    drop(tx);
    let names = queries::names(&staff);
    let name = |id: UserId| names.get(&id).cloned().unwrap_or_default();
    let locale = &visitor.locale;
    let row = |absence: negotiation::routing::Absence| AbsenceRow {
        id: absence.id.to_string(),
        name: name(absence.person),
        days: days(locale, absence.from, absence.until),
        substitute: absence.substitute.map(name).unwrap_or_default(),
        is_now: absence.from <= ctx.today(),
    };
    let form = returned.form.unwrap_or_else(|| FormState::of([("person", me.to_string())]));
    // The suggestion follows the person who is chosen; without script it is the reader's own until the form comes back.
    let chosen = UserId::parse(form.value("person")).unwrap_or(me);
    let chosen = staff.iter().find(|member| member.id == chosen).ok_or(Failure::NotFound)?;
    let decides = |member: &&parties::people::Member| {
        !member.is_blocked && rules::level(member.roles, member.leads_sales).is_some()
    };
    Ok(AbsencesPage {
        rows: absences.into_iter().map(row).collect(),
        people: staff.iter().filter(decides).map(|member| (member.id.to_string(), member.name.clone())).collect(),
        substitutes: substitutes(locale, chosen, &staff),
        form,
        manages,
        refusal: returned.refusal,
        shell: Shell::load(app, visitor, &locale.text("absences-title")).await?,
    })
}

fn days(locale: &i18n::Locale, from: Date, until: Date) -> String {
    if from == until {
        return locale.date(from);
    }
    locale.text_with("absence-days", &[("from", locale.date(from).into()), ("until", locale.date(until).into())])
}

fn substitutes(
    locale: &i18n::Locale,
    person: &parties::people::Member,
    staff: &[parties::people::Member],
) -> Vec<(String, String)> {
    let option = |(id, name, suffices): (UserId, String, bool)| {
        let label = if suffices { name } else { locale.text_with("absence-decides-less", &[("name", name.into())]) };
        (id.to_string(), label)
    };
    rules::substitutes(person, staff).into_iter().map(option).collect()
}

pub(super) async fn absences(State(app): State<App>, visitor: Visitor) -> Reply {
    web::page(&absences_page(&app, &visitor, Returned::default()).await?)
}

pub(super) async fn enter(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let texts = |name: &str| fields.text(name).to_owned();
    let done = match read_absence(&texts, ctx.actor.user()?) {
        Ok(new) => app.write(|tx| async move { actions::enter_absence(&tx, ctx, &new).await }).await,
        Err(invalid) => Err(invalid.into()),
    };
    let (status, returned) = match done {
        Ok(_) => return web::flash(web::see_other("/desk/absences"), "absence-entered"),
        Err(Failure::Invalid(invalid)) => {
            let form = Some(fields.rejected(&invalid, &visitor.locale));
            (StatusCode::UNPROCESSABLE_ENTITY, Returned { form, ..Returned::default() })
        }
        Err(Failure::Refused(refused)) => {
            let (form, refusal) = (Some(fields.kept()), visitor.refusal(&refused));
            (StatusCode::CONFLICT, Returned { form, refusal, ..Returned::default() })
        }
        Err(other) => return Err(other.into()),
    };
    web::page_with(status, &absences_page(&app, &visitor, returned).await?)
}

/// An absence as typed: `person` (left out: `me`), `from`, `until`, `substitute`.
pub(super) fn read_absence(text: &dyn Fn(&str) -> String, me: UserId) -> Result<NewAbsence, Invalid> {
    let mut invalid = Invalid::default();
    let mut date = |field: &str| {
        let typed = text(field);
        let date = Date::parse(&typed);
        if date.is_none() {
            let code = if typed.is_empty() { "required" } else { "date" };
            invalid = std::mem::take(&mut invalid).and(field, code, Vec::new());
        }
        date
    };
    let (from, until) = (date("from"), date("until"));
    let person = text("person");
    let person = if person.is_empty() { Some(me) } else { UserId::parse(&person) };
    let substitute = text("substitute");
    let stands_in = UserId::parse(&substitute);
    if person.is_none() {
        invalid = invalid.and("person", "choice", Vec::new());
    }
    if stands_in.is_none() && !substitute.is_empty() {
        invalid = invalid.and("substitute", "choice", Vec::new());
    }
    match (person, from, until) {
        (Some(person), Some(from), Some(until)) if invalid.fields.is_empty() => {
            Ok(NewAbsence { person, from, until, substitute: stands_in })
        }
        _ => Err(invalid),
    }
}

pub(super) async fn remove(State(app): State<App>, visitor: Visitor, Path(id): Path<Uuid>) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::remove_absence(&tx, ctx, id).await }).await?;
    web::flash(web::see_other("/desk/absences"), "absence-removed")
}
