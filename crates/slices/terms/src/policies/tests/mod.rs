//! Versions: drafted, simulated, approved, published once, kept.

mod conditions;
mod file;
mod form;
mod pages;
mod words;

use db::testing::TestDb;
use kernel::{Ctx, Outcome, Rate, Role, Roles, UserId};
use negotiation_engine::{Authority, Policy, PolicyFault};

use super::{PolicyState, PolicyVersion, actions, queries, rules};
use crate::tests::{World, code, migrations};

/// Somebody else who may manage policies.
async fn second_manager(world: &World) -> UserId {
    let by = &world.ctx;
    let new = &[crate::tests::member(None, "Zoe", Role::MerchantAdmin, false)];
    let made = world.db.write(|tx| async move { parties::people::actions::create_many(&tx, by, new).await });
    made.await.unwrap()[0]
}

/// The world's commands on policies, short.
struct Desk<'a> {
    world: &'a World,
}

impl Desk<'_> {
    async fn save(&self, ctx: &Ctx, read: Option<i64>, policy: &Policy) -> Outcome<PolicyVersion> {
        self.world.db.write(|tx| async move { actions::save_draft(&tx, ctx, read, policy.clone()).await }).await
    }

    async fn simulate(&self, ctx: &Ctx, draft: &PolicyVersion) -> Outcome<()> {
        let of = (draft.id, draft.version);
        let summary = r#"{"deals": 120}"#;
        self.world
            .db
            .write(|tx| async move { actions::record_simulation(&tx, ctx, of, summary, Some("run-1")).await })
            .await
    }

    async fn approve(&self, ctx: &Ctx, read: i64) -> Outcome<PolicyVersion> {
        self.world.db.write(|tx| async move { actions::approve(&tx, ctx, read, "Looked at it.").await }).await
    }

    async fn publish(&self, ctx: &Ctx, read: i64, note: &str) -> Outcome<PolicyVersion> {
        self.world.db.write(|tx| async move { actions::publish(&tx, ctx, read, note).await }).await
    }

    async fn begin_from(&self, ctx: &Ctx, number: i64) -> Outcome<PolicyVersion> {
        self.world.db.write(|tx| async move { actions::begin_from(&tx, ctx, number).await }).await
    }

    async fn discard(&self, ctx: &Ctx) -> Outcome<()> {
        self.world.db.write(|tx| async move { actions::discard(&tx, ctx).await }).await
    }

    async fn states(&self) -> Vec<(i64, &'static str)> {
        let tx = self.world.db.read().await.unwrap();
        queries::all(&tx).await.unwrap().iter().map(|v| (v.number, v.state.code())).collect()
    }
}

fn manager(world: &World, user: UserId) -> Ctx {
    let mut ctx = world.person(3, 0);
    ctx.actor.user = Some(user);
    ctx
}

