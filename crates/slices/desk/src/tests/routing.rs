//! Cases on desks: who gets them, what becomes of missed promises, absences and people who leave.

use db::testing::TestDb;
use kernel::{Ctx, Date, Instant, NegotiationId, Outcome, Rate, UserId};
use negotiation::negotiations::{Negotiation, State};
use negotiation::routing::{Absence, Assigned, NewAbsence, RecommendFirst, Settings, actions, queries};
use workflow::Span;

use super::{NOW, VALVE, World, code, migrations};
use crate::cases::queries::Whose;
use crate::cases::{Approval, Recommendation, actions as deciding, attending, queries as cases};

const MINUTE: i64 = Instant::MINUTE;
pub(super) const HOUR: i64 = Instant::HOUR;
pub(super) const DAY: i64 = Instant::DAY;

pub(super) fn at(world: &World, after: i64) -> Ctx {
    Ctx { now: NOW.plus(after), ..world.ctx.clone() }
}

pub(super) fn day(after: i64) -> Date {
    NOW.plus(after * DAY).date()
}

pub(super) async fn waiting(world: &World, price: &str, after: i64) -> NegotiationId {
    waiting_from(world, 0, price, after).await
}

pub(super) async fn waiting_from(world: &World, buyer: usize, price: &str, after: i64) -> NegotiationId {
    let mut ask = world.ask(VALVE, 250, price);
    ask.wants_person = true;
    let id = world.open(&world.buyer(buyer, after), &ask).await.unwrap();
    assert_eq!(world.load(id).await.stored_state, State::Waiting);
    id
}

async fn tend(world: &World, id: NegotiationId, after: i64) {
    let ctx = &at(world, after);
    world.db.write(|tx| async move { actions::tend(&tx, ctx, id).await }).await.unwrap();
}

async fn history(world: &World, id: NegotiationId) -> Vec<Assigned> {
    queries::history(&world.db.read().await.unwrap(), id).await.unwrap()
}

/// The present assignment: cause, whose desk by place among the staff, reasons.
async fn lies(world: &World, id: NegotiationId) -> (&'static str, Option<usize>, Vec<String>) {
    let rows = history(world, id).await;
    let open: Vec<&Assigned> = rows.iter().filter(|row| row.ended.is_none()).collect();
    assert_eq!(open.len(), 1, "one present assignment");
    let row = open[0];
    assert_eq!(world.load(id).await.rep, row.person);
    let person = row.person.map(|id| world.staff.iter().position(|other| *other == id).unwrap());
    (row.cause.code(), person, row.because.iter().map(|because| because.code.clone()).collect())
}

async fn absent(
    world: &World,
    by: &Ctx,
    person: usize,
    days: (i64, i64),
    stands_in: Option<usize>,
) -> Outcome<Absence> {
    let substitute = stands_in.map(|at| world.staff[at]);
    let new = &NewAbsence { person: world.staff[person], from: day(days.0), until: day(days.1), substitute };
    world.db.write(|tx| async move { actions::enter_absence(&tx, by, new).await }).await
}

pub(super) async fn set(world: &World, change: impl FnOnce(&mut Settings)) {
    let mut settings = queries::settings(&world.db.read().await.unwrap()).await.unwrap();
    if settings.version == 0 {
        let ctx = &world.ctx;
        world.db.write(|tx| async move { actions::setup(&tx, ctx, None).await }).await.unwrap();
        settings.version = 1;
    }
    change(&mut settings);
    let (ctx, settings) = (&world.ctx, &settings);
    world.db.write(|tx| async move { actions::propose(&tx, ctx, settings, "").await }).await.unwrap();
}

pub(super) async fn cap(world: &World, person: usize, cap: Option<u32>) {
    let (ctx, person) = (&world.ctx, world.staff[person]);
    world.db.write(|tx| async move { actions::set_cap(&tx, ctx, person, cap).await }).await.unwrap();
}

async fn block(world: &World, person: usize, is_blocked: bool) {
    let (ctx, person) = (&world.ctx, world.staff[person]);
    let done =
        world.db.write(|tx| async move { parties::people::actions::set_blocked(&tx, ctx, person, is_blocked).await });
    done.await.unwrap();
}

fn codes(list: &[&str]) -> Vec<String> {
    list.iter().map(|code| (*code).to_owned()).collect()
}

