//! Changes of prices as finished values for pages.

use std::collections::BTreeMap;

use catalog::Catalog;
use i18n::Locale;
use kernel::{ProductId, Rate, UnitPrice, UserId};
use parties::people::Member;
use terms::figures;
use terms::guard::{Bounds, Concern, rules};

use super::{Change, ChangeLine, LineState};

/// The name of somebody of the staff; the system's own name for nobody.
pub(super) fn name_of(staff: &[Member], user: Option<UserId>, locale: &Locale) -> String {
    let known = user.and_then(|user| staff.iter().find(|member| member.id == user));
    match (known, user) {
        (Some(member), _) => member.name.clone(),
        (None, Some(_)) => locale.text("price-change-by-former"),
        (None, None) => locale.text("price-change-by-system"),
    }
}

/// A margin with the sign that it has; a dash where there is none.
pub(crate) fn margin_text(locale: &Locale, price: Option<UnitPrice>, cost: Option<UnitPrice>) -> (String, bool) {
    let margin = price.zip(cost).and_then(|(price, cost)| rules::margin(price, cost));
    match margin {
        Some(margin) => (figures::percent(locale, margin), margin < Rate::ZERO),
        None => ("–".into(), false),
    }
}

/// A line of the list of changes.
pub(super) struct ChangeRow {
    pub href: String,
    pub at: String,
    pub list: String,
    pub list_href: String,
    pub by: String,
    pub door: String,
    pub reason: String,
    pub holds: String,
    pub waiting: i64,
    pub decided: String,
}

impl ChangeRow {
    pub(super) fn of(change: &Change, list: &str, staff: &[Member], locale: &Locale) -> Self {
        let decided = |decision: &super::Decision| {
            locale.text_with(
                "price-change-decided",
                &[
                    ("name", name_of(staff, Some(decision.by), locale).into()),
                    ("at", locale.moment(decision.at).into()),
                ],
            )
        };
        Self {
            href: format!("/office/price-changes/{}", change.id),
            at: locale.moment(change.at),
            list: list.to_owned(),
            list_href: format!("/office/price-lists/{}", change.list),
            by: name_of(staff, change.by, locale),
            door: locale.text(&format!("price-door-{}", change.door.code())),
            reason: change.reason.clone(),
            holds: match change.holds_from {
                Some(day) => locale.text_with("price-list-valid-from", &[("from", locale.date(day).into())]),
                None => locale.text("price-change-at-once"),
            },
            waiting: change.waiting,
            decided: change.decision.as_ref().map(decided).unwrap_or_default(),
        }
    }
}

/// One price of a change, or of a preview.
pub(crate) struct PriceRow {
    pub sku: String,
    pub name: String,
    pub href: String,
    pub quantity: String,
    pub unit: String,
    pub old: String,
    pub new: String,
    pub cost: String,
    pub floor: String,
    pub margin: String,
    pub is_loss: bool,
    /// Why it wants a second person; empty when it does not.
    pub concern: String,
    pub is_grave: bool,
    /// Where it stands; empty in a preview.
    pub state: String,
}

/// How a price is shown; a dash for none.
pub(crate) fn price_text(locale: &Locale, price: Option<UnitPrice>) -> String {
    price.map_or_else(|| "–".into(), |price| locale.unit_price(price))
}

/// The word for a concern, and whose floor it is where it is not everybody's.
pub(crate) fn concern_text(locale: &Locale, concern: Option<Concern>, bounds: &Bounds) -> String {
    match (concern, &bounds.section) {
        (Some(Concern::UnderFloor), Some(section)) => {
            locale.text_with("price-concern-under-floor-of", &[("section", section.text().into())])
        }
        (Some(concern), _) => locale.text(&format!("price-concern-{}", concern.code())),
        (None, _) => String::new(),
    }
}

impl PriceRow {
    pub(crate) fn of(
        catalog: &Catalog,
        locale: &Locale,
        line: &ChangeLine,
        bounds: &BTreeMap<ProductId, Bounds>,
        is_preview: bool,
    ) -> Self {
        let product = catalog.product(line.product);
        let known = bounds.get(&line.product).cloned().unwrap_or_default();
        let (margin, is_loss) = margin_text(locale, line.new, known.cost);
        Self {
            sku: product.as_ref().map_or_else(|| line.product.to_string(), |product| product.sku.to_string()),
            name: product.as_ref().map_or(String::new(), |product| product.name.get(locale.language()).to_owned()),
            href: product.as_ref().map_or(String::new(), |product| product.href()),
            quantity: locale.quantity(line.from),
            unit: locale.text(&format!("unit-{}", line.from.unit().code())),
            old: price_text(locale, line.old),
            new: price_text(locale, line.new),
            cost: price_text(locale, known.cost),
            floor: price_text(locale, known.floor),
            margin,
            is_loss,
            concern: concern_text(locale, line.concern, &known),
            is_grave: line.concern.is_some_and(|concern| concern >= Concern::BelowCost),
            state: if is_preview { String::new() } else { state_text(locale, line.state) },
        }
    }
}

/// The word for a state.
pub(super) fn state_text(locale: &Locale, state: LineState) -> String {
    locale.text(&format!("price-change-state-{}", state.code()))
}
