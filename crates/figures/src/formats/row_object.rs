//! A row as a JSON object, keyed by the codes of columns.

use std::io::Write;

use super::layout::{Layout, Value};
use super::{FormatError, Labelling};
use crate::{Cell, Head};

pub(super) struct RowObjects {
    layout: Layout,
    /// What stands before each value: `{"a":`, `,"b":`.
    keys: Vec<Vec<u8>>,
}

impl RowObjects {
    pub fn new(head: &Head, labelling: Labelling) -> Result<Self, FormatError> {
        let layout = Layout::new(head, labelling)?;
        let mut keys = Vec::new();
        for (place, column) in layout.columns.iter().enumerate() {
            let mut key = vec![if place == 0 { b'{' } else { b',' }];
            serde_json::to_writer(&mut key, &column.code)?;
            key.push(b':');
            keys.push(key);
        }
        Ok(Self { layout, keys })
    }

    pub fn write(&mut self, row: &[Cell], out: &mut Vec<u8>) -> Result<(), FormatError> {
        self.layout.check(row)?;
        if self.keys.is_empty() {
            out.push(b'{');
        }
        for (key, column) in self.keys.iter().zip(&self.layout.columns) {
            out.extend_from_slice(key);
            write_value(&column.value(row), out)?;
        }
        out.push(b'}');
        Ok(())
    }
}

/// The most digits before the point of a decimal that is written plain. Some readers, pandas' among them, take what stands there for a
/// whole number of 64 bits, and fail when it is none.
const MOST_WHOLE_DIGITS: usize = 18;

/// A value in JSON: decimals with all their digits, instants to the microsecond, always.
pub(super) fn write_value(value: &Value<'_>, out: &mut Vec<u8>) -> Result<(), FormatError> {
    match value {
        Value::Blank => out.extend_from_slice(b"null"),
        Value::Text(text) => serde_json::to_writer(out, text)?,
        Value::Integer(number) => write!(out, "{number}")?,
        Value::Decimal(number) => write_decimal(number.as_str(), out),
        Value::Boolean(is_so) => write!(out, "{is_so}")?,
        Value::Date(date) => write!(out, "\"{date}\"")?,
        Value::Time(time) => write!(out, "\"{time:.6}\"")?,
    }
    Ok(())
}

/// A decimal with all its digits: `12.5`, and `1.2345678901234567890125e20` where many are before the point.
fn write_decimal(number: &str, out: &mut Vec<u8>) {
    let (sign, magnitude) = number.split_at(usize::from(number.starts_with('-')));
    let (whole, fraction) = magnitude.split_once('.').unwrap_or((magnitude, ""));
    match whole.split_at_checked(1) {
        Some((first, others)) if whole.len() > MOST_WHOLE_DIGITS => {
            let power = others.len().to_string();
            for part in [sign, first, ".", others, fraction, "e", &power] {
                out.extend_from_slice(part.as_bytes());
            }
        }
        _ => out.extend_from_slice(number.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_with_many_digits_before_its_point_is_told_by_its_power_of_ten() {
        for (number, json) in [
            ("0", "0"),
            ("-12.5", "-12.5"),
            ("999999999999999999.5", "999999999999999999.5"),
            ("-1234567890123456789.5", "-1.2345678901234567895e18"),
            ("100000000000000000000", "1.00000000000000000000e20"),
        ] {
            let mut out = Vec::new();
            write_decimal(number, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), json);
            let doubles: (f64, f64) = (number.parse().unwrap(), json.parse().unwrap());
            assert_eq!(doubles.0, doubles.1);
        }
    }
}
