//! Files are what their bytes say, and nobody else's.

use db::testing::TestDb;
use kernel::Outcome;

use super::rules::{safe_name, sniff};
use super::*;
use crate::tests::{VALVE, World, code, migrations};

const PDF: &[u8] = b"%PDF-1.7\n%a competitor's offer";

fn file(name: &str, bytes: &[u8]) -> NewFile {
    NewFile { name: name.into(), bytes: bytes.to_vec() }
}

#[test]
fn a_file_is_what_its_first_bytes_say() {
    let cases: [(&[u8], Option<Media>); 12] = [
        (PDF, Some(Media::Pdf)),
        (b"\x89PNG\r\n\x1a\n....", Some(Media::Png)),
        (b"\xff\xd8\xff\xe0", Some(Media::Jpeg)),
        (b"ISO-10303-21;\nHEADER;", Some(Media::Step)),
        (b"  0\r\nSECTION\r\n  2\r\nHEADER", Some(Media::Dxf)),
        (b"999\nmade by hand\n0\nSECTION\n", Some(Media::Dxf)),
        (b"AutoCAD Binary DXF\r\n\x1a\0", Some(Media::Dxf)),
        (b"<html><script>alert(1)</script>", None),
        (b" %PDF-1.7", None),
        (b"PK\x03\x04", None),
        (b"0\nEOF\n", None),
        (b"", None),
    ];
    for (bytes, media) in cases {
        assert_eq!(sniff(bytes), media, "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn names_are_made_harmless() {
    let cases = [
        ("Offer.PDF", Media::Pdf, "Offer.pdf"),
        ("../../etc/passwd", Media::Pdf, "passwd.pdf"),
        ("C:\\drawings\\flange.stp", Media::Step, "flange.stp"),
        ("a\r\nSet-Cookie: x.pdf", Media::Pdf, "aSet-Cookie x.pdf"),
        ("<b>\"x\".html", Media::Png, "bx.html.png"),
        ("\u{202e}fdp.exe", Media::Pdf, "fdp.exe.pdf"),
        ("...", Media::Jpeg, "file.jpg"),
        ("", Media::Dxf, "file.dxf"),
        ("Zażółć gęślą.jpeg", Media::Jpeg, "Zażółć gęślą.jpeg"),
    ];
    for (name, media, safe) in cases {
        assert_eq!(safe_name(name, media), safe);
    }
    assert_eq!(safe_name(&"x".repeat(500), Media::Pdf).chars().count(), 104);
}

async fn add(world: &World, ctx: &kernel::Ctx, id: NegotiationId, file: &NewFile) -> Outcome<AttachmentId> {
    world.db.write(|tx| async move { actions::add_to_negotiation(&tx, ctx, id, file).await }).await
}

#[tokio::test]
async fn files_come_back_whole_and_only_to_those_who_may() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let buyer = world.buyer(0, 0);
        let id = world.open(&buyer, &world.ask(VALVE, 2_000, "110")).await.unwrap();
        // More than two pieces, the last one not full.
        let large = [PDF, &[7_u8; 600_000]].concat();
        let attached = add(&world, &buyer, id, &file("offer.pdf", &large)).await.unwrap();
        let tx = world.db.read().await.unwrap();
        let (found, bytes) = queries::content(&tx, &world.buyer(1, 0).actor, attached).await.unwrap();
        assert!(
            bytes == large && found.name == "offer.pdf" && found.size == i64::try_from(large.len()).unwrap(),
            "{found:?}"
        );
        assert!(queries::content(&tx, &world.person(0, 0).actor, attached).await.is_ok());
        assert_eq!(code(queries::content(&tx, &world.buyer(2, 0).actor, attached).await), "not found");
        drop(tx);
        assert_eq!(code(add(&world, &world.buyer(2, 0), id, &file("x.pdf", PDF)).await), "not found");
        test.remove().await;
    }
}

#[tokio::test]
async fn what_is_not_taken_is_refused() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let buyer = world.buyer(0, 0);
    let id = world.open(&buyer, &world.ask(VALVE, 2_000, "110")).await.unwrap();
    let try_one = async |bytes: &[u8]| code(add(&world, &buyer, id, &file("x.pdf", bytes)).await);
    assert_eq!(try_one(b"").await, "file: file-empty");
    assert_eq!(try_one(b"<html>").await, "file: file-type");
    assert_eq!(try_one(&[PDF, &vec![0; FILE_BYTES_MAX]].concat()).await, "file: file-too-large");
    for _ in 0..FILES_MAX {
        assert_eq!(try_one(PDF).await, "done");
    }
    assert_eq!(try_one(PDF).await, "attachments-too-many");
    test.remove().await;
}

#[test]
fn attack_h4_room_is_looked_at_before_a_file_is_taken() {
    use super::rules::has_room;
    let refused = |done: Result<(), AttachmentRefusal>| done.err().map(|refusal| refusal.refused().code);
    let most = COMPANY_BYTES_MAX;
    for (of_company, free, size, want) in [
        (0, None, 1, None),
        (most - 1, None, 1, None),
        (most, None, 1, Some("attachments-company-full")),
        (i64::MAX, None, i64::MAX, Some("attachments-company-full")),
        (0, Some(FREE_BYTES_MIN + 10), 10, None),
        (0, Some(FREE_BYTES_MIN + 9), 10, Some("attachments-no-room")),
        (0, Some(0), 1, Some("attachments-no-room")),
        (most, Some(0), 1, Some("attachments-company-full")),
    ] {
        assert_eq!(refused(has_room(of_company, free, size)), want, "{of_company} {free:?} {size}");
    }
}

/// Ten files a case are no limit where cases are not counted: the company's own is.
#[tokio::test]
async fn attack_h4_files_of_a_company_are_bounded_in_all() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let buyer = world.buyer(0, 0);
        let id = world.open(&buyer, &world.ask(VALVE, 2_000, "110")).await.unwrap();
        assert_eq!(code(add(&world, &buyer, id, &file("x.pdf", PDF)).await), "done");
        // As if large ones had been sent before.
        let grown = world.db.write(|tx| async move {
            Ok(tx.execute("UPDATE attachment SET size = $1", db::params![COMPANY_BYTES_MAX]).await?)
        });
        assert_eq!(grown.await.unwrap(), 1);
        assert_eq!(code(add(&world, &buyer, id, &file("y.pdf", PDF)).await), "attachments-company-full");
        let other = world.buyer(2, 0);
        let theirs = world.open(&other, &world.ask(VALVE, 2_000, "110")).await.unwrap();
        assert_eq!(code(add(&world, &other, theirs, &file("x.pdf", PDF)).await), "done", "others have their own room");
        test.remove().await;
    }
}
