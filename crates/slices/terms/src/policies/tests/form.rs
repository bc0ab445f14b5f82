//! The forms: a policy survives each of them, what is wrong stands at its field, conditions turn without loss.

use i18n::{Language, Locale};
use negotiation_engine::{Policy, ProductCondition};
use web::Fields;

use super::file::full;
use crate::policies::form::{self, Axes, Part};
use crate::policies::shape::{Field, POLICY, SECTION, Shape};
use crate::policies::{Subject, rules};

fn axes(policy: &Policy) -> Axes {
    Axes::of(policy, &["standard".to_owned()], &["A".to_owned()])
}

fn fields(policy: &Policy, part: Part, locale: &Locale) -> Fields {
    Fields::of(form::values(policy, part, &axes(policy), locale).into_iter().collect()).written_in(locale.notation())
}

fn parts(policy: &Policy) -> Vec<Part> {
    let sections = (0..policy.sections.len()).map(Part::Section);
    Part::ALL.into_iter().chain(sections).collect()
}

#[test]
fn a_policy_survives_its_forms() {
    for language in Language::ALL {
        let locale = Locale::new(language, "Europe/Warsaw");
        for policy in [Policy::starter(), Policy::complete(), full()] {
            for part in parts(&policy) {
                let read = form::read(&fields(&policy, part, &locale), &policy, part);
                let read = read.unwrap_or_else(|invalid| panic!("{part:?} {invalid:?}"));
                assert_eq!(read.policy, policy, "{part:?} {}", language.code());
            }
        }
    }
}

/// Each part is read from its own form: together they hold all but the file's own fields.
#[test]
fn every_field_has_a_form() {
    let in_forms: Vec<&str> =
        Part::ALL.iter().flat_map(|part| part.fields().1).map(|field| field.name).chain(["sections"]).collect();
    let without: Vec<&str> = POLICY.iter().map(|field| field.name).filter(|name| !in_forms.contains(name)).collect();
    assert_eq!(without, ["version", "currency", "ticks"]);
    let section: Vec<&str> = Part::Section(0).fields().1.iter().map(|field| field.name).collect();
    assert!(SECTION.iter().all(|field| section.contains(&field.name)));
}

#[test]
fn every_field_has_a_name() {
    for language in Language::ALL {
        let keys = i18n::keys(language);
        let mut check = |path: &str| {
            let key = format!("policy-f-{}", path.replace(['.', '_'], "-"));
            assert!(keys.contains(&key), "{key} in {}", language.code());
        };
        POLICY.iter().filter(|f| f.name != "version").for_each(|f| walk(f, f.name, &mut check));
        SECTION.iter().for_each(|field| walk(field, field.name, &mut check));
    }
}

fn walk(field: &Field, path: &str, check: &mut impl FnMut(&str)) {
    match field.shape {
        Shape::Group(inner) => inner.iter().for_each(|field| walk(field, &format!("{path}.{}", field.name), check)),
        Shape::Rows(inner, keys) => {
            inner[keys..].iter().for_each(|field| walk(field, &format!("{path}.{}", field.name), check));
        }
        _ => {}
    }
    check(path);
}

