//! The SQL of routing.

use std::collections::{BTreeMap, HashMap};

use db::{ReadTx, Row, Statement, WriteTx, params};
use kernel::{CompanyId, Date, Fault, Instant, NegotiationId, Outcome, Rate, UserId};
use uuid::Uuid;
use workflow::{Level, Span};

use super::{Absence, Advice, Assigned, Attendance, Because, Cause, Ended, Holiday, RecommendFirst, Settings};

/// The columns of an assignment, in one place for the statements that are put together.
const ASSIGNMENTS: &str =
    "SELECT id, negotiation_id, place, cause, at, person_id, level, needed, step, steps, step_minutes,
    answer_minutes, impact_ppm, class, because, note, put_by, promised, remind_at, escalate_at, reminded_at, outcome,
    ended_by, ended_at FROM assignment";

db::sql! {
    SETTINGS = "SELECT country, has_national_holidays, daily_cap, remind_percent, grace_minutes, recommend_above_ppm,
        recommend_minutes, version FROM routing_setting WHERE id = 1";
    SPANS = "SELECT weekday, from_minute, to_minute FROM routing_span ORDER BY weekday, from_minute";
    HOLIDAYS = "SELECT day, name FROM routing_holiday ORDER BY day";
    INSERT_SETTINGS = "INSERT INTO routing_setting (id, country, has_national_holidays, daily_cap, remind_percent,
        grace_minutes, recommend_above_ppm, recommend_minutes, version)
        VALUES (1, $1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT (id) DO NOTHING";
    UPDATE_SETTINGS = "UPDATE routing_setting SET country = $2, has_national_holidays = $3, daily_cap = $4,
        remind_percent = $5, grace_minutes = $6, recommend_above_ppm = $7, recommend_minutes = $8, version = version + 1
        WHERE id = 1 AND version = $1";
    DROP_SPANS = "DELETE FROM routing_span";
    DROP_HOLIDAYS = "DELETE FROM routing_holiday";
    CAPS = "SELECT person_id, daily_cap FROM routing_person";
    DROP_CAP = "DELETE FROM routing_person WHERE person_id = $1";
    INSERT_CAP = "INSERT INTO routing_person (person_id, daily_cap) VALUES ($1, $2)";
    ABSENCES = "SELECT id, person_id, from_day, until_day, substitute_id FROM absence WHERE until_day >= $1
        ORDER BY from_day, id";
    ABSENCE = "SELECT id, person_id, from_day, until_day, substitute_id FROM absence WHERE id = $1";
    INSERT_ABSENCE = "INSERT INTO absence (id, person_id, from_day, until_day, substitute_id, entered_by, entered_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    DROP_ABSENCE = "DELETE FROM absence WHERE id = $1";
    INSERT_ASSIGNMENT = "INSERT INTO assignment (id, negotiation_id, place, cause, at, person_id, level, needed, step, steps,
        step_minutes, answer_minutes, impact_ppm, class, because, note, put_by, promised, remind_at, escalate_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
    LAST_PLACE = "SELECT CAST(COALESCE(MAX(place), 0) AS BIGINT) AS n FROM assignment WHERE negotiation_id = $1";
    END = "UPDATE assignment SET outcome = $2, ended_by = $3, ended_at = $4 WHERE negotiation_id = $1 AND outcome IS NULL";
    REMINDED = "UPDATE assignment SET reminded_at = $2 WHERE id = $1 AND reminded_at IS NULL";
    PUT_ON_DESK = "UPDATE negotiation SET rep_id = $2, answer_by = $3, changed_at = $4 WHERE id = $1 AND state = 'waiting'";
    HOLD = "UPDATE negotiation SET state = state WHERE id = $1";
    WAITING = "SELECT id FROM negotiation WHERE state = 'waiting' ORDER BY number";
    WAITING_OF = "SELECT id FROM negotiation WHERE state = 'waiting' AND rep_id = $1 ORDER BY number";
    OPEN_BY_PERSON = "SELECT rep_id, CAST(COUNT(*) AS BIGINT) AS n FROM negotiation
        WHERE state = 'waiting' AND rep_id IS NOT NULL GROUP BY rep_id";
    DECIDED_BY_PERSON = "SELECT person_id, CAST(COUNT(*) AS BIGINT) AS n FROM negotiation_decision
        WHERE at >= $1 AND kind <> 'start' AND undone_at IS NULL GROUP BY person_id";
    ANSWERS = "SELECT person_id, asked_at, at, answer_minutes FROM negotiation_decision
        WHERE at >= $1 AND kind IN ('approval', 'counteroffer', 'rejection') AND undone_at IS NULL AND asked_at IS NOT NULL
        ORDER BY at";
    REOPEN = "UPDATE assignment SET outcome = NULL, ended_by = NULL, ended_at = NULL WHERE id = $1";
    LAST_ENDED = "SELECT id, remind_at FROM assignment WHERE negotiation_id = $1 AND outcome = 'decided'
        ORDER BY place DESC LIMIT 1";
    INSERT_ADVICE = "INSERT INTO recommendation (id, negotiation_id, person_id, level, verdict, rationale, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ADVICE = "SELECT person_id, level, verdict, rationale, at FROM recommendation WHERE negotiation_id = $1 AND at >= $2
        ORDER BY at, id";
    ATTENDANCE = "SELECT started_by, held_by, held_at FROM negotiation_attendance WHERE negotiation_id = $1";
    DROP_ATTENDANCE = "DELETE FROM negotiation_attendance WHERE negotiation_id = $1";
    INSERT_ATTENDANCE = "INSERT INTO negotiation_attendance (negotiation_id, started_by, held_by, held_at)
        VALUES ($1, $2, $3, $4)";
}

