//! Imports end to end: files in, rows and reports out, on both databases.

mod faults;
mod hostile;
mod kinds;
mod past;
mod relations;

use std::path::PathBuf;

use db::testing::TestDb;
use kernel::{Actor, Ctx, Email, Failure, Ids, Instant, Outcome, Quantity, Role, Roles, Sku, UnitPrice, Via};
use negotiation::{
    negotiations::Negotiation,
    requests::{Ask, AskLine},
};
use parties::people::NewMember;

use super::cells::Bound;
use super::source::Head;
use super::{Kind, Mapping, NoProgress, Options, Report, run};

/// 2026-11-21.
pub(super) const NOW: Instant = Instant::from_micros(1_795_219_200_000_000);

pub(super) fn migrations() -> Vec<db::Migration> {
    [
        parties::MIGRATIONS,
        catalog::MIGRATIONS,
        pricing::MIGRATIONS,
        terms::MIGRATIONS,
        price_lists::MIGRATIONS,
        negotiation::MIGRATIONS,
        buying::MIGRATIONS,
        ordering::MIGRATIONS,
    ]
    .concat()
}

/// A database, a folder for files, and the system as actor.
pub(super) struct World {
    pub(super) t: TestDb,
    pub(super) ctx: Ctx,
    pub(super) folder: PathBuf,
}

impl World {
    pub(super) async fn both() -> Vec<Self> {
        TestDb::both(&migrations()).await.into_iter().map(Self::of).collect()
    }

    pub(super) async fn sqlite() -> Self {
        Self::of(TestDb::sqlite(&migrations()).await)
    }

    fn of(t: TestDb) -> Self {
        let ctx = Ctx::system(NOW, Ids::seeded(7));
        let name: String = t.url.chars().filter(char::is_ascii_alphanumeric).collect();
        let folder = std::env::temp_dir().join(format!("kontor-import-{name}"));
        std::fs::create_dir_all(&folder).unwrap();
        Self { t, ctx, folder }
    }

    pub(super) async fn remove(self) {
        self.t.remove().await;
        std::fs::remove_dir_all(self.folder).unwrap();
    }

    /// Writes a file.
    pub(super) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub(super) fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join(name)).unwrap()
    }

    pub(super) async fn run(&self, mapping: &str, file: &str, options: &Options) -> Outcome<Report> {
        let mapping = Mapping::parse(mapping)?;
        run(&self.t.db, &self.ctx, mapping.kind(), &self.folder.join(file), &mapping, options, &NoProgress).await
    }

    /// Imports a text by a mapping, with the error file `errors.csv`.
    pub(super) async fn import(&self, mapping: &str, text: &str) -> Report {
        self.file("in.csv", text);
        self.run(mapping, "in.csv", &self.options()).await.unwrap()
    }

    pub(super) fn options(&self) -> Options {
        Options { errors: Some(self.folder.join("errors.csv")), ..Options::default() }
    }

    /// Made ready for orders and prices: two products and two companies.
    pub(super) async fn stocked(self) -> Self {
        let products = "sku,name,category,unit\nBOLT,Bolt,Fasteners,piece\nWIRE,Wire,Cables,metre\n";
        let report = self.import(&columns("catalog", "sku name category unit"), products).await;
        assert_eq!(report.created.rows, 2, "{report:?}");
        let companies = "number,name,country,currency\nC1,One Ltd,GB,GBP\nC2,Two GmbH,DE,EUR\n";
        let report = self.import(&columns("companies", "number name country currency"), companies).await;
        assert_eq!(report.created.rows, 2, "{report:?}");
        self
    }
}

/// A mapping whose columns are called as the fields.
pub(super) fn columns(kind: &str, fields: &str) -> String {
    let columns: String = fields.split_whitespace().map(|field| format!("{field} = \"{field}\"\n")).collect();
    format!("kind = \"{kind}\"\n[columns]\n{columns}")
}

/// The codes of a report's errors, with their rows: `2:sku 3:quantity-whole`.
pub(super) fn codes(report: &Report) -> String {
    let all: Vec<String> = report.errors.iter().map(|error| format!("{}:{}", error.row, error.error.code)).collect();
    all.join(" ")
}

/// The code of a run that ended before its first row.
pub(super) fn code<T: std::fmt::Debug>(outcome: Outcome<T>) -> String {
    match outcome {
        Err(Failure::Invalid(invalid)) => format!("{}:{}", invalid.fields[0].field, invalid.fields[0].code),
        other => panic!("not invalid: {other:?}"),
    }
}

#[test]
fn templates_are_mappings() {
    for (name, text) in super::TEMPLATES {
        let mapping = Mapping::parse(text).unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
        assert_eq!(mapping.kind().code(), if *name == "online-retail" { "orders" } else { name });
    }
    assert!(matches!(Mapping::template("nonsense"), Err(Failure::NotFound)));
    assert_eq!(Kind::ALL.map(|kind| Kind::parse(kind.code())), Kind::ALL.map(Some));
}

#[test]
fn our_own_columns_may_be_few_but_not_others() {
    let own = Mapping::template("catalog").unwrap();
    let head = |names: &[&str]| Head {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        cells: csv::ByteRecord::from(names.to_vec()),
        encoding: encoding_rs::UTF_8,
        is_strict: true,
    };
    let bound =
        |mapping: &Mapping, names: &[&str]| Bound::new(mapping, crate::imports::catalogue::FIELDS, &head(names));
    assert!(bound(&own, &["sku", "stock"]).is_ok());
    assert_eq!(code(bound(&own, &["stock"])), "file:import-column-missing");
    assert_eq!(code(bound(&own, &["sku", "stok"])), "file:import-column-unknown");
    assert_eq!(code(bound(&own, &["sku", "stock", "stock"])), "file:import-column-twice");
    let theirs = Mapping::parse("kind = \"catalog\"\n[columns]\nsku = \"A\"\nstock = \"B\"").unwrap();
    assert_eq!(code(bound(&theirs, &["A", "C"])), "file:import-column-missing", "a mapping says what is there");
    assert!(bound(&theirs, &["A", "B", "C"]).is_ok());
}

