//! What fields a questionnaire has, and which rules stand on them: one walk through the tree, in the order in which it is asked.

use std::sync::Arc;

use super::{Field, FieldPlace, Taking};
use crate::questionnaire::conditions::{CheckRule, Conditions, Requirement, USUAL_MISSING};
use crate::questionnaire::rule_set::source::{Effect, RuleResult, RuleSource, RuleTarget};
use crate::questionnaire::types::{CompoundType, Detail, FieldType, QuestionType};
use crate::questionnaire::{CheckKind, MAX_FIELDS, Question, Questionnaire, Section};

mod list;
mod names;
mod needs;
mod parts;
mod sums;
mod table;

use names::Names;
pub(in crate::questionnaire) use needs::NeedPlace;
pub use sums::FieldSum;

/// A questionnaire's fields and rules.
#[derive(Clone, Debug, Default)]
pub(in crate::questionnaire) struct Expansion {
    pub fields: Vec<Field>,
    pub rules: Vec<RuleSource>,
    /// What may state a need.
    pub needs: Vec<NeedPlace>,
    /// What tables say that adds up.
    pub sums: Vec<FieldSum>,
}

/// Walks through a questionnaire whose years are relative to this one; without one, addresses name them as rules do.
pub(in crate::questionnaire) fn expand(
    questionnaire: &Questionnaire,
    reference_year: Option<i16>,
) -> Expansion {
    let mut walk = Walk {
        questionnaire,
        reference_year,
        section: None,
        question: Arc::from(""),
        found: Expansion::default(),
    };
    for (index, variable) in questionnaire.variables.iter().enumerate() {
        let target = RuleTarget::whole(Effect::Defines(variable.code.as_str().into()));
        let at = format!("/variables/{index}/rule");
        walk.rule(at, &variable.rule, RuleResult::Any, vec![target]);
    }
    for (index, section) in questionnaire.sections.iter().enumerate() {
        walk.section = Some(index);
        walk.section(section, &format!("/sections/{index}"));
    }
    walk.section = None;
    walk.checks_of_whole(&questionnaire.checks, false, "/checks");
    walk.found
}

/// The walk, and where it is.
pub(super) struct Walk<'a> {
    questionnaire: &'a Questionnaire,
    reference_year: Option<i16>,
    section: Option<usize>,
    question: Arc<str>,
    found: Expansion,
}

