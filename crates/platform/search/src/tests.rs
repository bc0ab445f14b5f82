//! What is found, in which order, and that nothing typed breaks it.

use std::path::PathBuf;

use i18n::Language;
use kernel::{CategoryId, Gtin, ProductId, Sku};
use uuid::Uuid;

use crate::{Doc, Options, ProductIndex};

const BOLTS: CategoryId = CategoryId::from_uuid(Uuid::from_u128(1));
const ALL: CategoryId = CategoryId::from_uuid(Uuid::from_u128(2));
const VALVES: CategoryId = CategoryId::from_uuid(Uuid::from_u128(3));

/// A product named by its number, so that results read as lists of numbers.
fn doc(n: u128, sku: &str, en: &str, pl: &str, attributes: &str, category: CategoryId) -> Doc {
    Doc {
        id: ProductId::from_uuid(Uuid::from_u128(n)),
        sku: Sku::parse(sku).unwrap(),
        gtin: None,
        mpn: None,
        names: vec![(Language::En, en.into()), (Language::Pl, pl.into())],
        attributes: attributes.into(),
        categories: vec![category, ALL],
        class: "stock".into(),
    }
}

fn samples() -> Vec<Doc> {
    let bearing = Doc {
        gtin: Some(Gtin::parse("4006381333931").unwrap()),
        mpn: Some("6204-2RSH/C3".into()),
        ..doc(6, "6204-2RS", "Deep groove ball bearing 6204-2RS", "Łożysko kulkowe 6204-2RS", "bore 20 mm", ALL)
    };
    vec![
        doc(1, "DIN933-M8X40", "Hexagon bolt DIN 933 M8x40", "Śruba sześciokątna DIN 933 M8x40", "steel 8.8", BOLTS),
        doc(2, "DIN933-M8X50", "Hexagon bolt DIN 933 M8x50", "Śruba sześciokątna DIN 933 M8x50", "steel 8.8", BOLTS),
        doc(3, "DIN934-M8", "Hexagon nut DIN 934 M8", "Nakrętka sześciokątna DIN 934 M8", "steel 8", BOLTS),
        doc(4, "BV-DN50", "Ball valve DN50 PN16", "Zawór kulowy DN50 PN16", "stainless steel 1.4408, 230 V", VALVES),
        doc(5, "BV-DN65", "Ball valve DN65 PN16", "Zawór kulowy DN65 PN16", "brass", VALVES),
        bearing,
        doc(7, "CABLE-3X1.5", "Cable NYM-J 3x1.5 mm²", "Przewód NYM-J 3x1,5 mm²", "40 m ring for M8 glands", ALL),
        doc(8, "ACC-1", "Key for BV-DN50 and other valves", "Klucz do zaworów", "", VALVES),
    ]
}

fn filled() -> ProductIndex {
    let index = ProductIndex::open(None).unwrap();
    index.upsert(&samples()).unwrap();
    index.commit("1").unwrap();
    index
}

fn numbers(ids: &[ProductId]) -> Vec<u128> {
    ids.iter().map(|id| id.uuid().as_u128()).collect()
}

fn find(index: &ProductIndex, query: &str) -> Vec<u128> {
    let hits = index.search(query, &Options::new(Language::En)).unwrap();
    assert_eq!(hits.ids.len(), hits.total, "{query}");
    numbers(&hits.ids)
}

/// The products found, in ascending order.
fn found(index: &ProductIndex, query: &str) -> Vec<u128> {
    let mut numbers = find(index, query);
    numbers.sort_unstable();
    numbers
}

#[test]
fn codes_come_first() {
    let index = filled();
    for (query, first) in [
        ("BV-DN50", 4),
        ("bv dn50", 4),
        ("bvdn50", 4),
        ("4006381333931", 6),
        ("04006381333931", 6),
        ("4 006381 333931", 6),
        ("6204-2rsh/c3", 6),
        ("DIN933-M8X50", 2),
        ("din 933 m8x50", 2),
        ("DIN934", 3),
    ] {
        assert_eq!(find(&index, query).first(), Some(&first), "{query}");
    }
    assert_eq!(find(&index, "BV-DN50"), [4, 8], "the key that names the valve comes after the valve");
    assert_eq!(found(&index, "din933"), [1, 2]);
}

