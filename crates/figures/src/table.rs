//! The table: what every aggregate and every data set is.

use std::sync::Arc;

use domain::Decimal;
use jiff::Timestamp;
use jiff::civil::Date;

/// A figure or a data set.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What stands above its rows.
    pub head: Head,
    /// Its rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// What a table says of itself, before any of its rows is known: data sets are written row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// What it is called, for people: a line in `lang`.
    pub title: String,
    /// The language of its title, labels and notices: a BCP 47 tag.
    pub lang: String,
    /// What was asked: each parameter as it is read back, `("group_by", "regional_group")`.
    pub asked: Vec<(String, String)>,
    /// The address that gives the table again, of this very position.
    pub source: String,
    /// The state of the log that was counted.
    pub as_of: AsOf,
    /// Its columns: dimensions first.
    pub columns: Vec<Column>,
    /// What a reader must know: on whom it stands, its denominator's date, what is made up.
    pub notices: Vec<Notice>,
}

/// A state of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// Its position.
    pub position: u64,
    /// When that position was recorded; none before the first event.
    pub time: Option<String>,
}

/// What a reader must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// For programs: `counted_consenting`.
    pub code: String,
    /// For people.
    pub text: String,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name: `regional_group`, `value`, a field's address. Unique in its table.
    pub code: String,
    /// What it is called, for people.
    pub label: String,
    /// What it is for.
    pub role: Role,
    /// What stands in its cells, those that are blank aside.
    pub values: ValueType,
}

/// What a column is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    /// It tells rows apart: a row is named by its cells in all dimensions together, and by no other row's. These are what can
    /// stand in it, in their order, whether or not any row has it.
    Dimension(Vec<Category>),
    /// It is what is told of a row.
    Measure,
    /// It says something of the measures of its row: why there is no value.
    Status,
    /// It goes with the row, and is no figure.
    Attribute,
}

/// What can stand in a column of codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// The code that its cells hold.
    pub code: Arc<str>,
    /// What it is called, for people.
    pub label: String,
}

/// What stands in a column's cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// Codes. Of a dimension, its categories; of another column these, if any are named.
    Code(Vec<Category>),
    /// Words.
    Text,
    /// Whole numbers.
    Integer,
    /// Exact decimals.
    Decimal,
    /// Yes and no.
    Boolean,
    /// Days.
    Date,
    /// Instants.
    Time,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// A code.
    Code(Arc<str>),
    /// Words.
    Text(Arc<str>),
    /// A whole number.
    Integer(i64),
    /// An exact decimal, up to thirty digits.
    Decimal(Decimal),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// An instant.
    Time(Timestamp),
}

impl Column {
    /// A column of codes that tells rows apart.
    pub fn dimension(code: &str, label: impl Into<String>, categories: Vec<Category>) -> Self {
        Self {
            code: code.to_owned(),
            label: label.into(),
            role: Role::Dimension(categories),
            values: ValueType::Code(Vec::new()),
        }
    }

    /// Adds categories that it does not have yet behind those that it has.
    pub(crate) fn extend(&mut self, more: &[Category]) {
        let ((Role::Dimension(categories), _) | (_, ValueType::Code(categories))) =
            (&mut self.role, &mut self.values)
        else {
            return;
        };
        for category in more {
            if !categories.iter().any(|known| known.code == category.code) {
                categories.push(category.clone());
            }
        }
    }

    /// The codes that can stand in its cells, in their order.
    pub fn categories(&self) -> &[Category] {
        match (&self.role, &self.values) {
            (Role::Dimension(categories), _) | (_, ValueType::Code(categories)) => categories,
            _ => &[],
        }
    }
}
