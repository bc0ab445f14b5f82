//! Who acts, for which company and unit, through which door, and what that person may do.

use serde::{Deserialize, Serialize};

use crate::{CompanyId, Failure, Outcome, RefusalKind, Refused, UnitId, UserId};

/// What a person is in a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Finds, negotiates and orders.
    Buyer,
    /// Runs the company's account: users, units, addresses. Also buys.
    CompanyAdmin,
    /// Decides what the rules do not cover. Any rep may answer for any company: a company's own rep is who gets its cases
    /// first, and not a fence, or nobody could stand in for somebody who is ill. How much a rep may give is limited by
    /// authority, and who has decided is written down.
    SalesRep,
    /// Sets price lists and negotiation policy.
    PricingManager,
    /// Runs the merchant's installation.
    MerchantAdmin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] =
        [Self::Buyer, Self::CompanyAdmin, Self::SalesRep, Self::PricingManager, Self::MerchantAdmin];

    /// The stored code; `role-<code>` is the key of its name in the message catalogues.
    pub fn code(self) -> &'static str {
        match self {
            Self::Buyer => "buyer",
            Self::CompanyAdmin => "company_admin",
            Self::SalesRep => "sales_rep",
            Self::PricingManager => "pricing_manager",
            Self::MerchantAdmin => "merchant_admin",
        }
    }

    /// The role with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }

    /// Roles of the seller's own people.
    pub fn is_staff(self) -> bool {
        matches!(self, Self::SalesRep | Self::PricingManager | Self::MerchantAdmin)
    }

    /// What the role may do.
    pub fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Buyer => &[P::Buy, P::Negotiate, P::ViewCompany],
            Self::CompanyAdmin => &[P::Buy, P::Negotiate, P::ViewCompany, P::ManageCompany],
            Self::SalesRep => &[P::UseDesk, P::ViewCosts, P::ViewCompanies],
            Self::PricingManager => &[P::UseDesk, P::ViewCosts, P::ViewCompanies, P::ManagePrices, P::ManagePolicy],
            Self::MerchantAdmin => &[
                P::UseDesk,
                P::ViewCosts,
                P::ViewCompanies,
                P::ManagePrices,
                P::ManagePolicy,
                P::ManageCatalog,
                P::ManageCompanies,
                P::RunSystem,
            ],
        }
    }
}

/// A set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles(u8);

impl Roles {
    /// The set with `role` added.
    #[must_use]
    pub fn with(self, role: Role) -> Self {
        Self(self.0 | 1 << role as u8)
    }

    /// Whether `role` is in the set.
    pub fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    /// The roles in the set, in the order of [`Role::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |r| self.has(*r))
    }

    /// Whether any role in the set grants `permission`.
    pub fn allow(self, permission: Permission) -> bool {
        self.iter().any(|r| r.permissions().contains(&permission))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::default(), Self::with)
    }
}

/// What one may be allowed to do. Asked at the door of each use case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Carts, checkout and own orders.
    Buy,
    /// Asking for a better price and taking offers.
    Negotiate,
    /// Seeing the own company's account.
    ViewCompany,
    /// Changing the own company's users, units and addresses.
    ManageCompany,
    /// Working on the desk.
    UseDesk,
    /// Seeing costs, floors, margins and traces.
    ViewCosts,
    /// Seeing the companies that buy here.
    ViewCompanies,
    /// Changing price lists and contracts.
    ManagePrices,
    /// Editing and publishing the negotiation policy.
    ManagePolicy,
    /// Changing products and categories.
    ManageCatalog,
    /// Changing companies and rep assignment.
    ManageCompanies,
    /// Imports, settings, metrics.
    RunSystem,
}

/// What a route asks of the visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone, signed in or not.
    Public,
    /// Anyone who is signed in.
    SignedIn,
    /// Those who hold the permission.
    Needs(Permission),
}

/// The door through which a command came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// A page.
    Page,
    /// The JSON interface.
    Api,
    /// The system itself: a job, an import, a command line.
    System,
}

impl Via {
    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Api => "api",
            Self::System => "system",
        }
    }
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The signed-in person; `None` for guests and for the system itself.
    pub user: Option<UserId>,
    /// The company for which the person acts; `None` for guests and staff.
    pub company: Option<CompanyId>,
    /// The unit of that company, when the person belongs to one.
    pub unit: Option<UnitId>,
    /// What the person may do.
    pub roles: Roles,
    /// Through which door.
    pub via: Via,
}

impl Actor {
    /// Someone who is not signed in.
    pub fn guest(via: Via) -> Self {
        Self { user: None, company: None, unit: None, roles: Roles::default(), via }
    }

    /// The system itself; may do everything.
    pub fn system() -> Self {
        Self { user: None, company: None, unit: None, roles: Role::ALL.into_iter().collect(), via: Via::System }
    }

    /// Whether the actor may.
    pub fn may(&self, permission: Permission) -> bool {
        self.roles.allow(permission)
    }

    /// Refuses actors who may not.
    ///
    /// # Errors
    /// The refusal `not-allowed`.
    pub fn must(&self, permission: Permission) -> Outcome<()> {
        if self.may(permission) { Ok(()) } else { Err(Refused::plain("not-allowed", RefusalKind::Forbidden).into()) }
    }

    /// The signed-in person.
    ///
    /// # Errors
    /// The refusal `sign-in-required`.
    pub fn user(&self) -> Outcome<UserId> {
        self.user.ok_or_else(|| Refused::plain("sign-in-required", RefusalKind::SignInRequired).into())
    }

    /// The company for which the person buys.
    ///
    /// # Errors
    /// The refusal `no-company`: guests and staff do not buy.
    pub fn company(&self) -> Outcome<CompanyId> {
        self.company.ok_or_else(|| Failure::from(Refused::plain("no-company", RefusalKind::Forbidden)))
    }

    /// One of the seller's own people (or the system).
    pub fn is_staff(&self) -> bool {
        self.roles.iter().any(Role::is_staff)
    }
}
