//! The same figure is the same wherever it stands: walked through in a small world with a past, in the whole demo company and,
//! in `real_data`, over a real history. Pages of every role, the JSON of the same sums, and the files beside the tables.

use std::collections::BTreeMap;

use kernel::{Instant, Role};
use kontor_tests::api::Api;
use kontor_tests::client::Client;
use kontor_tests::figures::{Bounds, Seen, Walk, compared, differing, of_json, query_of, walk};
use kontor_tests::world::{World, on_both_holding, whole, with_past};
use serde_json::{Value, json};
use sheets::Cell;

const OFFICE: [&str; 6] =
    ["/office/tracking", "/office/buyer-model", "/desk", "/office/orders", "/office/tracking/negotiations", "/office"];

/// Asks, takes an offer and gives it; `None` when the rules offer nothing.
fn agree(buyer: &Api, sku: &str, quantity: &str, price: &str) -> Option<Value> {
    let line = json!({ "product": sku, "quantity": quantity, "price": price });
    let asked = buyer.call("open_negotiation", json!({ "lines": [line] }));
    let offer = asked["offers"].as_array()?.first()?.clone();
    if asked["state"] == "offered" {
        buyer.call("accept_offer", json!({ "id": asked["id"], "offer": offer["id"] }));
    }
    Some(offer)
}

/// Orders what was agreed, and gives the order's number.
fn order(buyer: &Api, offer: &Value) -> String {
    let cart = buyer.call("add_cart_deal", json!({ "offer_id": offer["id"] }));
    let company = buyer.call("own_company", json!({}));
    let address = company["addresses"].as_array().into_iter().flatten().find(|a| a["is_shipping"] == true);
    buyer.call("set_checkout", json!({ "ship_to": address.expect("an address for goods")["id"] }));
    let order = buyer.call("place_order", json!({ "seen_net": cart["net"] }));
    order["number"].as_str().expect("an order has a number").to_owned()
}

/// Something is agreed and ordered, ordered and cancelled, agreed and left, waiting; then time passes.
fn live(world: &World) {
    let (mut buyer, sku) = (world.api(&world.buyer()), world.demo.story.sku.to_string());
    let kept = agree(&buyer, &sku, "2000", "110.00").expect("an offer");
    order(&buyer, &kept);
    let left = agree(&buyer, &sku, "2000", "111.00").expect("an offer");
    world.pass(30 * Instant::DAY);
    buyer = world.api(&world.buyer());
    let cancelled = agree(&buyer, &sku, "1500", "112.00").expect("an offer");
    let number = order(&buyer, &cancelled);
    buyer.call("cancel_order", json!({ "number": number, "reason": "ordered twice" }));
    let line = json!({ "product": sku, "quantity": "50", "price": "100.00" });
    buyer.call("open_negotiation", json!({ "lines": [line], "wants_person": true }));
    assert_ne!(left["id"], kept["id"]);
}

fn walk_all(world: &World, bounds: Bounds) -> Walk {
    let mut all = Walk::default();
    let rep = world.demo.story.rep.to_string();
    let people = [
        (world.staff(Role::MerchantAdmin), &OFFICE[..]),
        (world.staff(Role::PricingManager), &OFFICE[..]),
        (rep, &["/desk", "/office/tracking/summaries/mine", "/office/orders"][..]),
        (world.buyer(), &["/", "/account", "/account/credit", "/account/orders"][..]),
    ];
    for (email, starts) in people {
        let found = walk(&world.sign_in(&email), starts, bounds);
        eprintln!("{email}: {} pages, {} figures, not opened: {:?}", found.pages.len(), found.seen.len(), found.broken);
        all.seen.extend(found.seen);
        all.pages.extend(found.pages);
    }
    all
}

/// The same sums as JSON, for every scope of results that was seen.
fn in_json(world: &World, seen: &[Seen]) -> Vec<Seen> {
    let mut scopes: Vec<&str> =
        seen.iter().filter(|one| one.figure == "ordered").map(|one| one.scope.as_str()).collect();
    scopes.sort_unstable();
    scopes.dedup();
    let (client, token) = (world.guest(), world.token(&world.staff(Role::PricingManager)));
    let bearer = format!("Bearer {token}");
    let mut all = Vec::new();
    for scope in scopes {
        let Some(query) = query_of(scope) else { continue };
        let path = format!("/api/v1/tracking/figures?{query}");
        let answer = client.send("GET", &path, &[("authorization", &bearer)], "");
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        let sums: Value = serde_json::from_str(&answer.body).expect("JSON");
        if let Some(sum) = sums.get(0) {
            all.extend(of_json(sum, scope, &path));
        }
    }
    all
}

