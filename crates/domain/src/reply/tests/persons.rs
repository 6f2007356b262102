//! What a reply's personal fields held of somebody: in versions, in what is drafted, in what was overwritten.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::lives::*;
use super::*;
use crate::ContentId;
use crate::questionnaire::Questionnaire;

/// A group and a list that are about persons, a table of which one column is, and a question that is not.
fn form() -> Form {
    let text = json!({"en": "?"});
    let words = |code: &str| json!({"code": code, "type": "text", "text": text});
    let mut name = words("name");
    name["personal"] = json!(true);
    let question = |code: &str, more: Value| {
        let mut question = json!({"code": code, "heading": "application", "text": text});
        let more = more.as_object().unwrap().clone();
        question.as_object_mut().unwrap().extend(more);
        question
    };
    let questions = json!([
        question(
            "G1",
            json!({"type": "group", "personal": true, "parts": [words("name"), words("office")]})
        ),
        question(
            "L1",
            json!({"type": "list", "parts": [name, words("project")]})
        ),
        question(
            "T1",
            json!({"type": "table", "rows": [{"code": "a", "text": text}, {"code": "b", "text": text}], "columns": [name]})
        ),
        question("D1", json!({"type": "text"})),
    ]);
    let json =
        json!({"title": text, "sections": [{"code": "A", "title": text, "questions": questions}]});
    Questionnaire::read(&json).unwrap().into()
}

fn said(address: &str, id: u8) -> Answer {
    let words = TextAnswer {
        content: content(id),
        lang: Lang::En,
        length: 5,
    };
    answer(address, AnswerValue::Text(words))
}

fn ids(of: impl IntoIterator<Item = u8>) -> BTreeSet<ContentId> {
    of.into_iter().map(|id| content(id).content).collect()
}

/// What is about whoever these words name, after these events.
fn about(events: &[Event], names: &[u8]) -> BTreeSet<ContentId> {
    let names = ids(names.iter().copied());
    let units = personal_units(&form(), events);
    units.values().flat_map(|unit| unit.about(&names)).collect()
}

#[test]
fn what_stands_beside_a_name_is_about_the_same_person_and_what_stands_in_another_row_is_not() {
    let events = [
        started(),
        answered(&[said("G1.name", 1), said("G1.office", 2), said("D1", 3)]),
        answered(&[
            answer("L1.x", AnswerValue::Entry(Decimal::from(1))),
            answer("L1.y", AnswerValue::Entry(Decimal::from(2))),
            said("L1.x.name", 4),
            said("L1.x.project", 5),
            said("L1.y.name", 6),
        ]),
        answered(&[said("T1.a.name", 7), said("T1.b.name", 8)]),
    ];
    let units = personal_units(&form(), &events);
    let at: Vec<&str> = units.keys().map(String::as_str).collect();
    assert_eq!(at, ["G1", "L1.x", "L1.y", "T1.a", "T1.b"]);
    assert_eq!(about(&events, &[1]), ids([1, 2]));
    // Not the project, which is no personal field; not what only tells of nobody.
    assert_eq!(about(&events, &[4, 5, 8, 3]), ids([4, 8]));
    assert_eq!(about(&events, &[9]), ids([]));
}

#[test]
fn who_follows_somebody_keeps_what_is_theirs() {
    let mut comment = said("G1.name", 1);
    comment.comment = Some(crate::questionnaire::Comment {
        content: content(5),
        lang: Lang::En,
        length: 5,
    });
    let events = [
        started(),
        // Typed, and overwritten before the submission.
        answered(&[said("G1.name", 7)]),
        answered(&[comment, said("G1.office", 2)]),
        submitted(),
        begun(None),
        answered(&[said("G1.name", 3), said("G1.office", 4)]),
    ];
    let first = ids([7, 1, 5, 2]);
    assert_eq!(about(&events, &[1]), first);
    assert_eq!(about(&events, &[2]), first, "by the address as by the name");
    assert_eq!(
        about(&events, &[3]),
        ids([3, 4, 7]),
        "nobody reads what was overwritten"
    );
    let versions = |events: &[Event]| -> Vec<Option<u32>> {
        let units = personal_units(&form(), events);
        units["G1"]
            .standing
            .iter()
            .map(|record| record.version)
            .collect()
    };
    assert_eq!(versions(&events), [Some(1), None]);
    // What the other hand had written when the pen was taken from it stands too.
    let taken = [&events[..], &[begun(Some(source()))]].concat();
    assert_eq!(versions(&taken), [Some(1), None, None]);
    assert_eq!(about(&taken, &[3]), ids([3, 4, 7]));
}

#[test]
fn files_of_a_personal_question_are_words_too() {
    let file = ReplyFileAttached {
        question: Some("G1".into()),
        ..super::files::file(2)
    };
    let events = [
        started(),
        answered(&[said("G1.name", 1)]),
        file.clone().into(),
    ];
    let all = [content(1).content, file.content.content, file.name.content];
    assert_eq!(about(&events, &[1]), BTreeSet::from(all));
}
