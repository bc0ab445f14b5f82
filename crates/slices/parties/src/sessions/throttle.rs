//! Counting tries, before the password is looked at and in a transaction of its own, so that many at once are counted like
//! many in a row. What turns out to be right is given back.

use std::net::IpAddr;

use db::WriteTx;
use kernel::{Ctx, Outcome, Refused, UserId};

use super::rules::{Brake, FORGET};
use super::{Secret, SignInRefusal, store};

/// What a try is counted by, in the order in which the rows are taken.
#[derive(Debug, Clone)]
pub(super) struct Counted(Vec<(Brake, String)>);

/// From where somebody tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// A browser by which the person signed in before, by its mark.
    Browser,
    /// An address from which the person signed in before.
    Address,
    /// Anywhere else.
    Nowhere,
}

impl Counted {
    /// A sign-in as `email` from `address`, or from the browser with this mark.
    pub(super) fn sign_in(standing: Standing, email: &str, address: IpAddr, mark: Option<&str>) -> Self {
        let address = web::network(address).to_string();
        let pair = |place: &str| key(Brake::Pair, &[email, place]);
        let by_address = key(Brake::Address, &[&address]);
        Self(match (standing, mark) {
            // A stranger's tries are nothing to a browser that is known.
            (Standing::Browser, Some(mark)) => vec![pair(mark)],
            (Standing::Address | Standing::Browser, _) => vec![by_address, pair(&address)],
            (Standing::Nowhere, _) => vec![by_address, key(Brake::Person, &[email]), pair(&address)],
        })
    }

    /// A change of password by the person who is signed in.
    pub(super) fn change(person: UserId) -> Self {
        Self(vec![key(Brake::Pair, &["change", &person.to_string()])])
    }

    /// A link asked for from this address.
    pub(super) fn mail(address: IpAddr) -> Self {
        Self(vec![key(Brake::Mail, &[&web::network(address).to_string()])])
    }

    /// Counts one more, unless one has to wait: then it says for how many seconds, and counts nothing. Both are to be committed.
    pub(super) async fn count(&self, tx: &WriteTx, ctx: &Ctx) -> Outcome<i64> {
        store::forget_tries(tx, ctx.now.plus(-FORGET)).await?;
        let mut all = Vec::with_capacity(self.0.len());
        let mut wait = 0;
        for (brake, key) in &self.0 {
            let tries = store::tries(tx, key, ctx.now).await?.left(*brake, ctx.now);
            wait = wait.max(tries.seconds_to_wait(*brake, ctx.now));
            all.push((*brake, key, tries));
        }
        for (brake, key, tries) in all {
            let next = if wait == 0 { tries.and_one(brake, ctx.now) } else { tries };
            store::set_tries(tx, key, next).await?;
        }
        Ok(wait)
    }

    /// Gives back the try that was right: one less for what many share, none left for the person at this place.
    pub(super) async fn give_back(&self, tx: &WriteTx, ctx: &Ctx) -> Outcome<()> {
        for (brake, key) in &self.0 {
            match brake {
                Brake::Pair => store::clear_tries(tx, key).await?,
                _ => {
                    let tries = store::tries(tx, key, ctx.now).await?.left(*brake, ctx.now);
                    store::set_tries(tx, key, tries.less_one()).await?;
                }
            }
        }
        Ok(())
    }
}

/// 'Too often; wait so long.'
pub(super) fn wait(seconds: i64) -> Refused {
    SignInRefusal::Throttled.refused().with("seconds", seconds.to_string())
}

/// Forgets what was tried as `email`, by strangers and from where the person is now: who follows a link out of the own mail
/// has proved to be there, and does not wait for what was mistyped before.
pub(super) async fn forgive(tx: &WriteTx, email: &str, address: IpAddr, mark: Option<&str>) -> Outcome<()> {
    store::clear_tries(tx, &key(Brake::Person, &[email]).1).await?;
    let network = web::network(address).to_string();
    for place in [Some(network.as_str()), mark].into_iter().flatten() {
        store::clear_tries(tx, &key(Brake::Pair, &[email, place]).1).await?;
    }
    Ok(())
}

/// A key without anybody's address in the clear, of the same length whatever was typed.
fn key(brake: Brake, parts: &[&str]) -> (Brake, String) {
    (brake, format!("{} {}", brake.code(), Secret::hash_of(&parts.join("\n"))))
}
