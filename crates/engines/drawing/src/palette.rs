//! Colours: ink for lines, one accent, quiet tints for what things are made of.

use crate::spec::{Colour, Metal};

/// Lines.
pub const INK: &str = "#1b2430";
/// Dimensions, axes and grips: deep sea green.
pub const ACCENT: &str = "#00747c";
/// Holes: what one sees through is the ground.
pub const PAPER: &str = "#ffffff";
/// Thin lines that are not outlines.
pub const SOFT: &str = "#7c8791";
/// Recesses and shadows.
pub const DEEP: &str = "#4a545e";
/// Rubber.
pub const RUBBER: Tone = Tone { base: "#4b535c", light: "#69727c", shade: "#383f47" };
/// The grip of levers and wheels.
pub const GRIP: Tone = Tone { base: "#00868f", light: "#3fa9b0", shade: "#00666d" };

/// Three tints of one material.
#[derive(Debug, Clone, Copy)]
pub struct Tone {
    /// Most of it.
    pub base: &'static str,
    /// Where the light falls.
    pub light: &'static str,
    /// Away from the light.
    pub shade: &'static str,
}

/// The tints of a metal.
pub fn metal(metal: Metal) -> Tone {
    match metal {
        Metal::Plain => Tone { base: "#d3d9dd", light: "#eceff1", shade: "#b4bdc4" },
        Metal::Zinc => Tone { base: "#dfe6ea", light: "#f6f9fa", shade: "#c2cdd4" },
        Metal::Black => Tone { base: "#5a636c", light: "#7b858f", shade: "#454d55" },
        Metal::Stainless => Tone { base: "#e6eaeb", light: "#fafbfb", shade: "#cbd3d6" },
        Metal::Brass => Tone { base: "#e9d394", light: "#f7ebc4", shade: "#d0b366" },
        Metal::Copper => Tone { base: "#dfa781", light: "#f1cdb3", shade: "#c4855b" },
        Metal::Aluminium => Tone { base: "#e9ecef", light: "#fbfcfc", shade: "#d2d8dc" },
        Metal::Iron => Tone { base: "#7f96a6", light: "#a6b8c4", shade: "#647b8b" },
        Metal::Plastic => Tone { base: "#dde2e5", light: "#f3f5f6", shade: "#c5ccd1" },
    }
}

/// The tints of a colour.
pub fn colour(colour: Colour) -> Tone {
    match colour {
        Colour::Black => Tone { base: "#4b535c", light: "#6c757f", shade: "#383f47" },
        Colour::Blue => Tone { base: "#4384c4", light: "#79abdb", shade: "#2f6aa4" },
        Colour::Brown => Tone { base: "#96694a", light: "#b88d70", shade: "#7a5238" },
        Colour::Grey => Tone { base: "#aab3ba", light: "#c9d0d5", shade: "#8c969e" },
        Colour::GreenYellow => Tone { base: "#f2d64b", light: "#f9e88f", shade: "#d6b92f" },
        Colour::Red => Tone { base: "#d0584e", light: "#e58b83", shade: "#ad423a" },
        Colour::White => Tone { base: "#f6f7f7", light: "#ffffff", shade: "#dfe3e5" },
        Colour::Yellow => Tone { base: "#f2d64b", light: "#f9e88f", shade: "#d6b92f" },
        Colour::Orange => Tone { base: "#f0913a", light: "#f8ba82", shade: "#d27626" },
        Colour::Green => Tone { base: "#57a873", light: "#8cc7a1", shade: "#3f8a59" },
        Colour::Violet => Tone { base: "#8d6bb3", light: "#b39bcd", shade: "#715295" },
        Colour::Pink => Tone { base: "#e7aabb", light: "#f2cdd7", shade: "#cf8b9f" },
        Colour::Turquoise => Tone { base: "#5dbab9", light: "#97d4d3", shade: "#439b9a" },
        Colour::Navy => Tone { base: "#465a82", light: "#7183a7", shade: "#334566" },
        Colour::Clear => Tone { base: "#e8f1f3", light: "#f8fbfc", shade: "#cfdfe3" },
    }
}
