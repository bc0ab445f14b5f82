//! A carton for what has no shape of its own.

use crate::canvas::Canvas;
use crate::palette::{GRIP, INK, SOFT};

/// A closed carton with tape and a label.
pub fn carton(canvas: &mut Canvas, label: &str) {
    canvas.path("M200 48L330 98L200 148L70 98Z", "#ecdcc0");
    canvas.path("M70 98L200 148V272L70 218Z", "#dcc6a0");
    canvas.path("M330 98L200 148V272L330 218Z", "#cbb289");
    canvas.path("M128 70L258 120V154L278 146V112L146 64Z", "#f4ead8");
    canvas.path("M92 150L172 182V232L92 200Z", "#ffffff");
    for (top, right) in [(162.0, 158.0), (174.0, 146.0), (186.0, 152.0)] {
        canvas.hairline((102.0, top + 4.0), (right, top + 4.0 + (right - 102.0) * 0.4), SOFT, 2.0);
    }
    canvas.path("M236 222V196M228 202L236 194L244 202", "none");
    canvas.path("M268 210V184M260 190L268 182L276 190", "none");
    canvas.hairline((222.0, 236.0), (282.0, 212.0), INK, 2.0);
    canvas.words((200.0, 294.0), label, 15.0, GRIP.shade);
}
