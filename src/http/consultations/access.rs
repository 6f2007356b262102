//! Consultations and comments as they are found: who sees them, and what decisions on them read.

use std::sync::Arc;

use uuid::Uuid;

use crate::desk::{DeskError, Reads};
use crate::http::handling::caller::Caller;
use crate::http::handling::dates;
use crate::http::handling::there::There;
use crate::http::needs::access::alone;
use crate::http::problem::Problem;
use crate::http::replies::access::{is_replaced, questionnaire};
use crate::http::services::Services;
use crate::reading::comments as reading;
use crate::reading::seen;
use access::Role;
use domain::comment::{self, Comment, InTheWay};
use domain::consultation::{self, Consultation, Status};
use domain::instrument::{Instrument, MeetingStanding};
use domain::meeting::Meeting;
use domain::{CommentId, ConsultationId, InstrumentId, PartyId, PersonId};
use event_log::ReadError;

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
        let id = reads.desk().ids().consultation(instrument, round);
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
        let id = services.desk.ids().consultation(instrument, round);
        let loaded = services.desk.load::<Consultation>(id.0, true).await?;
        let Some(there) = There::is(&loaded) else {
            break;
        };
        rounds.push((id, there));
    }
    Ok(rounds)
}

/// What stands in the way of an instrument.
pub struct Waiting {
    /// Its rounds that are open.
    pub open: Vec<ConsultationId>,
    /// Its comments without a disposition.
    pub undisposed: Vec<InTheWay>,
    /// Its comments that are accepted, and that no revision takes up.
    pub not_taken_up: Vec<InTheWay>,
}

/// What stands in the way of an instrument. Looked at once the rounds are guarded: in one that is closed, nobody comments
/// until it is reopened, and what is entered from paper is guarded too. That a comment is accepted meanwhile is not.
///
/// # Errors
/// [`DeskError::Read`].
pub async fn in_the_way(
    reads: &mut Reads<'_>,
    instrument: InstrumentId,
) -> Result<Waiting, DeskError> {
    let rounds = rounds(reads, instrument).await?;
    let is_open = |state: &consultation::State| {
        let state = state.as_ref();
        state.is_some_and(|consultation| consultation.status == Status::Open)
    };
    let open = rounds.iter().filter(|(_, state)| is_open(state));
    let open = open.map(|(id, _)| *id).collect();
    let ids: Vec<ConsultationId> = rounds.iter().map(|(id, _)| *id).collect();
    let undisposed = undisposed(reads, &ids).await?;
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let not_taken_up = reading::not_taken_up(reads.desk().log().pool(), &ids).await;
    Ok(Waiting {
        open,
        undisposed,
        not_taken_up: not_taken_up.map_err(ReadError::from)?,
    })
}

/// The comments in consultations that have no disposition. What was entered from paper is guarded, and so is that there is
/// no further one: nothing that is entered meanwhile is overlooked.
///
/// # Errors
/// [`DeskError::Read`].
pub async fn undisposed(
    reads: &mut Reads<'_>,
    consultations: &[ConsultationId],
) -> Result<Vec<InTheWay>, DeskError> {
    for consultation in consultations {
        for number in 1.. {
            let entered = reads.desk().ids().entered_comment(*consultation, number);
            if reads.state::<Comment>(entered.0).await?.is_none() {
                break;
            }
        }
    }
    let consultations: Vec<Uuid> = consultations.iter().map(|id| id.0).collect();
    let pool = reads.desk().log().pool();
    let found = reading::undisposed(pool, &consultations).await;
    Ok(found.map_err(ReadError::from)?)
}

/// The id of the next comment that is entered from paper in a consultation, as this process knows it.
///
/// # Errors
/// The database does not answer.
pub async fn next_entered(
    services: &Services,
    consultation: ConsultationId,
) -> Result<CommentId, Problem> {
    let mut number = 1;
    loop {
        let id = services.desk.ids().entered_comment(consultation, number);
        let entered = services.desk.load::<Comment>(id.0, false).await?;
        if entered.state.is_none() {
            return Ok(id);
        }
        number += 1;
    }
}

/// The meeting that an instrument's latest revision was put before, if it was; it is guarded.
///
/// # Errors
/// [`DeskError::Read`].
pub async fn presented_to(
    reads: &mut Reads<'_>,
    instrument: InstrumentId,
) -> Result<Option<MeetingStanding>, DeskError> {
    let own = reads.own::<Instrument>(instrument.0).await?;
    let latest = own
        .as_ref()
        .as_ref()
        .and_then(|instrument| instrument.revisions.last());
    let Some(presented) = latest.and_then(|latest| latest.presentation.as_ref()) else {
        return Ok(None);
    };
    let meeting = reads.state::<Meeting>(presented.meeting.0).await?;
    Ok(MeetingStanding::of(&meeting))
}

