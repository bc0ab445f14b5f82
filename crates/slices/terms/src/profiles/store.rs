//! The SQL of profiles.

use db::{ReadTx, Row, Statement, WriteTx, params};
use kernel::{Amount, CompanyId, Fault, Instant, Outcome, ProductId, Rate};

use super::{BehaviourRule, ProductProfile, Profile};

db::sql! {
    BY_COMPANY = "SELECT company_id, currency, revenue_minor, before_minor, margin_ppm, growth_ppm, orders, negotiated,
        behaviour FROM customer_profile WHERE company_id = $1";
    ALL = "SELECT company_id, currency, revenue_minor, before_minor, margin_ppm, growth_ppm, orders, negotiated, behaviour
        FROM customer_profile ORDER BY company_id";
    CLEAR_CUSTOMERS = "DELETE FROM customer_profile";
    CLEAR_PRODUCTS = "DELETE FROM product_profile";
    CLEAR_SENSITIVITIES = "DELETE FROM product_sensitivity";
    RULES = "SELECT name, condition FROM behaviour_rule ORDER BY position";
    CLEAR_RULES = "DELETE FROM behaviour_rule";
    COUNTS = "SELECT behaviour, CAST(COUNT(*) AS BIGINT) AS customers, CAST(SUM(revenue_minor) AS BIGINT) AS revenue
        FROM customer_profile GROUP BY behaviour ORDER BY behaviour";
    LAST = "SELECT CAST(MAX(at) AS BIGINT) AS at FROM customer_profile";
}

const INSERT_CUSTOMERS: &str =
    "INSERT INTO customer_profile (company_id, at, currency, revenue_minor, before_minor, margin_ppm,
    growth_ppm, orders, negotiated, behaviour) VALUES";
const INSERT_PRODUCTS: &str = "INSERT INTO product_profile (product_id, at, sold, customers) VALUES";
const INSERT_SENSITIVITIES: &str = "INSERT INTO product_sensitivity (product_id, sensitivity_ppm, sales, at) VALUES";
const INSERT_RULES: &str = "INSERT INTO behaviour_rule (position, name, condition) VALUES";

fn from_row(row: &Row) -> Result<Profile, Fault> {
    let currency = row.get("currency")?;
    let rate = |ppm: Option<i64>| ppm.map(Rate::from_ppm);
    Ok(Profile {
        company: row.get("company_id")?,
        revenue: Amount::new(row.get("revenue_minor")?, currency),
        revenue_before: Amount::new(row.get("before_minor")?, currency),
        margin: rate(row.get("margin_ppm")?),
        growth: rate(row.get("growth_ppm")?),
        orders: row.get("orders")?,
        orders_negotiated: row.get("negotiated")?,
        behaviour: row.get("behaviour")?,
    })
}

pub(super) async fn all(tx: &ReadTx) -> Outcome<Vec<Profile>> {
    Ok(tx.all(ALL, params![]).await?.iter().map(from_row).collect::<Result<_, _>>()?)
}

pub(super) async fn by_company(tx: &ReadTx, company: CompanyId) -> Outcome<Option<Profile>> {
    Ok(tx.optional(BY_COMPANY, params![company]).await?.as_ref().map(from_row).transpose()?)
}

pub(super) async fn products(tx: &ReadTx, ids: &[ProductId]) -> Outcome<Vec<ProductProfile>> {
    let statement = Statement::new(
        "SELECT p.product_id, p.sold, p.customers, s.sensitivity_ppm FROM product_profile p
        LEFT JOIN product_sensitivity s ON s.product_id = p.product_id",
    );
    let rows = tx.list(statement.filter_in("p.product_id", ids)).await?;
    let profile = |row: &Row| -> Result<ProductProfile, Fault> {
        Ok(ProductProfile {
            product: row.get("product_id")?,
            sold: row.get("sold")?,
            customers: row.get("customers")?,
            sensitivity: row.get::<Option<i64>>("sensitivity_ppm")?.map(Rate::from_ppm),
        })
    };
    Ok(rows.iter().map(profile).collect::<Result<_, _>>()?)
}

pub(super) async fn replace(
    tx: &WriteTx,
    profiles: &[Profile],
    products: &[ProductProfile],
    at: Instant,
) -> Outcome<()> {
    tx.execute(CLEAR_CUSTOMERS, params![]).await?;
    tx.execute(CLEAR_PRODUCTS, params![]).await?;
    let customers = profiles.iter().map(|p| {
        params![
            p.company,
            at,
            p.revenue.currency(),
            p.revenue.minor(),
            p.revenue_before.minor(),
            p.margin.map(Rate::ppm),
            p.growth.map(Rate::ppm),
            p.orders,
            p.orders_negotiated,
            p.behaviour.clone(),
        ]
    });
    tx.insert_many(INSERT_CUSTOMERS, "", customers.collect()).await?;
    let rows = products.iter().map(|p| params![p.product, at, p.sold, p.customers]);
    tx.insert_many(INSERT_PRODUCTS, "", rows.collect()).await?;
    Ok(())
}

/// Product, sensitivity, from how many sales.
pub(super) async fn replace_sensitivities(tx: &WriteTx, all: &[(ProductId, Rate, i64)], at: Instant) -> Outcome<()> {
    tx.execute(CLEAR_SENSITIVITIES, params![]).await?;
    let rows = all.iter().map(|(product, sensitivity, sales)| params![*product, *sensitivity, *sales, at]);
    tx.insert_many(INSERT_SENSITIVITIES, "", rows.collect()).await?;
    Ok(())
}

pub(super) async fn rules(tx: &ReadTx) -> Outcome<Vec<BehaviourRule>> {
    let rows = tx.all(RULES, params![]).await?;
    let rule = |row: &Row| -> Result<BehaviourRule, Fault> {
        Ok(BehaviourRule { name: row.get("name")?, condition: row.get("condition")? })
    };
    Ok(rows.iter().map(rule).collect::<Result<_, _>>()?)
}

pub(super) async fn set_rules(tx: &WriteTx, rules: &[BehaviourRule]) -> Outcome<()> {
    tx.execute(CLEAR_RULES, params![]).await?;
    let rows = (1_i64..).zip(rules).map(|(position, rule)| params![position, rule.name.trim(), rule.condition.trim()]);
    tx.insert_many(INSERT_RULES, "", rows.collect()).await?;
    Ok(())
}

/// Behaviour, customers, revenue in minor units.
pub(super) async fn counts(tx: &ReadTx) -> Outcome<Vec<(Option<String>, i64, i64)>> {
    let rows = tx.all(COUNTS, params![]).await?;
    let count =
        |row: &Row| -> Result<_, Fault> { Ok((row.get("behaviour")?, row.get("customers")?, row.get("revenue")?)) };
    Ok(rows.iter().map(count).collect::<Result<_, _>>()?)
}

pub(super) async fn last(tx: &ReadTx) -> Outcome<Option<Instant>> {
    Ok(tx.one(LAST, params![]).await?.get("at")?)
}
