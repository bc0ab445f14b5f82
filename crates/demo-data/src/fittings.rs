//! Pipe fittings: cutting ring, press, threaded and welded.

use drawing::{Fitting, FittingForm, Joint, Metal, Spec};
use kernel::Unit;

use crate::draft::{Draft, code, loose, millimetres, packs_of, plain, text, whole};
use crate::model::Text;
use crate::valves::joint_words;

type Words = (&'static str, &'static str);

/// A material of fittings: ends the SKU, words, look, cost in percent of the plain one, demand.
#[derive(Clone, Copy)]
struct Material {
    code: &'static str,
    words: Words,
    metal: Metal,
    cost: i64,
    demand: i64,
}

/// A form with its code, words, weight and cost in percent of a coupling.
type Form = (FittingForm, &'static str, Words, i64);

const ELBOW: Form = (FittingForm::Elbow, "EL", ("Elbow 90°", "Kolano 90°"), 125);
const BEND: Form = (FittingForm::Bend, "BE", ("Elbow 45°", "Kolano 45°"), 112);
const TEE: Form = (FittingForm::Tee, "TE", ("Tee", "Trójnik"), 175);
const COUPLING: Form = (FittingForm::Coupling, "CO", ("Coupling", "Złączka prosta"), 100);
const UNION: Form = (FittingForm::Union, "UN", ("Union", "Śrubunek"), 210);
const CAP: Form = (FittingForm::Cap, "CA", ("End cap", "Zaślepka"), 70);
const NIPPLE: Form = (FittingForm::Nipple, "NI", ("Double nipple", "Nypel"), 85);
const REDUCER: Form = (FittingForm::Reducer, "RE", ("Reducer", "Redukcja"), 95);

const STEEL_ZINC: Material = Material {
    code: "ST",
    words: ("steel, zinc-nickel", "stal, cynk-nikiel"),
    metal: Metal::Zinc,
    cost: 100,
    demand: 4,
};
const STAINLESS: Material = Material {
    code: "SS",
    words: ("stainless steel 1.4571", "stal nierdzewna 1.4571"),
    metal: Metal::Stainless,
    cost: 420,
    demand: -4,
};
const PRESS: [Material; 3] = [
    Material {
        code: "SS",
        words: ("stainless steel 1.4404", "stal nierdzewna 1.4404"),
        metal: Metal::Stainless,
        cost: 210,
        demand: 6,
    },
    Material { code: "CU", words: ("copper", "miedź"), metal: Metal::Copper, cost: 150, demand: 4 },
    Material {
        code: "CS",
        words: ("carbon steel, zinc plated", "stal ocynkowana"),
        metal: Metal::Zinc,
        cost: 80,
        demand: 8,
    },
];
const THREADED: [Material; 4] = [
    Material {
        code: "GJ",
        words: ("malleable iron, galvanised", "żeliwo ciągliwe ocynkowane"),
        metal: Metal::Zinc,
        cost: 60,
        demand: 14,
    },
    Material {
        code: "GJB",
        words: ("malleable iron, black", "żeliwo ciągliwe czarne"),
        metal: Metal::Black,
        cost: 52,
        demand: 0,
    },
    Material {
        code: "SS",
        words: ("stainless steel 1.4408", "stal nierdzewna 1.4408"),
        metal: Metal::Stainless,
        cost: 170,
        demand: 6,
    },
    Material { code: "MS", words: ("brass", "mosiądz"), metal: Metal::Brass, cost: 130, demand: 10 },
];

/// Outer diameters of tubes for cutting ring fittings, ISO 8434-1: light and heavy series.
const LIGHT: [i64; 10] = [6, 8, 10, 12, 15, 18, 22, 28, 35, 42];
const HEAVY: [i64; 10] = [6, 8, 10, 12, 14, 16, 20, 25, 30, 38];
/// Outer diameters of press fittings.
const PRESSED: [i64; 8] = [12, 15, 18, 22, 28, 35, 42, 54];
/// Pipe threads: name, code, outer diameter of the pipe in hundredths (EN 10255).
const PIPES: [(&str, &str, i64); 8] = [
    ("1/4\"", "14", 1_350),
    ("3/8\"", "38", 1_720),
    ("1/2\"", "12", 2_130),
    ("3/4\"", "34", 2_690),
    ("1\"", "1", 3_370),
    ("1 1/4\"", "114", 4_240),
    ("1 1/2\"", "112", 4_830),
    ("2\"", "2", 6_030),
];
/// DN, outer diameter and thickness in mm at PN 16 and PN 40, pipe in hundredths.
type FlangeRow = (i64, (i64, i64), (i64, i64), i64);

/// Weld neck flanges: EN 1092-1 type 11.
const FLANGES: [FlangeRow; 13] = [
    (15, (95, 16), (95, 16), 2_130),
    (20, (105, 18), (105, 18), 2_690),
    (25, (115, 18), (115, 18), 3_370),
    (32, (140, 18), (140, 18), 4_240),
    (40, (150, 18), (150, 18), 4_830),
    (50, (165, 18), (165, 20), 6_030),
    (65, (185, 18), (185, 22), 7_610),
    (80, (200, 20), (200, 24), 8_890),
    (100, (220, 20), (235, 24), 11_430),
    (125, (250, 22), (270, 26), 13_970),
    (150, (285, 22), (300, 28), 16_830),
    (200, (340, 24), (375, 34), 21_910),
    (250, (405, 26), (450, 38), 27_300),
];

/// One fitting, before it becomes a product.
struct Piece<'a> {
    sku: String,
    category: &'static str,
    standard: &'static str,
    form: &'a Form,
    joint: Joint,
    pipe: i64,
    second: i64,
    size: String,
    kind: Words,
    material: Material,
    demand: i64,
}

