//! Deadlines, their extension, and reminders.

use super::*;
use crate::Lang;
use crate::testing::content;

fn until(month: u8) -> Deadline {
    Deadline {
        at: format!("2011-{:02}-30T21:59:59Z", 6 + month)
            .parse()
            .unwrap(),
        ..opened().deadline
    }
}

fn words(length: u32) -> Words {
    Words {
        content: content(7),
        lang: Lang::En,
        length,
    }
}

fn ids(codes: &[&str]) -> Vec<PartyId> {
    codes.iter().map(|code| PartyId::from_code(code)).collect()
}

/// Until so many months after the first deadline.
pub(super) fn extend(parties: Option<&[&str]>, month: u8) -> Command {
    Command::Extend {
        deadline: until(month),
        parties: parties.map(ids),
        reason: words(12),
    }
}

pub(super) fn extended(parties: Option<&[&str]>) -> Event {
    DeadlineExtended {
        deadline: until(1),
        parties: parties.map(ids),
        reason: words(12),
    }
    .into()
}

pub(super) fn reminded(parties: &[&str]) -> Event {
    RemindersSent {
        parties: ids(parties),
    }
    .into()
}

pub(super) fn by_another_letter() -> Event {
    PartiesInvited {
        parties: vec![invitation("KEN")],
        letter: Some(letter()),
    }
    .into()
}

fn letter() -> Letter {
    Letter {
        reference: "CU/2011/41".into(),
        dated: date(2011, 4, 1),
    }
}

fn remind(parties: &[&str]) -> Command {
    Command::Remind {
        parties: ids(parties),
    }
}

#[test]
fn extensions_and_reminders_in_every_state() {
    let begun: Vec<Event> = vec![opened().into(), invited("FIN"), invited("THA")];
    let with = |more: &[Event]| [begun.as_slice(), more].concat();
    let (none, shut) = ("unknown_collection", "collection_closed");
    let (more, faulty, sent) = ("deadline_extended", "collection_faulty", "reminders_sent");
    let fin: &[&str] = &["FIN"];
    assert_table::<Collection, 5>(
        &APPROVED,
        [
            Vec::new(),
            begun.clone(),
            with(&[extended(None)]),
            with(&[extended(Some(fin))]),
            with(&[closed()]),
        ],
        [
            (extend(None, 0), [none, faulty, faulty, faulty, shut]),
            (extend(None, 1), [none, more, faulty, more, shut]),
            (extend(None, 2), [none, more, more, more, shut]),
            (extend(Some(fin), 1), [none, more, faulty, faulty, shut]),
            (extend(Some(fin), 2), [none, more, more, more, shut]),
            (extend(Some(&["THA"]), 1), [none, more, faulty, more, shut]),
            (
                extend(Some(&["KEN"]), 2),
                [none, faulty, faulty, faulty, shut],
            ),
            (remind(fin), [none, sent, sent, sent, shut]),
            (remind(&[]), [none, "", "", "", shut]),
            (remind(&["KEN"]), [none, faulty, faulty, faulty, shut]),
        ],
    );
}

#[test]
fn who_was_reminded_meanwhile_is_not_reminded_again() {
    let begun = || given::<Collection>([opened().into(), invited("FIN"), invited("THA")]);
    let lately = |parties: &[&str]| Context {
        reminded_lately: Some(ids(parties).into_iter().collect()),
        ..APPROVED
    };
    let both = || remind(&["FIN", "THA"]);
    begun()
        .when(&lately(&["FIN"]), both())
        .then([reminded(&["THA"])]);
    begun().when(&lately(&["FIN", "THA"]), both()).then([]);
    let unread = Context {
        reminded_lately: None,
        ..APPROVED
    };
    begun()
        .when(&unread, both())
        .refused("collection_faulty", &[]);
}

#[test]
fn every_fault_of_an_extension_is_named_with_its_place() {
    let begun = || given::<Collection>([opened().into(), invited("FIN"), invited("THA")]);
    let wrong = Command::Extend {
        deadline: Deadline {
            time_zone: "Europe/Atlantis".into(),
            ..until(0)
        },
        parties: Some(ids(&["FIN", "KEN", "FIN"])),
        reason: words(0),
    };
    begun().when(&APPROVED, wrong).refused(
        "collection_faulty",
        &[
            ("blank", "/reason"),
            ("unknown_time_zone", "/deadline/time_zone"),
            ("deadline_not_later", "/parties/0"),
            ("party_listed_twice", "/parties/2"),
            ("not_invited", "/parties/1"),
        ],
    );
    let nobody = extend(Some(&[]), 1);
    begun()
        .when(&APPROVED, nobody)
        .refused("collection_faulty", &[("list_empty", "/parties")]);
    let long = Command::Extend {
        deadline: until(0),
        parties: None,
        reason: words(1_001),
    };
    begun().when(&APPROVED, long).refused(
        "collection_faulty",
        &[
            ("text_too_long", "/reason"),
            ("deadline_not_later", "/deadline/at"),
        ],
    );
}

