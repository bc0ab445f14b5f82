//! Work after commit: mails to the buyer and to the rep, writing down that offers have run out, and looking after cases that
//! wait: reminders, missed promises, people who have left.

use db::{ReadTx, WriteTx};
use i18n::Locale;
use kernel::{Ctx, Failure, Instant, NegotiationId, Outcome, TimeZone};
use mail::{Content, Outgoing};
use parties::people::{self, Member};
use serde::{Deserialize, Serialize};
use web::App;

use crate::offers::OfferRow;
use crate::requests::{Negotiation, State, actions, store};
use crate::{desk, experiments, learning, profiles, routing, simulation, words};

const EXPIRE: &str = "negotiation.expire";
const TELL_BUYER: &str = "negotiation.tell_buyer";
const TELL_REP: &str = "negotiation.tell_rep";
const LOOK: &str = "experiment.look";
const PROFILES: &str = "negotiation.profiles";
/// The hour of the merchant's night at which profiles are worked out.
const PROFILES_HOUR: i8 = 3;
const LEARN: &str = "negotiation.learn";
/// How long closed negotiations wait before something is learnt from them.
const LEARN_EVERY: i64 = 15 * Instant::MINUTE;
const TEND: &str = "negotiation.tend";
const SWEEP: &str = "negotiation.sweep";

#[derive(Serialize, Deserialize)]
struct About {
    negotiation: NegotiationId,
}

fn about(negotiation: NegotiationId) -> serde_json::Value {
    serde_json::json!({ "negotiation": negotiation })
}

pub(crate) async fn expire_later(tx: &WriteTx, ctx: &Ctx, n: &Negotiation) -> Outcome<()> {
    let Some(end) = n.expires_at else { return Ok(()) };
    Ok(tx.enqueue(ctx, EXPIRE, &about(n.id), end).await?)
}

pub(crate) async fn tell_buyer(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
    Ok(tx.enqueue(ctx, TELL_BUYER, &about(id), ctx.now).await?)
}

pub(crate) async fn tell_rep(tx: &WriteTx, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
    Ok(tx.enqueue(ctx, TELL_REP, &about(id), ctx.now).await?)
}

/// Sees to it that profiles are worked out, now where they have not been for a day, and every night; and that what became of
/// offers is learnt from. Called at every start.
///
/// # Errors
/// A fault when the database fails.
pub async fn schedule(tx: &WriteTx, ctx: &Ctx, zone: &TimeZone) -> Outcome<()> {
    let is_due = profiles::actions::due(tx, ctx.now).await?;
    let at = if is_due { ctx.now } else { next_night(ctx.now, zone) };
    tx.enqueue_once(ctx, LEARN, &serde_json::Value::Null, ctx.now).await?;
    Ok(tx.enqueue_once(ctx, PROFILES, &serde_json::Value::Null, at).await?)
}

fn next_night(now: Instant, zone: &TimeZone) -> Instant {
    let day = now.date_in(zone).plus_days(1).civil();
    let at = day.at(PROFILES_HOUR, 0, 0, 0).to_zoned(zone.clone());
    at.map_or(now.plus(Instant::DAY), |at| Instant::from_micros(at.timestamp().as_microsecond()))
}

/// Works out profiles, unless somebody has done so today, and leaves the job of the next night.
async fn profile_night(app: &App) -> Outcome<()> {
    let (ctx, zone) = (&app.system_ctx(), &i18n::time_zone(&app.settings().time_zone));
    profiles::actions::learn_sensitivities(app.db(), ctx).await?;
    app.write(|tx| async move {
        if profiles::actions::due(&tx, ctx.now).await? {
            profiles::actions::recompute(&tx, ctx).await?;
        }
        Ok(tx.enqueue_once(ctx, PROFILES, &serde_json::Value::Null, next_night(ctx.now, zone)).await?)
    })
    .await
}

/// Learns from what was closed since, and leaves the job of the next time.
async fn learn(app: &App) -> Outcome<()> {
    learning::actions::follow(app).await?;
    let ctx = &app.system_ctx();
    let again = ctx.now.plus(LEARN_EVERY);
    app.write(|tx| async move { Ok(tx.enqueue_once(ctx, LEARN, &serde_json::Value::Null, again).await?) }).await
}

#[derive(Serialize, Deserialize)]
struct Experiment {
    experiment: uuid::Uuid,
}

