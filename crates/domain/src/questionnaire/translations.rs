//! Translations of a questionnaire: which text was translated, from which words, and what became of those since.
//!
//! A text's key holds for good: the code of its question or section and what it is there, wherever that stands.
//! `questions.A1.text` is the same text after A1 was moved to another section, and its translations with it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::blank;
use super::super::fault::{self, Fault, pointer};
use super::wording::{name_of, texts};
use super::{Lang, MAX_TEXT_CHARS, Questionnaire, Texts};

/// The texts of a questionnaire by their keys, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyedTexts(Vec<(String, Texts)>);

/// What is known of one language of a questionnaire, by the texts' keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TranslationRecord(BTreeMap<String, TranslatedText>);

/// What is known of a text in a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranslatedText {
    /// The translation that was given for it; none where the form brought its own, which is behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The words of the original that were translated.
    of: String,
}

/// Translations by key; none takes one away.
pub type TranslationChanges = BTreeMap<String, Option<String>>;

code_enum! {
    /// Where a translation stands.
    pub enum TextState as "TranslationState" {
        /// It is of the original as it is.
        Current = "current",
        /// The original was edited since.
        Behind = "behind",
        /// There is none.
        Missing = "missing",
    }
}

/// A text with its translation into a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextStanding<'a> {
    /// Its key.
    pub key: &'a str,
    /// The original.
    pub original: &'a str,
    /// The translation.
    pub text: Option<&'a str>,
    /// Where that stands.
    pub state: TextState,
    /// The words that were translated, where the original is another now.
    pub translated_from: Option<&'a str>,
}

impl Questionnaire {
    /// All its texts.
    pub fn keyed_texts(&self) -> KeyedTexts {
        let mut found = Vec::new();
        let mut json = serde_json::to_value(self).unwrap_or_default();
        walk(&mut json, "", &mut |key, members| {
            if let Some(texts) = texts(members) {
                found.push((key.to_owned(), texts));
            }
        });
        KeyedTexts(found)
    }

    /// The same questionnaire with these translations; what they do not name stays.
    ///
    /// # Errors
    /// Its faults; only what was no questionnaire before has any.
    pub fn translated(&self, lang: Lang, changes: &TranslationChanges) -> Result<Self, Vec<Fault>> {
        let mut json = serde_json::to_value(self).unwrap_or_default();
        walk(&mut json, "", &mut |key, members| {
            match changes.get(key) {
                Some(Some(text)) => {
                    members.insert(lang.to_string(), Value::String(text.clone()));
                }
                // The last text of all is not taken away: an object without languages would be no text.
                Some(None) if members.len() > 1 => {
                    members.remove(lang.as_str());
                }
                Some(None) | None => {}
            }
        });
        Self::read(&json)
    }
}

