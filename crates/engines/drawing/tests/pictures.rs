//! Pictures are well-formed, the same each time, and stand any dimension.

use drawing::{
    Bearing, BearingForm, Cable, Colour, CoreMarking, Drive, Fitting, FittingForm, Garment, Head, Icon, Joint, Length,
    Metal, Nut, NutForm, Screw, Seal, Spec, Valve, ValveForm, Washer, WasherForm, draw, icon,
};
use proptest::prelude::*;

const HEADS: [Head; 8] = [
    Head::Hexagon,
    Head::Flange,
    Head::Cylinder,
    Head::Button,
    Head::Countersunk,
    Head::Pan,
    Head::Carriage,
    Head::Headless,
];
const DRIVES: [Drive; 5] = [Drive::None, Drive::Hexagon, Drive::Lobed, Drive::Cross, Drive::Slot];
const NUTS: [NutForm; 5] = [NutForm::Hexagon, NutForm::Locking, NutForm::Flange, NutForm::Cap, NutForm::Wing];
const WASHERS: [WasherForm; 3] = [WasherForm::Flat, WasherForm::Spring, WasherForm::Toothed];
const BEARINGS: [BearingForm; 8] = [
    BearingForm::Ball,
    BearingForm::Angular,
    BearingForm::SelfAligning,
    BearingForm::Cylindrical,
    BearingForm::Tapered,
    BearingForm::Spherical,
    BearingForm::Thrust,
    BearingForm::Needle,
];
const VALVES: [ValveForm; 6] =
    [ValveForm::Ball, ValveForm::Gate, ValveForm::Globe, ValveForm::Check, ValveForm::Butterfly, ValveForm::Strainer];
const JOINTS: [Joint; 6] = [Joint::Thread, Joint::Flange, Joint::Wafer, Joint::Press, Joint::Compression, Joint::Weld];
const FITTINGS: [FittingForm; 9] = [
    FittingForm::Elbow,
    FittingForm::Bend,
    FittingForm::Tee,
    FittingForm::Coupling,
    FittingForm::Reducer,
    FittingForm::Union,
    FittingForm::Cap,
    FittingForm::Nipple,
    FittingForm::Flange,
];
const GARMENTS: [Garment; 11] = [
    Garment::Glove,
    Garment::Shoe,
    Garment::Boot,
    Garment::Wellington,
    Garment::Helmet,
    Garment::Glasses,
    Garment::Vest,
    Garment::Jacket,
    Garment::Trousers,
    Garment::EarMuffs,
    Garment::Mask,
];

/// Every shape in every form, with these lengths and this text.
fn all(d: [Length; 5], text: &str) -> Vec<Spec> {
    let metal = Metal::Brass;
    let mut specs = vec![
        Spec::Rod { thread: d[0], length: d[1], metal },
        Spec::Rivet { diameter: d[0], length: d[1], head: d[2], metal },
        Spec::ORing { inner: d[0], section: d[1], colour: Colour::Red },
        Spec::ShaftSeal { shaft: d[0], outer: d[1], width: d[2] },
        Spec::Carton { label: text.into() },
    ];
    for head in HEADS {
        specs.extend(DRIVES.map(|drive| {
            let [thread, length, threaded, head_width, head_height] = d;
            Spec::Screw(Screw { head, drive, thread, length, threaded, head_width, head_height, metal })
        }));
    }
    specs.extend(NUTS.map(|form| Spec::Nut(Nut { form, thread: d[0], across_flats: d[1], height: d[2], metal })));
    specs.extend(
        WASHERS
            .map(|form| Spec::Washer(Washer { form, thread: d[0], inner: d[1], outer: d[2], thickness: d[3], metal })),
    );
    for seal in [Seal::Open, Seal::Shields, Seal::Seals] {
        specs.extend(BEARINGS.map(|form| Spec::Bearing(Bearing { form, bore: d[0], outer: d[1], width: d[2], seal })));
    }
    for joint in JOINTS {
        let nominal = u16::try_from(d[0].clamp(0, 65_535)).unwrap_or(0);
        specs.extend(VALVES.map(|form| Spec::Valve(Valve { form, joint, nominal, length: d[1], metal })));
        specs.extend(
            FITTINGS.map(|form| {
                Spec::Fitting(Fitting { form, joint, pipe: d[0], second: d[1], label: text.into(), metal })
            }),
        );
    }
    for marking in [CoreMarking::Coloured, CoreMarking::Numbered, CoreMarking::Data] {
        specs.extend([0, 1, 2, 3, 5, 12, 255].map(|cores| {
            let jacket = Colour::GreenYellow;
            Spec::Cable(Cable { cores, section: d[0], outer: d[1], jacket, marking, screened: cores > 4 })
        }));
    }
    specs.extend([0, 1, 2, 255].map(|braids| Spec::Hose { inner: d[0], outer: d[1], braids, colour: Colour::Black }));
    specs.extend(GARMENTS.map(|garment| Spec::Wear { garment, colour: Colour::Orange, size: text.into() }));
    specs
}

