//! Fields of every type, and answers that an input chooses.

use std::sync::Arc;

use jiff::civil::Date;
use rules::{Answer, Currency, Missing, Month, Number, RoundAnswers, Schema, Type, Value};

/// A field: its address, and what it holds.
type Field = (&'static str, fn() -> Type);

const FIELDS: [Field; 21] = [
    ("B1", || Type::Bool),
    ("B2", || Type::choice(["yes", "no", "in_part"])),
    ("B3", || Type::Money),
    ("M1", || Type::Money),
    ("B4", || Type::Text),
    ("B5", || Type::choices(["prison", "probation", "fine"])),
    ("B6", || Type::Decimal),
    ("B7", || Type::Date),
    ("B8", || Type::Month),
    ("N1", || Type::Whole),
    ("N2", || Type::Whole),
    ("N4", || Type::Whole),
    ("Y1", || Type::Year),
    ("F1", || Type::Opaque),
    ("old-code", || Type::Bool),
    ("P1.theft.y2023", || Type::Whole),
    ("P1.theft.y2024", || Type::Whole),
    ("P1.all.y2023", || Type::Whole),
    ("P1.all.y2024", || Type::Whole),
    ("P3.police.fee", || Type::Money),
    ("P3.court.fee", || Type::Money),
];

const PARTS: [Field; 4] = [
    ("title", || Type::Text),
    ("cost", || Type::Decimal),
    ("kind", || Type::choice(["law", "decree"])),
    ("fee", || Type::Money),
];

/// What rules are checked against.
pub(crate) fn schema() -> Schema {
    let mut schema = Schema::default();
    for (address, holds) in FIELDS {
        let _ = schema.add(address, holds());
    }
    let parts = PARTS.map(|(part, holds)| (part, holds()));
    let _ = schema.add_list("L1", parts);
    schema
}

/// Answers, each chosen by a byte; the round that begins at another byte has others.
pub(crate) fn answers(schema: &Schema, choices: &[u8], from: usize) -> RoundAnswers {
    let mut bytes = choices.iter().copied().cycle().skip(from);
    let mut next = || bytes.next().unwrap_or_default();
    let mut answers = RoundAnswers::default();
    for (address, holds) in FIELDS {
        if let Some(field) = schema.field(address) {
            answers.set(field, answer(&holds(), next()));
        }
    }
    let count = usize::from(next() % 4);
    if let Some(list) = schema.field("L1") {
        answers.set_entry_count(list, count);
    }
    for (part, holds) in PARTS {
        if let Some(part) = schema.field(&format!("L1.*.{part}")) {
            let entries = (0..count).map(|_| answer(&holds(), next()));
            answers.set_entries(part, entries.collect());
        }
    }
    answers
}

fn answer(holds: &Type, choice: u8) -> Answer {
    match choice {
        0..=20 => Answer::Blank,
        21..=30 => Answer::NotRelevant,
        31..=34 => Answer::Missing(Missing::Confidential),
        _ => value(holds, usize::from(choice)).map_or(Answer::Blank, Answer::Given),
    }
}

fn one<'t, T: ?Sized>(of: &[&'t T], choice: usize) -> Option<&'t T> {
    of.get(choice % of.len()).copied()
}

const WHOLE: [&str; 6] = [
    "0",
    "7",
    "-12",
    "9223372036854775807",
    "99999999999999999999999999999999999999",
    "5",
];
const DECIMALS: [&str; 6] = [
    "0.1",
    "2.5",
    "-0.000000000000000000000000000001",
    "12",
    "99999999.999999999999999999999999999999",
    "0",
];
const TEXTS: [&str; 5] = ["", "Schöffen", "a\nb", "12", "𝒜"];
const DAYS: [&str; 4] = ["2024-02-29", "0001-01-01", "9999-12-31", "2023-12-31"];

fn value(holds: &Type, choice: usize) -> Option<Value> {
    let number = |of: &[&str]| one(of, choice)?.parse::<Number>().ok();
    let day = || one(&DAYS, choice)?.parse::<Date>().ok();
    Some(match holds {
        Type::Bool => Value::Bool(choice.is_multiple_of(2)),
        Type::Whole => Value::Number(number(&WHOLE)?),
        Type::Year => Value::Number(Number::from(2024)),
        Type::Decimal => Value::Number(number(&DECIMALS)?),
        Type::Money => Value::Money(
            number(&DECIMALS)?,
            Currency::new(one(&["EUR", "EUR", "USD"], choice)?)?,
        ),
        Type::Text => Value::Text(Arc::from(one(&TEXTS, choice)?)),
        Type::Choice(options) => Value::Text(Arc::clone(options.get(choice % options.len())?)),
        Type::Choices(options) => {
            Value::Choices(options.iter().take(choice % 4).cloned().collect())
        }
        Type::Date => Value::Date(day()?),
        Type::Month => {
            let day = day()?;
            Value::Month(Month {
                year: day.year(),
                month: day.month(),
            })
        }
        Type::Opaque => Value::Opaque,
        Type::List(_) | Type::Entries => return None,
    })
}
