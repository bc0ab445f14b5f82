//! What stands around every page: head, navigation, foot. Every page template extends `shell.html` and has a field
//! `shell` of type [`Shell`].

use kernel::{Amount, Outcome, Permission, Quantity, Rate, UnitPrice};

use crate::{App, ShellData, Visitor};

/// Whole numbers as templates hand them over: by value or through any number of references.
pub trait Count {
    /// The number; what does not fit stops at the largest.
    fn count(&self) -> i64;
}

macro_rules! count {
    ($($number:ty),+) => {$(
        impl Count for $number {
            fn count(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }
    )+};
}
count!(i32, i64, u32, u64, usize);

impl<N: Count> Count for &N {
    fn count(&self) -> i64 {
        (**self).count()
    }
}

/// The shell of one page.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The page's title.
    pub title: String,
    /// Who visits.
    pub visitor: Visitor,
    /// The merchant's name.
    pub merchant: String,
    /// The merchant's address lines.
    pub address: Vec<String>,
    /// The merchant's telephone.
    pub phone: String,
    /// The merchant's e-mail.
    pub email: String,
    /// The currency of guests' prices.
    pub currency: &'static str,
    /// What the slices put in.
    pub data: ShellData,
    /// What was searched for, to be kept in the search box.
    pub query: String,
}

impl Shell {
    /// The shell of a page with this title.
    ///
    /// # Errors
    /// What the slices' queries return.
    pub async fn load(app: &App, visitor: &Visitor, title: &str) -> Outcome<Self> {
        let data = app.shell_source().load(app, visitor).await?;
        Ok(Self { data, ..Self::bare(app, visitor, title) })
    }

    /// The shell without anything from the database.
    pub fn bare(app: &App, visitor: &Visitor, title: &str) -> Self {
        let settings = app.settings();
        Self {
            title: title.to_owned(),
            visitor: visitor.clone(),
            merchant: settings.name.clone(),
            address: settings.address.clone(),
            phone: settings.phone.clone(),
            email: settings.email.clone(),
            currency: settings.currency.code(),
            data: ShellData::default(),
            query: String::new(),
        }
    }

    /// The text of a key.
    pub fn t(&self, key: &str) -> String {
        self.visitor.locale.text(key)
    }

    /// The text of a key with the count, as `$n` and `$count`.
    pub fn tn<N: Count>(&self, key: &str, n: &N) -> String {
        let n = n.count();
        self.visitor.locale.text_with(key, &[("n", n.into()), ("count", n.into())])
    }

    /// The text of a key with one named value.
    pub fn ta(&self, key: &str, name: &str, value: &str) -> String {
        self.visitor.locale.text_with(key, &[(name, value.into())])
    }

    /// The text of a key with two named values.
    pub fn ta2(&self, key: &str, name: &str, value: &str, name2: &str, value2: &str) -> String {
        self.visitor.locale.text_with(key, &[(name, value.into()), (name2, value2.into())])
    }

    /// The name of a role by its code.
    pub fn role(&self, code: &str) -> String {
        self.t(&format!("role-{code}"))
    }

    /// An amount without its currency.
    pub fn amount(&self, amount: &Amount) -> String {
        self.visitor.locale.amount(*amount)
    }

    /// An amount with its currency.
    pub fn money(&self, amount: &Amount) -> String {
        self.visitor.locale.money(*amount)
    }

    /// A unit price without its currency.
    pub fn price(&self, price: &UnitPrice) -> String {
        self.visitor.locale.unit_price(*price)
    }

    /// A quantity without its unit.
    pub fn quantity(&self, quantity: &Quantity) -> String {
        self.visitor.locale.quantity(*quantity)
    }

    /// A quantity with its unit.
    pub fn quantity_unit(&self, quantity: &Quantity) -> String {
        self.visitor.locale.quantity_unit(*quantity)
    }

    /// A whole number.
    pub fn number<N: Count>(&self, n: &N) -> String {
        self.visitor.locale.number(n.count())
    }

    /// A rate in percent.
    pub fn percent(&self, rate: &Rate) -> String {
        self.visitor.locale.percent(*rate)
    }

    /// The language code for `<html lang>`.
    pub fn lang(&self) -> &'static str {
        self.visitor.locale.language().code()
    }

    /// All languages: code, own name, whether it is the present one.
    pub fn languages(&self) -> Vec<(&'static str, &'static str, bool)> {
        let present = self.visitor.locale.language();
        i18n::Language::ALL.iter().map(|l| (l.code(), l.name(), *l == present)).collect()
    }

    /// Whether the visitor buys (as against staff and guests).
    pub fn buys(&self) -> bool {
        self.visitor.may(Permission::Buy) && self.visitor.actor.company.is_some()
    }

    /// Whether the visitor may work on the desk.
    pub fn desk(&self) -> bool {
        self.visitor.may(Permission::UseDesk)
    }

    /// Whether the visitor may use the office.
    pub fn office(&self) -> bool {
        self.visitor.may(Permission::ManagePrices) || self.visitor.may(Permission::ManageCatalog)
    }

    /// Whether the visitor may see the companies that buy here, and their orders.
    pub fn sees_companies(&self) -> bool {
        self.visitor.may(Permission::ViewCompanies)
    }

    /// Whether the visitor may see the catalogue with its costs.
    pub fn sees_products(&self) -> bool {
        self.visitor.may(Permission::ViewCosts)
    }

    /// Whether the visitor may set prices.
    pub fn prices(&self) -> bool {
        self.visitor.may(Permission::ManagePrices)
    }

    /// Whether the visitor may set the negotiation policy.
    pub fn policy(&self) -> bool {
        self.visitor.may(Permission::ManagePolicy)
    }

    /// Whether the visitor may see the company's account.
    pub fn account(&self) -> bool {
        self.visitor.may(Permission::ViewCompany)
    }

    /// Whether the visitor may see the system's state.
    pub fn system(&self) -> bool {
        self.visitor.may(Permission::RunSystem)
    }

    /// The signed-in person's name; empty for guests.
    pub fn person(&self) -> &str {
        self.visitor.person.as_ref().map_or("", |p| &p.name)
    }

    /// Initials for the face.
    pub fn initials(&self) -> String {
        self.person().split_whitespace().filter_map(|w| w.chars().next()).take(2).collect()
    }

    /// The company's name; empty for guests and staff.
    pub fn company(&self) -> &str {
        self.visitor.person.as_ref().map_or("", |p| &p.company_name)
    }

    /// The unit's name; empty for none.
    pub fn unit(&self) -> &str {
        self.visitor.person.as_ref().map_or("", |p| &p.unit_name)
    }

    /// The message to show once; empty for none.
    pub fn flash(&self) -> String {
        self.visitor.flash.as_ref().map(|key| self.t(&format!("flash-{key}"))).unwrap_or_default()
    }

    /// Where what was just done is undone; empty for nowhere.
    pub fn undo(&self) -> &str {
        self.visitor.undo.as_deref().filter(|_| self.visitor.flash.is_some()).unwrap_or_default()
    }

    /// `aria-current="page"` for the menu entry of a path.
    pub fn here(&self, prefix: &str) -> bool {
        let path = self.visitor.path.split('?').next().unwrap_or_default();
        path == prefix || (prefix.len() > 1 && path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('/')))
    }

    /// The URL of an asset with its content hash.
    pub fn asset(&self, name: &str) -> String {
        crate::asset_url(name)
    }
}