/// Ids that one statement asks for.
const IDS_AT_ONCE: usize = 500;

/// A small number from a column of the database.
fn small<T: TryFrom<i64>>(row: &Row, name: &str) -> Result<T, Fault> {
    T::try_from(row.get(name)?).map_err(|_| Fault::new(format!("column {name} is out of range")))
}

pub(super) async fn settings(tx: &ReadTx) -> Outcome<Option<Settings>> {
    let Some(row) = tx.optional(SETTINGS, params![]).await? else { return Ok(None) };
    let mut week: [Vec<Span>; 7] = Default::default();
    for span in tx.all(SPANS, params![]).await? {
        let day = week.get_mut(small::<usize>(&span, "weekday")?);
        let day = day.ok_or_else(|| Fault::new("routing_span.weekday is no weekday"))?;
        day.push(Span { from: small(&span, "from_minute")?, to: small(&span, "to_minute")? });
    }
    let holidays = tx.all(HOLIDAYS, params![]).await?;
    let holiday = |row: &Row| Ok::<_, Fault>(Holiday { day: row.get("day")?, name: row.get("name")? });
    let minutes = small(&row, "recommend_minutes")?;
    Ok(Some(Settings {
        week,
        country: row.get("country")?,
        has_national_holidays: row.get("has_national_holidays")?,
        holidays: holidays.iter().map(holiday).collect::<Result<_, _>>()?,
        daily_cap: small(&row, "daily_cap")?,
        remind_percent: small(&row, "remind_percent")?,
        grace_minutes: small(&row, "grace_minutes")?,
        recommend_first: row.get::<Option<Rate>>("recommend_above_ppm")?.map(|above| RecommendFirst { above, minutes }),
        version: row.get("version")?,
    }))
}

/// Writes the settings; `version` 0 inserts the first ones.
pub(super) async fn save_settings(tx: &WriteTx, settings: &Settings) -> Outcome<()> {
    let above = settings.recommend_first.map(|first| first.above);
    let minutes = settings.recommend_first.map_or(120, |first| first.minutes);
    let (country, national) = (settings.country.clone(), settings.has_national_holidays);
    let (cap, remind, grace) = (settings.daily_cap, i64::from(settings.remind_percent), settings.grace_minutes);
    if settings.version == 0 {
        tx.execute(INSERT_SETTINGS, params![country, national, cap, remind, grace, above, minutes]).await?;
    } else {
        let version = settings.version;
        tx.update_one(UPDATE_SETTINGS, params![version, country, national, cap, remind, grace, above, minutes]).await?;
    }
    tx.execute(DROP_SPANS, params![]).await?;
    tx.execute(DROP_HOLIDAYS, params![]).await?;
    let spans = settings.week.iter().zip(0_i64..).flat_map(|(spans, day)| spans.iter().map(move |span| (day, *span)));
    let spans = spans.map(|(day, span)| params![day, i64::from(span.from), i64::from(span.to)]);
    tx.insert_many("INSERT INTO routing_span (weekday, from_minute, to_minute) VALUES", "", spans.collect()).await?;
    let holidays = settings.holidays.iter().map(|holiday| params![holiday.day, holiday.name]);
    tx.insert_many("INSERT INTO routing_holiday (day, name) VALUES", "", holidays.collect()).await?;
    Ok(())
}

