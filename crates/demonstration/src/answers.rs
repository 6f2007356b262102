//! What the States of the demonstration answer: made up, the same at every run, and in the order in which a ministry
//! would have saved it, with second thoughts.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::random::Random;
use super::values::{self, TextsByQuestion};
use domain::Lang;
use domain::questionnaire::{Question, Questionnaire, TypeCode};

/// Members of the 34 that would reply in French.
const IN_FRENCH: &[&str] = &["BEL", "CHE", "COG", "LBN"];

/// A State that replies.
pub struct Respondent<'a> {
    /// Its code.
    pub code: &'a str,
    /// What is asked.
    pub questionnaire: &'a Questionnaire,
    /// What its texts are chosen from.
    pub words: &'a TextsByQuestion,
}

type Answers = BTreeMap<String, Value>;

impl Respondent<'_> {
    /// What it saves, save by save: by question, an answer, or null where an earlier one is cleared. Every save
    /// changes something, and what stands in the end can be submitted.
    pub fn saves(&self) -> Vec<Map<String, Value>> {
        let last = self.answers();
        let (mut early, mut second_thoughts) = (Vec::new(), Map::new());
        for question in self.questionnaire.questions() {
            let held = last.get(&question.code);
            let mut random = self.random(question, "first thoughts");
            let percent = if held.is_some() { 8 } else { 25 };
            let first = self
                .value(question, &mut random)
                .filter(|first| random.chance(percent) && Some(first) != held);
            if first.is_some() {
                let then = held.cloned().unwrap_or(Value::Null);
                second_thoughts.insert(question.code.clone(), then);
            }
            if let Some(answer) = first.as_ref().or(held) {
                early.push((question.code.clone(), answer.clone()));
            }
        }
        let parts = Random::from_seed(self.code).within(1, 4);
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
    fn answers(&self) -> Answers {
        let questions = self.questionnaire.questions();
        let mut answers = questions
            .filter_map(|question| Some((question.code.clone(), self.answer(question)?)))
            .collect();
        self.make_consistent(&mut answers);
        answers
    }

    /// `None` leaves the question blank.
    fn answer(&self, question: &Question) -> Option<Value> {
        let mut random = self.random(question, "answer");
        let (blank, not_available) = match (question.required, question.type_code()) {
            (true, _) => (0, 3),
            (false, TypeCode::Text) => (30, 2),
            (false, _) => (10, 7),
        };
        if random.chance(blank) {
            return None;
        }
        if random.chance(not_available) {
            return Some(not_available_answer());
        }
        let answer = self.value(question, &mut random);
        answer.or_else(|| question.required.then(not_available_answer))
    }

    fn value(&self, question: &Question, random: &mut Random) -> Option<Value> {
        let value = values::value(question, self.lang(), self.words, random)?;
        Some(json!({"value": value}))
    }

    fn lang(&self) -> Lang {
        if IN_FRENCH.contains(&self.code) {
            Lang::Fr
        } else {
            Lang::En
        }
    }

    fn random(&self, question: &Question, what: &str) -> Random {
        Random::from_seed(&format!("{}/{}/{what}", self.code, question.code))
    }

    /// What the sample instrument's questions have to do with each other, which the instrument itself cannot say yet.
    fn make_consistent(&self, answers: &mut Answers) {
        let mut random = Random::from_seed(&format!("{}/prisoners", self.code));
        let held =
            |answers: &Answers, code: &str| answers.get(code).map(|answer| answer["value"].clone());
        // Of all prisoners, some are women; and places are about as many as prisoners.
        let prisoners = held(answers, "B2").and_then(|value| value.as_i64());
        for (code, low, high) in [("B3", 20, 95), ("B4", 700, 1_250)] {
            let per_thousand = random.within(low, high);
            if let Some(answer) = answers.get_mut(code)
                && answer.get("value").is_some()
            {
                *answer = match prisoners {
                    Some(prisoners) => json!({"value": prisoners * per_thousand / 1_000}),
                    None => not_available_answer(),
                };
            }
        }
        let mut blank = Vec::new();
        if held(answers, "D1") == Some(json!(["none"])) {
            blank.extend(["D2", "D4"]);
        }
        if held(answers, "F1") == Some(json!("no")) {
            blank.extend(["F2", "F3", "F4"]);
        }
        answers.retain(|code, _| !blank.contains(&code.as_str()));
        if !answers.contains_key("F4") {
            answers.remove("F3");
        }
    }
}

