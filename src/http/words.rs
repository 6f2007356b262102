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
                let redaction = services.desk.load::<Redaction>(id, false).await?;
                words.redaction = words.redaction.max(redaction.position);
                match *redaction.state {
                    Some(reason) => _ = words.redacted.insert(id, reason),
                    None => {
                        tracing::error!(content = %id, "a content is lost: it is not redacted, and not there")
                    }
                }
            }
        }
        Ok(words)
    }

    /// A text as it is shown: `{"text", "lang"}`, or `{"redacted": true, "reason"}` in its place.
    pub fn show(&self, reference: &ContentRef, lang: Option<Lang>) -> Value {
        let id = reference.content.0;
        let mut shown = match self.redacted.get(&id) {
            Some(reason) => json!({"redacted": true, "reason": reason}),
            None => {
                let words = self.bodies.get(&id);
                json!({"text": words.map(|words| String::from_utf8_lossy(words))})
            }
        };
        if let (Some(lang), false) = (lang, self.redacted.contains_key(&id)) {
            shown["lang"] = json!(lang);
        }
        if self.with_ids {
            shown["content"] = json!(id);
        }
        shown
    }
}
