//! What a reply begins with: the first answers that rules give, once.

use super::rule_set::Sheet;
use super::rule_set::source::Effect;
use super::{Answer, AnswerMap, AnswerValue, Flags, Form};

/// The answers that a reply to a form begins with, where the party's last round said that, if there was one.
pub fn initial_answers(form: &Form, last: Option<&AnswerMap<AnswerValue>>) -> Vec<Answer> {
    let Ok(rules) = form.rules() else {
        return Vec::new();
    };
    if !rules.has_initial_answers() {
        return Vec::new();
    }
    let sheet = Sheet::new(form, rules, [], last);
    let outcomes = sheet.outcomes().filter_map(|(effect, _, outcome)| {
        let (Effect::Begins(field), Some(value)) = (effect, outcome) else {
            return None;
        };
        let field = form.fields().get(*field)?;
        Some(Answer {
            code: field.address.to_string(),
            value: field.value_type()?.initial_answer(value)?,
            flags: Flags::default(),
            comment: None,
        })
    });
    outcomes.collect()
}
