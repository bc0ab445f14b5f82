//! One run.

use std::path::Path;

use db::Db;
use kernel::{Ctx, Invalid, Outcome, Permission};

use super::mapping::wrong;
use super::{
    Kind, Mapping, Options, Progress, Report, batches, catalogue, companies, history, orders, prices, relations,
};

/// Imports a file.
///
/// Bad rows are no failure: they are in the report, and in the error file.
///
/// # Errors
/// The refusal `not-allowed`; invalid `mapping` (for another kind) or `file` (missing, not readable, without the mapped
/// columns); a fault when the database or the disk fails. Batches committed before a fault stay; running the same file
/// again goes on from there, because what is there already is left as it is.
pub async fn run(
    db: &Db,
    ctx: &Ctx,
    kind: Kind,
    file: &Path,
    mapping: &Mapping,
    options: &Options,
    progress: &dyn Progress,
) -> Outcome<Report> {
    ctx.actor.must(Permission::RunSystem)?;
    if mapping.kind != kind {
        let args = vec![("wanted", kind.code().to_owned()), ("found", mapping.kind.code().to_owned())];
        return Err(wrong("import-mapping-other", args));
    }
    if options.replace.is_some() && kind != Kind::Prices {
        return Err(Invalid::field("replace", "import-replace-prices").into());
    }
    match (kind, &mapping.history) {
        (Kind::Orders, Some(spec)) => history::run(db, ctx, file, mapping, spec, options, progress).await,
        (Kind::Orders, None) => batches::run::<orders::Orders>(db, ctx, file, mapping, options, progress).await,
        (Kind::Catalog, _) => batches::run::<catalogue::Products>(db, ctx, file, mapping, options, progress).await,
        (Kind::Relations, _) => batches::run::<relations::Relations>(db, ctx, file, mapping, options, progress).await,
        (Kind::Companies, _) => batches::run::<companies::Companies>(db, ctx, file, mapping, options, progress).await,
        (Kind::Prices, _) => batches::run::<prices::Prices>(db, ctx, file, mapping, options, progress).await,
    }
}
