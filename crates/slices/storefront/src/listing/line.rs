//! One product in a list, with the reader's own price.

use std::sync::Arc;

use catalog::products::{Availability, Product};
use i18n::Locale;
use kernel::{Date, Outcome, Permission, ProductId, Quantity};
use pricing::{Buyers, PriceBook, PriceBuyer};
use pricing_engine::Resolved;
use web::{App, GuestPrices, Visitor};

/// Who looks at a list: which prices, and whether they can buy.
pub(crate) struct Viewer {
    /// Whose prices; `None` when prices are for customers only.
    buyer: Option<PriceBuyer>,
    pub(crate) may_buy: bool,
    pub(crate) is_guest: bool,
    today: Date,
}

impl Viewer {
    /// The viewer behind a visitor.
    ///
    /// # Errors
    /// A fault when the database fails.
    pub(crate) async fn of(app: &App, visitor: &Visitor) -> Outcome<Self> {
        let is_guest = !visitor.is_signed_in();
        let buyer = match visitor.actor.company {
            Some(company) => Some(app.part::<Buyers>().get(app.db(), company).await?.price.clone()),
            None if is_guest && app.settings().guest_prices == GuestPrices::None => None,
            None => Some(PriceBuyer::guest(app.settings().currency)),
        };
        let may_buy = visitor.actor.company.is_some() && visitor.may(Permission::Buy);
        Ok(Self { buyer, may_buy, is_guest, today: app.today() })
    }

    /// Whether prices are kept from this viewer.
    pub(crate) fn is_hidden(&self) -> bool {
        self.buyer.is_none()
    }

    /// The viewer's prices of a product.
    pub(crate) fn resolve(&self, app: &App, product: ProductId) -> Option<Resolved> {
        app.part::<PriceBook>().resolve(self.buyer.as_ref()?, product, self.today)
    }
}

/// One product in a list, in finished words.
pub(crate) struct Line {
    pub(crate) sku: String,
    pub(crate) href: String,
    pub(crate) picture: String,
    pub(crate) name: String,
    pub(crate) pack: String,
    pub(crate) stock: String,
    /// `low`, `out`, `made` or empty.
    pub(crate) stock_class: &'static str,
    /// Empty when there is none to show.
    pub(crate) price: String,
    /// `EUR / pc`.
    pub(crate) price_unit: String,
    /// `9.94 from 2,000 pc`; empty when there is no step.
    pub(crate) next_step: String,
    pub(crate) is_hidden: bool,
    /// Where one signs in to see the price.
    pub(crate) sign_in: String,
    pub(crate) may_add: bool,
    /// Plain decimals for the quantity field.
    pub(crate) step: String,
    pub(crate) minimum: String,
    pub(crate) pack_size: String,
    pub(crate) pallet_size: String,
    /// The smallest order, as the reader writes it.
    pub(crate) quantity: String,
    pub(crate) packs: String,
}

impl Line {
    /// A product as `viewer` sees it.
    pub(crate) fn of(app: &App, viewer: &Viewer, product: &Arc<Product>, locale: &Locale) -> Self {
        let language = locale.language();
        let packing = &product.packing;
        let smallest = Quantity::new(packing.minimum, packing.unit);
        let unit = locale.text(&format!("unit-{}", packing.unit.code()));
        let resolved = viewer.resolve(app, product.id);
        let ladder = resolved.as_ref().map(|resolved| &resolved.ladder);
        // Where the list begins with more, so much is the smallest order.
        let begins_at = ladder.and_then(|ladder| ladder.begins_at());
        let minimum = begins_at
            .filter(|from| from.thousandths() > smallest.thousandths())
            .map_or(smallest, |from| Quantity::new(packing.round_up(from.thousandths()), packing.unit));
        let next_step = ladder.and_then(|ladder| ladder.next(minimum)).map(|tier| {
            let (price, from) = (locale.unit_price(tier.price), locale.quantity_unit(tier.from));
            locale.text_with("shop-price-from", &[("price", price.into()), ("quantity", from.into())])
        });
        let decimal = |thousandths| Quantity::new(thousandths, packing.unit).to_decimal();
        let has_packs = packing.pack > Quantity::SCALE;
        let (stock, stock_class) = stock(product, locale);
        Self {
            sku: product.sku.to_string(),
            href: product.href(),
            picture: product.picture(),
            name: product.name.get(language).to_owned(),
            pack: if has_packs {
                let pack = locale.quantity(Quantity::new(packing.pack, packing.unit));
                locale.text_with("shop-pack-of", &[("quantity", pack.into())])
            } else {
                String::new()
            },
            stock,
            stock_class,
            price: ladder.map(|ladder| locale.unit_price(ladder.price_at(minimum))).unwrap_or_default(),
            price_unit: ladder.map(|ladder| format!("{} / {unit}", ladder.currency().code())).unwrap_or_default(),
            next_step: next_step.unwrap_or_default(),
            is_hidden: viewer.is_hidden(),
            sign_in: format!("/sign-in?next={}", web::encode(&product.href())),
            may_add: viewer.may_buy && ladder.is_some(),
            step: decimal(packing.step),
            minimum: decimal(minimum.thousandths()),
            pack_size: decimal(packing.pack),
            pallet_size: decimal(packing.pack.saturating_mul(packing.packs_per_pallet)),
            quantity: locale.quantity(minimum),
            packs: match packing.packs(minimum) {
                (packs, true) if has_packs => locale.text_with("packs", &[("count", packs.into())]),
                _ => String::new(),
            },
        }
    }
}

/// What there is of a product, and how it looks.
fn stock(product: &Product, locale: &Locale) -> (String, &'static str) {
    let days = || ("n", product.lead_days.into());
    match product.availability(product.packing.minimum) {
        Availability::Made => (locale.text_with("shop-made-in", &[days()]), "made"),
        Availability::Later | Availability::Partly => (locale.text_with("shop-available-in", &[days()]), "out"),
        Availability::InStock => {
            let text = locale.quantity_unit(product.stock);
            // Ten of the smallest orders more and it is gone.
            let is_low = product.stock.thousandths() < product.packing.minimum.saturating_mul(10);
            (text, if is_low { "low" } else { "" })
        }
    }
}
