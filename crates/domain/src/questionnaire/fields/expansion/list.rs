//! The fields of a list: the list itself, its entries, and the parts of each.

use std::sync::Arc;

use super::parts::{part_conditions, standard_conditions};
use super::{FieldTarget, Names, Walk};
use crate::questionnaire::Question;
use crate::questionnaire::conditions::Conditions;
use crate::questionnaire::fields::{FieldPlace, Taking};
use crate::questionnaire::rule_set::source::{Effect, RuleResult, RuleTarget};
use crate::questionnaire::types::{List, Part, PartType};

impl Walk<'_> {
    pub(super) fn list(&mut self, question: &Question, list: &List, at: &str) {
        let names = Names::of(&question.code);
        let whole = Conditions {
            required: question.conditions.required.clone(),
            personal: question.conditions.personal,
            ..Conditions::default()
        };
        let of_list = self.push(&names, FieldPlace::List, Taking::Nothing, &whole);
        if let Some(rule) = whole.required.rule() {
            let target = RuleTarget::whole(Effect::Requires(of_list));
            let at = format!("{at}/required");
            self.rule(at, rule, RuleResult::Bool, vec![target]);
        }
        let entry = names.part("*");
        let conditions = Conditions {
            personal: whole.personal,
            ..Conditions::default()
        };
        self.push(&entry, FieldPlace::Entry, Taking::Entry, &conditions);
        for (index, part) in list.parts.iter().enumerate() {
            let at = format!("{at}/parts/{index}");
            let conditions = part_conditions(part, whole.personal);
            self.entry_part(&entry, of_list, part, &conditions, &at);
        }
    }

    fn entry_part(
        &mut self,
        entry: &Names,
        list: usize,
        part: &Part,
        conditions: &Conditions,
        at: &str,
    ) {
        let from = self.found.fields.len();
        let names = entry.part(&part.code);
        let code: Arc<str> = Arc::from(part.code.as_str());
        match &part.kind {
            PartType::Field(kind) => {
                let place = FieldPlace::EntryPart(vec![code]);
                let field = self.push(&names, place, Taking::value(kind.clone()), conditions);
                let targets = [entry_target(field, list)];
                self.field_rules(kind, conditions, at, &targets);
                self.details(field, kind, at);
            }
            PartType::Compound(_) => {
                for (index, inner) in part.kind.parts().iter().enumerate() {
                    let PartType::Field(kind) = &inner.kind else {
                        continue;
                    };
                    let path = vec![code.clone(), Arc::from(inner.code.as_str())];
                    let place = FieldPlace::EntryPart(path);
                    let own = standard_conditions(conditions, index == 0);
                    let names = names.part(&inner.code);
                    let field = self.push(&names, place, Taking::value(kind.clone()), &own);
                    if index == 0 {
                        // What must hold of it stands on its first field.
                        let own = Conditions {
                            checks: conditions.checks.clone(),
                            ..own
                        };
                        self.field_rules(kind, &own, at, &[entry_target(field, list)]);
                    }
                }
            }
        }
        if let Some(rule) = &part.conditions.relevant {
            let covers = (from..self.found.fields.len()).collect();
            let target = RuleTarget {
                list: Some(list),
                ..RuleTarget::whole(Effect::Hides(covers))
            };
            self.rule(
                format!("{at}/relevant"),
                rule,
                RuleResult::Bool,
                vec![target],
            );
        }
    }
}

/// A part on which rules stand, once for each entry.
fn entry_target(field: usize, list: usize) -> FieldTarget {
    FieldTarget {
        list: Some(list),
        within: Some("*".to_owned()),
        ..FieldTarget::single(field)
    }
}
