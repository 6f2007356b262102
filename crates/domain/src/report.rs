//! A report to a session of the Commission, or to a Congress: compiled as of a position, drafted under its headings,
//! published; from then on it is immutable (paragraphs 9, 14 and 17 of the resolution).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::fault;
use super::meeting::{self, MeetingKind};
use super::{CollectionId, ContentRef, DocumentId, InstrumentId, Lang, MeetingId};

mod checks;
mod context;
mod events;
mod gap;
mod publishing;
#[cfg(test)]
mod tests;

pub use context::{Context, PublicationGrounds, Sitting};
pub use events::{
    AnswerLink, NarrativeDrafted, NarrativeDropped, Particulars, ReportAbandoned, ReportBegun,
    ReportCompiled, ReportPublished, ReportRevised,
};
pub use gap::Gap;

code_enum! {
    /// What a report is for.
    pub enum Purpose as "ReportPurpose" {
        /// It reports to the Commission what was gathered (paragraph 9).
        Findings = "findings",
        /// It reports to the Commission how far instruments are prepared (paragraph 17).
        Progress = "progress",
        /// It goes to a Congress (paragraph 14).
        Congress = "congress",
    }
}

impl Purpose {
    /// The headings without which it is not published.
    pub const fn needed(self) -> &'static [Heading] {
        match self {
            Self::Findings => &[
                Heading::Application,
                Heading::Difficulties,
                Heading::Assistance,
                Heading::Practices,
            ],
            Self::Progress => &[Heading::Progress],
            Self::Congress => &[Heading::Application],
        }
    }

    /// The kind of meeting that it goes to.
    pub const fn meeting(self) -> MeetingKind {
        match self {
            Self::Findings | Self::Progress => MeetingKind::CommissionSession,
            Self::Congress => MeetingKind::Congress,
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    fn is_findings(&self) -> bool {
        *self == Self::Findings
    }
}

impl Default for Purpose {
    /// That of the reports of old.
    fn default() -> Self {
        Self::Findings
    }
}

code_enum! {
    /// What a narrative stands under: the headings that paragraphs 9 and 17 ask for, and what frames them.
    pub enum Heading as "ReportHeading" {
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
        /// How far instruments are prepared.
        Progress = "progress",
        /// What follows.
        Conclusions = "conclusions",
    }
}

// Events

events! {
    /// What happens to a report.
    pub enum Event {
        ReportBegun = "report_begun",
        ReportRevised = "report_revised",
        ReportCompiled = "report_compiled",
        NarrativeDrafted = "narrative_drafted",
        NarrativeDropped = "narrative_dropped",
        ReportPublished = "report_published",
        ReportAbandoned = "report_abandoned",
    }
}

// State

/// A report as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What it is, to whom, and of what.
    pub particulars: Particulars,
    /// The figures that it reports.
    pub compiled: Option<ReportCompiled>,
    /// Its narratives.
    pub narratives: BTreeMap<(Heading, Lang), NarrativeDrafted>,
    /// How often it changed: a body is that of a number of changes.
    pub changes: u32,
    /// Its publication.
    pub published: Option<ReportPublished>,
    /// Whether it was given up.
    pub abandoned: bool,
}

impl Report {
    /// Begun, compiled, published, or given up.
    pub fn status(&self) -> Status {
        match (&self.published, &self.compiled) {
            _ if self.abandoned => Status::Abandoned,
            (Some(_), _) => Status::Published,
            (None, Some(_)) => Status::Compiled,
            (None, None) => Status::Begun,
        }
    }

    /// The languages in which every heading that is needed has its narrative.
    pub fn languages(&self) -> Vec<Lang> {
        let has = |heading: &Heading, lang: Lang| self.narratives.contains_key(&(*heading, lang));
        let needed = self.particulars.purpose.needed();
        let whole = |lang: &Lang| needed.iter().all(|heading| has(heading, *lang));
        Lang::ALL.iter().copied().filter(whole).collect()
    }

    /// Its narratives in those languages: what is drafted in others is not published.
    pub fn told(&self) -> impl Iterator<Item = &NarrativeDrafted> {
        let languages = self.languages();
        let narratives = self.narratives.values();
        narratives.filter(move |narrative| languages.contains(&narrative.lang))
    }
}

code_enum! {
    /// How far a report is.
    pub enum Status as "ReportStatus" {
        /// Narratives are drafted; there are no figures yet.
        Begun = "begun",
        /// Figures are compiled, narratives drafted.
        Compiled = "compiled",
        /// It is before the Commission, or the Congress.
        Published = "published",
        /// It was given up.
        Abandoned = "abandoned",
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
        Event::ReportRevised(event) => {
            report.particulars = event.particulars.clone();
            report.compiled = None;
        }
        Event::ReportCompiled(event) => report.compiled = Some(event.clone()),
        Event::NarrativeDrafted(event) => {
            let key = (event.heading, event.lang);
            report.narratives.insert(key, event.clone());
        }
        Event::NarrativeDropped(event) => {
            report.narratives.remove(&(event.heading, event.lang));
        }
        Event::ReportPublished(event) => report.published = Some(event.clone()),
        Event::ReportAbandoned(_) => report.abandoned = true,
    }
    Some(report)
}

impl From<ReportBegun> for Report {
    fn from(event: ReportBegun) -> Self {
        Self {
            particulars: event.particulars,
            compiled: None,
            narratives: BTreeMap::new(),
            changes: 0,
            published: None,
            abandoned: false,
        }
    }
}

// Commands

/// What somebody wants of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Begin.
    Begin(Particulars),
    /// Say otherwise what it is, to whom, and of what.
    Revise(Particulars),
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
    /// Give it up.
    Abandon,
    /// Put it before its meeting.
    Publish {
        /// The meeting.
        meeting: MeetingId,
        /// The document that it is.
        document: Option<DocumentId>,
        /// The day.
        on: Date,
        /// The day on which this is recorded.
        today: Date,
        /// What is published.
        body: ContentRef,
        /// The report's number of changes when the body was made.
        made_of: u32,
    },
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
        ReportAbandoned = "report_abandoned", "the report was given up";
        NotThatSession = "not_that_session", "the meeting is not the session, or the Congress, that the report is for";
        ReportChanged = "report_changed", "the report, or what it rests on, changed while it was being published";
    }
}

// Decide

decider!(Report);

fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let Some(report) = state else {
        return match command {
            Command::Begin(particulars) => {
                sound(&particulars, context)?;
                Ok(vec![ReportBegun { particulars }.into()])
            }
            _ => Err(Refusal::UnknownReport),
        };
    };
    match command {
        Command::Begin(_) => Err(Refusal::ReportAlreadyExists),
        _ if report.published.is_some() => Err(Refusal::ReportPublished),
        _ if report.abandoned => Err(Refusal::ReportAbandoned),
        Command::Revise(particulars) if particulars == report.particulars => Ok(Vec::new()),
        Command::Revise(particulars) => {
            sound(&particulars, context)?;
            Ok(vec![ReportRevised { particulars }.into()])
        }
        Command::Abandon => Ok(vec![ReportAbandoned {}.into()]),
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
            today,
            body,
            made_of,
        } => {
            let grounds = publishing::may_publish(report, context, made_of)?;
            publishing::is_sound(grounds, document, on, today)?;
            let published = ReportPublished {
                session: report.particulars.session,
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

fn sound(particulars: &Particulars, context: &Context) -> Result<(), Refusal> {
    fault::none(checks::particulars(particulars, context)).map_err(Refusal::ReportFaulty)
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
