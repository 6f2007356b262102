use super::*;

#[test]
fn sums_are_unknown_if_a_cell_is_and_of_what_is_known_if_asked() {
    let blank = "unknown: a field is blank";
    assert_evaluated(&[
        ("sum(cells(\"P1.*.y2023\", \"P1.all.*\"))", "15"),
        (
            "sum(cells(\"P1.*.y2023\", \"P1.all.*\")) == P1.all.y2023",
            "true",
        ),
        ("sum(cells(\"P1.*.y2024\", \"P1.all.*\"))", blank),
        ("sum_known(cells(\"P1.*.y2024\", \"P1.all.*\"))", "16"),
        ("sum(cells(\"L1.*.cost\"))", "3.75"),
        ("sum(last.cells(\"L1.*.cost\"))", "4"),
        ("sum([N1, 1, 0.5])", "8.5"),
        (
            "sum([N1, N2])",
            "unknown: a figure is missing: not_available",
        ),
        ("sum_known([N1, N2])", "7"),
        ("sum_known([N2, N4])", "unknown: no cell has a value"),
        ("sum_known([1 / 0, 1])", "unknown: a division by zero"),
        ("sum([B3, B3])", "2401 EUR"),
    ]);
}

/// Nothing has been spent, in whatever currency it would have been: the sum of no amounts compares and adds up with any.
#[test]
fn the_sum_of_no_amounts_is_nothing_in_any_currency() {
    let mut schema = schema();
    schema.add_list("C1", [("cost", Type::Money)]).unwrap();
    let mut answers = answers(&schema);
    let said = |source: &str, answers: &RoundAnswers| {
        let rule = Rule::compile(source, &schema, &Scope::of_none(), None).unwrap();
        said(rule.evaluate(&Situation::of(answers)))
    };
    let none = "sum(cells(\"C1.*.cost\"))";
    for (source, result) in [
        (format!("{none} <= B3"), "true"),
        (format!("B3 == {none}"), "false"),
        (format!("{none} == {none}"), "true"),
        (format!("{none} + B3"), "1200.5 EUR"),
        (format!("sum([{none}, M1, {none}])"), "10 USD"),
        (
            format!("sum([{none}, M1, B3])"),
            "unknown: amounts are in different currencies",
        ),
        (format!("max([{none}, M1]) == M1"), "true"),
        (format!("M1 in [{none}, M1]"), "true"),
        (format!("distinct([{none}, M1, {none}])"), "false"),
        (format!("({none}).amount"), "0"),
        (format!("({none}).currency"), "unknown: no cell has a value"),
    ] {
        assert_eq!(said(&source, &answers), result, "{source}");
    }
    // What was not checked is still no money.
    let field = schema.field("B3").unwrap();
    answers.set(field, Answer::Given(number("5")));
    let wrong = "unknown: an answer is not of its field's type";
    assert_eq!(said("B3 == M1", &answers), wrong);
}

#[test]
fn least_most_and_how_many() {
    let blank = "unknown: a field is blank";
    assert_evaluated(&[
        ("min(cells(\"P1.*.y2023\"))", "2"),
        ("max(cells(\"P1.*.y2023\"))", "15"),
        ("max(cells(\"P1.*.y2024\"))", blank),
        ("max([B7, date(\"2024-01-01\")]) == B7", "true"),
        ("min(last.cells(\"P1.theft.y2023\"))", "8"),
        ("count(cells(\"P1.*.y2024\"))", "3"),
        ("size(cells(\"P1.*.y2024\"))", "4"),
        ("count([N1, N2, N3, N4])", "1"),
        ("count(B5)", "2"),
        ("size(L1)", "2"),
        ("size(last.L1)", "1"),
        ("size([1, N4])", blank),
        ("size([1, 2])", "2"),
        ("distinct([1, 2, 1.0])", "false"),
        ("distinct([1, 2, 3])", "true"),
        ("distinct([1, N4])", blank),
        ("distinct(cells(\"L1.*.title\"))", "true"),
        ("distinct(cells(\"L1.*.kind\"))", "true"),
    ]);
}

