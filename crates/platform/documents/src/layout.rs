//! Where everything stands.
//!
//! floats: PDF measures in points with fractions; no money is calculated here.

use crate::paper::{Column, Paper, Row};
use crate::text::{Fonts, Weight};

/// A4 in points.
pub(crate) const WIDTH: f32 = 595.28;
pub(crate) const HEIGHT: f32 = 841.89;
const LEFT: f32 = 56.0;
const RIGHT: f32 = WIDTH - 48.0;
const TOP: f32 = 52.0;
/// Nothing but the foot stands under this.
const BOTTOM: f32 = HEIGHT - 70.0;
const BODY: f32 = 9.5;
const SMALL: f32 = 8.0;
const LEADING: f32 = 13.0;
const GAP: f32 = 8.0;

/// How dark something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Text,
    Muted,
    Brand,
    Line,
}

/// Something on a page; `y` is the baseline of texts and the middle of rules.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    Text { x: f32, y: f32, size: f32, weight: Weight, ink: Ink, text: String },
    Rule { x: f32, y: f32, width: f32, thickness: f32, ink: Ink },
}

/// The pages of a paper.
pub(crate) fn pages(paper: &Paper, fonts: &Fonts, page_of: &dyn Fn(usize, usize) -> String) -> Vec<Vec<Mark>> {
    let mut sheet = Sheet { fonts, pages: vec![Vec::new()], y: TOP };
    sheet.head(paper);
    sheet.table(paper);
    sheet.sums(paper);
    sheet.terms(paper);
    sheet.feet(paper, page_of);
    sheet.pages
}

struct Sheet<'a> {
    fonts: &'a Fonts,
    pages: Vec<Vec<Mark>>,
    y: f32,
}

