//! Figures. Every aggregate is a [`Table`]: what was asked, as of when, its columns, its rows, and what a reader must know. What is
//! computed makes tables, formats write them, and neither knows of the other: so the same number comes out of each format.

pub mod aggregates;
pub mod datasets;
mod formats;
pub mod replies;
mod table;

pub use formats::{
    Format, FormatError, Labelling, NotAFormat, Options, TableWriter, Unacceptable, Words,
    begin_table, write_table,
};
pub use table::{AsOf, Category, Cell, Column, Head, Notice, Role, Table, ValueType};
