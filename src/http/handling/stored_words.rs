//! Words beside the log, as they are shown: themselves, or that and why they were redacted; their translations beside them.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::http::handling::caller::Caller;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::reading::translations::{self, TranslationRow};
use domain::phrase::Phrase;
use domain::redaction::{Reason, Redaction};
use domain::{ContentRef, Lang};
use event_log::{ReadError, content};

/// Contents that were read.
pub(in crate::http) struct StoredWords {
    bodies: HashMap<Uuid, Vec<u8>>,
    redacted: HashMap<Uuid, Reason>,
    /// Those that went with the files to which they belong.
    deleted: HashSet<Uuid>,
    /// The translations that hold, by what is translated.
    translations: HashMap<Uuid, Vec<TranslationRow>>,
    /// The position of the last redaction or translation among them; 0 where there is none.
    pub changed: u64,
    /// The Secretariat is told each content's id, by which an administrator redacts it.
    with_ids: bool,
}

/// That words, or a file, are gone, and why.
pub(in crate::http) fn redacted(reason: Reason) -> Problem {
    Problem::new("redacted").words("reason", Phrase::new("term", reason.as_str()))
}

impl StoredWords {
    /// Reads contents, for this caller.
    pub async fn read(
        services: &Services,
        caller: &Caller,
        references: impl Iterator<Item = &ContentRef>,
    ) -> Result<Self, Problem> {
        let ids = references.map(|reference| reference.content.0).collect();
        Self::of_ids(services, caller, ids).await
    }

    /// The same, by their ids.
    pub async fn of_ids(
        services: &Services,
        caller: &Caller,
        mut ids: Vec<Uuid>,
    ) -> Result<Self, Problem> {
        let pool = services.log().pool();
        let translations = translations::of_contents(pool, &ids)
            .await
            .map_err(ReadError::from)?;
        let changed = translations.iter().map(|row| row.changed).max();
        let translations: Vec<_> = translations.into_iter().filter(|row| row.holds).collect();
        ids.extend(translations.iter().map(|row| row.text));
        let mut words = Self {
            bodies: content::bodies(pool, &ids).await?,
            redacted: HashMap::new(),
            deleted: HashSet::new(),
            translations: HashMap::new(),
            changed: changed.unwrap_or(0),
            with_ids: caller.principal.role.is_secretariat(),
        };
        for row in translations {
            words.translations.entry(row.content).or_default().push(row);
        }
        for id in ids {
            if !words.bodies.contains_key(&id) {
                words.missing(services, id).await?;
            }
        }
        Ok(words)
    }

    /// Looks which of these are redacted, without reading them: files are large.
    pub async fn and_redactions_of(
        mut self,
        services: &Services,
        references: impl Iterator<Item = &ContentRef>,
    ) -> Result<Self, Problem> {
        let ids: Vec<Uuid> = references.map(|reference| reference.content.0).collect();
        let stored = content::stored_ids(services.log().pool(), &ids).await?;
        for id in ids {
            if !stored.contains(&id) {
                self.missing(services, id).await?;
            }
        }
        Ok(self)
    }

    async fn missing(&mut self, services: &Services, id: Uuid) -> Result<(), Problem> {
        let redaction = services.desk.load::<Redaction>(id, false).await?;
        self.changed = self.changed.max(redaction.position);
        if let Some(reason) = *redaction.state {
            self.redacted.insert(id, reason);
        } else if let Some(position) = content::deleted(services.log().pool(), id).await? {
            self.changed = self.changed.max(position);
            self.deleted.insert(id);
        } else {
            tracing::error!(content = %id, "a content is lost: it is not redacted, and not there");
        }
        Ok(())
    }

    /// Why a content was redacted, if it was.
    pub fn reason(&self, reference: &ContentRef) -> Option<Reason> {
        self.redacted.get(&reference.content.0).copied()
    }

    /// Whether a content went with the file to which it belongs.
    pub fn is_deleted(&self, reference: &ContentRef) -> bool {
        self.deleted.contains(&reference.content.0)
    }

    /// The id of a content, for those who may know it.
    pub fn id(&self, reference: &ContentRef) -> Option<Uuid> {
        self.with_ids.then_some(reference.content.0)
    }

    /// The bytes of a content.
    pub fn body(&self, reference: &ContentRef) -> Option<&[u8]> {
        self.bodies.get(&reference.content.0).map(Vec::as_slice)
    }

    /// A text as it is shown: `{"text", "lang"}`, or `{"redacted": true, "reason"}` in its place; beside it `translations`,
    /// where there are any.
    pub fn show(&self, reference: &ContentRef, lang: Option<Lang>) -> Value {
        self.show_words(reference.content.0, lang)
    }

    /// The same, of a content of which only the id is known.
    pub fn show_words(&self, content: Uuid, lang: Option<Lang>) -> Value {
        let mut shown = self.show_one(content, lang.map(Lang::as_str));
        if let Some(translations) = self.translations_of(content) {
            shown["translations"] = translations;
        }
        shown
    }

    /// Words of which only the id is known.
    pub fn show_id(&self, content: Uuid) -> Value {
        self.show_one(content, None)
    }

    /// Words that are in no language, the address of a page, as they are shown: themselves, or what is said in their place.
    pub fn show_plain(&self, reference: &ContentRef) -> Value {
        let mut shown = self.show_one(reference.content.0, None);
        match shown.get_mut("text") {
            Some(text) => text.take(),
            None => shown,
        }
    }

    /// The translations of a text by language, each marked with who translated: `{"fr": {"text", "lang", "by"}}`.
    pub fn translations(&self, reference: &ContentRef) -> Option<Value> {
        self.translations_of(reference.content.0)
    }

    fn translations_of(&self, content: Uuid) -> Option<Value> {
        let rows = self.translations.get(&content)?;
        let shown = rows.iter().map(|row| {
            let mut shown = self.show_one(row.text, Some(&row.lang));
            shown["by"] = json!(row.by);
            (row.lang.clone(), shown)
        });
        Some(Value::Object(shown.collect()))
    }

    fn show_one(&self, content: Uuid, lang: Option<&str>) -> Value {
        let mut shown = match self.redacted.get(&content) {
            Some(reason) => json!({"redacted": true, "reason": reason}),
            None if self.deleted.contains(&content) => json!({"deleted": true}),
            None => {
                let text = self.bodies.get(&content);
                let text = text.map(|text| String::from_utf8_lossy(text));
                lang.map_or_else(
                    || json!({"text": text}),
                    |lang| json!({"text": text, "lang": lang}),
                )
            }
        };
        if self.with_ids {
            shown["content"] = json!(content);
        }
        shown
    }
}
