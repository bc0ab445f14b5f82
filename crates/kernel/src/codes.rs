//! Codes that are parsed once at the edge: SKU, GTIN, VAT id, e-mail address, country.

use serde::{Deserialize, Serialize};

use crate::normal::normal_code;

/// Declares a text newtype that only its parser can make.
macro_rules! parsed_text {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }
    )+};
}

parsed_text! {
    /// A stock keeping unit: 1 to 40 printable characters without spaces, kept in upper case.
    Sku,
    /// A Global Trade Item Number of 8, 12, 13 or 14 digits with a valid check digit (GS1 General Specifications 7.9).
    Gtin,
    /// A VAT identification number with country prefix; the check digits are verified where the country's rule is known.
    VatId,
    /// An e-mail address, kept in lower case.
    Email,
    /// An ISO 3166-1 alpha-2 country code.
    Country,
}

impl Sku {
    /// Parses a SKU. What cannot be seen in it is left out, so that two that look the same are the same.
    ///
    /// # Errors
    /// The code of an `invalid-…` message: `required` or `sku`.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = normal_code(text).trim().to_uppercase();
        if text.is_empty() {
            return Err("required");
        }
        let printable =
            text.chars().all(|c| !c.is_control() && !c.is_whitespace() && !matches!(c, '?' | '#' | '%' | '\\' | '/'));
        if text.chars().count() <= 40 && printable { Ok(Self(text)) } else { Err("sku") }
    }
}

impl Gtin {
    /// Parses a GTIN and verifies its check digit.
    ///
    /// # Errors
    /// The code of an `invalid-…` message: `required`, `gtin` (not 8, 12, 13 or 14 digits) or `gtin-check-digit`.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        if digits.is_empty() {
            return Err("required");
        }
        if !digits.bytes().all(|b| b.is_ascii_digit()) || !matches!(digits.len(), 8 | 12 | 13 | 14) {
            return Err("gtin");
        }
        let (body, check) = digits.split_at(digits.len() - 1);
        if Self::check_digit(body) == check.bytes().next().map(|b| b - b'0') {
            Ok(Self(digits))
        } else {
            Err("gtin-check-digit")
        }
    }

    /// The check digit for the digits before it: weights 3 and 1 from the right, modulo 10. `None` unless all digits.
    pub fn check_digit(body: &str) -> Option<u8> {
        let sum = body.bytes().rev().enumerate().try_fold(0_u32, |sum, (place, byte)| {
            let digit = byte.is_ascii_digit().then(|| u32::from(byte - b'0'))?;
            Some(sum + digit * if place.is_multiple_of(2) { 3 } else { 1 })
        })?;
        u8::try_from((10 - sum % 10) % 10).ok()
    }
}

impl Email {
    /// Parses an e-mail address: one `@`, a dot in the domain, no spaces, at most 254 characters.
    ///
    /// # Errors
    /// The code of an `invalid-…` message: `required` or `email`.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return Err("required");
        }
        let clean = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && !part.ends_with('.')
                && !part.contains("..")
                && part.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
        };
        let parts: Vec<&str> = text.split('@').collect();
        match parts.as_slice() {
            [local, domain] if clean(local) && clean(domain) && domain.contains('.') && text.len() <= 254 => {
                Ok(Self(text))
            }
            _ => Err("email"),
        }
    }
}

/// ISO 3166-1 alpha-2, all that is assigned, and Kosovo, which has a code of its own everywhere but there.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW \
    BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO \
    FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO \
    JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS \
    MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU \
    RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA \
    UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// Where letters find their way without a postal code, or not everywhere has one (Universal Postal Union, addressing by
/// country).
const WITHOUT_POSTAL_CODE: &str = "AE AG AO AW BF BI BJ BO BQ BS BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD GH GM GN GQ GY HK IE \
    JM KI KM KN KP LY ML MO MR MW NR NU PA QA RW SB SC SL SR SS ST SX SY TD TG TK TL TO TV UG VU YE ZW";

