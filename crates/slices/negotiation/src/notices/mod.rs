//! Mails about a negotiation: to the buyer when there is an answer that nobody saw on a page, to the rep when a case waits.

use db::ReadTx;
use i18n::Locale;
use kernel::{Failure, Outcome};
use mail::{Content, Outgoing};
use parties::people::{self, Member};
use terms::words;
use web::App;

use crate::negotiations::jobs::{About, TELL_BUYER, TELL_REP};
use crate::negotiations::{self, Negotiation, State, rules, store, summary};
use crate::offers::OfferRow;
use crate::routing;

/// The handlers of this capability, for the runner of the application.
pub(crate) fn handlers(runner: jobs::Runner, app: &App) -> jobs::Runner {
    let runner = runner.on_with(TELL_BUYER, app, |app, job| async move { send(&app, &job, mail_to_buyer).await });
    runner.on_with(TELL_REP, app, |app, job| async move { send(&app, &job, mail_to_rep).await })
}

/// Builds mails from what is true now and leaves them for the mailer; none when there is nothing left to say.
async fn send<F>(app: &App, job: &jobs::Job, build: F) -> Outcome<()>
where
    F: AsyncFn(&ReadTx, &App, &Negotiation) -> Outcome<Vec<Outgoing>>,
{
    let about: About = job.read()?;
    let tx = app.db().read().await?;
    let Some(n) = store::load(&tx, None, about.negotiation).await? else { return Ok(()) };
    if about.decided.is_some_and(|at| !rules::is_to_tell(&n, at)) {
        return Ok(());
    }
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
    let names = summary::names(tx, n).await?;
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
        product: summary::subject(&locale, n, &names),
        quantity: summary::quantity(&locale, n),
        asked: summary::asked(&locale, n),
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
    let (names, locale) = (summary::names(tx, n).await?, to.locale());
    Ok(mail::NegotiationWaiting {
        company: company.name,
        buyer: buyer.map_or_else(String::new, |buyer| buyer.name),
        product: summary::subject(&locale, n, &names),
        quantity: summary::quantity(&locale, n),
        asked: summary::asked(&locale, n),
        current: summary::list(&locale, n),
        value: locale.money(n.ask_value),
        promised_by: n.answer_by.map_or_else(String::new, |by| locale.moment(by)),
        comment: Some(n.comment.clone()).filter(|comment| !comment.is_empty()),
        link: format!("{}{}", app.settings().base_url, negotiations::desk_href(n.id)),
    })
}
