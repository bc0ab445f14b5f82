//! Price steps from what was really charged at which quantity. Pure.
//!
//! Invoices tell what was paid, not what stood in the list; slips, one-off deals and price changes are among them. So:
//!
//! 1. All lines with the same quantity make one point: the median of their prices, the lower one of two, so that it is a
//!    price that was really charged.
//! 2. Where a larger quantity was dearer than a smaller one, the two are taken together, and the median is taken again
//!    over all their lines, until prices only fall with quantity. (Pool adjacent violators with medians: the isotonic fit
//!    of least absolute deviation; Robertson, Wright and Dykstra 1988, chapter 1.)
//! 3. A step that rests on too few lines, or saves too little, is no step: it is taken together with the one before. The
//!    first step takes in what follows until it rests on enough.
//!
//! What is left is the list: the first price holds from one piece on, every other from the smallest quantity at which it
//! was charged.

/// What was charged once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Charged {
    /// Whole units.
    pub(super) quantity: i64,
    /// Millionths of the currency for one.
    pub(super) micros: i64,
}

/// A price from a quantity on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    /// Whole units.
    pub(super) from: i64,
    /// Millionths of the currency for one.
    pub(super) micros: i64,
}

/// Lines that share a price.
#[derive(Debug, Clone)]
struct Block {
    from: i64,
    /// Sorted.
    prices: Vec<i64>,
}

impl Block {
    fn median(&self) -> i64 {
        self.prices[(self.prices.len() - 1) / 2]
    }

    /// Both together.
    fn merge(&mut self, other: Self) {
        self.prices.extend(other.prices);
        // Two sorted runs: the stable sort merges them in one pass.
        self.prices.sort();
    }
}

/// The steps that explain what was charged. `lines_min` lines must stand behind a step, and it must save `saving_ppm` of
/// the price before it. Empty when nothing was charged.
pub(super) fn steps(mut charged: Vec<Charged>, lines_min: usize, saving_ppm: i64) -> Vec<Step> {
    charged.sort_unstable();
    let mut blocks: Vec<Block> = Vec::new();
    for same in charged.chunk_by(|a, b| a.quantity == b.quantity) {
        let mut block = Block { from: same[0].quantity, prices: same.iter().map(|line| line.micros).collect() };
        // Taking two together can make the one before too cheap in turn.
        while let Some(before) = blocks.pop_if(|before| before.median() <= block.median()) {
            let Block { from, prices } = before;
            block = Block { from, ..merged(block, prices) };
        }
        blocks.push(block);
    }
    let mut kept: Vec<Block> = Vec::new();
    for block in blocks {
        match kept.last_mut() {
            Some(last) if last.prices.len() < lines_min => last.merge(block),
            Some(last) if block.prices.len() < lines_min || !saves(last.median(), block.median(), saving_ppm) => {
                last.merge(block);
            }
            _ => kept.push(block),
        }
    }
    falling(kept)
}

fn merged(mut block: Block, prices: Vec<i64>) -> Block {
    block.merge(Block { from: block.from, prices });
    block
}

fn saves(before: i64, after: i64, ppm: i64) -> bool {
    i128::from(before - after) * 1_000_000 >= i128::from(before) * i128::from(ppm) && after < before
}

/// Taking steps together changes their medians, so the fall is made sure of once more.
fn falling(blocks: Vec<Block>) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for block in &blocks {
        let micros = block.median();
        match steps.last() {
            Some(last) if last.micros <= micros => {}
            Some(_) => steps.push(Step { from: block.from, micros }),
            None => steps.push(Step { from: 1, micros }),
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Lines as `quantity@price*times`, steps as `from@price`.
    fn check(lines: &str, want: &str) {
        let mut charged = Vec::new();
        for line in lines.split_whitespace() {
            let (line, times) = line.split_once('*').unwrap_or((line, "1"));
            let (quantity, micros) = line.split_once('@').unwrap();
            let one = Charged { quantity: quantity.parse().unwrap(), micros: micros.parse().unwrap() };
            charged.extend(std::iter::repeat_n(one, times.parse().unwrap()));
        }
        let found = steps(charged, 5, 30_000);
        let text: Vec<String> = found.iter().map(|step| format!("{}@{}", step.from, step.micros)).collect();
        assert_eq!(text.join(" "), want, "{lines}");
    }

    #[test]
    fn lists_behind_invoices() {
        check("", "");
        check("7@300", "1@300");
        // One real step at 32; slips above and below do not hide it, and 31 keeps the list price.
        check("1@295*50 6@295*200 6@255*3 12@295*40 31@295 32@255*60 64@255*20 128@255*2 360@324*3", "1@295 32@255");
        // Dearer in larger quantities: one price.
        check("1@100*10 10@120*10", "1@100");
        // Too few lines for a step.
        check("1@100*20 100@50*4", "1@100");
        check("1@100*20 100@50*5", "1@100 100@50");
        // Saves two in a hundred: no step, and what most were charged; of equally many the lower.
        check("1@100*20 100@98*19", "1@100");
        check("1@100*20 100@98*20", "1@98");
        check("1@100*20 100@98*21", "1@98");
        // Three steps.
        check("1@100*9 12@90*9 144@70*9", "1@100 12@90 144@70");
        // Two lines at a high price are not a list price.
        check("1@900*2 2@100*30", "1@100");
        // The lower of two medians was really charged.
        check("1@100 1@110", "1@100");
    }

    proptest! {
        #[test]
        fn prices_fall_and_were_charged(
            lines in proptest::collection::vec((1_i64..200, 1_i64..50), 1..120),
            lines_min in 1_usize..8,
            saving in 0_i64..200_000,
        ) {
            let charged: Vec<Charged> = lines.iter().map(|(quantity, micros)| Charged { quantity: *quantity, micros: *micros }).collect();
            let found = steps(charged.clone(), lines_min, saving);
            prop_assert_eq!(found[0].from, 1);
            for pair in found.windows(2) {
                prop_assert!(pair[0].from < pair[1].from && pair[0].micros > pair[1].micros);
            }
            for step in &found {
                prop_assert!(charged.iter().any(|line| line.micros == step.micros));
                prop_assert!(step.from == 1 || charged.iter().any(|line| line.quantity == step.from));
            }
            let mut turned = charged;
            turned.reverse();
            prop_assert_eq!(steps(turned, lines_min, saving), found);
        }
    }
}
