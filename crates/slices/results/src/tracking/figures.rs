//! Sums over many negotiations, and the ratios made of them. All whole numbers.

use kernel::{Amount, Currency, Rate, Rounding};
use terms::costs;
use terms::figures::{self as registry, Figure};

use super::rules::share;

/// Sums over negotiations with something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The currency of the amounts.
    pub currency: Currency,
    /// How many negotiations.
    pub count: i64,
    /// Of them agreed.
    pub won: i64,
    /// Of them ended without agreement.
    pub lost: i64,
    /// Of them decided, or to be decided, by a person.
    pub escalated: i64,
    /// Rounds of all of them.
    pub rounds: i64,
    /// Seconds to the first answer, of all of them.
    pub answer_seconds: i64,
    /// Answers of people.
    pub turnarounds: i64,
    /// Seconds that people took, of all their answers.
    pub turnaround_seconds: i64,
    /// Ended negotiations with a known end.
    pub cycles: i64,
    /// Seconds from first ask to end, of all that ended.
    pub cycle_seconds: i64,
    /// What was asked for, at list prices.
    pub list: i64,
    /// What was asked for, at asked prices.
    pub ask: i64,
    /// What was agreed, at list prices.
    pub agreed_list: i64,
    /// What was agreed, whether it was ordered or not.
    pub agreed: i64,
    /// Agreed deals of which something was ordered.
    pub ordered: i64,
    /// Agreed deals of which nothing was ordered while it could be.
    pub lapsed: i64,
    /// What of agreed deals was not ordered while it could be.
    pub lapsed_net: i64,
    /// What can still be ordered of agreed deals.
    pub open_net: i64,
    /// What was ordered of agreed deals: revenue. All amounts from here on are of what was ordered.
    pub net: i64,
    /// Ordered deals whose costs are known.
    pub costed: i64,
    /// Of them those with costs of today instead of then.
    pub estimated: i64,
    /// Deals whose costs are known, at list prices.
    pub costed_list: i64,
    /// Revenue of deals whose costs are known.
    pub costed_net: i64,
    /// Cost of the goods.
    pub cost: i64,
    /// Handling.
    pub handling: i64,
    /// Freight.
    pub freight: i64,
    /// Cost of waiting for the money.
    pub financing: i64,
    /// Rebates.
    pub rebate: i64,
    /// Supplier bonus.
    pub bonus: i64,
    /// What is left.
    pub pocket: i64,
    /// What is missing to the floor.
    pub leak: i64,
    /// What the ordered quantities would have brought at the matched price.
    pub baseline: i64,
    /// What would have been left of it, where costs are known.
    pub baseline_pocket: i64,
    /// Ordered deals whose matched price was really paid, not taken from the list.
    pub baseline_paid: i64,
    /// What was ordered beyond the asked quantities.
    pub volume: i64,
}

impl Figures {
    /// Nothing.
    pub fn none(currency: Currency) -> Self {
        Self {
            currency,
            count: 0,
            won: 0,
            lost: 0,
            escalated: 0,
            rounds: 0,
            answer_seconds: 0,
            turnarounds: 0,
            turnaround_seconds: 0,
            cycles: 0,
            cycle_seconds: 0,
            list: 0,
            ask: 0,
            agreed_list: 0,
            agreed: 0,
            ordered: 0,
            lapsed: 0,
            lapsed_net: 0,
            open_net: 0,
            net: 0,
            costed: 0,
            estimated: 0,
            costed_list: 0,
            costed_net: 0,
            cost: 0,
            handling: 0,
            freight: 0,
            financing: 0,
            rebate: 0,
            bonus: 0,
            pocket: 0,
            leak: 0,
            baseline: 0,
            baseline_pocket: 0,
            baseline_paid: 0,
            volume: 0,
        }
    }

    /// Both together, in the currency of this one.
    pub fn add(&mut self, other: &Self) {
        let to = self.currency;
        let money = |minor: i64| costs::convert(Amount::new(minor, other.currency), to).minor();
        let counts = [
            (&mut self.count, other.count),
            (&mut self.won, other.won),
            (&mut self.lost, other.lost),
            (&mut self.escalated, other.escalated),
            (&mut self.rounds, other.rounds),
            (&mut self.answer_seconds, other.answer_seconds),
            (&mut self.turnarounds, other.turnarounds),
            (&mut self.turnaround_seconds, other.turnaround_seconds),
            (&mut self.cycles, other.cycles),
            (&mut self.cycle_seconds, other.cycle_seconds),
            (&mut self.costed, other.costed),
            (&mut self.estimated, other.estimated),
            (&mut self.baseline_paid, other.baseline_paid),
            (&mut self.list, money(other.list)),
            (&mut self.ask, money(other.ask)),
            (&mut self.agreed_list, money(other.agreed_list)),
            (&mut self.agreed, money(other.agreed)),
            (&mut self.ordered, other.ordered),
            (&mut self.lapsed, other.lapsed),
            (&mut self.lapsed_net, money(other.lapsed_net)),
            (&mut self.open_net, money(other.open_net)),
            (&mut self.net, money(other.net)),
            (&mut self.costed_list, money(other.costed_list)),
            (&mut self.costed_net, money(other.costed_net)),
            (&mut self.cost, money(other.cost)),
            (&mut self.handling, money(other.handling)),
            (&mut self.freight, money(other.freight)),
            (&mut self.financing, money(other.financing)),
            (&mut self.rebate, money(other.rebate)),
            (&mut self.bonus, money(other.bonus)),
            (&mut self.pocket, money(other.pocket)),
            (&mut self.leak, money(other.leak)),
            (&mut self.baseline, money(other.baseline)),
            (&mut self.baseline_pocket, money(other.baseline_pocket)),
            (&mut self.volume, money(other.volume)),
        ];
        for (sum, more) in counts {
            *sum = sum.saturating_add(more);
        }
    }

