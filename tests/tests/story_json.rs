//! The main job over JSON, by a program that knows nothing but the OpenAPI document: ask for 110 instead of 120, be told
//! to order 2,000 more, accept, order; and what the rules do not cover is decided on the desk.

use kernel::Role;
use kontor_tests::api::Api;
use kontor_tests::world::{World, on_both};
use serde_json::{Value, json};

/// Decimal text without the zeros that say nothing.
fn plain(text: &Value) -> String {
    let text = text.as_str().unwrap_or_default();
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text.to_owned() }
}

fn ask(api: &Api, world: &World, quantity: &str, price: &str) -> Value {
    let line = json!({ "product": world.demo.story.sku.to_string(), "quantity": quantity, "price": price });
    api.call("open_negotiation", json!({ "lines": [line] }))
}

#[test]
fn order_more_and_pay_less() {
    on_both(|world| {
        let buyer = world.api(&world.buyer());
        let asked = ask(&buyer, world, "2000", "110.00");
        assert_eq!(asked["state"], "offered", "{asked:#}");
        let offers = asked["offers"].as_array().expect("offers");
        let more = offers
            .iter()
            .find(|o| plain(&o["lines"][0]["quantity"]) == "4000" && plain(&o["lines"][0]["price"]) == "110");
        let more = more.unwrap_or_else(|| panic!("nobody offers 4,000 at 110: {offers:#?}"));

        let agreed = buyer.call("accept_offer", json!({ "id": asked["id"], "offer": more["id"] }));
        assert_eq!(agreed["state"], "agreed");
        let cart = buyer.call("add_cart_deal", json!({ "offer_id": more["id"] }));
        assert_eq!(plain(&cart["net"]), "440000", "{cart:#}");

        let company = buyer.call("own_company", json!({}));
        let address = company["addresses"].as_array().into_iter().flatten().find(|a| a["is_shipping"] == true);
        buyer.call(
            "set_checkout",
            json!({ "ship_to": address.expect("an address for goods")["id"], "po_number": "4500129" }),
        );
        let key = json!({ "Idempotency-Key": "story-1", "seen_net": cart["net"] });
        let order = buyer.call("place_order", key.clone());
        let again = buyer.call("place_order", key);
        assert_eq!(order["number"], again["number"], "a repeated submit is harmless");

        let kept = buyer.call("get_order", json!({ "number": order["number"] }));
        assert_eq!(plain(&kept["lines"][0]["price"]), "110");
        assert_eq!(plain(&kept["lines"][0]["list_price"]), "120");
        assert!(!kept["lines"][0]["negotiation"].is_null(), "the line remembers the negotiation: {kept:#}");
    });
}

#[test]
fn a_person_decides_what_the_rules_do_not() {
    // A small deal, which the rep may decide alone.
    on_both(|world| {
        let buyer = world.api(&world.buyer());
        let line = json!({ "product": world.demo.story.sku.to_string(), "quantity": "50", "price": "114.00" });
        let asked = buyer.call("open_negotiation", json!({ "lines": [line], "wants_person": true }));
        assert_eq!(asked["state"], "waiting", "{asked:#}");
        assert!(asked["answer_by"].is_string(), "an answer is promised: {asked:#}");

        let rep = world.api(&world.demo.story.rep.to_string());
        let version = rep.call("get_case", json!({ "id": asked["id"] }))["version"].clone();
        let approval = json!({ "id": asked["id"], "version": version, "message": "With pleasure." });
        let refused = buyer.ask("approve_case", approval.clone());
        assert_eq!((refused.status, refused.code()), (403, "not-allowed"));
        rep.call("approve_case", approval.clone());
        // What a person approves is what was asked for, so nothing is left to be accepted.
        let answered = buyer.call("get_negotiation", json!({ "id": asked["id"] }));
        assert_eq!(answered["state"], "agreed", "{answered:#}");
        let deal = &answered["offers"][0];
        assert_eq!(plain(&deal["lines"][0]["price"]), "114");
        let cart = buyer.call("add_cart_deal", json!({ "offer_id": deal["id"] }));
        assert_eq!(plain(&cart["net"]), "5700", "{cart:#}");

        let late = rep.ask("approve_case", approval);
        assert_eq!(late.status, 409, "it is decided: {:#}", late.body);
        let manager = world.api(&world.staff(Role::PricingManager));
        assert_eq!(manager.ask("get_negotiation", json!({ "id": asked["id"] })).status, 403, "staff do not buy");
    });
}

#[test]
fn freight_is_charged_told_and_kept() {
    on_both(|world| {
        let manager = world.api(&world.staff(Role::PricingManager));
        let mut costs = manager.call("get_cost_model", json!({}));
        costs["freight_charge"] = json!("25.00");
        costs["freight_free_from"] = json!("10000.00");
        let wanted = json!({ "model": costs, "reason": "carriers charge us too" });
        let change = manager.call("set_cost_model", wanted);
        assert_eq!(change["is_in_force"], false, "a second person has to confirm it");
        let admin = world.api(&world.staff(Role::MerchantAdmin));
        admin.call("approve_cost_model", json!({ "id": change["change"] }));

        let buyer = world.api(&world.buyer());
        let line = json!({ "sku": world.demo.story.sku.to_string(), "quantity": "50" });
        let added = buyer.call("add_cart_line", line);
        let cart = buyer.call("get_current_cart", json!({}));
        let told = json!({
            "net": "25.00", "reason": "charged", "usual": "25.00", "free_from": "10000.00", "to_go": "4000.00"
        });
        assert_eq!((&cart["freight"], &cart["goods_net"], &cart["net"]), (&told, &json!("6000.00"), &json!("6025.00")));
        let more = buyer.call("change_cart_line", json!({ "id": added["id"], "quantity": "100" }));
        assert_eq!((&more["freight"]["reason"], &more["net"]), (&json!("value"), &json!("12000.00")), "{more:#}");
        buyer.call("change_cart_line", json!({ "id": added["id"], "quantity": "50" }));

        let company = buyer.call("own_company", json!({}));
        let address = company["addresses"].as_array().into_iter().flatten().find(|a| a["is_shipping"] == true);
        buyer.call("set_checkout", json!({ "ship_to": address.expect("an address for goods")["id"] }));
        let refused = buyer.ask("place_order", json!({ "seen_net": "6000.00" }));
        assert_eq!((refused.status, refused.code()), (409, "order-price-changed"));
        let order = buyer.call("place_order", json!({ "seen_net": "6025.00" }));
        let kept = buyer.call("get_order", json!({ "number": order["number"] }));
        let sums = [&kept["goods_net"], &kept["freight_net"], &kept["net"]];
        assert_eq!(sums, [&json!("6000.00"), &json!("25.00"), &json!("6025.00")]);
    });
}
