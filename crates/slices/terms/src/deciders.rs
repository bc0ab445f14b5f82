//! Who of the seller's people may decide what.

use db::ReadTx;
use kernel::{Actor, Failure, Outcome, Permission, Role, Roles, UserId};
use negotiation_engine::Authority;
use parties::people::{self, Member};

/// How far somebody's decisions reach; `None` for people who do not decide.
pub fn authority(roles: Roles, leads_sales: bool) -> Option<Authority> {
    if roles.has(Role::PricingManager) || roles.has(Role::MerchantAdmin) {
        Some(Authority::PricingManager)
    } else if roles.has(Role::SalesRep) {
        Some(if leads_sales { Authority::SalesManager } else { Authority::Rep })
    } else {
        None
    }
}

/// The authority with this code.
pub fn parse_authority(code: &str) -> Option<Authority> {
    [Authority::Rep, Authority::SalesManager, Authority::PricingManager].into_iter().find(|a| a.code() == code)
}

/// Who may decide what needs this authority, by name, for the sentence that refuses.
pub fn who_may(staff: &[Member], needs: Authority) -> String {
    let able = staff.iter().filter(|m| !m.is_blocked && authority(m.roles, m.leads_sales).is_some_and(|a| a >= needs));
    able.map(|member| member.name.as_str()).take(5).collect::<Vec<_>>().join(", ")
}

/// The actor as a member of staff, and how far his or her decisions reach.
///
/// # Errors
/// The refusals `sign-in-required` and `not-allowed`; not found when the account is gone.
pub async fn me(tx: &ReadTx, actor: &Actor) -> Outcome<(Member, Authority)> {
    actor.must(Permission::UseDesk)?;
    let member = people::queries::member(tx, actor.user()?).await?.ok_or(Failure::NotFound)?;
    let authority = authority(member.roles, member.leads_sales).unwrap_or(Authority::Rep);
    Ok((member, authority))
}

/// The active people of the seller who may do this.
///
/// # Errors
/// A fault when the database fails.
pub async fn able(tx: &ReadTx, permission: Permission) -> Outcome<Vec<UserId>> {
    let staff = people::queries::staff(tx).await?;
    let may = |member: &&Member| !member.is_blocked && member.roles.allow(permission);
    Ok(staff.iter().filter(may).map(|member| member.id).collect())
}

/// Who is left to confirm what somebody wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Confirmers {
    /// The active people who may and wrote none of it, by name.
    pub names: Vec<String>,
    /// Whether several people may, and every one of them wrote some of it: then nobody can confirm it.
    pub is_stuck: bool,
}

impl Confirmers {
    /// The names as a refusal carries them; `none` where nobody is left.
    pub fn text(&self) -> String {
        if self.names.is_empty() { "none".to_owned() } else { self.names.join(", ") }
    }
}

/// Who may do this and is not among the authors.
///
/// # Errors
/// A fault when the database fails.
pub async fn confirmers(tx: &ReadTx, permission: Permission, authors: &[UserId]) -> Outcome<Confirmers> {
    let staff = people::queries::staff(tx).await?;
    let able: Vec<&Member> = staff.iter().filter(|m| !m.is_blocked && m.roles.allow(permission)).collect();
    let others = able.iter().filter(|member| !authors.contains(&member.id));
    let names: Vec<String> = others.map(|member| member.name.clone()).collect();
    Ok(Confirmers { is_stuck: names.is_empty() && able.len() > 1, names })
}

/// Whether the actor may confirm what these authors wrote, and if so, whether that is an author's own word: it is taken only
/// where no other person is `able` to give it. Who wrote nothing is the second pair of eyes; the system is nobody's.
pub fn second_person(actor: &Actor, authors: &[UserId], able: &[UserId]) -> Option<bool> {
    let user = actor.user?;
    let others = able.iter().any(|person| *person != user);
    match (authors.contains(&user), others) {
        (false, _) => Some(false),
        (true, false) => Some(true),
        (true, true) => None,
    }
}
