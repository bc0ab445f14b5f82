//! Numbers in pages, as readers of either language type them: read by the language, asked about where they could be two
//! things, and taken back as the page itself wrote them.

use std::time::Duration;

use kernel::Role;
use kontor_tests::client::Client;
use kontor_tests::page::Page;
use kontor_tests::world::{World, on_both};
use scraper::{Html, Selector};
use serde_json::json;

/// Something that is sold by the metre and has a price.
const METRES: &str = "SELECT MIN(p.sku) AS value FROM product p JOIN price r ON r.product_id = p.id
    JOIN price_list l ON l.id = r.price_list_id WHERE l.code = $1 AND p.unit = 'metre'";
const CATEGORY: &str = "SELECT c.code AS value FROM category c JOIN product p ON p.category_id = c.id WHERE p.sku = $1";

/// Makes a product of metres that is sold by the millimetre; gives its SKU.
fn by_the_millimetre(world: &World) -> String {
    let sku = world.text(METRES, "GENERAL").expect("something is sold by the metre");
    let office = world.api(&world.staff(Role::MerchantAdmin));
    let product = office.call("get_product", json!({ "sku": sku }));
    let input = json!({
        "sku": sku, "category": world.text(CATEGORY, &sku), "name": product["name"], "unit": "metre",
        "order_type": "stock", "class": "B", "pack": "1", "minimum": "0.001", "step": "0.001", "stock": "100000",
    });
    office.call("put_product", input);
    // Pages follow the event log, which an older transaction of another database keeps back on a busy server.
    let client = world.sign_in(&world.buyer());
    let is_there = || field(&client.open(&format!("/p/{sku}?quantity=0.001")), "quantity").ends_with("001");
    let is_seen = (0..200).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        is_there()
    });
    assert!(is_seen, "the pages know {sku} by the millimetre");
    sku
}

fn reader(world: &World, language: &str) -> Client {
    let client = world.sign_in(&world.buyer());
    assert_eq!(client.post_once("/settings/language", &[("language", language)]).status, 303);
    client
}

/// What stands in the first field that is meant.
fn typed(page: &Page<'_>, selector: &str) -> String {
    let document = Html::parse_document(&page.html);
    let selector = Selector::parse(selector).expect("a selector");
    document.select(&selector).next().and_then(|input| input.attr("value")).unwrap_or_default().to_owned()
}

/// What stands in the first field with this name.
fn field(page: &Page<'_>, name: &str) -> String {
    typed(page, &format!("input[name=\"{name}\"]"))
}

/// What stands in the quantity field of the cart's only line.
fn quantity_of_line(page: &Page<'_>) -> String {
    typed(page, "input[name^=\"quantity_\"]")
}

#[test]
fn fault_m1_a_quantity_is_read_by_the_language() {
    on_both(|world| {
        let sku = by_the_millimetre(world);
        for (language, typed, shown, metres) in [
            ("pl", "2,500", "2,5", "2.5"),
            ("pl", "1,125", "1,125", "1.125"),
            ("pl", "0,135", "0,135", "0.135"),
            ("en", "1.125", "1.125", "1.125"),
            ("en", "2,500", "2,500", "2500"),
        ] {
            let client = reader(world, language);
            let page = client.open(&format!("/p/{sku}?quantity={typed}"));
            assert_eq!(field(&page, "quantity"), shown, "the product page in {language}");
            let program = world.api(&world.buyer());
            program.call("create_cart", json!({ "name": typed }));
            // The very text that the page has filled in.
            let answer = client
                .post_once("/cart/lines", &[("sku", sku.as_str()), ("quantity", field(&page, "quantity").as_str())]);
            assert_eq!(answer.status, 303, "{typed} in {language}: {}", answer.body);
            let cart = program.call("get_current_cart", json!({}));
            assert_eq!(cart["lines"][0]["quantity"], json!(metres), "{typed} in {language}");
            let cart = client.open("/cart");
            assert_eq!(quantity_of_line(&cart), shown, "the cart in {language}");
        }
    });
}

#[test]
fn fault_m1_what_could_be_two_things_is_asked_back() {
    on_both(|world| {
        let sku = by_the_millimetre(world);
        for (language, typed, understood, metres) in
            [("pl", "1.125", "1,125", "1.125"), ("pl", "1,234.5", "1234,5", "1234.5"), ("en", "12,5", "12.5", "12.5")]
        {
            let client = reader(world, language);
            let program = world.api(&world.buyer());
            program.call("create_cart", json!({ "name": typed }));
            let send =
                |quantity: &str| client.post_once("/cart/lines", &[("sku", sku.as_str()), ("quantity", quantity)]);
            let answer = send(typed);
            assert_eq!(answer.status, 422, "{typed} in {language}");
            let page = Page::of(&client, answer);
            assert_eq!(field(&page, "quantity"), understood);
            page.sees(understood);
            assert_eq!(
                program.call("get_current_cart", json!({}))["lines"],
                json!([]),
                "nothing is done before it is confirmed"
            );
            assert_eq!(send(&field(&page, "quantity")).status, 303);
            assert_eq!(program.call("get_current_cart", json!({}))["lines"][0]["quantity"], json!(metres));
        }
        for typed in ["1 2", "12 34", "1 23,50"] {
            let client = reader(world, "pl");
            let answer = client.post_once("/cart/lines", &[("sku", sku.as_str()), ("quantity", typed)]);
            assert_eq!(answer.status, 422, "fault D5: {typed}");
        }
    });
}
