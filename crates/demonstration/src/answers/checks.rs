//! The checks of a questionnaire, each with where it stands: what its rule names can be found by that.

use std::collections::HashMap;

use domain::questionnaire::types::CompoundType;
use domain::questionnaire::{CheckKind, CheckRule, Form, Question, QuestionType, Section};
use rules::Expression;

/// A check, read.
pub struct Check {
    /// What must hold.
    pub rule: Expression,
    /// What follows where it does not.
    pub kind: CheckKind,
    /// What `this` is in rules: `P1.*.y0`, with a star for the row or the entry; none: it stands on more than a field.
    pub this: Option<String>,
}

/// The checks of a questionnaire, by their codes; those of a table's sums by their addresses.
pub struct Checks(HashMap<String, Check>);

impl Checks {
    /// Those of a form.
    pub fn of(form: &Form) -> Self {
        let mut checks = Self(HashMap::new());
        checks.add(&form.checks, None);
        for section in &form.sections {
            checks.section(section);
        }
        for question in form.questions() {
            checks.question(question);
        }
        checks.sums(form);
        checks
    }

    /// The check that is explained at this address, or that has this code.
    pub fn find(&self, address: &str, code: &str) -> Option<&Check> {
        self.0.get(address).or_else(|| self.get(code))
    }

    /// What a table says that it adds up, as the rule that it stands for.
    fn sums(&mut self, form: &Form) {
        let name = |field: &usize| form.fields().get(*field).map(|field| &*field.rule_name);
        for sum in form.sums() {
            let (parts, total) = (sum.parts.iter().filter_map(name), sum.total.as_ref());
            let parts = parts.collect::<Vec<_>>().join(", ");
            let total = total.and_then(name).unwrap_or("100");
            let (Some(at), Ok(rule)) = (
                form.fields().get(sum.check),
                rules::parse(&format!("sum([{parts}]) == {total}")),
            ) else {
                continue;
            };
            let kind = match at.value_type() {
                Some(_) => CheckKind::Explain,
                None => CheckKind::Refuse,
            };
            let this = None;
            self.0
                .insert(at.address.to_string(), Check { rule, kind, this });
        }
    }

    /// The check with this code.
    pub fn get(&self, code: &str) -> Option<&Check> {
        self.0.get(code)
    }

    fn section(&mut self, section: &Section) {
        self.add(&section.checks, None);
        for inner in &section.sections {
            self.section(inner);
        }
    }

    fn question(&mut self, question: &Question) {
        let code = &question.code;
        let own = &question.conditions.checks;
        match &question.kind {
            QuestionType::Field(_) => self.add(own, Some(code.clone())),
            QuestionType::Compound(kind) => {
                self.add(own, None);
                match kind {
                    CompoundType::Table(table) => {
                        for column in &table.columns {
                            let this = format!("{code}.*.{}", column.name.in_rules());
                            self.add(&column.conditions.checks, Some(this));
                        }
                    }
                    CompoundType::Group(group) => {
                        for part in &group.parts {
                            let this = format!("{code}.{}", part.code);
                            self.add(&part.conditions.checks, Some(this));
                        }
                    }
                    CompoundType::List(list) => {
                        for part in &list.parts {
                            let this = format!("{code}.*.{}", part.code);
                            self.add(&part.conditions.checks, Some(this));
                        }
                    }
                    CompoundType::LegalReference(_) | CompoundType::Note(_) => {}
                }
            }
        }
    }

    fn add(&mut self, checks: &[CheckRule], this: Option<String>) {
        for check in checks {
            if let Ok(rule) = rules::parse(&check.rule) {
                let (kind, this) = (check.kind, this.clone());
                let read = Check { rule, kind, this };
                self.0.insert(check.code.clone(), read);
            }
        }
    }
}
