//! An instrument: a questionnaire with its life. Drafted, frozen as revisions, forwarded for comments, presented to a
//! meeting, approved.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::classification::Classification;
use super::decider::unless;
use super::need_types::NeedTypes;
use super::questionnaire::{Questionnaire, SameAsSources};
use super::words::Words;
use super::{CommentId, ContentRef, Lang, MeetingId};

mod checks;
mod correcting;
mod events;
mod presenting;
mod revising;
mod standing;
mod state;
#[cfg(test)]
mod tests;

pub use events::{
    InstrumentApproved, InstrumentDraftSaved, InstrumentDrafted, InstrumentPresented,
    InstrumentReturned, InstrumentRevised, InstrumentTranslated, InstrumentWithdrawn,
    RevisionCorrected, RevisionQuestionsListed, Translation,
};
pub use revising::MAX_TAKEN_UP;
pub use standing::{CommentStanding, MeetingStanding, Obstacles};
use state::evolve;
pub use state::{Instrument, Revision, Stage, State};

code_enum! {
    /// How an instrument comes to its approval.
    pub enum Route as "ApprovalRoute" {
        /// An intersessional meeting must approve (category I; paragraph 7 of the resolution).
        Intersessional = "intersessional",
        /// It is presented to a session with a progress report (categories II and III; paragraph 17).
        Presentation = "presentation",
    }
}

// Events

events! {
    /// What happens to an instrument.
    pub enum Event {
        InstrumentDrafted = "instrument_drafted",
        InstrumentDraftSaved = "instrument_draft_saved",
        InstrumentTranslated = "instrument_translated",
        InstrumentRevised = "instrument_revised",
        RevisionQuestionsListed = "revision_questions_listed",
        InstrumentPresented = "instrument_presented",
        InstrumentApproved = "instrument_approved",
        RevisionCorrected = "revision_corrected",
        InstrumentReturned = "instrument_returned",
        InstrumentWithdrawn = "instrument_withdrawn",
    }
}

// Commands

/// What somebody wants of an instrument.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Begin.
    Draft(InstrumentDrafted),
    /// Begin with a draft: what another instrument asks.
    DraftCopy(InstrumentDrafted, InstrumentDraftSaved),
    /// Let this questionnaire, faulty or not, be the draft.
    SaveDraft(InstrumentDraftSaved),
    /// Let the draft, or a revision, have these translations.
    Translate(InstrumentTranslated),
    /// Freeze the draft.
    Revise {
        /// The comments that it takes up.
        takes_up: Vec<CommentId>,
    },
    /// Freeze the draft as a correction of the approved revision, whose approval it keeps.
    Correct {
        /// What was wrong.
        reason: Words,
    },
    /// Put a revision before a meeting.
    Present(InstrumentPresented),
    /// Record the approval of a revision.
    Approve {
        /// The revision.
        revision: u32,
        /// Who approved.
        by: Approver,
        /// The decision, as people cite it.
        decision: String,
        /// The day of the decision.
        date: Date,
    },
    /// Record that the meeting gave a revision back.
    Return {
        /// The revision.
        revision: u32,
        /// The day.
        on: Date,
        /// What was said.
        remarks: ContentRef,
        /// The language of the remarks.
        lang: Lang,
    },
    /// End the work on it.
    Withdraw(InstrumentWithdrawn),
}

/// Who approved a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Approver {
    /// The meeting that it was presented to.
    Meeting(MeetingId),
    /// A meeting of the past that is not in the system, by its name.
    Named(String),
}

