//! The real data that lie beside the checkout, when they do: `cargo xtask test` runs these tests with
//! `KONTOR_TEST_REAL_DATA` naming the folder. Marked `ignore`, so that plain `cargo test` passes them over.
//!
//! The wholesale history goes in as a user does it, through `kontor import`, on both databases: every row and every penny
//! is accounted for, a second run changes nothing, and a customer of that past negotiates with the server over it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use db::testing::TestDb;
use db::{Db, Engine};
use kontor_tests::api::Api;
use kontor_tests::client::Client;
use kontor_tests::figures::{Bounds, differing, walk};
use kontor_tests::process::{Folder, Running, free_address, program};
use serde_json::json;
use tokio::runtime::Runtime;

/// Lines of the history.
const ROWS: i64 = 748_841;
/// What they come to in pence, each line rounded as on an invoice (exactly it is 13,559,946.945 GBP).
const FILE_MINOR: i64 = 1_355_994_693;
/// Rows and pence of sales, of credits and of what is nothing to import, as another program counts them.
const SALES: (i64, i64) = (726_070, 1_407_569_255);
const CREDITS: (i64, i64) = (13_465, -42_518_007);
const PASSED_OVER: (i64, i64) = (9_306, -9_056_555);
/// The process may never hold more than this, so that the import runs on a small server. All lines stay in memory, because
/// prices follow from all of them.
const MEMORY_MAX_MB: u64 = 512;
/// Longer than a debug build on a machine that does ten things at once has ever taken.
const PATIENCE: Duration = Duration::from_secs(1_200);

/// A large customer of the history, and what he buys most.
const CUSTOMER: &str = "14646";
const SKU: &str = "85123A";
const EMAIL: &str = "buyer@customer-14646.example";
const STAFF: &str = "olga@merchant.example";
const PASSWORD: &str = "a long enough password";
const PEOPLE: &str = "number,name,country,currency,who,mail\n14646,Customer 14646,NL,GBP,Jan de Vries,";
const PEOPLE_MAPPING: &str = "kind = \"companies\"\n[columns]\nnumber = \"number\"\nname = \"name\"\ncountry = \"country\"\n\
    currency = \"currency\"\nperson_name = \"who\"\nperson_email = \"mail\"\n[constants]\nperson_time_zone = \"Europe/Amsterdam\"\n";

const ORDER_LINES: &str = "SELECT COUNT(*) AS n FROM order_line";
const ORDERS_NET: &str = "SELECT CAST(COALESCE(SUM(net_minor), 0) AS BIGINT) AS n FROM purchase_order";
const LINES_NET: &str = "SELECT CAST(COALESCE(SUM(net_minor), 0) AS BIGINT) AS n FROM order_line";
const CREDIT_LINES: &str = "SELECT COUNT(*) AS n FROM credit_note_line";
const CREDITS_NET: &str = "SELECT CAST(COALESCE(SUM(net_minor), 0) AS BIGINT) AS n FROM credit_note_line";
const EVENTS: &str = "SELECT COUNT(*) AS n FROM event";
const ALL: [&str; 6] = [ORDER_LINES, ORDERS_NET, LINES_NET, CREDIT_LINES, CREDITS_NET, EVENTS];

/// A file of a data set; `None`, said, when there are none here.
fn data(set: &str, file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("KONTOR_TEST_REAL_DATA").map(|folder| PathBuf::from(folder).join(set));
    let Some(folder) = folder.filter(|folder| folder.is_dir()) else {
        assert!(std::env::var_os("KONTOR_REQUIRE_REAL_DATA").is_none(), "there is no {set}");
        eprintln!("skipped: no shared data");
        return None;
    };
    let path = folder.join(file);
    assert!(path.is_file(), "there is no {}", path.display());
    Some(path)
}

#[test]
#[ignore = "needs the real data"]
fn a_whole_history_on_sqlite() {
    history(Engine::Sqlite);
}

#[test]
#[ignore = "needs the real data"]
fn a_whole_history_on_postgres() {
    history(Engine::Postgres);
}