impl Country {
    /// Every country, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        COUNTRIES.split_whitespace().map(|code| Self(code.to_owned()))
    }

    /// Parses the code of a country that there is. What was stored before this was asked for is read by [`Self::parse`].
    ///
    /// # Errors
    /// The code of an `invalid-…` message: `required` or `country`.
    pub fn known(text: &str) -> Result<Self, &'static str> {
        let country = Self::parse(text)?;
        if COUNTRIES.split_whitespace().any(|code| code == country.0) { Ok(country) } else { Err("country") }
    }

    /// Whether an address there must have a postal code.
    pub fn has_postal_codes(&self) -> bool {
        !WITHOUT_POSTAL_CODE.split_whitespace().any(|code| code == self.0)
    }

    /// Parses an ISO 3166-1 alpha-2 code; only its form is checked.
    ///
    /// # Errors
    /// The code of an `invalid-…` message: `required` or `country`.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim().to_uppercase();
        match text.len() {
            0 => Err("required"),
            2 if text.bytes().all(|b| b.is_ascii_uppercase()) => Ok(Self(text)),
            _ => Err("country"),
        }
    }
}

impl VatId {
    /// Parses a VAT identification number such as `PL 526-000-12-46`; spaces of every kind, dots and hyphens are dropped.
    /// Greece is `EL`, also for those who write `GR` as everywhere else.
    ///
    /// The form is checked for every EU country, Norway, Switzerland and the United Kingdom (European Commission, VIES
    /// FAQ Q11); check digits for DE (ISO 7064 MOD 11,10), PL, NO and NL-like formats where the rule is published.
    ///
    /// # Errors
    /// The code of an `invalid-…` message: `required`, `vat-country`, `vat-form` or `vat-check-digit`.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let is_idle = |c: char| c.is_whitespace() || matches!(c, '.' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
        let text = normal_code(text);
        let mut text: String = text.chars().filter(|c| !is_idle(*c)).collect::<String>().to_uppercase();
        if text.is_empty() {
            return Err("required");
        }
        if !text.is_ascii() || text.len() < 4 {
            return Err("vat-form");
        }
        if let Some(body) = text.strip_prefix("GR") {
            text = format!("EL{body}");
        }
        let (country, body) = text.split_at(2);
        let forms = vat_forms(country).ok_or("vat-country")?;
        if !forms.iter().any(|form| fits(form, body)) {
            return Err("vat-form");
        }
        if check_digits_hold(country, body) { Ok(Self(text)) } else { Err("vat-check-digit") }
    }

    /// The country prefix (`EL` for Greece, as on invoices).
    pub fn country(&self) -> &str {
        &self.0[..2]
    }

    /// Whether a company that is taxed in `country` can have this number: Greece writes `EL`, Northern Ireland `XI`.
    pub fn fits(&self, country: &Country) -> bool {
        match (self.country(), country.as_str()) {
            ("EL", "GR") | ("XI", "GB") => true,
            // French departments overseas and Monaco are registered in France.
            ("FR", other) => matches!(other, "FR" | "MC" | "GP" | "MQ" | "RE"),
            ("GB", other) => matches!(other, "GB" | "IM"),
            (prefix, other) => prefix == other,
        }
    }
}

/// Forms by country: `9` a digit, `A` a letter, `*` a digit or letter; other characters stand for themselves.
fn vat_forms(country: &str) -> Option<&'static [&'static str]> {
    Some(match country {
        "AT" => &["U99999999"],
        "BE" => &["0999999999", "1999999999"],
        "BG" => &["999999999", "9999999999"],
        "CY" => &["99999999A"],
        "CZ" => &["99999999", "999999999", "9999999999"],
        "DE" | "EE" | "PT" => &["999999999"],
        "EL" => &["999999999"],
        "DK" | "FI" | "HU" | "LU" | "MT" | "SI" => &["99999999"],
        "ES" => &["*9999999*"],
        "FR" => &["**999999999"],
        "GB" | "XI" => &["999999999", "999999999999"],
        "HR" | "IT" | "LV" => &["99999999999"],
        "IE" => &["9*99999A", "9999999AA", "9999999A"],
        "LT" => &["999999999", "999999999999"],
        "NL" => &["*********B99"],
        "NO" => &["999999999", "999999999MVA"],
        "PL" | "SK" => &["9999999999"],
        "RO" => &["99", "999", "9999", "99999", "999999", "9999999", "99999999", "999999999", "9999999999"],
        "SE" => &["999999999901"],
        "CH" => &["E999999999", "E999999999MWST", "E999999999TVA", "E999999999IVA"],
        _ => return None,
    })
}

