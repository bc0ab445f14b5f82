//! Cables and hoses.

use crate::canvas::{Canvas, Trace, label, mm};
use crate::palette::{INK, Tone, colour, metal};
use crate::spec::{Cable, Colour, CoreMarking, Length, Metal};

/// At most so many cores are drawn; the label tells how many there are.
const CORES_DRAWN: u8 = 9;

/// A cable with its cores bared towards the right.
pub fn cable(canvas: &mut Canvas, cable: &Cable) {
    if cable.cores <= 1 {
        wire(canvas, cable);
    } else {
        multicore(canvas, cable);
    }
    let area = label(cable.section);
    if !area.is_empty() {
        let by = if has_protective_core(cable) { "G" } else { "×" };
        let text = if cable.cores <= 1 { format!("{area} mm²") } else { format!("{} {by} {area} mm²", cable.cores) };
        canvas.text((200.0, 272.0), &text);
    }
}

fn has_protective_core(cable: &Cable) -> bool {
    cable.cores >= 3 && cable.marking != CoreMarking::Data
}

/// The colour of a core by its place.
fn core(cable: &Cable, place: u8, drawn: u8) -> Colour {
    const COLOURED: [Colour; 4] = [Colour::Brown, Colour::Black, Colour::Grey, Colour::Blue];
    const DATA: [Colour; 10] = [
        Colour::White,
        Colour::Brown,
        Colour::Green,
        Colour::Yellow,
        Colour::Grey,
        Colour::Pink,
        Colour::Blue,
        Colour::Red,
        Colour::Black,
        Colour::Violet,
    ];
    match cable.marking {
        CoreMarking::Data => DATA[usize::from(place) % DATA.len()],
        _ if has_protective_core(cable) && place == drawn / 2 => Colour::GreenYellow,
        CoreMarking::Numbered => Colour::Black,
        CoreMarking::Coloured if cable.cores <= 3 => {
            if place == 0 {
                Colour::Brown
            } else {
                Colour::Blue
            }
        }
        CoreMarking::Coloured if cable.cores > 5 => Colour::Black,
        CoreMarking::Coloured => {
            let place = if place > drawn / 2 { place - 1 } else { place };
            COLOURED[usize::from(place) % 4]
        }
    }
}

fn multicore(canvas: &mut Canvas, cable: &Cable) {
    let drawn = cable.cores.min(CORES_DRAWN);
    let jacket = colour(cable.jacket);
    let y = 130.0;
    let girth = (42.0 + mm(cable.outer).min(60.0) * 1.1).clamp(46.0, 96.0);
    let spread = (190.0 / f64::from(drawn - 1)).min(58.0);
    let thick = (spread * 0.62).min(girth * 0.4).clamp(9.0, 26.0);
    let collar = if cable.screened { 214.0 } else { 172.0 };
    let place_of = |place: u8| f64::from(place) - f64::from(drawn - 1) / 2.0;
    // Under the jacket they lie within it.
    let nearness = (girth * 0.8 - thick - 6.0).max(0.0) / f64::from(drawn - 1);
    // From the edges to the middle, so that the middle lies on top.
    let mut order: Vec<u8> = (0..drawn).collect();
    order.sort_by(|a, b| place_of(*b).abs().total_cmp(&place_of(*a).abs()));
    for place in order {
        let (near, far) = (y + place_of(place) * nearness, y + place_of(place) * spread);
        let path = Trace::from((collar - 26.0, near)).curve(
            (collar + 50.0, near),
            (collar + 50.0, far),
            (collar + 104.0, far),
        );
        let end = collar + 104.0;
        canvas.bar((end - 3.0, far - thick * 0.32), (34.0, thick * 0.64), 2.0, &metal(Metal::Copper));
        let core = core(cable, place, drawn);
        let path = path.open();
        canvas.tube(&path, thick, &colour(core));
        if core == Colour::GreenYellow {
            canvas.stroke(&path, "#3f9a5b", thick * 0.34);
        }
        canvas.hairline((end, far - thick / 2.0 - 2.0), (end, far + thick / 2.0 + 2.0), INK, 2.0);
    }
    if cable.screened {
        screen(canvas, (156.0, collar), y, girth * 0.84);
    }
    sheath(canvas, 172.0, y, girth, &jacket);
}

/// The jacket from the left edge to where it is cut.
fn sheath(canvas: &mut Canvas, right: f64, y: f64, girth: f64, tone: &Tone) {
    canvas.bar((14.0, y - girth / 2.0), (right - 14.0, girth), 3.0, tone);
    // It goes on to the left: two waves instead of an edge.
    let wave = Trace::from((13.0, y - girth / 2.0 - 2.0))
        .curve((26.0, y - girth * 0.25), (2.0, y + girth * 0.2), (15.0, y + girth / 2.0 + 2.0))
        .to((8.0, y + girth / 2.0 + 2.0))
        .to((8.0, y - girth / 2.0 - 2.0));
    canvas.patch(&wave.closed(), "#ffffff");
    let edge = Trace::from((15.0, y - girth / 2.0)).curve(
        (26.0, y - girth * 0.25),
        (4.0, y + girth * 0.2),
        (15.0, y + girth / 2.0),
    );
    canvas.path(&edge.open(), "none");
}

