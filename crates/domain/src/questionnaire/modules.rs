//! Questionnaires made of others: a copy of a revision of another instrument, or sections taken over from one.
//!
//! What is taken over asks the same, so each of its questions says so (`same_as`): of the question that it was taken from, whatever
//! that was the same as itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::fields::Field;
use super::rule_set::source::Effect;
use super::{
    CheckRule, CompoundType, FieldType, Form, MAX_FIELDS, MAX_QUESTIONS, OptionSource, Question,
    QuestionType, Questionnaire, SameAs, Section,
};
use crate::InstrumentId;
use crate::fault::{self, Fault, pointer};

/// The most sections that are taken over at once.
pub const MAX_SECTIONS_TAKEN: usize = 200;

impl Questionnaire {
    /// The same questionnaire, for another instrument than this one's: every question says what it is the same as.
    #[must_use]
    pub fn copied_from(&self, instrument: InstrumentId) -> Self {
        let mut copy = self.clone();
        for section in &mut copy.sections {
            section.map_to(instrument);
        }
        copy
    }

    /// This questionnaire with sections of a revision after its own: with the code lists that their questions name, and the
    /// variables that their rules read. In its `own` instrument codes say themselves what is the same.
    ///
    /// # Errors
    /// What stands in the way, with pointers to the sections' codes among those that are `named`: that there is no such section,
    /// that a code is taken, that rules read what is not taken over, that there would be too much.
    pub fn with_sections_of(
        &self,
        source: &Arc<Self>,
        named: &[String],
        (of, own): (InstrumentId, InstrumentId),
    ) -> Result<Self, Vec<Fault>> {
        let mut taking = Taking {
            into: self,
            source,
            codes: SeenCodes::of(self),
            faults: Vec::new(),
        };
        let sections = taking.sections(named);
        let variables = taking.variables(&sections);
        let lists = taking.lists(&sections);
        let mut whole = self.clone();
        for (_, index) in &sections {
            let Some(section) = source.sections.get(*index) else {
                continue;
            };
            let mut section = section.clone();
            if of != own {
                section.map_to(of);
            }
            whole.sections.push(section);
        }
        let variables = variables.into_iter();
        whole
            .variables
            .extend(variables.filter_map(|index| source.variables.get(index).cloned()));
        let lists = lists.into_iter();
        whole
            .code_lists
            .extend(lists.filter_map(|index| source.code_lists.get(index).cloned()));
        let mut faults = taking.faults;
        if whole.questions().count() > MAX_QUESTIONS {
            let fault = fault::TOO_MANY_QUESTIONS.at("/sections");
            faults.push(fault.arg("max", MAX_QUESTIONS));
        } else if faults.is_empty() && field_count(&whole) > MAX_FIELDS {
            let fault = fault::TOO_MANY_FIELDS.at("/sections");
            faults.push(fault.arg("max", MAX_FIELDS));
        }
        fault::none(faults).map(|()| whole)
    }
}

fn field_count(questionnaire: &Questionnaire) -> usize {
    Form::new(Arc::new(questionnaire.clone()), None)
        .fields()
        .len()
}

impl Section {
    /// Each question that is answered is the same as the one with its code there.
    fn map_to(&mut self, instrument: InstrumentId) {
        for question in &mut self.questions {
            if question.has_fields() {
                question.same_as = Some(SameAs {
                    instrument,
                    question: question.code.clone(),
                });
            }
        }
        for section in &mut self.sections {
            section.map_to(instrument);
        }
    }
}

impl Question {
    /// Whether anything of it is answered, or calculated.
    const fn has_fields(&self) -> bool {
        match &self.kind {
            QuestionType::Field(_) => true,
            QuestionType::Compound(kind) => match kind {
                CompoundType::Table(_)
                | CompoundType::Group(_)
                | CompoundType::List(_)
                | CompoundType::LegalReference(_) => true,
                CompoundType::Note(_) => false,
            },
        }
    }

    /// The types of its fields.
    fn field_types(&self) -> Vec<&FieldType> {
        match &self.kind {
            QuestionType::Field(field) => vec![field],
            QuestionType::Compound(kind) => match kind {
                CompoundType::Table(table) => {
                    table.columns.iter().map(|column| &column.kind).collect()
                }
                CompoundType::Group(group) => group
                    .parts
                    .iter()
                    .filter_map(|part| part.kind.field())
                    .collect(),
                CompoundType::List(list) => list
                    .parts
                    .iter()
                    .filter_map(|part| part.kind.field())
                    .collect(),
                CompoundType::LegalReference(_) | CompoundType::Note(_) => Vec::new(),
            },
        }
    }
}

