//! Every mail renders for every language; nothing that people type becomes markup, a header or a path.

use std::path::PathBuf;

use i18n::Language;
use kernel::{Email, Instant};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

use crate::*;

const NOW: Instant = Instant::from_micros(1_796_140_800_000_000);

fn brand() -> Brand {
    Brand {
        name: "Nordhavn Supply".into(),
        url: "https://shop.example".into(),
        imprint: vec!["Nordhavn Supply AS, Kai 4, 0150 Oslo".into(), "Org. no. 974 760 673".into()],
        logo_url: None,
    }
}

fn sender() -> Sender {
    Sender { name: "Nordhavn Supply".into(), email: Email::parse("orders@shop.example").unwrap() }
}

/// The first sample of a kind.
fn sample(name: &str, is_it: impl Fn(&Content) -> bool) -> Content {
    samples(name).into_iter().find(is_it).expect("each kind has a sample")
}

fn order(name: &str) -> Content {
    sample(name, |content| matches!(content, Content::OrderConfirmation(_)))
}

fn samples(name: &str) -> Vec<Content> {
    let order = OrderConfirmation {
        number: "10042".into(),
        placed_at: "Fri 27 Nov 2026, 17:00".into(),
        po_number: Some("PO-7781".into()),
        requested_date: Some("4 Dec 2026".into()),
        payment_terms: "30 days net".into(),
        ship_to: vec![name.into(), "Nabrzeże 7".into(), "80-001 Gdańsk".into()],
        bill_to: vec![name.into(), "ul. Długa 1".into(), "00-238 Warszawa".into()],
        lines: vec![OrderLine {
            sku: "VALVE-DN50".into(),
            name: format!("Ball valve DN50 {name}"),
            quantity: "4,000 pc".into(),
            unit_price: "110.00 EUR / pc".into(),
            total: "440,000.00 EUR".into(),
            note: Some("agreed for 4,000 pc or more".into()),
        }],
        sums: vec![
            SumLine { label: "Net".into(), amount: "440,000.00 EUR".into() },
            SumLine { label: "VAT 23 %".into(), amount: "101,200.00 EUR".into() },
            SumLine { label: "To pay".into(), amount: "541,200.00 EUR".into() },
        ],
        link: "https://shop.example/orders/10042?a=1&b=2".into(),
    };
    let answered = |answer| {
        Content::NegotiationAnswered(Box::new(NegotiationAnswered {
            answer,
            product: format!("Ball valve {name}"),
            quantity: "2,000 pc".into(),
            asked: "110.00 EUR / pc".into(),
            offers: vec![Offer {
                title: "Order more".into(),
                price: "110.00 EUR / pc".into(),
                condition: "4,000 in all, 2,000 more".into(),
                saving: Some("you save 40,000.00 EUR".into()),
            }],
            valid_until: Some("Fri 27 Nov, 17:00".into()),
            rep: None,
            comment: Some(name.into()),
            link: "https://shop.example/n/1".into(),
        }))
    };
    let news = |kind| {
        Content::QuoteNews(Box::new(QuoteNews {
            kind,
            number: "12".into(),
            company: name.into(),
            project: Some(format!("Hall {name}")),
            lines: "3 lines".into(),
            valid_until: Some("27 Nov 2026".into()),
            message: Some(name.into()),
            details: vec![format!("Line 2, alternative 1: {name}")],
            link: "https://shop.example/q/1".into(),
        }))
    };
    let became = |kind, is_staff| {
        Content::OrderNews(Box::new(OrderNews {
            kind,
            is_staff,
            number: "10042".into(),
            company: name.into(),
            total: "541,200.00 EUR".into(),
            reason: name.into(),
            link: "https://shop.example/orders/10042".into(),
        }))
    };
    let bare = OrderConfirmation { po_number: None, requested_date: None, ..order.clone() };
    vec![
        Content::PasswordReset(PasswordReset { link: "https://shop.example/r/1".into(), valid_until: "17:00".into() }),
        Content::PasswordChanged(PasswordChanged { at: "17:00".into(), link: "https://shop.example/r/3".into() }),
        Content::Welcome(Welcome {
            company: name.into(),
            link: "https://shop.example/r/1".into(),
            valid_until: "17:00".into(),
        }),
        Content::OrderConfirmation(Box::new(order)),
        Content::OrderConfirmation(Box::new(bare)),
        answered(Answer::Agreed),
        answered(Answer::Offers),
        answered(Answer::Declined),
        became(OrderNewsKind::Held, false),
        became(OrderNewsKind::Held, true),
        became(OrderNewsKind::Cancelled, false),
        became(OrderNewsKind::Refused, false),
        became(OrderNewsKind::CancellationAsked, true),
        news(QuoteKind::Requested),
        news(QuoteKind::Countered),
        news(QuoteKind::Accepted),
        news(QuoteKind::Confirmed),
        news(QuoteKind::Supported),
        news(QuoteKind::Proposed),
        news(QuoteKind::Answered),
        news(QuoteKind::AnsweredTogether),
        news(QuoteKind::Declined),
        news(QuoteKind::Lapsing),
        Content::SupplierAsked(Box::new(SupplierAsked {
            merchant: name.into(),
            product: "Ball valve DN50".into(),
            sku: "MK-77".into(),
            quantity: "2,000 pc".into(),
            asked: "50.00 EUR / pc".into(),
            comment: Some(name.into()),
            answer_by: "Fri 27 Nov, 17:00".into(),
            link: "https://shop.example/supplier/1".into(),
        })),
        Content::NegotiationWaiting(Box::new(NegotiationWaiting {
            company: name.into(),
            buyer: "Ann Berg".into(),
            product: "Ball valve DN50".into(),
            quantity: "2,000 pc".into(),
            asked: "110.00 EUR / pc".into(),
            current: "120.00 EUR / pc".into(),
            value: "220,000.00 EUR".into(),
            promised_by: "Fri 27 Nov, 17:00".into(),
            comment: Some(name.into()),
            link: "https://shop.example/desk/1".into(),
        })),
    ]
}

