//! Two years of orders, day by day.

use std::collections::{HashMap, VecDeque};

use kernel::{Date, Instant, Quantity, Rate, Rounding};

use crate::assortment::{Favourite, assortments};
use crate::book::{Book, quantity_worth};
use crate::model::{Channel, Company, DemoCompany, Negotiation, Order, OrderLine, OrderState, User};
use crate::rng::Rng;

/// How many days back the history reaches.
pub const HISTORY_DAYS: i64 = 730;

/// Orders by month in percent of an average one: quiet in winter, at Christmas and in summer.
const SEASON: [i64; 12] = [86, 93, 108, 105, 106, 105, 88, 85, 112, 115, 108, 76];

/// Makes the orders, one day at a time.
#[derive(Debug)]
pub struct Orders<'a> {
    demo: &'a DemoCompany,
    book: Book<'a>,
    favourites: Vec<Vec<Favourite>>,
    /// Negotiations that ended in an order, by day.
    deals: HashMap<i64, Vec<&'a Negotiation>>,
    products: HashMap<&'a str, usize>,
    next_day: i64,
    next_number: i64,
    waiting: VecDeque<Order>,
}

impl<'a> Orders<'a> {
    /// All orders of `demo`, oldest first.
    pub fn new(demo: &'a DemoCompany) -> Self {
        let mut deals: HashMap<i64, Vec<&Negotiation>> = HashMap::new();
        for negotiation in demo.negotiations.iter().filter(|n| n.agreed.is_some()) {
            deals.entry(negotiation.closed_at.date().days()).or_default().push(negotiation);
        }
        Self {
            demo,
            book: Book::new(demo),
            favourites: assortments(demo),
            deals,
            products: demo.products.iter().zip(0..).map(|(p, place)| (p.sku.as_str(), place)).collect(),
            next_day: demo.today.days() - HISTORY_DAYS,
            next_number: 240_001,
            waiting: VecDeque::new(),
        }
    }

    fn fill(&mut self, day: Date) {
        let mut orders: Vec<Order> = Vec::new();
        if day.is_weekday() && !is_holiday(day) {
            for place in 0..self.demo.companies.len() {
                let company = &self.demo.companies[place];
                let mut rng = Rng::of(self.demo.seed, &format!("order {} {}", company.number, day.days()));
                if rng.below(1_000) < chance(company, day) {
                    orders.extend(self.order(place, day, &mut rng));
                }
            }
        }
        for negotiation in self.deals.get(&day.days()).into_iter().flatten() {
            orders.push(self.deal(negotiation, day));
        }
        orders.sort_by_key(|order| order.placed);
        for mut order in orders {
            order.number = format!("SO-{}", self.next_number);
            self.next_number += 1;
            self.waiting.push_back(order);
        }
    }

    fn order(&self, place: usize, day: Date, rng: &mut Rng) -> Option<Order> {
        let company = &self.demo.companies[place];
        let user = rng.pick(&company.users);
        let channel = if rng.percent(72) { Channel::Shop } else { Channel::Rep };
        let count = 1 + rng.below(4) + rng.below(5) + rng.below(5);
        let mut lines: Vec<OrderLine> = Vec::new();
        for _ in 0..count {
            let line = self.line(place, day, channel, rng);
            if lines.iter().all(|other| other.sku != line.sku) {
                lines.push(line);
            }
        }
        let placed =
            day.midnight().plus(rng.between(6 * 60, 17 * 60) * Instant::MINUTE + rng.below(60) * Instant::SECOND);
        (!lines.is_empty()).then(|| self.envelope(company, user, placed, channel, company.payment_days, lines, rng))
    }

    /// A line of something that the company often buys; the first favourites come most often.
    fn line(&self, place: usize, day: Date, channel: Channel, rng: &mut Rng) -> OrderLine {
        let favourites = &self.favourites[place];
        let furthest = rng.index(favourites.len()) + 1;
        let favourite = favourites[rng.index(furthest)];
        let worth = favourite.worth_micros / 100 * rng.between(50, 180);
        let quantity = quantity_worth(self.demo, favourite.product, worth);
        let priced = self.book.price(place, favourite.product, quantity.thousandths(), day);
        let product = &self.demo.products[favourite.product];
        let is_spot = channel == Channel::Rep && rng.percent(14);
        let floor = self.book.then(product.unit_cost.unwrap_or(product.list_price), day).micros() * 112 / 100;
        let spot = priced
            .price
            .less(Rate::from_ppm(rng.between(10, 40) * 1_000), Rounding::HalfUp)
            .to_tick(100, Rounding::HalfUp);
        let is_spot = is_spot && spot.micros() > floor;
        OrderLine {
            sku: product.sku.clone(),
            quantity,
            price: if is_spot { spot } else { priced.price },
            list_price: self.book.then(product.list_price, day),
            price_list: (!is_spot).then(|| priced.list.code.clone()),
            negotiation: None,
        }
    }

