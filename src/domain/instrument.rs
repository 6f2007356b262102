//! An instrument: a questionnaire with its life. Drafted, frozen as revisions, approved.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::classification::Classification;
use super::fault;
use super::questionnaire::{QuestionSummary, Questionnaire};
use super::{ContentRef, Decider, Lang, Texts};

mod checks;
#[cfg(test)]
mod tests;

const DECISION_CHARS: usize = 500;

code_enum! {
    /// How an instrument comes to its approval.
    pub enum Route {
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
        InstrumentRevised = "instrument_revised",
        InstrumentApproved = "instrument_approved",
    }
}

/// Work on an instrument begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentDrafted {
    /// What it is called, in each of its languages.
    pub title: Texts,
    /// The code of the category of standards that it is about.
    pub category: String,
    /// How it comes to its approval.
    pub route: Route,
    /// The languages that its questionnaire is written in.
    pub languages: Vec<Lang>,
}

/// The draft is now this questionnaire, which may still have faults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentDraftSaved {
    /// The questionnaire's JSON.
    pub draft: ContentRef,
    /// How many questions it has.
    pub questions: usize,
}

/// The draft is frozen as the next revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentRevised {
    /// 1, 2, 3 within the instrument.
    pub revision: u32,
    /// The questionnaire's JSON: the content of the draft.
    pub questionnaire: ContentRef,
    /// The languages that all of it is written in.
    pub languages: Vec<Lang>,
    /// What it asks, in codes.
    pub questions: Vec<QuestionSummary>,
}

/// The Commission, or a meeting for it, approved a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentApproved {
    /// The revision.
    pub revision: u32,
    /// The instrument's route.
    pub route: Route,
    /// The meeting that approved.
    pub meeting: String,
    /// Its decision, as people cite it.
    pub decision: String,
    /// The day of the decision.
    pub date: Date,
}

// State

/// An instrument as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    /// What it is called.
    pub title: Texts,
    /// The code of its category.
    pub category: String,
    /// How it comes to its approval.
    pub route: Route,
    /// The languages of its questionnaire.
    pub languages: Vec<Lang>,
    /// The draft saved last.
    pub draft: Option<ContentRef>,
    /// Whether a draft was saved since the last revision.
    pub draft_changed: bool,
    /// Its revisions: number n is at n - 1.
    pub revisions: Vec<Revision>,
}

/// A frozen questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// 1, 2, 3.
    pub number: u32,
    /// The questionnaire's JSON.
    pub questionnaire: ContentRef,
    /// Its languages.
    pub languages: Vec<Lang>,
    /// What it asks, in codes.
    pub questions: Vec<QuestionSummary>,
    /// Its approval, once it has one.
    pub approval: Option<InstrumentApproved>,
}

/// None until the instrument is drafted.
pub type State = Option<Instrument>;

impl Instrument {
    /// The revision with this number.
    pub fn revision(&self, number: u32) -> Option<&Revision> {
        self.revisions
            .iter()
            .find(|revision| revision.number == number)
    }

    /// The number of the latest revision; 0 before the first.
    pub fn latest_revision(&self) -> u32 {
        self.revisions.last().map_or(0, |revision| revision.number)
    }
}

fn evolve(state: State, event: &Event) -> State {
    let Some(mut instrument) = state else {
        return match event {
            Event::InstrumentDrafted(event) => Some(Instrument::from(event.clone())),
            _ => None,
        };
    };
    match event {
        Event::InstrumentDrafted(_) => {}
        Event::InstrumentDraftSaved(event) => {
            instrument.draft = Some(event.draft.clone());
            instrument.draft_changed = true;
        }
        Event::InstrumentRevised(event) => {
            instrument.draft_changed = false;
            instrument.revisions.push(Revision::from(event.clone()));
        }
        Event::InstrumentApproved(event) => {
            let approved = instrument
                .revisions
                .iter_mut()
                .filter(|revision| revision.number == event.revision);
            approved.for_each(|revision| revision.approval = Some(event.clone()));
        }
    }
    Some(instrument)
}

