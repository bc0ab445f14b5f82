//! What is asked before a change is done, in finished words.

use catalog::products::Product;
use i18n::{Arg, Locale};
use kernel::{Amount, CartId, CartLineId, Quantity, Refused};

use super::queries::{Change, Preview};
use super::view::unit_word;
use super::{PricedCart, PricedLine};

/// What is asked before a change is done.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) title: String,
    /// The price before and after; both empty when it is not about the price.
    pub(super) before: String,
    pub(super) after: String,
    pub(super) unit: String,
    pub(super) text: String,
    pub(super) change: String,
    pub(super) keep: String,
    /// Where the change is confirmed, and where one goes to keep things as they are.
    pub(super) action: String,
    pub(super) back: String,
    /// The quantity that was asked for; empty where the change is another.
    pub(super) asked: String,
}

/// Where the change of a line is sent to.
pub(super) fn action(line: CartLineId, change: Change) -> String {
    match change {
        Change::Quantity(_) => format!("/cart/lines/{line}"),
        Change::Removal => format!("/cart/lines/{line}/removal"),
        Change::Unbinding => format!("/cart/lines/{line}/unbinding"),
    }
}

impl Question {
    /// About a change that breaks a deal.
    pub(super) fn breaks(
        preview: &Preview,
        (cart, id, change): (CartId, CartLineId, Change),
        locale: &Locale,
    ) -> Option<Self> {
        let of = |cart: &PricedCart| cart.lines.iter().find(|line| line.line.id == id).cloned();
        let before = of(&preview.before)?;
        let after = of(&preview.after);
        let (net, new_net) = (preview.before.totals.net, preview.after.totals.net);
        let price = |line: &PricedLine| line.price.map(|price| locale.unit_price(price)).unwrap_or_default();
        let quantity = |q: Quantity| -> Arg<'static> { locale.quantity_unit(q).into() };
        let kept = before.line.quantity;
        let (title, words, asked) = match change {
            Change::Quantity(asked) => {
                let args = [("quantity", quantity(asked))];
                let title = locale.text_with("cart-breaks-title", &args);
                (title, locale.text_with("cart-breaks-change", &args), locale.decimal(&asked.to_decimal()))
            }
            Change::Removal => {
                (locale.text("cart-breaks-removal-title"), locale.text("cart-breaks-remove"), String::new())
            }
            Change::Unbinding => {
                (locale.text("cart-breaks-unbinding-title"), locale.text("cart-breaks-unbind"), String::new())
            }
        };
        let totals = [("now", locale.amount(new_net).into()), ("before", locale.amount(net).into())];
        let mut text = locale.text_with("cart-breaks-totals", &totals);
        if let Some(more) = new_net.minus(net).ok().filter(|more| more.minor() > 0) {
            text = format!("{text} {}", locale.text_with("cart-breaks-more", &[("more", locale.money(more).into())]));
        }
        let changes_price = after.as_ref().filter(|after| after.price != before.price);
        Some(Self {
            title,
            before: changes_price.map(|_| price(&before)).unwrap_or_default(),
            after: changes_price.map(price).unwrap_or_default(),
            unit: format!("{} / {}", preview.before.currency.code(), unit_word(kept.unit(), locale)),
            text,
            change: words,
            keep: locale.text_with("cart-breaks-keep", &[("quantity", quantity(kept))]),
            action: action(id, change),
            back: format!("/cart?cart={cart}"),
            asked,
        })
    }

    /// About a quantity that nobody means, probably: what it comes to is said with it.
    pub(super) fn unusual(
        product: &Product,
        (quantity, value): (Quantity, Option<Amount>),
        refused: &Refused,
        (action, back): (String, String),
        locale: &Locale,
    ) -> Self {
        let (packing, unit) = (&product.packing, product.packing.unit);
        let pallet = packing.pack.saturating_mul(packing.packs_per_pallet);
        let pallets = if pallet > 0 { quantity.thousandths() / pallet } else { 0 };
        let arg = |name: &str| refused.args.iter().find(|(of, _)| *of == name).map(|(_, value)| value.clone());
        let known = Quantity::parse(&arg("known").unwrap_or_default(), unit).unwrap_or(quantity);
        let args = [
            ("quantity", locale.quantity_unit(quantity).into()),
            ("known", locale.quantity_unit(known).into()),
            ("why", arg("why").unwrap_or_default().into()),
            ("pallets", pallets.into()),
            ("value", value.map(|value| locale.money(value)).unwrap_or_default().into()),
        ];
        Self {
            title: locale.text_with("cart-unusual-title", &args),
            before: String::new(),
            after: String::new(),
            unit: String::new(),
            text: locale.text_with("cart-unusual-text", &args),
            change: locale.text_with("cart-unusual-change", &args),
            keep: locale.text("cart-unusual-keep"),
            action,
            back,
            // It comes back in a form, so it is written as this reader writes numbers.
            asked: locale.decimal(&quantity.to_decimal()),
        }
    }
}