#[tokio::test]
async fn the_own_rep_the_substitute_the_least_loaded_the_next_level() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let ctx = &world.ctx;
        let first = waiting(&world, "114", 0).await;
        assert_eq!(lies(&world, first).await, ("asked", Some(0), codes(&["own_rep"])));
        world.withdraw(&world.buyer(0, MINUTE), first).await.unwrap();
        let ended = history(&world, first).await[0].ended.clone().unwrap();
        assert_eq!((ended.outcome.as_str(), ended.by), ("closed", None));

        absent(&world, ctx, 0, (0, 4), Some(1)).await.unwrap();
        let second = waiting(&world, "114", HOUR).await;
        assert_eq!(lies(&world, second).await, ("asked", Some(1), codes(&["own_rep_absent", "substitute"])));
        world.withdraw(&world.buyer(0, HOUR), second).await.unwrap();

        cap(&world, 1, Some(1)).await;
        let ask = &mut world.ask(VALVE, 250, "114");
        ask.wants_person = true;
        let other = world.open(&world.buyer(2, HOUR), ask).await.unwrap();
        assert_eq!(lies(&world, other).await.1, Some(1));
        let third = waiting(&world, "114", HOUR).await;
        let because = codes(&["own_rep_absent", "over_cap", "level_full", "least_loaded"]);
        assert_eq!(lies(&world, third).await, ("asked", Some(2), because), "the next level has room");
        test.remove().await;
    }
}

#[tokio::test]
async fn an_absence_passes_on_what_waits_and_keeps_the_promise() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = waiting(&world, "114", 0).await;
        let before = world.load(id).await;
        let ann = &world.person(0, MINUTE);
        assert_eq!(code(absent(&world, ann, 1, (0, 1), None).await), "absence-not-yours");
        assert_eq!(code(absent(&world, ann, 0, (1, 0), None).await), "until: dates-order");
        let absence = absent(&world, ann, 0, (0, 1), Some(1)).await.unwrap();
        assert_eq!(code(absent(&world, ann, 0, (1, 3), None).await), "absence-overlaps");
        assert_eq!(lies(&world, id).await, ("absent", Some(1), codes(&["own_rep_absent", "substitute"])));
        let after = world.load(id).await;
        assert_eq!((after.answer_by, after.version), (before.answer_by, before.version));
        let (ben, id_of) = (&world.person(1, HOUR), absence.id);
        let removed = world.db.write(|tx| async move { actions::remove_absence(&tx, ben, id_of).await }).await;
        assert_eq!(code(removed), "absence-not-yours");
        let removed = world.db.write(|tx| async move { actions::remove_absence(&tx, ann, id_of).await }).await;
        assert_eq!(code(removed), "done");
        assert_eq!(lies(&world, id).await.1, Some(1), "what was passed on stays");
        let removed = world.db.write(|tx| async move { actions::remove_absence(&tx, ann, id_of).await }).await;
        assert_eq!(code(removed), "not found");
        test.remove().await;
    }
}

#[tokio::test]
async fn a_missed_promise_is_reminded_of_and_passed_on_upwards() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = waiting(&world, "114", 0).await;
        let promise = world.load(id).await.answer_by.unwrap();
        assert_eq!(promise, NOW.plus(120 * MINUTE));
        tend(&world, id, 89 * MINUTE).await;
        assert_eq!(history(&world, id).await[0].reminded_at, None);
        for _ in 0..2 {
            tend(&world, id, 90 * MINUTE).await;
            assert_eq!(
                history(&world, id).await[0].reminded_at,
                Some(NOW.plus(90 * MINUTE)),
                "at three quarters, once"
            );
        }
        tend(&world, id, 149 * MINUTE).await;
        assert_eq!(lies(&world, id).await.1, Some(0), "half an hour of grace");
        tend(&world, id, 150 * MINUTE).await;
        assert_eq!(lies(&world, id).await, ("escalated", Some(2), codes(&["missed", "least_loaded"])));
        assert_eq!(world.load(id).await.answer_by, Some(NOW.plus(270 * MINUTE)));
        tend(&world, id, 300 * MINUTE).await;
        assert_eq!(lies(&world, id).await.1, Some(3));
        tend(&world, id, 2 * DAY).await;
        assert_eq!(lies(&world, id).await, ("escalated", None, codes(&["missed", "nobody_above"])));
        let tx = test.db.read().await.unwrap();
        for person in world.staff {
            let pool = cases::queue(&tx, person, Whose::Pool).await.unwrap();
            assert_eq!(pool.len(), 1, "everybody on the desk sees the pool");
        }
        drop(tx);
        let outcomes: Vec<_> =
            history(&world, id).await.into_iter().filter_map(|row| row.ended.map(|ended| ended.outcome)).collect();
        assert_eq!(outcomes, ["escalated", "escalated", "escalated"]);
        test.remove().await;
    }
}

