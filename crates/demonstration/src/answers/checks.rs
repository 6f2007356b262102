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

/// The checks of a questionnaire, by their codes.
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
        checks
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
