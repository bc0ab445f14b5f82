//! How text is taken apart, the same for what is indexed and for what is asked.
//!
//! Trade texts are full of tokens that are a word and several facts at once: `M8x40`, `DN50`, `6204-2RS`, `230V`. Each is
//! kept whole and also split, so that `m8 x 40`, `M8x40`, `DN 50` and `6204 2RS` find each other.

use tantivy::tokenizer::{AsciiFoldingFilter, LowerCaser, RawTokenizer, TextAnalyzer, Token, TokenStream, Tokenizer};

/// Longer words are no words; tantivy's own limit is 65,530 bytes.
const WORD_CHARS_MAX: usize = 60;

/// A word as typed and its parts, all folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Without hyphens and underscores: `62042rs`.
    pub(crate) whole: String,
    /// Split at hyphens and at an x between figures: `6204`, `2rs`. Empty when that is the word itself.
    pub(crate) pieces: Vec<String>,
    /// Also split between letters and figures: `6204`, `2`, `rs`. Empty when these are the pieces or the word itself.
    pub(crate) atoms: Vec<String>,
}

/// Lower case, without accents however they are written, with × as x.
pub(crate) fn fold(text: &str) -> String {
    let text: String = kernel::normal(text)
        .chars()
        .map(|c| match c {
            '×' | '✕' | '╳' => 'x',
            // A sign before a diameter, not the letter of the north.
            '⌀' | '∅' => ' ',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect();
    let mut analyzer =
        TextAnalyzer::builder(RawTokenizer::default()).filter(LowerCaser).filter(AsciiFoldingFilter).build();
    let mut stream = analyzer.token_stream(&text);
    if stream.advance() { stream.token().text.clone() } else { String::new() }
}

/// Only letters and figures, folded: how codes are compared, since everybody separates them in another way.
pub(crate) fn code(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A GTIN or its like as it is compared: 8, 12, 13 and 14 digits of the same number differ in leading zeros only.
pub(crate) fn gtin(code: &str) -> Option<&str> {
    let digits = code.bytes().all(|b| b.is_ascii_digit()) && matches!(code.len(), 8..=14);
    digits.then(|| code.trim_start_matches('0'))
}

/// The words of a text.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let chars: Vec<char> = join_dimensions(&fold(text));
    let mut words = Vec::new();
    let mut word = String::new();
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|i| chars[i]);
        if c.is_alphanumeric() || joins(*c, before, chars.get(at + 1).copied()) {
            word.push(if *c == ',' { '.' } else { *c });
        } else if !word.is_empty() {
            words.extend(parse(&std::mem::take(&mut word)));
        }
    }
    words.extend(parse(&word));
    words
}

/// `m8 x 40` becomes `m8x40`.
fn join_dimensions(text: &str) -> Vec<char> {
    let chars: Vec<char> = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    let figure = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let mut out = Vec::with_capacity(chars.len());
    for (i, c) in chars.iter().enumerate() {
        let before_x = *c == ' ' && i > 0 && figure(i - 1) && chars.get(i + 1) == Some(&'x') && {
            figure(i + 2) || (chars.get(i + 2) == Some(&' ') && figure(i + 3))
        };
        let after_x = *c == ' ' && i > 1 && chars[i - 1] == 'x' && figure(i + 1) && {
            figure(i - 2) || (chars[i - 2] == ' ' && i > 2 && figure(i - 3))
        };
        if !before_x && !after_x {
            out.push(*c);
        }
    }
    out
}

/// Whether a mark belongs to the word around it: decimals and fractions between figures, hyphens between either.
fn joins(c: char, before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    match c {
        '.' | ',' | '/' => before.is_ascii_digit() && after.is_ascii_digit(),
        '-' | '_' => before.is_alphanumeric() && after.is_alphanumeric(),
        _ => false,
    }
}

fn parse(word: &str) -> Option<Word> {
    if word.is_empty() || word.chars().count() > WORD_CHARS_MAX {
        return None;
    }
    let whole: String = word.chars().filter(|c| !matches!(c, '-' | '_')).collect();
    let mut pieces: Vec<String> = word.split(['-', '_']).flat_map(split_at_x).collect();
    let mut atoms: Vec<String> = pieces.iter().flat_map(|piece| split_by_kind(piece)).collect();
    if atoms == pieces {
        atoms.clear();
    }
    if pieces.len() == 1 {
        pieces.clear();
    }
    Some(Word { whole, pieces, atoms })
}

