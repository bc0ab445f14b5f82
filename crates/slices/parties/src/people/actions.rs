//! Changing people.

use db::WriteTx;
use kernel::{CompanyId, Ctx, Failure, Fault, Invalid, Outcome, Permission, Role, Roles, UnitId, UserId, text};

use super::{Member, NewMember, PeopleRefusal, PersonEvent, queries, store};
use crate::{sign_out, units};

/// Adds a person. Company admins add people of their own company, merchant admins anyone.
///
/// # Errors
/// Invalid fields (`name`, `title`, `phone`, `roles`, `unit`, `email` when the company has it); the refusal `not-allowed`.
pub async fn create(tx: &WriteTx, ctx: &Ctx, new: &NewMember) -> Outcome<UserId> {
    match new.company {
        Some(company) => units::may_manage(ctx, company)?,
        None => ctx.actor.must(Permission::RunSystem)?,
    }
    let new = &checked(new)?;
    check_unit(tx, new.company, new.unit).await?;
    let made = create_unchecked(tx, ctx, std::slice::from_ref(new)).await?;
    made.into_iter().next().ok_or_else(|| Fault::new("a person who was written has no id").into())
}

/// Name, title, telephone and roles as they are stored, if they may be.
fn checked(new: &NewMember) -> Outcome<NewMember> {
    let mut invalid = Invalid::default();
    let texts = texts(&mut invalid, &new.name, &new.title, &new.phone);
    invalid.check()?;
    check_roles(new.company.is_some(), new.roles)?;
    let (name, title, phone) = texts;
    Ok(NewMember { name, title, phone, ..new.clone() })
}

/// What people write about somebody; wrong ones are noted and empty.
fn texts(invalid: &mut Invalid, name: &str, title: &str, phone: &str) -> (String, String, String) {
    let name = invalid.take("name", text::person_name(name)).unwrap_or_default();
    let title = invalid.take("title", text::line(title, text::NAME_MAX)).unwrap_or_default();
    let phone = invalid.take("phone", text::line(phone, text::CODE_MAX)).unwrap_or_default();
    (name, title, phone)
}

/// Adds many people with few statements, for imports by the system.
///
/// # Errors
/// As [`create`].
pub async fn create_many(tx: &WriteTx, ctx: &Ctx, new: &[NewMember]) -> Outcome<Vec<UserId>> {
    ctx.actor.must(Permission::RunSystem)?;
    let mut all = Vec::with_capacity(new.len());
    for member in new {
        let member = checked(member)?;
        check_unit(tx, member.company, member.unit).await?;
        all.push(member);
    }
    create_unchecked(tx, ctx, &all).await
}

async fn create_unchecked(tx: &WriteTx, ctx: &Ctx, new: &[NewMember]) -> Outcome<Vec<UserId>> {
    let rows: Vec<(UserId, NewMember)> = new.iter().map(|m| (UserId::new(ctx), m.clone())).collect();
    let done = store::insert_many(tx, ctx, &rows).await;
    done.map_err(|e| e.on_unique(|| Invalid::field("email", "taken").into()))?;
    for (id, member) in &rows {
        tx.append(ctx, &PersonEvent { kind: "person.created", id: *id, company: member.company }).await?;
    }
    Ok(rows.into_iter().map(|(id, _)| id).collect())
}

fn check_roles(in_company: bool, roles: Roles) -> Outcome<()> {
    let fits = |role: Role| role.is_staff() != in_company;
    if roles.iter().next().is_some() && roles.iter().all(fits) {
        Ok(())
    } else {
        Err(Invalid::field("roles", "roles").into())
    }
}

/// A unit must be one of the person's own company; the seller's people have none.
async fn check_unit(tx: &WriteTx, company: Option<CompanyId>, unit: Option<UnitId>) -> Outcome<()> {
    let Some(unit) = unit else { return Ok(()) };
    match company {
        Some(company) => units::must_be_of(tx, company, unit).await,
        None => Err(Invalid::field("unit", "choice").into()),
    }
}

/// The person, if the actor may change him or her.
async fn managed(tx: &WriteTx, ctx: &Ctx, id: UserId) -> Outcome<Member> {
    let member = queries::member(tx, id).await?.ok_or(Failure::NotFound)?;
    match member.company {
        Some(company) => units::may_manage(ctx, company)?,
        None => ctx.actor.must(Permission::RunSystem)?,
    }
    Ok(member)
}

