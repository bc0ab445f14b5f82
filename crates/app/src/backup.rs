//! `kontor backup` and `kontor restore`: the commands around [`db::Db::save`] and [`db::Db::load`].
//!
//! Everything is in the database, files of buyers too; what is beside it is made anew (the search index) or was sent (mails).

use std::fs::{File, OpenOptions};
use std::io::{BufReader, BufWriter, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use db::{Db, Saved};
use kernel::{Fault, Outcome};

use crate::configuration::Configuration;
use crate::console::say;
use crate::{VERSION, clock};

/// How hard is pressed: quick, and a backup is a fifth of the database.
const LEVEL: i32 = 3;

/// Where a backup goes to.
#[derive(Args)]
pub(crate) struct BackupArgs {
    /// The file to write; must not be there yet.
    file: PathBuf,
}

/// Where a backup comes from.
#[derive(Args)]
pub(crate) struct RestoreArgs {
    /// The file that `kontor backup` wrote.
    file: PathBuf,
    /// Restore it into a temporary database, compare, and throw that away: tells whether the backup is good.
    #[arg(long)]
    check: bool,
}

/// Saves everything while the shop serves, and reads the file once more before it counts.
pub(crate) async fn save(configuration: &Configuration, args: &BackupArgs) -> Outcome<ExitCode> {
    let url = configuration.database_url();
    if let Some(file) = db::file_of(&url)
        && !file.exists()
    {
        return Err(Fault::new(format!("there is no database {}", file.display())).into());
    }
    let db = Db::open(&url).await?;
    let saved = save_to(&db, &args.file).await;
    db.close().await;
    report(&format!("Saved to {}", args.file.display()), &saved?);
    Ok(ExitCode::SUCCESS)
}

/// Writes a backup beside its place and puts it there when it is whole and on the disk.
///
/// # Errors
/// A fault when there is a file already, when it cannot be written, or does not read back.
pub async fn save_to(db: &Db, file: &Path) -> Outcome<Saved> {
    let doing = |what: &str| format!("{what} {}", file.display());
    if file.exists() {
        return Err(Fault::new(format!("{} is there already; name another file", file.display())).into());
    }
    let part = beside(file, "part");
    // Who reads a backup reads everything.
    let made = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part);
    let made = made.map_err(|e| Fault::because(doing("making"), e))?;
    let saved = write(db, &made).await;
    let saved = saved.and_then(|saved| {
        made.sync_all().map_err(|e| Fault::because(doing("writing"), e))?;
        Ok(saved)
    });
    let placed = saved.and_then(|saved| {
        std::fs::rename(&part, file).map_err(|e| Fault::because(doing("naming"), e))?;
        Ok(saved)
    });
    if placed.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    placed
}

async fn write(db: &Db, file: &File) -> Outcome<Saved> {
    let pressed = zstd::Encoder::new(BufWriter::new(file), LEVEL).map_err(|e| Fault::because("pressing", e))?;
    let mut pressed = BufWriter::with_capacity(256 * 1024, pressed);
    let saved = db.save(&mut pressed, VERSION, clock::system_clock()()).await?;
    let finished = pressed
        .into_inner()
        .map_err(std::io::IntoInnerError::into_error)
        .and_then(zstd::Encoder::finish)
        .and_then(|mut file| file.flush());
    finished.map_err(|e| Fault::because("writing the backup", e))?;
    Ok(saved)
}

/// Fills an empty database from a backup, or tries whether one is good.
pub(crate) async fn restore(configuration: &Configuration, args: &RestoreArgs) -> Outcome<ExitCode> {
    if args.check {
        let saved = check(&args.file, &std::env::temp_dir()).await?;
        report(&format!("{} is good; restored from it", args.file.display()), &saved);
        return Ok(ExitCode::SUCCESS);
    }
    std::fs::create_dir_all(&configuration.data)
        .map_err(|e| Fault::because(format!("making the data folder {}", configuration.data.display()), e))?;
    let saved = restore_from(&args.file, &configuration.database_url()).await?;
    // It follows the log of the database that was there before, or of none.
    let index = configuration.index_folder();
    if index.exists() {
        std::fs::remove_dir_all(&index).map_err(|e| Fault::because(format!("removing {}", index.display()), e))?;
    }
    report("Restored", &saved);
    Ok(ExitCode::SUCCESS)
}

/// Restores into a database that is thrown away again.
async fn check(file: &Path, folder: &Path) -> Outcome<Saved> {
    let path = folder.join(format!("kontor-check-{}.db", std::process::id()));
    let saved = restore_from(file, &format!("sqlite:{}", path.display())).await;
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
    saved
}

/// Fills the database of `url`, which must be new. An embedded one takes its place when it is whole.
///
/// # Errors
/// A fault when there is a database already, and those of [`Db::load`].
pub async fn restore_from(file: &Path, url: &str) -> Outcome<Saved> {
    let Some(place) = db::file_of(url) else { return load(file, url).await };
    if place.exists() {
        let text = format!("{} is there already; move it away, or name another with --database", place.display());
        return Err(Fault::new(text).into());
    }
    let part = beside(place, "restoring");
    let _ = std::fs::remove_file(&part);
    match load(file, &format!("sqlite:{}", part.display())).await {
        Ok(saved) => {
            std::fs::rename(&part, place).map_err(|e| Fault::because(format!("naming {}", place.display()), e))?;
            Ok(saved)
        }
        Err(failure) => {
            for ending in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{ending}", part.display()));
            }
            Err(failure)
        }
    }
}

async fn load(file: &Path, url: &str) -> Outcome<Saved> {
    let doing = || format!("reading {}", file.display());
    let from = File::open(file).map_err(|e| Fault::because(doing(), e))?;
    let from = zstd::Decoder::new(from).map_err(|e| Fault::because(doing(), e))?;
    let db = Db::open(url).await?;
    let loaded =
        db.load(&mut BufReader::with_capacity(256 * 1024, from), &crate::migrations(), clock::system_clock()()).await;
    db.close().await;
    loaded
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn report(what: &str, saved: &Saved) {
    let full = saved.tables.iter().filter(|(_, rows, _)| *rows > 0).count();
    say(&format!("{what}: {} rows in {full} tables.", saved.rows()));
}