fn fits(form: &str, body: &str) -> bool {
    form.len() == body.len()
        && form.bytes().zip(body.bytes()).all(|(want, have)| match want {
            b'9' => have.is_ascii_digit(),
            b'A' => have.is_ascii_uppercase(),
            b'*' => have.is_ascii_alphanumeric(),
            literal => literal == have,
        })
}

fn check_digits_hold(country: &str, body: &str) -> bool {
    let digits: Vec<u32> = body.bytes().filter(u8::is_ascii_digit).map(|b| u32::from(b - b'0')).collect();
    match country {
        "DE" => mod_11_10(&digits),
        "PL" => weighted(&digits, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == digits[9],
        "NO" | "CH" if digits.len() == 9 => {
            let weights = if country == "NO" { [3, 2, 7, 6, 5, 4, 3, 2] } else { [5, 4, 3, 2, 7, 6, 5, 4] };
            (11 - weighted(&digits, &weights) % 11) % 11 == digits[8]
        }
        "DK" => weighted(&digits, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11),
        "FI" => (11 - weighted(&digits, &[7, 9, 10, 5, 8, 4, 2]) % 11) % 11 == digits[7],
        "BE" => number(&digits[..8]) % 97 == 97 - number(&digits[8..]),
        "SE" => luhn(&digits[..10]),
        "IT" => luhn(&digits),
        _ => true,
    }
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(d, w)| d * w).sum()
}

fn number(digits: &[u32]) -> u32 {
    digits.iter().fold(0, |n, d| n * 10 + d)
}

