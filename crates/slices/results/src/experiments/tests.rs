//! Experiments: plans and refusals, who decides with which variant, what observations show, and that nothing is found where
//! there is nothing.

mod approving;

use db::testing::TestDb;
use kernel::{Amount, CompanyId, Currency, Instant, Rate};
use negotiation_engine::{Customer, Policy};
use statistics::Random;
use statistics::sequential::Verdict;
use terms::experiments::{self, Allocation, Exposure, Metric, Plan, StopReason};

use super::reading::{self, Observation};
use super::{actions, form, queries, rules};
use crate::tests::{NOW, VALVE, World, code, migrations};

pub(crate) fn plan() -> Plan {
    let mut treatment = Policy::starter();
    treatment.plain.from = Rate::percent(4);
    Plan {
        name: "More at once".into(),
        hypothesis: "A larger first concession is agreed more often.".into(),
        ..form::blank(&treatment)
    }
}

/// What is wrong about an otherwise fine plan.
type Change<'a> = &'a dyn Fn(&mut Plan);

#[test]
fn plans_say_what_they_must() {
    let wrong = |change: &dyn Fn(&mut Plan)| {
        let mut plan = plan();
        change(&mut plan);
        rules::check(&plan).fields.iter().map(|f| format!("{}: {}", f.field, f.code)).collect::<Vec<_>>().join(", ")
    };
    let cases: [(Change<'_>, &str); 10] = [
        (&|_| {}, ""),
        (&|p| p.name = " ".into(), "name: required"),
        (&|p| p.hypothesis = String::new(), "hypothesis: required"),
        (&|p| p.exposure_ppm = 0, "exposure: experiment-range"),
        (&|p| p.effect = 0, "effect: experiment-range"),
        (&|p| p.window_days = 91, "window_days: experiment-range"),
        (&|p| p.segment = "customer.segment ==".into(), "segment: cel-incomplete"),
        (&|p| p.segment = "deal.value > 5".into(), "segment: experiment-customer-only"),
        (&|p| p.segment = "customer.segment == \"key\"".into(), ""),
        (
            &|p| p.treatment.margins[1].floor = Rate::percent(50),
            "treatment.margins[1].floor: policy-floor-above-target",
        ),
    ];
    for (change, expected) in cases {
        assert_eq!(wrong(change), expected);
    }
}

#[test]
fn segments_take_customers_and_may_exclude_each_other() {
    let key = Customer::new("key", Amount::new(50_000_000, Currency::Eur));
    assert!(experiments::rules::is_in("", &key));
    assert!(experiments::rules::is_in("customer.segment == \"key\" && customer.revenue > 100000", &key));
    assert!(!experiments::rules::is_in("customer.segment == \"small\"", &key));
    assert!(!experiments::rules::is_in("customer.country == \"DE\"", &key), "what is unknown is not met");
    let overlaps = |a: &str, b: &str| experiments::rules::overlap(a, b) && experiments::rules::overlap(b, a);
    assert!(overlaps("", "customer.segment == \"key\""));
    assert!(overlaps("customer.revenue > 5", "customer.segment == \"key\""));
    assert!(!overlaps("customer.segment == \"small\"", "customer.segment == \"key\""));
}

/// The first company of a list with this variant.
fn company_of(experiment: &terms::experiments::Experiment, variant: i64) -> CompanyId {
    let ids = (1_u128..).map(|n| CompanyId::from_uuid(uuid::Uuid::from_u128(n)));
    ids.into_iter().find(|id| experiments::rules::variant(experiment, *id) == Some(variant)).unwrap()
}

#[tokio::test]
async fn refusals_in_order() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let (pia, ann) = (&world.person(3, 0), &world.person(0, 0));
        let db = &test.db;
        let begin = async |ctx: &kernel::Ctx, plan: &Plan| {
            db.write(|tx| async move { actions::plan(&tx, ctx, plan.clone()).await }).await
        };
        assert_eq!(code(begin(ann, &plan()).await), "not-allowed");
        assert_eq!(code(begin(pia, &Plan { name: String::new(), ..plan() }).await), "name: required");
        let made = begin(pia, &plan()).await.unwrap();
        let (id, read) = (made.id, made.version);
        let change = async |read: i64, plan: &Plan| {
            db.write(|tx| async move { actions::change(&tx, pia, id, read, plan).await }).await
        };
        let start = async |id: uuid::Uuid, read: i64| {
            db.write(|tx| async move { actions::start(&tx, pia, id, read, true).await }).await
        };
        let approve = async |id: uuid::Uuid, read: i64| {
            db.write(|tx| async move { actions::approve(&tx, pia, id, read, "nobody else is there").await }).await
        };
        let end = async |read: i64| db.write(|tx| async move { actions::end(&tx, pia, id, read).await }).await;
        let draft = async || db.write(|tx| async move { actions::draft(&tx, pia, id).await }).await;
        assert_eq!(code(change(read + 1, &plan()).await), "experiment-changed");
        let same = Plan { treatment: Policy::starter(), ..plan() };
        let changed = change(read, &same).await.unwrap();
        assert_eq!(code(start(id, changed.version).await), "experiment-no-difference");
        let mut foreign = plan();
        foreign.treatment.currency = Currency::Pln;
        let changed = match change(changed.version, &foreign).await {
            Ok(changed) => {
                assert_eq!(code(start(id, changed.version).await), "treatment.currency: policy-currency");
                changed
            }
            // A policy whose amounts are of another currency than its own cannot even be planned.
            Err(_) => changed,
        };
        let changed = change(changed.version, &plan()).await.unwrap();
        assert_eq!(code(end(changed.version).await), "experiment-not-running");
        assert_eq!(code(start(id, changed.version).await), "experiment-not-approved");
        assert_eq!(code(approve(id, changed.version + 1).await), "experiment-changed");
        approve(id, changed.version).await.unwrap();
        let running = start(id, changed.version).await.unwrap();
        assert_eq!(code(approve(id, running.version).await), "experiment-not-draft");
        assert_eq!(running.required_per_arm, Some(400), "the past says nothing");
        assert_eq!(code(start(id, running.version).await), "experiment-not-draft");
        assert_eq!(code(change(running.version, &plan()).await), "experiment-not-draft");
        let second = begin(pia, &plan()).await.unwrap();
        approve(second.id, second.version).await.unwrap();
        assert_eq!(code(start(second.id, second.version).await), "experiment-overlap");
        assert_eq!(code(draft().await), "experiment-no-winner");
        assert_eq!(code(end(running.version).await), "done");
        assert_eq!(code(draft().await), "experiment-no-winner");
        assert_eq!(code(start(second.id, second.version).await), "done", "the first is over");
        test.remove().await;
    }
}

