//! Writing categories.

use std::collections::HashMap;

use db::WriteTx;
use kernel::{CategoryId, Ctx, Failure, Invalid, Outcome, Permission};

use super::{Changed, NewCategory, store};

/// Writes one category; see [`put_many`].
///
/// # Errors
/// As [`put_many`].
pub async fn put(tx: &WriteTx, ctx: &Ctx, category: &NewCategory) -> Outcome<CategoryId> {
    let ids = put_many(tx, ctx, std::slice::from_ref(category)).await?;
    ids.first().copied().ok_or(Failure::NotFound)
}

/// Writes categories, parents before children; those whose code is there already are replaced and keep their id.
///
/// # Errors
/// `not-allowed`; invalid `[n].code` or `[n].parent`; a fault when the database fails.
pub async fn put_many(tx: &WriteTx, ctx: &Ctx, categories: &[NewCategory]) -> Outcome<Vec<CategoryId>> {
    ctx.actor.must(Permission::ManageCatalog)?;
    let mut known: HashMap<String, CategoryId> =
        store::all(tx).await?.into_iter().map(|category| (category.code, category.id)).collect();
    let mut ids = Vec::with_capacity(categories.len());
    for (index, category) in categories.iter().enumerate() {
        check(index, category)?;
        let parent = match &category.parent {
            Some(code) if *code == category.code => return Err(unknown_parent(index)),
            Some(code) => Some(*known.get(code).ok_or_else(|| unknown_parent(index))?),
            None => None,
        };
        let id = known.get(&category.code).copied();
        let id = store::put(tx, id.unwrap_or_else(|| CategoryId::new(ctx)), parent, category).await?;
        known.insert(category.code.clone(), id);
        tx.append(ctx, &Changed { id }).await?;
        ids.push(id);
    }
    Ok(ids)
}

fn unknown_parent(index: usize) -> Failure {
    Invalid::field(format!("[{index}].parent"), "category-unknown").into()
}

/// Codes are part of addresses.
fn check(index: usize, category: &NewCategory) -> Outcome<()> {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let code = &category.code;
    let mut invalid = Invalid::default();
    if code.is_empty() || code.len() > 60 || !code.bytes().all(fits) {
        invalid = invalid.and(format!("[{index}].code"), "category-code", Vec::new());
    }
    if category.name.first().trim().is_empty() {
        invalid = invalid.and(format!("[{index}].name"), "required", Vec::new());
    }
    invalid.check()
}
