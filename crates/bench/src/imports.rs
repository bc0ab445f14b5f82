//! `kontor import`, from the start of the process to its end, on an empty database.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::Done;
use crate::place::{Engine, Folder, Place};
use crate::report::{Figure, Report};

/// Rows of the generated catalogue.
const CATALOGUE_ROWS: u32 = 20_000;
/// The real history, from the root of the checkout.
const HISTORY: &str = "../shared/data/online-retail-ii/transactions.csv.zst";

/// A generated catalogue of 20,000 rows.
pub async fn catalogue(engine: Engine, folder: &Folder, program: &Path, report: &mut Report) -> Done {
    let file = folder.path().join("catalogue.csv");
    std::fs::write(&file, rows(CATALOGUE_ROWS)).map_err(|e| format!("{}: {e}", file.display()))?;
    let place = Place::migrated(engine, folder, "catalogue", program).await?;
    let done = import(&place, program, &["catalog".as_ref(), file.as_os_str()]);
    place.remove().await;
    let seconds = done?;
    let rate = f64::from(CATALOGUE_ROWS) / seconds;
    let how = format!("{CATALOGUE_ROWS} rows of CSV in {seconds:.2} s");
    report.figure(Figure::at_least("catalogue import", &how, rate, "rows/s", 20_000.0));
    Ok(())
}

/// The real history, where it is.
pub async fn history(engine: Engine, folder: &Folder, program: &Path, report: &mut Report) -> Done {
    let file = history_file();
    if !file.exists() {
        report.note(format!("history import left out: there is no {}", file.display()));
        return Ok(());
    }
    let count = count_rows(&file)?;
    let place = Place::migrated(engine, folder, "history", program).await?;
    let words = ["orders".as_ref(), file.as_os_str(), "--mapping".as_ref(), "online-retail".as_ref()];
    let done = import(&place, program, &words);
    place.remove().await;
    let seconds = done?;
    let rate = f64::from(count) / seconds;
    let how = format!("{count} rows of online-retail-ii in {seconds:.1} s");
    report.figure(Figure::at_least("history import", &how, rate, "rows/s", 50_000.0));
    Ok(())
}

fn history_file() -> PathBuf {
    let folder = std::env::var_os("KONTOR_TEST_REAL_DATA").map(PathBuf::from);
    folder.map_or_else(|| HISTORY.into(), |folder| folder.join("online-retail-ii/transactions.csv.zst"))
}

/// Lines after the head.
fn count_rows(file: &Path) -> Done<u32> {
    let error = |e: std::io::Error| format!("{}: {e}", file.display());
    let packed = std::fs::File::open(file).map_err(error)?;
    let mut reader = std::io::BufReader::new(zstd::Decoder::new(packed).map_err(error)?);
    let mut count = 0_u32;
    loop {
        let buffer = std::io::BufRead::fill_buf(&mut reader).map_err(error)?;
        if buffer.is_empty() {
            return Ok(count.saturating_sub(1));
        }
        let lines = buffer.iter().filter(|byte| **byte == b'\n').count();
        count += u32::try_from(lines).unwrap_or(0);
        let length = buffer.len();
        std::io::BufRead::consume(&mut reader, length);
    }
}

/// Runs an import; gives the seconds.
fn import(place: &Place, program: &Path, words: &[&std::ffi::OsStr]) -> Done<f64> {
    let began = Instant::now();
    let mut command = place.command(program);
    let output = command.arg("import").args(words).output().map_err(|e| format!("{command:?}: {e}"))?;
    let took = began.elapsed().as_secs_f64();
    if output.status.success() {
        return Ok(took);
    }
    let said = [output.stdout, output.stderr].concat();
    Err(format!("{command:?} failed: {}", String::from_utf8_lossy(&said)))
}

/// A catalogue as a merchant would export it: texts in two languages, GTINs that are right, packs, stock, costs.
fn rows(count: u32) -> String {
    const SIZES: [u32; 12] = [8, 10, 12, 16, 20, 25, 30, 40, 50, 60, 80, 100];
    const COATINGS: [[&str; 2]; 4] = [
        ["plain", "bez powłoki"],
        ["zinc plated", "ocynkowana"],
        ["A2 stainless", "nierdzewna A2"],
        ["A4 stainless", "nierdzewna A4"],
    ];
    let mut text = String::from(
        "sku,name,name_pl,description,category,gtin,unit,pack,packs_per_pallet,minimum,step,class,order_type,stock,lead_days,weight_grams,origin,customs_code,cost,cost_currency\n",
    );
    for number in 0..count {
        let of = |table: &[u32], divisor: u32| table[usize::try_from(number / divisor).unwrap_or(0) % table.len()];
        let (length, width) = (of(&SIZES, 1), of(&SIZES[..8], 12));
        let [english, polish] = COATINGS[usize::try_from(number / 96).unwrap_or(0) % COATINGS.len()];
        let _ = writeln!(
            text,
            "BX-{number:05}-M{width}X{length},\"Hexagon bolt M{width} x {length}, {english}\",\"Śruba M{width} x {length}, {polish}\",\"Strength class 8.8, thread to the head, DIN {}\",bolts-{:02},{},piece,100,40,100,100,standard,stock,{},{},{},DE,73181588,0.{:04},EUR",
            900 + number % 60,
            number % 40,
            gtin(number),
            number * 7 % 90_000,
            number % 15,
            3 + number % 400,
            100 + number % 9_000,
        );
    }
    text
}

/// A GTIN-13 of the range for restricted circulation, with its check digit.
fn gtin(number: u32) -> String {
    let body = format!("29{number:010}");
    let sum: u32 = body.bytes().zip([1, 3].into_iter().cycle()).map(|(b, weight)| u32::from(b - b'0') * weight).sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_rows_are_right() {
        let text = rows(3);
        assert_eq!(text.lines().count(), 4);
        for line in text.lines().skip(1) {
            assert!(kernel::Sku::parse(line.split(',').next().unwrap_or_default()).is_ok(), "{line}");
        }
        for number in [0, 1, 19_999] {
            assert!(kernel::Gtin::parse(&gtin(number)).is_ok(), "{}", gtin(number));
        }
    }
}
