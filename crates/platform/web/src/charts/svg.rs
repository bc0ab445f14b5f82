//! Writing SVG: elements with numbers for attributes, and text that is escaped.

use super::{Chart, Frame};

/// Text that cannot end an element or an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Where a text is held.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A picture that is being drawn.
pub(super) struct Picture {
    out: String,
}

impl Picture {
    /// An empty picture. One with links is a group of them, any other is an image to those who do not see it.
    pub(super) fn new(frame: &Frame<'_>, width: i64, height: i64, has_links: bool) -> Self {
        let id = escaped(frame.id);
        let role = if has_links { "group" } else { "img" };
        let (title, description) = (escaped(frame.title), escaped(frame.description));
        let out = format!(
            "<svg class=\"plot\" viewBox=\"0 0 {width} {height}\" role=\"{role}\" aria-labelledby=\"{id}-title {id}-desc\">\
             <title id=\"{id}-title\">{title}</title><desc id=\"{id}-desc\">{description}</desc>"
        );
        Self { out }
    }

    pub(super) fn line(&mut self, class: &str, from: (i64, i64), to: (i64, i64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.out.push_str(&format!("<path class=\"{class}\" d=\"M{x1} {y1}L{x2} {y2}\"/>"));
    }

    /// A path of points; `closed` for an area.
    pub(super) fn path(&mut self, class: &str, points: &[(i64, i64)], closed: bool) {
        let mut d = String::new();
        for (place, (x, y)) in points.iter().enumerate() {
            d.push_str(&format!("{}{x} {y}", if place == 0 { 'M' } else { 'L' }));
        }
        let end = if closed { "Z" } else { "" };
        self.out.push_str(&format!("<path class=\"{class}\" d=\"{d}{end}\"/>"));
    }

    /// A rectangle between two corners; never thinner than one.
    pub(super) fn rect(&mut self, class: &str, a: (i64, i64), b: (i64, i64)) {
        let (x, y) = (a.0.min(b.0), a.1.min(b.1));
        let (width, height) = ((a.0 - b.0).abs().max(1), (a.1 - b.1).abs().max(1));
        self.out
            .push_str(&format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"));
    }

    pub(super) fn dot(&mut self, class: &str, at: (i64, i64), radius: i64, tooltip: &str) {
        let (x, y) = at;
        let tooltip = if tooltip.is_empty() { String::new() } else { format!("<title>{}</title>", escaped(tooltip)) };
        self.out
            .push_str(&format!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\">{tooltip}</circle>"));
    }

    pub(super) fn text(&mut self, at: (i64, i64), anchor: Anchor, class: &str, text: &str) {
        let (x, y) = at;
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let text = escaped(text);
        self.out
            .push_str(&format!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{text}</text>"));
    }

    /// What `draw` draws, as a link.
    pub(super) fn link(&mut self, href: &str, label: &str, draw: impl FnOnce(&mut Self)) {
        self.out.push_str(&format!("<a href=\"{}\" aria-label=\"{}\">", escaped(href), escaped(label)));
        draw(self);
        self.out.push_str("</a>");
    }

    pub(super) fn done(mut self) -> Chart {
        self.out.push_str("</svg>");
        Chart(self.out)
    }
}
