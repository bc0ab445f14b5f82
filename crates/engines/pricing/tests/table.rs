//! Tables of rule and outcome.

use std::sync::Arc;

use kernel::{Amount, Country, Currency, Date, PriceListId, Quantity, Rate, Unit, UnitPrice};
use pricing_engine::{Candidate, ListInfo, Resolved, Scope, Tier, Totals, line_net, resolve, tax};

fn day(text: &str) -> Option<Date> {
    (text != "-").then(|| Date::parse(text).expect("a test value"))
}

/// `code scope currency from until tiers…` with tiers as `quantity:price`.
fn list(line: &str) -> Candidate<Vec<Tier>> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let currency = Currency::parse(words[2]).expect("a test value");
    let number = words[0].bytes().fold(7_u128, |hash, byte| hash * 31 + u128::from(byte));
    let info = ListInfo {
        id: PriceListId::parse(&format!("00000000-0000-7000-8000-{number:012}")).expect("a test value"),
        code: words[0].into(),
        name: words[0].to_uppercase(),
        names: [("pl".to_owned(), format!("{} po polsku", words[0]))].into(),
        scope: Scope::parse(words[1]).expect("a test value"),
        currency,
        valid_from: day(words[3]),
        valid_until: day(words[4]),
    };
    let tiers = words[5..].iter().map(|tier| {
        let (from, price) = tier.split_once(':').expect("a test value");
        Tier {
            from: Quantity::whole(from.parse().expect("a test value"), Unit::Piece),
            price: UnitPrice::parse(price, currency).expect("a test value"),
        }
    });
    Candidate { list: Arc::new(info), tiers: tiers.collect() }
}

fn show(resolved: Option<Resolved>) -> String {
    let Some(Resolved { ladder, explanation }) = resolved else { return "no price".into() };
    let steps: Vec<String> = ladder
        .tiers
        .iter()
        .map(|t| format!("{}:{}@{}", t.from.to_decimal(), t.price.to_decimal(), ladder.list_at(t.from).code))
        .collect();
    let why: Vec<String> =
        explanation.entries.iter().map(|e| format!("{}={}", e.list.code, e.verdict.code())).collect();
    format!("{} | {}", steps.join(" "), why.join(" "))
}

#[track_caller]
fn check(lists: &[&str], want: &str) {
    let candidates: Vec<_> = lists.iter().map(|line| list(line)).collect();
    let got = show(resolve(&candidates, Currency::Eur, Date::parse("2026-11-21").expect("a test value")));
    assert_eq!(got, want, "{lists:?}");
}

#[test]
fn the_narrower_list_wins() {
    let general = "base general EUR - - 1:120 500:118";
    let group = "group group EUR - - 1:119";
    let company = "own company EUR - - 1:121 100:100";
    let contract = "deal contract EUR - - 10:90";
    check(&[general], "1:120.00@base 500:118.00@base | base=used");
    check(&[general, group], "1:119.00@group | group=used base=wider");
    check(&[general, company, group], "1:121.00@own 100:100.00@own | own=used group=wider base=wider");
    check(&[contract, general, company], "10:90.00@deal | deal=used own=wider base=wider");
}

#[test]
fn validity_currency_and_bad_numbers() {
    check(&["a general EUR 2026-11-22 - 1:1"], "no price");
    check(&["a general EUR - 2026-11-20 1:1"], "no price");
    check(&["a general EUR 2026-11-21 2026-11-21 1:1"], "1:1.00@a | a=used");
    check(&["a general PLN - - 1:1"], "no price");
    check(&["a general EUR - - 1:-1"], "no price");
    check(&["a general EUR - -"], "no price");
    check(&[], "no price");
    check(
        &[
            "old contract EUR - 2026-01-01 1:1",
            "zl company PLN - - 1:1",
            "soon company EUR 2027-01-01 - 1:1",
            "a general EUR - - 1:5",
        ],
        "1:5.00@a | old=no-longer-valid zl=other-currency soon=not-yet-valid a=used",
    );
}

#[test]
fn lists_of_one_scope_give_the_best_price_at_every_quantity() {
    check(
        &["a contract EUR - - 1:10 100:8", "b contract EUR - - 50:9 200:7"],
        "1:10.00@a 50:9.00@b 100:8.00@a 200:7.00@b | a=used b=used",
    );
    check(&["a general EUR - - 1:10", "b general EUR - - 1:11 100:10"], "1:10.00@a | a=used b=dearer");
}

#[test]
fn a_dearer_step_brings_nothing() {
    check(&["a general EUR - - 500:12 1:10 100:11 1000:9 1000:9.5"], "1:10.00@a 1000:9.00@a | a=used");
}

#[test]
fn steps_and_thresholds() {
    let resolved = resolve(&[list("a general EUR - - 10:10 100:8 200:7")], Currency::Eur, Date::from_days(0)).unwrap();
    let at = |count| resolved.ladder.price_at(Quantity::whole(count, Unit::Piece)).to_decimal();
    let next = |count| resolved.ladder.next(Quantity::whole(count, Unit::Piece)).map(|t| t.from.to_decimal());
    assert_eq!(
        [at(-5), at(0), at(9), at(10), at(99), at(100), at(i64::MAX)],
        ["10.00", "10.00", "10.00", "10.00", "10.00", "8.00", "7.00"]
    );
    assert_eq!(next(1).as_deref(), Some("100"));
    assert_eq!(next(100).as_deref(), Some("200"));
    assert_eq!(next(200), None);
    assert_eq!(resolved.ladder.list.name("pl"), "a po polsku");
    assert_eq!(resolved.ladder.list.name("de"), "A");
}

#[test]
fn taxes() {
    let rule = |merchant: &str, buyer: &str, vat| {
        let country = |code| Country::parse(code).unwrap();
        let rule = tax::rule(&country(merchant), Rate::percent(23), &country(buyer), vat);
        assert_eq!(tax::TaxRule::stored(rule.code(), rule.rate), Some(rule));
        format!("{} {}", rule.code(), rule.rate.to_percent())
    };
    for (merchant, buyer, vat, want) in [
        ("PL", "PL", true, "home 23"),
        ("PL", "PL", false, "home 23"),
        ("PL", "DE", true, "reverse-charge 0"),
        ("PL", "DE", false, "home 23"),
        ("PL", "GR", true, "reverse-charge 0"),
        ("PL", "NO", true, "export 0"),
        ("PL", "GB", false, "export 0"),
        ("NO", "NO", false, "home 23"),
        ("NO", "DE", true, "export 0"),
        ("NO", "SE", false, "export 0"),
    ] {
        assert_eq!(rule(merchant, buyer, vat), want, "{merchant} to {buyer}");
    }
}

#[test]
fn lines_are_rounded_once_and_totals_add_up() {
    let price = UnitPrice::parse("0.0425", Currency::Eur).unwrap();
    let lines: Vec<Amount> = [100, 30, 1].map(|n| line_net(price, Quantity::whole(n, Unit::Piece)).unwrap()).to_vec();
    assert_eq!(lines.iter().map(|l| l.minor()).collect::<Vec<_>>(), [425, 128, 4]);
    let home = tax::TaxRule { rate: Rate::percent(23), treatment: tax::Treatment::Home };
    let totals = Totals::form(Currency::Eur, lines, home).unwrap();
    assert_eq!((totals.net.minor(), totals.tax.minor(), totals.gross.minor()), (557, 128, 685));
    assert!(Totals::form(Currency::Pln, [Amount::zero(Currency::Eur)], home).is_err());
}
