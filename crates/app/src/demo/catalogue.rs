//! Categories, attribute keys and products.

use std::collections::HashMap;

use catalog::Texts;
use catalog::attributes::{self, Attribute, AttributeKey, Kind, Value};
use catalog::categories::{self, NewCategory};
use catalog::products::{self, Media, MediaKind, NewProduct, OrderType, SellerFacts};
use catalog::relations::{Relation, RelationKind};
use db::Db;
use demo_data::{AttributeKind, AttributeValue, DemoCompany, Product, Text};
use i18n::Language;
use kernel::{CategoryId, Ctx, Date, Fault, Outcome, ProductId};

use super::Keys;

/// Products per transaction.
const BATCH: usize = 1_000;

pub(super) fn texts(text: &Text) -> Texts {
    Texts::new(&*text.en).with(Language::Pl, &*text.pl)
}

pub(super) async fn write(db: &Db, demo: &DemoCompany, ctx: &Ctx, keys: &mut Keys) -> Outcome<()> {
    let new: Vec<NewCategory> = (1_i64..)
        .zip(&demo.categories)
        .map(|(position, category)| NewCategory {
            parent: category.parent.map(str::to_owned),
            code: category.code.into(),
            position,
            icon: category.icon.code().into(),
            name: texts(&category.name),
            description: texts(&category.description),
        })
        .collect();
    let new = &new;
    let ids = db.write(|tx| async move { categories::actions::put_many(&tx, ctx, new).await }).await?;
    let by_code: HashMap<&str, CategoryId> = demo.categories.iter().map(|c| c.code).zip(ids).collect();
    write_attribute_keys(db, demo, ctx).await?;
    for batch in demo.products.chunks(BATCH) {
        let new = batch.iter().map(|p| new_product(p, &by_code, demo.today)).collect::<Outcome<Vec<_>>>()?;
        let new = &new;
        let ids = db.write(|tx| async move { products::actions::create_many(&tx, ctx, new).await }).await?;
        keys.products.extend(batch.iter().map(|p| p.sku.to_string()).zip(ids));
    }
    write_relations(db, demo, ctx, keys).await
}

async fn write_relations(db: &Db, demo: &DemoCompany, ctx: &Ctx, keys: &Keys) -> Outcome<()> {
    let relation = |relation: &demo_data::Relation| -> Outcome<(ProductId, Relation)> {
        let kind = match relation.kind {
            demo_data::RelationKind::Cheaper => RelationKind::Cheaper,
            demo_data::RelationKind::LastsLonger => RelationKind::LastsLonger,
            demo_data::RelationKind::GoesWith => RelationKind::GoesWith,
        };
        let other = Keys::find(&keys.products, &relation.other.to_string())?;
        Ok((Keys::find(&keys.products, &relation.of.to_string())?, Relation { other, kind, lasts: relation.lasts }))
    };
    let relations = demo.relations.iter().map(relation).collect::<Outcome<Vec<_>>>()?;
    let relations = &relations;
    db.write(|tx| async move { catalog::relations::actions::add_many(&tx, ctx, relations).await }).await
}

async fn write_attribute_keys(db: &Db, demo: &DemoCompany, ctx: &Ctx) -> Outcome<()> {
    let keys: Vec<AttributeKey> = (1_i64..)
        .zip(&demo.attributes)
        .map(|(position, key)| AttributeKey {
            key: key.key.into(),
            name: texts(&key.name),
            unit: key.unit.into(),
            kind: match key.kind {
                AttributeKind::Number => Kind::Number,
                AttributeKind::Text => Kind::Text,
                AttributeKind::Flag => Kind::Flag,
            },
            is_filter: key.is_filter,
            position,
        })
        .collect();
    let keys = &keys;
    db.write(|tx| async move { attributes::put_many(&tx, ctx, keys).await }).await
}

fn new_product(product: &Product, categories: &HashMap<&str, CategoryId>, today: Date) -> Outcome<NewProduct> {
    let category = categories.get(product.category).copied();
    let attributes = product.attributes.iter().map(|a| Attribute {
        key: a.key.into(),
        value: match &a.value {
            AttributeValue::Number(thousandths) => Value::Number(*thousandths),
            AttributeValue::Text(text) => Value::Text(texts(text)),
            AttributeValue::Flag(is) => Value::Flag(*is),
        },
    });
    let media = product.documents.iter().map(|d| Media {
        kind: MediaKind::Document,
        title: (&*d.title.en).into(),
        url: (&*d.url).into(),
    });
    Ok(NewProduct {
        sku: product.sku.clone(),
        gtin: Some(product.gtin.clone()),
        mpn: None,
        category: category
            .ok_or_else(|| Fault::new(format!("the demo data name the category {:?}", product.category)))?,
        name: texts(&product.name),
        description: texts(&product.description),
        attributes: attributes.collect(),
        packing: product.packing,
        order_type: match product.order_type {
            demo_data::OrderType::Stock => OrderType::Stock,
            demo_data::OrderType::Mto => OrderType::Mto,
            demo_data::OrderType::Eto => OrderType::Eto,
        },
        stock: product.stock,
        lead_days: i64::from(product.lead_time_days),
        weight_grams: product.weight_grams,
        origin: Some(product.origin.clone()),
        customs_code: product.customs_code.into(),
        drawing: Some(serde_json::to_string(&product.drawing).map_err(|e| Fault::because("writing a drawing", e))?),
        media: media.collect(),
        is_active: true,
        seller: SellerFacts {
            class: product.class.code().into(),
            cost: product.unit_cost,
            is_cost_estimated: false,
            stock_since: product.stock_age_days.map(|days| today.plus_days(-i64::from(days))),
        },
    })
}
