//! A dimension, and where in it a row stands.

use std::collections::HashMap;

use super::spelling;
use crate::formats::FormatError;
use crate::formats::text::clean;
use crate::{Cell, Column};

pub(super) struct Dimension {
    /// Its column's code.
    pub code: String,
    /// Its column.
    pub column: usize,
    /// How many categories it has.
    pub size: u64,
    places: HashMap<String, u64>,
}

impl Dimension {
    pub fn new(column: usize, of: &Column) -> Result<Self, FormatError> {
        let categories = of
            .categories()
            .iter()
            .map(|category| category.code.to_string());
        let places: HashMap<String, u64> = categories.zip(0..).collect();
        if places.len() < of.categories().len() {
            return Err(FormatError::Repeated);
        }
        Ok(Self {
            code: of.code.clone(),
            column,
            size: places.len() as u64,
            places,
        })
    }

    /// Where in it a row stands, if its cell is one of the categories.
    pub fn place_of(&self, row: &[Cell]) -> Option<u64> {
        match row.get(self.column)? {
            Cell::Code(text) | Cell::Text(text) => self.places.get(&*clean(text)),
            other => self.places.get(&spelling(other)?),
        }
        .copied()
    }
}
