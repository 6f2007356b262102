//! Answers as they are drawn, each for itself: what they have to do with each other is mended afterwards.

use serde_json::{Value, json};

use super::{Answers, Respondent, is_typed};
use crate::plausible::SHARES;
use crate::random::Random;
use crate::values;
use crate::words::COMMENT;
use domain::questionnaire::types::CompoundType;
use domain::questionnaire::{Field, FieldPlace, FieldType, MissingKind, QuestionType, Requirement};

/// The most entries that a list is given.
const MOST_ENTRIES: i64 = 4;

impl Respondent<'_> {
    /// An answer to every field that is not left blank, whether it is asked or not.
    pub(super) fn drawn(&self) -> Answers {
        let mut answers = Answers::new();
        for (index, field) in self.form.fields().iter().enumerate() {
            if field.place == FieldPlace::List {
                let mut random = self.random(&field.address, "entries");
                let is_blank = field.required != Requirement::Always && random.chance(15);
                let (least, most) = self.entry_limits(field);
                let count = if is_blank {
                    0
                } else {
                    random.within(least, most)
                };
                for order in 1..=count {
                    self.add_entry(index, field, order, &mut answers);
                }
            } else if is_typed(field) && !field.is_of_entries() {
                let answer = self.answer(field, &field.address);
                answers.extend(answer.map(|answer| (field.address.to_string(), answer)));
            }
        }
        self.share(&mut answers);
        answers
    }

    /// How many entries a list is given.
    fn entry_limits(&self, field: &Field) -> (i64, i64) {
        let question = self.form.question(&field.question);
        let (least, most) = match question.map(|question| &question.kind) {
            Some(QuestionType::Compound(CompoundType::List(list))) => {
                (list.least.unwrap_or(1).max(1), list.most())
            }
            _ => (1, 1),
        };
        (
            least.into(),
            i64::from(most).min(MOST_ENTRIES.max(least.into())),
        )
    }

    /// Adds an entry to a list, and answers to its parts.
    pub(super) fn add_entry(&self, list: usize, field: &Field, order: i64, answers: &mut Answers) {
        let number = self
            .random(&field.address, &format!("entry {order}"))
            .within(100_000, 999_999);
        let id = format!("entry_{order}_{number}");
        let address = format!("{}.{id}", field.address);
        answers.insert(address, json!({"value": {"order": order}}));
        for part in self.form.fields_of_list(list) {
            let part = self.form.fields().get(part);
            if let Some(part) = part.filter(|part| is_typed(part)) {
                let address = part.address_of(Some(&id));
                let answer = self.answer(part, &address);
                answers.extend(answer.map(|answer| (address, answer)));
            }
        }
    }

    /// `None` leaves the field blank.
    fn answer(&self, field: &Field, address: &str) -> Option<Value> {
        let mut random = self.random(address, "answer");
        let is_required = field.required == Requirement::Always;
        let (blank, missing) = match (is_required, &field.place, field.value_type()) {
            (true, ..) => (0, 3),
            (false, FieldPlace::Cell { .. }, Some(FieldType::Text(_))) => (70, 2),
            (false, _, Some(FieldType::Text(_))) => (30, 2),
            (false, FieldPlace::Cell { .. }, _) => (6, 4),
            (false, ..) => (10, 7),
        };
        if random.chance(blank) {
            return None;
        }
        if random.chance(missing)
            && let Some(missing) = missing_answer(field, &mut random)
        {
            return Some(missing);
        }
        let value = self.value(field, &mut random);
        match value {
            Some(answer) => Some(self.with_remarks(field, address, answer)),
            None if is_required => missing_answer(field, &mut random),
            None => None,
        }
    }

    pub(super) fn value(&self, field: &Field, random: &mut Random) -> Option<Value> {
        let value = values::value(field, &self.writer, random)?;
        Some(json!({"value": value}))
    }

    /// The answer, and what is said of it here and there.
    fn with_remarks(&self, field: &Field, address: &str, mut answer: Value) -> Value {
        let mut random = self.random(address, "remarks");
        if random.chance(12)
            && let Some(flag) = random.one_of(&field.flags)
        {
            answer["flags"] = json!([flag]);
        }
        let is_bare = field.place == FieldPlace::Question
            && !field.personal
            && !matches!(field.value_type(), Some(FieldType::Text(_)));
        if is_bare && random.chance(3) {
            let writer = self.writer;
            let words = writer.words.choose(COMMENT, writer.lang, None, &mut random);
            if let Some(words) = words {
                answer["comment"] = words;
            }
        }
        answer
    }

    /// Makes figures parts of others.
    fn share(&self, answers: &mut Answers) {
        let held = |answers: &Answers, address: &str| {
            let answer = answers.get(address);
            answer.and_then(|answer| answer.get("value")?.as_i64())
        };
        for (at, (part, whole, low, high)) in SHARES.iter().enumerate() {
            // Those of one whole come from one series.
            let what = if *whole == "B2" { "prisoners" } else { "women" };
            let mut random = Random::from_seed(&format!("{}/{what}", self.writer.seed));
            for (_, before, low, high) in SHARES.iter().take(at) {
                if before == whole {
                    random.within(*low, *high);
                }
            }
            let per_thousand = random.within(*low, *high);
            let whole = held(answers, whole);
            if let Some(answer) = answers.get_mut(*part)
                && answer.get("value").is_some_and(Value::is_i64)
                && let Some(whole) = whole
            {
                answer["value"] = json!(whole * per_thousand / 1_000);
            }
        }
    }
}

/// An answer that says why there is none, where the field takes such.
pub(super) fn missing_answer(field: &Field, random: &mut Random) -> Option<Value> {
    match &*field.missing {
        [] => None,
        // As it was written before there were other reasons; it is written so still.
        [MissingKind::NotAvailable] => Some(json!({"not_available": true})),
        kinds => Some(json!({"missing": random.one_of(kinds)?})),
    }
}
