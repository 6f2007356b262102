//! Answers to a questionnaire, right and wrong: of the types of their fields, whatever is asked and allowed.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::content;
use super::draw::Draw;
use crate::questionnaire::fields::Taking;
use crate::questionnaire::{
    AnswerValue, EmailAnswer, Field, FieldType, Form, LinkAnswer, MoneyAnswer, Month, TextAnswer,
};
use crate::{Decimal, FileId, Lang, WholeNumber};

/// Ids of entries.
pub const ENTRIES: [&str; 3] = ["e1", "e2", "another"];

/// Answers by address, most of them or few. What is given of an entry stands beside the entry, where `whole` says so.
pub fn answers(draw: &mut Draw, form: &Form, whole: bool) -> BTreeMap<String, AnswerValue> {
    let share = *draw.one(&[75, 30, 95, 60]);
    let mut answers = BTreeMap::new();
    let mut entries = Vec::new();
    for field in form.fields() {
        if !field.is_of_entries() {
            if draw.chance(share) {
                answers.extend(value(draw, field).map(|value| (field.address_of(None), value)));
            }
            continue;
        }
        if field.takes == Taking::Entry {
            entries = draw.some(&ENTRIES);
        }
        let of = if whole { entries.as_slice() } else { &ENTRIES };
        for entry in of {
            let is_entry = field.takes == Taking::Entry;
            if is_entry && whole || draw.chance(share) {
                let address = field.address_of(Some(entry));
                answers.extend(value(draw, field).map(|value| (address, value)));
            }
        }
    }
    answers
}

/// An answer to a field; none where it takes none.
pub fn value(draw: &mut Draw, field: &Field) -> Option<AnswerValue> {
    let small = draw.below(10);
    let kind = match &field.takes {
        Taking::Value(kind) => kind,
        Taking::Entry => return Some(AnswerValue::Entry(Decimal::from(small as i32 % 3))),
        Taking::Nothing => return None,
    };
    if !field.missing.is_empty() && draw.chance(15) {
        return Some(AnswerValue::missing(*draw.one(&field.missing)));
    }
    let options: Vec<String> = kind
        .choices()
        .iter()
        .map(|option| option.value.clone())
        .collect();
    Some(match &**kind {
        FieldType::OneChoice(_) => AnswerValue::Choice(draw.one(&options).clone()),
        FieldType::SeveralChoices(_) => match draw.some(&options) {
            none if none.is_empty() => AnswerValue::Choices(vec![options[0].clone()]),
            some => AnswerValue::Choices(some),
        },
        FieldType::Rank(_) => {
            let order = draw.shuffled(options);
            let count = 1 + draw.below(2);
            AnswerValue::Ranking(order.into_iter().take(count).collect())
        }
        FieldType::Text(_) => AnswerValue::Text(TextAnswer {
            content: content(small as u8),
            lang: Lang::En,
            length: 1 + small as u32 / 2,
        }),
        FieldType::WholeNumber(_) => AnswerValue::WholeNumber(WholeNumber(small as i64 - 1)),
        FieldType::Decimal(_) | FieldType::Percentage(_) => AnswerValue::Decimal(decimal(draw)),
        FieldType::Money(_) => {
            let currency = draw.one(&["EUR", "XOF"]).to_string();
            AnswerValue::Money(MoneyAnswer {
                amount: decimal(draw),
                currency,
            })
        }
        FieldType::Date(_) => AnswerValue::Date(date(2024, 1, 1 + small as i8)),
        FieldType::Year(_) => AnswerValue::Year(2020 + small as i16),
        FieldType::Month(_) => {
            let month: Month = format!("2024-0{}", 1 + small % 9).parse().unwrap();
            AnswerValue::Month(month)
        }
        FieldType::File(_) => AnswerValue::Files(
            (0..1 + small as u128 / 8)
                .map(|id| FileId(uuid::Uuid::from_u128(id)))
                .collect(),
        ),
        FieldType::Link(_) => AnswerValue::Link(LinkAnswer {
            content: content(small as u8),
            length: 20,
        }),
        FieldType::Email(_) => AnswerValue::Email(EmailAnswer {
            content: content(small as u8),
            length: 20,
        }),
        FieldType::Calculated(_) => return None,
    })
}

fn decimal(draw: &mut Draw) -> Decimal {
    let text = *draw.one(&["0", "1", "2.5", "5", "7", "8", "-1", "2.25", "120"]);
    text.parse().unwrap()
}