#[tokio::test]
async fn a_variant_decides_and_its_decision_replays() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let pia = &world.person(3, 0);
        let before = world.open(&world.buyer(0, 0), &world.ask(VALVE, 2_000, "110")).await.unwrap();
        let mut plan = plan();
        plan.treatment.plain.from = Rate::percent(5);
        let plan = &plan;
        let running = world.db.write(|tx| async move {
            let made = actions::plan(&tx, pia, plan.clone()).await?;
            actions::approve(&tx, pia, made.id, made.version, "x").await?;
            actions::start(&tx, pia, made.id, made.version, true).await
        });
        let running = running.await.unwrap();
        // Olga's company begins after the start and enters; Kerstin's negotiation goes on as it began.
        let olga = &world.buyer(2, Instant::HOUR);
        let after = world.open(olga, &world.ask(VALVE, 2_000, "110")).await.unwrap();
        world.again(&world.buyer(0, 2 * Instant::HOUR), before, &world.ask(VALVE, 2_000, "111")).await.unwrap();
        let tx = test.db.read().await.unwrap();
        let variant = experiments::rules::variant(&running, world.other).unwrap();
        assert_eq!(experiments::store::exposure(&tx, running.id, world.other).await.unwrap(), Some(variant));
        assert_eq!(experiments::store::exposure(&tx, running.id, world.company).await.unwrap(), None);
        let decided = [running.control.unwrap(), running.treatment.unwrap()][usize::from(variant != 0)];
        assert_eq!(world.load(after).await.policy, decided);
        let replay = negotiation::negotiations::queries::replay(&tx, &pia.actor, after, 1).await.unwrap();
        assert!(replay.is_identical(), "years later too");
        let versions = terms::policies::queries::all(&tx).await.unwrap();
        assert_eq!(versions.len(), 1, "a variant is no version of its own in the history");
        drop(tx);
        test.remove().await;
    }
}