fn history(engine: Engine) {
    let Some(file) = data("online-retail-ii", "transactions.csv.zst") else { return };
    let runtime = Runtime::new().expect("a runtime");
    let Some(test) = runtime.block_on(new_installation(engine)) else { return };
    let place = Place { folder: Folder::new(&format!("history-{engine:?}")), url: test.url.clone() };
    let before = numbers(&runtime, &test.db);

    let first = place.import(&["orders", text(&file), "--mapping", "online-retail", "--listed", "listed.csv"]);
    eprintln!("{engine:?}: {:.0} rows/s, {} MB\n{}", f64_of(ROWS) / first.seconds, first.memory_mb, first.text);
    assert!(first.memory_mb < MEMORY_MAX_MB, "{} MB", first.memory_mb);
    let after = numbers(&runtime, &test.db);
    first.accounts_for_all(&place.folder.path().join("listed.csv"));
    first.is_what_is_stored(std::array::from_fn(|at| after[at] - before[at]));

    let again = place.import(&["orders", text(&file), "--mapping", "online-retail"]);
    eprintln!("{engine:?} again: {:.0} rows/s, {} MB", f64_of(ROWS) / again.seconds, again.memory_mb);
    assert_eq!(again.of("there already").0, first.of("new").0 + first.of("credited").0, "{}", again.text);
    assert_eq!((again.of("new").0, again.of("credited").0), (0, 0), "{}", again.text);
    assert_eq!(again.of("passed over"), first.of("passed over"));
    assert_eq!(numbers(&runtime, &test.db), after, "a second run changes nothing");

    place.negotiate();
    place.figures_agree();
    runtime.block_on(test.remove());
}

/// An installation in which nothing has happened yet.
async fn new_installation(engine: Engine) -> Option<TestDb> {
    let migrations = kontor::migrations();
    match engine {
        Engine::Sqlite => Some(TestDb::sqlite(&migrations).await),
        Engine::Postgres => TestDb::postgres(&migrations).await,
    }
}

fn numbers(runtime: &Runtime, db: &Db) -> [i64; 6] {
    let number = |sql: &'static str| {
        let read = async { db.read().await?.one(sql, Vec::new()).await?.get("n") };
        runtime.block_on(read).unwrap_or_else(|e: kernel::Fault| panic!("{sql}: {e}"))
    };
    ALL.map(number)
}

/// What an import said.
struct Report {
    text: String,
    seconds: f64,
    memory_mb: u64,
}

impl Report {
    /// Rows and pence of the places that begin so: `  new: 726,070 rows (14,075,692.55 GBP)`.
    fn of(&self, place: &str) -> (i64, i64) {
        let lines = self.text.lines().filter_map(|line| line.trim_start().strip_prefix(place)?.strip_prefix(": "));
        let one = |line: &str| {
            let (rows, money) = line.split_once(" (").map_or((line, "0"), |(rows, rest)| (rows, rest));
            (number_in(rows), number_in(money.split(')').next().unwrap_or_default()))
        };
        lines.map(one).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }

    /// Every row is in one place, every penny too, and what was passed over is in the file with its reason.
    fn accounts_for_all(&self, listed: &Path) {
        assert!(self.text.starts_with("748,841 rows in the file"), "{}", self.text);
        let places = ["new", "credited", "passed over"].map(|place| self.of(place));
        assert_eq!(places, [SALES, CREDITS, PASSED_OVER]);
        assert_eq!(places.iter().map(|(rows, _)| rows).sum::<i64>(), ROWS, "{places:?}");
        assert_eq!(places.iter().map(|(_, minor)| minor).sum::<i64>(), FILE_MINOR, "{places:?}");
        assert!(self.text.contains("The money adds up: 13,559,946.93 GBP of 13,559,946.93 GBP"), "{}", self.text);
        let listed = std::fs::read_to_string(listed).expect("the list of what was passed over");
        let rows = i64::try_from(listed.lines().skip(1).filter(|line| !line.ends_with(',')).count()).unwrap_or(0);
        assert_eq!(rows, places[2].0, "each with a reason");
    }

    /// The database holds what the report says.
    fn is_what_is_stored(&self, [lines, orders_net, lines_net, credit_lines, credits_net, _]: [i64; 6]) {
        let (new, credited) = (self.of("new"), self.of("credited"));
        assert_eq!((lines, lines_net), new);
        assert_eq!(orders_net, lines_net, "orders are the sums of their lines");
        assert_eq!((credit_lines, -credits_net), credited);
    }
}

/// All digits of a text as one number: `−425,180.07 GBP` are -42518007.
fn number_in(text: &str) -> i64 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number: i64 = digits.parse().unwrap_or_else(|_| panic!("no number in {text:?}"));
    if text.starts_with(['-', '\u{2212}']) { -number } else { number }
}

