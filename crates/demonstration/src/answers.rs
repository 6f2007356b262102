//! What the States of the demonstration answer: made up, the same at every run, and in the order in which a ministry
//! would have saved it, with second thoughts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::random::Random;
use super::values::Writer;
use super::words::MadeUpTexts;
use domain::Lang;
use domain::questionnaire::{AnswerMap, AnswerValue, Change, Extent, Field, FieldPlace, Form};
use domain::questionnaire::{FieldType, parse};
use domain::{ContentId, ContentRef};
use uuid::Uuid;

mod checks;
mod comparison;
mod drawing;
mod mending;
mod sight;
#[cfg(test)]
mod tests;

/// Members of the 34 that would reply in French, and others of the samples.
const IN_FRENCH: &[&str] = &["BEL", "CHE", "COG", "LBN", "SEN"];

/// A State that replies.
pub struct Respondent<'a> {
    /// What is asked.
    form: &'a Form,
    writer: Writer<'a>,
}

/// Answers by their addresses, as the API takes them.
type Answers = BTreeMap<String, Value>;

impl<'a> Respondent<'a> {
    /// The State with this code. `seed` tells what it answers here from what it answers elsewhere; years and days are usually up
    /// to `last_year`.
    pub fn new(
        code: &str,
        seed: &'a str,
        form: &'a Form,
        words: &'a MadeUpTexts,
        last_year: i16,
    ) -> Self {
        let is_in_french = IN_FRENCH.contains(&code);
        let writer = Writer {
            lang: if is_in_french { Lang::Fr } else { Lang::En },
            last_year,
            seed,
            words,
        };
        Self { form, writer }
    }

    /// What it saves, save by save: by address, an answer, or null where an earlier one is cleared. Every save changes
    /// something, and what stands in the end can be submitted.
    pub fn saves(&self) -> Vec<Map<String, Value>> {
        let last = self.answers();
        let (mut early, mut second_thoughts) = (Vec::new(), Map::new());
        for address in self.addresses(&last) {
            let held = last.get(&address);
            let first = self.first_thought(&address, held);
            if first.is_some() {
                let then = held.cloned().unwrap_or(Value::Null);
                second_thoughts.insert(address.clone(), then);
            }
            if let Some(answer) = first.as_ref().or(held) {
                early.push((address, answer.clone()));
            }
        }
        let parts = Random::from_seed(self.writer.seed).within(1, 4);
        let size = early
            .len()
            .div_ceil(usize::try_from(parts).unwrap_or(1))
            .max(1);
        let mut saves: Vec<Map<String, Value>> = early
            .chunks(size)
            .map(|part| part.iter().cloned().collect())
            .collect();
        if !second_thoughts.is_empty() {
            saves.push(second_thoughts);
        }
        saves
    }

    /// What stands when the reply is submitted.
    pub fn answers(&self) -> Answers {
        let mut answers = self.drawn();
        self.mend(&mut answers);
        answers
    }

    /// Every address that can be answered or is, in the order in which they are asked.
    fn addresses(&self, held: &Answers) -> Vec<String> {
        let mut addresses = Vec::new();
        for (index, field) in self.form.fields().iter().enumerate() {
            if field.place == FieldPlace::List {
                let below = format!("{}.", field.address);
                for entry in self.entries(held, &field.address) {
                    addresses.push(format!("{below}{entry}"));
                    let parts = self.form.fields_of_list(index);
                    let parts = parts.filter_map(|part| self.form.fields().get(part));
                    addresses.extend(parts.map(|part| part.address_of(Some(&entry))));
                }
            } else if !field.is_of_entries() {
                addresses.push(field.address.to_string());
            }
        }
        // An entry's own address is among those of its list, and so are its explanations.
        let mut seen = BTreeSet::new();
        addresses.retain(|address| seen.insert(address.clone()));
        addresses
    }

    /// The ids of a list's entries, in order.
    fn entries(&self, held: &Answers, list: &str) -> Vec<String> {
        let stored = self.stored(held);
        let entries = Form::entries(list, &stored).into_iter();
        entries.map(|(_, id)| id.to_owned()).collect()
    }

    /// What is saved at first, where it is something else than what stands in the end.
    fn first_thought(&self, address: &str, held: Option<&Value>) -> Option<Value> {
        let field = self.form.field(address)?.field;
        let is_pondered = match field.place {
            FieldPlace::Question | FieldPlace::Part(_) | FieldPlace::Cell { .. } => true,
            FieldPlace::Currency
            | FieldPlace::Detail { .. }
            | FieldPlace::List
            | FieldPlace::Entry
            | FieldPlace::EntryPart(_)
            | FieldPlace::Check(_) => false,
        };
        if !is_pondered {
            return None;
        }
        let mut random = self.random(address, "first thoughts");
        let percent = if held.is_some() { 8 } else { 25 };
        let first = self.value(field, &mut random)?;
        let is_other = held.is_none_or(|held| held.get("value") != first.get("value"));
        (random.chance(percent) && is_other).then_some(first)
    }

    fn random(&self, address: &str, what: &str) -> Random {
        Random::from_seed(&format!("{}/{address}/{what}", self.writer.seed))
    }

    /// Answers as they would be stored: of words, rules ask only whether there are any.
    fn stored(&self, answers: &Answers) -> AnswerMap<AnswerValue> {
        let stored = answers.iter().filter_map(|(address, answer)| {
            let located = self.form.field(address)?;
            let read = parse(located.field, answer, Extent::Whole, "").ok()?;
            let Change::Becomes(input) = read.value else {
                return None;
            };
            let value = input.into_value(&mut |words| ContentRef {
                content: ContentId(Uuid::nil()),
                commitment: words,
            });
            Some((address.clone(), value))
        });
        stored.collect()
    }
}

/// Whether somebody types an answer to the field.
fn is_typed(field: &Field) -> bool {
    match field.value_type() {
        Some(FieldType::File(_) | FieldType::Calculated(_)) | None => false,
        Some(_) => !field.is_check(),
    }
}
