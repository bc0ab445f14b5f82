//! `kontor simulate`: the command around [`results::simulation`].

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use db::ReadTx;
use i18n::Locale;
use indicatif::{ProgressBar, ProgressStyle};
use kernel::{Currency, Failure, Fault, Outcome};
use negotiation_engine::Policy;
use results::simulation::figures;
use results::simulation::fit::MatchedRow;
use results::simulation::rules::{self, Choice};
use results::simulation::verdict::{self, Judged};
use results::simulation::work::{self, Progress, Worked};
use results::simulation::{Kind, RunSettings, StoredArm, actions, load};

use crate::configuration::Configuration;
use crate::console::{say, say_error, say_invalid};
use crate::{clock, start};

/// Buyers that are invented unless told.
const COUNT: u64 = 20_000;

/// Which policies meet which buyers.
#[derive(Args)]
pub(crate) struct SimulateArgs {
    /// What buyers meet, any number of times: published, draft, the number of a version, suggested, starter, complete, a JSON
    /// file, or a reference rule: list, floor, split. Unless named: suggested, published, list, floor, split.
    #[arg(long)]
    policy: Vec<String>,
    /// Every past deal once, as if its buyer had asked.
    #[arg(long, conflicts_with = "monte_carlo")]
    backtest: bool,
    /// So many buyers that are invented after those of the past; 20000 unless told.
    #[arg(long, value_name = "COUNT")]
    monte_carlo: Option<u64>,
    /// The seed that buyers are drawn from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The currency to work in; that of the published policy unless named.
    #[arg(long)]
    currency: Option<String>,
    /// Write settings, figures and fit here as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Write the figures here as Markdown.
    #[arg(long)]
    markdown: Option<PathBuf>,
    /// Threads; all cores unless told.
    #[arg(long)]
    threads: Option<usize>,
}

/// Runs a simulation and prints what came of it; 1 when it could not be run.
pub(crate) async fn run(configuration: &Configuration, args: &SimulateArgs) -> Outcome<ExitCode> {
    let locale = Locale::by_codes(&configuration.merchant.language, &configuration.merchant.time_zone);
    match simulate(configuration, args, &locale).await {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(Failure::Invalid(invalid)) => {
            say_invalid(&locale, &invalid);
            Ok(ExitCode::FAILURE)
        }
        Err(other) => Err(other),
    }
}

