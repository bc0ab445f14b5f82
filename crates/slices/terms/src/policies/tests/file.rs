//! A policy as TOML: what was written is read back, what is wrong has its place.

use kernel::{Amount, Currency, Rate};
use negotiation_engine::{
    CustomerCondition, FreightMode, MarginRow, Objective, Policy, ProductCondition, Section, TacticKind,
};
use serde_json::Value;

use crate::policies::file::{FileError, from_toml, to_toml};
use crate::policies::shape::{Field, POLICY, Shape, held, whole};
use crate::policies::value::Kind;

/// The complete policy with everything else that a policy may hold.
pub(super) fn full() -> Policy {
    let customer = |text: &str| CustomerCondition::parse(text).unwrap();
    let product = |text: &str| ProductCondition::parse(text).unwrap();
    let mut policy = Policy::complete();
    policy.eligibility.segments = vec!["key".into(), "small".into(), "standard".into()];
    policy.eligibility.segments_blocked = vec!["it's \"new\"".into()];
    policy.eligibility.customers = Some(customer("!customer.credit_hold && customer.margin >= 0.05"));
    policy.eligibility.products = Some(product("product.brand.startsWith('Nord\\'s') || product.stock_days > 30"));
    policy.eligibility.person = Some(customer("customer.segment in ['key', 'A\"B'] && deal.value > 50000.5"));
    policy.margins.push(MarginRow {
        segment: Some("key".into()),
        class: None,
        condition: Some(product("product.stock_age_days > 180\n  && product.margin >= 0.2")),
        floor: Rate::from_ppm(-12_345),
        target: Rate::from_ppm(50_001),
    });
    policy.objective = Objective::Revenue;
    policy.limits.budget = Some(Amount::new(123_456_789, Currency::Eur));
    policy.tactic.exponent = 1_375;
    let tactic =
        negotiation_engine::Tactic { kind: TacticKind::Mirror, mirror: Rate::percent(60), ..policy.tactic.clone() };
    for (name, condition) in [("volume buyers", "deal.lines > 20"), ("new ones", "!has(customer.growth)")] {
        policy.sections.push(Section {
            name: name.into(),
            condition: customer(condition),
            objective: Objective::Revenue,
            plain: policy.plain.clone(),
            volume: policy.volume.clone(),
            payment: policy.payment.clone(),
            delivery: policy.delivery.clone(),
            freight: policy.freight.clone(),
            commitment: policy.commitment.clone(),
            rebate: policy.rebate.clone(),
            alternative: policy.alternative.clone(),
            bundle: policy.bundle.clone(),
            bonus: policy.bonus.clone(),
            pairs: false,
            tactic: tactic.clone(),
        });
    }
    policy
}

/// What made a megabyte of text cost half a minute: each place counted from the beginning, each error kept.
#[test]
fn attack_m10_a_hostile_text_is_read_in_no_time_and_tells_fifty_errors() {
    let began = std::time::Instant::now();
    let unknown: String = (0..18_000).map(|n| format!("a{n}.b.c=1\n")).collect();
    let errors = from_toml(&unknown).unwrap_err();
    assert_eq!(errors.len(), 50);
    assert!(errors.iter().all(|error| error.error.code == "policy-file-unknown" && error.column == 1));
    let row = "{ segment = \"ż\", floor = \"0 %\", target = \"nine\" }, ";
    let one_line = format!("margins = [{}]", row.repeat(4_500));
    let errors = from_toml(&one_line).unwrap_err();
    assert_eq!(errors.len(), 50);
    let first = errors.iter().position(|error| error.error.field == "margins[0].target").unwrap();
    let before = "margins = [{ segment = \"ż\", floor = \"0 %\", target = ".chars().count();
    assert_eq!((errors[first].line, errors[first].column), (1, before + 1));
    assert_eq!(errors[first + 7].column, errors[first].column + 7 * row.chars().count());
    let good = format!("margins = [{}]", row.replace("nine", "9 %").repeat(4_500));
    assert!(from_toml(&good).is_err(), "other fields are missing");
    let long = from_toml(&"a1.b.c.d=1\n".repeat(60_000)).unwrap_err();
    assert_eq!((long.len(), long[0].error.code), (1, "text-too-long"));
    let took = began.elapsed();
    assert!(took < std::time::Duration::from_secs(5), "{took:?}");
}

