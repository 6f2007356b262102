//! What may be published of a reply.

use super::*;
use crate::DomainEvent;
use crate::phrase::PlaceholderValue;

fn all() -> Option<Consent> {
    Some(Consent::All(JsonTrue))
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
            unconfirmed: 0,
            revision: None,
            version: 1,
            publication: all(),
            source: None,
            needs: Vec::new(),
        }
        .into()]);
    let before = [started(), complete(), submitted(), decided(all())];
    let again = ReplySubmitted {
        unconfirmed: 0,
        revision: None,
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
                ("no_such_section", "/publication/sections/Y"),
                ("no_such_section", "/publication/sections/Z"),
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
        hand: ReplyCapacity::Secretariat,
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

#[test]
fn consent_is_given_ten_times_a_day_and_withdrawn_at_any_time() {
    let now = lives::now();
    let ago = |minutes: i64| now - jiff::SignedDuration::from_mins(minutes);
    let day = 24 * 60;
    // The last first, as they are read.
    let with = |count: i64, last: i64| Context {
        consents_given: Some((0..count).map(|index| ago(last + index)).collect()),
        ..open()
    };
    let decide = |publication| Command::DecidePublication {
        publication,
        source: None,
        now,
    };
    let states = |consent: Option<Consent>| [started(), complete(), submitted(), decided(consent)];
    let (none, a, both) = (
        states(sections(&["B"])),
        sections(&["A"]),
        sections(&["A", "B"]),
    );
    let refused = |before: &[Event], context: &Context, publication: &Option<Consent>| {
        let state = evolved::<Reply>(before.iter().cloned());
        match Reply::decide(&state, context, decide(publication.clone())) {
            Err(Refusal::ConsentChangedTooOften(faults)) => {
                let mut args = faults[0].args.iter();
                args.find(|(name, _)| *name == "from")
                    .map(|(_, from)| from.clone())
            }
            other => {
                assert_eq!(other.unwrap(), [decided(publication.clone())]);
                None
            }
        }
    };
    // What adds something is bounded; it may again when the first of the ten is a day old.
    let full = with(10, 5);
    for wider in [&a, &both, &all()] {
        assert_eq!(refused(&none, &with(9, 5), wider), None);
        let from = PlaceholderValue::same(ago(14) + jiff::SignedDuration::from_hours(24));
        assert_eq!(refused(&none, &full, wider), Some(from));
        assert_eq!(
            refused(&none, &with(10, day - 9), wider),
            None,
            "a day later"
        );
    }
    // What only takes back is not, however often that was.
    for (before, narrower) in [
        (all(), &both),
        (both.clone(), &a),
        (all(), &a),
        (both.clone(), &None),
    ] {
        assert_eq!(refused(&states(before), &full, narrower), None);
    }
}
