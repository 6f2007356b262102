//! The answers of a reply as its rules see them, and what follows from them. A change of one answer evaluates again what depends
//! on it, and nothing else.

use std::collections::HashMap;

use rules::{Answer, FieldId, Frame, Round, Rule, Situation, Value};

use super::source::Effect;
use super::{RuleNode, RuleSet};
use crate::questionnaire::fields::{Field, Taking};
use crate::questionnaire::{AnswerMap, AnswerValue, Form};

mod entries;
mod last_round;
mod sight;

use entries::Entries;

static BLANK: Answer = Answer::Blank;

/// Answers, and what the rules of their questionnaire make of them.
#[derive(Clone, Debug)]
pub struct Sheet<'f> {
    form: &'f Form,
    rules: &'f RuleSet,
    /// What is given, of each field that is none of a list's entries.
    given: Vec<Answer>,
    /// What rules see, by their fields.
    seen: Answers,
    /// The lists' entries, by where the lists are among the fields.
    lists: HashMap<usize, Entries>,
    /// Of each node, for each entry, or once: what it came to; none: it is not known.
    outcomes: Vec<Vec<Option<Value>>>,
    /// What rules see of the last round.
    last: Option<Answers>,
}

/// What rules see of a round.
#[derive(Clone, Debug, Default)]
struct Answers {
    single: Vec<Answer>,
    parts: HashMap<FieldId, Vec<Answer>>,
    counts: HashMap<FieldId, Option<usize>>,
}

impl Round for Answers {
    fn answer(&self, field: FieldId) -> &Answer {
        self.single.get(field.index()).unwrap_or(&BLANK)
    }

    fn entries(&self, part: FieldId) -> &[Answer] {
        self.parts.get(&part).map_or(&[], Vec::as_slice)
    }

    fn entry_count(&self, list: FieldId) -> Option<usize> {
        self.counts.get(&list).copied().unwrap_or(Some(0))
    }
}

