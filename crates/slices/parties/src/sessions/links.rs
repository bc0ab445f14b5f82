//! Mailed links: a forgotten password, an invitation.
//!
//! Who asks for a link is told the same whether the address belongs to anybody or not, and as quickly: all that a request
//! does is to leave a job with what was typed, and the job looks who it is.

use std::net::IpAddr;

use db::{Db, WriteTx};
use kernel::{CompanyId, Ctx, Email, Failure, Instant, Invalid, Outcome, UserId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::App;

use super::gate::{Lane, Place};
use super::passwords::Secret;
use super::throttle::{self, Counted};
use super::{rules, store};
use crate::companies;
use crate::people::{self, Member, PeopleRefusal};

/// The job that mails a link to whoever has an address.
pub const JOB: &str = "parties.reset";

/// What is left for the job.
#[derive(Debug, Serialize, Deserialize)]
struct Asked {
    email: Email,
}

/// Has a link mailed to set a new password, if the address belongs to somebody. Says the same either way.
///
/// # Errors
/// Invalid `email`; [`super::SignInRefusal::Throttled`] when many were asked for from this address;
/// [`super::SignInRefusal::Busy`].
pub async fn request_reset(db: &Db, ctx: &Ctx, email: &str, address: IpAddr) -> Outcome<()> {
    let email = Email::parse(email).map_err(|code| Invalid::field("email", code))?;
    // The same short queue as for strangers who sign in: whoever has no account must not keep the database busy.
    let _place = Place::take(Lane::Strangers, address)?;
    let (counted, payload) = (&Counted::mail(address), &json!(Asked { email }));
    let wait = db.write(|tx| async move {
        let wait = counted.count(&tx, ctx).await?;
        if wait == 0 {
            tx.enqueue(ctx, JOB, payload, ctx.now).await?;
        }
        Ok(wait)
    });
    match wait.await? {
        0 => Ok(()),
        seconds => Err(throttle::wait(seconds).into()),
    }
}

/// The handlers of this capability, for the runner of the application.
pub(crate) fn handlers(runner: jobs::Runner, app: &App) -> jobs::Runner {
    let app = app.clone();
    runner.on(JOB, move |job: jobs::Job| {
        let app = app.clone();
        async move {
            let Asked { email } = &job.read()?;
            let (ctx, base_url) = (&app.system_ctx(), &app.settings().base_url);
            app.write(|tx| async move { mail_resets(&tx, ctx, email, base_url).await }).await
        }
    })
}

/// Mails a link to each person who has this address and is not blocked, but not again so soon: otherwise anybody could fill
/// anybody's mailbox. The new link ends those before it.
///
/// # Errors
/// A fault when the database fails.
pub async fn mail_resets(tx: &WriteTx, ctx: &Ctx, email: &Email, base_url: &str) -> Outcome<()> {
    for member in people::queries::by_email(tx, email).await?.iter().filter(|member| !member.is_blocked) {
        let (today, last) = store::resets_since(tx, member.id, ctx.now.plus(-Instant::DAY)).await?;
        if ctx.now.since(last) < rules::RESET_EVERY || today >= rules::RESETS_PER_DAY {
            continue;
        }
        let secret = Secret::new()?;
        let until = ctx.now.plus(rules::RESET_MICROS);
        store::use_resets(tx, member.id, ctx.now).await?;
        store::insert_reset(tx, &secret.hash, member.id, until, ctx.now).await?;
        let link = format!("{base_url}/password/{}", secret.token);
        let valid_until = member.locale().moment(until);
        let content = mail::Content::PasswordReset(mail::PasswordReset { link, valid_until });
        enqueue_mail(tx, ctx, member, content).await?;
    }
    Ok(())
}

/// Mails a new colleague a link to set a first password. A company's own admins may do so a number of times a day.
///
/// # Errors
/// [`PeopleRefusal::TooManyInvitations`]; not found; a fault when the database fails.
pub async fn invite(tx: &WriteTx, ctx: &Ctx, person: UserId, base_url: &str) -> Outcome<()> {
    let member = people::queries::member(tx, person).await?.ok_or(Failure::NotFound)?;
    let company = match member.company {
        Some(id) => {
            check_invitations(tx, ctx, id).await?;
            companies::queries::company(tx, id).await?.map(|c| c.name).unwrap_or_default()
        }
        None => String::new(),
    };
    let (link, until) = first_link(tx, ctx, person, base_url).await?;
    let valid_until = member.locale().moment(until);
    let content = mail::Content::Welcome(mail::Welcome { company, link, valid_until });
    enqueue_mail(tx, ctx, &member, content).await
}

/// The person who is invited is there already, and counts.
async fn check_invitations(tx: &WriteTx, ctx: &Ctx, company: CompanyId) -> Outcome<()> {
    if ctx.actor.may(kernel::Permission::ManageCompanies) {
        return Ok(());
    }
    // The number is not used; taking it holds the company's invitations until commit, so that many at once are counted too.
    tx.next_number(&format!("invitations of {company}")).await?;
    let today = people::queries::added_since(tx, company, ctx.now.plus(-Instant::DAY)).await?;
    if today > rules::INVITATIONS_PER_DAY {
        let most = rules::INVITATIONS_PER_DAY.to_string();
        return Err(PeopleRefusal::TooManyInvitations.refused().with("most", most).into());
    }
    Ok(())
}

/// A link by which somebody who was just added sets a first password, and until when it works.
///
/// # Errors
/// A fault when the database fails.
pub async fn first_link(tx: &WriteTx, ctx: &Ctx, person: UserId, base_url: &str) -> Outcome<(String, Instant)> {
    let secret = Secret::new()?;
    let until = ctx.now.plus(rules::INVITATION_MICROS);
    store::insert_reset(tx, &secret.hash, person, until, ctx.now).await?;
    Ok((format!("{base_url}/password/{}", secret.token), until))
}

/// Leaves a mail to a person. A name that a mail program would make a link of, from before such names were refused, is not
/// repeated.
pub(super) async fn enqueue_mail(tx: &WriteTx, ctx: &Ctx, member: &Member, content: mail::Content) -> Outcome<()> {
    let is_plain = kernel::text::person_name(&member.name).is_ok();
    let outgoing = mail::Outgoing {
        to: member.email.clone(),
        to_name: if is_plain { member.name.clone() } else { member.email.to_string() },
        language: member.language.clone(),
        zone: member.time_zone.clone(),
        content,
    };
    tx.enqueue(ctx, mail::JOB, &json!(outgoing), ctx.now).await?;
    Ok(())
}
