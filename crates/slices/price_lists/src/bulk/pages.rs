//! The office's pages for changing many prices.

use std::collections::BTreeSet;

use askama::Template;
use db::ReadTx;
use kernel::{Failure, Invalid, Outcome, PriceListId, ProductId};
use pricing::lists::{self, ListPrice, PriceList};
use serde::Deserialize;
use terms::guard::{Door, rules as guard};
use web::{App, Fields, Form, FormState, Path, Query, Reply, Shell, State, StatusCode, Visitor, page_with};

use super::rules::{self, Basis, Formula, STEPS};
use crate::changes::preview::{self, Preview, sum_of};
use crate::changes::{self, ChangeLine, Edit, LineState};

#[derive(Deserialize)]
pub(super) struct BulkQuery {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "bulk/bulk.html")]
struct BulkPage {
    shell: Shell,
    id: PriceListId,
    list: String,
    currency: &'static str,
    form: FormState,
    bases: Vec<(&'static str, String)>,
    steps: Vec<(&'static str, String)>,
    formed: Option<Formed>,
    refusal: String,
}

/// What a formula would do.
struct Formed {
    preview: Preview,
    /// How many are left out because nobody knows their cost, in words; empty for none.
    without_cost: String,
    /// What goes along with the button, so that exactly this is changed.
    hidden: Vec<(String, String)>,
}

/// The formula as it was typed.
fn formula(fields: &Fields) -> Result<Formula, Invalid> {
    let mut invalid = Invalid::default();
    let basis = invalid.take("basis", Basis::parse(fields.text("basis")).ok_or(("required", Vec::new())));
    let rate = invalid.take("rate", fields.percent("rate"));
    let step = STEPS.iter().find(|(code, _)| *code == fields.text("step")).map(|(_, step)| *step);
    let step = invalid.take("step", step.ok_or(("required", Vec::new())));
    match (basis, rate, step) {
        (Some(basis), Some(rate), Some(step)) => Ok(Formula { basis, rate, step }),
        _ => Err(invalid),
    }
}

/// What a formula makes of a list: the edits, and how many prices it cannot make.
struct Made {
    edits: Vec<Edit>,
    without: usize,
}

async fn made(tx: &ReadTx, list: &PriceList, among: Option<&BTreeSet<ProductId>>, formula: Formula) -> Outcome<Made> {
    let mut prices: Vec<ListPrice> = Vec::new();
    lists::queries::every_price(tx, list.id, |price| {
        if among.is_none_or(|among| among.contains(&price.product)) {
            prices.push(price);
        }
    })
    .await?;
    if prices.len() > changes::rules::EDITS_MAX {
        let most = vec![("most", changes::rules::EDITS_MAX.to_string())];
        return Err(Invalid::default().and("q", "price-too-many", most).into());
    }
    let products: BTreeSet<ProductId> = prices.iter().map(|price| price.product).collect();
    let bounds = changes::queries::bounds(tx, list, &products.into_iter().collect::<Vec<_>>()).await?;
    let mut made = Made { edits: Vec::new(), without: 0 };
    for step in prices {
        let cost = bounds.get(&step.product).and_then(|bounds| bounds.cost);
        match rules::price(formula, step.tier.price, cost) {
            Some(price) if price != step.tier.price => made.edits.push(Edit {
                product: step.product,
                from: step.tier.from,
                price: Some(price),
                seen: Some(step.tier.price.micros()),
            }),
            Some(_) => {}
            None => made.without += 1,
        }
    }
    Ok(made)
}

async fn bulk_page(
    app: &App,
    visitor: &Visitor,
    id: PriceListId,
    (form, formed, refusal): (FormState, Option<Formed>, String),
    status: StatusCode,
) -> Reply {
    let locale = &visitor.locale;
    let list = lists::queries::list(&app.db().read().await?, id).await?;
    let bases = Basis::ALL.iter().map(|b| (b.code(), locale.text(&format!("price-bulk-basis-{}", b.code()))));
    let exact = |code: &str| match code {
        "exact" => locale.text("price-bulk-exact"),
        number => locale.decimal(number),
    };
    let template = BulkPage {
        shell: Shell::load(app, visitor, &locale.text("price-bulk-title")).await?,
        id,
        list: list.name.get(locale.language()).to_owned(),
        currency: list.currency.code(),
        form,
        bases: bases.collect(),
        steps: STEPS.iter().map(|(code, _)| (*code, exact(code))).collect(),
        formed,
        refusal,
    };
    page_with(status, &template)
}

fn list_id(text: &str) -> Outcome<PriceListId> {
    PriceListId::parse(text).ok_or(Failure::NotFound)
}

pub(super) async fn form(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(query): Query<BulkQuery>,
) -> Reply {
    let first = [("basis", "price".to_owned()), ("step", "0.01".to_owned()), ("q", query.q)];
    bulk_page(&app, &visitor, list_id(&id)?, (FormState::of(first), None, String::new()), StatusCode::OK).await
}

/// What the form would change now.
async fn asked(app: &App, visitor: &Visitor, id: PriceListId, fields: &Fields) -> Outcome<(PriceList, Made)> {
    let formula = formula(fields)?;
    let among = crate::lists::among(app, visitor, fields.text("q"));
    let tx = app.db().read().await?;
    let list = lists::queries::list(&tx, id).await?;
    let made = made(&tx, &list, among.as_ref(), formula).await?;
    if made.edits.is_empty() {
        return Err(Invalid::field("rate", "price-bulk-nothing").into());
    }
    Ok((list, made))
}

pub(super) async fn preview(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let id = list_id(&id)?;
    match asked(&app, &visitor, id, &fields).await {
        Ok((list, made)) => previewed(&app, &visitor, &list, &made, &fields, String::new(), StatusCode::OK).await,
        Err(Failure::Invalid(invalid)) => {
            let form = fields.rejected(&invalid, &visitor.locale);
            bulk_page(&app, &visitor, id, (form, None, String::new()), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn previewed(
    app: &App,
    visitor: &Visitor,
    list: &PriceList,
    made: &Made,
    fields: &Fields,
    refusal: String,
    status: StatusCode,
) -> Reply {
    let products: BTreeSet<ProductId> = made.edits.iter().map(|edit| edit.product).collect();
    let bounds = {
        let tx = app.db().read().await?;
        changes::queries::bounds(&tx, list, &products.into_iter().collect::<Vec<_>>()).await?
    };
    let line = |edit: &Edit| ChangeLine {
        product: edit.product,
        from: edit.from,
        old: edit.seen.map(|micros| kernel::UnitPrice::new(micros, list.currency)),
        new: edit.price,
        concern: edit
            .price
            .and_then(|price| guard::concern(price, &bounds.get(&edit.product).cloned().unwrap_or_default())),
        state: LineState::Planned,
    };
    let preview = Preview::of(app, visitor, made.edits.iter().map(line).collect(), &bounds);
    let kept = fields.iter().filter(|(name, _)| !matches!(*name, "reason" | "holds_from" | "confirmed" | "sum"));
    let mut hidden: Vec<_> = kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    hidden.push(("sum".into(), preview.sum.clone()));
    hidden.push(("confirmed".into(), "yes".into()));
    let without_cost = match made.without {
        0 => String::new(),
        count => visitor.locale.text_with("price-bulk-without-cost", &[("count", count.into())]),
    };
    let formed = Some(Formed { preview, without_cost, hidden });
    bulk_page(app, visitor, list.id, (fields.kept(), formed, refusal), status).await
}

pub(super) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let id = list_id(&id)?;
    let (list, made) = asked(&app, &visitor, id, &fields).await?;
    if fields.text("sum") != sum_of(&made.edits) {
        let refusal = visitor.locale.text("price-bulk-moved");
        return previewed(&app, &visitor, &list, &made, &fields, refusal, StatusCode::CONFLICT).await;
    }
    match preview::submit(&app, &visitor, (id, Door::Bulk), &fields, made.edits.clone()).await {
        Ok(done) => preview::submitted(id, done),
        Err(Failure::Invalid(invalid)) => {
            let said: Vec<String> = invalid.fields.iter().map(|error| visitor.locale.error(error)).collect();
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            previewed(&app, &visitor, &list, &made, &fields, said.join(" "), status).await
        }
        Err(Failure::Refused(refused)) => {
            let refusal = visitor.refusal(&refused);
            previewed(&app, &visitor, &list, &made, &fields, refusal, StatusCode::CONFLICT).await
        }
        Err(failure) => Err(failure.into()),
    }
}
