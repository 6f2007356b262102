//! The entries of a list, a row each: its key is the reply and the entry.

use domain::Lang;
use domain::questionnaire::Form;

use super::WordsByContent;
use super::fields::{DataField, entries};
use super::replies::{party_cells, party_columns};
use super::value_columns;
use crate::aggregates::word;
use crate::replies::SubmittedReply;
use crate::table::{Cell, Column, Role, ValueType};

fn fields<'f>(form: &'f Form, list: &str) -> impl Iterator<Item = DataField<'f>> {
    DataField::all(form).filter(move |field| field.list().is_some_and(|of| **of == *list))
}

/// Its columns.
pub(super) fn columns(form: &Form, list: &str, languages: &[Lang]) -> Vec<Column> {
    let mut columns = party_columns(languages);
    columns.push(Column {
        code: "entry".to_owned(),
        label: word("entry", languages),
        role: Role::Attribute,
        values: ValueType::Code(Vec::new()),
    });
    columns.extend(fields(form, list).flat_map(|field| value_columns::columns(&field, languages)));
    columns
}

/// The rows of a reply.
pub(super) fn rows(
    form: &Form,
    list: &str,
    reply: &SubmittedReply,
    words: &WordsByContent,
    rows: &mut Vec<Vec<Cell>>,
) {
    let mut sections = fields(form, list).map(|field| field.section);
    let is_shown = sections
        .next()
        .is_some_and(|section| reply.countable.has(section));
    if !is_shown || reply.answers.is_irrelevant(list) {
        return;
    }
    for entry in entries(reply, list) {
        let mut cells = party_cells(reply);
        cells.push(Cell::Code(entry.into()));
        for field in fields(form, list) {
            let address = field.field.address_of(Some(entry));
            value_columns::cells(&field, reply, &address, words, &mut cells);
        }
        rows.push(cells);
    }
}
