//! What given expressions come to, such as those of the official suite: `{"expression", "fields": {"x": "bool"}, "values": {"x":
//! {"bool": true}}}`.

use std::error::Error;
use std::sync::Arc;

use rules::{Answer, RoundAnswers, Rule, Schema, Scope, Situation, Type, Value};
use serde_json::{Value as Json, json};

use crate::sheet::value_json;

/// A value, `unknown`, or the codes of the faults.
pub(crate) fn evaluated(case: &Json) -> Result<Json, Box<dyn Error>> {
    let expression = case.get("expression").and_then(Json::as_str);
    let expression = expression.ok_or("there is no expression")?;
    let mut schema = Schema::default();
    let mut answers = RoundAnswers::default();
    let fields = case.get("fields").and_then(Json::as_object);
    for (name, holds) in fields.into_iter().flatten() {
        let field = schema.add(name, holds_of(holds)?)?;
        if let Some(value) = case.get("values").and_then(|values| values.get(name)) {
            answers.set(field, Answer::Given(value_of(value)?));
        }
    }
    Ok(
        match Rule::compile(expression, &schema, &Scope::of_none(), None) {
            Err(faults) => {
                let codes: Vec<_> = faults.iter().map(rules::Fault::code).collect();
                json!({ "faults": codes })
            }
            Ok(rule) => match rule.evaluate(&Situation::of(&answers)) {
                Ok(value) => value_json(&value),
                Err(why) => json!({ "unknown": why.reason.to_string() }),
            },
        },
    )
}

fn holds_of(code: &Json) -> Result<Type, Box<dyn Error>> {
    Ok(match code.as_str() {
        Some("bool") => Type::Bool,
        Some("whole_number") => Type::Whole,
        Some("decimal") => Type::Decimal,
        Some("text") => Type::Text,
        _ => return Err(format!("no type is {code}").into()),
    })
}

fn value_of(value: &Json) -> Result<Value, Box<dyn Error>> {
    let text = |key| value.get(key).and_then(Json::as_str);
    if let Some(number) = text("number") {
        return Ok(Value::Number(number.parse()?));
    }
    if let Some(text) = text("text") {
        return Ok(Value::Text(Arc::from(text)));
    }
    let truth = value.get("bool").and_then(Json::as_bool);
    Ok(Value::Bool(
        truth.ok_or_else(|| format!("no value is {value}"))?,
    ))
}