impl<'f> Sheet<'f> {
    /// A sheet with these answers, by address, and those of the last round, all rules evaluated. What is of no field is passed
    /// over.
    pub fn new<'a>(
        form: &'f Form,
        rules: &'f RuleSet,
        answers: impl IntoIterator<Item = (&'a str, &'a AnswerValue)>,
        last: Option<&AnswerMap<AnswerValue>>,
    ) -> Self {
        let mut sheet = Self {
            form,
            rules,
            given: vec![Answer::Blank; form.fields().len()],
            seen: Answers {
                single: vec![Answer::Blank; rules.schema.len()],
                ..Answers::default()
            },
            lists: HashMap::new(),
            outcomes: vec![Vec::new(); rules.nodes.len()],
            last: last.map(|answers| Answers::of_round(form, rules, answers)),
        };
        for (address, value) in answers {
            sheet.put(address, Some(value));
        }
        for list in form.lists() {
            sheet.see_list(list);
        }
        for node in rules.graph.order() {
            sheet.evaluate(*node);
        }
        sheet
    }

    /// Gives, changes or takes back an answer, and evaluates again what depends on it.
    pub fn set(&mut self, address: &str, value: Option<&AnswerValue>) {
        let changed = self.put(address, value);
        let Some(field) = changed else { return };
        let mut ids: Vec<FieldId> = self.rules.id(field).into_iter().collect();
        let is_entry = self.form.fields().get(field);
        let is_entry = is_entry.is_some_and(|field| field.takes == Taking::Entry);
        match self.form.list_of(field) {
            // An entry comes, goes or moves with all its parts.
            Some(list) if is_entry => {
                self.see_list(list);
                let of_list = self.form.fields_of_list(list);
                ids.extend(of_list.filter_map(|field| self.rules.id(field)));
                ids.extend(self.rules.id(list));
            }
            Some(list) => self.see_part(list, field),
            None => {}
        }
        for node in self.rules.graph.affected(&ids) {
            self.evaluate(node);
        }
    }

    /// Notes what is given. The field that it is of.
    fn put(&mut self, address: &str, value: Option<&AnswerValue>) -> Option<usize> {
        let located = self.form.field(address)?;
        let answer = rule_answer(located.field, value);
        match located.entry {
            None => {
                if let Some(place) = self.given.get_mut(located.index) {
                    *place = answer;
                }
                self.see(located.index);
            }
            Some(entry) => {
                let list = self.form.list_of(located.index)?;
                let entries = self.lists.entry(list).or_default();
                match &located.field.takes {
                    Taking::Entry => entries.place(entry, value),
                    Taking::Value(_) => entries.answer(entry, located.index, answer),
                    Taking::Nothing => {}
                }
            }
        }
        Some(located.index)
    }

    /// The ids of a list's entries, in order.
    pub fn entries(&self, list: usize) -> &[String] {
        self.lists.get(&list).map_or(&[], Entries::order)
    }

    /// Whether a field, of whichever entry, is not asked.
    pub fn is_hidden(&self, field: usize) -> bool {
        self.governors(field)
            .any(|(number, node)| node.list.is_none() && !self.holds(number, 0))
    }

    /// Whether a part of an entry is not asked, though its list is.
    pub fn is_hidden_in(&self, field: usize, entry: usize) -> bool {
        self.governors(field)
            .any(|(number, node)| node.list.is_some() && !self.holds(number, entry))
    }

    fn governors(&self, field: usize) -> impl Iterator<Item = (usize, &'f RuleNode)> {
        let governors = self.rules.governors.get(field).into_iter().flatten();
        governors.filter_map(|number| Some((*number, self.rules.nodes.get(*number)?)))
    }

    /// Whether a condition holds; what is not known does not.
    fn holds(&self, node: usize, entry: usize) -> bool {
        matches!(self.outcome(node, entry), Some(Value::Bool(true)))
    }

    fn outcome(&self, node: usize, entry: usize) -> Option<&Value> {
        self.outcomes.get(node)?.get(entry)?.as_ref()
    }

    /// What every rule came to, with what follows from it, and for which entry.
    pub(in crate::questionnaire) fn outcomes(
        &self,
    ) -> impl Iterator<Item = (&'f Effect, Option<usize>, Option<&Value>)> {
        let nodes = self.rules.nodes.iter().zip(&self.outcomes);
        nodes.flat_map(|(node, outcomes)| {
            let each = outcomes.iter().enumerate();
            each.map(move |(entry, outcome)| {
                let entry = node.list.map(|_| entry);
                (&node.effect, entry, outcome.as_ref())
            })
        })
    }

    fn evaluate(&mut self, number: usize) {
        let Some(node) = self.rules.nodes.get(number) else {
            return;
        };
        let Some(rule) = self.rules.rules.get(node.rule) else {
            return;
        };
        let outcomes = match node.list {
            None => vec![self.result(rule, node, None)],
            Some(list) => {
                let count = self.entries(list).len();
                let each = (0..count).map(|entry| self.result(rule, node, Some(entry)));
                each.collect()
            }
        };
        if let Some(place) = self.outcomes.get_mut(number) {
            *place = outcomes;
        }
        self.follow(number, node);
    }

    fn result(&self, rule: &Rule, node: &RuleNode, entry: Option<usize>) -> Option<Value> {
        let situation = Situation {
            now: &self.seen,
            last: self.last.as_ref(),
            frame: Frame {
                this: node.this,
                row: &node.row,
                entry,
            },
        };
        rule.evaluate(&situation).ok()
    }

    /// Lets rules after this one see what it came to.
    fn follow(&mut self, number: usize, node: &RuleNode) {
        match &node.effect {
            Effect::Hides(covers) => {
                for field in covers {
                    match self.form.list_of(*field) {
                        Some(list) if list == *field => self.see_count(list),
                        Some(list) => self.see_part(list, *field),
                        None => self.see(*field),
                    }
                }
            }
            Effect::Calculates(field) => {
                let Some(kind) = self.form.calculated(*field) else {
                    return;
                };
                let answers = self.outcomes.get(number).cloned().unwrap_or_default();
                let seen = answers.iter().map(|outcome| {
                    let answer = outcome.as_ref().and_then(|value| kind.answer(value));
                    let value = answer.and_then(|answer| {
                        let field = self.form.fields().get(*field)?;
                        field.value_type()?.rule_value(&answer)
                    });
                    value.map_or(Answer::Blank, Answer::Given)
                });
                let seen: Vec<Answer> = seen.collect();
                match node.list {
                    None => {
                        let place = self.given.get_mut(*field);
                        if let Some((place, seen)) = place.zip(seen.into_iter().next()) {
                            *place = seen;
                        }
                        self.see(*field);
                    }
                    Some(list) => {
                        let entries = self.lists.entry(list).or_default();
                        entries.answers(*field, seen);
                        self.see_part(list, *field);
                    }
                }
            }
            Effect::Defines(_) => {
                let value = self.outcome(number, 0).cloned();
                let place = node
                    .variable
                    .and_then(|id| self.seen.single.get_mut(id.index()));
                if let Some(place) = place {
                    *place = value.map_or(Answer::Blank, Answer::Given);
                }
            }
            Effect::Requires(_)
            | Effect::Begins(_)
            | Effect::Offers { .. }
            | Effect::StatesNeed(_)
            | Effect::Checks { .. } => {}
        }
    }
}

/// What rules take an answer to a field for.
fn rule_answer(field: &Field, value: Option<&AnswerValue>) -> Answer {
    value.map_or(Answer::Blank, |value| match value.missing_kind() {
        Some(kind) => Answer::Missing(kind.for_rules()),
        None => match &field.takes {
            Taking::Value(kind) => kind.rule_value(value).map_or(Answer::Blank, Answer::Given),
            Taking::Entry | Taking::Nothing => Answer::Blank,
        },
    })
}