#[test]
fn each_and_any() {
    let blank = "unknown: a field is blank";
    assert_evaluated(&[
        ("cells(\"P1.*.y2023\").all(x, x >= 2)", "true"),
        ("cells(\"P1.*.y2023\").all(x, x > 2)", "false"),
        ("cells(\"P1.*.y2024\").all(x, x > 2)", blank),
        ("cells(\"P1.*.y2024\").all(x, x > 4)", "false"),
        ("cells(\"P1.*.y2024\").exists(x, x > 15)", "true"),
        ("cells(\"P1.*.y2024\").exists(x, x > 99)", blank),
        ("cells(\"P1.*.y2024\").all(x, !has(x) || x > 2)", "true"),
        ("cells(\"P1.*.y2024\").exists(x, missing(x))", "false"),
        ("[N1, 2].exists(x, x == 7)", "true"),
        ("[N1, N4].exists(x, x == 7)", blank),
        (
            "[1, 2].all(x, has(x) && answered(x) && !missing(x))",
            "true",
        ),
        ("B5.exists(x, x == \"fine\")", "true"),
        (
            "cells(\"P1.*.y2023\").all(x, cells(\"P1.*.y2024\").exists(y, y > x))",
            "true",
        ),
        ("[1, 2].all(x, [3, 4].all(y, x < y))", "true"),
    ]);
}

#[test]
fn cells_that_are_not_relevant_are_none() {
    let schema = schema();
    let mut answers = answers(&schema);
    let fraud = schema.field("P1.fraud.y2024").unwrap();
    answers.set(fraud, Answer::NotRelevant);
    let situation = Situation::of(&answers);
    let said = |source: &str| said(compiled(source).evaluate(&situation));
    assert_eq!(
        said("sum(cells(\"P1.*.y2024\", \"P1.all.*\")) == P1.all.y2024"),
        "true"
    );
    assert_eq!(said("size(cells(\"P1.*.y2024\"))"), "3");
    assert_eq!(
        said("P1.fraud.y2024 > 1"),
        "unknown: a field is not relevant"
    );
    assert_eq!(
        said("sum([P1.fraud.y2024])"),
        "unknown: a field is not relevant"
    );
}

#[test]
fn a_list_without_entries_adds_up_to_nothing() {
    let answers = RoundAnswers::default();
    let situation = Situation::of(&answers);
    for (source, result) in [
        ("sum(cells(\"L1.*.cost\"))", "0"),
        ("sum_known(cells(\"L1.*.cost\"))", "0"),
        ("max(cells(\"L1.*.cost\"))", "unknown: no cell has a value"),
        ("size(L1)", "0"),
        ("size(last.L1)", "unknown: a field is blank"),
        ("cells(\"L1.*.cost\").all(x, x > 0)", "true"),
        ("cells(\"L1.*.cost\").exists(x, x > 0)", "false"),
        ("has(last.N1)", "false"),
    ] {
        assert_eq!(
            said(compiled(source).evaluate(&situation)),
            result,
            "{source}"
        );
    }
}

