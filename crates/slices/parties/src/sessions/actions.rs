//! The verbs of signing in and out. Hashing happens outside of transactions: it is slow on purpose. What it is tried with was
//! counted before.

use std::net::IpAddr;

use db::{Db, ReadTx, WriteTx};
use kernel::{Ctx, Email, Failure, Invalid, Outcome, SessionId, UserId};

use super::gate::{Lane, Place};
use super::passwords::{Secret, password_fits};
use super::throttle::{self, Counted, Standing};
use super::{Opened, SignInRefusal, links, rules, store};
use crate::companies;
use crate::people::{self, Member, PeopleRefusal};
use crate::sign_out::{self, SessionEvent};

/// Who tries to sign in, and from where.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// The e-mail address as typed.
    pub email: &'a str,
    /// The password as typed.
    pub password: &'a str,
    /// The customer number of the company to act for, where the address acts for several, or [`STAFF`]; empty when it was not
    /// asked.
    pub company: &'a str,
    /// From where.
    pub from: Origin<'a>,
}

/// From where somebody comes.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The network address.
    pub address: IpAddr,
    /// The mark by which a browser is known again; `None` for one that brings none, and for programs.
    pub mark: Option<&'a str>,
    /// What the browser or program calls itself.
    pub client: &'a str,
    /// The session that this browser has so far; it ends.
    pub replaces: Option<(SessionId, UserId)>,
}

/// What stands in place of a customer number for the seller's own people.
pub const STAFF: &str = "-";

/// Somebody who has this address, and what the password must fit.
struct Candidate {
    member: Member,
    hash: Option<String>,
    company_number: String,
    standing: Standing,
}

/// Opens a session for whoever knows the password. The try counts before the password is looked at.
///
/// # Errors
/// [`SignInRefusal`]; invalid `email`.
pub async fn sign_in(db: &Db, ctx: &Ctx, attempt: &Attempt<'_>) -> Outcome<Opened> {
    let email = Email::parse(attempt.email).map_err(|code| Invalid::field("email", code))?;
    let from = &attempt.from;
    let candidates = candidates(&db.read().await?, ctx, &email, from).await?;
    let standing = standing(&candidates);
    let lane = if standing == Standing::Nowhere { Lane::Strangers } else { Lane::Known };
    let place = Place::take(lane, from.address).inspect_err(|refused| note_refused(ctx, from, refused.code))?;
    let counted = &Counted::sign_in(standing, email.as_str(), from.address, from.mark);
    count(db, ctx, counted).await.inspect_err(|_| note_refused(ctx, from, "sign-in-throttled"))?;
    let fitting = fitting(&place, candidates, attempt.password).await?;
    drop(place);
    let Some(first) = fitting.first() else {
        note_refused(ctx, from, "sign-in-wrong");
        return Err(SignInRefusal::Wrong.into());
    };
    let several = fitting.len() > 1;
    let wanted = fitting.iter().find(|one| several && one.company_number == attempt.company);
    let chosen = wanted.or((!several).then_some(first)).map(|one| &one.member);
    let secret = &Secret::new()?;
    let opened = db.write(|tx| async move {
        counted.give_back(&tx, ctx).await?;
        let Some(member) = chosen else { return Ok(None) };
        enter(&tx, ctx, member, secret, from).await.map(Some)
    });
    match opened.await? {
        Some(opened) => Ok(opened),
        None => Err(choose(db, &fitting).await?),
    }
}

/// The session itself, and that this place is known from now on.
async fn enter(tx: &WriteTx, ctx: &Ctx, member: &Member, secret: &Secret, from: &Origin<'_>) -> Outcome<Opened> {
    if let Some((old, of)) = from.replaces {
        sign_out::replace(tx, ctx, old, of).await?;
    }
    for mark in marks(from) {
        store::know(tx, member.id, &mark, ctx.now).await?;
    }
    open(tx, ctx, member, secret, from.client).await
}

/// By what this place is known again: the network address, and the browser's mark.
fn marks(from: &Origin<'_>) -> impl Iterator<Item = String> {
    let address = Secret::hash_of(&format!("address {}", web::network(from.address)));
    from.mark.map(Secret::hash_of).into_iter().chain([address])
}

