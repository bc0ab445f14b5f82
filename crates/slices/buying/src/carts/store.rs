//! The SQL of carts. What was removed stays for a while, so that it can be brought back.

use std::collections::HashSet;

use db::{ReadTx, Row, Value, WriteTx, params};
use kernel::{CartId, CartLineId, CompanyId, Fault, Instant, OfferId, Outcome, Quantity, UserId};

use super::{Cart, CartLine, CheckoutInput};

db::sql! {
    INSERT = "INSERT INTO cart (id, company_id, person_id, name, is_current, po_number, note, changed_at, version)
        VALUES ($1, $2, $3, $4, TRUE, '', '', $5, 1)";
    CURRENT = "SELECT id, company_id, person_id, name, is_current, payment_days, ship_to, bill_to, po_number,
        requested_on, note, ordered_at, version FROM cart WHERE person_id = $1 AND company_id = $2 AND is_current";
    OPEN = "SELECT id, company_id, person_id, name, is_current, payment_days, ship_to, bill_to, po_number,
        requested_on, note, ordered_at, version FROM cart
        WHERE person_id = $1 AND company_id = $2 AND ordered_at IS NULL AND removed_at IS NULL ORDER BY id";
    BY_ID = "SELECT id, company_id, person_id, name, is_current, payment_days, ship_to, bill_to, po_number,
        requested_on, note, ordered_at, version FROM cart WHERE id = $1 AND person_id = $2 AND company_id = $3
        AND removed_at IS NULL";
    OF_LINE = "SELECT c.id, c.company_id, c.person_id, c.name, c.is_current, c.payment_days, c.ship_to, c.bill_to,
        c.po_number, c.requested_on, c.note, c.ordered_at, c.version FROM cart_line l JOIN cart c ON c.id = l.cart_id
        WHERE l.id = $1 AND c.person_id = $2 AND c.company_id = $3 AND l.removed_at IS NULL AND c.removed_at IS NULL";
    OF_REMOVED_LINE = "SELECT c.id, c.company_id, c.person_id, c.name, c.is_current, c.payment_days, c.ship_to, c.bill_to,
        c.po_number, c.requested_on, c.note, c.ordered_at, c.version FROM cart_line l JOIN cart c ON c.id = l.cart_id
        WHERE l.id = $1 AND c.person_id = $2 AND c.company_id = $3 AND l.removed_at IS NOT NULL AND c.removed_at IS NULL";
    REMOVED_LINE = "SELECT id, position, product_id, quantity, unit, offer_id FROM cart_line WHERE id = $1";
    REMOVED_CART = "SELECT id, company_id, person_id, name, is_current, payment_days, ship_to, bill_to, po_number,
        requested_on, note, ordered_at, version FROM cart WHERE id = $1 AND person_id = $2 AND company_id = $3
        AND removed_at IS NOT NULL";
    WITH_OFFER = "SELECT c.id, c.company_id, c.person_id, c.name, c.is_current, c.payment_days, c.ship_to, c.bill_to,
        c.po_number, c.requested_on, c.note, c.ordered_at, c.version FROM cart c
        WHERE c.person_id = $2 AND c.company_id = $3 AND c.ordered_at IS NULL AND c.removed_at IS NULL
        AND EXISTS (SELECT 1 FROM cart_line l WHERE l.cart_id = c.id AND l.offer_id = $1 AND l.removed_at IS NULL)
        ORDER BY c.id LIMIT 1";
    LINES = "SELECT id, position, product_id, quantity, unit, offer_id FROM cart_line WHERE cart_id = $1
        AND removed_at IS NULL ORDER BY position, id";
    COUNT = "SELECT COUNT(*) AS n FROM cart c JOIN cart_line l ON l.cart_id = c.id
        WHERE c.person_id = $1 AND c.company_id = $2 AND c.is_current AND l.removed_at IS NULL";
    COUNTS = "SELECT c.id, COUNT(l.id) AS n FROM cart c LEFT JOIN cart_line l ON l.cart_id = c.id
        AND l.removed_at IS NULL WHERE c.person_id = $1 AND c.company_id = $2 AND c.ordered_at IS NULL
        AND c.removed_at IS NULL GROUP BY c.id ORDER BY c.id";
    TOUCH = "UPDATE cart SET changed_at = $3, version = version + 1 WHERE id = $1 AND version = $2";
    RENAME = "UPDATE cart SET name = $3, changed_at = $4, version = version + 1 WHERE id = $1 AND version = $2";
    CHECKOUT = "UPDATE cart SET payment_days = $3, ship_to = $4, bill_to = $5, po_number = $6, requested_on = $7,
        note = $8, changed_at = $9, version = version + 1 WHERE id = $1 AND version = $2";
    UNSELECT = "UPDATE cart SET is_current = FALSE WHERE person_id = $1 AND company_id = $2 AND is_current";
    SELECT = "UPDATE cart SET is_current = TRUE, changed_at = $3, version = version + 1
        WHERE id = $1 AND version = $2";
    SELECT_LATEST = "UPDATE cart SET is_current = TRUE WHERE id = (SELECT id FROM cart
        WHERE person_id = $1 AND company_id = $2 AND ordered_at IS NULL AND removed_at IS NULL
        ORDER BY changed_at DESC, id DESC LIMIT 1)";
    ORDERED = "UPDATE cart SET ordered_at = $3, is_current = FALSE, changed_at = $3, version = version + 1
        WHERE id = $1 AND version = $2 AND ordered_at IS NULL";
    REMOVE = "UPDATE cart SET removed_at = $3, is_current = FALSE, version = version + 1
        WHERE id = $1 AND version = $2 AND removed_at IS NULL";
    RESTORE = "UPDATE cart SET removed_at = NULL, is_current = TRUE, changed_at = $3, version = version + 1
        WHERE id = $1 AND version = $2 AND removed_at IS NOT NULL";
    REMOVE_LINE = "UPDATE cart_line SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL";
    RESTORE_LINE = "UPDATE cart_line SET removed_at = NULL WHERE id = $1 AND removed_at IS NOT NULL";
    PURGE_LINES = "DELETE FROM cart_line WHERE removed_at < $1";
    PURGE_LINES_OF_CARTS = "DELETE FROM cart_line WHERE cart_id IN (SELECT id FROM cart WHERE removed_at < $1)";
    PURGE_CARTS = "DELETE FROM cart WHERE removed_at < $1";
    BOUND = "SELECT DISTINCT l.offer_id FROM cart c JOIN cart_line l ON l.cart_id = c.id WHERE c.company_id = $1
        AND c.ordered_at IS NULL AND c.removed_at IS NULL AND l.removed_at IS NULL AND l.offer_id IS NOT NULL";
    SET_LINE = "UPDATE cart_line SET quantity = $2, unit = $3, offer_id = $4 WHERE id = $1";
}