#[test]
fn the_full_policy_is_a_policy() {
    assert_eq!(full().faults(), []);
}

/// Every field of the engine has its line in the shape: none is lost, and what is left out is what the engine takes.
#[test]
fn the_shape_is_the_engines() {
    for policy in [Policy::starter(), Policy::complete(), full()] {
        let value = whole(&policy);
        check_keys(&value, POLICY, "");
        assert_eq!(Policy::from_json(&value.to_string()).unwrap(), policy);
    }
}

fn check_keys(value: &Value, fields: &[Field], path: &str) {
    let Value::Object(map) = value else { return };
    for key in map.keys() {
        assert!(fields.iter().any(|field| field.name == key), "{path}.{key} is in no shape");
    }
    for field in fields {
        let inner = held(value, field.name);
        match field.shape {
            Shape::Group(fields) => check_keys(inner, fields, &format!("{path}.{}", field.name)),
            Shape::Rows(fields, _) | Shape::Sections(fields) => {
                inner.as_array().into_iter().flatten().for_each(|row| check_keys(row, fields, field.name));
            }
            Shape::Value(_) => {}
        }
    }
}

#[test]
fn choices_are_the_engines() {
    use crate::policies::shape::{AFTER_PERSON, AUTHORITIES, FREIGHT, OBJECTIVES, TACTICS};
    use negotiation_engine::Authority;
    let authorities = [Authority::Rep, Authority::SalesManager, Authority::PricingManager];
    assert_eq!(AUTHORITIES, authorities.map(Authority::code));
    assert_eq!(AFTER_PERSON, negotiation_engine::AfterPerson::ALL.map(negotiation_engine::AfterPerson::code));
    assert_eq!(TACTICS, TacticKind::ALL.map(TacticKind::code));
    assert_eq!(OBJECTIVES, Objective::ALL.map(Objective::code));
    assert_eq!(FREIGHT, [FreightMode::Consolidated, FreightMode::Collected].map(FreightMode::code));
}

#[test]
fn what_is_written_is_read_back() {
    for policy in [Policy::starter(), Policy::complete(), full()] {
        let text = to_toml(&policy);
        let (read, _) = from_toml(&text).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"));
        assert_eq!(read, policy, "{text}");
        assert_eq!(to_toml(&read), text, "the text is canonical");
        let typed = text.replace('\n', "\r\n");
        assert_eq!(from_toml(&typed).unwrap().0, policy, "as browsers send it");
    }
}

/// Any policy: each value of the full one is moved by chance, each optional one may go, each row may go or come twice.
#[test]
fn any_policy_is_read_back() {
    for seed in 0..512 {
        let mut dice = Dice(seed * 2_654_435_761 + 1);
        let mut value = whole(&full());
        mutate(&mut value, POLICY, &mut dice);
        let policy = Policy::from_json(&value.to_string()).unwrap();
        let text = to_toml(&policy);
        let (read, _) = from_toml(&text).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"));
        assert_eq!(read, policy, "seed {seed}");
    }
}

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn mutate(value: &mut Value, fields: &[Field], dice: &mut Dice) {
    for field in fields {
        if field.optional && dice.roll(4) == 0 {
            value[field.name] = Value::Null;
        }
        let inner = &mut value[field.name];
        if inner.is_null() {
            continue;
        }
        match field.shape {
            Shape::Group(fields) => mutate(inner, fields, dice),
            Shape::Rows(fields, _) | Shape::Sections(fields) => {
                let rows = inner.as_array_mut().unwrap();
                rows.retain(|_| dice.roll(5) > 0);
                if let Some(first) = rows.first().cloned().filter(|_| dice.roll(3) == 0) {
                    rows.push(first);
                }
                rows.iter_mut().for_each(|row| mutate(row, fields, dice));
            }
            Shape::Value(kind) => mutate_value(inner, kind, dice),
        }
    }
}

