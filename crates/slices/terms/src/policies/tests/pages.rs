//! The pages and the JSON, as people and programs use them.

use db::testing::TestDb;
use negotiation_engine::Policy;
use serde_json::Value;

use super::{Desk, second_manager};
use crate::policies::file::to_toml;
use crate::policies::queries;
use crate::tests::serve;
use crate::tests::{World, migrations};

const PAGES: [&str; 8] = [
    "/office/policy",
    "/office/policy/draft",
    "/office/policy/draft/rules/who",
    "/office/policy/draft/rules/margins",
    "/office/policy/draft/rules/give-get",
    "/office/policy/draft/rules/tactic",
    "/office/policy/draft/rules/limits",
    "/office/policy/draft/sections",
];

fn encoded(fields: &[(&str, &str)]) -> String {
    web::query_string(fields)
}

fn body(fields: &[(String, String)]) -> String {
    encoded(&fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>())
}

/// Every field of a page's form with its value, as a browser would send it.
fn sent(html: &str) -> Vec<(String, String)> {
    let html = html.split_once("id=\"policy-form\"").unwrap().1.split_once("</form>").unwrap().0;
    let attribute = |tag: &str, name: &str| {
        let rest = tag.split_once(&format!(" {name}=\""))?.1;
        let text = rest.split_once('"')?.0.replace("&#34;", "\"").replace("&#39;", "'").replace("&#62;", ">");
        Some(text.replace("&#60;", "<").replace("&#38;", "&"))
    };
    let mut all = Vec::new();
    let flat = html.replace('\n', " ");
    for part in flat.split('<').skip(1) {
        let tag = part.split_once('>').map_or(part, |(tag, _)| tag);
        if tag.starts_with("input") {
            let Some(name) = attribute(tag, "name") else { continue };
            if !tag.contains("type=\"checkbox\"") || tag.contains(" checked") {
                all.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        } else if tag.starts_with("select") {
            all.push((attribute(tag, "name").unwrap(), String::new()));
        } else if tag.starts_with("option") && tag.contains(" selected") {
            all.last_mut().unwrap().1 = attribute(tag, "value").unwrap();
        }
    }
    // A choice in which nothing is chosen sends its first one; only rows that are empty have such.
    for (name, value) in &mut all {
        if value.is_empty() && name.ends_with(".mode") {
            *value = "consolidated".into()
        }
        if value.is_empty() && (name.ends_with("authority")) {
            *value = "rep".into()
        }
        if value.is_empty() && name.ends_with(".operator") {
            *value = "equal".into()
        }
    }
    all
}

#[tokio::test]
async fn every_page_can_be_seen_and_saved_as_it_is() {
    for test in TestDb::both(&migrations()).await {
        let mut policy = super::file::full();
        // Text areas are not read by this test's browser.
        policy.margins.retain(|row| row.condition.is_none());
        policy.eligibility.products = None;
        let world = World::with(&test, policy, "80").await;
        let server = serve(&world, &test.db).await;
        let text = server.get("pia", "/office/policy/draft/text").await;
        assert!(text.status == 200 && text.body.contains("[eligibility]"));
        for path in PAGES.into_iter().chain(["/office/policy/draft/sections/0", "/office/policy/versions/1"]) {
            let page = server.get("pia", path).await;
            assert_eq!(page.status, 200, "{path} {}", page.body);
            assert_eq!(server.get("ann", path).await.status, 403, "{path}");
            assert!(!page.body.contains("policy-f-") && !page.body.contains("policy-h-"), "{path}: a text is missing");
            if !path.contains("/rules/") && !path.ends_with("/0") {
                continue;
            }
            let fields = sent(&page.body);
            let body = body(&fields);
            let example = server.hx("pia", &format!("{path}/example"), &body).await;
            assert!(example.status == 200 && example.body.contains("worked"), "{path} {}", example.body);
            let saved = server.form("pia", path, &body).await;
            assert_eq!(saved.status, 303, "{path} {}", saved.body);
            let tx = test.db.read().await.unwrap();
            let draft = queries::draft(&tx).await.unwrap().unwrap();
            let published = queries::published(&tx).await.unwrap().policy;
            assert_eq!(Policy { version: 1, ..draft.policy }, published, "{path} changes nothing");
            drop(tx);
        }
        for path in ["/office/policy/draft/rules/fun", "/office/policy/draft/sections/7", "/office/policy/versions/7"] {
            assert_eq!(server.get("pia", path).await.status, 404, "{path}");
        }
        test.remove().await;
    }
}

#[tokio::test]
async fn a_draft_is_written_simulated_approved_and_published_in_the_browser() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let server = serve(&world, &test.db).await;
        let wrong = encoded(&[("version", ""), ("tactic.kind", "mirror"), ("tactic.exponent", "x")]);
        let page = server.form("pia", "/office/policy/draft/rules/tactic", &wrong).await;
        assert!(page.status == 422 && page.body.contains("id=\"tactic.exponent-error\""), "{}", page.body);
        let tactic = encoded(&[
            ("version", ""),
            ("tactic.kind", "mirror"),
            ("tactic.exponent", "1.5"),
            ("tactic.rounds_max", "4"),
            ("tactic.move_min", "0.25"),
            ("tactic.mirror", "50"),
            ("tactic.increment", "0.5"),
        ]);
        assert_eq!(server.form("pia", "/office/policy/draft/rules/tactic", &tactic).await.status, 303);
        assert_eq!(server.form("pia", "/office/policy/draft/rules/tactic", &tactic).await.status, 409);
        let page = server.get("pia", "/office/policy/draft").await.body;
        assert!(page.contains("by the size of moves") && page.contains("50\u{a0}%"), "{page}");
        let note = encoded(&[("version", "1"), ("note", "Looked at it.")]);
        let refused = server.form("pia", "/office/policy/draft/approval", &note).await;
        assert!(refused.status == 409 && refused.body.contains("was not simulated"), "{}", refused.body);
        let draft = queries::draft(&test.db.read().await.unwrap()).await.unwrap().unwrap();
        Desk { world: &world }.simulate(&world.person(3, 0), &draft).await.unwrap();
        let page = server.get("pia", "/office/policy/draft").await.body;
        assert!(page.contains("/office/simulations/run-1") && page.contains("Nobody else may approve it"), "{page}");
        assert_eq!(server.form("pia", "/office/policy/draft/approval", &note).await.status, 303);
        let empty = encoded(&[("version", "1"), ("note", "")]);
        assert_eq!(server.form("pia", "/office/policy/draft/publication", &empty).await.status, 422);
        assert_eq!(server.form("pia", "/office/policy/draft/publication", &note).await.status, 303);
        let page = server.get("pia", "/office/policy").await.body;
        assert!(page.contains("approved by the author, nobody else may approve"), "{page}");
        let begun = server.form("pia", "/office/policy/versions/1/draft", "").await;
        assert_eq!(begun.status, 303, "{}", begun.body);
        assert_eq!(server.form("pia", "/office/policy/versions/1/draft", "").await.status, 409);
        test.remove().await;
    }
}

