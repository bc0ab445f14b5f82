//! Who may send a quote: the buyer accepts line by line, so authority is asked line by line, and for every selection.

use db::testing::TestDb;
use kernel::{Date, Instant, Outcome, QuoteId};
use negotiation::negotiations::store as negotiations;
use negotiation_engine::{Authority, Policy};

use super::quotes::load;
use super::{FIXED, NOW, VALVE, World, code, eur, migrations, pieces};
use crate::quotes::answering::{self, NewAnswer, NewVersion};
use crate::quotes::bounds::{Order, Piece, Pieces};
use crate::quotes::{NewLine, NewQuote, Quote, State, actions};

async fn request(world: &World, lines: &[(usize, i64)]) -> QuoteId {
    let line = |(product, quantity): &(usize, i64)| NewLine {
        product: Some(world.products[*product]),
        description: String::new(),
        quantity: pieces(*quantity),
        need_by: None,
        target: None,
    };
    let (ctx, project, comment) = (&world.buyer(0, 0), String::new(), String::new());
    let new = &NewQuote { project, comment, lines: lines.iter().map(line).collect() };
    world.db.write(|tx| async move { actions::request(&tx, ctx, new, &[]).await }).await.unwrap()
}

pub(super) fn answer(quote: &Quote, position: i64, choice: i64, price: &str) -> NewAnswer {
    let line = quote.line(position).unwrap();
    NewAnswer {
        position,
        choice,
        product: line.product,
        quantity: line.quantity,
        price: Some(eur(price)),
        cost: None,
        lead_days: None,
        note: String::new(),
        valid_until: None,
    }
}

fn version(quote: &Quote, prices: &[(i64, i64, &str)], is_whole: bool) -> NewVersion {
    NewVersion {
        read: quote.version,
        valid_until: Date::parse("2027-02-01").unwrap(),
        message: "For you".into(),
        is_whole,
        answers: prices.iter().map(|(position, choice, price)| answer(quote, *position, *choice, price)).collect(),
    }
}

async fn send(world: &World, person: usize, id: QuoteId, new: &NewVersion) -> Outcome<()> {
    let ctx = &world.person(person, Instant::HOUR);
    world.db.write(|tx| async move { answering::send(&tx, ctx, id, new).await }).await
}

async fn accept(world: &World, id: QuoteId, lines: &[(i64, i64)]) -> Outcome<Vec<kernel::OfferId>> {
    let ctx = &world.buyer(0, 2 * Instant::HOUR);
    world.db.write(|tx| async move { actions::accept(&tx, ctx, id, 1, lines).await }).await
}

/// Seller finding 9: a line under its cost hid behind one with a high margin; the buyer took the first alone, at −27.5 %.
#[tokio::test]
async fn use_s9_a_line_below_cost_does_not_hide_behind_another() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = request(&world, &[(VALVE, 250), (FIXED, 2_000)]).await;
        let quote = load(&world, id).await;
        // 80 is the cost; with freight and handling 62.75 leaves about −27.5 %. The other line is at its list price.
        let hidden = version(&quote, &[(1, 0, "62.75"), (2, 0, "10")], false);
        assert_eq!(code(send(&world, 0, id, &hidden).await), "quote-needs-authority");
        let alternative = version(&quote, &[(1, 0, "118"), (1, 1, "62.75"), (2, 0, "10")], false);
        assert_eq!(code(send(&world, 0, id, &alternative).await), "quote-needs-authority", "nor as an alternative");
        let together = version(&quote, &[(1, 0, "62.75"), (2, 0, "5.10")], true);
        assert_eq!(code(send(&world, 0, id, &together).await), "quote-needs-authority", "the whole is a loss, too");
        let good = version(&quote, &[(1, 0, "118"), (2, 0, "10")], false);
        assert_eq!(code(send(&world, 0, id, &good).await), "done");
        test.remove().await;
    }
}

