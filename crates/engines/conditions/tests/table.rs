//! Tables: texts and their errors, evaluation, contradictions, forms.

use std::collections::BTreeSet;

use crate::common::schema;
use conditions::{Answer, Condition, ErrorCode, Field, Kind, Literal, Operator, Row, RowError, Schema, Simple, Value};
use kernel::{Amount, Currency, Notation, Rate, UnitPrice, parse_decimal};

fn parsed(text: &str) -> Condition {
    Condition::parse(text, &schema()).unwrap_or_else(|error| panic!("{text}: {error} {:?}", error.args))
}

/// `code@column name=value ...`
fn refusal(text: &str) -> String {
    match Condition::parse(text, &schema()) {
        Ok(_) => "fine".to_owned(),
        Err(error) => {
            let args = error.args.iter().map(|(name, value)| format!(" {name}={value}"));
            format!("{error}{}", args.collect::<String>())
        }
    }
}

const REFUSALS: &[(&str, &str)] = &[
    ("", "empty@1"),
    (" \n ", "empty@1"),
    ("deal.value >", "syntax@13 found="),
    ("deal.value > 5 &&  ", "syntax@20 found="),
    ("deal.value = 5", "syntax@12 found=="),
    ("deal.value > 5 & true", "syntax@16 found=&"),
    ("deal.value > 5 5", "syntax@16 found=5"),
    ("(deal.value > 5", "syntax@16 found="),
    ("deal.value > 5)", "syntax@15 found=)"),
    ("true &&\n deal.value > 5 5", "syntax@25 found=5"),
    ("💖", "syntax@1 found=💖"),
    ("product.brand == '💖ą' && 5 5", "syntax@28 found=5"),
    ("product.brand == '💖ą' && deal.val > 5", "unknown-field@26 found=deal.val nearest=deal.value"),
    ("customer.segmnet == 'Gold'", "unknown-field@1 found=customer.segmnet nearest=customer.segment"),
    ("deal.value > 5 && margin > 0.1", "unknown-field@19 found=margin nearest="),
    ("customer == 'Gold'", "unknown-field@1 found=customer nearest="),
    ("has(deal.valeu)", "unknown-field@5 found=deal.valeu nearest=deal.value"),
    ("has(deal)", "syntax@9 found=)"),
    ("has()", "syntax@5 found=)"),
    ("has(deal.value, deal.lines)", "syntax@15 found=,"),
    ("product.brand.startWith('N')", "unknown-function@15 found=startWith nearest=startsWith"),
    ("size(product.brand) > 3", "unknown-function@1 found=size nearest="),
    ("deal.lines.exists(x, x > 1)", "unknown-function@12 found=exists nearest="),
    ("product.brand == 'Nord", "unclosed-text@18"),
    ("product.brand == 'No\nrd'", "unclosed-text@18"),
    (r"product.brand == 'No\q'", r"unknown-escape@21 found=\q"),
    (r"product.brand == '\ud800'", r"unknown-escape@19 found=\u"),
    ("product.brand == r'N'", "unsupported@18 found=r"),
    ("product.brand == '''N'''", "unsupported@18 found='''"),
    ("deal.value + 1 > 5", "unsupported@12 found=+"),
    ("deal.value -1 > 5", "unsupported@12 found=-"),
    ("deal.value > - 5", "unsupported@14 found=-"),
    ("deal.value > 5 ? true : false", "unsupported@16 found=?"),
    ("deal.value > 5 // much", "unsupported@16 found=/"),
    ("deal.value > 0x1F", "unsupported@14 found=0x1F"),
    ("deal.value > 5e3", "unsupported@14 found=5e3"),
    ("deal.value > 5u", "unsupported@14 found=5u"),
    ("deal.value == null", "unsupported@15 found=null"),
    ("product.brand[0] == 'N'", "unsupported@14 found=["),
    ("1 < deal.value < 5", "unsupported@16 found=<"),
    ("deal.value in deal.lines", "unsupported@15 found=deal"),
    ("deal.value in [1, deal.lines]", "unsupported@19 found=deal"),
    ("(deal.value > 5) == true", "unsupported@2 found=deal"),
    ("has(deal.value) == true", "unsupported@1 found=has"),
    ("a.b.c.d.e.f.g.h.i.j == 1", "unsupported@18 found=."),
    ("deal.value > .5", "syntax@14 found=."),
    ("product.brand.startsWith('N', 'O')", "unsupported@31 found='O'"),
    ("deal.value", "wrong-type@11 expected=condition found=money"),
    ("!deal.lines && true", "wrong-type@12 expected=condition found=number"),
    ("true && 'Gold'", "wrong-type@9 expected=condition found=text"),
    ("deal.value > '5'", "wrong-type@14 expected=money found=text"),
    ("'5' < deal.value", "wrong-type@1 expected=money found=text"),
    ("product.class == 5", "wrong-type@18 expected=text found=number"),
    ("customer.blocked == 1", "wrong-type@21 expected=flag found=number"),
    ("product.class in ['A', 5]", "wrong-type@24 expected=text found=number"),
    ("product.margin > deal.value", "wrong-type@18 expected=rate found=money"),
    ("product.brand.contains(5)", "wrong-type@24 expected=text found=number"),
    ("product.class > 'A'", "wrong-operator@15 operator=> kind=text"),
    ("customer.blocked in [true]", "wrong-operator@18 operator=in kind=flag"),
    ("deal.value.contains('5')", "wrong-operator@12 operator=contains kind=money"),
    ("5 == 5", "no-field@1"),
    ("true && 'a' in ['a']", "no-field@9"),
    ("deal.value > 0.1234567", "too-precise@14 max=6"),
    ("deal.value > 1000000000000", "out-of-range@14 max=999999999999.999999"),
    ("deal.value > 1000000000000.5", "out-of-range@14 max=999999999999.999999"),
    ("deal.value > -99999999999999999999999", "out-of-range@14 max=999999999999.999999"),
    ("product.margin > 15", "out-of-range@18 max=10"),
    ("product.stock_days > 30.5", "not-whole@22"),
];

