//! The catalogues of all languages say the same things, and Polish counts as Poles do.

use i18n::{Arg, Language, Locale};
use kernel::{Amount, Currency, Date, Instant, Quantity, Rate, Role, Unit, UnitPrice};

fn english() -> Locale {
    Locale::new(Language::En, "Europe/Warsaw")
}

fn polish() -> Locale {
    Locale::new(Language::Pl, "Europe/Warsaw")
}

#[test]
fn same_keys_and_variables_in_every_language() {
    let english = i18n::messages(Language::En);
    for language in Language::ALL {
        let own = i18n::messages(language);
        let missing: Vec<_> = english.iter().filter(|message| !own.contains(message)).collect();
        let extra: Vec<_> = own.iter().filter(|message| !english.contains(message)).collect();
        let code = language.code();
        assert!(missing.is_empty() && extra.is_empty(), "{code} lacks {missing:#?} and has beyond English {extra:#?}");
    }
}

#[test]
fn keys_are_unique() {
    for language in Language::ALL {
        let keys = i18n::keys(language);
        let twice: Vec<_> = keys.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
        assert!(twice.is_empty(), "{}: twice: {twice:?}", language.code());
    }
}

#[test]
fn catalogues_have_no_syntax_errors() {
    for entry in ["en", "pl"] {
        let folder = format!("{}/locales/{entry}", env!("CARGO_MANIFEST_DIR"));
        let mut areas = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            if let Err((_, errors)) = fluent_syntax::parser::parse(text.as_str()) {
                panic!("{}: {errors:?}", path.display());
            }
            areas += 1;
        }
        assert_eq!(areas, 19, "every file is in the list of embedded areas, and the other way round");
    }
}

#[test]
fn every_code_of_the_kernel_has_a_sentence() {
    let keys = i18n::keys(Language::En);
    let has = |key: String| assert!(keys.contains(&key), "no message {key}");
    for code in [
        "required",
        "not-a-number",
        "too-precise",
        "too-large",
        "quantity-whole",
        "quantity-too-large",
        "quantity-unit",
        "quantity-positive",
        "quantity-minimum",
        "quantity-multiple",
        "sku",
        "gtin",
        "gtin-check-digit",
        "email",
        "country",
        "vat-country",
        "vat-form",
        "vat-check-digit",
        "vat-other-country",
        "too-long",
        "characters",
        "name-link",
        "amount-too-large",
        "currency-mismatch",
    ] {
        has(format!("invalid-{code}"));
    }
    for code in ["not-allowed", "sign-in-required", "no-company", "too-many-requests", "stale"] {
        has(format!("refusal-{code}"));
    }
    for status in [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503] {
        has(format!("error-{status}-title"));
        has(format!("error-{status}-text"));
    }
    Unit::ALL.iter().for_each(|unit| has(format!("unit-{}", unit.code())));
    Unit::ALL.iter().for_each(|unit| has(format!("unit-name-{}", unit.code())));
    Role::ALL.iter().for_each(|role| has(format!("role-{}", role.code())));
}