#[tokio::test]
async fn companies_keep_their_variant() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let pia = &world.person(3, 0);
    let running = world.db.write(|tx| async move {
        let made = actions::plan(&tx, pia, plan()).await?;
        actions::approve(&tx, pia, made.id, made.version, "x").await?;
        actions::start(&tx, pia, made.id, made.version, true).await
    });
    let running = &running.await.unwrap();
    let treated = company_of(running, 1);
    let choose = async |company: CompanyId, is_new: bool| {
        let tx = test.db.read().await.unwrap();
        let published = terms::policies::queries::published(&tx).await.unwrap();
        let customer = Customer::new("standard", Amount::zero(Currency::Eur));
        let chosen = experiments::queries::policy_for(&tx, company, &customer, published, is_new).await.unwrap();
        (chosen.policy.state.code(), chosen.exposure)
    };
    let exposure = Exposure { experiment: running.id, variant: 1, is_first: true };
    assert_eq!(choose(treated, false).await, ("published", None), "what began before goes on as it began");
    assert_eq!(choose(treated, true).await, ("variant", Some(exposure)));
    let stored =
        world.db.write(|tx| async move { experiments::actions::expose(&tx, pia, treated, Some(exposure)).await });
    stored.await.unwrap();
    let moved = world.db.write(|tx| async move { experiments::store::share(&tx, running, 100_000).await });
    moved.await.unwrap();
    let known = Exposure { is_first: false, ..exposure };
    assert_eq!(choose(treated, false).await, ("variant", Some(known)), "also when the shares have moved");
    assert_eq!(choose(company_of(running, 0), true).await.0, "published");
    test.remove().await;
}

fn observation(variant: i64, day: i64, won: i64) -> Observation {
    let at = NOW.plus(day * Instant::DAY);
    Observation { variant, at, asked: 1, won, escalated: 0, withdrawn: 0, pocket: 1_000 * won, net: 10_000 * won }
}

/// `companies` observations with these chances of agreement, by turns.
fn simulated(companies: i64, chances: [f64; 2], seed: u64) -> Vec<Observation> {
    let mut random = Random::from_seed(seed);
    let each = |n: i64| {
        let variant = n % 2;
        let won = random.chance(chances[usize::from(variant == 1)]);
        // Two companies a day, so that a look is taken at every pair.
        observation(variant, n / 2, i64::from(won))
    };
    (0..companies).map(each).collect()
}

/// Whether an experiment without a difference is said to have one, and whether somebody would say so who looks at plain
/// intervals of 95 % day by day.
fn is_found_in_nothing(plan: &Plan, seed: u64) -> (bool, bool) {
    let standing = reading::standing(plan, &simulated(600, [0.5, 0.5], seed)).unwrap();
    let found = matches!(standing.reading.unwrap().verdict, Verdict::Higher | Verdict::Lower);
    let naive = standing.looks.iter().any(|(_, look)| look.difference.abs() > 1.96 * look.standard_error);
    (found, naive)
}

#[test]
fn nothing_is_found_where_there_is_nothing() {
    // An A/A test, through the same reading that pages and jobs use: looked at daily, stopped at the first finding. 400 runs
    // of 300 companies in each variant, which is beyond the planned sample, at a nominal 5 %.
    const RUNS: usize = 400;
    for allocation in Allocation::ALL {
        let plan = Plan { allocation, effect: 200_000, ..plan() };
        let needed = reading::needed(&plan, &simulated(600, [0.5, 0.5], 1), 1.0).unwrap();
        assert!(allocation == Allocation::Thompson || needed.per_arm < 300, "{needed:?}");
        let runs: Vec<(bool, bool)> = (0..RUNS as u64).map(|seed| is_found_in_nothing(&plan, seed)).collect();
        let found = runs.iter().filter(|(found, _)| *found).count();
        let naive = runs.iter().filter(|(_, naive)| *naive).count();
        assert!(found <= RUNS / 20, "{}: {found} of {RUNS} runs", allocation.code());
        assert!(naive > RUNS / 10, "{}: looking often must mislead {naive} of {RUNS} plain tests", allocation.code());
    }
}