#[expect(clippy::cast_precision_loss, reason = "for people to read")]
fn f64_of(number: i64) -> f64 {
    number as f64
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// Where the program works.
struct Place {
    folder: Folder,
    url: String,
}

impl Place {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(words).args(["--database", &self.url, "--data", text(self.folder.path())]);
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// Imports as a user does.
    fn import(&self, words: &[&str]) -> Report {
        let printed = self.folder.path().join("printed.txt");
        let began = Instant::now();
        let mut command = self.command(&[&["import"], words].concat());
        command.stdout(std::fs::File::create(&printed).expect("a file"));
        let mut child = Running(command.spawn().unwrap_or_else(|e| panic!("{command:?}: {e}")));
        let mut memory_mb = 0;
        let status = loop {
            if let Some(status) = child.0.try_wait().expect("its state") {
                break status;
            }
            assert!(began.elapsed() < PATIENCE, "the import does not end");
            memory_mb = peak_mb(child.0.id()).unwrap_or(memory_mb);
            sleep(Duration::from_millis(20));
        };
        let text = std::fs::read_to_string(&printed).expect("what it said");
        assert!(status.success(), "{words:?}: {status}\n{text}");
        Report { text, seconds: began.elapsed().as_secs_f64(), memory_mb }
    }

    /// A person of a customer of that past gets a password by mail, asks for a price, and is answered.
    fn negotiate(&self) {
        std::fs::write(self.folder.path().join("people.csv"), format!("{PEOPLE}{EMAIL}\n")).expect("a file");
        std::fs::write(self.folder.path().join("people.toml"), PEOPLE_MAPPING).expect("a file");
        self.import(&["companies", "people.csv", "--mapping", "people.toml"]);
        let address = free_address();
        let _server = self.serve(&address);
        let base = format!("http://{address}");
        let browser = Client::new(&base);
        assert_eq!(browser.post("/password", &[("email", EMAIL)]).status, 200);
        let answer = browser.post(&self.mailed_link(), &[("password", PASSWORD)]);
        assert_eq!(answer.path, "/sign-in", "the password is set: {}", answer.body);

        let api = Api::new(&base);
        let session = api.call("open_session", json!({ "email": EMAIL, "password": PASSWORD }));
        let api = api.with_token(session["token"].as_str().expect("a token"));
        let line = json!({ "product": SKU, "quantity": "600", "price": "2.40" });
        let asked = api.call("open_negotiation", json!({ "lines": [line] }));
        assert_eq!(asked["currency"], "GBP", "{asked:#}");
        assert_eq!(asked["company"]["number"].as_str().unwrap_or(CUSTOMER), CUSTOMER);
        let is_answered = asked["state"] == "offered" || asked["state"] == "agreed";
        assert!(is_answered, "rules answer at once: {asked:#}");
        eprintln!("600 of {SKU} at 2.40 instead of 2.55: {}", asked["state"]);
    }

    /// The first administrator walks through the pages over that past; the customer walks through his.
    fn figures_agree(&self) {
        let added = self.command(&["staff", STAFF, "--name", "Olga Marek"]).output().expect("the program runs");
        let said = String::from_utf8_lossy(&added.stdout).into_owned();
        let link = said.split_whitespace().find_map(|word| word.find("/password/").map(|at| &word[at..]));
        let link = link.unwrap_or_else(|| panic!("there is no link: {said}"));
        let address = free_address();
        let _server = self.serve(&address);
        let base = format!("http://{address}");
        let bounds = Bounds { pages: 150, alike: 8 };
        let mut seen = Vec::new();
        for (email, link, starts) in [
            (STAFF, Some(link), &["/office/tracking", "/office/orders", "/desk"][..]),
            (EMAIL, None, &["/", "/account/credit", "/account/orders"][..]),
        ] {
            let browser = Client::new(&base);
            if let Some(link) = link {
                assert_eq!(browser.post(link, &[("password", PASSWORD)]).path, "/sign-in");
            }
            browser.post("/sign-in", &[("email", email), ("password", PASSWORD), ("next", "/")]);
            seen.extend(walk(&browser, starts, bounds).seen);
        }
        assert!(!seen.is_empty(), "nobody saw a figure");
        assert_eq!(differing(&seen), Vec::<String>::new());
    }

    fn serve(&self, address: &str) -> Running {
        let mut command = self.command(&["serve", "--listen", address, "--log", "text"]);
        let mut server = Running::start(&mut command);
        server.wait_until_ready(address, PATIENCE);
        server
    }

    /// The path of the link in the mail to set a password, once it is there.
    fn mailed_link(&self) -> String {
        let began = Instant::now();
        loop {
            let files = std::fs::read_dir(self.folder.path().join("mail")).into_iter().flatten().flatten();
            let texts = files.filter_map(|file| std::fs::read_to_string(file.path()).ok());
            let found = texts.filter_map(|text| {
                let at = text.find("/password/")?;
                let link: String =
                    text[at..].chars().take_while(|c| !matches!(c, '"' | '<') && !c.is_whitespace()).collect();
                // The `.eml` beside it breaks long lines.
                (!link.ends_with('=')).then_some(link)
            });
            if let Some(link) = found.max_by_key(String::len) {
                return link;
            }
            assert!(began.elapsed() < PATIENCE, "there is no mail");
            sleep(Duration::from_millis(50));
        }
    }
}

/// The most memory that a process has had so far, where the system tells (Linux).
fn peak_mb(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? / 1_024)
}
