//! `kontor doctor`: looks at everything that an installation needs and says what is wrong, one line each.

use std::path::Path;

use db::Db;
use kernel::{Email, Outcome, Rate};

use crate::configuration::Configuration;

/// What was looked at, and how it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub what: &'static str,
    /// How it is, or what is wrong and what to do.
    pub says: String,
    /// Whether it must be mended before serving.
    pub is_bad: bool,
}

fn good(what: &'static str, says: impl Into<String>) -> Finding {
    Finding { what, says: says.into(), is_bad: false }
}

fn bad(what: &'static str, says: impl Into<String>) -> Finding {
    Finding { what, says: says.into(), is_bad: true }
}

/// Looks at everything. Changes nothing.
pub async fn examine(configuration: &Configuration) -> Vec<Finding> {
    let mut findings = vec![data_folder(&configuration.data), assets(), address(&configuration.listen)];
    findings.extend(merchant(configuration));
    findings.extend(database(configuration).await);
    findings
}

fn data_folder(folder: &Path) -> Finding {
    let probe = folder.join(".kontor-doctor");
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&probe, b""))
        .and_then(|()| std::fs::remove_file(&probe));
    match written {
        Ok(()) => good("data folder", format!("{} can be written", folder.display())),
        Err(e) => bad("data folder", format!("{} cannot be written: {e}. Name another with --data.", folder.display())),
    }
}

fn assets() -> Finding {
    if web::are_built() {
        good("frontend", "style sheet and script are built in")
    } else {
        bad(
            "frontend",
            "style sheet and script are missing. Run `npm ci && npm run build` in frontend/, then build again.",
        )
    }
}

fn address(listen: &str) -> Finding {
    match std::net::TcpListener::bind(listen) {
        Ok(_) => good("address", format!("{listen} is free")),
        Err(e) => bad("address", format!("{listen} cannot be used: {e}. Name another with --listen.")),
    }
}

fn merchant(configuration: &Configuration) -> Vec<Finding> {
    let merchant = &configuration.merchant;
    let mut findings = Vec::new();
    if Email::parse(&merchant.email).is_err() {
        findings.push(bad("merchant.email", format!("{:?} is no e-mail address", merchant.email)));
    }
    if Rate::parse_percent(&merchant.vat_percent).is_err() {
        findings.push(bad("merchant.vat_percent", format!("{:?} is no percentage", merchant.vat_percent)));
    }
    if i18n::Locale::new(i18n::Language::En, &merchant.time_zone).zone_name() != merchant.time_zone {
        findings.push(bad(
            "merchant.time_zone",
            format!("{:?} is no time zone; write one such as Europe/Warsaw", merchant.time_zone),
        ));
    }
    if i18n::Language::parse(&merchant.language).is_none() {
        findings.push(bad("merchant.language", format!("{:?} is not spoken; en and pl are", merchant.language)));
    }
    if merchant.base_url.starts_with("https://") && !merchant.secure_cookies {
        findings.push(bad("merchant.secure_cookies", "is off although base_url is https. Set it to true."));
    }
    if findings.is_empty() {
        findings.push(good("merchant", format!("{}, {}", merchant.name, merchant.base_url)));
    }
    findings
}

async fn database(configuration: &Configuration) -> Vec<Finding> {
    let url = configuration.database_url();
    let shown = db::without_password(&url);
    if let Some(path) = url.strip_prefix("sqlite:")
        && !Path::new(path).exists()
    {
        return vec![good("database", format!("{shown} will be created at the first start"))];
    }
    match Db::open(&url).await {
        Err(fault) => vec![bad("database", fault.to_string())],
        Ok(db) => {
            let mut findings = vec![good("database", format!("{shown} answers"))];
            findings.push(pages(&db).await);
            findings.extend(room(&db));
            findings.extend(db::file_of(&url).map(privacy));
            findings.push(match counts(&db).await {
                Ok(counts) if counts.staff == 0 => bad(
                    "contents",
                    "nobody of the merchant can sign in yet. Add somebody: kontor staff EMAIL --name NAME",
                ),
                Ok(counts) => good("contents", counts.words()),
                Err(_) => good("contents", "no tables yet; they are made at the first start"),
            });
            findings.extend(purchases(&db).await);
            findings.extend(pictures(&db, &configuration.merchant).await);
            db.close().await;
            findings
        }
    }
}

/// Whether what prices, revenue and habits are made from is what the orders say.
async fn purchases(db: &Db) -> Option<Finding> {
    let tx = db.read().await.ok()?;
    // Without tables there is nothing to compare yet.
    let wrong = ordering::orders::queries::misremembered(&tx).await.ok()?;
    Some(match wrong.first() {
        None => good("purchases", "what was bought equals the orders that are not cancelled"),
        Some(first) => bad(
            "purchases",
            format!("{} orders are remembered otherwise than they are, {first} among them. Report it.", wrong.len()),
        ),
    })
}

/// Pictures of products from machines that browsers are not told to load from.
async fn pictures(db: &Db, merchant: &web::Settings) -> Option<Finding> {
    let hosts = catalog::products::queries::picture_hosts(&db.read().await.ok()?).await.ok()?;
    let unknown: Vec<&String> = hosts.iter().filter(|host| !merchant.picture_hosts.contains(host)).collect();
    let first = unknown.first()?;
    let text =
        format!("pictures from {first} are not shown. Name it in merchant.picture_hosts ({} like it).", unknown.len());
    Some(bad("merchant.picture_hosts", text))
}

/// Whether what is stored can be read. Takes as long as reading it.
async fn pages(db: &Db) -> Finding {
    let advice =
        "Stop the shop, keep a copy of the database as it is, and restore the last good backup: kontor restore FILE";
    match db.quick_check().await {
        Ok(complaints) => match complaints.first() {
            None => good("stored data", "every page can be read"),
            Some(first) => {
                bad("stored data", format!("damaged in {} places, such as: {first}. {advice}", complaints.len()))
            }
        },
        Err(failure) => bad("stored data", format!("cannot be read: {failure}. {advice}")),
    }
}

/// Whether there is room for what comes; files of buyers are not taken any more when there is too little.
fn room(db: &Db) -> Option<Finding> {
    let free = db.free_bytes()?;
    let megabytes = free / (1024 * 1024);
    Some(if free < negotiation::attachments::FREE_BYTES_MIN {
        bad("disk", format!("{megabytes} MB are free, too little to take files of buyers. Make room."))
    } else {
        good("disk", format!("{megabytes} MB are free"))
    })
}

/// Whether other people of this machine can read the database.
fn privacy(file: &Path) -> Finding {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(file).map_or(0, |meta| meta.permissions().mode() & 0o777);
    if mode & 0o007 == 0 {
        good("permissions", format!("{} is for its owner ({mode:o})", file.display()))
    } else {
        bad(
            "permissions",
            format!("everybody here can read {0} ({mode:o}). chmod o= {0} {0}-wal {0}-shm", file.display()),
        )
    }
}

struct Counts {
    companies: i64,
    staff: usize,
    failed: i64,
}

impl Counts {
    fn words(&self) -> String {
        let Self { companies, staff, failed } = self;
        format!("{companies} companies, {staff} staff, {failed} jobs given up")
    }
}

async fn counts(db: &Db) -> Outcome<Counts> {
    let tx = db.read().await?;
    let (_, companies) =
        parties::companies::queries::list(&tx, &parties::companies::CompanyFilter::default(), 1, 0).await?;
    let staff = parties::people::queries::staff(&tx).await?.len();
    let failed = jobs::failed_count(&tx).await?;
    Ok(Counts { companies, staff, failed })
}
