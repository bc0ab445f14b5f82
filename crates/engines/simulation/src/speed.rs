//! Made-up deals and a made-up market whose decisions are timed, by `cargo xtask bench`. Nothing
//! here looks at a clock.
//!
//! floats: prices of a made-up past

use kernel::{Amount, CompanyId, Currency, Instant, Packing, ProductId, Quantity, Rate, Unit, UnitPrice};
use negotiation_engine::{
    Alternative, AlternativeKind, Companion, Consolidation, Customer, FlexibleSaving, FreightCharge, History, Inputs,
    LinePosition, LineTerms, ListLine, ListTerms, Policy, Position, Request, Terms, Tier,
};
use statistics::Random;
use uuid::Uuid;

use crate::{
    market::{DealCosts, Market, MarketAlternative, MarketCustomer, MarketProduct, PastDeal, Standing},
    run::{Arm, Run},
    settings::{Kind, Settings},
};

const EUR: Currency = Currency::Eur;
const NOW: Instant = Instant::from_micros(1_790_000_000_000_000);
/// Customers, products and deals of [`market`].
const CUSTOMERS: u32 = 2_000;
const PRODUCTS: u32 = 1_000;
const DEALS: u32 = 100_000;

/// How much a buyer asks for, which says how far the engine must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// 8 % off: one lever alone carries it, so that no pairs are tried.
    Moderate,
    /// 20 % off: nothing carries it, so that all levers are tried, and pairs of the best of them.
    Steep,
}

/// The first round about 2,000 pieces at 120.00, which could come with another product, further goods and other freight.
pub fn one_line(policy: Policy, ask: Ask) -> Inputs {
    inputs(policy, ask, &[goods(1, 120_000_000, 2_000)])
}

/// The first round about a cart of so many lines of 200 to 1,500 EUR, likewise.
pub fn cart(policy: Policy, lines: u32, ask: Ask) -> Inputs {
    let all = (1..=lines).map(|number| {
        let list = 2_000_000 + i64::from(number * 37 % 100) * 180_000;
        goods(number, list, 100 + i64::from(number % 7) * 10)
    });
    inputs(policy, ask, &all.collect::<Vec<_>>())
}

/// A product of a made-up deal: number, list price in millionths, asked pieces.
struct Goods {
    product: ProductId,
    list: UnitPrice,
    asked: Quantity,
}

fn goods(number: u32, list_micros: i64, pieces: i64) -> Goods {
    let product = ProductId::from_uuid(Uuid::from_u128(number.into()));
    Goods { product, list: UnitPrice::new(list_micros, EUR), asked: Quantity::whole(pieces, Unit::Piece) }
}

impl Goods {
    /// In packs of ten, 2 % less from twice the asked quantity on.
    fn list(&self) -> ListLine {
        let lower = UnitPrice::new(self.list.micros() / 100 * 98, EUR);
        let twice = Quantity::new(self.asked.thousandths() * 2, Unit::Piece);
        let tiers = [(Quantity::whole(10, Unit::Piece), self.list), (twice, lower)];
        let tiers = tiers.map(|(from, price)| Tier { from, price }).to_vec();
        ListLine { product: self.product, packing: packing(), tiers, anchor: None }
    }

    fn line(&self) -> LinePosition {
        let cost = UnitPrice::new(self.list.micros() / 100 * 73, EUR);
        LinePosition { lead_days: 14, ..LinePosition::new(self.product, "general", Some(cost), EUR) }
    }
}

fn inputs(policy: Policy, ask: Ask, goods: &[Goods]) -> Inputs {
    let percent = if ask == Ask::Moderate { 92 } else { 80 };
    let asked = |goods: &Goods| LineTerms {
        product: goods.product,
        quantity: goods.asked,
        price: UnitPrice::new(goods.list.micros() / 100 * percent, EUR),
    };
    let request = Request::new(Terms::new(goods.iter().map(asked).collect(), 30));
    Inputs { history: History::none(policy.currency), policy, position: position(goods), request, now: NOW, seed: 7 }
}

