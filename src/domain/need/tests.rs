use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::domain::classification::{
    CategoryAdded, Classification, Confidence, Event as Classified, StandardAdded,
};
use crate::domain::need_types::{NeedType, NeedTypes, NeedTypesRevised};
use crate::domain::testing::{assert_table, content, evolved, given, questionnaire, stored};
use crate::domain::{Lang, Texts};

mod beside;
mod properties;

const PARTY: PartyId = PartyId(Uuid::from_u128(8));
const REPLY: ReplyId = ReplyId(Uuid::from_u128(7));
const OTHER: NeedId = NeedId(Uuid::from_u128(9));

fn words(length: u32) -> Words {
    Words {
        content: content(1),
        lang: Lang::En,
        length,
    }
}

fn about() -> About {
    About {
        category: Some("I".into()),
        standard: None,
        kind: "legislation".into(),
        types_version: 1,
        urgency: Urgency::High,
        description: words(12),
        obstacle: None,
    }
}

fn classification() -> classification::State {
    let category = |code: &str| -> Classified {
        CategoryAdded {
            code: code.into(),
            title: Texts::from([(Lang::En, "A category")]),
        }
        .into()
    };
    let standard = StandardAdded {
        code: "rules".into(),
        category: "I".into(),
        title: Texts::from([(Lang::En, "Rules")]),
        adopted_by: "A resolution".into(),
        years: vec![1955],
        confidence: Confidence::Cited,
    };
    evolved::<Classification>([category("I"), category("II"), standard.into()])
}

fn types(versions: &[&[&str]]) -> need_types::State {
    let events = versions.iter().zip(1..).map(|(codes, version)| {
        let types = codes.iter().map(|code| NeedType {
            code: (*code).to_owned(),
            label: Texts::from([(Lang::En, "A type"), (Lang::Fr, "Un type")]),
        });
        let types = types.collect();
        NeedTypesRevised { version, types }.into()
    });
    evolved::<NeedTypes>(events)
}

/// Beside a reply that takes changes, as its focal point.
fn open() -> Context {
    Context {
        classification: Arc::new(classification()),
        types: Arc::new(types(&[&["legislation", "other"]])),
        beside: Some(Beside {
            may_draft: Ok(()),
            is_named: false,
            questionnaire: Arc::new(questionnaire()),
        }),
        is_replaced: false,
        is_matched: false,
        into: Some((PARTY, Status::Indicated)),
        project_met_it: false,
    }
}

fn changed(change: impl FnOnce(&mut Beside)) -> Context {
    let mut context = open();
    change(context.beside.as_mut().unwrap());
    context
}

fn drafted() -> Event {
    NeedDrafted {
        party: PARTY,
        reply: REPLY,
        number: 1,
        about: about(),
    }
    .into()
}

fn indicated() -> Event {
    NeedIndicated {
        party: PARTY,
        about: about(),
    }
    .into()
}

fn met() -> NeedMet {
    NeedMet {
        on: date(2006, 5, 1),
        project: None,
        note: Some(words(5)),
    }
}

fn lapsed() -> NeedLapsed {
    NeedLapsed {
        on: date(2006, 5, 1),
        reason: None,
    }
}

fn draft() -> Command {
    Command::Draft {
        party: PARTY,
        reply: REPLY,
        number: 1,
        about: about(),
    }
}

fn indicate() -> Command {
    Command::Indicate {
        party: PARTY,
        about: about(),
    }
}

fn edit(urgency: Urgency) -> Command {
    Command::Edit(Changes {
        urgency: Some(urgency),
        ..Changes::default()
    })
}

fn decline() -> Command {
    Command::Decline { reason: words(5) }
}

fn share(with: Sharing) -> Command {
    Command::Share { with }
}

