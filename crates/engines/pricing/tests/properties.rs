//! What must hold for any price lists, hostile ones included.

use std::sync::Arc;

use kernel::{Amount, Currency, Date, PriceListId, Quantity, Rate, Unit, UnitPrice};
use pricing_engine::{Candidate, ListInfo, Scope, Tier, Totals, Verdict, line_net, resolve, tax};
use proptest::prelude::*;

const TODAY: i64 = 20_000;

fn any_tier() -> impl Strategy<Value = Tier> {
    let from = prop_oneof![0_i64..2_000_000, any::<i64>()];
    let micros = prop_oneof![0_i64..200_000_000, any::<i64>()];
    let currency = prop_oneof![9 => Just(Currency::Eur), 1 => Just(Currency::Pln)];
    (from, micros, currency).prop_map(|(from, micros, currency)| Tier {
        from: Quantity::new(from, Unit::Piece),
        price: UnitPrice::new(micros, currency),
    })
}

fn any_list() -> impl Strategy<Value = Candidate<Vec<Tier>>> {
    let day = || proptest::option::of((TODAY - 3..TODAY + 3).prop_map(Date::from_days));
    let currency = prop_oneof![4 => Just(Currency::Eur), 1 => Just(Currency::Pln)];
    let tiers = proptest::collection::vec(any_tier(), 0..6);
    (any::<u128>(), 0_usize..4, currency, day(), day(), tiers).prop_map(|(id, scope, currency, from, until, tiers)| {
        let id = PriceListId::parse(&format!("{:08x}-0000-7000-8000-000000000000", id as u32)).expect("a test value");
        let scope = Scope::ALL[scope];
        let (code, name) = (id.to_string(), String::new());
        let names = Default::default();
        Candidate {
            list: Arc::new(ListInfo { id, code, name, names, scope, currency, valid_from: from, valid_until: until }),
            tiers,
        }
    })
}

