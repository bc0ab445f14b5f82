//! Price groups: companies that share lists.

mod store;

use std::collections::{BTreeMap, BTreeSet};

use catalog::Texts;
use db::{ReadTx, WriteTx};
use kernel::{Ctx, Outcome, Permission};
use parties::companies::{self, Word};

/// A group of companies with lists of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceGroup {
    /// Its key, named by companies and lists.
    pub code: String,
    /// Its name.
    pub name: Texts,
}

/// Every group, by code: also those that were added for companies and have no list yet. Their name is their code.
///
/// # Errors
/// A fault when the database fails.
pub async fn all(tx: &ReadTx) -> Outcome<Vec<PriceGroup>> {
    let mut groups = store::all(tx).await?;
    for code in companies::queries::words(tx, Word::PriceGroup).await? {
        if !groups.iter().any(|group| group.code == code) {
            groups.push(PriceGroup { name: Texts::new(code.as_str()), code });
        }
    }
    groups.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(groups)
}

/// Sees to it that groups that companies may be in can have lists; whether there are all of these.
///
/// # Errors
/// A fault when the database fails.
pub(crate) async fn ready(tx: &WriteTx, codes: &BTreeSet<&str>) -> Outcome<bool> {
    if codes.is_empty() {
        return Ok(true);
    }
    let known = all(tx).await?;
    let wanted: Vec<&PriceGroup> = known.iter().filter(|group| codes.contains(group.code.as_str())).collect();
    let are_all = wanted.len() == codes.len();
    if are_all {
        store::add_many(tx, &wanted).await?;
    }
    Ok(are_all)
}

/// Writes groups, new ones and changed ones.
///
/// # Errors
/// The refusal `not-allowed`; a fault when the database fails.
pub async fn put_many(tx: &WriteTx, ctx: &Ctx, groups: &[PriceGroup]) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePrices)?;
    // Companies may be in a group from now on.
    let codes = groups.iter().map(|group| group.code.as_str());
    companies::actions::register(tx, Word::PriceGroup, codes).await?;
    store::put_many(tx, groups).await
}

/// A text from its two columns: the first language, and JSON of the others.
pub(crate) fn texts(first: String, names: &str) -> Outcome<Texts> {
    let others: BTreeMap<String, String> =
        serde_json::from_str(names).map_err(|e| kernel::Fault::because("reading the column names", e))?;
    let others = others.into_iter().filter_map(|(code, text)| Some((i18n::Language::parse(&code)?, text)));
    Ok(others.fold(Texts::new(first), |texts, (language, text)| texts.with(language, text)))
}

/// The second of the two columns.
pub(crate) fn others(texts: &Texts) -> String {
    let map: BTreeMap<&str, &str> = texts.translations().map(|(language, text)| (language.code(), text)).collect();
    serde_json::json!(map).to_string()
}
