//! An open collection moves to a corrected revision.

use serde_json::{Value, json};

use super::*;
use crate::testing::{content, questionnaire, questionnaire_json};

fn said(lang: Lang, length: u32) -> Words {
    Words {
        content: content(9),
        lang,
        length,
    }
}

pub(super) fn correct(revision: u32) -> Command {
    let reason = vec![said(Lang::En, 20), said(Lang::Fr, 22)];
    Command::Correct { revision, reason }
}

pub(super) fn moved(revision: u32) -> QuestionnaireCorrected {
    QuestionnaireCorrected {
        from: revision - 1,
        revision,
        reason: vec![said(Lang::En, 20), said(Lang::Fr, 22)],
    }
}

/// The revision that is named is approved, and differs so from what is asked.
pub(super) fn corrected(change: impl FnOnce(&mut Value)) -> Context {
    let mut json = questionnaire_json();
    change(&mut json);
    let is = Questionnaire::read(&json).unwrap();
    Context {
        correction: Some((Arc::new(questionnaire()), Arc::new(is))),
        ..APPROVED
    }
}

#[test]
fn a_collection_moves_on_to_what_contradicts_no_answer() {
    let clearer = corrected(|json| json["title"]["en"] = json!("Clearer"));
    given::<Collection>([opened().into()])
        .when(&clearer, correct(2))
        .then([moved(2).into()]);
    let now = evolved::<Collection>([opened().into(), moved(2).into(), moved(3).into()]).unwrap();
    assert_eq!((now.revision, now.corrected), (3, vec![1, 2]));
    let gone = corrected(|json| {
        json["sections"][0]["questions"]
            .as_array_mut()
            .unwrap()
            .remove(0);
    });
    given::<Collection>([opened().into()])
        .when(&gone, correct(2))
        .refused(
            "correction_contradicts",
            &[("correction_takes_away", "/sections/0/questions")],
        );
}

#[test]
fn only_to_a_later_revision_that_is_approved_and_with_a_reason() {
    let fine = corrected(|_| {});
    for (approved_revision, code) in [
        (RevisionStanding::Unknown, "unknown_revision"),
        (RevisionStanding::NotApproved, "revision_not_approved"),
    ] {
        let context = Context {
            approved_revision,
            ..fine.clone()
        };
        given::<Collection>([opened().into()])
            .when(&context, correct(2))
            .refused(code, &[]);
    }
    given::<Collection>([opened().into()])
        .when(&fine, correct(1))
        .refused("revision_already_asked", &[]);
    let reasons = |reason: Vec<Words>, faults: &[(&str, &str)]| {
        let command = Command::Correct {
            revision: 2,
            reason,
        };
        given::<Collection>([opened().into()])
            .when(&fine, command)
            .refused("collection_faulty", faults);
    };
    reasons(Vec::new(), &[("list_empty", "/reason")]);
    reasons(
        vec![said(Lang::En, 0), said(Lang::En, 1_001)],
        &[
            ("blank", "/reason/0"),
            ("text_too_long", "/reason/1"),
            ("duplicate_language", "/reason/1/lang"),
        ],
    );
    // Columns of years, in a collection that says none.
    let years = Context {
        has_years: true,
        ..fine
    };
    given::<Collection>([opened().into()])
        .when(&years, correct(2))
        .refused(
            "collection_faulty",
            &[("reference_year_missing", "/revision")],
        );
}
