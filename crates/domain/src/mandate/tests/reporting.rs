//! Paragraphs 1, 2 and 9.

use super::*;

const REPORT: u128 = 8;

#[test]
fn a_document_is_recorded_and_linked_to_its_meeting() {
    for (number, symbol) in [(1, "E/CN.15/2004/9"), (2, "E/CN.15/2004/9/Add.1")] {
        let to = json!({"meeting": id(MEETING)});
        let whole = vec![recorded(symbol), linked(symbol, &to, "before_the_meeting")];
        let unlinked = step(
            DocumentId::from_symbol(symbol).0,
            "document_unlinked",
            json!({"symbol": symbol, "to": to, "as": "before_the_meeting"}),
        );
        let instrument = json!({"instrument": id(INSTRUMENT)});
        check(
            number,
            [
                ("nothing", N, vec![]),
                ("another symbol", N, vec![recorded("E/CN.15/2004/10")]),
                ("recorded", U, whole[..1].to_vec()),
                ("linked", D, whole.clone()),
                ("unlinked", U, then(&whole, [unlinked])),
                (
                    "linked to an instrument alone",
                    U,
                    with(&whole, "document_linked", "to", &instrument),
                ),
            ],
        );
    }
}

#[test]
fn the_report_to_the_fifteenth_session_is_published_with_its_headings() {
    let begun = json!({"title": {"en": "A report"}, "session": 15, "collections": [id(6)]});
    let words = json!({"content": id(0), "commitment": ""});
    let mut whole = vec![step(id(REPORT), "report_begun", begun)];
    let headings = ["application", "difficulties", "assistance", "practices"];
    for heading in headings {
        let drafted = json!({"heading": heading, "lang": "en", "text": words});
        whole.push(step(id(REPORT), "narrative_drafted", drafted));
    }
    let published = json!({"session": 15, "meeting": id(SITTING), "on": "2006-04-24", "languages": ["en"],
                           "headings": headings, "body": words});
    let drafted = whole.clone();
    whole.push(step(id(REPORT), "report_published", published));
    let less = json!(["application", "difficulties", "assistance"]);
    check(
        9,
        [
            ("nothing", N, vec![]),
            ("begun", U, whole[..1].to_vec()),
            ("drafted", U, drafted.clone()),
            ("published", D, whole.clone()),
            (
                "published without a heading",
                U,
                with(&whole, "report_published", "headings", &less),
            ),
            (
                "to another session",
                N,
                with(&whole, "report_begun", "session", &json!(16)),
            ),
            (
                "on something else",
                N,
                with(&whole, "report_begun", "purpose", &json!("progress")),
            ),
        ],
    );
    let items = |steps: &[Step]| paragraph(9, steps).items;
    assert_eq!(items(&[]), [('a', N), ('b', N), ('c', N)]);
    assert_eq!(items(&drafted[..3]), [('a', U), ('b', N), ('c', N)]);
    assert_eq!(items(&whole), [('a', D), ('b', D), ('c', D)]);
}