/// Looks at an experiment in a day.
pub(crate) async fn look_later(tx: &WriteTx, ctx: &Ctx, experiment: uuid::Uuid) -> Outcome<()> {
    let payload = serde_json::json!({ "experiment": experiment });
    Ok(tx.enqueue(ctx, LOOK, &payload, ctx.now.plus(kernel::Instant::DAY)).await?)
}

/// Looks after a waiting case at a moment.
pub(crate) async fn tend_at(tx: &WriteTx, ctx: &Ctx, id: NegotiationId, at: Instant) -> Outcome<()> {
    Ok(tx.enqueue(ctx, TEND, &about(id), at).await?)
}

/// Looks at every waiting case at a moment, unless that is to be done anyway.
pub(crate) async fn sweep_at(tx: &WriteTx, ctx: &Ctx, at: Instant) -> Outcome<()> {
    Ok(tx.enqueue_once(ctx, SWEEP, &serde_json::Value::Null, at).await?)
}

/// The handlers of this slice's jobs, for the runner of the application.
pub fn handlers(runner: jobs::Runner, app: &App) -> jobs::Runner {
    let (expiring, to_buyer, to_rep, profiling) = (app.clone(), app.clone(), app.clone(), app.clone());
    let (looking, tending, sweeping, simulating) = (app.clone(), app.clone(), app.clone(), app.clone());
    let learning = app.clone();
    let runner = crate::support::jobs::handlers(crate::quotes::jobs::handlers(runner, app), app);
    runner
        .on(simulation::jobs::SIMULATE, move |job| {
            let app = simulating.clone();
            async move { simulation::jobs::handle(&app, &job).await }
        })
        .on(PROFILES, move |_| {
            let app = profiling.clone();
            async move { profile_night(&app).await }
        })
        .on(LEARN, move |_| {
            let app = learning.clone();
            async move { learn(&app).await }
        })
        .on(TEND, move |job| {
            let app = tending.clone();
            async move { tend(&app, job.read::<About>()?.negotiation).await }
        })
        .on(SWEEP, move |_| {
            let app = sweeping.clone();
            async move { sweep(&app).await }
        })
        .on(EXPIRE, move |job| {
            let app = expiring.clone();
            async move {
                let (ctx, about) = (&app.system_ctx(), &job.read::<About>()?);
                app.write(|tx| async move { actions::expire(&tx, ctx, about.negotiation).await }).await
            }
        })
        .on(LOOK, move |job| {
            let app = looking.clone();
            async move {
                crate::tracking::actions::follow(&app).await?;
                let (ctx, about) = (&app.system_ctx(), &job.read::<Experiment>()?);
                app.write(|tx| async move { experiments::actions::look(&tx, ctx, about.experiment).await }).await
            }
        })
        .on(TELL_BUYER, move |job| {
            let app = to_buyer.clone();
            async move { send(&app, &job, mail_to_buyer).await }
        })
        .on(TELL_REP, move |job| {
            let app = to_rep.clone();
            async move { send(&app, &job, mail_to_rep).await }
        })
}

async fn tend(app: &App, id: NegotiationId) -> Outcome<()> {
    let ctx = &app.system_ctx();
    app.write(|tx| async move { routing::actions::tend(&tx, ctx, id).await }).await
}

/// Each case in a transaction of its own: one that fails is logged and holds up no other.
async fn sweep(app: &App) -> Outcome<()> {
    let ctx = &app.system_ctx();
    let waiting = app.write(|tx| async move { routing::actions::begin_sweep(&tx, ctx).await }).await?;
    for id in waiting {
        if let Err(failure) = tend(app, id).await {
            tracing::error!("looking after the case {id}: {failure:?}");
        }
    }
    Ok(())
}

/// Builds mails from what is true now and leaves them for the mailer; none when there is nothing left to say.
async fn send<F>(app: &App, job: &jobs::Job, build: F) -> Outcome<()>
where
    F: AsyncFn(&ReadTx, &App, &Negotiation) -> Outcome<Vec<Outgoing>>,
{
    let about: About = job.read()?;
    let tx = app.db().read().await?;
    let Some(n) = store::load(&tx, None, about.negotiation).await? else { return Ok(()) };
    let mails = build(&tx, app, &n).await?;
    drop(tx);
    let payloads = &mails.iter().map(Outgoing::payload).collect::<Outcome<Vec<_>>>()?;
    let ctx = &app.system_ctx();
    app.write(|tx| async move {
        for payload in payloads {
            tx.enqueue(ctx, mail::JOB, payload, ctx.now).await?;
        }
        Ok(())
    })
    .await
}

