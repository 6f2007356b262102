//! What is done with an input, and what must hold whatever it is.

use rules::limits::MAX_STEPS;
use rules::{Fault, Frame, Reason, Rule, Schema, Scope, Situation, Type, parse};

use super::questionnaire::{answers, schema};

/// Reads a rule. What is read prints as a text that is read alike; what is not has faults in the text.
pub fn parser(input: &[u8]) {
    let Ok(source) = str::from_utf8(input) else {
        return;
    };
    match parse(source) {
        Ok(expression) => {
            let printed = expression.to_string();
            match parse(&printed) {
                Ok(again) => assert_eq!(again, expression, "{source:?} and {printed:?}"),
                // In one spelling there may be more brackets and spaces than were written.
                Err(faults) => assert!(faults.iter().all(is_of_size), "{source:?}: {faults:?}"),
            }
        }
        Err(faults) => assert_placed(&faults, source),
    }
}

/// Checks a rule, in every place where one can stand, and for whichever type it is to give.
pub fn checker(input: &[u8]) {
    let Ok(source) = str::from_utf8(input) else {
        return;
    };
    let schema = schema();
    let results = [Type::Bool, Type::Decimal, Type::choice(["yes", "other"])];
    for scope in scopes(&schema) {
        let any = Rule::compile(source, &schema, &scope, None);
        for result in &results {
            match (&any, Rule::compile(source, &schema, &scope, Some(result))) {
                (Ok(any), Ok(rule)) => assert_eq!(any.gives(), rule.gives(), "{source:?}"),
                (Err(faults), Ok(_)) => assert!(faults.is_empty(), "{source:?}: {faults:?}"),
                (_, Err(faults)) => assert_placed(&faults, source),
            }
        }
        if let Err(faults) = any {
            assert_placed(&faults, source);
        }
    }
}

/// Evaluates the rule that stands after the first line, with answers that the first line chooses.
pub fn evaluator(input: &[u8]) {
    let end = input.iter().position(|byte| *byte == b'\n');
    let (choices, source) = input.split_at(end.unwrap_or_default());
    let Ok(source) = str::from_utf8(source) else {
        return;
    };
    let schema = schema();
    let (now, last) = (answers(&schema, choices, 0), answers(&schema, choices, 7));
    let row: Vec<_> = ["P1.theft.y2023", "P1.theft.y2024"]
        .into_iter()
        .filter_map(|cell| schema.field(cell))
        .collect();
    let frames = [
        Frame::default(),
        Frame {
            this: row.first().copied(),
            row: &row,
            entry: None,
        },
        Frame {
            this: schema.field("L1.*.cost"),
            row: &[],
            entry: Some(1),
        },
    ];
    for (scope, frame) in scopes(&schema).into_iter().zip(frames) {
        let Ok(rule) = Rule::compile(source, &schema, &scope, None) else {
            continue;
        };
        let situation = Situation {
            now: &now,
            last: Some(&last),
            frame,
        };
        let (result, steps) = rule.evaluate_counted(&situation);
        assert!(steps <= MAX_STEPS, "{source:?}");
        assert_eq!(rule.evaluate(&situation), result, "{source:?}");
        if let Err(why) = result {
            // The answers are of the types of their fields: so is whatever is computed of them.
            assert_ne!(why.reason, Reason::WrongType, "{source:?}");
        }
    }
}

fn is_of_size(fault: &Fault) -> bool {
    ["rule_too_long", "rule_too_large", "rule_too_deep"].contains(&fault.code())
}

fn scopes(schema: &Schema) -> Vec<Scope> {
    let none = Scope::of_none();
    let row = Scope::of_none()
        .this(Type::Whole)
        .row([("y2023", Type::Whole), ("y2024", Type::Whole)]);
    let entry = schema
        .field("L1")
        .map(|list| Scope::of_none().this(Type::Decimal).entry(list));
    [Some(none), Some(row), entry]
        .into_iter()
        .flatten()
        .collect()
}

/// There are faults, and each stands somewhere in the text.
fn assert_placed(faults: &[Fault], source: &str) {
    assert!(!faults.is_empty(), "{source:?}");
    for fault in faults {
        let (start, end) = (
            usize::from(fault.place.span.start),
            usize::from(fault.place.span.end),
        );
        let is_in_text = source.get(start..end).is_some();
        assert!(
            is_in_text || source.len() > usize::from(u16::MAX),
            "{source:?}: {fault:?}"
        );
        assert!(!fault.to_string().is_empty() && fault.place.line > 0 && fault.place.column > 0);
    }
}