/// Tags are balanced, attributes quoted and unique, text escaped, numbers finite and near the frame.
fn check(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        check_text(&rest[..start]);
        let end = rest.find('>').expect("every tag is closed");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "tags are balanced");
            continue;
        }
        let (body, is_empty) = tag.strip_suffix('/').map_or((tag, false), |body| (body, true));
        let (name, attributes) = body.split_once(' ').unwrap_or((body, ""));
        let parts: Vec<&str> = attributes.split('"').collect();
        assert_eq!(parts.len() % 2, 1, "attributes are quoted: {tag}");
        for value in parts.iter().skip(1).step_by(2) {
            check_text(value);
            if value.starts_with('#') {
                continue;
            }
            for number in value.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')) {
                let parsed: Result<f64, _> = number.parse();
                assert!(parsed.is_err() || parsed.is_ok_and(|n| n.abs() <= 4_000.0), "{number} in {tag}");
            }
        }
        if !is_empty {
            open.push(name);
        }
    }
    assert!(open.is_empty() && rest.is_empty());
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    assert!(svg.len() < 60_000, "{} bytes", svg.len());
}

fn check_text(text: &str) {
    assert!(!text.contains('>') && !text.chars().any(char::is_control), "{text:?}");
    for after in text.split('&').skip(1) {
        let name = after.split(';').next().unwrap_or("");
        assert!(["amp", "lt", "gt", "quot", "#39"].contains(&name), "{text:?}");
    }
}

#[test]
fn usual_dimensions() {
    for spec in all([800, 4_000, 2_200, 1_300, 530], "22 × 1/2\"") {
        let svg = draw(&spec);
        check(&svg);
        assert_eq!(svg, draw(&spec));
        assert!(svg.starts_with("<svg ") && svg.contains(r#"viewBox="0 0 400 300""#));
    }
}

#[test]
fn hostile_dimensions_and_texts() {
    let values = [0, 1, -1, 7, 1_000, i64::MAX, i64::MIN];
    for first in values {
        for second in values {
            for spec in all([first, second, first, second, first], "<script>&\"'\u{0}]]>\u{ffff}") {
                check(&draw(&spec));
            }
        }
    }
}

#[test]
fn specs_read_back_from_json() {
    for spec in all([800, 4_000, 2_200, 1_300, 530], "x") {
        let json = serde_json::to_string(&spec).unwrap();
        assert_eq!(serde_json::from_str::<Spec>(&json).unwrap(), spec, "{json}");
    }
}

#[test]
fn icons() {
    for kind in Icon::ALL {
        let svg = icon(kind);
        check(&svg);
        assert!(svg.contains("currentColor"));
        assert_eq!(Icon::parse(kind.code()), Some(kind));
        assert_eq!(Icon::ALL.into_iter().filter(|other| icon(*other) == svg).count(), 1, "{kind:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_dimensions(d in proptest::array::uniform5(-10_i64..20_000_000), text in ".{0,40}") {
        for spec in all(d, &text) {
            check(&draw(&spec));
        }
    }
}
