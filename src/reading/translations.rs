//! The translations that hold now.

use sqlx::PgPool;
use uuid::Uuid;

use super::position;

/// A translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranslationRow {
    /// What is translated.
    pub content: Uuid,
    /// Into which language.
    pub lang: String,
    /// The content that holds it.
    pub text: Uuid,
    /// Who translated.
    pub by: String,
    /// Whether it holds; an earlier one tells only that something changed.
    pub holds: bool,
    /// The last position at which it changed.
    pub changed: u64,
}

/// Whether a content holds a translation, or held one.
pub async fn is_translation(pool: &PgPool, content: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from views.translation where text = $1) as "is!""#,
        content
    )
    .fetch_one(pool)
    .await
}

/// The translations of these contents, by content and language.
pub async fn of_contents(pool: &PgPool, contents: &[Uuid]) -> sqlx::Result<Vec<TranslationRow>> {
    let rows = sqlx::query!(
        r#"select content, lang, text, by, until is null as "holds!", greatest(since, until) as "changed!"
             from views.translation where content = any($1) order by content, lang, since"#,
        contents
    )
    .fetch_all(pool)
    .await?;
    let rows = rows.into_iter().map(|row| TranslationRow {
        content: row.content,
        lang: row.lang,
        text: row.text,
        by: row.by,
        holds: row.holds,
        changed: position(row.changed),
    });
    Ok(rows.collect())
}