fn not_available_answer() -> Value {
    json!({"not_available": true})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::Script;
    use domain::questionnaire::{AnswerMap, AnswerValue, Change, Extent, check_submission, parse};
    use domain::{ContentId, ContentRef};
    use uuid::Uuid;

    fn saves(script: &Script, code: &str) -> Vec<Map<String, Value>> {
        let respondent = Respondent {
            code,
            questionnaire: &script.questionnaire,
            words: &script.words,
        };
        respondent.saves()
    }

    fn stored(script: &Script, code: &str, answer: &Value) -> AnswerValue {
        let question = script.questionnaire.question(code).unwrap();
        let change = parse(question, answer, Extent::Whole, "").unwrap();
        let Change::Becomes(input) = change.value else {
            panic!("a whole answer becomes what it is: {answer}");
        };
        input.into_value(&mut |words| ContentRef {
            content: ContentId(Uuid::nil()),
            commitment: words,
        })
    }

    #[test]
    fn every_reply_can_be_saved_and_submitted() {
        let script = Script::read().unwrap();
        let (mut second_thoughts, mut cleared, mut not_available, mut blank) = (0, 0, 0, 0);
        for code in &script.replying {
            let mut held = BTreeMap::new();
            let saves = saves(&script, code);
            for save in &saves {
                assert!(!save.is_empty(), "{code}");
                for (question, answer) in save {
                    if answer.is_null() {
                        assert!(held.remove(question).is_some(), "{code} {question}");
                        cleared += 1;
                    } else {
                        let value = stored(&script, question, answer);
                        let before = held.insert(question.clone(), value.clone());
                        second_thoughts += usize::from(before.is_some());
                        assert_ne!(before, Some(value), "{code} {question}");
                    }
                }
            }
            let answers: AnswerMap<_> = held.clone().into_iter().collect();
            let faults = check_submission(&script.questionnaire, &answers);
            assert!(faults.is_empty(), "{code}: {faults:?}");
            not_available += held
                .values()
                .filter(|answer| matches!(answer, AnswerValue::NotAvailable(_)))
                .count();
            blank += script.questionnaire.questions().count() - held.len();
        }
        for (what, count) in [
            ("second thoughts", second_thoughts),
            ("cleared", cleared),
            ("not available", not_available),
            ("blank", blank),
        ] {
            assert!(count > 10, "{what}: {count}");
        }
    }

    #[test]
    fn answers_are_the_same_at_every_run_and_differ_between_states() {
        let script = Script::read().unwrap();
        assert_eq!(saves(&script, "FIN"), saves(&script, "FIN"));
        assert_ne!(saves(&script, "FIN"), saves(&script, "THA"));
    }

    #[test]
    fn texts_are_labelled_and_in_the_respondents_language() {
        let script = Script::read().unwrap();
        for (code, lang, label) in [("FIN", "en", "[Made up]"), ("COG", "fr", "[Inventé]")] {
            let texts: Vec<Value> = saves(&script, code)
                .into_iter()
                .flatten()
                .map(|(_, answer)| answer["value"].clone())
                .filter(|value| value.get("lang").is_some())
                .collect();
            assert!(!texts.is_empty(), "{code}");
            for text in texts {
                assert_eq!(text["lang"], lang);
                assert!(text["text"].as_str().unwrap().starts_with(label), "{text}");
            }
        }
    }

    #[test]
    fn the_figures_of_a_reply_go_together() {
        let script = Script::read().unwrap();
        for code in &script.replying {
            let respondent = Respondent {
                code,
                questionnaire: &script.questionnaire,
                words: &script.words,
            };
            let answers = respondent.answers();
            let number = |code: &str| {
                answers
                    .get(code)
                    .and_then(|answer| answer["value"].as_i64())
            };
            if let Some(women) = number("B3") {
                assert!(Some(women) <= number("B2"), "{code}");
            }
            if answers["F1"]["value"] == "no" {
                assert!(
                    !answers.contains_key("F2") && !answers.contains_key("F4"),
                    "{code}"
                );
            }
            if answers["D1"]["value"] == json!(["none"]) {
                assert!(
                    !answers.contains_key("D2") && !answers.contains_key("D4"),
                    "{code}"
                );
            }
        }
    }
}