impl From<InstrumentDrafted> for Instrument {
    fn from(event: InstrumentDrafted) -> Self {
        let InstrumentDrafted {
            title,
            category,
            route,
            languages,
        } = event;
        Self {
            title,
            category,
            route,
            languages,
            draft: None,
            draft_changed: false,
            revisions: Vec::new(),
        }
    }
}

impl From<InstrumentRevised> for Revision {
    fn from(event: InstrumentRevised) -> Self {
        let InstrumentRevised {
            revision: number,
            questionnaire,
            languages,
            questions,
        } = event;
        Self {
            number,
            questionnaire,
            languages,
            questions,
            approval: None,
        }
    }
}

// Commands

/// What somebody wants of an instrument.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Begin.
    Draft(InstrumentDrafted),
    /// Let this questionnaire, faulty or not, be the draft.
    SaveDraft {
        /// The questionnaire's JSON.
        draft: ContentRef,
        /// How many questions it has.
        questions: usize,
    },
    /// Freeze the draft.
    Revise,
    /// Record the approval of a revision.
    Approve {
        /// The revision.
        revision: u32,
        /// The meeting that approved.
        meeting: String,
        /// Its decision.
        decision: String,
        /// The day of the decision.
        date: Date,
    },
}

/// What decisions on an instrument read of other streams.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The categories and standards that there are.
    pub classification: Arc<Classification>,
    /// The questionnaire that the state's draft refers to.
    pub draft: Option<Arc<Questionnaire>>,
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
    }
}

// Decide

impl Decider for Instrument {
    type Command = Command;
    type Context = Context;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;

    fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
        let Some(instrument) = state else {
            return match command {
                Command::Draft(instrument) => draft(instrument, &context.classification),
                _ => Err(Refusal::UnknownInstrument),
            };
        };
        match command {
            Command::Draft(_) => Err(Refusal::InstrumentAlreadyExists),
            Command::SaveDraft { draft, .. } if instrument.draft.as_ref() == Some(&draft) => {
                Ok(Vec::new())
            }
            Command::SaveDraft { draft, questions } => {
                Ok(vec![InstrumentDraftSaved { draft, questions }.into()])
            }
            Command::Revise => revise(instrument, context),
            Command::Approve {
                revision,
                meeting,
                decision,
                date,
            } => {
                let route = instrument.route;
                approve(
                    instrument,
                    InstrumentApproved {
                        revision,
                        route,
                        meeting,
                        decision,
                        date,
                    },
                )
            }
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        evolve(state, event)
    }
}

fn draft(
    instrument: InstrumentDrafted,
    classification: &Classification,
) -> Result<Vec<Event>, Refusal> {
    fault::none(checks::draft(&instrument, classification)).map_err(Refusal::InstrumentFaulty)?;
    Ok(vec![instrument.into()])
}

fn revise(instrument: &Instrument, context: &Context) -> Result<Vec<Event>, Refusal> {
    let (Some(draft), Some(questionnaire)) = (&instrument.draft, &context.draft) else {
        return Err(Refusal::NoDraft);
    };
    if !instrument.draft_changed {
        return Err(Refusal::NothingToRevise);
    }
    let faults = checks::revision(instrument, questionnaire, &context.classification);
    fault::none(faults).map_err(Refusal::QuestionnaireFaulty)?;
    let revised = InstrumentRevised {
        revision: instrument.latest_revision() + 1,
        questionnaire: draft.clone(),
        languages: instrument.languages.clone(),
        questions: questionnaire.summaries(),
    };
    Ok(vec![revised.into()])
}

fn approve(instrument: &Instrument, approval: InstrumentApproved) -> Result<Vec<Event>, Refusal> {
    let revision = instrument
        .revision(approval.revision)
        .ok_or(Refusal::UnknownRevision)?;
    if revision.approval.is_some() {
        return Err(Refusal::RevisionAlreadyApproved);
    }
    if revision.number != instrument.latest_revision() {
        return Err(Refusal::RevisionSuperseded);
    }
    let faults: Vec<_> = [
        (&approval.meeting, "/meeting"),
        (&approval.decision, "/decision"),
    ]
    .into_iter()
    .filter_map(|(text, at)| fault::of_text(text, at, DECISION_CHARS))
    .collect();
    fault::none(faults).map_err(Refusal::InstrumentFaulty)?;
    Ok(vec![approval.into()])
}
