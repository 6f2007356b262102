//! A questionnaire as it is asked: its fields by their addresses, its rules compiled.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::fields::expansion::{Expansion, FieldSum, NeedPlace, expand};
use super::fields::{Field, FieldIndex, FieldPlace, LocatedField};
use super::rule_set::RuleSet;
use super::rule_set::source::{Effect, RuleSource};
use super::types::{Calculated, MAX_LIST_ENTRIES};
use super::{AnswerMap, AnswerValue, CheckRule, FieldType, Question, Questionnaire, Section};
use crate::{ContentId, Decimal, Fault};

/// A questionnaire as it is asked, in a collection with this reference year.
#[derive(Debug)]
pub struct Form {
    questionnaire: Arc<Questionnaire>,
    reference_year: Option<i16>,
    expansion: Expansion,
    index: FieldIndex,
    /// Of each field of a list's entries, the list.
    lists: Vec<Option<usize>>,
    rules: OnceLock<Result<RuleSet, Vec<Fault>>>,
}

impl Deref for Form {
    type Target = Questionnaire;

    fn deref(&self) -> &Questionnaire {
        &self.questionnaire
    }
}

impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        self.questionnaire == other.questionnaire && self.reference_year == other.reference_year
    }
}

impl From<Questionnaire> for Form {
    fn from(questionnaire: Questionnaire) -> Self {
        Self::new(Arc::new(questionnaire), None)
    }
}

impl Form {
    /// A questionnaire as a collection with this reference year asks it; without one, years are named as rules name them.
    pub fn new(questionnaire: Arc<Questionnaire>, reference_year: Option<i16>) -> Self {
        let expansion = expand(&questionnaire, reference_year);
        let mut list = None;
        let lists = expansion.fields.iter().enumerate().map(|(index, field)| {
            match field.place {
                FieldPlace::List => list = Some(index),
                _ if !field.is_of_entries() => list = None,
                _ => {}
            }
            list
        });
        Self {
            index: FieldIndex::new(&expansion.fields),
            lists: lists.collect(),
            questionnaire,
            reference_year,
            expansion,
            rules: OnceLock::new(),
        }
    }

    /// The questionnaire itself.
    pub const fn questionnaire(&self) -> &Arc<Questionnaire> {
        &self.questionnaire
    }

    /// The year to which its columns are relative.
    pub const fn reference_year(&self) -> Option<i16> {
        self.reference_year
    }

    /// Its fields, in the order in which they are asked.
    pub fn fields(&self) -> &[Field] {
        &self.expansion.fields
    }

    /// Its tables' sums, each as it is checked.
    pub fn sums(&self) -> &[FieldSum] {
        &self.expansion.sums
    }

    /// The field at an address.
    pub fn field<'a>(&'a self, address: &'a str) -> Option<LocatedField<'a>> {
        self.index.find(&self.expansion.fields, address)
    }

    /// What in it may state a need for technical assistance.
    pub(super) fn need_places(&self) -> &[NeedPlace] {
        &self.expansion.needs
    }

    /// Whether rows, entries or groups of it state needs for technical assistance.
    pub fn states_needs(&self) -> bool {
        !self.expansion.needs.is_empty()
    }

    /// Its rules, compiled when they are first asked for.
    ///
    /// # Errors
    /// Every fault of them. A revision has none: they are looked at before it is made.
    pub fn rules(&self) -> Result<&RuleSet, &Vec<Fault>> {
        let compile = || RuleSet::compile(&self.expansion.fields, &self.expansion.rules);
        self.rules.get_or_init(compile).as_ref()
    }

    /// The contents of these answers whose words its rules look at: of most forms none.
    pub fn words_read(&self, answers: &AnswerMap<AnswerValue>) -> Vec<ContentId> {
        let Ok(rules) = self.rules() else {
            return Vec::new();
        };
        if !rules.reads_any_words() {
            return Vec::new();
        }
        let read = answers.iter().filter_map(|(address, value)| {
            let located = self.field(address)?;
            let AnswerValue::Text(text) = value else {
                return None;
            };
            rules
                .reads_words(located.index)
                .then_some(text.content.content)
        });
        read.collect()
    }

    /// Its rules as they are written, each with all that it stands on.
    pub(super) fn rule_sources(&self) -> &[RuleSource] {
        &self.expansion.rules
    }

    /// Its checks, each by the field at which it is explained.
    pub fn checks(&self) -> HashMap<usize, Arc<CheckRule>> {
        let targets = self.expansion.rules.iter().flat_map(|rule| &rule.targets);
        let checks = targets.filter_map(|target| match &target.effect {
            Effect::Checks { check, at, .. } => Some((*at, Arc::clone(check))),
            _ => None,
        });
        checks.collect()
    }

    /// The question with this code.
    pub fn question(&self, code: &str) -> Option<&Question> {
        let located = self
            .field(code)
            .filter(|found| &*found.field.question == code);
        match located.and_then(|found| found.field.section) {
            Some(section) => {
                let mut questions = self.sections.get(section)?.all_questions();
                questions.find(|question| question.code == code)
            }
            // Of a table, a group or a note no field has the code itself.
            None => self.questions().find(|question| question.code == code),
        }
    }

