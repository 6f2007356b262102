//! Numbers in JSON documents: one that would be read as another is refused, not rounded.

use serde_json::Value;

use crate::http::problem::Problem;
use domain::number;

/// The first number of a document that reading it changed, with the place at which its spelling begins. Only a document with
/// a number that is no integer can have one: integers beyond 64 bits are read as such too.
pub(super) fn changed<'a>(document: &'a [u8], read: &Value) -> Option<(usize, &'a str)> {
    if !has_float(read) {
        return None;
    }
    let mut at = 0;
    while let Some(byte) = document.get(at) {
        at += match byte {
            b'"' => string(document.get(at..)?),
            b'-' | b'0'..=b'9' => {
                let token = number(document.get(at..)?);
                if !number::is_kept(token) {
                    return Some((at, token));
                }
                token.len()
            }
            _ => 1,
        };
    }
    None
}

/// The problem of such a number.
pub(super) fn problem(number: &str, pointer: String) -> Problem {
    Problem::new("inexact_number")
        .arg("number", number)
        .at(pointer)
}

fn has_float(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(items) => items.iter().any(has_float),
        Value::Object(members) => members.values().any(has_float),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

/// How long a string is that begins here, with its quotation marks.
fn string(bytes: &[u8]) -> usize {
    let mut is_escaped = false;
    let end = bytes.iter().skip(1).position(|byte| {
        let is_end = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        is_end
    });
    end.map_or(bytes.len(), |end| end + 2)
}

/// The number that begins here.
fn number(bytes: &[u8]) -> &str {
    let is_part = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
    let length = bytes.iter().take_while(|byte| is_part(byte)).count();
    let spelling = bytes.get(..length).unwrap_or_default();
    std::str::from_utf8(spelling).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_would_be_read_as_another_is_found() {
        for (document, found) in [
            ("{\"a\": 0.1, \"b\": [1e3, -2.50]}", None),
            (
                "{\"a\": 0.1, \"b\\\"1.00000000000000000001\": 9007199254740993.0}",
                Some("9007199254740993.0"),
            ),
            ("[18446744073709551616]", Some("18446744073709551616")),
            ("[\"0.12345678901234567890123\", 1.5]", None),
            (
                "[1.5, -0.12345678901234567890]",
                Some("-0.12345678901234567890"),
            ),
            ("[9223372036854775807]", None),
        ] {
            let read = serde_json::from_str(document).unwrap();
            let changed = changed(document.as_bytes(), &read);
            assert_eq!(changed.map(|(_, number)| number), found, "{document}");
            if let Some((at, number)) = changed {
                assert!(document[at..].starts_with(number));
            }
        }
    }
}