/// All that levers can be about is there.
fn position(asked: &[Goods]) -> Position {
    let mut list = ListTerms::new(EUR, 30, asked.iter().map(Goods::list).collect());
    list.freight = Some(FreightCharge { charge: euro(25), free_from: euro(1_000) });
    let customer = Customer { turnover: Some(euro(150_000)), ..Customer::new("general", euro(200_000)) };
    let other = goods(10_001, asked.first().map_or(1_000_000, |first| first.list.micros() / 100 * 90), 10);
    let along = goods(10_002, 15_000_000, 10);
    let alternative = asked.first().map(|first| Alternative {
        of: first.product,
        kind: AlternativeKind::Cheaper,
        lasts: Rate::ONE,
        list: other.list(),
        line: other.line(),
    });
    Position {
        handling_order: euro(25),
        handling_line: euro(2),
        freight: euro(90),
        capital: Rate::percent(8),
        consolidation: Some(Consolidation { freight: euro(50), unit_share: Rate::percent(60) }),
        flexible: vec![FlexibleSaving { days: 7, saves: euro(10) }],
        alternatives: alternative.into_iter().collect(),
        companions: vec![Companion { list: along.list(), line: along.line() }],
        ..Position::new(customer, list, asked.iter().map(Goods::line).collect())
    }
}

/// A past of 100,000 deals of 2,000 customers about 1,000 products, each of which could be replaced by another and come with
/// a third.
pub fn market() -> Market {
    let mut random = Random::from_seed(7);
    let products: Vec<MarketProduct> = (0..PRODUCTS).map(product).collect();
    let deals = (0..DEALS).map(|at| deal(at, &products, &mut random)).collect();
    let costs = DealCosts {
        handling_order: euro(12),
        handling_line: euro(2),
        freight_order: euro(9),
        capital: Rate::percent(8),
    };
    Market { customers: (0..CUSTOMERS).map(customer).collect(), products, deals, costs, ..Market::empty(EUR) }
}

/// So many invented buyers meet a policy.
pub fn run(policy: Policy, buyers: u64) -> Run {
    let arms = vec![("policy".to_owned(), Arm::Policy(Box::new(policy)))];
    Run { arms, floors: Policy::starter(), settings: Settings::new(Kind::MonteCarlo { count: buyers }) }
}

fn customer(number: u32) -> MarketCustomer {
    MarketCustomer {
        id: CompanyId::from_uuid(Uuid::from_u128(number.into())),
        segment: ["key", "small", "trade"][number as usize % 3].into(),
        country: Some("DE".into()),
        revenue: euro(20_000 + i64::from(number) * 500),
        margin: None,
        growth: None,
        orders: Some(12),
        behaviour: None,
    }
}

fn product(number: u32) -> MarketProduct {
    let list = 8_000_000 + i64::from(number) * 317_000;
    let (class, cost) = [("commodity", 80), ("special", 55), ("general", 70)][number as usize % 3];
    MarketProduct {
        id: ProductId::from_uuid(Uuid::from_u128(number.into())),
        class: class.into(),
        category: Some(format!("category {}", number % 5)),
        brand: None,
        packing: packing(),
        tiers: vec![Tier { from: Quantity::whole(10, Unit::Piece), price: UnitPrice::new(list, EUR) }],
        cost: Some(UnitPrice::new(list / 100 * cost, EUR)),
        stock: Some(Quantity::whole(5_000, Unit::Piece)),
        lead_days: 10,
        freight: UnitPrice::new(50_000, EUR),
        standing: Standing::default(),
        alternatives: vec![MarketAlternative {
            product: (number + 1) % PRODUCTS,
            kind: AlternativeKind::Cheaper,
            lasts: Rate::ONE,
        }],
        companions: vec![(number + 2) % PRODUCTS],
    }
}

/// Sold at 3 % under the list price, more or less.
fn deal(at: u32, products: &[MarketProduct], random: &mut Random) -> PastDeal {
    let product = random.below(u64::from(PRODUCTS)) as u32;
    let packs = (1.0 + 12.0 * (0.8 * random.normal()).exp()) as i64;
    let list = products[product as usize].tiers[0].price;
    let paid = (list.micros() as f64 * (0.02 * random.normal() - 0.03).exp()).round() as i64;
    PastDeal {
        customer: random.below(u64::from(CUSTOMERS)) as u32,
        product,
        quantity: Quantity::whole(packs * 10, Unit::Piece),
        list,
        paid: UnitPrice::new(paid, EUR),
        at: NOW.plus(i64::from(at) * Instant::MINUTE),
        talks: None,
        ordered: None,
    }
}

fn packing() -> Packing {
    let ten = 10 * Quantity::SCALE;
    Packing { unit: Unit::Piece, pack: ten, packs_per_pallet: 40, minimum: ten, step: ten }
}

fn euro(whole: i64) -> Amount {
    Amount::new(whole * 100, EUR)
}
