//! Texts that people type: how long they may be, and which characters have no business in them.

use crate::WrongValue;

/// Longest name of a person, company, unit or place.
pub const NAME_MAX: usize = 120;
/// Longest code of a unit or an address, and longest telephone number or customer number.
pub const CODE_MAX: usize = 40;
/// Longest note of several lines.
pub const NOTE_MAX: usize = 2_000;

/// A name that must be there: one line, trimmed, at most [`NAME_MAX`] characters.
///
/// # Errors
/// The code of an `invalid-…` message: `required`, `too-long` or `characters`.
pub fn name(text: &str) -> Result<String, WrongValue> {
    required(line(text, NAME_MAX)?)
}

/// One line that must be there, trimmed, at most `most` characters.
///
/// # Errors
/// The code of an `invalid-…` message: `required`, `too-long` or `characters`.
pub fn required_line(text: &str, most: usize) -> Result<String, WrongValue> {
    required(line(text, most)?)
}

/// One line, trimmed, which may be empty.
///
/// # Errors
/// The code of an `invalid-…` message: `too-long` or `characters`.
pub fn line(text: &str, most: usize) -> Result<String, WrongValue> {
    checked(text, most, |_| false)
}

/// Some lines, trimmed, which may be empty.
///
/// # Errors
/// The code of an `invalid-…` message: `too-long` or `characters`.
pub fn note(text: &str, most: usize) -> Result<String, WrongValue> {
    checked(text, most, |c| matches!(c, '\n' | '\r' | '\t'))
}

/// The name of a person that must be there. As [`name`], and it leads nowhere: it stands in mails, whose readers' programs
/// make a link of everything that looks like one.
///
/// # Errors
/// The code of an `invalid-…` message: `required`, `too-long`, `characters` or `name-link`.
pub fn person_name(text: &str) -> Result<String, WrongValue> {
    let text = name(text)?;
    if looks_like_link(&text) { Err(("name-link", Vec::new())) } else { Ok(text) }
}

/// Whether a mail program would make a link of a part of this text.
pub fn looks_like_link(text: &str) -> bool {
    text.split_whitespace().any(|word| word.contains(['/', '\\', '@', ':']) || has_domain(word))
}

/// `evil.example`, but not `J.R.` or `Ph.D.`: two letters or digits on both sides of a dot. Other dots of Unicode count, as
/// they do for mail programs.
fn has_domain(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']).collect();
    let long = |part: &&str| part.chars().filter(|c| c.is_alphanumeric()).count() >= 2;
    parts.windows(2).any(|pair| pair.iter().all(long))
}

fn required(text: String) -> Result<String, WrongValue> {
    if text.is_empty() { Err(("required", Vec::new())) } else { Ok(text) }
}

fn checked(text: &str, most: usize, may_control: impl Fn(char) -> bool) -> Result<String, WrongValue> {
    let text = text.trim();
    // Bytes first: a text of megabytes is not counted through.
    if text.len() > most * 4 || text.chars().count() > most {
        return Err(("too-long", vec![("most", most.to_string())]));
    }
    if text.chars().any(|c| is_hidden(c) && !may_control(c)) {
        return Err(("characters", Vec::new()));
    }
    Ok(text.to_owned())
}

/// Characters that nobody sees and that change what others look like: controls, ends of lines and paragraphs, what turns
/// the direction of writing, what has no width. The joiners of Arabic and Indic scripts are writing and stay.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code<T>(result: Result<T, WrongValue>) -> &'static str {
        result.err().map_or("", |(code, _)| code)
    }

    #[test]
    fn attack_m5_names_are_short_and_show_what_they_are() {
        assert_eq!(name("  Łucja Żak-O'Neil ").unwrap(), "Łucja Żak-O'Neil");
        assert_eq!(name("محمد علی").unwrap(), "محمد علی");
        for (text, want) in [
            ("", "required"),
            (" \u{a0} ", "required"),
            ("Ann\u{0}", "characters"),
            ("Ann\u{7}Bell", "characters"),
            ("Ann\nBcc: x@y.example", "characters"),
            ("Ann \u{202e}gnp.exe", "characters"),
            ("Ann\u{200b}", "characters"),
            ("Ann\u{2066}x", "characters"),
            ("Ann\u{e0041}", "characters"),
        ] {
            assert_eq!(code(name(text)), want, "{text:?}");
        }
        assert_eq!(code(name(&"ż".repeat(120))), "");
        assert_eq!(code(name(&"ż".repeat(121))), "too-long");
        assert_eq!(code(name(&"x".repeat(1_900_000))), "too-long");
        assert_eq!(code(line("", 5)), "");
        assert_eq!(code(note("two\nlines", 20)), "");
        assert_eq!(code(note("two\u{202e}lines", 20)), "characters");
    }

    #[test]
    fn attack_m6_names_of_people_carry_no_links() {
        for good in ["Ann Lee", "J.R. Smith", "Ph.D. Ann", "O'Neil, Ann", "Ann Lee jr."] {
            assert_eq!(code(person_name(good)), "", "{good}");
        }
        for bad in [
            "http://evil.example",
            "Ann, see evil.example",
            "www.evil.example",
            "evil.example/login",
            "ann@evil.example",
            "evil\u{3002}example",
            "\\\\evil\\share",
        ] {
            assert_eq!(code(person_name(bad)), "name-link", "{bad}");
        }
    }
}
