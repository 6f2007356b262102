//! A report to a session of the Commission: compiled as of a position, drafted under its headings, published; from then
//! on it is immutable (paragraphs 9, 14 and 17 of the resolution).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::fault::{self, pointer};
use super::{
    CollectionId, ContentRef, Decider, DocumentId, InstrumentId, Lang, MeetingId, ReplyId, Texts,
};

mod checks;
#[cfg(test)]
mod tests;

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

/// Work on a report begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportBegun {
    /// What it is called.
    pub title: Texts,
    /// The session of the Commission that it is for, by number.
    pub session: u16,
    /// The collections whose figures it reports.
    pub collections: Vec<CollectionId>,
    /// The instruments whose preparation it reports.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instruments: Vec<InstrumentId>,
}

/// The figures that it reports are those as of a position; what was compiled before is superseded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportCompiled {
    /// The position.
    pub position: u64,
    /// The compilation's JSON: the same position gives the same bytes.
    pub compilation: ContentRef,
}

/// A narrative is drafted, or drafted anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeDrafted {
    /// Under which heading.
    pub heading: Heading,
    /// In which language.
    pub lang: Lang,
    /// Its words.
    pub text: ContentRef,
    /// The answers that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<AnswerLink>,
}

/// An answer that a narrative rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AnswerLink {
    /// The reply.
    pub reply: ReplyId,
    /// The question's code.
    pub question: String,
}

/// A narrative is taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeDropped {
    /// Under which heading.
    pub heading: Heading,
    /// In which language.
    pub lang: Lang,
}

/// The report is before the Commission, and changes no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportPublished {
    /// The session.
    pub session: u16,
    /// Its meeting.
    pub meeting: MeetingId,
    /// The document that it is, where it is recorded as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
    /// The day.
    pub on: Date,
    /// The languages that all of it is written in.
    pub languages: Vec<Lang>,
    /// The headings that it has.
    pub headings: Vec<Heading>,
    /// What is published: JSON.
    pub body: ContentRef,
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
                may_publish(report, context, document, made_of)?;
                let published = ReportPublished {
                    session: report.session,
                    meeting,
                    document,
                    on,
                    languages: report.languages(),
                    headings: headings(report),
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

fn headings(report: &Report) -> Vec<Heading> {
    let headings: BTreeSet<Heading> = report
        .narratives
        .keys()
        .map(|(heading, _)| *heading)
        .collect();
    headings.into_iter().collect()
}

fn may_publish(
    report: &Report,
    context: &Context,
    document: Option<DocumentId>,
    made_of: u32,
) -> Result<(), Refusal> {
    if report.compiled.is_none() {
        return Err(Refusal::ReportNotCompiled);
    }
    if report.languages().is_empty() {
        let missing = Heading::NEEDED.into_iter().filter(|heading| {
            let mut narratives = report.narratives.keys();
            !narratives.any(|(known, _)| known == heading)
        });
        let mut faults: Vec<_> = missing
            .map(|heading| {
                fault::NO_NARRATIVE
                    .at("/narratives")
                    .arg("heading", heading)
            })
            .collect();
        if faults.is_empty() {
            faults.push(fault::NO_WHOLE_LANGUAGE.at("/narratives"));
        }
        return Err(Refusal::HeadingsMissing(faults));
    }
    let unreleased = context.unreleased.iter().map(|collection| {
        let at = report
            .collections
            .iter()
            .position(|known| known == collection);
        let at = pointer("/collections", at.unwrap_or_default());
        fault::NO_RELEASE.at(at).arg("collection", collection)
    });
    fault::none(unreleased.collect()).map_err(Refusal::FiguresNotReleased)?;
    if context.session != Some(report.session) {
        return Err(Refusal::NotThatSession);
    }
    if document.is_some() && !context.is_document_recorded {
        let fault = fault::NO_SUCH_DOCUMENT.at("/document");
        return Err(Refusal::ReportFaulty(vec![fault]));
    }
    if made_of != report.changes {
        return Err(Refusal::ReportChanged);
    }
    Ok(())
}
