//! The code book: what each field is asked, what type it has, and what its codes mean.

use domain::Lang;
use domain::fault::Codes;
use domain::questionnaire::{Form, TypeCode};

use super::fields::DataField;
use crate::aggregates::word;
use crate::table::{Category, Cell, Column, Role, ValueType};

/// The code book of a questionnaire: a row for each field, and for each of its options, in the order in which they are asked.
pub fn code_book(form: &Form, languages: &[Lang]) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let column = |code: &str, values| Column {
        code: code.to_owned(),
        label: word(code, languages),
        role: Role::Attribute,
        values,
    };
    let types = TypeCode::CODES.iter().map(|code| Category {
        code: (*code).into(),
        label: (*code).to_owned(),
    });
    let columns = vec![
        column("field", ValueType::Code(Vec::new())),
        column("section", ValueType::Code(Vec::new())),
        column("type", ValueType::Code(types.collect())),
        column("text", ValueType::Text),
        column("option", ValueType::Code(Vec::new())),
        column("option_text", ValueType::Text),
    ];
    let rows = DataField::all(form).flat_map(|field| {
        let head = [
            Cell::Code(field.field.address.clone()),
            Cell::Code(field.section.into()),
            Cell::Code(field.kind.code().as_str().into()),
            Cell::Text(field.label(languages).into()),
        ];
        let row = |option: Cell, text: Cell| {
            let mut cells = head.to_vec();
            cells.extend([option, text]);
            cells
        };
        let own = row(Cell::Blank, Cell::Blank);
        let options = field.options(languages).into_iter();
        let options =
            options.map(|option| row(Cell::Code(option.code), Cell::Text(option.label.into())));
        std::iter::once(own).chain(options).collect::<Vec<_>>()
    });
    let rows = rows.collect();
    (columns, rows)
}
