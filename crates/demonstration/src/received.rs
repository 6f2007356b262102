//! What the API answers, as far as the play reads it.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

/// Something that was made.
#[derive(Deserialize)]
pub struct CreatedObject {
    pub id: Uuid,
}

/// A page of a list.
#[derive(Deserialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

/// A collection in the list of them.
#[derive(Deserialize)]
pub struct CollectionItem {
    pub id: Uuid,
    pub instrument: Uuid,
    pub reference: String,
}

/// A collection's notices.
#[derive(Deserialize)]
pub struct Notices {
    pub notices: Vec<Notice>,
}

/// One of them.
#[derive(Deserialize)]
pub struct Notice {
    pub code: String,
}

/// A reply in a collection's list.
#[derive(Deserialize)]
pub struct ReplyItem {
    pub code: String,
    pub submitted_version: Option<u32>,
}

/// A collection's releases.
#[derive(Deserialize)]
pub struct ReleasePage {
    pub items: Vec<Value>,
}

/// A page of the event feed.
#[derive(Deserialize)]
pub struct Events {
    pub events: Vec<Event>,
}

/// An event of it.
#[derive(Deserialize)]
pub struct Event {
    pub time: Timestamp,
}
