//! The SQL of companies.

use db::{ReadTx, Row, Statement, Value, WriteTx, containing, params};
use kernel::{Amount, CompanyId, Ctx, Fault, Outcome, UserId};

use super::{Company, CompanyFilter, CompanyRow, NewCompany, Word};
use crate::fold;

db::sql! {
    BY_ID = "SELECT id, number, name, vat_id, country, segment, price_group, currency, payment_days, credit_limit_minor,
        rep_id, is_negotiation_blocked, version, (SELECT v.confirmed_on FROM vat_confirmation v WHERE v.company_id = company.id
        AND v.vat_id = company.vat_id) AS vat_confirmed_on FROM company WHERE id = $1";
    BY_NUMBER = "SELECT id, number, name, vat_id, country, segment, price_group, currency, payment_days, credit_limit_minor,
        rep_id, is_negotiation_blocked, version, (SELECT v.confirmed_on FROM vat_confirmation v WHERE v.company_id = company.id
        AND v.vat_id = company.vat_id) AS vat_confirmed_on FROM company WHERE number = $1";
    ALL = "SELECT id, number, name, vat_id, country, segment, price_group, currency, payment_days, credit_limit_minor,
        rep_id, is_negotiation_blocked, version, (SELECT v.confirmed_on FROM vat_confirmation v WHERE v.company_id = company.id
        AND v.vat_id = company.vat_id) AS vat_confirmed_on FROM company";
    SEGMENTS = "SELECT DISTINCT segment AS word FROM company ORDER BY word";
    WORDS = "SELECT word FROM company_word WHERE kind = $1 ORDER BY word";
    IS_STAFF = "SELECT id FROM person WHERE id = $1 AND company_id IS NULL";
    ADD_WORD = "INSERT INTO company_word (kind, word) VALUES ($1, $2)";
    COUNTRIES = "SELECT DISTINCT country AS word FROM company ORDER BY word";
    UPDATE = "UPDATE company SET name = $3, name_folded = $4, vat_id = $5, country = $6, segment = $7, price_group = $8,
        payment_days = $9, credit_limit_minor = $10, rep_id = $11, is_negotiation_blocked = $12, version = version + 1
        WHERE id = $1 AND version = $2";
}

const INSERT_WORD_HEAD: &str = "INSERT INTO company_word (kind, word) VALUES";
const INSERT_HEAD: &str =
    "INSERT INTO company (id, number, name, name_folded, vat_id, country, segment, price_group, currency,
    payment_days, credit_limit_minor, rep_id, is_negotiation_blocked, created_at, version) VALUES";

fn from_row(row: &Row) -> Result<Company, Fault> {
    let currency = row.get("currency")?;
    Ok(Company {
        id: row.get("id")?,
        number: row.get("number")?,
        name: row.get("name")?,
        vat_id: row.get("vat_id")?,
        vat_confirmed_on: row.get("vat_confirmed_on")?,
        country: row.get("country")?,
        segment: row.get("segment")?,
        price_group: row.get("price_group")?,
        currency,
        payment_days: row.get("payment_days")?,
        credit_limit: Amount::new(row.get("credit_limit_minor")?, currency),
        rep: row.get("rep_id")?,
        is_negotiation_blocked: row.get("is_negotiation_blocked")?,
        version: row.get("version")?,
    })
}

pub(super) async fn by_id(tx: &ReadTx, id: CompanyId) -> Outcome<Option<Company>> {
    Ok(tx.optional(BY_ID, params![id]).await?.as_ref().map(from_row).transpose()?)
}

pub(super) async fn by_number(tx: &ReadTx, number: &str) -> Outcome<Option<Company>> {
    Ok(tx.optional(BY_NUMBER, params![number]).await?.as_ref().map(from_row).transpose()?)
}

pub(super) async fn segments(tx: &ReadTx) -> Outcome<Vec<String>> {
    words(&tx.all(SEGMENTS, params![]).await?)
}

pub(super) async fn known_words(tx: &ReadTx, word: Word) -> Outcome<Vec<String>> {
    words(&tx.all(WORDS, params![word.code()]).await?)
}

/// Whether somebody is one of the seller's own people.
pub(super) async fn is_staff(tx: &ReadTx, person: UserId) -> Outcome<bool> {
    Ok(tx.optional(IS_STAFF, params![person]).await?.is_some())
}

