//! The SQL of people and their roles.

use db::{ReadTx, Row, WriteTx, params};
use kernel::{CompanyId, Ctx, Email, Fault, Instant, Outcome, Role, Roles, UserId};

use super::{Member, NewMember};

db::sql! {
    BY_ID = "SELECT id, company_id, unit_id, email, name, title, phone, language, time_zone, leads_sales, blocked_at, version
        FROM person WHERE id = $1";
    BY_EMAIL = "SELECT id, company_id, unit_id, email, name, title, phone, language, time_zone, leads_sales, blocked_at, version
        FROM person WHERE email = $1 ORDER BY created_at, id";
    ADDED_SINCE = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM person WHERE company_id = $1 AND created_at > $2";
    OF_COMPANY = "SELECT id, company_id, unit_id, email, name, title, phone, language, time_zone, leads_sales, blocked_at, version
        FROM person WHERE company_id = $1 ORDER BY name, id";
    STAFF = "SELECT id, company_id, unit_id, email, name, title, phone, language, time_zone, leads_sales, blocked_at, version
        FROM person WHERE company_id IS NULL ORDER BY name, id";
    ROLES = "SELECT role FROM person_role WHERE person_id = $1";
    ROLES_OF_COMPANY = "SELECT r.person_id, r.role FROM person_role r JOIN person p ON p.id = r.person_id WHERE p.company_id = $1";
    ROLES_OF_STAFF = "SELECT r.person_id, r.role FROM person_role r JOIN person p ON p.id = r.person_id WHERE p.company_id IS NULL";
    PASSWORD = "SELECT password_hash FROM person WHERE id = $1";
    SET_PASSWORD = "UPDATE person SET password_hash = $2, version = version + 1 WHERE id = $1";
    SET_BLOCKED = "UPDATE person SET blocked_at = $3, version = version + 1 WHERE id = $1 AND version = $2";
    UPDATE = "UPDATE person SET unit_id = $3, name = $4, title = $5, phone = $6, language = $7, time_zone = $8,
        version = version + 1 WHERE id = $1 AND version = $2";
    ERASE = "UPDATE person SET email = $2, name = $3, title = '', phone = '', password_hash = NULL, version = version + 1 WHERE id = $1";
    ERASE_PLACES = "DELETE FROM known_place WHERE person_id = $1";
    ERASE_RESETS = "DELETE FROM password_reset WHERE person_id = $1";
    CLEAR_ROLES = "DELETE FROM person_role WHERE person_id = $1";
}

const INSERT_HEAD: &str = "INSERT INTO person (id, company_id, unit_id, email, name, title, phone, language, time_zone,
    password_hash, leads_sales, created_at, version) VALUES";
const INSERT_ROLE_HEAD: &str = "INSERT INTO person_role (person_id, role) VALUES";

fn from_row(row: &Row, roles: Roles) -> Result<Member, Fault> {
    Ok(Member {
        id: row.get("id")?,
        company: row.get("company_id")?,
        unit: row.get("unit_id")?,
        email: row.get("email")?,
        name: row.get("name")?,
        title: row.get("title")?,
        phone: row.get("phone")?,
        roles,
        language: row.get("language")?,
        time_zone: row.get("time_zone")?,
        leads_sales: row.get("leads_sales")?,
        is_blocked: row.get::<Option<Instant>>("blocked_at")?.is_some(),
        version: row.get("version")?,
    })
}

async fn with_roles(tx: &ReadTx, row: Option<Row>) -> Outcome<Option<Member>> {
    let Some(row) = row else { return Ok(None) };
    let roles = tx.all(ROLES, params![row.get::<UserId>("id")?]).await?;
    let roles = roles.iter().map(|r| r.get::<Role>("role")).collect::<Result<Roles, Fault>>()?;
    Ok(Some(from_row(&row, roles)?))
}

pub(super) async fn by_id(tx: &ReadTx, id: UserId) -> Outcome<Option<Member>> {
    with_roles(tx, tx.optional(BY_ID, params![id]).await?).await
}

