//! Where a generated rule stands: nowhere, on a cell of a table, or on a part of a list's entry.

use rules::{FieldId, Frame, Schema, Scope, Type};
use serde_json::{Value as Json, json};

use crate::questionnaire::{LISTS, ROWS, field, holds};
use crate::random::Random;
use crate::sheet::Sheet;

/// Where a rule stands.
pub(crate) enum Stand {
    Nowhere,
    /// A cell: its address, and its row's cells by their names.
    Cell {
        this: String,
        row: Vec<(&'static str, String)>,
    },
    /// A part of an entry of a list.
    Part {
        this: String,
        list: &'static str,
        parts: &'static [&'static str],
        entry: usize,
    },
}

impl Stand {
    pub(crate) fn made_up(schema: &Schema, sheet: &Sheet, random: &mut Random) -> Self {
        match random.below(10) {
            0 | 1 => {
                let Some((table, rows, columns)) = ROWS.get(random.below(ROWS.len())) else {
                    return Self::Nowhere;
                };
                let (row, column) = (random.one(rows, ""), random.one(columns, ""));
                let cells = columns
                    .iter()
                    .map(|name| (*name, format!("{table}.{row}.{name}")));
                Self::Cell {
                    this: format!("{table}.{row}.{column}"),
                    row: cells.collect(),
                }
            }
            2 => {
                let Some((list, parts)) = LISTS.get(random.below(LISTS.len())) else {
                    return Self::Nowhere;
                };
                let count = schema.field(list).and_then(|list| sheet.counts.get(&list));
                let Some(count) = count.filter(|count| **count > 0) else {
                    return Self::Nowhere;
                };
                Self::Part {
                    this: format!("{list}.*.{}", random.one(parts, "")),
                    list,
                    parts,
                    entry: random.below(*count),
                }
            }
            _ => Self::Nowhere,
        }
    }

    /// The type of `this`.
    pub(crate) fn this(&self) -> Option<Type> {
        match self {
            Self::Nowhere => None,
            Self::Cell { this, .. } | Self::Part { this, .. } => holds(this),
        }
    }

    pub(crate) fn scope(&self, schema: &Schema) -> Result<Scope, String> {
        let none = Scope::of_none();
        let Some(this) = self.this() else {
            return Ok(none);
        };
        Ok(match self {
            Self::Nowhere => none,
            Self::Cell { row, .. } => {
                let cells = row
                    .iter()
                    .filter_map(|(name, cell)| Some((*name, holds(cell)?)));
                none.this(this).row(cells)
            }
            Self::Part { list, .. } => none.this(this).entry(field(schema, list)?),
        })
    }

    /// The fields of the row's cells, which a frame needs.
    pub(crate) fn row(&self, schema: &Schema) -> Result<Vec<FieldId>, String> {
        match self {
            Self::Cell { row, .. } => row.iter().map(|(_, cell)| field(schema, cell)).collect(),
            _ => Ok(Vec::new()),
        }
    }

    pub(crate) fn frame<'a>(&self, schema: &Schema, row: &'a [FieldId]) -> Frame<'a> {
        match self {
            Self::Nowhere => Frame::default(),
            Self::Cell { this, .. } => Frame {
                this: schema.field(this),
                row,
                entry: None,
            },
            Self::Part { this, entry, .. } => Frame {
                this: schema.field(this),
                row,
                entry: Some(*entry),
            },
        }
    }

    /// The same for a client.
    pub(crate) fn as_json(&self) -> Json {
        match self {
            Self::Nowhere => json!({}),
            Self::Cell { this, row } => {
                let row: serde_json::Map<_, _> = row
                    .iter()
                    .map(|(name, cell)| ((*name).to_owned(), json!(cell)))
                    .collect();
                json!({ "this": this, "row": row })
            }
            Self::Part {
                this, list, entry, ..
            } => {
                json!({ "this": this, "list": list, "entry": entry })
            }
        }
    }
}