fn mutate_value(value: &mut Value, kind: Kind, dice: &mut Dice) {
    let number = i64::try_from(dice.roll(3_000_000)).unwrap();
    match kind {
        Kind::Rate | Kind::Multiple => *value = (number - 1_000_000).into(),
        Kind::Thousandths => *value = number.into(),
        Kind::Count(max) => *value = number.min(max).into(),
        Kind::Amount => value["minor"] = (number - 1_000_000).into(),
        Kind::Price => value["micros"] = number.into(),
        Kind::Flag => *value = (dice.roll(2) == 0).into(),
        Kind::Choice(codes) => *value = codes[usize::try_from(dice.roll(codes.len() as u64)).unwrap()].into(),
        Kind::Words => *value = vec!["a, b", "ü\t'\"\\", ""][..usize::try_from(dice.roll(4)).unwrap()].into(),
        Kind::Word => *value = ["x", " ü'\"\\\n\u{7} ", "# no comment"][usize::try_from(dice.roll(3)).unwrap()].into(),
        Kind::Currency | Kind::Condition(_) => {}
    }
}

#[test]
fn what_is_wrong_has_its_place() {
    let good = to_toml(&Policy::starter());
    let first = |text: &str| -> String {
        let errors = from_toml(text).map(|_| ()).unwrap_err();
        let FileError { line, column, error } = &errors[0];
        let read = text.lines().nth(line - 1).unwrap_or_default().chars().skip(column - 1).take(8).collect::<String>();
        format!("{}: {} at {read:?}, {} in all", error.field, error.code, errors.len())
    };
    for (from, to, expected) in [
        ("from = \"3.2 %\"", "from = \"3.2 €\"", "plain.from: number-plain at \"\\\"3.2 €\\\"\", 1 in all"),
        ("from = \"3.2 %\"\n", "", "plain.from: policy-file-missing at \"[plain]\", 1 in all"),
        ("from = \"3.2 %\"", "form = \"3.2 %\"", "plain.form: policy-file-unknown at \"form = \\\"\", 2 in all"),
        ("offered = true", "offered = 1", "plain.offered: policy-file-type at \"1\", 1 in all"),
        (
            "deal_min = \"250.00 EUR\"",
            "deal_min = \"many\"",
            "eligibility.deal_min: number-plain at \"\\\"many\\\"\", 1 in all",
        ),
        (
            "below_floor = \"pricing_manager\"",
            "below_floor = \"boss\"",
            "routing.below_floor: choice at \"\\\"boss\\\"\", 1 in all",
        ),
        ("days = 14", "days = 70000", "payment[1].days: policy-out-of-range at \"70000, g\", 1 in all"),
        ("[plain]", "[plain", ": policy-file-toml at \"\", 1 in all"),
        ("[eligibility]", "eligibility = 3\n[other]", "other: policy-file-unknown at \"other]\", 2 in all"),
    ] {
        assert!(good.contains(from), "{from}");
        assert_eq!(first(&good.replacen(from, to, 1)), expected, "{to}");
    }
    let cel = good.replacen("open_max = 10", "open_max = 10\ncustomers = 'customer.segmnt == 1'", 1);
    let errors = from_toml(&cel).map(|_| ()).unwrap_err();
    assert_eq!(errors[0].error.code, "cel-unknown-field");
    assert!(errors[0].error.args.contains(&("column", "1".into())), "{errors:?}");
    assert!(errors[0].error.args.contains(&("nearest", "customer.segment".into())), "{errors:?}");
}

#[test]
fn numbers_may_be_written_as_such() {
    let text = to_toml(&Policy::starter());
    for (from, to) in [
        ("exponent = \"1.5\"", "exponent = 1.5"),
        ("from = \"3.2 %\"", "from = 3.2"),
        ("deal_min = \"250.00 EUR\"", "deal_min = 250"),
        ("multiple_max = \"3 x\"", "multiple_max = 3"),
    ] {
        assert!(text.contains(from), "{text}");
        assert_eq!(from_toml(&text.replacen(from, to, 1)).unwrap().0, Policy::starter(), "{to}");
    }
}
