//! What decisions on redactions read.

use crate::desk::{ContextSource, DeskError, Reads};
use domain::redaction::{Command, Context, Redaction, State};
use event_log::content;

impl ContextSource for Redaction {
    type Case = ();

    /// What is stored under the content's id.
    async fn context(
        reads: &mut Reads<'_>,
        _: &State,
        Command::Redact { content, .. }: &Command,
        (): &(),
    ) -> Result<Context, DeskError> {
        let pool = reads.desk().log().pool();
        let media_type = content::media_type(pool, content.0).await?;
        Ok(match media_type.as_deref() {
            None => Context::Nothing,
            Some("application/json") => Context::Structure,
            Some(_) => Context::Words,
        })
    }
}
