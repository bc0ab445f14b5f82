//! Product pictures: clean SVGs drawn from a shape and its dimensions, and icons for categories.
//!
//! [`draw`] turns a [`Spec`] into a picture of fixed ratio (400 × 300) on a transparent ground, made to lie on white:
//! ink lines two pixels wide, quiet tints for what a thing is made of, and one accent for dimensions. Nothing is looked
//! up and nothing fails: dimensions out of any proportion are bent into the frame.
#![warn(missing_docs)]

mod bearing;
mod cable;
mod canvas;
mod carton;
mod fasteners;
mod fitting;
mod icon;
mod palette;
mod seal;
mod spec;
mod valve;
mod wear;

pub use icon::Icon;
pub use spec::{
    Bearing, BearingForm, Cable, Colour, CoreMarking, Drive, Fitting, FittingForm, Garment, Head, Joint, Length, Metal,
    Nut, NutForm, Screw, Seal, Spec, Valve, ValveForm, Washer, WasherForm,
};

use canvas::Canvas;

/// The picture of a product.
pub fn draw(spec: &Spec) -> String {
    let mut canvas = Canvas::default();
    match spec {
        Spec::Screw(screw) => fasteners::screw(&mut canvas, screw),
        Spec::Nut(nut) => fasteners::nut(&mut canvas, nut),
        Spec::Washer(washer) => fasteners::washer(&mut canvas, washer),
        Spec::Rod { thread, length, metal } => fasteners::rod(&mut canvas, (*thread, *length), *metal),
        Spec::Rivet { diameter, length, head, metal } => {
            fasteners::rivet(&mut canvas, (*diameter, *length), *head, *metal);
        }
        Spec::Bearing(bearing) => bearing::bearing(&mut canvas, bearing),
        Spec::Valve(valve) => valve::valve(&mut canvas, valve),
        Spec::Fitting(fitting) => fitting::fitting(&mut canvas, fitting),
        Spec::Cable(cable) => cable::cable(&mut canvas, cable),
        Spec::Hose { inner, outer, braids, colour } => cable::hose(&mut canvas, (*inner, *outer), *braids, *colour),
        Spec::ORing { inner, section, colour } => seal::o_ring(&mut canvas, *inner, *section, *colour),
        Spec::ShaftSeal { shaft, outer, width } => seal::shaft_seal(&mut canvas, *shaft, *outer, *width),
        Spec::Wear { garment, colour, size } => wear::wear(&mut canvas, *garment, *colour, size),
        Spec::Carton { label } => carton::carton(&mut canvas, label),
    }
    canvas.finish()
}

/// The picture of a category, on a grid of 24 × 24, in the colour of the text around it.
pub fn icon(icon: Icon) -> String {
    icon::icon(icon)
}
