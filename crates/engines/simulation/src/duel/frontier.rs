//! Pareto front and Nash point of a finite set of outcomes, all of whose numbers are finite.
//!
//! floats: utilities of simulated sides, not money

/// What one outcome is worth to both sides, in any unit. Zero is what a side has without an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the seller.
    pub seller: f64,
    /// To the buyer.
    pub buyer: f64,
}

impl Point {
    /// Whether both sides are at least as well off as without an agreement.
    pub fn is_rational(self) -> bool {
        self.seller >= 0.0 && self.buyer >= 0.0
    }

    /// Both together.
    pub fn sum(self) -> f64 {
        self.seller + self.buyer
    }

    /// The Euclidean distance to another point.
    pub fn distance(self, other: Self) -> f64 {
        (self.seller - other.seller).hypot(self.buyer - other.buyer)
    }

    /// Whether no side is worse off than at `other`, and one is better off.
    pub fn dominates(self, other: Self) -> bool {
        self.seller >= other.seller && self.buyer >= other.buyer && self != other
    }
}

/// The points that no other dominates, by falling worth to the seller; each once.
pub fn frontier(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| b.seller.total_cmp(&a.seller).then(b.buyer.total_cmp(&a.buyer)));
    let mut front: Vec<Point> = Vec::new();
    for point in sorted {
        if front.last().is_none_or(|best| point.buyer > best.buyer) {
            front.push(point);
        }
    }
    front
}

/// The point with the largest product of both surpluses (Nash 1950, 'The bargaining problem') among those that are
/// rational for both; the first of equals, `None` where there is no such point.
pub fn nash_point(points: &[Point]) -> Option<Point> {
    let rational = points.iter().copied().filter(|point| point.is_rational());
    rational.fold(None, |best: Option<Point>, point| match best {
        Some(best) if best.seller * best.buyer >= point.seller * point.buyer => Some(best),
        _ => Some(point),
    })
}

/// The distance of a point to a front; zero where no point of the front dominates it. Infinite for an empty front.
pub fn distance_to_front(front: &[Point], point: Point) -> f64 {
    if !front.is_empty() && !front.iter().any(|best| best.dominates(point)) {
        return 0.0;
    }
    front.iter().map(|best| best.distance(point)).fold(f64::INFINITY, f64::min)
}
