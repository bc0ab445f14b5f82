//! Everything a product page or its JSON is made from, found once for both.

use std::sync::Arc;

use catalog::Catalog;
use catalog::products::Product;
use kernel::{Failure, Notation, Outcome, Packing, Quantity};
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
        Ok(Self { product, buyer, resolved, is_hidden, last_paid, tax })
    }
}

/// The quantity that the page is opened with: what was asked for if it can be ordered, else the nearest above, else the
/// smallest order. The field shows it, so that a number that can be two things is seen as it was understood.
pub(crate) fn quantity(packing: &Packing, asked: &str, notation: Notation) -> Quantity {
    match Quantity::understood(asked, packing.unit, notation) {
        Ok(quantity) => {
            Quantity::new(packing.round_up(quantity.thousandths()).min(Quantity::THOUSANDTHS_MAX), packing.unit)
        }
        Err(_) => Quantity::new(packing.minimum, packing.unit),
    }
}