const INSERT_LINES: &str =
    "INSERT INTO cart_line (id, cart_id, position, product_id, quantity, unit, offer_id, added_at) VALUES";

fn cart(row: &Row) -> Result<Cart, Fault> {
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
        lines: Vec::new(),
        version: row.get("version")?,
    })
}

fn line(row: &Row) -> Result<CartLine, Fault> {
    Ok(CartLine {
        id: row.get("id")?,
        position: row.get("position")?,
        product: row.get("product_id")?,
        quantity: Quantity::new(row.get("quantity")?, row.get("unit")?),
        offer: row.get("offer_id")?,
    })
}

async fn whole(tx: &ReadTx, row: Option<Row>) -> Outcome<Option<Cart>> {
    let Some(row) = row else { return Ok(None) };
    let mut cart = cart(&row)?;
    let rows = tx.all(LINES, params![cart.id]).await?;
    cart.lines = rows.iter().map(line).collect::<Result<_, _>>()?;
    Ok(Some(cart))
}

pub(super) async fn current(tx: &ReadTx, company: CompanyId, person: UserId) -> Outcome<Option<Cart>> {
    whole(tx, tx.optional(CURRENT, params![person, company]).await?).await
}

pub(super) async fn by_id(tx: &ReadTx, company: CompanyId, person: UserId, id: CartId) -> Outcome<Option<Cart>> {
    whole(tx, tx.optional(BY_ID, params![id, person, company]).await?).await
}

pub(super) async fn of_line(tx: &ReadTx, company: CompanyId, person: UserId, id: CartLineId) -> Outcome<Option<Cart>> {
    whole(tx, tx.optional(OF_LINE, params![id, person, company]).await?).await
}

pub(super) async fn with_offer(
    tx: &ReadTx,
    company: CompanyId,
    person: UserId,
    offer: OfferId,
) -> Outcome<Option<Cart>> {
    whole(tx, tx.optional(WITH_OFFER, params![offer, person, company]).await?).await
}

pub(super) async fn open(tx: &ReadTx, company: CompanyId, person: UserId) -> Outcome<Vec<Cart>> {
    let rows = tx.all(OPEN, params![person, company]).await?;
    Ok(rows.iter().map(cart).collect::<Result<_, _>>()?)
}

pub(super) async fn count(tx: &ReadTx, company: CompanyId, person: UserId) -> Outcome<i64> {
    Ok(tx.one(COUNT, params![person, company]).await?.get("n")?)
}

pub(super) async fn counts(tx: &ReadTx, company: CompanyId, person: UserId) -> Outcome<Vec<(CartId, i64)>> {
    let rows = tx.all(COUNTS, params![person, company]).await?;
    Ok(rows.iter().map(|row| Ok((row.get("id")?, row.get("n")?))).collect::<Result<_, Fault>>()?)
}

/// Writes down a new current cart. Whoever makes one at the same moment tries again and finds it.
pub(super) async fn insert(tx: &WriteTx, cart: &Cart, now: Instant) -> Outcome<()> {
    let done = tx.execute(INSERT, params![cart.id, cart.company, cart.person, cart.name, now]).await;
    let again = || Fault::new("another request made the current cart").passing().into();
    done.map(|_| ()).map_err(|error| error.on_unique(again))
}

