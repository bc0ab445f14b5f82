//! What is believed, in the office.

use std::collections::HashMap;

use askama::Template;
use kernel::{Outcome, Rate};
use negotiation_engine::{Features, Lever};
use serde::Deserialize;
use terms::beliefs::{Belief, queries, rules};
use terms::figures::{Mark, OFFERS_MADE, OFFERS_TAKEN};
use terms::words;
use web::{App, Query, Reply, Shell, State, Visitor};

use crate::tracking;

/// How far above the ask offers are shown, in tenths of a per cent.
const GAPS: [i64; 4] = [0, 10, 20, 50];

/// A chance in words, with a bar.
struct Cell {
    percent: i64,
    text: String,
    between: String,
}

struct SegmentRow {
    href: String,
    name: String,
    is_here: bool,
    /// Every offer that buyers of the segment had, and how many were taken.
    offers: [(Mark, String); 2],
    /// Where these offers are told apart.
    offers_href: String,
    outcomes: String,
    taken: String,
    cells: Vec<Cell>,
}

#[derive(Template)]
#[template(path = "learning/page.html")]
struct ModelPage {
    shell: Shell,
    gaps: Vec<String>,
    segments: Vec<SegmentRow>,
    here: String,
    levers: Vec<(String, Cell)>,
    at: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    segment: String,
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Reply {
    tracking::follower::up_to_date(&app).await?;
    let tx = app.db().read().await?;
    let beliefs = queries::beliefs(&tx).await?;
    let mut made = HashMap::new();
    for belief in &beliefs {
        made.insert(belief.segment.clone(), tracking::offers::of_all_time(&tx, &app, &belief.segment).await?);
    }
    drop(tx);
    let locale = &visitor.locale;
    let name = |segment: &str| match segment {
        "" => locale.text("buyer-model-all"),
        own => own.to_owned(),
    };
    let here = beliefs.iter().find(|belief| belief.segment == asked.segment).or(beliefs.first());
    let cell = |belief: &Belief, gap: i64, lever: Lever| {
        let chance = belief.chance(&Features { gap: gap * 1_000, extra_value: 0, earlier: 0, lever })?;
        let args = [("low", chance.low.into()), ("high", chance.high.into())];
        Ok::<_, kernel::Failure>(Cell {
            percent: chance.percent,
            text: locale.percent(Rate::percent(chance.percent)),
            between: locale.text_with("buyer-model-between", &args),
        })
    };
    let row = |belief: &Belief| {
        let share = tracking::rules::share(belief.taken, belief.outcomes);
        let offers = made.get(&belief.segment).cloned().unwrap_or_default();
        let mark = |figure, n: i64| (Mark::new(figure, n, &offers.scope), locale.number(n));
        Ok(SegmentRow {
            offers: [mark(OFFERS_MADE, offers.made), mark(OFFERS_TAKEN, offers.taken)],
            offers_href: offers.href.clone(),
            href: format!("/office/buyer-model?segment={}", web::encode(&belief.segment)),
            name: name(&belief.segment),
            is_here: here.is_some_and(|here| here.segment == belief.segment),
            outcomes: locale.number(belief.outcomes),
            taken: tracking::percent(locale, share),
            cells: GAPS.iter().map(|gap| cell(belief, *gap, Lever::Plain)).collect::<Outcome<_>>()?,
        })
    };
    let lever = |of: Lever| Ok((words::lever(locale, of), here.map(|here| cell(here, 0, of)).transpose()?));
    let levers = rules::levers().filter(|lever| *lever != Lever::List).map(lever).collect::<Outcome<Vec<_>>>()?;
    let gap = |gap: &i64| {
        let args = [("gap", locale.percent(Rate::from_ppm(gap * 1_000)).into())];
        if *gap == 0 { locale.text("buyer-model-at-ask") } else { locale.text_with("buyer-model-above", &args) }
    };
    let page = ModelPage {
        gaps: GAPS.iter().map(gap).collect(),
        segments: beliefs.iter().map(row).collect::<Outcome<_>>()?,
        here: here.map_or_else(String::new, |here| name(&here.segment)),
        levers: levers.into_iter().filter_map(|(name, cell)| Some((name, cell?))).collect(),
        at: here.map_or_else(String::new, |here| locale.long_moment(here.learnt_at)),
        shell: Shell::load(&app, &visitor, &locale.text("buyer-model-title")).await?,
    };
    web::page(&page)
}
