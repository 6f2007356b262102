//! The envelope: an event as it is stored, canonical JSON with the keys
//! `actor, command, data, id, kind, position, stream, time, version`.
//!
//! Position, stream, time and version are spliced in by `log.append`, under the lock; this file writes what comes
//! before them ([`OpenEnvelope`]) and reads the whole ([`StoredEvent`]).

use std::fmt::Write as _;
use std::ops::Range;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::append::{Actor, NewEvent};
use super::canonical;
use super::reading::ReadError;

/// An envelope's size may not exceed this, in bytes (DESIGN: the log is read whole by programs that trust it).
pub const LIMIT: usize = 65_535;

/// What `log.append` adds at most: position, stream, time and version with their keys.
pub(super) const SPLICED: usize = 160;

/// An event, read back.
#[derive(Clone, Debug, Deserialize)]
pub struct StoredEvent {
    /// Place in the log: 1, 2, 3, with no gap.
    pub position: u64,
    /// The stream that it belongs to.
    pub stream: Uuid,
    /// Place in its stream: 1, 2, 3.
    pub version: i32,
    /// When it was recorded, by the database's clock.
    pub time: Timestamp,
    /// The command that made it.
    pub command: Uuid,
    /// The event's own id, a UUIDv7.
    pub id: Uuid,
    /// For whom and in which role it was done.
    pub actor: Actor,
    /// What happened, for example `reply_submitted`.
    pub kind: String,
    /// The rest, as its kind has it.
    pub data: Value,
    /// How many bytes its envelope has.
    #[serde(skip)]
    pub bytes: usize,
}

impl StoredEvent {
    /// Reads the envelope that stands at a position.
    ///
    /// # Errors
    /// It is no event.
    pub fn read(position: u64, envelope: &str) -> Result<Self, ReadError> {
        let read = serde_json::from_str(envelope).map(|event| Self {
            bytes: envelope.len(),
            ..event
        });
        read.map_err(|error| ReadError::Stored {
            position,
            why: error.to_string(),
        })
    }
}

/// The envelope up to and with the key `kind`, still open.
#[derive(Debug)]
pub(super) struct OpenEnvelope {
    /// The text.
    pub text: String,
    /// Where the event's data stand in it: the views read them without the rest.
    data: Range<usize>,
}

impl OpenEnvelope {
    /// `None` where the data cannot be written canonically.
    pub(super) fn write(actor: &Actor, command: Uuid, event: &NewEvent) -> Option<Self> {
        let mut text = String::with_capacity(512);
        text.push_str(r#"{"actor":"#);
        canonical::write(&json!(actor), &mut text)?;
        let _ = write!(text, r#","command":"{command}","data":"#);
        let start = text.len();
        canonical::write(&event.data, &mut text)?;
        let data = start..text.len();
        let _ = write!(text, r#","id":"{}","kind":"#, event.id);
        canonical::write_string(event.kind, &mut text);
        Some(Self { text, data })
    }

    /// The event's data.
    pub(super) fn data(&self) -> &str {
        self.text.get(self.data.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_spliced_keys_are_in_canonical_order() {
        let actor = Actor {
            principal: Uuid::nil(),
            role: "officer".into(),
            party: None,
        };
        let event = NewEvent {
            id: Uuid::nil(),
            kind: "party_registered",
            data: json!({"code": "FIN"}),
        };
        let open = OpenEnvelope::write(&actor, Uuid::nil(), &event).unwrap();
        assert_eq!(open.data(), r#"{"code":"FIN"}"#);
        let whole = format!(
            "{},\"position\":1,\"stream\":\"{}\",\"time\":\"2004-07-21T00:00:00.000000Z\",\"version\":1}}",
            open.text,
            Uuid::nil()
        );
        let value: Value = serde_json::from_str(&whole).unwrap();
        assert_eq!(canonical::canonical(&value).unwrap(), whole);
        let stored: StoredEvent = serde_json::from_str(&whole).unwrap();
        assert_eq!(
            (stored.position, stored.kind.as_str()),
            (1, "party_registered")
        );
    }
}
