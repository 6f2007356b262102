//! A report to a session of the Commission: compiled as of a position, drafted under its headings, published; from then
//! on it is immutable (paragraphs 9, 14 and 17 of the resolution).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::fault;
use super::{CollectionId, ContentRef, Decider, DocumentId, InstrumentId, Lang, MeetingId, Texts};

mod checks;
mod events;
mod publishing;
#[cfg(test)]
mod tests;

pub use events::{
    AnswerLink, NarrativeDrafted, NarrativeDropped, ReportBegun, ReportCompiled, ReportPublished,
};

code_enum! {
    /// What a narrative stands under: the headings that paragraph 9 asks for, and what frames them.
    pub enum Heading {
        /// What the report is about, and what it rests on.
        Introduction = "introduction",
        /// The use and application of standards and norms.
        Application = "application",
        /// Item (a): difficulties encountered.
        Difficulties = "difficulties",
        /// Item (b): ways in which technical assistance can be provided.
        Assistance = "assistance",
        /// Item (c): useful practices and ways of meeting challenges.
        Practices = "practices",
        /// What follows.
        Conclusions = "conclusions",
    }
}

impl Heading {
    /// Those without which no report is published.
    pub const NEEDED: [Self; 4] = [
        Self::Application,
        Self::Difficulties,
        Self::Assistance,
        Self::Practices,
    ];
}

// Events

events! {
    /// What happens to a report.
    pub enum Event {
        ReportBegun = "report_begun",
        ReportCompiled = "report_compiled",
        NarrativeDrafted = "narrative_drafted",
        NarrativeDropped = "narrative_dropped",
        ReportPublished = "report_published",
    }
}

// State

/// A report as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What it is called.
    pub title: Texts,
    /// The session that it is for.
    pub session: u16,
    /// The collections whose figures it reports.
    pub collections: Vec<CollectionId>,
    /// The instruments whose preparation it reports.
    pub instruments: Vec<InstrumentId>,
    /// The figures that it reports.
    pub compiled: Option<ReportCompiled>,
    /// Its narratives.
    pub narratives: BTreeMap<(Heading, Lang), NarrativeDrafted>,
    /// How often it changed: a body is that of a number of changes.
    pub changes: u32,
    /// Its publication.
    pub published: Option<ReportPublished>,
}

impl Report {
    /// Drafting, compiled or published.
    pub fn status(&self) -> Status {
        match (&self.published, &self.compiled) {
            (Some(_), _) => Status::Published,
            (None, Some(_)) => Status::Compiled,
            (None, None) => Status::Begun,
        }
    }

    /// The languages in which every heading that is needed has its narrative.
    pub fn languages(&self) -> Vec<Lang> {
        let has = |heading: &Heading, lang: Lang| self.narratives.contains_key(&(*heading, lang));
        let whole = |lang: &Lang| Heading::NEEDED.iter().all(|heading| has(heading, *lang));
        Lang::ALL.iter().copied().filter(whole).collect()
    }
}

code_enum! {
    /// How far a report is.
    pub enum Status {
        /// Narratives are drafted; there are no figures yet.
        Begun = "begun",
        /// Figures are compiled, narratives drafted.
        Compiled = "compiled",
        /// It is before the Commission.
        Published = "published",
    }
}

/// None until the report is begun.
pub type State = Option<Report>;

fn evolve(state: State, event: &Event) -> State {
    let Some(mut report) = state else {
        return match event {
            Event::ReportBegun(event) => Some(Report::from(event.clone())),
            _ => None,
        };
    };
    report.changes += 1;
    match event {
        Event::ReportBegun(_) => {}
        Event::ReportCompiled(event) => report.compiled = Some(event.clone()),
        Event::NarrativeDrafted(event) => {
            let key = (event.heading, event.lang);
            report.narratives.insert(key, event.clone());
        }
        Event::NarrativeDropped(event) => {
            report.narratives.remove(&(event.heading, event.lang));
        }
        Event::ReportPublished(event) => report.published = Some(event.clone()),
    }
    Some(report)
}

impl From<ReportBegun> for Report {
    fn from(event: ReportBegun) -> Self {
        let ReportBegun {
            title,
            session,
            collections,
            instruments,
        } = event;
        Self {
            title,
            session,
            collections,
            instruments,
            compiled: None,
            narratives: BTreeMap::new(),
            changes: 0,
            published: None,
        }
    }
}