async fn simulate(configuration: &Configuration, args: &SimulateArgs, locale: &Locale) -> Outcome<()> {
    let clock = clock::system_clock();
    let db = start::open(configuration, &clock).await?;
    let began = Instant::now();
    let (settings, past) = {
        let tx = db.read().await?;
        let settings = settings(&tx, args).await?;
        let now = clock();
        let today = now.date_in(&i18n::time_zone(&configuration.merchant.time_zone));
        let past = load::past(&tx, settings.currency, now, today).await?;
        (settings, past)
    };
    db.close().await;
    let market = &past.market;
    say(&locale.text_with(
        "simulate-past",
        &[
            ("deals", locale.number(count(market.deals.len())).into()),
            ("customers", locale.number(count(market.customers.len())).into()),
            ("products", locale.number(count(market.products.len())).into()),
            ("seconds", seconds(locale, began.elapsed()).into()),
        ],
    ));
    let began = Instant::now();
    let worked = with_bar(past.market, &settings, args.threads.unwrap_or_else(work::threads), locale).await?;
    let took = began.elapsed();
    print(locale, &settings, &worked, took);
    if let Some(path) = &args.json {
        write(path, &json(&settings, &worked)?)?;
    }
    if let Some(path) = &args.markdown {
        write(path, &markdown(locale, &settings, &worked))?;
    }
    Ok(())
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn seconds(locale: &Locale, time: Duration) -> String {
    let tenths = time.as_millis() / 100;
    locale.decimal(&format!("{}.{}", tenths / 10, tenths % 10))
}

async fn settings(tx: &ReadTx, args: &SimulateArgs) -> Outcome<RunSettings> {
    let usual = ["suggested", "published", "list", "floor", "split"].map(str::to_owned);
    let wanted = if args.policy.is_empty() { &usual[..] } else { &args.policy };
    let (mut named, mut arms) = (Vec::new(), Vec::new());
    for name in wanted {
        match Choice::parse(name) {
            Some(choice) => {
                arms.extend(actions::arms(tx, &[choice]).await?.0);
                named.push(choice);
            }
            None => arms.push(of_file(name)?),
        }
    }
    let kind =
        if args.backtest { Kind::Backtest } else { Kind::MonteCarlo { count: args.monte_carlo.unwrap_or(COUNT) } };
    let further: Vec<Choice> = rules::completed(&named, kind).into_iter().skip(named.len()).collect();
    arms.extend(actions::arms(tx, &further).await?.0);
    let in_force = terms::policies::queries::published(tx).await?.policy;
    let currency = match &args.currency {
        Some(code) => Currency::parse(code).ok_or_else(|| Fault::new(format!("{code} is no currency")))?,
        None => in_force.currency,
    };
    let in_force = Some(in_force.to_json());
    Ok(RunSettings { currency, kind, seed: args.seed, arms, in_force })
}

/// A policy in a file.
fn of_file(name: &str) -> Outcome<StoredArm> {
    let text = std::fs::read_to_string(name)
        .map_err(|e| Fault::because(format!("there is no policy {name}, and as a file it cannot be read"), e))?;
    let policy = Policy::from_json(&text).map_err(|e| Fault::new(format!("{name}: {}: {}", e.path, e.reason)))?;
    let stem = Path::new(name).file_stem().map_or_else(|| name.to_owned(), |stem| stem.to_string_lossy().into_owned());
    Ok(StoredArm { name: stem, number: None, policy: Some(policy.to_json()) })
}

/// Works it out, with a bar on standard error.
async fn with_bar(market: load::Market, settings: &RunSettings, threads: usize, locale: &Locale) -> Outcome<Worked> {
    let bar = ProgressBar::new(1_000_000).with_message(locale.text("simulate-running"));
    let bar = match ProgressStyle::with_template("{msg:<12} [{bar:40}] {percent:>3} %  {elapsed_precise}") {
        Ok(style) => bar.with_style(style.progress_chars("=> ")),
        Err(_) => bar,
    };
    let progress = Arc::new(Progress::default());
    let (watched, own) = (progress.clone(), settings.clone());
    let mut working = tokio::task::spawn_blocking(move || work::work(&market, &own, threads, &watched));
    let done = loop {
        match tokio::time::timeout(Duration::from_millis(200), &mut working).await {
            Ok(done) => break done,
            Err(_) => bar.set_position(u64::try_from(progress.ppm()).unwrap_or(0)),
        }
    };
    bar.finish_and_clear();
    let done = done.map_err(|e| Fault::because("simulating", e))?;
    let worked = done.map_err(|e| Fault::new(e.to_string()))?;
    Ok(worked.ok_or_else(|| Fault::new("the simulation was stopped"))?)
}

fn print(locale: &Locale, settings: &RunSettings, worked: &Worked, took: Duration) {
    let whole = |number: u64| locale.number(i64::try_from(number).unwrap_or(i64::MAX));
    let per_second = u128::from(worked.decisions) * 1_000 / took.as_millis().max(1);
    let per_second = u64::try_from(per_second).unwrap_or(u64::MAX);
    say(&locale.text_with(
        "simulate-speed",
        &[
            ("buyers", whole(worked.report.buyers).into()),
            ("skipped", whole(worked.report.skipped).into()),
            ("decisions", whole(worked.decisions).into()),
            ("seconds", seconds(locale, took).into()),
            ("per_second", whole(per_second).into()),
        ],
    ));
    for judged in verdict::all(locale, settings, &worked.report) {
        say(&verdict_line(locale, &judged));
    }
    let names = settings.arms.iter().map(|arm| figures::arm(locale, arm).chars().count());
    let width = names.max().unwrap_or(0);
    for (name, rows) in figures::table(locale, settings, &worked.report) {
        say(&format!("\n{name}"));
        for row in rows {
            let more = if row.more.is_empty() {
                String::new()
            } else {
                let args = [("more", row.more.into()), ("interval", row.more_interval.into())];
                locale.text_with("simulate-more", &args)
            };
            say(format!("  {:<width$}  {:>18}  {:<38}  {more}", row.arm, row.value, row.interval).trim_end());
        }
    }
    say("");
    calibration(locale, worked).iter().for_each(|line| say(line));
}

/// What changes against the policy in force, as one line.
fn verdict_line(locale: &Locale, judged: &Judged) -> String {
    let Judged { arm, said } = judged;
    let args = [("arm", arm.into()), ("change", (&said.text).into()), ("sure", (&said.sure).into())];
    locale.text_with("simulate-verdict", &args)
}

/// How well the buyers fit, as lines: a bad fit first, then recorded against simulated, then prices.
fn calibration(locale: &Locale, worked: &Worked) -> Vec<String> {
    let fit = results::simulation::fit::of(locale, &worked.buyers);
    let line = |row: &MatchedRow| {
        let args = [
            ("what", row.name.clone().into()),
            ("recorded", row.recorded.clone().into()),
            ("chance", row.chance.clone().into()),
            ("simulated", row.simulated.clone().into()),
            ("before", row.before.clone().into()),
            ("judgement", row.judgement.clone().into()),
        ];
        locale.text_with("simulate-matched", &args)
    };
    let said = [fit.warning, fit.how].into_iter().filter(|line| !line.is_empty());
    said.chain(fit.rows.iter().map(line)).chain(fit.prices).collect()
}

fn json(settings: &RunSettings, worked: &Worked) -> Outcome<String> {
    let suggestion = worked.suggestion.as_ref().map(|(suggestion, findings)| {
        let policy: serde_json::Value = serde_json::from_str(&suggestion.policy.to_json()).unwrap_or_default();
        serde_json::json!({ "policy": policy, "reasons": suggestion.reasons, "findings": findings })
    });
    let all = serde_json::json!({
        "settings": settings,
        "report": worked.report,
        "buyers": worked.buyers,
        "suggestion": suggestion,
    });
    Ok(serde_json::to_string_pretty(&all).map_err(|e| Fault::because("writing JSON", e))? + "\n")
}

/// A table (a row for each figure, a column for each arm), and how well the buyers fit.
fn markdown(locale: &Locale, settings: &RunSettings, worked: &Worked) -> String {
    let mut text = String::new();
    for judged in verdict::all(locale, settings, &worked.report) {
        let _ = writeln!(text, "{}\n", verdict_line(locale, &judged));
    }
    text.push_str("| |");
    for arm in &settings.arms {
        let _ = write!(text, " {} |", figures::arm(locale, arm));
    }
    let _ = writeln!(text, "\n|---|{}", "---:|".repeat(settings.arms.len()));
    for (name, rows) in figures::table(locale, settings, &worked.report) {
        let _ = write!(text, "| {name} |");
        for row in rows {
            let interval = if row.interval.is_empty() { String::new() } else { format!("<br>{}", row.interval) };
            let _ = write!(text, " {}{interval} |", row.value);
        }
        text.push('\n');
    }
    text.push('\n');
    for line in calibration(locale, worked) {
        let _ = writeln!(text, "* {line}");
    }
    text
}

fn write(path: &Path, text: &str) -> Outcome<()> {
    let written = std::fs::write(path, text);
    written.map_err(|e| Fault::because(format!("writing {}", path.display()), e))?;
    say_error(&format!("{}", path.display()));
    Ok(())
}
