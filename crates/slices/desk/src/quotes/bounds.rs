//! The least authority for everything that a buyer may accept of an answer: each line by itself, and every selection of lines,
//! each with any of its alternatives. There are more selections than anybody can count, so they are bounded and not tried:
//! what is asked for is never less than any selection needs, and where lines are alike it is the same.
//!
//! A row of the approval matrix suffices for a selection when the shortfall to the target, less what the row allows, is not
//! above zero: `Σ (net × (target − impact) − earned) + cost of the order`. Over all selections of a size that is largest for the
//! lines above zero, and for the cheapest way to reach the size where those do not.

use negotiation_engine::{Authority, Routing};

const PPM: i128 = 1_000_000;

/// One answer to a line, by itself. Money in minor units of the deal's currency, list values in those of the policy's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    /// The line: of its answers at most one is accepted.
    pub(crate) line: i64,
    pub(crate) net: i128,
    /// At list prices.
    pub(crate) list: i128,
    /// What it leaves, before what an order costs whatever is in it.
    pub(crate) earned: i128,
    /// In parts per million.
    pub(crate) target: i128,
    pub(crate) floor: i128,
    /// The buyer's own list price or more: nobody has to agree to that.
    pub(crate) is_list: bool,
}

/// What an order costs whatever is in it, and what the buyer pays for freight below a list value.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Order {
    pub(crate) cost: i128,
    pub(crate) charge: i128,
    /// In the policy's currency.
    pub(crate) free_from: i128,
}

/// All answers of a version.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pieces {
    pub(crate) known: Vec<Piece>,
    /// There are answers without a known cost.
    pub(crate) has_unknown: bool,
    /// The list value of those.
    pub(crate) unknown: i128,
    pub(crate) order: Order,
    /// The customer's revenue, in the policy's currency.
    pub(crate) revenue: i128,
    /// Only all lines together can be accepted.
    pub(crate) is_whole: bool,
}

/// Selections by their list value: above the first, up to the second.
#[derive(Debug, Clone, Copy)]
struct Class {
    above: i128,
    most: i128,
}

impl Pieces {
    /// The least authority that may send them.
    pub(crate) fn needs(&self, routing: &Routing) -> Authority {
        let total = self.total();
        if self.has_unknown {
            return self.row(routing, routing.below_floor, total, &|max| max.is_none());
        }
        let classes = if self.is_whole { vec![Class { above: 0, most: total }] } else { self.classes(routing, total) };
        let needs = classes.into_iter().map(|class| self.of_class(routing, class));
        needs.max().unwrap_or(Authority::Rep)
    }

    /// Whether no selection is under the floor, as far as costs are known.
    pub(crate) fn holds_floor(&self) -> bool {
        let class = Class { above: 0, most: self.total() };
        let value = |piece: &Piece| piece.net * piece.floor - piece.earned * PPM;
        !self.has_unknown && !self.any_over(&value, self.order.cost * PPM, class)
    }

    fn of_class(&self, routing: &Routing, class: Class) -> Authority {
        let fixed = self.order.cost - if class.most < self.order.free_from { self.order.charge } else { 0 };
        let is_over = |rate: &dyn Fn(&Piece) -> i128| {
            let value = |piece: &Piece| piece.net * rate(piece) - piece.earned * PPM;
            self.any_over(&value, fixed * PPM, class)
        };
        let least = if is_over(&|piece| piece.floor) { routing.below_floor } else { Authority::Rep };
        self.row(routing, least, class.most, &|max| {
            max.is_none_or(|max| !is_over(&|piece| piece.target - i128::from(max.ppm())))
        })
    }

    /// The cheapest authority with a row that fits, of at least this one.
    fn row(
        &self,
        routing: &Routing,
        least: Authority,
        deal: i128,
        impact: &dyn Fn(Option<kernel::Rate>) -> bool,
    ) -> Authority {
        let within = |max: Option<kernel::Amount>, value: i128| max.is_none_or(|max| value <= i128::from(max.minor()));
        let rows = routing.rows.iter().filter(|row| row.authority >= least);
        let rows = rows.filter(|row| within(row.deal_max, deal) && within(row.customer_max, self.revenue));
        let fitting = rows.filter(|row| impact(row.impact_max)).map(|row| row.authority);
        fitting.min().unwrap_or(Authority::PricingManager)
    }

