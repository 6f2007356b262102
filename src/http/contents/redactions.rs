//! Redactions: an administrator has words or a file deleted.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::{DecisionError, Request};
use crate::http::conditional;
use crate::http::handling::caller::Caller;
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::services::Services;
use domain::ContentId;
use domain::redaction::{Command, Reason, Redaction, Refusal};
use domain::translation::Translations;

/// Why a content is to be redacted.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewRedaction {
    /// names_a_person, other_personal_data, restricted_information, sent_by_mistake. A code, for a sentence could repeat
    /// what is to be forgotten.
    #[schema(example = "names_a_person")]
    reason: Reason,
}

/// A redaction.
#[derive(Debug, Serialize, ToSchema)]
pub struct RedactionView {
    /// The content, which is gone.
    content: Uuid,
    /// Why.
    reason: domain::redaction::Reason,
    /// The redaction's place in the log.
    position: u64,
}

/// Deletes a content, with its translations: the words of an answer or a comment, a file, a file's name. The events that named
/// it stay, with what they commit to. The Secretariat finds a content's id in the answers, the list of files and the feed of events.
#[utoipa::path(post, path = "/v1/contents/{content}/redaction", tag = "redactions", request_body = NewRedaction, responses((status = 200, body = RedactionView)))]
pub async fn redact_content(
    write: Write<NewRedaction>,
    PathId(content): PathId<ContentId>,
) -> Result<HttpResponse, Problem> {
    let reason = write.body.reason;
    let redact = Command::Redact { content, reason };
    let desk = &write.services.desk;
    let decided = desk
        .decide::<Redaction>(&write.request(), content.0, &(), redact, &[])
        .await;
    if let Ok(_) | Err(DecisionError::Refused(Refusal::ContentAlreadyRedacted)) = &decided {
        redact_translations(&write.services, &write.caller, content).await?;
    }
    let decided = decided?;
    let reason = (*decided.now.state).ok_or_else(|| Problem::new("internal"))?;
    let view = RedactionView {
        content: content.0,
        reason,
        position: decided.now.position,
    };
    Ok(conditional::write_answer(None, decided.now.position, &view))
}

/// Redacts a content, with its translations, as far as it is there.
///
/// # Errors
/// It could not be read or recorded.
pub(in crate::http) async fn redact(
    services: &Services,
    caller: &Caller,
    content: ContentId,
    reason: Reason,
) -> Result<(), Problem> {
    redact_one(services, caller, content, reason).await?;
    redact_translations(services, caller, content).await
}

async fn redact_one(
    services: &Services,
    caller: &Caller,
    content: ContentId,
    reason: Reason,
) -> Result<(), Problem> {
    let request = Request::unkeyed(caller.principal.actor());
    let redact = Command::Redact { content, reason };
    let done = services
        .desk
        .decide::<Redaction>(&request, content.0, &(), redact, &[]);
    match done.await {
        // What is not stored has gone with its file, or by a redaction.
        Ok(_)
        | Err(DecisionError::Refused(Refusal::ContentAlreadyRedacted | Refusal::UnknownContent)) => {
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

/// What must not be there must not be there in another language either, nor in a translation of a translation. Whoever
/// repeats a redaction that was broken off after its event has the rest done, with the same key or without.
async fn redact_translations(
    services: &Services,
    caller: &Caller,
    original: ContentId,
) -> Result<(), Problem> {
    let redaction = services.desk.load::<Redaction>(original.0, true).await?;
    let reason = (*redaction.state).ok_or_else(|| Problem::new("internal"))?;
    let translations = async |content| {
        let stream = services.desk.ids().translations(content).0;
        services.desk.load::<Translations>(stream, true).await
    };
    let mut left: Vec<ContentId> = Vec::from_iter(translations(original).await?.state.ever.clone());
    while let Some(content) = left.pop() {
        left.extend(&translations(content).await?.state.ever);
        redact_one(services, caller, content, reason).await?;
    }
    Ok(())
}
