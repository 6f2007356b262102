//! A reply a row, a field a column. What the entries of lists have stands in data sets of its own.

use domain::Lang;
use domain::questionnaire::Form;

use super::WordsByContent;
use super::fields::DataField;
use super::replies::{party_cells, party_columns};
use super::value_columns;
use crate::replies::SubmittedReply;
use crate::table::{Cell, Column};

fn fields(form: &Form) -> impl Iterator<Item = DataField<'_>> {
    DataField::all(form).filter(|field| !field.field.is_of_entries())
}

/// Its columns.
pub(super) fn columns(form: &Form, languages: &[Lang]) -> Vec<Column> {
    let mut columns = party_columns(languages);
    columns.extend(fields(form).flat_map(|field| value_columns::columns(&field, languages)));
    columns
}

/// A reply's row.
pub(super) fn row(form: &Form, reply: &SubmittedReply, words: &WordsByContent) -> Vec<Cell> {
    let mut cells = party_cells(reply);
    for field in fields(form) {
        value_columns::cells(&field, reply, &field.field.address, words, &mut cells);
    }
    cells
}
