//! The words of a condition, and the guard before the parser: only the letters, words and nesting of our part of CEL get
//! through. The parser of the `cel` crate recurses without a limit of its own that could be trusted, so that what is
//! nested must be counted here; and it makes doubles of decimals, so that numbers are read here.

use crate::error::{ErrorCode, Problem, column, nearest};
use crate::schema::{MICROS_MAX, RESERVED, plain};

/// Most characters of a condition.
pub const LENGTH_MAX: usize = 2_000;

/// Most brackets within each other, and most `!` in a row.
pub const DEPTH_MAX: usize = 16;

/// Most words of a path: more than any field has, few enough for the parser.
const PATH_MAX: usize = 8;

/// Most digits before the decimal point, as [`MICROS_MAX`] has.
const DIGITS_MAX: usize = 12;

/// The functions of text fields.
pub(crate) const FUNCTIONS: [&str; 3] = ["startsWith", "endsWith", "contains"];

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lexeme {
    Name,
    /// In millionths, with its sign.
    Number(i64),
    Text,
    Comparison,
    In,
    And,
    Or,
    Not,
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
    Dot,
}

/// A word of the text, from byte `start` to before byte `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub lexeme: Lexeme,
    pub start: usize,
    pub end: usize,
}

impl Token {
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start..self.end]
    }
}

/// The tokens of `text`, once it is sure that the parser can be let loose on it.
pub(crate) fn guarded(text: &str) -> Result<Vec<Token>, Problem> {
    if let Some((at, _)) = text.char_indices().nth(LENGTH_MAX) {
        return Err(Problem::new(at, ErrorCode::TooLong).with("max", LENGTH_MAX.to_string()));
    }
    let (tokens, problem) = tokens(text);
    let shape = Guard::default().run(text, &tokens);
    // What comes first in the text is told first.
    shape?;
    match problem {
        Some(problem) => Err(problem),
        None if tokens.is_empty() => Err(Problem::new(0, ErrorCode::Empty)),
        None => Ok(tokens),
    }
}

/// The tokens of `text` up to the first that is wrong.
pub(crate) fn tokens(text: &str) -> (Vec<Token>, Option<Problem>) {
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        if matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
            at += 1;
            continue;
        }
        match token(text, at, found.last().map(|token| token.lexeme)) {
            Ok(token) => {
                at = token.end;
                found.push(token);
            }
            Err(problem) => return (found, Some(problem)),
        }
    }
    (found, None)
}

fn token(text: &str, at: usize, before: Option<Lexeme>) -> Result<Token, Problem> {
    let rest = &text[at..];
    let token = |lexeme, length: usize| Ok(Token { lexeme, start: at, end: at + length });
    let first = rest.chars().next().unwrap_or(' ');
    let after_value =
        matches!(before, Some(Lexeme::Name | Lexeme::Number(_) | Lexeme::Text | Lexeme::Close | Lexeme::CloseList));
    match first {
        'a'..='z' | 'A'..='Z' | '_' => word(text, at),
        '0'..='9' => number(text, at, 0),
        '-' if !after_value && rest[1..].starts_with(|c: char| c.is_ascii_digit()) => number(text, at, 1),
        '\'' | '"' => string(text, at, first),
        '(' => token(Lexeme::Open, 1),
        ')' => token(Lexeme::Close, 1),
        '[' => token(Lexeme::OpenList, 1),
        ']' => token(Lexeme::CloseList, 1),
        ',' => token(Lexeme::Comma, 1),
        '.' => token(Lexeme::Dot, 1),
        _ if rest.starts_with("&&") => token(Lexeme::And, 2),
        _ if rest.starts_with("||") => token(Lexeme::Or, 2),
        _ if ["==", "!=", "<=", ">="].iter().any(|sign| rest.starts_with(sign)) => token(Lexeme::Comparison, 2),
        '<' | '>' => token(Lexeme::Comparison, 1),
        '!' => token(Lexeme::Not, 1),
        '+' | '-' | '*' | '/' | '%' | '?' | ':' | '{' | '}' | '`' => Err(unsupported(at, &rest[..1])),
        _ => Err(syntax(at, &rest[..first.len_utf8()])),
    }
}

