use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::domain::classification::{
    CategoryAdded, Classification, Confidence, Event as Classified, StandardAdded,
};
use crate::domain::need_types::{NeedType, NeedTypes, NeedTypesRevised};
use crate::domain::testing::{content, evolved, given, questionnaire};
use crate::domain::{Lang, Texts};

mod beside;
mod properties;
mod stored;
mod table;

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
            is_dropped: false,
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