#[test]
fn dimensions_are_found_however_they_are_written() {
    let index = filled();
    for query in ["M8x40", "m8 x 40", "M8×40", "bolt m8x40", "M8 X40 hexagon"] {
        assert_eq!(find(&index, query).first(), Some(&1), "{query}");
    }
    for query in ["DN50 valve", "DN 50 valve", "valve dn-50"] {
        assert_eq!(find(&index, query).first(), Some(&4), "{query}");
    }
    assert_eq!(found(&index, "6204 2RS"), [6]);
    assert_eq!(found(&index, "3x1,5"), [7]);
    assert_eq!(found(&index, "230V"), [4]);
    assert_eq!(found(&index, "M8"), [1, 2, 3, 7]);
}

#[test]
fn all_words_must_fit_else_any() {
    let index = filled();
    assert_eq!(found(&index, "ball valve brass"), [5]);
    assert_eq!(found(&index, "steel bolt"), [1, 2]);
    assert_eq!(found(&index, "brass cucumber"), [5], "nothing has both words");
    assert_eq!(found(&index, "cucumber"), []);
}

#[test]
fn the_last_word_may_be_unfinished() {
    let index = filled();
    assert_eq!(found(&index, "hexagon nu"), [3]);
    assert_eq!(found(&index, "valve dn6"), [5]);
    assert_eq!(found(&index, "hexa bolt"), [1, 2], "one of them fits when not all do");
    assert_eq!(numbers(&index.suggest("ball va", 10).unwrap()), [4, 5]);
    assert_eq!(numbers(&index.suggest("zaw", 1).unwrap()).len(), 1);
    assert_eq!(numbers(&index.suggest("bv-dn5", 10).unwrap()).first(), Some(&4));
    assert!(index.suggest("ball va", 0).unwrap().is_empty() && index.suggest("", 10).unwrap().is_empty());
}

#[test]
fn slips_count_only_when_nothing_fits_exactly() {
    let index = filled();
    assert_eq!(found(&index, "hexagn bolt"), [1, 2]);
    assert_eq!(found(&index, "baering"), [6]);
    assert_eq!(found(&index, "vlave"), [4, 5]);
    assert_eq!(found(&index, "bol"), [1, 2], "a beginning, not a slip of another word");
    assert_eq!(found(&index, "nuts"), [], "four letters are too few for slips");
    assert_eq!(found(&index, "BV-DN51"), [], "codes are meant as typed");
}

#[test]
fn languages_and_accents() {
    let index = filled();
    for query in ["śruba", "sruba", "ŚRUBA", "śruba sześciokątna"] {
        assert_eq!(found(&index, query), [1, 2], "{query}");
    }
    assert_eq!(found(&index, "lozysko kulkowe"), [6]);
    let first = |language, query| index.search(query, &Options::new(language)).unwrap().ids[0].uuid().as_u128();
    let both = ProductIndex::open(None).unwrap();
    both.upsert(&[doc(1, "A", "Klucz", "Key", "", ALL), doc(2, "B", "Key", "Klucz", "", ALL)]).unwrap();
    both.commit("1").unwrap();
    assert_eq!(first(Language::En, "śruba"), 1);
    let first = |language| both.search("klucz", &Options::new(language)).unwrap().ids[0].uuid().as_u128();
    assert_eq!((first(Language::En), first(Language::Pl)), (1, 2));
}

