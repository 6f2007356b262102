//! JSON: one object, with all that the table says of itself, and an object a row.
//!
//! `{title, lang, asked, source, as_of: {position, time}, columns: [{code, label, role, type, categories?}], rows: [{<code>: …}],
//! notices: [{code, text}]}`. A blank cell is null. Numbers have all their digits, of decimals too, as JSON allows (with a power of ten behind
//! those that have more than eighteen before the point): what reads them as
//! doubles rounds them itself, and what does not loses nothing. Texts are codes; what they are called stands in the column's categories.

use std::io::Write;

use super::described::{Described, DescribedNotices};
use super::row_object::RowObjects;
use super::{FormatError, Labelling, TableWriter};
use crate::{Cell, Head};

pub(super) struct JsonWriter {
    head: Head,
    rows: RowObjects,
    has_rows: bool,
}

impl JsonWriter {
    pub fn begin(head: Head, out: &mut Vec<u8>) -> Result<Self, FormatError> {
        let rows = RowObjects::new(&head, Labelling::Codes)?;
        serde_json::to_writer(&mut *out, &Described::of(&head))?;
        // The object goes on.
        out.pop();
        out.extend_from_slice(b",\"rows\":[");
        Ok(Self {
            head,
            rows,
            has_rows: false,
        })
    }
}

impl TableWriter for JsonWriter {
    fn row(&mut self, row: &[Cell], out: &mut Vec<u8>) -> Result<(), FormatError> {
        out.extend_from_slice(if self.has_rows { b",\n" } else { b"\n" });
        self.has_rows = true;
        self.rows.write(row, out)
    }

    fn finish(self: Box<Self>, out: &mut (dyn Write + Send)) -> Result<(), FormatError> {
        out.write_all(b"\n],\"notices\":")?;
        serde_json::to_writer(&mut *out, &DescribedNotices(&self.head.notices))?;
        out.write_all(b"}\n")?;
        Ok(())
    }
}
