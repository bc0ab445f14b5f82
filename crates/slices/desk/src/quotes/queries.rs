//! Reading quotes. A buyer's company is part of every query, and drafts are the seller's.

use db::ReadTx;
use kernel::{Actor, CompanyId, Failure, Outcome, Permission, QuoteId};
use web::Pager;

use super::store::{self, Filter};
use super::{Quote, State};

/// A quote: of the own company for buyers, any for people of the desk. Buyers get no drafts.
///
/// # Errors
/// Not found.
pub async fn quote(tx: &ReadTx, actor: &Actor, id: QuoteId) -> Outcome<Quote> {
    if actor.may(Permission::UseDesk) {
        return store::load(tx, None, id).await?.ok_or(Failure::NotFound);
    }
    let mut quote = store::load(tx, Some(actor.company()?), id).await?.ok_or(Failure::NotFound)?;
    quote.versions.retain(|version| !version.is_draft);
    Ok(quote)
}

/// The quotes of a company, changed last first, and how many there are in all.
///
/// # Errors
/// A fault when the database fails.
pub async fn of_company(tx: &ReadTx, company: CompanyId, pager: Pager) -> Outcome<(Vec<Quote>, i64)> {
    let filter = Filter { company: Some(company), ..Filter::default() };
    let mut quotes = store::list(tx, &filter, pager.per_page, pager.offset()).await?;
    quotes.iter_mut().for_each(|quote| quote.versions.retain(|version| !version.is_draft));
    Ok((quotes, store::count(tx, &filter).await?))
}

/// All quotes for the desk: those that wait for the seller, or all.
///
/// # Errors
/// The refusal `not-allowed`.
pub async fn for_desk(tx: &ReadTx, actor: &Actor, only_waiting: bool, pager: Pager) -> Outcome<(Vec<Quote>, i64)> {
    actor.must(Permission::UseDesk)?;
    let states = if only_waiting { vec![State::Requested.code(), State::Countered.code()] } else { Vec::new() };
    let filter = Filter { company: None, states };
    Ok((store::list(tx, &filter, pager.per_page, pager.offset()).await?, store::count(tx, &filter).await?))
}

/// How many quotes wait for the seller.
///
/// # Errors
/// A fault when the database fails.
pub async fn waiting_count(tx: &ReadTx) -> Outcome<i64> {
    let states = vec![State::Requested.code(), State::Countered.code()];
    store::count(tx, &Filter { company: None, states }).await
}
