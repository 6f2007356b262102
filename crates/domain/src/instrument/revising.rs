//! Drafting an instrument, and freezing its draft as a revision.

use super::super::fault::{self, Fault, pointer};
use super::super::questionnaire::{MAX_QUESTIONS, QuestionSummary};
use super::super::{CommentId, size};
use super::{
    CommentStanding, Context, Event, Instrument, InstrumentDrafted, InstrumentRevised, Refusal,
    RevisionQuestionsListed, Stage, checks,
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
    if !instrument.draft_changed && takes_up.is_empty() {
        return Err(Refusal::NothingToRevise);
    }
    let faults = checks::revision(instrument, questionnaire, &context.classification);
    fault::none(faults).map_err(Refusal::QuestionnaireFaulty)?;
    let faults = taken_up_faults(&takes_up, context);
    fault::none(faults).map_err(Refusal::InstrumentFaulty)?;
    let revision = instrument.latest_revision() + 1;
    let mut revised = InstrumentRevised {
        revision,
        questionnaire: draft.clone(),
        languages: instrument.languages.clone(),
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