fn outgoing(to: &Member, content: Content) -> Outgoing {
    Outgoing {
        to: to.email.clone(),
        to_name: to.name.clone(),
        language: to.language.clone(),
        zone: to.time_zone.clone(),
        content,
    }
}

async fn mail_to_buyer(tx: &ReadTx, app: &App, n: &Negotiation) -> Outcome<Vec<Outgoing>> {
    let to = people::queries::member(tx, n.person).await?.ok_or(Failure::NotFound)?;
    let now = app.now();
    let answer = match n.state(now) {
        State::Agreed => mail::Answer::Agreed,
        State::Offered if n.is_unasked() => mail::Answer::Unasked,
        State::Offered => mail::Answer::Offers,
        State::Declined => mail::Answer::Declined,
        _ => return Ok(Vec::new()),
    };
    let names = words::names(tx, n).await?;
    let locale = to.locale();
    let offers: Vec<&OfferRow> = match n.agreed() {
        Some(row) => vec![row],
        None => n.standing(now).take(3).collect(),
    };
    let last = n.decisions.last();
    let rep = match last {
        Some(last) => people::queries::member(tx, last.person).await?,
        None => None,
    };
    let content = mail::NegotiationAnswered {
        answer,
        product: words::subject(&locale, n, &names),
        quantity: words::quantity(&locale, n),
        asked: words::asked(&locale, n),
        valid_until: n.expires_at.filter(|_| !offers.is_empty()).map(|end| locale.moment(end)),
        offers: offers.iter().map(|row| mail_offer(&locale, row, &names)).collect(),
        rep: rep.map(|rep| rep.name),
        comment: last.map(|last| last.message.clone()).filter(|message| !message.is_empty()),
        link: format!("{}/account/negotiations/{}", app.settings().base_url, n.id),
    };
    Ok(vec![outgoing(&to, Content::NegotiationAnswered(Box::new(content)))])
}

fn mail_offer(locale: &Locale, row: &OfferRow, names: &words::Names) -> mail::Offer {
    let offer = &row.offer;
    let saving = (row.saving().minor() > 0)
        .then(|| locale.text_with("offer-saves", &[("amount", locale.money(row.saving()).into())]));
    mail::Offer {
        title: words::title(locale, offer),
        price: words::price(locale, offer),
        condition: words::condition(locale, offer, names),
        saving,
    }
}

/// To whoever has the case; for one in the pool, to everybody who may decide it.
async fn mail_to_rep(tx: &ReadTx, app: &App, n: &Negotiation) -> Outcome<Vec<Outgoing>> {
    if n.stored_state != State::Waiting {
        return Ok(Vec::new());
    }
    let to = match n.rep {
        Some(rep) => people::queries::member(tx, rep).await?.into_iter().collect(),
        None => authorised(tx, n).await?,
    };
    let mut mails = Vec::with_capacity(to.len());
    for member in to.iter().filter(|member| !member.is_blocked) {
        mails.push(outgoing(member, Content::NegotiationWaiting(Box::new(waiting(tx, app, n, member).await?))));
    }
    Ok(mails)
}

async fn authorised(tx: &ReadTx, n: &Negotiation) -> Outcome<Vec<Member>> {
    let (staff, needed) = (people::queries::staff(tx).await?, routing::rules::needed(n));
    let decides = |member: &Member| routing::rules::level(member.roles, member.leads_sales);
    Ok(staff.into_iter().filter(|member| decides(member).is_some_and(|level| level >= needed)).collect())
}

async fn waiting(tx: &ReadTx, app: &App, n: &Negotiation, to: &Member) -> Outcome<mail::NegotiationWaiting> {
    let company = parties::companies::queries::company(tx, n.company).await?.ok_or(Failure::NotFound)?;
    let buyer = people::queries::member(tx, n.person).await?;
    let (names, locale) = (words::names(tx, n).await?, to.locale());
    Ok(mail::NegotiationWaiting {
        company: company.name,
        buyer: buyer.map_or_else(String::new, |buyer| buyer.name),
        product: words::subject(&locale, n, &names),
        quantity: words::quantity(&locale, n),
        asked: words::asked(&locale, n),
        current: words::list(&locale, n),
        value: locale.money(n.ask_value),
        promised_by: n.answer_by.map_or_else(String::new, |by| locale.moment(by)),
        comment: Some(n.comment.clone()).filter(|comment| !comment.is_empty()),
        link: format!("{}{}", app.settings().base_url, desk::href(n.id)),
    })
}
