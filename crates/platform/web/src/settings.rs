//! What a merchant sets once for the installation. Read by the binary from file, environment and flags.

use kernel::Currency;
use serde::{Deserialize, Serialize};

use crate::Proxies;

/// What people see who are not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuestPrices {
    /// The general price list.
    List,
    /// No prices.
    None,
}

/// The merchant's settings.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The merchant's name, as in the page head.
    pub name: String,
    /// The legal name and address, one line each, as in the page foot.
    pub address: Vec<String>,
    /// Telephone for customers.
    pub phone: String,
    /// E-mail for customers and the sender of mails.
    pub email: String,
    /// The currency of the general price list.
    pub currency: Currency,
    /// ISO 3166-1 alpha-2 code of the country whose VAT is charged at home.
    pub country: String,
    /// VAT at home, in percent, as text such as `23`.
    pub vat_percent: String,
    /// Language of guests, `en` or `pl`.
    pub language: String,
    /// IANA time zone of the merchant: prices begin and end at its midnight, the desk keeps its hours, guests see its times.
    pub time_zone: String,
    /// What guests see.
    pub guest_prices: GuestPrices,
    /// The address under which browsers reach this installation, for links in mails. No slash at the end.
    pub base_url: String,
    /// Further names under which browsers reach it, such as `shop.example`.
    pub other_hosts: Vec<String>,
    /// Other machines that product pictures come from, such as `pictures.example`; browsers load them from nowhere else.
    pub picture_hosts: Vec<String>,
    /// Whether cookies are marked `Secure` and bound to this host; set it wherever TLS ends before Kontor. They are anyway
    /// when `base_url` begins with `https://`.
    pub secure_cookies: bool,
    /// The proxies in front, whose `X-Forwarded-For` says who calls; with commas between them. Without it all who come by a
    /// proxy are one address to the limits on signing in.
    pub trusted_proxies: Proxies,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: "Kontor".into(),
            address: Vec::new(),
            phone: String::new(),
            email: "shop@kontor.example".into(),
            currency: Currency::Eur,
            country: "PL".into(),
            vat_percent: "23".into(),
            language: "en".into(),
            time_zone: "Europe/Warsaw".into(),
            guest_prices: GuestPrices::List,
            base_url: "http://127.0.0.1:8080".into(),
            other_hosts: Vec::new(),
            picture_hosts: Vec::new(),
            secure_cookies: false,
            trusted_proxies: Proxies::default(),
        }
    }
}