fn outgoing(content: Content, to_name: &str, language: Language) -> Outgoing {
    Outgoing {
        to: Email::parse("ann@example.com").unwrap(),
        to_name: to_name.into(),
        language: language.code().into(),
        zone: "Europe/Warsaw".into(),
        content,
    }
}

/// A folder that is removed in the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("kontor-mail-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn names(&self) -> Vec<String> {
        let files = std::fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = files.filter(|name| !name.starts_with('.')).collect();
        names.sort();
        names
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn every_mail_renders_in_every_language() {
    let templates = Templates::new(None, brand());
    for language in Language::ALL {
        for content in samples("Bałtyk Śruby Sp. z o.o.") {
            let name = content.template();
            let mail = outgoing(content, "Ann Berg", language);
            let message = templates.render(&mail).unwrap();
            for text in [&message.subject, &message.html, &message.text] {
                assert!(!text.contains('⟦') && !text.contains("{$") && !text.contains("{{"), "{name}: {text}");
            }
            assert!(message.html.starts_with("<!doctype html>"), "{name}: {}", &message.html[..40]);
            assert!(message.html.contains(&format!("lang=\"{}\"", language.code())));
            assert!(message.html.contains("Ann Berg") && message.text.contains("Ann Berg"));
            assert!(message.text.contains("https://shop.example/"), "{name} without its link: {}", message.text);
            assert!(message.text.contains("Org. no. 974 760 673") && message.html.contains("Org. no. 974 760 673"));
            assert!(!message.text.contains("\n\n\n"), "{name}: {}", message.text);
            // What a job's payload holds reads back the same.
            assert_eq!(serde_json::from_value::<Outgoing>(mail.payload().unwrap()).unwrap(), mail);
        }
    }
}

#[test]
fn whose_name_nobody_knows_is_greeted_without_one() {
    let templates = Templates::new(None, brand());
    for (language, greeting, named) in
        [(Language::En, "Hello,", "Hello ,"), (Language::Pl, "Dzień dobry,", "Dzień dobry, ,")]
    {
        let content =
            samples("Bałtyk").into_iter().find(|content| matches!(content, Content::SupplierAsked(_))).unwrap();
        let message = templates.render(&outgoing(content, "", language)).unwrap();
        for text in [&message.text, &message.html] {
            assert!(text.contains(greeting) && !text.contains(named), "{text}");
        }
        assert!(message.text.starts_with(&format!("{greeting}\n")), "{}", message.text);
    }
}