pub(crate) fn syntax(at: usize, found: &str) -> Problem {
    Problem::new(at, ErrorCode::Syntax).with("found", found)
}

pub(crate) fn unsupported(at: usize, found: &str) -> Problem {
    Problem::new(at, ErrorCode::Unsupported).with("found", found)
}

fn word(text: &str, at: usize) -> Result<Token, Problem> {
    let rest = &text[at..];
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    let (word, next) = rest.split_at(length);
    if RESERVED.contains(&word) || next.starts_with(['\'', '"']) {
        return Err(unsupported(at, word));
    }
    let lexeme = if word == "in" { Lexeme::In } else { Lexeme::Name };
    Ok(Token { lexeme, start: at, end: at + length })
}

/// A decimal number whose digits start `sign` bytes after `at`.
fn number(text: &str, at: usize, sign: usize) -> Result<Token, Problem> {
    let rest = &text[at + sign..];
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(rest);
    let fraction = rest[whole..].strip_prefix('.').map_or(0, digits);
    let length = if fraction > 0 { whole + 1 + fraction } else { whole };
    let tail = rest[length..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len() - length);
    if tail > 0 {
        return Err(unsupported(at, &text[at..at + sign + length + tail]));
    }
    let micros = micros(&rest[..whole], &rest[length - fraction..length], at)?;
    let lexeme = Lexeme::Number(if sign > 0 { -micros } else { micros });
    Ok(Token { lexeme, start: at, end: at + sign + length })
}

fn micros(whole: &str, fraction: &str, at: usize) -> Result<i64, Problem> {
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    if whole.len() > DIGITS_MAX {
        return Err(Problem::new(at, ErrorCode::OutOfRange).with("max", plain(MICROS_MAX)));
    }
    if fraction.len() > 6 {
        return Err(Problem::new(at, ErrorCode::TooPrecise).with("max", "6"));
    }
    // At most 18 digits, which an i64 holds.
    let digits = whole.bytes().chain(fraction.bytes()).chain(std::iter::repeat_n(b'0', 6 - fraction.len()));
    Ok(digits.fold(0, |value, digit| value * 10 + i64::from(digit - b'0')))
}

/// A text literal. What passes here the parser reads as one literal too; otherwise what stands in quotes would escape the
/// guard.
fn string(text: &str, at: usize, quote: char) -> Result<Token, Problem> {
    let rest = &text[at..];
    if rest[1..].starts_with(&format!("{quote}{quote}")) {
        return Err(unsupported(at, &rest[..3]));
    }
    let mut letters = rest.char_indices().skip(1);
    while let Some((place, letter)) = letters.next() {
        match letter {
            '\n' | '\r' => break,
            '\\' => {
                let length = escape(&rest[place..]).map_err(|found| {
                    Problem::new(at + place, ErrorCode::UnknownEscape).with("found", &rest[place..place + found])
                })?;
                letters.nth(length - 2);
            }
            _ if letter == quote => return Ok(Token { lexeme: Lexeme::Text, start: at, end: at + place + 1 }),
            _ => {}
        }
    }
    Err(Problem::new(at, ErrorCode::UnclosedText))
}

/// How many characters the escape at the start of `rest` has, all of one byte; or how many bytes of it are wrong.
fn escape(rest: &str) -> Result<usize, usize> {
    match rest[1..].chars().next() {
        Some('\\' | '\'' | '"' | 'n' | 'r' | 't') => Ok(2),
        Some('u') => {
            let digits = rest.get(2..6).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
            let scalar = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
            scalar.map(|_| 6).ok_or(2)
        }
        other => Err(1 + other.map_or(0, char::len_utf8)),
    }
}

/// Walks the tokens and refuses what would make the parser recurse, and what it would expand or read otherwise than we do.
#[derive(Default)]
struct Guard {
    /// For each open bracket, whether a comparison has been seen since the last `&&`, `||`, `,` in it.
    compared: Vec<bool>,
    /// The same outside brackets.
    compared_outside: bool,
    path: usize,
    nots: usize,
}

