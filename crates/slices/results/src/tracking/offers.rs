//! Every offer that buyers had, over all time: for whoever sets other counts of offers beside it.

use db::ReadTx;
use kernel::Outcome;
use web::App;

use super::queries;
use super::view::{self, FilterQuery};

/// Offers that buyers had, and how many they took.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Offers {
    pub(crate) made: i64,
    pub(crate) taken: i64,
    /// Of what these are, and the report that tells them apart.
    pub(crate) scope: String,
    pub(crate) href: String,
}

/// Every offer to buyers of a segment, or to all of them, from the first negotiation to today.
pub(crate) async fn of_all_time(tx: &ReadTx, app: &App, segment: &str) -> Outcome<Offers> {
    let first = queries::first_and_last(tx).await?.map(|(first, _)| view::day_text(first.date()));
    let query = FilterQuery { from: first, segment: Some(segment.to_owned()), ..FilterQuery::default() };
    let (made, taken) = queries::offers(tx, &query.filter(tx, app).await?).await?;
    let href = format!("/office/tracking/reports/levers?{}", query.with(&[]));
    Ok(Offers { made, taken, scope: query.scope(app.system_ctx().today(), &[]), href })
}