pub(super) async fn caps(tx: &ReadTx) -> Outcome<HashMap<UserId, u32>> {
    let rows = tx.all(CAPS, params![]).await?;
    let pairs = rows.iter().map(|row| Ok::<_, Fault>((row.get("person_id")?, small(row, "daily_cap")?)));
    Ok(pairs.collect::<Result<_, _>>()?)
}

/// `None`: the general cap again.
pub(super) async fn set_cap(tx: &WriteTx, person: UserId, cap: Option<u32>) -> Outcome<()> {
    tx.execute(DROP_CAP, params![person]).await?;
    if let Some(cap) = cap {
        tx.execute(INSERT_CAP, params![person, cap]).await?;
    }
    Ok(())
}

/// Keeps everybody else from a case until this transaction ends: of two who look after it at once the second sees what the first
/// has done.
pub(super) async fn hold(tx: &WriteTx, id: NegotiationId) -> Outcome<()> {
    Ok(tx.execute(HOLD, params![id]).await.map(|_| ())?)
}

fn absence_from_row(row: &Row) -> Result<Absence, Fault> {
    Ok(Absence {
        id: row.get("id")?,
        person: row.get("person_id")?,
        from: row.get("from_day")?,
        until: row.get("until_day")?,
        substitute: row.get("substitute_id")?,
    })
}

/// Absences that end on this day or later.
pub(super) async fn absences(tx: &ReadTx, since: Date) -> Outcome<Vec<Absence>> {
    Ok(tx.all(ABSENCES, params![since]).await?.iter().map(absence_from_row).collect::<Result<_, _>>()?)
}

pub(super) async fn absence(tx: &ReadTx, id: Uuid) -> Outcome<Option<Absence>> {
    Ok(tx.optional(ABSENCE, params![id]).await?.as_ref().map(absence_from_row).transpose()?)
}

pub(super) async fn insert_absence(tx: &WriteTx, absence: &Absence, by: Option<UserId>, at: Instant) -> Outcome<()> {
    let values = params![absence.id, absence.person, absence.from, absence.until, absence.substitute, by, at];
    Ok(tx.execute(INSERT_ABSENCE, values).await.map(|_| ())?)
}

pub(super) async fn drop_absence(tx: &WriteTx, id: Uuid) -> Outcome<()> {
    Ok(tx.execute(DROP_ABSENCE, params![id]).await.map(|_| ())?)
}

fn assigned_from_row(row: &Row) -> Result<Assigned, Fault> {
    let (cause, because): (String, String) = (row.get("cause")?, row.get("because")?);
    let outcome: Option<String> = row.get("outcome")?;
    let ended = match outcome {
        Some(outcome) => Some(Ended { outcome, by: row.get("ended_by")?, at: row.get("ended_at")? }),
        None => None,
    };
    Ok(Assigned {
        id: row.get("id")?,
        negotiation: row.get("negotiation_id")?,
        place: row.get("place")?,
        cause: Cause::parse(&cause).ok_or_else(|| Fault::new(format!("assignment.cause is {cause}")))?,
        at: row.get("at")?,
        person: row.get("person_id")?,
        level: Level(small(row, "level")?),
        needed: Level(small(row, "needed")?),
        step: row.get("step")?,
        steps: row.get("steps")?,
        step_minutes: small(row, "step_minutes")?,
        answer_minutes: small(row, "answer_minutes")?,
        impact: row.get("impact_ppm")?,
        class: row.get("class")?,
        because: serde_json::from_str::<Vec<Because>>(&because)
            .map_err(|e| Fault::because("reading why a case was assigned", e))?,
        note: row.get("note")?,
        put_by: row.get("put_by")?,
        promised: row.get("promised")?,
        remind_at: row.get("remind_at")?,
        escalate_at: row.get("escalate_at")?,
        reminded_at: row.get("reminded_at")?,
        ended,
    })
}

