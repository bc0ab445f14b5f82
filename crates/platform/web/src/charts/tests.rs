//! Pictures as text: geometry, words, and that nothing from outside becomes markup.

use super::*;

fn plain(value: i64) -> String {
    value.to_string()
}

fn frame() -> Frame<'static> {
    Frame { id: "a", title: "T <1>", description: "D & more", label: &plain }
}

fn count(chart: &Chart, what: &str) -> usize {
    chart.to_string().matches(what).count()
}

#[test]
fn bars_have_whiskers_values_and_links() {
    let bar = Bar { interval: Some((5, 15)), href: "/x?a=1&b=2".into(), ..Bar::new(10, "ten".into(), Tone::Deal) };
    let group = Group { label: "<b>".into(), bars: vec![bar, Bar::new(-10, "less".into(), Tone::Bad)] };
    let chart = bars(&frame(), &[group]);
    let text = chart.to_string();
    assert!(text.contains("role=\"group\""), "links can be reached");
    assert!(text.contains("<title id=\"a-title\">T &lt;1&gt;</title><desc id=\"a-desc\">D &amp; more</desc>"));
    assert!(text.contains("<a href=\"/x?a=1&amp;b=2\" aria-label=\"&lt;b&gt;: ten\">"));
    assert_eq!((count(&chart, "class=\"bar t-deal\""), count(&chart, "class=\"range\"")), (1, 3));
    // From -10 to 15 in fives of 99.2: zero at 222, ten at 421.
    assert!(text.contains("<rect class=\"bar t-deal\" x=\"222\" y=\"21\" width=\"199\" height=\"12\"/>"), "{text}");
    assert!(text.contains("<rect class=\"bar t-bad\" x=\"24\" y=\"35\" width=\"198\" height=\"12\"/>"), "{text}");
}

#[test]
fn lines_have_gaps_bands_and_a_level() {
    let places: Vec<String> = (1..=4).map(|n| format!("W{n}")).collect();
    let line = Line {
        name: "Rate".into(),
        tone: Tone::Brand,
        values: vec![Some(1), None, Some(3), Some(2)],
        band: vec![None, None, Some((2, 5)), Some((1, 4))],
    };
    let chart = lines(&frame(), &places, &[line], Some(0));
    assert_eq!((count(&chart, "class=\"line t-brand\""), count(&chart, "class=\"dot t-brand\"")), (2, 3));
    assert_eq!((count(&chart, "class=\"band t-brand\""), count(&chart, "class=\"level\"")), (1, 1));
    assert!(chart.to_string().contains("<title>Rate W3: 3</title>"));
    assert!(chart.to_string().contains("role=\"img\""));
}

#[test]
fn a_waterfall_steps_down_from_level_to_level() {
    let sum = |label: &str, value| Step::Sum { label: label.into(), value, text: plain(value) };
    let change = |value| Step::Change { label: "c".into(), value, text: plain(value) };
    let chart = waterfall(&frame(), &[sum("list", 100), change(-30), change(10), sum("pocket", 80)]);
    assert_eq!((count(&chart, "bar t-brand"), count(&chart, "bar t-deal"), count(&chart, "bar t-good")), (2, 1, 1));
    // 100 to 70 is drawn from the top, 22, three tenths of 198 down.
    assert!(
        chart.to_string().contains("<rect class=\"bar t-deal\" x=\"222\" y=\"22\" width=\"130\" height=\"59\"/>"),
        "{chart}"
    );
}

#[test]
fn points_lead_somewhere() {
    let point = |x, y, href: &str| Point { x, y, tone: Tone::Quiet, text: "p".into(), href: href.into() };
    let axis = Axis { name: "Quantity", label: &plain, up_name: "Price" };
    let chart = scatter(&frame(), &axis, &[point(1, 10, "/a"), point(9, 20, "")]);
    assert_eq!((count(&chart, "class=\"point t-quiet\""), count(&chart, "<a ")), (2, 1));
}

#[test]
fn nothing_at_all_is_a_chart_too() {
    let axis = Axis { name: "x", label: &plain, up_name: "y" };
    for chart in
        [bars(&frame(), &[]), lines(&frame(), &[], &[], None), waterfall(&frame(), &[]), scatter(&frame(), &axis, &[])]
    {
        assert!(chart.to_string().ends_with("</svg>"));
    }
    assert_eq!(count(&legend(&[(Tone::Good, "a<b")]), "a&lt;b"), 1);
}

#[test]
fn extreme_values_do_not_overflow() {
    let step = |value| Step::Change { label: String::new(), value, text: String::new() };
    waterfall(&frame(), &[step(i64::MAX), step(i64::MAX), step(i64::MIN), step(i64::MIN)]);
    let bar = |value| Bar { interval: Some((i64::MIN, i64::MAX)), ..Bar::new(value, String::new(), Tone::Good) };
    bars(&frame(), &[Group { label: String::new(), bars: vec![bar(i64::MIN), bar(i64::MAX)] }]);
}
