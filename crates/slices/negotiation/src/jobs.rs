//! Work after commit: mails to the buyer and to the rep, and writing down that offers have run out.

use db::{ReadTx, WriteTx};
use i18n::Locale;
use kernel::{Ctx, Failure, Instant, NegotiationId, Outcome, TimeZone};
use mail::{Content, Outgoing};
use parties::people::{self, Member};
use serde::{Deserialize, Serialize};
use web::App;

use crate::engine::Offer;
use crate::requests::{Negotiation, State, actions, store};
use crate::{desk, experiments, profiles, simulation, words};

const EXPIRE: &str = "negotiation.expire";
const TELL_BUYER: &str = "negotiation.tell_buyer";
const TELL_REP: &str = "negotiation.tell_rep";
const LOOK: &str = "experiment.look";
const PROFILES: &str = "negotiation.profiles";
/// The hour of the merchant's night at which profiles are worked out.
const PROFILES_HOUR: i8 = 3;

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

/// Sees to it that profiles are worked out: now where they have not been for a day, and every night. Called at every start.
///
/// # Errors
/// A fault when the database fails.
pub async fn schedule(tx: &WriteTx, ctx: &Ctx, zone: &TimeZone) -> Outcome<()> {
    let is_due = profiles::actions::due(tx, ctx.now).await?;
    let at = if is_due { ctx.now } else { next_night(ctx.now, zone) };
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
    app.write(|tx| async move {
        if profiles::actions::due(&tx, ctx.now).await? {
            profiles::actions::recompute(&tx, ctx).await?;
        }
        Ok(tx.enqueue_once(ctx, PROFILES, &serde_json::Value::Null, next_night(ctx.now, zone)).await?)
    })
    .await
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

/// The handlers of this slice's jobs, for the runner of the application.
pub fn handlers(runner: jobs::Runner, app: &App) -> jobs::Runner {
    let (expiring, to_buyer, to_rep) = (app.clone(), app.clone(), app.clone());
    let (profiling, looking, simulating) = (app.clone(), app.clone(), app.clone());
    runner
        .on(simulation::jobs::SIMULATE, move |job| {
            let app = simulating.clone();
            async move { simulation::jobs::handle(&app, &job).await }
        })
        .on(PROFILES, move |_| {
            let app = profiling.clone();
            async move { profile_night(&app).await }
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

/// Builds the mail from what is true now and leaves it for the mailer; nothing when there is nothing left to say.
async fn send<F>(app: &App, job: &jobs::Job, build: F) -> Outcome<()>
where
    F: AsyncFn(&ReadTx, &App, &Negotiation) -> Outcome<Option<Outgoing>>,
{
    let about: About = job.read()?;
    let tx = app.db().read().await?;
    let Some(n) = store::load(&tx, None, about.negotiation).await? else { return Ok(()) };
    let mail = build(&tx, app, &n).await?;
    drop(tx);
    let Some(mail) = &mail else { return Ok(()) };
    let (ctx, payload) = (&app.system_ctx(), &mail.payload()?);
    app.write(|tx| async move { Ok(tx.enqueue(ctx, mail::JOB, payload, ctx.now).await?) }).await
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

async fn mail_to_buyer(tx: &ReadTx, app: &App, n: &Negotiation) -> Outcome<Option<Outgoing>> {
    let to = people::queries::member(tx, n.person).await?.ok_or(Failure::NotFound)?;
    let now = app.now();
    let answer = match n.state(now) {
        State::Agreed => mail::Answer::Agreed,
        State::Offered => mail::Answer::Offers,
        State::Declined => mail::Answer::Declined,
        _ => return Ok(None),
    };
    let names = words::names(tx, n).await?;
    let locale = to.locale();
    let offers: Vec<&Offer> = match n.agreed() {
        Some(row) => vec![&row.offer],
        None => n.standing(now).map(|row| &row.offer).take(3).collect(),
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
        offers: offers.iter().map(|offer| mail_offer(&locale, offer, &names)).collect(),
        rep: rep.map(|rep| rep.name),
        comment: last.map(|last| last.message.clone()).filter(|message| !message.is_empty()),
        link: format!("{}/account/negotiations/{}", app.settings().base_url, n.id),
    };
    Ok(Some(outgoing(&to, Content::NegotiationAnswered(Box::new(content)))))
}

fn mail_offer(locale: &Locale, offer: &Offer, names: &words::Names) -> mail::Offer {
    let saving = (offer.saving.minor() > 0)
        .then(|| locale.text_with("offer-saves", &[("amount", locale.money(offer.saving).into())]));
    mail::Offer {
        title: words::title(locale, offer),
        price: words::price(locale, offer),
        condition: words::condition(locale, offer, names),
        saving,
    }
}

async fn mail_to_rep(tx: &ReadTx, app: &App, n: &Negotiation) -> Outcome<Option<Outgoing>> {
    let (Some(rep), State::Waiting) = (n.rep, n.stored_state) else { return Ok(None) };
    let to = people::queries::member(tx, rep).await?.ok_or(Failure::NotFound)?;
    let company = parties::companies::queries::company(tx, n.company).await?.ok_or(Failure::NotFound)?;
    let buyer = people::queries::member(tx, n.person).await?;
    let (names, locale) = (words::names(tx, n).await?, to.locale());
    let content = mail::NegotiationWaiting {
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
    };
    Ok(Some(outgoing(&to, Content::NegotiationWaiting(Box::new(content)))))
}
