//! What is suggested where.

use crate::common::schema;
use conditions::complete;

/// The suggestions at the bar, each as the text that it makes of `line`.
fn at(line: &str) -> Vec<String> {
    let column = line.chars().position(|c| c == '¦').expect("a cursor") + 1;
    let letters: Vec<char> = line.chars().filter(|c| *c != '¦').collect();
    let text: String = letters.iter().collect();
    let made = complete(&text, column, &schema()).into_iter().map(|suggestion| {
        let before: String = letters[..suggestion.replace_from - 1].iter().collect();
        let after: String = letters[suggestion.replace_to - 1..].iter().collect();
        format!("{before}{}{after}", suggestion.insert)
    });
    made.collect()
}

/// A line with the cursor at the bar, and what the suggestions make of it.
const TABLE: &[(&str, &[&str])] = &[
    ("deal¦", &["deal.value", "deal.lines"]),
    ("deal.¦", &["deal.value", "deal.lines"]),
    ("DEAL.v¦", &["deal.value"]),
    ("margin¦", &["product.margin"]),
    ("de¦al.va > 5", &["deal.value > 5", "deal.lines > 5"]),
    ("ha¦", &["has("]),
    ("nothing¦", &[]),
    ("has(deal.¦", &["has(deal.value", "has(deal.lines"]),
    ("has(deal.value ¦", &["has(deal.value )"]),
    (
        "deal.value ¦",
        &[
            "deal.value == ",
            "deal.value != ",
            "deal.value >= ",
            "deal.value <= ",
            "deal.value > ",
            "deal.value < ",
            "deal.value in [",
        ],
    ),
    ("product.class ¦", &["product.class == ", "product.class != ", "product.class in ["]),
    (
        "(customer.blocked ¦",
        &[
            "(customer.blocked == ",
            "(customer.blocked != ",
            "(customer.blocked && ",
            "(customer.blocked || ",
            "(customer.blocked )",
        ],
    ),
    (
        "product.class¦",
        &[
            "product.class == ",
            "product.class != ",
            "product.class in [",
            "product.class.startsWith(",
            "product.class.endsWith(",
            "product.class.contains(",
            "product.class",
        ],
    ),
    ("product.class.s¦", &["product.class.startsWith("]),
    ("deal.value.s¦", &[]),
    (
        "product.class == ¦",
        &[
            "product.class == 'A'",
            "product.class == 'B'",
            "product.class == 'C'",
            "product.class == customer.segment",
            "product.class == product.brand",
        ],
    ),
    ("product.class > ¦", &[]),
    ("customer.segment == 'g¦", &["customer.segment == 'Gold'"]),
    ("customer.segment == 'g¦ol'", &["customer.segment == 'Gold'"]),
    ("customer.segment == 'g¦ && product.brand == 'b'", &["customer.segment == 'Gold' && product.brand == 'b'"]),
    ("customer.segment == 'o¦", &[r"customer.segment == 'O\'Neill'"]),
    ("customer.blocked == t¦", &["customer.blocked == true"]),
    ("deal.value > c¦", &["deal.value > customer.revenue"]),
    ("product.class in ¦", &["product.class in ["]),
    ("product.class in [¦", &["product.class in ['A'", "product.class in ['B'", "product.class in ['C'"]),
    ("product.class in ['A', 'b¦", &["product.class in ['A', 'B'"]),
    ("product.class in ['A'¦", &["product.class in ['A', ", "product.class in ['A']"]),
    ("product.class in [5, ¦", &[]),
    ("product.class in ['A']¦", &["product.class in ['A'] && ", "product.class in ['A'] || "]),
    ("(deal.value > 5 ¦", &["(deal.value > 5 && ", "(deal.value > 5 || ", "(deal.value > 5 )"]),
    ("(deal.value > 5) ¦", &["(deal.value > 5) && ", "(deal.value > 5) || "]),
    ("has(deal.value)¦", &["has(deal.value) && ", "has(deal.value) || "]),
    ("product.brand == 'ą💖' && ha¦", &["product.brand == 'ą💖' && has("]),
    // What stands before is wrong.
    ("deal.valu > 5 && ¦", &[]),
    ("deal.value > 'x' ¦", &[]),
    ("5 5 ¦", &[]),
    ("deal.value + ¦", &[]),
    // Beyond the end is the end.
    ("deal.value in [1¦]", &["deal.value in [1, ]", "deal.value in [1]]"]),
];

#[test]
fn what_comes_next() {
    let fields = schema().fields().iter().map(|field| field.name.to_owned()).collect::<Vec<_>>();
    let start: Vec<String> = fields.iter().cloned().chain(["has(".to_owned()]).collect();
    assert_eq!(at("¦"), start);
    let after = |head: &str| start.iter().map(|one| format!("{head}{one}")).collect::<Vec<_>>();
    assert_eq!(at("true && ¦"), after("true && "));
    assert_eq!(at("!¦"), after("!"));
    assert_eq!(at("(true || ¦"), after("(true || "));
    for (line, want) in TABLE {
        assert_eq!(at(line), *want, "{line}");
    }
    assert_eq!(at("de¦al.lines > 5")[..2], ["deal.value > 5", "deal.lines > 5"]);
    assert_eq!(complete("deal.value > 5", 999, &schema()).len(), 2);
    assert_eq!(complete("deal", 0, &schema()).len(), start.len());
}
