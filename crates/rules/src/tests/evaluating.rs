use super::*;

#[test]
fn values_and_operators() {
    assert_evaluated(&[
        ("true", "true"),
        ("1 + 2 * 3", "7"),
        ("0.1 + 0.2 == 0.3", "true"),
        ("B6 * 3 == 0.3", "true"),
        ("7 / 2", "3.5"),
        ("1 / 3", "0.33333333333333333333"),
        ("-7 % 3", "-1"),
        ("-(1 - 3)", "2"),
        ("2 - 3 - 4", "-5"),
        ("12.50", "12.5"),
        ("N1 == 7.0", "true"),
        ("Y1 - 1", "2023"),
        ("!B1", "false"),
        ("B2 == \"in_part\"", "true"),
        ("B2 != \"in_part\"", "false"),
        ("B2 in [\"yes\", \"in_part\"]", "true"),
        ("\"probation\" in B5", "false"),
        ("\"fine\" in B5", "true"),
        (
            "B7 >= date(\"2024-02-29\") && B7 < date(\"2024-03-01\")",
            "true",
        ),
        ("B8 == month(\"2024-02\")", "true"),
        ("B1 ? \"one\" : \"other\"", "one"),
        ("B3", "1200.5 EUR"),
        ("B3 + B3", "2401 EUR"),
        ("B3 * 2 / 4", "600.25 EUR"),
        ("2 * M1", "20 USD"),
        ("-M1", "-10 USD"),
        ("B3.amount > 1000 && B3.currency == \"EUR\"", "true"),
        ("B3.currency", "EUR"),
        ("B3.currency.startsWith(\"E\")", "true"),
        ("date(\"2024-01-31\")", "2024-01-31"),
    ]);
}

#[test]
fn what_is_not_there_makes_unknown_whatever_needs_it() {
    let blank = "unknown: a field is blank";
    let missing = "unknown: a figure is missing: not_available";
    let not_relevant = "unknown: a field is not relevant";
    assert_evaluated(&[
        ("N4", blank),
        ("N4 + 1", blank),
        ("N4 == 1", blank),
        ("N4 != 1", blank),
        ("B9 != \"first\"", blank),
        ("!(N4 > 1)", blank),
        ("N2 > 1", missing),
        ("N3 > 1", not_relevant),
        ("last.N1 > 1", blank),
        ("N4 > 1 ? 1 : 2", blank),
        ("B1 ? 1 : N4", "1"),
        ("B1 ? N4 : 1", blank),
        ("N1 in [7, N4]", blank),
        ("last.P1.theft.y2023 < P1.theft.y2023", "true"),
    ]);
}

#[test]
fn what_decides_absorbs_what_is_unknown() {
    let blank = "unknown: a field is blank";
    assert_evaluated(&[
        ("N4 > 1 && false", "false"),
        ("false && N4 > 1", "false"),
        ("N4 > 1 && true", blank),
        ("true && N4 > 1", blank),
        ("N4 > 1 || true", "true"),
        ("true || N4 > 1", "true"),
        ("N4 > 1 || false", blank),
        ("N4 > 1 || N2 > 1 || N3 > 1", blank),
        ("N4 > 1 || B1 && false || 1 / 0 == 1 || B1", "true"),
    ]);
}

#[test]
fn what_cannot_be_computed_is_unknown_with_its_reason() {
    let nines = "9".repeat(38);
    assert_evaluated(&[
        ("1 / 0", "unknown: a division by zero"),
        ("N1 % (N1 - 7)", "unknown: a division by zero"),
        (
            &format!("{nines} + 1"),
            "unknown: a number has too many digits",
        ),
        (
            &format!("{nines} * {nines}"),
            "unknown: a number has too many digits",
        ),
        ("B3 + M1", "unknown: amounts are in different currencies"),
        ("B3 < M1", "unknown: amounts are in different currencies"),
        ("B3 == M1", "unknown: amounts are in different currencies"),
        (
            "sum([B3, M1])",
            "unknown: amounts are in different currencies",
        ),
    ]);
    let rule = compiled("B1 && N1 / (N4 - 1) > 2");
    let schema = schema();
    let answers = answers(&schema);
    let unknown = rule.holds(&Situation::of(&answers)).unwrap_err();
    assert_eq!((unknown.span.start, unknown.span.end), (12, 14));
    assert_eq!(unknown.field, schema.field("N4"));
    assert!(unknown.reason.is_absence());
}

#[test]
fn presence_is_always_known() {
    assert_evaluated(&[
        ("has(N1)", "true"),
        ("has(N4)", "false"),
        ("has(N2)", "false"),
        ("has(N3)", "false"),
        ("has(F1)", "true"),
        ("has(B3.amount)", "true"),
        ("has(last.N1)", "false"),
        ("has(last.P1.theft.y2023)", "true"),
        ("has(field(\"old-code\"))", "false"),
        ("answered(N1)", "true"),
        ("answered(N2)", "true"),
        ("answered(N4)", "false"),
        ("answered(N3)", "false"),
        ("missing(N1)", "false"),
        ("missing(N2)", "true"),
        ("missing(N2, \"not_available\")", "true"),
        ("missing(N2, \"confidential\")", "false"),
        ("missing(N4)", "false"),
    ]);
}

#[test]
fn functions_of_one_value() {
    assert_evaluated(&[
        ("size(B4)", "8"),
        ("B4.size()", "8"),
        ("size(B5)", "2"),
        ("B4.contains(\"ö\")", "true"),
        ("B4.startsWith(\"sch\")", "false"),
        ("B4.endsWith(\"en\")", "true"),
        ("B4.matches(\"^Sch.ffen$\")", "true"),
        ("matches(B4, \"ö\")", "true"),
        ("B4.matches(\"x\")", "false"),
        ("abs(-5)", "5"),
        ("abs(N1 - 10)", "3"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("round(2.345, 2)", "2.35"),
        ("round(B3)", "1201 EUR"),
        (
            "days(date(\"2024-01-01\"), date(\"2024-12-31\")) + 1",
            "366",
        ),
        ("days(date(\"2024-03-01\"), B7)", "-1"),
        (
            "days(date(\"0001-01-01\"), date(\"9999-12-31\"))",
            "3652058",
        ),
        ("year(B7)", "2024"),
        ("year(B8) == Y1", "true"),
    ]);
}

#[test]
fn answers_of_a_wrong_type_are_unknown() {
    let schema = schema();
    let values = [
        Value::Bool(true),
        number("1"),
        number("1.5"),
        text("x"),
        Value::Choices(Arc::from(vec![])),
        Value::Opaque,
        Value::Month(Month::read("2024-01").unwrap()),
    ];
    let sources = [
        "B1 && !B1",
        "B2 == \"yes\"",
        "B3 + B3 > B3",
        "B3.amount > 1",
        "B3.currency == \"x\"",
        "B4.contains(\"a\")",
        "B4.matches(\"a\")",
        "size(B4) > 1",
        "\"fine\" in B5",
        "size(B5)",
        "B6 * 2 > 1",
        "days(B7, B7)",
        "year(B7)",
        "year(B8)",
        "N1 % 2",
        "abs(N1)",
        "round(N1)",
        "sum([N1, N2])",
        "max([N1, N2])",
        "distinct([N1, N2])",
        "-N1",
        "B1 ? 1 : 2",
    ];
    for value in values {
        let mut answers = RoundAnswers::default();
        for number in schema
            .addresses()
            .filter_map(|address| schema.field(address))
        {
            answers.set(number, Answer::Given(value.clone()));
        }
        for source in sources {
            let _ = compiled(source).evaluate(&Situation::of(&answers));
        }
    }
}