#[test]
fn a_value_that_ends_in_a_point_ends_the_sentence() {
    for language in Language::ALL {
        let locale = Locale::new(language, "Europe/Warsaw");
        for (key, names) in i18n::messages(language) {
            let args: Vec<(&str, Arg<'_>)> = names.iter().map(|name| (name.as_str(), "10 szt.".into())).collect();
            let text = locale.text_with(&key, &args);
            let is_plain = text.chars().all(|c| c != '\u{FDD0}');
            assert!(is_plain && !text.contains("szt.."), "{}: {key}: {text}", language.code());
        }
    }
    let args = |why: &'static str| [("why", Arg::from(why)), ("known", "100 szt.".into()), ("pallets", 3_i64.into())];
    let of = |why| polish().text_with("cart-unusual-text", &[&args(why)[..], &[("value", "7 zł".into())]].concat());
    assert_eq!(of("stock"), "W magazynie jest 100 szt. To 3 palety. 7 zł");
    assert_eq!(of("usual"), "Zwykle jest to najwyżej 100 szt. To 3 palety. 7 zł");
    let args = [("price", Arg::from("9 EUR / szt.")), ("quantity", "10 szt.".into()), ("product", "Zawór".into())];
    let asked = polish().text_with("mail-negotiation-answered-text-agreed", &args);
    assert_eq!(asked, "Twoja prośba: Zawór, 10 szt. w cenie 9 EUR / szt. Zgadzamy się.");
}

#[test]
fn plurals() {
    for (count, en, pl) in [
        (0_i64, "0 packs", "0 opakowań"),
        (1, "1 pack", "1 opakowanie"),
        (2, "2 packs", "2 opakowania"),
        (5, "5 packs", "5 opakowań"),
        (12, "12 packs", "12 opakowań"),
        (22, "22 packs", "22 opakowania"),
        (1_112, "1,112 packs", "1112 opakowań"),
        (25_022, "25,022 packs", "25\u{a0}022 opakowania"),
    ] {
        assert_eq!(english().text_with("packs", &[("count", count.into())]), en);
        assert_eq!(polish().text_with("packs", &[("count", count.into())]), pl);
    }
    assert_eq!(polish().text_with("results", &[("count", 0_usize.into())]), "Brak wyników");
}

#[test]
fn values_are_inserted_as_they_are() {
    let args = [("step", Arg::from("50")), ("below", Arg::from("100")), ("above", "150".to_owned().into())];
    let text = english().text_with("invalid-quantity-multiple", &args);
    assert_eq!(text, "Enter a quantity that is a multiple of 50: 100 or 150.");
    let hostile = english().text_with("error-reference", &[("id", "{ $id } <b>\u{202e}".into())]);
    assert_eq!(hostile, "Number for support: { $id } <b>\u{202e}");
}

#[test]
fn missing_messages_show_their_key() {
    assert_eq!(polish().text("no-such-key"), "⟦no-such-key⟧");
    assert_eq!(polish().text(""), "⟦⟧");
    assert_eq!(english().text("error-reference"), "Number for support: {$id}");
}

#[test]
fn numbers_and_money() {
    let (en, pl) = (english(), polish());
    assert_eq!((en.number(2_000), pl.number(2_000)), ("2,000".into(), "2000".into()));
    let amount = Amount::new(1_234_550, Currency::Eur);
    assert_eq!((en.amount(amount), pl.amount(amount)), ("12,345.50".into(), "12\u{a0}345,50".into()));
    assert_eq!((en.money(amount), pl.money(amount)), ("12,345.50 EUR".into(), "12\u{a0}345,50 EUR".into()));
    assert_eq!(en.money(Amount::new(1_234, Currency::Jpy)), "1,234 JPY");
    assert_eq!(en.unit_price(UnitPrice::new(110_000_000, Currency::Eur)), "110.00");
    assert_eq!(pl.unit_price(UnitPrice::new(42_500, Currency::Eur)), "0,0425");
    let pieces = Quantity::whole(2_000, Unit::Piece);
    assert_eq!((en.quantity(pieces), en.quantity_unit(pieces)), ("2,000".into(), "2,000 pc".into()));
    assert_eq!(pl.quantity_unit(Quantity::new(12_500, Unit::Metre)), "12,5 m");
    assert_eq!(pl.quantity_unit(pieces), "2000 szt.");
    let rate = Rate::from_ppm(75_000);
    assert_eq!((en.percent(rate), pl.percent(rate)), ("7.5\u{a0}%".into(), "7,5\u{a0}%".into()));
}

#[test]
fn dates_and_moments() {
    let (en, pl) = (english(), polish());
    let date = Date::parse("2026-11-27").unwrap();
    assert_eq!((en.date(date), pl.date(date)), ("27 Nov 2026".into(), "27 lis 2026".into()));
    assert_eq!((en.day(date), pl.day(date)), ("Fri 27 Nov".into(), "pt. 27 lis".into()));
    let winter = Instant::parse("2026-11-27T16:00:00Z").unwrap();
    assert_eq!((en.time(winter), en.moment(winter)), ("17:00".into(), "Fri 27 Nov, 17:00".into()));
    assert_eq!(pl.long_moment(winter), "pt. 27 lis 2026, 17:00");
    let summer = Instant::parse("2026-06-30T22:05:00Z").unwrap();
    assert_eq!(en.long_moment(summer), "Wed 1 Jul 2026, 00:05");
    assert_eq!(en.local_date(summer), Date::parse("2026-07-01").unwrap());
    let beyond = Instant::from_micros(i64::MAX);
    assert!(en.long_moment(beyond).contains("9999"));
}

#[test]
fn zones() {
    assert_eq!(english().zone_name(), "Europe/Warsaw");
    let nowhere = Locale::new(Language::En, "Mars/Olympus");
    assert_eq!(nowhere.zone_name(), "UTC");
    assert_eq!(nowhere.time(Instant::parse("2026-11-27T16:00:00Z").unwrap()), "16:00");
    assert_eq!(Locale::new(Language::En, "Asia/Shanghai").time(Instant::from_micros(0)), "08:00");
}