#[tokio::test]
async fn who_leaves_leaves_nothing_behind() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = waiting(&world, "114", 0).await;
    block(&world, 0, true).await;
    tend(&world, id, MINUTE).await;
    let (cause, person, because) = lies(&world, id).await;
    assert_eq!((cause, because), ("left", codes(&["own_rep_left", "no_substitute", "least_loaded"])));
    assert_eq!(person, Some(1));
    for person in 1..4 {
        block(&world, person, true).await;
    }
    tend(&world, id, 2 * MINUTE).await;
    assert_eq!(lies(&world, id).await, ("left", None, codes(&["own_rep_left", "no_substitute", "nobody_active"])));
    tend(&world, id, 3 * MINUTE).await;
    assert_eq!(history(&world, id).await.len(), 3, "looking again changes nothing");
    block(&world, 3, false).await;
    tend(&world, id, 4 * MINUTE).await;
    assert_eq!(lies(&world, id).await.0, "found");
    test.remove().await;
}

#[tokio::test]
async fn one_row_of_sweeps_however_often_the_program_starts() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = waiting(&world, "114", 0).await;
    db::sql! { SWEEPS = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM job WHERE kind = 'negotiation.sweep'" }
    let sweeps = async || {
        let row = test.db.read().await.unwrap().one(SWEEPS, db::params![]).await.unwrap();
        row.get::<i64>("n").unwrap()
    };
    for after in [0, MINUTE] {
        let ctx = &at(&world, after);
        world.db.write(|tx| async move { actions::setup(&tx, ctx, None).await }).await.unwrap();
        assert_eq!(sweeps().await, 1);
    }
    let ctx = &at(&world, MINUTE);
    let found = world.db.write(|tx| async move { actions::begin_sweep(&tx, ctx).await }).await.unwrap();
    assert_eq!((found, sweeps().await), (vec![id], 1));
    test.remove().await;
}

#[tokio::test]
async fn the_rep_recommends_before_somebody_above_decides() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        set(&world, |settings| {
            settings.recommend_first = Some(RecommendFirst { above: Rate::percent(1), minutes: 60 });
        })
        .await;
        let id = waiting(&world, "80", 0).await;
        let n = world.load(id).await;
        assert_eq!(n.authority.as_deref(), Some("pricing_manager"));
        let row = history(&world, id).await.pop().unwrap();
        assert_eq!((row.person, row.step, row.steps, row.promised), (Some(world.staff[0]), 1, 2, NOW.plus(HOUR)));
        assert!(n.answer_by > Some(row.promised), "the customer is promised the decision");

        let recommend = async |person: usize, version: i64, verdict: &str, why: &str| {
            let ctx = &world.person(person, 10 * MINUTE);
            let advice = &Recommendation { version, verdict: verdict.into(), rationale: why.into() };
            code(world.db.write(|tx| async move { attending::recommend(&tx, ctx, id, advice).await }).await)
        };
        assert_eq!(recommend(0, n.version + 1, "approve", "x").await, "case-changed");
        assert_eq!(recommend(0, n.version, "perhaps", "x").await, "verdict: choice");
        assert_eq!(recommend(0, n.version, "approve", " ").await, "rationale: required");
        assert_eq!(recommend(0, n.version, "counter", "They grow.").await, "done");
        let row = history(&world, id).await.pop().unwrap();
        assert_eq!((row.cause.code(), row.person, row.step), ("step", Some(world.staff[3]), 2));
        assert_eq!(recommend(0, n.version, "approve", "again").await, "no-recommendation-wanted");
        let advice = queries::advice(&test.db.read().await.unwrap(), id).await.unwrap();
        assert_eq!((advice[0].verdict.as_str(), advice[0].rationale.as_str()), ("counter", "They grow."));
        world.withdraw(&world.buyer(0, HOUR), id).await.unwrap();

        // Nobody recommends: the case goes on without.
        let id = waiting(&world, "80", 2 * HOUR).await;
        tend(&world, id, 4 * HOUR).await;
        let row = history(&world, id).await.pop().unwrap();
        assert_eq!((row.cause.code(), row.person, row.step), ("escalated", Some(world.staff[3]), 2));
        test.remove().await;
    }
}

