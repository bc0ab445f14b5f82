//! Passwords that whoever guesses tries first (NIST SP 800-63B, 5.1.1.2; OWASP ASVS 2.1.7).
//!
//! Lists of stolen passwords hold millions, but nearly all of their long ones are made in the same few ways: a common word
//! with figures around it, the word twice, letters written as figures, a run of keys or of the alphabet. So the list here is
//! of words, and what is undone before looking there is the making.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Common words and runs, one per line, in lower case and without figures in place of letters.
static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| include_str!("known_words.txt").lines().collect());

/// Rows of keys and of the alphabet, whose parts in either direction are no secret.
const RUNS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "qazwsxedcrfvtgbyhnujmikolp",
    "01234567890123456789",
    "1!2@3#4$5%6^7&8*9(0)",
];
/// Shortest part of a run that counts as one.
const RUN_MIN: usize = 4;
/// Shortest word about a person that may not be the password's only secret.
const ABOUT_MIN: usize = 3;

/// Whether a password has nothing to it but what everybody knows.
pub(super) fn is_known(password: &str, about: &[&str]) -> bool {
    let typed: String = password.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let whole = about.iter().map(|text| text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect());
    let about: Vec<String> = about.iter().flat_map(|text| words_of(text)).chain(whole).collect();
    let known = |word: &str| WORDS.contains(word) || about.iter().any(|other| other == word);
    [typed.clone(), without_figures(&typed)].iter().any(|text| {
        let text = once(text);
        let core = text.trim_matches(|c: char| !c.is_alphabetic());
        is_bare(&typed) || is_run(text) || known(text) || known(core) || known(once(core)) || two_words(core, &known)
    })
}

/// Three characters over and over, or figures that are a run or a day.
fn is_bare(text: &str) -> bool {
    let distinct: HashSet<char> = text.chars().collect();
    distinct.len() <= 3 || (text.chars().all(|c| c.is_ascii_digit()) && is_date_or_run(text))
}

/// Figures only: a run, or eight that may be a day, with or without more behind them.
fn is_date_or_run(digits: &str) -> bool {
    is_run(digits)
        || ["19", "20"].iter().any(|century| digits.starts_with(century) || digits.get(4..6) == Some(century))
}

/// Parts of keyboard and alphabet one after the other, and nothing else.
fn is_run(text: &str) -> bool {
    let mut rest: Vec<char> = text.chars().collect();
    if rest.len() < RUN_MIN {
        return false;
    }
    while !rest.is_empty() {
        let longest = (RUN_MIN.min(rest.len())..=rest.len()).rev().find(|length| {
            let part: String = rest.iter().take(*length).collect();
            let back: String = part.chars().rev().collect();
            RUNS.iter().any(|run| run.contains(&part) || run.contains(&back))
        });
        match longest {
            Some(length) => drop(rest.drain(..length)),
            None => return false,
        }
    }
    true
}

/// The shortest beginning that the text repeats to its end: `password` of `passwordpassword`.
fn once(text: &str) -> &str {
    let ends = text.char_indices().skip(1).map(|(at, _)| at);
    let fits = |at: &usize| {
        text.len().is_multiple_of(*at) && text.get(..*at).is_some_and(|part| part.repeat(text.len() / at) == text)
    };
    ends.into_iter().find(fits).and_then(|at| text.get(..at)).unwrap_or(text)
}

/// Two known words in a row, with or without figures between them.
fn two_words(text: &str, known: &impl Fn(&str) -> bool) -> bool {
    let cuts = text.char_indices().skip(1).map(|(at, _)| text.split_at(at));
    cuts.into_iter().any(|(left, right)| {
        let left = left.trim_end_matches(|c: char| !c.is_alphabetic());
        let right = right.trim_start_matches(|c: char| !c.is_alphabetic());
        left.chars().count() >= ABOUT_MIN && right.chars().count() >= ABOUT_MIN && known(left) && known(right)
    })
}

/// Figures and signs that stand for letters, as letters.
fn without_figures(text: &str) -> String {
    let letter = |c: char| match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    };
    // Figures at the end are a year or a counter, not letters.
    let core = text.trim_end_matches(|c: char| !c.is_alphabetic());
    core.chars().map(letter).collect()
}

fn words_of(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| part.chars().count() >= ABOUT_MIN);
    parts.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_l9_passwords_that_are_tried_first() {
        let about = ["Ann Lewandowska", "ann.lewandowska@pomorska.example", "Pomorska Armatura", "Nordkant"];
        for known in [
            "passwordpassword",
            "Password1234",
            "P@ssw0rd2026",
            "1234567890",
            "12345678910",
            "qwertyuiop",
            "Qwerty123456",
            "1q2w3e4r5t",
            "1qaz2wsx3edc",
            "zaq12wsxcde3",
            "aaaaaaaaaa",
            "abababababab",
            "abcdefghij",
            "iloveyou123",
            "letmeinletmein",
            "welcome2026!",
            "administrator1",
            "monkeydragon",
            "football_2025",
            "zaq1@WSX4321",
            "hasło123456",
            "kochamcie1",
            "Lewandowska1990",
            "pomorska2026",
            "nordkant12345",
            "Nordkant-Ann",
            "1988071219",
        ] {
            assert!(is_known(known, &about), "{known}");
        }
        for good in [
            "correct horse",
            "battery staple",
            "a long enough password",
            "kettle-9-orbit",
            "Vx7#qmL0zt",
            "seven yellow bicycles",
            "fjord lantern 12",
            "długi parasol nad Odrą",
            "7#9@!4&2%8",
        ] {
            assert!(!is_known(good, &about), "{good}");
        }
    }

    #[test]
    fn the_list_is_in_one_form() {
        let text = include_str!("known_words.txt");
        let mut seen = HashSet::new();
        for line in text.lines() {
            assert!(!line.is_empty() && line == line.trim().to_lowercase() && seen.insert(line), "{line:?}");
        }
        assert!(seen.len() > 500, "{}", seen.len());
    }
}
