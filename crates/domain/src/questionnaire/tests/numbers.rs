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