/// The price by the words of the rule, computed the slow way.
fn by_the_book(lists: &[Candidate<Vec<Tier>>], quantity: i64) -> Option<i64> {
    let possible = |list: &Candidate<Vec<Tier>>| -> Vec<(i64, i64)> {
        let tiers = list.tiers.iter().filter(|t| {
            t.price.currency() == list.list.currency
                && t.from.thousandths() >= 0
                && (0..=UnitPrice::MICROS_MAX).contains(&t.price.micros())
        });
        tiers.map(|t| (t.from.thousandths(), t.price.micros())).collect()
    };
    let today = Date::from_days(TODAY);
    let holds = |list: &&Candidate<Vec<Tier>>| {
        list.list.currency == Currency::Eur
            && list.list.valid_from.is_none_or(|d| d <= today)
            && list.list.valid_until.is_none_or(|d| today <= d)
            && !possible(list).is_empty()
    };
    let steps: Vec<(Scope, i64, i64)> = lists
        .iter()
        .filter(holds)
        .flat_map(|list| possible(list).into_iter().map(|(from, price)| (list.list.scope, from, price)))
        .collect();
    // What the narrowest list that has reached a step says at a quantity.
    let at = |quantity: i64| {
        let reached = || steps.iter().filter(|(_, from, _)| *from <= quantity);
        let scope = reached().map(|(scope, ..)| *scope).max()?;
        reached().filter(|(of, ..)| *of == scope).map(|(.., price)| *price).min()
    };
    // Whoever reaches a cheaper step keeps its price.
    let kept = steps.iter().filter(|(_, from, _)| *from <= quantity).filter_map(|(_, from, _)| at(*from)).min();
    let first = steps.iter().map(|(_, from, _)| *from).min()?;
    kept.or_else(|| at(first))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn the_price_is_the_one_by_the_book(lists in proptest::collection::vec(any_list(), 0..6), quantity in prop_oneof![0_i64..2_000_000, any::<i64>()]) {
        let resolved = resolve(&lists, Currency::Eur, Date::from_days(TODAY));
        let price = resolved.as_ref().map(|r| r.ladder.price_at(Quantity::new(quantity, Unit::Piece)).micros());
        prop_assert_eq!(price, by_the_book(&lists, quantity));
    }

    #[test]
    fn prices_never_rise_with_the_quantity(lists in proptest::collection::vec(any_list(), 1..6), a in 0_i64..3_000_000, b in 0_i64..3_000_000) {
        if let Some(resolved) = resolve(&lists, Currency::Eur, Date::from_days(TODAY)) {
            let at = |n: i64| resolved.ladder.price_at(Quantity::new(n, Unit::Piece)).micros();
            prop_assert!(at(a.max(b)) <= at(a.min(b)));
            let steps = &resolved.ladder.tiers;
            prop_assert!(steps.windows(2).all(|w| w[0].from.thousandths() < w[1].from.thousandths() && w[0].price.micros() > w[1].price.micros()));
            if let Some(next) = resolved.ladder.next(Quantity::new(a, Unit::Piece)) {
                prop_assert!(next.from.thousandths() > a && next.price.micros() < at(a));
            }
        }
    }

    #[test]
    fn the_order_of_lists_does_not_matter(lists in proptest::collection::vec(any_list(), 0..6)) {
        let mut ids: Vec<_> = lists.iter().map(|l| l.list.id).collect();
        ids.sort();
        ids.dedup();
        prop_assume!(ids.len() == lists.len());
        let mut turned = lists.clone();
        turned.reverse();
        let on = Date::from_days(TODAY);
        prop_assert_eq!(resolve(&lists, Currency::Eur, on), resolve(&turned, Currency::Eur, on));
    }

    #[test]
    fn every_list_is_accounted_for(lists in proptest::collection::vec(any_list(), 1..6)) {
        if let Some(resolved) = resolve(&lists, Currency::Eur, Date::from_days(TODAY)) {
            prop_assert_eq!(resolved.explanation.entries.len(), lists.len());
            prop_assert!(resolved.explanation.used().next().is_some());
            for tier in &resolved.ladder.tiers {
                let list = resolved.ladder.list_at(tier.from);
                prop_assert!(resolved.explanation.used().any(|used| used.id == list.id));
            }
            let used = resolved.explanation.entries.iter().filter(|e| e.verdict == Verdict::Used);
            prop_assert!(used.map(|e| e.list.scope).all(|scope| scope >= resolved.ladder.list.scope));
        }
    }

    #[test]
    fn totals_conserve_cents(lines in proptest::collection::vec((0_i64..1_000_000_000, 0_i64..1_000_000_000), 0..20), ppm in 0_i64..300_000) {
        let line = |(micros, quantity): &(i64, i64)| line_net(UnitPrice::new(*micros, Currency::Eur), Quantity::new(*quantity, Unit::Metre)).expect("a test value");
        let nets: Vec<Amount> = lines.iter().map(line).collect();
        let rule = tax::TaxRule { rate: Rate::from_ppm(ppm), treatment: tax::Treatment::Home };
        let totals = Totals::form(Currency::Eur, nets.clone(), rule).expect("a test value");
        prop_assert_eq!(totals.net.minor(), nets.iter().map(|n| n.minor()).sum::<i64>());
        prop_assert_eq!(totals.gross.minor(), totals.net.minor() + totals.tax.minor());
        let exact = i128::from(totals.net.minor()) * i128::from(ppm);
        prop_assert!((i128::from(totals.tax.minor()) * 1_000_000 - exact).abs() * 2 <= 1_000_000);
    }

    #[test]
    fn hostile_numbers_never_panic(micros: i64, quantity: i64, ppm: i64, nets in proptest::collection::vec(any::<i64>(), 0..5)) {
        let _ = line_net(UnitPrice::new(micros, Currency::Jpy), Quantity::new(quantity, Unit::Litre));
        let rule = tax::TaxRule { rate: Rate::from_ppm(ppm), treatment: tax::Treatment::Home };
        let _ = Totals::form(Currency::Eur, nets.into_iter().map(|minor| Amount::new(minor, Currency::Eur)), rule);
    }
}
