//! Fonts, and how wide a text runs.
//!
//! floats: PDF measures in points with fractions; no money is calculated here.

use kernel::Fault;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Face, Feature, UnicodeBuffer};

static REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.ttf");
static SEMIBOLD: &[u8] = include_bytes!("../fonts/Inter-SemiBold.ttf");

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Semibold,
}

/// One font, for shaping and for embedding.
pub(crate) struct Typeface {
    face: Face<'static>,
    pub(crate) font: Font,
}

/// The fonts of all papers.
pub(crate) struct Fonts {
    regular: Typeface,
    semibold: Typeface,
}

impl Fonts {
    pub(crate) fn load() -> Result<Self, Fault> {
        Ok(Self { regular: Typeface::read(REGULAR)?, semibold: Typeface::read(SEMIBOLD)? })
    }

    pub(crate) fn of(&self, weight: Weight) -> &Typeface {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Semibold => &self.semibold,
        }
    }

    /// The width of a text in points.
    pub(crate) fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        let typeface = self.of(weight);
        let shaped = rustybuzz::shape(&typeface.face, &[tabular()], buffer(text));
        let advance: i32 = shaped.glyph_positions().iter().map(|position| position.x_advance).sum();
        advance as f32 / typeface.font.units_per_em() * size
    }

    /// A text in lines no wider than `width`: broken at spaces and at its own line breaks, inside a word only when the word
    /// alone is too wide.
    pub(crate) fn wrap(&self, text: &str, weight: Weight, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in text.lines() {
            let mut line = String::new();
            for word in paragraph.split_whitespace().flat_map(|word| self.parts(word, weight, size, width)) {
                let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
                if line.is_empty() || self.width(&longer, weight, size) <= width {
                    line = longer;
                } else {
                    lines.push(std::mem::replace(&mut line, word));
                }
            }
            lines.push(line);
        }
        lines
    }

    /// A word in pieces that fit.
    fn parts(&self, word: &str, weight: Weight, size: f32, width: f32) -> Vec<String> {
        if self.width(word, weight, size) <= width {
            return vec![word.to_owned()];
        }
        let mut parts = vec![String::new()];
        for character in word.chars() {
            let Some(last) = parts.last_mut() else { break };
            last.push(character);
            if last.chars().count() > 1 && self.width(last, weight, size) > width {
                last.pop();
                parts.push(character.to_string());
            }
        }
        parts
    }
}

impl Typeface {
    fn read(data: &'static [u8]) -> Result<Self, Fault> {
        let face = Face::from_slice(data, 0).ok_or_else(|| Fault::new("reading an embedded font"))?;
        let font = Font::new(data.into(), 0).ok_or_else(|| Fault::new("embedding a font"))?;
        Ok(Self { face, font })
    }

    /// The glyphs of a text, with the bytes that each stands for so that it can be copied out again.
    pub(crate) fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let shaped = rustybuzz::shape(&self.face, &[tabular()], buffer(text));
        let em = self.font.units_per_em();
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let end = |start: usize| starts.iter().copied().filter(|other| *other > start).min().unwrap_or(text.len());
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).zip(&starts);
        glyphs
            .map(|((info, position), start)| {
                let (advance, x, y) = (position.x_advance, position.x_offset, position.y_offset);
                let range = *start..end(*start);
                let scaled = |units: i32| units as f32 / em;
                KrillaGlyph::new(GlyphId::new(info.glyph_id), scaled(advance), scaled(x), scaled(y), 0.0, range, None)
            })
            .collect()
    }
}

/// Figures of the same width, so that columns stand under each other.
fn tabular() -> Feature {
    Feature::new(rustybuzz::ttf_parser::Tag::from_bytes(b"tnum"), 1, ..)
}

fn buffer(text: &str) -> UnicodeBuffer {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer
}
