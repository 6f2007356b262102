//! The columns of a field, where each has its own: its value as its type has it, and beside it why there is none, what is said of it,
//! and what else a value has.

use std::sync::Arc;

use domain::questionnaire::{Flag, MissingKind};
use domain::{Decimal, Lang};
use rules::Number;

use super::WordsByContent;
use super::fields::{DataField, Standing};
use crate::aggregates::{Measurement, measurement};
use crate::replies::{GivenValue, SubmittedReply};
use crate::table::{Category, Cell, Column, Role, ValueType};

/// Why words are not there that were given.
const REDACTED: &str = "redacted";
/// That there is a value.
const ANSWERED: &str = "answered";

/// The columns of a field: `A1`, `A1:status`; of several options one each, `A2:a`; of money `B1:currency`; of words `D1:lang`.
pub(super) fn columns(field: &DataField<'_>, languages: &[Lang]) -> Vec<Column> {
    let address = &*field.field.address;
    let label = field.label(languages);
    let column = |code: String, label: String, values: ValueType| Column {
        code,
        label,
        role: Role::Attribute,
        values,
    };
    let beside = |what: &str, values: ValueType| {
        column(
            format!("{address}:{what}"),
            format!("{label} – {what}"),
            values,
        )
    };
    let options = field.options(languages);
    let mut columns = match measurement(field.kind) {
        Measurement::Options if is_one_choice(field) => {
            vec![column(
                address.to_owned(),
                label.clone(),
                ValueType::Code(options),
            )]
        }
        // Of a ranking the place among those that were put in order.
        Measurement::Options => {
            let values = if is_ranking(field) {
                ValueType::Integer
            } else {
                ValueType::Boolean
            };
            let options = options.iter();
            let columns = options.map(|option| {
                let label = format!("{label} – {}", option.label);
                column(format!("{address}:{}", option.code), label, values.clone())
            });
            columns.collect()
        }
        Measurement::Numbers { .. } => {
            vec![column(
                address.to_owned(),
                label.clone(),
                ValueType::Decimal,
            )]
        }
        Measurement::Money => vec![
            column(address.to_owned(), label.clone(), ValueType::Decimal),
            beside("currency", ValueType::Code(Vec::new())),
        ],
        Measurement::Days => vec![column(address.to_owned(), label.clone(), ValueType::Date)],
        Measurement::Presence if is_file(field) => Vec::new(),
        Measurement::Presence => vec![
            column(address.to_owned(), label.clone(), ValueType::Text),
            beside("lang", ValueType::Code(Vec::new())),
        ],
    };
    columns.push(beside("status", ValueType::Code(statuses())));
    if !field.field.flags.is_empty() {
        columns.push(beside("flags", ValueType::Text));
    }
    columns
}

/// The cells of a field in a reply, one for each of its columns.
pub(super) fn cells(
    field: &DataField<'_>,
    reply: &SubmittedReply,
    address: &str,
    words: &WordsByContent,
    cells: &mut Vec<Cell>,
) {
    let is_shown = reply.countable.has(field.section);
    let standing = field.standing(reply, address);
    let answer = match standing {
        Standing::Answered(answer) if is_shown => Some(answer),
        Standing::Answered(_) | Standing::Without(_) => None,
    };
    let value = answer.map(|answer| &answer.value);
    let mut status = match (is_shown, standing) {
        (false, _) => Cell::Blank,
        (true, Standing::Answered(_)) => Cell::Code(ANSWERED.into()),
        (true, Standing::Without(why)) => Cell::Code(why.into()),
    };
    match measurement(field.kind) {
        Measurement::Options if is_one_choice(field) => {
            let chosen = value.and_then(|value| value.chosen().first());
            cells.push(chosen.map_or(Cell::Blank, |option| Cell::Code(Arc::clone(option))));
        }
        Measurement::Options => {
            for option in field.kind.options() {
                let place = value.map(|value| {
                    value
                        .chosen()
                        .iter()
                        .position(|chosen| &**chosen == option.value)
                });
                cells.push(match place {
                    None => Cell::Blank,
                    Some(place) if is_ranking(field) => place
                        .and_then(|place| i64::try_from(place + 1).ok())
                        .map_or(Cell::Blank, Cell::Integer),
                    Some(place) => Cell::Boolean(place.is_some()),
                });
            }
        }
        Measurement::Numbers { .. } => cells.push(number(value.and_then(GivenValue::number))),
        Measurement::Money => {
            cells.push(number(value.and_then(GivenValue::number)));
            cells.push(match value {
                Some(GivenValue::Money(money)) => Cell::Code(Arc::clone(&money.1)),
                _ => Cell::Blank,
            });
        }
        Measurement::Days => cells.push(match value {
            Some(GivenValue::Day(day)) => Cell::Date(*day),
            _ => Cell::Blank,
        }),
        Measurement::Presence if is_file(field) => {}
        Measurement::Presence => {
            let (text, lang) = text(value, words);
            if text == Cell::Blank && value.is_some() {
                status = Cell::Code(REDACTED.into());
            }
            cells.push(text);
            cells.push(lang);
        }
    }
    cells.push(status);
    if !field.field.flags.is_empty() {
        let flags = answer.map(|answer| flags(answer.flags.iter()));
        cells.push(flags.unwrap_or(Cell::Blank));
    }
}

/// How an answer, or its lack, is told.
pub(super) fn statuses() -> Vec<Category> {
    let missing = MissingKind::ALL.iter().map(|kind| kind.as_str());
    let all = [ANSWERED].into_iter().chain(missing);
    let all = all.chain(["not_relevant", "blank", REDACTED]);
    let all = all.map(|code| Category {
        code: code.into(),
        label: code.to_owned(),
    });
    all.collect()
}

/// A number as a cell.
pub(super) fn number(number: Option<Number>) -> Cell {
    let decimal = number.and_then(|number| number.to_string().parse::<Decimal>().ok());
    decimal.map_or(Cell::Blank, Cell::Decimal)
}

/// The words of an answer, and their language.
pub(super) fn text(value: Option<&GivenValue>, words: &WordsByContent) -> (Cell, Cell) {
    let Some(GivenValue::Words(content)) = value else {
        return (Cell::Blank, Cell::Blank);
    };
    let text = words
        .get(&content.0)
        .cloned()
        .map_or(Cell::Blank, Cell::Text);
    let lang = content.1.clone().map_or(Cell::Blank, Cell::Code);
    (text, lang)
}

/// Flags, joined by a bar.
pub(super) fn flags(flags: impl Iterator<Item = Flag>) -> Cell {
    let flags: Vec<&str> = flags.map(Flag::as_str).collect();
    if flags.is_empty() {
        return Cell::Blank;
    }
    Cell::Text(flags.join("|").into())
}

fn is_one_choice(field: &DataField<'_>) -> bool {
    field.kind.code() == domain::questionnaire::TypeCode::OneChoice
}

pub(super) fn is_ranking(field: &DataField<'_>) -> bool {
    field.kind.code() == domain::questionnaire::TypeCode::Rank
}

fn is_file(field: &DataField<'_>) -> bool {
    field.kind.code() == domain::questionnaire::TypeCode::File
}
