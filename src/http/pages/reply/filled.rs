//! A form as it is filled in, whoever fills it in: a reply's, or one that is only tried.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::field::FieldMaker;
use super::input::FieldInput;
use super::sheet::is_of_blank;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::FaultBody;
use domain::phrase::PlaceholderValue;
use domain::questionnaire::{AnswerMap, AnswerValue, CheckRule, Field, Form, Section, Verdict};
use domain::{Fault, Lang, fault};

/// A form as it is filled in, and what is asked of it then.
#[derive(Clone, Copy)]
pub struct FilledForm<'a> {
    /// What is asked.
    pub form: &'a Form,
    /// What is answered.
    pub answers: &'a AnswerMap<AnswerValue>,
    /// What is not asked as the answers stand.
    pub irrelevant: &'a HashSet<String>,
    /// The checks, by the field at which each is explained.
    pub checks: &'a HashMap<usize, Arc<CheckRule>>,
}

impl FilledForm<'_> {
    /// Whether anything of a section is asked.
    pub fn is_asked(&self, section: &Section) -> bool {
        let mut questions = section.all_questions();
        questions.any(|question| !self.irrelevant.contains(&question.code))
    }

    /// The codes of the questions of a section that are not asked.
    pub fn hidden_questions(&self, section: &Section) -> String {
        let codes = section
            .all_questions()
            .map(|question| question.code.as_str());
        let hidden: Vec<&str> = codes
            .filter(|code| self.irrelevant.contains(*code))
            .collect();
        hidden.join(" ")
    }

    /// Whether questions of a section are asked that were hidden when it was shown.
    pub fn has_more(&self, section: &Section, hidden: &str) -> bool {
        let was_hidden: HashSet<&str> = hidden.split(' ').collect();
        let mut questions = section.all_questions();
        questions.any(|question| {
            let code = question.code.as_str();
            was_hidden.contains(code) && !self.irrelevant.contains(code)
        })
    }

    /// The addresses of all fields of a section that can be answered, of entries that there are.
    pub fn addresses(&self, section: &Section) -> Vec<String> {
        let index = self.place_of(section);
        let fields = self.form.fields().iter().enumerate();
        let fields = fields.filter(|(_, field)| field.section == index);
        let mut addresses = Vec::new();
        for (number, field) in fields {
            let is_answered = field.value_type().is_some_and(|kind| !kind.is_derived());
            if !is_answered {
                continue;
            }
            match self.form.list_of(number).filter(|_| field.is_of_entries()) {
                Some(list) => {
                    let list = self
                        .form
                        .fields()
                        .get(list)
                        .map_or("", |list| &list.address);
                    let entries = Form::entries(list, self.answers);
                    addresses.extend(entries.iter().map(|(_, id)| field.address_of(Some(id))));
                }
                None if field.is_of_entries() => {}
                None => addresses.push(field.address.to_string()),
            }
        }
        addresses
    }

    /// The addresses at which checks of a whole section are explained.
    pub fn section_checks(&self, section: &Section) -> Vec<String> {
        let index = self.place_of(section);
        let fields = self.form.fields().iter();
        let checks = fields.filter(|field| {
            field.is_check() && field.section == index && field.question == field.address
        });
        checks.map(|field| field.address.to_string()).collect()
    }

    fn place_of(&self, section: &Section) -> Option<usize> {
        let mut sections = self.form.sections.iter();
        sections.position(|held| held.code == section.code)
    }
}

/// What is calculated, as it stands on a page.
pub fn calculated_inputs(verdict: &Verdict, lang: Lang) -> BTreeMap<String, FieldInput> {
    let calculated = verdict.calculated.iter().map(|answer| {
        let number = answer.value.number().map(ToString::to_string);
        let shown = FieldInput {
            values: vec![locale::decimal(lang, &number.unwrap_or_default())],
            ..FieldInput::default()
        };
        (answer.code.clone(), shown)
    });
    calculated.collect()
}

/// The options that are not offered: address and option.
pub fn unoffered(verdict: &Verdict) -> HashSet<(&str, &str)> {
    let unoffered = verdict.unoffered.iter();
    let unoffered = unoffered.map(|(address, option)| (address.as_str(), option.as_str()));
    unoffered.collect()
}

/// What is wrong, by the address that it is at; with what is blank only where that was asked for.
pub fn told_faults(
    verdict: &Verdict,
    visitor: &Visitor,
    with_blank: bool,
) -> BTreeMap<String, Vec<String>> {
    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for fault in &verdict.faults {
        if with_blank || !is_of_blank(fault) {
            let address = fault.pointer.strip_prefix("/answers/").unwrap_or_default();
            let told = told.entry(address.to_owned()).or_default();
            told.push(told_of(fault, visitor));
        }
    }
    told
}

/// A fault as pages tell it: the codes of checks are for programs, and a check's own words stand above the box for its explanation.
fn told_of(fault: &Fault, visitor: &Visitor) -> String {
    let said = fault.args.iter().find_map(|(name, value)| match value {
        PlaceholderValue::Texts(texts) if *name == "text" => texts.pick(visitor.languages()),
        _ => None,
    });
    match said {
        _ if fault.code == fault::EXPLANATION_MISSING.code => {
            visitor.words.explanation_missing().to_owned()
        }
        Some((_, text)) if fault.code == fault::CHECK_REFUSES.code => text.to_owned(),
        _ => FaultBody::from_fault(fault, visitor.languages()).into_detail(),
    }
}

/// A fault that names options by what people read.
pub fn in_words(fault: &Fault, field: &Field) -> Fault {
    let mut fault = fault.clone();
    let choices = field.value_type().map_or(&[][..], |kind| kind.choices());
    for (_, value) in &mut fault.args {
        let choice = choices
            .iter()
            .find(|choice| *value == PlaceholderValue::same(&choice.value));
        if let Some(choice) = choice {
            *value = PlaceholderValue::Texts(choice.label.clone());
        }
    }
    fault
}

/// A fault in the summary on top.
pub struct SummaryLine {
    /// The address of what it is about.
    pub address: String,
    /// What is asked there.
    pub label: String,
    /// What is wrong.
    pub fault: String,
}

/// The faults of a section, as the summary on top lists them.
pub fn summary(
    maker: &FieldMaker<'_>,
    blocks: &[super::block::Block],
    explanations: &[super::field::FieldView],
) -> Vec<SummaryLine> {
    let mut labels: BTreeMap<String, String> = BTreeMap::new();
    super::labels::collect(blocks, explanations, &mut labels);
    let order: BTreeMap<&str, usize> = super::labels::order(blocks, explanations);
    let mut lines: Vec<SummaryLine> = maker
        .faults
        .iter()
        .filter_map(|(address, faults)| {
            let label = labels.get(address)?;
            Some(faults.iter().map(|fault| SummaryLine {
                address: address.clone(),
                label: label.clone(),
                fault: fault.clone(),
            }))
        })
        .flatten()
        .collect();
    lines.sort_by_key(|line| order.get(line.address.as_str()).copied());
    lines
}
