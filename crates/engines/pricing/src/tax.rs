//! Which tax a company pays on goods sent from the merchant's country.
//!
//! Sources: Council Directive 2006/112/EC (the VAT Directive), Article 138 (supplies to a business in another member
//! state are exempt and the buyer accounts for the tax, Articles 40 and 196 ff.; the buyer must have given its VAT id,
//! Article 138(1)(b) as amended by Directive (EU) 2018/1910), Article 146 (exports are exempt), Article 2 (otherwise tax
//! is due at home). A company without VAT id in another member state is charged the home rate, as Article 32 has it below
//! the threshold of Article 59c.

use kernel::{Country, Rate};
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

/// The tax on goods that a merchant in `merchant_country` sells to a company in `buyer_country`.
pub fn rule(merchant_country: &Country, home_rate: Rate, buyer_country: &Country, has_vat_id: bool) -> TaxRule {
    let in_eu = |country: &Country| EU.contains(&country.as_str());
    if merchant_country == buyer_country {
        return TaxRule { rate: home_rate, treatment: Treatment::Home };
    }
    if !in_eu(merchant_country) || !in_eu(buyer_country) {
        return TaxRule { rate: Rate::ZERO, treatment: Treatment::Export };
    }
    if has_vat_id {
        return TaxRule { rate: Rate::ZERO, treatment: Treatment::ReverseCharge };
    }
    TaxRule { rate: home_rate, treatment: Treatment::Home }
}