async fn candidates(tx: &ReadTx, ctx: &Ctx, email: &Email, from: &Origin<'_>) -> Outcome<Vec<Candidate>> {
    let mut all = Vec::new();
    for member in people::queries::by_email(tx, email).await?.into_iter().filter(|m| !m.is_blocked) {
        let company = match member.company {
            Some(id) => companies::queries::company(tx, id).await?,
            None => None,
        };
        let mut standing = Standing::Nowhere;
        let by_browser = from.mark.map(Secret::hash_of);
        for (mark, known_by) in marks(from).zip(by_browser.iter().map(|_| Standing::Browser).chain([Standing::Address]))
        {
            if standing == Standing::Nowhere && store::knows(tx, member.id, &mark, ctx.now).await? {
                standing = known_by;
            }
        }
        let hash = people::store::password_hash(tx, member.id).await?;
        let company_number = company.map_or_else(|| STAFF.to_owned(), |c| c.number);
        all.push(Candidate { member, hash, company_number, standing });
        if all.len() == rules::COMPANIES_MAX {
            break;
        }
    }
    Ok(all)
}

/// The best standing of any of them: who is known as one is known.
fn standing(candidates: &[Candidate]) -> Standing {
    let has = |wanted| candidates.iter().any(|one| one.standing == wanted);
    [Standing::Browser, Standing::Address].into_iter().find(|wanted| has(*wanted)).unwrap_or(Standing::Nowhere)
}

/// Counts a try, or says how long to wait.
async fn count(db: &Db, ctx: &Ctx, counted: &Counted) -> Outcome<()> {
    match db.write(|tx| async move { counted.count(&tx, ctx).await }).await? {
        0 => Ok(()),
        seconds => Err(throttle::wait(seconds).into()),
    }
}

/// Those whom the password fits. All are tried, and somebody who is not there is tried as well: how long it takes tells nobody
/// who has an account.
async fn fitting(place: &Place, candidates: Vec<Candidate>, password: &str) -> Outcome<Vec<Candidate>> {
    if password.len() > rules::PASSWORD_MAX * 4 {
        return Ok(Vec::new());
    }
    if candidates.is_empty() {
        password_fits(place, password, None).await?;
    }
    let mut fitting = Vec::new();
    for candidate in candidates {
        if password_fits(place, password, candidate.hash.clone()).await? {
            fitting.push(candidate);
        }
    }
    Ok(fitting)
}

/// The companies among which somebody has to choose, who has proved to be one of their people.
async fn choose(db: &Db, fitting: &[Candidate]) -> Outcome<Failure> {
    let tx = db.read().await?;
    let mut names = Vec::new();
    for candidate in fitting {
        let company = match candidate.member.company {
            Some(id) => companies::queries::company(&tx, id).await?,
            None => None,
        };
        names.push(company.map_or_else(|| STAFF.to_owned(), |c| format!("{} {}", c.number, c.name)));
    }
    let refused = SignInRefusal::ChooseCompany.refused().with("companies", names.join("; "));
    Ok(names.into_iter().fold(refused, |refused, name| refused.with("company", name)).into())
}

/// A trace in the log for whoever looks after the installation. Whom it was about is not said: it may be a password.
fn note_refused(ctx: &Ctx, from: &Origin<'_>, code: &'static str) {
    tracing::warn!(
        request.id = %ctx.request_id,
        client.address = %from.address,
        refusal.code = code,
        "a sign-in was refused"
    );
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
    tracing::info!(request.id = %ctx.request_id, person.id = %member.id, session.id = %opened.id, "somebody signed in");
    Ok(opened)
}

/// Whether a mailed link still works.
///
/// # Errors
/// A fault when the database fails.
pub async fn is_link_alive(db: &Db, ctx: &Ctx, token: &str) -> Outcome<bool> {
    Ok(store::reset(&db.read().await?, token, ctx.now).await?.is_some())
}