/// Goes through every text. Sections and questions are called by their own codes, which no other has.
fn walk(json: &mut Value, key: &str, visit: &mut impl FnMut(&str, &mut Map<String, Value>)) {
    let below = |name: &str| match (key, name) {
        (_, "questions" | "sections") => name.to_owned(),
        ("", _) => name.to_owned(),
        _ => format!("{key}.{name}"),
    };
    match json {
        Value::Object(members) if texts(members).is_some() => visit(key, members),
        Value::Object(members) => {
            for (name, member) in members {
                walk(member, &below(name), visit);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter_mut().enumerate() {
                let key = format!("{key}.{}", name_of(element, index));
                walk(element, &key, visit);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn said(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !blank::is_blank(text))
}

impl KeyedTexts {
    fn get(&self, key: &str) -> Option<&Texts> {
        self.0
            .iter()
            .find(|(of, _)| of == key)
            .map(|(_, texts)| texts)
    }

    fn by_key(&self) -> BTreeMap<&str, &Texts> {
        self.0
            .iter()
            .map(|(key, texts)| (key.as_str(), texts))
            .collect()
    }

    /// The languages that it has any text in.
    pub fn languages(&self) -> Vec<Lang> {
        let has = |lang: &Lang| {
            self.0
                .iter()
                .any(|(_, texts)| said(texts.get(*lang)).is_some())
        };
        Lang::ALL.iter().copied().filter(has).collect()
    }

    /// Whether every text is there in a language.
    pub fn is_complete(&self, lang: Lang) -> bool {
        self.0
            .iter()
            .all(|(_, texts)| said(texts.get(lang)).is_some())
    }

    /// Every text that has an original, with its translation.
    pub fn standing<'a>(
        &'a self,
        original: Lang,
        lang: Lang,
        record: &'a TranslationRecord,
    ) -> Vec<TextStanding<'a>> {
        let texts = self.0.iter().filter_map(|(key, texts)| {
            let original = said(texts.get(original))?;
            let text = said(texts.get(lang));
            let of = record.0.get(key).map(|known| known.of.as_str());
            let translated_from = of.filter(|of| text.is_some() && *of != original);
            let state = match (text, translated_from) {
                (None, _) => TextState::Missing,
                (Some(_), Some(_)) => TextState::Behind,
                (Some(_), None) => TextState::Current,
            };
            Some(TextStanding {
                key,
                original,
                text,
                state,
                translated_from,
            })
        });
        texts.collect()
    }

    /// How many translations are behind.
    pub fn behind(&self, original: Lang, lang: Lang, record: &TranslationRecord) -> u32 {
        let standing = self.standing(original, lang, record);
        let behind = standing
            .iter()
            .filter(|text| text.state == TextState::Behind);
        u32::try_from(behind.count()).unwrap_or(u32::MAX)
    }

    /// What is wrong with translations, each at its key below `at`. Of a questionnaire that is `frozen`, what it was frozen
    /// with stays.
    pub fn faults(
        &self,
        lang: Lang,
        changes: &TranslationChanges,
        frozen: Option<&Self>,
        place: impl Fn(&str) -> String,
    ) -> Vec<Fault> {
        let (known, frozen) = (self.by_key(), frozen.map(Self::by_key));
        let mut faults = Vec::new();
        for (key, text) in changes {
            let at = place(key);
            if !known.contains_key(key.as_str()) {
                faults.push(fault::NO_SUCH_TEXT.at(at).arg("key", key));
                continue;
            }
            let was = frozen.as_ref().and_then(|frozen| frozen.get(key.as_str()));
            let was = was.and_then(|texts| said(texts.get(lang)));
            if was.is_some_and(|was| Some(was) != text.as_deref()) {
                faults.push(fault::TEXT_IS_FROZEN.at(at).arg("key", key));
                continue;
            }
            let text = text.as_deref();
            faults.extend(text.and_then(|text| fault::of_text(text, &at, MAX_TEXT_CHARS)));
        }
        faults
    }

    /// The words of an original.
    pub fn original(&self, key: &str, original: Lang) -> Option<&str> {
        self.get(key)?.get(original)
    }
}

/// The place of a text in a body that has translations by key.
pub fn place_of_text(key: &str) -> String {
    pointer("/texts", key)
}

impl TranslationRecord {
    /// The record after translations of these texts were given.
    #[must_use]
    pub fn with(
        mut self,
        texts: &KeyedTexts,
        original: Lang,
        changes: &TranslationChanges,
    ) -> Self {
        let known = texts.by_key();
        for (key, text) in changes {
            match text {
                Some(text) => {
                    let of = known
                        .get(key.as_str())
                        .and_then(|texts| texts.get(original));
                    let given = TranslatedText {
                        text: Some(text.clone()),
                        of: of.unwrap_or_default().to_owned(),
                    };
                    self.0.insert(key.clone(), given);
                }
                None => {
                    self.0.remove(key);
                }
            }
        }
        self
    }

    /// The record after a form was saved, and the translations that it leaves out, which are to be filled in.
    ///
    /// What the form brings and has not changed is of the words that it was of before: if those were edited, it is behind. What
    /// it brings anew is of the words beside it. What it leaves out was given by a translator, or is gone.
    pub fn after_form(
        &self,
        form: &KeyedTexts,
        before: Option<&KeyedTexts>,
        original: Lang,
        lang: Lang,
    ) -> (Self, TranslationChanges) {
        // What was translated of questions that are not asked any more stays, should they be asked again.
        let mut after = self.clone();
        let mut fills = TranslationChanges::new();
        let before = before.map(KeyedTexts::by_key).unwrap_or_default();
        for (key, texts) in &form.0 {
            let now = texts.get(original).unwrap_or_default();
            let was = before.get(key.as_str());
            let known = self.0.get(key);
            let given = known.and_then(|known| known.text.as_deref());
            let Some(text) = said(texts.get(lang)) else {
                match given {
                    Some(given) => drop(fills.insert(key.clone(), Some(given.to_owned()))),
                    None => drop(after.0.remove(key)),
                }
                continue;
            };
            let was_text = was.and_then(|was| was.get(lang)).or(given);
            let was_of = known.map(|known| known.of.as_str());
            let was_of = was_of.or_else(|| was.and_then(|was| said(was.get(original))));
            let is_same = was_text == Some(text);
            let of = was_of.filter(|_| is_same).unwrap_or(now);
            let given = given.filter(|given| *given == text);
            if given.is_none() && of == now {
                after.0.remove(key);
            } else {
                let known = TranslatedText {
                    text: given.map(str::to_owned),
                    of: of.to_owned(),
                };
                after.0.insert(key.clone(), known);
            }
        }
        (after, fills)
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