#[test]
fn categories_and_pages() {
    let index = filled();
    let valves = Options { category: Some(VALVES), ..Options::new(Language::En) };
    assert_eq!(numbers(&index.search("steel", &valves).unwrap().ids), [4]);
    let all = Options { category: Some(ALL), limit: 2, ..Options::new(Language::En) };
    let first = index.search("steel", &all).unwrap();
    let second = index.search("steel", &Options { offset: 2, ..all }).unwrap();
    assert_eq!((first.total, first.ids.len(), second.total, second.ids.len()), (4, 2, 4, 2));
    assert!(first.ids.iter().all(|id| !second.ids.contains(id)));
    let none = index.search("steel", &Options { limit: 0, ..all }).unwrap();
    assert_eq!((none.total, none.ids.len()), (4, 0));
    let far = index.search("steel", &Options { offset: usize::MAX, limit: usize::MAX, ..all }).unwrap();
    assert_eq!((far.total, far.ids.len()), (4, 0));
    let elsewhere = Options { category: Some(CategoryId::from_uuid(Uuid::from_u128(9))), ..all };
    assert_eq!(index.search("BV-DN50", &elsewhere).unwrap().total, 0);
}

#[test]
fn changes_show_after_commit_and_the_cursor_with_them() {
    let index = filled();
    assert_eq!(index.cursor().unwrap().as_deref(), Some("1"));
    let renamed = doc(5, "BV-DN65", "Gate valve DN65", "Zasuwa DN65", "", VALVES);
    index.upsert(std::slice::from_ref(&renamed)).unwrap();
    index.remove(&[ProductId::from_uuid(Uuid::from_u128(6)), ProductId::from_uuid(Uuid::from_u128(99))]).unwrap();
    assert_eq!((found(&index, "gate"), found(&index, "bearing")), (vec![], vec![6]));
    index.commit("7:42").unwrap();
    assert_eq!((found(&index, "gate"), found(&index, "bearing")), (vec![5], vec![]));
    assert_eq!((index.cursor().unwrap().as_deref(), index.len()), (Some("7:42"), 7));
    index.commit("8").unwrap();
    assert_eq!(index.cursor().unwrap().as_deref(), Some("8"), "a cursor can move on without changes");
    index.clear().unwrap();
    index.commit("0").unwrap();
    assert!(index.is_empty());
}

/// A folder that is removed in the end.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn an_index_on_disk_is_there_again_and_a_damaged_one_is_begun_anew() {
    let folder = Folder(std::env::temp_dir().join(format!("kontor-search-{}", std::process::id())));
    let index = ProductIndex::open(Some(&folder.0)).unwrap();
    assert_eq!(index.cursor().unwrap(), None);
    for (n, sample) in samples().into_iter().enumerate() {
        index.upsert(&[sample]).unwrap();
        index.commit(&n.to_string()).unwrap();
    }
    drop(index);
    let index = ProductIndex::open(Some(&folder.0)).unwrap();
    assert_eq!((index.cursor().unwrap().as_deref(), index.len()), (Some("7"), 8));
    assert_eq!(found(&index, "bearing"), [6]);
    drop(index);
    std::fs::write(folder.0.join(format!("products-{}/meta.json", crate::schema::VERSION)), "{ broken").unwrap();
    let index = ProductIndex::open(Some(&folder.0)).unwrap();
    assert_eq!((index.cursor().unwrap(), index.len()), (None, 0));
}

#[test]
fn attack_m9_an_index_cut_short_is_begun_anew() {
    let folder = Folder(std::env::temp_dir().join(format!("kontor-search-cut-{}", std::process::id())));
    let dir = folder.0.join(format!("products-{}", crate::schema::VERSION));
    let fill = || {
        let index = ProductIndex::open(Some(&folder.0)).unwrap();
        index.upsert(&samples()).unwrap();
        index.commit("1").unwrap();
    };
    fill();
    let files = || std::fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = files().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    let kinds: std::collections::BTreeSet<String> =
        names.iter().filter_map(|name| name.rsplit_once('.')).map(|(_, kind)| kind.to_owned()).collect();
    assert!(kinds.len() > 3, "{names:?}");
    for kind in kinds {
        // Each kind of file of its own, cut in half and emptied.
        for keep in [2, u64::MAX] {
            let hit = files().find(|path| path.extension().is_some_and(|ext| ext.to_string_lossy() == kind)).unwrap();
            let bytes = std::fs::read(&hit).unwrap();
            let length = bytes.len() / usize::try_from(keep).unwrap_or(usize::MAX).max(1);
            std::fs::write(&hit, &bytes[..length]).unwrap();
            let index = ProductIndex::open(Some(&folder.0)).unwrap_or_else(|e| panic!("{kind} cut to {length}: {e}"));
            // What is left is whole, or is filled again; a search never fails on it.
            let _ = index.search("valve", &Options::new(Language::En)).map_err(|e| panic!("{kind}: {e}"));
            drop(index);
            std::fs::remove_dir_all(&dir).unwrap();
            fill();
        }
    }
    std::fs::remove_dir_all(&dir).unwrap();
    std::fs::write(&dir, "a file in the place of the folder").unwrap();
    assert_eq!(ProductIndex::open(Some(&folder.0)).unwrap().cursor().unwrap(), None);
}