    /// The sizes of selections between which the matrix or the freight differs.
    fn classes(&self, routing: &Routing, total: i128) -> Vec<Class> {
        let mut ends: Vec<i128> =
            routing.rows.iter().filter_map(|row| row.deal_max).map(|max| max.minor().into()).collect();
        if self.order.charge != 0 {
            ends.push(self.order.free_from - 1);
        }
        ends.retain(|end| (1..total).contains(end));
        ends.push(total);
        ends.sort_unstable();
        ends.dedup();
        let above = std::iter::once(0).chain(ends.iter().copied());
        above.zip(ends.iter().copied()).map(|(above, most)| Class { above, most }).collect()
    }

    /// The largest list value of a selection.
    fn total(&self) -> i128 {
        let mut best: Vec<(i64, i128)> = Vec::new();
        for piece in &self.known {
            match best.iter_mut().find(|(line, _)| *line == piece.line) {
                Some((_, list)) => *list = piece.list.max(*list),
                None => best.push((piece.line, piece.list)),
            }
        }
        best.into_iter().map(|(_, list)| list).sum::<i128>() + self.unknown
    }

    /// Whether a selection of a class may have a value above zero.
    fn any_over(&self, value: &dyn Fn(&Piece) -> i128, fixed: i128, class: Class) -> bool {
        // At its list price a line is never what somebody has to agree to.
        let value = |piece: &Piece| if piece.is_list { value(piece).min(0) } else { value(piece) };
        let mut fits: Vec<(Piece, i128)> =
            self.known.iter().filter(|piece| piece.list <= class.most).map(|piece| (*piece, value(piece))).collect();
        // The best of each line first.
        fits.sort_by_key(|(piece, value)| (piece.line, std::cmp::Reverse(*value)));
        if self.is_whole {
            let has_concession = fits.iter().any(|(piece, _)| !piece.is_list);
            fits.dedup_by_key(|(piece, _)| piece.line);
            return has_concession && fits.iter().map(|(_, value)| value).sum::<i128>() + fixed > 0;
        }
        let mut left: Vec<(Piece, i128)> = Vec::new();
        let (mut sum, mut reached, mut taken) = (0_i128, 0_i128, None);
        for (piece, value) in fits {
            if value > 0 && taken != Some(piece.line) {
                (sum, reached, taken) = (sum + value, reached + piece.list, Some(piece.line));
            } else {
                left.push((piece, value));
            }
        }
        if taken.is_none() {
            // Every line takes something away: one alone is best, unless it takes more of them to reach the size.
            let alone = left.iter().filter(|(piece, _)| !piece.is_list).map(|(_, value)| *value).max();
            let Some(alone) = alone else { return false };
            if class.above <= 0 {
                return alone + fixed > 0;
            }
        }
        match cheapest(left, class.above - reached) {
            Some(more) => sum + more + fixed > 0,
            None => false,
        }
    }
}

/// What it costs at least, in value, to add list value of more than `missing`; a part of a line counts as a part of it. `None`
/// when there is not so much.
fn cheapest(mut left: Vec<(Piece, i128)>, missing: i128) -> Option<i128> {
    if missing < 0 {
        return Some(0);
    }
    left.retain(|(piece, _)| piece.list > 0);
    let loss = |(_, value): &(Piece, i128)| (*value).min(0);
    left.sort_by(|a, b| (loss(b) * a.0.list).cmp(&(loss(a) * b.0.list)));
    let (mut missing, mut sum) = (missing + 1, 0_i128);
    for item in &left {
        let list = item.0.list;
        if list >= missing {
            // Rounded towards zero: never more of a loss than the part is.
            return Some(sum + loss(item) * missing / list);
        }
        (missing, sum) = (missing - list, sum + loss(item));
    }
    None
}
