//! Drafting an instrument, and freezing its draft as a revision.

use std::collections::BTreeMap;

use super::super::decider::unless;
use super::super::fault::{self, Fault, pointer};
use super::super::questionnaire::{MAX_QUESTIONS, QuestionSummary, Questionnaire};
use super::super::{CommentId, ContentRef, Lang, size};
use super::{
    CommentStanding, Context, Event, Instrument, InstrumentDrafted, InstrumentRevised,
    InstrumentTranslated, Refusal, RevisionQuestionsListed, Stage, checks,
};

/// The most comments that one revision names as taken up.
pub const MAX_TAKEN_UP: usize = 500;

pub(super) fn draft(
    instrument: InstrumentDrafted,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    let faults = checks::draft(&instrument, &context.classification);
    fault::none(faults).map_err(Refusal::InstrumentFaulty)?;
    let drafted = InstrumentDrafted {
        classification_version: context.classification.version,
        ..instrument
    };
    Ok(vec![drafted.into()])
}

/// What the translations say was looked at before they were stored.
pub(super) fn translate(
    instrument: &Instrument,
    translated: InstrumentTranslated,
) -> Result<Vec<Event>, Refusal> {
    let held = match translated.revision {
        None => instrument.draft.as_ref().ok_or(Refusal::NoDraft)?,
        Some(number) => {
            let revision = instrument.revision(number);
            revision.ok_or(Refusal::UnknownRevision)?.shown()
        }
    };
    let translations = match translated.revision {
        None => Some(&instrument.translations),
        Some(number) => instrument.revision(number).map(|held| &held.translations),
    };
    let known = translations.and_then(|known| known.get(&translated.lang));
    let is_same = *held == translated.questionnaire && known == Some(&translated.translation);
    Ok(unless(is_same, translated))
}

/// The languages in which all of a questionnaire is written: those that it must have, and others that it was translated into.
fn complete_languages(instrument: &Instrument, questionnaire: &Questionnaire) -> Vec<Lang> {
    let mut languages = instrument.languages.clone();
    let texts = questionnaire.keyed_texts();
    let behind = |lang: Lang| {
        instrument
            .translations
            .get(&lang)
            .map_or(0, |known| known.behind)
    };
    let others = Lang::ALL
        .iter()
        .copied()
        .filter(|lang| !languages.contains(lang));
    let others = others.filter(|lang| behind(*lang) == 0 && texts.is_complete(*lang));
    let others: Vec<Lang> = others.collect();
    languages.extend(others);
    languages
}

/// While a meeting has a revision before it, none takes its place, unless the meeting was cancelled. An unchanged draft is
/// frozen again where it takes comments up that the last revision did not name.
pub(super) fn revise(
    instrument: &Instrument,
    context: &Context,
    takes_up: Vec<CommentId>,
) -> Result<Vec<Event>, Refusal> {
    if instrument.stage() == Stage::Presented && !context.meeting_fell_through() {
        return Err(Refusal::InstrumentPresented);
    }
    let (Some(draft), Some(questionnaire)) = (&instrument.draft, &context.draft) else {
        return Err(Refusal::NoDraft);
    };
    let same_as = context.same_as.as_ref().ok_or(Refusal::NoDraft)?;
    if !instrument.draft_changed && takes_up.is_empty() {
        return Err(Refusal::NothingToRevise);
    }
    let faults = checks::revision(
        instrument,
        questionnaire,
        &context.classification,
        &context.need_types,
        same_as,
    );
    fault::none(faults).map_err(Refusal::QuestionnaireFaulty)?;
    let faults = taken_up_faults(&takes_up, context);
    fault::none(faults).map_err(Refusal::InstrumentFaulty)?;
    frozen(instrument, (draft, questionnaire), takes_up)
}

/// The events by which a draft becomes the next revision.
pub(super) fn frozen(
    instrument: &Instrument,
    (draft, questionnaire): (&ContentRef, &Questionnaire),
    takes_up: Vec<CommentId>,
) -> Result<Vec<Event>, Refusal> {
    let revision = instrument.latest_revision() + 1;
    let mut revised = InstrumentRevised {
        revision,
        questionnaire: draft.clone(),
        languages: complete_languages(instrument, questionnaire),
        behind: behind(instrument),
        questions: questionnaire.summaries(),
        takes_up,
    };
    let mut events = Vec::new();
    if !size::fits(&revised) {
        events = listed(revision, std::mem::take(&mut revised.questions));
    }
    if let Some(fault) = size::fault(&revised) {
        return Err(Refusal::InstrumentFaulty(vec![fault]));
    }
    events.insert(0, revised.into());
    Ok(events)
}

/// How many translations are behind, of the languages of which any is.
fn behind(instrument: &Instrument) -> BTreeMap<Lang, u32> {
    let known = instrument.translations.iter();
    let behind = known.filter(|(_, known)| known.behind > 0);
    behind.map(|(lang, known)| (*lang, known.behind)).collect()
}

/// The events that list a revision's questions where the one that freezes it cannot hold them.
fn listed(revision: u32, questions: Vec<QuestionSummary>) -> Vec<Event> {
    let mut after = 0;
    let parts = size::parts(questions, MAX_QUESTIONS).into_iter();
    let events = parts.map(|questions| {
        let count = u32::try_from(questions.len()).unwrap_or(u32::MAX);
        let listed = RevisionQuestionsListed {
            revision,
            after,
            questions,
        };
        after = after.saturating_add(count);
        listed.into()
    });
    events.collect()
}

fn taken_up_faults(takes_up: &[CommentId], context: &Context) -> Vec<Fault> {
    if takes_up.len() > MAX_TAKEN_UP {
        let fault = fault::TOO_MANY_COMMENTS.at("/takes_up");
        return vec![fault.arg("max", MAX_TAKEN_UP)];
    }
    let faults = takes_up.iter().enumerate().filter_map(|(index, comment)| {
        let kind = if takes_up[..index].contains(comment) {
            fault::COMMENT_LISTED_TWICE
        } else {
            match context.comments.get(comment) {
                None | Some(CommentStanding::Unknown) => fault::NO_SUCH_COMMENT,
                Some(CommentStanding::Foreign) => fault::COMMENT_ON_ANOTHER_INSTRUMENT,
                Some(CommentStanding::NotAccepted) => fault::COMMENT_NOT_ACCEPTED,
                Some(CommentStanding::Accepted) => return None,
            }
        };
        let at = pointer("/takes_up", index);
        Some(kind.at(at).arg("comment", comment))
    });
    faults.collect()
}
