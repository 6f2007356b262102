//! Redactions: an administrator has words or a file deleted.

use actix_web::{HttpResponse, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::{DeskError, Reads, Request};
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::conditional;
use crate::http::problem::Problem;
use crate::http::services::Services;
use domain::ContentId;
use domain::redaction::{Command, Context, Reason, Redaction};
use domain::translation::Translations;
use event_log::content;

/// Why a content is to be redacted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRedaction {
    /// names_a_person, other_personal_data, restricted_information, sent_by_mistake. A code, for a sentence could repeat
    /// what is to be forgotten.
    #[schema(value_type = String, example = "names_a_person")]
    reason: Reason,
}

/// A redaction.
#[derive(Debug, Serialize, ToSchema)]
pub struct RedactionView {
    /// The content, which is gone.
    content: Uuid,
    /// Why.
    reason: String,
    /// The redaction's place in the log.
    position: u64,
}

/// Deletes a content, with its translations: the words of an answer or a comment, a file, a file's name. The events that named
/// it stay, with what they commit to. The Secretariat finds a content's id in the answers, the list of files and the feed of events.
#[utoipa::path(tag = "redactions", request_body = NewRedaction, responses((status = 200, body = RedactionView)))]
#[post("/v1/contents/{content}/redaction")]
pub async fn redact_content(
    caller: Caller,
    content: web::Path<String>,
    body: Body<NewRedaction>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let content: ContentId = caller::id(&content, "content")?;
    let reason = body.value.reason;
    let decided = services
        .desk
        .decide_with::<Redaction>(
            &caller.request(&body.bytes),
            content.0,
            &[],
            async |reads| {
                let pool = reads.desk().log().pool();
                Ok(match content::media_type(pool, content.0).await? {
                    None => Context::Nothing,
                    Some(json) if json == "application/json" => Context::Structure,
                    Some(_) => Context::Words,
                })
            },
            || Command::Redact { content, reason },
        )
        .await;
    if let Ok(_) | Err(DeskError::Refused { code: ALREADY, .. }) = &decided {
        redact_translations(&services, &caller, content).await?;
    }
    let decided = decided?;
    let reason = (*decided.now.state).ok_or_else(|| Problem::new("internal"))?;
    let view = RedactionView {
        content: content.0,
        reason: reason.to_string(),
        position: decided.now.position,
    };
    Ok(conditional::written(None, decided.now.position, &view))
}

const ALREADY: &str = "content_already_redacted";

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
        let request = Request::unkeyed(caller.principal.actor());
        let words = async |_: &mut Reads<'_>| Ok(Context::Words);
        let command = || Command::Redact { content, reason };
        let done = services
            .desk
            .decide_with::<Redaction>(&request, content.0, &[], words, command);
        match done.await {
            Ok(_) | Err(DeskError::Refused { code: ALREADY, .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