#[test]
fn what_is_there_is_found() {
    let plan = Plan { effect: 150_000, ..plan() };
    for (chances, verdict, stop) in
        [([0.4, 0.65], Verdict::Higher, StopReason::Higher), ([0.65, 0.4], Verdict::Lower, StopReason::Lower)]
    {
        let standing = reading::standing(&plan, &simulated(800, chances, 7)).unwrap();
        assert_eq!(standing.reading.unwrap().verdict, verdict);
        assert_eq!(standing.counts, [400, 400]);
        assert_eq!(reading::stop(&standing, 1_000, false), Some(stop));
    }
    let nothing = reading::standing(&plan, &simulated(200, [0.5, 0.5], 7)).unwrap();
    assert_eq!(reading::stop(&nothing, 1_000, false), None);
    assert_eq!(reading::stop(&nothing, 100, false), Some(StopReason::Undecided), "the planned sample is reached");
    assert_eq!(reading::stop(&nothing, 1_000, true), Some(StopReason::Undecided), "the days are over");
    let empty = reading::standing(&plan, &[]).unwrap();
    assert_eq!((empty.reading, reading::stop(&empty, 1_000, false)), (None, None));
}

#[test]
fn guardrails_stop_what_harms() {
    let plan = plan();
    let mut all = simulated(400, [0.5, 0.5], 3);
    for (place, observation) in all.iter_mut().enumerate() {
        // Every second treated company escalates, every tenth of the others.
        let often = if observation.variant == 1 { 4 } else { 20 };
        observation.escalated = i64::from(place % often < 2);
    }
    let standing = reading::standing(&plan, &all).unwrap();
    assert_eq!(standing.guardrails.map(|alarm| alarm.is_breached), [true, false, false]);
    assert_eq!(reading::stop(&standing, 10_000, false), Some(StopReason::Guardrail));
}

#[test]
fn shares_follow_what_works() {
    let plan = Plan { allocation: Allocation::Thompson, ..plan() };
    let better = reading::treatment_share_ppm(&plan, &simulated(400, [0.3, 0.7], 5), 1).unwrap();
    assert_eq!(better, 900_000, "a tenth stays with the control");
    assert_eq!(reading::treatment_share_ppm(&plan, &[observation(0, 0, 1)], 1), None, "too little is known");
}

#[test]
fn a_plan_says_what_it_needs() {
    let past = simulated(400, [0.5, 0.5], 1);
    let needed = reading::needed(&plan(), &past, 2.0).unwrap();
    // Five points on one half, looked at as one goes: 1.8 times the 1,570 of a fixed sample.
    assert!((2_700..3_000).contains(&needed.per_arm), "{needed:?}");
    assert_eq!(needed.days, Some(needed.per_arm));
    assert!(reading::needed(&plan(), &[], 2.0).is_err(), "nothing in the past");
    let less = reading::needed(&Plan { effect: 100_000, ..plan() }, &past, 2.0).unwrap();
    assert!(less.per_arm * 3 < needed.per_arm);
}

#[test]
fn a_plan_survives_its_form() {
    for metric in Metric::ALL {
        for language in i18n::Language::ALL {
            let (plan, locale) = (Plan { metric, ..plan() }, i18n::Locale::new(language, "Europe/Warsaw"));
            let state = form::of(&plan, &locale);
            let mut fields = web::Fields::default().written_in(locale.notation());
            let names = [
                "name",
                "hypothesis",
                "segment",
                "metric",
                "allocation",
                "exposure",
                "effect",
                "window_days",
                "days_max",
                "escalations",
                "withdrawals",
                "margin",
                "treatment",
                "tactic_kind",
                "tactic_exponent",
                "plain_from",
                "plain_to",
                "volume_per_double",
            ];
            for name in names {
                fields.0.insert(name.to_owned(), state.value(name).to_owned());
            }
            assert_eq!(form::read(&fields).unwrap_or_else(|invalid| panic!("{invalid:?}")), plan);
        }
    }
}