/// `m8x40` becomes `m8` and `40`.
fn split_at_x(word: &str) -> Vec<String> {
    let bytes = word.as_bytes();
    let mut parts = Vec::new();
    let mut start = 0;
    for at in 1..bytes.len().saturating_sub(1) {
        let between = bytes[at - 1].is_ascii_digit() && bytes[at + 1].is_ascii_digit();
        if bytes[at] == b'x' && between {
            parts.push(word[start..at].to_owned());
            start = at + 1;
        }
    }
    parts.push(word[start..].to_owned());
    parts
}

/// `dn50` becomes `dn` and `50`, `230v` becomes `230` and `v`. A single letter before figures stays: `m8` is one thing.
fn split_by_kind(word: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut last_is_letter = None;
    for c in word.chars() {
        let is_letter = c.is_alphabetic();
        match (parts.last_mut(), last_is_letter) {
            (Some(part), Some(last)) if last == is_letter || (last && part.chars().count() == 1) => part.push(c),
            _ => parts.push(c.to_string()),
        }
        last_is_letter = Some(is_letter);
    }
    parts
}

/// The words of a text as the index keeps them: whole, pieces and atoms.
#[derive(Clone, Default)]
pub(crate) struct WordTokenizer;

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        let mut texts = Vec::new();
        for (position, word) in words(text).into_iter().enumerate() {
            for part in std::iter::once(word.whole).chain(word.pieces).chain(word.atoms) {
                texts.push((position, part));
            }
        }
        WordStream { texts: texts.into_iter(), token: Token::default() }
    }
}

/// The stream of a [`WordTokenizer`].
pub(crate) struct WordStream {
    texts: std::vec::IntoIter<(usize, String)>,
    token: Token,
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        let Some((position, text)) = self.texts.next() else { return false };
        self.token = Token { position, text, ..Token::default() };
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A word as `whole | pieces | atoms`.
    fn show(text: &str) -> String {
        let show = |w: &Word| match (w.pieces.is_empty(), w.atoms.is_empty()) {
            (true, true) => w.whole.clone(),
            _ => format!("{} [{}] [{}]", w.whole, w.pieces.join(" "), w.atoms.join(" ")),
        };
        words(text).iter().map(show).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn trade_tokens() {
        for (text, want) in [
            ("Hexagon bolt", "hexagon, bolt"),
            ("Śruba ŁĄCZĄCA", "sruba, laczaca"),
            ("M8x40", "m8x40 [m8 40] []"),
            ("M8 × 40 mm", "m8x40 [m8 40] [], mm"),
            ("m8 x40, m8x 40", "m8x40 [m8 40] [], m8x40 [m8 40] []"),
            ("DN50 PN-16", "dn50 [] [dn 50], pn16 [pn 16] []"),
            ("6204-2RS", "62042rs [6204 2rs] [6204 2 rs]"),
            ("3x1,5 mm2", "3x1.5 [3 1.5] [], mm2 [] [mm 2]"),
            ("G1/2\" 10mm", "g1/2, 10mm [] [10 mm]"),
            ("a.b (c) [d] -e-", "a, b, c, d, e"),
            ("x 40 x", "x, 40, x"),
            ("8.8", "8.8"),
            ("  ", ""),
            ("⌀20", "20"),
        ] {
            assert_eq!(show(text), want, "{text}");
        }
    }

    #[test]
    fn codes() {
        assert_eq!(code("DIN933-M8X40 "), "din933m8x40");
        assert_eq!(gtin("00012345678905"), Some("12345678905"));
        assert_eq!(gtin("1234567"), None);
        assert_eq!(gtin("4006381333931a"), None);
    }

    #[test]
    fn hostile_text() {
        for text in ["\0\u{1}\u{7f}", "((((\"", "ﬀ\u{301}\u{202e}", "x x x x", "1x1x1x1x", "-_-/.,", "ŁX1ŁX1"] {
            let _ = words(text);
        }
        assert!(words(&"a".repeat(10_000)).is_empty());
    }
}
