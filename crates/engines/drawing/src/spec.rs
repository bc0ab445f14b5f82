//! What a picture shows: the shape of a product and the dimensions that make it recognisable.

use serde::{Deserialize, Serialize};

/// A length in hundredths of a millimetre, so that 1.78 mm and 1 m are both whole numbers.
pub type Length = i64;

/// What to draw. It is stored with the product as JSON and drawn when the picture is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "snake_case")]
pub enum Spec {
    /// Any screw or bolt: seen from the side and from its head.
    Screw(Screw),
    /// A nut: seen from above and from the side.
    Nut(Nut),
    /// A washer: seen from above and in section.
    Washer(Washer),
    /// A threaded rod.
    Rod {
        /// Thread diameter.
        thread: Length,
        /// Length of the rod.
        length: Length,
        /// What it is made of.
        metal: Metal,
    },
    /// A blind rivet.
    Rivet {
        /// Diameter of the body.
        diameter: Length,
        /// Length of the body.
        length: Length,
        /// Diameter of the head.
        head: Length,
        /// What it is made of.
        metal: Metal,
    },
    /// A rolling bearing in section.
    Bearing(Bearing),
    /// A valve, from the side.
    Valve(Valve),
    /// A pipe fitting.
    Fitting(Fitting),
    /// A cable with its cores bared.
    Cable(Cable),
    /// An O-ring: seen from above and in section.
    ORing {
        /// Inner diameter.
        inner: Length,
        /// Diameter of the cord.
        section: Length,
        /// Colour of the rubber.
        colour: Colour,
    },
    /// A radial shaft seal: seen from above and in section.
    ShaftSeal {
        /// Diameter of the shaft.
        shaft: Length,
        /// Outer diameter.
        outer: Length,
        /// Width.
        width: Length,
    },
    /// A hose, cut to show its layers.
    Hose {
        /// Inner diameter.
        inner: Length,
        /// Outer diameter.
        outer: Length,
        /// Layers of wire or textile.
        braids: u8,
        /// Colour of the cover.
        colour: Colour,
    },
    /// Something to wear.
    Wear {
        /// Which.
        garment: Garment,
        /// Its colour.
        colour: Colour,
        /// The size printed on it, e.g. `9`, `43`, `XL`; may be empty.
        size: String,
    },
    /// A plain carton with a label, for whatever has no shape of its own.
    Carton {
        /// The text on the label; may be empty.
        label: String,
    },
}

/// A screw, a bolt or a set screw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screw {
    /// The form of the head.
    pub head: Head,
    /// The form of the drive.
    pub drive: Drive,
    /// Thread diameter.
    pub thread: Length,
    /// Nominal length.
    pub length: Length,
    /// How much of the length carries thread.
    pub threaded: Length,
    /// Diameter of the head, or its width across flats for hexagons.
    pub head_width: Length,
    /// Height of the head.
    pub head_height: Length,
    /// What it is made of.
    pub metal: Metal,
}

/// The form of a screw's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Head {
    /// A hexagon.
    Hexagon,
    /// A hexagon with a flange.
    Flange,
    /// A cylinder.
    Cylinder,
    /// A low dome.
    Button,
    /// A cone, flush with the surface.
    Countersunk,
    /// A rounded cylinder.
    Pan,
    /// A dome on a square neck.
    Carriage,
    /// No head: a set screw.
    Headless,
}

/// What turns a screw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drive {
    /// The head itself, or nothing.
    None,
    /// A hexagon socket.
    Hexagon,
    /// A six-lobed socket.
    Lobed,
    /// A cross recess.
    Cross,
    /// A slot.
    Slot,
}

/// A nut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nut {
    /// Its form.
    pub form: NutForm,
    /// Thread diameter.
    pub thread: Length,
    /// Width across flats.
    pub across_flats: Length,
    /// Height.
    pub height: Length,
    /// What it is made of.
    pub metal: Metal,
}

/// The form of a nut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NutForm {
    /// A plain hexagon.
    Hexagon,
    /// A hexagon with a polyamide ring.
    Locking,
    /// A hexagon with a flange.
    Flange,
    /// A hexagon with a dome.
    Cap,
    /// Two wings.
    Wing,
}

/// A washer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Washer {
    /// Its form.
    pub form: WasherForm,
    /// The thread it belongs to.
    pub thread: Length,
    /// Inner diameter.
    pub inner: Length,
    /// Outer diameter.
    pub outer: Length,
    /// Thickness.
    pub thickness: Length,
    /// What it is made of.
    pub metal: Metal,
}

/// The form of a washer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WasherForm {
    /// Flat.
    Flat,
    /// Split and sprung.
    Spring,
    /// With teeth.
    Toothed,
}

