//! What could be written next, for an editor.

use crate::condition::Condition;
use crate::error::column;
use crate::scan::{FUNCTIONS, Lexeme, Token, byte_at, tokens};
use crate::schema::{Field, Kind, Schema, quoted};

/// What could stand at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The text that replaces what stands between the two columns.
    pub insert: String,
    /// What it is.
    pub kind: SuggestionKind,
    /// The first column replaced, counted from 1 in characters: the start of the word at the cursor, or the cursor.
    pub replace_from: usize,
    /// The column after the last replaced: the end of the word at the cursor, or the cursor.
    pub replace_to: usize,
}

/// What a suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SuggestionKind {
    /// A field.
    Field,
    /// A comparison, `&&`, `||`, a bracket.
    Operator,
    /// A value.
    Value,
    /// A function.
    Function,
}

/// What could stand at `cursor_column`, counted from 1 in characters (2 is between the first and the second), in the order
/// of the schema. Nothing where what stands before the cursor is wrong already.
pub fn complete(text: &str, cursor_column: usize, schema: &Schema) -> Vec<Suggestion> {
    let cursor = byte_at(text, cursor_column);
    let Some(place) = Place::find(text, cursor, schema) else { return Vec::new() };
    let mut found = Vec::new();
    place.suggest(schema, &mut found);
    found.retain(|(insert, _, from, to)| leaves_well(text, cursor, (insert, *from, *to), schema));
    let shown = found.into_iter().map(|(insert, kind, from, to)| Suggestion {
        insert,
        kind,
        replace_from: column(text, from),
        replace_to: column(text, to),
    });
    shown.collect()
}

/// Whether nothing before the cursor becomes wrong: what stands behind it can make another word of the one before, as a
/// bracket makes a function of a field.
fn leaves_well(text: &str, cursor: usize, (insert, from, to): (&str, usize, usize), schema: &Schema) -> bool {
    // A text literal stays one whatever follows, and there may be thousands.
    if text[cursor..].trim().is_empty() || insert.starts_with('\'') {
        return true;
    }
    let made = format!("{}{insert}{}", &text[..from], &text[to..]);
    Condition::parse(&made, schema).map_or_else(|error| error.column >= column(text, cursor), |_| true)
}

type Found = Vec<(String, SuggestionKind, usize, usize)>;

/// What the cursor stands in.
struct Place<'a> {
    text: &'a str,
    cursor: usize,
    /// What stands whole before the cursor in the comparison at hand.
    before: Vec<Token>,
    /// The word or open text at the cursor: its start, and its end behind the cursor.
    word: (usize, usize),
    /// Closing brackets that are due.
    due: String,
}

impl<'a> Place<'a> {
    /// `None` where what stands before is wrong.
    fn find(text: &'a str, cursor: usize, schema: &Schema) -> Option<Self> {
        let (mut all, problem) = tokens(&text[..cursor]);
        let start = match problem {
            Some(problem) if text[problem.at..].starts_with(['\'', '"']) => problem.at,
            Some(_) => return None,
            None => path_start(&mut all, cursor),
        };
        let due = due(&all);
        let own = own(&all);
        let place =
            Self { text, cursor, before: all.split_off(own), word: (start, word_end(text, start, cursor)), due };
        place.is_sound(&all, schema).then_some(place)
    }

    /// Whether what stands before the comparison at hand would be a condition, were `true` in its place.
    fn is_sound(&self, earlier: &[Token], schema: &Schema) -> bool {
        let end = if self.before.is_empty() { self.word.0 } else { self.before[0].start };
        let done = earlier.last().is_none_or(|last| opens_condition(last.lexeme));
        let text = &self.text[..end];
        let due = due(earlier);
        let whole = if done { format!("{text}true{due}") } else { format!("{text}{due}") };
        Condition::parse(&whole, schema).is_ok()
    }

    fn suggest(&self, schema: &Schema, found: &mut Found) {
        let lexemes: Vec<Lexeme> = self.before.iter().map(|token| token.lexeme).collect();
        let field = self.field(schema);
        match (lexemes.as_slice(), field) {
            ([], _) => self.operand(schema, found),
            ([Lexeme::Name, Lexeme::Open], _) if self.is_has() => {
                self.fields(schema, found, |_| true);
            }
            ([Lexeme::Name, Lexeme::Open, .., Lexeme::Name], _) if self.is_has() && self.typed().is_empty() => {
                self.push(found, ")".to_owned(), SuggestionKind::Operator);
            }
            (_, Some(field)) => self.after_field(field, schema, found),
            _ if self.is_whole(schema) => self.connectives(found),
            _ => {}
        }
    }