// Commands

/// What somebody wants of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Begin.
    Begin(ReportBegun),
    /// Let its figures be these.
    Compile(ReportCompiled),
    /// Draft a narrative.
    Draft(NarrativeDrafted),
    /// Take a narrative out.
    Drop {
        /// Under which heading.
        heading: Heading,
        /// In which language.
        lang: Lang,
    },
    /// Put it before the Commission.
    Publish {
        /// The session's meeting.
        meeting: MeetingId,
        /// The document that it is.
        document: Option<DocumentId>,
        /// The day.
        on: Date,
        /// What is published.
        body: ContentRef,
        /// The report's number of changes when the body was made.
        made_of: u32,
    },
}

/// What decisions on a report read of other streams.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Of the collections and instruments named, those that there are.
    pub collections: BTreeSet<CollectionId>,
    /// Of the instruments named, those that there are.
    pub instruments: BTreeSet<InstrumentId>,
    /// Of the answers named, those of submitted replies in the report's collections.
    pub answers: BTreeSet<AnswerLink>,
    /// The session of the Commission that the meeting named is, by number.
    pub session: Option<u16>,
    /// Whether the document named is recorded.
    pub is_document_recorded: bool,
    /// Of the report's collections, those whose figures were never released by the position that was compiled.
    pub unreleased: Vec<CollectionId>,
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        ReportAlreadyExists = "report_already_exists", "there is a report with this id already";
        UnknownReport = "unknown_report", "there is no such report";
        ReportFaulty(faults) = "report_faulty", "what is said of the report has faults";
        ReportPublished = "report_published", "the report is published, and changes no more";
        ReportNotCompiled = "report_not_compiled", "the report has no figures yet";
        HeadingsMissing(faults) = "headings_missing", "headings of the report have no narrative";
        FiguresNotReleased(faults) = "figures_not_released", "figures that the report is to publish are not released";
        UnknownNarrative = "unknown_narrative", "the report has no such narrative";
        NotThatSession = "not_that_session", "the meeting is not the session of the Commission that the report is for";
        ReportChanged = "report_changed", "the report changed while it was being published";
    }
}

// Decide

impl Decider for Report {
    type Command = Command;
    type Context = Context;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;

    fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
        let Some(report) = state else {
            return match command {
                Command::Begin(report) => begin(report, context),
                _ => Err(Refusal::UnknownReport),
            };
        };
        if let Command::Begin(_) = command {
            return Err(Refusal::ReportAlreadyExists);
        }
        if report.published.is_some() {
            return Err(Refusal::ReportPublished);
        }
        match command {
            Command::Begin(_) => Err(Refusal::ReportAlreadyExists),
            Command::Compile(compiled) => Ok(compile(report, compiled)),
            Command::Draft(narrative) => draft(report, narrative, context),
            Command::Drop { heading, lang } if report.narratives.contains_key(&(heading, lang)) => {
                Ok(vec![NarrativeDropped { heading, lang }.into()])
            }
            Command::Drop { .. } => Err(Refusal::UnknownNarrative),
            Command::Publish {
                meeting,
                document,
                on,
                body,
                made_of,
            } => {
                publishing::may_publish(report, context, document, made_of)?;
                let published = ReportPublished {
                    session: report.session,
                    meeting,
                    document,
                    on,
                    languages: report.languages(),
                    headings: publishing::headings(report),
                    body,
                };
                Ok(vec![published.into()])
            }
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        evolve(state, event)
    }
}

fn begin(report: ReportBegun, context: &Context) -> Result<Vec<Event>, Refusal> {
    fault::none(checks::begin(&report, context)).map_err(Refusal::ReportFaulty)?;
    Ok(vec![report.into()])
}

/// The same figures as before are no event.
fn compile(report: &Report, compiled: ReportCompiled) -> Vec<Event> {
    let known = report.compiled.as_ref().map(|known| known.position);
    if known == Some(compiled.position) {
        Vec::new()
    } else {
        vec![compiled.into()]
    }
}

fn draft(
    report: &Report,
    narrative: NarrativeDrafted,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    fault::none(checks::narrative(&narrative, context)).map_err(Refusal::ReportFaulty)?;
    let known = report.narratives.get(&(narrative.heading, narrative.lang));
    Ok(match known {
        Some(known) if *known == narrative => Vec::new(),
        _ => vec![narrative.into()],
    })
}