pub(super) async fn add_word(tx: &WriteTx, word: Word, text: &str) -> Result<u64, db::DbError> {
    tx.execute(ADD_WORD, params![word.code(), text]).await
}

/// Adds those that are not there yet.
pub(super) async fn add_words(tx: &WriteTx, word: Word, texts: &[&str]) -> Outcome<()> {
    let rows = texts.iter().map(|text| params![word.code(), *text]).collect();
    tx.insert_many(INSERT_WORD_HEAD, "ON CONFLICT (kind, word) DO NOTHING", rows).await?;
    Ok(())
}

pub(super) async fn countries(tx: &ReadTx) -> Outcome<Vec<String>> {
    words(&tx.all(COUNTRIES, params![]).await?)
}

fn words(rows: &[Row]) -> Outcome<Vec<String>> {
    Ok(rows.iter().map(|row| row.get("word")).collect::<Result<_, Fault>>()?)
}

pub(super) async fn all(tx: &ReadTx) -> Outcome<Vec<Company>> {
    Ok(tx.all(ALL, params![]).await?.iter().map(from_row).collect::<Result<_, _>>()?)
}

fn filtered(statement: Statement, filter: &CompanyFilter) -> Statement {
    let statement = match &filter.text {
        Some(text) => {
            let (folded, typed) = (containing(&fold(text)), containing(&text.to_lowercase()));
            statement.filter(
                "(c.name_folded LIKE ? ESCAPE '\\' OR LOWER(c.number) LIKE ? ESCAPE '\\' OR c.number LIKE ? ESCAPE '\\')",
                params![folded, typed, containing(text)],
            )
        }
        None => statement,
    };
    statement.filter_some("c.rep_id = ?", filter.rep).filter_some("c.segment = ?", filter.segment.clone())
}

pub(super) async fn list(
    tx: &ReadTx,
    filter: &CompanyFilter,
    limit: i64,
    offset: i64,
) -> Outcome<(Vec<CompanyRow>, i64)> {
    let rows = filtered(
        Statement::new(
            "SELECT c.id, c.number, c.name, c.vat_id, c.country, c.segment, c.price_group, c.currency, c.payment_days,
            c.credit_limit_minor, c.rep_id, c.is_negotiation_blocked, c.version,
            (SELECT v.confirmed_on FROM vat_confirmation v WHERE v.company_id = c.id AND v.vat_id = c.vat_id)
            AS vat_confirmed_on, COALESCE(r.name, '') AS rep_name,
            (SELECT COUNT(*) FROM person p WHERE p.company_id = c.id AND p.blocked_at IS NULL) AS people
            FROM company c LEFT JOIN person r ON r.id = c.rep_id",
        ),
        filter,
    )
    .then("ORDER BY c.name_folded, c.id LIMIT ? OFFSET ?", params![limit, offset]);
    let rows = tx.list(rows).await?;
    let total = tx.list(filtered(Statement::new("SELECT COUNT(*) AS n FROM company c"), filter)).await?;
    let total = total.first().map_or(Ok(0), |row| row.get("n"))?;
    let rows = rows.iter().map(|row| {
        Ok(CompanyRow { company: from_row(row)?, rep_name: row.get("rep_name")?, people: row.get("people")? })
    });
    Ok((rows.collect::<Result<_, Fault>>()?, total))
}

fn values(ctx: &Ctx, id: CompanyId, new: &NewCompany) -> Vec<Value> {
    params![
        id,
        new.number,
        new.name,
        fold(&new.name),
        new.vat_id,
        new.country,
        new.segment,
        new.price_group,
        new.currency,
        new.payment_days,
        new.credit_limit_minor,
        new.rep,
        false,
        ctx.now,
        1_i64,
    ]
}

pub(super) async fn insert_many(tx: &WriteTx, ctx: &Ctx, new: &[(CompanyId, NewCompany)]) -> Result<u64, db::DbError> {
    let rows = new.iter().map(|(id, company)| values(ctx, *id, company)).collect();
    tx.insert_many(INSERT_HEAD, "", rows).await
}

pub(super) async fn update(tx: &WriteTx, company: &Company) -> Outcome<()> {
    let values = params![
        company.id,
        company.version,
        company.name,
        fold(&company.name),
        company.vat_id,
        company.country,
        company.segment,
        company.price_group,
        company.payment_days,
        company.credit_limit.minor(),
        company.rep,
        company.is_negotiation_blocked,
    ];
    Ok(tx.update_one(UPDATE, values).await?)
}
