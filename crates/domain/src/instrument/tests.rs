use jiff::civil::date;
use serde_json::json;

use super::*;
use crate::ConsultationId;
use crate::Texts;
use crate::classification::{CategoryAdded, Confidence, StandardAdded};
use crate::comment::BlockingComment;
use crate::questionnaire::TypeCode;
use crate::testing::{assert_table, content, evolved, given, questionnaire, questionnaire_json};
use crate::{Decider, DocumentId, DomainEvent, size};

mod correcting;
mod faults;
mod life;
mod meetings;
mod properties;
mod standing;
mod stored;
mod translating;
mod versions;

use life::{comment, presented};

fn classification() -> Classification {
    let title = Texts::from([(Lang::En, "A title")]);
    evolved::<Classification>([
        CategoryAdded {
            code: "I".into(),
            title: title.clone(),
        }
        .into(),
        StandardAdded {
            code: "bangkok-rules".into(),
            category: "I".into(),
            title,
            adopted_by: "GA 65/229".into(),
            years: vec![2010],
            confidence: Confidence::Cited,
        }
        .into(),
    ])
}

fn context() -> Context {
    Context {
        classification: Arc::new(classification()),
        need_types: Arc::default(),
        draft: Some(Arc::new(questionnaire())),
        corrected: Some(Arc::new(Questionnaire {
            introduction: Some([(Lang::En, "Before"), (Lang::Fr, "Avant")].into()),
            ..questionnaire()
        })),
        same_as: Some(SameAsSources {
            own: crate::InstrumentId(uuid::Uuid::from_u128(1)),
            revisions: BTreeMap::new(),
        }),
        comments: BTreeMap::new(),
        obstacles: Some(unobstructed()),
        meeting: None,
        presented_to: None,
        report_is_known: false,
        today: date(2011, 3, 8),
    }
}

fn unobstructed() -> Obstacles {
    Obstacles {
        open: Vec::new(),
        undisposed: Vec::new(),
        not_taken_up: Vec::new(),
    }
}

fn drafted() -> InstrumentDrafted {
    InstrumentDrafted {
        title: Texts::from([(Lang::En, "Prisoners"), (Lang::Fr, "Détenus")]),
        category: "I".into(),
        route: Route::Intersessional,
        languages: vec![Lang::En, Lang::Fr],
        classification_version: 1,
    }
}

fn saved(n: u8) -> InstrumentDraftSaved {
    InstrumentDraftSaved {
        draft: content(n),
        questions: 8,
        translations: BTreeMap::new(),
    }
}

fn translated(revision: Option<u32>) -> InstrumentTranslated {
    InstrumentTranslated {
        lang: Lang::Es,
        revision,
        translation: Translation {
            record: content(7),
            behind: 0,
        },
        questionnaire: content(8),
        translated: 20,
        texts: 20,
    }
}

fn revised(revision: u32) -> InstrumentRevised {
    InstrumentRevised {
        revision,
        questionnaire: content(1),
        languages: vec![Lang::En, Lang::Fr],
        behind: BTreeMap::new(),
        questions: questionnaire().summaries(),
        takes_up: Vec::new(),
    }
}

fn approved(revision: u32) -> InstrumentApproved {
    InstrumentApproved {
        revision,
        route: Route::Intersessional,
        meeting: "Intersessional meeting".into(),
        meeting_id: None,
        decision: "Approved by consensus".into(),
        date: date(2004, 10, 1),
    }
}

fn approve(revision: u32) -> Command {
    let InstrumentApproved {
        meeting,
        decision,
        date,
        ..
    } = approved(revision);
    Command::Approve {
        revision,
        by: Approver::Named(meeting),
        decision,
        date,
    }
}

fn revise() -> Command {
    Command::Revise {
        takes_up: Vec::new(),
    }
}

fn save(n: u8) -> Command {
    Command::SaveDraft(InstrumentDraftSaved {
        draft: content(n),
        questions: 8,
        translations: BTreeMap::new(),
    })
}