    /// The order that follows from a negotiation.
    fn deal(&self, negotiation: &Negotiation, day: Date) -> Order {
        let (case, agreed) = (&negotiation.case, negotiation.agreed.expect("only agreed ones are kept"));
        let company = self.demo.companies.iter().find(|c| c.number == case.company).expect("cases name companies");
        let user = company.users.iter().find(|u| u.email == case.buyer).expect("cases name users");
        let product = &self.demo.products[self.products[case.sku.as_str()]];
        let line = OrderLine {
            sku: case.sku.clone(),
            quantity: agreed.quantity,
            price: agreed.price,
            list_price: self.book.then(product.list_price, day),
            price_list: None,
            negotiation: Some(case.number.clone()),
        };
        let mut rng = Rng::of(self.demo.seed, &case.number);
        let placed = negotiation.closed_at.plus(4 * Instant::MINUTE);
        self.envelope(company, user, placed, Channel::Shop, agreed.payment_days, vec![line], &mut rng)
    }

    #[expect(clippy::too_many_arguments, reason = "an order has many facts and this is where they meet")]
    fn envelope(
        &self,
        company: &'a Company,
        user: &User,
        placed: Instant,
        channel: Channel,
        payment_days: u16,
        lines: Vec<OrderLine>,
        rng: &mut Rng,
    ) -> Order {
        let day = placed.date();
        let age = self.demo.today.days() - day.days();
        let own = |address: &&crate::CompanyAddress| address.is_shipping && address.unit == user.unit;
        let ship_to = company.addresses.iter().rev().find(own).unwrap_or(&company.addresses[0]);
        Order {
            number: String::new(),
            company: company.number,
            unit: user.unit,
            buyer: user.email.clone(),
            rep: company.rep.clone(),
            placed,
            channel,
            po_number: po_number(company, day, rng),
            requested: rng.percent(35).then(|| next_weekday(day.plus_days(rng.between(3, 28)))),
            payment_days,
            ship_to: ship_to.code.clone(),
            state: match age {
                _ if rng.percent(2) => OrderState::Cancelled,
                ..=3 => OrderState::Open,
                _ if age < i64::from(payment_days) + 8 => OrderState::Shipped,
                _ => OrderState::Completed,
            },
            lines,
        }
    }
}

impl Iterator for Orders<'_> {
    type Item = Order;

    fn next(&mut self) -> Option<Order> {
        while self.waiting.is_empty() && self.next_day < self.demo.today.days() {
            let day = Date::from_days(self.next_day);
            self.next_day += 1;
            self.fill(day);
        }
        self.waiting.pop_front()
    }
}

/// How likely a company orders on a day, in permille: by its size, by the season, and a little more each year.
fn chance(company: &Company, day: Date) -> i64 {
    let size = match company.employees {
        ..=30 => 130,
        31..=60 => 220,
        61..=120 => 330,
        121..=250 => 420,
        251..=400 => 520,
        _ => 640,
    };
    let month = usize::try_from(day.civil().month() - 1).unwrap_or(0);
    size * SEASON[month] / 100
}

/// Days on which nobody orders anywhere.
fn is_holiday(day: Date) -> bool {
    matches!((day.civil().month(), day.civil().day()), (12, 24..=26 | 31) | (1, 1 | 6) | (5, 1))
}

/// The customer's own number; one in twelve forgets it.
fn po_number(company: &Company, day: Date, rng: &mut Rng) -> String {
    let (year, number) = (day.civil().year(), rng.between(1_000, 9_999));
    match company.number.bytes().last().unwrap_or(0) % 4 {
        _ if rng.percent(8) => String::new(),
        0 => format!("PO-{number}"),
        1 => format!("{number}/{year}"),
        2 => format!("45{number}{}", rng.between(1_000, 9_999)),
        _ => format!("B{}-{number}", year % 100),
    }
}

/// The same day, or the Monday after.
pub fn next_weekday(day: Date) -> Date {
    (0..3).map(|days| day.plus_days(days)).find(|day| day.is_weekday()).unwrap_or(day)
}

/// A quantity grown by `percent`, in whole packs.
pub fn grown(demo: &DemoCompany, product: usize, quantity: Quantity, percent: i64) -> Quantity {
    let packing = demo.products[product].packing;
    let wanted = quantity.thousandths() + quantity.thousandths() / 100 * percent;
    let packs = (wanted + packing.pack - 1) / packing.pack;
    Quantity::new(packing.round_up(packs * packing.pack), quantity.unit())
}