#[test]
fn what_is_wrong_stands_at_its_field() {
    let (policy, locale) = (full(), Locale::new(Language::En, "Europe/Warsaw"));
    for (part, field, typed, expected) in [
        (Part::GiveGet, "plain.from", "x", "plain.from: not-a-number"),
        (Part::GiveGet, "payment.1.days", "", "payment.1.days: required"),
        (Part::GiveGet, "payment.1.days", "90000", "payment.1.days: policy-out-of-range"),
        (Part::GiveGet, "objective", "fun", "objective: choice"),
        (Part::GiveGet, "rebate.rows.0.growth", "many", "rebate.rows.0.growth: not-a-number"),
        (Part::Who, "eligibility.deal_min", "", "eligibility.deal_min: required"),
        (Part::Limits, "routing.rows.0.authority", "boss", "routing.rows.0.authority: choice"),
        (Part::Margins, "matrix.0.0.floor", "a", "matrix.0.0.floor: not-a-number"),
        (Part::Margins, "margins.0.target", "", "margins.0.target: required"),
        (Part::Section(1), "sections.1.name", "", "sections.1.name: required"),
        (Part::Section(1), "sections.1.tactic.rounds_max", "-1", "sections.1.tactic.rounds_max: policy-out-of-range"),
    ] {
        let mut fields = fields(&policy, part, &locale);
        fields.0.insert(field.into(), typed.into());
        let invalid = form::read(&fields, &policy, part).unwrap_err();
        let first = &invalid.fields[0];
        assert_eq!(format!("{}: {}", first.field, first.code), expected);
    }
}

#[test]
fn faults_are_named_by_where_they_were_typed() {
    let (policy, locale) = (full(), Locale::new(Language::En, "Europe/Warsaw"));
    for (part, typed, expected) in [
        (Part::Margins, [("matrix.0.0.floor", "50")].as_slice(), "matrix.0.0.floor: policy-floor-above-target"),
        (Part::Margins, &[("matrix.0.0.floor", ""), ("matrix.0.0.target", "")], "margins: policy-no-general-row"),
        (Part::Margins, &[("margins.0.floor", "80")], "margins.0.floor: policy-floor-above-target"),
        (Part::GiveGet, &[("payment.5.days", "90"), ("payment.5.grant", "9")], "payment: policy-not-sorted"),
        (Part::GiveGet, &[("payment.3.grant", "-70")], "payment.3.grant: policy-out-of-range"),
        (Part::Section(1), &[("sections.1.payment.3.grant", "-70")], "sections.1.payment.3.grant: policy-out-of-range"),
        (Part::Section(1), &[("sections.1.name", "volume buyers")], "sections.1.name: policy-no-name"),
        (Part::Who, &[("eligibility.segments_blocked", "key, small, standard")], "eligibility.segments: policy-nobody"),
    ] {
        let mut fields = fields(&policy, part, &locale);
        fields.0.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let read = form::read(&fields, &policy, part).unwrap_or_else(|invalid| panic!("{part:?} {invalid:?}"));
        let named = form::renamed(&rules::invalid(&read.policy.faults()), &read.places);
        let first = &named.fields[0];
        assert_eq!(format!("{}: {}", first.field, first.code), expected);
    }
}

#[test]
fn levers_and_rows_can_be_taken_away() {
    let (policy, locale) = (full(), Locale::new(Language::En, "Europe/Warsaw"));
    let mut fields = fields(&policy, Part::GiveGet, &locale);
    for gone in ["volume.on", "rebate.on", "payment.0.days", "payment.0.grant", "delivery.1.days", "delivery.1.grant"] {
        fields.0.remove(gone);
    }
    let read = form::read(&fields, &policy, Part::GiveGet).unwrap().policy;
    assert_eq!((read.volume, read.rebate), (None, None));
    assert_eq!(read.payment, policy.payment[1..]);
    assert_eq!(read.delivery, policy.delivery[..1]);
    assert_eq!(read.sections, policy.sections, "another part's");
}

#[test]
fn the_matrix_takes_new_segments_and_classes() {
    let (policy, locale) = (Policy::starter(), Locale::new(Language::En, "Europe/Warsaw"));
    let axes = axes(&policy);
    let mut fields = fields(&policy, Part::Margins, &locale);
    let (s, c) = (axes.segments.len(), axes.classes.len());
    for (name, value) in [("floor", "9"), ("target", "19")] {
        fields.0.insert(format!("matrix.{s}.{c}.{name}"), value.into());
    }
    let invalid = form::read(&fields, &policy, Part::Margins).unwrap_err();
    assert_eq!(invalid.fields[0].field, format!("matrix.segment.{s}"));
    fields.0.insert(format!("matrix.segment.{s}"), "partner".into());
    fields.0.insert(format!("matrix.class.{c}"), "Z".into());
    let read = form::read(&fields, &policy, Part::Margins).unwrap().policy;
    let row = read.margins.last().unwrap();
    assert_eq!((row.segment.as_deref(), row.class.as_deref()), (Some("partner"), Some("Z")));
    assert_eq!(read.margins[..policy.margins.len()], policy.margins);
}