/// Gives a person other roles and another unit.
///
/// # Errors
/// [`PeopleRefusal`]; invalid `roles` or `unit`; not found.
pub async fn set_roles(tx: &WriteTx, ctx: &Ctx, id: UserId, roles: Roles, unit: Option<UnitId>) -> Outcome<()> {
    let member = managed(tx, ctx, id).await?;
    check_roles(member.company.is_some(), roles)?;
    let was_admin = member.roles.has(Role::CompanyAdmin) || member.roles.has(Role::MerchantAdmin);
    let is_admin = roles.has(Role::CompanyAdmin) || roles.has(Role::MerchantAdmin);
    if ctx.actor.user == Some(id) && was_admin && !is_admin {
        return Err(PeopleRefusal::Yourself.into());
    }
    check_unit(tx, member.company, unit).await?;
    let company = member.company;
    store::update(tx, &Member { roles, unit, ..member }).await?;
    tx.append(ctx, &PersonEvent { kind: "person.changed", id, company }).await?;
    Ok(())
}

/// Blocks a person: no more signing in, and every session ends. Or lets the person in again.
///
/// # Errors
/// [`PeopleRefusal`]; not found.
pub async fn set_blocked(tx: &WriteTx, ctx: &Ctx, id: UserId, is_blocked: bool) -> Outcome<()> {
    let member = managed(tx, ctx, id).await?;
    if ctx.actor.user == Some(id) {
        return Err(PeopleRefusal::Yourself.into());
    }
    if member.is_erased() {
        return Err(Failure::NotFound);
    }
    store::set_blocked(tx, &member, is_blocked.then_some(ctx.now)).await?;
    if is_blocked {
        sign_out::end_all(tx, ctx, id).await?;
    }
    let kind = if is_blocked { "person.blocked" } else { "person.unblocked" };
    tx.append(ctx, &PersonEvent { kind, id, company: member.company }).await?;
    Ok(())
}

/// Deletes the personal data of somebody who is blocked: name, address, title, telephone, password, where the person signed in.
/// What the person ordered and negotiated stays, as that of somebody without a name.
///
/// # Errors
/// [`PeopleRefusal::NotBlocked`]; not found.
pub async fn erase(tx: &WriteTx, ctx: &Ctx, id: UserId) -> Outcome<()> {
    let member = managed(tx, ctx, id).await?;
    if !member.is_blocked {
        return Err(PeopleRefusal::NotBlocked.into());
    }
    if member.is_erased() {
        return Err(Failure::NotFound);
    }
    store::erase(tx, id, &format!("{id}{}", super::ERASED)).await?;
    sign_out::end_all(tx, ctx, id).await?;
    tx.append(ctx, &PersonEvent { kind: "person.erased", id, company: member.company }).await?;
    Ok(())
}

/// What people change about themselves.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The name.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// Language code.
    pub language: String,
    /// IANA time zone.
    pub time_zone: String,
}

/// Changes the actor's own profile.
///
/// # Errors
/// Invalid fields; the refusal `sign-in-required`.
pub async fn change_profile(tx: &WriteTx, ctx: &Ctx, profile: &Profile) -> Outcome<()> {
    let member = queries::member(tx, ctx.actor.user()?).await?.ok_or(Failure::NotFound)?;
    let mut invalid = Invalid::default();
    let (name, _, phone) = texts(&mut invalid, &profile.name, "", &profile.phone);
    if i18n::Language::parse(&profile.language).is_none() {
        invalid = invalid.and("language", "choice", Vec::new());
    }
    if i18n::Locale::new(i18n::Language::En, &profile.time_zone).zone_name() != profile.time_zone {
        invalid = invalid.and("time_zone", "time-zone", Vec::new());
    }
    invalid.check()?;
    let (id, company) = (member.id, member.company);
    let changed =
        Member { name, phone, language: profile.language.clone(), time_zone: profile.time_zone.clone(), ..member };
    store::update(tx, &changed).await?;
    tx.append(ctx, &PersonEvent { kind: "person.changed", id, company }).await?;
    Ok(())
}

/// Sets the language of the actor's own profile.
///
/// # Errors
/// Invalid `language`.
pub async fn set_language(tx: &WriteTx, ctx: &Ctx, language: &str) -> Outcome<()> {
    let member = queries::member(tx, ctx.actor.user()?).await?.ok_or(Failure::NotFound)?;
    if i18n::Language::parse(language).is_none() {
        return Err(Invalid::field("language", "choice").into());
    }
    let (id, company) = (member.id, member.company);
    store::update(tx, &Member { language: language.into(), ..member }).await?;
    tx.append(ctx, &PersonEvent { kind: "person.changed", id, company }).await?;
    Ok(())
}

/// Sets a password (already hashed) and ends every session of the person.
///
/// # Errors
/// A fault when the database fails.
pub(crate) async fn set_password(tx: &WriteTx, ctx: &Ctx, member: &Member, hash: &str) -> Outcome<()> {
    store::set_password(tx, member.id, hash).await?;
    sign_out::end_all(tx, ctx, member.id).await?;
    tx.append(ctx, &PersonEvent { kind: "person.password_changed", id: member.id, company: member.company }).await?;
    Ok(())
}
