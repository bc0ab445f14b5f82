//! Decisions that earlier engines made and stored are decided the same today, byte for byte: that is what 'can be replayed
//! years later' means. The files in `tests/replays` are never changed, only added to: a new version of the engine adds one, with
//! `KONTOR_RECORD=<name> cargo nextest run -p negotiation-engine --run-ignored only record`.

use crate::common::{any, *};
use negotiation_engine::Inputs;
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

/// Decisions in a file.
const COUNT: usize = 40;

#[test]
fn earlier_engines_decisions_replay() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/replays");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a file");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2 * COUNT, "{}", file.display());
        for (at, pair) in lines.chunks(2).enumerate() {
            let inputs = Inputs::from_stored(pair[0]).expect("stored inputs");
            assert_eq!(inputs.decide().to_stored(), pair[1], "{} decision {at}", file.display());
        }
    }
}

#[test]
#[ignore = "writes a file"]
fn record() {
    let name = std::env::var("KONTOR_RECORD").expect("KONTOR_RECORD names the file");
    let path = format!("{}/tests/replays/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
    assert!(!std::path::Path::new(&path).exists(), "a record is never changed");
    let mut runner = TestRunner::deterministic();
    let mut text = String::new();
    for at in 0..COUNT {
        let mut world = any::wide(2).new_tree(&mut runner).expect("a world").current();
        if at == 0 {
            world = World::textbook();
        }
        (0..at % 4).for_each(|_| drop(world.ask_again()));
        let inputs = world.inputs();
        text += &format!("{}\n{}\n", inputs.to_stored(), inputs.decide().to_stored());
    }
    std::fs::write(path, text).expect("writing");
}
