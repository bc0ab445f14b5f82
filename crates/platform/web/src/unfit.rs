//! What a reader of JSON says of a text that does not fit, for people. Its own words are English whatever the reader speaks, so
//! they go along for programs only, and the sentence says what is asked for instead.

use kernel::{FieldError, WrongValue};

/// The error of a value that does not fit, from what the parser said of it.
pub fn unfit(said: &str) -> WrongValue {
    let technical = (FieldError::TECHNICAL, said.to_owned());
    if said.starts_with("unknown variant `") {
        // The first name in quotes is what was sent, the others are what is known.
        let known: Vec<&str> = quoted(said).skip(1).collect();
        return ("choice-of", vec![("known", known.join(", ")), technical]);
    }
    let missing = said.starts_with("missing field `");
    let name = quoted(said).next().filter(|_| missing).unwrap_or_default();
    let expected = if missing { "missing" } else { expected(said) };
    ("json", vec![("expected", expected.to_owned()), ("name", name.to_owned()), technical])
}

fn quoted(said: &str) -> impl Iterator<Item = &str> {
    said.split('`').skip(1).step_by(2)
}

/// What is asked for, as far as people have a word for it.
fn expected(said: &str) -> &'static str {
    const KINDS: [(&str, &[&str]); 5] = [
        ("object", &["struct ", "map", "object"]),
        ("list", &["sequence", "list", "tuple", "array"]),
        ("flag", &["bool"]),
        ("number", &["integer", "number", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "usize"]),
        ("text", &["string", "text", "character"]),
    ];
    if said.starts_with(crate::objects::LIST_FOR_OBJECT) || said.starts_with("an object is expected") {
        return "object";
    }
    if said.starts_with("a list is expected") {
        return "list";
    }
    let Some((_, wanted)) = said.split_once(", expected ") else { return "other" };
    let fits =
        |words: &&[&str]| words.iter().any(|word| wanted.starts_with(word) || wanted.contains(&format!(" {word}")));
    KINDS.iter().find(|(_, words)| fits(words)).map_or("other", |(kind, _)| kind)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only what is refused is looked at")]
    struct Whole {
        sku: String,
        count: u32,
        mine: bool,
        state: State,
        lines: Vec<u8>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum State {
        Open,
        Shut,
    }

    #[test]
    fn what_serde_says_becomes_what_is_asked_for() {
        let good = r#"{"sku":"A","count":1,"mine":true,"state":"open","lines":[1]}"#;
        for (from, to, want) in [
            ("\"A\"", "7", "json text"),
            (":1,", ":\"1\",", "json number"),
            (":1,", ":-1,", "json number"),
            ("true", "\"yes\"", "json flag"),
            ("[1]", "{}", "json list"),
            ("\"sku\":\"A\",", "", "json missing sku"),
            ("\"open\"", "\"ajar\"", "choice-of open, shut"),
            ("}", "", "json other"),
        ] {
            let said = serde_json::from_str::<Whole>(&good.replacen(from, to, 1)).unwrap_err().to_string();
            let (code, args) = unfit(&said);
            let told: Vec<&str> =
                args.iter().filter(|(name, _)| *name != FieldError::TECHNICAL).map(|(_, v)| &**v).collect();
            assert_eq!(format!("{code} {}", told.join(" ")).trim_end(), want, "{said}");
            assert!(args.contains(&(FieldError::TECHNICAL, said)));
        }
        let said = serde_json::from_str::<Whole>("7").unwrap_err().to_string();
        assert_eq!(unfit(&said).1[0], ("expected", "object".to_owned()), "{said}");
    }
}
