//! What came of negotiations, as JSON. For the seller's own people only: it holds costs and margins.

use catalog::Catalog;
use kernel::{Failure, NegotiationId, ProductId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::policies;
use web::{App, Pager, Path, Query, Reply, State, Visitor};

use super::figures::Figures;
use super::{Dimension, Filter, follower, queries};

pub use super::view::FilterQuery;

/// What figures are broken down by.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct FiguresQuery {
    /// `total`, `week`, `size`, `category`, `segment`, `rep`, `policy` or `reason`.
    #[serde(default)]
    #[schemars(extend("enum" = Dimension::ALL.map(|(code, _)| code)))]
    pub by: Option<String>,
    /// The filter.
    #[serde(flatten)]
    pub filter: FilterQuery,
}

/// Which product's prices.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct PricesQuery {
    /// The SKU.
    pub product: String,
    /// The filter.
    #[serde(flatten)]
    pub filter: FilterQuery,
}

/// Figures of a group. Amounts are decimal text, shares are percent as decimal text, spans are seconds.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FiguresJson {
    /// The group: a date, a size, an id or a code, as `by` says.
    pub key: String,
    /// ISO 4217.
    pub currency: &'static str,
    /// How many negotiations.
    pub negotiations: i64,
    /// Of them agreed.
    pub won: i64,
    /// Of them ended without agreement.
    pub lost: i64,
    /// Of them with a person.
    pub escalated: i64,
    /// Agreed of all that ended.
    pub agreement_percent: String,
    /// The discount asked for.
    pub asked_discount_percent: String,
    /// The discount given on what was agreed.
    pub given_discount_percent: String,
    /// Rounds in all.
    pub rounds: i64,
    /// Average time to the first answer.
    pub answer_seconds: Option<i64>,
    /// Average time that people took.
    pub turnaround_seconds: Option<i64>,
    /// Average time from first ask to end.
    pub cycle_seconds: Option<i64>,
    /// What was agreed.
    pub agreed: String,
    /// Deals of which something was ordered.
    pub ordered_deals: i64,
    /// Deals of which nothing was ordered while it could be.
    pub lapsed_deals: i64,
    /// What was not ordered while it could be.
    pub lapsed: String,
    /// What can still be ordered.
    pub still_open: String,
    /// What was ordered of agreed deals. Margin, baseline and leakage are of what was ordered.
    pub revenue: String,
    /// Of it beyond the asked quantities.
    pub extra_volume: String,
    /// What the ordered quantities would have brought without negotiating.
    pub baseline: String,
    /// Ordered deals whose baseline is a price really paid.
    pub baseline_paid: i64,
    /// What is left of deals whose costs are known.
    pub pocket: String,
    /// The same, of their revenue.
    pub margin_percent: String,
    /// What the ordered quantities would have left at the baseline.
    pub baseline_pocket: String,
    /// Deals whose costs are those of today.
    pub estimated: i64,
    /// What is missing to the floor.
    pub leakage: String,
}

fn figures_json(key: String, f: &Figures) -> FiguresJson {
    let money = |minor: i64| f.money(minor).to_decimal();
    FiguresJson {
        key,
        currency: f.currency.code(),
        negotiations: f.count,
        won: f.won,
        lost: f.lost,
        escalated: f.escalated,
        agreement_percent: f.agreement().to_percent(),
        asked_discount_percent: f.asked_discount().to_percent(),
        given_discount_percent: f.given_discount().to_percent(),
        rounds: f.rounds,
        answer_seconds: Figures::average(f.answer_seconds, f.count),
        turnaround_seconds: Figures::average(f.turnaround_seconds, f.turnarounds),
        cycle_seconds: Figures::average(f.cycle_seconds, f.cycles),
        agreed: money(f.agreed),
        ordered_deals: f.ordered,
        lapsed_deals: f.lapsed,
        lapsed: money(f.lapsed_net),
        still_open: money(f.open_net),
        revenue: money(f.net),
        extra_volume: money(f.volume),
        baseline: money(f.baseline),
        baseline_paid: f.baseline_paid,
        pocket: money(f.pocket),
        margin_percent: f.margin().to_percent(),
        baseline_pocket: money(f.baseline_pocket),
        estimated: f.estimated,
        leakage: money(f.leak),
    }
}

