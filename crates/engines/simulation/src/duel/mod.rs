//! Duels: the engine bargains with scripted buyers, so that a tactic can be judged before real buyers meet it.
//!
//! A [`Scene`] is one deal with all that either side knows about it. Its outcomes span a space, whose Pareto front and
//! Nash point are what agreements are measured against ([`Space`], [`frontier`]). [`duel`] lets one kind of buyer talk
//! to one policy, at the door of a [`Company`], where colleagues share their negotiation as they do in the product.
//! [`tournament`] does so for every kind and many scenes.
//!
//! The measures are those of the automated negotiating agents competition: Baarslag, Fujita, Gerding, Hindriks, Ito,
//! Jennings, Jonker, Kraus, Lin, Robu and Williams (2013), 'Evaluating practical negotiating agents: results and analysis
//! of the 2011 international competition', Artificial Intelligence 198.

mod buyers;
mod company;
mod frontier;
mod scene;
mod space;
mod surplus;
mod talk;
mod tournament;

pub use buyers::BuyerKind;
pub use company::Company;
pub use frontier::{Point, distance_to_front, frontier, nash_point};
pub use scene::{Scene, Worth};
pub use space::Space;
pub use talk::{Duel, Ending, duel, honest_price};
pub use tournament::{Cell, Row, Table, seller_tactics, tournament};
