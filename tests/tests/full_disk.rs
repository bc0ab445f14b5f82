//! A disk that is full, as the program as a whole meets it: nothing more can be written, then it can again.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use kontor_tests::client::Client;
use kontor_tests::process::{Folder, Running, agent, free_address, program};

const PATIENCE: Duration = Duration::from_secs(60);
const EMAIL: &str = "olga@wendtmark.example";
const PASSWORD: &str = "a long enough password";

/// Lets the process write files up to so many bytes, or as large as it likes.
fn allow(process: u32, bytes: &str) {
    let done = Command::new("prlimit").args(["--pid", &process.to_string(), &format!("--fsize={bytes}:")]).status();
    assert!(done.is_ok_and(|status| status.success()), "the limit of {process} is set");
}

fn status(address: &str, path: &str) -> u16 {
    agent(PATIENCE).get(format!("http://{address}{path}")).call().map_or(0, |answer| answer.status().as_u16())
}

/// A request that writes: a sign-in opens a session.
fn write(address: &str) -> u16 {
    let body = format!("{{\"email\":\"{EMAIL}\",\"password\":\"{PASSWORD}\"}}");
    let request = agent(PATIENCE).post(format!("http://{address}/api/v1/sessions"));
    request.header("content-type", "application/json").send(body.as_str()).map_or(0, |answer| answer.status().as_u16())
}

/// What a person reads who sends a form.
fn said(address: &str) -> String {
    let person = Client::new(&format!("http://{address}")).with_header("accept-language", "en");
    person.post("/sign-in", &[("email", EMAIL), ("password", PASSWORD)]).body
}

/// The link by which somebody of the merchant sets a password, as the command prints it.
fn staff(folder: &Path) -> String {
    let mut command = Command::new(program());
    command.args(["staff", EMAIL, "--name", "Olga Marek", "--data"]).arg(folder);
    let text = String::from_utf8_lossy(&command.output().expect("it runs").stdout).into_owned();
    let link = text.find("/password/").unwrap_or_else(|| panic!("{text}"));
    text[link..].split_whitespace().next().unwrap_or_default().to_owned()
}

#[test]
fn attack_h1_the_program_goes_on_when_there_is_space_again() {
    if Command::new("prlimit").arg("--version").output().is_err() {
        println!("skipped: no prlimit");
        return;
    }
    let folder = Folder::new("full-disk");
    let link = staff(folder.path());
    let address = free_address();
    // The signal is ignored, as the system's own error is what a full disk gives.
    let start = "trap '' XFSZ; exec \"$0\" serve --listen \"$1\" --log text --data \"$2\"";
    let mut command = Command::new("sh");
    command.args(["-c", start]).arg(program()).arg(&address).arg(folder.path());
    let mut server = Running::start(&mut command);
    server.wait_until_ready(&address, PATIENCE);
    Client::new(&format!("http://{address}")).post(&link, &[("password", PASSWORD)]);
    assert_eq!(write(&address), 201);
    for _ in 0..3 {
        allow(server.0.id(), "0");
        assert_eq!(write(&address), 503, "nothing can be written");
        assert!(said(&address).contains("was not saved"), "{}", said(&address));
        let began = Instant::now();
        while status(&address, "/readyz") != 503 {
            assert!(began.elapsed() < PATIENCE, "it says so");
            std::thread::sleep(Duration::from_millis(50));
        }
        assert_eq!(status(&address, "/healthz"), 200, "reading goes on");
        allow(server.0.id(), "unlimited");
        assert_eq!(write(&address), 201, "and so does writing, at once");
        assert_eq!(status(&address, "/readyz"), 200);
    }
}