impl Walk<'_> {
    fn section(&mut self, section: &Section, at: &str) {
        let from = self.found.fields.len();
        for (index, question) in section.questions.iter().enumerate() {
            self.question(question, &format!("{at}/questions/{index}"));
        }
        for (index, inner) in section.sections.iter().enumerate() {
            self.section(inner, &format!("{at}/sections/{index}"));
        }
        self.question = Arc::from("");
        self.checks_of_whole(&section.checks, false, &format!("{at}/checks"));
        self.relevance(&section.relevant, at, from);
    }

    fn question(&mut self, question: &Question, at: &str) {
        self.question = Arc::from(question.code.as_str());
        let from = self.found.fields.len();
        let conditions = &question.conditions;
        let code = &question.code;
        match &question.kind {
            QuestionType::Field(kind) => {
                let names = Names::of(code);
                let index = self.push(
                    &names,
                    FieldPlace::Question,
                    Taking::value(kind.clone()),
                    conditions,
                );
                self.field_rules(kind, conditions, at, &[FieldTarget::single(index)]);
                self.details(index, kind, at);
            }
            QuestionType::Compound(kind) => {
                match kind {
                    CompoundType::Table(table) => self.table(question, table, at),
                    CompoundType::Group(group) => {
                        self.parts(
                            code,
                            &group.parts,
                            conditions.personal,
                            &format!("{at}/parts"),
                        );
                    }
                    CompoundType::List(list) => self.list(question, list, at),
                    CompoundType::LegalReference(reference) => {
                        self.standard_parts(code, &[], reference.parts(), conditions, at);
                    }
                    CompoundType::Note(_) => {}
                }
                if let Some(statement) = question.need() {
                    self.needs(question, statement, from, at);
                }
                let checks = format!("{at}/checks");
                self.checks_of_whole(&conditions.checks, conditions.personal, &checks);
            }
        }
        self.relevance(&conditions.relevant, at, from);
    }

    /// The rule by which all fields since then are asked.
    fn relevance(&mut self, rule: &Option<String>, at: &str, from: usize) {
        let Some(rule) = rule else { return };
        let covers = (from..self.found.fields.len()).collect();
        let target = RuleTarget::whole(Effect::Hides(covers));
        self.rule(
            format!("{at}/relevant"),
            rule,
            RuleResult::Bool,
            vec![target],
        );
    }

    /// Adds a field under these conditions.
    fn push(
        &mut self,
        names: &Names,
        place: FieldPlace,
        takes: Taking,
        conditions: &Conditions,
    ) -> usize {
        if self.is_full() {
            // The fault is told; what is beyond it is not looked at.
            return self.found.fields.len().saturating_sub(1);
        }
        let (is_derived, by_nature) = match &takes {
            Taking::Value(kind) => (kind.is_derived(), kind.is_personal()),
            Taking::Entry | Taking::Nothing => (false, false),
        };
        let missing = match &conditions.missing {
            _ if is_derived || !matches!(takes, Taking::Value(_)) => &[][..],
            Some(missing) => missing,
            None => USUAL_MISSING,
        };
        self.found.fields.push(Field {
            address: Arc::from(names.address.as_str()),
            rule_name: Arc::from(names.in_rules.as_str()),
            question: if self.question.is_empty() {
                Arc::from(names.address.as_str())
            } else {
                self.question.clone()
            },
            section: self.section,
            place,
            takes,
            missing: missing.into(),
            flags: conditions.flags.as_slice().into(),
            required: if is_derived {
                Requirement::Never
            } else {
                conditions.required.clone()
            },
            personal: conditions.personal || by_nature,
        });
        self.found.fields.len() - 1
    }

    /// The rules that stand on fields which share their conditions: on one, or on each cell of a column.
    fn field_rules(
        &mut self,
        kind: &FieldType,
        conditions: &Conditions,
        at: &str,
        targets: &[FieldTarget],
    ) {
        let with = |effect: &dyn Fn(usize) -> Effect| -> Vec<RuleTarget> {
            let targets = targets.iter();
            targets
                .map(|target| target.with(effect(target.field)))
                .collect()
        };
        if let Some(rule) = conditions.required.rule() {
            let targets = with(&Effect::Requires);
            self.rule(format!("{at}/required"), rule, RuleResult::Bool, targets);
        }
        if let Some(rule) = &conditions.initial {
            let targets = with(&Effect::Begins);
            self.rule(format!("{at}/initial"), rule, RuleResult::OfThis, targets);
        }
        if let FieldType::Calculated(calculated) = kind {
            let targets = with(&Effect::Calculates);
            let at = format!("{at}/rule");
            self.rule(at, &calculated.rule, RuleResult::Number, targets);
        }
        for (index, option) in kind.choices().iter().enumerate() {
            if let Some(rule) = &option.relevant {
                let targets = with(&|field| Effect::Offers {
                    field,
                    option: index,
                });
                let at = format!("{at}/options/{index}/relevant");
                self.rule(at, rule, RuleResult::Bool, targets);
            }
        }
        for (index, check) in conditions.checks.iter().enumerate() {
            let shared = Arc::new(check.clone());
            let is_personal = conditions.personal || kind.is_personal();
            let checked: Vec<RuleTarget> = targets
                .iter()
                .map(|target| {
                    let at = self.check_field(check, target.within.as_deref(), is_personal);
                    target.with(Effect::Checks {
                        check: shared.clone(),
                        on: Some(target.field),
                        at,
                    })
                })
                .collect();
            let at = format!("{at}/checks/{index}/rule");
            self.rule(at, &check.rule, RuleResult::Bool, checked);
        }
    }

    /// Checks of more than a field, where the walk is.
    fn checks_of_whole(&mut self, checks: &[CheckRule], is_personal: bool, at: &str) {
        for (index, check) in checks.iter().enumerate() {
            let field = self.check_field(check, None, is_personal);
            let target = RuleTarget::whole(Effect::Checks {
                check: Arc::new(check.clone()),
                on: None,
                at: field,
            });
            let at = format!("{at}/{index}/rule");
            self.rule(at, &check.rule, RuleResult::Bool, vec![target]);
        }
    }

    /// The field of a check: where it is explained, and by which it is known whether it is asked at all. Within a row or an entry
    /// it has one for each.
    fn check_field(&mut self, check: &CheckRule, within: Option<&str>, is_personal: bool) -> usize {
        let within = within.map_or_else(String::new, |within| format!(".{within}"));
        let names = Names::of(&format!("checks.{}{within}", check.code));
        let conditions = Conditions {
            missing: Some(Vec::new()),
            personal: is_personal,
            ..Conditions::default()
        };
        let place = FieldPlace::Check(check.code.as_str().into());
        let takes = match check.kind {
            CheckKind::Refuse => Taking::Nothing,
            CheckKind::Explain => Taking::words(),
        };
        self.push(&names, place, takes, &conditions)
    }

    /// The texts that belong to a field's options, each asked where the option is chosen.
    fn details(&mut self, of: usize, kind: &FieldType, at: &str) {
        for (index, option) in kind.choices().iter().enumerate() {
            let Some(detail) = option.detail else {
                continue;
            };
            let Some(field) = self.found.fields.get(of) else {
                return;
            };
            let names = Names::from(field).part(&option.value);
            let conditions = Conditions {
                required: match detail {
                    Detail::May => Requirement::Never,
                    Detail::Must => Requirement::Always,
                },
                missing: Some(Vec::new()),
                personal: field.personal,
                ..Conditions::default()
            };
            let name = match field.rule_name.split_once(".*.") {
                Some((_, part)) => format!("entry.{part}"),
                None => format!("field(\"{}\")", field.rule_name),
            };
            let rule = chosen_rule(&name, kind, &option.value);
            let in_list = self.list_of(of);
            let place = FieldPlace::Detail {
                of,
                option: option.value.as_str().into(),
            };
            let detail = self.push(&names, place, Taking::words(), &conditions);
            let target = RuleTarget {
                list: in_list,
                ..RuleTarget::whole(Effect::Hides(vec![detail]))
            };
            let at = format!("{at}/options/{index}/detail");
            self.rule(at, &rule, RuleResult::Bool, vec![target]);
        }
    }

    /// Whether there are more fields than a questionnaire can have.
    fn is_full(&self) -> bool {
        self.found.fields.len() > MAX_FIELDS
    }

    /// The list of whose entries a field is.
    fn list_of(&self, index: usize) -> Option<usize> {
        let field = self.found.fields.get(index)?;
        let is_list = |field: &&Field| field.place == FieldPlace::List;
        field.is_of_entries().then_some(())?;
        let before = self.found.fields.iter().take(index).enumerate();
        before
            .rev()
            .find(|(_, field)| is_list(field))
            .map(|(index, _)| index)
    }

    fn rule(&mut self, at: String, text: &str, result: RuleResult, targets: Vec<RuleTarget>) {
        if self.is_full() {
            return;
        }
        let question = (!self.question.is_empty()).then(|| self.question.to_string());
        self.found.rules.push(RuleSource {
            at,
            question,
            text: text.to_owned(),
            result,
            targets,
        });
    }
}

