//! The parts of the reports: a picture, and the table with the same numbers.

use db::ReadTx;
use i18n::Locale;
use kernel::{Amount, Currency, Date, Outcome, ProductId, Quantity, Rate, UnitPrice};
use negotiation_engine::Lever;
use terms::figures::{self as registry, whole_units};
use terms::words;
use web::charts::{self, Axis, Bar, Chart, Frame, Group, Line, Point, Step, Tone};

use super::figures::Figures;
use super::view::{self, Cell, FilterQuery, Names};
use super::{Dimension, Filter, PricePoint, decisions, queries, rules};

/// A part of a report.
pub(super) struct Section {
    /// Its code in addresses.
    pub(super) code: &'static str,
    pub(super) title: String,
    pub(super) hint: String,
    pub(super) legend: Chart,
    pub(super) chart: Chart,
    /// Text, and whether the column holds numbers.
    pub(super) head: Vec<(String, bool)>,
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Section {
    /// Whether there is a picture.
    pub(super) fn is_drawn(&self) -> bool {
        self.chart != Chart::default()
    }

    /// Whether the table is too long to stand open below its picture.
    pub(super) fn is_long(&self) -> bool {
        self.is_drawn() && self.rows.len() > 14
    }

    /// Whether picture and table have room beside each other.
    pub(super) fn is_narrow(&self) -> bool {
        self.is_drawn() && !self.is_long() && self.head.len() <= 5
    }

    /// The table as a file.
    pub(super) fn sheet(&self, locale: &Locale) -> sheets::Sheet {
        let head = self.head.iter().map(|(text, _)| text.clone()).collect();
        view::sheet(locale, &format!("negotiations-{}", self.code), head, &self.rows)
    }
}

/// The place of the agreement among the cells of a group: the name comes first.
const AGREEMENT_COLUMN: usize = 2;

/// The reports with their codes; `tracking-report-<code>` is the name.
pub(super) const REPORTS: [&str; 7] = ["overview", "asks", "levers", "outcomes", "prices", "adherence", "people"];

/// A group of negotiations with its figures.
struct Named {
    key: String,
    label: String,
    /// Its negotiations.
    href: String,
    scope: String,
    figures: Figures,
}

/// What sections are made from.
pub(super) struct Maker<'a> {
    pub(super) tx: &'a ReadTx,
    pub(super) locale: &'a Locale,
    pub(super) names: &'a Names,
    pub(super) query: &'a FilterQuery,
    pub(super) filter: &'a Filter,
    pub(super) currency: Currency,
    pub(super) today: Date,
    /// Whose figures they are beside what the address says: `rep` or `segment`.
    pub(super) whose: Option<(&'static str, String)>,
    /// Whether the reader may see the negotiations behind the figures.
    pub(super) is_linked: bool,
}

impl Maker<'_> {
    /// The sections of a report; none for a code that there is not.
    pub(super) async fn report(&self, code: &str) -> Outcome<Vec<Section>> {
        Ok(match code {
            "overview" => vec![self.weeks().await?, self.waterfall().await?],
            "asks" => vec![
                self.discounts("categories", Dimension::Category).await?,
                self.discounts("sizes", Dimension::Size).await?,
            ],
            "levers" => vec![self.levers().await?],
            "outcomes" => vec![self.reasons().await?, self.by("policies", &self.groups(Dimension::Policy).await?)],
            "adherence" => vec![self.adherence().await?, self.adoption().await?],
            "people" => {
                vec![self.people("reps", Dimension::Rep).await?, self.people("segments", Dimension::Segment).await?]
            }
            _ => Vec::new(),
        })
    }

    pub(super) fn empty(&self, code: &'static str) -> Section {
        Section {
            code,
            title: self.locale.text(&format!("tracking-section-{code}")),
            hint: self.locale.text(&format!("tracking-section-{code}-hint")),
            legend: Chart::default(),
            chart: Chart::default(),
            head: Vec::new(),
            rows: Vec::new(),
        }
    }