#[tokio::test]
async fn conditions_are_turned_and_sections_put_in_order() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let server = serve(&world, &test.db).await;
        let page = server.get("pia", "/office/policy/draft/rules/who").await;
        let mut fields = sent(&page.body);
        let set = |fields: &mut Vec<(String, String)>, name: &str, value: &str| {
            fields.retain(|(known, _)| known != name);
            fields.push((name.into(), value.into()));
        };
        let name = "eligibility.customers";
        set(&mut fields, &format!("{name}.mode"), "text");
        set(&mut fields, name, "customer.margin > 0.1 &&\n customer.segmet == 'A'");
        let page = server.form("pia", "/office/policy/draft/rules/who", &body(&fields)).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains(" customer.segmet == &#39;A&#39;\n ^</pre>"), "the caret: {}", page.body);
        assert!(page.body.contains("Nearest: customer.segment"), "{}", page.body);
        set(&mut fields, name, "customer.segment == 'A'");
        set(&mut fields, "turn", &format!("{name}:rows"));
        let page = server.form("pia", "/office/policy/draft/rules/who", &body(&fields)).await;
        assert!(
            page.status == 200 && page.body.contains(&format!("name=\"{name}.rows.0.values\" value=\"A\"")),
            "{}",
            page.body
        );
        assert!(queries::draft(&test.db.read().await.unwrap()).await.unwrap().is_none(), "turning saves nothing");

        let add = |version: &str, name: &str, condition: &str| {
            encoded(&[("version", version), ("add", "1"), ("name", name), ("condition", condition)])
        };
        let path = "/office/policy/draft/sections";
        for (name, condition) in [("", "deal.lines > 3"), ("a", "deal.lins > 3"), ("a", ""), ("a", "false")] {
            assert_eq!(server.form("pia", path, &add("", name, condition)).await.status, 422, "{name} {condition}");
        }
        assert_eq!(server.form("pia", path, &add("", "many lines", "deal.lines > 3")).await.status, 303);
        assert_eq!(server.form("pia", path, &add("1", "large", "deal.value > 5000")).await.status, 303);
        assert_eq!(server.form("pia", path, &encoded(&[("version", "2"), ("up", "1")])).await.status, 303);
        let names = async || -> Vec<String> {
            let draft = queries::draft(&test.db.read().await.unwrap()).await.unwrap().unwrap();
            draft.policy.sections.into_iter().map(|section| section.name).collect()
        };
        assert_eq!(names().await, ["large", "many lines"]);
        assert_eq!(server.form("pia", path, &encoded(&[("version", "3"), ("removal", "0")])).await.status, 303);
        assert_eq!(names().await, ["many lines"]);
        assert_eq!(server.form("pia", path, &encoded(&[("version", "3"), ("removal", "0")])).await.status, 409);
        test.remove().await;
    }
}

