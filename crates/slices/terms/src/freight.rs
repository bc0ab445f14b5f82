//! What the buyer is charged for freight: one rule for carts, orders and what an offer promises, the same as the engine's.
//!
//! * An order goes free from a value of its goods at the buyer's own prices *without* deals. So does the engine count
//!   (`freight_charge` of the list value), and so a better price never costs the free freight.
//! * What is ordered together travels together: a deal that holds and gives free freight frees the whole order.
//! * Goods that the buyer collects do not travel. Where nothing else is ordered, nothing is charged; where something is, it
//!   is an order like any other, and what is collected counts in its value.
//! * Consignments that go together with others are charged as usual: waiting for them is paid by the price.

use db::ReadTx;
use kernel::{Amount, Currency, Outcome, Rounding};
use negotiation_engine::{FreightCharge, FreightMode, Offer};

use crate::cost_model;

/// Whether an order is charged for freight, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freight {
    /// There is nothing to carry, or the seller never charges for it.
    Never,
    /// The usual charge.
    Charged(FreightCharge),
    /// The value of the goods is high enough.
    ByValue(FreightCharge),
    /// A deal gives it.
    ByDeal(FreightCharge),
    /// The buyer collects everything.
    Collected(FreightCharge),
}

impl Freight {
    /// The freight of an order: `modes` is the way of each line that is ordered, the usual one without a deal that holds;
    /// `value` what these lines come to without deals, in the charge's currency.
    pub fn of(usual: Option<FreightCharge>, value: Amount, modes: impl IntoIterator<Item = FreightMode>) -> Self {
        let (mut lines, mut collected, mut is_given) = (0, 0, false);
        for mode in modes {
            lines += 1;
            collected += i32::from(mode == FreightMode::Collected);
            is_given |= mode == FreightMode::Free;
        }
        let Some(charge) = usual.filter(|_| lines > 0) else { return Self::Never };
        if value.minor() >= charge.free_from.minor() {
            Self::ByValue(charge)
        } else if lines == collected {
            Self::Collected(charge)
        } else if is_given {
            Self::ByDeal(charge)
        } else {
            Self::Charged(charge)
        }
    }

    /// What is charged, net.
    pub fn amount(&self, currency: Currency) -> Amount {
        match self {
            Self::Charged(usual) => usual.charge,
            _ => Amount::zero(currency),
        }
    }

    /// What is usually charged; `None` where nothing is.
    pub fn usual(&self) -> Option<FreightCharge> {
        match *self {
            Self::Never => None,
            Self::Charged(usual) | Self::ByValue(usual) | Self::ByDeal(usual) | Self::Collected(usual) => Some(usual),
        }
    }

    /// The stable code: `none`, `charged`, `value`, `deal` or `collected`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Never => "none",
            Self::Charged(_) => "charged",
            Self::ByValue(_) => "value",
            Self::ByDeal(_) => "deal",
            Self::Collected(_) => "collected",
        }
    }
}

/// The charge that an offer spares its buyer against the same goods without a deal, in the offer's currency.
pub fn spared(offer: &Offer, usual: Option<FreightCharge>) -> Amount {
    let currency = offer.saving.currency();
    let modes = offer.terms.lines.iter().map(|_| offer.terms.extras.freight);
    match Freight::of(usual, value(offer), modes) {
        Freight::ByDeal(usual) | Freight::Collected(usual) => usual.charge,
        _ => Amount::zero(currency),
    }
}

/// [`spared`] of several offers, by what is charged today. The cost model is only read when one of them can spare anything.
pub async fn spared_by(tx: &ReadTx, offers: &[&Offer]) -> Outcome<Vec<Amount>> {
    let may_spare = |offer: &&Offer| matches!(offer.terms.extras.freight, FreightMode::Free | FreightMode::Collected);
    let costs = match offers.iter().any(may_spare) {
        true => Some(cost_model::queries::current(tx).await?),
        false => None,
    };
    let usual = |offer: &Offer| costs.and_then(|costs| costs.charge(offer.saving.currency()));
    Ok(offers.iter().map(|offer| spared(offer, usual(offer))).collect())
}

/// The charge that is no longer due because an offer's goods reach the value from which orders go free, which goods of the
/// value `in_hand` do not.
pub fn reached(offer: &Offer, in_hand: Amount, usual: Option<FreightCharge>) -> Amount {
    let is_free = |value: Amount| usual.is_none_or(|usual| value.minor() >= usual.free_from.minor());
    let charge = usual.filter(|_| !is_free(in_hand) && is_free(value(offer)));
    charge.map_or(Amount::zero(offer.saving.currency()), |usual| usual.charge)
}

