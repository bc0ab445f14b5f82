//! What goes on just now: the last weeks' negotiations, deals that run, quotes, suppliers.

mod agreements;
mod drawing;
mod quotes;

use kernel::{Date, Instant, Quantity, UnitPrice};

use crate::model::{
    Asked, Company, DemoCompany, Freight, Order, OrderLine, OrderState, Over, Product, Reaction, Recent, Running,
};
use crate::negotiations::{Maker, price_less};
use crate::orders::next_weekday;
use crate::products::STORY_SKU;
use crate::rng::Rng;

/// How many negotiations of the last weeks there are.
pub const ASKED: i64 = 60;
/// They lie within so many days.
const ASKED_DAYS: i64 = 75;
/// Offers are left to run out this long ago or earlier: they stand for some days.
const LEFT_DAYS: i64 = 14;

/// The products with which the stories are told; nothing here touches them.
const STORY_SKUS: [&str; 2] = [STORY_SKU, "BV-DN25-PN40-SS"];

/// What goes on at `demo`, whose products, prices and customers are there.
pub fn recent(demo: &DemoCompany) -> Recent {
    let maker = Maker::new(demo);
    Recent {
        freight: Some(Freight { charge: 2_500, free_from: 100_000 }),
        agreements: agreements::agreements(demo),
        running: running(&maker),
        asked: asked(&maker),
        quotes: quotes::quotes(demo),
        for_case: Some(quotes::for_case()),
    }
}

fn asked(maker: &Maker<'_>) -> Vec<Asked> {
    let demo = maker.demo;
    let all = demo.companies.iter().enumerate();
    let companies: Vec<usize> =
        all.filter(|(_, company)| company.number != demo.story.company).map(|(place, _)| place).collect();
    let mut asked: Vec<Asked> = (0..ASKED).map(|number| one(maker, number, &companies)).collect();
    asked.sort_by_key(|one| one.at);
    asked
}

fn one(maker: &Maker<'_>, number: i64, companies: &[usize]) -> Asked {
    let demo = maker.demo;
    let mut rng = Rng::of(demo.seed, &format!("asked {number}"));
    let days_ago = 2 + number * (ASKED_DAYS - 2) / ASKED;
    let subject = maker.subject(demo.today.midnight(), companies, 100, &mut rng);
    let company = &demo.companies[subject.company];
    let permille = rng.between(30, 85);
    let reaction = reaction(company, days_ago, &mut rng);
    let day = next_weekday(demo.today.plus_days(-days_ago)).min(demo.today.plus_days(-1));
    Asked {
        company: company.number,
        buyer: rng.pick(&company.users).email.clone(),
        rep: company.rep.clone(),
        sku: demo.products[subject.product].sku.clone(),
        quantity: subject.quantity,
        price: price_less(subject.list, permille),
        second_price: price_less(subject.list, permille * 3 / 4),
        at: day.midnight().plus(rng.between(7 * 60, 14 * 60) * Instant::MINUTE),
        reaction,
    }
}

/// Who buys much takes more, who has a project pays early, who optimises waits, small ones want the price.
fn reaction(company: &Company, days_ago: i64, rng: &mut Rng) -> Reaction {
    const VOLUME: &[&str] = &["volume", "volume_payment", "volume_freight", "commitment"];
    const PAYMENT: &[&str] = &["payment", "volume_payment", "payment_freight", "payment_delivery"];
    const PATIENCE: &[&str] = &["delivery", "freight", "delivery_freight", "payment_delivery"];
    const PRICE: &[&str] = &["plain", "payment"];
    let levers = match company.segment {
        _ if rng.percent(25) => PRICE,
        "volume" => VOLUME,
        "project" => PAYMENT,
        "optimiser" => PATIENCE,
        _ => PRICE,
    };
    match rng.below(100) {
        ..=17 if days_ago > LEFT_DAYS => Reaction::Leaves,
        ..=25 => Reaction::Withdraws,
        26..=47 => Reaction::AsksOnce(levers),
        _ => Reaction::Takes(levers),
    }
}

