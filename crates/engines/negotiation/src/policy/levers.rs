//! The give-get table: what one step of each lever is worth as extra discount.

use kernel::Rate;

use crate::{
    stored::{sealed, store_by_serde},
    terms::FreightMode,
};

store_by_serde!(FreightMode);

sealed! {
    /// The plain concession: discount that needs nothing in return. It is also what the other levers start from.
    pub struct PlainLever {
        /// Largest plain discount in the first round.
        pub from: Rate,
        /// Largest plain discount in the last round.
        pub to: Rate,
        /// Whether a plain-price card is offered at all.
        pub offered: bool,
    }
}

sealed! {
    /// Give-get for volume: `grant = per_double × (quantity / anchor − 1)`, see [`crate::ListLine::anchor`].
    pub struct VolumeLever {
        /// Extra discount for each +100 % of the anchor quantity.
        pub per_double: Rate,
        /// Largest multiple of the asked quantity that is offered, and of the anchor that earns; 3 × is 3,000,000 ppm.
        pub multiple_max: Rate,
        /// Whether more than the stock may be offered when no need-by date forbids it.
        pub beyond_stock: bool,
    }
}

sealed! {
    /// What one payment term is worth.
    pub struct PaymentRow {
        /// Days from invoice to payment; 0 is prepaid.
        pub days: u16,
        /// Extra discount (negative: surcharge) against the other rows. What counts is the difference to the row of the
        /// buyer's default days.
        pub grant: Rate,
    }
}

sealed! {
    /// What it is worth when the seller may deliver later than requested.
    pub struct DeliveryRow {
        /// Up to so many days later.
        pub days: u16,
        /// Extra discount.
        pub grant: Rate,
        /// Whether freight is free, too, where the buyer is usually charged.
        pub free_freight: bool = false,
    }
}

sealed! {
    /// What another way of freight is worth.
    pub struct FreightRow {
        /// The way: [`FreightMode::Consolidated`] or [`FreightMode::Collected`].
        pub mode: FreightMode,
        /// Extra discount.
        pub grant: Rate,
    }
}

sealed! {
    /// Give-get for a blanket order: `grant = per_double × (total / usual − 1)`, where `usual` is what this buyer would buy
    /// in those months anyway: the larger of the anchor and [`crate::LinePosition::monthly`] × months. Profit is counted on
    /// this order alone: what is not called off yet pays for nothing.
    pub struct CommitmentLever {
        /// Months from the agreement to the last call-off.
        pub months: u16,
        /// Extra discount for each +100 % over what is usual.
        pub per_double: Rate,
        /// Largest total as a multiple of this order, at least 2.
        pub times_max: u16,
    }
}

sealed! {
    /// A rebate for growth, paid at the end of a period.
    pub struct RebateRow {
        /// So much more than in the period before: 200,000 ppm is 20 % more turnover.
        pub growth: Rate,
        /// Paid back, as a share of the net value.
        pub rate: Rate,
    }
}

sealed! {
    /// Rebates for growth. What is granted is what is paid back: a rebate of 3 % counts as 3 % of discount.
    pub struct RebateLever {
        /// Months from the agreement to the end of the period.
        pub months: u16,
        /// By rising growth, rates never falling.
        pub rows: Vec<RebateRow>,
    }
}

sealed! {
    /// Another product in place of the one that is asked, at the plain concession of its own list price.
    pub struct AlternativeLever {
        /// The buyer must save at least so much against the list price, over the life of the goods.
        pub saving_min: Rate,
    }
}

sealed! {
    /// Goods ordered along, at their own list price: `grant = per_double × (value of the goods / value of the asked lines)`.
    pub struct BundleLever {
        /// Extra discount on the asked lines when the goods are worth as much as they are.
        pub per_double: Rate,
        /// Largest value of the goods, as a share of the asked lines at list prices.
        pub value_max: Rate,
    }
}

sealed! {
    /// Goods for free in place of a lower price.
    pub struct BonusLever {
        /// So much more than the plain concession may be given when it is given in goods, at their list value.
        pub grant: Rate,
        /// Largest list value of the goods, as a share of the asked lines at list prices.
        pub value_max: Rate,
    }
}