#[tokio::test]
async fn taking_over_and_passing_on() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = waiting(&world, "114", 0).await;
        let promise = world.load(id).await.answer_by;
        let take = async |person: usize| {
            let ctx = &world.person(person, MINUTE);
            code(world.db.write(|tx| async move { attending::take_over(&tx, ctx, id).await }).await)
        };
        let pass = async |id: NegotiationId, to: UserId| {
            let ctx = &world.person(0, 2 * MINUTE);
            code(world.db.write(|tx| async move { attending::pass_on(&tx, ctx, id, to, "Yours?").await }).await)
        };
        assert_eq!(take(1).await, "done");
        assert_eq!(take(1).await, "done");
        assert_eq!(history(&world, id).await.len(), 2, "taking one's own changes nothing");
        assert_eq!(lies(&world, id).await, ("taken", Some(1), vec![]));
        assert_eq!(world.load(id).await.answer_by, promise, "the promise stands");
        assert_eq!(pass(id, world.staff[2]).await, "done");
        let row = history(&world, id).await.pop().unwrap();
        assert_eq!((row.note.as_str(), row.put_by, row.cause.code()), ("Yours?", Some(world.staff[0]), "passed"));
        assert_eq!(pass(id, world.buyers[0]).await, "to: choice");
        absent(&world, &world.ctx, 1, (0, 1), None).await.unwrap();
        assert_eq!(pass(id, world.staff[1]).await, "colleague-away");
        let buyer = &world.buyer(0, 0);
        let by_buyer = world.db.write(|tx| async move { attending::take_over(&tx, buyer, id).await }).await;
        assert_eq!(code(by_buyer), "not-allowed");
        world.withdraw(&world.buyer(0, HOUR), id).await.unwrap();
        assert_eq!(take(0).await, "case-not-waiting");

        let high = waiting(&world, "80", 2 * HOUR).await;
        assert_eq!(lies(&world, high).await.1, Some(3));
        assert_eq!(pass(high, world.staff[2]).await, "colleague-without-authority");
        let ann = &world.person(0, 2 * HOUR);
        let taken = world.db.write(|tx| async move { attending::take_over(&tx, ann, high).await }).await;
        assert_eq!(code(taken), "needs-authority");
        test.remove().await;
    }
}

#[tokio::test]
async fn loads_and_turnarounds_are_counted() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = waiting(&world, "114", 0).await;
    let version = world.load(id).await.version;
    let ctx = &world.person(0, 42 * MINUTE);
    let approval = &Approval { version, ..Approval::default() };
    world.db.write(|tx| async move { deciding::approve(&tx, ctx, id, approval).await }).await.unwrap();
    let ended = history(&world, id).await[0].ended.clone().unwrap();
    assert_eq!((ended.outcome.as_str(), ended.by), ("decided", Some(world.staff[0])));
    let ask = &mut world.ask(VALVE, 250, "114");
    ask.wants_person = true;
    world.open(&world.buyer(2, HOUR), ask).await.unwrap();
    let tx = test.db.read().await.unwrap();
    let loads = queries::workloads(&tx, NOW.plus(HOUR), &world.ctx.zone).await.unwrap();
    let ann = loads.iter().find(|load| load.member.id == world.staff[0]).unwrap();
    assert_eq!((ann.open, ann.decided_today, ann.cap, ann.turnaround_minutes), (1, 1, 40, Some(42)));
    let loads = queries::workloads(&tx, NOW.plus(DAY), &world.ctx.zone).await.unwrap();
    assert_eq!(loads.iter().map(|load| load.decided_today).sum::<u32>(), 0, "a new day");
    drop(tx);
    test.remove().await;
}

/// A small generator of its own, so that the cases are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

