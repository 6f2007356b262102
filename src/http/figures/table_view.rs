//! Tables as JSON, for the API's document: `crates/figures` writes them.
#![expect(dead_code, reason = "only their schemas are used")]

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::openapi::schema::{AnyOfBuilder, SchemaFormat, Type};
use utoipa::openapi::{KnownFormat, ObjectBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::http::schemas::AsOf;

/// A figure, as `format` has it: a table, or a JSON-stat 2.0 dataset.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum FigureView {
    /// `format=json`.
    Table(TableView),
    /// `format=json-stat`.
    JsonStat(JsonStatView),
}

/// A dataset of JSON-stat 2.0 (https://json-stat.org/full/): figures by their dimensions.
#[derive(ToSchema)]
pub struct JsonStatView {
    /// Always 2.0.
    #[schema(pattern = "^2\\.0$")]
    version: String,
    /// Always dataset.
    #[schema(pattern = "^dataset$")]
    class: String,
    /// The codes of its dimensions, in order.
    id: Vec<String>,
    /// How many categories each has.
    size: Vec<u64>,
    /// The dimensions, by their codes.
    #[schema(value_type = Object)]
    dimension: Value,
    /// The figures by where they stand: a list, or an object where most are not there.
    value: Value,
}

/// A table: what was asked, as of when, its columns, its rows, and what a reader must know.
#[derive(ToSchema)]
pub struct TableView {
    /// What it is called.
    title: String,
    /// The language of its title, labels and notices.
    lang: String,
    /// What was asked: each parameter as it was read.
    asked: BTreeMap<String, CellValue>,
    /// The address that gives the same again.
    source: String,
    /// The state of the log that was counted.
    as_of: AsOf,
    /// Its columns, dimensions first.
    columns: Vec<TableColumn>,
    /// Its rows: in each a cell by the code of its column; null where there is nothing.
    rows: Vec<BTreeMap<String, CellValue>>,
    /// What a reader must know.
    notices: Vec<TableNotice>,
}

/// A column.
#[derive(ToSchema)]
pub struct TableColumn {
    /// Its name in rows.
    code: String,
    /// What it is called.
    label: String,
    /// What it is for: it tells rows apart, it is a figure, it says something of the figures of its row, or goes with it.
    role: ColumnRole,
    /// What stands in its cells.
    #[serde(rename = "type")]
    kind: CellType,
    /// What can stand in a column of codes, in order.
    categories: Option<Vec<TableCategory>>,
}

/// What a column is for.
#[derive(ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnRole {
    /// It tells rows apart.
    Dimension,
    /// It is a figure.
    Measure,
    /// It says why there is no figure.
    Status,
    /// It goes with its row.
    Attribute,
}

/// What stands in a column's cells.
#[derive(ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CellType {
    /// Codes.
    Code,
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

/// What can stand in a column of codes.
#[derive(ToSchema)]
pub struct TableCategory {
    /// The code.
    code: String,
    /// What it is called.
    label: String,
}

/// What a reader must know.
#[derive(ToSchema)]
pub struct TableNotice {
    /// For programs.
    code: String,
    /// For people, in the table's language.
    text: String,
}

/// What stands in a cell, by the type of its column; nothing where it is blank.
pub struct CellValue;

impl PartialSchema for CellValue {
    fn schema() -> RefOr<Schema> {
        let of = |kind: Type| ObjectBuilder::new().schema_type(kind);
        let dated = |format| of(Type::String).format(Some(SchemaFormat::KnownFormat(format)));
        AnyOfBuilder::new()
            .item(of(Type::Null))
            .item(of(Type::Boolean))
            .item(of(Type::Number))
            .item(dated(KnownFormat::Date))
            .item(dated(KnownFormat::DateTime))
            .item(of(Type::String))
            .description(Some(
                "By the type of its column; nothing where it is blank.",
            ))
            .into()
    }
}

impl ToSchema for CellValue {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("CellValue")
    }
}