#[tokio::test]
async fn a_version_goes_its_way_and_never_changes_after() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let zoe = &manager(&world, second_manager(&world).await);
        let (pia, ann) = (&world.person(3, 0), &world.person(0, 0));
        let desk = Desk { world: &world };
        assert_eq!(code(desk.publish(pia, 1, "why").await), "policy-no-draft");
        assert_eq!(code(desk.approve(pia, 1).await), "policy-no-draft");
        assert_eq!(code(desk.discard(pia).await), "policy-no-draft");
        let mut policy = Policy::starter();
        assert_eq!(code(desk.save(ann, None, &policy).await), "not-allowed");
        let draft = desk.save(pia, None, &policy).await.unwrap();
        assert_eq!((draft.number, draft.policy.version, draft.state), (2, 2, PolicyState::Draft));
        policy.plain.from = Rate::percent(4);
        assert_eq!(code(desk.save(pia, None, &policy).await), "policy-draft-changed");
        let draft = desk.save(pia, Some(draft.version), &policy).await.unwrap();
        let mut wrong = policy.clone();
        wrong.margins[1].floor = Rate::percent(50);
        let refused = desk.save(pia, Some(draft.version), &wrong).await;
        assert_eq!(code(refused), "margins[1].floor: policy-floor-above-target");

        assert_eq!(code(desk.publish(pia, draft.version, " ").await), "note: required");
        assert_eq!(code(desk.publish(pia, draft.version + 1, "x").await), "policy-draft-changed");
        assert_eq!(code(desk.publish(pia, draft.version, "x").await), "policy-not-simulated");
        assert_eq!(code(desk.approve(zoe, draft.version).await), "policy-not-simulated");
        let stale = PolicyVersion { version: draft.version - 1, ..draft.clone() };
        assert_eq!(code(desk.simulate(pia, &stale).await), "policy-draft-changed");
        desk.simulate(pia, &draft).await.unwrap();
        assert_eq!(desk.states().await[0], (2, "simulated"));
        assert_eq!(code(desk.publish(pia, draft.version, "x").await), "policy-not-approved");
        assert_eq!(code(desk.approve(pia, draft.version).await), "policy-own-approval");
        assert_eq!(code(desk.approve(ann, draft.version).await), "not-allowed");
        desk.approve(zoe, draft.version).await.unwrap();
        assert_eq!(desk.states().await[0], (2, "approved"));
        assert_eq!(code(desk.approve(zoe, draft.version).await), "policy-approved-already");
        assert_eq!(code(desk.publish(pia, draft.version, "A little more at once.").await), "done");
        assert_eq!(desk.states().await, [(2, "published"), (1, "retired")]);

        assert_eq!(code(desk.simulate(pia, &draft).await), "policy-draft-changed", "its text is closed");
        let tx = test.db.read().await.unwrap();
        assert_eq!(queries::published(&tx).await.unwrap().policy.plain.from, Rate::percent(4));
        assert_eq!(queries::by_number(&tx, 1).await.unwrap().unwrap().policy, Policy::starter());
        let course = queries::course(&tx, &queries::published(&tx).await.unwrap()).await.unwrap();
        let approval = course.approval.unwrap();
        assert_eq!(
            (approval.by, approval.note.as_str(), approval.is_own),
            (zoe.actor.user.unwrap(), "Looked at it.", false)
        );
        assert_eq!(course.simulation.unwrap().run.as_deref(), Some("run-1"));
        drop(tx);
        let setup = test.db.write(|tx| async move { actions::setup(&tx, pia, Policy::starter()).await });
        assert_eq!(code(setup.await), "done", "it is set up already");
        test.remove().await;
    }
}

#[tokio::test]
async fn a_change_asks_for_everything_again() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let zoe = &manager(&world, second_manager(&world).await);
        let (pia, desk) = (&world.person(3, 0), Desk { world: &world });
        let mut policy = Policy { proactive: true, ..Policy::starter() };
        let draft = desk.save(pia, None, &policy).await.unwrap();
        desk.simulate(pia, &draft).await.unwrap();
        desk.approve(zoe, draft.version).await.unwrap();
        let same = desk.save(pia, Some(draft.version), &draft.policy).await.unwrap();
        assert_eq!((same.version, same.state), (draft.version, PolicyState::Approved), "nothing was changed");
        policy.limits.offers_max = 2;
        let draft = desk.save(zoe, Some(draft.version), &policy).await.unwrap();
        assert_eq!(draft.state, PolicyState::Draft);
        assert_eq!(code(desk.publish(pia, draft.version, "x").await), "policy-not-simulated");
        desk.simulate(pia, &draft).await.unwrap();
        assert_eq!(code(desk.approve(zoe, draft.version).await), "policy-own-approval", "a helper is an author");
        assert_eq!(code(desk.approve(pia, draft.version).await), "policy-own-approval");
        desk.discard(pia).await.unwrap();
        assert_eq!(desk.states().await, [(1, "published")]);
        let draft = desk.save(zoe, None, &policy).await.unwrap();
        assert_eq!(draft.number, 2, "the number was never used");
        test.remove().await;
    }
}

#[tokio::test]
async fn two_authors_are_told_who_may_approve_and_the_way_out() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let zoe = &manager(&world, second_manager(&world).await);
        let (pia, desk) = (&world.person(3, 0), Desk { world: &world });
        let server = crate::tests::serve(&world, &test.db).await;
        let page = async || server.get("pia", "/office/policy/draft").await.body;
        let mut policy = Policy { proactive: true, ..Policy::starter() };
        let draft = desk.save(pia, None, &policy).await.unwrap();
        desk.simulate(pia, &draft).await.unwrap();
        let shown = page().await;
        assert!(shown.contains("May approve it, having written none of it: Zoe."), "{shown}");
        assert!(!shown.contains("so nobody can"), "{shown}");
        let people = async |read: i64| match desk.approve(pia, read).await {
            Err(kernel::Failure::Refused(refused)) => refused.args,
            other => panic!("{other:?}"),
        };
        assert!(people(draft.version).await.iter().any(|(name, value)| *name == "people" && value == "Zoe"));
        policy.limits.offers_max = 2;
        let draft = desk.save(zoe, Some(draft.version), &policy).await.unwrap();
        desk.simulate(pia, &draft).await.unwrap();
        assert!(people(draft.version).await.iter().any(|(name, value)| *name == "people" && value == "none"));
        let shown = page().await;
        let (_, stuck) = shown.split_once("so nobody can").expect("the way out is said");
        let beside = stuck.split_once("</form>").unwrap().0;
        assert!(beside.contains("action=\"/office/policy/draft/removal\""), "with its button beside it: {beside}");
        // The way out is one: whoever begins alone is approved by the other.
        desk.discard(pia).await.unwrap();
        let draft = desk.save(pia, None, &policy).await.unwrap();
        desk.simulate(pia, &draft).await.unwrap();
        desk.approve(zoe, draft.version).await.unwrap();
        assert!(!page().await.contains("May approve it"), "it is approved");
        test.remove().await;
    }
}

