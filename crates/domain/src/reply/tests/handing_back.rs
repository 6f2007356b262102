//! Sections that contributors hand back, and that the focal point returns.

use std::collections::BTreeSet;

use super::lives::*;
use super::*;

const FIRST: PersonId = PersonId(uuid::Uuid::from_u128(5));
const SECOND: PersonId = PersonId(uuid::Uuid::from_u128(6));
const READER: PersonId = PersonId(uuid::Uuid::from_u128(8));

fn by(hand: ReplyCapacity, of_first: &[&str]) -> Context {
    let admitted = |sections: &[&str]| delegation::ContributorAdmission {
        sections: sections.iter().map(|code| (*code).to_owned()).collect(),
        reads: None,
    };
    let reader = delegation::ContributorAdmission {
        reads: Some(Consent::All(JsonTrue)),
        ..admitted(&["B"])
    };
    let delegation = delegation::Delegation {
        contributors: [
            (FIRST, admitted(of_first)),
            (SECOND, admitted(&["A"])),
            (READER, reader),
        ]
        .into(),
        ..delegation::Delegation::default()
    };
    Context {
        hand,
        delegation: Arc::new(delegation),
        ..open()
    }
}

fn first() -> Context {
    by(ReplyCapacity::Contributor(FIRST), &["A"])
}

fn focal() -> Context {
    by(ReplyCapacity::FocalPoint(SOMEBODY), &["A"])
}

fn handed_back(person: PersonId) -> Event {
    SectionHandedBack {
        section: "A".into(),
        by: person,
        remark: Some(remark(12)),
    }
    .into()
}

fn returned(to: &[PersonId]) -> Event {
    SectionReturned {
        section: "A".into(),
        to: to.to_vec(),
        remark: None,
    }
    .into()
}

/// Who has handed section A back and waits, after these events.
fn waiting(events: impl IntoIterator<Item = Event>) -> BTreeSet<PersonId> {
    let reply = evolved::<Reply>(events).unwrap();
    reply.handed_back("A").collect()
}

#[test]
fn each_of_those_who_answer_a_section_hands_it_back_once_and_anew_once_it_was_returned() {
    let mut life = vec![started(), handed_back(FIRST)];
    given::<Reply>(life.clone())
        .when(&first(), hand_back())
        .refused("section_already_handed_back", &[]);
    given::<Reply>(life.clone())
        .when(&by(ReplyCapacity::Contributor(SECOND), &["A"]), hand_back())
        .then([handed_back(SECOND)]);
    life.push(handed_back(SECOND));
    given::<Reply>(life.clone())
        .when(&focal(), give_back())
        .then([returned(&[FIRST, SECOND])]);
    life.push(returned(&[FIRST, SECOND]));
    given::<Reply>(life.clone())
        .when(&focal(), give_back())
        .refused("section_not_handed_back", &[]);
    given::<Reply>(life.clone())
        .when(&first(), hand_back())
        .then([handed_back(FIRST)]);
    life.push(handed_back(FIRST));
    assert_eq!(waiting(life), [FIRST].into());
}

#[test]
fn nobody_hands_back_what_they_only_read_and_nothing_is_returned_to_who_answers_it_no_more() {
    for (person, sections) in [(READER, ["A"]), (FIRST, ["B"]), (SOMEBODY, ["A"])] {
        given::<Reply>([started()])
            .when(
                &by(ReplyCapacity::Contributor(person), &sections),
                hand_back(),
            )
            .refused("not_contributor", &[]);
    }
    let life = [started(), handed_back(FIRST)];
    let context = by(ReplyCapacity::FocalPoint(SOMEBODY), &["B"]);
    given::<Reply>(life.clone())
        .when(&context, give_back())
        .refused("section_not_handed_back", &[]);
    // It stands as something that was said.
    assert_eq!(waiting(life), [FIRST].into());
}

#[test]
fn a_section_that_there_is_not_and_a_remark_that_says_nothing_or_too_much_are_refused() {
    let of = |section: &str, length: Option<u32>| {
        let (section, remark) = (section.to_owned(), length.map(remark));
        let back = Command::HandBack {
            section: section.clone(),
            remark: remark.clone(),
        };
        (back, Command::Return { section, remark })
    };
    let none = ("unknown_section", ("no_such_section", "/section"));
    let blank = ("remark_faulty", ("blank", "/remark/text"));
    let long = ("remark_faulty", ("text_too_long", "/remark/text"));
    for (section, length, (code, fault)) in [
        ("Z", None, none),
        ("A", Some(0), blank),
        ("A", Some(MAX_REMARK_CHARS + 1), long),
    ] {
        let (back, give) = of(section, length);
        given::<Reply>([started()])
            .when(&first(), back)
            .refused(code, &[fault]);
        given::<Reply>([started(), handed_back(FIRST)])
            .when(&focal(), give)
            .refused(code, &[fault]);
    }
    given::<Reply>([started()])
        .when(&first(), of("A", None).0)
        .then([SectionHandedBack {
            section: "A".into(),
            by: FIRST,
            remark: None,
        }
        .into()]);
}

#[test]
fn saving_ends_nothing_and_a_submission_a_discard_and_whatever_closes_the_reply_do() {
    let back = || handed_back(FIRST);
    let nobody = BTreeSet::new();
    let draft = [started(), complete(), back()];
    let then = |more: &[Event]| waiting([draft.as_slice(), more].concat());
    assert_eq!(then(&[answered(&[words(9)])]), [FIRST].into());
    given::<Reply>(draft.clone())
        .when(&first(), save(&[words(5)], &[]))
        .then([answered(&[words(5)])]);
    assert_eq!(then(&[submitted()]), nobody);

    let open = [started(), complete(), submitted()];
    let then = |more: &[Event]| waiting([open.as_slice(), more].concat());
    assert_eq!(then(&[begun(None), back()]), [FIRST].into());
    assert_eq!(then(&[begun(None), back(), discarded()]), nobody);
    assert_eq!(then(&[asked(1, None), back(), answered_it(1)]), nobody);
    assert_eq!(then(&[asked(1, None), back(), took_it_back(1)]), nobody);
    // What was changed meanwhile goes on, and so does what was said of it.
    let changed = answered(&[words(6)]);
    let events = [asked(1, None), changed, back(), begun(None), answered_it(1)];
    assert_eq!(then(&events), [FIRST].into());
}

#[test]
fn it_goes_with_the_draft_where_the_pen_is_taken_and_is_nobodys_but_its_partys() {
    let draft = [started(), complete(), handed_back(FIRST)];
    let reply = evolved::<Reply>(draft.clone()).unwrap();
    assert!(reply.as_submitted().hand_backs.is_empty());
    let reopened = [started(), complete(), submitted(), begun(None)];
    let reopened = [reopened.as_slice(), &[handed_back(FIRST)]].concat();
    let reply = evolved::<Reply>(reopened).unwrap();
    assert!(reply.as_submitted().hand_backs.is_empty());

    let taken = [draft.as_slice(), &[begun(Some(source()))]].concat();
    assert_eq!(waiting(taken.clone()), BTreeSet::new());
    let back = AmendmentDiscarded::default().into();
    assert_eq!(waiting([taken, vec![back]].concat()), [FIRST].into());
}
