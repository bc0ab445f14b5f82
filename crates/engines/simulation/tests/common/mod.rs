//! Markets that are made up, with every number planted.
//!
//! floats: planted distributions

use kernel::{Amount, CompanyId, Currency, Instant, Packing, ProductId, Quantity, Rate, Unit, UnitPrice};
use negotiation_engine::{AlternativeKind, Lever, Tier};
use simulation::{
    DealCosts, Market, MarketAlternative, MarketCustomer, MarketProduct, Ordered, PastDeal, Standing, Talks,
};
use statistics::Random;
use uuid::Uuid;

pub const EUR: Currency = Currency::Eur;

/// What a market is made of.
#[derive(Debug, Clone, Copy)]
pub struct Planted {
    pub customers: u32,
    pub products: u32,
    pub deals: u32,
    /// Mean and standard deviation of ln(reservation / list).
    pub reservation: (f64, f64),
    /// Mean of ln(would pay / asked), gamma of shape 2.
    pub ask: f64,
    /// Standard deviation of prices paid for the same product and quantity.
    pub spread: f64,
    /// What doubling the quantity takes off the price.
    pub per_double: f64,
    /// The share of deals that were negotiated.
    pub talks: f64,
    pub seed: u64,
}

impl Planted {
    pub const USUAL: Self = Self {
        customers: 60,
        products: 30,
        deals: 3_000,
        reservation: (-0.02, 0.06),
        ask: 0.05,
        spread: 0.02,
        per_double: 0.0,
        talks: 1.0,
        seed: 7,
    };
}

pub fn eur(whole: i64) -> Amount {
    Amount::new(whole * 100, EUR)
}

pub fn product_id(number: u32) -> ProductId {
    ProductId::from_uuid(Uuid::from_u128(u128::from(number) + 1))
}

pub fn customer(number: u32) -> MarketCustomer {
    MarketCustomer {
        id: CompanyId::from_uuid(Uuid::from_u128(u128::from(number) + 1)),
        segment: ["key", "small", "trade"][number as usize % 3].into(),
        country: Some("DE".into()),
        revenue: eur(20_000 + i64::from(number) * 5_000),
        margin: None,
        growth: None,
        orders: Some(12),
        behaviour: None,
    }
}

pub fn product(number: u32, products: u32) -> MarketProduct {
    let micros = 8_000_000 + i64::from(number) * 3_170_000;
    let class = ["commodity", "special", "general"][number as usize % 3];
    let other = |step: u32| (number + step) % products.max(1);
    MarketProduct {
        id: product_id(number),
        class: class.into(),
        category: Some(format!("category {}", number % 5)),
        brand: None,
        packing: Packing { unit: Unit::Piece, pack: 10_000, packs_per_pallet: 40, minimum: 10_000, step: 10_000 },
        tiers: vec![Tier { from: Quantity::whole(10, Unit::Piece), price: UnitPrice::new(micros, EUR) }],
        cost: Some(UnitPrice::new(micros / 100 * [80, 55, 70][number as usize % 3], EUR)),
        stock: Some(Quantity::whole(5_000, Unit::Piece)),
        lead_days: 10,
        freight: UnitPrice::new(50_000, EUR),
        standing: Standing::default(),
        alternatives: vec![MarketAlternative { product: other(1), kind: AlternativeKind::Cheaper, lasts: Rate::ONE }],
        companions: vec![other(2)],
    }
}

/// A market whose buyers are as planted.
pub fn market(planted: &Planted) -> Market {
    let mut random = Random::from_seed(planted.seed);
    let products: Vec<MarketProduct> = (0..planted.products).map(|at| product(at, planted.products)).collect();
    let deals = (0..planted.deals).map(|at| deal(at, planted, &products, &mut random)).collect();
    let costs =
        DealCosts { handling_order: eur(12), handling_line: eur(2), freight_order: eur(9), capital: Rate::percent(8) };
    let customers = (0..planted.customers).map(customer).collect();
    Market { customers, products, deals, costs, ..Market::empty(EUR) }
}

fn deal(at: u32, planted: &Planted, products: &[MarketProduct], random: &mut Random) -> PastDeal {
    let customer = random.below(u64::from(planted.customers)) as u32;
    let product = random.below(products.len() as u64) as u32;
    let packs = (1.0 + 12.0 * (0.8 * random.normal()).exp()) as i64;
    let quantity = Quantity::whole(packs * 10, Unit::Piece);
    let list = products[product as usize].tiers[0].price;
    let slope = (1.0 - planted.per_double).log2();
    let usual = -0.03 + slope * (packs as f64 / 12.0).ln();
    let reservation = planted.reservation.0 + planted.reservation.1 * random.normal();
    let asked = reservation.min(0.0) - planted.ask / 2.0 * random.gamma(2.0);
    let paid = usual + planted.spread * random.normal();
    let price = |ln: f64| UnitPrice::new((list.micros() as f64 * ln.exp()).round() as i64, EUR);
    let talks = random.chance(planted.talks).then(|| Talks {
        asked: price(asked),
        rounds: 1 + random.below(5) as u8,
        lever: Some(if random.chance(0.6) { Lever::Plain } else { Lever::Volume }),
        agreed: reservation >= paid,
        person: false,
    });
    let at = Instant::from_micros(1_760_000_000_000_000 + i64::from(at) * Instant::HOUR);
    let ordered = talks.is_none_or(|talks| talks.agreed).then(|| Ordered { quantity, price: price(paid) });
    PastDeal { customer, product, quantity, list, paid: price(paid), at, talks, ordered }
}
