//! The parts of the report on what became of deals, and how far negotiating has caught on.

use kernel::{Amount, Outcome};
use terms::figures as registry;
use web::charts::{self, Bar, Group, Tone};

use super::sections::{Maker, Section};
use super::view::Cell;
use super::{AdherenceRow, queries};

impl Maker<'_> {
    pub(super) async fn adherence(&self) -> Outcome<Section> {
        let rows = queries::adherence(self.tx, self.filter, self.currency).await?;
        let name = |state: &str| self.locale.text(&format!("tracking-kept-{state}"));
        let tone = |state: &str| match state {
            "kept" => Tone::Good,
            "open" | "partly" => Tone::Quiet,
            _ => Tone::Bad,
        };
        let drawn = rows.iter().map(|row| Group {
            label: name(&row.state),
            bars: vec![Bar::new(row.count, self.locale.number(row.count), tone(&row.state))],
        });
        let mut section = self.empty("adherence");
        let label = |n: i64| self.locale.number(n);
        section.chart = charts::bars(&self.frame(&section, &label), &drawn.collect::<Vec<_>>());
        let columns = ["tracking-column-deals", "tracking-column-agreed", "tracking-column-revenue"];
        section.head = self.head("tracking-column-state", &columns);
        let money = |minor: i64| Cell::money(self.locale, Amount::new(minor, self.currency));
        let cells = |row: &AdherenceRow| {
            let count = Cell::count(self.locale, row.count);
            vec![self.adherence_name(&row.state), count, money(row.agreed_minor), money(row.net_minor)]
        };
        section.rows = rows.iter().map(cells).collect();
        section.rows.extend(self.all_deals(&rows));
        let unknown = Cell { is_number: true, ..Cell::text(self.locale.text("tracking-not-known")) };
        section.rows.push(vec![
            Cell::text(self.locale.text("tracking-paid-in-time")),
            unknown,
            Cell::dash(),
            Cell::dash(),
        ]);
        Ok(section)
    }

    /// What became of deals, leading to them where they can be told apart in the list.
    fn adherence_name(&self, state: &str) -> Cell {
        let name = self.locale.text(&format!("tracking-kept-{state}"));
        match state {
            "not-ordered" => Cell::link(name, self.rows(&[("deal", "lapsed")])),
            "open" => Cell::link(name, self.rows(&[("deal", "open")])),
            _ => Cell::link(name, self.rows(&[("deal", "ordered")])),
        }
    }

    /// All deals in one line: what the overview says of them.
    fn all_deals(&self, rows: &[AdherenceRow]) -> Option<Vec<Cell>> {
        let sum = |of: fn(&AdherenceRow) -> i64| rows.iter().map(of).fold(0_i64, i64::saturating_add);
        let (count, scope) = (sum(|row| row.count), self.scope(&[]));
        let money = |figure, minor: i64| {
            let amount = Amount::new(minor, self.currency);
            Cell::money(self.locale, amount).marked(figure, Some(amount.to_decimal()), &scope)
        };
        let first = Cell::link(self.locale.text("tracking-all"), self.rows(&[("deal", "agreed")]));
        let deals = Cell::count(self.locale, count).marked(registry::DEALS_AGREED, Some(count.to_string()), &scope);
        let amounts =
            [money(registry::AGREED, sum(|row| row.agreed_minor)), money(registry::ORDERED, sum(|row| row.net_minor))];
        (!rows.is_empty()).then(|| [first, deals].into_iter().chain(amounts).collect())
    }

    pub(super) async fn adoption(&self) -> Outcome<Section> {
        let a = queries::adoption(self.tx, self.filter.from, self.filter.until, self.currency).await?;
        let share = |part: i64, whole: i64| Cell::percent(self.locale, super::rules::share(part, whole));
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
}
