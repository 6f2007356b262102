//! What is words, where words are found, and what has no answer.

use super::*;

/// Words, and what is no more than there, are counted by their presence.
const COUNTED: Counting = Counting::Presence;

fn text_stored(length: usize) -> Value {
    let c = content(1);
    json!({"text": {"content": c.content, "commitment": c.commitment, "lang": "fr", "length": length}})
}

pub(super) fn text() -> TypeRow {
    TypeRow {
        kind: TypeCode::Text,
        allows: vec![
            json!({"max_length": 10}),
            json!({}),
            json!({"max_length": "100000"}),
        ],
        refuses: vec![
            (json!({"max_length": 0}), &[("bad_limit", "/max_length")]),
            (
                json!({"max_length": 100_001}),
                &[("bad_limit", "/max_length")],
            ),
            (
                json!({"max_length": "long"}),
                &[("wrong_json_type", "/max_length")],
            ),
        ],
        fields: &[("", "opaque", COUNTED, USUAL)],
        takes: vec![(
            "",
            json!({"text": "né…", "lang": "fr"}),
            text_stored(3),
            "opaque",
        )],
        refuses_answers: vec![
            ("", json!("words"), &[("answer_of_wrong_type", "/value")]),
            (
                "",
                json!({"text": " ", "lang": "fr"}),
                &[("empty_answer", "/value/text")],
            ),
            (
                "",
                json!({"text": "\u{2800}\u{200b}", "lang": "fr"}),
                &[("empty_answer", "/value/text")],
            ),
            (
                "",
                json!({"text": "Ja", "lang": "de"}),
                &[("unknown_language", "/value/lang")],
            ),
            (
                "",
                json!({"text": "Oui", "lang": "fr", "html": 1}),
                &[("unknown_field", "/value/html")],
            ),
            (
                "",
                json!({"text": "x".repeat(100_001), "lang": "fr"}),
                &[("too_long", "/value/text")],
            ),
        ],
        refuses_submission: vec![("", text_stored(11), "too_long")],
    }
}

pub(super) fn link() -> TypeRow {
    let c = content(1);
    let stored = json!({"link": {"content": c.content, "commitment": c.commitment, "length": 21}});
    TypeRow {
        kind: TypeCode::Link,
        allows: vec![json!({})],
        refuses: vec![(
            json!({"max_length": 10}),
            &[("unknown_field", "/max_length")],
        )],
        fields: &[("", "opaque", COUNTED, USUAL)],
        takes: vec![("", json!(" https://www.un.org/en"), stored, "opaque")],
        refuses_answers: vec![
            ("", json!("javascript:alert(1)"), &[("bad_link", "/value")]),
            ("", json!("www.un.org"), &[("bad_link", "/value")]),
            (
                "",
                json!(format!("https://{}", "x".repeat(2_000))),
                &[("too_long", "/value")],
            ),
            (
                "",
                json!({"text": "https://un.org", "lang": "en"}),
                &[("answer_of_wrong_type", "/value")],
            ),
        ],
        refuses_submission: vec![],
    }
}

pub(super) fn email() -> TypeRow {
    let c = content(1);
    let stored = json!({"email": {"content": c.content, "commitment": c.commitment, "length": 26}});
    TypeRow {
        kind: TypeCode::Email,
        allows: vec![json!({}), json!({"office": true})],
        refuses: vec![
            (json!({"office": "yes"}), &[("wrong_json_type", "/office")]),
            (json!({"most": 2}), &[("unknown_field", "/most")]),
        ],
        // A person's, unless it is an office's, which `what_is_about_persons_by_nature` asks.
        fields: &[("", "opaque", Counting::Nothing, USUAL)],
        takes: vec![("", json!(" info@BÜCHER.example"), stored, "opaque")],
        refuses_answers: vec![
            ("", json!("info"), &[("bad_email", "/value")]),
            (
                "",
                json!("Aino <aino@example.org>"),
                &[("bad_email", "/value")],
            ),
            (
                "",
                json!("a@example.org, b@example.org"),
                &[("bad_email", "/value")],
            ),
            (
                "",
                json!(["a@example.org"]),
                &[("answer_of_wrong_type", "/value")],
            ),
        ],
        refuses_submission: vec![],
    }
}

pub(super) fn file() -> TypeRow {
    let id = |n: u128| crate::FileId(uuid::Uuid::from_u128(n));
    TypeRow {
        kind: TypeCode::File,
        allows: vec![json!({}), json!({"most": 3})],
        refuses: vec![
            (json!({"most": 0}), &[("bad_limit", "/most")]),
            (json!({"most": 1_000}), &[("bad_limit", "/most")]),
            (json!({"most": "two"}), &[("wrong_json_type", "/most")]),
        ],
        fields: &[("", "opaque", COUNTED, USUAL)],
        // A file is attached, and not sent as an answer.
        takes: vec![],
        refuses_answers: vec![("", json!([id(1)]), &[("answer_by_file", "/value")])],
        refuses_submission: vec![(
            "",
            json!({"files": [id(1), id(2)]}),
            "more_files_than_taken",
        )],
    }
}

pub(super) fn legal_reference() -> TypeRow {
    TypeRow {
        kind: TypeCode::LegalReference,
        allows: vec![json!({}), json!({"required": true, "missing": []})],
        refuses: vec![(json!({"parts": []}), &[("unknown_field", "/parts")])],
        fields: &[
            (".title", "opaque", COUNTED, USUAL),
            (".article", "opaque", COUNTED, USUAL),
            (".in_force_on", "date", COUNTED, USUAL),
            (".link", "opaque", COUNTED, USUAL),
            (".file", "opaque", COUNTED, USUAL),
            (".language", "one_choice", Counting::Options, USUAL),
        ],
        takes: vec![
            (
                ".title",
                json!({"text": "Loi", "lang": "fr"}),
                text_stored(3),
                "opaque",
            ),
            (
                ".in_force_on",
                json!("1998-07-01"),
                json!({"date": "1998-07-01"}),
                "1998-07-01",
            ),
            (".language", json!("fr"), json!({"choice": "fr"}), "fr"),
        ],
        refuses_answers: vec![
            (
                ".title",
                json!("Loi"),
                &[("answer_of_wrong_type", "/value")],
            ),
            (".in_force_on", json!("July"), &[("bad_date", "/value")]),
            (".language", json!("tlh"), &[("unknown_option", "/value")]),
        ],
        refuses_submission: vec![(".title", text_stored(501), "too_long")],
    }
}

pub(super) fn note() -> TypeRow {
    TypeRow {
        kind: TypeCode::Note,
        allows: vec![json!({})],
        refuses: vec![(
            json!({"max_length": 3}),
            &[("unknown_field", "/max_length")],
        )],
        fields: &[],
        takes: vec![],
        refuses_answers: vec![],
        refuses_submission: vec![],
    }
}
