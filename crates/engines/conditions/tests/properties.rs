//! What must hold for every text: no panic, no stack or time used up, forms read back, suggestions that fit, and the
//! same answer as CEL gives.
//!
//! floats: the interpreter of the `cel` crate, which is asked for comparison, knows decimals only as doubles.

use std::collections::HashMap;

use crate::common::schema;
use conditions::{Answer, Condition, DEPTH_MAX, LENGTH_MAX, Literal, Row, Simple, Value, complete};
use proptest::prelude::*;

const WORDS: &[&str] = &[
    "customer.segment",
    "customer.revenue",
    "customer.blocked",
    "product.class",
    "product.brand",
    "product.margin",
    "product.stock_days",
    "deal.value",
    "deal.lines",
    "deal.valeu",
    "has",
    "startsWith",
    "contains",
    "exists",
    "size",
    "in",
    "true",
    "false",
    "null",
    "'Gold'",
    "\"A\"",
    "'",
    "\"",
    "'\\n'",
    "'\\",
    "'ą💖'",
    "5",
    "-5",
    "0.15",
    "0.1234567",
    "1e9",
    "9999999999999",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "&&",
    "||",
    "!",
    "(",
    ")",
    "[",
    "]",
    ",",
    ".",
    "+",
    "-",
    "{",
    "}",
    "?",
    ":",
    "=",
    "&",
    "💖",
    "\n",
    " ",
    "`",
    "//",
    "\\",
    "\u{0}",
];

/// Words in random order, with and without blanks.
fn salad() -> impl Strategy<Value = String> {
    let word = (prop::sample::select(WORDS), prop::bool::weighted(0.7));
    prop::collection::vec(word, 0..40).prop_map(|words| {
        words.into_iter().map(|(word, blank)| format!("{word}{}", if blank { " " } else { "" })).collect()
    })
}

fn literal(kind: &'static str) -> BoxedStrategy<String> {
    match kind {
        "text" => prop::sample::select(vec!["'Gold'", "'A'", "'ą'", "\"B\""]).prop_map(str::to_owned).boxed(),
        "days" => (-1_i64..4).prop_map(|days| days.to_string()).boxed(),
        _ => (-1_i64..3, 0..2_u32).prop_map(|(whole, half)| format!("{whole}.{half}5")).boxed(),
    }
}

fn test() -> impl Strategy<Value = String> {
    let field = prop::sample::select(vec![
        ("customer.segment", "text", "product.brand"),
        ("product.class", "text", "customer.segment"),
        ("product.margin", "rate", "customer.growth"),
        ("product.stock_days", "days", "product.stock_days"),
        ("deal.value", "money", "customer.revenue"),
        ("customer.revenue", "money", "deal.value"),
    ]);
    field.prop_flat_map(|(name, kind, other)| {
        let signs = if kind == "text" { vec!["==", "!="] } else { vec!["==", "!=", "<", "<=", ">", ">="] };
        let sign = || prop::sample::select(signs.clone());
        let list = prop::collection::vec(literal(kind), 0..3);
        let function = prop::sample::select(vec!["startsWith", "endsWith", "contains"]);
        prop_oneof![
            4 => (sign(), literal(kind)).prop_map(move |(sign, to)| format!("{name} {sign} {to}")),
            1 => (sign(), literal(kind)).prop_map(move |(sign, to)| format!("{to} {sign} {name}")),
            1 => sign().prop_map(move |sign| format!("{name} {sign} {other}")),
            1 => list.prop_map(move |all| format!("{name} in [{}]", all.join(", "))),
            1 => (function, literal("text")).prop_map(|(function, part)| format!("product.brand.{function}({part})")),
            1 => Just(format!("has({name})")),
            1 => Just("customer.blocked".to_owned()),
        ]
    })
}

/// Conditions that are right.
fn right() -> impl Strategy<Value = String> {
    test().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left}) && {right}")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("{left} || ({right})")),
            inner.prop_map(|one| format!("!({one})")),
        ]
    })
}

/// A value of the kind, or none.
fn value(kind: &str) -> BoxedStrategy<Value<'static>> {
    let known = match kind {
        "text" => prop::sample::select(vec!["Gold", "A", "B", "ą", ""]).prop_map(Value::Text).boxed(),
        "flag" => any::<bool>().prop_map(Value::Flag).boxed(),
        "days" => (-1_i64..4).prop_map(Value::whole).boxed(),
        // The numbers that `literal` writes, so that they are often equal.
        _ => (-1_i64..3, 0..2_i64)
            .prop_map(|(whole, half)| {
                let fraction = half * 100_000 + 50_000;
                Value::Number(whole * 1_000_000 + if whole < 0 { -fraction } else { fraction })
            })
            .boxed(),
    };
    prop_oneof![1 => Just(Value::Unknown), 4 => known].boxed()
}

/// A value for every field, of its kind or unknown.
fn facts() -> impl Strategy<Value = Vec<Value<'static>>> {
    schema().fields().iter().map(|field| value(field.kind.code())).collect::<Vec<_>>()
}

