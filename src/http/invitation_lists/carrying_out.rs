//! Lists are carried out line by line, behind the requests that sent them.

use std::time::Duration;

use actix_web::{ResponseError, web};

use crate::desk::Request;
use crate::http::commenters;
use crate::http::delegations::invitees::OfficeInvitation;
use crate::http::problem::Problem;
use crate::http::services::Services;
use access::colleagues;
use access::invitation_lists::{LineState, TakenLine};
use access::inviting;
use domain::commenters::CommentersKey;
use domain::delegation::DelegationKey;
use event_log::CommandId;
use mail::AskedIn;

/// Another process may have put a list in; this bounds for how long nobody looks.
const REGARDLESS: Duration = Duration::from_secs(5);

/// Carries out what waits, one line after another. Ends when it is aborted.
pub async fn run(services: web::Data<Services>) {
    loop {
        match step(&services).await {
            Ok(true) => {}
            Ok(false) => services.lists.woken(REGARDLESS).await,
            Err(error) => {
                tracing::warn!(%error, "a list of invitations waits; it is tried again");
                tokio::time::sleep(REGARDLESS).await;
            }
        }
    }
}

/// Carries out a line, if one waits.
async fn step(services: &Services) -> sqlx::Result<bool> {
    let Some(line) = services.lists.take().await? else {
        return Ok(false);
    };
    let (state, why) = match carry_out(services, &line).await {
        Ok(state) => (state, None),
        // What is not the line's fault is tried again.
        Err(problem) if problem.status_code().is_server_error() => {
            tracing::warn!(line = %line.id, code = problem.code(), "an invitation of a list was not sent; it is tried again");
            return Ok(true);
        }
        Err(problem) => (LineState::Failed, Some(problem.code())),
    };
    if state != LineState::Invited {
        inviting::forget_invitation_wish(services.log().pool(), line.id).await?;
    }
    services.lists.note(line.id, state, why).await?;
    Ok(true)
}

async fn carry_out(services: &Services, line: &TakenLine) -> Result<LineState, Problem> {
    let asks = &line.asks;
    // With a key of its own: a process that ended after it was recorded has not noted it, and it is answered alike.
    let mut key = [0; 32];
    key[..16].copy_from_slice(line.id.as_bytes());
    let command = CommandId {
        id: line.id,
        request: Some(key),
    };
    let Some(person) = services.directory.person(asks.person).await? else {
        return Err(Problem::new("unknown_person").arg("person", asks.person));
    };
    let request = Request {
        actor: line.actor.clone(),
        command,
        if_match: None,
    };
    let is_new = match line.to {
        AskedIn::Collection(collection) => {
            let invitation = OfficeInvitation {
                services,
                request: &request,
                inviter: line.inviter,
                by: None,
                of: DelegationKey {
                    collection,
                    party: asks.party,
                },
                role: asks.role,
                sections: &asks.sections,
                reads: None,
            };
            let of = (collection, asks.party);
            colleagues::note(services.log().pool(), of, asks.person, &person.name).await?;
            invitation.give(asks.person).await?
        }
        AskedIn::Consultation(consultation) => {
            let of = CommentersKey {
                consultation,
                party: asks.party,
            };
            commenters::name(services, &request, of, asks.person).await?
        }
    };
    Ok(match is_new {
        true => LineState::Invited,
        false => LineState::AlreadyInvited,
    })
}
