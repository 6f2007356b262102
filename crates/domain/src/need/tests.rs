use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::Decider;
use crate::classification::{
    CategoryAdded, Classification, Confidence, Event as Classified, StandardAdded,
};
use crate::need_types::{NeedType, NeedTypes, NeedTypesRevised};
use crate::testing::{content, evolved, form, given};
use crate::{Lang, Texts};

mod beside;
mod ending;
mod entering;
mod properties;
mod stored;
mod table;

const PARTY: PartyId = PartyId(Uuid::from_u128(8));
const REPLY: ReplyId = ReplyId(Uuid::from_u128(7));
const OTHER: NeedId = NeedId(Uuid::from_u128(9));
const TODAY: Date = date(2006, 6, 1);

fn words(length: u32) -> Words {
    Words {
        content: content(1),
        lang: Lang::En,
        length,
    }
}

fn about() -> NeedParticulars {
    NeedParticulars {
        category: Some("I".into()),
        standard: None,
        kind: "legislation".into(),
        types_version: 1,
        urgency: Urgency::High,
        description: Some(words(12)),
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
        party: Some(PartyKind::MemberState),
        stated: None,
        beside: Some(DraftContext {
            may_draft: Ok(()),
            is_named: false,
            is_dropped: false,
            form: Arc::new(form()),
        }),
        is_replaced: false,
        is_matched: Some(false),
        into: Some((PARTY, Status::Indicated)),
        completed_on: None,
    }
}

fn changed(change: impl FnOnce(&mut DraftContext)) -> Context {
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
        entered_on_behalf: None,
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

fn meet() -> Command {
    let (met, today) = (met(), TODAY);
    Command::Meet { met, today }
}

fn lapse() -> Command {
    let (lapsed, today) = (lapsed(), TODAY);
    Command::Lapse { lapsed, today }
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

fn note(source: &str) -> EnteredOnBehalf {
    EnteredOnBehalf {
        source: source.to_owned(),
        received_on: date(2006, 5, 1),
    }
}

fn enter(from: EnteredOnBehalf) -> Command {
    Command::Enter {
        party: PARTY,
        about: about(),
        from,
        today: TODAY,
    }
}

fn edit(urgency: Urgency) -> Command {
    Command::Edit(NeedChanges {
        urgency: Some(urgency),
        ..NeedChanges::default()
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
    let faulty = NeedParticulars {
        category: Some("II".into()),
        standard: Some("rules".into()),
        kind: "weather".into(),
        types_version: 0,
        description: Some(words(0)),
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
    let unknown = NeedParticulars {
        category: Some("V".into()),
        standard: Some("customs".into()),
        description: Some(words(WORDS_CHARS + 1)),
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
    let nothing = NeedParticulars {
        category: None,
        ..about()
    };
    given::<Need>([])
        .when(&open(), indicate(nothing))
        .refused("need_faulty", &[("no_area", "")]);
}

#[test]
fn an_obstacle_is_a_difficulty_that_the_reply_tells_of_and_outside_of_a_reply_words() {
    let obstacle = |obstacle| NeedParticulars {
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
            let about = NeedParticulars {
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
            about: NeedParticulars {
                kind: "other".into(),
                types_version: 2,
                ..about()
            },
            entered_on_behalf: None,
        }
        .into()]);
    let left_out = NeedParticulars {
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
    let edited = NeedParticulars {
        urgency: Urgency::Low,
        ..about()
    };
    given::<Need>([drafted()])
        .when(&context, edit(Urgency::Low))
        .then([NeedEdited { about: edited }.into()]);
}

#[test]
fn only_a_state_has_needs_beside_its_reply_and_outside_of_any() {
    let others = PartyKind::ALL.iter().filter(|kind| !kind.is_state());
    for party in others.copied().map(Some).chain([None]) {
        let context = Context { party, ..open() };
        for command in [draft(), indicate(), enter(note("A note"))] {
            given::<Need>([])
                .when(&context, command)
                .refused("not_a_state", &[]);
        }
    }
}

#[test]
fn a_standard_brings_its_category() {
    let of = |category: Option<&str>, standard: Option<&str>| NeedParticulars {
        category: category.map(str::to_owned),
        standard: standard.map(str::to_owned),
        ..about()
    };
    let drafted = |about| NeedDrafted {
        party: PARTY,
        reply: REPLY,
        number: 1,
        about,
    };
    let draft = Command::Draft {
        party: PARTY,
        reply: REPLY,
        number: 1,
        about: of(None, Some("rules")),
    };
    let whole = || drafted(of(Some("I"), Some("rules")));
    given::<Need>([])
        .when(&open(), draft)
        .then([whole().into()]);
    // Another standard brings another category.
    let to = |standard: &str| {
        Command::Edit(NeedChanges {
            standard: Some(Some(standard.into())),
            ..NeedChanges::default()
        })
    };
    given::<Need>([drafted(of(Some("II"), None)).into()])
        .when(&open(), to("rules"))
        .then([NeedEdited {
            about: of(Some("I"), Some("rules")),
        }
        .into()]);
    // And none leaves what was said.
    let none = Command::Edit(NeedChanges {
        standard: Some(None),
        ..NeedChanges::default()
    });
    given::<Need>([whole().into()])
        .when(&open(), none)
        .then([NeedEdited {
            about: of(Some("I"), None),
        }
        .into()]);
}