/// Values of whatever kind, too few or too many.
fn odd_facts() -> impl Strategy<Value = Vec<Value<'static>>> {
    let odd = prop_oneof![
        Just(Value::Unknown),
        Just(Value::Text("Gold")),
        any::<i64>().prop_map(Value::Number),
        any::<bool>().prop_map(Value::Flag)
    ];
    prop::collection::vec(odd, 0..14)
}

fn row() -> impl Strategy<Value = Row> {
    let schema = schema();
    (prop::sample::select(schema.fields().to_vec()), any::<prop::sample::Index>()).prop_flat_map(|(field, index)| {
        let operator = *index.get(field.kind.operators());
        let value = match field.kind.code() {
            "text" => any::<String>().prop_map(Literal::Text).boxed(),
            "flag" => any::<bool>().prop_map(Literal::Flag).boxed(),
            "rate" => (-10_000_000_i64..=10_000_000).prop_map(Literal::Number).boxed(),
            "days" => (-9_999_i64..9_999).prop_map(|days| Literal::Number(days * 1_000_000)).boxed(),
            _ => (-999_999_999_999_999_999_i64..=999_999_999_999_999_999).prop_map(Literal::Number).boxed(),
        };
        let count = match operator.code() {
            "known" | "missing" => 0..1,
            "one-of" | "none-of" => 1..5,
            _ => 1..2,
        };
        let name = field.name.to_owned();
        prop::collection::vec(value, count).prop_map(move |values| Row { field: name.clone(), operator, values })
    })
}

