//! Papers are read back with another library's eyes.

use super::*;

fn read(pdf: &[u8]) -> Vec<String> {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    document.get_pages().keys().map(|page| document.extract_text(&[*page]).unwrap()).collect()
}

fn column(title: &str, share: u16, is_figure: bool) -> Column {
    Column { title: title.into(), share, is_figure }
}

fn paper(rows: usize) -> Paper {
    Paper {
        language: "pl".into(),
        title: "Oferta 12, wersja 2".into(),
        subtitle: "Hala w Gdyni".into(),
        sender: Party {
            name: "Nordkant Armatura".into(),
            lines: vec!["ul. Żeglarska 5".into(), "81-001 Gdynia".into()],
        },
        recipient: Party { name: "Bäcker & Söhne GmbH".into(), lines: vec!["Hafenstraße 1".into()] },
        facts: vec![("Ważna do".into(), "27.11.2026".into())],
        opening: "Dziękujemy za zapytanie.".into(),
        columns: vec![column("Poz.", 1, false), column("Opis", 8, false), column("Cena", 3, true)],
        rows: (1..=rows)
            .map(|n| Row {
                cells: vec![n.to_string(), format!("Kołnierz ślepy DN {n}"), "1 234,50".into()],
                note: "Termin: 15 dni".into(),
            })
            .collect(),
        sums: vec![Sum { label: "Razem brutto".into(), amount: "9 999,99 EUR".into(), is_total: true }],
        terms: vec![("Warunki".into(), "Płatność 30 dni.".into())],
    }
}

#[test]
fn every_text_can_be_read_back() {
    let pdf = render(&paper(2), &|page, pages| format!("Strona {page} z {pages}")).unwrap();
    let pages = read(&pdf);
    assert_eq!(pages.len(), 1);
    for text in [
        "Oferta 12, wersja 2",
        "Hala w Gdyni",
        "Nordkant Armatura",
        "ul. Żeglarska 5",
        "Bäcker & Söhne GmbH",
        "Hafenstraße 1",
        "Ważna do",
        "27.11.2026",
        "Dziękujemy za zapytanie.",
        "Kołnierz ślepy DN 2",
        "1 234,50",
        "Termin: 15 dni",
        "Razem brutto",
        "9 999,99 EUR",
        "Płatność 30 dni.",
        "Strona 1 z 1",
    ] {
        assert!(pages[0].contains(text), "{text} in {}", pages[0]);
    }
}

#[test]
fn long_tables_go_on_over_pages_with_their_head() {
    let pages = read(&render(&paper(60), &|page, pages| format!("Strona {page} z {pages}")).unwrap());
    assert_eq!(pages.len(), 4);
    for (at, page) in pages.iter().enumerate() {
        // The last page has the terms only.
        assert_eq!(page.contains("Opis"), at < 3, "{page}");
        assert!(page.contains(&format!("Strona {} z 4", at + 1)), "{page}");
    }
    let all = pages.concat();
    assert!((1..=60).all(|n| all.contains(&format!("Kołnierz ślepy DN {n}"))));
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let once = || render(&paper(3), &|page, pages| format!("{page}/{pages}")).unwrap();
    assert_eq!(once(), once());
}

#[test]
fn odd_texts_are_set_all_the_same() {
    let long = "W".repeat(400);
    let odd = Paper { opening: format!("{long} \u{0}\u{7} \u{202e} 漢字 👍\n\n{long}"), ..paper(1) };
    assert!(render(&odd, &|_, _| String::new()).unwrap().starts_with(b"%PDF-"));
    assert!(render(&Paper::default(), &|_, _| String::new()).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn texts_wrap_between_words_and_inside_words_that_are_too_wide() {
    let fonts = text::Fonts::load().unwrap();
    let wrap = |text: &str, width| fonts.wrap(text, text::Weight::Regular, 10.0, width);
    assert_eq!(wrap("one two three", 45.0), ["one two", "three"]);
    assert_eq!(wrap("one\ntwo", 400.0), ["one", "two"]);
    assert_eq!(wrap("", 400.0), Vec::<String>::new());
    assert!(wrap("abcdefghijklmnop", 30.0).iter().all(|part| fonts.width(part, text::Weight::Regular, 10.0) <= 30.0));
    assert_eq!(wrap("abcdefghijklmnop", 30.0).concat(), "abcdefghijklmnop");
    let figures = |text: &str| fonts.width(text, text::Weight::Regular, 10.0);
    assert_eq!(figures("1111"), figures("8080"));
}
