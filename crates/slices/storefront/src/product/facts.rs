//! Everything a product page or its JSON is made from, found once for both.

use std::sync::Arc;

use buying::carts;
use catalog::Catalog;
use catalog::products::Product;
use kernel::{Failure, Instant, Notation, Outcome, Packing, Permission, Quantity, UnitPrice};
use negotiation::offers::AgreedOffer;
use pricing::purchases::LastPaid;
use pricing::{Buyer, Buyers, PriceBook, PriceBuyer};
use pricing_engine::Resolved;
use pricing_engine::tax::TaxRule;
use web::{App, GuestPrices, Visitor};

use super::LastPaids;

/// A product as one visitor sees it.
pub(crate) struct Facts {
    pub product: Arc<Product>,
    /// The buyer; `None` for guests and staff.
    pub buyer: Option<Arc<Buyer>>,
    /// The price ladder; `None` when no list holds, or prices are for customers only.
    pub resolved: Option<Resolved>,
    /// Whether prices are hidden from this visitor.
    pub is_hidden: bool,
    pub last_paid: Option<Arc<LastPaid>>,
    pub tax: TaxRule,
    /// Agreed offers that putting the product into the cart uses, when they fit the quantity.
    pub deals: Vec<AgreedOffer>,
    pub now: Instant,
}

impl Facts {
    /// The facts of a product by its SKU.
    ///
    /// # Errors
    /// Not found.
    pub(crate) async fn of(app: &App, visitor: &Visitor, sku: &str) -> Outcome<Self> {
        let product = app.part::<Catalog>().by_sku(sku).ok_or(Failure::NotFound)?;
        let buyers = app.part::<Buyers>();
        let today = app.today();
        let buyer = match visitor.actor.company {
            Some(company) => Some(buyers.get(app.db(), company).await?),
            None => None,
        };
        let is_guest = !visitor.is_signed_in();
        let is_hidden = is_guest && app.settings().guest_prices == GuestPrices::None;
        let resolved = match &buyer {
            _ if is_hidden => None,
            Some(buyer) => app.part::<PriceBook>().resolve(&buyer.price, product.id, today),
            None => app.part::<PriceBook>().resolve(&PriceBuyer::guest(app.settings().currency), product.id, today),
        };
        let last_paid = match visitor.actor.company {
            Some(company) => app.part::<LastPaids>().get(app.db(), company, product.id).await?,
            None => None,
        };
        let tax = buyer.as_ref().map_or_else(|| buyers.guest_tax(), |buyer| buyer.tax);
        let deals = match visitor.actor.company {
            Some(_) if visitor.may(Permission::Buy) => {
                let tx = app.db().read().await?;
                carts::queries::deals_for(&tx, &visitor.actor, product.id, app.now()).await?
            }
            _ => Vec::new(),
        };
        Ok(Self { product, buyer, resolved, is_hidden, last_paid, tax, deals, now: app.now() })
    }

    /// The quantity that the page is opened with: what was asked for if it can be ordered, else the nearest above, else the
    /// smallest order that has a price.
    pub(crate) fn quantity(&self, asked: &str, notation: Notation) -> Quantity {
        let quantity = quantity(&self.product.packing, asked, notation);
        let begins_at = self.resolved.as_ref().and_then(|resolved| resolved.ladder.begins_at());
        match begins_at.filter(|from| from.thousandths() > quantity.thousandths() && self.deal(quantity).is_none()) {
            Some(from) => {
                let packing = &self.product.packing;
                Quantity::new(packing.round_up(from.thousandths()).min(Quantity::THOUSANDTHS_MAX), packing.unit)
            }
            None => quantity,
        }
    }

    /// The deal that makes the price of so much, with the most that it holds for.
    pub(crate) fn deal(&self, quantity: Quantity) -> Option<(&AgreedOffer, UnitPrice, Quantity)> {
        let list = self.resolved.as_ref().and_then(|resolved| resolved.ladder.price_for(quantity));
        let offer = carts::queries::best_deal(&self.deals, self.product.id, quantity, list, self.now)?;
        Some((offer, offer.offer.terms.lines.first()?.price, *offer.offer.up_to.first()?))
    }
}

/// The quantity that the page is opened with: what was asked for if it can be ordered, else the nearest above, else the
/// smallest order. The field shows it, so that a number that can be two things is seen as it was understood.
fn quantity(packing: &Packing, asked: &str, notation: Notation) -> Quantity {
    match Quantity::understood(asked, packing.unit, notation) {
        Ok(quantity) => {
            Quantity::new(packing.round_up(quantity.thousandths()).min(Quantity::THOUSANDTHS_MAX), packing.unit)
        }
        Err(_) => Quantity::new(packing.minimum, packing.unit),
    }
}