/// A rolling bearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bearing {
    /// What rolls and how.
    pub form: BearingForm,
    /// Bore diameter.
    pub bore: Length,
    /// Outer diameter.
    pub outer: Length,
    /// Width (height for thrust bearings).
    pub width: Length,
    /// What closes it.
    pub seal: Seal,
}

/// The rolling elements of a bearing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BearingForm {
    /// Deep groove ball bearing.
    Ball,
    /// Angular contact ball bearing.
    Angular,
    /// Self-aligning ball bearing.
    SelfAligning,
    /// Cylindrical roller bearing.
    Cylindrical,
    /// Tapered roller bearing.
    Tapered,
    /// Spherical roller bearing.
    Spherical,
    /// Thrust ball bearing.
    Thrust,
    /// Drawn cup needle bearing.
    Needle,
}

/// What closes the side of a bearing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seal {
    /// Nothing.
    Open,
    /// Metal shields.
    Shields,
    /// Rubber seals.
    Seals,
}

/// A valve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Valve {
    /// Its kind.
    pub form: ValveForm,
    /// How it is joined to the pipe.
    pub joint: Joint,
    /// Nominal diameter in whole millimetres (DN).
    pub nominal: u16,
    /// Face-to-face length.
    pub length: Length,
    /// What the body is made of.
    pub metal: Metal,
}

/// The kind of a valve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValveForm {
    /// A ball, turned by a lever.
    Ball,
    /// A gate, moved by a hand wheel.
    Gate,
    /// A disc on a seat, moved by a hand wheel.
    Globe,
    /// A flap that lets through one way.
    Check,
    /// A turning disc.
    Butterfly,
    /// A strainer with an inclined leg.
    Strainer,
}

/// How something is joined to a pipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Joint {
    /// A pipe thread.
    Thread,
    /// Flanges.
    Flange,
    /// Clamped between flanges.
    Wafer,
    /// Pressed.
    Press,
    /// A cutting or clamping ring with a nut.
    Compression,
    /// Welded or soldered.
    Weld,
}

/// A pipe fitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fitting {
    /// Its form.
    pub form: FittingForm,
    /// How it is joined to the pipe.
    pub joint: Joint,
    /// Outer diameter of the pipe.
    pub pipe: Length,
    /// Outer diameter of the second pipe; equal to `pipe` unless it reduces.
    pub second: Length,
    /// The size as it is called, e.g. `22 × 1/2"`; may be empty.
    pub label: String,
    /// What it is made of.
    pub metal: Metal,
}

/// The form of a fitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FittingForm {
    /// A bend of 90 degrees.
    Elbow,
    /// A bend of 45 degrees.
    Bend,
    /// A branch.
    Tee,
    /// A straight coupling.
    Coupling,
    /// A straight coupling between two sizes.
    Reducer,
    /// A screwed joint that can be opened.
    Union,
    /// An end cap.
    Cap,
    /// A double nipple.
    Nipple,
    /// A flange.
    Flange,
}

/// A cable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cable {
    /// Number of cores; a single-core wire has no jacket.
    pub cores: u8,
    /// Cross-section of one core in hundredths of a square millimetre.
    pub section: i64,
    /// Outer diameter.
    pub outer: Length,
    /// Colour of the jacket, or of the insulation of a single core.
    pub jacket: Colour,
    /// How the cores are told apart.
    pub marking: CoreMarking,
    /// Whether a braided screen lies under the jacket.
    pub screened: bool,
}

/// How the cores of a cable are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoreMarking {
    /// By colour (HD 308), with a green-yellow protective core from three cores on.
    Coloured,
    /// Black with numbers, and one green-yellow protective core.
    Numbered,
    /// By the colours of DIN 47100, without a protective core.
    Data,
}

/// Something to wear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Garment {
    /// A glove.
    Glove,
    /// A low safety shoe.
    Shoe,
    /// A safety boot.
    Boot,
    /// A rubber boot.
    Wellington,
    /// A helmet.
    Helmet,
    /// Glasses.
    Glasses,
    /// A vest.
    Vest,
    /// A jacket.
    Jacket,
    /// Trousers.
    Trousers,
    /// Ear muffs.
    EarMuffs,
    /// A filtering face piece.
    Mask,
}

/// What a part is made of, as far as one sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metal {
    /// Bare steel.
    Plain,
    /// Zinc plated or hot-dip galvanised steel.
    Zinc,
    /// Blackened steel.
    Black,
    /// Stainless steel.
    Stainless,
    /// Brass or bronze.
    Brass,
    /// Copper.
    Copper,
    /// Aluminium.
    Aluminium,
    /// Painted cast iron.
    Iron,
    /// Plastic.
    Plastic,
}

/// Colours of insulation, rubber and cloth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the variants are the colours themselves")]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    Black,
    Blue,
    Brown,
    Grey,
    GreenYellow,
    Red,
    White,
    Yellow,
    Orange,
    Green,
    Violet,
    Pink,
    Turquoise,
    Navy,
    Clear,
}
