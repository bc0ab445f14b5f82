//! What only the seller knows never reaches a buyer: odd numbers are planted and every byte is searched for them. The same
//! walk shows that pages and JSON work.

use db::testing::TestDb;
use kernel::Rate;
use negotiation_engine::Policy;
use terms::testing::Answer;

use super::{NO_COST, Server, VALVE, World, migrations, serve};

/// The cost 83.137913, a floor of 8.1359 %, a target of 16.2467 %, as they could be written anywhere.
const PLANTED: [&str; 8] = ["137913", "83.13", "83,13", "81359", "8.1359", "162467", "16.2467", "below-floor"];

fn policy() -> Policy {
    let mut policy = Policy::starter();
    policy.margins[0].floor = Rate::from_ppm(81_359);
    policy.margins[0].target = Rate::from_ppm(162_467);
    policy
}

/// Checks one answer to a buyer.
#[track_caller]
fn sealed(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{}", answer.body);
    let text = answer.bytes();
    for planted in PLANTED {
        assert!(!text.contains(planted), "{planted} in {text}");
    }
    for word in ["margin", "pocket", "floor", "trace", "waterfall", "authority", "rationale", "demanded", "\u{27e6}"] {
        assert!(!text.to_lowercase().contains(word), "{word} in {text}");
    }
}

#[tokio::test]
async fn buyers_see_nothing_of_the_sellers_own() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::with(&test, policy(), "83.137913").await;
    let server = serve(&world, &test.db).await;
    let valve = world.products[VALVE];

    // The form: an error at its field, then offers, by page, by htmx and by JSON.
    let fields = |quantity: &str, price: &str| format!("product={valve}&quantity={quantity}&price={price}&back=/p/P-0");
    let wrong = server.hx("kerstin", "/negotiations", &fields("2030", "1,1,0")).await;
    sealed(&wrong, 422);
    assert!(wrong.body.contains("value=\"1,1,0\"") && wrong.body.contains("aria-invalid"), "{}", wrong.body);
    let other = server.form("kerstin", "/negotiations", &fields("2000", "110+USD")).await;
    sealed(&other, 422);
    assert!(other.body.contains("Write the price in EUR") && other.body.contains("<h1>"), "{}", other.body);
    let asked = server.form("kerstin", "/negotiations", &fields("2,000", "110.00")).await;
    sealed(&asked, 303);
    assert!(asked.head.contains("location: /p/P-0#deal"), "{}", asked.head);

    let list = server.get("kerstin", "/api/v1/negotiations").await;
    sealed(&list, 200);
    let json: serde_json::Value = serde_json::from_str(&list.body).unwrap();
    let id = json["negotiations"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(json["negotiations"][0]["offers"][0]["sentence"], "Order 2,000 more (4,000 in all) and pay 110.00.");
    let panel = server.get("kerstin", &format!("/negotiations/{id}/panel?back=/p/P-0")).await;
    sealed(&panel, 200);
    for text in ["Order more", "4,000 pc in all, 2,000 more", "you save 40,000.00", "Talk to a person", "Round 1 of 4"]
    {
        assert!(panel.body.contains(text), "{text} in {}", panel.body);
    }
    let again = "{\"lines\":[{\"product\":\"P-0\",\"quantity\":\"2000\",\"price\":\"112\"}]}".to_string();
    sealed(&server.json("kerstin", &format!("/api/v1/negotiations/{id}/rounds"), &again).await, 200);

    // A person has it: suggestions are not the buyer's yet.
    sealed(&server.hx("kerstin", &format!("/negotiations/{id}/handover"), "back=/p/P-0").await, 200);
    for path in ["/account/negotiations", &format!("/account/negotiations/{id}"), &format!("/api/v1/negotiations/{id}")]
    {
        sealed(&server.get("kerstin", path).await, 200);
        let stranger = server.get("olga", path).await;
        assert!(stranger.status == 404 || !stranger.body.contains(&id), "{path}: {}", stranger.body);
    }
    the_desk_answers(&server, &id).await;
    for path in ["/account/negotiations", &format!("/account/negotiations/{id}"), &format!("/api/v1/negotiations/{id}")]
    {
        sealed(&server.get("kerstin", path).await, 200);
    }
    takes_the_counteroffer(&server, &id).await;
    without_a_cost(&server, &world).await;
    test.remove().await;
}