/// A blanket order of the story's customer, on track, and one deal of it with a rebate.
fn running(maker: &Maker<'_>) -> Vec<Running> {
    let rebate = over(maker, (0, 150), 55, Over::Rebate { months: 12 });
    let commitment = over(maker, (1, 100), 45, Over::Commitment { months: 6, times: 6 });
    let rebate = rebate.map(|running| with_orders(maker, running, &[148]));
    let commitment = commitment.map(|running| with_orders(maker, running, &[96, 68, 40, 9]));
    rebate.into_iter().chain(commitment).collect()
}

/// An ask of the story's customer for one of the goods that it buys most, so many days ago.
fn over(maker: &Maker<'_>, (place, days_ago): (usize, i64), permille: i64, over: Over) -> Option<Running> {
    let demo = maker.demo;
    let at = demo.companies.iter().position(|company| company.number == demo.story.company)?;
    let company = &demo.companies[at];
    let fits = |product: &Product| {
        !STORY_SKUS.contains(&product.sku.as_str())
            && product.unit_cost.is_some_and(|cost| cost.micros() * 100 < product.list_price.micros() * 72)
            && product.list_price.micros() >= 1_000_000
    };
    let mut favourites: Vec<usize> = maker.favourites[at].iter().map(|favourite| favourite.product).collect();
    favourites.retain(|product| fits(&demo.products[*product]));
    let product = *favourites.get(place)?;
    let quantity = crate::book::quantity_worth(demo, product, 5_000_000_000);
    let list = maker.price(at, product, quantity);
    let day = next_weekday(demo.today.plus_days(-days_ago));
    let asked = Asked {
        company: company.number,
        buyer: demo.story.buyer.clone(),
        rep: company.rep.clone(),
        sku: demo.products[product].sku.clone(),
        quantity,
        price: price_less(list, permille),
        second_price: price_less(list, permille / 2),
        at: day.midnight().plus(10 * Instant::HOUR),
        // As it was asked: no more is ordered than that.
        reaction: Reaction::Takes(&["plain"]),
    };
    Some(Running { asked, over, orders: Vec::new() })
}

/// One order of the agreed quantity on each of some days. Call-offs come by themselves and have numbers of their own.
fn with_orders(maker: &Maker<'_>, running: Running, days_ago: &[i64]) -> Running {
    let demo = maker.demo;
    let series = match running.over {
        Over::Commitment { .. } => "CO",
        Over::Rebate { .. } => "RO",
    };
    let order = |(days, number): (&i64, usize)| {
        let day = next_weekday(demo.today.plus_days(-days));
        order(demo, &running, day, format!("{series}-{}-{number:02}", day.civil().year()))
    };
    let orders: Option<Vec<Order>> = days_ago.iter().zip(1..).map(order).collect();
    Running { orders: orders.unwrap_or_default(), ..running }
}

fn order(demo: &DemoCompany, running: &Running, day: Date, number: String) -> Option<Order> {
    let asked = &running.asked;
    let company = demo.companies.iter().find(|company| company.number == asked.company)?;
    let user = company.users.iter().find(|user| user.email == asked.buyer)?;
    let product = demo.products.iter().find(|product| product.sku == asked.sku)?;
    let own = |address: &&crate::CompanyAddress| address.is_shipping && address.unit == user.unit;
    let age = demo.today.days() - day.days();
    Some(Order {
        po_number: format!("A-{number}"),
        number,
        company: company.number,
        unit: user.unit,
        buyer: user.email.clone(),
        rep: company.rep.clone(),
        placed: day.midnight().plus(8 * Instant::HOUR),
        channel: crate::Channel::Shop,
        requested: None,
        payment_days: company.payment_days,
        ship_to: company.addresses.iter().find(own).unwrap_or(company.addresses.first()?).code.clone(),
        state: if age > i64::from(company.payment_days) + 8 { OrderState::Completed } else { OrderState::Shipped },
        lines: vec![line(product, asked.quantity, asked.price)],
    })
}

fn line(product: &Product, quantity: Quantity, price: UnitPrice) -> OrderLine {
    OrderLine {
        sku: product.sku.clone(),
        quantity,
        price,
        list_price: product.list_price,
        price_list: None,
        negotiation: None,
    }
}