/// A braid of tinned copper.
fn screen(canvas: &mut Canvas, (left, right): (f64, f64), y: f64, girth: f64) {
    let tone = metal(Metal::Copper);
    canvas.bar((left, y - girth / 2.0), (right - left, girth), 1.0, &metal(Metal::Zinc));
    braid(canvas, (left + 16.0, right), y, girth, tone.shade);
}

/// Crossing threads.
fn braid(canvas: &mut Canvas, (left, right): (f64, f64), y: f64, girth: f64, colour: &str) {
    let (top, bottom, lean) = (y - girth / 2.0 + 1.0, y + girth / 2.0 - 1.0, girth * 0.6);
    let mut x = left - lean;
    while x < right {
        for (from, to) in [(x, x + lean), (x + lean, x)] {
            // Cut each thread at the edges of the braid.
            let cut = |x: f64| x.clamp(left, right);
            let at = |x: f64| top + (x - from) / (to - from) * (bottom - top);
            if cut(from) != cut(to) {
                canvas.hairline((cut(from), at(cut(from))), (cut(to), at(cut(to))), colour, 1.3);
            }
        }
        x += 9.0;
    }
}

/// A single core: a coil, and its bared end.
fn wire(canvas: &mut Canvas, cable: &Cable) {
    let tone = colour(cable.jacket);
    let thick = (13.0 + mm(cable.outer).min(24.0)).clamp(14.0, 30.0);
    let (x, y) = (168.0, 128.0);
    let is_striped = cable.jacket == Colour::GreenYellow;
    let mut loops = vec![];
    for turn in [0.0, 1.0, 2.0] {
        let (wide, tall) = (112.0 - turn * (thick + 1.0) * 0.9, 84.0 - turn * (thick + 1.0) * 0.9);
        loops.push(
            Trace::from((x - wide, y))
                .curve((x - wide, y - tall * 1.33), (x + wide, y - tall * 1.33), (x + wide, y))
                .curve((x + wide, y + tall * 1.33), (x - wide, y + tall * 1.33), (x - wide, y))
                .open(),
        );
    }
    let tail =
        Trace::from((x - 20.0, y + 84.0)).curve((x + 60.0, y + 92.0), (x + 90.0, y + 70.0), (x + 168.0, y + 84.0));
    for path in &loops {
        canvas.tube(path, thick, &tone);
        if is_striped {
            canvas.stroke(path, "#3f9a5b", thick * 0.34);
        }
    }
    let (end, level) = (x + 168.0, y + 84.0);
    canvas.bar((end - 2.0, level - thick * 0.32), (42.0, thick * 0.64), 2.0, &metal(Metal::Copper));
    for strand in [-0.12, 0.08] {
        canvas.hairline((end, level + thick * strand), (end + 38.0, level + thick * strand), INK, 0.8);
    }
    let tail = tail.open();
    canvas.tube(&tail, thick, &tone);
    if is_striped {
        canvas.stroke(&tail, "#3f9a5b", thick * 0.34);
    }
    canvas.hairline((end, level - thick / 2.0 - 2.0), (end, level + thick / 2.0 + 2.0), INK, 2.0);
}

/// A hose: cover, layers of braid, lining.
pub fn hose(canvas: &mut Canvas, (inner, outer): (Length, Length), braids: u8, cover: Colour) {
    let (y, girth) = (128.0, 116.0);
    let bore = girth * (mm(inner) / mm(outer).max(mm(inner) * 1.05)).clamp(0.3, 0.92);
    let tone = colour(cover);
    let lining = colour(Colour::Black);
    canvas.bar((230.0, y - bore * 0.54), (116.0, bore * 1.08), 2.0, &lining);
    let mouth = Trace::from((346.0, y - bore * 0.54))
        .curve((362.0, y - bore * 0.4), (362.0, y + bore * 0.4), (346.0, y + bore * 0.54))
        .curve((332.0, y + bore * 0.4), (332.0, y - bore * 0.4), (346.0, y - bore * 0.54));
    canvas.path(&mouth.closed(), "#2a3138");
    let layers = f64::from(braids.clamp(1, 4));
    let mut layer = 0.0;
    while layer < layers {
        let share = (layer + 1.0) / (layers + 1.0);
        let tall = bore * 1.08 + (girth - bore * 1.08) * share;
        let right = 306.0 - layer * 110.0 / layers;
        canvas.bar((180.0, y - tall / 2.0), (right - 180.0, tall), 1.0, &metal(Metal::Zinc));
        braid(canvas, (186.0, right), y, tall, "#5f6b75");
        layer += 1.0;
    }
    sheath(canvas, 190.0, y, girth, &tone);
    let value = label(inner);
    if !value.is_empty() {
        canvas.text((200.0, 262.0), &format!("Ø {value} / {} mm", label(outer)));
    }
}
