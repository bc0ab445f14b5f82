//! Credit notes: what a customer gets back for cancelled or returned goods.

mod pages;
mod store;

use db::events::Event;
use db::{ReadTx, WriteTx};
use kernel::{
    Access, Actor, Amount, CompanyId, Ctx, Currency, Instant, Invalid, Outcome, Permission, ProductId, Quantity,
    UnitPrice,
};
use pricing::purchases::{self, Purchase};
use pricing_engine::line_net;
use web::{ApiDoc, Method, Routes};

use crate::orders;

/// A credit note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditNote {
    /// Its number.
    pub number: String,
    /// The order that it corrects, when known.
    pub order_number: Option<String>,
    /// What the customer gets back, without tax.
    pub net: Amount,
    /// When it was issued.
    pub issued_at: Instant,
}

/// A past credit note, to be imported.
#[derive(Debug, Clone)]
pub struct PastCredit {
    /// Its number, unique.
    pub number: String,
    /// Who gets it.
    pub company: CompanyId,
    /// The order that it corrects, when known.
    pub order_number: Option<String>,
    /// The currency of all prices.
    pub currency: Currency,
    /// When it was issued.
    pub issued_at: Instant,
    /// Its lines, in order.
    pub lines: Vec<PastCreditLine>,
}

/// A line of a past credit note.
#[derive(Debug, Clone)]
pub struct PastCreditLine {
    /// The product.
    pub product: ProductId,
    /// Its SKU.
    pub sku: String,
    /// Its name then.
    pub name: String,
    /// How much came back; positive.
    pub quantity: Quantity,
    /// The net price of one unit that is given back.
    pub price: UnitPrice,
}

/// What happens to credit notes.
struct Imported(usize);

impl Event for Imported {
    fn kind(&self) -> &'static str {
        "credit_note.imported"
    }
    fn subject(&self) -> String {
        "many".into()
    }
    fn company(&self) -> Option<CompanyId> {
        None
    }
    fn payload(&self) -> serde_json::Value {
        serde_json::json!({ "credit_notes": self.0 })
    }
}

/// Stores past credit notes with few statements, and takes them off what was bought.
///
/// # Errors
/// Invalid `number` when one is taken, invalid amounts; the refusal `not-allowed`.
pub async fn import_many(tx: &WriteTx, ctx: &Ctx, past: &[PastCredit]) -> Outcome<()> {
    ctx.actor.must(Permission::RunSystem)?;
    let corrected: Vec<&str> = past.iter().filter_map(|one| one.order_number.as_deref()).collect();
    let cancelled = orders::cancelled_among(tx, &corrected).await?;
    let (mut notes, mut lines, mut bought) = (Vec::new(), Vec::new(), Vec::new());
    for one in past {
        // What was cancelled was never bought, so there is nothing to take off.
        let counts = one.order_number.as_ref().is_none_or(|order| !cancelled.contains(order));
        let then = Ctx { now: one.issued_at, ..ctx.clone() };
        let id = then.ids.next(then.now);
        let nets = one.lines.iter().map(|l| line_net(l.price, l.quantity)).collect::<Result<Vec<_>, _>>()?;
        notes.push(store::note_values(id, one, Amount::sum(one.currency, nets.iter().copied())?));
        for ((position, line), net) in (1..).zip(&one.lines).zip(nets) {
            lines.push(store::line_values(then.ids.next(then.now), id, position, line, net));
            if counts {
                bought.push(taken_back(one, position, line, net));
            }
        }
    }
    let done = store::insert(tx, notes, lines).await;
    done.map_err(|e| e.on_unique(|| Invalid::field("number", "taken").into()))?;
    purchases::actions::record_many(tx, &bought).await?;
    tx.append(ctx, &Imported(past.len())).await?;
    Ok(())
}

/// Whether a credit note with this number is there.
///
/// # Errors
/// A fault when the database fails.
pub async fn is_known(tx: &ReadTx, number: &str) -> Outcome<bool> {
    store::is_known(tx, number).await
}

fn taken_back(note: &PastCredit, position: i64, line: &PastCreditLine, net: Amount) -> Purchase {
    Purchase {
        order_number: note.number.clone(),
        position,
        company: note.company,
        product: line.product,
        at: note.issued_at,
        quantity: Quantity::new(-line.quantity.thousandths(), line.quantity.unit()),
        price: line.price,
        list_price: line.price,
        net: Amount::new(-net.minor(), net.currency()),
        is_negotiated: false,
        is_open: false,
    }
}

/// The credit notes of the actor's company, newest first, and how many there are.
///
/// # Errors
/// The refusal `no-company`.
pub async fn own(tx: &ReadTx, actor: &Actor, limit: i64, offset: i64) -> Outcome<(Vec<CreditNote>, i64)> {
    store::list(tx, actor.company()?, limit, offset).await
}

pub(crate) fn routes() -> Routes {
    let buy = Access::Needs(Permission::Buy);
    let list = ApiDoc::new("orders", "list_credit_notes", "The own company's credit notes, newest first.")
        .query::<pages::ListParameters>();
    Routes::new().page(Method::GET, "/account/credit-notes", buy, pages::list).api(
        Method::GET,
        "/api/v1/credit-notes",
        buy,
        list.response::<pages::CreditNoteList>(),
        pages::list_json,
    )
}