#[test]
fn what_is_wrong_and_where() {
    for (text, want) in REFUSALS {
        assert_eq!(refusal(text), *want, "{text}");
    }
    let nested = |depth: usize| format!("{}true{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(refusal(&nested(16)), "fine");
    assert_eq!(refusal(&nested(17)), "too-deep@17 max=16");
    assert_eq!(refusal(&"(".repeat(2_000)), "too-deep@17 max=16");
    assert_eq!(refusal(&format!("{}true", "!".repeat(17))), "too-deep@17 max=16");
    let long = |length: usize| format!("{:length$}", "true");
    assert_eq!(refusal(&long(2_000)), "fine");
    assert_eq!(refusal(&long(2_001)), "too-long@2001 max=2000");
}

#[test]
fn every_code_is_given_somewhere() {
    let texts = REFUSALS.iter().map(|(_, want)| want.split('@').next().unwrap());
    let seen: BTreeSet<&str> = texts.chain(["too-deep", "too-long", "value-count"]).collect();
    let all: BTreeSet<&str> = ErrorCode::ALL.iter().map(|code| code.code()).collect();
    assert_eq!(all, seen);
    assert_eq!(all.len(), ErrorCode::ALL.len());
}

/// Values as `name=value`; what is not named is unknown. Texts in quotes, `true` and `false`, else millionths.
fn facts<'a>(schema: &Schema, line: &'a str) -> Vec<Value<'a>> {
    let mut values = vec![Value::Unknown; schema.fields().len()];
    for (name, value) in line.split_whitespace().filter_map(|word| word.split_once('=')) {
        values[schema.slot(name).expect("a field")] = match value {
            "true" | "false" => Value::Flag(value == "true"),
            text if text.starts_with('\'') => Value::Text(text.trim_matches('\'')),
            number => Value::Number(parse_decimal(number, 6, Notation::Plain).expect("a number")),
        };
    }
    values
}

