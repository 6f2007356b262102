//! The fields of a group's parts, and of what always has the same parts.

use std::sync::Arc;

use super::{FieldTarget, Names, Walk};
use crate::questionnaire::conditions::{Conditions, Requirement};
use crate::questionnaire::fields::{FieldPlace, Taking};
use crate::questionnaire::types::{Part, PartType};

impl Walk<'_> {
    pub(super) fn parts(&mut self, code: &str, parts: &[Part], is_personal: bool, at: &str) {
        let names = Names::of(code);
        for (index, part) in parts.iter().enumerate() {
            let at = format!("{at}/{index}");
            let from = self.found.fields.len();
            let conditions = &part_conditions(part, is_personal);
            match &part.kind {
                PartType::Field(kind) => {
                    let place = FieldPlace::Part(vec![Arc::from(part.code.as_str())]);
                    let names = names.part(&part.code);
                    let field = self.push(&names, place, Taking::value(kind.clone()), conditions);
                    let targets = [FieldTarget::single(field)];
                    self.field_rules(kind, conditions, &at, &targets);
                    self.details(field, kind, &at);
                }
                PartType::Compound(_) => {
                    let inner = part.kind.parts();
                    let address = names.part(&part.code).address;
                    let within = [Arc::from(part.code.as_str())];
                    self.standard_parts(&address, &within, inner, conditions, &at);
                    let checks = format!("{at}/checks");
                    self.checks_of_whole(&conditions.checks, conditions.personal, &checks);
                }
            }
            self.relevance(&part.conditions.relevant, &at, from);
        }
    }

    /// The fields of parts that have no conditions of their own: of what requires them the first is required.
    pub(super) fn standard_parts(
        &mut self,
        address: &str,
        within: &[Arc<str>],
        parts: &[Part],
        conditions: &Conditions,
        at: &str,
    ) {
        let names = Names::of(address);
        for (index, part) in parts.iter().enumerate() {
            let PartType::Field(kind) = &part.kind else {
                continue;
            };
            let code = Arc::from(part.code.as_str());
            let path: Vec<Arc<str>> = within.iter().cloned().chain([code]).collect();
            let conditions = standard_conditions(conditions, index == 0);
            let place = FieldPlace::Part(path);
            let names = names.part(&part.code);
            let field = self.push(&names, place, Taking::value(kind.clone()), &conditions);
            if index == 0 {
                self.field_rules(kind, &conditions, at, &[FieldTarget::single(field)]);
            }
        }
    }
}

/// What holds for a part: a person's group or list is a person's in every part.
pub(super) fn part_conditions(part: &Part, is_personal: bool) -> Conditions {
    Conditions {
        personal: is_personal || part.conditions.personal,
        ..part.conditions.clone()
    }
}

/// What holds for one of several fields that share their conditions.
pub(super) fn standard_conditions(whole: &Conditions, is_first: bool) -> Conditions {
    Conditions {
        relevant: None,
        required: if is_first {
            whole.required.clone()
        } else {
            Requirement::Never
        },
        checks: Vec::new(),
        ..whole.clone()
    }
}
