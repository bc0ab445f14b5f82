//! Metric fasteners by standard, size, length and material.

mod finish;
mod nuts;
mod screws;
mod tables;
mod tables_nuts;

use crate::draft::Draft;

/// All fasteners.
pub fn drafts(out: &mut Vec<Draft>) {
    screws::drafts(out);
    nuts::drafts(out);
}