    pub(super) fn head(&self, first: &str, others: &[&str]) -> Vec<(String, bool)> {
        let first = (self.locale.text(first), false);
        let others =
            others.iter().map(|key| (self.locale.text_with(key, &[("currency", self.currency.code().into())]), true));
        std::iter::once(first).chain(others).collect()
    }

    async fn groups(&self, by: Dimension) -> Outcome<Vec<Named>> {
        let all = queries::figures(self.tx, self.filter, by, self.currency).await?;
        let named = all.into_iter().map(|(key, figures)| {
            let (label, filter) = self.names.group(self.locale, by, &key);
            let added: Vec<(&str, &str)> = filter.iter().map(|(name, value)| (*name, value.as_str())).collect();
            Named { label, href: self.rows(&added), scope: self.scope(&added), key, figures }
        });
        Ok(named.collect())
    }

    /// The query, narrowed to whose summary it is.
    fn narrowed<'b>(&'b self, added: &[(&'b str, &'b str)]) -> Vec<(&'b str, &'b str)> {
        let whose = self.whose.iter().map(|(name, value)| (*name, value.as_str()));
        whose.filter(|(name, _)| !added.iter().any(|(other, _)| other == name)).chain(added.iter().copied()).collect()
    }

    /// The list of negotiations that these figures count; empty for a reader who may not see it.
    pub(super) fn rows(&self, added: &[(&str, &str)]) -> String {
        if !self.is_linked {
            return String::new();
        }
        format!("/office/tracking/negotiations?{}", self.query.with(&self.narrowed(added)))
    }

    /// Of what these figures are.
    pub(super) fn scope(&self, added: &[(&str, &str)]) -> String {
        self.query.scope(self.today, &self.narrowed(added))
    }

    fn table(&self, groups: &[Named]) -> Vec<Vec<Cell>> {
        let row = |group: &Named| {
            let mut cells = vec![Cell::link(group.label.clone(), group.href.clone())];
            cells.extend(view::figures_cells(self.locale, &group.figures, &group.scope));
            cells
        };
        groups.iter().map(row).collect()
    }

    fn by(&self, code: &'static str, groups: &[Named]) -> Section {
        let head = self.head("tracking-column-group", &view::COLUMNS);
        Section { head, rows: self.table(groups), ..self.empty(code) }
    }

    async fn weeks(&self) -> Outcome<Section> {
        let groups = self.groups(Dimension::Week).await?;
        let mut section = self.by("weeks", &groups);
        let places: Vec<String> = groups.iter().map(|group| group.label.clone()).collect();
        let ppm = |whole: i64, rate: Rate| (whole > 0).then(|| rate.ppm());
        let of = |value: &dyn Fn(&Figures) -> Option<i64>| groups.iter().map(|group| value(&group.figures)).collect();
        let between = |part: &dyn Fn(&Figures) -> (i64, i64)| {
            groups
                .iter()
                .map(|group| part(&group.figures))
                .map(|(part, whole)| rules::between_ppm(part, whole))
                .collect()
        };
        let line = |key: &str, tone, values, band| Line { name: self.locale.text(key), tone, values, band };
        let lines = [
            line(
                "tracking-column-agreement",
                Tone::Brand,
                of(&|f| ppm(f.won + f.lost, f.agreement())),
                between(&|f| (f.won, f.won + f.lost)),
            ),
            line(
                "tracking-column-escalated",
                Tone::Quiet,
                of(&|f| ppm(f.count, f.escalation())),
                between(&|f| (f.escalated, f.count)),
            ),
            line("tracking-column-given", Tone::Deal, of(&|f| ppm(f.agreed_list, f.given_discount())), Vec::new()),
        ];
        for (row, group) in section.rows.iter_mut().zip(&groups) {
            self.with_interval(row, &group.figures);
        }
        let label = |ppm: i64| view::percent(self.locale, Rate::from_ppm(ppm));
        let entries: Vec<(Tone, &str)> = lines.iter().map(|line| (line.tone, line.name.as_str())).collect();
        section.legend = charts::legend(&entries);
        section.chart = charts::lines(&self.frame(&section, &label), &places, &lines, None);
        Ok(section)
    }

    /// The agreement of few deals says within what it may truly lie.
    fn with_interval(&self, row: &mut [Cell], f: &Figures) {
        let between = rules::between_ppm(f.won, f.won + f.lost);
        let (Some(cell), Some((low, high))) = (row.get_mut(AGREEMENT_COLUMN), between) else { return };
        let words = |ppm: i64| view::percent(self.locale, Rate::from_ppm(ppm)).into();
        let args = [("share", cell.text.clone().into()), ("low", words(low)), ("high", words(high))];
        cell.text = self.locale.text_with("tracking-share-between", &args);
    }

    pub(super) fn frame<'a>(&self, section: &'a Section, label: &'a dyn Fn(i64) -> String) -> Frame<'a> {
        Frame { id: section.code, title: &section.title, description: &section.hint, label }
    }

    fn thousands(&self, minor: i64) -> String {
        self.locale.number(whole_units(Amount::new(minor, self.currency)))
    }

    async fn waterfall(&self) -> Outcome<Section> {
        let f = queries::total(self.tx, self.filter, self.currency).await?;
        let (scope, ordered) = (self.scope(&[]), self.rows(&[("deal", "ordered")]));
        if f.costed == 0 {
            return Ok(self.empty("waterfall"));
        }
        // Only deals with known costs: a waterfall must end where it says.
        let list = f.costed_list;
        let steps = [
            ("case-list-price", list, true),
            ("case-discount", f.costed_net - list, false),
            ("case-net-price", f.costed_net, true),
            ("case-cost", -f.cost, false),
            ("case-handling", -f.handling, false),
            ("case-freight", -f.freight, false),
            ("case-financing", -f.financing, false),
            ("tracking-rebate", -f.rebate, false),
            ("case-bonus", f.bonus, false),
            ("case-pocket", f.pocket, true),
        ];
        let steps: Vec<_> = steps.into_iter().filter(|(_, value, is_sum)| *is_sum || *value != 0).collect();
        let drawn = steps.iter().map(|(key, value, is_sum)| {
            let (label, text) = (self.locale.text(key), self.thousands(*value));
            if *is_sum { Step::Sum { label, value: *value, text } } else { Step::Change { label, value: *value, text } }
        });
        let drawn: Vec<Step> = drawn.collect();
        let mut section = self.empty("waterfall");
        section.chart = charts::waterfall(&self.frame(&section, &|minor| self.thousands(minor)), &drawn);
        section.head = self.head("tracking-column-step", &["tracking-column-amount", "tracking-column-of-list"]);
        let share = |minor: i64| rules::share(minor, list);
        let leak = ("tracking-leakage", f.leak, false);
        let row = |(key, value, _): &(&str, i64, bool)| {
            let amount = Amount::new(*value, self.currency);
            let money = Cell::money(self.locale, amount);
            let money = match *key {
                "case-pocket" => money.marked(registry::POCKET, f.value(registry::POCKET), &scope),
                "tracking-leakage" => money.marked(registry::LEAKAGE, f.value(registry::LEAKAGE), &scope),
                _ => money,
            };
            vec![Cell::link(self.locale.text(key), ordered.clone()), money, Cell::percent(self.locale, share(*value))]
        };
        section.rows = steps.iter().chain([&leak]).map(row).collect();
        Ok(section)
    }

    /// Discount asked beside discount given.
    async fn discounts(&self, code: &'static str, by: Dimension) -> Outcome<Section> {
        let groups = self.groups(by).await?;
        let mut section = self.by(code, &groups);
        let bar = |rate: Rate, tone, href: &str| Bar {
            href: href.to_owned(),
            ..Bar::new(rate.ppm(), view::percent(self.locale, rate), tone)
        };
        let drawn = groups.iter().take(12).map(|Named { label, href, figures: f, .. }| Group {
            label: label.clone(),
            bars: vec![bar(f.asked_discount(), Tone::Deal, href), bar(f.given_discount(), Tone::Brand, href)],
        });
        let (asked, given) = (self.locale.text("tracking-column-asked"), self.locale.text("tracking-column-given"));
        section.legend = charts::legend(&[(Tone::Deal, &asked), (Tone::Brand, &given)]);
        let label = |ppm: i64| view::percent(self.locale, Rate::from_ppm(ppm));
        section.chart = charts::bars(&self.frame(&section, &label), &drawn.collect::<Vec<_>>());
        Ok(section)
    }

    async fn levers(&self) -> Outcome<Section> {
        let levers = queries::levers(self.tx, self.filter).await?;
        let name = |code: &str| Lever::parse(code).map_or_else(|| code.to_owned(), |l| words::lever(self.locale, l));
        let bar = |n: i64, tone| Bar::new(n, self.locale.number(n), tone);
        let drawn = levers.iter().map(|row| Group {
            label: name(&row.lever),
            bars: vec![bar(row.offered, Tone::Quiet), bar(row.looked_at, Tone::Deal), bar(row.taken, Tone::Brand)],
        });
        let keys =
            ["tracking-column-offered", "tracking-column-looked", "tracking-column-taken"].map(|k| self.locale.text(k));
        let mut section = self.empty("levers");
        section.legend = charts::legend(&[(Tone::Quiet, &keys[0]), (Tone::Deal, &keys[1]), (Tone::Brand, &keys[2])]);
        let label = |n: i64| self.locale.number(n);
        section.chart = charts::bars(&self.frame(&section, &label), &drawn.collect::<Vec<_>>());
        let columns = [
            "tracking-column-offered",
            "tracking-column-looked",
            "tracking-column-taken",
            "tracking-column-taken-share",
            "tracking-column-offers",
            "tracking-column-offers-taken",
        ];
        section.head = self.head("buyer-model-lever", &columns);
        let share = |row: &super::LeverRow| rules::share(row.taken, row.offered);
        section.rows = levers
            .iter()
            .map(|row| {
                let counts = [row.offered, row.looked_at, row.taken].map(|n| Cell::count(self.locale, n));
                let first = Cell::text(name(&row.lever));
                let offers = [row.offers, row.offers_taken].map(|n| Cell::count(self.locale, n));
                let share = Cell::percent(self.locale, share(row));
                std::iter::once(first).chain(counts).chain([share]).chain(offers).collect()
            })
            .collect();
        section.rows.extend(self.all_offers(&levers));
        Ok(section)
    }

    /// Every offer in one line: negotiations cannot be added up over levers, offers can.
    fn all_offers(&self, levers: &[super::LeverRow]) -> Option<Vec<Cell>> {
        let sum = |of: fn(&super::LeverRow) -> i64| levers.iter().map(of).fold(0_i64, i64::saturating_add);
        let offers =
            [(registry::OFFERS_MADE, sum(|row| row.offers)), (registry::OFFERS_TAKEN, sum(|row| row.offers_taken))];
        let scope = self.scope(&[]);
        let counts = offers.map(|(figure, n)| Cell::count(self.locale, n).marked(figure, Some(n.to_string()), &scope));
        let first = Cell::link(self.locale.text("tracking-all"), self.rows(&[]));
        (!levers.is_empty()).then(|| {
            [first, Cell::dash(), Cell::dash(), Cell::dash(), Cell::dash()].into_iter().chain(counts).collect()
        })
    }

    async fn reasons(&self) -> Outcome<Section> {
        let groups = self.groups(Dimension::Reason).await?;
        let mut section = self.by("reasons", &groups);
        let tone = |key: &str| match key.split(' ').next() {
            Some("won") => Tone::Good,
            Some("lost") => Tone::Bad,
            _ => Tone::Quiet,
        };
        let drawn = groups.iter().map(|Named { key, label, href, figures: f, .. }| Group {
            label: label.clone(),
            bars: vec![Bar { href: href.clone(), ..Bar::new(f.count, self.locale.number(f.count), tone(key)) }],
        });
        let (won, lost, open) =
            (self.locale.text("tracking-won"), self.locale.text("tracking-lost"), self.locale.text("tracking-open"));
        section.legend = charts::legend(&[(Tone::Good, &won), (Tone::Bad, &lost), (Tone::Quiet, &open)]);
        let label = |n: i64| self.locale.number(n);
        section.chart = charts::bars(&self.frame(&section, &label), &drawn.collect::<Vec<_>>());
        Ok(section)
    }

    /// Reps or segments, each with its summary.
    async fn people(&self, code: &'static str, by: Dimension) -> Outcome<Section> {
        let groups = self.groups(by).await?;
        let mut section = self.by(code, &groups);
        for (row, Named { key, .. }) in section.rows.iter_mut().zip(&groups) {
            if let Some(first) = row.first_mut().filter(|_| !key.is_empty()) {
                first.href = format!("/office/tracking/summaries/{code}/{}?{}", web::encode(key), self.query.with(&[]));
            }
        }
        Ok(section)
    }

    /// The spread of prices for one product.
    pub(super) async fn prices(&self, product: Option<ProductId>) -> Outcome<Section> {
        let points = match product {
            Some(product) => queries::prices(self.tx, self.filter, product).await?,
            None => Vec::new(),
        };
        let mut section = self.empty("prices");
        // One axis, one currency: the most frequent one is the first customer's.
        let shown: Vec<&PricePoint> =
            points.iter().filter(|p| Some(p.price.currency()) == points.first().map(|f| f.price.currency())).collect();
        let unit = shown.first().map_or(kernel::Unit::Piece, |p| p.quantity.unit());
        let currency = shown.first().map_or(self.currency, |p| p.price.currency());
        let of = |p: &PricePoint, price: UnitPrice, tone| Point {
            x: p.quantity.thousandths(),
            y: price.micros(),
            tone,
            text: self.locale.text_with(
                "tracking-price-point",
                &[
                    ("company", (&p.company).into()),
                    ("quantity", self.locale.quantity_unit(p.quantity).into()),
                    ("price", self.locale.unit_price(price).into()),
                ],
            ),
            href: decisions::href(p.id),
        };
        let drawn: Vec<Point> = shown.iter().map(|p| of(p, p.price, Tone::Brand)).collect();
        let up = |micros: i64| self.locale.unit_price(UnitPrice::new(micros, currency));
        let across = |thousandths: i64| self.locale.quantity(Quantity::new(thousandths, unit));
        let names = (
            self.locale.text("tracking-axis-quantity"),
            self.locale.text_with("tracking-axis-price", &[("currency", currency.code().into())]),
        );
        let axis = Axis { name: &names.0, label: &across, up_name: &names.1 };
        section.chart = charts::scatter(&self.frame(&section, &up), &axis, &drawn);
        section.head = self.price_head();
        section.rows = points.iter().map(|p| self.price_row(p)).collect();
        Ok(section)
    }

    fn price_head(&self) -> Vec<(String, bool)> {
        let text = |key: &str| (self.locale.text(key), false);
        let number = |key: &str| (self.locale.text(key), true);
        vec![
            text("tracking-column-negotiation"),
            text("tracking-column-company"),
            text("tracking-column-day"),
            number("tracking-axis-quantity"),
            number("tracking-column-list"),
            number("tracking-column-price"),
            number("tracking-column-given"),
        ]
    }

    fn price_row(&self, p: &PricePoint) -> Vec<Cell> {
        let price = |price: UnitPrice| Cell {
            text: format!("{} {}", self.locale.unit_price(price), price.currency().code()),
            unit: price.currency().code().to_owned(),
            ..Cell::decimal(self.locale, Some(price.to_decimal()))
        };
        vec![
            Cell::link(p.number.to_string(), decisions::href(p.id)),
            Cell::text(p.company.clone()),
            Cell::text(view::day(self.locale, p.at)),
            Cell {
                text: self.locale.quantity_unit(p.quantity),
                unit: self.locale.text(&format!("unit-{}", p.quantity.unit().code())),
                ..Cell::decimal(self.locale, Some(p.quantity.to_decimal()))
            },
            price(p.list),
            price(p.price),
            Cell::percent(self.locale, p.price.discount_from(p.list)),
        ]
    }
}
