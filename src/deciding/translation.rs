//! What decisions on translations read.

use crate::desk::{ContextSource, Desk, DeskError, Reads};
use crate::reading::translations as reading;
use domain::ContentId;
use domain::redaction::Redaction;
use domain::translation::{Command, Context, State, Translations};
use event_log::{ReadError, content};

/// The media type of what somebody typed.
pub const WORDS: &str = "text/plain; charset=utf-8";

impl ContextSource for Translations {
    type Case = ();

    /// What is stored under the content's id. That it is not redacted meanwhile is guarded: a translation never outlives its
    /// original.
    async fn context(
        reads: &mut Reads<'_>,
        _: &State,
        command: &Command,
        (): &(),
    ) -> Result<Context, DeskError> {
        let content = match command {
            Command::Translate(translated) => translated.content,
            Command::Withdraw { content, .. } => *content,
        };
        reads.state::<Redaction>(content.0).await?;
        stored(reads.desk(), content).await
    }
}

/// What is stored under a content's id.
pub async fn stored(desk: &Desk, id: ContentId) -> Result<Context, DeskError> {
    let pool = desk.log().pool();
    let media_type = content::media_type(pool, id.0).await?;
    Ok(match media_type.as_deref() {
        None => Context::Nothing,
        Some(WORDS) => {
            let is_translation = reading::is_translation(pool, id.0).await;
            if is_translation.map_err(ReadError::from)? {
                Context::Translation
            } else {
                Context::Words
            }
        }
        Some(_) => Context::Other,
    })
}
