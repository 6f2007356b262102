//! Reading a questionnaire from JSON: its shape. Whether it makes sense is for [`Questionnaire::check`].

use serde_json::Value;

use super::super::Texts;
use super::super::decimal::MAX_DIGITS;
use super::super::fault::{self, Codes, Fault};
use super::super::phrase::expected;
use super::check::{bad_limit, bad_year};
use super::form::Form;
use super::{
    Choice, Heading, MAX_ANSWER_CHARS, OptionSource, Question, QuestionType, Questionnaire, Scale,
    Section, TypeCode,
};

impl Questionnaire {
    /// Reads a questionnaire. Pointers are into the questionnaire's own JSON.
    ///
    /// # Errors
    ///
    /// Lists every member that is missing, unknown or of the wrong kind.
    pub fn read(json: &Value) -> Result<Self, Vec<Fault>> {
        let mut form = Form::from_json(json, "")?;
        let title = form.required("title", expected::TEXTS);
        let introduction = form.optional("introduction", expected::TEXTS);
        let sections = form.each("sections", section);
        let questionnaire = title.zip(sections);
        form.finish(questionnaire.map(|(title, sections)| Self {
            title,
            introduction,
            sections,
        }))
    }
}

impl TryFrom<Value> for Questionnaire {
    type Error = String;

    fn try_from(json: Value) -> Result<Self, String> {
        Self::read(&json).map_err(|faults| {
            let faults = faults
                .iter()
                .map(|fault| format!("{} at {:?}", fault.code, fault.pointer));
            faults.collect::<Vec<_>>().join(", ")
        })
    }
}

fn section(json: &Value, at: &str) -> Result<Section, Vec<Fault>> {
    let mut form = Form::from_json(json, at)?;
    let code = form.required("code", expected::TEXT);
    let title = form.required("title", expected::TEXTS);
    let questions = form.each("questions", question);
    let section = code.zip(title).zip(questions);
    form.finish(section.map(|((code, title), questions)| Section {
        code,
        title,
        questions,
    }))
}

fn question(json: &Value, at: &str) -> Result<Question, Vec<Fault>> {
    let mut form = Form::from_json(json, at)?;
    let code: Option<String> = form.required("code", expected::TEXT);
    let heading: Option<Heading> = form.required(
        "heading",
        expected::ONE_OF.codes(Heading::CODES.iter().copied()),
    );
    let text: Option<Texts> = form.required("text", expected::TEXTS);
    let help = form.optional("help", expected::TEXTS);
    let required = form
        .optional("required", expected::BOOLEAN)
        .unwrap_or_default();
    let standards = form
        .optional("standards", expected::LIST_OF_TEXTS)
        .unwrap_or_default();
    let kind = question_type(&mut form);
    let name = code.clone();
    let question = code.zip(heading).zip(text).zip(kind);
    let question = form.finish(question.map(|(((code, heading), text), kind)| Question {
        code,
        heading,
        text,
        help,
        required,
        standards,
        kind,
    }));
    question.map_err(|faults| match name {
        Some(name) => faults
            .into_iter()
            .map(|fault| fault.of_question(&name))
            .collect(),
        None => faults,
    })
}

fn question_type(form: &mut Form<'_>) -> Option<QuestionType> {
    let types = expected::ONE_OF.codes(TypeCode::CODES.iter().copied());
    let Some(name) = form.required("type", types) else {
        form.take_rest();
        return None;
    };
    Some(match name {
        TypeCode::OneChoice => QuestionType::OneChoice(scale_or_options(form)?),
        TypeCode::SeveralChoices => {
            let exclusive = form
                .optional("exclusive", expected::LIST_OF_TEXTS)
                .unwrap_or_default();
            QuestionType::SeveralChoices {
                options: form.each("options", choice)?,
                exclusive,
            }
        }
        TypeCode::Text => QuestionType::Text {
            max_length: form.whole("max_length", |at, _| bad_limit(1, MAX_ANSWER_CHARS, at)),
        },
        TypeCode::WholeNumber => QuestionType::WholeNumber {
            min: form.optional("min", expected::WHOLE_NUMBER),
            max: form.optional("max", expected::WHOLE_NUMBER),
            unit: form.optional("unit", expected::TEXTS),
        },
        TypeCode::Decimal => QuestionType::Decimal {
            min: form.optional("min", expected::DECIMAL),
            max: form.optional("max", expected::DECIMAL),
            places: form.whole("places", |at, _| bad_limit(0, MAX_DIGITS, at)),
            unit: form.optional("unit", expected::TEXTS),
        },
        TypeCode::Date => QuestionType::Date {
            min: form.day("min"),
            max: form.day("max"),
        },
        TypeCode::Year => QuestionType::Year {
            min: form.whole("min", bad_year),
            max: form.whole("max", bad_year),
        },
    })
}

fn scale_or_options(form: &mut Form<'_>) -> Option<OptionSource> {
    if form.has("scale") == form.has("options") {
        form.faults
            .push(fault::SCALE_OR_OPTIONS.at(form.at("options")));
    }
    if form.has("scale") {
        let scale: Option<Scale> =
            form.required("scale", expected::ONE_OF.codes(["yes_in_part_no"]));
        let _ = form.optional::<Value>("options", expected::LIST);
        scale.map(OptionSource::Scale)
    } else {
        form.has("options")
            .then(|| form.each("options", choice))
            .flatten()
            .map(OptionSource::Options)
    }
}

fn choice(json: &Value, at: &str) -> Result<Choice, Vec<Fault>> {
    let mut form = Form::from_json(json, at)?;
    let value = form.required("value", expected::TEXT);
    let label = form.required("label", expected::TEXTS);
    form.finish(
        value
            .zip(label)
            .map(|(value, label)| Choice { value, label }),
    )
}
