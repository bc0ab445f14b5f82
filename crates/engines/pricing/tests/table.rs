//! Tables of rule and outcome.

use std::sync::Arc;

use kernel::{Amount, Country, Currency, Date, PriceListId, Quantity, Rate, Unit, UnitPrice, VatId};
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
    let all = [contract, general, company];
    check(&all, "1:121.00@own 10:90.00@deal | deal=used own=used base=wider");
}

#[test]
fn fault_m2_a_step_does_not_hold_below_its_quantity() {
    let general = list("base general EUR - - 1:100 50:90");
    let resolved = |own: &str| {
        resolve(&[general.clone(), list(own)], Currency::Eur, Date::parse("2026-11-21").unwrap()).unwrap().ladder
    };
    let prices = |own: &str| {
        let ladder = resolved(own);
        [1, 49, 50, 99, 100, 1_000].map(|n| ladder.price_at(Quantity::whole(n, Unit::Piece)).to_decimal()).join(" ")
    };
    assert_eq!(prices("own company EUR - - 100:80"), "100.00 100.00 90.00 90.00 80.00 80.00");
    assert_eq!(prices("own contract EUR - - 20:95 100:80"), "100.00 95.00 95.00 95.00 80.00 80.00");
    assert_eq!(prices("own group EUR - - 100:95"), "100.00 100.00 90.00 90.00 90.00 90.00", "a cheaper step is kept");
    assert_eq!(
        prices("own group EUR - - 1:110"),
        "110.00 110.00 110.00 110.00 110.00 110.00",
        "narrow wins where it holds"
    );
    let three = [general, list("firm company EUR - - 60:85"), list("deal contract EUR - - 200:70")];
    let ladder = resolve(&three, Currency::Eur, Date::from_days(0)).unwrap().ladder;
    let at = |n: i64| Quantity::whole(n, Unit::Piece);
    let sources = [1, 50, 60, 200].map(|n| ladder.list_at(at(n)).code.clone());
    assert_eq!(sources, ["base", "base", "firm", "deal"]);
}

