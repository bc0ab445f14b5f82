//! What the bench reads from the demo company's database: whom to sign in, what to ask for.

use db::{Db, params};
use kernel::{Quantity, Unit};

use crate::Done;

db::sql! {
    BUYERS = "SELECT p.email, p.company_id, c.currency FROM person p JOIN company c ON c.id = p.company_id
        JOIN person_role r ON r.person_id = p.id
        WHERE r.role = $1 AND p.blocked_at IS NULL ORDER BY c.number, p.email";
    PRODUCTS = "SELECT DISTINCT p.sku, p.name, p.minimum, p.unit FROM product p JOIN price x ON x.product_id = p.id
        JOIN price_list l ON l.id = x.price_list_id
        WHERE p.is_active AND l.scope = $1 AND l.currency = $2 ORDER BY p.sku";
    CATEGORIES = "SELECT c.code FROM category c WHERE EXISTS (SELECT 1 FROM product p WHERE p.category_id = c.id)
        ORDER BY c.code";
}

/// A person who buys.
#[derive(Debug, Clone)]
pub struct Buyer {
    /// Signs in with it.
    pub email: String,
    /// The currency of the company.
    pub currency: String,
}

/// Something to buy.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its code.
    pub sku: String,
    /// The words of its name, for searches.
    pub words: Vec<String>,
    /// The smallest quantity, as text.
    pub minimum: String,
}

/// What requests are made of.
#[derive(Debug, Clone)]
pub struct World {
    /// People who buy, as many companies as there are before a second one of the same.
    pub buyers: Vec<Buyer>,
    /// Products with a price.
    pub items: Vec<Item>,
    /// Categories with products.
    pub categories: Vec<String>,
}

/// Reads it. Buyers are those of one currency, so that every product has a price for everyone.
pub async fn world(db: &Db, currency: &str) -> Done<World> {
    let tx = db.read().await.map_err(|e| e.to_string())?;
    let fault = |e: kernel::Fault| e.to_string();
    let rows = tx.all(BUYERS, params!["buyer"]).await.map_err(|e| format!("reading buyers: {e:?}"))?;
    let mut by_turn: Vec<(usize, Buyer)> = Vec::new();
    let mut before: (String, usize) = Default::default();
    for row in rows {
        let company: String = row.get("company_id").map_err(fault)?;
        let turn = if company == before.0 { before.1 + 1 } else { 0 };
        before = (company, turn);
        let buyer = Buyer { email: row.get("email").map_err(fault)?, currency: row.get("currency").map_err(fault)? };
        by_turn.push((turn, buyer));
    }
    by_turn.retain(|(_, buyer)| buyer.currency == currency);
    by_turn.sort_by_key(|(turn, _)| *turn);
    let rows = tx.all(PRODUCTS, params!["general", currency]).await.map_err(|e| format!("reading products: {e:?}"))?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let (name, unit): (String, String) = (row.get("name").map_err(fault)?, row.get("unit").map_err(fault)?);
        let unit = Unit::parse(&unit).ok_or(format!("there is no unit {unit}"))?;
        items.push(Item {
            sku: row.get("sku").map_err(fault)?,
            words: name.split_whitespace().filter(|word| word.len() > 1).map(str::to_owned).collect(),
            minimum: Quantity::new(row.get("minimum").map_err(fault)?, unit).to_decimal(),
        });
    }
    let rows = tx.all(CATEGORIES, params![]).await.map_err(|e| format!("reading categories: {e:?}"))?;
    let categories = rows.iter().map(|row| row.get("code").map_err(fault)).collect::<Done<_>>()?;
    let world = World { buyers: by_turn.into_iter().map(|(_, buyer)| buyer).collect(), items, categories };
    if world.buyers.is_empty() || world.items.is_empty() || world.categories.is_empty() {
        return Err(format!("the demo company has no buyers, products or categories in {currency}"));
    }
    Ok(world)
}
