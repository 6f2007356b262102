//! How needs end.

use super::*;

#[test]
fn a_need_is_merged_into_another_of_the_same_state_that_is_not_over() {
    let into = |into| Context { into, ..open() };
    let stranger = PartyId(Uuid::from_u128(80));
    for wrong in [
        None,
        Some((stranger, Status::Confirmed)),
        Some((PARTY, Status::Drafted)),
        Some((PARTY, Status::Dropped)),
        Some((PARTY, Status::Merged)),
        Some((PARTY, Status::Declined)),
        Some((PARTY, Status::Met)),
        Some((PARTY, Status::Lapsed)),
    ] {
        given::<Need>([indicated()])
            .when(&into(wrong), Command::Merge { into: OTHER })
            .refused("need_faulty", &[("bad_merge_target", "/into")]);
    }
    for status in [Status::Indicated, Status::Confirmed, Status::Matched] {
        given::<Need>([indicated()])
            .when(&into(Some((PARTY, status))), Command::Merge { into: OTHER })
            .then([NeedMerged { into: OTHER }.into()]);
    }
}

#[test]
fn a_project_that_is_said_to_have_met_a_need_is_completed_and_about_it() {
    let project = crate::ProjectId(Uuid::from_u128(5));
    let by_project = || NeedMet {
        project: Some(project),
        ..met()
    };
    let matched = |completed_on| Context {
        is_matched: Some(true),
        completed_on,
        ..open()
    };
    let meet = |met| Command::Meet { met, today: TODAY };
    let confirmed = || [indicated(), NeedConfirmed {}.into()];
    given::<Need>(confirmed())
        .when(&matched(Some(met().on)), meet(by_project()))
        .then([by_project().into()]);
    given::<Need>(confirmed())
        .when(&matched(Some(date(2006, 5, 2))), meet(by_project()))
        .refused("need_faulty", &[("before_what_it_follows", "/on")]);
    given::<Need>(confirmed())
        .when(&matched(None), meet(by_project()))
        .refused("need_faulty", &[("project_did_not_meet", "/project")]);
    let mut blank = by_project();
    blank.note = Some(words(0));
    given::<Need>(confirmed())
        .when(&matched(None), meet(blank))
        .refused(
            "need_faulty",
            &[("project_did_not_meet", "/project"), ("blank", "/note")],
        );
}

#[test]
fn reasons_say_something() {
    let decline = Command::Decline { reason: words(0) };
    given::<Need>([indicated()])
        .when(&open(), decline)
        .refused("need_faulty", &[("blank", "/reason")]);
    let lapse = NeedLapsed {
        reason: Some(words(WORDS_CHARS + 1)),
        ..lapsed()
    };
    let lapse = Command::Lapse {
        lapsed: lapse,
        today: TODAY,
    };
    given::<Need>([indicated()])
        .when(&open(), lapse)
        .refused("need_faulty", &[("text_too_long", "/reason")]);
}

#[test]
fn a_need_ends_on_a_day_that_is_not_still_to_come() {
    let before = date(2006, 4, 30);
    let matched = Context {
        is_matched: Some(true),
        ..open()
    };
    let future = [("day_in_the_future", "/on")];
    let met = Command::Meet {
        met: met(),
        today: before,
    };
    given::<Need>([indicated(), NeedConfirmed {}.into()])
        .when(&matched, met)
        .refused("need_faulty", &future);
    let lapsed = Command::Lapse {
        lapsed: lapsed(),
        today: before,
    };
    given::<Need>([indicated()])
        .when(&open(), lapsed)
        .refused("need_faulty", &future);
}

#[test]
fn what_nobody_looked_for_gives_nothing_up() {
    let unread = Context {
        is_matched: None,
        ..open()
    };
    given::<Need>([indicated()])
        .when(&unread, decline())
        .refused("need_is_matched", &[]);
}
