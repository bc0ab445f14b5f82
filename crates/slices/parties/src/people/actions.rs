//! Changing people.

use db::WriteTx;
use kernel::{Ctx, Failure, Invalid, Outcome, Permission, Role, Roles, UnitId, UserId};

use super::{Member, NewMember, PeopleRefusal, PersonEvent, queries, store};
use crate::{sign_out, units};

/// Adds a person. Company admins add people of their own company, merchant admins anyone.
///
/// # Errors
/// Invalid fields (`email` taken, `roles`, `unit`); the refusal `not-allowed`.
pub async fn create(tx: &WriteTx, ctx: &Ctx, new: &NewMember) -> Outcome<UserId> {
    match new.company {
        Some(company) => units::may_manage(ctx, company)?,
        None => ctx.actor.must(Permission::RunSystem)?,
    }
    if new.name.trim().is_empty() {
        return Err(Invalid::field("name", "required").into());
    }
    check_roles(new.company.is_some(), new.roles)?;
    if let (Some(company), Some(unit)) = (new.company, new.unit) {
        check_unit(tx, company, unit).await?;
    }
    Ok(create_unchecked(tx, ctx, std::slice::from_ref(new)).await?[0])
}

/// Adds many people with few statements, for imports by the system.
///
/// # Errors
/// Invalid `email` when one is taken; the refusal `not-allowed`.
pub async fn create_many(tx: &WriteTx, ctx: &Ctx, new: &[NewMember]) -> Outcome<Vec<UserId>> {
    ctx.actor.must(Permission::RunSystem)?;
    for member in new {
        check_roles(member.company.is_some(), member.roles)?;
    }
    create_unchecked(tx, ctx, new).await
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

async fn check_unit(tx: &WriteTx, company: kernel::CompanyId, unit: UnitId) -> Outcome<()> {
    let known = units::of_company(tx, company).await?.iter().any(|u| u.id == unit);
    if known { Ok(()) } else { Err(Invalid::field("unit", "choice").into()) }
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
    if let (Some(company), Some(unit)) = (member.company, unit) {
        check_unit(tx, company, unit).await?;
    }
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
    store::set_blocked(tx, &member, is_blocked.then_some(ctx.now)).await?;
    if is_blocked {
        sign_out::end_all(tx, ctx, id).await?;
    }
    let kind = if is_blocked { "person.blocked" } else { "person.unblocked" };
    tx.append(ctx, &PersonEvent { kind, id, company: member.company }).await?;
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
    if profile.name.trim().is_empty() {
        invalid = invalid.and("name", "required", Vec::new());
    }
    if i18n::Language::parse(&profile.language).is_none() {
        invalid = invalid.and("language", "choice", Vec::new());
    }
    if i18n::Locale::new(i18n::Language::En, &profile.time_zone).zone_name() != profile.time_zone {
        invalid = invalid.and("time_zone", "time-zone", Vec::new());
    }
    invalid.check()?;
    let (id, company) = (member.id, member.company);
    let changed = Member {
        name: profile.name.trim().to_owned(),
        phone: profile.phone.trim().to_owned(),
        language: profile.language.clone(),
        time_zone: profile.time_zone.clone(),
        ..member
    };
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
    let profile =
        Profile { name: member.name, phone: member.phone, language: language.into(), time_zone: member.time_zone };
    change_profile(tx, ctx, &profile).await
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
