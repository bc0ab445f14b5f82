//! Requests for quotation of the story's customer: one that waits with a drawing, one with two answers.

use kernel::{Email, Quantity, Rounding, Unit, UnitPrice};

use super::drawing::{self, Flange};
use crate::model::{
    DemoCompany, Drawing, OrderType, Product, QuoteAnswer, QuoteCase, QuoteLine, QuoteVersion, SupplierQuestion,
};
use crate::negotiations::price_less;
use crate::orders::next_weekday;

const DAY_MINUTES: i64 = 24 * 60;

pub(super) fn quotes(demo: &DemoCompany) -> Vec<QuoteCase> {
    [answered(demo), waiting(demo)].into_iter().flatten().collect()
}

/// What a supplier is asked for a case at the desk.
pub(super) fn for_case() -> SupplierQuestion {
    SupplierQuestion {
        email: email("projektpreise@werkvertrieb-elbe.example"),
        note: "Our customer compares two makers and decides this week. A special price for this quantity would keep the order \
               with you.",
        percent: 92,
        granted: None,
    }
}

/// Half a house of steel: asked last week, answered, countered, answered again; it stands.
fn answered(demo: &DemoCompany) -> Option<QuoteCase> {
    let (plate, hose) = (product(demo, "ETO-PLATE-BASE-20")?, product(demo, "ETO-HOSE-ASSY-2SN")?);
    let (plates, hoses, pipes) = (pieces(16), pieces(40), pieces(6));
    let spool = demo.products.iter().find(|p| p.sku.as_str() == "ETO-SPACER-SS")?;
    let answers = |permille: i64| {
        let quoted = |of: &Product, note| QuoteAnswer {
            sku: Some(of.sku.clone()),
            price: Some(price_less(of.list_price, permille)),
            cost: None,
            lead_days: i64::from(of.lead_time_days),
            note,
        };
        vec![
            quoted(plate, "With measurement report. Primed, colour on request."),
            QuoteAnswer { price: Some(price_less(hose.list_price, 40)), ..quoted(hose, "") },
            QuoteAnswer {
                lead_days: 25,
                price: Some(whole_euro(spool.list_price, 14)),
                cost: spool.unit_cost.map(|cost| whole_euro(cost, 14)),
                sku: None,
                note: "Certificate 3.1 included.",
            },
        ]
    };
    let line = |sku: Option<&Product>, description, quantity| QuoteLine {
        sku: sku.map(|product| product.sku.clone()),
        description,
        quantity,
        need_by: Some(next_weekday(demo.today.plus_days(45))),
        drawing: None,
    };
    let version = |after_days, valid_days, message, permille| QuoteVersion {
        target: (after_days > 2).then(|| price_less(plate.list_price, 90)),
        after_days,
        valid_days,
        message,
        answers: answers(permille),
    };
    Some(QuoteCase {
        company: demo.story.company,
        buyer: demo.story.buyer.clone(),
        rep: demo.story.rep.clone(),
        minutes_ago: 9 * DAY_MINUTES + 140,
        project: "Boiler house Elbląg, phase 2",
        comment: "Steel work and connections as in phase 1. One delivery to Elbląg, please.",
        lines: vec![
            line(Some(plate), "As drawing WM-PLATE-BASE-20, hole pattern of phase 1", plates),
            line(Some(hose), "Length 1,850 mm, both ends DKOL 18x1.5", hoses),
            line(None, "Spool piece DN 80, P235GH, flanged at both ends, length 640 mm, certificate 3.1", pipes),
        ],
        support: Some((
            1,
            SupplierQuestion {
                email: email("oferty@blachy-podhale.example"),
                note: "Sixteen base plates of 20 mm for a follow-up order; phase 1 went to you.",
                percent: 90,
                granted: Some((94, "Valid for this project, all sixteen in one lot.")),
            },
        )),
        versions: vec![
            version(2, 30, "Prices for delivery in one lot to Elbląg, freight included.", 20),
            version(5, 28, "We met your target for the plates halfway; the rest stands as before.", 45),
        ],
    })
}

/// Asked this morning, with a drawing: nobody has answered yet.
fn waiting(demo: &DemoCompany) -> Option<QuoteCase> {
    let shaft = product(demo, "ETO-SHAFT-60")?;
    let is_actuated = |product: &&Product| product.sku.as_str().ends_with("-PNEU") && product.unit_cost.is_some();
    let valve = demo.products.iter().filter(|p| p.order_type != OrderType::Stock).find(is_actuated)?;
    let flange = Flange {
        number: "KA-1187",
        title: "Special flange DN 150, P265GH",
        outer: 300,
        circle: 250,
        bore: 161,
        holes: 8,
        hole: 26,
        thickness: 32,
    };
    let drawing = Drawing { name: "KA-1187-B flange DN150.pdf".into(), bytes: drawing::pdf(&flange) };
    let line = |sku: Option<&Product>, description, quantity, days| QuoteLine {
        sku: sku.map(|product| product.sku.clone()),
        description,
        quantity,
        need_by: Some(next_weekday(demo.today.plus_days(days))),
        drawing: None,
    };
    Some(QuoteCase {
        company: demo.story.company,
        buyer: demo.story.buyer.clone(),
        rep: demo.story.rep.clone(),
        minutes_ago: 190,
        project: "Heat exchanger skid, line 4",
        comment: "We hand in our own bid in two weeks. Alternatives are welcome where they are in stock.",
        lines: vec![
            QuoteLine {
                drawing: Some(drawing),
                ..line(None, "Special flange DN 150 as drawing KA-1187, P265GH, certificate 3.1", pieces(24), 40)
            },
            line(Some(shaft), "Length 1,420 mm, ends as drawing WM-SHAFT-60", pieces(4), 40),
            line(Some(valve), "Spring return, fail closed", pieces(8), 54),
        ],
        support: Some((
            3,
            SupplierQuestion {
                email: email("projects@vistra-actuators.example"),
                note: "Eight actuated valves for one skid; two more skids are planned for next year.",
                percent: 90,
                granted: None,
            },
        )),
        versions: Vec::new(),
    })
}

fn product<'a>(demo: &'a DemoCompany, sku: &str) -> Option<&'a Product> {
    demo.products.iter().find(|product| product.sku.as_str() == sku && product.unit_cost.is_some())
}

fn pieces(count: i64) -> Quantity {
    Quantity::whole(count, Unit::Piece)
}

/// So many times a price, in whole euro.
fn whole_euro(price: UnitPrice, times: i64) -> UnitPrice {
    UnitPrice::new(price.micros().saturating_mul(times), price.currency()).to_tick(1_000_000, Rounding::HalfUp)
}

fn email(text: &str) -> Email {
    Email::parse(text).expect("addresses of the demo are valid")
}
