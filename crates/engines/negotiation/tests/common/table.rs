//! The textbook case and what is different from it, as words in a table.

use kernel::{Amount, Quantity, Rate, UnitPrice};
use negotiation_engine::{
    AfterPerson, Alternative, AlternativeKind, Answer, Bonus, Bonuses, Commitment, Companion, Condition, Consolidation,
    CustomerCondition, Decision, Extras, FlexibleSaving, FreightCharge, FreightMode, Lever, LinePosition, ListLine,
    Offer, Policy, ProductCondition, Support, Tier,
};

use super::{EUR, Goods, World, line_position, list_line, pieces, price, product};

/// Runs a table: what is different from the textbook case, and what is answered.
pub fn check(table: &str) {
    let mut wrong = Vec::new();
    for row in table.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let (setup, want) = row.split_once("->").expect("a row is 'setup -> outcome'");
        let mut world = World::textbook();
        setup.split_whitespace().for_each(|word| change(&mut world, word));
        let (has, want) = (text(&world.decide()), want.split_whitespace().collect::<Vec<_>>().join(" "));
        if has != want {
            wrong.push(format!("{} -> {has}\n    instead of {want}", setup.trim()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// One difference.
fn change(world: &mut World, word: &str) {
    let (name, value) = word.split_once('=').unwrap_or((word, ""));
    let number = || value.parse::<i64>().expect("a whole number");
    let percent = || Rate::parse_percent(value).expect("a percentage");
    let euro = || Amount::parse(value, EUR).expect("an amount");
    let World { policy, position, history, request, .. } = world;
    let line = &mut request.terms.lines[0];
    match name {
        "-" => {}
        "ask" => line.price = price(value),
        "qty" => line.quantity = pieces(number()),
        "days" => request.terms.payment_days = value.parse().expect("days"),
        "cost" => position.lines[0].cost = UnitPrice::parse(value, EUR).ok(),
        "stock" => position.lines[0].stock = Some(pieces(number())),
        "stock-only" => policy.volume.as_mut().expect("a volume lever").beyond_stock = false,
        "need-in" => request.need_by = Some(world.now.date().plus_days(number())),
        "class" => position.lines[0].class = value.into(),
        "segment" => position.customer.segment = value.into(),
        "blocked" => position.customer.blocked = true,
        "hold" => position.customer.credit_hold = true,
        "revenue" => position.customer.revenue = euro(),
        "person" => request.person = true,
        "open" => history.open = 11,
        "deal-max" => policy.limits.deal_max = Some(euro()),
        "worth" => policy.limits.worth_deal = euro(),
        "discount-max" => policy.limits.discount_max = percent(),
        "budget" => policy.limits.budget = Some(euro()),
        "rounds" => history.rounds = vec![request.terms.clone(); usize::try_from(number()).expect("a count")],
        "rounds-max" => policy.tactic.rounds_max = u32::try_from(number()).expect("a count"),
        "anchor" => position.list.lines[0].anchor = Some(pieces(number())),
        "no-volume" => policy.volume = None,
        "no-payment" => policy.payment.clear(),
        "no-plain-card" => policy.plain.offered = false,
        "no-pairs" => policy.pairs = false,
        "one-card" => policy.limits.offers_max = 1,
        "tier" => {
            let (from, at) = value.split_once('@').expect("a tier is from@price");
            let from = pieces(from.parse().expect("a quantity"));
            position.list.lines[0].tiers.push(Tier { from, price: price(at) });
        }
        "bonus" => {
            let (from, per_unit) = value.split_once('@').expect("a bonus is from@price");
            let from = pieces(from.parse().expect("a quantity"));
            position.lines[0].bonus = Bonuses(vec![Bonus { from, per_unit: price(per_unit), earlier: None }]);
        }
        "key-person" => {
            policy.eligibility.person =
                Some(CustomerCondition::parse("customer.segment == 'key'").expect("a condition"));
        }
        "customers" => {
            policy.eligibility.customers = Some(CustomerCondition::parse(&said(value)).expect("a condition"))
        }
        "products" => policy.eligibility.products = Some(ProductCondition::parse(&said(value)).expect("a condition")),
        "only" => only(policy, value),
        "project" => request.fixed_quantities = true,
        "monthly" => position.lines[0].monthly = Some(pieces(number())),
        "support" => {
            let (up_to, per_unit) = value.split_once('@').expect("support is up-to@price");
            let up_to = pieces(up_to.parse().expect("a quantity"));
            position.lines[0].support = Some(Support { per_unit: price(per_unit), up_to });
        }
        "earlier" => position.lines[0].bonus.0[0].earlier = Some(euro()),
        "charge" => {
            let (charge, free_from) = value.split_once('@').expect("a charge is charge@free-from");
            let amount = |text| Amount::parse(text, EUR).expect("an amount");
            position.list.freight = Some(FreightCharge { charge: amount(charge), free_from: amount(free_from) });
        }
        "freight" => position.freight = euro(),
        "together" => {
            position.consolidation = Some(Consolidation { freight: euro(), unit_share: Rate::percent(50) });
        }
        "saves" => position.flexible = vec![FlexibleSaving { days: 7, saves: euro() }],
        "turnover" => position.customer.turnover = Some(euro()),
        "instead" => position.alternatives = vec![other_product(value)],
        "lasts" => {
            let lasts = Rate::from_ppm(number() * 10_000);
            position.alternatives[0].lasts = lasts;
            position.alternatives[0].kind = AlternativeKind::LastsLonger;
        }
        "goods" => position.companions = vec![companion(value)],
        "turned-down" => history.turned_down = vec![Lever::parse(value).expect("a lever")],
        "by-person" => {
            let (quantity, at) = value.split_once('@').expect("an offer is quantity@price");
            let mut terms = request.terms.clone();
            terms.lines[0].quantity = pieces(quantity.parse().expect("a quantity"));
            terms.lines[0].price = price(at);
            history.by_person = vec![Offer {
                lever: Lever::Plain,
                up_to: terms.lines.iter().map(|line| line.quantity).collect(),
                terms,
                conditions: vec![Condition::AsItIs],
                saving: Amount::zero(EUR),
                expires: world.now,
            }];
        }
        "engine-goes-on" => policy.routing.after_person = AfterPerson::Engine,
        "broken-policy" => policy.margins.clear(),
        "wrong-currency" => line.price = UnitPrice::new(1, kernel::Currency::Pln),
        "kilograms" => line.quantity = Quantity::whole(2_000, kernel::Unit::Kilogram),
        other => panic!("no such change: {other}"),
    }
}

/// An answer in a line.
pub fn text(decision: &Decision) -> String {
    let offers = |offers: &[Offer]| offers.iter().map(offer_text).collect::<Vec<_>>().join(" ");
    match &decision.outcome {
        Answer::Accept(offer) => format!("accept {}", offer_text(offer)),
        Answer::Counter(all) => format!("counter {}", offers(all)),
        Answer::Escalate(escalation) => {
            let (reason, route) = (escalation.reason.code(), escalation.route);
            let text = format!(
                "{reason} -> {} in {}: {}",
                route.authority.code(),
                route.answer_minutes,
                offers(&escalation.suggested)
            );
            text.trim_end().to_owned()
        }
        Answer::Decline { reason, nearest } => format!("decline {} {}", reason.code(), offer_text(nearest)),
    }
}

pub fn offer_text(offer: &Offer) -> String {
    let line = offer.terms.lines[0];
    let (quantity, price) = (line.quantity.to_decimal(), line.price.to_decimal());
    let more = offer.terms.lines[1..]
        .iter()
        .map(|line| format!("+{}@{}", line.quantity.to_decimal(), line.price.to_decimal()));
    let more: String = more.collect();
    format!(
        "{}:{quantity}@{price}{more}/{}d{}",
        offer.lever.code(),
        offer.terms.payment_days,
        extras_text(&offer.terms.extras)
    )
}

/// CEL without spaces: `~` stands for one.
fn said(text: &str) -> String {
    text.replace('~', " ")
}

/// A policy with the plain price and these levers of [`Policy::complete`] only, separated by commas.
fn only(policy: &mut Policy, levers: &str) {
    let has = |lever: &str| levers.split(',').any(|one| one == lever);
    let (old, new) = (policy.clone(), Policy::complete());
    *policy = Policy { pairs: has("pairs"), ..old.clone() };
    policy.volume = old.volume.filter(|_| has("volume"));
    policy.payment = if has("payment") { old.payment } else { Vec::new() };
    policy.delivery = if has("delivery") { new.delivery } else { Vec::new() };
    policy.freight = if has("freight") { new.freight } else { Vec::new() };
    policy.commitment = new.commitment.filter(|_| has("commitment"));
    policy.rebate = new.rebate.filter(|_| has("rebate"));
    policy.alternative = new.alternative.filter(|_| has("alternative"));
    policy.bundle = new.bundle.filter(|_| has("bundle"));
    policy.bonus = new.bonus.filter(|_| has("bonus"));
}

/// `list@cost`, in packs of 50.
fn other_goods(text: &str) -> (ListLine, LinePosition) {
    let (list, cost) = text.split_once('@').expect("goods are list@cost");
    let goods = Goods { list: price(list).micros(), cost: price(cost).micros(), pack: 50, asked: 0, quantity: 0 };
    (list_line(7, &goods), line_position(7, &goods))
}

fn other_product(text: &str) -> Alternative {
    let (list, line) = other_goods(text);
    Alternative { of: product(0), kind: AlternativeKind::Cheaper, lasts: Rate::ONE, list, line }
}

fn companion(text: &str) -> Companion {
    let (list, line) = other_goods(text);
    Companion { list, line }
}

fn extras_text(extras: &Extras) -> String {
    let mut text = String::new();
    if extras.flexible_days > 0 {
        text += &format!("/+{}d", extras.flexible_days);
    }
    if extras.freight != FreightMode::Usual {
        text += &format!("/{}", extras.freight.code());
    }
    if let Some(Commitment { months, times }) = extras.commitment {
        text += &format!("/{times}x in {months}m");
    }
    if let Some(rebate) = extras.rebate {
        text += &format!("/{} % back at {}", rebate.rate.to_percent(), rebate.turnover.to_decimal());
    }
    text
}
