//! JSON-stat 2.0, of the class `dataset`: figures by their dimensions.
//!
//! A figure stands in `value` at the offset that its categories make, the last dimension the fastest. Several measures are one more dimension,
//! `measure`, of the role `metric`; where there is one measure, the table's title says what it is. What stands in the table's first column of
//! status is the `status` of those of its row's figures that are blank, or of all of them, where none is. `note` has the notices; `extension` the language, what was asked, the state of the log, the notices with
//! their codes, and what each status is called. Attributes are left out: JSON-stat has no place for them.
//!
//! `value` is an array where at least half of it is filled or it is short, otherwise an object by offset. Decimals have all their digits.

mod dataset;
mod dimension;

use std::io::Write;

use self::dataset::{Dataset, Metric};
use self::dimension::Dimension;
use super::layout::{Value, check_row};
use super::row_object::write_value;
use super::{FormatError, Options, TableWriter};
use crate::{Cell, Head, Role, ValueType};

/// Up to as many values, they are an array even where most are missing.
const SHORT: u64 = 10_000;

pub(super) struct JsonStatWriter {
    head: Head,
    dimensions: Vec<Dimension>,
    /// The columns of measures.
    measures: Vec<usize>,
    /// The column of status.
    status: Option<usize>,
    /// How many values there can be.
    size: u64,
    rows: u64,
    /// By offset. Blank ones too: two rows of one offset are a fault whatever stands there.
    figures: Vec<(u64, Cell)>,
    statuses: Vec<(u64, String)>,
    /// What the dimension of measures is called.
    metric_label: String,
}

impl JsonStatWriter {
    pub fn begin(head: Head, options: &Options) -> Result<Self, FormatError> {
        let (mut dimensions, mut measures) = (Vec::new(), Vec::new());
        for (place, column) in head.columns.iter().enumerate() {
            match column.role {
                Role::Dimension(_) => dimensions.push(Dimension::new(place, column)?),
                Role::Measure => match column.values {
                    ValueType::Integer | ValueType::Decimal => measures.push(place),
                    _ => return Err(FormatError::NotAFigure(column.code.clone())),
                },
                Role::Status | Role::Attribute => {}
            }
        }
        if dimensions.is_empty() {
            return Err(FormatError::NoDimension);
        }
        if measures.is_empty() {
            return Err(FormatError::NoMeasure);
        }
        let sizes = dimensions.iter().map(|dimension| dimension.size);
        let size = sizes
            .chain([measures.len() as u64])
            .try_fold(1_u64, u64::checked_mul)
            .ok_or(FormatError::TooManyCombinations)?;
        let is_status = |column: &crate::Column| column.role == Role::Status;
        Ok(Self {
            status: head.columns.iter().position(is_status),
            dimensions,
            measures,
            size,
            rows: 0,
            figures: Vec::new(),
            statuses: Vec::new(),
            metric_label: options.words.measure.to_string(),
            head,
        })
    }

    /// The offset of a row's first measure.
    fn offset(&self, row: &[Cell]) -> Result<u64, FormatError> {
        let mut offset = 0;
        for dimension in &self.dimensions {
            let place = dimension.place_of(row);
            let place = place.ok_or_else(|| FormatError::NotACategory {
                row: self.rows,
                column: dimension.code.clone(),
            })?;
            offset = offset * dimension.size + place;
        }
        Ok(offset * self.measures.len() as u64)
    }

    fn write_values(&self, out: &mut Vec<u8>) -> Result<(), FormatError> {
        let there = self.figures.iter().filter(|(_, cell)| *cell != Cell::Blank);
        if self.size > SHORT && there.clone().count() as u64 <= self.size / 2 {
            out.push(b'{');
            for (place, (offset, cell)) in there.enumerate() {
                let comma = if place > 0 { "," } else { "" };
                write!(out, "{comma}\"{offset}\":")?;
                write_value(&Value::of(cell), out)?;
            }
            out.push(b'}');
            return Ok(());
        }
        out.push(b'[');
        let mut figures = self.figures.iter().peekable();
        for offset in 0..self.size {
            if offset > 0 {
                out.push(b',');
            }
            match figures.next_if(|(at, _)| *at == offset) {
                Some((_, cell)) => write_value(&Value::of(cell), out)?,
                None => out.extend_from_slice(b"null"),
            }
        }
        out.push(b']');
        Ok(())
    }

    fn write_statuses(&self, out: &mut Vec<u8>) -> Result<(), FormatError> {
        if self.statuses.is_empty() {
            return Ok(());
        }
        out.extend_from_slice(b",\"status\":{");
        for (place, (offset, status)) in self.statuses.iter().enumerate() {
            let comma = if place > 0 { "," } else { "" };
            write!(out, "{comma}\"{offset}\":")?;
            serde_json::to_writer(&mut *out, status)?;
        }
        out.push(b'}');
        Ok(())
    }
}

impl TableWriter for JsonStatWriter {
    fn row(&mut self, row: &[Cell], _: &mut Vec<u8>) -> Result<(), FormatError> {
        self.rows += 1;
        check_row(&self.head.columns, self.rows, row)?;
        let first = self.offset(row)?;
        let status = self.status.and_then(|place| row.get(place));
        let status = status.and_then(spelling);
        let cells = self
            .measures
            .iter()
            .map(|place| row.get(*place).unwrap_or(&Cell::Blank));
        // Where it says why something is missing, it does not say so of what is there.
        let has_blank = cells.clone().any(|cell| *cell == Cell::Blank);
        for (offset, cell) in (first..).zip(cells) {
            let is_told = !has_blank || *cell == Cell::Blank;
            self.figures.push((offset, cell.clone()));
            if let Some(status) = status.as_ref().filter(|_| is_told) {
                self.statuses.push((offset, status.clone()));
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, out: &mut (dyn Write + Send)) -> Result<(), FormatError> {
        self.figures.sort_unstable_by_key(|(offset, _)| *offset);
        self.statuses.sort_unstable_by_key(|(offset, _)| *offset);
        let mut pairs = self.figures.iter().zip(self.figures.iter().skip(1));
        if pairs.any(|((one, _), (other, _))| one == other) {
            return Err(FormatError::Repeated);
        }
        let label = std::mem::take(&mut self.metric_label);
        let metric = Metric::new(&self.head, &self.measures, label);
        let dataset = Dataset::of(&self.head, &self.dimensions, metric.as_ref(), self.status);
        let mut bytes = serde_json::to_vec(&dataset)?;
        // The object goes on.
        bytes.pop();
        bytes.extend_from_slice(b",\"value\":");
        self.write_values(&mut bytes)?;
        self.write_statuses(&mut bytes)?;
        bytes.extend_from_slice(b"}\n");
        out.write_all(&bytes)?;
        Ok(())
    }
}

/// A cell as the code of a category; nothing, where it is blank.
fn spelling(cell: &Cell) -> Option<String> {
    match Value::of(cell) {
        Value::Blank => None,
        Value::Text(text) => Some(text.into_owned()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Decimal(number) => Some(number.to_string()),
        Value::Boolean(is_so) => Some(is_so.to_string()),
        Value::Date(date) => Some(date.to_string()),
        Value::Time(time) => Some(time.to_string()),
    }
}