/// All fittings.
pub fn drafts(out: &mut Vec<Draft>) {
    for material in [STEEL_ZINC, STAINLESS] {
        for (series, tubes) in [("L", LIGHT), ("S", HEAVY)] {
            for form in [ELBOW, TEE, COUPLING, UNION, CAP] {
                out.extend(tubes.iter().map(|tube| cutting_ring(&form, series, *tube, material)));
            }
        }
    }
    for material in PRESS {
        for form in [ELBOW, BEND, TEE, COUPLING, UNION, CAP] {
            out.extend(PRESSED.iter().map(|tube| press(&form, *tube, *tube, material)));
        }
        out.extend(PRESSED.windows(2).map(|pair| press(&REDUCER, pair[1], pair[0], material)));
        out.extend(PRESSED.windows(3).map(|three| press(&REDUCER, three[2], three[0], material)));
    }
    for material in THREADED {
        for form in [ELBOW, BEND, TEE, COUPLING, UNION, CAP, NIPPLE] {
            out.extend(PIPES.iter().map(|pipe| threaded(&form, pipe, pipe, material)));
        }
        out.extend(PIPES.windows(2).map(|pair| threaded(&REDUCER, &pair[1], &pair[0], material)));
    }
    for flange in &FLANGES {
        for pressure in [16, 40] {
            out.extend([STEEL, STAINLESS_FLANGE].map(|material| weld_neck(flange, pressure, material)));
        }
    }
}

fn cutting_ring(form: &Form, series: &str, tube: i64, material: Material) -> Draft {
    draft(&Piece {
        sku: format!("CR-{}-{tube}{series}-{}", form.1, material.code),
        category: "compression-fittings",
        standard: "ISO 8434-1",
        form,
        joint: Joint::Compression,
        pipe: tube * 100,
        second: tube * 100,
        size: format!("{tube} {series}"),
        kind: ("cutting ring", "pierścień zacinający"),
        material,
        demand: if series == "L" { 30 } else { 24 },
    })
}

fn press(form: &Form, pipe: i64, second: i64, material: Material) -> Draft {
    let (code, size) = match pipe == second {
        true => (pipe.to_string(), pipe.to_string()),
        false => (format!("{pipe}X{second}"), format!("{pipe} × {second}")),
    };
    draft(&Piece {
        sku: format!("PF-{}-{code}-{}", form.1, material.code),
        category: "press-fittings",
        standard: "EN 1254-7",
        form,
        joint: Joint::Press,
        pipe: pipe * 100,
        second: second * 100,
        size: format!("{size} mm"),
        kind: ("press", "zaprasowywane"),
        material,
        demand: 36,
    })
}

fn threaded(form: &Form, pipe: &(&str, &str, i64), second: &(&str, &str, i64), material: Material) -> Draft {
    let (code, size) = match pipe.1 == second.1 {
        true => (pipe.1.to_string(), pipe.0.to_string()),
        false => (format!("{}X{}", pipe.1, second.1), format!("{} × {}", pipe.0, second.0)),
    };
    draft(&Piece {
        sku: format!("TF-{}-{code}-{}", form.1, material.code),
        category: "threaded-fittings",
        standard: if material.metal == Metal::Stainless { "ISO 4144" } else { "EN 10242" },
        form,
        joint: Joint::Thread,
        pipe: pipe.2,
        second: second.2,
        size,
        kind: ("pipe thread", "gwint rurowy"),
        material,
        demand: 32,
    })
}