#[tokio::test]
async fn use_s9_all_together_is_the_reps_choice_and_holds() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = request(&world, &[(VALVE, 250), (FIXED, 2_000)]).await;
        let quote = load(&world, id).await;
        let new = version(&quote, &[(1, 0, "112"), (2, 0, "9.90")], true);
        assert_eq!(code(send(&world, 3, id, &new).await), "done");
        assert_eq!(code(accept(&world, id, &[(1, 0)]).await), "quote-all-together");
        assert_eq!(code(accept(&world, id, &[(1, 0), (2, 0)]).await), "done");
        assert_eq!(load(&world, id).await.stored_state, State::Accepted);
        test.remove().await;
    }
}

#[tokio::test]
async fn use_s9_what_a_person_quoted_counts_as_decided_by_a_person() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = request(&world, &[(VALVE, 250)]).await;
        let quote = load(&world, id).await;
        assert_eq!(code(send(&world, 3, id, &version(&quote, &[(1, 0, "112")], false)).await), "done");
        let offers = accept(&world, id, &[(1, 0)]).await.unwrap();
        let tx = world.db.read().await.unwrap();
        let agreed = negotiation::offers::queries::agreed(&tx, world.company, offers[0]).await.unwrap().unwrap();
        let n = negotiations::load(&tx, None, agreed.negotiation).await.unwrap().unwrap();
        assert_eq!((n.round, n.opened_at), (1, NOW), "it was asked when the quote was");
        let recorded = negotiations::recorded(&tx, &[n.id]).await.unwrap().remove(&n.id).unwrap();
        let [row] = recorded.as_slice() else { panic!("{recorded:?}") };
        assert_eq!((row.decision.kind.as_str(), row.decision.person), ("quote", world.staff[3]));
        assert_eq!(row.given.authority.as_deref(), Some("pricing_manager"));
        assert_eq!((row.given.answer_minutes, row.given.margin.is_some()), (Some(60), true));
        drop(tx);
        test.remove().await;
    }
}

#[tokio::test]
async fn use_s23_a_quote_beyond_ones_authority_is_sent_on() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let id = request(&world, &[(VALVE, 250)]).await;
        let quote = load(&world, id).await;
        let low = version(&quote, &[(1, 0, "85")], false);
        let propose = async |new: &NewVersion, why: &str| {
            let ann = &world.person(0, Instant::HOUR);
            world.db.write(|tx| async move { answering::propose(&tx, ann, id, new, why).await }).await
        };
        assert_eq!(code(propose(&low, "").await), "rationale: required");
        let usual = version(&quote, &[(1, 0, "118")], false);
        assert_eq!(code(propose(&usual, "x").await), "quote-no-approval-needed");
        assert_eq!(code(propose(&low, "A big name.").await), "done");
        let server = super::serve(&world, &test.db).await;
        let page = server.get("pia", &format!("/desk/quotes/{id}")).await.body;
        for says in ["Ann asks for your approval", "A big name.", "Approve and send"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        let own = server.get("ann", &format!("/desk/quotes/{id}")).await.body;
        assert!(own.contains("Your draft waits for another person"), "{own}");
        assert!(!own.contains("asks for your approval"), "{own}");
        let quote = load(&world, id).await;
        assert!(quote.present().is_none(), "the buyer has nothing yet");
        assert_eq!(code(send(&world, 3, id, &version(&quote, &[(1, 0, "85")], false)).await), "done");
        assert_eq!(load(&world, id).await.rep, Some(world.staff[0]), "the customer's contact stays");
        test.remove().await;
    }
}

