//! The real data that lie beside the checkout, when they do: `cargo xtask test` runs these tests with
//! `KONTOR_TEST_REAL_DATA` naming the folder. Marked `ignore`, so that plain `cargo test` passes them over.

use std::path::PathBuf;

/// The folder of a data set.
fn data(name: &str) -> PathBuf {
    let folder = std::env::var_os("KONTOR_TEST_REAL_DATA").expect("`cargo xtask test --only data` names the folder");
    let folder = PathBuf::from(folder).join(name);
    assert!(folder.is_dir(), "there is no {}", folder.display());
    folder
}

#[test]
#[ignore = "needs the real data"]
fn the_wholesale_history_is_there() {
    let folder = data("online-retail-ii");
    let files = std::fs::read_dir(&folder).expect("it can be read").flatten().count();
    assert!(files > 0, "{} is empty", folder.display());
}
