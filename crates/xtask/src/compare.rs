//! `cargo xtask compare`: the suggested policy against simple rules on the real wholesale history, written down.
//!
//! Everything is done as a user does it: a new installation, `kontor import`, `kontor simulate`. The seed is fixed and nothing
//! depends on the clock, so that the same data give the same page.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Done, frontend, process, repo};

/// The history, from the root of the checkout.
const HISTORY: &str = "../shared/data/online-retail-ii/transactions.csv.zst";
/// The page that is written.
const PAGE: &str = "docs/guide/comparison.md";
/// What meets the buyers.
const ARMS: [&str; 4] = ["suggested", "list", "floor", "split"];
/// Buyers that are invented.
const COUNT: &str = "100000";

/// Builds for speed, imports, simulates twice and writes the page. `--program FILE` takes a program that was built already,
/// `--count N` another number of buyers.
pub fn run(words: &[OsString]) -> Done {
    let (program, count) = options(words)?;
    let history = history()?;
    let program = match program {
        Some(program) => program,
        None => build()?,
    };
    let folder = Folder::new()?;
    let import: [&std::ffi::OsStr; 5] =
        ["import".as_ref(), "orders".as_ref(), history.as_os_str(), "--mapping".as_ref(), "online-retail".as_ref()];
    process::run(kontor(&program, &folder).args(import))?;
    let backtest = simulate(&program, &folder, "backtest", &["--backtest"])?;
    let invented = simulate(&program, &folder, "invented", &["--monte-carlo", &count])?;
    repo::generated(PAGE, &page(&backtest, &invented), false, "compare")
}

fn options(words: &[OsString]) -> Done<(Option<PathBuf>, String)> {
    let (mut program, mut count) = (None, COUNT.to_owned());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{} needs a value", word.display()))?;
        match word.to_str() {
            Some("--program") => program = Some(PathBuf::from(value)),
            Some("--count") => count = value.to_string_lossy().into_owned(),
            _ => return Err(format!("{} is not understood here", word.display())),
        }
    }
    Ok((program, count))
}

fn history() -> Done<PathBuf> {
    let folder = std::env::var_os("KONTOR_TEST_REAL_DATA").map(PathBuf::from);
    let file = folder
        .map_or_else(|| repo::root().join(HISTORY), |folder| folder.join("online-retail-ii/transactions.csv.zst"));
    if file.is_file() { Ok(file) } else { Err(format!("there is no {}", file.display())) }
}

fn build() -> Done<PathBuf> {
    frontend::build()?;
    process::run(&mut repo::cargo(&["build", "--release", "--package", "kontor", "--bin", "kontor"]))?;
    Ok(repo::target_folder()?.join("release/kontor"))
}

fn kontor(program: &Path, folder: &Folder) -> Command {
    let mut command = Command::new(program);
    command.arg("--data").arg(&folder.0).current_dir(&folder.0);
    command
}

/// What a simulation wrote as Markdown.
fn simulate(program: &Path, folder: &Folder, name: &str, words: &[&str]) -> Done<String> {
    let file = folder.0.join(format!("{name}.md"));
    let mut command = kontor(program, folder);
    command.args(["simulate", "--currency", "GBP"]).args(words);
    for arm in ARMS {
        command.args(["--policy", arm]);
    }
    process::run(command.arg("--markdown").arg(&file))?;
    std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))
}

fn page(backtest: &str, invented: &str) -> String {
    format!(
        "# The suggested policy against simple rules, on a real history

Written by `cargo xtask compare`; do not change it by hand. The command makes a new installation, imports the history, lets
Kontor suggest a policy from it, and simulates. The seed is fixed: the same data give this page again.

The history is three quarters of *Online Retail II*: 18 months of a British gift wholesaler, 748,841 invoice lines (Chen, D.,
UCI Machine Learning Repository, doi 10.24432/C5CG6D, licence CC BY 4.0). Amounts are in GBP. It holds no costs and no
negotiated prices: costs are the estimates that the import makes, and what buyers would have asked and paid rests on the spread
of the prices that they did pay for the same product and quantity. A deal is one line of an order and bears its part of what
handling and sending an order costs, by the usual cost model. So the page says how the rules compare, not what this
wholesaler would have earned.

* *Suggested policy*: the negotiation engine with the policy that Kontor suggests from this history.
* *Always list price*: whatever is asked.
* *Always grant up to the floor*: every ask is granted, down to the floor of the suggested policy.
* *Split the difference*: the middle between ask and list price, not under that floor.

Every buyer meets every rule. The lines under the numbers are 95 % intervals over groups of customers: other customers of the
same kind would mostly give numbers in between. *Leakage* is discount that the buyer would not have needed; *buyers' surplus*
is what deals are worth to buyers beyond their price.

## Every past deal once, as if its buyer had asked

{backtest}
## Invented buyers, fitted to the history

{invented}"
    )
}

/// A temporary folder. Removed when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Done<Self> {
        let path = std::env::temp_dir().join(format!("kontor-compare-{}", std::process::id()));
        std::fs::create_dir_all(&path).map_err(|e| format!("cannot make {}: {e}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
