//! Past negotiations of every outcome, and those that wait on the desk.

use kernel::{Date, Instant, Quantity, Rate, Rounding, UnitPrice};

use crate::assortment::{Favourite, assortments};
use crate::book::{Book, quantity_worth};
use crate::model::{
    Case, Company, Competitor, DemoCompany, Ending, Lever, Negotiation, Offer, OpenNegotiation, ProductClass,
    RejectReason, Round,
};
use crate::negotiations_text::{COMMENTS, COMPETITORS, approval, counter, rejection};
use crate::orders::{HISTORY_DAYS, grown, next_weekday};
use crate::products::STORY_SKU;
use crate::rng::Rng;

/// How many closed and how many open ones there are.
pub const CLOSED: i64 = 300;
/// How many wait on the desk.
pub const OPEN: i64 = 12;

/// How negotiations end, in 300ths; each reason to reject has its own share.
const ENDINGS: [(i64, Ending); 12] = [
    (42, Ending::AgreedAtOnce),
    (104, Ending::OfferTaken),
    (30, Ending::RepApproved),
    (33, Ending::RepCounterTaken),
    (14, Ending::RepCounterLapsed),
    (9, Ending::Rejected(RejectReason::BelowFloor)),
    (7, Ending::Rejected(RejectReason::QuantityTooSmall)),
    (5, Ending::Rejected(RejectReason::NotComparable)),
    (4, Ending::Rejected(RejectReason::Scarce)),
    (3, Ending::Rejected(RejectReason::Credit)),
    (26, Ending::Expired),
    (23, Ending::Abandoned),
];

/// A product that a company negotiates, with its limits.
pub(crate) struct Subject {
    pub(crate) company: usize,
    pub(crate) product: usize,
    pub(crate) quantity: Quantity,
    pub(crate) list: UnitPrice,
    /// No offer lies below.
    floor: UnitPrice,
    opened: Instant,
}

/// What the makers of cases share.
pub(crate) struct Maker<'a> {
    pub(crate) demo: &'a DemoCompany,
    book: Book<'a>,
    pub(crate) favourites: Vec<Vec<Favourite>>,
}

/// Closed negotiations, oldest first, and open ones.
pub fn negotiations(demo: &DemoCompany) -> (Vec<Negotiation>, Vec<OpenNegotiation>) {
    let maker = Maker::new(demo);
    let mut closed: Vec<Negotiation> = (0..CLOSED).map(|number| maker.closed(number)).collect();
    closed.sort_by_key(|n| n.case.rounds[0].asked_at);
    for (negotiation, number) in closed.iter_mut().zip(1..) {
        let year = negotiation.case.rounds[0].asked_at.date().civil().year();
        negotiation.case.number = format!("N-{year}-{number:05}");
    }
    let open = (0..OPEN).map(|number| maker.open(number)).collect();
    (closed, open)
}

impl<'a> Maker<'a> {
    pub(crate) fn new(demo: &'a DemoCompany) -> Self {
        Self { demo, book: Book::new(demo), favourites: assortments(demo) }
    }

    fn closed(&self, number: i64) -> Negotiation {
        let mut rng = Rng::of(self.demo.seed, &format!("negotiation {number}"));
        let mut place = number;
        let ending = ENDINGS.iter().find_map(|(share, ending)| {
            place -= share;
            (place < 0).then_some(*ending)
        });
        let ending = ending.expect("the shares make up all of them");
        // More of them recently: the square of an even spread.
        let spread = rng.between(0, 999);
        let days_ago = 3 + (HISTORY_DAYS - 20) * spread * spread / 1_000_000;
        let day =
            next_weekday(self.demo.today.plus_days(-days_ago - 14).max(self.demo.today.plus_days(1 - HISTORY_DAYS)));
        let opened = day.midnight().plus(rng.between(6 * 60, 15 * 60) * Instant::MINUTE);
        let everybody: Vec<usize> = (0..self.demo.companies.len()).collect();
        let subject = self.subject(opened, &everybody, 100, &mut rng);
        let case = self.case(&subject, ending, &mut rng);
        self.ended(case, &subject, ending, &mut rng)
    }

    /// What the company at `company` pays today.
    pub(crate) fn price(&self, company: usize, product: usize, quantity: Quantity) -> UnitPrice {
        self.book.price(company, product, quantity.thousandths(), self.demo.today).price
    }