#[tokio::test]
async fn use_s35_figures_of_each_line_and_the_whole_while_typing() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let id = request(&world, &[(VALVE, 250), (FIXED, 2_000)]).await;
    let server = super::serve(&world, &test.db).await;
    let typed = "price_1_0=62.75&quantity_1_0=250&sku_1_0=P-0&price_2_0=10&quantity_2_0=2000&sku_2_0=P-1";
    let live = server.form("ann", &format!("/desk/quotes/{id}/figures"), typed).await;
    assert_eq!(live.status, 200, "{}", live.body);
    let margin = live.body.split("id=\"margin-1_0\"").nth(1).unwrap().split("</b>").next().unwrap();
    assert!(margin.contains("class=\"bad\"") && margin.contains("-2") || margin.contains('\u{2212}'), "{margin}");
    for known in ["120.00 EUR", "80.00 EUR", "100,000 pc", "needs Pricing manager"] {
        assert!(live.body.contains(known), "{known}: {}", live.body);
    }
    let page = server.get("ann", &format!("/desk/quotes/{id}")).await;
    assert_eq!(page.body.matches("<table class=\"table cards quote-lines\">").count(), 1, "one table");
    test.remove().await;
}

/// A small source of numbers, the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> i128 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i128::from((self.0 >> 33) % end)
    }
}

fn any_pieces(numbers: &mut Numbers) -> Pieces {
    let lines = 1 + numbers.below(4);
    let mut known = Vec::new();
    for line in 0..lines {
        for _ in 0..=numbers.below(2) {
            let list = 1_000 + numbers.below(3_000_000);
            let net = list - list * numbers.below(30) / 100;
            known.push(Piece {
                line: i64::try_from(line).unwrap(),
                net,
                list,
                earned: net * (numbers.below(50) - 15) / 100,
                target: 150_000 + numbers.below(100_000),
                floor: 50_000 + numbers.below(60_000),
                is_list: false,
            });
        }
    }
    let charge = numbers.below(2) * numbers.below(5_000);
    let order = Order { cost: numbers.below(9_000) + charge, charge, free_from: 500_000 };
    Pieces { known, order, revenue: numbers.below(90_000_000), is_whole: numbers.below(4) == 0, ..Pieces::default() }
}

/// What the approval matrix says of one selection, worked out as the engine does it.
fn needs_of(pieces: &Pieces, chosen: &[Piece], policy: &Policy) -> Authority {
    let sum = |of: &dyn Fn(&Piece) -> i128| chosen.iter().map(of).sum::<i128>();
    let (net, list) = (sum(&|p| p.net), sum(&|p| p.list));
    let charge = if list < pieces.order.free_from { pieces.order.charge } else { 0 };
    let pocket = sum(&|p| p.earned) - pieces.order.cost + charge;
    let weighted = |of: &dyn Fn(&Piece) -> i128| sum(&|p| p.net * of(p)).div_euclid(net);
    let margin = (pocket * 1_000_000).div_euclid(net);
    let impact = (weighted(&|p| p.target) - margin).max(0);
    let least = if margin < weighted(&|p| p.floor) { policy.routing.below_floor } else { Authority::Rep };
    let fits = |row: &&negotiation_engine::RouteRow| {
        row.authority >= least
            && row.impact_max.is_none_or(|max| impact <= i128::from(max.ppm()))
            && row.deal_max.is_none_or(|max| list <= i128::from(max.minor()))
            && row.customer_max.is_none_or(|max| pieces.revenue <= i128::from(max.minor()))
    };
    let rows = policy.routing.rows.iter().filter(fits);
    rows.map(|row| row.authority).min().unwrap_or(Authority::PricingManager)
}

/// Every selection with at most one answer for each line, or with one for every line.
fn selections(pieces: &Pieces) -> Vec<Vec<Piece>> {
    let mut lines: Vec<i64> = pieces.known.iter().map(|piece| piece.line).collect();
    lines.dedup();
    let mut all: Vec<Vec<Piece>> = vec![Vec::new()];
    for line in lines {
        let of_line = pieces.known.iter().filter(|piece| piece.line == line);
        let mut next = if pieces.is_whole { Vec::new() } else { all.clone() };
        for piece in of_line {
            next.extend(all.iter().map(|chosen| [chosen.as_slice(), &[*piece]].concat()));
        }
        all = next;
    }
    all.retain(|chosen| !chosen.is_empty());
    all
}

