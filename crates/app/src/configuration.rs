//! Settings: from a file, then the environment, then flags; the later wins.
//!
//! The file is `kontor.toml` in the working directory unless named by `--config`. Environment variables are `KONTOR_` and
//! the path with double underscores: `KONTOR_DATABASE`, `KONTOR_MERCHANT__NAME`.

use std::path::{Path, PathBuf};

use kernel::Fault;
use serde::{Deserialize, Serialize};
use web::Settings;

/// Everything that can be set.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Configuration {
    /// `sqlite:PATH` or `postgres://…`. Empty: `kontor.db` in the data folder.
    pub database: String,
    /// The address to serve on.
    pub listen: String,
    /// The address for `/metrics`; empty for none.
    pub metrics: String,
    /// The folder for the embedded database, the search index and mails in files.
    pub data: PathBuf,
    /// `smtp://…`, or a folder for mails as files. Empty: `mail` in the data folder.
    pub mail: String,
    /// A folder with a merchant's own templates.
    pub theme: Option<PathBuf>,
    /// `text` or `json`.
    pub log: String,
    /// The merchant.
    pub merchant: Settings,
}

impl Default for Configuration {
    fn default() -> Self {
        Self {
            database: String::new(),
            listen: "127.0.0.1:8080".into(),
            metrics: String::new(),
            data: "data".into(),
            mail: String::new(),
            theme: None,
            log: "text".into(),
            merchant: Settings::default(),
        }
    }
}

impl Configuration {
    /// Reads file and environment.
    ///
    /// # Errors
    /// A fault that names the key and what is wrong with it.
    pub fn read(file: Option<&Path>) -> Result<Self, Fault> {
        let (path, required) = file.map_or((Path::new("kontor.toml"), false), |path| (path, true));
        let source = config::File::from(path.to_owned()).format(config::FileFormat::Toml).required(required);
        let environment =
            config::Environment::with_prefix("KONTOR").prefix_separator("_").separator("__").try_parsing(true);
        // Variables for tests are about the test run, not about this program.
        let variables = std::env::vars()
            .filter(|(name, _)| !name.starts_with("KONTOR_TEST_") && !name.starts_with("KONTOR_REQUIRE_"));
        let environment = environment.source(Some(variables.filter(|(name, _)| name.starts_with("KONTOR_")).collect()));
        let read = config::Config::builder().add_source(source).add_source(environment).build();
        let read = read.and_then(config::Config::try_deserialize);
        read.map_err(|e| Fault::because("reading the configuration", e))
    }

    /// The database's URL.
    pub fn database_url(&self) -> String {
        if self.database.is_empty() {
            format!("sqlite:{}", self.data.join("kontor.db").display())
        } else {
            self.database.clone()
        }
    }

    /// Where mails go.
    pub fn mail_setting(&self) -> String {
        if self.mail.is_empty() { self.data.join("mail").display().to_string() } else { self.mail.clone() }
    }

    /// Where the search index is kept.
    pub fn index_folder(&self) -> PathBuf {
        self.data.join("index")
    }
}