#[test]
fn answers() {
    let schema = schema();
    let case = "customer.segment='Gold' customer.growth=-0.05 customer.blocked=false product.class='B' \
                product.brand='Nordlys' product.stock_days=40 deal.value=5000 deal.lines=3";
    let facts = facts(&schema, case);
    for (text, want) in [
        ("true", "yes"),
        ("false", "no"),
        ("deal.value >= 5000", "yes"),
        ("deal.value > 5000.00", "no"),
        ("deal.value < 5000.000001 && deal.value > 4999.999999", "yes"),
        ("5000 <= deal.value", "yes"),
        ("5000 < deal.value", "no"),
        ("6000 > deal.value", "yes"),
        ("deal.value != 5000", "no"),
        ("customer.growth == -0.05", "yes"),
        ("customer.growth in [0, -0.050000]", "yes"),
        ("customer.segment == 'Gold'", "yes"),
        ("customer.segment == \"gold\"", "no"),
        ("customer.segment in ['Silver', 'Gold']", "yes"),
        ("!(customer.segment in ['Silver', 'Gold'])", "no"),
        ("customer.segment in []", "no"),
        ("product.brand.startsWith('Nord')", "yes"),
        ("product.brand.endsWith('Nord')", "no"),
        ("product.brand.contains('dly')", "yes"),
        ("product.brand == '\\u004eordlys'", "yes"),
        ("customer.segment == product.brand", "no"),
        ("customer.blocked", "no"),
        ("!customer.blocked", "yes"),
        ("!!customer.blocked", "no"),
        ("customer.blocked == false", "yes"),
        ("customer.blocked != true", "yes"),
        ("has(deal.value)", "yes"),
        ("has(product.margin)", "no"),
        ("product.margin > 0.1", "? product.margin"),
        ("!(product.margin > 0.1)", "? product.margin"),
        ("product.margin in []", "? product.margin"),
        ("deal.value > customer.revenue", "? customer.revenue"),
        ("customer.revenue > deal.value", "? customer.revenue"),
        ("product.margin > 0.1 || deal.value > 1", "yes"),
        ("deal.value > 1 || product.margin > 0.1", "yes"),
        ("product.margin > 0.1 && deal.value > 9999", "no"),
        ("deal.value > 9999 && product.margin > 0.1", "no"),
        ("product.margin > 0.1 && deal.value > 1", "? product.margin"),
        ("product.margin > 0.1 && customer.revenue > 1", "? product.margin"),
        ("customer.revenue > 1 || product.margin > 0.1 || false", "? customer.revenue"),
        ("has(product.margin) && product.margin > 0.1", "no"),
        ("!has(product.margin) || product.margin > 0.1", "yes"),
        // && binds closer than ||.
        ("true || false && false", "yes"),
        ("(true || false) && false", "no"),
    ] {
        let got = match parsed(text).evaluate(&facts) {
            Answer::Yes => "yes".to_owned(),
            Answer::No => "no".to_owned(),
            Answer::Unknown(field) => format!("? {field}"),
        };
        assert_eq!(got, want, "{text}");
    }
}

#[test]
fn values_of_the_kernel_and_odd_facts() {
    let text =
        "customer.revenue == 12.34 && product.margin == 0.15 && product.stock_days == 3 && deal.value == 0.000001";
    let condition = parsed(text);
    let schema = schema();
    let mut facts = vec![Value::Unknown; schema.fields().len()];
    for (name, value) in [
        ("customer.revenue", Value::from(Amount::new(1_234, Currency::Eur))),
        ("product.margin", Value::from(Rate::percent(15))),
        ("product.stock_days", Value::whole(3)),
        ("deal.value", Value::from(UnitPrice::new(1, Currency::Eur))),
    ] {
        facts[schema.slot(name).unwrap()] = value;
    }
    assert_eq!(condition.evaluate(&facts), Answer::Yes);
    assert_eq!(condition.evaluate(&facts[..3]), Answer::Unknown("product.margin"));
    assert_eq!(condition.evaluate(&[]), Answer::Unknown("customer.revenue"));
    // A value of another kind is none.
    assert_eq!(parsed("deal.lines in [1]").evaluate(&[Value::from("x"); 10]), Answer::Unknown("deal.lines"));
    assert_eq!(
        parsed("product.class.contains('A')").evaluate(&[Value::whole(1); 10]),
        Answer::Unknown("product.class")
    );
    assert_eq!(Value::from(Amount::new(i64::MAX, Currency::Eur)), Value::Number(i64::MAX));
    assert_eq!(Value::whole(i64::MIN), Value::Number(i64::MIN));
}