/// The history of a case's routing, the oldest first.
pub(super) async fn of_case(tx: &ReadTx, id: NegotiationId) -> Outcome<Vec<Assigned>> {
    let statement = Statement::new(ASSIGNMENTS).filter("negotiation_id = ?", params![id]);
    let rows = tx.list(statement.then("ORDER BY place", Vec::new())).await?;
    Ok(rows.iter().map(assigned_from_row).collect::<Result<_, _>>()?)
}

/// Assignments since a moment, the newest so many, by case and place.
pub(super) async fn since(tx: &ReadTx, since: Instant, limit: i64) -> Outcome<Vec<Assigned>> {
    let statement = Statement::new(ASSIGNMENTS).filter("at >= ?", params![since]);
    let rows = tx.list(statement.then("ORDER BY at DESC LIMIT ?", params![limit])).await?;
    let mut all = rows.iter().map(assigned_from_row).collect::<Result<Vec<_>, _>>()?;
    all.sort_by_key(|row| (row.negotiation, row.place));
    Ok(all)
}

/// Whose negotiations these are.
pub(super) async fn companies(tx: &ReadTx, ids: &[NegotiationId]) -> Outcome<HashMap<NegotiationId, CompanyId>> {
    let mut all = HashMap::new();
    for batch in ids.chunks(IDS_AT_ONCE) {
        let rows = tx.list(Statement::new("SELECT id, company_id FROM negotiation").filter_in("id", batch)).await?;
        for row in &rows {
            all.insert(row.get("id")?, row.get("company_id")?);
        }
    }
    Ok(all)
}

/// The present assignments of cases; who has none is not in it.
pub(super) async fn open_of(tx: &ReadTx, ids: &[NegotiationId]) -> Outcome<HashMap<NegotiationId, Assigned>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let statement = Statement::new(ASSIGNMENTS).filter("outcome IS NULL", Vec::new()).filter_in("negotiation_id", ids);
    let rows = tx.list(statement).await?;
    let all = rows.iter().map(assigned_from_row).collect::<Result<Vec<_>, _>>()?;
    Ok(all.into_iter().map(|row| (row.negotiation, row)).collect())
}

pub(super) async fn insert(tx: &WriteTx, row: &Assigned) -> Outcome<()> {
    let because = serde_json::to_string(&row.because).map_err(|e| Fault::because("writing down an assignment", e))?;
    let values = params![
        row.id,
        row.negotiation,
        row.place,
        row.cause.code(),
        row.at,
        row.person,
        i64::from(row.level.0),
        i64::from(row.needed.0),
        row.step,
        row.steps,
        row.step_minutes,
        row.answer_minutes,
        row.impact,
        row.class,
        because,
        row.note,
        row.put_by,
        row.promised,
        row.remind_at,
        row.escalate_at,
    ];
    Ok(tx.execute(INSERT_ASSIGNMENT, values).await.map(|_| ())?)
}

pub(super) async fn last_place(tx: &ReadTx, id: NegotiationId) -> Outcome<i64> {
    Ok(tx.one(LAST_PLACE, params![id]).await?.get("n")?)
}

/// Ends the present assignment of a case, if it has one.
pub(super) async fn end(tx: &WriteTx, id: NegotiationId, ended: &Ended) -> Outcome<()> {
    Ok(tx.execute(END, params![id, ended.outcome, ended.by, ended.at]).await.map(|_| ())?)
}

/// Whether nobody had been reminded before.
pub(super) async fn set_reminded(tx: &WriteTx, id: Uuid, at: Instant) -> Outcome<bool> {
    Ok(tx.execute(REMINDED, params![id, at]).await? == 1)
}

/// Puts a waiting case on a desk. Its version stays: whoever reads it just now may still decide it.
pub(super) async fn put_on_desk(tx: &WriteTx, row: &Assigned, answer_by: Instant) -> Outcome<()> {
    Ok(tx.update_one(PUT_ON_DESK, params![row.negotiation, row.person, answer_by, row.at]).await?)
}

