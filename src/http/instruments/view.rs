//! An instrument as it is shown: its life, with what its consultations say of where it stands.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::PresentResource;
use crate::http::handling::caller::Caller;
use crate::http::handling::stored_words::StoredWords;
use crate::http::problem::Problem;
use crate::http::rights::consultation::{knows, rounds_now};
use crate::http::schemas::{NoticeView, WordsShape, chosen};
use crate::http::services::Services;
use domain::consultation::{Consultation, Status};
use domain::instrument::{Instrument, InstrumentApproved, InstrumentPresented, Revision, Stage};
use domain::meeting::{self, Meeting};
use domain::{ConsultationId, InstrumentId, MeetingId};

/// An instrument.
#[derive(Debug, Serialize, ToSchema)]
pub struct InstrumentView {
    /// Its id.
    id: Uuid,
    /// Its title, in the language `lang`.
    title: String,
    /// The language of `title`.
    pub lang: Option<domain::Lang>,
    /// The category of standards that it asks about.
    category: String,
    /// The version of the classification that it is made under, and keeps.
    classification_version: u32,
    /// How it is approved: intersessional, presentation
    route: domain::instrument::Route,
    /// Where its latest revision stands: drafting, forwarded (for comments), under_review (no comments are taken any more),
    /// presented, returned, approved, withdrawn.
    status: &'static str,
    /// The languages in which its questionnaire must be complete.
    languages: Vec<domain::Lang>,
    /// Whether it has a draft that is no revision yet.
    draft: bool,
    /// Its revisions.
    revisions: Vec<RevisionEntry>,
    /// Why work on it ended without approval, if it did.
    #[schema(value_type = Option<WordsShape>)]
    withdrawal: Option<Value>,
    /// In the answer to a command: what whoever gave it should know of what came of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<NoticeView>,
}

/// A revision in its instrument.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisionEntry {
    /// 1, 2, 3.
    revision: u32,
    /// How many questions it has.
    questions: usize,
    /// The consultations in which it was forwarded for comments; to donors those whose comments are published.
    consultations: Vec<Uuid>,
    /// The comments that it takes up.
    takes_up: Vec<Uuid>,
    /// The meeting that it was put before, if it was.
    presentation: Option<PresentationView>,
    /// What the meeting gave it back with, if it did.
    returned: Option<ReturnView>,
    /// Its approval, if it has one.
    approval: Option<ApprovalView>,
}

/// A presentation.
#[derive(Debug, Serialize, ToSchema)]
pub struct PresentationView {
    /// The meeting.
    meeting: Uuid,
    /// Whether that was cancelled: then the revision can be put before another.
    meeting_is_cancelled: bool,
    /// The report on progress that went with it, a document.
    progress_report: Option<Uuid>,
    /// The day.
    on: Date,
}

impl PresentationView {
    fn from_event(presented: &InstrumentPresented, meetings: &Meetings) -> Self {
        Self {
            meeting: presented.meeting.0,
            meeting_is_cancelled: meetings
                .get(&presented.meeting)
                .is_some_and(|meeting| meeting.status == meeting::Status::Cancelled),
            progress_report: presented.progress_report.map(|document| document.0),
            on: presented.on,
        }
    }
}

/// A return.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReturnView {
    /// The meeting.
    meeting: Uuid,
    /// The day.
    on: Date,
    /// What was said.
    #[schema(value_type = WordsShape)]
    remarks: Value,
}

/// An approval.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalView {
    /// The meeting that approved it, by name.
    pub meeting: String,
    /// The meeting itself, unless it is one of the past that is not in the system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting_id: Option<Uuid>,
    /// The decision.
    pub decision: String,
    /// When it was taken.
    pub date: Date,
}

impl ApprovalView {
    /// An approval as it is shown.
    pub fn from_event(approval: &InstrumentApproved) -> Self {
        Self {
            meeting: approval.meeting.clone(),
            meeting_id: approval.meeting_id.map(|meeting| meeting.0),
            decision: approval.decision.clone(),
            date: approval.date,
        }
    }
}

/// An instrument as it is shown, and what its tag must tell beside its own position.
pub struct ShownInstrument {
    /// The instrument.
    pub view: InstrumentView,
    /// The position of the last event of its consultations and meetings.
    pub beside: u64,
    /// The position at which its words were last redacted or translated.
    pub words: u64,
}

