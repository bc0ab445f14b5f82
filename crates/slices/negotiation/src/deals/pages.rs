//! The deals of a company in its account.

use std::collections::BTreeSet;

use askama::Template;
use catalog::Catalog;
use i18n::Locale;
use kernel::{Instant, ProductId};
use serde::Deserialize;
use terms::words;
use web::{App, PageLink, Pager, Query, Reply, Shell, State, Visitor};

use super::{Deal, Progress, Standing, queries};
use crate::requests::answer::months_after;

/// Something of which a part is done, in words and as whole per cent.
struct Bar {
    label: String,
    text: String,
    percent: i64,
    /// Whether it goes as agreed, in words; may be empty.
    pace: String,
    class: &'static str,
}

/// A deal.
struct Card {
    title: String,
    href: String,
    number: String,
    class: &'static str,
    state: String,
    sentence: String,
    facts: Vec<(String, String)>,
    bars: Vec<Bar>,
    orders: Vec<(String, String)>,
    /// Where a form puts it into the cart; empty when it can no longer be ordered.
    cart: String,
}

#[derive(Template)]
#[template(path = "deals/list.html")]
struct ListPage {
    shell: Shell,
    cards: Vec<Card>,
    filters: Vec<(String, String, bool)>,
    pager: Pager,
    links: Vec<PageLink>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    page: Option<String>,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Reply {
    let (now, company) = (app.now(), visitor.actor.company()?);
    let pager = Pager::asked(asked.page.as_deref(), Some("25"));
    let standing = Standing::parse(&asked.state);
    let (deals, total) = {
        let tx = app.db().read().await?;
        queries::of_company(&tx, company, standing, now, pager).await?
    };
    let names = words::names_of(app.part::<Catalog>(), products(&deals));
    let shell = Shell::load(&app, &visitor, &visitor.locale.text("deals-title")).await?;
    let pager = pager.of(total);
    let query = standing.map_or_else(String::new, |standing| format!("state={}", standing.code()));
    let page = ListPage {
        cards: deals.iter().map(|deal| card(&visitor.locale, deal, &names, now)).collect(),
        filters: filters(&shell, standing),
        links: pager.links("/account/deals", &query),
        pager,
        shell,
    };
    web::page(&page)
}

/// The products that some deals speak of.
pub(super) fn products(deals: &[Deal]) -> BTreeSet<ProductId> {
    deals.iter().flat_map(|deal| deal.offer.terms.lines.iter().map(|line| line.product)).collect()
}

fn filters(shell: &Shell, chosen: Option<Standing>) -> Vec<(String, String, bool)> {
    let mut filters = vec![("/account/deals".to_owned(), shell.t("all"), chosen.is_none())];
    filters.extend(Standing::ALL.map(|standing| {
        let code = standing.code();
        let label = shell.t(&format!("deals-state-{code}"));
        (format!("/account/deals?state={code}"), label, chosen == Some(standing))
    }));
    filters
}

fn card(locale: &Locale, deal: &Deal, names: &words::Names, now: Instant) -> Card {
    let standing = deal.standing(now);
    let title = match deal.offer.terms.lines.as_slice() {
        [line] => words::name(locale, names, line.product),
        lines => locale.text_with("lines", &[("count", lines.len().into())]),
    };
    let mut orders: Vec<(String, String)> = Vec::new();
    for call_off in &deal.call_offs {
        let order = (call_off.order_number.clone(), locale.date(locale.local_date(call_off.at)));
        if !orders.contains(&order) {
            orders.push(order);
        }
    }
    if let Some(number) = deal.order_number.as_ref().filter(|number| !orders.iter().any(|(of, _)| of == *number)) {
        orders.push((number.clone(), String::new()));
    }
    Card {
        title,
        href: format!("/account/negotiations/{}", deal.negotiation),
        number: deal.number.to_string(),
        class: match standing {
            Standing::Open => "deal",
            Standing::Ordered => "ok",
            Standing::Ended => "",
        },
        state: locale.text(&format!("deals-state-{}", standing.code())),
        sentence: words::sentence(locale, &deal.offer, names),
        facts: facts(locale, deal, names),
        bars: bars(locale, deal, names, now),
        orders,
        cart: if standing == Standing::Open { format!("/cart/deals/{}", deal.id) } else { String::new() },
    }
}

fn facts(locale: &Locale, deal: &Deal, names: &words::Names) -> Vec<(String, String)> {
    let offer = &deal.offer;
    let mut facts = vec![(locale.text("deals-price"), words::price(locale, offer))];
    if let [line] = offer.terms.lines.as_slice() {
        let most = offer.up_to.first().filter(|most| most.thousandths() > line.quantity.thousandths());
        let quantity = locale.quantity_unit(line.quantity);
        let text = most.map(|most| {
            let args = [("quantity", quantity.clone().into()), ("most", locale.quantity_unit(*most).into())];
            locale.text_with("deals-quantity-to", &args)
        });
        facts.push((locale.text("quantity"), text.unwrap_or(quantity)));
    }
    facts.push((locale.text("negotiation-payment"), words::payment(locale, i64::from(offer.terms.payment_days))));
    let further = words::further(locale, offer, names);
    if !further.is_empty() {
        facts.push((locale.text("deals-conditions"), further.join("; ")));
    }
    facts.push((locale.text("deals-agreed"), locale.date(locale.local_date(deal.agreed_at))));
    facts.push((locale.text("deals-until"), locale.moment(offer.expires)));
    if deal.saving().minor() > 0 {
        facts.push((locale.text("negotiation-saved"), locale.money(deal.saving())));
    }
    facts
}

/// How far a commitment is called off, and the turnover of a rebate reached.
fn bars(locale: &Locale, deal: &Deal, names: &words::Names, now: Instant) -> Vec<Bar> {
    let lines = deal.progress();
    let (key, class) = match deal.is_on_track(now) {
        Some(true) => ("deals-on-track", "ok"),
        Some(false) => ("deals-behind", "warn"),
        None => ("", ""),
    };
    let pace = if key.is_empty() { String::new() } else { locale.text(key) };
    let is_one = lines.len() == 1;
    let of = |progress: Progress| {
        let args = [
            ("done", locale.quantity(progress.called_off).into()),
            ("total", locale.quantity_unit(progress.total).into()),
            ("left", locale.quantity_unit(progress.left()).into()),
        ];
        Bar {
            // The one product of a deal is its title already.
            label: if is_one { locale.text("deals-commitment") } else { words::name(locale, names, progress.product) },
            text: locale.text_with("deals-called-off", &args),
            percent: percent(progress.called_off.thousandths(), progress.total.thousandths()),
            pace: pace.clone(),
            class,
        }
    };
    let mut bars: Vec<Bar> = lines.into_iter().map(of).collect();
    if let Some((rebate, reached)) = deal.offer.terms.extras.rebate.zip(deal.turnover) {
        let args = [
            ("reached", locale.money(reached).into()),
            ("turnover", locale.money(rebate.turnover).into()),
            ("until", locale.date(locale.local_date(months_after(deal.agreed_at, rebate.months))).into()),
            ("rate", locale.decimal(&rebate.rate.to_percent()).into()),
        ];
        bars.push(Bar {
            label: locale.text("deals-rebate"),
            text: locale.text_with("deals-turnover", &args),
            percent: percent(reached.minor(), rebate.turnover.minor()),
            pace: String::new(),
            class: "",
        });
    }
    bars
}

fn percent(part: i64, whole: i64) -> i64 {
    let percent = i128::from(part.max(0)) * 100 / i128::from(whole.max(1));
    i64::try_from(percent.min(100)).unwrap_or(100)
}
