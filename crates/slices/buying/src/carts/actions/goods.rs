//! What is put into a cart: whether so much of it can be bought, and whether anybody means so much.

use catalog::products::Product;
use db::{ReadTx, WriteTx};
use kernel::{CartLineId, Ctx, Failure, Instant, Invalid, Outcome, ProductId, Quantity, QuantityError, Refused};
use parties::companies;
use pricing::{PriceBuyer, prices, purchases};
use pricing_engine::Resolved;

use crate::carts::rules::{self, Unusual};
use crate::carts::{Cart, CartLine, CartRefusal};

/// What a company bought in this time is usual for it.
const YEAR: i64 = 365 * Instant::DAY;

/// A product, and what the actor's company pays for it.
pub(super) struct Goods {
    pub(super) product: Product,
    pub(super) ladder: Option<Resolved>,
}

impl Goods {
    pub(super) async fn of(tx: &ReadTx, ctx: &Ctx, id: ProductId) -> Outcome<Self> {
        let company = companies::queries::company(tx, ctx.actor.company()?).await?.ok_or(Failure::NotFound)?;
        let product = catalog::products::queries::product(tx, id).await?.ok_or(Failure::NotFound)?;
        let ladder = prices::queries::ladder(tx, &PriceBuyer::of(&company), id, ctx.today()).await?;
        Ok(Self { product, ladder })
    }

    /// Whether so much can be bought at the list price.
    pub(super) fn check(&self, quantity: Quantity) -> Outcome<()> {
        match self.ladder.as_ref().filter(|_| self.product.is_active) {
            Some(ladder) => rules::check_quantity(&self.product, ladder, quantity),
            None => Err(CartRefusal::NotForSale.into()),
        }
    }

    /// Asks back when the cart would hold a quantity that nobody means, until it is confirmed. `line` is the one whose
    /// quantity changes; other lines of the product count as well.
    pub(super) async fn ask_back(
        &self,
        tx: &WriteTx,
        ctx: &Ctx,
        (cart, line): (&Cart, Option<CartLineId>),
        quantity: Quantity,
        is_confirmed: bool,
    ) -> Outcome<()> {
        let Some(ladder) = self.ladder.as_ref().filter(|_| !is_confirmed) else { return Ok(()) };
        let product = self.product.id;
        let of_line = |own: &&CartLine| Some(own.id) == line;
        // Taking away never asks.
        if cart.lines.iter().find(of_line).is_some_and(|own| own.quantity.thousandths() >= quantity.thousandths()) {
            return Ok(());
        }
        let since = ctx.now.plus(-YEAR);
        let habits = purchases::queries::habits(tx, cart.company, &[product], since).await?;
        let largest = habits.get(&product).map(|habit| habit.largest);
        let beside = rules::in_all(cart.lines.iter().filter(|other| !of_line(other)), &self.product).thousandths();
        let whole = Quantity::new(quantity.thousandths().saturating_add(beside), quantity.unit());
        match rules::unusual(&self.product, ladder, largest, whole) {
            Some(unusual) => Err(asked_back(quantity, unusual).into()),
            None => Ok(()),
        }
    }

    /// What is beyond a deal is less than can be ordered at the list price.
    pub(super) fn too_little_left(&self, over: Quantity, most: Quantity) -> Invalid {
        let from = self.ladder.as_ref().and_then(|resolved| resolved.ladder.begins_at());
        let least = from.map_or(0, Quantity::thousandths).max(self.product.packing.minimum);
        let least = Quantity::new(self.product.packing.round_up(least), most.unit());
        let args = [("over", over), ("most", most), ("minimum", least)];
        let args = args.into_iter().map(|(name, quantity)| (name, quantity.to_decimal())).collect();
        Invalid::default().and("quantity", "cart-deal-rest", args)
    }
}

/// What is asked back, with the values its sentence needs.
fn asked_back(quantity: Quantity, unusual: Unusual) -> Refused {
    let known = unusual.stock.or(unusual.usual).unwrap_or(quantity);
    let why = if unusual.stock.is_some() { "stock" } else { "usual" };
    let refused = CartRefusal::Unusual.refused().with("quantity", quantity.to_decimal());
    refused.with("why", why).with("known", known.to_decimal())
}

pub(super) fn wrong_quantity(error: QuantityError) -> Failure {
    Invalid::default().and("quantity", error.code(), error.args()).into()
}
