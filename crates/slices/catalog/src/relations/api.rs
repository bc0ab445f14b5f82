//! Relations in JSON.

use kernel::{Ctx, Failure, Invalid, Outcome, ProductId, Rate, Sku};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{App, Json, Path, Reply, State, Visitor};

use super::{Relation, RelationKind, actions, queries};
use crate::products;

/// A product that could take the place of another, or goes with it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RelationJson {
    /// The other product's id or SKU.
    pub product: String,
    /// `cheaper`, `lasts_longer` or `goes_with`.
    pub kind: String,
    /// For `lasts_longer`: one unit does the work of so many, e.g. `2.5`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lasts: Option<String>,
}

/// The relations of a product, in the order in which they should be offered.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetRelations {
    /// All of them; what is left out is gone.
    pub relations: Vec<RelationJson>,
}

pub(super) async fn list(State(app): State<App>, Path(product): Path<String>) -> Reply {
    web::json(&load(&app, &product).await?)
}

pub(super) async fn set(
    State(app): State<App>,
    visitor: Visitor,
    Path(product): Path<String>,
    Json(wanted): Json<SetRelations>,
) -> Reply {
    actions::check_count(wanted.relations.len())?;
    let (ctx, wanted, product_text): (&Ctx, _, _) = (&app.ctx(&visitor), &wanted, &product);
    app.write(|tx| async move {
        let id = product_id(&tx, product_text).await?.ok_or(Failure::NotFound)?;
        let relations = read(&tx, &wanted.relations).await?;
        actions::set(&tx, ctx, id, &relations).await
    })
    .await?;
    web::json(&load(&app, &product).await?)
}

async fn product_id(tx: &db::ReadTx, text: &str) -> Outcome<Option<ProductId>> {
    if let Some(id) = ProductId::parse(text) {
        return Ok(products::queries::product(tx, id).await?.map(|product| product.id));
    }
    let Ok(sku) = Sku::parse(text) else { return Ok(None) };
    Ok(products::queries::by_sku(tx, &sku).await?.map(|product| product.id))
}

async fn read(tx: &db::ReadTx, wanted: &[RelationJson]) -> Outcome<Vec<Relation>> {
    let (mut invalid, mut relations) = (Invalid::default(), Vec::new());
    for (at, one) in wanted.iter().enumerate() {
        let other = product_id(tx, &one.product).await?;
        let kind = RelationKind::parse(&one.kind);
        // Two and a half is 250 %: the same six decimals.
        let lasts = one.lasts.as_deref().map(|text| kernel::parse_decimal(text, 6, kernel::Notation::Plain));
        let lasts = invalid.take(&format!("relations[{at}].lasts"), lasts.transpose());
        if other.is_none() {
            invalid = invalid.and(format!("relations[{at}].product"), "product-unknown", Vec::new());
        }
        if kind.is_none() {
            invalid = invalid.and(format!("relations[{at}].kind"), "choice", Vec::new());
        }
        if let (Some(other), Some(kind), Some(lasts)) = (other, kind, lasts) {
            relations.push(Relation { other, kind, lasts: lasts.map_or(Rate::ONE, Rate::from_ppm) });
        }
    }
    invalid.check()?;
    Ok(relations)
}

async fn load(app: &App, product: &str) -> Outcome<Vec<RelationJson>> {
    let tx = app.db().read().await?;
    let id = product_id(&tx, product).await?.ok_or(Failure::NotFound)?;
    let relations = queries::of(&tx, &[id]).await?.remove(&id).unwrap_or_default();
    let json = |relation: Relation| RelationJson {
        product: relation.other.to_string(),
        kind: relation.kind.code().into(),
        lasts: (relation.kind == RelationKind::LastsLonger)
            .then(|| kernel::UnitPrice::new(relation.lasts.ppm(), kernel::Currency::Eur).to_decimal()),
    };
    Ok(relations.into_iter().map(json).collect())
}