/// What decisions on an instrument read of other streams. Each needs a part of it.
#[derive(Clone, Debug)]
pub struct Context {
    /// The categories and standards that there are.
    pub classification: Arc<Classification>,
    /// The types of needs that there are, where a draft is to be frozen.
    pub need_types: Arc<NeedTypes>,
    /// The questionnaire that the state's draft refers to.
    pub draft: Option<Arc<Questionnaire>>,
    /// The questionnaire of the latest revision, where the draft is to correct it.
    pub corrected: Option<Arc<Questionnaire>>,
    /// The instruments that its questions name; where nobody looked, it cannot be frozen.
    pub same_as: Option<SameAsSources>,
    /// The comments that are to be taken up.
    pub comments: BTreeMap<CommentId, CommentStanding>,
    /// What stands in the way of it; where nobody looked, that is refused.
    pub obstacles: Option<Obstacles>,
    /// The meeting that is named.
    pub meeting: Option<MeetingStanding>,
    /// The meeting that its latest revision was put before, if it was.
    pub presented_to: Option<MeetingStanding>,
    /// Whether the progress report that is named is recorded.
    pub report_is_known: bool,
    /// The day on which this is decided, by the clock of UTC.
    pub today: Date,
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        InstrumentAlreadyExists = "instrument_already_exists", "there is an instrument with this id already";
        UnknownInstrument = "unknown_instrument", "there is no such instrument";
        InstrumentFaulty(faults) = "instrument_faulty", "what is said of the instrument has faults";
        NoDraft = "no_draft", "the instrument has no draft yet";
        NothingToRevise = "nothing_to_revise", "the draft has not changed since the last revision";
        QuestionnaireFaulty(faults) = "questionnaire_faulty", "the questionnaire has faults";
        UnknownRevision = "unknown_revision", "the instrument has no such revision";
        RevisionSuperseded = "revision_superseded", "a later revision has taken the place of this one";
        RevisionAlreadyApproved = "revision_already_approved", "the revision is approved already";
        RevisionNotApproved = "revision_not_approved", "the revision is not approved";
        CorrectionContradicts(faults) = "correction_contradicts", "an answer already given could contradict the correction";
        RevisionNotPresented = "revision_not_presented", "the revision is before no meeting";
        RevisionReturned = "revision_returned", "the revision was returned: a new one can be presented";
        InstrumentPresented = "instrument_presented", "the revision is before a meeting that decides on it";
        InstrumentWithdrawn = "instrument_withdrawn", "the instrument is withdrawn";
        ConsultationsOpen(faults) = "consultations_open", "consultations on the instrument are open";
        CommentsUndisposed(faults) = "comments_undisposed", "comments have no disposition yet";
        CommentsNotTakenUp(faults) = "comments_not_taken_up", "comments are accepted, and no revision takes them up";
    }
}

// Decide

decider!(Instrument);

fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let Some(instrument) = state else {
        return match command {
            Command::Draft(instrument) => revising::draft(instrument, context),
            Command::DraftCopy(instrument, saved) => {
                let mut events = revising::draft(instrument, context)?;
                events.push(saved.into());
                Ok(events)
            }
            _ => Err(Refusal::UnknownInstrument),
        };
    };
    match command {
        Command::Draft(_) | Command::DraftCopy(..) => Err(Refusal::InstrumentAlreadyExists),
        _ if instrument.withdrawn.is_some() => Err(Refusal::InstrumentWithdrawn),
        Command::SaveDraft(saved) => {
            let is_same =
                instrument.draft.as_ref() == Some(&saved.draft) && saved.translations.is_empty();
            Ok(unless(is_same, saved))
        }
        Command::Translate(translated) => revising::translate(instrument, translated),
        Command::Revise { takes_up } => revising::revise(instrument, context, takes_up),
        Command::Correct { reason } => correcting::correct(instrument, context, reason),
        Command::Present(presented) => presenting::present(instrument, context, presented),
        Command::Approve {
            revision,
            by,
            decision,
            date,
        } => presenting::approve(instrument, context, revision, by, decision, date),
        Command::Return {
            revision,
            on,
            remarks,
            lang,
        } => presenting::give_back(instrument, context, revision, on, remarks, lang),
        Command::Withdraw(withdrawn) => presenting::withdraw(instrument, context, withdrawn),
    }
}