    /// A field, or what starts a condition otherwise.
    fn operand(&self, schema: &Schema, found: &mut Found) {
        let word = self.typed();
        if let Some(field) = schema.field(word) {
            let at = Self { word: (self.cursor, self.cursor), before: Vec::new(), due: self.due.clone(), ..*self };
            if self.word.1 == self.cursor {
                at.operators(field, " ", found);
            }
        }
        self.fields(schema, found, |_| true);
        if let Some((owner, part)) = word.rsplit_once('.')
            && schema.field(owner).is_some_and(|field| field.kind == Kind::Text)
        {
            self.functions(owner, part, found);
        }
        if "has(".starts_with(word) {
            self.push(found, "has(".to_owned(), SuggestionKind::Function);
        }
    }

    /// Fields that start with the word at the cursor, then fields that have it elsewhere.
    fn fields(&self, schema: &Schema, found: &mut Found, fits: impl Fn(&Field) -> bool) {
        let word = self.typed().to_lowercase();
        let fitting = || schema.fields().iter().filter(|field| fits(field)).map(|field| field.name);
        let starting = fitting().filter(|name| name.to_lowercase().starts_with(&word));
        let having =
            fitting().filter(|name| !word.is_empty() && name.to_lowercase().rfind(&word).is_some_and(|at| at > 0));
        let having = having.filter(|name| !name.to_lowercase().starts_with(&word));
        for name in starting.chain(having) {
            self.push(found, name.to_owned(), SuggestionKind::Field);
        }
    }

    fn functions(&self, owner: &str, part: &str, found: &mut Found) {
        for function in FUNCTIONS.into_iter().filter(|function| function.starts_with(part)) {
            self.push(found, format!("{owner}.{function}("), SuggestionKind::Function);
        }
    }

    /// `before` starts with the path of `field`.
    fn after_field(&self, field: &Field, schema: &Schema, found: &mut Found) {
        let rest = &self.before[path_length(&self.before)..];
        match rest.iter().map(|token| token.lexeme).collect::<Vec<_>>().as_slice() {
            [] if self.typed().is_empty() => self.operators(field, "", found),
            [Lexeme::Comparison] if self.fits(field, rest[0]) => {
                self.values(field, found);
                self.fields(schema, found, |other| other.kind == field.kind && other.name != field.name);
            }
            [Lexeme::In] if field.kind != Kind::Flag && self.typed().is_empty() => {
                self.push(found, "[".to_owned(), SuggestionKind::Operator);
            }
            [Lexeme::In, Lexeme::OpenList] | [Lexeme::In, Lexeme::OpenList, .., Lexeme::Comma]
                if field.kind != Kind::Flag && self.is_whole_list(schema) =>
            {
                self.values(field, found);
            }
            [Lexeme::In, Lexeme::OpenList, .., Lexeme::Text | Lexeme::Number(_)]
                if self.typed().is_empty() && self.is_whole_list(schema) =>
            {
                self.push(found, ", ".to_owned(), SuggestionKind::Operator);
                self.push(found, "]".to_owned(), SuggestionKind::Operator);
            }
            _ if self.is_whole(schema) => self.connectives(found),
            _ => {}
        }
    }

    /// Whether the comparison fits the field.
    fn fits(&self, field: &Field, comparison: Token) -> bool {
        ["==", "!="].contains(&comparison.of(self.text)) || !matches!(field.kind, Kind::Text | Kind::Flag)
    }

    fn operators(&self, field: &Field, blank: &str, found: &mut Found) {
        let signs: &[&str] = match field.kind {
            Kind::Text => &["==", "!=", "in ["],
            Kind::Flag => &["==", "!="],
            _ => &["==", "!=", ">=", "<=", ">", "<", "in ["],
        };
        for sign in signs {
            let tail = if sign.ends_with('[') { "" } else { " " };
            self.push(found, format!("{blank}{sign}{tail}"), SuggestionKind::Operator);
        }
        match field.kind {
            Kind::Text if !blank.is_empty() => {
                for function in FUNCTIONS {
                    self.push(found, format!(".{function}("), SuggestionKind::Function);
                }
            }
            Kind::Flag => self.joined(blank, found),
            _ => {}
        }
    }

    /// What may follow a whole comparison.
    fn connectives(&self, found: &mut Found) {
        if self.typed().is_empty() {
            let blank = if self.text[..self.cursor].ends_with(char::is_whitespace) { "" } else { " " };
            self.joined(blank, found);
        }
    }

    fn joined(&self, blank: &str, found: &mut Found) {
        self.push(found, format!("{blank}&& "), SuggestionKind::Operator);
        self.push(found, format!("{blank}|| "), SuggestionKind::Operator);
        if let Some(bracket) = self.due.chars().next() {
            self.push(found, bracket.to_string(), SuggestionKind::Operator);
        }
    }

