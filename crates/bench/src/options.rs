//! What is wanted.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use lexopt::{Arg, Parser};

use crate::Done;
use crate::place::Engine;

const USAGE: &str = "\
cargo xtask bench [--quick] [--only NAME,…] [--database sqlite|postgres|both] [--demo DIR]

  --quick      one second per case and once, instead of three and three times
  --only       floor, product-json, product-page, category, search, checkout, cart, round, import, history, start,
               decision, simulation
  --database   sqlite, postgres or both (both)
  --demo DIR   a data folder of `kontor demo` on SQLite to copy, instead of making one
";

/// What is wanted.
#[derive(Debug, Clone)]
pub struct Options {
    /// One second per case and once.
    pub is_quick: bool,
    /// Names of cases; empty for all.
    pub only: Vec<String>,
    /// On what.
    pub engines: Vec<Engine>,
    /// A demo company to copy.
    pub demo: Option<PathBuf>,
}

impl Options {
    /// Understands the words of the command line.
    pub fn parse(words: &[OsString]) -> Done<Self> {
        let mut options = Self { is_quick: false, only: Vec::new(), engines: Engine::ALL.to_vec(), demo: None };
        let mut parser = Parser::from_args(words);
        while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
            match arg {
                Arg::Long("quick") => options.is_quick = true,
                Arg::Long("only") => {
                    let names = value(&mut parser)?.to_string_lossy().into_owned();
                    options.only.extend(names.split(',').map(str::to_owned));
                }
                Arg::Long("database") => options.engines = engines(&value(&mut parser)?.to_string_lossy())?,
                Arg::Long("demo") => options.demo = Some(value(&mut parser)?.into()),
                other => return Err(format!("{}\n\n{USAGE}", other.unexpected())),
            }
        }
        Ok(options)
    }

    /// Whether a case is wanted.
    pub fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|wanted| wanted == name)
    }

    /// How long one measurement takes.
    pub fn time(&self) -> Duration {
        Duration::from_secs(if self.is_quick { 1 } else { 3 })
    }

    /// How often one is repeated; the table has the medians.
    pub fn repetitions(&self) -> usize {
        if self.is_quick { 1 } else { 3 }
    }
}

fn value(parser: &mut Parser) -> Done<OsString> {
    parser.value().map_err(|e| e.to_string())
}

fn engines(name: &str) -> Done<Vec<Engine>> {
    match name {
        "both" => Ok(Engine::ALL.to_vec()),
        name => {
            let engine = Engine::ALL.into_iter().find(|engine| engine.code() == name);
            engine.map(|engine| vec![engine]).ok_or(format!("there is no database {name}\n\n{USAGE}"))
        }
    }
}
