//! The columns as they are written: which cell each takes, and what it makes of it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::Decimal;
use jiff::Timestamp;
use jiff::civil::Date;

use super::text::clean;
use super::{FormatError, Labelling};
use crate::{Category, Cell, Column, Head, Role, ValueType};

/// The columns as they are written.
pub(super) struct Layout {
    /// The columns of the table.
    table: Vec<Column>,
    /// The columns that are written.
    pub columns: Vec<LaidColumn>,
    /// How many rows were checked.
    rows: u64,
}

/// A column that is written.
#[derive(Clone)]
pub(super) struct LaidColumn {
    /// Which cell of the row it takes.
    cell: usize,
    /// Its name.
    pub code: String,
    /// What it is called.
    pub label: String,
    /// What stands in it.
    pub values: ValueType,
    /// What its codes are called, where that is what it writes.
    labels: Option<HashMap<Arc<str>, String>>,
}

/// What is written of a cell: texts clean.
pub(super) enum Value<'a> {
    Blank,
    Text(Cow<'a, str>),
    Integer(i64),
    Decimal(&'a Decimal),
    Boolean(bool),
    Date(Date),
    Time(Timestamp),
}

impl Layout {
    /// The columns of a table whose head is clean.
    pub fn new(head: &Head, labelling: Labelling) -> Result<Self, FormatError> {
        let mut taken = HashSet::new();
        for column in &head.columns {
            if !taken.insert(column.code.clone()) {
                return Err(FormatError::RepeatedColumn(column.code.clone()));
            }
        }
        let mut columns = Vec::new();
        for (cell, column) in head.columns.iter().enumerate() {
            let has_labels =
                matches!(column.values, ValueType::Code(_)) && !column.categories().is_empty();
            let plain = LaidColumn {
                cell,
                code: column.code.clone(),
                label: column.label.clone(),
                values: column.values.clone(),
                labels: None,
            };
            match labelling {
                Labelling::Labels if has_labels => columns.push(plain.labelled(column)),
                Labelling::Both if has_labels => {
                    let code = free_name(&format!("{}_label", column.code), &mut taken);
                    columns.push(plain.clone());
                    columns.push(LaidColumn { code, ..plain }.labelled(column));
                }
                _ => columns.push(plain),
            }
        }
        Ok(Self {
            table: head.columns.clone(),
            columns,
            rows: 0,
        })
    }

    /// Checks the next row.
    pub fn check(&mut self, row: &[Cell]) -> Result<(), FormatError> {
        self.rows += 1;
        check_row(&self.table, self.rows, row)
    }
}

/// Whether a row is one of these columns'.
pub(super) fn check_row(columns: &[Column], number: u64, row: &[Cell]) -> Result<(), FormatError> {
    if row.len() != columns.len() {
        return Err(FormatError::Width {
            row: number,
            cells: row.len(),
            columns: columns.len(),
        });
    }
    let mut cells = columns.iter().zip(row);
    match cells.find(|(column, cell)| !fits(&column.values, cell)) {
        Some((column, _)) => Err(FormatError::Misfit {
            row: number,
            column: column.code.clone(),
        }),
        None => Ok(()),
    }
}

fn fits(values: &ValueType, cell: &Cell) -> bool {
    match cell {
        Cell::Blank => true,
        Cell::Code(_) => matches!(values, ValueType::Code(_)),
        Cell::Text(_) => *values == ValueType::Text,
        // A count in a column that has medians too.
        Cell::Integer(_) => matches!(values, ValueType::Integer | ValueType::Decimal),
        Cell::Decimal(_) => *values == ValueType::Decimal,
        Cell::Boolean(_) => *values == ValueType::Boolean,
        Cell::Date(_) => *values == ValueType::Date,
        Cell::Time(_) => *values == ValueType::Time,
    }
}

/// The name, or one like it that no column has.
pub(super) fn free_name(name: &str, taken: &mut HashSet<String>) -> String {
    let mut name = name.to_owned();
    while !taken.insert(name.clone()) {
        name.push('_');
    }
    name
}

impl LaidColumn {
    fn labelled(self, column: &Column) -> Self {
        let label = |category: &Category| (category.code.clone(), category.label.clone());
        Self {
            values: ValueType::Text,
            labels: Some(column.categories().iter().map(label).collect()),
            ..self
        }
    }

    /// What it writes of a row that was checked.
    pub fn value<'a>(&'a self, row: &'a [Cell]) -> Value<'a> {
        let Some(cell) = row.get(self.cell) else {
            return Value::Blank;
        };
        match (cell, &self.labels) {
            (Cell::Code(code), Some(labels)) => {
                // The head, with its labels, is clean already.
                let code = clean(code);
                match labels.get(&*code) {
                    Some(label) => Value::Text(Cow::Borrowed(label)),
                    None => Value::Text(code),
                }
            }
            _ => Value::of(cell),
        }
    }
}

impl<'a> Value<'a> {
    /// What is written of a cell.
    pub fn of(cell: &'a Cell) -> Self {
        match cell {
            Cell::Blank => Self::Blank,
            Cell::Code(text) | Cell::Text(text) => Self::Text(clean(text)),
            Cell::Integer(number) => Self::Integer(*number),
            Cell::Decimal(number) => Self::Decimal(number),
            Cell::Boolean(is_so) => Self::Boolean(*is_so),
            Cell::Date(date) => Self::Date(*date),
            Cell::Time(time) => Self::Time(*time),
        }
    }
}

/// The head with clean texts.
pub(super) fn clean_head(head: &Head) -> Head {
    let mut head = head.clone();
    let texts = [&mut head.title, &mut head.lang, &mut head.source];
    let asked = head
        .asked
        .iter_mut()
        .flat_map(|(name, value)| [name, value]);
    let notices = head.notices.iter_mut();
    let notices = notices.flat_map(|notice| [&mut notice.code, &mut notice.text]);
    let texts = texts.into_iter().chain(&mut head.as_of.time);
    for text in texts.chain(asked).chain(notices) {
        make_clean(text);
    }
    for column in &mut head.columns {
        make_clean(&mut column.code);
        make_clean(&mut column.label);
        if let Role::Dimension(categories) = &mut column.role {
            categories.iter_mut().for_each(make_category_clean);
        }
        if let ValueType::Code(categories) = &mut column.values {
            categories.iter_mut().for_each(make_category_clean);
        }
    }
    head
}

fn make_clean(text: &mut String) {
    if let Cow::Owned(cleaned) = clean(text) {
        *text = cleaned;
    }
}

fn make_category_clean(category: &mut Category) {
    if let Cow::Owned(cleaned) = clean(&category.code) {
        category.code = cleaned.into();
    }
    make_clean(&mut category.label);
}