    /// Known values that start with what is typed.
    fn values(&self, field: &Field, found: &mut Found) {
        let typed = self.typed();
        let known: Vec<String> = match field.kind {
            Kind::Flag => vec!["true".to_owned(), "false".to_owned()],
            _ => field.values.iter().map(|value| quoted(value)).collect(),
        };
        let typed = typed.trim_start_matches(['\'', '"']).to_lowercase();
        for value in known {
            if value.trim_start_matches('\'').to_lowercase().starts_with(&typed) {
                self.push(found, value, SuggestionKind::Value);
            }
        }
    }

    fn push(&self, found: &mut Found, insert: String, kind: SuggestionKind) {
        found.push((insert, kind, self.word.0, self.word.1));
    }

    /// The part of the word at the cursor that stands before it.
    fn typed(&self) -> &'a str {
        &self.text[self.word.0..self.cursor]
    }

    /// The field that the comparison at hand starts with.
    fn field<'s>(&self, schema: &'s Schema) -> Option<&'s Field> {
        let path: String = self.before[..path_length(&self.before)].iter().map(|token| token.of(self.text)).collect();
        schema.field(&path)
    }

    fn is_has(&self) -> bool {
        self.before[0].of(self.text) == "has"
    }

    /// Whether the comparison at hand is whole and right.
    fn is_whole(&self, schema: &Schema) -> bool {
        self.own_text().is_some_and(|own| Condition::parse(own, schema).is_ok())
    }

    /// Whether the list that is open in the comparison at hand is right so far.
    fn is_whole_list(&self, schema: &Schema) -> bool {
        let own = self.own_text().map(|own| own.trim_end().trim_end_matches(','));
        own.is_some_and(|own| Condition::parse(&format!("{own}]"), schema).is_ok())
    }

    fn own_text(&self) -> Option<&'a str> {
        Some(&self.text[self.before.first()?.start..self.before.last()?.end])
    }
}

/// Takes the path that ends at the cursor off `all`; its start, or the cursor.
fn path_start(all: &mut Vec<Token>, cursor: usize) -> usize {
    let mut start = cursor;
    while let Some(last) = all.last() {
        if last.end != start || !matches!(last.lexeme, Lexeme::Name | Lexeme::Dot | Lexeme::In) {
            break;
        }
        start = last.start;
        all.pop();
    }
    start
}

/// How many tokens the path at the start has.
fn path_length(tokens: &[Token]) -> usize {
    let is_path =
        |(place, token): &(usize, &Token)| token.lexeme == if place % 2 == 0 { Lexeme::Name } else { Lexeme::Dot };
    let length = tokens.iter().enumerate().take_while(is_path).count();
    // A function's name belongs to its bracket.
    let called = tokens.get(length).is_some_and(|token| token.lexeme == Lexeme::Open);
    if called { length.saturating_sub(2) } else { length }
}

/// Where the word that starts at `start` ends behind the cursor. A text that is open ends at its quote where only a word
/// stands before that; otherwise what follows is not the text's.
fn word_end(text: &str, start: usize, cursor: usize) -> usize {
    let rest = &text[cursor..];
    let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    match text[start..].chars().next() {
        Some(quote @ ('\'' | '"')) if start < cursor => {
            if rest[length..].starts_with(quote) {
                cursor + length + 1
            } else {
                cursor
            }
        }
        _ if start < cursor => {
            cursor + rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').unwrap_or(rest.len())
        }
        _ => cursor,
    }
}

/// The place of the first token of the comparison at hand: after the last `&&`, `||`, `!` or bracket of a group.
fn own(tokens: &[Token]) -> usize {
    let mut starts = vec![0];
    for (place, token) in tokens.iter().enumerate() {
        let grouped = place == 0 || opens_condition(tokens[place - 1].lexeme);
        match token.lexeme {
            Lexeme::And | Lexeme::Or | Lexeme::Not => {
                if let Some(start) = starts.last_mut() {
                    *start = place + 1;
                }
            }
            Lexeme::Open if grouped => starts.push(place + 1),
            Lexeme::Open | Lexeme::OpenList => starts.push(starts.last().copied().unwrap_or(0)),
            Lexeme::Close | Lexeme::CloseList if starts.len() > 1 => drop(starts.pop()),
            _ => {}
        }
    }
    starts.last().copied().unwrap_or(0)
}

fn opens_condition(lexeme: Lexeme) -> bool {
    matches!(lexeme, Lexeme::And | Lexeme::Or | Lexeme::Not | Lexeme::Open)
}

/// The brackets that close what is open.
fn due(tokens: &[Token]) -> String {
    let mut open = Vec::new();
    for token in tokens {
        match token.lexeme {
            Lexeme::Open => open.push(')'),
            Lexeme::OpenList => open.push(']'),
            Lexeme::Close | Lexeme::CloseList => drop(open.pop()),
            _ => {}
        }
    }
    open.into_iter().rev().collect()
}