#[tokio::test]
async fn where_nobody_else_may_the_author_approves() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let (pia, desk) = (&world.person(3, 0), Desk { world: &world });
        let draft = desk.save(pia, None, &Policy { proactive: true, ..Policy::starter() }).await.unwrap();
        desk.simulate(pia, &draft).await.unwrap();
        desk.approve(pia, draft.version).await.unwrap();
        let tx = test.db.read().await.unwrap();
        let approved = queries::draft(&tx).await.unwrap().unwrap();
        assert!(queries::course(&tx, &approved).await.unwrap().approval.unwrap().is_own);
        drop(tx);
        desk.publish(pia, draft.version, "Offers before anyone asks.").await.unwrap();
        let back = desk.begin_from(pia, 1).await.unwrap();
        assert_eq!((back.number, back.state), (3, PolicyState::Draft));
        assert!(rules::says_the_same(&back.policy, &Policy::starter()));
        assert_eq!(code(desk.begin_from(pia, 1).await), "policy-draft-open");
        desk.discard(pia).await.unwrap();
        assert_eq!(code(desk.begin_from(pia, 9).await), "not found");
        let same = desk.begin_from(pia, 2).await.unwrap();
        desk.simulate(pia, &same).await.unwrap();
        desk.approve(pia, same.version).await.unwrap();
        assert_eq!(code(desk.publish(pia, same.version, "x").await), "policy-nothing-changed");
        test.remove().await;
    }
}

#[tokio::test]
async fn what_nobody_reaches_or_decides_is_not_published() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let (pia, desk) = (&world.person(3, 0), Desk { world: &world });
        let mut policy = Policy::starter();
        policy.routing.rows[1].impact_max = Some(Rate::percent(2));
        let draft = desk.save(pia, None, &policy).await.unwrap();
        desk.simulate(pia, &draft).await.unwrap();
        desk.approve(pia, draft.version).await.unwrap();
        let refused = desk.publish(pia, draft.version, "x").await;
        assert_eq!(code(refused), "routing.rows[1].authority: policy-unreachable");
        policy.routing.rows.remove(1);
        let draft = desk.save(pia, Some(draft.version), &policy).await.unwrap();
        desk.simulate(pia, &draft).await.unwrap();
        desk.approve(pia, draft.version).await.unwrap();
        let max = world.staff[2];
        let ctx = &world.ctx;
        let block = test.db.write(|tx| async move { parties::people::actions::set_blocked(&tx, ctx, max, true).await });
        block.await.unwrap();
        let refused = desk.publish(pia, draft.version, "x").await;
        assert_eq!(code(refused), "routing.rows[1].authority: policy-undecided", "nobody leads sales any more");
        test.remove().await;
    }
}

#[test]
fn who_may_approve() {
    let [a, b, c] = [1, 2, 3].map(|n| UserId::from_uuid(uuid::Uuid::from_u128(n)));
    let actor = |user| {
        let mut actor = kernel::Actor::system();
        actor.user = user;
        actor
    };
    for (user, authors, managers, expected) in [
        (Some(b), vec![a], vec![a, b], Some(false)),
        (Some(a), vec![a], vec![a, b], None),
        (Some(a), vec![a], vec![a], Some(true)),
        (Some(a), vec![a], vec![], Some(true)),
        (Some(a), vec![a, b], vec![a, b], None),
        (Some(c), vec![a, b], vec![a, b, c], Some(false)),
        (Some(a), vec![], vec![a], Some(false)),
        (None, vec![a], vec![a], None),
        (None, vec![], vec![], None),
    ] {
        assert_eq!(crate::deciders::second_person(&actor(user), &authors, &managers), expected, "{user:?} {authors:?}");
    }
}

