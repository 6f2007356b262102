//! What decisions on instruments read.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{comment, consultation, today};
use crate::desk::{ContextSource, DeskError, Reads};
use domain::classification::Classification;
use domain::classification_id;
use domain::comment::Comment;
use domain::consultation::{Consultation, Status};
use domain::document::Document;
use domain::instrument::{
    Command, CommentStanding, Context, Instrument, MAX_TAKEN_UP, MeetingStanding, Obstacles, State,
};
use domain::meeting::Meeting;
use domain::need_types::NeedTypes;
use domain::{CommentId, ConsultationId, InstrumentId, MeetingId, need_types_id};

impl ContextSource for Instrument {
    type Case = ();

    async fn context(
        reads: &mut Reads<'_>,
        state: &State,
        command: &Command,
        (): &(),
    ) -> Result<Context, DeskError> {
        let id = InstrumentId(reads.stream());
        let mut context = Context {
            classification: reads.state::<Classification>(classification_id()).await?,
            need_types: Arc::default(),
            draft: None,
            corrected: None,
            same_as: None,
            comments: BTreeMap::new(),
            obstacles: None,
            meeting: None,
            presented_to: presented_to(reads, state).await?,
            report_is_known: false,
            today: today(),
        };
        match command {
            Command::Draft(_)
            | Command::DraftCopy(..)
            | Command::SaveDraft(_)
            | Command::Translate(_)
            | Command::Return { .. } => {}
            Command::Revise { takes_up } => {
                read_draft(reads, state, &mut context).await?;
                context.comments = comments(reads, id, takes_up).await?;
            }
            Command::Correct { .. } => {
                read_draft(reads, state, &mut context).await?;
                let latest = state.as_ref().and_then(|held| held.revisions.last());
                if let Some(latest) = latest {
                    let corrected = reads.desk().questionnaire(&latest.questionnaire).await?;
                    context.corrected = Some(corrected);
                }
            }
            Command::Present(presented) => {
                context.meeting = meeting_standing(reads, presented.meeting).await?;
                if let Some(report) = presented.progress_report {
                    context.report_is_known = reads.exists::<Document, _>(report.0).await?;
                }
                context.obstacles = Some(obstacles(reads, id).await?);
            }
            Command::Approve { .. } | Command::Withdraw(_) => {
                context.obstacles = Some(obstacles(reads, id).await?);
            }
        }
        Ok(context)
    }
}

/// Reads the draft that is to be frozen, and what its questions are the same as.
async fn read_draft(
    reads: &mut Reads<'_>,
    state: &State,
    context: &mut Context,
) -> Result<(), DeskError> {
    let id = InstrumentId(reads.stream());
    let draft = state.as_ref().and_then(|held| held.draft.as_ref());
    if let Some(draft) = draft {
        let draft = reads.desk().questionnaire(draft).await?;
        context.need_types = reads.state::<NeedTypes>(need_types_id()).await?;
        context.same_as = Some(reads.desk().same_as_sources(id, &draft).await?);
        context.draft = Some(draft);
    }
    Ok(())
}

async fn meeting_standing(
    reads: &mut Reads<'_>,
    meeting: MeetingId,
) -> Result<Option<MeetingStanding>, DeskError> {
    let meeting = reads.state::<Meeting>(meeting.0).await?;
    Ok(MeetingStanding::from_meeting(&meeting))
}

/// The meeting that the latest revision was put before, if it was.
async fn presented_to(
    reads: &mut Reads<'_>,
    state: &State,
) -> Result<Option<MeetingStanding>, DeskError> {
    let latest = state.as_ref().and_then(|held| held.revisions.last());
    match latest.and_then(|latest| latest.presentation.as_ref()) {
        Some(presented) => meeting_standing(reads, presented.meeting).await,
        None => Ok(None),
    }
}

/// What stands in the way of an instrument. Looked at once the rounds are guarded: in one that is closed, nobody comments
/// until it is reopened, and what is entered from paper is guarded too. That a comment is accepted meanwhile is not.
pub async fn obstacles(
    reads: &mut Reads<'_>,
    instrument: InstrumentId,
) -> Result<Obstacles, DeskError> {
    let rounds = consultation::rounds(reads, instrument).await?;
    let open = rounds.iter().filter(|(_, round)| {
        let round = round.as_ref().as_ref();
        round.is_some_and(|round| round.status == Status::Open)
    });
    let open = open.map(|(id, _)| *id).collect();
    let ids: Vec<ConsultationId> = rounds.iter().map(|(id, _)| *id).collect();
    Ok(Obstacles {
        open,
        undisposed: comment::undisposed(reads, &ids).await?,
        not_taken_up: comment::not_taken_up(reads, &ids).await?,
    })
}

/// What is known of the comments that are to be taken up; each is guarded, so that it stays accepted.
async fn comments(
    reads: &mut Reads<'_>,
    instrument: InstrumentId,
    ids: &[CommentId],
) -> Result<BTreeMap<CommentId, CommentStanding>, DeskError> {
    let mut found = BTreeMap::new();
    // Of more than are allowed, none is looked at in vain.
    for id in ids.iter().take(MAX_TAKEN_UP) {
        let comment = reads.state::<Comment>(id.0).await?;
        let consultation = match comment.as_ref() {
            Some(comment) => reads.state::<Consultation>(comment.consultation.0).await?,
            None => Arc::default(),
        };
        let standing = CommentStanding::from_comment(instrument, &comment, &consultation);
        found.insert(*id, standing);
    }
    Ok(found)
}
