//! An answer a row, also where there is none: then it says why. Of several options chosen there is a row each.

use std::sync::Arc;

use domain::Lang;
use domain::fault::Codes;
use domain::questionnaire::{Form, TypeCode};

use super::WordsByContent;
use super::fields::{DataField, Standing, entries};
use super::replies::{party_cells, party_columns};
use super::value_columns::{flags, number, statuses, text};
use crate::aggregates::word;
use crate::replies::{GivenAnswer, GivenValue, SubmittedReply};
use crate::table::{Category, Cell, Column, Role, ValueType};

/// Its columns.
pub(super) fn columns(form: &Form, languages: &[Lang]) -> Vec<Column> {
    let column = |code: &str, values| Column {
        code: code.to_owned(),
        label: word(code, languages),
        role: Role::Attribute,
        values,
    };
    let category = |code: &str, label: String| Category {
        code: code.into(),
        label,
    };
    let questions =
        DataField::all(form).map(|field| category(&field.field.address, field.label(languages)));
    let types = TypeCode::CODES.iter();
    let types = types.map(|code| category(code, (*code).to_owned()));
    let mut columns = party_columns(languages);
    columns.extend([
        column("address", ValueType::Code(Vec::new())),
        column("field", ValueType::Code(questions.collect())),
        column("entry", ValueType::Code(Vec::new())),
        column("type", ValueType::Code(types.collect())),
        column("status", ValueType::Code(statuses())),
        column("option", ValueType::Code(Vec::new())),
        column("number", ValueType::Decimal),
        column("currency", ValueType::Code(Vec::new())),
        column("date", ValueType::Date),
        column("text", ValueType::Text),
        column("lang", ValueType::Code(Vec::new())),
        column("flags", ValueType::Text),
        column("position", ValueType::Integer),
    ]);
    columns
}

/// The rows of a reply.
pub(super) fn rows(
    form: &Form,
    reply: &SubmittedReply,
    words: &WordsByContent,
    rows: &mut Vec<Vec<Cell>>,
) {
    let party = party_cells(reply);
    for field in DataField::all(form).filter(|field| reply.countable.has(field.section)) {
        match field.list() {
            None => add(&field, reply, None, words, &party, rows),
            Some(list) if reply.answers.is_irrelevant(list) => {}
            Some(list) => {
                for entry in entries(reply, list) {
                    add(&field, reply, Some(entry), words, &party, rows);
                }
            }
        }
    }
}

fn add(
    field: &DataField<'_>,
    reply: &SubmittedReply,
    entry: Option<&str>,
    words: &WordsByContent,
    party: &[Cell],
    rows: &mut Vec<Vec<Cell>>,
) {
    let address: Arc<str> = match entry {
        None => Arc::clone(&field.field.address),
        Some(_) => field.field.address_of(entry).into(),
    };
    let standing = field.standing(reply, &address);
    let (answer, status) = match standing {
        Standing::Answered(answer) => (Some(answer), "answered"),
        Standing::Without(why) => (None, why),
    };
    let value = answer.map(|answer| &answer.value);
    let (words, lang) = text(value, words);
    let is_redacted = matches!(value, Some(GivenValue::Words(_))) && words == Cell::Blank;
    let status = if is_redacted { "redacted" } else { status };
    let mut row = |option: Option<&Arc<str>>| {
        let mut cells = Vec::with_capacity(party.len() + 13);
        cells.extend_from_slice(party);
        cells.extend([
            Cell::Code(Arc::clone(&address)),
            Cell::Code(Arc::clone(&field.field.address)),
            entry.map_or(Cell::Blank, |entry| Cell::Code(entry.into())),
            Cell::Code(field.kind.code().as_str().into()),
            Cell::Code(status.into()),
            option.map_or(Cell::Blank, |option| Cell::Code(Arc::clone(option))),
            number(value.and_then(GivenValue::number)),
            match value {
                Some(GivenValue::Money(money)) => Cell::Code(Arc::clone(&money.1)),
                _ => Cell::Blank,
            },
            match value {
                Some(GivenValue::Day(day)) => Cell::Date(*day),
                _ => Cell::Blank,
            },
            words.clone(),
            lang.clone(),
            answer.map_or(Cell::Blank, |answer| flags(answer.flags.iter())),
            position(answer),
        ]);
        rows.push(cells);
    };
    match value.map(GivenValue::chosen) {
        Some(chosen) if !chosen.is_empty() => chosen.iter().for_each(|option| row(Some(option))),
        Some(_) | None => row(None),
    }
}

fn position(answer: Option<&GivenAnswer>) -> Cell {
    let position = answer.and_then(|answer| i64::try_from(answer.at).ok());
    position.map_or(Cell::Blank, Cell::Integer)
}