/// ISO 7064 MOD 11,10, the German rule.
fn mod_11_10(digits: &[u32]) -> bool {
    let product = digits[..digits.len() - 1].iter().fold(10, |product, digit| {
        let sum = match (product + digit) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    (11 - product) % 10 == digits[digits.len() - 1]
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => *digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gtin_check_digits() {
        assert!(Gtin::parse("4006381333931").is_ok());
        assert!(Gtin::parse("96385074").is_ok());
        assert_eq!(Gtin::parse("4006381333932"), Err("gtin-check-digit"));
        assert_eq!(Gtin::parse("400638133393"), Err("gtin-check-digit"));
        assert_eq!(Gtin::parse("40063813339"), Err("gtin"));
        assert_eq!(Gtin::parse("４００６３８１３３３９３１"), Err("gtin"));
    }

    #[test]
    fn vat_ids() {
        for good in [
            "DE136695976",
            "PL 526-000-12-46",
            "ATU13585627",
            "NO 974 760 673 MVA",
            "SE556012579001",
            "DK13585628",
            "FI20774740",
            "BE0403170701",
            "IT00743110157",
            "CHE-116.281.710 MWST",
        ] {
            assert!(VatId::parse(good).is_ok(), "{good}: {:?}", VatId::parse(good));
        }
        for (text, want) in [
            ("GR094259216", "EL094259216"),
            ("EL 094259216", "EL094259216"),
            ("PL\u{a0}5260001246", "PL5260001246"),
            ("PL\u{202f}526\u{2011}000\u{2011}12\u{2011}46", "PL5260001246"),
        ] {
            assert_eq!(VatId::parse(text).map(String::from).as_deref(), Ok(want), "fault R5: {text:?}");
        }
        for (bad, why) in [
            ("", "required"),
            ("ZZ123456789", "vat-country"),
            ("DE12345678", "vat-form"),
            ("DE136695977", "vat-check-digit"),
            ("PL5260001247", "vat-check-digit"),
            ("ÄÖ123456", "vat-form"),
        ] {
            assert_eq!(VatId::parse(bad), Err(why), "{bad}");
        }
    }

    #[test]
    fn fault_r5_vat_ids_as_people_write_them() {
        assert_eq!(VatId::parse("GR094259216").unwrap().as_str(), "EL094259216");
        assert_eq!(VatId::parse("EL 094259216").unwrap().as_str(), "EL094259216");
        assert_eq!(VatId::parse("PL\u{a0}526\u{202f}000\u{2009}12\u{2011}46").unwrap().as_str(), "PL5260001246");
    }

    #[test]
    fn fault_m5_vat_ids_fit_their_country() {
        let fits = |id: &str, country: &str| VatId::parse(id).unwrap().fits(&Country::known(country).unwrap());
        assert!(fits("PL5260001246", "PL"));
        assert!(!fits("PL5260001246", "DE"));
        assert!(fits("EL094259216", "GR"));
        assert!(!fits("CHE116281710MWST", "DE"));
        assert!(fits("CHE116281710MWST", "CH"));
    }

    #[test]
    fn countries_are_those_that_there_are() {
        assert_eq!(Country::all().count(), 250);
        assert!(Country::all().map(|c| c.to_string()).is_sorted());
        assert_eq!(Country::known("pl").unwrap().as_str(), "PL");
        for (bad, why) in
            [("XX", "country"), ("", "required"), ("POL", "country"), ("UK", "country"), ("EL", "country")]
        {
            assert_eq!(Country::known(bad), Err(why), "{bad}");
        }
        // What is stored is read whatever it is.
        assert!(Country::parse("XX").is_ok());
        for (code, want) in [("IE", false), ("HK", false), ("AE", false), ("PL", true), ("DE", true)] {
            assert_eq!(Country::known(code).unwrap().has_postal_codes(), want, "{code}");
        }
        assert!(WITHOUT_POSTAL_CODE.split_whitespace().all(|code| Country::known(code).is_ok()));
    }

    #[test]
    fn addresses_of_mail() {
        assert_eq!(Email::parse(" Ann@Example.COM ").unwrap().as_str(), "ann@example.com");
        for bad in ["ann", "ann@", "@x.y", "a b@x.y", "ann@x", "a@@x.y", "a@.x.y", "a..b@x.y", "a@x.y\r\nBcc: z@z.z"] {
            assert_eq!(Email::parse(bad), Err("email"), "{bad}");
        }
    }

    #[test]
    fn fault_d3_skus_that_look_the_same_are_the_same() {
        for text in [
            "AB-1",
            "A\u{200b}B-1",
            "AB-1\u{feff}",
            "AB\u{ad}-1",
            "\u{feff} ab-1 \u{200b}",
            "AB-1\u{200d}",
            "\u{202e}AB-1",
        ] {
            assert_eq!(Sku::parse(text).map(String::from).as_deref(), Ok("AB-1"), "{text:?}");
        }
        assert_eq!(Sku::parse("za\u{17c}").unwrap(), Sku::parse("zaz\u{307}").unwrap(), "fault D4");
        assert_eq!(Sku::parse("\u{200b}"), Err("required"));
        assert_eq!(Sku::parse("A\u{a0}B"), Err("sku"), "a space is seen");
    }

    #[test]
    fn skus() {
        assert_eq!(Sku::parse(" din933-m8x40 ").unwrap().as_str(), "DIN933-M8X40");
        assert_eq!(Sku::parse("a b"), Err("sku"));
        assert_eq!(Sku::parse("a/b"), Err("sku"));
        assert_eq!(Sku::parse(&"x".repeat(41)), Err("sku"));
    }
}
