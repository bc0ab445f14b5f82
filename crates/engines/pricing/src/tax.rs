//! Which tax is charged on goods: by where they go, and by what proves it.
//!
//! Sources: Council Directive 2006/112/EC (the VAT Directive). Article 2 and Title V: tax is due where the transport of the
//! goods begins. Article 138: supplies that go to another member state are exempt when the buyer has given a VAT id of
//! another member state than the seller's (138(1)(b), as amended by Directive (EU) 2018/1910; the seller confirms it in
//! VIES, Council Regulation (EU) No 904/2010, Article 31), and the buyer accounts for the tax (Articles 40 and 196 ff.).
//! Article 146: what the seller sends out of the union is exempt. Article 6: some territories of member states are outside
//! of its VAT. Article 7: Monaco counts as France. Northern Ireland counts as a member state for goods (Withdrawal
//! Agreement, Protocol on Ireland/Northern Ireland, Article 8), with its own prefix `XI`.
//!
//! Whoever collects goods takes them over in the seller's country: nothing proves yet where they go, so tax is charged.

use kernel::{Country, Rate, VatId};
use serde::{Deserialize, Serialize};

/// The member states of the European Union, as on 1 January 2026.
const EU: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// The kinds of treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Treatment {
    /// The merchant's own tax is charged.
    Home,
    /// Exempt; the buyer accounts for the tax in its own country.
    ReverseCharge,
    /// Exempt; the goods leave the union (or the country, when the merchant is outside it).
    Export,
}

/// The tax on an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TaxRule {
    /// The rate on the net total.
    pub rate: Rate,
    /// Why.
    pub treatment: Treatment,
}

impl TaxRule {
    /// The stored code: `home`, `reverse-charge` or `export`. `tax-<code>` is the key of its words.
    pub fn code(self) -> &'static str {
        match self.treatment {
            Treatment::Home => "home",
            Treatment::ReverseCharge => "reverse-charge",
            Treatment::Export => "export",
        }
    }

    /// The rule with this stored code and rate.
    pub fn stored(code: &str, rate: Rate) -> Option<Self> {
        let treatment = match code {
            "home" => Treatment::Home,
            "reverse-charge" => Treatment::ReverseCharge,
            "export" => Treatment::Export,
            _ => return None,
        };
        Some(Self { rate, treatment })
    }
}

/// Where the merchant is, and what is charged there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The country from which goods are sent.
    pub country: Country,
    /// The rate of that country.
    pub rate: Rate,
}

/// Where goods go, and who carries them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    /// The country of the delivery address.
    pub country: Country,
    /// Its postal code; may be empty where it is not known.
    pub postal_code: String,
    /// Whether the buyer collects everything.
    pub is_collected: bool,
}

impl Journey {
    /// Goods that the seller sends to a country.
    pub fn to(country: &Country) -> Self {
        Self { country: country.clone(), postal_code: String::new(), is_collected: false }
    }
}

/// What is known of the buyer's VAT id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof<'a> {
    /// None was given.
    Missing,
    /// It was given, and nobody has asked yet whether it is valid.
    Given(&'a VatId),
    /// It was confirmed.
    Confirmed(&'a VatId),
}

/// Why a tax is charged, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The goods stay in the merchant's country.
    Home,
    /// The buyer collects them there.
    Collected,
    /// They go to another member state, and the buyer has given no VAT id.
    NoVatId,
    /// The VAT id is not of another member state.
    VatIdElsewhere,
    /// The VAT id was not confirmed.
    VatIdUnconfirmed,
    /// They go to another member state, to a buyer with a confirmed VAT id of another one.
    WithinUnion,
    /// They leave the union, or the country of a merchant outside it.
    Export,
}

impl Reason {
    /// The stable code; `tax-reason-<code>` is the key of its words.
    pub fn code(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Collected => "collected",
            Self::NoVatId => "no-vat-id",
            Self::VatIdElsewhere => "vat-id-elsewhere",
            Self::VatIdUnconfirmed => "vat-id-unconfirmed",
            Self::WithinUnion => "within-union",
            Self::Export => "export",
        }
    }
}

/// The tax on an order, and why it is this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruling {
    /// What is charged.
    pub rule: TaxRule,
    /// Why.
    pub reason: Reason,
}

/// The tax on goods that a merchant sells.
pub fn rule(seat: &Seat, journey: &Journey, proof: Proof<'_>) -> Ruling {
    let reason = reason(seat, journey, proof);
    let free = |treatment| TaxRule { rate: Rate::ZERO, treatment };
    let rule = match reason {
        Reason::Export => free(Treatment::Export),
        Reason::WithinUnion => free(Treatment::ReverseCharge),
        _ => TaxRule { rate: seat.rate, treatment: Treatment::Home },
    };
    Ruling { rule, reason }
}

fn reason(seat: &Seat, journey: &Journey, proof: Proof<'_>) -> Reason {
    let (from, to) = (member(&seat.country, ""), member(&journey.country, &journey.postal_code));
    let stays = match (from, to) {
        (Some(from), Some(to)) => from == to,
        // A part of a member state that is outside of its VAT is abroad.
        (Some(_), None) => false,
        (None, _) => seat.country == journey.country,
    };
    match (from, to) {
        _ if stays => Reason::Home,
        _ if journey.is_collected => Reason::Collected,
        (Some(from), Some(_)) => within_union(from, proof),
        _ => Reason::Export,
    }
}

fn within_union(from: &str, proof: Proof<'_>) -> Reason {
    let (Proof::Given(id) | Proof::Confirmed(id)) = proof else { return Reason::NoVatId };
    // Greece writes EL on its invoices.
    let state = if id.country() == "EL" { "GR" } else { id.country() };
    let is_of_another = (EU.contains(&state) || state == NORTHERN_IRELAND) && state != from;
    match proof {
        _ if !is_of_another => Reason::VatIdElsewhere,
        Proof::Confirmed(_) => Reason::WithinUnion,
        _ => Reason::VatIdUnconfirmed,
    }
}

const NORTHERN_IRELAND: &str = "XI";

/// The member state for whose VAT a place counts; `None` outside of the union's.
fn member<'a>(country: &'a Country, postal_code: &str) -> Option<&'a str> {
    let code: String = postal_code.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_uppercase();
    match country.as_str() {
        "MC" => Some("FR"),
        NORTHERN_IRELAND => Some(NORTHERN_IRELAND),
        "GB" if code.starts_with("BT") => Some(NORTHERN_IRELAND),
        state if EU.contains(&state) && !is_outside(state, &code) => Some(state),
        _ => None,
    }
}

/// Territories of member states in which the union's VAT does not hold, by postal code: Büsingen and Heligoland; the Canary
/// Islands, Ceuta and Melilla; the French overseas departments; Mount Athos; Campione and Livigno; Åland.
fn is_outside(state: &str, code: &str) -> bool {
    let begins = |with: &[&str]| with.iter().any(|with| code.starts_with(with));
    match (state, code.len()) {
        ("DE", 5) => begins(&["78266", "27498"]),
        ("ES", 5) => begins(&["35", "38", "510", "520"]),
        ("FR", 5) => begins(&["971", "972", "973", "974", "976"]),
        ("GR", 5) => begins(&["63086"]),
        ("IT", 5) => begins(&["22061", "23041"]),
        ("FI", 5) => begins(&["22"]),
        _ => false,
    }
}
