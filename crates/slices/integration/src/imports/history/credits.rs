//! Which order a credit corrects. Pure.
//!
//! A cancellation names its goods but not the invoice they came from. The order it corrects is the one of the same company,
//! not later than it, that explains most of its value with goods not yet credited; of several the latest. What is credited
//! is taken off, so that no order is credited beyond what was in it.

use std::collections::HashMap;

/// A line of an order or of a credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Goods {
    pub(super) product: u32,
    /// Whole units; positive.
    pub(super) quantity: i64,
    /// What one is worth, in millionths.
    pub(super) micros: i64,
}

/// How well an order explains a credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    /// All of it came from this order.
    Whole(usize),
    /// Some of it did.
    Part(usize),
    /// There is no such order.
    None,
}

/// Orders further back than this many purchases of the same product are not looked at.
const LOOK_BACK: usize = 200;

/// What one company bought and has not given back yet. Orders and credits come in the order of time.
#[derive(Debug, Default)]
pub(super) struct Account {
    /// By product: order, and what is left of it. Oldest first.
    bought: HashMap<u32, Vec<(usize, i64)>>,
}

impl Account {
    /// An order was placed.
    pub(super) fn buy(&mut self, order: usize, lines: impl IntoIterator<Item = Goods>) {
        for line in lines {
            let left = self.bought.entry(line.product).or_default();
            match left.last_mut() {
                Some((same, quantity)) if *same == order => *quantity += line.quantity,
                _ => left.push((order, line.quantity)),
            }
        }
    }

    /// A credit was issued.
    pub(super) fn give_back(&mut self, lines: &[Goods]) -> Match {
        let mut value: HashMap<usize, i128> = HashMap::new();
        for line in lines {
            for (order, left) in self.bought.get(&line.product).into_iter().flatten().rev().take(LOOK_BACK) {
                let quantity = line.quantity.min(*left);
                *value.entry(*order).or_default() += i128::from(quantity) * i128::from(line.micros);
            }
        }
        let best = value.into_iter().filter(|(_, value)| *value > 0).max_by_key(|(order, value)| (*value, *order));
        let Some((order, _)) = best else { return Match::None };
        let mut is_whole = true;
        for line in lines {
            let left = self.bought.get_mut(&line.product);
            let left = left.and_then(|all| all.iter_mut().rev().find(|(of, _)| *of == order)).map(|(_, left)| left);
            match left {
                Some(left) => {
                    is_whole &= *left >= line.quantity;
                    *left -= line.quantity.min(*left);
                }
                None => is_whole = false,
            }
        }
        if is_whole { Match::Whole(order) } else { Match::Part(order) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goods(all: &[(u32, i64)]) -> Vec<Goods> {
        all.iter().map(|(product, quantity)| Goods { product: *product, quantity: *quantity, micros: 10 }).collect()
    }

    #[test]
    fn credits_find_their_orders() {
        let mut account = Account::default();
        account.buy(1, goods(&[(7, 10), (8, 5)]));
        account.buy(2, goods(&[(7, 3)]));
        assert_eq!(account.give_back(&goods(&[(7, 3)])), Match::Whole(2), "the latest that explains it");
        assert_eq!(account.give_back(&goods(&[(7, 3)])), Match::Whole(1), "what is credited is used up");
        assert_eq!(account.give_back(&goods(&[(7, 9), (8, 5)])), Match::Part(1));
        assert_eq!(account.give_back(&goods(&[(7, 1)])), Match::None);
        assert_eq!(account.give_back(&goods(&[(9, 1)])), Match::None);
        account.buy(3, goods(&[(9, 1), (9, 1)]));
        assert_eq!(account.give_back(&goods(&[(9, 1), (9, 1)])), Match::Whole(3), "a product may stand twice");
    }
}
