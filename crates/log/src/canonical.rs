//! Canonical JSON, RFC 8785 (JCS), for values without fractions: the log holds decimals as strings.

use serde_json::Value;

/// Writes `value` as RFC 8785 has it: no blanks, object keys in UTF-16 order, integers in plain digits.
///
/// Returns `None` where the value holds a number that is not an integer of at most 2^53 in size: JSON readers
/// disagree about such numbers, so the log takes them only as strings.
pub fn canonical(value: &Value) -> Option<String> {
    let mut text = String::with_capacity(256);
    write(value, &mut text)?;
    Some(text)
}

/// Integers beyond this (2^53) are not the same in every JSON reader.
const EXACT: u64 = 1 << 53;

/// Writes `value` at the end of `text`, as [`canonical`] does.
pub(super) fn write(value: &Value, text: &mut String) -> Option<()> {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => {
            let exact = number
                .as_i64()
                .is_some_and(|integer| integer.unsigned_abs() <= EXACT);
            if !exact {
                return None;
            }
            text.push_str(&number.to_string());
        }
        Value::String(string) => write_string(string, text),
        Value::Array(items) => {
            text.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                write(item, text)?;
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            if !members.iter().all(|(key, _)| key.is_ascii()) {
                members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            } else {
                members.sort_by_key(|(key, _)| key.as_str());
            }
            text.push('{');
            for (place, (key, member)) in members.into_iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                write_string(key, text);
                text.push(':');
                write(member, text)?;
            }
            text.push('}');
        }
    }
    Some(())
}

/// Writes a string, quoted, at the end of `text`.
pub(super) fn write_string(string: &str, text: &mut String) {
    use std::fmt::Write as _;

    let special = |character| matches!(character, '\0'..' ' | '"' | '\\');
    text.push('"');
    let mut plain = 0;
    for (place, character) in string.match_indices(special) {
        text.push_str(&string[plain..place]);
        plain = place + character.len();
        match character {
            "\u{8}" => text.push_str("\\b"),
            "\t" => text.push_str("\\t"),
            "\n" => text.push_str("\\n"),
            "\u{c}" => text.push_str("\\f"),
            "\r" => text.push_str("\\r"),
            "\"" | "\\" => {
                text.push('\\');
                text.push_str(character);
            }
            control => {
                let _ = write!(text, "\\u{:04x}", control.as_bytes()[0]);
            }
        }
    }
    text.push_str(&string[plain..]);
    text.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn writes_the_examples_of_the_rfc_that_have_no_fractions() {
        let value = json!({
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
            "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis"
        });
        assert_eq!(
            canonical(&value).unwrap(),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"\u{f6}\":\"Latin Small Letter O With \
             Diaeresis\",\"\u{20ac}\":\"Euro Sign\",\"\u{1f600}\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter \
             Dalet With Dagesh\"}"
        );
        let strings = json!({"string": "\u{20ac}$\u{000F}\nA'\u{0042}\u{0022}\u{005c}\\\"/"});
        assert_eq!(
            canonical(&strings).unwrap(),
            r#"{"string":"€$\u000f\nA'B\"\\\\\"/"}"#
        );
    }

    #[test]
    fn refuses_numbers_that_readers_disagree_about() {
        assert_eq!(canonical(&json!([1.5])), None);
        assert_eq!(canonical(&json!(9_007_199_254_740_993_i64)), None);
        assert_eq!(
            canonical(&json!(-9_007_199_254_740_992_i64)).unwrap(),
            "-9007199254740992"
        );
    }

    proptest! {
        #[test]
        fn says_the_same_as_it_was_given(keys in prop::collection::btree_map(".*", ".*", 0..8)) {
            let value = json!(keys);
            let text = canonical(&value).unwrap();
            prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        }
    }
}
