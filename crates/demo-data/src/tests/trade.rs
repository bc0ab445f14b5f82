use std::collections::{HashMap, HashSet};

use kernel::{Country, Instant, Role, VatId};

use super::{demo, orders};
use crate::{Channel, Ending, Lever, OrderState};

#[test]
fn companies_hold_together() {
    let demo = demo();
    assert_eq!(demo.companies.len(), 40);
    let countries: HashSet<&str> = demo.companies.iter().map(|c| c.country.as_str()).collect();
    assert!(countries.len() >= 8);
    let reps: HashSet<_> = demo.staff.iter().map(|s| &s.email).collect();
    let groups: HashSet<_> = demo.groups.iter().map(|g| g.code).collect();
    let (mut vat_ids, mut emails) = (HashSet::new(), HashSet::new());
    for company in &demo.companies {
        assert!(VatId::parse(company.vat_id.as_str()).is_ok() && vat_ids.insert(company.vat_id.as_str()));
        assert_eq!(company.vat_id.country(), company.country.as_str());
        assert!(Country::parse(company.country.as_str()).is_ok());
        assert!(reps.contains(&company.rep) && company.price_group.is_none_or(|g| groups.contains(g)));
        assert!(["volume", "optimiser", "project", "small"].contains(&company.segment));
        assert_eq!(
            company.payment_days == 0,
            company.credit_limit.minor() == 0,
            "{}: prepaid has no limit",
            company.number
        );
        assert!((2..=6).contains(&company.users.len()), "{}", company.number);
        assert!(company.users.iter().any(|u| u.role == Role::CompanyAdmin));
        let units: HashSet<_> = company.units.iter().map(|u| u.code).collect();
        assert!(company.units.iter().all(|u| u.parent.is_none_or(|parent| units.contains(parent))));
        assert!(company.addresses.iter().all(|a| units.contains(a.unit)));
        assert_eq!(company.addresses.iter().filter(|a| a.is_billing).count(), 1);
        for user in &company.users {
            assert!(emails.insert(user.email.as_str()) && user.email.as_str().ends_with(".example"));
            assert!(units.contains(user.unit) && !user.phone.is_empty());
        }
    }
    assert_eq!(demo.staff.len(), 7);
    assert_eq!(demo.staff.iter().filter(|s| s.leads_sales).count(), 1);
}

#[test]
fn two_years_of_orders() {
    let demo = demo();
    let products: HashMap<&str, _> = demo.products.iter().map(|p| (p.sku.as_str(), p)).collect();
    let companies: HashMap<&str, _> = demo.companies.iter().map(|c| (c.number, c)).collect();
    let lists: HashSet<&str> = demo.price_lists.iter().map(|l| &*l.code).collect();
    let (mut count, mut lines, mut last) = (0_i64, 0, Instant::from_micros(0));
    let (mut pairs, mut dear, mut negotiated) = (HashMap::new(), 0, HashSet::new());
    for order in orders() {
        count += 1;
        lines += order.lines.len();
        assert_eq!(order.number, format!("SO-{}", 240_000 + count), "numbers have no gaps");
        assert!(order.placed >= last || order.placed.date() > last.date() || order.placed.since(last) >= 0);
        last = order.placed;
        let company = companies[order.company];
        assert!(company.users.iter().any(|u| u.email == order.buyer && u.unit == order.unit));
        assert!(company.addresses.iter().any(|a| a.code == order.ship_to && a.is_shipping));
        assert!(order.placed.date() < demo.today && order.placed.date() >= demo.today.plus_days(-730));
        assert!(order.requested.is_none_or(|day| day > order.placed.date()));
        for line in &order.lines {
            let product = products[line.sku.as_str()];
            assert_eq!(product.packing.check(line.quantity), Ok(()), "{} in {}", line.sku, order.number);
            assert!(line.price.micros() > 0 && line.price.micros() <= line.list_price.micros());
            assert!(line.price_list.as_ref().is_none_or(|code| lists.contains(&**code)));
            assert!(line.price_list.is_some() || line.negotiation.is_some() || order.channel == Channel::Rep);
            if let Some(number) = &line.negotiation {
                assert!(negotiated.insert(number.clone()));
            }
            *pairs.entry((order.company, line.sku.clone())).or_insert(0) += 1;
            dear += i64::from(line.price.micros() < line.list_price.micros());
        }
    }
    assert!((6_000..=9_000).contains(&count), "{count} orders");
    assert!((40_000..=60_000).contains(&lines), "{lines} lines");
    assert!(pairs.values().filter(|n| **n > 1).count() * 2 > pairs.len(), "most are bought again");
    assert!(dear * 10 > i64::try_from(lines).unwrap() * 3, "prices follow the lists of the companies");
    let agreed: HashSet<_> =
        demo.negotiations.iter().filter(|n| n.agreed.is_some()).map(|n| n.case.number.clone()).collect();
    assert_eq!(negotiated, agreed, "each deal became an order");
    let open = orders().iter().filter(|order| order.state == OrderState::Open).count();
    assert!(open > 0);
}

