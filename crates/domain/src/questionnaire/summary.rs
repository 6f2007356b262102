//! What the log says of a question: codes only, the words stay in the content.

use serde::{Deserialize, Serialize};

use super::{FieldType, Heading, OptionSource, Questionnaire, Requirement, TypeCode};

/// A question of a revision, in the event that froze it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionSummary {
    /// The question's code.
    pub code: String,
    /// The code of its section.
    pub section: String,
    /// What it serves in the report; a note serves nothing there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Heading>,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: TypeCode,
    /// Whether it must be answered.
    pub required: bool,
    /// The values of its options, in order; not of those of a code list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// The codes of the standards that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<String>,
}

impl Questionnaire {
    /// A summary of each question, in order.
    pub fn summaries(&self) -> Vec<QuestionSummary> {
        let questions = self.sections.iter().flat_map(|section| {
            let questions = section.all_questions();
            questions.map(move |question| (section, question))
        });
        questions
            .map(|(section, question)| QuestionSummary {
                code: question.code.clone(),
                section: section.code.clone(),
                heading: question.heading,
                kind: question.type_code(),
                required: question.conditions.required == Requirement::Always,
                // A code list has thousands, and is in the content.
                options: match question.field().and_then(FieldType::option_source) {
                    Some(OptionSource::CodeList(_)) | None => Vec::new(),
                    Some(source @ (OptionSource::Options(_) | OptionSource::Scale(_))) => {
                        let options = source.choices().iter();
                        options.map(|option| option.value.clone()).collect()
                    }
                },
                standards: question.standards.clone(),
            })
            .collect()
    }
}