#[test]
fn use_s9_no_selection_needs_more_than_was_asked_for() {
    let (policy, mut numbers) = (Policy::starter(), Numbers(9));
    let (mut exact, mut all) = (0, 0);
    for _ in 0..20_000 {
        let pieces = any_pieces(&mut numbers);
        let asked = pieces.needs(&policy.routing);
        let most = selections(&pieces).iter().map(|chosen| needs_of(&pieces, chosen, &policy)).max().unwrap();
        assert!(asked >= most, "{asked:?} for {most:?}: {pieces:?}");
        all += 1;
        exact += i32::from(asked == most);
    }
    assert!(exact * 100 >= all * 97, "asked for more than needed in {} of {all}", all - exact);
}

#[test]
fn use_s9_list_prices_need_nobody() {
    let at_list = Piece { line: 1, net: 1_000, list: 1_000, earned: 10, target: 200_000, floor: 80_000, is_list: true };
    let order = Order { cost: 6_500, charge: 0, free_from: 0 };
    let pieces = Pieces { known: vec![at_list], order, ..Pieces::default() };
    assert_eq!(pieces.needs(&Policy::starter().routing), Authority::Rep);
    let given = Piece { line: 2, is_list: false, ..at_list };
    let pieces = Pieces { known: vec![at_list, given], order, ..Pieces::default() };
    assert_eq!(pieces.needs(&Policy::starter().routing), Authority::PricingManager);
}

mod counting {
    //! Counts the statements of a test's own thread.

    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use tracing::span;

    pub(super) struct Statements(pub(super) Arc<AtomicU64>);

    impl tracing::Subscriber for Statements {
        fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
            metadata.target() == "db::statement"
        }
        fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
            span::Id::from_u64(1)
        }
        fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
        fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
        fn event(&self, _: &tracing::Event<'_>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
        fn enter(&self, _: &span::Id) {}
        fn exit(&self, _: &span::Id) {}
    }
}

/// Statements of answering a quote of so many lines, each with three alternatives.
async fn statements(world: &World, lines: usize) -> u64 {
    let id = request(world, &vec![(VALVE, 250); lines]).await;
    let quote = load(world, id).await;
    let mut prices = Vec::new();
    for position in 1..=i64::try_from(lines).unwrap() {
        prices.extend([(position, 0, "118"), (position, 1, "117"), (position, 2, "119"), (position, 3, "116")]);
    }
    let new = version(&quote, &prices, false);
    let count = std::sync::Arc::default();
    let guard = tracing::subscriber::set_default(counting::Statements(std::sync::Arc::clone(&count)));
    assert_eq!(code(send(world, 3, id, &new).await), "done");
    drop(guard);
    count.load(std::sync::atomic::Ordering::Relaxed)
}

#[tokio::test]
async fn fault_s1_statements_do_not_grow_with_lines_and_alternatives() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let (few, many) = (statements(&world, 2).await, statements(&world, 200).await);
        assert!(few > 5, "they are counted: {few}");
        // Rows are written in batches of what one statement takes.
        assert!(many <= few + 2, "two hundred lines with three alternatives each: {many}, two lines: {few}");
        test.remove().await;
    }
}

#[test]
fn fault_s10_days_to_pay_that_cannot_be_are_refused() {
    // 70,000 days and -1 became 'prepaid' before.
    for (days, want) in [(0, "0"), (30, "30"), (365, "365"), (366, "no"), (-1, "no"), (70_000, "no")] {
        let is = crate::quotes::authority::days_of(days).map_or_else(|_| "no".to_owned(), |days| days.to_string());
        assert_eq!(is, want, "{days}");
    }
}
