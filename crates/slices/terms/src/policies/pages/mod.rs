//! The policy in the office: the version in force, the draft part by part, its way to publication.

pub(super) mod draft;
pub(super) mod editor;
pub(super) mod published;
pub(super) mod sections;
pub(super) mod text;

use db::ReadTx;
use i18n::Locale;
use kernel::{Outcome, UserId};
use negotiation_engine::Policy;
use web::App;

use super::conditions::Known;
use super::form::Part;
use super::{Example, PolicyState, PolicyVersion, queries};
use crate::cost_model;
use crate::costs::DealCosts;

/// A tab of the draft.
struct Tab {
    href: String,
    label: String,
    is_here: bool,
}

/// The tabs of the draft; `here` is the address of the page.
fn tabs(locale: &Locale, here: &str) -> Vec<Tab> {
    let tab = |href: String, key: &str| Tab { is_here: href == here, label: locale.text(key), href };
    let parts = Part::ALL.map(|part| tab(part.href(), &format!("policy-tab-{}", part.code())));
    let first = [tab("/office/policy/draft".into(), "policy-tab-changes")];
    let mut rest = [
        tab("/office/policy/draft/sections".into(), "policy-tab-sections"),
        tab("/office/policy/draft/text".into(), "policy-tab-text"),
    ];
    rest[0].is_here |= here.starts_with("/office/policy/draft/sections/");
    first.into_iter().chain(parts).chain(rest).collect()
}

/// What the pages of a draft are made from.
struct Loaded {
    published: PolicyVersion,
    draft: Option<PolicyVersion>,
    known: Known,
    costs: DealCosts,
}

impl Loaded {
    async fn load(app: &App) -> Outcome<Self> {
        let tx = app.db().read().await?;
        Ok(Self {
            published: queries::published(&tx).await?,
            draft: queries::draft(&tx).await?,
            known: Known::load(&tx).await?,
            costs: cost_model::queries::current(&tx).await?,
        })
    }

    /// What is edited: the draft, or the published version that it will begin from.
    fn policy(&self) -> &Policy {
        self.draft.as_ref().map_or(&self.published.policy, |draft| &draft.policy)
    }

    /// The deal that is shown where none was typed.
    fn example(&self) -> Example {
        Example::at_costs(self.policy().currency, self.costs)
    }

    fn number(&self) -> i64 {
        self.draft.as_ref().map_or(self.published.number + 1, |draft| draft.number)
    }

    /// The version that a form sends back; empty when there is no draft yet.
    fn version(&self) -> String {
        self.draft.as_ref().map_or_else(String::new, |draft| draft.version.to_string())
    }

    fn head(&self, locale: &Locale, here: &str) -> Head {
        let state = self.draft.as_ref().map_or(PolicyState::Draft, |draft| draft.state);
        let number = self.published.number.to_string();
        Head {
            title: locale.text_with("policy-draft-of", &[("number", self.number().to_string().into())]),
            state: locale.text(&format!("policy-state-{}", state.code())),
            class: state_class(state),
            meta: match &self.draft {
                Some(_) => locale.text_with("policy-against", &[("number", number.into())]),
                None => locale.text_with("policy-not-begun", &[("number", number.into())]),
            },
            tabs: tabs(locale, here),
            has_draft: self.draft.is_some(),
        }
    }
}

/// The head of every page of the draft.
struct Head {
    title: String,
    state: String,
    class: &'static str,
    meta: String,
    tabs: Vec<Tab>,
    has_draft: bool,
}

fn state_class(state: PolicyState) -> &'static str {
    match state {
        PolicyState::Draft => "warn",
        PolicyState::Simulated | PolicyState::Approved => "info",
        PolicyState::Published => "ok",
        PolicyState::Retired | PolicyState::Variant => "",
    }
}

/// The name of a person of ours.
async fn name_of(tx: &ReadTx, id: Option<UserId>, locale: &Locale) -> Outcome<String> {
    let person = match id {
        Some(id) => parties::people::queries::member(tx, id).await?,
        None => None,
    };
    Ok(person.map_or_else(|| locale.text("policy-by-system"), |person| person.name))
}
