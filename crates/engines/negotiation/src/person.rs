//! Once a person of the seller has made an offer, the engine does not go below it.

use kernel::UnitPrice;

use crate::{
    arithmetic::PPM,
    offer::Offer,
    terms::{FreightMode, Terms},
};

/// Whether terms are cheaper for the buyer than everything that people have offered, in any respect that people look at:
/// the price of a line (less what is paid back), goods for free, later payment or free freight at no higher a price.
pub(crate) fn is_below(terms: &Terms, by_person: &[Offer]) -> bool {
    !by_person.is_empty() && by_person.iter().all(|offer| undercuts(terms, &offer.terms))
}

fn undercuts(terms: &Terms, offered: &Terms) -> bool {
    let mut is_dearer = false;
    for line in &terms.lines {
        let Some(theirs) = offered.lines.iter().find(|theirs| theirs.product == line.product) else {
            // Other goods are another matter, unless they are given away.
            if line.price.micros() == 0 {
                return true;
            }
            continue;
        };
        let (own, theirs) = (kept(line.price, terms), kept(theirs.price, offered));
        if own < theirs {
            return true;
        }
        is_dearer |= own > theirs;
    }
    let pays_later = terms.payment_days > offered.payment_days;
    let goes_free = terms.extras.freight == FreightMode::Free && offered.extras.freight != FreightMode::Free;
    !is_dearer && (pays_later || goes_free)
}

/// What is left of a price after the rebate, in millionths of a millionth.
fn kept(price: UnitPrice, terms: &Terms) -> i128 {
    let rebate = terms.extras.rebate.map_or(0, |rebate| i128::from(rebate.rate.ppm()));
    i128::from(price.micros()) * (PPM - rebate)
}

#[cfg(test)]
mod tests {
    use kernel::{Amount, Currency, Instant, ProductId, Quantity, Rate, Unit};

    use super::*;
    use crate::{Condition, Lever, LineTerms, Rebate};

    fn terms(quantity: i64, cents: i64, days: u16) -> Terms {
        let line = LineTerms {
            product: ProductId::parse("00000000-0000-0000-0000-000000000001").unwrap(),
            quantity: Quantity::new(quantity * 1_000, Unit::Piece),
            price: UnitPrice::new(cents * 10_000, Currency::Eur),
        };
        Terms::new(vec![line], days)
    }

    fn offer(terms: Terms) -> Offer {
        Offer {
            lever: Lever::Volume,
            up_to: terms.lines.iter().map(|line| line.quantity).collect(),
            terms,
            conditions: vec![Condition::AsItIs],
            saving: Amount::zero(Currency::Eur),
            expires: Instant::from_micros(0),
        }
    }

    /// Seller finding 10: the rep offered 12.40 at 600, a second later the engine gave 12.20 at 460.
    #[test]
    fn use_s10_what_undercuts_a_persons_offer() {
        let anns = [offer(terms(600, 1_240, 14))];
        let rebate = Some(Rebate { rate: Rate::percent(2), turnover: Amount::zero(Currency::Eur), months: 12 });
        let mut paid_back = terms(200, 1_250, 14);
        paid_back.extras.rebate = rebate;
        for (what, given, want) in [
            ("a lower price for less", terms(460, 1_220, 14), true),
            ("a lower price for more", terms(900, 1_239, 14), true),
            ("the same", terms(600, 1_240, 14), false),
            ("a higher price for less", terms(200, 1_245, 14), false),
            ("the same price, later", terms(600, 1_240, 30), true),
            ("a higher price, later", terms(600, 1_250, 30), false),
            ("12.50 with 2 % paid back is 12.25", paid_back, true),
        ] {
            assert_eq!(is_below(&given, &anns), want, "{what}");
            assert!(!is_below(&given, &[]), "nobody has offered anything");
        }
        let lowered = [offer(terms(600, 1_240, 14)), offer(terms(600, 1_200, 14))];
        assert!(!is_below(&terms(460, 1_220, 14), &lowered), "a person has gone further since");
    }
}
