//! CSV (RFC 4180): UTF-8, a first line of names, lines that end with CR LF.
//!
//! A cell of words that programs for tables would take for a formula has an apostrophe before it. Numbers, dates and yes or no are written
//! plain: `-5` stays a number. A blank cell is nothing; an empty text is `""`. Instants are
//! of microseconds, always: pandas reads a column by the form of its first.

use std::io::Write;

use super::layout::{Layout, Value};
use super::text::is_formula;
use super::{FormatError, Labelling, Options, TableWriter};
use crate::{Cell, Head};

/// The mark by which Excel knows that a file is in UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

pub(super) struct CsvWriter {
    layout: Layout,
}

impl CsvWriter {
    pub fn begin(head: &Head, options: &Options, out: &mut Vec<u8>) -> Result<Self, FormatError> {
        let layout = Layout::new(head, options.labels)?;
        if options.byte_order_mark {
            out.extend_from_slice(BYTE_ORDER_MARK);
        }
        for (place, column) in layout.columns.iter().enumerate() {
            let name = match options.labels {
                Labelling::Labels => &column.label,
                Labelling::Codes | Labelling::Both => &column.code,
            };
            write_separator(place, out);
            write_text(name, out);
        }
        out.extend_from_slice(b"\r\n");
        Ok(Self { layout })
    }
}

impl TableWriter for CsvWriter {
    fn row(&mut self, row: &[Cell], out: &mut Vec<u8>) -> Result<(), FormatError> {
        self.layout.check(row)?;
        let is_alone = self.layout.columns.len() == 1;
        for (place, column) in self.layout.columns.iter().enumerate() {
            write_separator(place, out);
            match column.value(row) {
                // An empty line would be no row.
                Value::Blank if is_alone => out.extend_from_slice(b"\"\""),
                Value::Blank => {}
                Value::Text(text) => write_text(&text, out),
                Value::Integer(number) => write!(out, "{number}")?,
                Value::Decimal(number) => out.extend_from_slice(number.as_str().as_bytes()),
                Value::Boolean(is_so) => write!(out, "{is_so}")?,
                Value::Date(date) => write!(out, "{date}")?,
                Value::Time(time) => write!(out, "{time:.6}")?,
            }
        }
        out.extend_from_slice(b"\r\n");
        Ok(())
    }

    fn finish(self: Box<Self>, _: &mut (dyn Write + Send)) -> Result<(), FormatError> {
        Ok(())
    }
}

fn write_separator(place: usize, out: &mut Vec<u8>) {
    if place > 0 {
        out.push(b',');
    }
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    let is_formula = is_formula(text);
    let ends_or_parts = |byte| matches!(byte, b',' | b'"' | b'\r' | b'\n');
    // Some programs take spaces at the ends of a cell that is not quoted for nothing, and this mark at the beginning of the file.
    let has_edge = text.starts_with([' ', '\u{feff}']) || text.ends_with(' ');
    if !text.is_empty() && !has_edge && !text.bytes().any(ends_or_parts) {
        if is_formula {
            out.push(b'\'');
        }
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    if is_formula {
        out.push(b'\'');
    }
    for (part, between) in text.split('"').enumerate() {
        if part > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(between.as_bytes());
    }
    out.push(b'"');
}
