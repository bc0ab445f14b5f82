//! Freight under a cart: who is charged, in which currency, what deals make of it, and that an offer keeps what it promised.

use catalog::products::SellerFacts;
use negotiation::deals;
use negotiation::hints::{self, Chosen};
use negotiation::requests::{self, Ask, AskLine};
use negotiation_engine::{Extras, FreightCharge, FreightMode, Lever};
use terms::cost_model;
use terms::costs::DealCosts;
use terms::freight::Freight;

use super::*;
use crate::carts::rules::{self, Facts};
use negotiation::negotiations;

fn euro(minor: i64) -> Amount {
    Amount::new(minor, Currency::Eur)
}

/// 25.00, free from the given value in cents.
fn from(free_from: i64) -> FreightCharge {
    FreightCharge { charge: euro(2_500), free_from: euro(free_from) }
}

async fn charge(db: &Db, free_from: i64) {
    let (ctx, costs) = (
        &Ctx::system(NOW, Ids::seeded(11)),
        &DealCosts { freight_charge: 2_500, freight_free_from: free_from, ..DealCosts::STANDARD },
    );
    db.write(|tx| async move { cost_model::actions::set(&tx, ctx, costs).await }).await.unwrap();
}

impl World {
    async fn facts(&self, cart: &Cart) -> Facts {
        queries::facts(&self.test.db.read().await.unwrap(), &self.buyer, cart, NOW, NOW.date()).await.unwrap()
    }

