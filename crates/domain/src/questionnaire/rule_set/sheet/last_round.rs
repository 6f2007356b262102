//! What rules see of the last round: what was in the version, of what is still asked.

use std::collections::HashMap;

use rules::Answer;

use super::entries::Entries;
use super::{Answers, rule_answer};
use crate::questionnaire::fields::Taking;
use crate::questionnaire::rule_set::RuleSet;
use crate::questionnaire::{AnswerMap, AnswerValue, Form};

impl Answers {
    /// A round's answers. What was not asked is not among them.
    pub(super) fn of_round(form: &Form, rules: &RuleSet, answers: &AnswerMap<AnswerValue>) -> Self {
        let mut round = Self {
            single: vec![Answer::Blank; rules.schema.len()],
            ..Self::default()
        };
        let mut lists: HashMap<usize, Entries> = HashMap::new();
        for (address, value) in answers.iter() {
            let Some(located) = form.field(address) else {
                continue;
            };
            let answer = rule_answer(located.field, Some(value));
            match located.entry.zip(form.list_of(located.index)) {
                Some((entry, list)) => {
                    let entries = lists.entry(list).or_default();
                    match &located.field.takes {
                        Taking::Entry => entries.place(entry, Some(value)),
                        Taking::Value(_) => entries.answer(entry, located.index, answer),
                        Taking::Nothing => {}
                    }
                }
                None => {
                    let id = rules.id(located.index);
                    let place = id.and_then(|id| round.single.get_mut(id.index()));
                    if let Some(place) = place {
                        *place = answer;
                    }
                }
            }
        }
        for (list, entries) in lists {
            if let Some(id) = rules.id(list) {
                round.counts.insert(id, Some(entries.order().len()));
            }
            for part in form.fields_of_list(list) {
                if let Some(id) = rules.id(part) {
                    let order = entries.order().iter();
                    let answers = order.map(|entry| entries.given(entry, part));
                    round.parts.insert(id, answers.collect());
                }
            }
        }
        round
    }
}
