//! Versions: drafted, checked, published once, kept.

use db::testing::TestDb;
use kernel::{Rate, Role};

use super::{PolicyState, actions, queries, rules};
use crate::engine::{Policy, PolicyFault};
use crate::tests::{World, code, migrations};

#[tokio::test]
async fn drafts_are_published_and_never_change() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let (pia, ann) = (&world.person(3, 0), &world.person(0, 0));
        assert!(pia.actor.roles.has(Role::PricingManager));
        let save = async |ctx: &kernel::Ctx, read: Option<i64>, policy: &Policy| {
            test.db.write(|tx| async move { actions::save_draft(&tx, ctx, read, policy.clone()).await }).await
        };
        let publish = async |read: i64, note: &str| {
            test.db.write(|tx| async move { actions::publish(&tx, pia, read, note).await }).await
        };
        assert_eq!(code(publish(1, "why").await), "policy-no-draft");
        let mut policy = Policy::starter();
        assert_eq!(code(save(ann, None, &policy).await), "not-allowed");
        let draft = save(pia, None, &policy).await.unwrap();
        assert_eq!((draft.number, draft.policy.version, draft.state), (2, 2, PolicyState::Draft));
        assert_eq!(code(publish(draft.version, "same").await), "policy-nothing-changed");
        policy.plain.from = Rate::percent(4);
        assert_eq!(code(save(pia, None, &policy).await), "policy-draft-changed");
        let draft = save(pia, Some(draft.version), &policy).await.unwrap();
        policy.margins[1].floor = Rate::percent(50);
        let wrong = save(pia, Some(draft.version), &policy).await;
        assert_eq!(code(wrong), "margins[1].floor: policy-floor-above-target");
        assert_eq!(code(publish(draft.version, " ").await), "note: required");
        assert_eq!(code(publish(draft.version + 1, "x").await), "policy-draft-changed");
        assert_eq!(code(publish(draft.version, "A little more at once.").await), "done");
        let tx = test.db.read().await.unwrap();
        let all: Vec<_> = queries::all(&tx).await.unwrap().iter().map(|v| (v.number, v.state.code())).collect();
        assert_eq!(all, [(2, "published"), (1, "retired")]);
        assert_eq!(queries::published(&tx).await.unwrap().policy.plain.from, Rate::percent(4));
        assert_eq!(queries::by_number(&tx, 1).await.unwrap().unwrap().policy, Policy::starter());
        drop(tx);
        let setup = test.db.write(|tx| async move { actions::setup(&tx, pia).await });
        assert_eq!(code(setup.await), "done", "it is set up already");
        test.remove().await;
    }
}

#[test]
fn every_fault_has_a_sentence() {
    let keys = i18n::keys(i18n::Language::En);
    for fault in [
        "no-general-row",
        "duplicate-row",
        "floor-above-target",
        "out-of-range",
        "falls",
        "not-sorted",
        "currency",
        "not-a-multiple",
    ] {
        let invalid = rules::invalid(&[PolicyFault { path: "x".into(), code: fault }]);
        assert_eq!(invalid.fields[0].code, format!("policy-{fault}"));
        assert!(keys.contains(&format!("invalid-policy-{fault}")), "{fault}");
    }
}

#[test]
fn the_curve_is_the_engines() {
    let rows = rules::tactic_rounds(&Policy::starter());
    let said: Vec<_> = rows.iter().map(|(n, _, margin, plain)| (*n, margin.to_percent(), plain.to_percent())).collect();
    assert_eq!(said.len(), 4);
    assert_eq!(said[0], (1, "16".into(), "3.2".into()));
    assert_eq!(said[3], (4, "8".into(), "6".into()));
}

#[test]
fn a_policy_survives_its_form() {
    for language in i18n::Language::ALL {
        let (policy, locale) = (Policy::starter(), i18n::Locale::new(language, "Europe/Warsaw"));
        let form = super::form::of(&policy, &locale);
        let mut fields = web::Fields::default();
        for name in super::form::names(&policy) {
            fields.0.insert(name.clone(), form.value(&name).to_owned());
        }
        let (read, _) = super::form::read(&fields, &policy).unwrap_or_else(|invalid| panic!("{invalid:?}"));
        assert_eq!(read, policy, "{}", language.code());
    }
}
