//! The index: opening, changing, searching.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use i18n::Language;
use kernel::{Fault, ProductId};
use tantivy::collector::{Count, TopDocs};
use tantivy::columnar::Column;
use tantivy::directory::MmapDirectory;
use tantivy::indexer::IndexWriterOptions;
use tantivy::query::Query;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{DocAddress, Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};

use crate::query::{Plan, Strictness};
use crate::schema::{Fields, VERSION, WORDS, schema};
use crate::words::WordTokenizer;
use crate::{Doc, Hits, Options};

/// Memory that a writer may fill before it writes: the least that tantivy allows. It is held only while writing.
const WRITER_BYTES: usize = 15_000_000;
/// Nobody turns so many pages; every result up to the last wanted one is kept in memory while searching.
const RESULTS_MAX: usize = 10_000;

/// The products that can be found. One per process and folder; share it in an `Arc`.
pub struct ProductIndex {
    index: Index,
    reader: IndexReader,
    fields: Fields,
    /// Open between the first change and its commit only: its threads and buffers are not worth keeping.
    writer: Mutex<Option<IndexWriter>>,
}

impl ProductIndex {
    /// Opens the index in `dir`, or a new one in memory. An index that is missing, damaged or of an older form is begun
    /// anew: it is derived, and [`Self::cursor`] then says that everything is to be read again.
    ///
    /// # Errors
    /// A fault when the folder cannot be made or read.
    pub fn open(dir: Option<&Path>) -> Result<Self, Fault> {
        let (schema, fields) = schema();
        let (index, reader) = match dir {
            None => read(Index::create_in_ram(schema))?,
            Some(dir) => {
                // A folder of our own, so that beginning anew can never remove anything else.
                let dir = dir.join(format!("products-{VERSION}"));
                match open_dir(&dir) {
                    Ok(opened) => opened,
                    Err(error) => {
                        tracing::warn!("the search index cannot be read and is begun anew: {error}");
                        begin_anew(&dir)?;
                        open_dir(&dir)?
                    }
                }
            }
        };
        Ok(Self { index, reader, fields, writer: Mutex::new(None) })
    }

    /// Adds products, or replaces those that are there. Nothing can be found before [`Self::commit`].
    ///
    /// # Errors
    /// A fault when the index cannot be written.
    pub fn upsert(&self, docs: &[Doc]) -> Result<(), Fault> {
        self.change(|writer| {
            for doc in docs {
                writer.delete_term(self.id_term(doc.id));
                writer.add_document(self.fields.document(doc))?;
            }
            Ok(())
        })
    }

    /// Removes products; those that are not there are no mistake.
    ///
    /// # Errors
    /// A fault when the index cannot be written.
    pub fn remove(&self, ids: &[ProductId]) -> Result<(), Fault> {
        self.change(|writer| {
            for id in ids {
                writer.delete_term(self.id_term(*id));
            }
            Ok(())
        })
    }

    /// Removes everything, to be filled again.
    ///
    /// # Errors
    /// A fault when the index cannot be written.
    pub fn clear(&self) -> Result<(), Fault> {
        self.change(|writer| writer.delete_all_documents().map(|_| ()))
    }

    /// Makes all changes since the last commit visible and permanent, together with the place in the event log up to
    /// which they go.
    ///
    /// # Errors
    /// A fault when the index cannot be written; the changes are then lost, and the cursor is the one before.
    pub fn commit(&self, cursor: &str) -> Result<(), Fault> {
        let failed = |e| Fault::because("committing the search index", e);
        let mut open = self.writer();
        // The writer is taken out, so that after a failure the next change begins with a fresh one.
        let mut writer = match open.take() {
            Some(writer) => writer,
            None => self.new_writer().map_err(failed)?,
        };
        let mut prepared = writer.prepare_commit().map_err(failed)?;
        prepared.set_payload(cursor);
        prepared.commit().map_err(failed)?;
        // Dropping it at once would stop merging, and segments would pile up commit by commit.
        writer.wait_merging_threads().map_err(failed)?;
        self.reader.reload().map_err(failed)
    }

    /// The place in the event log handed to the last commit; `None` when there was none, and everything is to be read.
    ///
    /// # Errors
    /// A fault when the index cannot be read.
    pub fn cursor(&self) -> Result<Option<String>, Fault> {
        let metas = self.index.load_metas().map_err(|e| Fault::because("reading the search index", e))?;
        Ok(metas.payload)
    }

