//! Segments and countries that nobody can have are refused where they are typed.

use db::testing::TestDb;
use kernel::Invalid;
use negotiation_engine::{CustomerCondition, Policy};
use parties::companies::Word;

use super::super::{actions, queries, words};
use crate::testing::{World, code};
use crate::tests::migrations;

fn said(invalid: &Invalid) -> Vec<String> {
    invalid.fields.iter().map(|error| format!("{}: {} {}", error.field, error.code, error.args[0].1)).collect()
}

#[tokio::test]
async fn a_policy_names_only_what_customers_can_have() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let db = &test.db;
        let condition = |text: &str| Some(CustomerCondition::parse(text).unwrap());
        let mut policy = Policy::starter();
        policy.eligibility.segments = vec!["standard".into(), "standart".into()];
        policy.eligibility.customers =
            condition("customer.country in ['PL', 'POL'] || !(customer.segment == 'reseller')");
        policy.eligibility.person = condition("customer.country != 'Polska' && customer.segment == 'reseller'");
        let unknown = queries::unknown_words(&db.read().await.unwrap(), &policy).await.unwrap();
        let want = [
            "eligibility.customers: policy-unknown-segment reseller",
            "eligibility.segments: policy-unknown-segment standart",
            "eligibility.customers: policy-unknown-country POL",
            "eligibility.person: policy-unknown-country Polska",
        ];
        assert_eq!(said(&unknown), want);
        let (pia, wrong) = (&world.person(3, 0), &policy);
        let save = async |policy: &Policy| {
            db.write(|tx| async move { actions::save_draft(&tx, pia, None, policy.clone()).await }).await
        };
        assert_eq!(code(save(wrong).await), "eligibility.customers: policy-unknown-segment");

        // A new segment is an act of its own; after it the policy may name it.
        let ctx = &world.ctx;
        let add = |word| {
            db.write(
                move |tx| async move { parties::companies::actions::add_word(&tx, ctx, Word::Segment, word).await },
            )
        };
        add("reseller").await.unwrap();
        policy.eligibility.segments = vec!["standard".into()];
        policy.eligibility.customers =
            condition("customer.country in ['PL', 'DE'] || !(customer.segment == 'reseller')");
        policy.eligibility.person = None;
        assert_eq!(code(save(&policy).await), "done");

        let alone =
            words::unknown_in(&db.read().await.unwrap(), "segment", "customer.segment == 'resellers'").await.unwrap();
        assert_eq!(said(&alone), ["segment: policy-unknown-segment resellers"]);
        test.remove().await;
    }
}

#[tokio::test]
async fn what_is_in_force_may_stay() {
    let test = TestDb::sqlite(&migrations()).await;
    let mut policy = Policy::starter();
    policy.eligibility.segments_blocked = vec!["long gone".into()];
    let world = World::with(&test, policy.clone(), "80").await;
    let known = queries::unknown_words(&world.db.read().await.unwrap(), &policy).await.unwrap();
    assert_eq!(said(&known), Vec::<String>::new());
    policy.eligibility.segments_blocked.push("longer gone".into());
    let known = queries::unknown_words(&world.db.read().await.unwrap(), &policy).await.unwrap();
    assert_eq!(said(&known), ["eligibility.segments_blocked: policy-unknown-segment longer gone"]);
    test.remove().await;
}