#[test]
fn every_command_in_every_state() {
    let life: Vec<Event> = vec![
        drafted().into(),
        saved(1).into(),
        revised(1).into(),
        approved(1).into(),
        saved(2).into(),
        revised(2).into(),
    ];
    let until = |events: usize| life[..events].to_vec();
    let superseded = vec![
        drafted().into(),
        saved(1).into(),
        revised(1).into(),
        revised(2).into(),
    ];
    let states = [
        until(0),
        until(1),
        until(2),
        until(3),
        until(4),
        until(5),
        until(6),
        superseded,
    ];
    let (none, again) = ("unknown_instrument", "instrument_already_exists");
    let (save_1, save_2) = (save(1), save(2));
    let (saved, unknown) = ("instrument_draft_saved", "unknown_revision");
    let (revised, approved) = ("instrument_revised", "instrument_approved");
    let (twice, old, idle) = (
        "revision_already_approved",
        "revision_superseded",
        "nothing_to_revise",
    );
    let (presented, withdrawn) = ("instrument_presented", "instrument_withdrawn");
    let unapproved = "revision_not_approved";
    let before_none = "revision_not_presented";
    let worded = "instrument_translated";
    assert_table::<Instrument, 8>(
        &life::settled(),
        states,
        [
            (
                Command::Draft(drafted()),
                [
                    "instrument_drafted",
                    again,
                    again,
                    again,
                    again,
                    again,
                    again,
                    again,
                ],
            ),
            (
                Command::DraftCopy(drafted(), self::saved(1)),
                [
                    "instrument_drafted instrument_draft_saved",
                    again,
                    again,
                    again,
                    again,
                    again,
                    again,
                    again,
                ],
            ),
            (save_1, [none, saved, "", "", "", saved, saved, ""]),
            (save_2, [none, saved, saved, saved, saved, "", "", saved]),
            (
                Command::Translate(translated(None)),
                [
                    none, "no_draft", worded, worded, worded, worded, worded, worded,
                ],
            ),
            (
                Command::Translate(translated(Some(2))),
                [
                    none, unknown, unknown, unknown, unknown, unknown, worded, worded,
                ],
            ),
            (
                revise(),
                [none, "no_draft", revised, idle, idle, revised, idle, idle],
            ),
            (
                correcting::correct(),
                [
                    none,
                    unknown,
                    unknown,
                    unapproved,
                    idle,
                    "instrument_revised revision_corrected",
                    unapproved,
                    unapproved,
                ],
            ),
            (
                approve(1),
                [none, unknown, unknown, approved, twice, twice, twice, old],
            ),
            (
                approve(2),
                [
                    none, unknown, unknown, unknown, unknown, unknown, approved, approved,
                ],
            ),
            (
                life::present(1),
                [none, unknown, unknown, presented, twice, twice, twice, old],
            ),
            (
                life::present(2),
                [
                    none, unknown, unknown, unknown, unknown, unknown, presented, presented,
                ],
            ),
            (
                life::approve_by(1),
                [
                    none,
                    unknown,
                    unknown,
                    before_none,
                    twice,
                    twice,
                    twice,
                    old,
                ],
            ),
            (
                life::give_back(1),
                [
                    none,
                    unknown,
                    unknown,
                    before_none,
                    twice,
                    twice,
                    twice,
                    old,
                ],
            ),
            (
                life::withdraw(),
                [
                    none, withdrawn, withdrawn, withdrawn, twice, twice, twice, withdrawn,
                ],
            ),
        ],
    );
}

#[test]
fn a_faulty_draft_is_kept_but_not_frozen() {
    let mut json = questionnaire_json();
    json["sections"][0]["questions"][0]["standards"] = json!(["of-no-standard"]);
    json["title"] = json!({"en": "Only English"});
    let draft = Questionnaire::read(&json).unwrap();
    let context = Context {
        draft: Some(Arc::new(draft)),
        ..context()
    };
    given::<Instrument>([drafted().into(), saved(1).into()])
        .when(&context, revise())
        .refused(
            "questionnaire_faulty",
            &[
                ("missing_text", "/title"),
                ("unknown_standard", "/sections/0/questions/0/standards/0"),
            ],
        );
}

#[test]
fn a_code_keeps_its_type_over_revisions() {
    let mut first = revised(1);
    first.questions[4].kind = TypeCode::Decimal;
    given::<Instrument>([
        drafted().into(),
        saved(1).into(),
        first.into(),
        saved(2).into(),
    ])
    .when(&context(), revise())
    .refused(
        "questionnaire_faulty",
        &[("question_type_changed", "/sections/1/questions/0/type")],
    );
}

#[test]
fn what_one_event_cannot_list_of_a_revision_others_do() {
    let mut json = questionnaire_json();
    let options: Vec<_> = (0..60)
        .map(|n| json!({"value": format!("o{n:0>39}"), "label": {"en": "x", "fr": "x"}}))
        .collect();
    let question = |n: usize| {
        json!({"code": format!("Q{n}"), "heading": "practices", "type": "several_choices", "options": options,
               "text": {"en": "Which?", "fr": "Lesquels ?"}})
    };
    json["sections"][0]["questions"] = (0..40).map(question).collect();
    let context = Context {
        draft: Some(Arc::new(Questionnaire::read(&json).unwrap())),
        ..context()
    };
    let held = evolved::<Instrument>([drafted().into(), saved(1).into()]);
    let events = Instrument::decide(&held, &context, revise()).unwrap();
    assert!(events.len() > 2 && matches!(events[0], Event::InstrumentRevised(_)));
    for event in &events {
        assert!(size::fits(&event.to_data()));
    }
    let after = events.iter().fold(held, Instrument::evolve).unwrap();
    let listed = &after.revision(1).unwrap().questions;
    assert_eq!(*listed, context.draft.unwrap().summaries());
}
