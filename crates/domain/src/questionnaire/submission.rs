//! Whether a reply can be submitted as it is: what saving let pass is checked here, all at once.

use std::fmt::Display;

use super::super::fault::{self, Fault, pointer};
use super::{AnswerMap, AnswerValue, Question, QuestionType, Questionnaire};

/// Every fault of the answers, in the questionnaire's order, with pointers `/answers/<CODE>`.
pub fn check_submission(
    questionnaire: &Questionnaire,
    answers: &AnswerMap<AnswerValue>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    for question in questionnaire.questions() {
        let found = match answers.get(&question.code) {
            Some(answer) => answer_faults(question, answer),
            None if question.required => vec![fault::REQUIRED_QUESTION_BLANK.at("")],
            None => Vec::new(),
        };
        let at = pointer("/answers", &question.code);
        faults.extend(found.into_iter().map(|fault| Fault {
            pointer: at.clone(),
            ..fault.of_question(&question.code)
        }));
    }
    faults
}

/// What is wrong with an answer of the right type. The caller says where.
fn answer_faults(question: &Question, answer: &AnswerValue) -> Vec<Fault> {
    let fault = match (&question.kind, answer) {
        (
            QuestionType::Text {
                max_length: Some(max),
            },
            AnswerValue::Text(text),
        ) if text.length > *max => Some(
            fault::TOO_LONG
                .at("")
                .arg("length", text.length)
                .arg("max", max),
        ),
        (QuestionType::SeveralChoices { exclusive, .. }, AnswerValue::Choices(choices))
            if choices.len() > 1 =>
        {
            let alone = choices.iter().find(|choice| exclusive.contains(choice));
            alone.map(|choice| fault::EXCLUSIVE_OPTION.at("").arg("value", choice))
        }
        (QuestionType::WholeNumber { min, max, .. }, AnswerValue::WholeNumber(number)) => {
            range(number, min.as_ref(), max.as_ref())
        }
        (
            QuestionType::Decimal {
                min, max, places, ..
            },
            AnswerValue::Decimal(decimal),
        ) => {
            let too_fine = places.filter(|places| decimal.places() > *places as usize);
            let too_fine = too_fine.map(|places| {
                fault::TOO_MANY_PLACES
                    .at("")
                    .arg("value", decimal)
                    .arg("places", places)
            });
            return too_fine
                .into_iter()
                .chain(range(decimal, min.as_ref(), max.as_ref()))
                .collect();
        }
        (QuestionType::Date { min, max }, AnswerValue::Date(date)) => {
            range(date, min.as_ref(), max.as_ref())
        }
        (QuestionType::Year { min, max }, AnswerValue::Year(year)) => {
            range(year, min.as_ref(), max.as_ref())
        }
        _ => None,
    };
    fault.into_iter().collect()
}

fn range<T: Ord + Display>(value: &T, min: Option<&T>, max: Option<&T>) -> Option<Fault> {
    let inside = min.is_none_or(|min| min <= value) && max.is_none_or(|max| value <= max);
    // Signs rather than words, so that the sentence around them can be in any language.
    let range = match (min, max) {
        (Some(min), Some(max)) => format!("{min} … {max}"),
        (Some(min), None) => format!("≥ {min}"),
        (None, Some(max)) => format!("≤ {max}"),
        (None, None) => return None,
    };
    (!inside).then(|| {
        fault::OUT_OF_RANGE
            .at("")
            .arg("value", value)
            .arg("range", range)
    })
}
