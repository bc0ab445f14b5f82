//! The SQL of carts. Every statement names the person: another one's cart is not there.

use db::{DbError, ReadTx, Row, WriteTx, params};
use kernel::{CartId, CartLineId, CompanyId, Fault, Instant, OfferId, Outcome, ProductId, Quantity, UserId};

use super::model::{Cart, CartLine, CartSummary, CheckoutInput};

db::sql! {
    CURRENT = "SELECT id, company_id, person_id, name, is_current, payment_days, ship_to, bill_to, po_number, requested_on,
        note, ordered_at, version FROM cart WHERE person_id = $1 AND company_id = $2 AND ordered_at IS NULL
        ORDER BY is_current DESC, changed_at DESC LIMIT 1";
    BY_ID = "SELECT id, company_id, person_id, name, is_current, payment_days, ship_to, bill_to, po_number, requested_on,
        note, ordered_at, version FROM cart WHERE id = $3 AND person_id = $1 AND company_id = $2";
    LINES = "SELECT id, product_id, quantity, unit, offer_id FROM cart_line WHERE cart_id = $1 ORDER BY added_at, id";
    ALL = "SELECT c.id, c.name, c.is_current, (SELECT COUNT(*) FROM cart_line l WHERE l.cart_id = c.id) AS lines FROM cart c
        WHERE c.person_id = $1 AND c.company_id = $2 AND c.ordered_at IS NULL ORDER BY c.id";
    COUNT_LINES = "SELECT COUNT(*) AS n FROM cart_line WHERE cart_id = (SELECT id FROM cart WHERE person_id = $1
        AND company_id = $2 AND ordered_at IS NULL ORDER BY is_current DESC, changed_at DESC LIMIT 1)";
    COUNT_CARTS = "SELECT COUNT(*) AS n FROM cart WHERE person_id = $1 AND ordered_at IS NULL";
    INSERT = "INSERT INTO cart (id, company_id, person_id, name, is_current, po_number, note, changed_at, version)
        VALUES ($1, $2, $3, $4, $5, '', '', $6, 1)";
    UNSELECT = "UPDATE cart SET is_current = $2 WHERE person_id = $1 AND is_current = $3";
    SELECT = "UPDATE cart SET is_current = $2, changed_at = $3 WHERE id = $1";
    RENAME = "UPDATE cart SET name = $2, changed_at = $3 WHERE id = $1";
    REMOVE_LINES = "DELETE FROM cart_line WHERE cart_id = $1";
    REMOVE = "DELETE FROM cart WHERE id = $1";
    TOUCH = "UPDATE cart SET changed_at = $3, version = version + 1 WHERE id = $1 AND version = $2 AND ordered_at IS NULL";
    PUT_LINE = "INSERT INTO cart_line (id, cart_id, product_id, quantity, unit, offer_id, added_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = excluded.quantity, unit = excluded.unit,
        offer_id = excluded.offer_id";
    SET_QUANTITY = "UPDATE cart_line SET quantity = $3 WHERE id = $1 AND cart_id = $2";
    REMOVE_LINE = "DELETE FROM cart_line WHERE id = $1 AND cart_id = $2";
    SET_CHECKOUT = "UPDATE cart SET ship_to = $3, bill_to = $4, po_number = $5, requested_on = $6, payment_days = $7,
        note = $8, changed_at = $9, version = version + 1 WHERE id = $1 AND version = $2 AND ordered_at IS NULL";
    SET_PAYMENT = "UPDATE cart SET payment_days = $2 WHERE id = $1";
    MARK_ORDERED = "UPDATE cart SET is_current = $3, ordered_at = $4, version = version + 1
        WHERE id = $1 AND version = $2 AND ordered_at IS NULL";
}

fn from_row(row: &Row) -> Result<Cart, Fault> {
    Ok(Cart {
        id: row.get("id")?,
        company: row.get("company_id")?,
        person: row.get("person_id")?,
        name: row.get("name")?,
        is_current: row.get("is_current")?,
        payment_days: row.get("payment_days")?,
        ship_to: row.get("ship_to")?,
        bill_to: row.get("bill_to")?,
        po_number: row.get("po_number")?,
        requested_on: row.get("requested_on")?,
        note: row.get("note")?,
        ordered_at: row.get("ordered_at")?,
        version: row.get("version")?,
        lines: Vec::new(),
    })
}

fn line_from(row: &Row) -> Result<CartLine, Fault> {
    Ok(CartLine {
        id: row.get("id")?,
        product: row.get("product_id")?,
        quantity: Quantity::new(row.get("quantity")?, row.get("unit")?),
        offer: row.get("offer_id")?,
    })
}

async fn with_lines(tx: &ReadTx, row: Option<Row>) -> Outcome<Option<Cart>> {
    let Some(mut cart) = row.as_ref().map(from_row).transpose()? else { return Ok(None) };
    cart.lines = tx.all(LINES, params![cart.id]).await?.iter().map(line_from).collect::<Result<_, _>>()?;
    Ok(Some(cart))
}