/// Every state of a need's own stream: none, drafted, dropped, indicated, confirmed, merged, declined, met, lapsed.
fn states() -> [Vec<Event>; 9] {
    let confirmed = || vec![indicated(), NeedConfirmed {}.into()];
    let then = |event: Event| confirmed().into_iter().chain([event]).collect::<Vec<_>>();
    [
        Vec::new(),
        vec![drafted()],
        vec![drafted(), NeedDropped {}.into()],
        vec![indicated()],
        confirmed(),
        then(NeedMerged { into: OTHER }.into()),
        vec![indicated(), NeedDeclined { reason: words(5) }.into()],
        then(met().into()),
        then(lapsed().into()),
    ]
}

const NONE: &str = "unknown_need";
const EXISTS: &str = "need_already_exists";
const DRAFT: &str = "need_not_indicated";
const OVER: &str = "need_over";

/// A row of the table: what is outside of the few states that matter is the same for all of them.
fn row(none: &'static str, draft: &'static str, rest: [&'static str; 3]) -> [&'static str; 9] {
    let [indicated, confirmed, over] = rest;
    [
        none, draft, NONE, indicated, confirmed, over, over, over, over,
    ]
}

#[test]
fn every_command_in_every_state() {
    let confirmed = "need_already_confirmed";
    let not = "need_not_drafted";
    let shared = "need_shared";
    assert_table::<Need, 9>(
        &open(),
        states(),
        [
            (
                draft(),
                [
                    "need_drafted",
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                ],
            ),
            (
                indicate(),
                [
                    "need_indicated",
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                ],
            ),
            (edit(Urgency::High), row(NONE, "", [not; 3])),
            (edit(Urgency::Low), row(NONE, "need_edited", [not; 3])),
            (Command::Drop, row(NONE, "need_dropped", [not; 3])),
            (
                Command::Confirm,
                row(NONE, DRAFT, ["need_confirmed", confirmed, OVER]),
            ),
            (
                Command::Merge { into: OTHER },
                row(NONE, DRAFT, ["need_merged", "need_merged", OVER]),
            ),
            (
                decline(),
                row(NONE, DRAFT, ["need_declined", confirmed, OVER]),
            ),
            (
                Command::Meet(met()),
                row(
                    NONE,
                    DRAFT,
                    ["need_not_confirmed", "need_not_matched", OVER],
                ),
            ),
            (
                Command::Lapse(lapsed()),
                row(NONE, DRAFT, ["need_lapsed", "need_lapsed", OVER]),
            ),
            (share(Sharing::Nobody), row(NONE, DRAFT, [""; 3])),
            (share(Sharing::Donors), row(NONE, DRAFT, [shared; 3])),
        ],
    );
}

/// Where a project or an accepted request is about it, a need that is confirmed is matched.
#[test]
fn every_command_in_every_state_where_something_is_about_the_need() {
    let context = Context {
        is_matched: true,
        ..open()
    };
    let (matched, not) = ("need_is_matched", "need_not_drafted");
    assert_table::<Need, 9>(
        &context,
        states(),
        [
            (edit(Urgency::Low), row(NONE, "need_edited", [not; 3])),
            (Command::Drop, row(NONE, "need_dropped", [not; 3])),
            (
                Command::Confirm,
                row(
                    NONE,
                    DRAFT,
                    ["need_confirmed", "need_already_confirmed", OVER],
                ),
            ),
            (
                Command::Merge { into: OTHER },
                row(NONE, DRAFT, ["need_merged", matched, OVER]),
            ),
            (
                decline(),
                row(NONE, DRAFT, ["need_declined", matched, OVER]),
            ),
            (
                Command::Meet(met()),
                row(NONE, DRAFT, ["need_not_confirmed", "need_met", OVER]),
            ),
            (
                Command::Lapse(lapsed()),
                row(NONE, DRAFT, ["need_lapsed", "need_lapsed", OVER]),
            ),
            (share(Sharing::All), row(NONE, DRAFT, ["need_shared"; 3])),
        ],
    );
}

/// A draft that its reply's submission named is indicated, though its own stream does not say so.
#[test]
fn a_draft_that_was_submitted_is_treated_as_indicated() {
    let named = changed(|beside| beside.is_named = true);
    let status = |outcome| [NONE, outcome];
    assert_table::<Need, 2>(
        &named,
        [Vec::new(), vec![drafted()]],
        [
            (edit(Urgency::Low), status("need_not_drafted")),
            (Command::Drop, status("need_not_drafted")),
            (Command::Confirm, status("need_confirmed")),
            (decline(), status("need_declined")),
            (Command::Merge { into: OTHER }, status("need_merged")),
            (Command::Lapse(lapsed()), status("need_lapsed")),
            (share(Sharing::All), status("need_shared")),
        ],
    );
}

#[test]
fn every_fault_of_a_need_is_listed() {
    let faulty = About {
        category: Some("II".into()),
        standard: Some("rules".into()),
        kind: "weather".into(),
        types_version: 0,
        description: words(0),
        obstacle: Some(Obstacle::Question("P1".into())),
        ..about()
    };
    let faults = [
        ("standard_of_other_category", "/standard"),
        ("unknown_need_type", "/type"),
        ("blank", "/description"),
        ("not_a_difficulty", "/obstacle/question"),
    ];
    let draft = Command::Draft {
        party: PARTY,
        reply: REPLY,
        number: 1,
        about: faulty,
    };
    given::<Need>([])
        .when(&open(), draft)
        .refused("need_faulty", &faults);
    let unknown = About {
        category: Some("V".into()),
        standard: Some("customs".into()),
        description: words(WORDS_CHARS + 1),
        obstacle: Some(Obstacle::Words(words(0))),
        ..about()
    };
    let indicate = |about| Command::Indicate {
        party: PARTY,
        about,
    };
    given::<Need>([]).when(&open(), indicate(unknown)).refused(
        "need_faulty",
        &[
            ("unknown_category", "/category"),
            ("unknown_standard", "/standard"),
            ("text_too_long", "/description"),
            ("blank", "/obstacle/words"),
        ],
    );
    let nothing = About {
        category: None,
        ..about()
    };
    given::<Need>([])
        .when(&open(), indicate(nothing))
        .refused("need_faulty", &[("no_area", "")]);
}

#[test]
fn an_obstacle_is_a_difficulty_that_the_reply_tells_of_and_outside_of_a_reply_words() {
    let obstacle = |obstacle| About {
        obstacle: Some(obstacle),
        ..about()
    };
    let difficulty = || obstacle(Obstacle::Question("P2".into()));
    let draft = Command::Draft {
        party: PARTY,
        reply: REPLY,
        number: 1,
        about: difficulty(),
    };
    assert_eq!(Need::decide(&None, &open(), draft).unwrap().len(), 1);
    let outside = Command::Indicate {
        party: PARTY,
        about: difficulty(),
    };
    given::<Need>([])
        .when(&open(), outside)
        .refused("need_faulty", &[("not_a_difficulty", "/obstacle/question")]);
    let words = Command::Indicate {
        party: PARTY,
        about: obstacle(Obstacle::Words(words(3))),
    };
    assert_eq!(Need::decide(&None, &open(), words).unwrap().len(), 1);
}

#[test]
fn a_type_is_of_the_latest_list_and_one_that_was_left_out_since_stays_where_it_was_chosen() {
    let context = Context {
        types: Arc::new(types(&[&["legislation"], &["other"]])),
        ..open()
    };
    given::<Need>([])
        .when(&context, {
            let about = About {
                kind: "other".into(),
                types_version: 0,
                ..about()
            };
            Command::Indicate {
                party: PARTY,
                about,
            }
        })
        .then([NeedIndicated {
            party: PARTY,
            about: About {
                kind: "other".into(),
                types_version: 2,
                ..about()
            },
        }
        .into()]);
    let left_out = About {
        types_version: 0,
        ..about()
    };
    let indicate = Command::Indicate {
        party: PARTY,
        about: left_out,
    };
    given::<Need>([])
        .when(&context, indicate)
        .refused("need_faulty", &[("unknown_need_type", "/type")]);
    let edited = About {
        urgency: Urgency::Low,
        ..about()
    };
    given::<Need>([drafted()])
        .when(&context, edit(Urgency::Low))
        .then([NeedEdited { about: edited }.into()]);
}

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
    let project = crate::domain::ProjectId(Uuid::from_u128(5));
    let by_project = || NeedMet {
        project: Some(project),
        ..met()
    };
    let matched = |project_met_it| Context {
        is_matched: true,
        project_met_it,
        ..open()
    };
    let confirmed = || [indicated(), NeedConfirmed {}.into()];
    given::<Need>(confirmed())
        .when(&matched(true), Command::Meet(by_project()))
        .then([by_project().into()]);
    given::<Need>(confirmed())
        .when(&matched(false), Command::Meet(by_project()))
        .refused("need_faulty", &[("project_did_not_meet", "/project")]);
    let mut blank = by_project();
    blank.note = Some(words(0));
    given::<Need>(confirmed())
        .when(&matched(false), Command::Meet(blank))
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
    given::<Need>([indicated()])
        .when(&open(), Command::Lapse(lapse))
        .refused("need_faulty", &[("text_too_long", "/reason")]);
}