/// The desk sees all of it, live margin included, and counters.
async fn the_desk_answers(server: &Server, id: &str) {
    let case = server.get("ann", &format!("/desk/{id}")).await;
    assert_eq!(case.status, 200, "{}", case.body);
    for text in ["83.14", "8.14", "From list to pocket", "Why the shop did not decide alone", "wf-gain"] {
        assert!(case.body.contains(text), "{text} in {}", case.body);
    }
    assert!(!case.body.contains('\u{27e6}'), "a text is missing in {}", case.body);
    let margin =
        server.get("ann", &format!("/desk/{id}/decision?typed=1&price_0=111&quantity_0=3000&payment_days=30")).await;
    assert!(margin.status == 200 && margin.body.contains('%'), "{}", margin.body);
    for path in ["/desk", "/desk/queue?whose=team", &format!("/desk/{id}/rejection"), &format!("/desk/{id}/standing")] {
        let page = server.get("ann", path).await;
        assert!(page.status == 200 && !page.body.contains('\u{27e6}'), "{path}: {}", page.body);
    }
    let json = server.get("pia", &format!("/api/v1/desk/{id}")).await;
    let case: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    let version = case["version"].as_i64().unwrap();
    assert_eq!(case["ask"]["floor"], "8.1359");
    let wrong = format!("version={version}&price_0=1,1,0&quantity_0=3000&payment_days=30&message=kept");
    let wrong = server.form("pia", &format!("/desk/{id}/counteroffer"), &wrong).await;
    assert!(wrong.status == 422 && wrong.body.contains("kept") && wrong.body.contains("1,1,0"), "{}", wrong.body);
    let fields = format!("version={version}&price_0=111&quantity_0=3000&payment_days=30&message=For+you");
    let sent = server.form("pia", &format!("/desk/{id}/counteroffer"), &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let late = server.form("pia", &format!("/desk/{id}/approval"), &format!("version={version}&answer=ask")).await;
    assert!(late.status == 409 && late.body.contains("Pia has decided this case already"), "{}", late.body);
}

async fn takes_the_counteroffer(server: &Server, id: &str) {
    let one = server.get("kerstin", &format!("/api/v1/negotiations/{id}")).await;
    let json: serde_json::Value = serde_json::from_str(&one.body).unwrap();
    assert_eq!((json["state"].as_str(), json["message"].as_str()), (Some("offered"), Some("For you")));
    let offer = json["offers"][0]["id"].as_str().unwrap();
    assert_eq!(json["offers"][0]["lines"][0]["price"], "111.00");
    let taken = server.json("kerstin", &format!("/api/v1/negotiations/{id}/offers/{offer}/acceptance"), "").await;
    sealed(&taken, 200);
    let panel = server.get("kerstin", &format!("/negotiations/{id}/panel")).await;
    sealed(&panel, 200);
    assert!(panel.body.contains("Agreed: 111.00 EUR / pc"), "{}", panel.body);
}

async fn without_a_cost(server: &Server, world: &World) {
    let product = world.products[NO_COST];
    let body = format!("{{\"lines\":[{{\"product\":\"{product}\",\"quantity\":\"1000\",\"price\":\"9\"}}]}}");
    let opened = server.json("kerstin", "/api/v1/negotiations", &body).await;
    sealed(&opened, 201);
    let json: serde_json::Value = serde_json::from_str(&opened.body).unwrap();
    assert_eq!((json["state"].as_str(), json["reason"].as_str()), (Some("waiting"), None));
    let case = server.get("pia", &format!("/desk/{}", json["id"].as_str().unwrap())).await;
    assert!(case.status == 200 && case.body.contains("No cost is known"), "{}", case.body);
    let bad =
        server.json("kerstin", "/api/v1/negotiations", "{\"lines\":[{\"product\":\"P-0\",\"quantity\":\"x\"}]}").await;
    sealed(&bad, 422);
}