    /// The question of which a field with this address is, or that has this code.
    pub fn question_at(&self, address: &str) -> Option<&Question> {
        match self.field(address) {
            Some(located) => self.question(&located.field.question),
            None => self.question(address),
        }
    }

    /// The section that holds the field, the row or the question with this address.
    pub fn section_of(&self, address: &str) -> Option<&Section> {
        if let Some(located) = self.field(address) {
            return self.sections.get(located.field.section?);
        }
        // A row, or a question that is no field itself.
        let code = address.split('.').next().unwrap_or_default();
        let holds = |section: &&Section| {
            section
                .all_questions()
                .any(|question| question.code == code)
        };
        self.sections.iter().find(holds)
    }

    /// Whether there is something with this address of which one can speak: a question, a field, a row `P1.theft`, a column
    /// `P1.*.y2024`, an entry of a list, a part of its entries `L1.*.title`.
    pub fn names(&self, address: &str) -> bool {
        if self.field(address).is_some() || self.question(address).is_some() {
            return true;
        }
        let above = format!("{address}.");
        let column = address.split_once(".*.");
        self.fields().iter().any(|field| {
            let is_column = |(question, column): (&str, &str)| {
                let code = match &field.place {
                    FieldPlace::Cell { column, .. } => &**column,
                    _ => return false,
                };
                *field.question == *question && code == column
            };
            // A row, a part that has parts; a part of a list's entries, whichever.
            field.address.starts_with(&above)
                || *field.address == *address
                || column.is_some_and(is_column)
        })
    }

    /// The entries of a list among answers, in order: where each stands, and its id.
    pub fn entries<'a>(
        list: &str,
        answers: &'a AnswerMap<AnswerValue>,
    ) -> Vec<(&'a Decimal, &'a str)> {
        let prefix = format!("{list}.");
        // What begins with the prefix stands together.
        let from = answers.range(prefix.clone()..);
        let of_list = from.take_while(|(address, _)| address.starts_with(&prefix));
        let entries = of_list.filter_map(|(address, value)| match value {
            AnswerValue::Entry(order) => Some((order, address.get(prefix.len()..)?)),
            _ => None,
        });
        let mut entries: Vec<_> = entries.collect();
        entries.sort();
        entries
    }

    /// How many answers anybody can mean to give at once: one to each field, of each list's entries too.
    pub fn most_answers(&self) -> usize {
        let entries = MAX_LIST_ENTRIES as usize;
        let fields = self.fields().iter();
        fields
            .map(|field| if field.is_of_entries() { entries } else { 1 })
            .sum()
    }

    /// Where its lists are among the fields.
    pub fn lists(&self) -> impl Iterator<Item = usize> {
        let lists = self.lists.iter().enumerate();
        lists.filter_map(|(index, list)| (*list == Some(index)).then_some(index))
    }

    /// The list of whose entries a field is, or that it is itself.
    pub fn list_of(&self, field: usize) -> Option<usize> {
        self.lists.get(field).copied().flatten()
    }

    /// Where the fields of a list's entries are.
    pub fn fields_of_list(&self, list: usize) -> impl Iterator<Item = usize> {
        let fields = self.lists.iter().enumerate().skip(list + 1);
        fields
            .take_while(move |(_, of)| **of == Some(list))
            .map(|(index, _)| index)
    }

    /// How a field is calculated, where nobody answers it.
    pub fn calculated(&self, field: usize) -> Option<&Calculated> {
        match self.fields().get(field)?.value_type()? {
            FieldType::Calculated(calculated) => Some(calculated),
            _ => None,
        }
    }

    /// The addresses of answers, in the order in which they are asked: of a list, entry by entry.
    pub fn in_order<'a>(&self, answers: &'a AnswerMap<AnswerValue>) -> Vec<&'a str> {
        let mut placed: Vec<_> = answers
            .keys()
            .map(|address| (self.place_of(address, answers), address.as_str()))
            .collect();
        placed.sort();
        placed.into_iter().map(|(_, address)| address).collect()
    }

    /// Addresses of fields, in the order in which they are asked: of a list, entry by entry as their ids come.
    pub fn in_order_of<'a>(&self, addresses: impl Iterator<Item = &'a String>) -> Vec<String> {
        let none = AnswerMap::default();
        let mut addresses: Vec<String> = addresses.cloned().collect();
        addresses.sort_by_cached_key(|address| self.place_of(address, &none));
        addresses
    }

    /// Where an address stands: what is asked earlier comes first.
    pub(crate) fn place_of(
        &self,
        address: &str,
        answers: &AnswerMap<AnswerValue>,
    ) -> (usize, Option<Decimal>, String, usize) {
        let Some(located) = self.field(address) else {
            // A file may belong to a table or a row as a whole.
            let of_question = self.fields().iter().position(|field| {
                *field.question == *address || field.address.starts_with(&format!("{address}."))
            });
            return (
                of_question.unwrap_or(usize::MAX),
                None,
                address.to_owned(),
                0,
            );
        };
        let (Some(entry), Some(list)) = (located.entry, self.list_of(located.index)) else {
            return (located.index, None, String::new(), 0);
        };
        let name = self.fields().get(list).map_or("", |field| &field.address);
        let order = match answers.get(&format!("{name}.{entry}")) {
            Some(AnswerValue::Entry(order)) => Some(order.clone()),
            _ => None,
        };
        (list, order, entry.to_owned(), located.index)
    }
}