    /// How many products can be found.
    pub fn len(&self) -> usize {
        usize::try_from(self.reader.searcher().num_docs()).unwrap_or(usize::MAX)
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Products for what somebody typed; anything may be typed. A query without a letter or figure finds nothing.
    ///
    /// # Errors
    /// A fault when the index cannot be read; never because of the query.
    pub fn search(&self, query: &str, options: &Options) -> Result<Hits, Fault> {
        let failed = |e| Fault::because("searching products", e);
        let plan = Plan::new(&self.fields, query, Some(options.language), options.category);
        let searcher = self.reader.searcher();
        for strictness in Strictness::ALL {
            let Some(query) = plan.query(strictness) else { continue };
            let hits = self.run(&searcher, &query, options.limit, options.offset).map_err(failed)?;
            if hits.total > 0 {
                return Ok(hits);
            }
        }
        Ok(Hits::default())
    }

    /// Up to `limit` products for what somebody has typed so far, in any language: like [`Self::search`], but all words
    /// must fit, the last one as a beginning, or as parts of codes when nothing does.
    ///
    /// # Errors
    /// A fault when the index cannot be read.
    pub fn suggest(&self, prefix: &str, limit: usize) -> Result<Vec<ProductId>, Fault> {
        let plan = Plan::new(&self.fields, prefix, None::<Language>, None);
        let failed = |e| Fault::because("suggesting products", e);
        let searcher = self.reader.searcher();
        for strictness in [Strictness::Exact, Strictness::Parts] {
            let Some(query) = plan.query(strictness) else { continue };
            let found = self.run(&searcher, &query, limit.max(1), 0).map_err(failed)?;
            if !found.ids.is_empty() {
                return Ok(found.ids.into_iter().take(limit).collect());
            }
        }
        Ok(Vec::new())
    }

    fn run(&self, searcher: &Searcher, query: &dyn Query, limit: usize, offset: usize) -> tantivy::Result<Hits> {
        let limit = limit.min(RESULTS_MAX.saturating_sub(offset));
        if limit == 0 {
            return Ok(Hits { ids: Vec::new(), total: searcher.search(query, &Count)? });
        }
        let top = TopDocs::with_limit(limit).and_offset(offset).order_by_score();
        let (found, total) = searcher.search(query, &(top, Count))?;
        let found: Vec<DocAddress> = found.into_iter().map(|(_, address)| address).collect();
        Ok(Hits { ids: self.ids(searcher, &found)?, total })
    }

    fn ids(&self, searcher: &Searcher, found: &[DocAddress]) -> tantivy::Result<Vec<ProductId>> {
        let mut columns: Vec<Option<[Column<u64>; 2]>> = vec![None; searcher.segment_readers().len()];
        let mut ids = Vec::with_capacity(found.len());
        for address in found {
            let segment = address.segment_ord as usize;
            if columns[segment].is_none() {
                let fast = searcher.segment_reader(address.segment_ord).fast_fields();
                columns[segment] = Some([fast.u64("id_high")?, fast.u64("id_low")?]);
            }
            if let Some([high, low]) = &columns[segment]
                && let (Some(high), Some(low)) = (high.first(address.doc_id), low.first(address.doc_id))
            {
                ids.push(ProductId::from_uuid(uuid::Uuid::from_u64_pair(high, low)));
            }
        }
        Ok(ids)
    }

    fn id_term(&self, id: ProductId) -> Term {
        Term::from_field_text(self.fields.id, &id.to_string())
    }

    fn change(&self, change: impl FnOnce(&IndexWriter) -> tantivy::Result<()>) -> Result<(), Fault> {
        let failed = |e| Fault::because("changing the search index", e);
        let mut open = self.writer();
        let writer = match open.take() {
            Some(writer) => open.insert(writer),
            None => open.insert(self.new_writer().map_err(failed)?),
        };
        change(writer).map_err(failed)
    }

    fn writer(&self) -> MutexGuard<'_, Option<IndexWriter>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn new_writer(&self) -> tantivy::Result<IndexWriter<TantivyDocument>> {
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(WRITER_BYTES)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        self.index.writer_with_options(options)
    }
}

impl std::fmt::Debug for ProductIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProductIndex").field("products", &self.len()).finish_non_exhaustive()
    }
}

/// Opens a folder's index and everything that searching reads of it: whatever is wrong shows here, or not at all.
fn open_dir(dir: &Path) -> Result<(Index, IndexReader), Fault> {
    let failed = |e: tantivy::TantivyError| Fault::because(format!("opening the search index {}", dir.display()), e);
    std::fs::create_dir_all(dir)
        .map_err(|e| Fault::because(format!("making the folder of the search index {}", dir.display()), e))?;
    let directory = MmapDirectory::open(dir).map_err(|e| failed(e.into()))?;
    let (index, reader) = read(Index::open_or_create(directory, schema().0).map_err(failed)?)?;
    index.load_metas().map_err(failed)?;
    for segment in reader.searcher().segment_readers() {
        let fast = segment.fast_fields();
        fast.u64("id_high").and_then(|_| fast.u64("id_low")).map_err(failed)?;
    }
    Ok((index, reader))
}

fn read(index: Index) -> Result<(Index, IndexReader), Fault> {
    index.tokenizers().register(WORDS, TextAnalyzer::from(WordTokenizer));
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
    let reader = reader.map_err(|e| Fault::because("reading the search index", e))?;
    Ok((index, reader))
}

/// Removes what stands in the place of the index, be it a folder or not.
fn begin_anew(dir: &Path) -> Result<(), Fault> {
    let failed = |e| Fault::because(format!("beginning the search index {} anew", dir.display()), e);
    match std::fs::symlink_metadata(dir) {
        Ok(meta) if meta.is_dir() => std::fs::remove_dir_all(dir).map_err(failed),
        Ok(_) => std::fs::remove_file(dir).map_err(failed),
        // There is nothing: the folder above could not be read, and opening says why.
        Err(_) => Ok(()),
    }
}