/// The column of a file at this place, added up in hundredths.
fn sum_of(file: &[u8], place: usize) -> i64 {
    let cents = |cell: &str| -> i64 {
        let (whole, rest) = cell.split_once('.').unwrap_or((cell, ""));
        format!("{whole}{:0<2}", rest.get(..2).unwrap_or(rest)).parse().unwrap_or(0)
    };
    let table = sheets::reading::read(file, 100_000).expect("our own file is read");
    let cells = table.rows.iter().skip(1).filter_map(|row| row.cells.get(place));
    cells.map(|cell| if let Cell::Number(text) | Cell::Text(text) = cell { cents(text) } else { 0 }).sum()
}

/// Tables by group, and the list of negotiations, add up in their files to what the overview says.
fn in_files(client: &Client, seen: &[Seen]) -> Vec<String> {
    let total = |figure: &str| {
        let of = seen
            .iter()
            .find(|one| one.figure == figure && one.scope.starts_with("results ") && !one.scope.contains('='));
        of.map(|one| one.value.replace('.', "").parse::<i64>().expect("an amount"))
    };
    let query = seen.iter().find(|one| one.scope.starts_with("results ") && !one.scope.contains('='));
    let query = query.and_then(|one| query_of(&one.scope)).expect("the overview was seen");
    let mut wrong = Vec::new();
    let files = [
        ("reports/asks/categories", 8, 9),
        ("reports/asks/sizes", 8, 9),
        ("reports/people/segments", 8, 9),
        ("reports/people/reps", 8, 9),
        ("reports/outcomes/reasons", 8, 9),
        ("reports/outcomes/policies", 8, 9),
        ("negotiations", 7, 8),
    ];
    for ((file, agreed, ordered), kind) in files.into_iter().flat_map(|file| [(file, "csv"), (file, "xlsx")]) {
        let path = format!("/office/tracking/{file}.{kind}?{query}");
        let answer = client.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        let sums = [("agreed", sum_of(&answer.bytes, agreed)), ("ordered", sum_of(&answer.bytes, ordered))];
        for (figure, sum) in sums.into_iter().filter(|(figure, sum)| total(figure) != Some(*sum)) {
            wrong.push(format!("{figure} adds up to {sum} in {path}, the overview says {:?}", total(figure)));
        }
    }
    wrong
}

/// Walks, compares, and says how many figures stood in several places.
fn agree_everywhere(world: &World, bounds: Bounds) -> (usize, BTreeMap<String, usize>) {
    let mut found = walk_all(world, bounds);
    let manager = world.sign_in(&world.staff(Role::PricingManager));
    let wrong = in_files(&manager, &found.seen);
    found.seen.extend(in_json(world, &found.seen));
    let mut wrong = [differing(&found.seen), wrong].concat();
    wrong.truncate(40);
    assert!(wrong.is_empty(), "figures differ:\n{}", wrong.join("\n"));
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    found.seen.iter().for_each(|one| *kinds.entry(one.figure.clone()).or_default() += 1);
    (compared(&found.seen), kinds)
}

#[test]
fn figures_agree_on_every_page() {
    on_both_holding(
        |begin| with_past(begin, 5),
        |world| {
            live(world);
            let (compared, kinds) = agree_everywhere(world, Bounds { pages: 220, alike: 10 });
            eprintln!("{compared} figures in several places: {kinds:?}");
            assert!(compared > 300, "a walk that compares nothing proves nothing: {kinds:?}");
            for figure in ["ordered", "lapsed", "agreed", "offers-made", "orders-open", "credit-free", "revenue-year"] {
                assert!(kinds.contains_key(figure), "{figure} was seen nowhere: {kinds:?}");
            }
            let api = world.api(&world.staff(Role::PricingManager));
            let known = api.call("list_figures", json!({}));
            let known: Vec<&str> =
                known.as_array().into_iter().flatten().filter_map(|one| one["code"].as_str()).collect();
            assert!(kinds.keys().all(|code| known.contains(&code.as_str())), "every figure is explained: {kinds:?}");
        },
    );
}

#[test]
#[ignore = "makes the whole demo company"]
fn figures_agree_in_the_demo_company() {
    on_both_holding(whole, |world| {
        let (compared, kinds) = agree_everywhere(world, Bounds { pages: 600, alike: 25 });
        eprintln!("{compared} figures in several places: {kinds:?}");
        assert!(compared > 500, "a walk that compares nothing proves nothing: {kinds:?}");
    });
}
