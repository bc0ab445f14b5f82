//! Which products could take the place of another, and which go with it. A row is one relation: product, other product, kind.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use catalog::products;
use catalog::relations::actions::RELATIONS_MAX;
use catalog::relations::{self, Relation, RelationKind};
use db::WriteTx;
use kernel::{Ctx, Invalid, Outcome, ProductId, Rate, Sku};

use super::batches::{Fate, Group, Target, Written};
use super::cells::{Bound, Cells, coded};
use super::mapping::{Field, Wrong, optional, required};
use super::report::RowError;
use super::source::RawRow;

/// Columns may be mapped to these.
pub(crate) const FIELDS: &[Field] = &[required("sku"), required("related_sku"), required("kind"), optional("lasts")];

/// The most that one unit can do the work of, in millionths.
const LASTS_MAX: Rate = Rate::percent(10_000);

/// One relation.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    sku: Sku,
    related: Sku,
    kind: RelationKind,
    lasts: Rate,
}

/// The rows of one file.
pub(crate) struct Relations {
    bound: Arc<Bound>,
    /// In which row each pair stands.
    seen: HashMap<(Sku, Sku), u64>,
}

impl Target for Relations {
    type Item = Row;
    type Named = ();
    const FIELDS: &'static [Field] = FIELDS;

    fn new(bound: Arc<Bound>) -> Self {
        Self { bound, seen: HashMap::new() }
    }

    fn take(&mut self, row: RawRow) -> Option<Group<Row>> {
        let item = self.parse(&row);
        Some(Group { rows: vec![row], item })
    }

    fn named(self) -> Self::Named {}

    async fn write(tx: &WriteTx, ctx: &Ctx, items: &[&Row]) -> Outcome<Written> {
        write(tx, ctx, items).await
    }
}

impl Relations {
    fn parse(&mut self, row: &RawRow) -> Result<Row, Vec<RowError>> {
        let mut cells = self.bound.cells(row);
        let value = fields(&mut cells);
        // A bad row is no row: the good one after it is the first.
        if let Some(value) = value.as_ref().filter(|_| !cells.is_wrong()) {
            let key = (value.sku.clone(), value.related.clone());
            if let Some(first) = self.seen.insert(key, row.number) {
                cells.note("related_sku", "import-twice", vec![("row", first.to_string())]);
            }
        }
        cells.finish(value)
    }
}

fn fields(cells: &mut Cells<'_>) -> Option<Row> {
    let number = cells.number();
    let sku = cells.must("sku", |text| coded(Sku::parse(text)));
    let related = cells.must("related_sku", |text| coded(Sku::parse(text)));
    let kind = cells.must("kind", |text| RelationKind::parse(&text.to_lowercase()).ok_or(("choice", vec![])));
    // Two and a half is 250 %: the same six decimals.
    let lasts = cells.get("lasts", |text| number(text, 6).map(Rate::from_ppm).map_err(Wrong::from));
    if sku.is_some() && sku == related {
        cells.note("related_sku", "import-relation-itself", vec![]);
    }
    let lasts = lasts.value().unwrap_or(Rate::ONE);
    let fits = match kind {
        Some(RelationKind::LastsLonger) => lasts > Rate::ONE && lasts <= LASTS_MAX,
        _ => lasts == Rate::ONE,
    };
    if !cells.is_wrong() && !fits {
        cells.note("lasts", "relation-lasts", vec![]);
    }
    Some(Row { sku: sku?, related: related?, kind: kind?, lasts })
}

async fn write(tx: &WriteTx, ctx: &Ctx, items: &[&Row]) -> Outcome<Written> {
    let mut written = Written { fates: vec![Fate::Created; items.len()], made: Vec::new() };
    let ids = ids_of(tx, items).await?;
    let mut products: BTreeMap<ProductId, Vec<usize>> = BTreeMap::new();
    for (at, row) in items.iter().enumerate() {
        products.entry(ids[&row.sku]).or_default().push(at);
    }
    let all: Vec<ProductId> = products.keys().copied().collect();
    let mut present = HashMap::new();
    for some in all.chunks(500) {
        present.extend(relations::queries::of(tx, some).await?);
    }
    for (product, places) in products {
        let mut now: Vec<Relation> = present.remove(&product).unwrap_or_default();
        let before = now.clone();
        for at in places {
            let row = items[at];
            let wanted = Relation { other: ids[&row.related], kind: row.kind, lasts: row.lasts };
            written.fates[at] = put(&mut now, wanted);
            if now.len() > RELATIONS_MAX {
                let args = vec![("most", RELATIONS_MAX.to_string())];
                return Err(Invalid::default().and(format!("[{at}].sku"), "import-relations-many", args).into());
            }
        }
        if now != before {
            relations::actions::set(tx, ctx, product, &now).await?;
        }
    }
    Ok(written)
}

/// Puts a relation in its place among those of a product: that of the same other product, or the end.
fn put(relations: &mut Vec<Relation>, wanted: Relation) -> Fate {
    match relations.iter_mut().find(|relation| relation.other == wanted.other) {
        Some(same) if *same == wanted => Fate::Unchanged,
        Some(other) => {
            *other = wanted;
            Fate::Updated
        }
        None => {
            relations.push(wanted);
            Fate::Created
        }
    }
}

/// Ids of all products; an unknown SKU is an error at its row and column.
async fn ids_of(tx: &WriteTx, items: &[&Row]) -> Outcome<HashMap<Sku, ProductId>> {
    let skus: BTreeSet<&Sku> = items.iter().flat_map(|row| [&row.sku, &row.related]).collect();
    let ids = products::queries::ids_by_sku(tx, &skus.into_iter().collect::<Vec<_>>()).await?;
    let mut unknown = Invalid::default();
    for (at, row) in items.iter().enumerate() {
        for (field, sku) in [("sku", &row.sku), ("related_sku", &row.related)] {
            if !ids.contains_key(sku) {
                unknown = unknown.and(format!("[{at}].{field}"), "import-unknown-sku", vec![]);
            }
        }
    }
    unknown.check()?;
    Ok(ids)
}