pub(super) async fn current(tx: &ReadTx, person: UserId, company: CompanyId) -> Outcome<Option<Cart>> {
    let row = tx.optional(CURRENT, params![person, company]).await?;
    with_lines(tx, row).await
}

pub(super) async fn by_id(tx: &ReadTx, person: UserId, company: CompanyId, id: CartId) -> Outcome<Option<Cart>> {
    let row = tx.optional(BY_ID, params![person, company, id]).await?;
    with_lines(tx, row).await
}

pub(super) async fn all(tx: &ReadTx, person: UserId, company: CompanyId) -> Outcome<Vec<CartSummary>> {
    let summary = |row: &Row| {
        let (id, name, is_current) = (row.get("id")?, row.get("name")?, row.get("is_current")?);
        Ok(CartSummary { id, name, is_current, lines: row.get("lines")? })
    };
    let rows = tx.all(ALL, params![person, company]).await?;
    Ok(rows.iter().map(summary).collect::<Result<_, Fault>>()?)
}

pub(super) async fn count_lines(tx: &ReadTx, person: UserId, company: CompanyId) -> Outcome<i64> {
    Ok(tx.one(COUNT_LINES, params![person, company]).await?.get("n")?)
}

pub(super) async fn count_carts(tx: &ReadTx, person: UserId) -> Outcome<i64> {
    Ok(tx.one(COUNT_CARTS, params![person]).await?.get("n")?)
}

/// A new cart, the current one. Two at once by the same person: one is tried again and finds the other's.
pub(super) async fn insert(
    tx: &WriteTx,
    id: CartId,
    person: UserId,
    company: CompanyId,
    name: &str,
    now: Instant,
) -> Outcome<()> {
    let done = tx.execute(INSERT, params![id, company, person, name, true, now]).await;
    match done {
        Err(DbError::Unique { .. }) => Err(Fault::new("another cart became the current one").passing().into()),
        other => Ok(other.map(|_| ())?),
    }
}

pub(super) async fn unselect(tx: &WriteTx, person: UserId) -> Outcome<()> {
    tx.execute(UNSELECT, params![person, false, true]).await?;
    Ok(())
}

pub(super) async fn select(tx: &WriteTx, id: CartId, now: Instant) -> Outcome<()> {
    tx.execute(SELECT, params![id, true, now]).await?;
    Ok(())
}

pub(super) async fn rename(tx: &WriteTx, id: CartId, name: &str, now: Instant) -> Outcome<()> {
    tx.execute(RENAME, params![id, name, now]).await?;
    Ok(())
}

pub(super) async fn remove(tx: &WriteTx, id: CartId) -> Outcome<()> {
    tx.execute(REMOVE_LINES, params![id]).await?;
    tx.execute(REMOVE, params![id]).await?;
    Ok(())
}

/// Claims the cart for a change; when it was changed or ordered meanwhile, the command is tried again.
pub(super) async fn touch(tx: &WriteTx, cart: &Cart, now: Instant) -> Outcome<()> {
    Ok(tx.update_one(TOUCH, params![cart.id, cart.version, now]).await?)
}

pub(super) async fn put_line(
    tx: &WriteTx,
    cart: CartId,
    line: CartLineId,
    (product, quantity, offer): (ProductId, Quantity, Option<OfferId>),
    now: Instant,
) -> Outcome<()> {
    let values = params![line, cart, product, quantity.thousandths(), quantity.unit(), offer, now];
    tx.execute(PUT_LINE, values).await?;
    Ok(())
}

pub(super) async fn set_quantity(tx: &WriteTx, cart: CartId, line: CartLineId, quantity: Quantity) -> Outcome<()> {
    tx.execute(SET_QUANTITY, params![line, cart, quantity.thousandths()]).await?;
    Ok(())
}

pub(super) async fn remove_line(tx: &WriteTx, cart: CartId, line: CartLineId) -> Outcome<()> {
    tx.execute(REMOVE_LINE, params![line, cart]).await?;
    Ok(())
}

pub(super) async fn set_payment(tx: &WriteTx, cart: CartId, days: i64) -> Outcome<()> {
    tx.execute(SET_PAYMENT, params![cart, days]).await?;
    Ok(())
}

pub(super) async fn set_checkout(tx: &WriteTx, cart: &Cart, input: &CheckoutInput, now: Instant) -> Outcome<()> {
    let values = params![
        cart.id,
        cart.version,
        input.ship_to,
        input.bill_to,
        input.po_number,
        input.requested_on,
        input.payment_days,
        input.note,
        now,
    ];
    Ok(tx.update_one(SET_CHECKOUT, values).await?)
}

pub(super) async fn mark_ordered(tx: &WriteTx, cart: &Cart, now: Instant) -> Outcome<()> {
    Ok(tx.update_one(MARK_ORDERED, params![cart.id, cart.version, false, now]).await?)
}
