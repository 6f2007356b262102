//! A questionnaire, its answers, and what rules say of them.

use std::sync::Arc;

use crate::*;

mod documentation;
mod evaluating;
mod graphs;
mod lists;
mod parsing;
mod properties;
mod typing;
mod typing_functions;

/// Fields of every type, a table, and a list.
pub(super) fn schema() -> Schema {
    let mut schema = Schema::default();
    let answers = ["yes", "no", "in_part"];
    for (address, holds) in [
        ("B1", Type::Bool),
        ("B2", Type::choice(answers)),
        ("B3", Type::Money),
        ("B4", Type::Text),
        ("B5", Type::choices(["prison", "probation", "fine"])),
        ("B6", Type::Decimal),
        ("B7", Type::Date),
        ("B8", Type::Month),
        ("B9", Type::choice(["first", "second"])),
        ("N1", Type::Whole),
        ("N2", Type::Whole),
        ("N3", Type::Whole),
        ("N4", Type::Whole),
        ("Y1", Type::Year),
        ("F1", Type::Opaque),
        ("M1", Type::Money),
        ("old-code", Type::Bool),
        ("P2.theft.definition", Type::Text),
        ("P2.theft.agrees", Type::choice(answers)),
    ] {
        schema.add(address, holds).unwrap();
    }
    for row in ["theft", "robbery", "fraud", "all"] {
        for year in ["y2023", "y2024"] {
            let address = format!("P1.{row}.{year}");
            schema.add(&address, Type::Whole).unwrap();
        }
    }
    let parts = [
        ("title", Type::Text),
        ("cost", Type::Decimal),
        ("kind", Type::choice(["law", "decree"])),
    ];
    schema.add_list("L1", parts).unwrap();
    schema
}

pub(super) fn number(text: &str) -> Value {
    Value::Number(text.parse().unwrap())
}

pub(super) fn text(text: &str) -> Value {
    Value::Text(Arc::from(text))
}

/// B9, N4 and a cell of fraud are blank; N2 is not available, N3 not relevant.
pub(super) fn answers(schema: &Schema) -> RoundAnswers {
    let mut answers = RoundAnswers::default();
    let chosen: Arc<[Arc<str>]> = Arc::from(vec![Arc::from("prison"), Arc::from("fine")]);
    let money = |amount: &str, currency| {
        Value::Money(amount.parse().unwrap(), Currency::new(currency).unwrap())
    };
    for (address, value) in [
        ("B1", Value::Bool(true)),
        ("B2", text("in_part")),
        ("B3", money("1200.50", "EUR")),
        ("M1", money("10", "USD")),
        ("B4", text("Schöffen")),
        ("B5", Value::Choices(chosen)),
        ("B6", number("0.1")),
        ("B7", Value::Date(jiff::civil::date(2024, 2, 29))),
        ("B8", Value::Month(Month::read("2024-02").unwrap())),
        ("N1", number("7")),
        ("Y1", number("2024")),
        ("F1", Value::Opaque),
        ("P1.theft.y2023", number("10")),
        ("P1.theft.y2024", number("12")),
        ("P1.robbery.y2023", number("3")),
        ("P1.robbery.y2024", number("4")),
        ("P1.fraud.y2023", number("2")),
        ("P1.all.y2023", number("15")),
        ("P1.all.y2024", number("16")),
        ("P2.theft.definition", text("as told")),
    ] {
        answers.set(schema.field(address).unwrap(), Answer::Given(value));
    }
    let mut set = |address, answer| answers.set(schema.field(address).unwrap(), answer);
    set("N2", Answer::Missing(Missing::NotAvailable));
    set("N3", Answer::NotRelevant);
    let given = |values: &[&str], value: fn(&str) -> Value| -> Vec<_> {
        let values = values.iter();
        values
            .map(|written| Answer::Given(value(written)))
            .collect()
    };
    let mut set = |address, entries| {
        answers.set_entries(schema.field(address).unwrap(), entries);
    };
    set("L1.*.title", given(&["Act", "Decree"], text));
    set("L1.*.cost", given(&["1.5", "2.25"], number));
    set("L1.*.kind", vec![Answer::Given(text("law")), Answer::Blank]);
    answers.set_entry_count(schema.field("L1").unwrap(), 2);
    answers
}

/// The last round: theft in 2023 alone, and one entry.
pub(super) fn last_answers(schema: &Schema) -> RoundAnswers {
    let mut answers = RoundAnswers::default();
    let theft = schema.field("P1.theft.y2023").unwrap();
    answers.set(theft, Answer::Given(number("8")));
    answers.set_entry_count(schema.field("L1").unwrap(), 1);
    let costs = vec![Answer::Given(number("4"))];
    answers.set_entries(schema.field("L1.*.cost").unwrap(), costs);
    answers
}

pub(super) fn compiled(source: &str) -> Rule {
    let rule = Rule::compile(source, &schema(), &Scope::of_none(), None);
    rule.unwrap_or_else(|faults| panic!("{source}: {faults:?}"))
}

/// The faults of a rule, each as `code` and the text at which it stands.
pub(super) fn faults(source: &str) -> Vec<String> {
    faults_in(source, &Scope::of_none(), None)
}

pub(super) fn faults_in(source: &str, scope: &Scope, result: Option<&Type>) -> Vec<String> {
    let faults = Rule::compile(source, &schema(), scope, result);
    let faults = faults.err().unwrap_or_default().into_iter();
    let told = faults.map(|fault| {
        assert!(!fault.to_string().is_empty());
        let Span { start, end } = fault.place.span;
        let at = &source[usize::from(start)..usize::from(end)];
        format!("{} {at}", fault.code())
    });
    told.collect()
}

pub(super) fn said(result: Result<Value, Unknown>) -> String {
    match result {
        Ok(Value::Bool(truth)) => truth.to_string(),
        Ok(Value::Number(number)) => number.to_string(),
        Ok(Value::Text(text)) => text.to_string(),
        Ok(Value::Money(amount, currency)) => format!("{amount} {}", currency.as_str()),
        Ok(Value::Date(day)) => day.to_string(),
        Ok(other) => format!("{other:?}"),
        Err(unknown) => format!("unknown: {}", unknown.reason),
    }
}

/// What a rule comes to, in words.
pub(super) fn evaluated(source: &str) -> String {
    let schema = schema();
    let (now, last) = (answers(&schema), last_answers(&schema));
    let situation = Situation {
        now: &now,
        last: Some(&last),
        frame: Frame::default(),
    };
    said(compiled(source).evaluate(&situation))
}

#[track_caller]
pub(super) fn assert_evaluated(cases: &[(&str, &str)]) {
    for (source, result) in cases {
        assert_eq!(evaluated(source), *result, "{source}");
    }
}