/// A lever.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LeverJson {
    /// Its code.
    pub lever: String,
    /// Negotiations in which it was offered.
    pub offered: i64,
    /// In which it was looked at closely.
    pub looked_at: i64,
    /// In which it was taken.
    pub taken: i64,
    /// Offers of it that buyers had, whoever made them.
    pub offers: i64,
    /// Of them, taken.
    pub offers_taken: i64,
}

/// A price agreed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PriceJson {
    /// The negotiation.
    pub negotiation: NegotiationId,
    /// The customer.
    pub company: String,
    /// For how much.
    pub quantity: String,
    /// Of which unit.
    pub unit: &'static str,
    /// The price of one unit.
    pub price: String,
    /// The list price then.
    pub list_price: String,
    /// ISO 4217.
    pub currency: &'static str,
    /// When it was first asked, RFC 3339.
    pub at: String,
}

/// Agreed deals by what became of them.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct KeptJson {
    /// `kept`, `short` (less was ordered than agreed), `partly` (the rest can still be ordered), `not-ordered` or `open`.
    pub state: String,
    /// How many.
    pub deals: i64,
    /// What was agreed.
    pub agreed: String,
    /// What of it was ordered.
    pub revenue: String,
}

/// Whether deals were kept, and how far negotiating has caught on.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AdherenceJson {
    /// ISO 4217.
    pub currency: &'static str,
    /// Agreed deals by what became of them.
    pub deals: Vec<KeptJson>,
    /// Whether they were paid in time; `null`: not known, payments are not recorded yet.
    pub paid_in_time: Option<i64>,
    /// Companies that negotiated.
    pub companies_negotiating: i64,
    /// Companies that bought.
    pub companies_buying: i64,
    /// What was sold.
    pub sold: String,
    /// Of it at negotiated prices.
    pub sold_negotiated: String,
}

/// A negotiation with what came of it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ResultJson {
    /// The negotiation.
    pub id: NegotiationId,
    /// Its number.
    pub number: i64,
    /// The customer.
    pub company: String,
    /// The customer's segment.
    pub segment: String,
    /// The first product.
    pub product: ProductId,
    /// When it was first asked, RFC 3339.
    pub opened_at: String,
    /// `open`, `won` or `lost`.
    pub outcome: String,
    /// Why, as a code.
    pub reason: String,
    /// How often was asked.
    pub rounds: i64,
    /// Whether a person had it.
    pub is_escalated: bool,
    /// What was asked for, at list prices.
    pub list_value: String,
    /// At asked prices.
    pub ask_value: String,
    /// What was agreed.
    pub agreed: String,
    /// What of it was ordered.
    pub revenue: String,
    /// What is left of that; `null` when nothing was ordered or no cost is known.
    pub pocket: Option<String>,
    /// ISO 4217.
    pub currency: &'static str,
}

/// A page of negotiations.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ResultsJson {
    /// In all.
    pub total: i64,
    /// The newest first.
    pub negotiations: Vec<ResultJson>,
}

/// What differs between a decision and its replay.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DifferenceJson {
    /// Where, e.g. `outcome.counter[0].net`.
    pub path: String,
    /// As it was stored.
    pub stored: String,
    /// As it is computed now.
    pub again: String,
}

/// A decision computed again.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReplayJson {
    /// Whether both are the same to the cent.
    pub is_identical: bool,
    /// Field by field of outcome and trace.
    pub differences: Vec<DifferenceJson>,
}

/// Everything up to date, and the filter read, for those who may see it all.
async fn ready(app: &App, visitor: &Visitor, query: &FilterQuery) -> kernel::Outcome<(db::ReadTx, Filter)> {
    queries::must_see_all(&app.db().read().await?, &visitor.actor).await?;
    follower::up_to_date(app).await?;
    let tx = app.db().read().await?;
    let filter = query.filter(&tx, app).await?;
    Ok((tx, filter))
}

async fn currency(tx: &db::ReadTx) -> kernel::Outcome<kernel::Currency> {
    Ok(policies::queries::published(tx).await?.policy.currency)
}

pub(super) async fn figures(State(app): State<App>, visitor: Visitor, Query(query): Query<FiguresQuery>) -> Reply {
    let by = query.by.as_deref().unwrap_or("total");
    let by = Dimension::parse(by).ok_or_else(|| kernel::Failure::from(kernel::Invalid::field("by", "choice")))?;
    let (tx, filter) = ready(&app, &visitor, &query.filter).await?;
    let all = queries::figures(&tx, &filter, by, currency(&tx).await?).await?;
    let key = |key: String| match by {
        Dimension::Week => super::view::day_text(kernel::Date::from_days(key.parse().unwrap_or(0))),
        _ => key,
    };
    web::json(&all.into_iter().map(|(text, f)| figures_json(key(text), &f)).collect::<Vec<_>>())
}

