//! The cells of a column that wait for their group of rows to be full.

use std::mem::take;

use bytes::Bytes;
use domain::Decimal;
use jiff::civil::{Date, date};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;

use crate::formats::layout::Value;

/// About what a text costs, its bytes aside.
const TEXT_BYTES: usize = 40;

/// Up to as many digits, a double spells a decimal.
const SAFE_DIGITS: usize = 15;

const EPOCH: Date = date(1970, 1, 1);

/// How a column is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Codes and words.
    Text,
    /// Whole numbers.
    Integer,
    /// The nearest double of decimals.
    Double,
    /// The digits of decimals that a double does not spell.
    Exact,
    /// Yes and no.
    Boolean,
    /// Days since 1970.
    Date,
    /// Microseconds since 1970.
    Time,
}

/// The cells of a column that wait.
pub struct BufferedColumn {
    /// The place of the column that is laid out.
    pub place: usize,
    kind: Kind,
    /// For each row, whether its cell is blank: 0, or is not: 1.
    levels: Vec<i16>,
    /// All texts, one behind the other, so that a cell costs no allocation.
    texts: Vec<u8>,
    /// Where each text ends.
    ends: Vec<usize>,
    integers: Vec<i64>,
    doubles: Vec<f64>,
    booleans: Vec<bool>,
    days: Vec<i32>,
}

impl BufferedColumn {
    pub fn new(place: usize, kind: Kind) -> Self {
        Self {
            place,
            kind,
            levels: Vec::new(),
            texts: Vec::new(),
            ends: Vec::new(),
            integers: Vec::new(),
            doubles: Vec::new(),
            booleans: Vec::new(),
            days: Vec::new(),
        }
    }

    /// About how many bytes wait.
    pub fn bytes(&self) -> usize {
        let numbers = self.integers.len() + self.doubles.len();
        let small = self.levels.len() * 2 + self.booleans.len() + self.days.len() * 4;
        self.texts.len() + self.ends.len() * TEXT_BYTES + numbers * 8 + small
    }

    /// Adds a cell. One of another type than the column's is blank; rows are checked before.
    pub fn push(&mut self, value: &Value<'_>) {
        let is_there = match (self.kind, value) {
            (Kind::Text, Value::Text(text)) => self.push_text(text),
            (Kind::Integer, Value::Integer(number)) => {
                self.integers.push(*number);
                true
            }
            (Kind::Double, Value::Integer(number)) => {
                self.doubles.push(*number as f64);
                true
            }
            (Kind::Double, Value::Decimal(number)) => match number.as_str().parse() {
                Ok(number) => {
                    self.doubles.push(number);
                    true
                }
                Err(_) => false,
            },
            (Kind::Exact, Value::Integer(number)) if !is_spelled_whole(*number) => {
                self.push_text(&number.to_string())
            }
            (Kind::Exact, Value::Decimal(number)) if !is_spelled(number) => {
                self.push_text(number.as_str())
            }
            (Kind::Boolean, Value::Boolean(is_so)) => {
                self.booleans.push(*is_so);
                true
            }
            (Kind::Date, Value::Date(date)) => {
                self.days.push(days_since_1970(*date));
                true
            }
            (Kind::Time, Value::Time(time)) => {
                self.integers.push(time.as_microsecond());
                true
            }
            _ => false,
        };
        self.levels.push(i16::from(is_there));
    }

    fn push_text(&mut self, text: &str) -> bool {
        self.texts.extend_from_slice(text.as_bytes());
        self.ends.push(self.texts.len());
        true
    }

    /// Writes what waits, and is empty then.
    pub fn write(&mut self, writer: &mut ColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = Some(&self.levels[..]);
        match writer {
            ColumnWriter::ByteArrayColumnWriter(writer) => {
                let texts = Bytes::from(take(&mut self.texts));
                let mut begin = 0;
                let slice = |end: usize| {
                    let text = texts.slice(begin..end);
                    begin = end;
                    ByteArray::from(text)
                };
                let texts: Vec<ByteArray> = self.ends.drain(..).map(slice).collect();
                writer.write_batch(&texts, levels, None)?;
            }
            ColumnWriter::Int64ColumnWriter(writer) => {
                writer.write_batch(&self.integers, levels, None)?;
            }
            ColumnWriter::DoubleColumnWriter(writer) => {
                writer.write_batch(&self.doubles, levels, None)?;
            }
            ColumnWriter::BoolColumnWriter(writer) => {
                writer.write_batch(&self.booleans, levels, None)?;
            }
            ColumnWriter::Int32ColumnWriter(writer) => {
                writer.write_batch(&self.days, levels, None)?;
            }
            _ => {}
        }
        self.levels.clear();
        self.integers.clear();
        self.doubles.clear();
        self.booleans.clear();
        self.days.clear();
        Ok(())
    }
}

fn days_since_1970(date: Date) -> i32 {
    let hours = date.duration_since(EPOCH).as_hours();
    i32::try_from(hours / 24).unwrap_or_default()
}

/// Whether the shortest text that reads back as the nearest double is the decimal's own.
fn is_spelled(number: &Decimal) -> bool {
    let text = number.as_str();
    if text.bytes().filter(u8::is_ascii_digit).count() <= SAFE_DIGITS {
        return true;
    }
    let double = text.parse::<f64>();
    double.is_ok_and(|double| double.to_string() == text)
}

fn is_spelled_whole(number: i64) -> bool {
    number.unsigned_abs() <= 1 << 53 || (number as f64).to_string() == number.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_spells_what_reads_back_as_it_was() {
        for (text, spelled) in [
            ("0", true),
            ("-0.1", true),
            ("123456789012345", true),
            ("0.30000000000000004", true),
            ("9007199254740993", false),
            ("0.1000000000000000055511151231", false),
            ("123456789012345678901234567890", false),
            ("100000000000000000000000000000", true),
        ] {
            assert_eq!(is_spelled(&text.parse().unwrap()), spelled, "{text}");
        }
        assert!(is_spelled_whole(-(1 << 53)));
        assert!(!is_spelled_whole((1 << 53) + 1));
        assert!(!is_spelled_whole(i64::MAX));
    }

    #[test]
    fn days_are_counted_from_1970() {
        for (day, days) in [
            (date(1970, 1, 1), 0),
            (date(1970, 1, 2), 1),
            (date(1969, 12, 31), -1),
            (date(2026, 11, 29), 20_786),
            (Date::MIN, -4_371_587),
            (Date::MAX, 2_932_896),
        ] {
            assert_eq!(days_since_1970(day), days, "{day}");
        }
    }
}
