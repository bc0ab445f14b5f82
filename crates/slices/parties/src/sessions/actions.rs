//! The verbs of signing in and out. Hashing happens before the transaction: it is slow on purpose.

use db::{Db, WriteTx};
use kernel::{Ctx, Email, Failure, Instant, Invalid, Outcome, SessionId, UserId};
use serde_json::json;

use super::passwords::{Secret, hash_password, password_fits};
use super::{Opened, SignInRefusal, rules, store};
use crate::companies;
use crate::people::{self, Member, PeopleRefusal};
use crate::sign_out::SessionEvent;

/// Opens a session for whoever knows the password. `client` is what the browser or program calls itself.
///
/// # Errors
/// [`SignInRefusal`]; invalid `email`.
pub async fn sign_in(db: &Db, ctx: &Ctx, email: &str, password: &str, client: &str) -> Outcome<Opened> {
    let email = Email::parse(email).map_err(|code| Invalid::field("email", code))?;
    let key = email.as_str();
    let (member, hash) = {
        let tx = db.read().await?;
        let (failures, last) = store::failures(&tx, key).await?;
        rules::may_try(failures, last, ctx.now)?;
        let member = people::queries::by_email(&tx, &email).await?.filter(|m| !m.is_blocked);
        let hash = match &member {
            Some(member) => people::store::password_hash(&tx, member.id).await?,
            None => None,
        };
        (member, hash)
    };
    let fits = password.len() <= rules::PASSWORD_MAX * 4 && password_fits(password, hash).await?;
    let Some(member) = member.filter(|_| fits) else {
        db.write(|tx| async move { note_failure(&tx, ctx, key).await }).await?;
        return Err(SignInRefusal::Wrong.into());
    };
    let member = &member;
    let secret = &Secret::new()?;
    db.write(|tx| async move {
        store::clear_failures(&tx, key).await?;
        open(&tx, ctx, member, secret, client).await
    })
    .await
}

async fn note_failure(tx: &WriteTx, ctx: &Ctx, key: &str) -> Outcome<()> {
    let (failures, last) = store::failures(tx, key).await?;
    store::failed(tx, key, rules::failures_after(failures, last, ctx.now), ctx.now).await
}

/// Opens a session for a person who has proved who he or she is.
///
/// # Errors
/// A fault when the database fails.
pub async fn open(tx: &WriteTx, ctx: &Ctx, member: &Member, secret: &Secret, client: &str) -> Outcome<Opened> {
    let opened =
        Opened { id: SessionId::new(ctx), token: secret.token.clone(), expires: ctx.now.plus(rules::SESSION_MICROS) };
    let client: String = client.chars().filter(|c| !c.is_control()).take(200).collect();
    store::delete_old(tx, ctx.now).await?;
    store::insert(tx, &opened, &secret.hash, member.id, ctx.actor.via.code(), &client, ctx.now).await?;
    let event = SessionEvent { kind: "session.opened", subject: opened.id.to_string(), company: member.company };
    tx.append(ctx, &event).await?;
    Ok(opened)
}

/// Mails a link to set a new password, if the address belongs to somebody. Says the same either way.
///
/// # Errors
/// Invalid `email`.
pub async fn request_reset(db: &Db, ctx: &Ctx, email: &str, base_url: &str) -> Outcome<()> {
    let email = Email::parse(email).map_err(|code| Invalid::field("email", code))?;
    let member = people::queries::by_email(&db.read().await?, &email).await?;
    let Some(member) = &member.filter(|m| !m.is_blocked) else { return Ok(()) };
    let secret = &Secret::new()?;
    db.write(|tx| async move {
        let until = ctx.now.plus(rules::RESET_MICROS);
        store::insert_reset(&tx, &secret.hash, member.id, until).await?;
        let link = format!("{base_url}/password/{}", secret.token);
        let content = mail::Content::PasswordReset(mail::PasswordReset { link, valid_until: moment(member, until) });
        enqueue_mail(&tx, ctx, member, content).await
    })
    .await
}

