//! Consultations and comments as they are found: who sees them.

use crate::desk::PresentResource;
use crate::http::handling::caller::Caller;
use crate::http::problem::Problem;
use crate::http::rights::need::alone;
use crate::http::services::Services;
use crate::reading::viewer::{self, Viewer};
use access::Role;
use domain::comment::Comment;
use domain::consultation::Consultation;
use domain::{CommentId, ConsultationId, InstrumentId, PartyId};

/// The rounds of consultation on an instrument as they are now, in order.
pub async fn rounds_now(
    services: &Services,
    instrument: InstrumentId,
) -> Result<Vec<(ConsultationId, PresentResource<Consultation>)>, Problem> {
    let mut rounds = Vec::new();
    for round in 1.. {
        let id = services.desk.ids().consultation(instrument, round);
        let loaded = services.desk.load::<Consultation>(id.0, true).await?;
        let Some(there) = PresentResource::from_loaded(&loaded) else {
            break;
        };
        rounds.push((id, there));
    }
    Ok(rounds)
}

/// The id of the next comment that is entered from paper in a consultation, as this process knows it.
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

/// Whose comments somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentVisibility {
    /// Everybody's.
    All,
    /// Those of this party.
    Own(PartyId),
}

/// A consultation, for whoever may know of it.
///
/// # Errors
/// `not_found`: to donors and the public it is there once its comments are published, to commenters also while they comment in it.
pub async fn visible(
    services: &Services,
    caller: &Caller,
    id: ConsultationId,
) -> Result<PresentResource<Consultation>, Problem> {
    let pool = services.log().pool();
    if is_outside(caller)
        && !comments_in(services, caller, id).await?
        && !viewer::published_consultation(pool, id.0).await?
    {
        return Err(Problem::not_found("consultation"));
    }
    let loaded = services.desk.load::<Consultation>(id.0, true).await?;
    PresentResource::from_loaded(&loaded).ok_or(Problem::not_found("consultation"))
}

/// Whether the caller may know of a consultation.
pub fn knows(caller: &Caller, consultation: &Consultation) -> bool {
    !is_outside(caller) || consultation.published.is_some()
}

const fn is_outside(caller: &Caller) -> bool {
    matches!(
        caller.principal.role,
        Role::Donor | Role::Commenter | Role::Anonymous
    )
}

/// Whether the caller is there to comment for a party in this consultation.
async fn comments_in(
    services: &Services,
    caller: &Caller,
    id: ConsultationId,
) -> Result<bool, Problem> {
    match commenting(caller) {
        Some(eyes) => {
            let pool = services.log().pool();
            Ok(viewer::commented_consultation(pool, id.0, eyes).await?)
        }
        None => Ok(false),
    }
}

/// The caller, where they are there to comment for a party.
pub fn commenting(caller: &Caller) -> Option<Viewer> {
    let principal = &caller.principal;
    (principal.role == Role::Commenter).then(|| Viewer {
        person: principal.id,
        role: principal.role.as_str(),
        party: principal.party.map(|party| party.0),
    })
}

/// Whose comments in a consultation the caller sees: the Secretariat all, a party its own, and everybody all once they are
/// published. A contributor, who is there for sections of a reply, and a focal point who was replaced are nobody's; a commenter its
/// party's in those in which it comments.
pub async fn sees(
    services: &Services,
    caller: &Caller,
    id: ConsultationId,
    consultation: &Consultation,
) -> Result<Option<CommentVisibility>, Problem> {
    if caller.principal.role.is_secretariat() || consultation.published.is_some() {
        return Ok(Some(CommentVisibility::All));
    }
    let party = match caller.principal.party {
        Some(party) if comments_in(services, caller, id).await? => Some(party),
        _ => alone(services, caller).await?,
    };
    Ok(party.map(CommentVisibility::Own))
}

/// A comment that the caller sees, with its consultation.
///
/// # Errors
/// `not_found`, for a comment of another party, or one that another party took back, too.
pub async fn visible_comment(
    services: &Services,
    caller: &Caller,
    id: CommentId,
) -> Result<(PresentResource<Comment>, PresentResource<Consultation>), Problem> {
    let not_found = || Problem::not_found("comment");
    if !caller.principal.role.is_secretariat() {
        let commenter = commenting(caller);
        let party = match commenter {
            Some(eyes) => eyes.party,
            None => alone(services, caller).await?.map(|party| party.0),
        };
        let commenter = commenter.map(|eyes| eyes.person);
        if !viewer::comment(services.log().pool(), id.0, party, commenter).await? {
            return Err(not_found());
        }
    }
    let loaded = services.desk.load::<Comment>(id.0, true).await?;
    let comment = PresentResource::from_loaded(&loaded).ok_or_else(not_found)?;
    let round = comment.consultation;
    let loaded = services.desk.load::<Consultation>(round.0, true);
    let consultation = PresentResource::from_loaded(&loaded.await?).ok_or_else(not_found)?;
    let sees = sees(services, caller, round, &consultation).await?;
    match sees.ok_or_else(not_found)? {
        CommentVisibility::Own(party) if party != comment.party => Err(not_found()),
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
        || alone(services, caller).await? == Some(comment.party)
        || (caller.principal.party == Some(comment.party)
            && comments_in(services, caller, comment.consultation).await?);
    if !is_own && comment.withdrawn {
        return Err(Problem::not_found("comment"));
    }
    Ok(is_own)
}