async fn shake(world: &World, dice: &mut Dice, today: i64) {
    set(world, |settings| {
        for day in &mut settings.week {
            *day = if dice.one_in(2) { vec![Span::hours(8, 17)] } else { Vec::new() };
        }
        let open = usize::try_from(dice.below(7)).unwrap();
        settings.week[open] = vec![Span { from: 600, to: 601 + u16::try_from(dice.below(300)).unwrap() }];
        settings.grace_minutes = u32::try_from(dice.below(600)).unwrap();
        let first = RecommendFirst { above: Rate::ZERO, minutes: 60 };
        settings.recommend_first = dice.one_in(2).then_some(first);
    })
    .await;
    for person in 0..4 {
        cap(world, person, dice.one_in(2).then_some(1)).await;
        block(world, person, dice.one_in(4)).await;
        let (from, length) = (today + i64::try_from(dice.below(10)).unwrap(), i64::try_from(dice.below(30)).unwrap());
        let stands_in = usize::try_from(dice.below(8)).ok().filter(|at| *at < 4);
        // What is refused (a substitute who has left, days that overlap) is not entered; that is part of the play.
        let _ = absent(world, &at(world, today * DAY), person, (from, from + length), stands_in).await;
    }
}

/// On the desk of somebody active, or in the pool; and what the case says is what its history says.
async fn must_lie_somewhere(world: &World, id: NegotiationId) -> Negotiation {
    let n = world.load(id).await;
    let (_, person, _) = lies(world, id).await;
    let tx = world.db.read().await.unwrap();
    match person {
        Some(at) => {
            let member = parties::people::queries::member(&tx, world.staff[at]).await.unwrap().unwrap();
            assert!(!member.is_blocked, "an active person has it");
            let mine = cases::queue(&tx, world.staff[at], Whose::Mine).await.unwrap();
            assert!(mine.iter().any(|row| row.negotiation.id == id), "it is in that person's queue");
        }
        None => {
            let pool = cases::queue(&tx, world.staff[0], Whose::Pool).await.unwrap();
            assert!(pool.iter().any(|row| row.negotiation.id == id), "it is in the pool");
        }
    }
    assert!(n.answer_by.is_some());
    n
}

async fn nothing_is_stuck(test: &TestDb, rounds: i64) {
    let world = World::new(test).await;
    let mut dice = Dice(20_270_118);
    for round in 0..rounds {
        let today = round * 3;
        shake(&world, &mut dice, today).await;
        let price = ["118", "114", "100", "80"][usize::try_from(dice.below(4)).unwrap()];
        let id = waiting(&world, price, today * DAY).await;
        must_lie_somewhere(&world, id).await;
        let person = usize::try_from(dice.below(4)).unwrap();
        block(&world, person, dice.one_in(2)).await;
        // Sweeps at odd times: after hours, days, and long after everything was due.
        for after in [1, 7, 26, 75, 300, 3_000, 4_000] {
            tend(&world, id, today * DAY + after * HOUR).await;
            must_lie_somewhere(&world, id).await;
        }
        let rows = history(&world, id).await;
        assert!(rows.len() <= 9, "a case does not wander about: {rows:?}");
        assert!(rows.iter().rev().skip(1).all(|row| row.ended.is_some()));
        tend(&world, id, today * DAY + 4_001 * HOUR).await;
        assert_eq!(history(&world, id).await.len(), rows.len(), "it has come to rest");
        world.withdraw(&world.buyer(0, today * DAY + HOUR), id).await.unwrap();
    }
}

#[tokio::test]
async fn no_request_can_be_stuck() {
    let test = TestDb::sqlite(&migrations()).await;
    nothing_is_stuck(&test, 300).await;
    test.remove().await;
}

#[tokio::test]
async fn no_request_can_be_stuck_on_postgres_either() {
    let Some(test) = TestDb::postgres(&migrations()).await else { return };
    nothing_is_stuck(&test, 12).await;
    test.remove().await;
}

/// A case that has no assignment yet, as the demo's and those of old are: every job that finds it would make the first one.
#[tokio::test]
async fn fault_s9_two_jobs_may_tend_one_new_case_at_once() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        for round in 0..5 {
            let id = waiting(&world, "114", round * MINUTE).await;
            let forget = world.db.write(|tx| async move {
                Ok(tx.execute("DELETE FROM assignment WHERE negotiation_id = $1", db::params![id]).await?)
            });
            assert_eq!(forget.await.unwrap(), 1);
            let ctx = &at(&world, HOUR);
            let once = || world.db.write(|tx| async move { actions::tend(&tx, ctx, id).await });
            let (a, b, c, d) = tokio::join!(once(), once(), once(), once());
            for done in [a, b, c, d] {
                done.unwrap();
            }
            assert_eq!(history(&world, id).await.len(), 1, "{:?}: one desk, once", test.engine());
            lies(&world, id).await;
            world.withdraw(&world.buyer(0, 2 * HOUR), id).await.unwrap();
        }
        test.remove().await;
    }
}
