//! The SQL of requests to suppliers.

use db::{ReadTx, Row, Statement, WriteTx, params};
use kernel::{Currency, Fault, Instant, NegotiationId, Outcome, ProductId, Quantity, QuoteId, SupportId, UnitPrice};

use super::{About, Granted, State, SupplierRequest};

const SELECT: &str = "SELECT id, negotiation_id, quote_id, quote_line, product_id, email, supplier_sku, quantity, unit,
    currency, usual_micros, asked_micros, note, state, granted_micros, granted_quantity, granted_until, answer_note,
    attempts, asked_by, asked_at, expires_at, answered_at FROM support";

db::sql! {
    INSERT = "INSERT INTO support (id, token_hash, negotiation_id, quote_id, quote_line, product_id, email, supplier_sku,
        quantity, unit, currency, usual_micros, asked_micros, note, state, answer_note, attempts, asked_by, asked_at,
        expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', 0, $16, $17, $18)";
    ANSWER = "UPDATE support SET state = $2, granted_micros = $3, granted_quantity = $4, granted_until = $5,
        answer_note = $6, answered_at = $7 WHERE id = $1 AND state = 'open'";
    ATTEMPT = "UPDATE support SET attempts = attempts + 1 WHERE id = $1";
}

/// Stores a new request, and the hash of its token.
pub async fn insert(tx: &WriteTx, request: &SupplierRequest, token_hash: &str) -> Outcome<()> {
    let (negotiation, quote, line) = match request.about {
        About::Negotiation(id) => (Some(id), None, None),
        About::Quote(id, line) => (None, Some(id), Some(line)),
    };
    let values = params![
        request.id,
        token_hash,
        negotiation,
        quote,
        line,
        request.product,
        request.email,
        request.supplier_sku,
        request.quantity.thousandths(),
        request.quantity.unit(),
        request.currency,
        request.usual.micros(),
        request.asked.micros(),
        request.note,
        request.state.code(),
        request.asked_by,
        request.asked_at,
        request.expires_at,
    ];
    Ok(tx.execute(INSERT, values).await.map(|_| ())?)
}

/// Stores an answer; says whether it was the first.
pub async fn answer(tx: &WriteTx, request: &SupplierRequest) -> Outcome<bool> {
    let granted = request.granted;
    let values = params![
        request.id,
        request.state.code(),
        granted.map(|granted| granted.price.micros()),
        granted.map(|granted| granted.up_to.thousandths()),
        granted.map(|granted| granted.until),
        request.answer_note,
        request.answered_at,
    ];
    Ok(tx.execute(ANSWER, values).await? == 1)
}

/// Counts an answer that could not be read.
pub async fn count_attempt(tx: &WriteTx, id: SupportId) -> Outcome<()> {
    Ok(tx.update_one(ATTEMPT, params![id]).await?)
}

async fn one(tx: &ReadTx, statement: Statement) -> Outcome<Option<SupplierRequest>> {
    Ok(tx.list(statement).await?.first().map(from_row).transpose()?)
}

/// The request whose token has this hash.
pub async fn by_token(tx: &ReadTx, token_hash: &str) -> Outcome<Option<SupplierRequest>> {
    one(tx, Statement::new(SELECT).filter("token_hash = ?", params![token_hash])).await
}

/// A request, if it is there.
pub async fn load(tx: &ReadTx, id: SupportId) -> Outcome<Option<SupplierRequest>> {
    one(tx, Statement::new(SELECT).filter("id = ?", params![id])).await
}

async fn all(tx: &ReadTx, statement: Statement) -> Outcome<Vec<SupplierRequest>> {
    let rows = tx.list(statement.then("ORDER BY asked_at, id", Vec::new())).await?;
    Ok(rows.iter().map(from_row).collect::<Result<_, _>>()?)
}

/// What suppliers were asked for a negotiation, the first first.
pub async fn of_negotiation(tx: &ReadTx, id: NegotiationId) -> Outcome<Vec<SupplierRequest>> {
    all(tx, Statement::new(SELECT).filter("negotiation_id = ?", params![id])).await
}

/// What suppliers were asked for a quote, the first first.
pub async fn of_quote(tx: &ReadTx, id: QuoteId) -> Outcome<Vec<SupplierRequest>> {
    all(tx, Statement::new(SELECT).filter("quote_id = ?", params![id])).await
}

/// What was granted for a product of a case.
pub(super) async fn granted(tx: &ReadTx, about: About, product: ProductId) -> Outcome<Vec<SupplierRequest>> {
    let statement = Statement::new(SELECT).filter("product_id = ?", params![product]);
    let statement = statement.filter("state = 'granted'", Vec::new());
    let statement = match about {
        About::Negotiation(id) => statement.filter("negotiation_id = ?", params![id]),
        About::Quote(id, line) => statement.filter("quote_id = ?", params![id]).filter("quote_line = ?", params![line]),
    };
    all(tx, statement).await
}

fn from_row(row: &Row) -> Result<SupplierRequest, Fault> {
    let currency: Currency = row.get("currency")?;
    let state: String = row.get("state")?;
    let unit = row.get("unit")?;
    let negotiation: Option<NegotiationId> = row.get("negotiation_id")?;
    let quote: Option<QuoteId> = row.get("quote_id")?;
    let line: Option<i64> = row.get("quote_line")?;
    let about = match (negotiation, quote) {
        (Some(id), _) => About::Negotiation(id),
        (None, Some(id)) => About::Quote(id, line.unwrap_or(0)),
        (None, None) => return Err(Fault::new("a request to a supplier is about nothing")),
    };
    let price: Option<i64> = row.get("granted_micros")?;
    let up_to: Option<i64> = row.get("granted_quantity")?;
    let granted = price.zip(up_to).zip(row.get("granted_until")?).map(|((price, up_to), until)| Granted {
        price: UnitPrice::new(price, currency),
        up_to: Quantity::new(up_to, unit),
        until,
    });
    let answered_at: Option<Instant> = row.get("answered_at")?;
    Ok(SupplierRequest {
        id: row.get("id")?,
        about,
        product: row.get("product_id")?,
        email: row.get("email")?,
        supplier_sku: row.get("supplier_sku")?,
        quantity: Quantity::new(row.get("quantity")?, unit),
        currency,
        usual: UnitPrice::new(row.get("usual_micros")?, currency),
        asked: UnitPrice::new(row.get("asked_micros")?, currency),
        note: row.get("note")?,
        state: State::parse(&state).ok_or_else(|| Fault::new(format!("support.state is {state}")))?,
        granted,
        answer_note: row.get("answer_note")?,
        attempts: row.get("attempts")?,
        asked_by: row.get("asked_by")?,
        asked_at: row.get("asked_at")?,
        expires_at: row.get("expires_at")?,
        answered_at,
    })
}
