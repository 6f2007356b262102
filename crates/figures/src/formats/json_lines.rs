//! JSON Lines: an object a line, a line a row. What the table says of itself is not among them: who reads a line reads a row.

use std::io::Write;

use super::row_object::RowObjects;
use super::{FormatError, Options, TableWriter};
use crate::{Cell, Head};

pub(super) struct JsonLinesWriter {
    rows: RowObjects,
}

impl JsonLinesWriter {
    pub fn begin(head: &Head, options: &Options) -> Result<Self, FormatError> {
        let rows = RowObjects::new(head, options.labels)?;
        Ok(Self { rows })
    }
}

impl TableWriter for JsonLinesWriter {
    fn row(&mut self, row: &[Cell], out: &mut Vec<u8>) -> Result<(), FormatError> {
        self.rows.write(row, out)?;
        out.push(b'\n');
        Ok(())
    }

    fn finish(self: Box<Self>, _: &mut (dyn Write + Send)) -> Result<(), FormatError> {
        Ok(())
    }
}