/// Cases that wait: all, or those on one person's desk.
pub(super) async fn waiting(tx: &ReadTx, person: Option<UserId>) -> Outcome<Vec<NegotiationId>> {
    let rows = match person {
        Some(person) => tx.all(WAITING_OF, params![person]).await?,
        None => tx.all(WAITING, params![]).await?,
    };
    Ok(rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?)
}

async fn counts(
    tx: &ReadTx,
    sql: &'static str,
    column: &str,
    since: Option<Instant>,
) -> Outcome<BTreeMap<UserId, u32>> {
    let rows = tx.all(sql, since.map_or_else(Vec::new, |since| params![since])).await?;
    let pairs = rows.iter().map(|row| Ok::<_, Fault>((row.get(column)?, small(row, "n")?)));
    Ok(pairs.collect::<Result<_, _>>()?)
}

/// Cases that wait, by who has them.
pub(super) async fn open_by_person(tx: &ReadTx) -> Outcome<BTreeMap<UserId, u32>> {
    counts(tx, OPEN_BY_PERSON, "rep_id", None).await
}

/// Decisions since a moment, by who made them.
pub(super) async fn decided_by_person(tx: &ReadTx, since: Instant) -> Outcome<BTreeMap<UserId, u32>> {
    counts(tx, DECIDED_BY_PERSON, "person_id", Some(since)).await
}

/// An answer of a person: who gave it, when the buyer asked, when it was given, and the working minutes between where they
/// were written down.
pub(super) type Answered = (UserId, Instant, Instant, Option<i64>);

/// Answers of people since a moment.
pub(super) async fn answers(tx: &ReadTx, since: Instant) -> Outcome<Vec<Answered>> {
    let rows = tx.all(ANSWERS, params![since]).await?;
    let read = |row: &Row| {
        Ok::<_, Fault>((row.get("person_id")?, row.get("asked_at")?, row.get("at")?, row.get("answer_minutes")?))
    };
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

/// Puts a case back on the desk where it was decided. Tells when its holder is to be reminded.
pub(super) async fn reopen(tx: &WriteTx, id: NegotiationId) -> Outcome<Option<Instant>> {
    let Some(row) = tx.optional(LAST_ENDED, params![id]).await? else { return Ok(None) };
    tx.update_one(REOPEN, params![row.get::<Uuid>("id")?]).await?;
    Ok(Some(row.get("remind_at")?))
}

pub(super) async fn insert_advice(tx: &WriteTx, id: Uuid, negotiation: NegotiationId, advice: &Advice) -> Outcome<()> {
    let level = i64::from(advice.level.0);
    let values = params![id, negotiation, advice.person, level, advice.verdict, advice.rationale, advice.at];
    Ok(tx.execute(INSERT_ADVICE, values).await.map(|_| ())?)
}

/// What was advised since a moment, the oldest first.
pub(super) async fn advice(tx: &ReadTx, id: NegotiationId, since: Instant) -> Outcome<Vec<Advice>> {
    let rows = tx.all(ADVICE, params![id, since]).await?;
    let read = |row: &Row| {
        Ok::<_, Fault>(Advice {
            person: row.get("person_id")?,
            level: Level(small(row, "level")?),
            verdict: row.get("verdict")?,
            rationale: row.get("rationale")?,
            at: row.get("at")?,
        })
    };
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

pub(super) async fn attendance(tx: &ReadTx, id: NegotiationId) -> Outcome<Attendance> {
    let Some(row) = tx.optional(ATTENDANCE, params![id]).await? else { return Ok(Attendance::default()) };
    let (by, at): (Option<UserId>, Option<Instant>) = (row.get("held_by")?, row.get("held_at")?);
    Ok(Attendance { started_by: row.get("started_by")?, held: by.zip(at) })
}

pub(super) async fn set_attendance(tx: &WriteTx, id: NegotiationId, attendance: &Attendance) -> Outcome<()> {
    tx.execute(DROP_ATTENDANCE, params![id]).await?;
    let (by, at) = (attendance.held.map(|(by, _)| by), attendance.held.map(|(_, at)| at));
    tx.execute(INSERT_ATTENDANCE, params![id, attendance.started_by, by, at]).await?;
    Ok(())
}