#[test]
fn fault_m2_where_no_list_holds_there_is_no_price() {
    let ladder = |text: &str| resolve(&[list(text)], Currency::Eur, Date::from_days(0)).unwrap().ladder;
    let whole = |n| Quantity::whole(n, Unit::Piece);
    let from_100 = ladder("a general EUR - - 100:80");
    let price = |n| from_100.price_for(whole(n)).map(|price| price.to_decimal());
    assert_eq!([price(1), price(99), price(100)], [None, None, Some("80.00".into())]);
    assert_eq!((from_100.begins_at(), from_100.covers(whole(99))), (Some(whole(100)), false));
    let from_1 = ladder("a general EUR - - 1:80");
    assert_eq!(from_1.price_for(Quantity::new(250, Unit::Piece)).map(|p| p.to_decimal()).as_deref(), Some("80.00"));
    assert_eq!(from_1.begins_at(), None);
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

/// `merchant destination[:postal code] VAT-id[!]`, `!` for a confirmed one and `-` for none; `collects` at the end.
fn ruling(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let country = |code| Country::parse(code).expect("a test value");
    let seat = tax::Seat { country: country(words[0]), rate: Rate::percent(23) };
    let (to, postal_code) = words[1].split_once(':').unwrap_or((words[1], ""));
    let is_collected = words.get(3) == Some(&"collects");
    let journey = tax::Journey { country: country(to), postal_code: postal_code.into(), is_collected };
    let id = (words[2] != "-").then(|| VatId::parse(words[2].trim_end_matches('!')).expect("a test value"));
    let proof = match &id {
        None => tax::Proof::Missing,
        Some(id) if words[2].ends_with('!') => tax::Proof::Confirmed(id),
        Some(id) => tax::Proof::Given(id),
    };
    let ruling = tax::rule(&seat, &journey, proof);
    assert_eq!(tax::TaxRule::stored(ruling.rule.code(), ruling.rule.rate), Some(ruling.rule));
    format!("{} {} {}", ruling.rule.code(), ruling.rule.rate.to_percent(), ruling.reason.code())
}

#[track_caller]
fn taxed(cases: &[(&str, &str)]) {
    for (line, want) in cases {
        assert_eq!(ruling(line), *want, "{line}");
    }
}

#[test]
fn fault_m3_tax_goes_by_where_goods_go() {
    taxed(&[
        // A German company that has goods sent to its site in Poland.
        ("PL PL DE136695976!", "home 23 home"),
        ("PL PL -", "home 23 home"),
        ("PL DE DE136695976!", "reverse-charge 0 within-union"),
        ("PL SE DE136695976!", "reverse-charge 0 within-union"),
        ("PL GR EL094259216!", "reverse-charge 0 within-union"),
        ("PL GB:BT1 XI123456789!", "reverse-charge 0 within-union"),
        ("FR MC -", "home 23 home"),
        ("DE MC DE136695976!", "home 23 vat-id-elsewhere"),
        ("NO NO -", "home 23 home"),
    ]);
}

#[test]
fn fault_m4_what_leaves_the_union_is_exported() {
    taxed(&[
        ("PL NO PL5260001246!", "export 0 export"),
        ("PL GB -", "export 0 export"),
        ("PL CH -", "export 0 export"),
        ("PL ES:35001 -", "export 0 export"),
        ("ES ES:38-001 -", "export 0 export"),
        ("ES ES:28001 -", "home 23 home"),
        ("DE DE:27498 -", "export 0 export"),
        ("PL FR:97110 -", "export 0 export"),
        ("PL FI:22100 -", "export 0 export"),
        ("NO DE DE136695976!", "export 0 export"),
        ("NO SE -", "export 0 export"),
        // Whoever collects takes the goods over here.
        ("PL NO PL5260001246! collects", "home 23 collected"),
        ("PL DE DE136695976! collects", "home 23 collected"),
        ("PL PL - collects", "home 23 home"),
    ]);
}

#[test]
fn fault_m5_only_a_confirmed_id_of_another_member_state_counts() {
    taxed(&[
        ("PL DE PL5260001246!", "home 23 vat-id-elsewhere"),
        ("PL DE CHE116281710MWST!", "home 23 vat-id-elsewhere"),
        ("PL DE NO974760673MVA!", "home 23 vat-id-elsewhere"),
        ("PL DE GB123456789!", "home 23 vat-id-elsewhere"),
        ("PL DE DE136695976", "home 23 vat-id-unconfirmed"),
        ("PL DE PL5260001246", "home 23 vat-id-elsewhere"),
        ("PL DE -", "home 23 no-vat-id"),
    ]);
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

#[test]
fn attack_h3_what_is_due_when_sums_to_the_cent() {
    let eur = |minor| Amount::new(minor, Currency::Eur);
    // A deal of 828.50 on 60 days in a cart of 240,828.50 on 14.
    let dues = pricing_engine::dues(eur(29_621_906), [(60, eur(82_850)), (14, eur(24_000_000))]);
    let shown: Vec<_> = dues.iter().map(|due| (due.days, due.net.minor(), due.gross.minor())).collect();
    assert_eq!(shown, [(14, 24_000_000, 29_520_000), (60, 82_850, 101_906)]);
    assert_eq!(pricing_engine::on_credit(&dues, Currency::Eur), eur(29_621_906));
    let dues = pricing_engine::dues(eur(100), [(0, eur(1)), (30, eur(1)), (0, eur(1)), (14, eur(0))]);
    let shown: Vec<_> = dues.iter().map(|due| (due.days, due.net.minor(), due.gross.minor())).collect();
    assert_eq!(shown, [(0, 2, 66), (14, 0, 0), (30, 1, 34)]);
    assert_eq!(pricing_engine::on_credit(&dues, Currency::Eur), eur(34));
    assert!(pricing_engine::dues(eur(0), []).is_empty());
}