#[test]
fn a_rule_on_a_row_or_an_entry_holds_for_each() {
    let schema = schema();
    let answers = answers(&schema);
    let field = |address: &str| schema.field(address).unwrap();
    let scope = Scope::of_none()
        .this(Type::Whole)
        .row([("y2023", Type::Whole), ("y2024", Type::Whole)]);
    let rule = Rule::compile(
        "this == row.y2024 && sum(row.cells(\"*\")) > 10",
        &schema,
        &scope,
        None,
    )
    .unwrap();
    for (row, result) in [
        ("theft", "true"),
        ("robbery", "false"),
        ("fraud", "unknown: a field is blank"),
    ] {
        let cells = [
            field(&format!("P1.{row}.y2023")),
            field(&format!("P1.{row}.y2024")),
        ];
        let situation = Situation {
            frame: Frame {
                this: Some(cells[1]),
                row: &cells,
                entry: None,
            },
            ..Situation::of(&answers)
        };
        assert_eq!(said(rule.evaluate(&situation)), result, "{row}");
    }
    let rule = Rule::compile(
        "last.row.y2023 * 1.25 == this && last.this == 8",
        &schema,
        &scope,
        None,
    );
    let cells = [field("P1.theft.y2023")];
    let last = last_answers(&schema);
    let situation = Situation {
        now: &answers,
        last: Some(&last),
        frame: Frame {
            this: Some(cells[0]),
            row: &cells,
            entry: None,
        },
    };
    assert_eq!(said(rule.unwrap().evaluate(&situation)), "true");
    let scope = Scope::of_none().this(Type::Text).entry(field("L1"));
    let rule = Rule::compile(
        "this == \"Act\" && entry.cost < 2 && entry.kind == \"law\"",
        &schema,
        &scope,
        None,
    )
    .unwrap();
    for (entry, result) in [
        (Some(0), "true"),
        (Some(1), "false"),
        (Some(9), "unknown: a field is blank"),
        (None, "unknown: a field is blank"),
    ] {
        let situation = Situation {
            frame: Frame {
                this: entry.map(|_| field("L1.*.title")),
                row: &[],
                entry,
            },
            ..Situation::of(&answers)
        };
        assert_eq!(said(rule.evaluate(&situation)), result, "{entry:?}");
    }
}

#[test]
fn steps_are_bounded_and_no_operator_absorbs_that() {
    let mut schema = Schema::default();
    let mut answers = RoundAnswers::default();
    for number in 0..3_000 {
        let id = schema.add(&format!("T.r{number}"), Type::Whole).unwrap();
        answers.set(id, Answer::Given(Value::Number(Number::from(number))));
    }
    for (source, result) in [
        ("sum(cells(\"T.*\"))", "4498500"),
        (
            "cells(\"T.*\").all(x, x >= 0)",
            "unknown: there are too many steps",
        ),
        (
            "cells(\"T.*\").exists(x, cells(\"T.*\").exists(y, x < 0 && y < 0)) || true",
            "unknown: there are too many steps",
        ),
        (
            "distinct(cells(\"T.*\"))",
            "unknown: there are too many steps",
        ),
        (
            "sum_known([sum(cells(\"T.*\")), sum(cells(\"T.*\")), sum(cells(\"T.*\")), 1])",
            "13495501",
        ),
    ] {
        let rule = Rule::compile(source, &schema, &Scope::of_none(), None).unwrap();
        let (found, steps) = rule.evaluate_counted(&Situation::of(&answers));
        assert_eq!(said(found), result, "{source}");
        assert!(steps <= limits::MAX_STEPS);
    }
    let long = schema.add("long", Type::Text).unwrap();
    answers.set(long, Answer::Given(text(&"a".repeat(100_000))));
    let rule = Rule::compile("long.matches(\"b\")", &schema, &Scope::of_none(), None).unwrap();
    assert_eq!(
        rule.evaluate_counted(&Situation::of(&answers)),
        (Ok(Value::Bool(false)), 402)
    );
    let source = "cells(\"T.*\").exists(x, long.contains(\"b\"))";
    let rule = Rule::compile(source, &schema, &Scope::of_none(), None).unwrap();
    let found = rule.evaluate(&Situation::of(&answers));
    assert_eq!(said(found), "unknown: there are too many steps");
    let many = "sum(cells(\"T.*\")) + ".repeat(3) + "sum(cells(\"T.*\"))";
    let faults = Rule::compile(&many, &schema, &Scope::of_none(), None).unwrap_err();
    assert_eq!(faults[0].code(), "rule_too_many_cells");
}