/// Sets the password of whoever holds a mailed link, ends all sessions and all other links of that person. The browser in which
/// it is done is known from now on: who reads the mail is who it is about.
///
/// # Errors
/// [`SignInRefusal::LinkEnded`]; [`SignInRefusal::Busy`]; invalid `password`.
pub async fn set_password_by_link(
    db: &Db,
    ctx: &Ctx,
    token: &str,
    password: &str,
    from: &Origin<'_>,
    base_url: &str,
) -> Outcome<()> {
    // Without a link nothing is hashed: hashing is what costs.
    let (member, about) = {
        let tx = db.read().await?;
        let person = store::reset(&tx, token, ctx.now).await?.ok_or(SignInRefusal::LinkEnded.refused())?;
        let member = people::queries::member(&tx, person).await?.ok_or(Failure::NotFound)?;
        let about = about(&tx, &member).await?;
        (member, about)
    };
    check_new(password, "password", &about)?;
    let hash = &super::passwords::hash_new(&Place::take(Lane::Known, from.address)?, password).await?;
    let id = member.id;
    db.write(|tx| async move {
        if store::reset(&tx, token, ctx.now).await? != Some(id) {
            return Err(SignInRefusal::LinkEnded.into());
        }
        let member = people::queries::member(&tx, id).await?.ok_or(Failure::NotFound)?;
        store::use_resets(&tx, id, ctx.now).await?;
        throttle::forgive(&tx, member.email.as_str(), from.address, from.mark).await?;
        for mark in marks(from) {
            store::know(&tx, id, &mark, ctx.now).await?;
        }
        set_password(&tx, ctx, &member, hash, base_url).await
    })
    .await
}

/// Changes the actor's own password and ends all sessions, this one too.
///
/// # Errors
/// [`PeopleRefusal::WrongPassword`]; [`SignInRefusal::Throttled`]; [`SignInRefusal::Busy`]; invalid `new_password`.
pub async fn change_password(
    db: &Db,
    ctx: &Ctx,
    present: &str,
    new: &str,
    address: IpAddr,
    base_url: &str,
) -> Outcome<()> {
    let person = ctx.actor.user()?;
    let (hash, about) = {
        let tx = db.read().await?;
        let member = people::queries::member(&tx, person).await?.ok_or(Failure::NotFound)?;
        (people::store::password_hash(&tx, person).await?, about(&tx, &member).await?)
    };
    check_new(new, "new_password", &about)?;
    let place = Place::take(Lane::Known, address)?;
    let counted = &Counted::change(person);
    count(db, ctx, counted).await?;
    if present.len() > rules::PASSWORD_MAX * 4 || !password_fits(&place, present, hash).await? {
        tracing::warn!(request.id = %ctx.request_id, person.id = %person, client.address = %address, "a change of password was refused");
        return Err(PeopleRefusal::WrongPassword.into());
    }
    let hash = &super::passwords::hash_new(&place, new).await?;
    db.write(|tx| async move {
        counted.give_back(&tx, ctx).await?;
        let member = people::queries::member(&tx, person).await?.ok_or(Failure::NotFound)?;
        set_password(&tx, ctx, &member, hash, base_url).await
    })
    .await
}

/// Sets the password, and mails its owner that this was done unless it is the first.
async fn set_password(tx: &WriteTx, ctx: &Ctx, member: &Member, hash: &str, base_url: &str) -> Outcome<()> {
    let is_first = people::store::password_hash(tx, member.id).await?.is_none();
    people::actions::set_password(tx, ctx, member, hash).await?;
    tracing::info!(request.id = %ctx.request_id, person.id = %member.id, "a password was set");
    if is_first {
        return Ok(());
    }
    let at = member.locale().moment(ctx.now);
    let content = mail::Content::PasswordChanged(mail::PasswordChanged { at, link: format!("{base_url}/password") });
    links::enqueue_mail(tx, ctx, member, content).await
}

fn check_new(password: &str, field: &str, about: &[String]) -> Outcome<()> {
    let about: Vec<&str> = about.iter().map(String::as_str).collect();
    let mut invalid = Invalid::default();
    invalid.take(field, rules::check_password(password, &about));
    invalid.check()
}

/// What everybody connects with a person.
async fn about(tx: &ReadTx, member: &Member) -> Outcome<Vec<String>> {
    let company = match member.company {
        Some(id) => companies::queries::company(tx, id).await?.map(|c| c.name),
        None => None,
    };
    Ok([Some(member.name.clone()), Some(member.email.to_string()), company].into_iter().flatten().collect())
}
