//! Words, in a language.

use serde::Serialize;
use serde_json::Value;

use super::FieldKind;
use super::limits::{bad_limit, limit, lowered};
use crate::fault::{self, Fault, pointer};
use crate::phrase::{Phrase, expected};
use crate::questionnaire::answer_reader::AnswerReader;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{AnswerInput, AnswerValue, MAX_ANSWER_CHARS};

/// Words.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TextQuestion {
    /// The most characters (Unicode scalar values).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
}

impl FieldKind for TextQuestion {
    fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        let max_length = reader.whole("max_length", |at, _| bad_limit(1, MAX_ANSWER_CHARS, at));
        Some(Self { max_length })
    }

    fn faults(&self, _: &Definition<'_>, at: &str) -> Vec<Fault> {
        let at = pointer(at, "max_length");
        let fault = limit(self.max_length, 1, MAX_ANSWER_CHARS, &at);
        fault.into_iter().collect()
    }

    fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        let length = (self.max_length.as_ref(), corrected.max_length.as_ref());
        lowered(length.0, length.1, at, "max_length")
            .into_iter()
            .collect()
    }

    fn expected(&self) -> Phrase {
        expected::WORDS
    }

    fn parse(&self, reader: &mut AnswerReader<'_>, json: &Value) -> Option<AnswerInput> {
        let wrong = reader.wrong_type(self.expected());
        let at = reader.at("/value");
        let words = (wrong, fault::EMPTY_ANSWER);
        let (text, lang) = reader.words(json, &at, words, MAX_ANSWER_CHARS)?;
        Some(AnswerInput::Text { text, lang })
    }

    fn takes(&self, value: &AnswerValue) -> bool {
        matches!(value, AnswerValue::Text(_))
    }

    fn value_faults(&self, value: &AnswerValue) -> Vec<Fault> {
        let AnswerValue::Text(text) = value else {
            return Vec::new();
        };
        let max = self.max_length.filter(|max| text.length > *max);
        let fault = max.map(|max| {
            let fault = fault::TOO_LONG.at("").arg("length", text.length);
            fault.arg("max", max)
        });
        fault.into_iter().collect()
    }

    fn rule_type(&self) -> rules::Type {
        rules::Type::Text
    }

    /// The words stand beside the log, where a redaction can reach them: here it is known only that there are any.
    fn rule_value(&self, _: &AnswerValue) -> Option<rules::Value> {
        Some(rules::Value::Opaque)
    }
}