    async fn preview(&self, line: CartLineId, quantity: Quantity) -> queries::Preview {
        let (cart, tx) = (self.current().await, self.test.db.read().await.unwrap());
        queries::preview(&tx, &self.buyer, &cart, (line, queries::Change::Quantity(quantity)), NOW, NOW.date())
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn below_at_and_above_the_value() {
    for w in worlds().await {
        w.add(w.valve, pieces(33)).await.unwrap();
        assert_eq!(w.priced().await.freight, Freight::Never, "without a charge nothing is said of it");
        charge(&w.test.db, 9_900).await;
        // Valves are listed at 3.00, the tax is 23 %.
        let cases = [
            (32, (9_600, 2_500, 12_100, 2_783), Some(300), "charged"),
            (33, (9_900, 0, 9_900, 2_277), None, "value"),
            (34, (10_200, 0, 10_200, 2_346), None, "value"),
        ];
        let line = w.current().await.lines[0].id;
        for (count, want, to_go, code) in cases {
            let priced = w.preview(line, pieces(count)).await.after;
            let freight = priced.freight.amount(Currency::Eur).minor();
            let totals = priced.totals;
            assert_eq!((priced.goods.minor(), freight, totals.net.minor(), totals.tax.minor()), want, "{count}");
            assert_eq!(totals.gross, totals.net.plus(totals.tax).unwrap());
            assert_eq!((priced.freight_to_go(), priced.freight.code()), (to_go.map(euro), code), "{count}");
        }
        w.test.remove().await;
    }
}

#[tokio::test]
async fn nothing_to_carry_costs_nothing() {
    for w in worlds().await {
        charge(&w.test.db, 100_000).await;
        w.add(w.valve, pieces(1)).await.unwrap();
        let cart = w.current().await;
        let empty = Cart { lines: Vec::new(), ..cart.clone() };
        let mut without_prices = w.facts(&cart).await;
        assert_eq!(without_prices.freight, Some(from(100_000)));
        without_prices.ladders.clear();
        let mut retired = w.facts(&cart).await;
        retired.products.values_mut().for_each(|product| product.is_active = false);
        let cases = [(&empty, w.facts(&cart).await), (&cart, without_prices), (&cart, retired)];
        for (cart, facts) in cases {
            let priced = rules::price(&w.buyer, cart, &facts, NOW).unwrap();
            assert_eq!((priced.freight, priced.totals.gross), (Freight::Never, euro(0)));
        }
        w.test.remove().await;
    }
}

/// The deal: 2,000 screws at 1.00 instead of 1.20, which are 2,000.00 instead of 2,400.00.
#[tokio::test]
async fn what_deals_make_of_it() {
    use FreightMode::{Collected, Consolidated, Free, Usual};
    for w in worlds().await {
        w.add(w.valve, pieces(10)).await.unwrap();
        w.add_deal(w.offer).await.unwrap();
        let whole = w.current().await;
        let alone =
            Cart { lines: whole.lines.iter().filter(|line| line.offer.is_some()).cloned().collect(), ..whole.clone() };
        let mut broken = whole.clone();
        broken.lines.iter_mut().filter(|line| line.offer.is_some()).for_each(|line| line.quantity = pieces(1_900));
        let cases = [
            // A better price does not cost the free freight: what counts is 2,400.00, with the valves 2,430.00.
            (&alone, Usual, 240_000, "value", 0),
            (&alone, Usual, 240_001, "charged", 1),
            (&whole, Usual, 243_000, "value", 0),
            (&whole, Usual, 243_001, "charged", 1),
            (&whole, Consolidated, 243_001, "charged", 1),
            // What is ordered together travels together.
            (&alone, Free, 500_000, "deal", 0),
            (&whole, Free, 500_000, "deal", 0),
            // What is collected does not travel; the rest does.
            (&alone, Collected, 500_000, "collected", 0),
            (&whole, Collected, 500_000, "charged", 1),
            (&whole, Collected, 243_000, "value", 0),
            (&broken, Free, 500_000, "charged", 500_000 - 231_000),
            (&broken, Collected, 500_000, "charged", 500_000 - 231_000),
        ];
        for (cart, mode, free_from, code, to_go) in cases {
            let mut facts = w.facts(cart).await;
            facts.freight = Some(from(free_from));
            facts.offers.values_mut().for_each(|agreed| agreed.offer.terms.extras.freight = mode);
            let priced = rules::price(&w.buyer, cart, &facts, NOW).unwrap();
            assert_eq!(priced.freight.code(), code, "{mode:?} from {free_from}");
            let charged = if code == "charged" { 2_500 } else { 0 };
            assert_eq!(priced.totals.net, priced.goods.plus(euro(charged)).unwrap(), "{mode:?} from {free_from}");
            if to_go > 1 {
                assert_eq!(priced.freight_to_go(), Some(euro(to_go)));
            }
        }
        w.test.remove().await;
    }
}

#[tokio::test]
async fn another_currency() {
    for w in worlds().await {
        charge(&w.test.db, 10_000).await;
        let (db, system) = (&w.test.db, &Ctx::system(NOW, Ids::seeded(12)));
        let polish = &NewCompany { currency: Currency::Pln, ..company("1003") };
        let make = |tx| async move { parties::companies::actions::create(&tx, system, polish).await };
        let firm = db.write(make).await.unwrap();
        let eve = person(db, system, firm, "eve@three.example").await;
        let list = &NewList {
            code: "zl".into(),
            name: Texts::new("In zloty"),
            scope: ListScope::General,
            currency: Currency::Pln,
            valid_from: None,
            valid_until: None,
        };
        let tier = Tier { from: pieces(1), price: UnitPrice::new(12_000_000, Currency::Pln) };
        let prices = &[ListPrice { product: w.valve, tier }];
        let write = |tx| async move {
            let list = pricing::lists::actions::create(&tx, system, list).await?;
            pricing::lists::actions::put_many(&tx, system, list, prices).await
        };
        db.write(write).await.unwrap();
        let buyer = Buyers::new(&web::Settings::default()).unwrap().get(db, firm).await.unwrap();
        let ctx = &acting(system, firm, eve);
        // 25.00 and 100.00 EUR at 0.235 EUR are 106.38 and 425.53 PLN.
        for (count, net) in [(35, 42_000 + 10_638), (1, 36 * 1_200)] {
            let line = &AddLine::new(w.valve, pieces(count));
            db.write(|tx| async move { actions::add(&tx, ctx, line).await }).await.unwrap();
            let tx = db.read().await.unwrap();
            let cart = queries::current(&tx, &ctx.actor).await.unwrap().unwrap();
            let priced = queries::priced(&tx, &buyer, &cart, NOW, NOW.date()).await.unwrap();
            assert_eq!(priced.totals.net, Amount::new(net, Currency::Pln), "{count}");
        }
        w.test.remove().await;
    }
}

/// Free freight as the only thing that is given for later delivery, and everything else of the complete policy.
fn generous() -> Policy {
    let mut policy = Policy::complete();
    policy.delivery.retain(|row| row.free_freight);
    policy
}

/// A pump of known cost, listed at 12.00, in a world where 25.00 is charged up to 5,000.00.
async fn pump(w: &World) -> ProductId {
    let (db, system) = (&w.test.db, &Ctx::system(NOW, Ids::seeded(13)));
    charge(db, 500_000).await;
    let valve = catalog::products::queries::product(&db.read().await.unwrap(), w.valve).await.unwrap().unwrap();
    let pump = NewProduct::simple(Sku::parse("PUMP").unwrap(), valve.category, Texts::new("Pump"));
    let seller = SellerFacts { class: "A".into(), cost: Some(eur(8_000_000)), ..SellerFacts::default() };
    let pump = &NewProduct { seller, stock: pieces(10_000), ..pump };
    let list = &NewList {
        code: "pumps".into(),
        name: Texts::new("Pumps"),
        scope: ListScope::General,
        currency: Currency::Eur,
        valid_from: None,
        valid_until: None,
    };
    let write = |tx| async move {
        let product = catalog::products::actions::create(&tx, system, pump).await?;
        let price = ListPrice { product, tier: Tier { from: pieces(1), price: eur(12_000_000) } };
        let list = pricing::lists::actions::create(&tx, system, list).await?;
        pricing::lists::actions::put_many(&tx, system, list, &[price]).await?;
        Ok(product)
    };
    db.write(write).await.unwrap()
}

impl World {
    /// The cart with a deal saves what its offer has promised.
    async fn keeps(&self, negotiation: kernel::NegotiationId, code: &str) {
        let tx = self.test.db.read().await.unwrap();
        let told = negotiations::queries::negotiation(&tx, &self.ctx.actor, negotiation).await.unwrap();
        let pager = web::Pager::asked(None, None);
        let (all, _) = deals::queries::of_company(&tx, told.company, None, NOW, pager).await.unwrap();
        drop(tx);
        let row = told.agreed().unwrap();
        let deal = all.iter().find(|deal| deal.id == row.id).unwrap();
        assert_eq!((row.spared, deal.saving()), (euro(2_500), row.saving()));
        self.add_deal(row.id).await.unwrap();
        let priced = self.priced().await;
        assert_eq!((priced.freight.code(), priced.totals.net), (code, row.net), "nothing beside the goods");
        let without = priced.list_net.plus(priced.list_freight()).unwrap();
        assert_eq!(without.minus(priced.totals.net).unwrap(), row.saving(), "as promised");
        assert!(row.saving().minor() > row.offer.saving.minor());
    }
}

#[tokio::test]
async fn free_freight_saves_what_the_hint_promised() {
    for w in worlds_with(&generous()).await {
        let pump = pump(&w).await;
        let (db, ctx) = (&w.test.db, &w.ctx);
        let basis = &Ask::of(vec![AskLine { product: pump, quantity: pieces(250), price: eur(1) }]);
        let looking = hints::queries::Looking { company: w.buyer.company.id, now: NOW, today: NOW.date() };
        let found = hints::queries::hints(&db.read().await.unwrap(), looking, basis).await.unwrap();
        let hint = found.iter().find(|hint| hint.offer.terms.extras.freight == FreightMode::Free).unwrap();
        assert_eq!(hint.saving, hint.offer.saving.plus(euro(2_500)).unwrap());
        // 250 are 3,000.00: only steps that come to 5,000.00 spare the charge by their value.
        for hint in found.iter().filter(|hint| hint.offer.lever == Lever::Volume) {
            let is_enough = hint.offer.terms.lines[0].quantity.thousandths() * 12 >= 5_000 * Quantity::SCALE;
            assert_eq!(hint.freight, euro(if is_enough { 2_500 } else { 0 }), "{hint:?}");
        }
        assert!(found.iter().any(|hint| hint.freight.minor() > 0), "a step of volume reaches it");
        let chosen = Chosen { lever: hint.offer.lever, quantity: pieces(250) };
        let id = db.write(|tx| async move { hints::actions::take(&tx, ctx, basis, chosen).await }).await.unwrap();
        w.keeps(id, "deal").await;
        w.test.remove().await;
    }
}

#[tokio::test]
async fn collecting_saves_what_the_offer_promised() {
    for w in worlds_with(&generous()).await {
        let pump = pump(&w).await;
        let (db, ctx) = (&w.test.db, &w.ctx);
        let line = AskLine { product: pump, quantity: pieces(200), price: eur(11_900_000) };
        let extras = Extras { freight: FreightMode::Collected, ..Extras::default() };
        let ask = &Ask { extras, ..Ask::of(vec![line]) };
        let id = db.write(|tx| async move { requests::actions::open(&tx, ctx, ask).await }).await.unwrap();
        let tx = db.read().await.unwrap();
        let told = negotiations::queries::negotiation(&tx, &ctx.actor, id).await.unwrap();
        drop(tx);
        if told.agreed().is_none() {
            let collects =
                |row: &&negotiation::offers::OfferRow| row.offer.terms.extras.freight == FreightMode::Collected;
            let offer = told.standing(NOW).find(collects).unwrap().id;
            db.write(|tx| async move { requests::actions::take(&tx, ctx, id, offer).await.map(|_| ()) }).await.unwrap();
        }
        w.keeps(id, "collected").await;
        w.test.remove().await;
    }
}