#[test]
fn conditions_turn_between_rows_and_text() {
    let locale = Locale::new(Language::En, "Europe/Warsaw");
    let mut policy = Policy::starter();
    let text = "product.margin>=0.15 && product.class in ['A', 'B'] && !has(product.brand)";
    policy.eligibility.products = Some(ProductCondition::parse(text).unwrap());
    let name = "eligibility.products";
    let fields = fields(&policy, Part::Who, &locale);
    assert_eq!(fields.text(&format!("{name}.mode")), "rows");
    assert_eq!(fields.text(&format!("{name}.rows.0.values")), "15 %");
    let value = |fields: &Fields| {
        let read = form::read(fields, &policy, Part::Who).unwrap().policy;
        read.eligibility.products.map(|condition| condition.text().to_owned()).unwrap_or_default()
    };
    assert_eq!(value(&fields), text, "looking at it changes no space");
    let turned = form::turn(&fields, "eligibility.products:text", Subject::Product).unwrap();
    assert_eq!((turned.text(name), turned.text(&format!("{name}.mode"))), (text, "text"));
    let mut picked = fields.clone();
    picked.0.insert(format!("{name}.rows.0.values"), "20 %".into());
    let turned = form::turn(&picked, "eligibility.products:text", Subject::Product).unwrap();
    let expected = "product.margin >= 0.2 && product.class in ['A', 'B'] && !has(product.brand)";
    assert_eq!(turned.text(name), expected, "what was picked and not saved is not lost");
    let back = form::turn(&turned, "eligibility.products:rows", Subject::Product).unwrap();
    assert_eq!(back.text(&format!("{name}.rows.1.values")), "A, B");
    assert_eq!(value(&back), expected);

    for (typed, code) in [
        ("product.margin > 0.1 || product.class == 'A'", "policy-not-rows"),
        ("product.margin > product.margin", "policy-not-rows"),
        ("product.class in ['a, b']", "policy-not-rows"),
        ("product.margni > 0.1", "cel-unknown-field"),
        ("product.margin > ", "cel-incomplete"),
        ("product.margin > 15", "cel-out-of-range"),
        ("customer.fun", "cel-no-such-field"),
    ] {
        let mut fields = turned.clone();
        fields.0.insert(name.into(), typed.into());
        let invalid = form::turn(&fields, "eligibility.products:rows", Subject::Product).unwrap_err();
        assert_eq!((invalid.fields[0].field.as_str(), invalid.fields[0].code), (name, code), "{typed}");
    }
    for (field, operator, values, code) in [
        ("product.margin", "at-least", "a", "not-a-number"),
        ("product.margin", "at-least", "", "cel-value-count"),
        ("product.margin", "contains", "3", "cel-wrong-operator"),
        ("product.stock_days", "equal", "1.5", "cel-not-whole"),
        ("customer.credit_hold", "equal", "yes", "policy-flag-value"),
    ] {
        let mut fields = picked.clone();
        for (part, value) in [("field", field), ("operator", operator), ("values", values)] {
            fields.0.insert(format!("{name}.rows.5.{part}"), value.into());
        }
        let invalid = form::read(&fields, &policy, Part::Who).unwrap_err();
        let first = &invalid.fields[0];
        assert_eq!((first.field.as_str(), first.code), ("eligibility.products.rows.5.values", code), "{field}");
    }
}