#[test]
fn each_party_has_the_latest_deadline_that_it_was_given() {
    let events = [
        opened().into(),
        invited("FIN"),
        invited("THA"),
        extended(Some(&["FIN"])),
    ];
    let state = evolved::<Collection>(events.clone()).unwrap();
    assert_eq!(state.deadline_of(PartyId::from_code("FIN")), &until(1));
    assert_eq!(state.deadline_of(PartyId::from_code("THA")), &until(0));
    let later = Collection::decide(&Some(state), &APPROVED, extend(None, 2)).unwrap();
    let state = evolved::<Collection>(events.into_iter().chain(later)).unwrap();
    for party in ["FIN", "THA"] {
        assert_eq!(state.deadline_of(PartyId::from_code(party)), &until(2));
    }
}

#[test]
fn what_comes_on_paper_is_late_by_the_day_and_what_comes_here_by_the_instant() {
    let due = opened().deadline;
    for (received, late) in [
        (
            ReceiptTime::At("2011-06-30T21:59:59Z".parse().unwrap()),
            false,
        ),
        (
            ReceiptTime::At("2011-06-30T21:59:59.26Z".parse().unwrap()),
            false,
        ),
        (
            ReceiptTime::At("2011-06-30T21:59:59.999999Z".parse().unwrap()),
            false,
        ),
        (
            ReceiptTime::At("2011-06-30T22:00:00Z".parse().unwrap()),
            true,
        ),
        (ReceiptTime::On(date(2011, 6, 30)), false),
        (ReceiptTime::On(date(2011, 7, 1)), true),
    ] {
        assert_eq!(due.is_over(received), late, "{received:?}");
    }
    // Already 1 July in Vienna.
    let midnight = Deadline {
        at: "2011-06-30T22:00:00Z".parse().unwrap(),
        ..due
    };
    assert!(!midnight.is_over(ReceiptTime::On(date(2011, 7, 1))));
    assert!(midnight.is_over(ReceiptTime::On(date(2011, 7, 2))));
}

#[test]
fn a_deadline_in_the_last_second_of_a_day_is_that_of_the_day() {
    for (at, zone, last) in [
        (
            "2011-06-30T21:59:59Z",
            "Europe/Vienna",
            "2011-06-30T21:59:59.999999Z",
        ),
        // In another zone it is a time of day.
        ("2011-06-30T21:59:59Z", "UTC", "2011-06-30T21:59:59Z"),
        (
            "2011-06-30T22:00:00Z",
            "Europe/Vienna",
            "2011-06-30T22:00:00Z",
        ),
        (
            "2011-06-30T21:59:58Z",
            "Europe/Vienna",
            "2011-06-30T21:59:58Z",
        ),
        (
            "2011-06-30T21:59:59.5Z",
            "Europe/Vienna",
            "2011-06-30T21:59:59.5Z",
        ),
        (
            "2011-12-30T09:59:59Z",
            "Pacific/Apia",
            "2011-12-30T09:59:59.999999Z",
        ),
        // The last hour of the day comes twice: its first end is none.
        (
            "2018-02-18T01:59:59Z",
            "America/Sao_Paulo",
            "2018-02-18T01:59:59Z",
        ),
        (
            "2018-02-18T02:59:59Z",
            "America/Sao_Paulo",
            "2018-02-18T02:59:59.999999Z",
        ),
    ] {
        let deadline = Deadline {
            at: at.parse().unwrap(),
            time_zone: zone.into(),
        };
        assert_eq!(deadline.last_moment().to_string(), last, "{at} {zone}");
    }
    for (given, zone, at) in [
        ("2011-06-30", "Europe/Vienna", "2011-06-30T21:59:59Z"),
        ("2011-12-29", "Pacific/Apia", "2011-12-30T09:59:59Z"),
        ("2018-02-17", "America/Sao_Paulo", "2018-02-18T02:59:59Z"),
    ] {
        let deadline = Deadline::read(given, zone, "/deadline").unwrap();
        assert_eq!(deadline.at.to_string(), at, "{given}");
        assert_ne!(deadline.last_moment(), deadline.at, "{given} is a day");
    }
}

#[test]
fn more_parties_are_invited_by_a_letter_of_their_own_or_by_the_first() {
    let invite = |letter| Command::Invite {
        parties: vec![invitation("KEN")],
        letter,
    };
    given::<Collection>([opened().into()])
        .when(&APPROVED, invite(Some(letter())))
        .then([by_another_letter()]);
    let wrong = Letter {
        reference: " ".into(),
        dated: date(2011, 3, 7),
    };
    given::<Collection>([opened().into()])
        .when(&APPROVED, invite(Some(wrong)))
        .refused(
            "collection_faulty",
            &[
                ("blank", "/letter/reference"),
                ("letter_before_opening", "/letter/dated"),
            ],
        );
}

/// Why something is done.
pub(super) fn why() -> Words {
    words(12)
}
