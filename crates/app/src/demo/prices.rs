//! Price groups and price lists.

use db::Db;
use demo_data::{DemoCompany, ListScope as DemoScope, PriceList};
use kernel::{Ctx, Outcome};
use pricing::groups::{self, PriceGroup};
use pricing::lists::{self, ListPrice, ListScope, NewList};

use super::Keys;
use super::catalogue::texts;

/// Prices per transaction.
const BATCH: usize = 5_000;

pub(super) async fn write(db: &Db, demo: &DemoCompany, ctx: &Ctx, keys: &Keys) -> Outcome<()> {
    let groups: Vec<PriceGroup> =
        demo.groups.iter().map(|g| PriceGroup { code: g.code.into(), name: texts(&g.name) }).collect();
    let groups = &groups;
    db.write(|tx| async move { groups::put_many(&tx, ctx, groups).await }).await?;
    for list in &demo.price_lists {
        write_list(db, ctx, keys, list).await?;
    }
    Ok(())
}

async fn write_list(db: &Db, ctx: &Ctx, keys: &Keys, list: &PriceList) -> Outcome<()> {
    let company = |number: &str| Keys::find(&keys.companies, &number.to_owned());
    let new = &NewList {
        code: list.code.to_string(),
        name: texts(&list.name),
        scope: match &list.scope {
            DemoScope::General => ListScope::General,
            DemoScope::Group(code) => ListScope::Group((*code).to_owned()),
            DemoScope::Company(number) => ListScope::Company(company(number)?),
            DemoScope::Contract { company: number, reference } => {
                ListScope::Contract { company: company(number)?, reference: reference.to_string() }
            }
        },
        currency: list.currency,
        valid_from: list.valid_from,
        valid_until: list.valid_until,
    };
    let id = db.write(|tx| async move { lists::actions::create(&tx, ctx, new).await }).await?;
    let mut prices = Vec::new();
    for entry in &list.entries {
        let product = Keys::find(&keys.products, &entry.sku.to_string())?;
        let tiers = entry.tiers.iter().map(|t| pricing_engine::Tier { from: t.from, price: t.price });
        prices.extend(tiers.map(|tier| ListPrice { product, tier }));
    }
    for batch in prices.chunks(BATCH) {
        db.write(|tx| async move { lists::actions::put_many(&tx, ctx, id, batch).await }).await?;
    }
    Ok(())
}