    /// Something worth talking about: what one of the companies buys, several times as much of it, with room above the cost.
    pub(crate) fn subject(&self, opened: Instant, companies: &[usize], size_percent: i64, rng: &mut Rng) -> Subject {
        let day = opened.date();
        loop {
            let company = *rng.pick(companies);
            let favourite = *rng.pick(&self.favourites[company]);
            let product = &self.demo.products[favourite.product];
            let worth = (favourite.worth_micros * rng.between(3, 14)).max(300_000_000) / 100 * size_percent;
            let quantity = quantity_worth(self.demo, favourite.product, worth);
            let list = self.book.price(company, favourite.product, quantity.thousandths(), day).price;
            let Some(cost) = product.unit_cost else { continue };
            let floor_percent = if product.class == ProductClass::C { 118 } else { 114 };
            let floor = UnitPrice::new(self.book.then(cost, day).micros() * floor_percent / 100, cost.currency());
            let is_fine = product.sku.as_str() != STORY_SKU && list.micros() >= 20_000;
            if is_fine && floor.discount_from(list) > Rate::percent(7) {
                return Subject { company, product: favourite.product, quantity, list, floor, opened };
            }
        }
    }

    fn case(&self, subject: &Subject, ending: Ending, rng: &mut Rng) -> Case {
        let company = &self.demo.companies[subject.company];
        let ask = match ending {
            Ending::AgreedAtOnce => rng.between(15, 35),
            Ending::Rejected(_) => rng.between(150, 280),
            Ending::Abandoned | Ending::Expired => rng.between(70, 190),
            _ => rng.between(45, 140),
        };
        let mut asked = price_less(subject.list, ask);
        if ending == Ending::AgreedAtOnce || ending == Ending::RepApproved {
            asked = above(asked, subject.floor);
        }
        let rounds = match ending {
            Ending::AgreedAtOnce => 1,
            Ending::OfferTaken | Ending::Expired | Ending::Abandoned => rng.between(1, 3),
            _ => rng.between(1, 2),
        };
        let mut at = subject.opened;
        let rounds = (0..rounds)
            .map(|round| {
                let price = UnitPrice::new(
                    asked.micros() + (subject.list.micros() - asked.micros()) * round * 22 / 100,
                    asked.currency(),
                );
                let round = Round {
                    asked_at: at,
                    price: price.to_tick(tick(price), Rounding::HalfUp),
                    quantity: subject.quantity,
                    offers: if ending == Ending::AgreedAtOnce {
                        Vec::new()
                    } else {
                        self.offers(subject, price, round, rng)
                    },
                };
                at = at.plus(rng.between(2, 55) * Instant::MINUTE);
                round
            })
            .collect();
        let competitor =
            (rng.percent(24) || ending == Ending::Rejected(RejectReason::NotComparable)).then(|| Competitor {
                name: rng.word(&COMPETITORS),
                price: price_less(asked, rng.between(-20, 30)),
                has_document: rng.percent(45),
            });
        Case {
            number: String::new(),
            company: company.number,
            buyer: rng.pick(&company.users).email.clone(),
            sku: self.demo.products[subject.product].sku.clone(),
            list_price: subject.list,
            payment_days: company.payment_days,
            rounds,
            competitor,
            need_by: rng.percent(30).then(|| next_weekday(subject.opened.date().plus_days(rng.between(7, 45)))),
            comment: rng.word(&COMMENTS),
            rep: company.rep.clone(),
        }
    }

    /// Up to three offers that differ in what the buyer gives, a little better each round, never below the floor.
    fn offers(&self, subject: &Subject, asked: UnitPrice, round: i64, rng: &mut Rng) -> Vec<Offer> {
        let payment_days = self.demo.companies[subject.company].payment_days;
        let terms = |lever, price: UnitPrice, quantity, payment_days| Offer {
            lever,
            price: above(price, subject.floor).to_tick(tick(price), Rounding::Up),
            quantity,
            payment_days,
            by_rep: false,
        };
        let more = grown(self.demo, subject.product, subject.quantity, *rng.pick(&[50, 60, 80, 100, 100, 150]));
        let mut offers = vec![terms(Lever::Volume, asked, more, payment_days)];
        if payment_days > 0 {
            let price = price_less(subject.list, 25 + 12 * round + rng.between(0, 20));
            offers.push(terms(Lever::Payment, at_least(price, asked), subject.quantity, 0));
        }
        let price = price_less(subject.list, 12 + 9 * round + rng.between(0, 12));
        offers.push(terms(Lever::Plain, at_least(price, asked), subject.quantity, payment_days));
        offers
    }