#[test]
fn an_order_confirmation_says_everything() {
    let content = order("Bałtyk");
    let message = Templates::new(None, brand()).render(&outgoing(content, "Ann", Language::Pl)).unwrap();
    assert_eq!(message.subject, "Twoje zamówienie 10042");
    for part in ["PO-7781", "VALVE-DN50", "4,000 pc", "110.00 EUR / pc", "541,200.00 EUR", "80-001 Gdańsk", "30 days"]
    {
        assert!(message.html.contains(part) && message.text.contains(part), "{part}");
    }
}

#[test]
fn hostile_names_stay_text() {
    let hostile = "<script>alert(1)</script>\"'&{{ 7*7 }}{% raw %}\r\nBcc: evil@example.com";
    let templates = Templates::new(None, brand());
    for language in Language::ALL {
        for content in samples(hostile) {
            let message = templates.render(&outgoing(content, hostile, language)).unwrap();
            assert!(!message.html.contains("<script>"), "{}", message.html);
            assert!(message.html.contains("&lt;script&gt;"));
            assert!(
                !message.html.contains("49") || !message.html.contains("{{ 7*7 }}") || message.html.contains("7*7")
            );
            assert!(!message.subject.contains(['\r', '\n']) && !message.to_name.contains(['\r', '\n']));
        }
    }
}

#[tokio::test]
async fn no_value_becomes_a_header() {
    let folder = Folder::new("headers");
    let mailer = Mailer::files(&folder.0, sender()).unwrap();
    let message = Message {
        to: Email::parse("ann@example.com").unwrap(),
        to_name: "Ann\r\nBcc: evil@example.com\r\n\r\n<evil@example.com>, other".into(),
        subject: "Hello\nX-Evil: 1\u{2028}\u{85}\r\n\r\nbody".into(),
        html: "<p>Hi</p>".into(),
        text: "Hi\r\n.\r\nBcc: in the body is harmless".into(),
    };
    mailer.send(&message, NOW, "m-1").await.unwrap();
    let names = folder.names();
    let eml = folder.read(&names[0]);
    let headers: Vec<&str> = eml.split("\r\n\r\n").next().unwrap().lines().collect();
    for header in &headers {
        let name = header.split(':').next().unwrap().to_lowercase();
        let folded = header.starts_with([' ', '\t']);
        let known = ["from", "to", "subject", "date", "message-id", "mime-version", "content-type", "auto-submitted"];
        assert!(folded || known.contains(&name.as_str()), "{header}");
    }
    assert!(headers.contains(&"Message-ID: <m-1@shop.example>"), "{headers:?}");
    assert_eq!(headers.iter().filter(|h| h.to_lowercase().starts_with("to:")).count(), 1);
    for id in ["", "a b", "../x", "a\r\nB: c", "a>"] {
        assert!(mailer.send(&message, NOW, id).await.is_err(), "{id}");
    }
}

#[tokio::test]
async fn files_are_numbered_and_written_once() {
    let folder = Folder::new("files");
    let mailer = Mailer::open(folder.0.to_str().unwrap(), sender()).unwrap();
    let templates = Templates::new(None, brand());
    let post = Post { templates, mailer };
    let reset = outgoing(samples("Zażółć")[0].clone(), "Ann", Language::En);
    let order = outgoing(order("Zażółć"), "Ann", Language::En);
    post.deliver(&reset, NOW, "a").await.unwrap();
    post.deliver(&order, NOW, "b").await.unwrap();
    post.deliver(&reset, NOW, "a").await.unwrap();
    // Another process, later, with the same job again.
    let again = Mailer::files(&folder.0, sender()).unwrap();
    again.send(&post.templates.render(&order).unwrap(), NOW, "b").await.unwrap();
    again.send(&post.templates.render(&order).unwrap(), NOW, "c").await.unwrap();
    let names = folder.names();
    let want = ["0001-choose-a-new-password", "0002-your-order-10042", "0003-your-order-10042"];
    let want: Vec<String> = want.iter().flat_map(|n| [format!("{n}.eml"), format!("{n}.html")]).collect();
    assert_eq!(names, want);
    let page = folder.read("0002-your-order-10042.html");
    assert!(page.contains("To: Ann &lt;ann@example.com&gt;") && page.contains("Date: 2026-12-01T16:00:00Z"), "{page}");
    assert!(folder.read("0002-your-order-10042.eml").contains("multipart/alternative"));
}

