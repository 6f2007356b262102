//! What is asked at an address, by itself: where an answer is told apart from the form around it.

use crate::http::pages::passage::Passage;
use domain::Lang;
use domain::questionnaire::{AnswerMap, AnswerValue, Form};
use texts::words::Words;

/// What is asked at an address, with its row and column, or its part.
pub fn of_field(form: &Form, address: &str, languages: &[Lang], around: Lang) -> Passage {
    let Some(located) = form.field(address) else {
        return Passage::plain(address);
    };
    let question = form.question(&located.field.question);
    let labels = form.labels(located.field);
    let texts = question
        .map(|question| &question.text)
        .into_iter()
        .chain(&labels);
    let mut told = texts.map(|texts| Passage::pick(texts, languages, around));
    let mut passage = told.next().unwrap_or_default();
    for part in told {
        passage.text = format!("{} – {}", passage.text, part.text);
    }
    passage
}

/// What is asked at the address of an answer: of an entry of a list also which of them it is.
pub fn of_answer(
    form: &Form,
    answers: &AnswerMap<AnswerValue>,
    address: &str,
    languages: &[Lang],
    words: Words,
) -> Passage {
    let passage = of_field(form, address, languages, words.lang);
    let entry = form.field(address).and_then(|located| located.entry);
    let list = address.split('.').next().unwrap_or_default();
    let entries = Form::entries(list, answers);
    let place = entries.iter().position(|(_, id)| Some(*id) == entry);
    match place {
        Some(place) => passage.with_text(words.told(words.list_entry(place + 1), &passage.text)),
        None => passage,
    }
}

/// What is asked by a question, or at an address within it.
pub fn of_question(form: &Form, address: &str, languages: &[Lang], around: Lang) -> Passage {
    match form.question(address) {
        Some(question) => Passage::pick(&question.text, languages, around),
        None => of_field(form, address, languages, around),
    }
}
