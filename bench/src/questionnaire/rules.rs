//! The rules of questionnaires in process: no server is needed.

use std::sync::Arc;

use anyhow::ensure;
use domain::questionnaire::rule_set::Sheet;
use domain::questionnaire::{AnswerMap, AnswerValue, Form, Questionnaire, check_submission};
use serde_json::Value;

use super::made::{self, QUESTIONS};
use super::{Round, Row, repeated};

/// Measures each once.
pub fn round() -> anyhow::Result<Round> {
    let json = made::with_conditions();
    let form = made::form(&json)?;
    let answers = made::answers();
    let verdict = check_submission(&form, &answers, None);
    ensure!(verdict.faults.is_empty(), "{:?}", verdict.faults);
    let list = made::form(&made::with_a_list())?;
    let entries = made::entries();
    Ok(vec![
        (
            Row::within("500 questions, 300 conditions: a reply checked whole", 5.0),
            repeated(1_000, |_| Ok(check_submission(&form, &answers, None)))?,
        ),
        (
            Row {
                name: "the same: one changed answer evaluated again",
                half: Some(0.05),
                most: Some(0.05),
            },
            changes(&form, &answers)?,
        ),
        (
            Row::beside("the same: the questionnaire read and looked at"),
            repeated(30, |_| made::form(&json))?,
        ),
        (
            Row::beside("the same: its fields and rules compiled"),
            compilation(&json)?,
        ),
        (
            Row::beside(
                "a list of 500 entries with 20 parts, 8 of them under conditions: checked whole",
            ),
            repeated(50, |_| Ok(check_submission(&list, &entries, None)))?,
        ),
        (
            Row::beside("the same: one changed part of an entry evaluated again"),
            parts(&list, &entries)?,
        ),
        (
            Row::beside(
                "20 tables of 100 by 10, 4,000 conditions: a questionnaire of 20,000 fields read and looked at",
            ),
            {
                let tables = made::of_tables(20);
                repeated(10, |_| made::form(&tables))?
            },
        ),
    ])
}

fn given(answers: &AnswerMap<AnswerValue>) -> impl Iterator<Item = (&str, &AnswerValue)> {
    answers
        .iter()
        .map(|(address, value)| (address.as_str(), value))
}

fn rules(form: &Form) -> anyhow::Result<&domain::questionnaire::rule_set::RuleSet> {
    form.rules().map_err(|faults| anyhow::anyhow!("{faults:?}"))
}

/// The answer to each question that rules name changed in turn, that of one in twenty by twenty rules.
fn changes(form: &Form, answers: &AnswerMap<AnswerValue>) -> anyhow::Result<crate::sample::Sample> {
    let mut sheet = Sheet::new(form, rules(form)?, given(answers), None);
    let changes: Vec<(String, AnswerValue)> = (0..100 * QUESTIONS)
        // What the others answer no rule asks: they would hide what an evaluation takes.
        .filter(|turn| turn % 5 < 2)
        .map(|turn| {
            let number = turn % QUESTIONS;
            (
                format!("Q{number}"),
                made::answer(number, turn / QUESTIONS + 1),
            )
        })
        .collect();
    repeated(changes.len(), |turn| {
        let (address, value) = &changes[turn];
        sheet.set(address, Some(value));
        Ok(())
    })
}

fn parts(form: &Form, answers: &AnswerMap<AnswerValue>) -> anyhow::Result<crate::sample::Sample> {
    let mut sheet = Sheet::new(form, rules(form)?, given(answers), None);
    let changes: Vec<(String, AnswerValue)> = (0..2_000)
        .map(|turn| {
            let (entry, part) = (turn * 7 % 500, turn % 20);
            (format!("L1.e{entry}.p{part}"), made::answer(part, turn))
        })
        .collect();
    repeated(changes.len(), |turn| {
        let (address, value) = &changes[turn];
        sheet.set(address, Some(value));
        Ok(())
    })
}

fn compilation(json: &Value) -> anyhow::Result<crate::sample::Sample> {
    let read = Questionnaire::read(json).map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    let read = Arc::new(read);
    repeated(100, |_| {
        let form = Form::new(read.clone(), None);
        rules(&form).map(|_| ())
    })
}
