//! Texts in several languages, and how texts are compared.

use std::cmp::Ordering;

use i18n::Language;
use serde::{Deserialize, Serialize};

/// A text in the merchant's first language and, where there is one, in others.
///
/// Kept small: a catalogue holds a hundred thousand of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Texts {
    first: Box<str>,
    others: Box<[(Language, Box<str>)]>,
}

impl Texts {
    /// A text in the first language only.
    pub fn new(first: impl Into<Box<str>>) -> Self {
        Self { first: first.into(), others: Box::default() }
    }

    /// The same text with a translation. Empty texts and texts equal to the first are not kept.
    #[must_use]
    pub fn with(self, language: Language, text: impl Into<Box<str>>) -> Self {
        let text = text.into();
        let mut others = self.others.into_vec();
        others.retain(|(other, _)| *other != language);
        if !text.is_empty() && text != self.first {
            others.push((language, text));
        }
        Self { first: self.first, others: others.into_boxed_slice() }
    }

    /// The text in `language`; in the first language when there is none.
    pub fn get(&self, language: Language) -> &str {
        self.translation(language).unwrap_or(&self.first)
    }

    /// The text in the merchant's first language.
    pub fn first(&self) -> &str {
        &self.first
    }

    /// The translation into `language`, if there is one.
    pub fn translation(&self, language: Language) -> Option<&str> {
        self.others.iter().find(|(other, _)| *other == language).map(|(_, text)| &**text)
    }

    /// Every translation beside the first text.
    pub fn translations(&self) -> impl Iterator<Item = (Language, &str)> {
        self.others.iter().map(|(language, text)| (*language, &**text))
    }

    /// Every text, the first one first.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.first).chain(self.others.iter().map(|(_, text)| &**text))
    }
}

impl From<&str> for Texts {
    fn from(first: &str) -> Self {
        Self::new(first)
    }
}

/// As JSON: the first text under `""`, translations under their language codes.
impl Serialize for Texts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let others = self.others.iter().map(|(language, text)| (language.code(), &**text));
        serializer.collect_map(std::iter::once(("", &*self.first)).chain(others))
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut map = std::collections::BTreeMap::<String, String>::deserialize(deserializer)?;
        let first = Self::new(map.remove("").unwrap_or_default());
        let known = map.into_iter().filter_map(|(code, text)| Some((Language::parse(&code)?, text)));
        Ok(known.fold(first, |texts, (language, text)| texts.with(language, text)))
    }
}

/// A text as it is compared when people search and sort: lower case, without accents.
pub fn folded(text: &str) -> String {
    kernel::normal(text).chars().flat_map(char::to_lowercase).map(plain).collect()
}

/// The letter without its accent, for the letters of the languages around us.
fn plain(letter: char) -> char {
    match letter {
        'ą' | 'á' | 'à' | 'â' | 'ä' | 'å' | 'ã' => 'a',
        'ć' | 'č' | 'ç' => 'c',
        'ď' => 'd',
        'ę' | 'é' | 'è' | 'ê' | 'ë' | 'ě' => 'e',
        'í' | 'î' | 'ï' => 'i',
        'ł' => 'l',
        'ń' | 'ň' | 'ñ' => 'n',
        'ó' | 'ô' | 'ö' | 'ő' | 'ø' => 'o',
        'ř' => 'r',
        'ś' | 'š' => 's',
        'ť' => 't',
        'ú' | 'ů' | 'ü' | 'ű' | 'û' => 'u',
        'ý' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

/// Order in which numbers inside texts count as numbers: `M8` before `M10`.
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    loop {
        match (a.first(), b.first()) {
            (None, None) => return Ordering::Equal,
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (left, right) = (digits(a), digits(b));
                let (m, n) = (trimmed(left), trimmed(right));
                let order = m.len().cmp(&n.len()).then_with(|| m.cmp(n)).then_with(|| left.len().cmp(&right.len()));
                if order != Ordering::Equal {
                    return order;
                }
                (a, b) = (&a[left.len()..], &b[right.len()..]);
            }
            (Some(x), Some(y)) if x == y => (a, b) = (&a[1..], &b[1..]),
            (Some(x), Some(y)) => return x.cmp(y),
        }
    }
}

fn digits(text: &[u8]) -> &[u8] {
    &text[..text.iter().take_while(|b| b.is_ascii_digit()).count()]
}

fn trimmed(digits: &[u8]) -> &[u8] {
    &digits[digits.iter().take_while(|b| **b == b'0').count()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fall_back_to_the_first() {
        let texts = Texts::new("Valve").with(Language::Pl, "Zawór").with(Language::En, "");
        assert_eq!((texts.get(Language::Pl), texts.get(Language::En)), ("Zawór", "Valve"));
        let json = serde_json::to_string(&texts).unwrap();
        assert_eq!(json, r#"{"":"Valve","pl":"Zawór"}"#);
        assert_eq!(serde_json::from_str::<Texts>(&json).unwrap(), texts);
        assert_eq!(texts.clone().with(Language::Pl, "Valve").translation(Language::Pl), None);
    }

    #[test]
    fn numbers_in_texts_count() {
        let mut skus = vec!["M10X8", "M8X100", "M8X16", "M8", "A", "M08X16"];
        skus.sort_by(|a, b| natural_order(a, b));
        assert_eq!(skus, ["A", "M8", "M8X16", "M8X100", "M08X16", "M10X8"]);
        assert_eq!(folded("ZAWÓR Kulowy Łódź"), "zawor kulowy lodz");
    }
}
