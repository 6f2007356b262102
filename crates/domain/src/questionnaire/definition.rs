//! Whether a questionnaire makes sense. Every fault is listed at once.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::code_list::code_list_faults;
use super::conditions::{CheckRule, check_faults};
use super::need_statement::need_faults;
use super::types::{Choice, CompoundType, FieldType, QuestionType, Table};
use super::{
    Form, Lang, MAX_FIELDS, MAX_NUMBER_CHARS, MAX_QUESTIONS, MAX_ROWS, MAX_TEXT_CHARS, Question,
    Questionnaire, Section, Texts, is_part_code,
};
use crate::fault::{self, Fault, FaultCode, pointer};

impl Questionnaire {
    /// Every fault of the questionnaire of an instrument in these languages. `standards` says whether there is a
    /// standard with a code. Pointers are into the questionnaire's own JSON.
    pub fn check(&self, languages: &[Lang], standards: &dyn Fn(&str) -> bool) -> Vec<Fault> {
        let mut definition = Definition {
            languages,
            standards,
            choices: BTreeMap::new(),
            codes: SeenCodes::default(),
        };
        let mut faults = definition.texts(&self.title, "/title");
        faults.extend(definition.optional_texts(self.introduction.as_ref(), "", "introduction"));
        if self.sections.is_empty() {
            faults.push(fault::NO_SECTION.at("/sections"));
        }
        if self.questions().count() > MAX_QUESTIONS {
            // Nor is each of them looked at: there may be tens of thousands.
            let fault = fault::TOO_MANY_QUESTIONS.at("/sections");
            faults.push(fault.arg("max", MAX_QUESTIONS));
            return faults;
        }
        faults.extend(definition.lists(self));
        faults.extend(definition.variables(self));
        faults.extend(check_faults(&self.checks, &definition, "/checks"));
        faults.extend(definition.check_codes(&self.checks, "/checks"));
        for (index, section) in self.sections.iter().enumerate() {
            faults.extend(definition.section(section, &format!("/sections/{index}")));
        }
        if faults.is_empty() {
            faults = self.form_faults();
        }
        faults
    }

    /// What is wrong with the whole of a questionnaire whose parts are in order: how many fields it has, and its rules.
    fn form_faults(&self) -> Vec<Fault> {
        let form = Form::new(Arc::new(self.clone()), None);
        if form.fields().len() > MAX_FIELDS {
            return vec![
                fault::TOO_MANY_FIELDS
                    .at("/sections")
                    .arg("max", MAX_FIELDS),
            ];
        }
        match form.rules() {
            Ok(_) => Vec::new(),
            Err(faults) => faults.clone(),
        }
    }
}

/// The codes seen so far.
#[derive(Default)]
struct SeenCodes<'a> {
    sections: BTreeSet<&'a str>,
    questions: BTreeSet<&'a str>,
    checks: BTreeSet<Cow<'a, str>>,
}

/// A questionnaire whose definition is looked at.
pub(super) struct Definition<'a> {
    languages: &'a [Lang],
    standards: &'a dyn Fn(&str) -> bool,
    /// The questions so far whose options can be a table's rows, each with its options.
    choices: BTreeMap<&'a str, &'a [Choice]>,
    codes: SeenCodes<'a>,
}

impl<'a> Definition<'a> {
    /// What is wrong with texts that must be there in every language.
    pub(super) fn texts(&self, texts: &Texts, at: &str) -> Vec<Fault> {
        texts.faults(at, self.languages, MAX_TEXT_CHARS)
    }

    /// What is wrong with texts that may be absent.
    pub(super) fn optional_texts(
        &self,
        texts: Option<&Texts>,
        at: &str,
        field: &str,
    ) -> Vec<Fault> {
        texts.map_or_else(Vec::new, |texts| self.texts(texts, &pointer(at, field)))
    }

    /// What is wrong with an official number.
    pub(super) fn number(&self, number: Option<&str>, at: &str) -> Option<Fault> {
        fault::of_text(number?, &pointer(at, "number"), MAX_NUMBER_CHARS)
    }

    /// The fault of rows that are to be the options of a question that stands later, has none, or has some that cannot be rows of
    /// this table.
    pub(super) fn rows_of(&self, question: &str, table: &Table, at: &str) -> Option<Fault> {
        let can_be = self.choices.get(question).is_some_and(|options| {
            let mut values = options.iter().map(|option| option.value.as_str());
            options.len() <= MAX_ROWS
                && values.all(|value| is_part_code(value) && !table.has_field(value))
        });
        (!can_be).then(|| {
            fault::ROWS_OF_NO_CHOICES
                .at(pointer(at, "rows_of"))
                .arg("code", question)
        })
    }

    /// The options of a question so far that can be a table's rows.
    pub(super) fn options_of(&self, question: &str) -> Vec<String> {
        let options = self.choices.get(question).copied().unwrap_or_default();
        options.iter().map(|option| option.value.clone()).collect()
    }

    fn lists(&self, questionnaire: &Questionnaire) -> Vec<Fault> {
        let mut seen = BTreeSet::new();
        let mut faults = Vec::new();
        for (index, list) in questionnaire.code_lists.iter().enumerate() {
            let at = format!("/code_lists/{index}");
            faults.extend(code_list_faults(list, &at, MAX_TEXT_CHARS));
            if !seen.insert(&list.code) {
                let twice = fault::DUPLICATE_CODE_LIST.at(pointer(&at, "code"));
                faults.push(twice.arg("code", &list.code));
            }
        }
        faults
    }

