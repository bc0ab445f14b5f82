//! The languages there are catalogues for.

use kernel::Notation;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English, the language that others fall back to.
    #[default]
    En,
    /// Polish.
    Pl,
}

impl Language {
    /// Every language, the fallback first.
    pub const ALL: [Self; 2] = [Self::En, Self::Pl];

    /// The BCP 47 code: stored with users, and the `lang` of pages.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Pl => "pl",
        }
    }

    /// The language with this code, in any case, with or without a region (`pl`, `PL`, `pl-PL`).
    pub fn parse(code: &str) -> Option<Self> {
        let primary = code.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }

    /// The best language for an `Accept-Language` header; `None` when it names none of ours.
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(u16, Self)> = None;
        for range in header.split(',').take(32) {
            let mut parts = range.split(';');
            let language = parts.next().and_then(Self::parse);
            let weight = parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(1_000, quality);
            if let Some(language) = language
                && weight > best.map_or(0, |(weight, _)| weight)
            {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }

    /// How its readers write numbers.
    pub fn notation(self) -> Notation {
        match self {
            Self::En => Notation::Point,
            Self::Pl => Notation::Comma,
        }
    }

    /// The language's name in itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Pl => "Polski",
        }
    }
}

/// A quality value such as `0.8` in thousandths; anything malformed counts as nothing.
fn quality(text: &str) -> u16 {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let thousandths = format!("{fraction:0<3}").get(..3).and_then(|digits| digits.parse::<u16>().ok());
    match (whole, thousandths) {
        ("1", Some(0)) => 1_000,
        ("0", Some(thousandths)) => thousandths,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_languages() {
        for (header, want) in [
            ("pl-PL,pl;q=0.9,en;q=0.8", Some(Language::Pl)),
            ("de, en;q=0.5, pl;q=0.4", Some(Language::En)),
            ("en;q=0.2,pl;q=0.85", Some(Language::Pl)),
            ("pl;q=0,en", Some(Language::En)),
            ("de-CH, fr", None),
            ("*", None),
            ("", None),
            ("pl;q=ŁŁ,;;;q=,en;q=0.1", Some(Language::En)),
        ] {
            assert_eq!(Language::from_accept_language(header), want, "{header}");
        }
    }

    #[test]
    fn codes_read_back() {
        for language in Language::ALL {
            assert_eq!(Language::parse(language.code()), Some(language));
        }
        assert_eq!(Language::parse("PL_pl"), Some(Language::Pl));
        assert_eq!(Language::parse("plx"), None);
    }
}
