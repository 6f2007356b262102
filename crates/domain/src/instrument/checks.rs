//! What an instrument and a questionnaire that is to be frozen must be.

use super::super::classification::Classification;
use super::super::fault::{self, Fault};
use super::super::need_types::NeedTypes;
use super::super::questionnaire::{KnownCodes, Questionnaire, SameAsSources};
use super::{Instrument, InstrumentDrafted};

const TITLE_CHARS: usize = 500;

/// Every fault of an instrument that is to be drafted.
pub(super) fn draft(instrument: &InstrumentDrafted, classification: &Classification) -> Vec<Fault> {
    let mut faults = instrument
        .title
        .faults("/title", &instrument.languages, TITLE_CHARS);
    if !classification.categories.contains_key(&instrument.category) {
        faults.push(
            fault::UNKNOWN_CATEGORY
                .at("/category")
                .arg("code", &instrument.category),
        );
    }
    if instrument.languages.is_empty() {
        faults.push(fault::NO_LANGUAGE.at("/languages"));
    }
    for (index, lang) in instrument.languages.iter().enumerate() {
        if instrument.languages[..index].contains(lang) {
            faults.push(
                fault::DUPLICATE_LANGUAGE
                    .at(format!("/languages/{index}"))
                    .arg("language", lang),
            );
        }
    }
    faults
}

/// Every fault of a draft that is to be frozen.
pub(super) fn revision(
    instrument: &Instrument,
    questionnaire: &Questionnaire,
    classification: &Classification,
    need_types: &NeedTypes,
    same_as: &SameAsSources,
) -> Vec<Fault> {
    // The instrument keeps the version that it was made under, whatever later ones regroup.
    let edition = classification.edition(instrument.classification_version);
    let standards = &edition.unwrap_or(classification).standards;
    let mut faults =
        questionnaire.check(&instrument.languages, &|code| standards.contains_key(code));
    let known = KnownCodes {
        category: &|code| classification.categories.contains_key(code),
        standard: &|code| classification.standards.contains_key(code),
        need_type: &|code| need_types.offers(code),
    };
    faults.extend(questionnaire.need_code_faults(&known));
    faults.extend(type_changes(instrument, questionnaire));
    faults.extend(questionnaire.same_as_faults(same_as));
    faults
}

/// A code means the same over revisions, or figures over years would mix two questions.
fn type_changes(instrument: &Instrument, questionnaire: &Questionnaire) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (at, question) in questionnaire.placed_questions() {
        let now = question.type_code();
        let mut earlier = instrument
            .revisions
            .iter()
            .flat_map(|revision| &revision.questions);
        if let Some(was) = earlier.find(|was| was.code == question.code && was.kind != now) {
            let fault = fault::QUESTION_TYPE_CHANGED.at(format!("{at}/type"));
            faults.push(
                fault
                    .of_question(&question.code)
                    .arg("was", was.kind)
                    .arg("now", now),
            );
        }
    }
    faults
}
