//! Answers as people read them.

use serde_json::Value;

use super::input::FieldInput;
use crate::http::pages::moment;
use crate::http::pages::passage::Passage;
use domain::Lang;
use domain::questionnaire::types::FieldType;
use domain::questionnaire::{Field, Flag};
use texts::words::Words;

/// Tells answers to a reader.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    /// The words of the page.
    pub words: Words,
    /// The languages that they read, best first.
    pub languages: &'a [Lang],
}

impl Teller<'_> {
    /// An answer as people read it, as the API shows it.
    pub fn answer(&self, field: &Field, answer: &Value) -> Passage {
        let input = FieldInput::from_answer(field, self.words.lang, Some(answer));
        let w = self.words;
        let value = answer.get("value");
        let said = |member: &str| value.and_then(|value| value.get(member));
        if said("redacted").is_some() {
            return Passage::plain(w.answer_redacted());
        }
        let lang = said("lang")
            .and_then(Value::as_str)
            .and_then(|lang| lang.parse().ok());
        if let Some(lang) = lang {
            return Passage::new(input.value(), lang, w.lang);
        }
        Passage::plain(self.input(field, &input))
    }

    /// What stands in the controls of a field, as people read it.
    pub fn input(&self, field: &Field, input: &FieldInput) -> String {
        let w = self.words;
        if let Some(kind) = input.missing {
            return w.missing(kind).to_owned();
        }
        let text = self.value(field, input);
        let flags: Vec<&str> = input
            .flags
            .iter()
            .map(|flag: &Flag| w.flag(*flag))
            .collect();
        match flags.is_empty() {
            true => text,
            false => format!("{text} ({})", locale::list_and(w.lang, &flags)),
        }
    }

    fn value(&self, field: &Field, input: &FieldInput) -> String {
        let w = self.words;
        let Some(kind) = field.value_type() else {
            return String::new();
        };
        let unit = match kind {
            FieldType::WholeNumber(number) => number.unit.as_ref(),
            FieldType::Decimal(number) => number.unit.as_ref(),
            FieldType::Calculated(number) => number.unit.as_ref(),
            _ => None,
        };
        let with_unit = |text: &str| match unit.and_then(|unit| unit.pick(self.languages)) {
            Some((_, unit)) => format!("{text}\u{a0}{unit}"),
            None => text.to_owned(),
        };
        match kind {
            FieldType::OneChoice(_) | FieldType::SeveralChoices(_) | FieldType::Rank(_) => {
                let label = |value: &String| {
                    let mut choices = kind.choices().iter();
                    let choice = choices.find(|choice| choice.value == *value);
                    let label = choice.and_then(|choice| choice.label.pick(self.languages));
                    label.map_or_else(|| value.clone(), |(_, label)| label.to_owned())
                };
                let labels = input.values.iter().map(label);
                let told = labels.enumerate().map(|(place, label)| match kind {
                    FieldType::Rank(_) => format!("{}. {label}", place + 1),
                    _ => label,
                });
                told.reduce(|first, second| w.one_after_other(first, second))
                    .unwrap_or_default()
            }
            FieldType::Percentage(_) => format!("{}\u{a0}%", input.value()),
            FieldType::Money(_) => format!("{}\u{a0}{}", input.value(), input.currency),
            FieldType::Date(_) => moment::day(w.lang, input.value()),
            FieldType::Month(_) => moment::month(w.lang, input.value()),
            FieldType::File(_) => w.files_count(input.values.len() as u64),
            FieldType::WholeNumber(_)
            | FieldType::Decimal(_)
            | FieldType::Calculated(_)
            | FieldType::Text(_)
            | FieldType::Year(_)
            | FieldType::Link(_)
            | FieldType::Email(_) => with_unit(input.value()),
        }
    }
}
