//! Marks written down as PDF.
//!
//! floats: PDF measures in points with fractions; no money is calculated here.

use kernel::Fault;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;

use crate::layout::{HEIGHT, Ink, Mark, WIDTH};
use crate::paper::Paper;
use crate::text::Fonts;

pub(crate) fn write(paper: &Paper, fonts: &Fonts, pages: &[Vec<Mark>]) -> Result<Vec<u8>, Fault> {
    let mut document = Document::new();
    let about = Metadata::new().title(paper.title.clone()).language(paper.language.clone());
    document.set_metadata(about.authors(vec![paper.sender.name.clone()]));
    let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| Fault::new("a page has no size"))?;
    for marks in pages {
        let mut page = document.start_page_with(size.clone());
        let mut surface = page.surface();
        for mark in marks {
            draw(&mut surface, fonts, mark);
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|e| Fault::new(format!("writing a PDF: {e:?}")))
}

fn draw(surface: &mut Surface<'_>, fonts: &Fonts, mark: &Mark) {
    match mark {
        Mark::Text { x, y, size, weight, ink, text } => {
            let typeface = fonts.of(*weight);
            surface.set_fill(Some(fill(*ink)));
            let start = Point::from_xy(*x, *y);
            surface.draw_glyphs(start, &typeface.glyphs(text), typeface.font.clone(), text, *size, false);
        }
        Mark::Rule { x, y, width, thickness, ink } => {
            surface.set_fill(Some(fill(*ink)));
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(*x, y - thickness / 2.0, *width, *thickness) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
    }
}

fn fill(ink: Ink) -> Fill {
    let color = match ink {
        Ink::Text => rgb::Color::new(27, 33, 43),
        Ink::Muted => rgb::Color::new(92, 102, 117),
        Ink::Brand => rgb::Color::new(0, 107, 112),
        Ink::Line => rgb::Color::new(214, 219, 226),
    };
    Fill { paint: color.into(), opacity: NormalizedF32::ONE, rule: krilla::paint::FillRule::default() }
}
