//! What may state a need for technical assistance: each row of a table, each entry of a list, a group.

use std::sync::Arc;

use super::Walk;
use crate::questionnaire::Question;
use crate::questionnaire::fields::FieldPlace;
use crate::questionnaire::need_statement::NeedStatement;
use crate::questionnaire::rule_set::source::{Effect, RuleResult, RuleTarget};

/// A row, a group, or the entries of a list, and where their parts are among the fields.
#[derive(Clone, Debug)]
pub(in crate::questionnaire) struct NeedPlace {
    /// `T2.training`, `G1`, `L1.*`.
    pub address: Arc<str>,
    /// The code of the row.
    pub row: Option<Arc<str>>,
    /// The list.
    pub list: Option<usize>,
    /// The fields, by the codes of their parts or columns.
    pub parts: Arc<[(Arc<str>, usize)]>,
    /// How it states one.
    pub statement: Arc<NeedStatement>,
}

impl NeedPlace {
    /// The field of a part or a column.
    pub fn part(&self, code: &str) -> Option<usize> {
        let mut parts = self.parts.iter();
        parts.find(|(name, _)| **name == *code).map(|(_, at)| *at)
    }
}

impl Walk<'_> {
    /// What of a question may state a need, whose fields begin there, and the rule by which it does.
    pub(super) fn needs(
        &mut self,
        question: &Question,
        statement: &NeedStatement,
        from: usize,
        at: &str,
    ) {
        let first = self.found.needs.len();
        let statement = Arc::new(statement.clone());
        for (row, list, parts) in self.grouped(from) {
            let code = question.code.as_str();
            let address = match (&row, list) {
                (Some(row), _) => format!("{code}.{row}"),
                (None, Some(_)) => format!("{code}.*"),
                (None, None) => code.to_owned(),
            };
            self.found.needs.push(NeedPlace {
                address: address.into(),
                row,
                list,
                parts: parts.into(),
                statement: statement.clone(),
            });
        }
        let Some(rule) = &statement.when else { return };
        let places = self.found.needs.iter().enumerate().skip(first);
        let targets = places.map(|(index, place)| RuleTarget {
            this: None,
            row: match place.row {
                Some(_) => place.parts.clone(),
                None => Arc::default(),
            },
            list: place.list,
            effect: Effect::StatesNeed(index),
        });
        let targets = targets.collect();
        self.rule(format!("{at}/need/when"), rule, RuleResult::Bool, targets);
    }

    /// The fields since then, row by row, or of all entries, or of the group, each with its code there.
    fn grouped(&self, from: usize) -> Vec<Grouped> {
        let mut groups: Vec<Grouped> = Vec::new();
        let mut of_list = None;
        for (index, field) in self.found.fields.iter().enumerate().skip(from) {
            let (row, code) = match &field.place {
                FieldPlace::List => {
                    of_list = Some(index);
                    continue;
                }
                // Years are named as rules name them.
                FieldPlace::Cell { row, .. } => {
                    let code = field.rule_name.rsplit('.').next().unwrap_or_default();
                    (Some(row.clone()), Arc::from(code))
                }
                FieldPlace::Part(path) | FieldPlace::EntryPart(path) => match path.as_slice() {
                    [code] => (None, code.clone()),
                    // A part of a legal reference.
                    _ => continue,
                },
                FieldPlace::Question
                | FieldPlace::Currency
                | FieldPlace::Detail { .. }
                | FieldPlace::Entry
                | FieldPlace::Check(_) => continue,
            };
            match groups.last_mut() {
                Some((last, _, parts)) if *last == row => parts.push((code, index)),
                _ => groups.push((row, of_list, vec![(code, index)])),
            }
        }
        groups
    }
}

/// The row, the list, and the fields by their codes.
type Grouped = (Option<Arc<str>>, Option<usize>, Vec<(Arc<str>, usize)>);