/// What a decision on a comment is about, beside the comment itself.
#[derive(Clone, Copy, Debug)]
pub struct Matter {
    /// The comment.
    pub comment: CommentId,
    /// Its consultation.
    pub consultation: ConsultationId,
    /// The focal point who acts for its party, where that is who acts: an office that may have ended.
    pub acts: Option<(PartyId, PersonId)>,
    /// Whether it depends on where the instrument stands.
    pub with_instrument: bool,
}

/// What decisions on a comment read: everything is guarded.
///
/// # Errors
/// There is no such consultation.
pub async fn comment_context(
    reads: &mut Reads<'_>,
    matter: Matter,
) -> Result<comment::Context, DeskError> {
    let state = reads.state::<Consultation>(matter.consultation.0).await?;
    let Some(opened) = state.as_ref() else {
        return Err(DeskError::NotFound("consultation"));
    };
    let instrument = if matter.with_instrument {
        reads.state::<Instrument>(opened.instrument.0).await?
    } else {
        Arc::default()
    };
    let is_replaced = match matter.acts {
        Some((party, person)) => is_replaced(reads, party, person).await?,
        None => false,
    };
    let questionnaire = questionnaire(reads.desk(), opened.instrument, opened.revision).await?;
    Ok(comment::Context {
        comment: matter.comment,
        instrument,
        is_replaced,
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
    if is_outside(caller) && !seen::published_consultation(services.log().pool(), id.0).await? {
        return Err(Problem::not_found("consultation"));
    }
    let loaded = services.desk.load::<Consultation>(id.0, true).await?;
    There::is(&loaded).ok_or(Problem::not_found("consultation"))
}

/// Whether the caller may know of a consultation.
pub fn knows(caller: &Caller, consultation: &Consultation) -> bool {
    !is_outside(caller) || consultation.published.is_some()
}

const fn is_outside(caller: &Caller) -> bool {
    matches!(caller.principal.role, Role::Donor | Role::Anonymous)
}

/// Whose comments in a consultation the caller sees: the Secretariat all, a party its own, and everybody all once they are
/// published. A contributor, who is there for sections of a reply, and a focal point who was replaced are nobody's.
///
/// # Errors
/// The database does not answer.
pub async fn sees(
    services: &Services,
    caller: &Caller,
    consultation: &Consultation,
) -> Result<Option<Sees>, Problem> {
    if caller.principal.role.is_secretariat() || consultation.published.is_some() {
        return Ok(Some(Sees::All));
    }
    Ok(alone(services, caller).await?.map(Sees::Own))
}

/// A comment that the caller sees, with its consultation.
///
/// # Errors
/// `not_found`, for a comment of another party, or one that another party took back, too.
pub async fn visible_comment(
    services: &Services,
    caller: &Caller,
    id: CommentId,
) -> Result<(There<Comment>, There<Consultation>), Problem> {
    let not_found = || Problem::not_found("comment");
    if !caller.principal.role.is_secretariat() {
        let party = alone(services, caller).await?.map(|party| party.0);
        if !seen::comment(services.log().pool(), id.0, party).await? {
            return Err(not_found());
        }
    }
    let loaded = services.desk.load::<Comment>(id.0, true).await?;
    let comment = There::is(&loaded).ok_or_else(not_found)?;
    let consultation = comment.consultation;
    let loaded = services.desk.load::<Consultation>(consultation.0, true);
    let consultation = There::is(&loaded.await?).ok_or_else(not_found)?;
    let sees = sees(services, caller, &consultation).await?;
    match sees.ok_or_else(not_found)? {
        Sees::Own(party) if party != comment.party => Err(not_found()),
        _ => Ok((comment, consultation)),
    }
}

/// Whether a comment that the caller sees is its own party's, or the caller the Secretariat's: only they see the whole of its
/// history, and any of it once it is taken back.
///
/// # Errors
/// `not_found`.
pub async fn sees_whole_history(
    services: &Services,
    caller: &Caller,
    id: CommentId,
) -> Result<bool, Problem> {
    let (comment, _) = visible_comment(services, caller, id).await?;
    let is_own = caller.principal.role.is_secretariat()
        || alone(services, caller).await? == Some(comment.party);
    if !is_own && comment.withdrawn {
        return Err(Problem::not_found("comment"));
    }
    Ok(is_own)
}
