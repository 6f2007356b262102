//! The words of a reply at which rules look.

use std::sync::Arc;

use sqlx::PgPool;
use uuid::Uuid;

use domain::ContentId;
use domain::questionnaire::{AnswerMap, AnswerValue, Form, WordsRead};
use event_log::{ReadError, content};

/// The words of answers that their questionnaire's rules look at: of most there are none to load. What a content holds never changes,
/// so nothing need be guarded; one that is redacted is not there, and what is not there is not known to rules.
///
/// # Errors
/// The database does not answer.
pub async fn read(
    pool: &PgPool,
    form: &Form,
    answers: &AnswerMap<AnswerValue>,
) -> Result<WordsRead, ReadError> {
    let read = form.words_read(answers);
    if read.is_empty() {
        return Ok(WordsRead::new());
    }
    let ids: Vec<Uuid> = read.into_iter().map(|content| content.0).collect();
    let bodies = content::bodies(pool, &ids).await?.into_iter();
    let words = bodies.filter_map(|(id, body)| {
        let words = String::from_utf8(body).ok()?;
        Some((ContentId(id), Arc::from(words)))
    });
    Ok(words.collect())
}
