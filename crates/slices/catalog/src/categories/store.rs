//! The SQL of categories.

use std::collections::HashMap;

use db::{ReadTx, Statement, WriteTx, params, sql};
use i18n::Language;
use kernel::{CategoryId, Fault, Outcome};

use super::{Category, NewCategory};
use crate::Texts;

sql! {
    ALL = "SELECT id, parent_id, code, position, icon, name, description FROM category ORDER BY position, code";
    TEXTS = "SELECT category_id, language, name, description FROM category_text";
    PUT = "INSERT INTO category (id, parent_id, code, position, icon, name, description)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (code) DO UPDATE SET parent_id = excluded.parent_id, position = excluded.position,
        icon = excluded.icon, name = excluded.name, description = excluded.description";
    DROP_TEXTS = "DELETE FROM category_text WHERE category_id = $1";
}

const INSERT_TEXTS: &str = "INSERT INTO category_text (category_id, language, name, description) VALUES";

pub(super) async fn put(
    tx: &WriteTx,
    id: CategoryId,
    parent: Option<CategoryId>,
    category: &NewCategory,
) -> Outcome<CategoryId> {
    let NewCategory { code, position, icon, name, description, .. } = category;
    tx.execute(PUT, params![id, parent, code, *position, icon, name.first(), description.first()]).await?;
    tx.execute(DROP_TEXTS, params![id]).await?;
    let languages = Language::ALL.into_iter();
    let translated = languages.filter(|l| name.translation(*l).is_some() || description.translation(*l).is_some());
    let rows = translated.map(|l| params![id, l.code(), name.get(l), description.get(l)]);
    tx.insert_many(INSERT_TEXTS, "", rows.collect()).await?;
    Ok(id)
}

pub(crate) async fn all(tx: &ReadTx) -> Outcome<Vec<Category>> {
    let mut texts: HashMap<CategoryId, Vec<(Language, String, String)>> = HashMap::new();
    for row in tx.all(TEXTS, params![]).await? {
        if let Some(language) = Language::parse(&row.get::<String>("language")?) {
            let text = (language, row.get("name")?, row.get("description")?);
            texts.entry(row.get("category_id")?).or_default().push(text);
        }
    }
    let mut all = Vec::new();
    for row in tx.all(ALL, params![]).await? {
        let id: CategoryId = row.get("id")?;
        let mut name = Texts::new(row.get::<String>("name")?);
        let mut description = Texts::new(row.get::<String>("description")?);
        for (language, own_name, own_description) in texts.remove(&id).unwrap_or_default() {
            name = name.with(language, own_name);
            description = description.with(language, own_description);
        }
        all.push(Category {
            id,
            parent: row.get("parent_id")?,
            code: row.get("code")?,
            position: row.get("position")?,
            icon: row.get("icon")?,
            name,
            description,
        });
    }
    Ok(all)
}

pub(super) async fn codes(tx: &ReadTx, ids: &[CategoryId]) -> Outcome<Vec<(CategoryId, String)>> {
    let rows = tx.list(Statement::new("SELECT id, code FROM category").filter_in("id", ids)).await?;
    Ok(rows.iter().map(|row| Ok((row.get("id")?, row.get("code")?))).collect::<Result<_, Fault>>()?)
}