#[tokio::test]
async fn attack_l11_mails_in_files_are_nobody_elses_to_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let parent = Folder::new("private");
    let folder = parent.0.join("mail");
    let mailer = Mailer::files(&folder, sender()).unwrap();
    let post = Post { templates: Templates::new(None, brand()), mailer };
    post.deliver(&outgoing(samples("x")[0].clone(), "Ann", Language::En), NOW, "a").await.unwrap();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&folder), mode(&folder.join(".ids"))), (0o700, 0o700));
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.iter().filter(|path| path.is_file()).count(), 2);
    assert!(files.iter().filter(|path| path.is_file()).all(|path| mode(path) == 0o600), "{files:?}");
}

#[test]
fn a_theme_wins_and_its_mistakes_lose_no_mail() {
    let theme = Folder::new("theme");
    let write = |name: &str, text: &str| std::fs::write(theme.0.join(name), text).unwrap();
    write("welcome.txt", "Ahoy {{ to_name }} of {{ company }}: {{ link }}");
    write("password_reset.html", "{% extends 'base.html' %}{% block body %}{{ no_such_name }}{% endblock %}");
    write("order_confirmation.html", "{% include '../../../etc/passwd' %}");
    let templates = Templates::new(Some(&theme.0), brand());
    let name = "Bałtyk <b>";
    let reset = sample(name, |content| matches!(content, Content::PasswordReset(_)));
    let welcome = sample(name, |content| matches!(content, Content::Welcome(_)));
    let render = |content: &Content| templates.render(&outgoing(content.clone(), "Ann", Language::En)).unwrap();
    assert_eq!(render(&welcome).text, "Ahoy Ann of Bałtyk <b>: https://shop.example/r/1\n");
    assert!(render(&welcome).html.starts_with("<!doctype html>"));
    assert!(render(&reset).html.contains("Choose a password"));
    assert!(render(&order(name)).html.contains("PO-7781"));
}

/// A mail server that takes one mail and gives back what it was sent.
async fn take_one(listener: tokio::net::TcpListener) -> String {
    let (stream, _) = listener.accept().await.unwrap();
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut mail = String::new();
    let mut in_data = false;
    write.write_all(b"220 test\r\n").await.unwrap();
    while let Some(line) = lines.next_line().await.unwrap() {
        let answer = match (in_data, line.as_str()) {
            (true, ".") => "250 taken\r\n",
            (true, _) => "",
            (false, "DATA") => "354 go on\r\n",
            (false, "QUIT") => return mail,
            (false, _) => "250 yes\r\n",
        };
        in_data = line == "DATA" || (in_data && line != ".");
        mail.push_str(&line);
        mail.push('\n');
        write.write_all(answer.as_bytes()).await.unwrap();
        if line == "." {
            return mail;
        }
    }
    mail
}

#[tokio::test]
async fn mails_leave_over_smtp() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(take_one(listener));
    let post = Post { templates: Templates::new(None, brand()), mailer: Mailer::open(&url, sender()).unwrap() };
    post.deliver(&outgoing(samples("Bałtyk").remove(0), "Łukasz Żak", Language::Pl), NOW, "job-1").await.unwrap();
    let mail = server.await.unwrap();
    assert!(mail.contains("RCPT TO:<ann@example.com>") && mail.contains("Message-ID: <job-1@shop.example>"), "{mail}");
    let refused = Mailer::open("smtp://127.0.0.1:1", sender()).unwrap();
    let message = post.templates.render(&outgoing(samples("x").remove(0), "Ann", Language::En)).unwrap();
    assert!(refused.send(&message, NOW, "job-2").await.is_err());
    let error = Mailer::open("smtp://user:secret@ho st", sender()).unwrap_err().to_string();
    assert!(!error.contains("secret"), "{error}");
}