    fn variables(&self, questionnaire: &Questionnaire) -> Vec<Fault> {
        let mut seen = BTreeSet::new();
        let mut faults = Vec::new();
        for (index, variable) in questionnaire.variables.iter().enumerate() {
            let at = format!("/variables/{index}/code");
            if !is_part_code(&variable.code) {
                faults.push(fault::BAD_PART_CODE.at(&at).arg("code", &variable.code));
            }
            if !seen.insert(&variable.code) {
                faults.push(fault::DUPLICATE_VARIABLE.at(at).arg("code", &variable.code));
            }
        }
        faults
    }

    fn check_codes(&mut self, checks: &'a [CheckRule], at: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (index, check) in checks.iter().enumerate() {
            let at = pointer(&pointer(at, index), "code");
            faults.extend(self.check_code(Cow::Borrowed(&check.code), &at));
        }
        faults
    }

    /// Notes the code of a check. The fault of one that there is already.
    fn check_code(&mut self, code: Cow<'a, str>, at: &str) -> Option<Fault> {
        let twice = fault::DUPLICATE_CHECK.at(at).arg("code", &code);
        (!self.codes.checks.insert(code)).then_some(twice)
    }

    fn section(&mut self, section: &'a Section, at: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(code_fault(&section.code, at));
        if !self.codes.sections.insert(&section.code) {
            faults.push(
                fault::DUPLICATE_SECTION
                    .at(pointer(at, "code"))
                    .arg("code", &section.code),
            );
        }
        faults.extend(self.texts(&section.title, &pointer(at, "title")));
        faults.extend(self.optional_texts(section.help.as_ref(), at, "help"));
        let checks = pointer(at, "checks");
        faults.extend(check_faults(&section.checks, self, &checks));
        faults.extend(self.check_codes(&section.checks, &checks));
        let questions = pointer(at, "questions");
        if section.questions.is_empty() && section.sections.is_empty() {
            faults.push(fault::NO_QUESTION.at(questions.as_str()));
        }
        for (index, question) in section.questions.iter().enumerate() {
            let found = self.question(question, &pointer(&questions, index));
            faults.extend(
                found
                    .into_iter()
                    .map(|fault| fault.of_question(&question.code)),
            );
        }
        let inner = pointer(at, "sections");
        for (index, section) in section.sections.iter().enumerate() {
            faults.extend(self.section(section, &pointer(&inner, index)));
        }
        faults
    }

    fn question(&mut self, question: &'a Question, at: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(code_fault(&question.code, at));
        let twice = |fault: FaultCode| fault.at(pointer(at, "code")).arg("code", &question.code);
        if !self.codes.questions.insert(&question.code) {
            faults.push(twice(fault::DUPLICATE_QUESTION));
        }
        faults.extend(question.asked.faults(self, at));
        let standards = pointer(at, "standards");
        for (index, code) in question
            .standards
            .iter()
            .enumerate()
            .filter(|(_, code)| !(self.standards)(code))
        {
            faults.push(
                fault::UNKNOWN_STANDARD
                    .at(pointer(&standards, index))
                    .arg("code", code),
            );
        }
        faults.extend(question.kind.faults(self, at));
        faults.extend(need_faults(question, self, at));
        for (checks, at) in checks_of(question, at) {
            faults.extend(self.check_codes(checks, &at));
        }
        if let QuestionType::Compound(CompoundType::Table(table)) = &question.kind {
            for sum in table.sums() {
                let code = Cow::Owned(sum.check_code(&question.code, table));
                faults.extend(self.check_code(code, &sum.place(at)));
            }
        }
        if let QuestionType::Field(
            field @ (FieldType::SeveralChoices(_) | FieldType::Rank(_) | FieldType::OneChoice(_)),
        ) = &question.kind
        {
            self.choices.insert(&question.code, field.choices());
        }
        faults
    }
}

/// The checks of a question and of its columns and parts, each with their place.
fn checks_of<'a>(question: &'a Question, at: &str) -> Vec<(&'a [CheckRule], String)> {
    let mut checks = vec![(question.conditions.checks.as_slice(), pointer(at, "checks"))];
    let mut add = |inner: &str, index: usize, found: &'a [CheckRule]| {
        let at = pointer(&pointer(at, inner), index);
        checks.push((found, pointer(&at, "checks")));
    };
    match &question.kind {
        QuestionType::Field(_) => {}
        QuestionType::Compound(kind) => match kind {
            CompoundType::Table(table) => {
                for (index, column) in table.columns.iter().enumerate() {
                    add("columns", index, &column.conditions.checks);
                }
            }
            CompoundType::Group(group) => {
                for (index, part) in group.parts.iter().enumerate() {
                    add("parts", index, &part.conditions.checks);
                }
            }
            CompoundType::List(list) => {
                for (index, part) in list.parts.iter().enumerate() {
                    add("parts", index, &part.conditions.checks);
                }
            }
            CompoundType::LegalReference(_) | CompoundType::Note(_) => {}
        },
    }
    checks
}

fn code_fault(code: &str, at: &str) -> Option<Fault> {
    let allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    let good = fault::is_code(code, 1..=16, allowed)
        && code.starts_with(|first: char| first.is_ascii_uppercase());
    (!good).then(|| {
        fault::BAD_QUESTION_CODE
            .at(pointer(at, "code"))
            .arg("code", code)
    })
}