#[test]
fn what_nobody_decides() {
    let member = |at: u128, role, leads_sales, is_blocked| parties::people::Member {
        id: UserId::from_uuid(uuid::Uuid::from_u128(at)),
        company: None,
        unit: None,
        email: kernel::Email::parse("a@example.com").unwrap(),
        name: "A".into(),
        title: String::new(),
        phone: String::new(),
        roles: Roles::from_iter([role]),
        language: "en".into(),
        time_zone: "Europe/Warsaw".into(),
        leads_sales,
        is_blocked,
        version: 1,
    };
    let (rep, lead) = (member(1, Role::SalesRep, false, false), member(2, Role::SalesRep, true, false));
    let (gone, pricing) = (member(3, Role::SalesRep, true, true), member(4, Role::PricingManager, false, false));
    let policy = Policy::starter();
    let paths = |staff: &[parties::people::Member]| -> Vec<String> {
        rules::undecided(&policy, staff).into_iter().map(|fault| fault.path).collect()
    };
    assert_eq!(policy.routing.below_floor, Authority::PricingManager);
    assert!(paths(&[rep.clone(), lead, pricing.clone()]).is_empty());
    assert_eq!(paths(&[rep.clone(), gone, pricing]), ["routing.rows[2].authority"]);
    assert_eq!(paths(&[rep]), ["routing.rows[2].authority", "routing.rows[3].authority", "routing.below_floor"]);
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
        "never",
        "nobody",
        "not-a-mode",
        "no-name",
        "unreachable",
        "undecided",
    ] {
        let invalid = rules::invalid(&[PolicyFault { path: "x".into(), code: fault }]);
        assert_eq!(invalid.fields[0].code, format!("policy-{fault}"));
        assert!(keys.contains(&format!("invalid-policy-{fault}")), "{fault}");
    }
}

#[test]
fn the_curve_is_the_engines() {
    let said = |policy: &Policy| -> Vec<(u32, String, String)> {
        let rows = super::example::tactic_rounds(policy);
        rows.iter().map(|row| (row.round, row.margin.to_percent(), row.plain.to_percent())).collect()
    };
    let rows = said(&Policy::starter());
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0], (1, "16".into(), "3.2".into()));
    assert_eq!(rows[3], (4, "8".into(), "6".into()));
    let mut policy = Policy::starter();
    policy.tactic.kind = negotiation_engine::TacticKind::Minimal;
    assert_eq!(said(&policy)[1].2, "3.6999", "one step of 0.5 %, rounded down");
    policy.tactic.kind = negotiation_engine::TacticKind::Mirror;
    assert_eq!(said(&policy)[1].2, "3.8499", "what the buyer gave up: 0.65 %, rounded down");
}
/// The worked example says what the starter promises, and with every lever the others have something to say.
#[test]
fn the_textbook_deal_is_worked_out() {
    use negotiation_engine::{Answer, Offer};
    let example = super::Example::textbook(kernel::Currency::Eur);
    let offers = |policy: &Policy| -> Vec<String> {
        let text = |offer: &Offer| {
            let line = offer.terms.lines[0];
            format!("{} {} x {}", offer.lever.code(), line.price.to_decimal(), line.quantity.to_decimal())
        };
        match example.decide(policy).outcome {
            Answer::Counter(offers) => offers.iter().map(text).collect(),
            other => panic!("{other:?}"),
        }
    };
    let mut said = offers(&Policy::starter());
    said.sort();
    assert_eq!(said, ["payment 113.40 x 2000", "plain 116.20 x 2000", "volume 110.00 x 4000"]);
    let without = |policy: Policy| Policy { volume: None, payment: Vec::new(), pairs: false, ..policy };
    let bare = without(Policy::starter());
    let complete = Policy::complete();
    for (policy, lever) in [
        (Policy { delivery: complete.delivery.clone(), ..bare.clone() }, "delivery"),
        (Policy { freight: complete.freight.clone(), ..bare.clone() }, "freight"),
        (Policy { commitment: complete.commitment.clone(), ..bare.clone() }, "commitment"),
        (Policy { alternative: complete.alternative.clone(), ..bare.clone() }, "alternative"),
        (Policy { bundle: complete.bundle.clone(), ..bare.clone() }, "bundle"),
        (Policy { bonus: complete.bonus.clone(), ..bare.clone() }, "bonus"),
    ] {
        let said = offers(&policy);
        assert!(said.iter().any(|offer| offer.starts_with(lever)), "{lever} in {said:?}");
    }
}