pub(super) async fn by_email(tx: &ReadTx, email: &Email) -> Outcome<Vec<Member>> {
    let mut all = Vec::new();
    for row in tx.all(BY_EMAIL, params![email]).await? {
        all.extend(with_roles(tx, Some(row)).await?);
    }
    Ok(all)
}

pub(super) async fn added_since(tx: &ReadTx, company: CompanyId, since: Instant) -> Outcome<i64> {
    Ok(tx.one(ADDED_SINCE, params![company, since]).await?.get("n")?)
}

fn many(rows: &[Row], roles: &[Row]) -> Outcome<Vec<Member>> {
    let mut by_person = std::collections::HashMap::<UserId, Roles>::new();
    for row in roles {
        let entry = by_person.entry(row.get("person_id")?).or_default();
        *entry = entry.with(row.get("role")?);
    }
    let members = rows.iter().map(|row| from_row(row, by_person.get(&row.get("id")?).copied().unwrap_or_default()));
    Ok(members.collect::<Result<_, Fault>>()?)
}

pub(super) async fn of_company(tx: &ReadTx, company: CompanyId) -> Outcome<Vec<Member>> {
    many(&tx.all(OF_COMPANY, params![company]).await?, &tx.all(ROLES_OF_COMPANY, params![company]).await?)
}

pub(super) async fn staff(tx: &ReadTx) -> Outcome<Vec<Member>> {
    many(&tx.all(STAFF, params![]).await?, &tx.all(ROLES_OF_STAFF, params![]).await?)
}

pub(crate) async fn password_hash(tx: &ReadTx, id: UserId) -> Outcome<Option<String>> {
    Ok(tx.one(PASSWORD, params![id]).await?.get("password_hash")?)
}

pub(super) async fn insert_many(tx: &WriteTx, ctx: &Ctx, new: &[(UserId, NewMember)]) -> Result<(), db::DbError> {
    let rows = new.iter().map(|(id, m)| {
        params![
            id,
            m.company,
            m.unit,
            m.email,
            m.name,
            m.title,
            m.phone,
            m.language,
            m.time_zone,
            m.password_hash,
            m.leads_sales,
            ctx.now,
            1_i64,
        ]
    });
    tx.insert_many(INSERT_HEAD, "", rows.collect()).await?;
    let roles = new.iter().flat_map(|(id, m)| m.roles.iter().map(move |role| params![id, role]));
    tx.insert_many(INSERT_ROLE_HEAD, "", roles.collect()).await?;
    Ok(())
}

pub(super) async fn update(tx: &WriteTx, member: &Member) -> Outcome<()> {
    let values = params![
        member.id,
        member.version,
        member.unit,
        member.name,
        member.title,
        member.phone,
        member.language,
        member.time_zone,
    ];
    tx.update_one(UPDATE, values).await?;
    tx.execute(CLEAR_ROLES, params![member.id]).await?;
    let roles = member.roles.iter().map(|role| params![member.id, role]).collect();
    tx.insert_many(INSERT_ROLE_HEAD, "", roles).await?;
    Ok(())
}

pub(super) async fn set_blocked(tx: &WriteTx, member: &Member, at: Option<Instant>) -> Outcome<()> {
    Ok(tx.update_one(SET_BLOCKED, params![member.id, member.version, at]).await?)
}

/// Takes away everything about somebody that is not needed to read old orders.
pub(super) async fn erase(tx: &WriteTx, id: UserId, email: &str) -> Outcome<()> {
    tx.update_one(ERASE, params![id, email, "—"]).await?;
    tx.execute(ERASE_PLACES, params![id]).await?;
    tx.execute(ERASE_RESETS, params![id]).await?;
    Ok(())
}

pub(super) async fn set_password(tx: &WriteTx, id: UserId, hash: &str) -> Outcome<()> {
    Ok(tx.update_one(SET_PASSWORD, params![id, hash]).await?)
}