#[test]
fn fault_r6_the_middle_and_the_end_of_a_sku_are_found() {
    let index = ProductIndex::open(None).unwrap();
    let mut bearing = doc(4, "SKF-1", "Bearing", "Łożysko", "", ALL);
    bearing.mpn = Some("NJ-203-ECP".into());
    index
        .upsert(&[
            doc(1, "BV-INS114-SS", "Insulated valve", "Zawór", "", VALVES),
            doc(2, "WAG-0707-60", "Terminal", "Złączka", "", ALL),
            doc(3, "6ES7214-1AG40-0XB0", "Controller", "Sterownik", "", ALL),
            bearing,
        ])
        .unwrap();
    index.commit("1").unwrap();
    for (query, want) in [
        ("INS114", 1),
        ("ins114-ss", 1),
        ("0707-60", 2),
        ("0707", 2),
        ("214-1AG40", 3),
        ("0xb0", 3),
        ("203-ecp", 4),
        ("bearing 203ecp", 4),
    ] {
        assert_eq!(find(&index, query), [want], "{query}");
        assert_eq!(numbers(&index.suggest(query, 5).unwrap()), [want], "{query} while typing");
    }
    assert_eq!(find(&index, "XYZ114"), []);
    let known = filled();
    assert_eq!(find(&known, "BV-DN50").first(), Some(&4), "a whole code comes before parts of others");
}

#[test]
fn fault_d4_decomposed_letters_find_the_same() {
    let index = filled();
    for query in ["s\u{301}ruba", "s\u{301}ruba szes\u{301}ciok\u{105}tna", "\u{feff}śruba", "śru\u{ad}ba"] {
        assert_eq!(found(&index, query), [1, 2], "{query:?}");
    }
    let names = ProductIndex::open(None).unwrap();
    names.upsert(&[doc(1, "A", "Zawo\u{301}r", "Zawo\u{301}r", "", ALL)]).unwrap();
    names.commit("1").unwrap();
    assert_eq!(
        (found(&names, "zawór"), found(&names, "zawo\u{301}r"), found(&names, "zawor")),
        (vec![1], vec![1], vec![1])
    );
}

#[test]
fn anything_may_be_typed() {
    let index = filled();
    let long = "valve ".repeat(2_000);
    let word = "v".repeat(10_240);
    for query in [
        "\"",
        "'",
        "((",
        "[a TO b]",
        "name_en:valve",
        "+-&&||!(){}^~*?:\\/",
        "a AND OR NOT",
        "*",
        "?",
        "\0\u{1}\u{7f}",
        "\u{202e}\u{feff}",
        "id:00000000-0000-0000-0000-000000000004",
        "x x x",
        "1x",
        "🦀",
        "阀门",
        "",
        " ",
        &long,
        &word,
        "valve~99",
        "'; DROP TABLE product; --",
        "-",
        "e\u{301}\u{301}\u{301}",
    ] {
        index.search(query, &Options::new(Language::Pl)).unwrap();
        index.suggest(query, 10).unwrap();
    }
    assert_eq!(found(&index, "\"ball\" (valve) [brass]"), [5]);
}