impl Sheet<'_> {
    fn put(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    fn text(&mut self, x: f32, y: f32, (size, weight, ink): (f32, Weight, Ink), text: &str) {
        if !text.is_empty() {
            self.put(Mark::Text { x, y, size, weight, ink, text: text.to_owned() });
        }
    }

    fn right(&mut self, x: f32, y: f32, (size, weight, ink): (f32, Weight, Ink), text: &str) {
        let width = self.fonts.width(text, weight, size);
        self.text(x - width, y, (size, weight, ink), text);
    }

    fn rule(&mut self, y: f32, ink: Ink) {
        self.put(Mark::Rule { x: LEFT, y, width: RIGHT - LEFT, thickness: 0.6, ink });
    }

    /// Begins a new page when `height` does not fit under what stands; says whether it did.
    fn room(&mut self, height: f32) -> bool {
        let is_full = self.y + height > BOTTOM;
        if is_full {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
        is_full
    }

    /// A wrapped text under what stands.
    fn paragraph(&mut self, style: (f32, Weight, Ink), text: &str) {
        for line in self.fonts.wrap(text, style.1, style.0, RIGHT - LEFT) {
            self.room(LEADING);
            self.y += LEADING;
            self.text(LEFT, self.y, style, &line);
        }
    }

    fn head(&mut self, paper: &Paper) {
        self.put(Mark::Rule { x: LEFT, y: TOP, width: 28.0, thickness: 3.0, ink: Ink::Brand });
        self.y = TOP + 24.0;
        self.text(LEFT, self.y, (14.0, Weight::Semibold, Ink::Text), &paper.sender.name);
        let mut y = TOP + 4.0;
        for line in &paper.sender.lines {
            self.right(RIGHT, y, (SMALL, Weight::Regular, Ink::Muted), line);
            y += 11.0;
        }
        self.y = self.y.max(y) + 34.0;
        let facts = self.y;
        self.text(LEFT, self.y, (BODY, Weight::Semibold, Ink::Text), &paper.recipient.name);
        for line in &paper.recipient.lines {
            self.y += LEADING;
            self.text(LEFT, self.y, (BODY, Weight::Regular, Ink::Text), line);
        }
        self.y = self.y.max(self.facts(paper, facts)) + 38.0;
        self.text(LEFT, self.y, (20.0, Weight::Semibold, Ink::Text), &paper.title);
        self.y += 4.0;
        self.paragraph((BODY, Weight::Regular, Ink::Muted), &paper.subtitle);
        self.paragraph((BODY, Weight::Regular, Ink::Text), &paper.opening);
        self.y += 14.0;
    }

    /// Names and values beside the recipient; gives the last baseline.
    fn facts(&mut self, paper: &Paper, top: f32) -> f32 {
        const NAMES: f32 = 330.0;
        let mut y = top;
        for (name, value) in &paper.facts {
            self.text(NAMES, y, (BODY, Weight::Regular, Ink::Muted), name);
            self.right(RIGHT, y, (BODY, Weight::Regular, Ink::Text), value);
            y += LEADING;
        }
        y - LEADING
    }

    fn table(&mut self, paper: &Paper) {
        if paper.columns.is_empty() {
            return;
        }
        let places = places(&paper.columns);
        self.room(60.0);
        self.table_head(&paper.columns, &places);
        for row in &paper.rows {
            let (cells, note) = self.wrapped(row, &paper.columns, &places);
            let lines = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
            let height = lines as f32 * LEADING + note.len() as f32 * 11.0 + GAP;
            if self.room(height) {
                self.table_head(&paper.columns, &places);
            }
            self.row(&paper.columns, &places, &cells, &note);
        }
    }

    fn table_head(&mut self, columns: &[Column], places: &[(f32, f32)]) {
        let style = (SMALL, Weight::Semibold, Ink::Muted);
        self.y += LEADING;
        for (column, (from, to)) in columns.iter().zip(places) {
            if column.is_figure {
                self.right(*to, self.y, style, &column.title);
            } else {
                self.text(*from, self.y, style, &column.title);
            }
        }
        self.y += 6.0;
        self.rule(self.y, Ink::Text);
        self.y += 2.0;
    }

    fn wrapped(&self, row: &Row, columns: &[Column], places: &[(f32, f32)]) -> (Vec<Vec<String>>, Vec<String>) {
        let cell = |(text, (from, to)): (&String, &(f32, f32))| {
            self.fonts.wrap(text, Weight::Regular, BODY, (to - from).max(1.0))
        };
        let cells = row.cells.iter().zip(places).map(cell).collect();
        let (from, to) = note_place(columns, places);
        (cells, self.fonts.wrap(&row.note, Weight::Regular, SMALL, to - from))
    }

    fn row(&mut self, columns: &[Column], places: &[(f32, f32)], cells: &[Vec<String>], note: &[String]) {
        let style = (BODY, Weight::Regular, Ink::Text);
        let top = self.y + LEADING;
        let mut under = top;
        for ((column, (from, to)), lines) in columns.iter().zip(places).zip(cells) {
            for (at, line) in lines.iter().enumerate() {
                let y = top + at as f32 * LEADING;
                under = under.max(y);
                if column.is_figure { self.right(*to, y, style, line) } else { self.text(*from, y, style, line) }
            }
        }
        let (from, _) = note_place(columns, places);
        for line in note {
            under += 11.0;
            self.text(from, under, (SMALL, Weight::Regular, Ink::Muted), line);
        }
        self.y = under + GAP - 1.0;
        self.rule(self.y, Ink::Line);
    }

    fn sums(&mut self, paper: &Paper) {
        self.room(paper.sums.len() as f32 * 16.0 + 12.0);
        self.y += 6.0;
        for sum in &paper.sums {
            let weight = if sum.is_total { Weight::Semibold } else { Weight::Regular };
            self.y += 16.0;
            self.text(330.0, self.y, (BODY, weight, Ink::Text), &sum.label);
            self.right(RIGHT, self.y, (BODY, weight, Ink::Text), &sum.amount);
        }
        self.y += 18.0;
    }

    fn terms(&mut self, paper: &Paper) {
        for (title, text) in &paper.terms {
            self.room(LEADING * 2.0 + 6.0);
            self.y += 6.0;
            self.paragraph((BODY, Weight::Semibold, Ink::Text), title);
            self.paragraph((BODY, Weight::Regular, Ink::Text), text);
        }
    }

    /// What is written, for those who find a page by itself, and which page it is.
    fn feet(&mut self, paper: &Paper, page_of: &dyn Fn(usize, usize) -> String) {
        let style = (SMALL, Weight::Regular, Ink::Muted);
        let (pages, y) = (std::mem::take(&mut self.pages), HEIGHT - 36.0);
        let many = pages.len();
        for (at, page) in pages.into_iter().enumerate() {
            self.pages.push(page);
            self.rule(y - 14.0, Ink::Line);
            let name = [paper.sender.name.as_str(), &paper.title].join(" · ");
            self.text(LEFT, y, style, &name);
            self.right(RIGHT, y, style, &page_of(at + 1, many));
        }
    }
}

/// Left and right end of each column.
fn places(columns: &[Column]) -> Vec<(f32, f32)> {
    let total: f32 = columns.iter().map(|column| f32::from(column.share)).sum::<f32>().max(1.0);
    let free = RIGHT - LEFT - GAP * columns.len().saturating_sub(1) as f32;
    let mut x = LEFT;
    let place = |column: &Column| {
        let from = x;
        x += free * f32::from(column.share) / total + GAP;
        (from, x - GAP)
    };
    columns.iter().map(place).collect()
}

/// Notes stand under the widest column of text and may run on to the right.
fn note_place(columns: &[Column], places: &[(f32, f32)]) -> (f32, f32) {
    let texts = columns.iter().zip(places).filter(|(column, _)| !column.is_figure);
    let widest = texts.max_by_key(|(column, _)| column.share);
    (widest.map_or(LEFT, |(_, (from, _))| *from), RIGHT - 60.0)
}