#[tokio::test]
async fn a_company_counts_once_its_window_has_passed() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let pia = &world.person(3, 0);
        let running = world.db.write(|tx| async move {
            let made = actions::plan(&tx, pia, plan()).await?;
            actions::approve(&tx, pia, made.id, made.version, "x").await?;
            actions::start(&tx, pia, made.id, made.version, true).await
        });
        let running = running.await.unwrap();
        let buyer = &world.buyer(0, Instant::HOUR);
        let id = world.open(buyer, &world.ask(VALVE, 2_000, "110")).await.unwrap();
        world.take(buyer, id, 0).await.unwrap();
        world.open(&world.buyer(2, 2 * Instant::HOUR), &world.ask(VALVE, 2_000, "110")).await.unwrap();
        world.db.write(|tx| async move { crate::tracking::actions::refresh(&tx, 100).await }).await.unwrap();
        let tx = test.db.read().await.unwrap();
        let early = queries::shown(&tx, running.id, NOW.plus(13 * Instant::DAY)).await.unwrap();
        assert_eq!((early.exposed.iter().sum::<i64>(), early.standing.counts.iter().sum::<u64>()), (2, 0));
        let late = queries::shown(&tx, running.id, NOW.plus(15 * Instant::DAY)).await.unwrap();
        assert_eq!(late.standing.counts.iter().sum::<u64>(), 2);
        let all = queries::observations(&tx, &running, NOW.plus(15 * Instant::DAY)).await.unwrap();
        assert_eq!(all.iter().map(|o| (o.asked, o.won)).collect::<Vec<_>>(), [(1, 1), (1, 0)]);
        drop(tx);
        let system = &kernel::Ctx { now: NOW.plus(181 * Instant::DAY), ..world.ctx.clone() };
        let id = running.id;
        world.db.write(|tx| async move { actions::look(&tx, system, id).await }).await.unwrap();
        let tx = test.db.read().await.unwrap();
        let over = experiments::queries::experiment(&tx, id).await.unwrap();
        assert_eq!(over.stop_reason, Some(StopReason::Undecided), "the days are over");
        drop(tx);
        test.remove().await;
    }
}

#[test]
fn use_s7_a_treatment_goes_under_no_floor_in_force() {
    let (published, mut treatment) = (Policy::complete(), Policy::complete());
    let wrong = |treatment: &Policy| {
        let fields = rules::under_floors(treatment, &published).fields;
        fields.into_iter().map(|field| field.field).collect::<Vec<_>>()
    };
    assert!(wrong(&treatment).is_empty());
    let last = treatment.margins.len() - 1;
    treatment.margins[last].floor = Rate::ZERO;
    assert_eq!(wrong(&treatment), [format!("treatment.margins[{last}].floor")]);
    // A narrower row that is left out lets the wider, lower one in.
    let mut fewer = Policy::complete();
    let high = fewer.margins.iter().map(|row| row.floor).max().unwrap();
    fewer.margins.retain(|row| row.floor < high);
    assert_eq!(wrong(&fewer), ["treatment.margins"]);
}

#[test]
fn use_s19_what_could_be_seen_at_all() {
    let observation = |n: i64| Observation {
        variant: 0,
        at: NOW,
        asked: 1,
        won: n % 2,
        escalated: 0,
        withdrawn: 0,
        pocket: 0,
        net: 0,
    };
    let past: Vec<Observation> = (0..200).map(observation).collect();
    let plan = plan();
    let needed = reading::needed(&plan, &past, 1.0).unwrap().per_arm;
    assert!(needed > 500, "five points of half and half take many: {needed}");
    let least = reading::detectable(&plan, &past, 100).unwrap();
    let of = |effect: i64| reading::needed(&Plan { effect, ..plan.clone() }, &past, 1.0).unwrap().per_arm;
    assert!(of(least) <= 100 && of(least - 1) > 100, "a hundred a variant show {least} ppm and no less");
    assert!(least > plan.effect);
    for few in [0, 1, 5] {
        assert_eq!(
            reading::detectable(&plan, &past, few),
            None,
            "{few} companies show nothing, not a difference of 100 %"
        );
    }
    assert_eq!(reading::detectable(&plan, &[], 1_000), None, "nor does a past of which nothing is known");
}

#[test]
fn few_companies_are_told_that_nothing_could_be_seen() {
    for (language, nothing) in
        [(i18n::Language::En, "no difference could be seen"), (i18n::Language::Pl, "żadnej różnicy")]
    {
        let locale = i18n::Locale::new(language, "UTC");
        let said = |detectable: &str| {
            let args = [("needed", "600".into()), ("exist", "20".into()), ("detectable", detectable.into())];
            locale.text_with("experiment-short", &args)
        };
        assert!(said(queries::BLIND).contains(nothing), "{}", said(queries::BLIND));
        assert!(said("40 %").contains("40 %") && !said("40 %").contains(nothing));
    }
}