fn draft(piece: &Piece<'_>) -> Draft {
    let (form, _, words, share) = *piece.form;
    let (pipe, material) = (piece.pipe, piece.material);
    // A wall of a tenth of the diameter and a length of two diameters; heavier joints weigh more.
    let joint = match piece.joint {
        Joint::Compression => 260,
        Joint::Thread => 170,
        _ => 90,
    };
    let weight_mg = 8_000 + pipe * pipe / 100 * pipe / 100 * joint / 100 * share / 100 / 16;
    let demand = match pipe {
        1_200..=2_900 => 10,
        2_901..=3_600 => 2,
        _ => -8,
    };
    let title = |name: &str, kind: &str, material: &str| format!("{name} {}, {kind}, {material}", piece.size);
    let pack = match weight_mg {
        ..=90_000 => 25,
        90_001..=300_000 => 10,
        _ => 5,
    };
    Draft {
        sku: piece.sku.clone(),
        category: piece.category,
        name: Text::new(title(words.0, piece.kind.0, material.words.0), title(words.1, piece.kind.1, material.words.1)),
        description: Text::new(
            format!("{} for pipe {} mm to {}, {}.", words.0, plain(pipe), piece.standard, material.words.0),
            format!("{} do rury {} mm według {}, {}.", words.1, plain(pipe), piece.standard, material.words.1),
        ),
        attributes: vec![
            code("standard", piece.standard),
            text("form", Text::new(words.0, words.1)),
            code("size", piece.size.clone()),
            millimetres("pipe_diameter", pipe),
            text("connection", joint_words(piece.joint)),
            text("material", Text::new(material.words.0, material.words.1)),
        ],
        packing: loose(Unit::Piece, pack, weight_mg),
        weight_mg,
        cost_micros: (420_000 + pipe * 330 + pipe * pipe / 8) * material.cost / 100 * share / 100,
        demand: piece.demand + material.demand + demand + 8,
        origins: &["DE", "IT", "PL", "CZ", "CN"],
        customs_code: match material.metal {
            Metal::Stainless => "73072980",
            Metal::Copper | Metal::Brass => "74122000",
            _ => "73079290",
        },
        sheet: piece.sku.split('-').next().unwrap_or("fitting").to_lowercase() + "-fittings",
        certificate: (piece.joint == Joint::Press)
            .then_some(("System approval certificate", "Certyfikat dopuszczenia systemu")),
        drawing: Spec::Fitting(Fitting {
            form,
            joint: piece.joint,
            pipe,
            second: piece.second,
            label: piece.size.clone(),
            metal: material.metal,
        }),
    }
}

const STEEL: Material =
    Material { code: "CS", words: ("steel P250GH", "stal P250GH"), metal: Metal::Plain, cost: 230, demand: 0 };
const STAINLESS_FLANGE: Material = Material {
    code: "SS",
    words: ("stainless steel 1.4571", "stal nierdzewna 1.4571"),
    metal: Metal::Stainless,
    cost: 880,
    demand: -6,
};

fn weld_neck(row: &FlangeRow, pressure: i64, material: Material) -> Draft {
    let &(nominal, light, heavy, pipe) = row;
    let (outer, thickness) = if pressure == 16 { light } else { heavy };
    // Disc less bore, and as much again of a third for the neck; mm³ of steel at 7.85 mg.
    let weight_mg = (outer * outer - pipe / 100 * pipe / 100) * thickness * 785 / 1_000 * 785 / 100 * 120 / 100;
    let title = format!("DN {nominal} PN {pressure}");
    Draft {
        sku: format!("FL11-DN{nominal}-PN{pressure}-{}", material.code),
        category: "flanges",
        name: Text::new(
            format!("Weld neck flange {title}, {}", material.words.0),
            format!("Kołnierz szyjkowy {title}, {}", material.words.1),
        ),
        description: Text::new(
            format!("Weld neck flange EN 1092-1 type 11, {title}, outer diameter {outer} mm, {}.", material.words.0),
            format!(
                "Kołnierz szyjkowy EN 1092-1 typ 11, {title}, średnica zewnętrzna {outer} mm, {}.",
                material.words.1
            ),
        ),
        attributes: vec![
            code("standard", "EN 1092-1"),
            whole("nominal_diameter", nominal),
            whole("nominal_pressure", pressure),
            whole("outer_diameter", outer),
            whole("thickness", thickness),
            text("connection", joint_words(Joint::Weld)),
            text("material", Text::new(material.words.0, material.words.1)),
        ],
        packing: packs_of(Unit::Piece, 1, weight_mg),
        weight_mg,
        cost_micros: 1_200_000 + weight_mg * material.cost / 100,
        demand: 26 + material.demand - if nominal > 100 { 14 } else { 0 },
        origins: &["IT", "PL", "CZ", "IN"],
        customs_code: if material.metal == Metal::Stainless { "73072100" } else { "73079100" },
        sheet: "en1092-1-type-11".into(),
        certificate: Some(("Inspection certificate EN 10204 3.1", "Świadectwo odbioru EN 10204 3.1")),
        drawing: Spec::Fitting(Fitting {
            form: FittingForm::Flange,
            joint: Joint::Weld,
            pipe,
            second: outer * 100,
            label: title,
            metal: material.metal,
        }),
    }
}
