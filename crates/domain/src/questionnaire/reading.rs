//! Reading a questionnaire from JSON: its shape. Whether it makes sense is for [`Questionnaire::check`].

use serde_json::Value;

use super::code_list::{CodeLists, code_list};
use super::conditions::check_rule;
use super::object_reader::ObjectReader;
use super::{
    Asked, CompoundType, FieldType, Heading, Question, QuestionType, Questionnaire, SameAs,
    Section, Variable,
};
use crate::fault::{self, Codes, Fault};
use crate::phrase::expected;

impl Questionnaire {
    /// Reads a questionnaire. Pointers are into the questionnaire's own JSON.
    ///
    /// # Errors
    ///
    /// Lists every member that is missing, unknown or of the wrong kind.
    pub fn read(json: &Value) -> Result<Self, Vec<Fault>> {
        // What choices can name is read first, wherever it stands.
        let standard = CodeLists::default();
        let mut reader = ObjectReader::from_json(json, "", &standard)?;
        let code_lists = reader.each_if_any("code_lists", code_list);
        let lists = CodeLists::new(code_lists.as_deref().unwrap_or_default());
        let mut reader = reader.with_lists(&lists);
        let title = reader.required("title", expected::TEXTS);
        let introduction = reader.optional("introduction", expected::TEXTS);
        let variables = reader.each_if_any("variables", variable);
        let checks = reader.each_if_any("checks", check_rule);
        let sections = reader.each("sections", section);
        let questionnaire = title
            .zip(sections)
            .zip(code_lists)
            .zip(variables)
            .zip(checks);
        reader.finish(questionnaire.map(
            |((((title, sections), code_lists), variables), checks)| Self {
                title,
                introduction,
                code_lists,
                variables,
                checks,
                sections,
            },
        ))
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

/// A rule that may be absent: a text.
pub(super) fn rule(reader: &mut ObjectReader<'_>, field: &'static str) -> Option<String> {
    reader.optional(field, expected::RULE)
}

fn variable(json: &Value, at: &str, lists: &CodeLists) -> Result<Variable, Vec<Fault>> {
    let mut reader = ObjectReader::from_json(json, at, lists)?;
    let code = reader.required("code", expected::TEXT);
    let rule = reader.required("rule", expected::RULE);
    reader.finish(code.zip(rule).map(|(code, rule)| Variable { code, rule }))
}

fn section(json: &Value, at: &str, lists: &CodeLists) -> Result<Section, Vec<Fault>> {
    section_with(json, at, lists, true)
}

fn sub_section(json: &Value, at: &str, lists: &CodeLists) -> Result<Section, Vec<Fault>> {
    section_with(json, at, lists, false)
}

fn section_with(
    json: &Value,
    at: &str,
    lists: &CodeLists,
    has_sections: bool,
) -> Result<Section, Vec<Fault>> {
    let mut reader = ObjectReader::from_json(json, at, lists)?;
    let code = reader.required("code", expected::TEXT);
    let title = reader.required("title", expected::TEXTS);
    let help = reader.optional("help", expected::TEXTS);
    let relevant = rule(&mut reader, "relevant");
    let checks = reader.each_if_any("checks", check_rule);
    let questions = reader.each("questions", question);
    let sections = if has_sections {
        reader.each_if_any("sections", sub_section)
    } else {
        if reader.has("sections") {
            let deep = fault::SECTIONS_TOO_DEEP.at(reader.at("sections"));
            reader.faults.push(deep);
            let _ = reader.optional::<Value>("sections", expected::LIST);
        }
        Some(Vec::new())
    };
    let section = code.zip(title).zip(questions).zip(sections).zip(checks);
    reader.finish(
        section.map(|((((code, title), questions), sections), checks)| Section {
            code,
            title,
            help,
            relevant,
            checks,
            questions,
            sections,
        }),
    )
}

fn question(json: &Value, at: &str, lists: &CodeLists) -> Result<Question, Vec<Fault>> {
    let mut reader = ObjectReader::from_json(json, at, lists)?;
    let code: Option<String> = reader.required("code", expected::TEXT);
    let heading: Option<Heading> = reader.optional(
        "heading",
        expected::ONE_OF.codes(Heading::CODES.iter().copied()),
    );
    let asked = Asked::read(&mut reader);
    let standards = reader
        .optional("standards", expected::LIST_OF_TEXTS)
        .unwrap_or_default();
    let same_as = reader.inner_if_any("same_as", SameAs::read);
    let kind = QuestionType::of_member(&mut reader);
    let asks_nothing = matches!(
        kind,
        Some(
            QuestionType::Compound(CompoundType::Note(_))
                | QuestionType::Field(FieldType::Calculated(_))
        )
    );
    if !asks_nothing && !reader.has("heading") {
        let missing = fault::MISSING_FIELD.at(reader.at("heading"));
        reader.faults.push(missing.arg("field", "heading"));
    }
    let name = code.clone();
    let question = code.zip(asked).zip(kind);
    let question = reader.finish(question.map(|((code, asked), kind)| Question {
        code,
        heading,
        same_as,
        asked,
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