#[tokio::test]
async fn the_text_is_exchanged_by_page_and_json() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let zoe = second_manager(&world).await;
        assert_ne!(zoe, world.staff[3]);
        let server = serve(&world, &test.db).await;
        let file = server.get("pia", "/office/policy/versions/1/policy.toml").await;
        assert_eq!(file.body, to_toml(&Policy::starter()));
        assert!(file.head.contains("kontor-policy-1.toml"), "{}", file.head);
        let put = async |kind: &str, path: &str, body: &str| {
            server.send("pia", "PUT", path, &format!("Content-Type: {kind}\r\n"), body).await
        };
        let text = to_toml(&Policy { proactive: true, ..Policy::starter() });
        let wrong = text.replacen("floor = \"8 %\"", "floor = \"80 %\"", 1);
        let refused = put("application/toml", "/api/v1/policies/draft", &wrong).await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.body.contains("margins[0].floor") && refused.body.contains("policy-floor-above-target"),
            "{}",
            refused.body
        );
        let saved = put("application/toml", "/api/v1/policies/draft", &text).await;
        assert_eq!(saved.status, 200, "{}", saved.body);
        let json: Value = serde_json::from_str(&saved.body).unwrap();
        assert_eq!((json["version"].as_i64(), json["state"].as_str()), (Some(1), Some("draft")));
        let body = serde_json::json!({ "version": 1, "toml": text.replacen("offers_max = 3", "offers_max = 2", 1) });
        let saved = put("application/json", "/api/v1/policies/draft", &body.to_string()).await;
        assert!(saved.status == 200 && saved.body.contains("\"offers_max\":2"), "{}", saved.body);
        assert_eq!(put("application/toml", "/api/v1/policies/draft?version=1", &text).await.status, 409);

        let shown =
            server.form("pia", "/office/policy/draft/text", &encoded(&[("version", "2"), ("text", &wrong)])).await;
        assert!(
            shown.status == 422 && shown.body.contains("margins[0].floor") && shown.body.contains("Line "),
            "{}",
            shown.body
        );
        let upload = format!(
            "--b\r\nContent-Disposition: form-data; name=\"version\"\r\n\r\n2\r\n--b\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"p.toml\"\r\n\r\n{text}\r\n--b--\r\n"
        );
        let done = server
            .send(
                "pia",
                "POST",
                "/office/policy/draft/file",
                "Content-Type: multipart/form-data; boundary=b\r\n",
                &upload,
            )
            .await;
        assert_eq!(done.status, 303, "{}", done.body);

        let post = async |path: &str, body: Value| server.json("pia", path, &body.to_string()).await;
        let looked = post(
            "/api/v1/policies/conditions/examination",
            serde_json::json!({ "subject": "product", "text": "product.class = 'A'" }),
        )
        .await;
        assert!(looked.status == 200 && looked.body.contains("\"column\":15"), "{}", looked.body);
        let next = post(
            "/api/v1/policies/conditions/completion",
            serde_json::json!({ "subject": "product", "text": "product.cl", "column": 11 }),
        );
        assert!(next.await.body.contains("\"insert\":\"product.class\""));
        let fields = server.get("pia", "/api/v1/policies/conditions/fields?subject=customer").await;
        assert!(fields.body.contains("\"values\":[\"standard\"]"), "{}", fields.body);
        assert_eq!(
            post("/api/v1/policies/conditions/examination", serde_json::json!({ "subject": "x", "text": "" }))
                .await
                .status,
            422
        );
        let refused =
            post("/api/v1/policies/draft/publication", serde_json::json!({ "version": 3, "note": "x" })).await;
        assert!(refused.status == 409 && refused.body.contains("policy-not-simulated"), "{}", refused.body);
        assert_eq!(server.send("pia", "DELETE", "/api/v1/policies/draft", "", "").await.status, 204);
        let begun = post("/api/v1/policies/versions/1/draft", Value::Null).await;
        assert_eq!(begun.status, 201, "{}", begun.body);
        test.remove().await;
    }
}
