//! What decisions on comments read, and decisions on others read of comments.

use std::sync::Arc;

use super::{commenters, delegation, today};
use crate::desk::{ContextSource, DeskError, Reads};
use crate::reading::comments as reading;
use domain::comment::{BlockingComment, Command, Comment, CommentingCapacity, Context, State};
use domain::consultation::Consultation;
use domain::instrument::Instrument;
use domain::{CommentId, ConsultationId, PersonId};
use event_log::ReadError;
use uuid::Uuid;

/// By which office somebody acts for a party on its comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentingOffice {
    /// As its focal point.
    FocalPoint(PersonId),
    /// As whoever comments for it in the consultation.
    Commenter(PersonId),
}

impl ContextSource for Comment {
    /// The office of whoever acts for the party, which may have ended; none where its mission or the Secretariat does, which
    /// have none.
    type Case = Option<CommentingOffice>;

    async fn context(
        reads: &mut Reads<'_>,
        state: &State,
        command: &Command,
        office: &Option<CommentingOffice>,
    ) -> Result<Context, DeskError> {
        let made = state.as_ref().map(|held| (held.consultation, held.party));
        let (about, with_instrument) = match command {
            Command::Make(made) => (
                Some((made.consultation, made.party)),
                made.entered_on_behalf.is_some(),
            ),
            Command::Correct { by, .. } | Command::Withdraw { by } => {
                (made, *by == CommentingCapacity::Secretariat)
            }
            Command::Dispose(_) => (made, true),
        };
        let (id, party) = about.ok_or(DeskError::NotFound("comment"))?;
        let consultation = reads.state::<Consultation>(id.0).await?;
        let Some(opened) = consultation.as_ref() else {
            return Err(DeskError::NotFound("consultation"));
        };
        // What is not read is not there: then nothing is decided on it, and no paper is taken after the closure.
        let instrument = if with_instrument {
            reads.state::<Instrument>(opened.instrument.0).await?
        } else {
            Arc::default()
        };
        let is_replaced = match office {
            Some(CommentingOffice::FocalPoint(person)) => {
                delegation::is_replaced(reads, party, *person).await?
            }
            // To whoever comments no more, it is not there.
            Some(CommentingOffice::Commenter(person)) => {
                let named = commenters::of_party(reads, id, party).await?;
                if !named.persons.contains(person) {
                    return Err(DeskError::NotFound("consultation"));
                }
                false
            }
            None => false,
        };
        let form = reads.desk().form(opened.instrument, opened.revision, None);
        Ok(Context {
            comment: CommentId(reads.stream()),
            instrument,
            is_replaced,
            form: form.await?,
            today: today(),
            consultation,
        })
    }
}

/// The comments in consultations that have no disposition. What was entered from paper is guarded, and so is that there is
/// no further one: nothing that is entered meanwhile is overlooked.
pub async fn undisposed(
    reads: &mut Reads<'_>,
    consultations: &[ConsultationId],
) -> Result<Vec<BlockingComment>, DeskError> {
    for consultation in consultations {
        for number in 1.. {
            let entered = reads.desk().ids().entered_comment(*consultation, number);
            if reads.state::<Comment>(entered.0).await?.is_none() {
                break;
            }
        }
    }
    let consultations: Vec<Uuid> = consultations.iter().map(|id| id.0).collect();
    let found = reading::undisposed(reads.desk().log().pool(), &consultations).await;
    Ok(found.map_err(ReadError::from)?)
}

/// The comments in consultations that are accepted, and that no revision takes up; not guarded.
pub async fn not_taken_up(
    reads: &Reads<'_>,
    consultations: &[ConsultationId],
) -> Result<Vec<BlockingComment>, DeskError> {
    let consultations: Vec<Uuid> = consultations.iter().map(|id| id.0).collect();
    let found = reading::not_taken_up(reads.desk().log().pool(), &consultations).await;
    Ok(found.map_err(ReadError::from)?)
}