/// The codes that a questionnaire has.
struct SeenCodes<'a> {
    sections: BTreeSet<&'a str>,
    questions: BTreeSet<&'a str>,
    checks: BTreeSet<&'a str>,
    variables: BTreeSet<&'a str>,
}

impl<'a> SeenCodes<'a> {
    fn of(questionnaire: &'a Questionnaire) -> Self {
        let mut seen = Self {
            sections: BTreeSet::new(),
            questions: BTreeSet::new(),
            checks: questionnaire.checks.iter().map(code_of).collect(),
            variables: BTreeSet::new(),
        };
        let variables = questionnaire.variables.iter();
        seen.variables
            .extend(variables.map(|variable| variable.code.as_str()));
        for section in &questionnaire.sections {
            seen.add(section);
        }
        seen
    }

    fn add(&mut self, section: &'a Section) {
        self.sections.insert(&section.code);
        self.checks.extend(section.checks.iter().map(code_of));
        for question in &section.questions {
            self.questions.insert(&question.code);
            self.checks.extend(checks_of(question).map(code_of));
        }
        for inner in &section.sections {
            self.add(inner);
        }
    }
}

fn code_of(check: &CheckRule) -> &str {
    &check.code
}

/// The checks of a question, of its columns or its parts.
fn checks_of(question: &Question) -> impl Iterator<Item = &CheckRule> {
    let inner: Vec<&CheckRule> = match &question.kind {
        QuestionType::Field(_) => Vec::new(),
        QuestionType::Compound(kind) => match kind {
            CompoundType::Table(table) => {
                let columns = table.columns.iter();
                columns
                    .flat_map(|column| &column.conditions.checks)
                    .collect()
            }
            CompoundType::Group(group) => {
                let parts = group.parts.iter();
                parts.flat_map(|part| &part.conditions.checks).collect()
            }
            CompoundType::List(list) => {
                let parts = list.parts.iter();
                parts.flat_map(|part| &part.conditions.checks).collect()
            }
            CompoundType::LegalReference(_) | CompoundType::Note(_) => Vec::new(),
        },
    };
    question.conditions.checks.iter().chain(inner)
}

/// Sections on their way from one questionnaire into another.
struct Taking<'a> {
    into: &'a Questionnaire,
    source: &'a Arc<Questionnaire>,
    /// The codes that are taken.
    codes: SeenCodes<'a>,
    faults: Vec<Fault>,
}

impl<'a> Taking<'a> {
    /// The sections that are named, each with the pointer to its name: their places in the source.
    fn sections(&mut self, named: &[String]) -> Vec<(String, usize)> {
        let mut found: Vec<(String, usize)> = Vec::new();
        if named.is_empty() {
            self.faults.push(fault::LIST_EMPTY.at("/sections"));
        }
        for (index, code) in named.iter().enumerate() {
            let at = pointer("/sections", index);
            let place = self
                .source
                .sections
                .iter()
                .position(|section| section.code == *code);
            match place {
                None => self
                    .faults
                    .push(fault::NO_SUCH_SECTION.at(at).arg("code", code)),
                Some(place) => {
                    if let Some(section) = self.source.sections.get(place) {
                        self.clashes(section, &at);
                        self.codes.add(section);
                    }
                    found.push((at, place));
                }
            }
        }
        found
    }

    /// What a section's codes share with those that are taken.
    fn clashes(&mut self, section: &'a Section, at: &str) {
        let mut own = SeenCodes {
            sections: BTreeSet::new(),
            questions: BTreeSet::new(),
            checks: BTreeSet::new(),
            variables: BTreeSet::new(),
        };
        own.add(section);
        let taken = &self.codes;
        let clashing = own
            .sections
            .intersection(&taken.sections)
            .chain(own.questions.intersection(&taken.questions))
            .chain(own.checks.intersection(&taken.checks));
        let clashing = clashing.map(|code| fault::CODE_IS_TAKEN.at(at).arg("code", code));
        self.faults.extend(clashing.collect::<Vec<_>>());
    }

