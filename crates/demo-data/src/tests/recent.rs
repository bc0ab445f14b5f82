//! What goes on just now: every key leads somewhere, and nothing lies in the future.

use std::collections::HashSet;

use kernel::Instant;

use super::demo;
use crate::{Counts, Over, Reaction};

#[test]
fn every_key_of_what_goes_on_is_known() {
    let demo = demo();
    let skus: HashSet<&str> = demo.products.iter().map(|product| product.sku.as_str()).collect();
    let people: HashSet<(&str, String)> = demo
        .companies
        .iter()
        .flat_map(|company| company.users.iter().map(|user| (company.number, user.email.to_string())))
        .collect();
    let recent = &demo.recent;
    for asked in recent.asked.iter().chain(recent.running.iter().map(|running| &running.asked)) {
        assert!(skus.contains(asked.sku.as_str()), "{}", asked.sku);
        assert!(people.contains(&(asked.company, asked.buyer.to_string())), "{}", asked.buyer);
        assert!(demo.staff.iter().any(|person| person.email == asked.rep));
        assert!(asked.price.micros() < asked.second_price.micros(), "the second ask is nearer to the list price");
        assert!(asked.at < demo.today.midnight());
        assert_ne!(asked.sku, demo.story.sku, "the textbook case is left alone");
    }
    for quote in &recent.quotes {
        assert!(people.contains(&(quote.company, quote.buyer.to_string())));
        let answers = quote.versions.iter().flat_map(|version| &version.answers);
        let named =
            quote.lines.iter().filter_map(|line| line.sku.as_ref()).chain(answers.filter_map(|a| a.sku.as_ref()));
        for sku in named {
            assert!(skus.contains(sku.as_str()), "{sku}");
        }
        assert!(quote.versions.iter().all(|version| version.answers.len() == quote.lines.len()));
    }
    for agreement in &recent.agreements {
        assert!(skus.contains(agreement.sku.as_str()));
    }
}

#[test]
fn weeks_hold_endings_of_every_kind_and_leave_the_story_alone() {
    let demo = demo();
    let asked = &demo.recent.asked;
    assert_eq!(i64::try_from(asked.len()).unwrap(), crate::recent::ASKED);
    assert!(asked.iter().all(|one| one.company != demo.story.company));
    assert!(asked.windows(2).all(|pair| pair[0].at <= pair[1].at));
    let count = |wanted: fn(&Reaction) -> bool| asked.iter().filter(|one| wanted(&one.reaction)).count();
    assert!(count(|r| matches!(r, Reaction::Takes(_))) > 15);
    assert!(count(|r| matches!(r, Reaction::AsksOnce(_))) > 5);
    assert!(count(|r| matches!(r, Reaction::Leaves)) > 3);
    assert!(count(|r| matches!(r, Reaction::Withdraws)) > 1);
}

#[test]
fn a_blanket_order_is_called_off_in_part_and_not_ahead_of_its_deal() {
    let demo = demo();
    let [rebate, commitment] = &demo.recent.running[..] else { panic!("two") };
    assert!(matches!(rebate.over, Over::Rebate { months: 12 }));
    let Over::Commitment { months, times } = commitment.over else { panic!("a commitment") };
    assert_eq!((months, times, commitment.orders.len()), (6, 6, 4));
    for running in [rebate, commitment] {
        assert!(running.orders.iter().all(|order| order.placed > running.asked.at));
        assert!(running.orders.iter().all(|order| order.lines[0].quantity == running.asked.quantity));
    }
    let days = (demo.today.midnight().micros() - commitment.asked.at.micros()) / Instant::DAY;
    assert!((90..=105).contains(&days), "{days}: in the middle of its months");
}

#[test]
fn agreements_hold_today_and_their_steps_rise() {
    let demo = demo();
    assert_eq!(demo.recent.agreements.len(), 5);
    for agreement in &demo.recent.agreements {
        assert!(agreement.valid_from <= demo.today && demo.today <= agreement.valid_until);
        let rises =
            agreement.steps.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1.micros() < pair[1].1.micros());
        assert!(rises, "{agreement:?}");
        assert!(agreement.bought > 0 && agreement.bought < agreement.steps[2].0);
        assert!(agreement.counts == Counts::Amount || agreement.bought % 1_000 == 0, "no half bearing");
    }
}

#[test]
fn the_drawing_is_a_pdf_whose_table_fits() {
    let drawing = demo().recent.quotes.iter().flat_map(|quote| &quote.lines).find_map(|line| line.drawing.as_ref());
    let text = String::from_utf8(drawing.unwrap().bytes.clone()).unwrap();
    assert!(text.starts_with("%PDF-1.4\n") && text.ends_with("%%EOF\n"));
    let table: usize = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
    assert!(text[table..].starts_with("xref\n0 6\n"));
    for (entry, number) in text[table..].lines().skip(3).take(5).zip(1..) {
        let place: usize = entry[..10].parse().unwrap();
        assert!(text[place..].starts_with(&format!("{number} 0 obj")), "{entry}");
    }
}
