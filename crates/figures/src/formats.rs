//! The formats in which a table is written. None knows how a table came about, and all are given the same rows: so the same number comes
//! out of each.
//!
//! A [`TableWriter`] takes rows one by one and puts bytes into a buffer that its caller drains, so that a data set of any size goes
//! through little memory; [`write_table`] writes a whole table. Equal tables have equal bytes. Characters that XML forbids are U+FFFD in
//! every format.

mod csv;
mod described;
mod error;
mod format;
mod json;
mod json_lines;
mod json_stat;
mod layout;
mod negotiation;
mod options;
mod parquet;
mod row_object;
mod text;
mod xlsx;

#[cfg(test)]
mod tests;

use std::io::Write;

pub use self::error::FormatError;
pub use self::format::{Format, NotAFormat};
pub use self::negotiation::Unacceptable;
pub use self::options::{Labelling, Options, Words};

use self::csv::CsvWriter;
use self::json::JsonWriter;
use self::json_lines::JsonLinesWriter;
use self::json_stat::JsonStatWriter;
use self::layout::clean_head;
use self::parquet::ParquetWriter;
use self::xlsx::XlsxWriter;
use crate::{Cell, Head, Table};

/// What takes the rows of a table in order, and makes bytes of them.
pub trait TableWriter: Send {
    /// Takes the next row. What bytes there are by then are put behind those of `out`, which its caller may have drained. After an error
    /// the writer is of no more use.
    fn row(&mut self, row: &[Cell], out: &mut Vec<u8>) -> Result<(), FormatError>;

    /// Writes the rest: what stands behind the rows, or all, where the format has its beginning from its end.
    fn finish(self: Box<Self>, out: &mut (dyn Write + Send)) -> Result<(), FormatError>;
}

/// Begins a table: what stands before its rows is put behind the bytes of `out`.
pub fn begin_table(
    head: &Head,
    format: Format,
    options: &Options,
    out: &mut Vec<u8>,
) -> Result<Box<dyn TableWriter>, FormatError> {
    let head = clean_head(head);
    Ok(match format {
        Format::Json => Box::new(JsonWriter::begin(head, out)?),
        Format::JsonLines => Box::new(JsonLinesWriter::begin(&head, options)?),
        Format::Csv => Box::new(CsvWriter::begin(&head, options, out)?),
        Format::Xlsx => Box::new(XlsxWriter::begin(head, options)?),
        Format::Parquet => Box::new(ParquetWriter::begin(&head, options)?),
        Format::JsonStat => Box::new(JsonStatWriter::begin(head, options)?),
    })
}

/// A whole table in a format.
pub fn write_table(
    table: &Table,
    format: Format,
    options: &Options,
) -> Result<Vec<u8>, FormatError> {
    let mut out = Vec::new();
    let mut writer = begin_table(&table.head, format, options, &mut out)?;
    for row in &table.rows {
        writer.row(row, &mut out)?;
    }
    writer.finish(&mut out)?;
    Ok(out)
}
