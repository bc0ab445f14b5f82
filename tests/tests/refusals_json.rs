//! What is not done, and how it is said: refusals that need a whole world, by their codes, over JSON and on both databases.
//! Those of a single rule are tested beside it.

use kernel::{Instant, Role};
use kontor_tests::api::Api;
use kontor_tests::world::{World, on_both};
use serde_json::{Value, json};

/// A product that the textbook customer has no quarrel about, and pieces of it that make a pack.
const PLAIN: &str = "SELECT MIN(p.sku) AS value FROM product p JOIN price r ON r.product_id = p.id
    JOIN price_list l ON l.id = r.price_list_id
    WHERE l.code = $1 AND p.unit = 'piece' AND p.minimum = 1000 AND p.step = 1000";

fn refused(api: &Api, operation: &str, input: Value) -> (u16, String) {
    let reply = api.ask(operation, input);
    (reply.status, reply.code().to_owned())
}

fn conflict(code: &str) -> (u16, String) {
    (409, code.to_owned())
}

fn deal(buyer: &Api, world: &World) -> Value {
    let line = json!({ "product": world.demo.story.sku.to_string(), "quantity": "2000", "price": "110.00" });
    buyer.call("open_negotiation", json!({ "lines": [line] }))
}

#[test]
fn carts() {
    on_both(|world| {
        let buyer = world.api(&world.buyer());
        let company = buyer.call("own_company", json!({}));
        let address = company["addresses"].as_array().into_iter().flatten().find(|a| a["is_shipping"] == true);
        let checkout = json!({ "ship_to": address.expect("an address")["id"], "po_number": "1" });
        assert_eq!(refused(&buyer, "set_checkout", checkout), conflict("cart-none"));
        assert_eq!(refused(&buyer, "place_order", json!({})).0, 422, "the sum that was seen is needed");
        assert_eq!(refused(&buyer, "place_order", json!({ "seen_net": "1.00" })).0, 404);
        for number in 0..50 {
            buyer.call("create_cart", json!({ "name": format!("Site {number}") }));
        }
        assert_eq!(refused(&buyer, "create_cart", json!({ "name": "One more" })), conflict("cart-too-many"));

        let sku = world.text(PLAIN, "GENERAL").expect("a plain product");
        buyer.call("add_cart_line", json!({ "sku": sku, "quantity": "3" }));
        retire(world, &sku);
        assert_eq!(
            refused(&buyer, "add_cart_line", json!({ "sku": sku, "quantity": "1" })),
            conflict("cart-not-for-sale")
        );
        assert_eq!(refused(&buyer, "place_order", json!({ "seen_net": "1.00" })), conflict("order-line-unavailable"));
        assert_eq!(refused(&buyer, "get_order", json!({ "number": "SO-999999" })).0, 404);
    });
}

/// Takes a product off the shelf, as the office does, everything else as it was.
fn retire(world: &World, sku: &str) {
    let office = world.api(&world.staff(Role::MerchantAdmin));
    let product = office.call("get_product", json!({ "sku": sku }));
    let category = "SELECT c.code AS value FROM category c JOIN product p ON p.category_id = c.id WHERE p.sku = $1";
    let input = json!({
        "sku": sku, "category": world.text(category, sku), "name": product["name"], "unit": "piece",
        "order_type": "stock", "class": "B", "is_active": false,
    });
    office.call("put_product", input);
}

#[test]
fn deals() {
    on_both(|world| {
        let buyer = world.api(&world.buyer());
        let asked = deal(&buyer, world);
        let (id, first) = (asked["id"].clone(), asked["offers"][0]["id"].clone());
        let line = json!({ "product": world.demo.story.sku.to_string(), "quantity": "2500", "price": "109.00" });
        let again = buyer.call("ask_again", json!({ "id": id, "lines": [line] }));
        let offers = again["offers"].as_array().expect("offers");
        assert!(offers.iter().any(|offer| offer["id"] == first), "what was offered goes on standing: {again:#}");
        let more = offers.iter().max_by_key(|offer| quantity(offer)).expect("an offer");
        buyer.call("accept_offer", json!({ "id": id, "offer": more["id"] }));
        let cart = buyer.call("add_cart_deal", json!({ "offer_id": more["id"] }));
        let (line, net) = (cart["lines"][0]["id"].clone(), cart["net"].clone());
        let less = json!({ "id": line, "quantity": "50" });
        assert_eq!(refused(&buyer, "change_cart_line", less), conflict("cart-breaks-deal"));
        let broken = buyer.call("change_cart_line", json!({ "id": line, "quantity": "50", "confirmed": true }));
        assert_eq!(broken["lines"][0]["price"], broken["lines"][0]["list_price"], "{broken:#}");
        let healed = buyer.call("change_cart_line", json!({ "id": line, "quantity": more["lines"][0]["quantity"] }));
        assert_eq!(healed["net"], net, "the deal is back with its quantity");

        world.pass(60 * Instant::DAY);
        let buyer = world.api(&world.buyer());
        assert_eq!(refused(&buyer, "add_cart_deal", json!({ "offer_id": more["id"] })), conflict("cart-deal-over"));
        let stranger = world.api(&world.stranger());
        assert_eq!(refused(&stranger, "add_cart_deal", json!({ "offer_id": more["id"] })).0, 404);
    });
}

fn quantity(offer: &Value) -> i64 {
    offer["lines"][0]["quantity"].as_str().and_then(|text| text.parse().ok()).unwrap_or(0)
}

#[test]
fn people() {
    on_both(|world| {
        let buyer = world.api(&world.buyer());
        let wrong = json!({ "present": "not my password", "new_password": "correct horse battery" });
        assert_eq!(refused(&buyer, "change_password", wrong), conflict("password-wrong"));

        let asked = deal(&buyer, world);
        let seen = asked["offers"][0]["id"].clone();
        let handed = buyer.call("hand_over_negotiation", json!({ "id": asked["id"] }));
        assert_eq!(handed["state"], "waiting", "{handed:#}");
        let manager = world.api(&world.staff(Role::PricingManager));
        let version = manager.call("get_case", json!({ "id": asked["id"] }))["version"].clone();
        // What the buyer was offered by the shop is not what the shop suggests to the desk.
        let other = json!({ "id": asked["id"], "version": version, "offer_id": seen });
        assert_eq!(refused(&manager, "approve_case", other), conflict("suggestion-gone"));
    });
}

#[test]
fn every_refusal_has_a_sentence_in_every_language() {
    for language in i18n::Language::ALL {
        let keys = i18n::keys(language);
        for refusal in kontor::refusals() {
            assert!(keys.contains(&format!("refusal-{}", refusal.code)), "{} in {}", refusal.code, language.code());
        }
    }
}
