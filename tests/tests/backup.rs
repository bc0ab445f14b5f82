//! A backup of the running program, restored: every row of every table, and a program that serves from it.

use std::process::{Command, Output};
use std::time::Duration;

use db::Db;
use db::testing::TestDb;
use kontor_tests::client::Client;
use kontor_tests::process::{Folder, Running, free_address, program};
use kontor_tests::world::on_both;
use serde_json::json;

const PATIENCE: Duration = Duration::from_secs(60);

fn kontor(words: &[&str]) -> Output {
    let mut command = Command::new(program());
    command.args(words).current_dir(std::env::temp_dir());
    command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"))
}

fn said(output: &Output) -> String {
    [output.stdout.as_slice(), output.stderr.as_slice()].map(String::from_utf8_lossy).concat()
}

/// How many rows each table has, and a digest of them.
fn survey(runtime: &tokio::runtime::Runtime, url: &str) -> db::Saved {
    runtime.block_on(async {
        let db = Db::open(url).await.expect("the database opens");
        let saved = db.survey().await.expect("it can be read");
        db.close().await;
        saved
    })
}

#[test]
fn attack_l14_what_was_saved_while_serving_is_restored_and_serves() {
    on_both(|world| {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let buyer = world.api(&world.buyer());
        let line = json!({ "product": world.demo.story.sku.to_string(), "quantity": "2000", "price": "110.00" });
        let asked = buyer.call("open_negotiation", json!({ "lines": [line] }));
        let folder = Folder::new(&format!("backup-{:?}", world.engine()));
        let file = folder.path().join("kontor.backup");
        // Jobs of the start go on for a while; then nothing happens by itself.
        let before = (0..50).find_map(|_| {
            let _ = std::fs::remove_file(&file);
            let before = survey(&runtime, &world.url);
            let saved = kontor(&["backup", &file.display().to_string(), "--database", &world.url]);
            assert!(saved.status.success(), "{}", said(&saved));
            (survey(&runtime, &world.url) == before).then_some(before)
        });
        let before = before.expect("it becomes quiet");
        assert!(before.rows() > 1_000 && before.tables.len() > 30);
        let twice = kontor(&["backup", &file.display().to_string(), "--database", &world.url]);
        assert!(!twice.status.success() && said(&twice).contains("there already"), "{}", said(&twice));
        let checked = kontor(&["restore", &file.display().to_string(), "--check"]);
        assert!(checked.status.success(), "{}", said(&checked));

        for (number, to) in runtime.block_on(TestDb::both_empty()).into_iter().enumerate() {
            let (url, data) = (to.url.clone(), folder.path().join(number.to_string()));
            // A file is made by the restoring itself.
            if let Some(file) = db::file_of(&url).map(std::path::Path::to_owned) {
                runtime.block_on(to.db.close());
                for ending in ["", "-wal", "-shm"] {
                    let _ = std::fs::remove_file(format!("{}{ending}", file.display()));
                }
            }
            let data = data.display().to_string();
            let restored = kontor(&["restore", &file.display().to_string(), "--database", &url, "--data", &data]);
            assert!(restored.status.success(), "{}", said(&restored));
            assert_eq!(survey(&runtime, &url), before, "every row of every table");
            serves(&url, &data, &world.buyer(), asked["id"].as_str().expect("an id"));
            let doctor = kontor(&["doctor", "--database", &url, "--data", &data, "--listen", "127.0.0.1:0"]);
            assert!(said(&doctor).contains("every page can be read"), "{}", said(&doctor));
            runtime.block_on(to.remove());
        }
    });
}

/// The restored shop starts, knows its people and goes on where it was.
fn serves(url: &str, data: &str, buyer: &str, negotiation: &str) {
    let address = free_address();
    let mut command = Command::new(program());
    command.args(["serve", "--listen", &address, "--database", url, "--data", data, "--log", "text"]);
    let mut server = Running::start(&mut command);
    server.wait_until_ready(&address, PATIENCE);
    let browser = Client::new(&format!("http://{address}"));
    let fields = [("email", buyer), ("password", kontor::demo::PASSWORD), ("next", "/")];
    assert_eq!(browser.post_once("/sign-in", &fields).status, 303);
    assert_eq!(browser.get(&format!("/account/negotiations/{negotiation}")).status, 200);
    assert_eq!(browser.get("/search?q=valve").status, 200, "the index is made anew");
}

#[test]
fn attack_l14_doctor_finds_destroyed_pages() {
    let folder = Folder::new("doctor");
    let data = folder.path().display().to_string();
    let made = kontor(&["migrate", "--data", &data]);
    assert!(made.status.success(), "{}", said(&made));
    let healthy = kontor(&["doctor", "--data", &data, "--listen", "127.0.0.1:0"]);
    assert!(said(&healthy).contains("✓ stored data"), "{}", said(&healthy));
    assert!(said(&healthy).contains("✓ permissions"), "{}", said(&healthy));
    let file = folder.path().join("kontor.db");
    let mut bytes = std::fs::read(&file).expect("the database");
    let (from, until) = (20 * 4_096, 40 * 4_096);
    bytes[from..until].fill(0x5A);
    std::fs::write(&file, bytes).expect("it is destroyed");
    let destroyed = kontor(&["doctor", "--data", &data, "--listen", "127.0.0.1:0"]);
    assert!(!destroyed.status.success());
    // Where the schema itself lies on a destroyed page, the database does not even open.
    let says = said(&destroyed);
    assert!(says.contains("✗ stored data") || says.contains("✗ database"), "{says}");
}
