//! The demo company: written through the same actions that people and imports use.

mod catalogue;
mod customers;
mod prices;
mod quotes;
mod recent;
mod trade;

use std::collections::HashMap;
use std::path::PathBuf;

use db::Db;
use demo_data::DemoCompany;
use kernel::{Ctx, Fault, Ids, Outcome, Role};
use negotiation_engine::Policy;
use web::{Clock, Settings};

use crate::configuration::Configuration;
use crate::start;

/// The password of everybody in the demo company.
pub const PASSWORD: &str = "kontor-demo";

/// The seed from which the demo company is made.
const SEED: u64 = 1_912;

/// Customers whose people are named at the start: the story's, and one from another country.
const COMPANIES_SHOWN: [&str; 2] = ["K10001", "K10002"];

/// Makes sure that the demo company is there, takes over its settings, and says who can sign in.
///
/// # Errors
/// A fault when the database or the data folder cannot be used.
pub async fn prepare(configuration: &mut Configuration, clock: &Clock) -> Outcome<String> {
    clear_unfinished(configuration)?;
    let db = start::migrated(configuration, clock).await?;
    let done = match fill(&db, configuration, clock).await {
        Ok(()) => welcome(&db, configuration).await,
        Err(failure) => Err(failure),
    };
    db.close().await;
    done
}

async fn fill(db: &Db, configuration: &mut Configuration, clock: &Clock) -> Outcome<()> {
    let remembered = settings_file(configuration);
    let is_empty = parties::people::queries::staff(&db.read().await?).await?.is_empty();
    if is_empty {
        crate::console::say("Making the demo company: 12,000 products, 40 customers, two years of orders …");
        let begun = db::without_password(&configuration.database_url());
        std::fs::write(unfinished(configuration), begun).map_err(|e| Fault::because("marking the demo", e))?;
        let ids = Ids::seeded(SEED);
        let demo = demo_data::generate(SEED, clock().date());
        let settings = settings(&demo, configuration);
        write(db, &demo, &Ctx::system(clock(), ids), Some(&settings)).await?;
        let text =
            serde_json::to_string_pretty(&settings).map_err(|e| Fault::because("writing the demo settings", e))?;
        std::fs::write(&remembered, text).map_err(|e| Fault::because("writing the demo settings", e))?;
        std::fs::remove_file(unfinished(configuration)).map_err(|e| Fault::because("unmarking the demo", e))?;
    }
    match std::fs::read_to_string(&remembered) {
        Ok(text) => {
            let settings: Settings =
                serde_json::from_str(&text).map_err(|e| Fault::because("reading the demo settings", e))?;
            configuration.merchant = Settings { base_url: base_url(configuration), ..settings };
            Ok(())
        }
        Err(_) => {
            let begun = std::fs::read_to_string(unfinished(configuration)).ok();
            let database = db::without_password(&configuration.database_url());
            Err(Fault::new(not_the_demo(&database, begun.as_deref())).into())
        }
    }
}

/// Why a database that is not empty is not the demo's: another company's, or a part of the demo whose making was stopped. `begun`
/// is the database for which that was begun.
fn not_the_demo(database: &str, begun: Option<&str>) -> String {
    if begun == Some(database) {
        return format!(
            "making the demo company was stopped before it was whole; the database {database} holds a part of it. Drop that \
             database and create it again, or name another with --database, then start again"
        );
    }
    format!("the database {database} holds another company than the demo; name another folder with --data")
}

/// Stands in the data folder while the demo company is being made.
fn unfinished(configuration: &Configuration) -> PathBuf {
    configuration.data.join("demo-unfinished")
}

/// Somebody who stops the first start and tries again gets a whole company. Only a database that the demo itself began is
/// removed, and only an embedded one.
fn clear_unfinished(configuration: &Configuration) -> Outcome<()> {
    let url = configuration.database_url();
    let Some(file) = url.strip_prefix("sqlite:").filter(|_| unfinished(configuration).exists()) else { return Ok(()) };
    for suffix in ["", "-wal", "-shm"] {
        match std::fs::remove_file(format!("{file}{suffix}")) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                return Err(Fault::because("removing an unfinished demo", e).into());
            }
            _ => {}
        }
    }
    Ok(())
}

fn settings_file(configuration: &Configuration) -> PathBuf {
    configuration.data.join("demo-settings.json")
}

fn base_url(configuration: &Configuration) -> String {
    format!("http://{}", configuration.listen)
}

fn settings(demo: &DemoCompany, configuration: &Configuration) -> Settings {
    let merchant = &demo.merchant;
    let a = &merchant.address;
    Settings {
        name: merchant.short_name.to_string(),
        address: vec![
            merchant.name.to_string(),
            a.street.to_string(),
            format!("{} {}, {}", a.postal_code, a.city, a.country),
        ],
        phone: merchant.phone.to_string(),
        email: merchant.email.to_string(),
        currency: merchant.currency,
        country: a.country.to_string(),
        time_zone: merchant.time_zone.into(),
        base_url: base_url(configuration),
        ..Settings::default()
    }
}