impl Guard {
    fn run(mut self, text: &str, tokens: &[Token]) -> Result<(), Problem> {
        for (place, token) in tokens.iter().enumerate() {
            let before = place.checked_sub(1).map(|before| tokens[before].lexeme);
            self.nesting(token)?;
            self.path(text, token, before)?;
            match token.lexeme {
                Lexeme::Comparison | Lexeme::In => self.comparison(text, token)?,
                Lexeme::And | Lexeme::Or | Lexeme::Comma => *self.compared() = false,
                Lexeme::OpenList if before != Some(Lexeme::In) => return Err(unsupported(token.start, "[")),
                Lexeme::Open if before == Some(Lexeme::Name) => call(text, &tokens[place - 1..])?,
                _ => {}
            }
        }
        Ok(())
    }

    fn nesting(&mut self, token: &Token) -> Result<(), Problem> {
        self.nots = if token.lexeme == Lexeme::Not { self.nots + 1 } else { 0 };
        match token.lexeme {
            Lexeme::Open | Lexeme::OpenList => self.compared.push(false),
            Lexeme::Close | Lexeme::CloseList if self.compared.pop().is_none() => {
                let found = if token.lexeme == Lexeme::Close { ")" } else { "]" };
                return Err(syntax(token.start, found));
            }
            _ => {}
        }
        if self.compared.len() > DEPTH_MAX || self.nots > DEPTH_MAX {
            return Err(Problem::new(token.start, ErrorCode::TooDeep).with("max", DEPTH_MAX.to_string()));
        }
        Ok(())
    }

    fn path(&mut self, text: &str, token: &Token, before: Option<Lexeme>) -> Result<(), Problem> {
        match token.lexeme {
            Lexeme::Dot if before != Some(Lexeme::Name) => Err(syntax(token.start, ".")),
            Lexeme::Dot if self.path == PATH_MAX => Err(unsupported(token.start, token.of(text))),
            Lexeme::Dot => {
                self.path += 1;
                Ok(())
            }
            Lexeme::Name => Ok(()),
            _ => {
                self.path = 0;
                Ok(())
            }
        }
    }

    fn comparison(&mut self, text: &str, token: &Token) -> Result<(), Problem> {
        if std::mem::replace(self.compared(), true) {
            return Err(unsupported(token.start, token.of(text)));
        }
        Ok(())
    }

    fn compared(&mut self) -> &mut bool {
        self.compared.last_mut().unwrap_or(&mut self.compared_outside)
    }
}

/// `tokens` start with a name and `(`: a function that we have, and `has` of a path alone.
fn call(text: &str, tokens: &[Token]) -> Result<(), Problem> {
    let name = tokens[0].of(text);
    if FUNCTIONS.contains(&name) {
        return Ok(());
    }
    if name != "has" {
        let nearest = nearest(name, FUNCTIONS.into_iter().chain(["has"]));
        let problem = Problem::new(tokens[0].start, ErrorCode::UnknownFunction).with("found", name);
        return Err(problem.with("nearest", nearest));
    }
    let inside = &tokens[2..];
    for (place, token) in inside.iter().enumerate() {
        match token.lexeme {
            Lexeme::Name if place % 2 == 0 => {}
            Lexeme::Dot if place % 2 == 1 => {}
            Lexeme::Close if place % 2 == 1 && place > 1 => return Ok(()),
            _ => return Err(syntax(token.start, token.of(text))),
        }
    }
    Ok(())
}

/// The byte at `column` of `text`, counted from 1; past the end is the end.
pub(crate) fn byte_at(text: &str, column: usize) -> usize {
    text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| at)
}

/// The byte that the parser means by a line and a column of it, both counted from 1.
pub(crate) fn byte_of_line(text: &str, line: usize, line_column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    byte_at(text, column(text, start) + line_column.saturating_sub(1))
}