#[test]
fn a_condition_is_its_text() {
    let condition = parsed("deal.value > 5 && customer.segment == 'Gold' && deal.value < customer.revenue");
    assert_eq!(condition.fields_used(), ["customer.segment", "customer.revenue", "deal.value"]);
    assert_eq!(condition.clone(), condition);
    assert_ne!(parsed("true"), parsed(" true"));
    assert_eq!(parsed("true ").text(), "true ");
    assert_eq!(format!("{:?}", parsed("true")), "Condition(\"true\")");
}

#[test]
fn plain_contradictions() {
    for text in [
        "false",
        "!true",
        "true && false",
        "false || !true",
        "deal.value > 1 && false",
        "product.class == 'A' && product.class == 'B'",
        "product.class == 'A' && product.class != 'A'",
        "product.class == 'A' && !(product.class in ['A', 'B'])",
        "product.class in ['A', 'B'] && product.class in ['C']",
        "product.class in []",
        "product.class == 'A' && product.class.startsWith('B')",
        "product.brand.startsWith('No') && product.brand.startsWith('Ny')",
        "product.brand.endsWith('a') && product.brand.endsWith('b')",
        "deal.value > 5 && deal.value < 3",
        "deal.value > 5 && deal.value <= 5",
        "deal.value > 5 && deal.value < 5.000001",
        "deal.value >= 5 && deal.value <= 5 && deal.value != 5",
        "deal.value in [1, 2] && deal.value > 2",
        "!(deal.value > 5) && !(deal.value <= 5)",
        "!(deal.value > 5 || deal.value <= 5)",
        "customer.blocked && !customer.blocked",
        "customer.blocked != true && customer.blocked != false",
        "!has(product.margin) && product.margin > 0.1",
        "!has(deal.value) && customer.revenue > deal.value",
        "has(deal.value) && !has(deal.value)",
        "(deal.value > 5 && deal.value < 3) || false",
        "deal.lines > 0 && (product.class == 'A' && product.class == 'B' || false)",
    ] {
        assert!(parsed(text).is_never(), "{text}");
    }
    for text in [
        "true",
        "deal.value > 5 && deal.value < 5.000002",
        "deal.value > 5 && deal.lines < 3",
        "deal.value >= 5 && deal.value <= 5",
        "deal.value != 5 && deal.value != 6",
        "deal.value > 5 || deal.value < 3",
        "false || deal.value > 5",
        "product.class != 'A' && product.class != 'B'",
        "product.class in ['A', 'B'] && product.class in ['B', 'C']",
        "product.brand.startsWith('No') && product.brand.startsWith('Nord')",
        "product.brand.startsWith('a') && product.brand.endsWith('b') && product.brand.contains('c')",
        "!has(product.margin)",
        "!has(product.margin) || product.margin > 0.1",
        "customer.blocked",
        "!(deal.value > 5 && deal.value < 3)",
        "deal.value > customer.revenue && deal.value < customer.revenue",
    ] {
        assert!(!parsed(text).is_never(), "{text}");
    }
}

fn row(field: &str, operator: Operator, values: &[Literal]) -> Row {
    Row { field: field.to_owned(), operator, values: values.to_vec() }
}

#[test]
fn rows_write_cel() {
    let text = |value: &str| Literal::Text(value.to_owned());
    let rows = vec![
        row("customer.segment", Operator::OneOf, &[text("Gold"), text("O'Neill")]),
        row("product.class", Operator::NoneOf, &[text("C")]),
        row("product.brand", Operator::StartsWith, &[text("a\\b\n\u{1}ą")]),
        row("product.margin", Operator::AtLeast, &[Literal::Number(150_000)]),
        row("customer.growth", Operator::More, &[Literal::Number(-50_000)]),
        row("deal.value", Operator::Less, &[Literal::Number(5_000_000_000)]),
        row("customer.blocked", Operator::NotEqual, &[Literal::Flag(true)]),
        row("customer.revenue", Operator::Known, &[]),
        row("product.stock_days", Operator::Missing, &[]),
    ];
    let simple = Simple::new(rows, &schema()).unwrap();
    assert_eq!(
        simple.to_text(),
        r"customer.segment in ['Gold', 'O\'Neill'] && !(product.class in ['C']) && product.brand.startsWith('a\\b\n\u0001ą') && product.margin >= 0.15 && customer.growth > -0.05 && deal.value < 5000 && customer.blocked != true && has(customer.revenue) && !has(product.stock_days)"
    );
    assert_eq!(Simple::of(&parsed(&simple.to_text())), Some(simple));
    assert_eq!(Simple::new(Vec::new(), &schema()).unwrap().to_text(), "true");
    for micros in [999_999_999_999_999_999, -999_999_999_999_999_999, 1, -1, 0] {
        let simple =
            Simple::new(vec![row("deal.value", Operator::Equal, &[Literal::Number(micros)])], &schema()).unwrap();
        assert_eq!(Simple::of(&parsed(&simple.to_text())), Some(simple));
    }
}