type Rounds = Vec<(ConsultationId, PresentResource<Consultation>)>;

/// The meetings that revisions were put before.
type Meetings = HashMap<MeetingId, PresentResource<Meeting>>;

async fn meetings(services: &Services, instrument: &Instrument) -> Result<Meetings, Problem> {
    let mut meetings = Meetings::new();
    let revisions = instrument.revisions.iter();
    for presented in revisions.filter_map(|revision| revision.presentation.as_ref()) {
        let id = presented.meeting;
        let loaded = services.desk.load::<Meeting>(id.0, true).await?;
        meetings.extend(PresentResource::from_loaded(&loaded).map(|meeting| (id, meeting)));
    }
    Ok(meetings)
}

impl ShownInstrument {
    /// An instrument, with its consultations as they are now.
    pub async fn load(
        services: &Services,
        caller: &Caller,
        id: Uuid,
        instrument: &Instrument,
    ) -> Result<Self, Problem> {
        let rounds = rounds_now(services, InstrumentId(id)).await?;
        let meetings = meetings(services, instrument).await?;
        let returned = instrument.revisions.iter();
        let returned = returned.filter_map(|revision| revision.returned.as_ref());
        let withdrawn = instrument.withdrawn.as_ref();
        let said = returned
            .map(|returned| &returned.remarks)
            .chain(withdrawn.map(|withdrawn| &withdrawn.reason));
        let words = StoredWords::read(services, caller, said).await?;
        let (lang, title) = chosen(&instrument.title, &caller.languages);
        let revisions = instrument.revisions.iter();
        let view = InstrumentView {
            id,
            title,
            lang,
            category: instrument.category.clone(),
            classification_version: instrument.classification_version,
            route: instrument.route,
            status: status(instrument, &rounds),
            languages: instrument.languages.clone(),
            draft: instrument.draft_changed,
            revisions: revisions
                .map(|revision| entry(caller, revision, &rounds, &meetings, &words))
                .collect(),
            withdrawal: withdrawn
                .map(|withdrawn| words.show(&withdrawn.reason, Some(withdrawn.lang))),
            notices: Vec::new(),
        };
        let beside = rounds.iter().map(|(_, round)| round.position);
        let beside = beside.chain(meetings.values().map(|meeting| meeting.position));
        Ok(Self {
            view,
            beside: beside.max().unwrap_or(0),
            words: words.changed,
        })
    }
}

/// Where it stands: by its own events, and while it is worked on, by the consultations on its latest revision.
fn status(instrument: &Instrument, rounds: &Rounds) -> &'static str {
    let on_latest = rounds
        .iter()
        .filter(|(_, round)| round.revision == instrument.latest_revision());
    let statuses: Vec<Status> = on_latest.map(|(_, round)| round.status).collect();
    match instrument.stage() {
        Stage::Withdrawn => "withdrawn",
        Stage::Approved => "approved",
        Stage::Presented => "presented",
        Stage::Drafting | Stage::Returned if statuses.contains(&Status::Open) => "forwarded",
        Stage::Returned => "returned",
        Stage::Drafting if statuses.is_empty() => "drafting",
        Stage::Drafting => "under_review",
    }
}

fn entry(
    caller: &Caller,
    revision: &Revision,
    rounds: &Rounds,
    meetings: &Meetings,
    words: &StoredWords,
) -> RevisionEntry {
    let forwarded = rounds
        .iter()
        .filter(|(_, round)| round.revision == revision.number && knows(caller, round));
    RevisionEntry {
        revision: revision.number,
        questions: revision.questions.len(),
        consultations: forwarded.map(|(id, _)| id.0).collect(),
        takes_up: revision.takes_up.iter().map(|comment| comment.0).collect(),
        presentation: revision
            .presentation
            .as_ref()
            .map(|presented| PresentationView::from_event(presented, meetings)),
        returned: revision.returned.as_ref().map(|returned| ReturnView {
            meeting: returned.meeting.0,
            on: returned.on,
            remarks: words.show(&returned.remarks, Some(returned.lang)),
        }),
        approval: revision.approval.as_ref().map(ApprovalView::from_event),
    }
}