/// What the interpreter of the `cel` crate answers; `None` where it fails for a value that is not there.
fn as_cel(text: &str, facts: &[Value<'_>]) -> Option<bool> {
    let mut maps: HashMap<String, HashMap<String, cel::Value>> = HashMap::new();
    for (field, value) in schema().fields().iter().zip(facts) {
        let (owner, name) = field.name.split_once('.').expect("a dot");
        let known = match value {
            Value::Unknown => None,
            Value::Text(text) => Some(cel::Value::from(*text)),
            // Both this division and the reading of a decimal give the nearest double.
            Value::Number(micros) => Some(cel::Value::from(*micros as f64 / 1e6)),
            Value::Flag(flag) => Some(cel::Value::from(*flag)),
        };
        let map = maps.entry(owner.to_owned()).or_default();
        known.map(|known| map.insert(name.to_owned(), known));
    }
    let mut context = cel::Context::default();
    for (owner, map) in maps {
        context.add_variable_from_value(owner, map);
    }
    match cel::Program::compile(text).expect("CEL").execute(&context) {
        Ok(cel::Value::Bool(answer)) => Some(answer),
        Ok(other) => panic!("{text}: {other:?}"),
        Err(_) => None,
    }
}

/// Parses on a thread with little stack, so that what recurses is seen.
fn is_condition_on_small_stack(text: String) -> bool {
    let parse = move || Condition::parse(&text, &schema()).is_ok();
    std::thread::Builder::new().stack_size(1 << 20).spawn(parse).expect("a thread").join().expect("no panic")
}

#[test]
fn hostile_texts_are_answered() {
    let fill = |head: &str, piece: &str, tail: &str| {
        let room = LENGTH_MAX - head.len() - tail.len();
        format!("{head}{}{tail}", piece.repeat(room / piece.len()))
    };
    let nested = |inner: &str| format!("{}{inner}{}", "(".repeat(DEPTH_MAX), ")".repeat(DEPTH_MAX));
    let deep = nested("deal.value > 5");
    for text in [
        fill("", "(", ""),
        fill("", "!", "true"),
        fill("", "-", "1"),
        fill("a", ".a", ""),
        fill("", "a.a(", ""),
        fill("", "1 ", ""),
        fill("1", "<1", ""),
        fill("deal.value in ", "[", ""),
        fill("'\\q", "(", ""),
        fill("has(deal.value)", "==has(deal.value)", ""),
        fill("product.brand", ".startsWith('a')", ""),
        fill("deal.value == \u{1F496}", "\u{301}", ""),
        fill(&deep, &format!(" {deep}"), ""),
    ] {
        assert!(!is_condition_on_small_stack(text.clone()), "{text}");
    }
    for text in [
        fill("deal.value in [", "1,", "1]"),
        fill("customer.blocked", "||customer.blocked", ""),
        fill("true", "&&true||true", ""),
        fill("(true", ")&&(true", ")"),
        fill("true", "&&!(!(!(!true)))", ""),
        fill("product.brand == '", "\\'", "'"),
        fill(&deep, &format!("||{deep}"), ""),
        nested(&format!("true&&!!!!!!!!!!!!!!!!{}", "customer.blocked")),
        format!("{}true{}", "!(".repeat(DEPTH_MAX), ")".repeat(DEPTH_MAX)),
        format!("{}true{}", "(true&&true||".repeat(DEPTH_MAX), ")".repeat(DEPTH_MAX)),
    ] {
        assert!(is_condition_on_small_stack(text.clone()), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// An answer for every text, and its column lies in the text.
    #[test]
    fn any_text_is_answered(text in prop_oneof![any::<String>(), salad(), "[a-z.()!&|<>=' 0-9\\[\\],\\\\\"-]{0,80}"]) {
        match Condition::parse(&text, &schema()) {
            Ok(condition) => prop_assert_eq!(condition.text(), &text),
            Err(error) => prop_assert!((1..=text.chars().count() + 1).contains(&error.column), "{}", error),
        }
    }

    /// What the column says is so: the text before it is not to blame. What comes after it changes nothing.
    #[test]
    fn a_mistake_stays_where_it_is(text in right(), tail in salad()) {
        let whole = format!("{text} && 💖 {tail}");
        let error = Condition::parse(&whole, &schema()).unwrap_err();
        prop_assert_eq!(error.column, text.chars().count() + 5);
    }

    /// Every condition answers in every case, and unknown only for a field that it uses.
    #[test]
    fn evaluation_is_total(text in right(), facts in prop_oneof![facts(), odd_facts()]) {
        let condition = Condition::parse(&text, &schema()).unwrap();
        if let Answer::Unknown(field) = condition.evaluate(&facts) {
            prop_assert!(condition.fields_used().contains(&field));
        }
    }

    /// Learning a value never turns a yes into a no or back, but for what asks whether it is known.
    #[test]
    fn knowing_more_keeps_the_answer(text in right(), facts in facts(), more in facts()) {
        if text.contains("has(") {
            return Ok(());
        }
        let condition = Condition::parse(&text, &schema()).unwrap();
        let before = condition.evaluate(&facts);
        let known: Vec<Value<'_>> = (0..facts.len().max(more.len()))
            .map(|slot| match facts.get(slot) {
                Some(value) if *value != Value::Unknown => *value,
                _ => more.get(slot).copied().unwrap_or_default(),
            })
            .collect();
        if !matches!(before, Answer::Unknown(_)) {
            prop_assert_eq!(condition.evaluate(&known), before);
        }
    }

    /// What we answer, CEL answers; what is unknown to us is an error there.
    #[test]
    fn the_answer_is_that_of_cel(text in right(), facts in facts()) {
        let ours = match Condition::parse(&text, &schema()).unwrap().evaluate(&facts) {
            Answer::Yes => Some(true),
            Answer::No => Some(false),
            Answer::Unknown(_) => None,
        };
        prop_assert_eq!(ours, as_cel(&text, &facts), "{} of {:?}", text, facts);
    }

    /// De Morgan, with unknowns.
    #[test]
    fn negation_changes_and_to_or(left in right(), right in right(), facts in facts()) {
        let answer = |text: String| Condition::parse(&text, &schema()).unwrap().evaluate(&facts);
        prop_assert_eq!(
            answer(format!("!(({left}) && ({right}))")),
            answer(format!("!({left}) || !({right})"))
        );
    }

    /// What is called a contradiction is never a yes.
    #[test]
    fn never_is_never(left in right(), right in right(), facts in facts()) {
        let condition = Condition::parse(&format!("({left}) && ({right})"), &schema()).unwrap();
        if condition.is_never() {
            prop_assert_ne!(condition.evaluate(&facts), Answer::Yes);
        }
        let both = Condition::parse(&format!("({left}) && !({left})"), &schema()).unwrap();
        prop_assert_ne!(both.evaluate(&facts), Answer::Yes);
    }

    /// What a form wrote it reads back.
    #[test]
    fn forms_read_back(rows in prop::collection::vec(row(), 0..6)) {
        if let Ok(simple) = Simple::new(rows, &schema()) {
            let condition = Condition::parse(&simple.to_text(), &schema()).unwrap();
            prop_assert_eq!(Simple::of(&condition), Some(simple));
        }
    }

    /// What a form shows of a condition is the same condition.
    #[test]
    fn forms_say_the_same(text in right(), facts in facts()) {
        let condition = Condition::parse(&text, &schema()).unwrap();
        if let Some(simple) = Simple::of(&condition) {
            let again = Condition::parse(&simple.to_text(), &schema()).unwrap();
            prop_assert_eq!(again.evaluate(&facts), condition.evaluate(&facts));
        }
    }

    /// A suggestion taken leaves nothing wrong before the cursor.
    #[test]
    fn suggestions_fit(text in prop_oneof![right(), salad(), (right(), salad()).prop_map(|(a, b)| format!("{a} && {b}"))],
                       place in any::<prop::sample::Index>()) {
        let letters: Vec<char> = text.chars().collect();
        let cursor = place.index(letters.len() + 1) + 1;
        for suggestion in complete(&text, cursor, &schema()) {
            prop_assert!(suggestion.replace_from <= cursor && suggestion.replace_to >= cursor);
            let before: String = letters[..suggestion.replace_from - 1].iter().collect();
            let after: String = letters[suggestion.replace_to - 1..].iter().collect();
            let made = format!("{before}{}{after}", suggestion.insert);
            if let Err(error) = Condition::parse(&made, &schema()) {
                prop_assert!(error.column >= cursor, "{made:?} of {text:?} at {cursor}: {error}");
            }
        }
    }
}
