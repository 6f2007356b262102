//! Why a table cannot be written.

use super::Format;

/// Why a table cannot be written in a format.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// A row has more or fewer cells than there are columns. A fault of what made the table.
    #[error("row {row} has {cells} cells, and there are {columns} columns")]
    Width {
        /// Its number, from 1.
        row: u64,
        /// How many cells it has.
        cells: usize,
        /// How many it should have.
        columns: usize,
    },
    /// A cell holds what its column does not. A fault of what made the table.
    #[error("in row {row} the cell of {column} is not of the type of its column")]
    Misfit {
        /// The number of its row, from 1.
        row: u64,
        /// The code of its column.
        column: String,
    },
    /// Two columns have one code. A fault of what made the table.
    #[error("two columns are called {0}")]
    RepeatedColumn(String),
    /// There are more rows or columns than the format holds.
    #[error("{format} holds {most} {what}; {} hold it", holders())]
    TooMuch {
        /// The format.
        format: Format,
        /// What is too much: `rows`, `columns`.
        what: &'static str,
        /// The most that it holds.
        most: u64,
    },
    /// JSON-stat: no column tells rows apart.
    #[error("json-stat writes figures by their dimensions, and this has none")]
    NoDimension,
    /// JSON-stat: there is no figure.
    #[error("json-stat writes figures, and this has none: no column is a measure")]
    NoMeasure,
    /// JSON-stat: a measure is no number.
    #[error("json-stat writes figures, and {0} is a measure of another type")]
    NotAFigure(String),
    /// JSON-stat: a cell of a dimension is not among its categories. A fault of what made the table.
    #[error("in row {row} the cell of {column} is not among the categories of its dimension")]
    NotACategory {
        /// The number of its row, from 1.
        row: u64,
        /// The code of its column.
        column: String,
    },
    /// JSON-stat: two rows have the same cells in all dimensions, or two categories of a dimension the same code. A fault of what made the table.
    #[error("two rows, or two categories of a dimension, are told apart by nothing")]
    Repeated,
    /// JSON-stat: the categories of the dimensions make more combinations than can be counted.
    #[error("the dimensions have too many combinations to be numbered")]
    TooManyCombinations,
    /// A workbook could not be written: its scratch file, for the most part.
    #[error("the workbook cannot be written")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A Parquet file could not be written.
    #[error("the Parquet file cannot be written")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// JSON could not be written.
    #[error("the JSON cannot be written")]
    Json(#[from] serde_json::Error),
    /// What takes the bytes did not.
    #[error("the bytes cannot be written")]
    Io(#[from] std::io::Error),
}

/// The formats that hold whatever there is.
fn holders() -> String {
    let unbounded = Format::ALL
        .into_iter()
        .filter(|format| format.is_streamed());
    let codes: Vec<&str> = unbounded.map(Format::as_str).collect();
    codes.join(", ")
}
