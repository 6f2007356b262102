//! Words beside the log, as they are shown: themselves, or that and why they were redacted.

use std::collections::HashMap;

use serde_json::{Value, json};
use uuid::Uuid;

use super::caller::Caller;
use super::problem::Problem;
use super::services::Services;
use crate::domain::redaction::{Reason, Redaction};
use crate::domain::{ContentRef, Lang};
use crate::log::content;

/// Contents that were read.
pub(super) struct Words {
    bodies: HashMap<Uuid, Vec<u8>>,
    redacted: HashMap<Uuid, Reason>,
    /// The position of the last redaction among them; 0 where there is none.
    pub redaction: u64,
    /// The Secretariat is told each content's id, by which an administrator redacts it.
    with_ids: bool,
}

impl Words {
    /// Reads contents, for this caller.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn read(
        services: &Services,
        caller: &Caller,
        references: impl Iterator<Item = &ContentRef>,
    ) -> Result<Self, Problem> {
        let ids: Vec<Uuid> = references.map(|reference| reference.content.0).collect();
        let mut words = Self {
            bodies: content::bodies(services.log().pool(), &ids).await?,
            redacted: HashMap::new(),
            redaction: 0,
            with_ids: caller.principal.role.is_secretariat(),
        };
        for id in ids {
            if !words.bodies.contains_key(&id) {
                words.missing(services, id).await?;
            }
        }
        Ok(words)
    }

    /// Looks which of these are redacted, without reading them: files are large.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn and_redactions_of(
        mut self,
        services: &Services,
        references: impl Iterator<Item = &ContentRef>,
    ) -> Result<Self, Problem> {
        let ids: Vec<Uuid> = references.map(|reference| reference.content.0).collect();
        let stored = content::stored(services.log().pool(), &ids).await?;
        for id in ids {
            if !stored.contains(&id) {
                self.missing(services, id).await?;
            }
        }
        Ok(self)
    }

    async fn missing(&mut self, services: &Services, id: Uuid) -> Result<(), Problem> {
        let redaction = services.desk.load::<Redaction>(id, false).await?;
        self.redaction = self.redaction.max(redaction.position);
        match *redaction.state {
            Some(reason) => _ = self.redacted.insert(id, reason),
            None => {
                tracing::error!(content = %id, "a content is lost: it is not redacted, and not there");
            }
        }
        Ok(())
    }

    /// Why a content was redacted, if it was.
    pub fn reason(&self, reference: &ContentRef) -> Option<Reason> {
        self.redacted.get(&reference.content.0).copied()
    }

    /// The id of a content, for those who may know it.
    pub fn id(&self, reference: &ContentRef) -> Option<Uuid> {
        self.with_ids.then_some(reference.content.0)
    }

    /// The bytes of a content.
    pub fn body(&self, reference: &ContentRef) -> Option<&[u8]> {
        self.bodies.get(&reference.content.0).map(Vec::as_slice)
    }

    /// A text as it is shown: `{"text", "lang"}`, or `{"redacted": true, "reason"}` in its place.
    pub fn show(&self, reference: &ContentRef, lang: Option<Lang>) -> Value {
        let mut shown = match self.reason(reference) {
            Some(reason) => json!({"redacted": true, "reason": reason}),
            None => {
                let text = self.body(reference).map(String::from_utf8_lossy);
                lang.map_or_else(
                    || json!({"text": text}),
                    |lang| json!({"text": text, "lang": lang}),
                )
            }
        };
        if let Some(id) = self.id(reference) {
            shown["content"] = json!(id);
        }
        shown
    }
}
