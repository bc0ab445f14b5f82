//! Conditions for their writers: known values from the data, errors with a sentence each.

use db::testing::TestDb;
use i18n::Language;
use negotiation_engine::conditions::ErrorCode;

use crate::policies::Subject;
use crate::policies::conditions::{Known, complete, examine};
use crate::policies::value::cel_code;
use crate::tests::{World, migrations};

#[tokio::test]
async fn known_values_come_from_the_data() {
    for test in TestDb::both(&migrations()).await {
        let _world = World::new(&test).await;
        let known = Known::load(&test.db.read().await.unwrap()).await.unwrap();
        assert_eq!(known.segments, ["standard"]);
        assert_eq!(known.countries, ["DE"]);
        assert_eq!(known.classes, ["A", "fixed"]);
        assert_eq!(known.categories, ["all"]);
        let inserts = |subject, text: &str| -> Vec<String> {
            complete(subject, &known, text, text.chars().count() + 1).into_iter().map(|s| s.insert).collect()
        };
        assert_eq!(inserts(Subject::Product, "product.class == ")[..2], ["'A'", "'fixed'"]);
        assert!(inserts(Subject::Customer, "customer.seg").contains(&"customer.segment".to_owned()));
        assert!(!inserts(Subject::Customer, "").iter().any(|insert| insert.starts_with("product.")));
        test.remove().await;
    }
}

#[test]
fn every_error_has_a_sentence() {
    for language in Language::ALL {
        let keys = i18n::keys(language);
        for code in ErrorCode::ALL.map(cel_code).into_iter().chain([
            "cel-incomplete",
            "cel-no-such-field",
            "cel-no-such-function",
        ]) {
            assert!(keys.contains(&format!("invalid-{code}")), "{code}");
        }
        for subject in Subject::ALL {
            for field in subject.schema().fields() {
                let key = format!("policy-cel-{}", field.name.replace(['.', '_'], "-"));
                assert!(keys.contains(&key), "{key}");
            }
        }
    }
}

#[test]
fn a_condition_is_looked_at() {
    let never = examine(Subject::Customer, "deal.lines > 3 && deal.lines < 2").unwrap();
    assert!(never.is_never);
    assert_eq!(never.rows.unwrap().len(), 2);
    assert!(examine(Subject::Customer, "deal.lines > 3 || deal.lines < 2").unwrap().rows.is_none());
    assert_eq!(examine(Subject::Customer, "deal.lines > 'a'").unwrap_err().column, 14);
}