pub(super) async fn levers(State(app): State<App>, visitor: Visitor, Query(query): Query<FilterQuery>) -> Reply {
    let (tx, filter) = ready(&app, &visitor, &query).await?;
    let json = queries::levers(&tx, &filter).await?.into_iter().map(|row| LeverJson {
        lever: row.lever,
        offered: row.offered,
        looked_at: row.looked_at,
        taken: row.taken,
        offers: row.offers,
        offers_taken: row.offers_taken,
    });
    web::json(&json.collect::<Vec<_>>())
}

pub(super) async fn prices(State(app): State<App>, visitor: Visitor, Query(query): Query<PricesQuery>) -> Reply {
    let (tx, filter) = ready(&app, &visitor, &query.filter).await?;
    let product = app.part::<Catalog>().by_sku(query.product.trim()).ok_or(Failure::NotFound)?;
    let json = queries::prices(&tx, &filter, product.id).await?.into_iter().map(|p| PriceJson {
        negotiation: p.id,
        company: p.company,
        quantity: p.quantity.to_decimal(),
        unit: p.quantity.unit().code(),
        price: p.price.to_decimal(),
        list_price: p.list.to_decimal(),
        currency: p.price.currency().code(),
        at: p.at.to_rfc3339(),
    });
    web::json(&json.collect::<Vec<_>>())
}

pub(super) async fn adherence(State(app): State<App>, visitor: Visitor, Query(query): Query<FilterQuery>) -> Reply {
    let (tx, filter) = ready(&app, &visitor, &query).await?;
    let currency = currency(&tx).await?;
    let deals = queries::adherence(&tx, &filter, currency).await?;
    let adoption = queries::adoption(&tx, filter.from, filter.until, currency).await?;
    let money = |minor: i64| kernel::Amount::new(minor, currency).to_decimal();
    let kept = |row: super::AdherenceRow| KeptJson {
        deals: row.count,
        agreed: money(row.agreed_minor),
        revenue: money(row.net_minor),
        state: row.state,
    };
    web::json(&AdherenceJson {
        currency: currency.code(),
        deals: deals.into_iter().map(kept).collect(),
        paid_in_time: None,
        companies_negotiating: adoption.negotiating,
        companies_buying: adoption.buying,
        sold: adoption.sold.to_decimal(),
        sold_negotiated: adoption.negotiated.to_decimal(),
    })
}

pub(super) async fn results(State(app): State<App>, visitor: Visitor, Query(query): Query<FilterQuery>) -> Reply {
    let (tx, filter) = ready(&app, &visitor, &query).await?;
    let pager = Pager::asked(query.page.as_deref(), query.per_page.as_deref());
    let (rows, total) = queries::results(&tx, &filter, pager.per_page, pager.offset()).await?;
    let json = rows.into_iter().map(|row| {
        let money = |minor: i64| kernel::Amount::new(minor, row.currency).to_decimal();
        ResultJson {
            list_value: money(row.list_minor),
            ask_value: money(row.ask_minor),
            agreed: money(row.agreed_minor),
            revenue: money(row.net_minor),
            pocket: row.pocket_minor.map(money),
            id: row.id,
            number: row.number,
            company: row.company,
            segment: row.segment,
            product: row.product,
            opened_at: row.opened_at.to_rfc3339(),
            outcome: row.outcome,
            reason: row.reason,
            rounds: row.rounds,
            is_escalated: row.is_escalated,
            currency: row.currency.code(),
        }
    });
    web::json(&ResultsJson { total, negotiations: json.collect() })
}

pub(super) async fn replay(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, round)): Path<(NegotiationId, i64)>,
) -> Reply {
    let tx = app.db().read().await?;
    queries::must_see_all(&tx, &visitor.actor).await?;
    let compared = queries::replay(&tx, &visitor.actor, id, round).await?;
    let difference = |(path, stored, again): (String, String, String)| DifferenceJson { path, stored, again };
    web::json(&ReplayJson {
        is_identical: compared.is_identical,
        differences: compared.differences.into_iter().map(difference).collect(),
    })
}
