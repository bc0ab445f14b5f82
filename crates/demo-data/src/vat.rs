//! VAT ids with the right check digits that belong to nobody we know of.

use kernel::VatId;

use crate::rng::Rng;

/// A VAT id of `country`. Where a country leaves a range unused (999 in Poland, a leading 1 in Norway), it is from it.
pub fn vat_id(country: &str, rng: &mut Rng) -> VatId {
    loop {
        if let Some(id) = attempt(country, rng) {
            return id;
        }
    }
}

/// One try; some bodies have no check digit.
fn attempt(country: &str, rng: &mut Rng) -> Option<VatId> {
    let digits = |prefix: &[i64], count: usize, rng: &mut Rng| -> Vec<i64> {
        let rest: Vec<i64> = (prefix.len()..count).map(|_| rng.below(10)).collect();
        prefix.iter().copied().chain(rest).collect()
    };
    let (body, checks) = match country {
        "PL" => with(digits(&[9, 9, 9], 9, rng), |d| weighted(d, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11),
        "DE" => with(digits(&[9], 8, rng), mod_11_10),
        "NO" => with(digits(&[1], 8, rng), |d| (11 - weighted(d, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11),
        "CZ" => with(digits(&[8], 7, rng), |d| (11 - weighted(d, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 10),
        "LT" => {
            let mut body = digits(&[9], 7, rng);
            body.push(1);
            with(body, |d| weighted(d, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11)
        }
        "SE" => with(digits(&[0, 0], 9, rng), |d| (10 - luhn(d) % 10) % 10),
        "DK" => with(digits(&[9], 7, rng), |d| (11 - weighted(d, &[2, 7, 6, 5, 4, 3, 2]) % 11) % 11),
        "FI" => with(digits(&[9], 7, rng), |d| (11 - weighted(d, &[7, 9, 10, 5, 8, 4, 2]) % 11) % 11),
        "EE" => with(digits(&[9], 8, rng), |d| (10 - weighted(d, &[3, 7, 1, 3, 7, 1, 3, 7]) % 10) % 10),
        "GB" => {
            let body = digits(&[0], 7, rng);
            let check = (97 - weighted(&body, &[8, 7, 6, 5, 4, 3, 2]) % 97) % 97;
            (body, format!("{check:02}"))
        }
        _ => return None,
    };
    let body: String = body.iter().map(ToString::to_string).collect();
    let tail = match country {
        "NO" => "MVA",
        "SE" => "01",
        _ => "",
    };
    (checks.len() == if country == "GB" { 2 } else { 1 }).then(|| {
        VatId::parse(&format!("{country}{body}{checks}{tail}")).expect("check digits follow the kernel's rules")
    })
}

/// The body and its check digit as text; ten and more stand for 'none'.
fn with(body: Vec<i64>, check: impl Fn(&[i64]) -> i64) -> (Vec<i64>, String) {
    let check = check(&body).to_string();
    (body, check)
}

fn weighted(digits: &[i64], weights: &[i64]) -> i64 {
    digits.iter().zip(weights).map(|(d, w)| d * w).sum()
}

/// ISO 7064 MOD 11,10.
fn mod_11_10(digits: &[i64]) -> i64 {
    let product = digits.iter().fold(10, |product, digit| {
        let sum = match (product + digit) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    (11 - product) % 10
}

/// The Luhn sum of digits that stand before the check digit.
fn luhn(digits: &[i64]) -> i64 {
    let double = |d: i64| if d > 4 { d * 2 - 9 } else { d * 2 };
    digits.iter().rev().enumerate().map(|(place, d)| if place % 2 == 0 { double(*d) } else { *d }).sum()
}