    /// The variables that the rules of these sections read, themselves or by way of others: their places in the source.
    fn variables(&mut self, sections: &[(String, usize)]) -> BTreeSet<usize> {
        let form = Form::new(self.source.clone(), None);
        let Ok(rules) = form.rules() else {
            // A revision's rules have no faults.
            return BTreeSet::new();
        };
        let codes = self.source.variables.iter().enumerate();
        let codes: BTreeMap<&str, usize> = codes
            .map(|(index, variable)| (variable.code.as_str(), index))
            .collect();
        let fields = form.fields().iter();
        let section_of: BTreeMap<&str, Option<usize>> = fields
            .map(|field: &Field| (&*field.rule_name, field.section))
            .collect();
        // What each variable reads, and each section.
        let mut of_variables: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        let mut of_sections: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        let sources = form.rule_sources().iter();
        let targets = sources.flat_map(|rule| rule.targets.iter().map(move |of| (rule, of)));
        for (number, (rule, target)) in targets.enumerate() {
            let reads = rules.reads(number).into_iter().map(|(_, name)| name);
            let of = match &target.effect {
                Effect::Defines(name) => codes
                    .get(&**name)
                    .map(|index| of_variables.entry(*index).or_default()),
                Effect::Hides(_)
                | Effect::Requires(_)
                | Effect::Calculates(_)
                | Effect::Begins(_)
                | Effect::StatesNeed(_)
                | Effect::Offers { .. }
                | Effect::Checks { .. } => {
                    section_at(&rule.at).map(|index| of_sections.entry(index).or_default())
                }
            };
            if let Some(of) = of {
                of.extend(reads);
            }
        }
        let taken: BTreeSet<usize> = sections.iter().map(|(_, index)| *index).collect();
        let mut variables = BTreeSet::new();
        for (at, index) in sections {
            let mut open: Vec<&str> = of_sections
                .get(index)
                .into_iter()
                .flatten()
                .copied()
                .collect();
            let mut seen = BTreeSet::new();
            let mut outside = BTreeSet::new();
            while let Some(name) = open.pop() {
                if !seen.insert(name) {
                    continue;
                }
                if let Some(variable) = codes.get(name) {
                    variables.insert(*variable);
                    open.extend(of_variables.get(variable).into_iter().flatten().copied());
                } else if let Some(section) = section_of.get(name)
                    && !section.is_some_and(|section| taken.contains(&section))
                {
                    outside.insert(name);
                }
            }
            let outside = outside.into_iter();
            self.faults.extend(outside.map(|name| {
                fault::RULES_READ_OUTSIDE
                    .at(at.as_str())
                    .arg("address", name)
            }));
        }
        for variable in &variables {
            let code = self.source.variables.get(*variable);
            let code = code.map_or("", |variable| variable.code.as_str());
            if self.codes.variables.contains(code) {
                let clash = fault::CODE_IS_TAKEN.at("/sections").arg("code", code);
                self.faults.push(clash);
            }
        }
        variables
    }

    /// The code lists of the source that questions of these sections name and that are not there yet: their places.
    fn lists(&mut self, sections: &[(String, usize)]) -> BTreeSet<usize> {
        let mut lists = BTreeSet::new();
        for (at, index) in sections {
            let Some(section) = self.source.sections.get(*index) else {
                continue;
            };
            let named = section.all_questions().flat_map(Question::field_types);
            let named: BTreeSet<&str> = named
                .filter_map(|kind| match kind.option_source()? {
                    OptionSource::CodeList(list) => Some(list.code.as_str()),
                    OptionSource::Options(_) | OptionSource::Scale(_) => None,
                })
                .collect();
            for code in named {
                let mut own = self.source.code_lists.iter().enumerate();
                let own = own.find(|(_, list)| list.code == code);
                let there = self.into.code_lists.iter().find(|list| list.code == code);
                match (own, there) {
                    (Some((place, _)), None) => drop(lists.insert(place)),
                    (Some((_, own)), Some(there)) if own == there => {}
                    // Of the product's own lists none is brought; one of that name here is another.
                    (None, None) => {}
                    (Some(_) | None, Some(_)) => self
                        .faults
                        .push(fault::CODE_IS_TAKEN.at(at.as_str()).arg("code", code)),
                }
            }
        }
        lists
    }
}

/// The section on which, or in which, a rule stands, by the pointer to it.
fn section_at(at: &str) -> Option<usize> {
    let rest = at.strip_prefix("/sections/")?;
    rest.split('/').next()?.parse().ok()
}
