//! How long an evaluation takes: a rule of a few operators, evaluated so often that a watch shows it. This crate reads no clock:
//!
//! ```sh
//! cargo build --release --package rapporteur-rules --example evaluation
//! time target/release/examples/evaluation 'N1 > 5 && B2 in ["yes", "in_part"]' 10000000
//! ```
//!
//! Seconds by ten million are tenths of a microsecond for each.

use std::error::Error;
use std::hint::black_box;

use rules::{Answer, Number, RoundAnswers, Rule, Schema, Scope, Situation, Type, Value};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let source = arguments.next();
    let source = source
        .as_deref()
        .unwrap_or("N1 > 5 && B2 in [\"yes\", \"in_part\"]");
    let count: u64 = arguments.next().as_deref().unwrap_or("10000000").parse()?;

    let mut schema = Schema::default();
    let mut answers = RoundAnswers::default();
    let whole = schema.add("N1", Type::Whole)?;
    answers.set(whole, Answer::Given(Value::Number(Number::from(7))));
    let choice = schema.add("B2", Type::choice(["yes", "no", "in_part"]))?;
    answers.set(choice, Answer::Given(Value::Text("in_part".into())));
    let share = schema.add("B6", Type::Decimal)?;
    answers.set(share, Answer::Given(Value::Number("0.25".parse()?)));
    for row in 0..12 {
        let cell = schema.add(&format!("P1.r{row}.y0"), Type::Whole)?;
        answers.set(cell, Answer::Given(Value::Number(Number::from(row))));
    }

    let rule = match Rule::compile(source, &schema, &Scope::of_none(), None) {
        Ok(rule) => rule,
        Err(faults) => {
            for fault in faults {
                eprintln!("{fault}");
            }
            return Err("the rule has faults".into());
        }
    };
    let situation = Situation::of(&answers);
    for _ in 0..count {
        black_box(rule.evaluate(black_box(&situation))).ok();
    }
    eprintln!("{count} times: {:?}", rule.evaluate(&situation));
    Ok(())
}