    /// Agreed of all that ended.
    pub fn agreement(&self) -> Rate {
        share(self.won, self.won + self.lost)
    }

    /// Those with a person, of all.
    pub fn escalation(&self) -> Rate {
        share(self.escalated, self.count)
    }

    /// The discount asked for, weighted by value.
    pub fn asked_discount(&self) -> Rate {
        share(self.list - self.ask, self.list)
    }

    /// The discount given on what was agreed, weighted by value.
    pub fn given_discount(&self) -> Rate {
        share(self.agreed_list - self.agreed, self.agreed_list)
    }

    /// What is left of the revenue whose costs are known.
    pub fn margin(&self) -> Rate {
        share(self.pocket, self.costed_net)
    }

    /// Revenue against the matched baseline.
    pub fn revenue_effect(&self) -> Amount {
        Amount::new(self.net.saturating_sub(self.baseline), self.currency)
    }

    /// What is left, against the matched baseline.
    pub fn pocket_effect(&self) -> Amount {
        Amount::new(self.pocket.saturating_sub(self.baseline_pocket), self.currency)
    }

    /// A figure of these sums as programs read it; `None` for a share or mean of nothing, and for what is no sum of
    /// negotiations. The one way from the sums to a value, for pages, files and JSON.
    pub fn value(&self, figure: Figure) -> Option<String> {
        let share = |whole: i64, rate: Rate| (whole > 0).then(|| rate.to_percent());
        let money = |minor: i64| Some(self.money(minor).to_decimal());
        let mean = |sum: i64, count: i64| Self::average(sum, count).map(|seconds| seconds.to_string());
        match figure {
            registry::NEGOTIATIONS => Some(self.count.to_string()),
            registry::DEALS_AGREED => Some(self.won.to_string()),
            registry::DEALS_ORDERED => Some(self.ordered.to_string()),
            registry::DEALS_LAPSED => Some(self.lapsed.to_string()),
            registry::AGREEMENT => share(self.won + self.lost, self.agreement()),
            registry::WITH_PERSON => share(self.count, self.escalation()),
            registry::DISCOUNT_ASKED => share(self.list, self.asked_discount()),
            registry::DISCOUNT_GIVEN => share(self.agreed_list, self.given_discount()),
            registry::MARGIN => share(self.costed_net, self.margin()),
            registry::FIRST_ANSWER => mean(self.answer_seconds, self.count),
            registry::PERSONS_ANSWER => mean(self.turnaround_seconds, self.turnarounds),
            registry::ROUNDS => (self.count > 0).then(|| hundredths(self.rounds_hundredths())),
            registry::AGREED => money(self.agreed),
            registry::ORDERED => money(self.net),
            registry::LAPSED => money(self.lapsed_net),
            registry::POCKET => money(self.pocket),
            registry::BASELINE => money(self.baseline),
            registry::EFFECT => Some(self.revenue_effect().to_decimal()),
            registry::LEAKAGE => money(self.leak),
            _ => None,
        }
    }

    /// An amount of these figures.
    pub fn money(&self, minor: i64) -> Amount {
        Amount::new(minor, self.currency)
    }

    /// Rounds of one negotiation, in hundredths.
    pub fn rounds_hundredths(&self) -> i64 {
        i64::try_from(Rounding::HalfUp.divide(i128::from(self.rounds) * 100, i128::from(self.count.max(1))))
            .unwrap_or(0)
    }

    /// Seconds of an average, rounded half up; `None` of nothing.
    pub fn average(sum: i64, count: i64) -> Option<i64> {
        let average = || Rounding::HalfUp.divide(i128::from(sum), i128::from(count));
        (count > 0).then(|| i64::try_from(average()).unwrap_or(i64::MAX))
    }
}

/// `1.48` of 148.
fn hundredths(n: i64) -> String {
    format!("{}.{:02}", n / 100, n % 100)
}
