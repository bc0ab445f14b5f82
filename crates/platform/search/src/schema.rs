//! The fields of the index.

use i18n::Language;
use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions};

use crate::Doc;
use crate::words::{code, gtin};

/// The name under which the tokenizer of [`crate::words`] is registered.
pub(crate) const WORDS: &str = "words";
/// The form of the index; a change of fields or of words needs a new number, and old indexes are then rebuilt.
pub(crate) const VERSION: u32 = 2;
/// Beginnings of codes that can be searched: from two characters to this many.
pub(crate) const CODE_START_MAX: usize = 24;
/// The fewest characters of a beginning.
pub(crate) const START_MIN: usize = 2;
/// The fewest characters of a part of a code that are looked for in its middle and at its end.
pub(crate) const PART_MIN: usize = 3;

/// The fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// The id as text, for replacing and removing.
    pub(crate) id: Field,
    /// The two halves of the id as columns, for reading results without touching stored documents.
    pub(crate) id_halves: [Field; 2],
    /// The SKU without separators.
    pub(crate) sku: Field,
    /// The GTIN without leading zeros.
    pub(crate) gtin: Field,
    /// The manufacturer's number without separators.
    pub(crate) mpn: Field,
    /// The beginnings of SKU and manufacturer's number.
    pub(crate) code_start: Field,
    /// What SKU and manufacturer's number end with: a part of a code is the beginning of one of its ends.
    pub(crate) code_end: Field,
    /// Names, in the order of [`Language::ALL`].
    pub(crate) names: [Field; Language::ALL.len()],
    /// Attributes.
    pub(crate) attributes: Field,
    /// Ids of categories, from the product's own to the top.
    pub(crate) category: Field,
    /// The class.
    pub(crate) class: Field,
}

/// The fields and their schema.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let exact = || {
        let indexing = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::Basic);
        TextOptions::default().set_indexing_options(indexing.set_fieldnorms(false))
    };
    let words = || {
        let indexing = TextFieldIndexing::default().set_tokenizer(WORDS);
        TextOptions::default().set_indexing_options(indexing.set_index_option(IndexRecordOption::WithFreqs))
    };
    let column = || NumericOptions::from(FAST);
    let fields = Fields {
        id: builder.add_text_field("id", exact()),
        id_halves: ["id_high", "id_low"].map(|name| builder.add_u64_field(name, column())),
        sku: builder.add_text_field("sku", exact()),
        gtin: builder.add_text_field("gtin", exact()),
        mpn: builder.add_text_field("mpn", exact()),
        code_start: builder.add_text_field("code_start", exact()),
        code_end: builder.add_text_field("code_end", exact()),
        names: Language::ALL.map(|language| builder.add_text_field(&format!("name_{}", language.code()), words())),
        attributes: builder.add_text_field("attributes", words()),
        category: builder.add_text_field("category", exact()),
        class: builder.add_text_field("class", exact()),
    };
    (builder.build(), fields)
}

impl Fields {
    /// A product as the index takes it.
    pub(crate) fn document(&self, doc: &Doc) -> TantivyDocument {
        let mut out = TantivyDocument::new();
        let (high, low) = doc.id.uuid().as_u64_pair();
        out.add_text(self.id, doc.id.to_string());
        out.add_u64(self.id_halves[0], high);
        out.add_u64(self.id_halves[1], low);
        let sku = code(doc.sku.as_str());
        let mpn = doc.mpn.as_deref().map(code).unwrap_or_default();
        for start in starts(&sku).into_iter().chain(starts(&mpn)) {
            out.add_text(self.code_start, start);
        }
        for end in ends(&sku).into_iter().chain(ends(&mpn)) {
            out.add_text(self.code_end, end);
        }
        out.add_text(self.sku, sku);
        if !mpn.is_empty() {
            out.add_text(self.mpn, mpn);
        }
        if let Some(gtin) = doc.gtin.as_ref().and_then(|g| gtin(g.as_str())) {
            out.add_text(self.gtin, gtin);
        }
        for (language, name) in &doc.names {
            out.add_text(self.name(*language), name);
        }
        out.add_text(self.attributes, &doc.attributes);
        for category in &doc.categories {
            out.add_text(self.category, category.to_string());
        }
        out.add_text(self.class, code(&doc.class));
        out
    }

    /// The field of the names in `language`.
    pub(crate) fn name(&self, language: Language) -> Field {
        self.names[language as usize]
    }
}

fn starts(code: &str) -> Vec<&str> {
    let ends = code.char_indices().map(|(at, c)| at + c.len_utf8()).skip(START_MIN - 1).take(CODE_START_MAX);
    ends.map(|end| &code[..end]).collect()
}

/// Every end of a code that is long enough to be asked for, the code itself included.
fn ends(code: &str) -> Vec<&str> {
    let length = code.chars().count();
    code.char_indices().take((length + 1).saturating_sub(PART_MIN)).map(|(at, _)| &code[at..]).collect()
}