/// What an offer's goods come to at the buyer's prices without deals: what is paid, a rebate taken off, and what is saved.
///
/// Savings are rounded down to the minor unit, so the sum is rounded up: list values mostly are whole minor units.
fn value(offer: &Offer) -> Amount {
    let currency = offer.saving.currency();
    let net = offer.terms.lines.iter().fold(0_i128, |net, line| {
        net.saturating_add(i128::from(line.quantity.thousandths()) * i128::from(line.price.micros()))
    });
    let kept = 1_000_000 - offer.terms.extras.rebate.map_or(0, |rebate| i128::from(rebate.rate.ppm()));
    let minor =
        Rounding::Up.divide(net.saturating_mul(kept) / 1_000_000, 1_000 * i128::from(currency.micros_per_minor()));
    let value = i64::try_from(minor).unwrap_or(i64::MAX).saturating_add(offer.saving.minor());
    Amount::new(value, currency)
}

#[cfg(test)]
mod tests {
    use kernel::{Instant, ProductId, Quantity, Rate, Unit, UnitPrice};

    use super::*;
    use negotiation_engine::{Condition, Extras, Lever, LineTerms, Rebate, Terms};

    fn euro(minor: i64) -> Amount {
        Amount::new(minor, Currency::Eur)
    }

    /// 25.00, free from 1,000.00.
    fn usual() -> Option<FreightCharge> {
        Some(FreightCharge { charge: euro(2_500), free_from: euro(100_000) })
    }

    #[test]
    fn who_is_charged() {
        use FreightMode::{Collected, Consolidated, Free, Usual};
        let cases: &[(i64, &[FreightMode], &str)] = &[
            (0, &[], "none"),
            (1, &[Usual], "charged"),
            (99_999, &[Usual, Consolidated], "charged"),
            (100_000, &[Usual], "value"),
            (100_000, &[Collected], "value"),
            (200_000, &[Free, Usual], "value"),
            (99_999, &[Usual, Free], "deal"),
            (99_999, &[Collected, Free], "deal"),
            (99_999, &[Collected, Collected], "collected"),
            (99_999, &[Collected, Usual], "charged"),
        ];
        for (value, modes, want) in cases {
            let freight = Freight::of(usual(), euro(*value), modes.iter().copied());
            assert_eq!(freight.code(), *want, "{value} {modes:?}");
            let charged = if *want == "charged" { 2_500 } else { 0 };
            assert_eq!(freight.amount(Currency::Eur), euro(charged), "{value} {modes:?}");
            assert_eq!(Freight::of(None, euro(*value), modes.iter().copied()), Freight::Never);
        }
    }

    /// So many pieces at a price in millionths, saving so much.
    fn offer(pieces: i64, micros: i64, saving: i64, extras: Extras) -> Offer {
        let quantity = Quantity::whole(pieces, Unit::Piece);
        let product = ProductId::from_uuid(uuid::Uuid::from_u128(1));
        let line = LineTerms { product, quantity, price: UnitPrice::new(micros, Currency::Eur) };
        Offer {
            lever: Lever::Delivery,
            terms: Terms { extras, ..Terms::new(vec![line], 30) },
            up_to: vec![quantity],
            conditions: vec![Condition::AsItIs],
            saving: euro(saving),
            expires: Instant::from_micros(0),
        }
    }

    #[test]
    fn what_an_offer_spares() {
        let by = |freight| Extras { freight, ..Extras::default() };
        let rebate = Rebate { rate: Rate::percent(10), turnover: euro(1), months: 12 };
        let cases = [
            (offer(100, 9_000_000, 5_000, by(FreightMode::Free)), 2_500),
            (offer(100, 9_000_000, 5_000, by(FreightMode::Collected)), 2_500),
            (offer(100, 9_000_000, 5_000, by(FreightMode::Usual)), 0),
            (offer(100, 9_000_000, 5_000, by(FreightMode::Consolidated)), 0),
            // 900.00 and 100.00 saved are goods of 1,000.00, which go free anyway.
            (offer(100, 9_000_000, 10_000, by(FreightMode::Free)), 0),
            // A third of a cent a piece: 999.996 is paid, the saving of 0.004 is rounded down.
            (offer(333_332, 3_000, 0, by(FreightMode::Free)), 0),
            // Of 1,000.00 a tenth is paid back and counted in the saving.
            (offer(100, 10_000_000, 10_000, Extras { rebate: Some(rebate), ..by(FreightMode::Free) }), 0),
            (offer(100, 9_000_000, 9_000, Extras { rebate: Some(rebate), ..by(FreightMode::Free) }), 2_500),
        ];
        for (offer, want) in cases {
            assert_eq!(spared(&offer, usual()), euro(want), "{offer:?}");
            assert_eq!(spared(&offer, None), euro(0), "nothing is charged");
        }
    }

    #[test]
    fn more_goods_may_go_free() {
        let more = offer(100, 9_000_000, 10_000, Extras::default());
        for (in_hand, want) in [(99_999, 2_500), (100_000, 0), (0, 2_500)] {
            assert_eq!(reached(&more, euro(in_hand), usual()), euro(want), "{in_hand}");
        }
        let less = offer(100, 9_000_000, 9_999, Extras::default());
        assert_eq!(reached(&less, euro(1), usual()), euro(0));
        assert_eq!(reached(&more, euro(1), None), euro(0));
    }
}