#[test]
fn mappings_say_what_is_wrong_and_where() {
    let start = "kind = \"catalog\"\n[columns]\nsku = \"A\"\n";
    for (text, want_code, line) in [
        ("", "import-mapping", "1"),
        ("kind = \"shoes\"", "import-mapping-kind", "1"),
        ("kind = \"catalog\"\ncolour = 1", "import-mapping", "2"),
        ("kind = \"catalog\"\n[source]\ndelimeter = \";\"", "import-mapping", "3"),
        ("kind = \"catalog\"\n[columns]\nsku = \"A\"\nskuu = \"B\"", "import-mapping-field", "4"),
        ("kind = \"catalog\"\n[columns]\nname = \"A\"", "import-mapping-required", ""),
        ("kind = \"catalog\"\n[columns]\nsku = \"A\"\n[transforms]\nname = [\"trim\"]", "import-mapping-unused", "5"),
        (
            "kind = \"catalog\"\n[columns]\nsku = \"A\"\n[transforms]\nsku = [\"shout\"]",
            "import-mapping-transform",
            "5",
        ),
        ("kind = \"catalog\"\n[columns]\nsku = \"A\"\n[constants]\nstock = 1.5", "import-mapping", "5"),
        ("kind = \"catalog\"\n[columns]\nsku = \"A\"\n[history]\ncurrency = \"GBP\"", "import-mapping", "4"),
        ("kind = \"prices\"\n[attributes]\nthread = \"T\"", "import-mapping-attributes", "3"),
        ("kind = \"orders\"\nsource = [\n\n", "import-mapping", "2"),
    ] {
        let Err(Failure::Invalid(invalid)) = Mapping::parse(text) else { panic!("{text} is taken") };
        let found = &invalid.fields[0];
        let at = found.args.iter().find(|(name, _)| *name == "line").map_or("", |(_, line)| line.as_str());
        assert_eq!((found.code, at), (want_code, line), "{text}: {found:?}");
    }
    for (source, want_code) in [
        ("delimiter = \";;\"", "import-mapping-delimiter"),
        ("encoding = \"klingon\"", "import-mapping-encoding"),
        ("encoding = \"utf-16\"", "import-mapping-encoding"),
        ("decimal = \"'\"", "import-mapping-decimal"),
        ("time_zone = \"Mars/Olympus\"", "import-mapping-zone"),
    ] {
        let text = format!("{start}[source]\n{source}\n");
        assert_eq!(code(Mapping::parse(&text)), format!("mapping:{want_code}"), "{source}");
    }
}

#[test]
fn every_sentence_is_there() {
    let keys = i18n::keys(i18n::Language::En);
    let mut source = String::new();
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("tests") {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                source.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let spoken = ["import-step-", "import-report-", "import-error-", "import-made-", "import-note-", "import-listed-"];
    for text in source.split('"').filter(|text| text.starts_with("import-") && *text != "import-taken-back") {
        let is_key = spoken.iter().any(|start| text.starts_with(start));
        let key = if is_key { text.to_owned() } else { format!("invalid-{text}") };
        assert!(keys.contains(&key), "no message {key}");
    }
    for code in ["price-negative", "too-long", "not-negative", "choice", "taken", "time-zone", "product-unit"] {
        assert!(keys.contains(&format!("invalid-{code}")), "no message invalid-{code}");
    }
}

/// A buyer of a company asks for a product of an imported past, and this is what comes of it.
pub(super) async fn negotiate(w: &World, company: &str, sku: &str, quantity: i64, price: &str) -> Negotiation {
    let tx = w.t.db.read().await.unwrap();
    let company = parties::companies::queries::by_number(&tx, company).await.unwrap().unwrap();
    let sku = Sku::parse(sku).unwrap();
    let product = catalog::products::queries::by_sku(&tx, &sku).await.unwrap().unwrap();
    drop(tx);
    let buyer = &NewMember {
        company: Some(company.id),
        unit: None,
        email: Email::parse("buyer@example.com").unwrap(),
        name: "Buyer".into(),
        title: String::new(),
        phone: String::new(),
        roles: Roles::default().with(Role::Buyer),
        language: "en".into(),
        time_zone: "Europe/London".into(),
        leads_sales: false,
        password_hash: None,
    };
    let ctx = &w.ctx;
    let user = w.t.db.write(|tx| async move {
        terms::policies::actions::setup(&tx, ctx, negotiation_engine::Policy::starter()).await?;
        parties::people::actions::create(&tx, ctx, buyer).await
    });
    let user = user.await.unwrap();
    let roles = buyer.roles;
    let actor = Actor { user: Some(user), company: Some(company.id), unit: None, roles, via: Via::Page };
    let (actor, ctx) = (&actor, &w.ctx.acting_as(actor.clone()));
    let ask = &Ask::of(vec![AskLine {
        product: product.id,
        quantity: Quantity::whole(quantity, product.packing.unit),
        price: UnitPrice::parse(price, company.currency).unwrap(),
    }]);
    let id = w.t.db.write(|tx| async move { negotiation::requests::actions::open(&tx, ctx, ask).await }).await.unwrap();
    let tx = w.t.db.read().await.unwrap();
    negotiation::negotiations::queries::negotiation(&tx, actor, id).await.unwrap()
}
