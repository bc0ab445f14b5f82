//! The parts of the reports: a picture, and the table with the same numbers.

use db::ReadTx;
use i18n::Locale;
use kernel::{Amount, Currency, Instant, Outcome, ProductId, Quantity, Rate, UnitPrice};
use negotiation_engine::Lever;
use terms::figures::whole_units;
use terms::words;
use web::charts::{self, Axis, Bar, Chart, Frame, Group, Line, Point, Step, Tone};

use super::figures::Figures;
use super::view::{self, Cell, FilterQuery, Names};
use super::{Dimension, Filter, PricePoint, decisions, queries};

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
    pub(super) fn sheet(&self) -> sheets::Sheet {
        let head = self.head.iter().map(|(text, _)| text.clone()).collect();
        let mut sheet = sheets::Sheet::new(&format!("negotiations-{}", self.code), head);
        self.rows.iter().for_each(|row| sheet.row(row.iter().map(|cell| cell.value.clone()).collect()));
        sheet
    }
}

/// The reports with their codes; `tracking-report-<code>` is the name.
pub(super) const REPORTS: [&str; 7] = ["overview", "asks", "levers", "outcomes", "prices", "adherence", "people"];

/// What sections are made from.
pub(super) struct Maker<'a> {
    pub(super) tx: &'a ReadTx,
    pub(super) locale: &'a Locale,
    pub(super) names: &'a Names,
    pub(super) query: &'a FilterQuery,
    pub(super) filter: &'a Filter,
    pub(super) currency: Currency,
    pub(super) now: Instant,
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
            "outcomes" => vec![self.reasons().await?, self.by("policies", Dimension::Policy).await?],
            "adherence" => vec![self.adherence().await?, self.adoption().await?],
            "people" => {
                vec![self.people("reps", Dimension::Rep).await?, self.people("segments", Dimension::Segment).await?]
            }
            _ => Vec::new(),
        })
    }

    fn empty(&self, code: &'static str) -> Section {
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

    fn head(&self, first: &str, others: &[&str]) -> Vec<(String, bool)> {
        let first = (self.locale.text(first), false);
        let others =
            others.iter().map(|key| (self.locale.text_with(key, &[("currency", self.currency.code().into())]), true));
        std::iter::once(first).chain(others).collect()
    }

    async fn groups(&self, by: Dimension) -> Outcome<Vec<(String, String, Figures)>> {
        let all = queries::figures(self.tx, self.filter, by, self.currency).await?;
        let named = all.into_iter().map(|(key, figures)| {
            let (label, filter) = self.names.group(self.locale, by, &key);
            let added: Vec<(&str, &str)> = filter.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let href = format!("/office/tracking/negotiations?{}", self.query.with(&added));
            (label, if self.is_linked { href } else { String::new() }, figures)
        });
        Ok(named.collect())
    }

    fn table(&self, groups: &[(String, String, Figures)]) -> Vec<Vec<Cell>> {
        let row = |(label, href, figures): &(String, String, Figures)| {
            let mut cells = vec![Cell::link(label.clone(), href.clone())];
            cells.extend(view::figures_cells(self.locale, figures));
            cells
        };
        groups.iter().map(row).collect()
    }

    async fn by(&self, code: &'static str, by: Dimension) -> Outcome<Section> {
        let groups = self.groups(by).await?;
        let head = self.head("tracking-column-group", &view::COLUMNS);
        Ok(Section { head, rows: self.table(&groups), ..self.empty(code) })
    }

    async fn weeks(&self) -> Outcome<Section> {
        let mut section = self.by("weeks", Dimension::Week).await?;
        let groups = self.groups(Dimension::Week).await?;
        let places: Vec<String> = groups.iter().map(|(label, _, _)| label.clone()).collect();
        let rate = |of: fn(&Figures) -> Rate| {
            groups.iter().map(|(_, _, f)| (f.won + f.lost > 0).then(|| of(f).ppm())).collect()
        };
        let line = |key: &str, tone, values| Line { name: self.locale.text(key), tone, values, band: Vec::new() };
        let lines = [
            line("tracking-column-agreement", Tone::Brand, rate(Figures::agreement)),
            line("tracking-column-escalated", Tone::Quiet, rate(Figures::escalation)),
            line("tracking-column-given", Tone::Deal, rate(Figures::given_discount)),
        ];
        let label = |ppm: i64| view::percent(self.locale, Rate::from_ppm(ppm));
        let entries: Vec<(Tone, &str)> = lines.iter().map(|line| (line.tone, line.name.as_str())).collect();
        section.legend = charts::legend(&entries);
        section.chart = charts::lines(&self.frame(&section, &label), &places, &lines, None);
        Ok(section)
    }

    fn frame<'a>(&self, section: &'a Section, label: &'a dyn Fn(i64) -> String) -> Frame<'a> {
        Frame { id: section.code, title: &section.title, description: &section.hint, label }
    }

    fn thousands(&self, minor: i64) -> String {
        self.locale.number(whole_units(Amount::new(minor, self.currency)))
    }

    async fn waterfall(&self) -> Outcome<Section> {
        let f = queries::total(self.tx, self.filter, self.currency).await?;
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
            ("case-handling", -(f.handling + f.freight), false),
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
        let share = |minor: i64| Rate::from_ppm(super::rules::share_ppm(minor, list));
        let leak = ("tracking-leakage", f.leak, false);
        let row = |(key, value, _): &(&str, i64, bool)| {
            let amount = Amount::new(*value, self.currency);
            vec![
                Cell::text(self.locale.text(key)),
                Cell::money(self.locale, amount),
                Cell::percent(self.locale, share(*value)),
            ]
        };
        section.rows = steps.iter().chain([&leak]).map(row).collect();
        Ok(section)
    }

    /// Discount asked beside discount given.
    async fn discounts(&self, code: &'static str, by: Dimension) -> Outcome<Section> {
        let groups = self.groups(by).await?;
        let mut section = self.by(code, by).await?;
        let bar = |rate: Rate, tone, href: &str| Bar {
            href: href.to_owned(),
            ..Bar::new(rate.ppm(), view::percent(self.locale, rate), tone)
        };
        let drawn = groups.iter().take(12).map(|(label, href, f)| Group {
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
        ];
        section.head = self.head("buyer-model-lever", &columns);
        let share = |row: &super::LeverRow| Rate::from_ppm(super::rules::share_ppm(row.taken, row.offered));
        section.rows = levers
            .iter()
            .map(|row| {
                let counts = [row.offered, row.looked_at, row.taken].map(|n| Cell::count(self.locale, n));
                let first = Cell::text(name(&row.lever));
                std::iter::once(first).chain(counts).chain([Cell::percent(self.locale, share(row))]).collect()
            })
            .collect();
        Ok(section)
    }

    async fn reasons(&self) -> Outcome<Section> {
        let keys = queries::figures(self.tx, self.filter, Dimension::Reason, self.currency).await?;
        let groups = self.groups(Dimension::Reason).await?;
        let mut section = self.by("reasons", Dimension::Reason).await?;
        let tone = |key: &str| match key.split(' ').next() {
            Some("won") => Tone::Good,
            Some("lost") => Tone::Bad,
            _ => Tone::Quiet,
        };
        let drawn = groups.iter().zip(&keys).map(|((label, href, f), (key, _))| Group {
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

    async fn adherence(&self) -> Outcome<Section> {
        let rows = queries::adherence(self.tx, self.filter, self.now, self.currency).await?;
        let name = |state: &str| self.locale.text(&format!("tracking-kept-{state}"));
        let tone = |state: &str| match state {
            "kept" => Tone::Good,
            "open" => Tone::Quiet,
            _ => Tone::Bad,
        };
        let drawn = rows.iter().map(|(state, count, _)| Group {
            label: name(state),
            bars: vec![Bar::new(*count, self.locale.number(*count), tone(state))],
        });
        let mut section = self.empty("adherence");
        let label = |n: i64| self.locale.number(n);
        section.chart = charts::bars(&self.frame(&section, &label), &drawn.collect::<Vec<_>>());
        section.head = self.head("tracking-column-state", &["tracking-column-deals", "tracking-column-revenue"]);
        let cells = |(state, count, net): &(String, i64, Amount)| {
            vec![Cell::text(name(state)), Cell::count(self.locale, *count), Cell::money(self.locale, *net)]
        };
        section.rows = rows.iter().map(cells).collect();
        let unknown = Cell { is_number: true, ..Cell::text(self.locale.text("tracking-not-known")) };
        let dash = Cell { is_number: true, ..Cell::text("–") };
        section.rows.push(vec![Cell::text(self.locale.text("tracking-paid-in-time")), unknown, dash]);
        Ok(section)
    }

    async fn adoption(&self) -> Outcome<Section> {
        let a = queries::adoption(self.tx, self.filter.from, self.filter.until, self.currency).await?;
        let share =
            |part: i64, whole: i64| Cell::percent(self.locale, Rate::from_ppm(super::rules::share_ppm(part, whole)));
        let row = |key: &str, part: Cell, whole: Cell, share: Cell| {
            vec![Cell::text(self.locale.text(key)), part, whole, share]
        };
        let mut section = self.empty("adoption");
        section.head = self
            .head("tracking-column-group", &["tracking-column-part", "tracking-column-whole", "tracking-column-share"]);
        section.rows = vec![
            row(
                "tracking-adoption-companies",
                Cell::count(self.locale, a.negotiating),
                Cell::count(self.locale, a.buying),
                share(a.negotiating, a.buying),
            ),
            row(
                "tracking-adoption-revenue",
                Cell::money(self.locale, a.negotiated),
                Cell::money(self.locale, a.sold),
                share(a.negotiated.minor(), a.sold.minor()),
            ),
        ];
        Ok(section)
    }

    /// Reps or segments, each with its summary.
    async fn people(&self, code: &'static str, by: Dimension) -> Outcome<Section> {
        let groups = queries::figures(self.tx, self.filter, by, self.currency).await?;
        let mut section = self.by(code, by).await?;
        for (row, (key, _)) in section.rows.iter_mut().zip(&groups) {
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
            ..Cell::decimal(self.locale, Some(price.to_decimal()))
        };
        vec![
            Cell::link(p.number.to_string(), decisions::href(p.id)),
            Cell::text(p.company.clone()),
            Cell::text(view::day(self.locale, p.at)),
            Cell {
                text: self.locale.quantity_unit(p.quantity),
                ..Cell::decimal(self.locale, Some(p.quantity.to_decimal()))
            },
            price(p.list),
            price(p.price),
            Cell::percent(self.locale, p.price.discount_from(p.list)),
        ]
    }
}
