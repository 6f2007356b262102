//! What may be published of a reply.

use super::*;
use crate::domain::DomainEvent;

fn all() -> Option<Consent> {
    Some(Consent::All(True))
}

fn decided(publication: Option<Consent>) -> Event {
    PublicationDecided {
        publication,
        source: None,
    }
    .into()
}

#[test]
fn a_party_changes_its_mind_once_it_has_submitted_and_after_the_close_too() {
    for context in [open(), closed()] {
        let (none, early, new) = (
            "unknown_reply",
            "reply_not_submitted",
            "publication_decided",
        );
        assert_table::<Reply, 4>(
            &context,
            states(),
            [
                (decide_publication(all()), [none, early, early, new]),
                (
                    decide_publication(sections(&["B"])),
                    [none, early, early, new],
                ),
                (
                    decide_publication(sections(&["Z"])),
                    [none, early, early, "unknown_section"],
                ),
                (decide_publication(None), [none, early, early, ""]),
                (decide_publication(sections(&[])), [none, early, early, ""]),
            ],
        );
    }
}

#[test]
fn what_is_decided_last_holds_and_the_same_again_is_no_event() {
    let events = [
        started(),
        complete(),
        submitted(),
        decided(all()),
        decided(sections(&["A"])),
    ];
    let reply = evolved::<Reply>(events.clone()).unwrap();
    let consent = reply.publication.unwrap();
    assert!(consent.covers("A") && !consent.covers("B"));
    given::<Reply>(events.clone())
        .when(&open(), decide_publication(sections(&["A"])))
        .then([]);
    given::<Reply>(events)
        .when(&open(), decide_publication(None))
        .then([decided(None)]);
}

#[test]
fn a_submission_says_what_may_be_published_of_it_and_unless_it_does_nothing_may() {
    given::<Reply>([started(), complete()])
        .when(&open(), submit(all()))
        .then([ReplySubmitted {
            version: 1,
            publication: all(),
            source: None,
            needs: Vec::new(),
        }
        .into()]);
    let before = [started(), complete(), submitted(), decided(all())];
    let again = ReplySubmitted {
        version: 2,
        publication: None,
        source: None,
        needs: Vec::new(),
    };
    let reply = evolved::<Reply>(before.into_iter().chain([again.into()]));
    assert_eq!(reply.unwrap().publication, None);
}

#[test]
fn each_section_that_there_is_not_is_named() {
    given::<Reply>([started(), complete()])
        .when(&open(), submit(sections(&["A", "Y", "Z"])))
        .refused(
            "unknown_section",
            &[
                ("no_such_section", "/publication/sections"),
                ("no_such_section", "/publication/sections"),
            ],
        );
}

#[test]
fn an_event_from_before_consent_was_asked_for_is_none() {
    let stored = Event::from_stored("reply_submitted", serde_json::json!({"version": 1}));
    assert_eq!(stored.unwrap(), submitted());
}

fn by_letter(publication: Option<Consent>) -> Command {
    Command::DecidePublication {
        publication,
        source: Some(lives::source()),
        now: lives::now(),
    }
}

#[test]
fn the_secretariat_records_what_a_party_says_by_letter_and_names_it() {
    let secretariat = Context {
        hand: Hand::Secretariat,
        ..closed()
    };
    let recorded = PublicationDecided {
        publication: all(),
        source: Some(lives::source()),
    };
    let events = [started(), complete(), submitted()];
    given::<Reply>(events.clone())
        .when(&secretariat, by_letter(all()))
        .then([recorded.into()]);
    given::<Reply>(events.clone())
        .when(&secretariat, decide_publication(all()))
        .refused("source_faulty", &[("missing_field", "/source")]);
    given::<Reply>(events)
        .when(&open(), by_letter(all()))
        .refused("only_secretariat", &[]);
}

#[test]
fn a_consent_that_holds_is_never_withdrawn_by_leaving_something_out() {
    let left_out = Command::Submit { publication: None };
    let consented = [started(), complete(), submitted(), decided(all())];
    let amended = consented.into_iter().chain([lives::begun(None)]);
    given::<Reply>(amended.clone())
        .when(&open(), left_out.clone())
        .refused("consent_not_said", &[]);
    for said in [submit(None), submit(all())] {
        let state = evolved::<Reply>(amended.clone());
        assert!(Reply::decide(&state, &open(), said).is_ok());
    }
    let never = [started(), complete(), submitted(), lives::begun(None)];
    let state = evolved::<Reply>(never);
    assert!(Reply::decide(&state, &open(), left_out).is_ok());
}