#[test]
fn the_valve_was_bought_before_at_its_list_price() {
    let demo = demo();
    let paid: Vec<_> = orders()
        .iter()
        .filter(|order| order.company == demo.story.company)
        .flat_map(|order| &order.lines)
        .filter(|line| line.sku == demo.story.sku)
        .collect();
    assert!(paid.len() > 3);
    assert!(paid.last().unwrap().price.micros() > demo.story.price.micros(), "{:?}", paid.last());
}

#[test]
fn negotiations_of_every_ending() {
    let demo = demo();
    let products: HashMap<&str, _> = demo.products.iter().map(|p| (p.sku.as_str(), p)).collect();
    assert_eq!(demo.negotiations.len(), 300);
    let endings: std::collections::BTreeSet<Ending> = demo.negotiations.iter().map(|n| n.ending).collect();
    assert_eq!(endings.len(), 12);
    let mut numbers = HashSet::new();
    let mut levers = HashSet::new();
    for negotiation in &demo.negotiations {
        let case = &negotiation.case;
        assert!(numbers.insert(&case.number));
        let product = products[case.sku.as_str()];
        let cost = product.unit_cost.unwrap().micros();
        assert!(case.rounds.windows(2).all(|pair| pair[0].asked_at < pair[1].asked_at));
        assert!(negotiation.closed_at >= case.rounds.last().unwrap().asked_at, "{}", case.number);
        assert!(negotiation.closed_at.date() < demo.today);
        for round in &case.rounds {
            assert!(round.price.micros() < case.list_price.micros(), "{}: one asks for less", case.number);
            for offer in &round.offers {
                assert!(
                    offer.price.micros() < case.list_price.micros(),
                    "{}: {offer:?} of {}",
                    case.number,
                    case.list_price
                );
                assert_eq!(product.packing.check(offer.quantity), Ok(()));
                assert!(offer.price.micros() * 100 >= cost * 104, "{}", case.number);
            }
        }
        let is_won = matches!(
            negotiation.ending,
            Ending::AgreedAtOnce | Ending::OfferTaken | Ending::RepApproved | Ending::RepCounterTaken
        );
        assert_eq!(negotiation.agreed.is_some(), is_won);
        levers.extend(negotiation.agreed.map(|offer| offer.lever.code()));
        let by_rep = matches!(
            negotiation.ending,
            Ending::RepApproved | Ending::RepCounterTaken | Ending::RepCounterLapsed | Ending::Rejected(_)
        );
        assert_eq!(!negotiation.rationale.is_empty(), by_rep, "{}", case.number);
    }
    assert_eq!(levers.len(), [Lever::Plain, Lever::Volume, Lever::Payment].len());
    assert!(demo.negotiations.iter().filter(|n| n.case.competitor.is_some()).count() > 40);
    assert_eq!(demo.open_negotiations.len(), 12);
    assert!(demo.open_negotiations.iter().any(|n| n.promised_in_minutes < 0), "one is late");
    let hers: Vec<&str> = demo.companies.iter().filter(|c| c.rep == demo.story.rep).map(|c| c.number).collect();
    let on_her_desk = demo.open_negotiations.iter().filter(|n| hers.contains(&n.case.company)).count();
    assert!(on_her_desk >= 5, "the story's rep has {on_her_desk} cases");
    for open in &demo.open_negotiations {
        assert!(numbers.insert(&open.case.number));
        let asked = open.case.rounds.last().unwrap().asked_at;
        let escalated = demo.today.midnight().plus(-open.escalated_minutes_ago * Instant::MINUTE);
        assert!(asked <= escalated || open.case.rounds.len() > 1);
    }
}