/// Mails a new colleague a link to set a first password.
///
/// # Errors
/// Not found; a fault when the database fails.
pub async fn invite(tx: &WriteTx, ctx: &Ctx, person: UserId, base_url: &str) -> Outcome<()> {
    let member = people::queries::member(tx, person).await?.ok_or(Failure::NotFound)?;
    let company = match member.company {
        Some(id) => companies::queries::company(tx, id).await?.map(|c| c.name).unwrap_or_default(),
        None => String::new(),
    };
    let (link, until) = first_link(tx, ctx, person, base_url).await?;
    let content = mail::Content::Welcome(mail::Welcome { company, link, valid_until: moment(&member, until) });
    enqueue_mail(tx, ctx, &member, content).await
}

/// A link by which somebody who was just added sets a first password, and until when it works.
///
/// # Errors
/// A fault when the database fails.
pub async fn first_link(tx: &WriteTx, ctx: &Ctx, person: UserId, base_url: &str) -> Outcome<(String, Instant)> {
    let secret = Secret::new()?;
    let until = ctx.now.plus(rules::INVITATION_MICROS);
    store::insert_reset(tx, &secret.hash, person, until).await?;
    Ok((format!("{base_url}/password/{}", secret.token), until))
}

fn moment(member: &Member, at: kernel::Instant) -> String {
    member.locale().moment(at)
}

async fn enqueue_mail(tx: &WriteTx, ctx: &Ctx, member: &Member, content: mail::Content) -> Outcome<()> {
    let outgoing = mail::Outgoing {
        to: member.email.clone(),
        to_name: member.name.clone(),
        language: member.language.clone(),
        zone: member.time_zone.clone(),
        content,
    };
    tx.enqueue(ctx, mail::JOB, &json!(outgoing), ctx.now).await?;
    Ok(())
}

/// Whether a mailed link still works.
///
/// # Errors
/// A fault when the database fails.
pub async fn is_link_alive(db: &Db, ctx: &Ctx, token: &str) -> Outcome<bool> {
    Ok(store::reset(&db.read().await?, token, ctx.now).await?.is_some())
}

/// Sets the password of whoever holds a mailed link, ends all sessions and all other links of that person.
///
/// # Errors
/// [`SignInRefusal::LinkEnded`]; invalid `password`.
pub async fn set_password_by_link(db: &Db, ctx: &Ctx, token: &str, password: &str) -> Outcome<()> {
    let mut invalid = Invalid::default();
    invalid.take("password", rules::check_password(password));
    invalid.check()?;
    let hash = &hash_password(password).await?;
    db.write(|tx| async move {
        let person = store::reset(&tx, token, ctx.now).await?.ok_or(SignInRefusal::LinkEnded.refused())?;
        let member = people::queries::member(&tx, person).await?.ok_or(Failure::NotFound)?;
        store::use_resets(&tx, person, ctx.now).await?;
        store::clear_failures(&tx, member.email.as_str()).await?;
        people::actions::set_password(&tx, ctx, &member, hash).await
    })
    .await
}

/// Changes the actor's own password and ends all sessions, this one too.
///
/// # Errors
/// [`PeopleRefusal::WrongPassword`]; [`SignInRefusal::Throttled`]; invalid `new_password`.
pub async fn change_password(db: &Db, ctx: &Ctx, present: &str, new: &str) -> Outcome<()> {
    let person = ctx.actor.user()?;
    let mut invalid = Invalid::default();
    invalid.take("new_password", rules::check_password(new));
    invalid.check()?;
    let (member, hash, failures, last) = {
        let tx = db.read().await?;
        let member = people::queries::member(&tx, person).await?.ok_or(Failure::NotFound)?;
        let hash = people::store::password_hash(&tx, person).await?;
        let (failures, last) = store::failures(&tx, member.email.as_str()).await?;
        (member, hash, failures, last)
    };
    rules::may_try(failures, last, ctx.now)?;
    let key = member.email.as_str();
    if !password_fits(present, hash).await? {
        db.write(|tx| async move { note_failure(&tx, ctx, key).await }).await?;
        return Err(PeopleRefusal::WrongPassword.into());
    }
    let (member, hash) = (&member, &hash_password(new).await?);
    db.write(|tx| async move { people::actions::set_password(&tx, ctx, member, hash).await }).await
}
