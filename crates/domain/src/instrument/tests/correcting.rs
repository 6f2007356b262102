//! A correction of what is approved, which stands by the same approval.

use super::*;
use crate::words::Words;

fn why() -> Words {
    Words {
        content: content(9),
        lang: Lang::En,
        length: 20,
    }
}

pub(super) fn correct() -> Command {
    Command::Correct { reason: why() }
}

pub(super) fn corrected(revision: u32) -> RevisionCorrected {
    RevisionCorrected {
        revision,
        corrects: revision - 1,
        approval: approved(1),
        reason: why(),
    }
}

/// What is approved, and a draft after it.
fn redrafted() -> Vec<Event> {
    let events: [Event; 5] = [
        drafted().into(),
        saved(1).into(),
        revised(1).into(),
        approved(1).into(),
        saved(2).into(),
    ];
    events.into()
}

#[test]
fn a_correction_is_approved_as_what_it_corrects_was() {
    let events = Instrument::decide(&evolved::<Instrument>(redrafted()), &context(), correct());
    let events = events.unwrap();
    assert_eq!(events[1], corrected(2).into());
    let now = evolved::<Instrument>(redrafted().into_iter().chain(events)).unwrap();
    assert_eq!((now.stage(), now.latest_revision()), (Stage::Approved, 2));
    let latest = now.revision(2).unwrap();
    assert_eq!(latest.approval, Some(approved(1)));
    assert_eq!(latest.correction, Some(corrected(2)));
    assert!(!now.draft_changed);
    // And can be corrected in turn.
    let again = [Event::from(saved(3))];
    let state = evolved::<Instrument>(
        redrafted()
            .into_iter()
            .chain([revised(2).into(), corrected(2).into()])
            .chain(again),
    );
    let events = Instrument::decide(&state, &context(), correct()).unwrap();
    assert_eq!(events[1], corrected(3).into());
}

#[test]
fn a_correction_contradicts_no_answer_and_says_why() {
    let mut json = questionnaire_json();
    json["sections"][0]["questions"][3]["required"] = json!(true);
    let stricter = Context {
        draft: Some(Arc::new(Questionnaire::read(&json).unwrap())),
        ..context()
    };
    given::<Instrument>(redrafted())
        .when(&stricter, correct())
        .refused(
            "correction_contradicts",
            &[("correction_requires", "/sections/0/questions/3")],
        );
    let silent = Command::Correct {
        reason: Words { length: 0, ..why() },
    };
    given::<Instrument>(redrafted())
        .when(&context(), silent)
        .refused("instrument_faulty", &[("blank", "/reason")]);
}
