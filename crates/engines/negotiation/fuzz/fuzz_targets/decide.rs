//! Stored inputs with numbers changed by the fuzzer: whatever they say, the engine decides, decides the same twice, and an offer
//! that it makes is not under the floor. One that is said to stand is kept, whatever it is: it was made before.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use negotiation_engine::{Answer, Inputs, Offer, evaluate};
use serde_json::Value;

/// Inputs of believable deals; in the files, every second line is what was decided.
static SEEDS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let first = include_str!("../../tests/replays/2026-11-first.jsonl").lines().step_by(2);
    let levers = include_str!("../../tests/replays/2026-11-levers.jsonl").lines().step_by(2);
    levers.chain(first).map(|line| serde_json::from_str(line).expect("a stored input")).collect()
});

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let mut value = SEEDS[usize::from(*first) % SEEDS.len()].clone();
    let mut bytes = rest.iter().copied();
    mutate(&mut value, &mut bytes);
    let Ok(inputs) = Inputs::from_stored(&value.to_string()) else { return };
    let decision = inputs.decide();
    assert_eq!(decision, inputs.decide());
    let offers: &[Offer] = match &decision.outcome {
        Answer::Counter(offers) => offers,
        _ => return,
    };
    for offer in offers.iter().filter(|offer| !inputs.history.standing.contains(offer)) {
        let same = offer.terms.lines.iter().map(|l| l.product).eq(inputs.request.terms.lines.iter().map(|l| l.product));
        if let (true, Ok(fall)) = (same, evaluate(&inputs.policy, &inputs.position, &inputs.history, &offer.terms)) {
            let is_list = inputs.position.list.at(&offer.terms).as_ref() == Some(&offer.terms);
            assert!(is_list || fall.margin >= fall.floor, "{offer:?} {fall:?}");
        }
    }
});

/// Replaces numbers and flags, each by the next bytes, as long as there are any.
fn mutate(value: &mut Value, bytes: &mut impl Iterator<Item = u8>) {
    match value {
        Value::Number(_) => match bytes.next() {
            Some(0..128) | None => {}
            Some(128..192) => *value = i64::from(bytes.next().unwrap_or(0)).into(),
            Some(192..224) => {
                let number = bytes.by_ref().take(4).fold(0_i64, |number, byte| number << 8 | i64::from(byte));
                *value = number.into();
            }
            Some(_) => {
                let number = bytes.by_ref().take(8).fold(0_i64, |number, byte| number << 8 | i64::from(byte));
                *value = number.into();
            }
        },
        Value::Bool(flag) => {
            if bytes.next().is_some_and(|byte| byte > 200) {
                *flag = !*flag;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mutate(item, bytes)),
        Value::Object(map) => map.values_mut().for_each(|item| mutate(item, bytes)),
        Value::Null | Value::String(_) => {}
    }
}