/// Ids by the demo's stable keys, filled in as things are written.
#[derive(Default)]
pub(crate) struct Keys {
    pub people: HashMap<String, kernel::UserId>,
    pub companies: HashMap<String, kernel::CompanyId>,
    pub units: HashMap<(String, String), kernel::UnitId>,
    pub products: HashMap<String, kernel::ProductId>,
}

impl Keys {
    /// The id behind a key of the demo's own data.
    pub fn find<K: std::hash::Hash + Eq + std::fmt::Debug, V: Copy>(map: &HashMap<K, V>, key: &K) -> Outcome<V> {
        map.get(key)
            .copied()
            .ok_or_else(|| Fault::new(format!("the demo data name {key:?}, which is not there")).into())
    }
}

/// Writes a demo company into an empty, migrated database: its customers, goods, prices and past, and what waits on the desk.
///
/// # Errors
/// What the actions say; the demo data fit them, so any is a bug.
pub async fn create(db: &Db, demo: &DemoCompany, ctx: &Ctx) -> Outcome<()> {
    write(db, demo, ctx, None).await
}

/// With the settings of the house, also what goes on just now: suppliers are sent links into this installation.
async fn write(db: &Db, demo: &DemoCompany, ctx: &Ctx, house: Option<&Settings>) -> Outcome<()> {
    let mut keys = Keys::default();
    customers::staff(db, demo, ctx, &mut keys).await?;
    customers::companies(db, demo, ctx, &mut keys).await?;
    catalogue::write(db, demo, ctx, &mut keys).await?;
    prices::write(db, demo, ctx, &keys).await?;
    let country = &Some(demo.merchant.address.country.clone());
    db.write(|tx| async move {
        terms::policies::actions::setup(&tx, ctx, Policy::complete()).await?;
        negotiation::routing::actions::setup(&tx, ctx, country.clone()).await
    })
    .await?;
    let deals = trade::negotiations(db, demo, ctx, &keys).await?;
    trade::orders(db, demo, ctx, &keys, &deals).await?;
    if let Some(settings) = house {
        let ctx = &ctx.clone().in_zone(i18n::time_zone(&settings.time_zone));
        recent::conditions(db, demo, ctx, &keys).await?;
        recent::play(db, demo, ctx, &keys).await?;
        quotes::write(db, demo, ctx, &keys, settings).await?;
    }
    trade::open_negotiations(db, demo, ctx, &keys).await?;
    match house {
        Some(settings) => {
            let ctx = &ctx.clone().in_zone(i18n::time_zone(&settings.time_zone));
            quotes::ask_for_case(db, demo, ctx, &keys, settings).await
        }
        None => Ok(()),
    }
}

/// What `kontor demo` prints: who can sign in, and what to try.
async fn welcome(db: &Db, configuration: &Configuration) -> Outcome<String> {
    let tx = db.read().await?;
    let mut people = Vec::new();
    for number in COMPANIES_SHOWN {
        if let Some(company) = parties::companies::queries::by_number(&tx, number).await? {
            let of_company = parties::people::queries::of_company(&tx, company.id).await?;
            people.extend(of_company.into_iter().map(|member| (member, company.name.clone())));
        }
    }
    let staff = parties::people::queries::staff(&tx).await?;
    people.extend(staff.into_iter().map(|member| (member, configuration.merchant.name.clone())));
    let mut text = format!("\n{} is ready. Everybody's password is {PASSWORD}\n\n", configuration.merchant.name);
    for (member, company) in people {
        let roles: Vec<_> = member.roles.iter().map(words).collect();
        text.push_str(&format!(
            "  {:<46} {:<24} {}, {company}\n",
            member.email.as_str(),
            member.name,
            roles.join(", ")
        ));
    }
    text.push_str(
        "\nTry it: sign in as jan.kowalski@…, open the ball valve BV-DN50-PN40-SS, ask for 110.00 for 2,000 pieces.\n",
    );
    Ok(text)
}

fn words(role: Role) -> &'static str {
    match role {
        Role::Buyer => "buyer",
        Role::CompanyAdmin => "company admin",
        Role::SalesRep => "sales rep",
        Role::PricingManager => "pricing manager",
        Role::MerchantAdmin => "merchant admin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_that_was_stopped_is_not_taken_for_another_company() {
        let database = "postgres://kontor@localhost/demo";
        let stopped = not_the_demo(database, Some(database));
        assert!(stopped.contains("was stopped") && stopped.contains("create it again"), "{stopped}");
        for begun in [None, Some("postgres://kontor@localhost/other")] {
            let other = not_the_demo(database, begun);
            assert!(other.contains("another company") && !other.contains("stopped"), "{other}");
        }
    }
}
