//! Questionnaires that are measured, and answers to them.

use domain::questionnaire::{AnswerMap, AnswerValue, Form};
use domain::{Decimal, WholeNumber};
use serde_json::{Value, json};

/// How many questions the questionnaire of conditions has.
pub const QUESTIONS: usize = 500;

fn words() -> Value {
    json!({"en": "A measured question"})
}

fn questionnaire(questions: &[Value]) -> Value {
    let sections = questions.chunks(20).enumerate().map(|(index, questions)| {
        json!({"code": format!("S{index}"), "title": words(), "questions": questions})
    });
    json!({"title": words(), "sections": sections.collect::<Vec<_>>()})
}

fn question(code: &str, kind: Value) -> Value {
    let mut question =
        json!({"code": code, "text": words(), "heading": "application", "required": false});
    let members = kind.as_object().into_iter().flatten();
    for (name, value) in members {
        question[name] = value.clone();
    }
    question
}

/// Five hundred questions of five types with three hundred conditions: two hundred of relevance, fifty of what is required, fifty
/// checks. Each names one or two of the five questions before, and every fiftieth question is named by all of the next fifty.
pub fn with_conditions() -> Value {
    let questions: Vec<Value> = (0..QUESTIONS)
        .map(|number| {
            let code = format!("Q{number}");
            let mut question = question(&code, kind(number));
            // The choice and the number before it, the choice that began its fifty.
            let (choice, figure) = (number / 5 * 5, (number / 5 * 5 + 1).min(number));
            let first = number / 50 * 50;
            let before = choice.saturating_sub(5);
            match number % 10 {
                2 | 4 | 7 | 9 => {
                    let rule = format!("Q{choice} in [\"yes\", \"in_part\"] && Q{first} != \"no\"");
                    question["relevant"] = json!(rule);
                }
                3 => question["required"] = json!(format!("Q{choice} == \"yes\"")),
                6 => {
                    question["checks"] = json!([{"code": format!("c{number}"), "kind": "refuse",
                        "rule": format!("Q{figure} >= 0 || Q{before} == \"no\""), "text": words()}]);
                }
                _ => {}
            }
            question
        })
        .collect();
    questionnaire(&questions)
}

fn kind(number: usize) -> Value {
    match number % 5 {
        0 => json!({"type": "one_choice", "scale": "yes_in_part_no"}),
        1 => json!({"type": "whole_number", "min": 0}),
        2 => json!({"type": "decimal", "places": 2}),
        3 => json!({"type": "several_choices", "options": [
            {"value": "one", "label": words()}, {"value": "two", "label": words()}, {"value": "three", "label": words()}]}),
        _ => json!({"type": "percentage"}),
    }
}

/// The nth answer to a question of [`with_conditions`].
pub fn answer(number: usize, turn: usize) -> AnswerValue {
    let turn = turn + number;
    match number % 5 {
        0 => AnswerValue::Choice(["yes", "in_part", "yes", "no"][turn % 4].to_owned()),
        1 => AnswerValue::WholeNumber(WholeNumber(turn as i64 % 1_000)),
        2 | 4 => AnswerValue::Decimal(Decimal::from((turn % 100) as i32)),
        _ => AnswerValue::Choices(vec![["one", "two", "three"][turn % 3].to_owned()]),
    }
}

/// An answer to each of its questions.
pub fn answers() -> AnswerMap<AnswerValue> {
    let answers = (0..QUESTIONS).map(|number| {
        let turn = if number % 5 == 0 { 4 - number % 4 } else { 0 };
        (format!("Q{number}"), answer(number, turn))
    });
    answers.collect()
}

/// A list whose entries have twenty parts, ten of them under conditions.
pub fn with_a_list() -> Value {
    let parts = (0..20).map(|number| {
        let mut part = question(&format!("p{number}"), kind(number));
        if let Some(part) = part.as_object_mut() {
            part.remove("heading");
        }
        if number % 2 == 1 && number > 4 {
            part["relevant"] = json!("entry.p0 != \"no\" && Q0 == \"yes\"");
        }
        part
    });
    let list = json!({"type": "list", "parts": parts.collect::<Vec<_>>()});
    questionnaire(&[question("Q0", kind(0)), question("L1", list)])
}

/// Five hundred entries of it.
pub fn entries() -> AnswerMap<AnswerValue> {
    let mut answers = AnswerMap::default();
    answers.insert_mut("Q0".to_owned(), AnswerValue::Choice("yes".to_owned()));
    for entry in 0..500_usize {
        let place = AnswerValue::Entry(Decimal::from(entry as i32));
        answers.insert_mut(format!("L1.e{entry}"), place);
        for part in 0..20 {
            answers.insert_mut(format!("L1.e{entry}.p{part}"), answer(part, entry));
        }
    }
    answers
}

/// So many tables of a hundred rows by ten columns, with a condition in two of the columns.
pub fn of_tables(tables: usize) -> Value {
    let rows = (0..100).map(|row| json!({"code": format!("r{row}"), "text": words()}));
    let rows: Vec<Value> = rows.collect();
    let columns = (0..10).map(|column| {
        let mut json = json!({"code": format!("k{column}"), "text": words(), "type": "whole_number", "min": 0});
        match column {
            // Checks would come with a field for each row's explanation: more than a questionnaire can have.
            3 => json["relevant"] = json!("row.k0 > 0"),
            4 => json["required"] = json!("has(row.k1)"),
            _ => {}
        }
        json
    });
    let columns: Vec<Value> = columns.collect();
    let tables = (0..tables).map(|number| {
        let code = format!("T{number}");
        let table = json!({"type": "table", "rows": rows, "columns": columns});
        question(&code, table)
    });
    questionnaire(&tables.collect::<Vec<_>>())
}

/// An answer to each cell of a table of [`of_tables`], by address, as requests have them.
pub fn cells(table: usize, turn: usize) -> Value {
    let mut cells = serde_json::Map::new();
    for row in 0..100 {
        for column in 0..10 {
            let value = json!({"value": 1 + row * column + turn});
            cells.insert(format!("T{table}.r{row}.k{column}"), value);
        }
    }
    json!({ "answers": cells })
}

/// A questionnaire as it is asked.
pub fn form(json: &Value) -> anyhow::Result<Form> {
    let read = domain::questionnaire::Questionnaire::read(json);
    let read = read.map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    let faults = read.check(&[domain::Lang::En], &|_| true);
    anyhow::ensure!(faults.is_empty(), "{faults:?}");
    Ok(Form::from(read))
}
