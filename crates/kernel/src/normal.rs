//! One form of every text. What looks the same is the same: letters with accents are one character (Unicode's form NFC), and
//! characters that nobody sees are left out. Every edge hands its texts through here: forms, JSON, queries, files.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// A text in the one form.
pub fn normal(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let is_normal = is_nfc_quick(text.chars()) == IsNormalized::Yes && !text.contains(is_idle);
    if is_normal { Cow::Borrowed(text) } else { Cow::Owned(text.chars().filter(|c| !is_idle(*c)).nfc().collect()) }
}

/// A code in the one form: nothing in it may be without an outline, not even what steers how scripts are joined or turned.
pub fn normal_code(text: &str) -> Cow<'_, str> {
    match normal(text) {
        text if !text.contains(is_invisible) => text,
        text => Cow::Owned(text.chars().filter(|c| !is_invisible(*c)).nfc().collect()),
    }
}

/// Characters without an outline and without a meaning: zero-width spaces, soft hyphens, byte order marks.
fn is_idle(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Every character without an outline.
fn is_invisible(c: char) -> bool {
    is_idle(c)
        || matches!(c, '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2061}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_d4_one_form_of_what_looks_the_same() {
        for (text, want) in [
            ("plain", "plain"),
            ("za\u{17c}\u{f3}\u{142}\u{107}", "zażółć"),
            ("zaz\u{307}o\u{301}\u{142}c\u{301}", "zażółć"),
            ("soft\u{ad}hyphen", "softhyphen"),
            ("\u{feff}first", "first"),
            ("e\u{200b}\u{301}", "é"),
            ("فار\u{200c}سی", "فار\u{200c}سی"),
        ] {
            assert_eq!(normal(text), want, "{text:?}");
        }
        assert!(matches!(normal("zażółć"), Cow::Borrowed(_)), "what is in order is not copied");
        assert_eq!(normal_code("A\u{200c}B\u{202e}C\u{fe0f}"), "ABC");
    }
}
