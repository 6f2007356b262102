//! Who may act for the party.

use std::collections::BTreeSet;

use super::*;
use crate::delegation::Office;

const SUCCESSOR: PersonId = PersonId(uuid::Uuid::from_u128(4));
const COLLEAGUE: PersonId = PersonId(uuid::Uuid::from_u128(5));

fn by(hand: ReplyCapacity, office: Office) -> Context {
    let admitted = delegation::ContributorAdmission {
        sections: BTreeSet::from(["A".to_owned()]),
        reads: None,
    };
    let contributors = [(COLLEAGUE, admitted)].into();
    let delegation = delegation::Delegation {
        office,
        nominated: None,
        contributors,
    };
    Context {
        hand,
        delegation: Arc::new(delegation),
        ..open()
    }
}

#[test]
fn whoever_begins_the_reply_is_the_focal_point_until_one_is_named() {
    let (first, second) = (
        ReplyCapacity::FocalPoint(SOMEBODY),
        ReplyCapacity::FocalPoint(SUCCESSOR),
    );
    for (hand, office, outcome) in [
        (first, Office::Unfilled, Ok(1)),
        (second, Office::Unfilled, Err("not_focal_point")),
        (first, Office::Held(SUCCESSOR), Err("not_focal_point")),
        (second, Office::Held(SUCCESSOR), Ok(1)),
        (first, Office::Vacant, Err("not_focal_point")),
        (second, Office::Vacant, Err("not_focal_point")),
    ] {
        for command in [submit(None), save(&[words(3)], &[])] {
            let state = evolved::<Reply>([started(), complete()]);
            let decided = Reply::decide(&state, &by(hand, office), command);
            let decided = decided.map(|events| events.len());
            let decided = decided.map_err(|refusal| super::super::super::Refusal::code(&refusal));
            assert_eq!(decided, outcome, "{hand:?} {office:?}");
        }
    }
}

#[test]
fn only_a_focal_point_begins_a_reply() {
    let begin = || start(finland());
    given::<Reply>([])
        .when(
            &by(ReplyCapacity::Contributor(COLLEAGUE), Office::Unfilled),
            begin(),
        )
        .refused("not_focal_point", &[]);
    given::<Reply>([])
        .when(
            &by(ReplyCapacity::FocalPoint(SOMEBODY), Office::Held(SUCCESSOR)),
            begin(),
        )
        .refused("not_focal_point", &[]);
}

#[test]
fn whoever_was_replaced_elsewhere_begins_only_where_they_are_named() {
    for (office, is_refused) in [
        (Office::Unfilled, true),
        (Office::Held(SOMEBODY), false),
        (Office::Held(SUCCESSOR), true),
        (Office::Vacant, true),
    ] {
        let context = Context {
            is_replaced: true,
            ..by(ReplyCapacity::FocalPoint(SOMEBODY), office)
        };
        let decided = Reply::decide(&None, &context, start(finland()));
        assert_eq!(decided.is_err(), is_refused, "{office:?}");
        if let Err(refusal) = decided {
            assert_eq!(refusal, Refusal::NotFocalPoint);
        }
    }
    // What they have begun they go on with, as long as nobody is named.
    let context = Context {
        is_replaced: true,
        ..by(ReplyCapacity::FocalPoint(SOMEBODY), Office::Unfilled)
    };
    given::<Reply>([started()])
        .when(&context, save(&[yes()], &[]))
        .then([answered(&[yes()])]);
}

#[test]
fn a_contributor_drafts_the_sections_that_it_was_admitted_to_and_does_nothing_else() {
    let context = by(
        ReplyCapacity::Contributor(COLLEAGUE),
        Office::Held(SOMEBODY),
    );
    given::<Reply>([started()])
        .when(&context, save(&[yes()], &[]))
        .then([answered(&[yes()])]);
    let others = [yes(), answer("N1", number(1))];
    given::<Reply>([started()])
        .when(&context, save(&others, &["N2"]))
        .refused(
            "section_not_assigned",
            &[
                ("section_of_others", "/answers/N1"),
                ("section_of_others", "/answers/N2"),
            ],
        );
    given::<Reply>([started()])
        .when(&context, save(&[], &["Z9"]))
        .refused("unknown_question", &[("no_such_question", "/answers/Z9")]);
    given::<Reply>([started(), complete()])
        .when(&context, submit(None))
        .refused("not_focal_point", &[]);
    let stranger = by(
        ReplyCapacity::Contributor(SUCCESSOR),
        Office::Held(SOMEBODY),
    );
    given::<Reply>([started()])
        .when(&stranger, save(&[yes()], &[]))
        .refused("not_focal_point", &[]);
}

#[test]
fn a_contributor_attaches_and_removes_files_of_its_sections_only() {
    let of = |n: u128, question: Option<&str>| ReplyFileAttached {
        question: question.map(str::to_owned),
        ..super::files::file(n)
    };
    // P1 is in section A, N1 is not.
    let held = [of(1, None), of(2, Some("P1")), of(3, Some("N1"))];
    let begun: Vec<Event> = [started()]
        .into_iter()
        .chain(held.clone().map(Event::from))
        .collect();
    let colleague = by(ReplyCapacity::Contributor(COLLEAGUE), Office::Unfilled);
    let remove = |file: &ReplyFileAttached| Command::RemoveFile { file: file.file };
    let whole = "not_focal_point";
    for (command, outcome) in [
        (Command::Attach(of(4, Some("P1"))), "reply_file_attached"),
        (Command::Attach(of(4, Some("N1"))), "section_not_assigned"),
        (Command::Attach(of(4, Some("Z9"))), "unknown_question"),
        (Command::Attach(of(4, None)), whole),
        (remove(&held[0]), whole),
        (remove(&held[1]), "reply_files_deleted reply_file_removed"),
        (remove(&held[2]), "section_not_assigned"),
        (remove(&of(9, None)), "unknown_file"),
    ] {
        assert_table::<Reply, 1>(&colleague, [begun.clone()], [(command, [outcome])]);
    }
}

#[test]
fn what_explains_a_check_of_the_whole_is_the_focal_points() {
    let mut json = crate::testing::questionnaire_json();
    json["checks"] = serde_json::json!([{"code": "odd", "kind": "explain", "rule": "P1 != \"yes\"",
        "text": {"en": "Is it?", "fr": "Vraiment ?"}}]);
    let form = crate::questionnaire::Questionnaire::read(&json).unwrap();
    let with_check = |hand| Context {
        form: Arc::new(form.clone().into()),
        ..by(hand, Office::Held(SOMEBODY))
    };
    let explanation = Answer {
        code: "checks.odd".into(),
        ..words(5)
    };
    given::<Reply>([started()])
        .when(
            &with_check(ReplyCapacity::Contributor(COLLEAGUE)),
            save(std::slice::from_ref(&explanation), &[]),
        )
        .refused("not_focal_point", &[]);
    given::<Reply>([started()])
        .when(
            &with_check(ReplyCapacity::FocalPoint(SOMEBODY)),
            save(std::slice::from_ref(&explanation), &[]),
        )
        .then([answered(&[explanation])]);
}
