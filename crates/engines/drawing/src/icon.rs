//! Icons of categories: lines on a grid of 24, in the colour of the text around them.

use serde::{Deserialize, Serialize};

/// Pictures of categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Icon {
    /// Screws and bolts.
    Bolt,
    /// Nuts.
    Nut,
    /// Washers.
    Washer,
    /// Threaded rods.
    Rod,
    /// Rivets.
    Rivet,
    /// Bearings.
    Bearing,
    /// Valves.
    Valve,
    /// Pipe fittings.
    Fitting,
    /// Cables and wires.
    Cable,
    /// Seals.
    Seal,
    /// Hoses.
    Hose,
    /// Gloves.
    Glove,
    /// Footwear.
    Boot,
    /// Head protection.
    Helmet,
    /// Eye protection.
    Glasses,
    /// Clothing.
    Vest,
    /// Anything else.
    Carton,
}

impl Icon {
    /// Every icon.
    pub const ALL: [Self; 17] = [
        Self::Bolt,
        Self::Nut,
        Self::Washer,
        Self::Rod,
        Self::Rivet,
        Self::Bearing,
        Self::Valve,
        Self::Fitting,
        Self::Cable,
        Self::Seal,
        Self::Hose,
        Self::Glove,
        Self::Boot,
        Self::Helmet,
        Self::Glasses,
        Self::Vest,
        Self::Carton,
    ];

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bolt => "bolt",
            Self::Nut => "nut",
            Self::Washer => "washer",
            Self::Rod => "rod",
            Self::Rivet => "rivet",
            Self::Bearing => "bearing",
            Self::Valve => "valve",
            Self::Fitting => "fitting",
            Self::Cable => "cable",
            Self::Seal => "seal",
            Self::Hose => "hose",
            Self::Glove => "glove",
            Self::Boot => "boot",
            Self::Helmet => "helmet",
            Self::Glasses => "glasses",
            Self::Vest => "vest",
            Self::Carton => "carton",
        }
    }

    /// The icon with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|icon| icon.code() == code)
    }
}

/// The icon as a document.
pub fn icon(icon: Icon) -> String {
    format!(
        concat!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" fill="none" "#,
            r#"stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">"#,
            r#"<path d="{}"/></svg>"#
        ),
        path(icon)
    )
}

fn path(icon: Icon) -> &'static str {
    match icon {
        Icon::Bolt => "M5 4h14v5H5zM9.5 4v5M14.5 4v5M9 9v9.5L12 21l3-2.5V9M9 12.5l6-1.5M9 16l6-1.5",
        Icon::Nut => "M7.2 4h9.6l4.8 8-4.8 8H7.2l-4.8-8zM8 12a4 4 0 1 0 8 0 4 4 0 1 0-8 0",
        Icon::Washer => "M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0M8 12a4 4 0 1 0 8 0 4 4 0 1 0-8 0",
        Icon::Rod => "M2.5 9h19v6h-19zM6 9l-1 6M10 9l-1 6M14 9l-1 6M18 9l-1 6",
        Icon::Rivet => "M7 6.5h10C17 4 15 3 12 3S7 4 7 6.5zM9 6.5h6V16H9zM10.5 16h3v2.5a1.5 1.5 0 0 1-3 0z",
        Icon::Bearing => concat!(
            "M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0M8.8 12a3.2 3.2 0 1 0 6.4 0 3.2 3.2 0 1 0-6.4 0",
            "M12 6h.01M12 18h.01M6 12h.01M18 12h.01M7.8 7.8h.01M16.2 16.2h.01M7.8 16.2h.01M16.2 7.8h.01"
        ),
        Icon::Valve => {
            "M2.5 11v8M21.5 11v8M2.5 12.5h4.5M17 12.5h4.5M2.5 17.5h4.5M17 17.5h4.5M7 15a5 5 0 1 0 10 0 5 5 0 1 0-10 0M12 10V5M10 5h11"
        }
        Icon::Fitting => "M3 4v9M3 5.5h8a8 8 0 0 1 8 8V20M11 21v-6.5a2.5 2.5 0 0 0-2.5-2.5H3M9.5 20.5h11",
        Icon::Cable => "M2 9h8v6H2M10 10c4 0 4-5 9-5M10 12h9M10 14c4 0 4 5 9 5M19 5h3M19 12h3M19 19h3",
        Icon::Seal => "M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0M6 12a6 6 0 1 0 12 0 6 6 0 1 0-12 0",
        Icon::Hose => "M4 20v-8a8 8 0 0 1 16 0v8M9 20v-8a3 3 0 0 1 6 0v8M3 20h7M14 20h7",
        Icon::Glove => {
            "M7.5 17.5L6 11V6.5a1.3 1.3 0 0 1 2.6 0V10M8.6 10V4.3a1.3 1.3 0 0 1 2.6 0V10M11.2 10V3.8a1.3 1.3 0 0 1 2.6 0V10M13.8 10V5.3a1.3 1.3 0 0 1 2.6 0V12l1.7-1.8a1.3 1.3 0 0 1 2 1.7L17 17.5M7.5 17.5H17V21H7.5z"
        }
        Icon::Boot => "M5 3h7v8l3 2.5c2 1.3 6 .8 6 4.5H5zM5 18v3h6l1-1.5 1 1.5h8v-3M9 6.5h3M9 9.5h3",
        Icon::Helmet => "M3 16a9 9 0 0 1 18 0M2 16h20v2.5H2zM9.5 7.4V4.5h5v2.9M9.5 7.4V12M14.5 7.4V12",
        Icon::Glasses => {
            "M2.5 9c6-1.5 13-1.5 19 0 .3 4-.8 7-4.5 7-3 0-3.5-3-5-3s-2 3-5 3c-3.7 0-4.8-3-4.5-7zM2.5 10L1.5 13M21.5 10l1 3"
        }
        Icon::Vest => {
            "M8.5 3L5 4.5v4C5 10 4 10.5 4 12v9h16v-9c0-1.5-1-2-1-3.5v-4L15.5 3c-.5 2-1.7 3-3.5 3S9 5 8.5 3zM12 6v15M4 14.5h16M4 17.5h16"
        }
        Icon::Carton => "M12 3l9 4v10l-9 4-9-4V7zM3 7l9 4 9-4M12 11v10M7.5 5l9 4v3.5",
    }
}
