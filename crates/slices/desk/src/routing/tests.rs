//! Hours and days as people type them.

use workflow::Span;

use super::form;

#[test]
fn hours_and_days_are_read_as_people_write_them() {
    for (text, want) in [
        ("8:00–17:00", Some(vec![Span::hours(8, 17)])),
        ("8-12, 13-17", Some(vec![Span::hours(8, 12), Span::hours(13, 17)])),
        ("13:00-17:00;8.30-12", Some(vec![Span { from: 510, to: 720 }, Span::hours(13, 17)])),
        ("0:00–24:00", Some(vec![Span::hours(0, 24)])),
        ("", Some(vec![])),
        ("8", None),
        ("8:60–9", None),
        ("8–25", None),
        ("eight–nine", None),
    ] {
        assert_eq!(form::spans(text), want, "{text}");
    }
    let spans = [Span::hours(8, 12), Span { from: 785, to: 1_440 }];
    assert_eq!(form::spans_text(&spans), "8:00–12:00, 13:05–24:00");
    assert_eq!(form::spans(&form::spans_text(&spans)).unwrap(), spans);
    let days = form::holidays("2027-12-24 Christmas Eve\n\n 2027-05-02\n2027-12-24 again").unwrap();
    let days: Vec<_> = days.iter().map(|day| (day.day.to_string(), day.name.as_str())).collect();
    assert_eq!(days, [("2027-05-02".to_owned(), ""), ("2027-12-24".to_owned(), "Christmas Eve")]);
    assert_eq!(form::holidays("2027-12-24\nsoon").unwrap_err(), "soon");
}
