//! The way in for a browser: a link by which whoever tries the demonstration answers as a State's focal point, as if it had come by
//! letter.

use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::client::{Caller, ClientError};
use super::received::{CollectionItem, Page};

/// The collection that is answered, and the State that has not begun.
const REFERENCE: &str = "SAMPLE/LEGAL-AID/1";
const PARTY: &str = "POL";
const ADDRESS: &str = "focal.point@demonstration.invalid";

/// A letter in the list.
#[derive(Deserialize)]
struct LetterItem {
    id: Uuid,
    to: Addressee,
}

#[derive(Deserialize)]
struct Addressee {
    email: Option<String>,
}

/// The page that the letter's link opens; `start` tells one start from another. None where letters leave by themselves, and where the collection is not there.
///
/// # Errors
/// A request failed.
pub async fn link(officer: &Caller<'_>, start: &str) -> Result<Option<String>, ClientError> {
    let collections: Page<CollectionItem> = officer.get("/v1/collections?limit=100").await?;
    let mut collections = collections.items.into_iter();
    let Some(collection) = collections.find(|item| item.reference == REFERENCE) else {
        return Ok(None);
    };
    let path = format!(
        "/v1/collections/{}/parties/{PARTY}/invitation",
        collection.id
    );
    let invited =
        json!({"name": "Sample focal point (made up)", "email": ADDRESS, "language": "en"});
    // Each start has a link of its own: one that was used opens nothing.
    officer
        .post(&format!("demo/door/{start}"), &path, &invited)
        .await?;
    let letters: Page<LetterItem> = officer.get("/v1/letters?state=queued&limit=500").await?;
    let is_theirs = |letter: &&LetterItem| letter.to.email.as_deref() == Some(ADDRESS);
    let Some(letter) = letters.items.iter().rfind(is_theirs) else {
        return Ok(None);
    };
    let letter: Value = officer.get(&format!("/v1/letters/{}", letter.id)).await?;
    let text = letter.to_string();
    let is_between = |sign: char| sign.is_whitespace() || matches!(sign, '"' | '\\');
    let mut words = text.split(is_between);
    Ok(words
        .find(|word| word.contains("/join/"))
        .map(str::to_owned))
}
