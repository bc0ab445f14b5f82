//! How a query is ranked.
//!
//! 1. The whole query is somebody's code: SKU and GTIN first, then the manufacturer's number, then beginnings of either.
//! 2. All words fit, each in a name (the reader's language counts more), in attributes, as a code or by its parts; the
//!    last word also as the beginning of one. How often and how specifically is weighed by BM25.
//! 3. Only when nothing fits: all words, each also as the middle or the end of a code (`INS114` of `BV-INS114-SS`).
//! 4. Only when nothing fits: all words, each of five letters or more with one slip (a letter wrong, missing, too many
//!    or two swapped).
//! 5. Only when still nothing fits: any of the words.

use i18n::Language;
use kernel::CategoryId;
use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::schema::{CODE_START_MAX, Fields, PART_MIN, START_MIN};
use crate::words::{Word, code, gtin, words};

/// Nobody means more than this; the rest of a query is not looked at.
const QUERY_CHARS_MAX: usize = 256;
/// Words beyond these are not looked at.
const WORDS_MAX: usize = 12;
/// Words shorter than this are not looked up with slips: too many others are one letter away.
const FUZZY_LETTERS_MIN: usize = 5;

/// What a whole query is worth that is a code; above all that words can reach.
const WHOLE_SKU: f32 = 1_000.0;
const WHOLE_MPN: f32 = 500.0;
const WHOLE_CODE_START: f32 = 100.0;
const WHOLE_CODE_PART: f32 = 50.0;
/// What one word of several is worth that is a code.
const WORD_SKU: f32 = 30.0;
const WORD_MPN: f32 = 20.0;
const WORD_CODE_START: f32 = 4.0;
/// Names in the reader's language, names in others, attributes.
const OWN_NAME: f32 = 3.0;
const OTHER_NAME: f32 = 1.5;
const ATTRIBUTES: f32 = 1.0;
/// Parts of a word, beginnings of words and words with a slip, against whole words.
const PARTS: f32 = 0.7;
const BEGINNING: f32 = 0.5;
const SLIP: f32 = 0.4;
/// What the second-best field adds.
const TIE_BREAKER: f32 = 0.1;

/// How exactly words must fit; tried one after the other until something is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// All words as they are.
    Exact,
    /// All words as they are, or as a part of a code.
    Parts,
    /// All words, with slips.
    Slips,
    /// Any word, with slips.
    Any,
}

impl Strictness {
    /// From strict to lax.
    pub(crate) const ALL: [Self; 4] = [Self::Exact, Self::Parts, Self::Slips, Self::Any];
}

/// A query taken apart.
pub(crate) struct Plan<'a> {
    fields: &'a Fields,
    words: Vec<Word>,
    /// The whole query as a code.
    code: String,
    language: Option<Language>,
    category: Option<CategoryId>,
}

impl<'a> Plan<'a> {
    /// Takes a query apart; without a language, names in all languages count the same.
    pub(crate) fn new(
        fields: &'a Fields,
        query: &str,
        language: Option<Language>,
        category: Option<CategoryId>,
    ) -> Self {
        let query: String = query.chars().take(QUERY_CHARS_MAX).collect();
        let mut words = words(&query);
        words.truncate(WORDS_MAX);
        Self { fields, words, code: code(&query), language, category }
    }

