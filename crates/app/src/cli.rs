//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use kernel::{Fault, Outcome};

use crate::backup::{BackupArgs, RestoreArgs};
use crate::configuration::Configuration;
use crate::console::{say, say_error};
use crate::import::ImportArgs;
use crate::policy::PolicyCommand;
use crate::simulate::SimulateArgs;
use crate::staff::StaffArgs;
use crate::{backup, clock, demo, doctor, import, observe, policy, serve, simulate, staff, start};

/// B2B commerce that negotiates.
#[derive(Parser)]
#[command(name = "kontor", version)]
struct Cli {
    /// Settings file; `kontor.toml` unless named.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

/// Flags that override file and environment.
#[derive(Args)]
struct Flags {
    /// `sqlite:PATH` or `postgres://user@host/name`.
    #[arg(long, global = true)]
    database: Option<String>,
    /// Address to serve on, such as 127.0.0.1:8080.
    #[arg(long, global = true)]
    listen: Option<String>,
    /// Address for Prometheus metrics; none unless named.
    #[arg(long, global = true)]
    metrics: Option<String>,
    /// Folder for the embedded database, the index and mails.
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    /// `text` or `json`.
    #[arg(long, global = true)]
    log: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve pages and JSON.
    Serve,
    /// Serve the demo company; makes it first when the database is empty.
    Demo,
    /// Read companies, catalogue, prices or orders from a CSV or XLSX file.
    Import(ImportArgs),
    /// Try policies on past or invented buyers and compare what comes of it.
    Simulate(SimulateArgs),
    /// Add one of the merchant's own people and print the link by which they set their password.
    Staff(StaffArgs),
    /// Export, import or check a negotiation policy as a file.
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Bring the database's schema up to date, and no more.
    Migrate,
    /// Save everything to a file while the shop serves.
    Backup(BackupArgs),
    /// Fill a new database from a file that `backup` wrote.
    Restore(RestoreArgs),
    /// Say what is wrong with this installation.
    Doctor,
    /// Print the OpenAPI document.
    Openapi,
    /// Print every route with the access that it asks for, as JSON.
    Routes,
    /// Print every refusal with its meaning, as JSON.
    Refusals,
}

/// Runs the command line; every failure ends as one sentence on standard error.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => return fail(&Fault::because("starting", e)),
    };
    match runtime.block_on(run(cli)) {
        Ok(code) => code,
        Err(failure) => fail(&failure),
    }
}

fn fail(failure: &dyn std::fmt::Display) -> ExitCode {
    say_error(&format!("kontor: {failure}"));
    ExitCode::FAILURE
}

async fn run(cli: Cli) -> Outcome<ExitCode> {
    let mut configuration = Configuration::read(cli.config.as_deref())?;
    cli.flags.apply(&mut configuration);
    match cli.command {
        Command::Serve => {
            observe::log(&configuration.log);
            serve_until_told(&configuration).await
        }
        Command::Demo => {
            observe::log(&configuration.log);
            let welcome = demo::prepare(&mut configuration, &clock::system_clock()).await?;
            say(&welcome);
            serve_until_told(&configuration).await
        }
        Command::Import(args) => {
            observe::log(&configuration.log);
            import::run(&configuration, &args).await
        }
        Command::Simulate(args) => {
            observe::log(&configuration.log);
            simulate::run(&configuration, &args).await
        }
        Command::Staff(args) => staff::add(&configuration, &args).await,
        Command::Policy(command) => policy::run(&configuration, &command).await,
        Command::Migrate => {
            start::migrated(&configuration, &clock::system_clock()).await?.close().await;
            say("The schema is up to date.");
            Ok(ExitCode::SUCCESS)
        }
        Command::Backup(args) => backup::save(&configuration, &args).await,
        Command::Restore(args) => backup::restore(&configuration, &args).await,
        Command::Doctor => Ok(report(&doctor::examine(&configuration).await)),
        Command::Openapi => print_json(&crate::openapi()),
        Command::Routes => print_json(&routes_json()),
        Command::Refusals => print_json(&refusals_json()),
    }
}

impl Flags {
    fn apply(self, configuration: &mut Configuration) {
        let Self { database, listen, metrics, data, log } = self;
        let set = |to: &mut String, from: Option<String>| {
            if let Some(value) = from {
                *to = value;
            }
        };
        set(&mut configuration.database, database);
        set(&mut configuration.listen, listen);
        set(&mut configuration.metrics, metrics);
        set(&mut configuration.log, log);
        if let Some(data) = data {
            configuration.data = data;
        }
    }
}

async fn serve_until_told(configuration: &Configuration) -> Outcome<ExitCode> {
    let started = start::start(configuration, clock::system_clock()).await?;
    let server = serve::serve(started.app.clone(), &configuration.listen, &configuration.metrics).await?;
    say(&format!("Serving on http://{}", server.address));
    told_to_stop().await?;
    say("Stopping.");
    server.stop().await;
    started.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// Waits for Ctrl-C or the system's wish to stop.
async fn told_to_stop() -> Result<(), Fault> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).map_err(|e| Fault::because("listening for signals", e))?;
    tokio::select! {
        done = tokio::signal::ctrl_c() => done.map_err(|e| Fault::because("listening for signals", e)),
        _ = terminate.recv() => Ok(()),
    }
}

fn report(findings: &[doctor::Finding]) -> ExitCode {
    for finding in findings {
        say(&format!("{} {:<24} {}", if finding.is_bad { "✗" } else { "✓" }, finding.what, finding.says));
    }
    if findings.iter().any(|f| f.is_bad) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn print_json(value: &serde_json::Value) -> Outcome<ExitCode> {
    say(&serde_json::to_string_pretty(value).map_err(|e| Fault::because("writing JSON", e))?);
    Ok(ExitCode::SUCCESS)
}

fn routes_json() -> serde_json::Value {
    let routes = crate::routes();
    let table = routes.table().iter().map(|route| {
        let access = match route.access {
            kernel::Access::Public => serde_json::json!("public"),
            kernel::Access::SignedIn => serde_json::json!("signed_in"),
            kernel::Access::Needs(permission) => serde_json::json!(permission),
        };
        serde_json::json!({ "method": route.method.as_str(), "path": route.path, "access": access })
    });
    table.collect()
}

fn refusals_json() -> serde_json::Value {
    let refusals = crate::refusals();
    refusals
        .iter()
        .map(|r| serde_json::json!({ "code": r.code, "kind": format!("{:?}", r.kind), "doc": r.doc.trim() }))
        .collect()
}
