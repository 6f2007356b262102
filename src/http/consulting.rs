//! Consultations and comments as they are found: who sees them, and what decisions on them read.

use std::sync::Arc;

use uuid::Uuid;

use super::caller::Caller;
use super::dates;
use super::problem::Problem;
use super::reply_access::questionnaire;
use super::services::Services;
use super::there::There;
use crate::access::Role;
use crate::desk::{DeskError, Reads};
use crate::domain::comment::{self, Comment, Undisposed};
use crate::domain::consultation::{self, Consultation, Status};
use crate::domain::instrument::Instrument;
use crate::domain::{CommentId, ConsultationId, InstrumentId, PartyId};
use crate::log::ReadError;
use crate::reading::comments as reading;

/// The rounds of consultation on an instrument, each guarded, and the next one too: nobody opens it meanwhile.
///
/// # Errors
/// [`DeskError::Read`].
pub async fn rounds(
    reads: &mut Reads<'_>,
    instrument: InstrumentId,
) -> Result<Vec<(ConsultationId, Arc<consultation::State>)>, DeskError> {
    let mut rounds = Vec::new();
    for round in 1.. {
        let id = ConsultationId::of(instrument, round);
        let state = reads.state::<Consultation>(id.0).await?;
        if state.is_none() {
            break;
        }
        rounds.push((id, state));
    }
    Ok(rounds)
}

/// The rounds of consultation on an instrument as they are now, in order.
///
/// # Errors
/// The database does not answer.
pub async fn rounds_now(
    services: &Services,
    instrument: InstrumentId,
) -> Result<Vec<(ConsultationId, There<Consultation>)>, Problem> {
    let mut rounds = Vec::new();
    for round in 1.. {
        let id = ConsultationId::of(instrument, round);
        let loaded = services.desk.load::<Consultation>(id.0, true).await?;
        let Some(there) = There::is(&loaded) else {
            break;
        };
        rounds.push((id, there));
    }
    Ok(rounds)
}

/// What stands in the way of an instrument: its rounds that are open, and its comments without a disposition. Looked at
/// once the rounds are guarded: of one that is closed, nothing can be added until it is reopened.
///
/// # Errors
/// [`DeskError::Read`].
pub async fn in_the_way(
    reads: &mut Reads<'_>,
    instrument: InstrumentId,
) -> Result<(Vec<ConsultationId>, Vec<Undisposed>), DeskError> {
    let rounds = rounds(reads, instrument).await?;
    let ids: Vec<Uuid> = rounds.iter().map(|(id, _)| id.0).collect();
    let is_open = |state: &consultation::State| {
        let state = state.as_ref();
        state.is_some_and(|consultation| consultation.status == Status::Open)
    };
    let open = rounds.iter().filter(|(_, state)| is_open(state));
    let open = open.map(|(id, _)| *id).collect();
    Ok((open, undisposed(reads, &ids).await?))
}

/// The comments in consultations that have no disposition.
///
/// # Errors
/// [`DeskError::Read`].
pub async fn undisposed(
    reads: &Reads<'_>,
    consultations: &[Uuid],
) -> Result<Vec<Undisposed>, DeskError> {
    let pool = reads.desk().log().pool();
    let found = reading::undisposed(pool, consultations).await;
    Ok(found.map_err(ReadError::from)?)
}

/// What decisions on a comment read: its consultation, which is guarded, and, where it is to be decided on, the instrument.
///
/// # Errors
/// There is no such consultation.
pub async fn comment_context(
    reads: &mut Reads<'_>,
    comment: CommentId,
    consultation: ConsultationId,
    with_instrument: bool,
) -> Result<comment::Context, DeskError> {
    let state = reads.state::<Consultation>(consultation.0).await?;
    let Some(opened) = state.as_ref() else {
        return Err(DeskError::NotFound("consultation"));
    };
    let instrument = if with_instrument {
        reads.state::<Instrument>(opened.instrument.0).await?
    } else {
        Arc::default()
    };
    let questionnaire = questionnaire(reads.desk(), opened.instrument, opened.revision).await?;
    Ok(comment::Context {
        comment,
        instrument,
        questionnaire,
        today: dates::today(),
        consultation: state,
    })
}

/// Whose comments somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sees {
    /// Everybody's.
    All,
    /// Those of this party.
    Own(PartyId),
}

/// A consultation, for whoever may know of it.
///
/// # Errors
/// `not_found`: to donors and the public it is there once its comments are published.
pub async fn visible(
    services: &Services,
    caller: &Caller,
    id: ConsultationId,
) -> Result<There<Consultation>, Problem> {
    let loaded = services.desk.load::<Consultation>(id.0, true).await?;
    let there = There::is(&loaded).ok_or(Problem::not_found("consultation"))?;
    let is_outside = matches!(caller.principal.role, Role::Donor | Role::Anonymous);
    if is_outside && there.published.is_none() {
        return Err(Problem::not_found("consultation"));
    }
    Ok(there)
}

/// Whose comments in a consultation the caller sees: the Secretariat all, a party its own, and everybody all once they are
/// published.
pub fn sees(caller: &Caller, consultation: &Consultation) -> Option<Sees> {
    let principal = &caller.principal;
    if principal.role.is_secretariat() || consultation.published.is_some() {
        return Some(Sees::All);
    }
    let party = principal.party.filter(|party| principal.sees(*party))?;
    Some(Sees::Own(party))
}

/// A comment that the caller sees, with its consultation.
///
/// # Errors
/// `not_found`, for a comment of another party too.
pub async fn visible_comment(
    services: &Services,
    caller: &Caller,
    id: CommentId,
) -> Result<(There<Comment>, There<Consultation>), Problem> {
    let not_found = || Problem::not_found("comment");
    let loaded = services.desk.load::<Comment>(id.0, true).await?;
    let comment = There::is(&loaded).ok_or_else(not_found)?;
    let consultation = comment.consultation;
    let loaded = services.desk.load::<Consultation>(consultation.0, true);
    let consultation = There::is(&loaded.await?).ok_or_else(not_found)?;
    match sees(caller, &consultation).ok_or_else(not_found)? {
        Sees::Own(party) if party != comment.party => Err(not_found()),
        _ => Ok((comment, consultation)),
    }
}