    /// The query; `None` when there is nothing to look for, or nothing more than a stricter query has looked for.
    pub(crate) fn query(&self, strictness: Strictness) -> Option<BooleanQuery> {
        let last = self.words.len().checked_sub(1)?;
        let nothing_new = match strictness {
            Strictness::Exact => false,
            Strictness::Parts => !is_part(&self.code) && !self.words.iter().any(|word| is_part(&word.whole)),
            Strictness::Slips => !self.words.iter().any(may_slip),
            Strictness::Any => last == 0,
        };
        if nothing_new {
            return None;
        }
        let one = |(at, word)| self.word(word, at == last, strictness);
        let each = self.words.iter().enumerate().map(one);
        let occur = if strictness == Strictness::Any { Occur::Should } else { Occur::Must };
        let text = BooleanQuery::new(each.map(|query| (occur, query)).collect());
        let mut either: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Should, Box::new(text))];
        if strictness == Strictness::Exact {
            either.extend(self.whole().into_iter().map(|query| (Occur::Should, query)));
        }
        if strictness == Strictness::Parts && is_part(&self.code) {
            either.push((Occur::Should, self.part(&self.code, WHOLE_CODE_PART)));
        }
        let either = BooleanQuery::new(either);
        let Some(category) = self.category else { return Some(either) };
        let within = constant(term(self.fields.category, &category.to_string()), 0.0);
        Some(BooleanQuery::new(vec![(Occur::Must, Box::new(either)), (Occur::Must, within)]))
    }

    /// The whole query as a code.
    fn whole(&self) -> Vec<Box<dyn Query>> {
        let mut queries = self.codes(&self.code, WHOLE_SKU, WHOLE_MPN);
        // Shorter than this, a beginning says less than the words do.
        if (3..=CODE_START_MAX).contains(&self.code.chars().count()) {
            queries.push(constant(term(self.fields.code_start, &self.code), WHOLE_CODE_START));
        }
        queries
    }

    fn codes(&self, code: &str, sku: f32, mpn: f32) -> Vec<Box<dyn Query>> {
        let mut queries = vec![constant(term(self.fields.sku, code), sku), constant(term(self.fields.mpn, code), mpn)];
        if let Some(gtin) = gtin(code) {
            queries.push(constant(term(self.fields.gtin, gtin), sku));
        }
        queries
    }

    /// Codes with this part, wherever it stands.
    fn part(&self, part: &str, score: f32) -> Box<dyn Query> {
        let term = Term::from_field_text(self.fields.code_end, part);
        constant(Box::new(FuzzyTermQuery::new_prefix(term, 0, false)), score)
    }

    /// One word in all the ways in which it may fit; the best counts.
    fn word(&self, word: &Word, is_last: bool, strictness: Strictness) -> Box<dyn Query> {
        let mut ways = self.in_texts(&word.whole, 1.0);
        let code = code(&word.whole);
        ways.extend(self.codes(&code, WORD_SKU, WORD_MPN));
        ways.push(constant(term(self.fields.class, &code), ATTRIBUTES));
        for parts in [&word.pieces, &word.atoms] {
            if !parts.is_empty() {
                let all = parts.iter().map(|part| (Occur::Must, best(self.in_texts(part, PARTS))));
                ways.push(Box::new(BooleanQuery::new(all.collect())));
            }
        }
        if is_last && word.whole.chars().count() >= START_MIN {
            ways.extend(self.by_automaton(&word.whole, BEGINNING, |t| FuzzyTermQuery::new_prefix(t, 0, false)));
            if code.chars().count() <= CODE_START_MAX {
                ways.push(constant(term(self.fields.code_start, &code), WORD_CODE_START));
            }
        }
        if strictness == Strictness::Parts && is_part(&code) {
            ways.push(self.part(&code, WORD_CODE_START));
        }
        if matches!(strictness, Strictness::Slips | Strictness::Any) && may_slip(word) {
            ways.extend(self.by_automaton(&word.whole, SLIP, |t| FuzzyTermQuery::new(t, 1, true)));
        }
        best(ways)
    }

    fn in_texts(&self, text: &str, weight: f32) -> Vec<Box<dyn Query>> {
        self.texts().map(|(field, boost)| boosted(term(field, text), boost * weight)).collect()
    }

    fn by_automaton(&self, text: &str, weight: f32, make: fn(Term) -> FuzzyTermQuery) -> Vec<Box<dyn Query>> {
        let make = |field| Box::new(make(Term::from_field_text(field, text)));
        self.texts().map(|(field, boost)| boosted(make(field), boost * weight)).collect()
    }

    /// The fields of words with their weights.
    fn texts(&self) -> impl Iterator<Item = (Field, f32)> {
        let own = self.language;
        let weight = move |language| if own.is_none_or(|own| own == language) { OWN_NAME } else { OTHER_NAME };
        let names = Language::ALL.map(|language| (self.fields.name(language), weight(language)));
        names.into_iter().chain([(self.fields.attributes, ATTRIBUTES)])
    }
}

/// Whether a code is long enough to be looked for inside others.
fn is_part(code: &str) -> bool {
    code.chars().count() >= PART_MIN
}

/// Codes and dimensions are meant as typed: one figure off is another thing.
fn may_slip(word: &Word) -> bool {
    word.whole.chars().count() >= FUZZY_LETTERS_MIN && word.whole.chars().all(char::is_alphabetic)
}

fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

fn constant(query: Box<dyn Query>, score: f32) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, score))
}

fn boosted(query: Box<dyn Query>, boost: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, boost))
}

fn best(ways: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, TIE_BREAKER))
}