    fn ended(&self, case: Case, subject: &Subject, ending: Ending, rng: &mut Rng) -> Negotiation {
        let last = case.rounds.last().expect("at least one round").clone();
        let asked = Offer {
            lever: Lever::Plain,
            price: last.price,
            quantity: last.quantity,
            payment_days: case.payment_days,
            by_rep: false,
        };
        let minutes = |low, high, rng: &mut Rng| rng.between(low, high) * Instant::MINUTE;
        let list_price = case.list_price;
        let rep_counter = || {
            let middle = (last.price.micros() + list_price.micros()) / 2;
            let price = above(UnitPrice::new(middle, last.price.currency()), subject.floor);
            Offer { price: price.to_tick(tick(price), Rounding::Up), by_rep: true, ..asked }
        };
        let mut case = case;
        let (agreed, rationale, wait) = match ending {
            Ending::AgreedAtOnce => (Some(asked), "", Instant::MINUTE),
            Ending::OfferTaken => {
                // Volume most often, then the plain price.
                let offers = &last.offers;
                let taken = if rng.percent(45) { offers[0] } else { offers[rng.index(offers.len())] };
                (Some(taken), "", minutes(2, 900, rng))
            }
            Ending::RepApproved => (Some(Offer { by_rep: true, ..asked }), approval(rng), minutes(20, 420, rng)),
            Ending::RepCounterTaken | Ending::RepCounterLapsed => {
                let counteroffer = rep_counter();
                case.rounds.last_mut().expect("at least one round").offers.push(counteroffer);
                let is_taken = ending == Ending::RepCounterTaken;
                let wait = if is_taken { minutes(60, 2_600, rng) } else { 5 * Instant::DAY };
                (is_taken.then_some(counteroffer), counter(rng), wait)
            }
            Ending::Rejected(reason) => (None, rejection(reason, rng), minutes(20, 600, rng)),
            Ending::Expired => (None, "", 5 * Instant::DAY),
            Ending::Abandoned => (None, "", minutes(3, 240, rng)),
        };
        let yesterday = self.demo.today.plus_days(-1).midnight().plus(17 * Instant::HOUR);
        Negotiation { closed_at: last.asked_at.plus(wait).min(yesterday), case, ending, rationale, agreed }
    }

    /// One that waits: the asks are deep, the values and the promised times differ widely.
    fn open(&self, number: i64) -> OpenNegotiation {
        const MINUTES: [(i64, i64, i64); 12] = [
            (220, -25, 260),
            (95, 25, 900),
            (12, 108, 150),
            (41, 79, 420),
            (150, 90, 1_600),
            (8, 232, 80),
            (66, 174, 240),
            (3, 237, 520),
            (180, 60, 60),
            (27, 453, 2_400),
            (310, -70, 110),
            (1, 479, 340),
        ];
        let place = usize::try_from(number).expect("not negative") % MINUTES.len();
        let (escalated_minutes_ago, promised_in_minutes, size_percent) = MINUTES[place];
        let mut rng = Rng::of(self.demo.seed, &format!("open negotiation {number}"));
        let opened = self.demo.today.midnight().plus(-(escalated_minutes_ago + rng.between(70, 130)) * Instant::MINUTE);
        // Every second one is a customer of the rep whom the story signs in, so that her desk is not bare.
        let story = &self.demo.story;
        let is_hers = |c: &Company| c.rep == story.rep && c.number != story.company;
        let all = self.demo.companies.iter().enumerate();
        let companies: Vec<usize> =
            all.filter(|(_, company)| number % 2 == 1 || is_hers(company)).map(|(place, _)| place).collect();
        let subject = self.subject(opened, &companies, size_percent, &mut rng);
        let mut case = self.case(&subject, Ending::RepCounterTaken, &mut rng);
        case.number = format!("N-{}-{:05}", year(self.demo.today), CLOSED + 1 + number);
        OpenNegotiation { case, escalated_minutes_ago, promised_in_minutes }
    }
}

fn year(date: Date) -> i16 {
    date.civil().year()
}

/// `price` less `permille` of it, on a tick that people would write.
pub(crate) fn price_less(price: UnitPrice, permille: i64) -> UnitPrice {
    let less = price.less(Rate::from_ppm(permille * 1_000), Rounding::HalfUp);
    less.to_tick(tick(price), Rounding::HalfUp)
}

/// Cents from ten euro on, tenths of a cent from ten cents on, else hundredths.
fn tick(price: UnitPrice) -> i64 {
    match price.micros() {
        10_000_000.. => 10_000,
        100_000.. => 1_000,
        _ => 100,
    }
}

/// The price, or the floor rounded up when that is higher.
fn above(price: UnitPrice, floor: UnitPrice) -> UnitPrice {
    if price.micros() >= floor.micros() { price } else { floor.to_tick(tick(floor), Rounding::Up) }
}

/// The higher one of two prices.
fn at_least(price: UnitPrice, other: UnitPrice) -> UnitPrice {
    if price.micros() >= other.micros() { price } else { other }
}