pub(super) async fn touch(tx: &WriteTx, cart: &Cart, now: Instant) -> Outcome<()> {
    Ok(tx.update_one(TOUCH, params![cart.id, cart.version, now]).await?)
}

pub(super) async fn rename(tx: &WriteTx, cart: &Cart, name: &str, now: Instant) -> Outcome<()> {
    Ok(tx.update_one(RENAME, params![cart.id, cart.version, name, now]).await?)
}

pub(super) async fn checkout(tx: &WriteTx, cart: &Cart, input: &CheckoutInput, now: Instant) -> Outcome<()> {
    let values = params![
        cart.id,
        cart.version,
        input.payment_days,
        input.ship_to,
        input.bill_to,
        input.po_number,
        input.requested_on,
        input.note,
        now,
    ];
    Ok(tx.update_one(CHECKOUT, values).await?)
}

pub(super) async fn unselect(tx: &WriteTx, company: CompanyId, person: UserId) -> Outcome<()> {
    Ok(tx.execute(UNSELECT, params![person, company]).await.map(|_| ())?)
}

pub(super) async fn select(tx: &WriteTx, cart: &Cart, now: Instant) -> Outcome<()> {
    unselect(tx, cart.company, cart.person).await?;
    Ok(tx.update_one(SELECT, params![cart.id, cart.version, now]).await?)
}

/// After the current cart is gone, the one that was changed last takes its place.
pub(super) async fn select_latest(tx: &WriteTx, company: CompanyId, person: UserId) -> Outcome<()> {
    Ok(tx.execute(SELECT_LATEST, params![person, company]).await.map(|_| ())?)
}

pub(super) async fn ordered(tx: &WriteTx, cart: &Cart, now: Instant) -> Outcome<()> {
    Ok(tx.update_one(ORDERED, params![cart.id, cart.version, now]).await?)
}

pub(super) async fn remove(tx: &WriteTx, cart: &Cart, now: Instant) -> Outcome<()> {
    Ok(tx.update_one(REMOVE, params![cart.id, cart.version, now]).await?)
}

pub(super) async fn restore(tx: &WriteTx, cart: &Cart, now: Instant) -> Outcome<()> {
    unselect(tx, cart.company, cart.person).await?;
    Ok(tx.update_one(RESTORE, params![cart.id, cart.version, now]).await?)
}

/// What was removed before `end` is gone for good.
pub(super) async fn purge(tx: &WriteTx, end: Instant) -> Outcome<()> {
    for statement in [PURGE_LINES, PURGE_LINES_OF_CARTS, PURGE_CARTS] {
        tx.execute(statement, params![end]).await?;
    }
    Ok(())
}

/// The offers that lines of the company's open carts are bound to.
pub(super) async fn bound_offers(tx: &ReadTx, company: CompanyId) -> Outcome<HashSet<OfferId>> {
    let rows = tx.all(BOUND, params![company]).await?;
    Ok(rows.iter().map(|row| row.get("offer_id")).collect::<Result<_, _>>()?)
}

/// A line that was removed, with its cart.
pub(super) async fn removed_line(
    tx: &ReadTx,
    company: CompanyId,
    person: UserId,
    id: CartLineId,
) -> Outcome<Option<(Cart, CartLine)>> {
    let Some(cart) = whole(tx, tx.optional(OF_REMOVED_LINE, params![id, person, company]).await?).await? else {
        return Ok(None);
    };
    Ok(tx.optional(REMOVED_LINE, params![id]).await?.as_ref().map(line).transpose()?.map(|line| (cart, line)))
}

/// A cart that was removed, with its lines.
pub(super) async fn removed_cart(tx: &ReadTx, company: CompanyId, person: UserId, id: CartId) -> Outcome<Option<Cart>> {
    whole(tx, tx.optional(REMOVED_CART, params![id, person, company]).await?).await
}

pub(super) async fn insert_lines(tx: &WriteTx, cart: CartId, lines: &[CartLine], now: Instant) -> Outcome<()> {
    let row = |line: &CartLine| -> Vec<Value> {
        let (quantity, unit) = (line.quantity.thousandths(), line.quantity.unit());
        params![line.id, cart, line.position, line.product, quantity, unit, line.offer, now]
    };
    Ok(tx.insert_many(INSERT_LINES, "", lines.iter().map(row).collect()).await.map(|_| ())?)
}

pub(super) async fn set_line(tx: &WriteTx, line: &CartLine) -> Outcome<()> {
    let values = params![line.id, line.quantity.thousandths(), line.quantity.unit(), line.offer];
    Ok(tx.update_one(SET_LINE, values).await?)
}

pub(super) async fn remove_line(tx: &WriteTx, id: CartLineId, now: Instant) -> Outcome<()> {
    Ok(tx.update_one(REMOVE_LINE, params![id, now]).await?)
}

pub(super) async fn restore_line(tx: &WriteTx, id: CartLineId) -> Outcome<()> {
    Ok(tx.update_one(RESTORE_LINE, params![id]).await?)
}