#[test]
fn stored_events() {
    let full = About {
        standard: Some("rules".into()),
        obstacle: Some(Obstacle::Question("P2".into())),
        ..about()
    };
    let bare = About {
        category: None,
        standard: Some("rules".into()),
        obstacle: Some(Obstacle::Words(words(3))),
        ..about()
    };
    let samples: [Event; 13] = [
        drafted(),
        NeedDrafted {
            party: PARTY,
            reply: REPLY,
            number: 2,
            about: full,
        }
        .into(),
        NeedEdited { about: bare }.into(),
        NeedDropped {}.into(),
        indicated(),
        NeedConfirmed {}.into(),
        NeedMerged { into: OTHER }.into(),
        NeedDeclined { reason: words(5) }.into(),
        met().into(),
        NeedMet {
            on: date(2006, 5, 1),
            project: Some(crate::domain::ProjectId(Uuid::from_u128(5))),
            note: None,
        }
        .into(),
        lapsed().into(),
        NeedLapsed {
            reason: Some(words(5)),
            ..lapsed()
        }
        .into(),
        NeedShared {
            with: Sharing::Donors,
        }
        .into(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    need_drafted {"category":"I","description":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":12},"number":1,"party":"00000000-0000-0000-0000-000000000008","reply":"00000000-0000-0000-0000-000000000007","type":"legislation","types_version":1,"urgency":"high"}
    need_drafted {"category":"I","description":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":12},"number":2,"obstacle":{"question":"P2"},"party":"00000000-0000-0000-0000-000000000008","reply":"00000000-0000-0000-0000-000000000007","standard":"rules","type":"legislation","types_version":1,"urgency":"high"}
    need_edited {"description":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":12},"obstacle":{"words":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":3}},"standard":"rules","type":"legislation","types_version":1,"urgency":"high"}
    need_dropped {}
    need_indicated {"category":"I","description":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":12},"party":"00000000-0000-0000-0000-000000000008","type":"legislation","types_version":1,"urgency":"high"}
    need_confirmed {}
    need_merged {"into":"00000000-0000-0000-0000-000000000009"}
    need_declined {"reason":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":5}}
    need_met {"note":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":5},"on":"2006-05-01"}
    need_met {"on":"2006-05-01","project":"00000000-0000-0000-0000-000000000005"}
    need_lapsed {"on":"2006-05-01"}
    need_lapsed {"on":"2006-05-01","reason":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":5}}
    need_shared {"with":"donors"}
    "#);
}
