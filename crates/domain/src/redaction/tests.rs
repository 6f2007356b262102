use super::*;
use crate::Decider;
use crate::testing::{assert_table, given, stored};

const CONTENT: ContentId = ContentId(uuid::Uuid::from_u128(9));

fn redacted(reason: Reason) -> Event {
    let content = CONTENT;
    ContentRedacted { content, reason }.into()
}

fn redact(reason: Reason) -> Command {
    let content = CONTENT;
    Command::Redact { content, reason }
}

#[test]
fn words_are_redacted_once_and_what_holds_none_never() {
    let redact = redact(Reason::NamesAPerson);
    for (context, before) in [
        (Context::Words, "content_redacted"),
        (Context::Nothing, "unknown_content"),
        (Context::Structure, "content_not_redactable"),
    ] {
        let states = [vec![], vec![redacted(Reason::SentByMistake)]];
        let row = (redact.clone(), [before, "content_already_redacted"]);
        assert_table::<Redaction, 2>(&context, states, [row]);
    }
}

#[test]
fn the_first_reason_stands() {
    given::<Redaction>([])
        .when(&Context::Words, redact(Reason::NamesAPerson))
        .then([redacted(Reason::NamesAPerson)]);
    let state = Redaction::evolve(Some(Reason::NamesAPerson), &redacted(Reason::SentByMistake));
    assert_eq!(state, Some(Reason::NamesAPerson));
}

#[test]
fn stored_events() {
    let samples: Vec<Event> = Reason::ALL.iter().map(|reason| redacted(*reason)).collect();
    insta::assert_snapshot!(stored(&samples), @r#"
    content_redacted {"content":"00000000-0000-0000-0000-000000000009","reason":"names_a_person"}
    content_redacted {"content":"00000000-0000-0000-0000-000000000009","reason":"other_personal_data"}
    content_redacted {"content":"00000000-0000-0000-0000-000000000009","reason":"restricted_information"}
    content_redacted {"content":"00000000-0000-0000-0000-000000000009","reason":"sent_by_mistake"}
    "#);
}
