//! A whole run: floors, then each database with its cases and figures.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use db::Db;
use kernel::Currency;

use crate::cases::{self, Budget, Case, PACE};
use crate::client::Client;
use crate::floor::Kind;
use crate::http::encoded;
use crate::load::{self, Sample};
use crate::options::Options;
use crate::place::{self, Engine, Folder, Place};
use crate::queries::{self, World};
use crate::report::Report;
use crate::server::Server;
use crate::{Done, engine, imports, machine, start};

/// The currency of the buyers: the one of the general price list.
const CURRENCY: Currency = Currency::Eur;
/// One client, and as many as a busy shop has at once.
const CLIENTS: [usize; 2] = [1, 32];
/// Where the figures go as JSON, from the root of the checkout.
const JSON: &str = "artefacts/bench.json";

/// Runs what is wanted and prints the table.
pub async fn run(options: &Options) -> Done {
    let program = program()?;
    let folder = Folder::new()?;
    let mut report = Report::default();
    report.head(format!("machine   {}", machine::processor()));
    report.head(format!("load      {} (1, 5, 15 minutes) at the beginning", machine::load()));
    report.head(format!(
        "measured  {} s per case, {} time(s), medians; generator on the same machine",
        options.time().as_secs(),
        options.repetitions()
    ));
    let wants_database =
        options.only.is_empty() || options.only.iter().any(|name| !engine::NAMES.contains(&name.as_str()));
    if wants_database && options.engines.contains(&Engine::Postgres) {
        report.head(format!("postgres  {}", place::about_postgres().await?));
    }
    let mut done = engine::run(options, &mut report);
    for engine in options.engines.iter().filter(|_| wants_database) {
        if done.is_err() {
            break;
        }
        report.engine = engine.code();
        done = of_engine(options, *engine, &folder, &program, &mut report).await;
    }
    report.head(format!("load      {} at the end", machine::load()));
    // What was measured before something went wrong is worth seeing all the same.
    report.write(Path::new(JSON))?;
    done
}

/// `kontor` lies beside this program.
fn program() -> Done<PathBuf> {
    let own = std::env::current_exe().map_err(|e| e.to_string())?;
    let program = own.with_file_name("kontor");
    if program.exists() { Ok(program) } else { Err(format!("there is no {}", program.display())) }
}

async fn of_engine(options: &Options, engine: Engine, folder: &Folder, program: &Path, report: &mut Report) -> Done {
    let needs_server = Case::ALL.iter().any(|case| options.wants(case.code())) || options.wants("start");
    if needs_server || options.wants(Case::Floor.code()) {
        let (place, took) = Place::demo(engine, folder, program, options.demo.as_deref()).await?;
        if let Some(took) = took {
            report.note(format!("{}: making the demo company took {:.1} s", engine.code(), took.as_secs_f64()));
        }
        let done = of_demo(options, engine, &place, program, report).await;
        place.remove().await;
        done?;
    }
    if options.wants("import") {
        imports::catalogue(engine, folder, program, report).await?;
    }
    if options.wants("history") {
        imports::history(engine, folder, program, report).await?;
    }
    Ok(())
}

async fn of_demo(options: &Options, engine: Engine, place: &Place, program: &Path, report: &mut Report) -> Done {
    let db = Db::open(&place.url).await.map_err(|e| e.to_string())?;
    let world = queries::world(&db, CURRENCY.code()).await;
    db.close().await;
    let world = Arc::new(world?);
    floors(options, engine, place, &world, report).await?;
    let wanted: Vec<Case> = Case::ALL.into_iter().filter(|case| options.wants(case.code())).collect();
    if wanted.is_empty() && !options.wants("start") {
        return Ok(());
    }
    let times = if options.wants("start") { options.repetitions().max(3) } else { 1 };
    let server = start::start(place, program, times, report).await?;
    let most = CLIENTS[CLIENTS.len() - 1];
    let mut clients = Vec::new();
    for number in 0..most {
        clients.push(Client::buyer(server.address, &world, number).await?);
    }
    for case in wanted {
        if case == Case::Round {
            for client in &mut clients {
                cases::wish(client, CURRENCY).await?;
            }
        }
        measure(options, engine, case, &mut clients, &server, report).await?;
    }
    report.figure(start::memory(&server, "memory after load")?);
    server.stop();
    Ok(())
}

/// The floors, measured before the program, on the same file. PostgreSQL has one through the adapter; ratios are always
/// to the one of SQLite.
async fn floors(options: &Options, engine: Engine, place: &Place, world: &Arc<World>, report: &mut Report) -> Done {
    let kinds: &[Kind] = match engine {
        Engine::Sqlite if options.wants(Case::Floor.code()) => &Kind::ALL,
        Engine::Sqlite => &[Kind::Sqlx],
        Engine::Postgres => &[Kind::Adapter],
    };
    for kind in kinds {
        let path = format!("/{}", encoded(&world.items[0].sku));
        let server = Server::floor(*kind, &place.url, &path).await?;
        for count in CLIENTS {
            let mut clients = (0..count).map(|number| Client::guest(server.address, world, number)).collect();
            let sample = repeated(options, Case::Floor, &mut clients, &server, None).await?;
            report.row(format!("floor {}", kind.code()), count, sample, None);
        }
        server.stop();
    }
    Ok(())
}

async fn measure(
    options: &Options,
    engine: Engine,
    case: Case,
    clients: &mut Vec<Client>,
    server: &Server,
    report: &mut Report,
) -> Done {
    for count in CLIENTS {
        let rest = clients.split_off(count.min(clients.len()));
        let sample = repeated(options, case, clients, server, None).await;
        clients.extend(rest);
        let budget = case.budget(engine).filter(|_| count == CLIENTS[CLIENTS.len() - 1]);
        report.row(case.code().into(), count, sample?, budget);
    }
    if case == Case::Round {
        let sample = repeated(options, case, clients, server, Some(PACE)).await?;
        report.row(format!("round at {PACE}/s"), clients.len(), sample, Some(Budget::Within(10)));
    }
    Ok(())
}

async fn repeated(
    options: &Options,
    case: Case,
    clients: &mut Vec<Client>,
    server: &Server,
    pace: Option<u32>,
) -> Done<Sample> {
    let mut samples = Vec::new();
    for _ in 0..options.repetitions() {
        samples.push(load::run(case, clients, server, options.time(), pace).await?);
    }
    Ok(load::median(&samples))
}
