//! The textbook case, to the cent.
mod common;
use common::*;
use negotiation_engine::*;

#[test]
fn show() {
    let d = World::textbook().decide();
    println!("{:#?}", d);
}
