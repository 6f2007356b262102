//! How numbers are written in answers.

use super::*;

/// Every spelling of a number, in every type that takes one: what is stored, or why not.
#[test]
fn numbers_have_one_rule_for_every_type() {
    let (bad, stray) = (Err("bad"), Err("stray_character"));
    for (given, whole, decimal, year) in [
        (json!(2011), Ok("2011"), Ok("2011"), Ok("2011")),
        (json!("2011"), Ok("2011"), Ok("2011"), Ok("2011")),
        (json!(2011.0), Ok("2011"), Ok("2011"), Ok("2011")),
        (json!("2011.0"), Ok("2011"), Ok("2011"), Ok("2011")),
        (json!("2011.00"), Ok("2011"), Ok("2011"), Ok("2011")),
        (json!("+2011"), Ok("2011"), Ok("2011"), Ok("2011")),
        (json!("002011"), Ok("2011"), Ok("2011"), Ok("2011")),
        (json!(2.011e3), Ok("2011"), Ok("2011"), Ok("2011")),
        (json!("+5"), Ok("5"), Ok("5"), bad),
        (json!("007"), Ok("7"), Ok("7"), bad),
        (json!("-0"), Ok("0"), Ok("0"), bad),
        (json!("-5.0"), Ok("-5"), Ok("-5"), bad),
        (json!(12.5), bad, Ok("12.5"), bad),
        (json!("12.50"), bad, Ok("12.5"), bad),
        (json!(0.1), bad, Ok("0.1"), bad),
        (json!(1e300), bad, bad, bad),
        (json!("1e3"), bad, bad, bad),
        (json!("1,5"), bad, bad, bad),
        (json!(".5"), bad, bad, bad),
        (json!("5."), bad, bad, bad),
        (json!("+-5"), bad, bad, bad),
        (json!("0x10"), bad, bad, bad),
        (json!("٣٤"), stray, stray, stray),
        (json!("２０１１"), stray, stray, stray),
        (json!(" 2011"), stray, stray, stray),
        (json!("2\u{200b}011"), stray, stray, stray),
    ] {
        for (code, member, expected) in [
            ("N1", "whole_number", whole),
            ("N2", "decimal", decimal),
            ("N4", "year", year),
        ] {
            let read = parsed(code, &json!({"value": given}));
            let read = read.map(|stored| match &stored[member] {
                Value::String(text) => text.clone(),
                number => number.to_string(),
            });
            let read = read.map_err(|faults| match faults[0].0 {
                "bad_whole_number" | "bad_decimal" | "bad_year" => "bad",
                other => other,
            });
            assert_eq!(read, expected.map(str::to_owned), "{code} {given}");
        }
    }
}

/// What a question allows is written as its answers are.
#[test]
fn limits_have_the_rule_of_numbers_too() {
    let text = "/sections/0/questions/2/max_length";
    let (places, year) = (
        "/sections/1/questions/1/places",
        "/sections/1/questions/3/max",
    );
    for (at, given, code) in [
        (text, json!(200), None),
        (text, json!("200"), None),
        (text, json!(200.0), None),
        (text, json!("+200"), None),
        (text, json!(u64::MAX), Some("wrong_json_type")),
        (text, json!(u64::from(u32::MAX) + 1), Some("bad_limit")),
        (text, json!(-1), Some("bad_limit")),
        (places, json!("2"), None),
        (places, json!(2.5), Some("wrong_json_type")),
        (places, json!(31), Some("bad_limit")),
        (year, json!("1990"), None),
        (year, json!(1990.0), None),
        (year, json!("MMXI"), Some("wrong_json_type")),
        (year, json!(99), Some("bad_year")),
        (year, json!(40_000), Some("bad_year")),
    ] {
        let change = |json: &mut Value| {
            let (question, member) = at.rsplit_once('/').unwrap();
            json.pointer_mut(question).unwrap()[member] = given.clone();
        };
        let expected: Vec<_> = code.iter().map(|code| (*code, at)).collect();
        assert_faults(&faults_after(change), &expected);
    }
}

#[test]
fn a_day_that_limits_answers_has_the_one_spelling_of_days() {
    let at = "/sections/1/questions/2/min";
    for (given, code) in [
        (json!("2011-03-08"), None),
        (json!("20110308"), Some("bad_date")),
        (json!("2011-03-08T10:00"), Some("bad_date")),
        (json!("2011-03-08\u{200b}"), Some("stray_character")),
        (json!(2011), Some("wrong_json_type")),
    ] {
        let change = |json: &mut Value| {
            json.pointer_mut("/sections/1/questions/2").unwrap()["min"] = given.clone();
        };
        let expected: Vec<_> = code.iter().map(|code| (*code, at)).collect();
        assert_faults(&faults_after(change), &expected);
    }
}
