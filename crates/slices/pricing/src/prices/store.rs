//! The SQL behind prices.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use db::{ReadTx, Row, Statement, params};
use kernel::{Fault, Outcome, PriceListId, ProductId, Quantity, UnitPrice};
use pricing_engine::{Candidate, ListInfo, ListRef, Scope, Tier};

use crate::PriceBuyer;

/// Every list that holds for the buyer and names one of the products, by product.
///
/// The lists come first in the join and their prices are found by primary key, so that the cost follows the buyer's
/// lists and not how many lists there are.
pub(super) async fn candidates(
    tx: &ReadTx,
    buyer: &PriceBuyer,
    products: &[ProductId],
) -> Outcome<HashMap<ProductId, Vec<Candidate<Vec<Tier>>>>> {
    let statement = Statement::new(
        "SELECT p.product_id, p.from_quantity, p.unit, p.micros, l.id, l.code, l.name, l.names, l.scope, l.currency,
        l.valid_from, l.valid_until FROM price_list l JOIN price p ON p.price_list_id = l.id",
    );
    let statement = statement
        .filter(
            "(l.scope = 'general' OR l.price_group = ? OR l.company_id = ?)",
            params![buyer.price_group, buyer.company],
        )
        .filter_in("p.product_id", products);
    let rows = tx.list(statement).await?;
    let mut lists: HashMap<PriceListId, ListRef> = HashMap::new();
    let mut found: HashMap<ProductId, Vec<Candidate<Vec<Tier>>>> = HashMap::new();
    for row in &rows {
        let id: PriceListId = row.get("id")?;
        let list = match lists.get(&id) {
            Some(list) => Arc::clone(list),
            None => Arc::clone(lists.entry(id).or_insert(Arc::new(info(row, id)?))),
        };
        let from = Quantity::new(row.get("from_quantity")?, row.get("unit")?);
        let tier = Tier { from, price: UnitPrice::new(row.get("micros")?, list.currency) };
        let of_product = found.entry(row.get("product_id")?).or_default();
        match of_product.iter_mut().find(|candidate| candidate.list.id == id) {
            Some(candidate) => candidate.tiers.push(tier),
            None => of_product.push(Candidate { list, tiers: vec![tier] }),
        }
    }
    Ok(found)
}

fn info(row: &Row, id: PriceListId) -> Outcome<ListInfo> {
    let names: BTreeMap<String, String> = serde_json::from_str(&row.get::<String>("names")?)
        .map_err(|e| Fault::because("reading the column names", e))?;
    let scope: String = row.get("scope")?;
    Ok(ListInfo {
        id,
        code: row.get("code")?,
        name: row.get("name")?,
        names,
        scope: Scope::parse(&scope).ok_or_else(|| Fault::new(format!("a price list of scope {scope:?}")))?,
        currency: row.get("currency")?,
        valid_from: row.get("valid_from")?,
        valid_until: row.get("valid_until")?,
    })
}
