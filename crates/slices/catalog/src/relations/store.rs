//! The SQL of relations.

use db::{ReadTx, Row, Statement, WriteTx, params};
use kernel::{Fault, Outcome, ProductId, Rate};

use super::{Relation, RelationKind};

db::sql! {
    CLEAR = "DELETE FROM product_relation WHERE product_id = $1";
}

const INSERT_HEAD: &str = "INSERT INTO product_relation (product_id, other_id, kind, lasts_ppm, position) VALUES";

pub(super) async fn replace(tx: &WriteTx, product: ProductId, relations: &[Relation]) -> Outcome<()> {
    tx.execute(CLEAR, params![product]).await?;
    insert(tx, &relations.iter().map(|relation| (product, *relation)).collect::<Vec<_>>()).await
}

pub(super) async fn insert(tx: &WriteTx, relations: &[(ProductId, Relation)]) -> Outcome<()> {
    let rows = (1_i64..).zip(relations).map(|(position, (product, relation))| {
        params![*product, relation.other, relation.kind.code(), relation.lasts.ppm(), position]
    });
    tx.insert_many(INSERT_HEAD, "", rows.collect()).await?;
    Ok(())
}

pub(super) async fn of(tx: &ReadTx, products: &[ProductId]) -> Outcome<Vec<(ProductId, Relation)>> {
    let statement = Statement::new("SELECT product_id, other_id, kind, lasts_ppm FROM product_relation");
    let statement = statement.filter_in("product_id", products).then(" ORDER BY product_id, position", params![]);
    let rows = tx.list(statement).await?;
    Ok(rows.iter().map(from_row).collect::<Result<_, _>>()?)
}

fn from_row(row: &Row) -> Result<(ProductId, Relation), Fault> {
    let kind: String = row.get("kind")?;
    let kind = RelationKind::parse(&kind).ok_or_else(|| Fault::new(format!("product_relation.kind is {kind}")))?;
    let relation = Relation { other: row.get("other_id")?, kind, lasts: Rate::from_ppm(row.get("lasts_ppm")?) };
    Ok((row.get("product_id")?, relation))
}
