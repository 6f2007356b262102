//! Apache Parquet, in groups of rows that are compressed with Snappy.
//!
//! | what stands in a column | how it is stored |
//! | --- | --- |
//! | codes, words | STRING |
//! | whole numbers | INT64 |
//! | decimals | DOUBLE, and in a column `<code>_exact` the digits (STRING) of those that a double does not spell |
//! | yes and no | BOOLEAN |
//! | days | DATE |
//! | instants | TIMESTAMP in microseconds, UTC |
//!
//! Doubles are what pandas and DuckDB count with; DECIMAL would need one number of places for a whole column, and decimals of thirty
//! digits have none that fits all. A double spells a decimal when the shortest text that reads back as it is the decimal's: always, up to
//! fifteen digits. So `<code>_exact` is blank nearly everywhere, and is always there, because a column that comes with the first long
//! number would break who reads the file each month. Every column can be blank.
//!
//! What the table says of itself is in the file's key-value metadata: `title`, `lang`, `source`, `as_of_position`, `as_of_time`, and as JSON
//! `asked`, `columns`, `notices`.

mod buffer;

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use self::buffer::{BufferedColumn, Kind};
use super::described::{DescribedAsked, DescribedColumns, DescribedNotices};
use super::layout::{Layout, free_name};
use super::{FormatError, Options, TableWriter};
use crate::{Cell, Head, ValueType};

/// The most rows of a group: as many as DuckDB likes to read at a time.
const MOST_ROWS: usize = 122_880;

/// About how many bytes of cells wait for their group to be full.
const MOST_BYTES: usize = 16 << 20;

pub(super) struct ParquetWriter {
    layout: Layout,
    file: SerializedFileWriter<Vec<u8>>,
    waiting: Vec<BufferedColumn>,
    rows: usize,
}

impl ParquetWriter {
    pub fn begin(head: &Head, options: &Options) -> Result<Self, FormatError> {
        let layout = Layout::new(head, options.labels)?;
        let mut taken = layout
            .columns
            .iter()
            .map(|column| column.code.clone())
            .collect();
        let (mut fields, mut waiting) = (Vec::new(), Vec::new());
        for (place, column) in layout.columns.iter().enumerate() {
            let mut add = |code: &str, kind: Kind| -> Result<(), FormatError> {
                fields.push(Arc::new(field(code, kind)?));
                waiting.push(BufferedColumn::new(place, kind));
                Ok(())
            };
            match column.values {
                ValueType::Code(_) | ValueType::Text => add(&column.code, Kind::Text)?,
                ValueType::Integer => add(&column.code, Kind::Integer)?,
                ValueType::Boolean => add(&column.code, Kind::Boolean)?,
                ValueType::Date => add(&column.code, Kind::Date)?,
                ValueType::Time => add(&column.code, Kind::Time)?,
                ValueType::Decimal => {
                    add(&column.code, Kind::Double)?;
                    let exact = free_name(&format!("{}_exact", column.code), &mut taken);
                    add(&exact, Kind::Exact)?;
                }
            }
        }
        let schema = Type::group_type_builder("schema")
            .with_fields(fields)
            .build()?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_created_by("rapporteur".to_owned())
            .set_key_value_metadata(Some(metadata(head)?))
            .build();
        Ok(Self {
            layout,
            file: SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?,
            waiting,
            rows: 0,
        })
    }

    /// Writes the rows that wait as a group.
    fn write_group(&mut self) -> Result<(), FormatError> {
        if self.rows > 0 {
            let mut group = self.file.next_row_group()?;
            for column in &mut self.waiting {
                let Some(mut writer) = group.next_column()? else {
                    break;
                };
                column.write(writer.untyped())?;
                writer.close()?;
            }
            group.close()?;
            self.rows = 0;
        }
        Ok(())
    }

    fn waiting_bytes(&self) -> usize {
        self.waiting.iter().map(BufferedColumn::bytes).sum()
    }
}

impl TableWriter for ParquetWriter {
    fn row(&mut self, row: &[Cell], out: &mut Vec<u8>) -> Result<(), FormatError> {
        self.layout.check(row)?;
        for column in &mut self.waiting {
            if let Some(laid) = self.layout.columns.get(column.place) {
                column.push(&laid.value(row));
            }
        }
        self.rows += 1;
        if self.rows >= MOST_ROWS || self.waiting_bytes() >= MOST_BYTES {
            self.write_group()?;
            self.file.flush()?;
            out.append(self.file.inner_mut());
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, out: &mut (dyn Write + Send)) -> Result<(), FormatError> {
        self.write_group()?;
        self.file.finish()?;
        out.write_all(self.file.inner())?;
        Ok(())
    }
}

fn field(code: &str, kind: Kind) -> Result<Type, FormatError> {
    let (physical, logical) = match kind {
        Kind::Text | Kind::Exact => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Double => (Physical::DOUBLE, None),
        Kind::Boolean => (Physical::BOOLEAN, None),
        Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Time => {
            let instant = LogicalType::timestamp(true, TimeUnit::MICROS);
            (Physical::INT64, Some(instant))
        }
    };
    let field = Type::primitive_type_builder(code, physical).with_logical_type(logical);
    Ok(field.with_repetition(Repetition::OPTIONAL).build()?)
}

fn metadata(head: &Head) -> Result<Vec<KeyValue>, FormatError> {
    let position = head.as_of.position.to_string();
    let asked = serde_json::to_string(&DescribedAsked(&head.asked))?;
    let columns = serde_json::to_string(&DescribedColumns(&head.columns))?;
    let notices = serde_json::to_string(&DescribedNotices(&head.notices))?;
    let pairs = [
        ("title", Some(head.title.clone())),
        ("lang", Some(head.lang.clone())),
        ("source", Some(head.source.clone())),
        ("as_of_position", Some(position)),
        ("as_of_time", head.as_of.time.clone()),
        ("asked", Some(asked)),
        ("columns", Some(columns)),
        ("notices", Some(notices)),
    ];
    let pairs = pairs
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)));
    Ok(pairs
        .map(|(key, value)| KeyValue::new(key.to_owned(), value))
        .collect())
}