/// A field on which rules stand, the row or list that it is in, and what tells its explanation from those beside it.
#[derive(Clone, Debug)]
struct FieldTarget {
    field: usize,
    row: Arc<[(Arc<str>, usize)]>,
    list: Option<usize>,
    within: Option<String>,
}

impl FieldTarget {
    fn single(field: usize) -> Self {
        Self {
            field,
            row: Arc::default(),
            list: None,
            within: None,
        }
    }

    fn with(&self, effect: Effect) -> RuleTarget {
        RuleTarget {
            this: Some(self.field),
            row: self.row.clone(),
            list: self.list,
            effect,
        }
    }
}

/// The rule by which an option of what rules name so is chosen.
fn chosen_rule(name: &str, kind: &FieldType, option: &str) -> String {
    match kind {
        FieldType::SeveralChoices(_) | FieldType::Rank(_) => format!("\"{option}\" in {name}"),
        FieldType::OneChoice(_)
        | FieldType::Text(_)
        | FieldType::WholeNumber(_)
        | FieldType::Decimal(_)
        | FieldType::Date(_)
        | FieldType::Year(_)
        | FieldType::Percentage(_)
        | FieldType::Money(_)
        | FieldType::Month(_)
        | FieldType::File(_)
        | FieldType::Link(_)
        | FieldType::Email(_)
        | FieldType::Calculated(_) => format!("{name} == \"{option}\""),
    }
}
