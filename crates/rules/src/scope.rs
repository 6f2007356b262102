//! Where a rule stands: what `this`, `row` and `entry` mean there.

use crate::schema::{FieldId, Schema};
use crate::types::Type;

/// What the words `this`, `row` and `entry` name in a rule, when it is checked. A rule on a row is checked once and holds for each.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub(crate) this: Option<Type>,
    pub(crate) row: Vec<(String, Type)>,
    pub(crate) list: Option<FieldId>,
}

impl Scope {
    /// A rule of the whole questionnaire or a section: none of the words means anything.
    pub fn of_none() -> Self {
        Self::default()
    }

    /// `this` is a field that holds this type.
    #[must_use]
    pub fn this(mut self, holds: Type) -> Self {
        self.this = Some(holds);
        self
    }

    /// `row` has these cells: `row.y2024`. [`Frame::row`] gives their fields in the same order.
    #[must_use]
    pub fn row<'a>(mut self, cells: impl IntoIterator<Item = (&'a str, Type)>) -> Self {
        let cells = cells.into_iter();
        self.row = cells.map(|(name, kind)| (name.to_owned(), kind)).collect();
        self
    }

    /// `entry` is an entry of this list: `entry.title`.
    #[must_use]
    pub fn entry(mut self, list: FieldId) -> Self {
        self.list = Some(list);
        self
    }

    /// The names that follow `row.` or `entry.`.
    pub(crate) fn names(&self, schema: &Schema) -> Vec<String> {
        let row = self.row.iter().map(|(name, _)| format!("row.{name}"));
        let parts = self.list.map(|list| schema.parts(list));
        let entry = parts
            .iter()
            .flatten()
            .map(|(name, ..)| format!("entry.{name}"));
        row.chain(entry).collect()
    }
}

/// The same when a rule is evaluated: for which row or entry.
#[derive(Clone, Copy, Debug, Default)]
pub struct Frame<'a> {
    /// The field that `this` is; with an entry, the part of the list.
    pub this: Option<FieldId>,
    /// The fields of the row's cells, in the order of [`Scope::row`].
    pub row: &'a [FieldId],
    /// Which entry, from 0.
    pub entry: Option<usize>,
}
