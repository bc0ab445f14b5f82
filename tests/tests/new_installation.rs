//! The first hour of an installation: nothing is there, one command adds the first administrator, who signs in.

use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use kontor_tests::client::Client;
use kontor_tests::process::{Folder, Running, free_address, program};

const EMAIL: &str = "olga@wendtmark.example";
const PASSWORD: &str = "a long enough password";
const PATIENCE: Duration = Duration::from_secs(60);

fn kontor(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(program());
    command.args(words).arg("--data").arg(folder).current_dir(std::env::temp_dir());
    command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"))
}

fn said(output: &Output) -> String {
    [output.stdout.as_slice(), output.stderr.as_slice()].map(String::from_utf8_lossy).concat()
}

#[test]
fn the_first_administrator_signs_in() {
    let folder = Folder::new("new-installation");
    let data = folder.path().join("not/there/yet");
    let added = kontor(&data, &["staff", EMAIL, "--name", "Olga Marek"]);
    assert!(added.status.success(), "{}", said(&added));
    let text = said(&added);
    let link = text.split_whitespace().find(|word| word.contains("/password/")).unwrap_or_else(|| panic!("{text}"));
    let link = &link[link.find("/password/").unwrap_or_default()..];

    let again = kontor(&data, &["staff", EMAIL, "--name", "Olga Marek"]);
    assert!(!again.status.success() && said(&again).contains("taken"), "{}", said(&again));
    let typo = kontor(&data, &["staff", "olga", "--name", "Olga Marek"]);
    assert!(!typo.status.success() && said(&typo).contains("no e-mail address"), "{}", said(&typo));

    let address = free_address();
    let mut command = Command::new(program());
    command.args(["serve", "--listen", &address, "--log", "text", "--data"]).arg(&data);
    let mut server = Running::start(&mut command);
    server.wait_until_ready(&address, PATIENCE);
    let browser = Client::new(&format!("http://{address}"));
    let set = browser.post(link, &[("password", PASSWORD)]);
    assert_eq!(set.path, "/sign-in", "the password is set: {}", set.body);
    let used = browser.post(link, &[("password", PASSWORD)]);
    assert_ne!(used.status, 200, "a link works once");
    let signed_in = browser.post("/sign-in", &[("email", EMAIL), ("password", PASSWORD), ("next", "/office")]);
    assert_eq!((signed_in.status, signed_in.path.as_str()), (200, "/office"), "{}", signed_in.body);
    // A shop without products is a shop too.
    for path in ["/", "/desk", "/office/products", "/office/companies", "/office/policy", "/search?q=valve"] {
        assert_eq!(browser.get(path).status, 200, "{path}");
    }
}
