//! What decisions on reports read.

use std::collections::{BTreeMap, BTreeSet};

use crate::desk::{ContextSource, DeskError, Reads};
use domain::collection::Collection;
use domain::document::Document;
use domain::instrument::Instrument;
use domain::meeting::Meeting;
use domain::questionnaire::{AnswerMap, AnswerValue};
use domain::reply::{Consent, Reply};
use domain::report::{
    AnswerLink, Command, Context, Particulars, PublicationGrounds, Report, Sitting, State,
};
use domain::{CollectionId, DocumentId, MeetingId, ReplyId};

/// What the body of a report was made of, which is judged when it is published.
#[derive(Debug, Default)]
pub struct BodySources {
    /// Collections without a release by the position that was compiled.
    pub unreleased: Vec<CollectionId>,
    /// The replies cited, as they were.
    pub cited: BTreeMap<ReplyId, CitedReply>,
}

/// What of a reply decides on what is cited of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedReply {
    /// To what its State consents.
    pub consent: Option<Consent>,
    /// What it submitted.
    pub answers: AnswerMap<AnswerValue>,
}

impl CitedReply {
    /// That of a reply as it is; of one that is not there, nothing.
    pub fn from_reply(reply: Option<&Reply>) -> Self {
        let answers = reply.and_then(Reply::submitted_answers);
        Self {
            consent: reply.and_then(|reply| reply.publication.clone()),
            answers: answers.unwrap_or_default(),
        }
    }
}

impl ContextSource for Report {
    /// What the body is made of that is to be published; none where none is.
    type Case = Option<BodySources>;

    async fn context(
        reads: &mut Reads<'_>,
        state: &State,
        command: &Command,
        sources: &Option<BodySources>,
    ) -> Result<Context, DeskError> {
        let mut context = Context {
            collections: BTreeSet::new(),
            instruments: BTreeSet::new(),
            answers: BTreeSet::new(),
            grounds: None,
        };
        match command {
            Command::Begin(particulars) | Command::Revise(particulars) => {
                subjects(reads, particulars, &mut context).await?;
            }
            Command::Draft(narrative) => {
                if let Some(report) = state {
                    context.answers = answers(reads, report, &narrative.rests_on).await?;
                }
            }
            Command::Publish {
                meeting, document, ..
            } => {
                if let Some(sources) = sources {
                    context.grounds = Some(grounds(reads, sources, *meeting, *document).await?);
                }
            }
            Command::Compile(_) | Command::Drop { .. } | Command::Abandon => {}
        }
        Ok(context)
    }
}

/// What there is of what a report is to be about.
async fn subjects(
    reads: &mut Reads<'_>,
    particulars: &Particulars,
    context: &mut Context,
) -> Result<(), DeskError> {
    for id in &particulars.collections {
        if reads.state::<Collection>(id.0).await?.is_some() {
            context.collections.insert(*id);
        }
    }
    for id in &particulars.instruments {
        if reads.state::<Instrument>(id.0).await?.is_some() {
            context.instruments.insert(*id);
        }
    }
    Ok(())
}

/// The answers among `links` that submitted replies in the report's collections hold.
async fn answers(
    reads: &mut Reads<'_>,
    report: &Report,
    links: &[AnswerLink],
) -> Result<BTreeSet<AnswerLink>, DeskError> {
    let mut answers = BTreeSet::new();
    for link in links {
        let reply = reads.state::<Reply>(link.reply.0).await?;
        let held = reply.as_ref().as_ref();
        let held = held.filter(|reply| report.particulars.collections.contains(&reply.collection));
        let submitted = held.and_then(Reply::submitted_answers);
        if submitted.is_some_and(|submitted| submitted.contains_key(&link.question)) {
            answers.insert(link.clone());
        }
    }
    Ok(answers)
}

/// The meeting and the document, and whether what States consent to or what they submitted has changed since the body was
/// made: the replies that it cites are guarded.
async fn grounds(
    reads: &mut Reads<'_>,
    sources: &BodySources,
    meeting: MeetingId,
    document: Option<DocumentId>,
) -> Result<PublicationGrounds, DeskError> {
    let meeting = reads.state::<Meeting>(meeting.0).await?;
    let is_document_recorded = match document {
        Some(document) => reads.state::<Document>(document.0).await?.is_some(),
        None => false,
    };
    let mut has_moved = false;
    for (id, cited) in &sources.cited {
        let now = reads.state::<Reply>(id.0).await?;
        has_moved |= CitedReply::from_reply(now.as_ref().as_ref()) != *cited;
    }
    Ok(PublicationGrounds {
        meeting: Sitting::from_meeting(&meeting),
        is_document_recorded,
        unreleased: sources.unreleased.clone(),
        has_moved,
    })
}