#[test]
fn which_conditions_a_form_can_show() {
    for (text, want) in [
        ("true", Some("true")),
        ("5 < deal.value", Some("deal.value > 5")),
        ("(deal.value > 5.10) && (deal.lines == 1 && customer.blocked)", {
            Some("deal.value > 5.1 && deal.lines == 1 && customer.blocked == true")
        }),
        ("!customer.blocked", Some("customer.blocked == false")),
        ("false", None),
        ("true && deal.value > 5", None),
        ("deal.value > 5 || deal.lines > 5", None),
        ("!(deal.value > 5)", None),
        ("deal.value > customer.revenue", None),
        ("product.class in []", None),
    ] {
        assert_eq!(Simple::of(&parsed(text)).map(|simple| simple.to_text()).as_deref(), want, "{text}");
    }
}

#[test]
fn rows_that_do_not_fit() {
    let good = row("deal.lines", Operator::Equal, &[Literal::Number(1)]);
    for (bad, want) in [
        (row("deal.linse", Operator::Known, &[]), ErrorCode::UnknownField),
        (row("deal.value", Operator::Contains, &[Literal::Text("5".into())]), ErrorCode::WrongOperator),
        (row("product.class", Operator::More, &[Literal::Text("A".into())]), ErrorCode::WrongOperator),
        (row("deal.value", Operator::Equal, &[]), ErrorCode::ValueCount),
        (row("deal.value", Operator::OneOf, &[]), ErrorCode::ValueCount),
        (row("deal.value", Operator::Known, &[Literal::Number(1)]), ErrorCode::ValueCount),
        (row("deal.value", Operator::Equal, &[Literal::Flag(true)]), ErrorCode::WrongType),
        (row("product.margin", Operator::Equal, &[Literal::Number(10_000_001)]), ErrorCode::OutOfRange),
        (row("deal.value", Operator::Equal, &[Literal::Number(i64::MIN)]), ErrorCode::OutOfRange),
        (row("deal.value", Operator::Equal, &[Literal::Number(1_000_000_000_000_000_000)]), ErrorCode::OutOfRange),
        (row("product.stock_days", Operator::Equal, &[Literal::Number(500_000)]), ErrorCode::NotWhole),
        (row("product.brand", Operator::Equal, &[Literal::Text("x".repeat(1_990))]), ErrorCode::TooLong),
    ] {
        let error = Simple::new(vec![good.clone(), bad.clone()], &schema()).unwrap_err();
        assert_eq!((error.row, error.code), (1, want), "{bad:?}");
    }
    let error = Simple::new(vec![row("deal.linse", Operator::Known, &[])], &schema()).unwrap_err();
    let args = vec![("found", "deal.linse".to_owned()), ("nearest", "deal.lines".to_owned())];
    assert_eq!(error, RowError { row: 0, code: ErrorCode::UnknownField, args });
    assert!(Operator::ALL.iter().all(|operator| Operator::parse(operator.code()) == Some(*operator)));
}

#[test]
fn names_of_fields() {
    for name in ["value", "deal.", ".value", "deal.in", "deal.null", "deal.a-b", "1.a", "a.b.c.d.e", ""] {
        let made = std::panic::catch_unwind(|| Schema::new(vec![Field::new(name, Kind::Text)]));
        assert!(made.is_err(), "{name}");
    }
    let twice =
        std::panic::catch_unwind(|| Schema::new(vec![Field::new("a.b", Kind::Text), Field::new("a.b", Kind::Days)]));
    assert!(twice.is_err());
}
